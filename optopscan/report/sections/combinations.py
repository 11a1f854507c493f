"""Load combinations: the factors that the governing checks used, and the two expressions they stand in."""

from __future__ import annotations

from optopscan.report.document import Paragraph, Record, Section, both, table
from optopscan.report.phrases import phrase
from optopscan.report.words import Language, number

_SYMBOLS = (
    ("gamma_ga", "γG (6.10a)"),
    ("gamma_gb", "γG (6.10b)"),
    ("gamma_g_inf", "γG,inf"),
    ("gamma_q", "γQ"),
)


def section(record: Record, language: Language) -> Section | None:
    """Return the factors of each set used, and 6.10a and 6.10b as they are applied."""
    sets = {str(row["inputs"]["factor_set"]): row["inputs"] for row in record["checks"] if "factor_set" in row["inputs"]}
    if not sets:
        return None
    rows = [[phrase(name, language), *(number(given.get(key), 2, language) for key, _ in _SYMBOLS)] for name, given in sorted(sets.items())]
    head = [both(language, "factorset", "factor set"), *(symbol for _, symbol in _SYMBOLS)]
    told = both(
        language,
        "6.10a: N = γG·G + γQ·Σ ψ0·Qk.  6.10b: N = γG·G + γQ·(Σ ψ0·Qk + Σ (1 − ψ0)·Qk over de twee bouwlagen die het meeste "
        "geven), en met het dak als overheersend. Kleinste kracht: N = γG,inf·G. De grootste telt.",
        "6.10a: N = γG·G + γQ·Σ ψ0·Qk.  6.10b: N = γG·G + γQ·(Σ ψ0·Qk + Σ (1 − ψ0)·Qk over the two storeys that give "
        "most), and with the roof leading. Least force: N = γG,inf·G. The largest counts.",
    )
    return Section(
        key="combinations",
        title=both(language, "Belastingcombinaties", "Load combinations"),
        blocks=(Paragraph(text=told), table(head, rows)),
    )
