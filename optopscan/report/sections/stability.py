"""Stability and wind before and after, wind on outer walls, anchorage of what is new, robustness."""

from __future__ import annotations

from optopscan.model.sides import EXISTING
from optopscan.report.document import Paragraph, Record, Section, Table, both, table, tone_of
from optopscan.report.leading import leading, side_rows, state_about
from optopscan.report.marks import uc_text
from optopscan.report.phrases import phrase
from optopscan.report.words import Language, number, word

TOP = 8


def section(record: Record, language: Language) -> Section:
    """Return the verdicts beside the vertical one, in the existing state and in the one that the answer is about."""
    blocks = [*_stability(record, language)]
    for subject in ("wall_wind", "anchorage", "robustness"):
        blocks += _worst(record, subject, language)
    title = both(language, "Stabiliteit, wind en verankering", "Stability, wind and anchorage")
    return Section(key="stability", title=title, blocks=tuple(blocks))


def _states(record: Record) -> list[str]:
    concept = leading(record)
    chain = [row["id"] for row in record["scenarios"] if row["concept"] == concept and row["storeys"]]
    return [EXISTING, *chain]


def _stability(record: Record, language: Language) -> list[Table | Paragraph]:
    rows = [row for state in _states(record) for row in side_rows(record, "stability", state)]
    if not rows:
        return [Paragraph(text=f"{word('s_stability', language)}: {word('not_checked_short', language)}", tone="unknown")]
    cells = [
        [
            word("existing", language) if row["scenario"] == EXISTING else row["scenario"],
            row["direction"],
            row["clause"],
            word(row["outcome"], language),
            number(row["base_moment_before_knm"], 0, language),
            number(row["base_moment_after_knm"], 0, language),
            number(row["base_force_after_kn"], 0, language),
            uc_text(row["uc"], language),
        ]
        for row in rows
    ]
    head = [
        word("state", language),
        both(language, "richting", "direction"),
        both(language, "artikel", "clause"),
        word("outcome", language),
        both(language, "M voor kNm", "M before kNm"),
        both(language, "M na kNm", "M after kNm"),
        both(language, "V na kN", "V after kN"),
        "UC",
    ]
    title = both(language, "Windmoment en -kracht aan de voet", "Wind moment and force at the base")
    return [table(head, cells, left=4, title=title, tones=[tone_of(row["outcome"]) for row in rows])]


def _worst(record: Record, subject: str, language: Language) -> list[Table | Paragraph]:
    rows = [row for state in dict.fromkeys((EXISTING, state_about(record))) for row in side_rows(record, subject, state)]
    name = word(f"s_{subject}", language).capitalize()
    if not rows:
        return [Paragraph(text=f"{name}: {word('not_checked_short', language)}", tone="unknown")]
    rank = {"over": 0, "unknown": 1, "ok": 2}
    rows = sorted(
        rows, key=lambda row: (rank[row["outcome"]], -(row.get("uc") or 0.0), row["scenario"], row.get("part") or row.get("support") or "")
    )
    shown = rows[:TOP]
    cells = [
        [
            word("existing", language) if row["scenario"] == EXISTING else row["scenario"],
            row.get("part") or row.get("support") or "",
            word(row["outcome"], language),
            phrase(row.get("why") or row.get("clause") or "", language),
            uc_text(row.get("uc"), language) if "uc" in row else "-",
        ]
        for row in shown
    ]
    head = [word("state", language), word("part", language), word("outcome", language), both(language, "waarom", "why"), "UC"]
    title = (
        name
        if len(rows) == len(shown)
        else both(language, f"{name}: de zwaarste {len(shown)} van {len(rows)}", f"{name}: the {len(shown)} worst of {len(rows)}")
    )
    parts = [row.get("part") or row.get("support") or "" for row in shown]
    return [table(head, cells, left=4, title=title, tones=[tone_of(row["outcome"]) for row in shown], parts=parts)]
