"""A screening as tables for a spreadsheet: families, places, funnel, and on request every building."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

from optopscan.portfolio.funnel import WORDS
from optopscan.portfolio.judged import Judge, Judged
from optopscan.portfolio.record import STATUS_NL
from optopscan.portfolio.text import EFFECT_NL, STEP_NL, dated
from optopscan.report.tidy import clean

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_GROUP = (
    "gebouwen",
    *WORDS,
    "serie",
    "plat_dak_m2",
    "plat_dak_kansrijk_mogelijk_m2",
    "woningen_van",
    "woningen_tot",
    "kans_1_laag",
    "bvo_m2_van",
    "bvo_m2_tot",
    "co2_uitstoot_t_van",
    "co2_uitstoot_t_tot",
    "co2_opslag_t_van",
    "co2_opslag_t_tot",
    "vaakst",
)
_STAMP = ("status", "bron", "peildatum")
BUILDING = (
    *(
        "gebouw",
        "familie",
        "bouwjaar",
        "bouwlagen",
        "hoogte_m",
        "grondvlak_m2",
        "plat_dak_m2",
        "plat_deel",
        "hoogste_buur_m",
        "kans_1_laag",
    ),
    *("kans_2_lagen", "kans_3_lagen", "last_op_grond", "oordeel", "waarom", "woningen_van", "woningen_tot"),
)


def cell(value: Any) -> str:
    """Return one value for a spreadsheet: decimal comma, empty where unknown, no formula."""
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return ""
    if isinstance(value, float):
        return f"{value:.3f}".rstrip("0").rstrip(".").replace(".", ",")
    if isinstance(value, int):
        return str(value)
    found = clean(str(value))
    return f"'{found}" if found.startswith(_FORMULA) else found


def table(head: Sequence[str], rows: Iterable[Sequence[Any]], *, first: bool = True) -> bytes:
    """Return rows with semicolons in UTF-8; with the mark and the header when it is the first piece of a file."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    if first:
        writer.writerow(head)
    writer.writerows([cell(value) for value in row] for row in rows)
    return (("\ufeff" if first else "") + out.getvalue()).encode("utf-8")


def stamp(record: dict[str, Any]) -> tuple[str, str, str]:
    """Return the last cells of every row: what this is, whose data, how old."""
    return STATUS_NL, "; ".join(record["attribution"]), dated(record)


def families_csv(record: dict[str, Any]) -> bytes:
    """Return a row per family."""
    rows = [(row["family"], row.get("places"), *_group(row), *stamp(record)) for row in record["families"]]
    return table(("familie", "plekken", *_GROUP, *_STAMP), rows)


def places_csv(record: dict[str, Any]) -> bytes:
    """Return a row per place."""
    return table(("gebied", *_GROUP, *_STAMP), [(row["name"], *_group(row), *stamp(record)) for row in record["places"]])


def funnel_csv(record: dict[str, Any]) -> bytes:
    """Return a row per filter of every preset."""
    head = (
        "trechter",
        "stap",
        "filter",
        "werking",
        "voor",
        "valt_af",
        "waarvan_onbekend",
        "onbekend_gebleven",
        "let_op",
        "over",
        "wat",
        "herkomst",
    )
    rows = [
        (
            funnel["preset"],
            STEP_NL[row["step"]],
            row["id"],
            EFFECT_NL[row["effect"]],
            row["before"],
            row["lost"],
            row["lost_for_want_of_a_fact"],
            row["kept_unknown"],
            row["noted"],
            row["left"],
            row["nl"],
            row["source"],
            *stamp(record),
        )
        for funnel in record["funnels"]
        for row in funnel["rows"]
    ]
    return table((*head, *_STAMP), rows)


def _group(row: dict[str, Any]) -> tuple[Any, ...]:
    dwellings = row["dwellings"]
    words = (row["words"][word] for word in WORDS)
    return (
        row["buildings"],
        *words,
        row["series"],
        row["flat_m2"],
        row["hopeful_flat_m2"],
        dwellings["lo"],
        dwellings["hi"],
        row["p_at_least_1"],
        *(None if pair is None else pair[end] for pair in _carbon(row) for end in ("lo", "hi")),
        row["reason"],
    )


def _carbon(row: dict[str, Any]) -> tuple[dict[str, int] | None, ...]:
    return tuple(row["carbon"][name] for name in ("gfa_m2", "emitted_t", "stored_t"))


def building_rows(judged: Judged, judge: Judge) -> list[tuple[Any, ...]]:
    """Return a row per building of a block, in the order of `BUILDING`."""
    columns, archetypes = judged.columns, judge.screen.values.archetypes
    nothing = np.full(len(judged.block), np.nan)

    def numbers(name: str, digits: int) -> list[float]:
        return [round(float(value), digits) for value in columns.get(name, nothing).tolist()]

    return list(
        zip(
            judged.block.id.tolist(),
            [archetypes[k].nl if k >= 0 else "" for k in judged.archetype.tolist()],
            numbers("year", 0),
            numbers("storeys", 0),
            numbers("height_m", 1),
            numbers("footprint_m2", 0),
            numbers("flat_m2", 0),
            numbers("flat_share", 2),
            numbers("neighbour_m", 1),
            numbers("p1", 1),
            numbers("p2", 1),
            numbers("p3", 1),
            numbers("load_ratio", 2),
            [WORDS[k] for k in judged.word.tolist()],
            [judge.reasons[k] for k in judged.reason.tolist()],
            [int(value) for value in judged.dwellings_lo.tolist()],
            [int(value) for value in judged.dwellings_hi.tolist()],
            strict=True,
        )
    )
