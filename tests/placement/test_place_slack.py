"""The third level: of layouts with the same dwellings and area the one that leaves the fullest part the most room."""

from __future__ import annotations

import numpy as np

from optopscan.pipeline.placing import below_of
from optopscan.placement.below import rows_of
from optopscan.placement.ground import survey
from optopscan.placement.programme import Programme
from optopscan.placement.variants import place
from optopscan.placement.why import Asked

from .random_roof import random_roof

CLOSE = 1e-3


def fullest(asked, variant):
    """Return the smallest share of room that is left under a variant."""
    used = np.zeros(len(asked.candidates))
    used[asked.chosen_of(variant)] = 1.0
    rows = asked.rows
    return float(((rows.rhs - rows.matrix @ used) / np.maximum(np.abs(rows.rhs), 1.0)).min(initial=np.inf))


def test_as_many_dwellings_with_more_room_below():
    better = 0
    for seed in range(24):
        roof = random_roof(seed, few=True)
        below = below_of(roof.ground)
        programme = Programme(concept=roof.concept, storeys=roof.storeys, goal="dwellings")
        ground = survey(below.structure, programme, roof.roofs, max_candidates=roof.max_candidates)
        if not len(ground.candidates):
            continue
        rows = rows_of(below, programme, ground, mode="possible")
        asked = Asked(below=below, programme=programme, ground=ground, rows=rows, mode="possible", known=None)
        found = [
            place(below, programme, roof.roofs, mode="possible", ground=ground, rows=rows, reasons=False, slack=slack)[0]
            for slack in (False, True)
        ]
        first, roomy = found
        assert first.dwellings == roomy.dwellings
        assert abs(first.gfa_m2 - roomy.gfa_m2) < 1e-6
        if first.placed and rows.rhs.size:
            left = [fullest(asked, one) for one in found]
            assert left[1] >= left[0] - CLOSE
            better += left[1] > left[0] + CLOSE
    assert better >= 3
