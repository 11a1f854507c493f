"""What every output carries: the answer in one line, and the stamp that says what it is worth."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from optopscan.checks.gates import SUBJECT_NL
from optopscan.report.phrases import phrase
from optopscan.report.tidy import UC_MAX
from optopscan.report.words import Language, number, word

HASH_LENGTH = 12
_SUBJECTS = frozenset(SUBJECT_NL.values())


def answer(record: Mapping[str, Any], language: Language) -> str:
    """Return the answer in one line; `possible` always with the unknowns that keep it from being proven."""
    extra = record["extra_storeys"]
    proven, possible = extra["proven"], extra["possible"]
    if possible == 0:
        return _capital(word("none", language, why=_why_none(record, language)))
    if extra["governing"] is None and not proven:
        return _capital(word("not_judged", language, n=possible, why=unknowns(record, language)))
    said = [word("proven_is", language, n=proven)] if proven else []
    if possible > proven:
        said.append(word("possible_is", language, n=possible, why=unknowns(record, language)))
    return "; ".join(said)


def unknowns(record: Mapping[str, Any], language: Language) -> str:
    """Return what separates proven from possible, as one phrase: of the verdicts beside the vertical one only the subject."""
    return ", ".join(phrase(brief(text), language) for text in record["extra_storeys"]["why_not_proven"])


def brief(text: str) -> str:
    """Return a reason without the details of a verdict beside the vertical one, which stand with that verdict.

    Examples
    --------
    >>> brief("stabiliteit: langsrichting: UC 1.20 als losse wandschijven")
    'stabiliteit'
    >>> brief("bestaande toestand: 3 delen voldoen niet")
    'bestaande toestand: 3 delen voldoen niet'
    """
    subject = text.split(": ", 1)[0]
    return subject if subject in _SUBJECTS else text


def stamp(record: Mapping[str, Any], language: Language) -> str:
    """Return the line that every file carries: statement, proven and possible with its unknowns, label, hash."""
    return " · ".join((word("statement", language), _counts(record, language), credentials(record, language)))


def credentials(record: Mapping[str, Any], language: Language) -> str:
    """Return label and input hash."""
    return f"{word('label', language)} {record['extra_storeys']['label']} · sha256 {record['input_sha256'][:HASH_LENGTH]}"


def uc_text(value: float | None, language: Language) -> str:
    """Return a utilisation with two decimals; unknown is "?", the cut-off value "> 998", just over 1 never "1.00"."""
    if value is not None and value >= UC_MAX:
        return f"> {UC_MAX - 1:.0f}"
    hidden = value is not None and value > 1.0 and round(value, 2) <= 1.0
    return number(value, 4 if hidden else 2, language)


def part_text(record: Mapping[str, Any], part_id: str, language: Language, elements: Mapping[str, Mapping[str, Any]]) -> str:
    """Return a part with its element, storey and GlobalId, so that it can be found in the model."""
    part = next((row for row in record["parts"] if row["id"] == part_id), None)
    if part is None:
        return part_id
    element = elements[part_id]
    told = [part_id, f"{word('storey', language)} {part['storey'] + 1}"]
    if element["guid"]:
        told.append(element["guid"])
    return f"{element['name'] or element['ifc_class']} ({', '.join(told)})"


def _counts(record: Mapping[str, Any], language: Language) -> str:
    extra = record["extra_storeys"]
    text = f"{word('proven', language)} {extra['proven']} / {word('possible', language)} {extra['possible']}"
    if extra["possible"] > extra["proven"]:
        text += f" ({word('not_proven_for', language)} {unknowns(record, language)})"
    return text


def _why_none(record: Mapping[str, Any], language: Language) -> str:
    extra = record["extra_storeys"]
    governing = extra["governing"]
    reasons = [phrase(text, language) for text in extra["why_not_proven"]]
    if governing is not None:
        name = {part["id"]: part["element"] for part in record["parts"]}.get(governing["part"], "")
        element = next((row["name"] for row in record["elements"] if row["id"] == name), "")
        reasons.insert(0, f"{element or governing['part']}, {governing['clause']}, UC {uc_text(governing['uc'], language)}")
    return "; ".join(reasons) or word("none_why_unknown", language)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
