"""How likely each storey count is, in words: the block that summary and capacity share."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from optopscan.report.phrases import phrase
from optopscan.report.words import Language, number, word

Record = Mapping[str, Any]
_TOP_GOVERNING = 3
_SHOWN_SHARE = 0.01


def heading(record: Record, language: Language) -> str:
    """Return the title of the block; empty where no probability was asked for."""
    rows = record["extra_storeys"]["estimates"]
    return word("h_chance", language, concept=rows[0]["concept"]) if rows else ""


def lines(record: Record, language: Language) -> list[str]:
    """Return one sentence per line, unwrapped; none where no probability was asked for."""
    rows = record["extra_storeys"]["estimates"]
    if not rows:
        return []
    first = rows[0]
    if first["unsettled"]:
        return [word("chance_none", language, why=phrase(first["unsettled"], language))]
    told = [word("chance_means", language, what=phrase(first["definition"], language))]
    at_most = first["judged"] < first["loaded"]
    if at_most:
        told.append(word("chance_most", language, judged=first["judged"], loaded=first["loaded"]))
    told += [_at_least(row, language, at_most=at_most) for row in first["at_least"]]
    if not at_most:
        told.append(word("chance_percentiles", language, p10=first["p10"], p50=first["p50"], p90=first["p90"]))
    shown = [f"{row['part']} {_share(row['frequency'], language)}" for row in first["governing"][:_TOP_GOVERNING]]
    if shown:
        told.append(word("chance_governing", language, n=first["governing"][0]["storeys"], parts=", ".join(shown)))
    shares = [
        f"{phrase(row['what'], language)} {_share(row['share'], language)}" for row in first["influences"] if row["share"] >= _SHOWN_SHARE
    ]
    if shares:
        told.append(word("chance_shares", language, n=first["influences"][0]["storeys"], shares=", ".join(shares)))
    return told


def others(record: Record, language: Language) -> tuple[list[str], list[list[str]]]:
    """Return head and rows of a table with the probabilities of all concepts."""
    rows = [row for row in record["extra_storeys"]["estimates"] if row["at_least"]]
    most = max((len(row["at_least"]) for row in rows), default=0)
    head = [word("concept", language), *(f"+{n}" for n in range(1, most + 1))]
    bound = [word("at_most", language) if row["judged"] < row["loaded"] else "" for row in rows]
    cells = [[f"{b} {number(one['at_least'], 2, language)}".strip() for one in row["at_least"]] for row, b in zip(rows, bound, strict=True)]
    return head, [[row["concept"], *own, *[""] * (most - len(own))] for row, own in zip(rows, cells, strict=True)]


def worth(row: Mapping[str, Any], language: Language) -> str:
    """Return what one investigation does to the probability; empty where that was not worked out."""
    if row["p_now"] is None:
        return ""
    now, then = (number(row[key], 2, language) for key in ("p_now", "p_then"))
    if not row["p_good"]:
        return word("worth_half", language, n=row["gain"], now=now, then=then)
    good = number(row["p_good"], 2, language)
    if row["needed"] is None:
        return word("worth_good", language, n=row["gain"], now=now, then=then, good=good)
    sign = ">=" if row["unit"] == "N/mm2" else "<="
    needed = f"{sign} {number(row['needed'], 1, language)} {row['unit']}"
    return word("worth_needed", language, n=row["gain"], now=now, then=then, good=good, needed=needed)


def _at_least(row: Mapping[str, Any], language: Language, *, at_most: bool) -> str:
    p, error = number(row["at_least"], 2, language), number(max(row["standard_error"], 0.001), 3, language)
    return word("chance_is_most" if at_most else "chance_is", language, n=row["storeys"], p=p, error=error)


def _share(value: float, language: Language) -> str:
    return f"{number(100.0 * value, 0, language)} %"
