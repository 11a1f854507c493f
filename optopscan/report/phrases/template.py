"""Templates of sentences: a Dutch text with typed fields, the same in English, and the search for the one that fits.

A field is ``{name:type}`` in the Dutch text and ``{name}`` in the English one. A text is put into English when one template fits
all of it, or when it is a row of sentences or phrases (". " or "; " between them) that each have one. Names and ids go through
untouched, numbers change their decimal comma, a field of type `p` is itself a phrase. What does not fit to the last sign is left.
"""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from optopscan.report.phrases.fields import FIELDS, PHRASE

Row = tuple[str, str]
_FIELD = re.compile(r"\{(?P<name>\w+):(?P<type>\w+)\}")
_BETWEEN = re.compile(r"(?<=[.?!]) |; ")
MOST_WITHIN = 6
"""Ends of sentences and phrases within the first one of a row, so that a long list with one unknown does not take long."""


@dataclass(frozen=True, kw_only=True)
class Template:
    """A Dutch text with fields and its English; ``kinds`` are the types of the fields by name."""

    nl: str
    en: str
    kinds: Mapping[str, str]
    pattern: re.Pattern[str]

    @property
    def literal(self) -> int:
        """Return how many signs of the Dutch text are fixed: the more, the more specific."""
        return len(_FIELD.sub("", self.nl))


def template(row: Row) -> Template:
    """Return a row as a template.

    Raises
    ------
    ValueError
        If a type is not known, or the fields of both languages differ.
    """
    nl, en = row
    kinds = {found["name"]: found["type"] for found in _FIELD.finditer(nl)}
    named = set(re.findall(r"\{(\w+)\}", en))
    if named != set(kinds) or not set(kinds.values()) <= {*FIELDS, PHRASE}:
        raise ValueError(f"template {nl!r}: fields {sorted(kinds.items())}, English has {sorted(named)}")
    pieces, at = [], 0
    for found in _FIELD.finditer(nl):
        own = ".+?" if found["type"] == PHRASE else FIELDS[found["type"]].pattern
        pieces += [re.escape(nl[at : found.start()]), f"(?P<{found['name']}>{own})"]
        at = found.end()
    return Template(nl=nl, en=en, kinds=kinds, pattern=re.compile("".join([*pieces, re.escape(nl[at:])])))


class Phrasebook:
    """All templates, the most specific first."""

    def __init__(self, rows: Iterable[Row]) -> None:
        made = [template(row) for row in rows]
        self.fixed = {one.nl: one.en for one in made if not one.kinds}
        self.templates = sorted((one for one in made if one.kinds), key=lambda one: (-one.literal, one.nl))
        self.english = functools.cache(self._english)

    def _english(self, text: str) -> str | None:
        """Return the English of a whole text, None where some of it has no template."""
        found = self._one(text)
        if found is not None:
            return found
        for gap in itertools.islice(_BETWEEN.finditer(text), MOST_WITHIN):
            head = self._one(text[: gap.start()])
            tail = None if head is None else self.english(text[gap.end() :])
            if head is not None and tail is not None:
                return f"{head}{gap[0]}{tail}"
        return None

    def _one(self, text: str) -> str | None:
        fixed = self.fixed.get(text)
        if fixed is not None:
            return fixed
        return next((told for one in self.templates if (told := self.told(one, text)) is not None), None)

    def told(self, one: Template, text: str) -> str | None:
        """Return a text by one template, None where it does not fit."""
        match = one.pattern.fullmatch(text)
        if match is None:
            return None
        values: dict[str, str] = {}
        for name, kind in one.kinds.items():
            value = self.english(match[name]) if kind == PHRASE else FIELDS[kind].english(match[name])
            if value is None:
                return None
            values[name] = value
        return one.en.format(**values)
