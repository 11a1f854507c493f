"""Foundation: its outcome and basis, and the lines whose load rises most."""

from __future__ import annotations

from optopscan.report.document import Block, Paragraph, Record, Section, both, table, tone_of
from optopscan.report.leading import side_rows, state_about
from optopscan.report.marks import uc_text
from optopscan.report.phrases import phrase
from optopscan.report.words import Language, number, word

TOP = 12


def section(record: Record, language: Language) -> Section:
    """Return the foundation: checks where ground or pile data exist, and the comparison of loads always."""
    made = record["extra_storeys"]["foundation"]
    blocks: list[Block] = []
    if made["basis"]:
        blocks.append(
            Paragraph(text=word("foundation_basis", language, basis=phrase(made["basis"], language)), tone=tone_of(made["outcome"]))
        )
    rows = side_rows(record, "foundation", state_about(record))
    if rows:
        ranked = sorted(rows, key=lambda row: (-(row["uc"] or 0.0), row["part"]))[:TOP]
        cells = [
            [row["part"], phrase(row["clause"], language), word(row["outcome"], language), uc_text(row["uc"], language)] for row in ranked
        ]
        head = [word("part", language), both(language, "artikel", "clause"), word("outcome", language), "UC"]
        tones = [tone_of(row["outcome"]) for row in ranked]
        blocks.append(table(head, cells, left=3, title=state_about(record), tones=tones, parts=[row["part"] for row in ranked]))
    if made["lines"]:
        # Unknown ratios first: they are the ones to look at.
        lines = sorted(made["lines"], key=lambda row: (row["r_char"] is not None, -(row["r_char"] or 0.0), row["line"], row["part"]))[:TOP]
        keys, digits = ("length_m", "old_kn_m", "new_kn_m", "r_char", "r_psi"), (2, 1, 1, 2, 2)
        cells = [
            [str(row["line"]), row["part"], *(number(row[key], places, language) for key, places in zip(keys, digits, strict=True))]
            for row in lines
        ]
        head = [*(word(key, language) for key in ("line", "part", "length", "old", "new")), "r_char", "r_psi"]
        title = both(language, "Grootste toename", "Largest increase")
        blocks.append(table(head, cells, left=2, title=title, parts=[row["part"] for row in lines]))
    else:
        blocks.append(Paragraph(text=word("foundation_none", language)))
    return Section(key="foundation", title=word("h_foundation", language, outcome=word(made["outcome"], language)), blocks=tuple(blocks))
