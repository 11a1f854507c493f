"""What picture and page of a match share: colours, and the shares of the outcomes in one field."""

from __future__ import annotations

from optopscan.matching.matrix import OUTCOMES, Matrix, Outcome

# apart in lightness too, so that they can be told in grey
COLOUR: dict[Outcome, str] = {"fits": "#1b6e5a", "fits-if": "#8fcfb8", "fails": "#e79a7e", "refused": "#b8b8b8", "unknown": "#f4f0d8"}
DARK: frozenset[Outcome] = frozenset({"fits"})
"""Outcomes on whose colour text is white."""


def shares(matrix: Matrix, product: str, group: str = "") -> tuple[tuple[Outcome, float], ...]:
    """Return the outcomes that occur with their share of the blocks [-], the best first; they sum to one."""
    reach = matrix.reach(product, group)
    counts: dict[Outcome, int] = {
        "fits": reach.shown,
        "fits-if": reach.conditional,
        "fails": reach.fails,
        "refused": reach.refused,
        "unknown": reach.unknown,
    }
    return tuple((outcome, counts[outcome] / reach.n) for outcome in OUTCOMES if counts[outcome])
