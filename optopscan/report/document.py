"""What a report says, before any format: sections of blocks, filled from the record, shown alike as a page or on paper.

A section picks and words what stands in the record; a format (HTML, PDF) only lays blocks out. So no format can say
another number than the next, and a new section reaches all of them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from optopscan.report.words import Language

Record = Mapping[str, Any]
Tone = Literal["", "ok", "over", "unknown", "note"]


@dataclass(frozen=True, kw_only=True)
class Paragraph:
    """Running text; ``tone`` colours it."""

    text: str
    tone: Tone = ""


@dataclass(frozen=True, kw_only=True)
class Items:
    """A list of sentences."""

    rows: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Table:
    """Rows under a head: the first ``left`` columns are text, the others numbers.

    ``tones`` gives a colour per row and ``parts`` the part that a row is about ("" for none); either is empty or as long
    as ``rows``.
    """

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    left: int = 1
    title: str = ""
    tones: tuple[Tone, ...] = ()
    parts: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        lengths = {len(self.head), *map(len, self.rows)}
        if len(lengths) > 1 or any(extra and len(extra) != len(self.rows) for extra in (self.tones, self.parts)):
            raise ValueError(f"table {self.title or self.head}: rows of unequal length")


@dataclass(frozen=True, kw_only=True)
class Light:
    """One subject of the go / no-go page: its colour, what was found, and what to do next."""

    subject: str
    tone: Tone
    found: str
    action: str


@dataclass(frozen=True, kw_only=True)
class Lights:
    """The traffic lights of the go / no-go page."""

    rows: tuple[Light, ...]


@dataclass(frozen=True, kw_only=True)
class Working:
    """A calculation as written by hand, line by line; ``part`` is what it is about."""

    title: str
    lines: tuple[str, ...]
    part: str = ""
    tone: Tone = ""


@dataclass(frozen=True, kw_only=True)
class Picture:
    """A drawing of another view, by the name of its file."""

    name: str
    alt: str


Block = Paragraph | Items | Table | Lights | Working | Picture


@dataclass(frozen=True, kw_only=True)
class Section:
    """A titled piece of the report; ``key`` names it in every language."""

    key: str
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, kw_only=True)
class Document:
    """The report: the answer first, the stamp that every page carries, then its sections.

    ``headline`` and ``because`` are the answer and the unknowns or reason behind it; a format shows them together.
    """

    title: str
    headline: str
    because: str
    statement: str
    stamp: str
    language: Language
    facts: tuple[tuple[str, str], ...]
    sections: tuple[Section, ...] = field(default=())


def both(language: Language, nl: str, en: str) -> str:
    """Return the text in the language."""
    return nl if language == "nl" else en


def tone_of(outcome: str) -> Tone:
    """Return the colour of an outcome; anything that is not a clear yes or no is unknown."""
    return "ok" if outcome == "ok" else "over" if outcome == "over" else "unknown"


def table(
    head: Sequence[str],
    rows: Sequence[Sequence[str]],
    *,
    left: int = 1,
    title: str = "",
    tones: Sequence[Tone] = (),
    parts: Sequence[str] = (),
) -> Table:
    """Return a table of any sequences."""
    return Table(head=tuple(head), rows=tuple(map(tuple, rows)), left=left, title=title, tones=tuple(tones), parts=tuple(parts))
