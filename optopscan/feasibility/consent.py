"""How many tenants or owners have to agree, as planning values with their article; never legal advice."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from optopscan.catalog.business_rows import Consent
from optopscan.feasibility.amount import Amount

Applies = Literal["yes", "no", "ask"]
_DIGITS = 9  # 0.7 of 30 is 21, not 22


@dataclass(frozen=True, kw_only=True)
class Agreement:
    """One row for this building: whether it applies by size, and how many of how many agree (None: not a number)."""

    row: Consent
    applies: Applies
    needed_lo: int | None
    needed_hi: int | None


def agreements(rows: Sequence[Consent], dwellings: Amount) -> tuple[Agreement, ...]:
    """Return every row with the number that has to agree; ``ask`` where the size of the complex is not settled."""
    return tuple(_agreement(row, dwellings) for row in rows)


def _agreement(row: Consent, dwellings: Amount) -> Agreement:
    if not dwellings.known:
        return Agreement(row=row, applies="ask", needed_lo=None, needed_hi=None)
    applies: Applies = "yes" if dwellings.lo >= row.from_dwellings else "no" if dwellings.hi < row.from_dwellings else "ask"
    if applies == "no" or math.isnan(row.share):
        return Agreement(row=row, applies=applies, needed_lo=None, needed_hi=None)
    lo, hi = (math.ceil(round(row.share * end, _DIGITS)) for end in (dwellings.lo, dwellings.hi))
    return Agreement(row=row, applies=applies, needed_lo=lo, needed_hi=hi)
