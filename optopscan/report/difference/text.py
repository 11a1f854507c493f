"""A comparison of two records in words: the answer first, then what explains it, then what changed."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import Any

from optopscan.report.difference.compare import Change, Difference, Reason
from optopscan.report.document import both
from optopscan.report.layout import heading, item, wrap
from optopscan.report.marks import uc_text
from optopscan.report.phrases import phrase
from optopscan.report.words import Language, number, word

TOP = 15
TOP_INPUTS = 6
FEW_SAME = 0.5
_WHAT_NL = {
    "proven": "aangetoond",
    "possible": "mogelijk",
    "vertical_only": "alleen verticaal",
    "with_wind": "met wind",
    "why_not_proven": "niet aangetoond door",
    "probability": "kans op ten minste",
    "dwellings": "woningen",
    "outcome": "uitkomst",
    "flag": "regel",
    "tool": "programma",
    "input": "bestand",
    "settings": "instelling",
    "overrides": "correctie",
    "assumption": "uitgangspunt",
    "bearing": "dragend",
    "material": "materiaal",
    "grade": "sterkteklasse",
    "density_kg_m3": "dichtheid kg/m3",
    "thickness_m": "dikte m",
    "length_m": "lengte m",
    "height_m": "hoogte m",
    "volume_m3": "volume m3",
    "self_weight_kn": "eigen gewicht kN",
    "storey": "bouwlaag",
    "z0_m": "onderkant m",
    "z1_m": "bovenkant m",
    "permanent_kn": "G aangebracht kN",
    "imposed_kn": "Q aangebracht kN",
    "ground_permanent_kn": "G naar de grond kN",
    "ground_imposed_kn": "Q naar de grond kN",
    "unsupported_kn": "niet ondersteund kN",
}


def as_json(found: Difference) -> dict[str, Any]:
    """Return the comparison as plain data."""
    return {"schema": "optopscan/difference/1", "same": found.same, **dataclasses.asdict(found)}


def text(found: Difference, names: tuple[str, str], language: Language = "nl") -> str:
    """Return the comparison as plain text, newline at the end."""
    lines = [f"{names[0]} -> {names[1]}", word("statement", language), ""]
    if found.same:
        return "\n".join([*lines, both(language, "geen verschil", "no difference")]) + "\n"
    if found.n_same < FEW_SAME * found.n_element:
        n, of = found.n_same, found.n_element
        told = both(
            language,
            f"Slechts {n} van {of} elementen staan in beide: is dit hetzelfde gebouw?",
            f"Only {n} of {of} elements are in both: is this one building?",
        )
        lines += [*wrap(told), ""]
    lines += _block(both(language, "Antwoord", "Answer"), [_told(row, language) for row in found.answer], language)
    if not found.answer:
        lines += [*wrap(both(language, "Het antwoord is hetzelfde.", "The answer is the same.")), ""]
    lines += _block(both(language, "Wat het verklaart", "What explains it"), [_reason(row, language) for row in found.reasons], language)
    lines += _block(both(language, "Belasting", "Loads"), [_told(row, language) for row in found.loads], language)
    lines += _block(both(language, "Invoer", "Input"), [_told(row, language) for row in found.input], language)
    lines += _block(both(language, "Elementen gewijzigd", "Elements changed"), [_told(row, language) for row in found.elements], language)
    lines += _block(both(language, "Elementen erbij", "Elements added"), found.added, language)
    lines += _block(both(language, "Elementen weg", "Elements removed"), found.removed, language)
    n = found.moved_parts
    lines += wrap(both(language, f"{n} onderdelen met een andere UC of uitkomst", f"{n} parts with another UC or outcome"))
    return "\n".join(lines) + "\n"


def _block(title: str, rows: Sequence[str], language: Language) -> list[str]:
    if not rows:
        return []
    more = len(rows) - TOP
    shown = [*rows[:TOP], *([both(language, f"en nog {more}; alle met --json", f"and {more} more; all with --json")] if more > 0 else [])]
    return [*heading(title), *(line for row in shown for line in item(row)), ""]


def _told(change: Change, language: Language) -> str:
    where, what = (_WHAT_NL.get(one, one) if language == "nl" else _english(one) for one in (change.where, change.what))
    if isinstance(change.before, bool) or isinstance(change.after, bool):
        gone = change.after is None
        return f"{where}: {what} ({both(language, 'vervallen' if gone else 'nieuw', 'gone' if gone else 'new')})"
    name = ": ".join(text for text in (where, what) if text)
    return f"{name}: {_shown(change.before, language)} -> {_shown(change.after, language)}"


def _english(name: str) -> str:
    """Return a key of the record as words, or what a stage wrote as English."""
    return phrase(name, "en") if " " in name else name.replace("_", " ")


def _shown(value: Any, language: Language) -> str:
    if value is None:
        return both(language, "geen", "none")
    if isinstance(value, float):
        digits = 3 if abs(value) < 10.0 else 1
        return number(value, digits, language)
    if isinstance(value, list):
        return ", ".join(phrase(str(one), language) for one in value) or both(language, "geen", "none")
    return phrase(str(value), language)


def _reason(row: Reason, language: Language) -> str:
    told = [f"{row.name}, {row.part}, {row.state}: UC {uc_text(row.uc[0], language)} -> {uc_text(row.uc[1], language)}"]
    for symbol, pair in (("N", row.n_kn), ("R", row.resistance)):
        if None not in pair and pair[0] != pair[1]:
            told.append(f"{symbol} {number(pair[0], 1, language)} -> {number(pair[1], 1, language)} kN")
    if row.inputs:
        shown = "; ".join(_told(change, language) for change in row.inputs[:TOP_INPUTS])
        told.append(both(language, f"in de toets: {shown}", f"in its check: {shown}"))
    if row.changes:
        shown = "; ".join(_told(change, language) for change in row.changes[:3])
        more = len(row.changes) - 3
        extra = both(language, f" en nog {more}", f" and {more} more") if more > 0 else ""
        told.append(both(language, f"in de invoer: {shown}{extra}", f"in the input: {shown}{extra}"))
    elif not row.inputs:
        told.append(
            both(
                language,
                "dit deel en wat erop rust zijn niet gewijzigd: een instelling, uitgangspunt of concept",
                "this part and what rests on it did not change: a setting, assumption or concept",
            )
        )
    return "; ".join(told)
