"""Projects and concepts with what was published of them, and the typical answer beside it, for a terminal, in Dutch."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from optopscan.catalog.knowledge_rows import Realised
from optopscan.matching.typical_answer import MOST_STOREYS, PRODUCT, TypicalAnswer
from optopscan.report.layout import heading, table, wrap

_STATE = {"built": "gebouwd", "planned": "gepland", "unknown": "onbekend"}
_BESIDE = {
    "less": "gemist: er is meer gebouwd dan wij mogelijk noemen",
    "same": "mogelijk wat gebouwd is",
    "more": "mogelijk meer dan gebouwd is",
    "unknown": "niet te vergelijken",
}
UNKNOWN = "onbekend"


def text(rows: Sequence[Realised], answers: Mapping[str, TypicalAnswer] | None = None) -> str:
    """Return the table and a note per project; ``answers`` by family, None: not asked."""
    lines = heading("Wat er gebouwd of aangeboden is: alleen gepubliceerde feiten")
    head = ["project", "stand", "lagen erop", "woningen", "typisch blok"]
    cells = [[row.name, _STATE[row.state], _whole(row.storeys_added), _whole(row.dwellings_added), row.family or "-"] for row in rows]
    lines += table(head, cells, left=2)
    lines += ["", *wrap(_note(answers)), ""]
    for row in rows:
        lines += [row.name, *wrap(row.published, "  "), *wrap(f"typisch blok: {row.why_family}", "  ", "    ")]
        if answers is not None and row.family in answers:
            lines += wrap(f"ons antwoord: {_answer(answers[row.family], row.storeys_added)}", "  ", "    ")
        lines += [*wrap(f"bron: {row.source}", "  ", "    "), ""]
    return "\n".join(lines).rstrip() + "\n"


def _note(answers: Mapping[str, TypicalAnswer] | None) -> str:
    if answers is None:
        return "Wat niet gepubliceerd is, is onbekend. Met --scan staat ons antwoord voor een typisch blok ernaast."
    return (
        f"Wat niet gepubliceerd is, is onbekend. Ons antwoord is dat voor een typisch blok van de familie, niet voor het gebouw: "
        f"{PRODUCT}, ten hoogste {MOST_STOREYS} lagen geprobeerd, zonder gegevens van de fundering."
    )


def _answer(one: TypicalAnswer, built: int | None) -> str:
    if one.refused:
        told = f"geen optopping volgens regel {one.refused}"
    else:
        told = f"+{one.possible} mogelijk, +{one.proven} aangetoond op een blok van {one.storeys} bouwlagen"
        told += f" (onbekend: {', '.join(one.unknown)})" if one.unknown else ""
    return f"{told}; {_BESIDE[one.beside(built)]}"


def _whole(value: int | None) -> str:
    return UNKNOWN if value is None else str(value)
