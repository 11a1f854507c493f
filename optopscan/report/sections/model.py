"""The files that were read, and what they hold."""

from __future__ import annotations

from collections import Counter

from optopscan.report.document import Record, Section, both, table
from optopscan.report.words import Language, number, word


def section(record: Record, language: Language) -> Section:
    """Return the files with their hashes, and the elements by kind with their weight."""
    files = [[row["name"], row["ifc_schema"], row["length_unit"], row["exporter"] or "?", row["sha256"]] for row in record["inputs"]]
    head = (
        both(language, "bestand", "file"),
        "schema",
        both(language, "eenheid", "unit"),
        both(language, "gemaakt met", "made with"),
        "sha256",
    )
    count: Counter[str] = Counter()
    weight: dict[str, float] = {}
    for row in record["elements"]:
        count[row["kind"]] += 1
        weight[row["kind"]] = weight.get(row["kind"], 0.0) + (row["self_weight_kn"] or 0.0)
    kinds = [[kind, str(n), number(weight[kind], 1, language)] for kind, n in sorted(count.items())]
    heads = (both(language, "soort", "kind"), both(language, "aantal", "count"), both(language, "eigen gewicht kN", "self weight kN"))
    blocks = (table(head, files, left=5), table(heads, kinds, title=both(language, "Elementen", "Elements")))
    return Section(key="model", title=word("h_inputs", language), blocks=blocks)
