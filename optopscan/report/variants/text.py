"""Variants for a terminal: the few put forward with their reason, then the front, then what does not fit and why."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from typing import Any

from optopscan.report.phrases import phrase
from optopscan.report.variants.reasons import beyond_line, variant_why
from optopscan.report.words import Language, number, word

WIDTH = 100
SHOWN_FRONT = 12
Row = Mapping[str, Any]


def as_json(record: Row) -> dict[str, Any]:
    """Return the variants of a record with what tells which building and settings they are of."""
    kept = ("schema", "statement", "input_sha256", "tool", "settings", "variants", "beyond_roof")
    return {name: record[name] for name in kept if name in record}


def text(record: Row, language: Language = "nl") -> str:
    """Return the page; every number stands in the record."""
    rows: Sequence[Row] = record["variants"]
    nl = language == "nl"
    lines = [f"{record['statement']}." if nl else "Quickscan, not a structural design check.", ""]
    chosen = [row for row in rows if row["worth"] and row["worth"]["put_forward"]]
    front = [row for row in rows if row["worth"] and row["worth"]["on_front"]]
    told = f"{len(rows)} varianten, {len(front)} op het front" if nl else f"{len(rows)} variants, {len(front)} on the front"
    lines += [told, ""]
    for place, row in enumerate(chosen, start=1):
        lines += _forward(place, row, language)
    if not chosen:
        lines += ["Geen variant om voor te stellen." if nl else "No variant to put forward.", ""]
    lines += _front(front, language)
    lines += _none(rows, language)
    lines += _beyond(record.get("beyond_roof") or (), language)
    return "\n".join(lines).rstrip() + "\n"


def _forward(place: int, row: Row, language: Language) -> list[str]:
    nl, worth = language == "nl", row["worth"]
    sentence = worth["put_forward"] if nl else worth["put_forward_en"]
    lines = [f"{place}. {row['id']}", *_wrapped(sentence, 3)]
    types = ", ".join(f"{count} x {kind}" for kind, count in sorted(row["dwellings_by_type"].items()) if count)
    area = f"{number(row['gfa_m2'], 0, language)} m2 {'bvo' if nl else 'gfa'}"
    homes = f"{row['dwellings']} {'woningen' if nl else 'dwellings'} ({types}), {row['modules']} modules, {area}"
    uc = "-" if row["max_uc"] is None else number(row["max_uc"], 2, language)
    lines += _wrapped(f"{homes}; UC {uc}", 3)
    lines += _wrapped(_money(row, language), 3)
    routes = [home["route_m"] for home in row["homes"] if home["route_m"] is not None]
    if routes:
        far = number(max(routes), 0, language)
        lines += _wrapped(f"Looproute naar het trappenhuis: hooguit {far} m." if nl else f"Route to the stair: at most {far} m.", 3)
    if worth["unknown"]:
        lines += _wrapped(("Onbekend: " if nl else "Unknown: ") + ", ".join(_subject(one, language) for one in worth["unknown"]) + ".", 3)
    told, better = _reasons(row, language)
    if told:
        lines += _wrapped(("Meer past niet: " if nl else "No more fits: ") + "; ".join([told, *better]) + ".", 3)
    needs = [one for one in worth["findings"] if one["effect"] == "needs"]
    for one in needs:
        lines += _wrapped(f"- {phrase(one['text'], language)} ({phrase(one['article'] or one['triggered_by'], language)})", 3)
    asks = sorted({one["code"] for one in worth["findings"] if one["effect"] == "ask"})
    if asks:
        lines += _wrapped(("Vragen: " if nl else "Questions: ") + ", ".join(asks) + ".", 3)
    return [*lines, ""]


def _money(row: Row, language: Language) -> str:
    nl = language == "nl"
    cost, carbon, sun = row["cost_eur"], row["carbon_kg"], row["worth"]["sun"]
    unknown = "onbekend" if nl else "unknown"
    money = unknown
    if cost["lo"] is not None and cost["hi"] is not None:
        money = f"{number(cost['lo'] / 1e6, 2, language)} - {number(cost['hi'] / 1e6, 2, language)} mln EUR"
    told = [f"{'Kosten' if nl else 'Cost'} {money}"]
    for key, name in (("emitted", "CO2 uitstoot" if nl else "CO2 emitted"), ("stored", "opslag" if nl else "stored")):
        value = carbon[key]
        told.append(f"{name} {unknown if value is None else f'{number(value / 1000, 0, language)} t'}")
    lost = sun["lost_mean_h"]
    told.append(("zon " if nl else "sun ") + (unknown if lost is None else f"-{number(lost, 2, language)} {'uur' if nl else 'h'}"))
    return "; ".join(told) + "."


def _subject(name: str, language: Language) -> str:
    from optopscan.feasibility.choose import UNKNOWN

    return UNKNOWN.get(name, (name, name))[0 if language == "nl" else 1]


def _front(rows: Sequence[Row], language: Language) -> list[str]:
    if not rows:
        return []
    nl = language == "nl"
    heads = ("variant", "won", "m2", "UC", "kEUR/won", "t CO2") if nl else ("variant", "dwel", "m2", "UC", "kEUR/dw", "t CO2")
    table = [heads]
    for row in rows[:SHOWN_FRONT]:
        homes = max(row["dwellings"], 1)
        cost, carbon = row["cost_eur"]["hi"], row["carbon_kg"]["emitted"]
        table.append(
            (
                row["id"],
                str(row["dwellings"]),
                number(row["gfa_m2"], 0, language),
                "-" if row["max_uc"] is None else number(row["max_uc"], 2, language),
                "-" if cost is None else number(cost / homes / 1000, 0, language),
                "-" if carbon is None else number(carbon / 1000, 0, language),
            )
        )
    widths = [max(len(line[k]) for line in table) for k in range(len(heads))]
    lines = ["Het front" if nl else "The front", "-" * len("Het front" if nl else "The front")]
    for line in table:
        first, *others = line
        lines.append(
            "  ".join([first.ljust(widths[0]), *(text.rjust(width) for text, width in zip(others, widths[1:], strict=True))]).rstrip()
        )
    if len(rows) > SHOWN_FRONT:
        lines.append(f"... en {len(rows) - SHOWN_FRONT} meer" if nl else f"... and {len(rows) - SHOWN_FRONT} more")
    return [*lines, ""]


def _none(rows: Sequence[Row], language: Language) -> list[str]:
    """Return why products of which nothing stands on the roof do not fit, once per product."""
    placed = {row["concept"] for row in rows if row["modules"]}
    lines: list[str] = []
    for concept in dict.fromkeys(row["concept"] for row in rows if row["concept"] not in placed):
        first = next(row for row in rows if row["concept"] == concept)
        told, better = _reasons(first, language)
        lines += _wrapped(f"- {concept}: {'; '.join([told or variant_why(first, language), *better])}", 2, hanging=True)
    if not lines:
        return []
    title = word("no_place", language).capitalize()
    return [title, "-" * len(title), *lines, ""]


def _reasons(row: Row, language: Language) -> tuple[str, list[str]]:
    """Return the first thing that stops a larger layout (empty: none named), and the first two that would let it."""
    key = "text_nl" if language == "nl" else "text_en"
    stops = [one[key] for one in row.get("why_not", ())]
    return (stops[0] if stops else ""), [one[key] for one in row.get("remedies", ())][:2]


def _beyond(rows: Sequence[Row], language: Language) -> list[str]:
    kept = [row for row in rows if row["dwellings"]]
    if not kept:
        return []
    title = "Naast het dak" if language == "nl" else "Beside the roof"
    lines = [title, "-" * len(title)]
    for row in kept:
        lines += _wrapped(f"- {beyond_line(row, language)}", 2, hanging=True)
    return [*lines, ""]


def _wrapped(sentence: str, indent: int, *, hanging: bool = False) -> list[str]:
    space = " " * indent
    return textwrap.wrap(sentence, WIDTH, initial_indent="" if hanging else space, subsequent_indent=space)
