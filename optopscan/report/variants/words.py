"""What the drawings of a variant say and in which colours: title block, legend, unit types, lines below."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from shapely.geometry.base import BaseGeometry

from optopscan.report.element_state import LOW_UC
from optopscan.report.marks import stamp, uc_text
from optopscan.report.phrases import phrase
from optopscan.report.plans.frame import INK, Entry, Words
from optopscan.report.plans.render import ORANGE, PASTELS, RED
from optopscan.report.plans.sheet import ACCENT
from optopscan.report.variants import data as variant_data
from optopscan.report.variants.data import Home, LineState
from optopscan.report.words import Language, number, word

Record = Mapping[str, Any]
Row = Mapping[str, Any]

ROOF, USABLE, WALK, NEW_STAIR, TERRACE = "#f4f4f4", "#5a8f3c", "#7a7a7a", "#7b3fa0", "#8c7b4f"
MODULE_EDGE, HOME_EDGE = "#6d8296", "#17406b"
LINE_COLOURS = {"low": "#4c9a52", "high": "#b5a100", "unknown": ORANGE, "over": RED}


def words_of(record: Record, title: str, axes: str, language: Language, names: tuple[str, str] = ("x", "y")) -> Words:
    """Return the texts around a drawing of a variant."""
    files = ", ".join(row["name"] for row in record["inputs"])
    return Words(
        scale=word("scale", language, n="{n}"),
        title=title,
        subtitle=" · ".join(text for text in (record["building"]["name"], files) if text),
        axes=axes,
        footer=stamp(record, language),
        software=f"optopscan {record['tool']['version']}",
        names=names,
        north_deg=record["building"].get("north_deg") if all(names) else None,
    )


def told_of(variant: Row, language: Language) -> list[str]:
    """Return the lines of the title block: product, what was asked, counts, utilisation and the longest way to a stair."""
    routes = [home["route_m"] for home in variant["homes"] if home["route_m"] is not None]
    asked = ", ".join(f"{name} {value}" for name, value in sorted(variant["asked"].items()))
    lines = [
        f"{phrase(variant['concept'], language)} +{variant['storeys']}",
        asked,
        word("v_counts", language, dwellings=variant["dwellings"], modules=variant["modules"], m2=number(variant["gfa_m2"], 0, language)),
        f"{word('v_uc', language)} {uc_text(variant['max_uc'], language)}: {word(variant['outcome'], language)}",
    ]
    if routes:
        lines.append(word("v_route", language, m=number(max(routes), 1, language)))
    worth = variant.get("worth")
    if worth:
        lines.append(worth["put_forward"] if language == "nl" else worth["put_forward_en"])
    return [line for line in lines if line]


def line_style(state: LineState | None) -> tuple[str, float]:
    """Return colour and width [pt] of a line below: grey where nothing was checked."""
    if state is None:
        return "#a0a0a0", 1.2
    if state.outcome != "ok":
        return LINE_COLOURS[state.outcome], 2.2
    return LINE_COLOURS["low" if state.uc is not None and state.uc <= LOW_UC else "high"], 2.2


def type_colour(kinds: Sequence[str], kind: str) -> str:
    """Return the fill of a unit type."""
    return PASTELS[kinds.index(kind) % len(PASTELS)]


def type_entries(variant: Row, homes: Sequence[Row] | None, language: Language) -> list[Entry]:
    """Return a line of the legend per unit type: how many among ``homes`` (None: not told), and in the whole variant."""
    entries, kinds = [], variant_data.types(variant)
    for kind in kinds:
        total = variant["dwellings_by_type"].get(kind, 0)
        if total:
            text = word("v_type_all", language, kind=kind, total=total)
            if homes is not None:
                text = word("v_type", language, kind=kind, here=sum(row["type"] == kind for row in homes), total=total)
            entries.append(Entry(text=text, face=type_colour(kinds, kind), edge=HOME_EDGE))
    return entries


def plan_legend(
    record: Record, variant: Row, homes: Sequence[Home], states: Mapping[str, LineState], terrace: BaseGeometry, language: Language
) -> list[Entry]:
    """Return the legend of a plan: only what it shows."""
    entries = type_entries(variant, [home.row for home in homes], language)
    entries.append(Entry(text=word("l_module", language), edge=MODULE_EDGE))
    if variant["walkways"]:
        entries.append(Entry(text=word("v_walkway", language), face="#ececec", edge=WALK, hatch="//////"))
        entries.append(Entry(text=word("v_walking", language), edge=HOME_EDGE, kind="pointer"))
        entries.append(Entry(text=word("v_door", language), edge=HOME_EDGE, kind="wedge"))
    if not terrace.is_empty:
        entries.append(Entry(text=word("v_terrace", language), edge=TERRACE, hatch="\\\\\\\\"))
    if variant["site"]:
        entries.append(Entry(text=word("v_usable", language), edge=USABLE, kind="dashes", width_pt=1.0))
    entries.append(Entry(text=word("v_roof", language), face=ROOF, edge=INK))
    if record["roof"]["obstacles"]:
        entries.append(Entry(text=word("l_obstacle", language), face="white", edge=ACCENT, hatch="xxxx"))
    if variant["columns"]:
        entries.append(Entry(text=word("l_own_column", language), face=INK))
        entries.append(Entry(text=word("l_own_column_meets", language), face=RED))
    if not states:
        return [*entries, Entry(text=word("l_head", language), edge=line_style(None)[0], kind="line", width_pt=1.2)]
    told = {line_style(state)[0] for state in states.values()}
    for name, colour in LINE_COLOURS.items():
        if colour in told:
            entries.append(
                Entry(text=word(f"v_line_{name}", language, uc=number(LOW_UC, 1, language)), edge=colour, kind="line", width_pt=2.2)
            )
    return [*entries, Entry(text=word("v_full", language, n=variant["storeys"]), edge="none")]
