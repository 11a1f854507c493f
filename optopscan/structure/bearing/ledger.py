"""Collects the evidence per element and keeps the sums."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from optopscan.model.arrays import FloatArray
from optopscan.model.structure import Evidence
from optopscan.structure.bearing.weights import Weight

MOST = 30.0  # log-odds beyond this are certainty in any case


class Ledger:
    """Evidence of every element; an element without any has probability zero."""

    def __init__(self, n: int, weights: Mapping[str, Weight], temperature: float) -> None:
        self._weights = weights
        self._temperature = temperature
        self._rows: list[list[Evidence]] = [[] for _ in range(n)]
        self._sum = np.zeros(n)

    def add(self, row: int, key: str, value: str) -> None:
        """Add the signal ``key`` with what was seen."""
        weight = self._weights[key]
        self._rows[row].append(Evidence(signal=key, value=value, weight=weight.value, text=weight.reason))
        self._sum[row] += weight.value

    def note(self, row: int, evidence: Evidence) -> None:
        """Add a remark that does not count in the sum."""
        self._rows[row].append(evidence)

    def has(self, row: int, key: str) -> bool:
        """Return whether the signal was added."""
        return any(e.signal == key for e in self._rows[row])

    def copy(self) -> Ledger:
        """Return a ledger that can go its own way."""
        twin = Ledger(0, self._weights, self._temperature)
        twin._rows = [list(row) for row in self._rows]
        twin._sum = self._sum.copy()
        return twin

    def probability(self) -> FloatArray:
        """Return the probability of every element."""
        p = 1.0 / (1.0 + np.exp(-np.clip(self._sum / self._temperature, -MOST, MOST)))
        return np.where([not row for row in self._rows], 0.0, p)

    def rows(self) -> tuple[tuple[Evidence, ...], ...]:
        """Return the evidence of all elements."""
        return tuple(tuple(row) for row in self._rows)
