"""What a renovation combines with: work that the extension does at the same place or moment; no savings, only where to look."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from optopscan.catalog.business_rows import Combination
from optopscan.feasibility.business_case import Post

Coincides = Literal["yes", "no", "unknown", "ask"]
_RANK: tuple[Coincides, ...] = ("no", "unknown", "yes")


@dataclass(frozen=True, kw_only=True)
class Combined:
    """One row for a variant: whether it coincides, and with which of its works; ask: no model or variant tells."""

    row: Combination
    coincides: Coincides
    works: tuple[str, ...]


def combinations(rows: Iterable[Combination], costs: Sequence[Post]) -> tuple[Combined, ...]:
    """Return every row with what the works of a variant say of it.

    Parameters
    ----------
    costs
        Lines of cost of renovating and extending; one that is not there is no part of the variant, one whose amount is
        not known may be.
    """
    return tuple(_combined(row, costs) for row in rows)


def _combined(row: Combination, costs: Sequence[Post]) -> Combined:
    there = [post for post in costs if post.assumption in row.works]
    works = tuple(dict.fromkeys(post.assumption for post in there))
    if row.always:
        return Combined(row=row, coincides="yes", works=works)
    if not row.works:
        return Combined(row=row, coincides="ask", works=())
    told: list[Coincides] = ["no", *("yes" if post.amount.known and post.amount.lo > 0.0 else "unknown" for post in there)]
    return Combined(row=row, coincides=max(told, key=_RANK.index), works=works)
