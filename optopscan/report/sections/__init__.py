"""The sections of a report, one module each: a new section is one module with a `section` and one line here.

Every `section(record, language)` returns what it has to say, or None where the record has nothing about it.
`ANSWER_FIRST` is the order of the page, `CALCULATION` the order in which a constructeur checks a calculation.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import Protocol, cast

from optopscan.report.document import Document, Record, Section
from optopscan.report.marks import answer, stamp
from optopscan.report.sections import project
from optopscan.report.words import Language, word

# Key of a section -> module of this package
SECTIONS: Mapping[str, str] = {
    "go_no_go": "go_no_go",
    "project": "project",
    "starting_points": "starting_points",
    "plans": "plans",
    "take_down": "take_down",
    "combinations": "combinations",
    "checks": "checks",
    "storeys": "storeys",
    "chance": "chance",
    "stability": "stability",
    "foundation": "foundation",
    "variants": "variants",
    "rules": "rules",
    "investigate": "investigate",
    "not_checked": "not_checked",
    "questions": "questions",
    "model": "model",
}
ANSWER_FIRST = (
    *("go_no_go", "storeys", "chance", "investigate", "variants", "take_down", "checks", "stability", "foundation", "rules"),
    *("starting_points", "not_checked", "questions", "model"),
)
CALCULATION = (
    *("project", "starting_points", "plans", "take_down", "combinations", "checks", "storeys", "chance", "stability", "foundation"),
    *("variants", "rules", "not_checked", "investigate", "questions", "model"),
)


class _Module(Protocol):
    def section(self, record: Record, language: Language) -> Section | None:
        """Return the section, None where the record has nothing about it."""


def document(record: Record, language: Language, order: Sequence[str] = ANSWER_FIRST) -> Document:
    """Return the report of a record with its sections in the order asked for; empty ones are left out."""
    modules = [cast(_Module, import_module(f"{__name__}.{SECTIONS[key]}")) for key in order]
    made = [module.section(record, language) for module in modules]
    headline, colon, because = answer(record, language).partition(": ")
    return Document(
        title=project.name_of(record, language),
        headline=headline,
        because=because if colon else "",
        statement=word("statement", language),
        stamp=stamp(record, language),
        language=language,
        facts=project.facts(record, language),
        sections=tuple(one for one in made if one is not None),
    )
