"""Reactions of floors and beams on their supports: shares of point loads, reactions under uniform load.

The take-down brings every load to its supports with these two distributions
(`optopscan.structure.statics` holds them, because the support graph needs them
before any load exists): `lever` is the simple one, hinged over every support;
`continuous` one beam of constant stiffness. Effects are the envelope of both.
"""

from __future__ import annotations

from optopscan.structure.statics import continuous, lever, uniform_reactions

__all__ = ["continuous", "lever", "uniform_reactions"]
