"""What a table of buildings tells of one record beyond its answer: what stops the next storey, what is not known, how many dwellings."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Literal

from optopscan.checks.gates import SUBJECT_NL
from optopscan.report.export_words import say
from optopscan.report.leading import leading, side_rows
from optopscan.report.marks import brief
from optopscan.report.plain_words import group_name

Record = Mapping[str, Any]
BY_STOREYS = "niets overschreden binnen het gevraagde aantal bouwlagen"
NO_VERDICT = "geen oordeel: geen enkel belast onderdeel kon worden getoetst"
NOT_TOLD = "reden niet vastgelegd"
_OUTCOMES: Mapping[str, tuple[str, ...]] = {"proven": ("ok",), "possible": ("ok", "unknown")}
_COUNTED = re.compile(r"^\d[\d.]* +")
_BEARING_KINDS = frozenset({"wall", "column"})


def judged(record: Record) -> bool:
    """Return whether there is a verdict at all: a building of which no loaded part could be checked has none."""
    extra = record["extra_storeys"]
    return bool(extra["governing"] is not None or extra["proven"] or not extra["possible"])


def unknowns(record: Record) -> list[str]:
    """Return the subjects that keep what is possible from being proven, in Dutch, without the numbers of this one building.

    Buildings can be counted by them: "60 liggers (wapening onbekend)" and "12 liggers (wapening onbekend)" are the same fact.
    """
    extra = record["extra_storeys"]
    if extra["possible"] <= extra["proven"]:
        return []
    return list(dict.fromkeys(_subject(text) for text in extra["why_not_proven"]))


def _subject(text: str) -> str:
    """Return the fact that a reason is about.

    Examples
    --------
    >>> _subject("60 liggers (wapening onbekend)"), _subject("fundering (geen grond- of paalgegevens)")
    ('liggers (wapening onbekend)', 'fundering')
    """
    found = brief(text)
    known = next((name for name in SUBJECT_NL.values() if found == name or found.startswith(f"{name} ")), None)
    if known:
        return known
    # of parts the reason stays whole: "liggers (ligger op een oplegging: moment niet getoetst)"
    return _COUNTED.sub("", found) if _COUNTED.match(found) else found.split(": ", 1)[0]


def stops(record: Record) -> list[str]:
    """Return what is exceeded one storey above what is possible: materials and kinds of parts with their clause, and subjects.

    Nothing is exceeded where as many storeys are possible as were asked for: `BY_STOREYS`.
    """
    extra, concept = record["extra_storeys"], leading(record)
    if not judged(record):
        return [NO_VERDICT]
    state = f"{concept}+{extra['possible'] + 1}"
    if not any(row["id"] == state for row in record["scenarios"]):
        return [BY_STOREYS]
    sides = [SUBJECT_NL[name] for name in SUBJECT_NL if any(row["outcome"] == "over" for row in side_rows(record, name, state))]
    over = [*_parts(record, state), *sides]
    return over or [_subject(text) for text in extra["why_not_proven"][:1]] or [NOT_TOLD]


def _parts(record: Record, state: str) -> list[str]:
    """Return kind and material, in Dutch, of the part with the highest UC of those that are over in a state, with its clause."""
    row = next((row for row in record["part_uc"] if row["scenario"] == state), None)
    if row is None:
        return []
    over = [(uc or 0.0, k) for k, (uc, outcome) in enumerate(zip(row["uc"], row["outcome"], strict=True)) if outcome == "over"]
    if not over:
        return []
    part = record["parts"][max(over, key=lambda one: (one[0], -one[1]))[1]]
    element = next(one for one in record["elements"] if one["id"] == part["element"])
    clause = next((one["clause"] for one in record["checks"] if one["part"] == part["id"] and one["scenario"] == state), "")
    what = f"{say('parts_' + part['kind'], 'nl')} van {group_name(_group(element), 'nl')}"
    return [f"{what}, {clause}" if clause else what]


def _group(element: Mapping[str, Any]) -> str:
    return str((element["material"] or {}).get("group") or "unknown")


def bearing_material(record: Record) -> str | None:
    """Return the material of most of the volume of the walls and columns that bear; None where nothing is known to."""
    volume_m3: dict[str, float] = {}
    for element in record["elements"]:
        if element["kind"] in _BEARING_KINDS and element["bearing"] == "yes":
            group = _group(element)
            volume_m3[group] = volume_m3.get(group, 0.0) + (element["volume_m3"] or 0.0)
    return max(sorted(volume_m3), key=volume_m3.__getitem__, default=None)


def dwellings(record: Record, storeys: Literal["proven", "possible"]) -> int | None:
    """Return the most dwellings of a layout that is ok within what is proven, or not over within what is possible.

    None where no layout was tried.
    """
    if not record["settings"]["place"]:
        return None
    outcomes, most = _OUTCOMES[storeys], record["extra_storeys"][storeys]
    found = [row["dwellings"] for row in record["variants"] if row["modules"] and row["outcome"] in outcomes and row["storeys"] <= most]
    return int(max(found, default=0))
