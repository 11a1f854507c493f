"""Gewichtsberekening: loads per storey and at the foundation, before and after, characteristic."""

from __future__ import annotations

from optopscan.report.document import Paragraph, Record, Section, Table, both, table
from optopscan.report.leading import state_about
from optopscan.report.words import Language, number, word

TOP_LINES = 40


def section(record: Record, language: Language) -> Section:
    """Return the sums per storey, what reaches the ground and the foundation lines before and after."""
    loads = record["take_down"]
    blocks = [_by_storey(record, language), _sums(record, language), *_lines(record, language)]
    blocks.append(Paragraph(text=word("take_down_note", language), tone="note"))
    title = word("h_take_down", language, name=word(f"d_{loads['distribution']}", language))
    return Section(key="take_down", title=title, blocks=tuple(blocks))


def _by_storey(record: Record, language: Language) -> Table:
    keys = ("carried_area_m2", "added_permanent_kn", "added_permanent_kn_m2", "permanent_kn", "imposed_kn", "roof_kn")
    heads = ("storey", "area", "added", "added_m2", "sum_g", "sum_q", "sum_roof")
    digits = (1, 1, 2, 1, 1, 1)
    rows = [
        [str(row["storey"] + 1), *(number(row[key], places, language) for key, places in zip(keys, digits, strict=True))]
        for row in record["take_down"]["storeys"]
    ]
    return table(
        [word(key, language) for key in heads], rows, title=both(language, "Per bouwlaag, van boven af", "Per storey, from the top")
    )


def _sums(record: Record, language: Language) -> Table:
    loads = record["take_down"]
    rows = [
        [word("applied", language), number(loads["permanent_kn"], 1, language), number(loads["imposed_kn"], 1, language)],
        [word("ground", language), number(loads["ground_permanent_kn"], 1, language), number(loads["ground_imposed_kn"], 1, language)],
        [word("direct", language), number(loads["direct_to_ground_kn"], 1, language), ""],
        [word("unsupported", language), number(loads["unsupported_kn"], 1, language), ""],
    ]
    title = both(language, "Sluitpost: wat erin gaat komt eruit", "Balance: what goes in comes out")
    return table(["", "G kN", "Q kN"], rows, title=title)


def _lines(record: Record, language: Language) -> list[Table | Paragraph]:
    lines = record["extra_storeys"]["foundation"]["lines"]
    if not lines:
        return [Paragraph(text=word("foundation_none", language))]
    ranked = sorted(lines, key=lambda row: (row["line"], row["part"]))
    keys, digits = ("length_m", "old_kn_m", "new_kn_m"), (2, 1, 1)
    rows = [
        [
            str(row["line"]),
            row["part"],
            *(number(row[key], places, language) for key, places in zip(keys, digits, strict=True)),
            _rise(row["r_char"], language),
        ]
        for row in ranked[:TOP_LINES]
    ]
    head = [*(word(key, language) for key in ("line", "part", "length", "old", "new")), both(language, "toename %", "increase %")]
    title = both(language, "Belasting op de fundering, voor en na", "Load on the foundation, before and after")
    made: list[Table | Paragraph] = [
        table(head, rows, left=2, title=f"{title} ({state_about(record)})", parts=[row["part"] for row in ranked[:TOP_LINES]])
    ]
    if len(ranked) > TOP_LINES:
        made.append(Paragraph(text=word("more_lines", language, n=len(ranked) - TOP_LINES), tone="note"))
    return made


def _rise(ratio: float | None, language: Language) -> str:
    return number(None if ratio is None else 100.0 * (ratio - 1.0), 1, language)
