"""Types of the fields in a template: what may stand there, and what it is in English."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from optopscan.report.phrases.vocabulary import CLAUSE_WORDS, WORDS

PHRASE = "p"
"""A field that is itself a text with a template."""
_NUMBER = r"[-+]?(?:\d+(?:[.,]\d+)?(?:e[-+]?\d+)?|nan|inf)"
_ID = r"[^\s,;:()]+"
_NAME = r"(?:(?![.;:?!] ).)+?"
"""Text of a model or product; it never runs over the end of a sentence, so that none can hide in it."""
_TOKEN = rf"(?:[\dA-Z][\w.:()+/-]*|\([\w.()]+\)|art\.|mid|head|foot|wind|{'|'.join(CLAUSE_WORDS)})"
"""A word of an article: a number, a name of a standard or one that is known in English; no sentence fits."""
_COMMA = re.compile(r"(?<=\d),(?=\d)")


@dataclass(frozen=True, kw_only=True)
class Field:
    """A type: what may stand there as a regular expression, what it becomes, and samples (Dutch, English) for tests."""

    pattern: str
    english: Callable[[str], str]
    samples: tuple[tuple[str, str], ...]


def _same(text: str) -> str:
    return text


def _number(text: str) -> str:
    return _COMMA.sub(".", text)


def _use(text: str) -> str:
    """Return which name tells the use of a room; the name itself stays."""
    what, space, name = text.partition(" ")
    return (
        "stair in the room" if text == "trap in de ruimte" else {"ruimte": "space", "vloer": "floor", "wand": "wall"}[what] + space + name
    )


def _replaced(*pairs: tuple[str, str]) -> Callable[[str], str]:
    """Return a function that replaces whole words, and decimal commas."""

    def english(text: str) -> str:
        for dutch, told in pairs:
            text = re.sub(rf"\b{dutch}\b", told, text)
        return _number(text)

    return english


def _words(table: Mapping[str, str]) -> Field:
    either = "|".join(re.escape(word) for word in sorted(table, key=lambda word: (-len(word), word)))
    return Field(pattern=f"(?:{either})", english=table.__getitem__, samples=tuple(table.items()))


def _listed(table: Mapping[str, str]) -> Field:
    """Return words of a table with commas between them."""
    one, both = _words(table), ", ".join
    pairs = list(table.items())
    return Field(
        pattern=f"{one.pattern}(?:, {one.pattern})*",
        english=lambda text: both(table[word] for word in text.split(", ")),
        samples=(*pairs[:1], (both(nl for nl, _ in pairs), both(en for _, en in pairs))),
    )


FIELDS: Mapping[str, Field] = {
    "n": Field(pattern=_NUMBER, english=_number, samples=(("3", "3"), ("12,50", "12.50"), ("-0.600", "-0.600"))),
    "uc": Field(pattern=f"(?:> )?{_NUMBER}", english=_number, samples=(("1,07", "1.07"), ("> 100", "> 100"))),
    "numbers": Field(pattern=rf"{_NUMBER}(?:, {_NUMBER})*", english=_number, samples=(("15,60", "15.60"), ("9,20, 12,40", "9.20, 12.40"))),
    "id": Field(pattern=_ID, english=_same, samples=(("0#689/6", "0#689/6"), ("fictief.clt-2d", "fictief.clt-2d"))),
    "ids": Field(
        pattern=f"{_ID}(?:, {_ID})*(?: \\.\\.\\.)?", english=_same, samples=(("0#1/2, 0#3/4", "0#1/2, 0#3/4"), ("1, 2 ...", "1, 2 ..."))
    ),
    "few": Field(
        pattern=rf"{_ID}(?:, {_ID})*(?: en \d+ meer)?",
        english=_replaced(("en", "and"), ("meer", "more")),
        samples=(("0#2", "0#2"), ("0#2, 0#3, 0#4 en 1 meer", "0#2, 0#3, 0#4 and 1 more")),
    ),
    "name": Field(pattern=_NAME, english=_same, samples=(("Voorbeeld CLT (fictief)", "Voorbeeld CLT (fictief)"),)),
    "quoted": Field(pattern=r"'.*?'", english=_same, samples=(("'beton. En meer'", "'beton. En meer'"),)),
    "doubt": Field(
        pattern=r"(?:\d+ x '.*?'|'.*?' \(\S+\))",
        english=_same,
        samples=(("4 x 'betonvloer 180'", "4 x 'betonvloer 180'"), ("'wand 150' (0#12)", "'wand 150' (0#12)")),
    ),
    "message": Field(pattern=".+", english=_same, samples=(("a.ifc: 3 of 9 IfcWall have no body", "a.ifc: 3 of 9 IfcWall have no body"),)),
    "clause": Field(
        pattern=rf"(?:NEN|EN)[ -]{_TOKEN}(?:,? {_TOKEN})*",
        english=_replaced(*CLAUSE_WORDS.items()),
        samples=(("NEN-EN 1996-1-1 6.1.2", "NEN-EN 1996-1-1 6.1.2"), ("NEN 9997-1 6.5.2.2, bijlage D.4", "NEN 9997-1 6.5.2.2, annex D.4")),
    ),
    "act": Field(
        pattern=rf"Bouwbesluit 2012(?:,? {_TOKEN})*?",
        english=_replaced(*CLAUSE_WORDS.items()),
        samples=(
            ("Bouwbesluit 2012 art. 2.104 lid 4", "Bouwbesluit 2012 art. 2.104 paragraph 4"),
            ("Bouwbesluit 2012 afdeling 4.1 bestaande bouw", "Bouwbesluit 2012 section 4.1 existing buildings"),
        ),
    ),
    "steps": Field(
        pattern=rf"laag \d+ {_NUMBER} m(?:, laag \d+ {_NUMBER} m)*",
        english=_replaced(("laag", "storey")),
        samples=(("laag 2 -0,60 m, laag 3 +1,20 m", "storey 2 -0.60 m, storey 3 +1.20 m"),),
    ),
    "use": Field(
        pattern=r"(?:trap in de ruimte|(?:ruimte|vloer|wand) [^;]+?)",
        english=_use,
        samples=(("trap in de ruimte", "stair in the room"), ("ruimte woonkamer", "space woonkamer"), ("wand berging 2", "wall berging 2")),
    ),
    "but": Field(
        pattern="(?:, behalve waar opgegeven)?",
        english=lambda text: ", except where given" if text else "",
        samples=(("", ""), (", behalve waar opgegeven", ", except where given")),
    ),
    **{name: _words(table) for name, table in WORDS.items()},
    "weights": _listed(WORDS["weight"]),
    "unstated": _listed(WORDS["support"]),
}
