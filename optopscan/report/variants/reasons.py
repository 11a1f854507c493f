"""Why a variant is as it is, and what is placed beside the roof, in the language of a view."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from optopscan.report.phrases import phrase
from optopscan.report.words import Language

Row = Mapping[str, Any]


def variant_why(variant: Row, language: Language) -> str:
    """Return why a variant has no more; where one reason says that nothing fits, that reason as the record has it in the language."""
    told = str(variant["why"])
    if language == "en":
        for reason in variant.get("why_not", ()):
            if told == f"Geen module past: {reason['text_nl']}.":
                return f"No module fits: {reason['text_en']}."
    return phrase(told, language)


def beyond_line(row: Row, language: Language) -> str:
    """Return dwellings beside the roof in one line: where, product, how many, and what they are."""
    return f"{phrase(row['kind'], language)} {row['where']}, {row['concept']}: {row['dwellings']} x; {phrase(row['why'], language)}"
