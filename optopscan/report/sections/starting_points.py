"""Uitgangspunten: what was given, assumed and corrected, each with its source and how sure it is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from optopscan.report.document import Items, Record, Section, Table, both, table
from optopscan.report.phrases import phrase
from optopscan.report.plain_words import confidence_name
from optopscan.report.words import Language, word


def section(record: Record, language: Language) -> Section:
    """Return assumptions, corrections of the engineer and settings."""
    blocks = [_assumptions(record, language), *_overrides(record, language), _settings(record, language)]
    return Section(key="starting_points", title=word("h_assumptions", language), blocks=tuple(blocks))


def _assumptions(record: Record, language: Language) -> Table | Items:
    if not record["assumptions"]:
        return Items(rows=(word("nothing", language),))
    head = (
        both(language, "wat", "what"),
        both(language, "waarde", "value"),
        both(language, "bron", "source"),
        both(language, "zekerheid", "confidence"),
        both(language, "anders", "alternative"),
    )
    rows = [
        [phrase(text or "", language) for text in (row["what"], row["value"], row["source"], _sure(row, language), row["alternative"])]
        for row in record["assumptions"]
    ]
    return table(head, rows, left=5)


def _sure(row: Mapping[str, Any], language: Language) -> str:
    return confidence_name(row["confidence"], language)


def _overrides(record: Record, language: Language) -> list[Table]:
    told = record["overrides"]
    if told["name"] is None:
        return []
    head = (
        both(language, "gegeven", "fact"),
        both(language, "was", "was"),
        both(language, "wordt", "becomes"),
        both(language, "bron", "source"),
    )
    rows = [
        [row["field"], str(row["old"]), str(row["new"]), row["source"] or word("override_unsourced", language)] for row in told["applied"]
    ]
    return [table(head, rows, left=4, title=word("h_overrides", language, name=told["name"]))]


def _settings(record: Record, language: Language) -> Table:
    rows = [[key, _shown(value, language)] for key, value in sorted(record["settings"].items())]
    title = both(language, "Instellingen van deze scan", "Settings of this scan")
    return table((both(language, "instelling", "setting"), both(language, "waarde", "value")), rows, left=2, title=title)


def _shown(value: object, language: Language) -> str:
    if value is None or value == [] or value == "":
        return both(language, "niet opgegeven", "not given")
    if isinstance(value, bool):
        return both(language, "ja" if value else "nee", "yes" if value else "no")
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return str(value).replace(".", ",") if language == "nl" and isinstance(value, float) else str(value)
