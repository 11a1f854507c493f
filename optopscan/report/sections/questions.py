"""Open questions: what the reader has to judge, and what the model left open."""

from __future__ import annotations

from collections import Counter

from optopscan.issues import CODES
from optopscan.report.document import Block, Items, Paragraph, Record, Section, both, table
from optopscan.report.phrases import phrase
from optopscan.report.words import Language, issue_title, word

TOP_SERIOUS = 20


def section(record: Record, language: Language) -> Section:
    """Return the flags that ask, the serious issues and how often every issue was met."""
    asks = [f"{row['code']}: {phrase(row['text'], language)}" for row in record["flags"] if row["asks"]]
    serious = [f"{row['code']} {row['id']}: {phrase(row['message'], language)}" for row in record["issues"] if row["severity"] == "serious"]
    severity = Counter(row["severity"] for row in record["issues"])
    blocks: list[Block] = [Items(rows=tuple(asks))] if asks else []
    blocks.append(Paragraph(text=word("h_issues", language, **{name: severity[name] for name in ("serious", "warning", "info")})))
    if serious:
        blocks.append(Items(rows=tuple(serious[:TOP_SERIOUS])))
    counts = Counter(row["code"] for row in record["issues"])
    rows = [[code, issue_title(code, CODES[code].title if code in CODES else "", language), str(n)] for code, n in sorted(counts.items())]
    if rows:
        head = (both(language, "melding", "issue"), both(language, "betekenis", "meaning"), both(language, "aantal", "count"))
        blocks.append(table(head, rows, left=2))
    return Section(key="questions", title=both(language, "Open vragen en meldingen", "Open questions and issues"), blocks=tuple(blocks))
