"""What was guessed and what hangs on it: the questions to settle first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

What = Literal[
    "bearing",
    "material",
    "strength",
    "density",
    "thickness",
    "span",
    "finish",
    "use",
    "roof-finish",
    "foundation",
    "topping",
    "support",
]


@dataclass(frozen=True, kw_only=True)
class Question:
    """One guess that the answer stands on; equal guesses of alike elements are one question.

    ``elements`` are rows of Elements, empty for the building as a whole. ``value`` is
    what is used now and ``source`` where it comes from, ``alternative`` what else it may
    be. ``confidence`` lies between 0 (nothing known) and 1 (settled). ``influence_kn``
    is the characteristic load [kN] that the guess decides about, and

        score = influence_kn * (1 - confidence)      [kN]

    so that a row can be recomputed from the two columns before it. Of a group both are
    sums over its elements, and ``confidence`` the mean weighted with the influence.
    """

    what: What
    elements: tuple[int, ...]
    value: str
    source: str
    confidence: float
    influence_kn: float
    alternative: str
    score: float
