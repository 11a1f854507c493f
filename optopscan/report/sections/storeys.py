"""How many storeys: per concept, what stops the next one, and the parts in every state."""

from __future__ import annotations

from collections import Counter

from optopscan.report.document import Items, Paragraph, Record, Section, Table, both, table
from optopscan.report.marks import part_text, uc_text, unknowns
from optopscan.report.record.build import names_of
from optopscan.report.words import Language, number, word


def section(record: Record, language: Language) -> Section:
    """Return the storeys of each concept with what governs, and the counts per state."""
    extra = record["extra_storeys"]
    told = []
    if extra["possible"] > extra["proven"]:
        told.append(f"{word('not_proven_for', language)}: {unknowns(record, language)}")
    wind = word("not_determined", language) if extra["with_wind"] is None else f"+{extra['with_wind']}"
    told.append(f"{word('vertical_only', language)}: +{extra['vertical_only']}; {word('with_wind', language)}: {wind}")
    blocks = [
        Items(rows=tuple(told)),
        *_stops(record, language),
        *_concepts(record, language),
        *_sets(record, language),
        *_states(record, language),
    ]
    title = both(language, "Hoeveel bouwlagen, en wat de volgende tegenhoudt", "How many storeys, and what stops the next")
    return Section(key="storeys", title=title, blocks=tuple(blocks))


def _stops(record: Record, language: Language) -> list[Table | Paragraph]:
    extra, elements = record["extra_storeys"], names_of(record)
    if extra["governing"] is None:
        return [Paragraph(text=word("no_governing", language))]
    stops = [extra["governing"], *extra["next_bottlenecks"]]
    rows = [
        [str(k), part_text(record, row["part"], language, elements), row["clause"], row["scenario"], uc_text(row["uc"], language)]
        for k, row in enumerate(stops, 1)
    ]
    head = ["", word("part", language), both(language, "artikel", "clause"), word("state", language), "UC"]
    title = both(language, "Maatgevend, en daarna", "Governing, and next")
    return [table(head, rows, left=4, title=title, parts=[row["part"] for row in stops])]


def _concepts(record: Record, language: Language) -> list[Table]:
    rows = record["extra_storeys"]["per_concept"]
    if not rows:
        return []
    elements, keys = names_of(record), ("proven", "possible", "vertical_only", "with_wind")
    cells = []
    for row in rows:
        stop = row["governing"]
        what = (
            word("no_governing", language)
            if stop is None
            else f"{part_text(record, stop['part'], language, elements)}, UC {uc_text(stop['uc'], language)}"
        )
        cells.append([row["concept"], what, *("?" if row[key] is None else f"+{row[key]}" for key in keys)])
    head = [word("concept", language), both(language, "volgende stuit op", "next meets"), *(word(key, language) for key in keys)]
    return [table(head, cells, left=2, title=word("h_concepts", language))]


def _sets(record: Record, language: Language) -> list[Table]:
    rows = record["extra_storeys"]["factor_set_alternatives"]
    if not rows:
        return []
    cells = [[row["set"], f"+{row['proven']}", f"+{row['possible']}"] for row in rows]
    return [table([word(key, language) for key in ("factor_set", "proven", "possible")], cells, title=word("h_factor_sets", language))]


def _states(record: Record, language: Language) -> list[Table]:
    columns = {row["scenario"]: row for row in record["part_uc"]}
    rows = []
    for row in record["scenarios"]:
        if row["id"] not in columns:
            continue
        column = columns[row["id"]]
        seen = Counter(column.get("outcome") or ["unknown"] * len(column["uc"]))
        known = [uc for uc in column["uc"] if uc is not None]
        counts = [str(seen[name]) for name in ("ok", "over", "unknown")]
        rows.append(
            [row["id"], f"+{row['storeys']}", number(row["height_m"], 1, language), *counts, uc_text(max(known, default=None), language)]
        )
    heads = ("state", "storeys", "height", "n_ok", "n_over", "n_unknown", "max_uc")
    return [table([word(key, language) for key in heads], rows, title=word("h_states", language))] if rows else []
