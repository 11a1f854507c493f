"""What stages write into a record is Dutch; here it becomes English for a view, by templates, whole or not at all.

A row of a table is a Dutch text with fields and the same in English (`template`). `TABLES` holds them by the stage that writes
them; the texts that the catalogue has in both languages are taken from there. A new text of a stage is one row more; a test
reads the sources of the stages and names what has no row.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator

from optopscan.catalog.engineering import load_engineering
from optopscan.report.phrases import access, answer, assumptions, beyond, flags, sides, sources, variants
from optopscan.report.phrases.template import Phrasebook, Row
from optopscan.report.words import Language

TABLES: tuple[tuple[Row, ...], ...] = (
    answer.ROWS,
    sides.ROWS,
    assumptions.ROWS,
    sources.ROWS,
    flags.ROWS,
    variants.ROWS,
    access.ROWS,
    beyond.ROWS,
)


def phrase(text: str, language: Language) -> str:
    """Return what a stage wrote in the language; a text without a template stands as it was written, never half translated.

    Examples
    --------
    >>> phrase("60 liggers (wapening onbekend)", "en"), phrase("iets wat niemand kent", "en")
    ('60 beams (reinforcement unknown)', 'iets wat niemand kent')
    """
    if language == "nl" or not text:
        return text
    return book().english(text) or text


@functools.cache
def book() -> Phrasebook:
    """Return all templates, compiled once."""
    return Phrasebook((*(row for table in TABLES for row in table), *dict.fromkeys(of_catalogue())))


def of_catalogue() -> Iterator[Row]:
    """Yield the texts that a record takes from the catalogue, where they stand in both languages."""
    values = load_engineering()
    for flag in values.flags:
        yield flag.nl, flag.en
    for rule in values.rules:
        yield rule.nl, rule.en
    for row in values.not_checked:
        yield row.nl, row.en
    for survey in values.surveys.values():
        yield survey.what_nl, survey.what_en
        yield survey.nl, survey.en
    for load in values.unknown_loads.values():
        yield load.nl, load.en
        yield load.settle_nl, load.settle_en
    for value in values.ground_values.values():
        yield value.nl, value.en
        yield value.alternative_nl, value.alternative_en
