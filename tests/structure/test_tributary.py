"""Tributary areas of the three cross walls: half a bay, two halves, half a bay of 5 m, over 8 m."""

from pathlib import Path

import numpy as np
import pytest
import scipy.sparse as sp
import shapely

from optopscan.structure.tributary import by_largest_share, tributary, tributary_polygons
from tests.structure.models import analyse, cross_walls, model


def test_areas_of_cross_walls(tmp_path: Path) -> None:
    found = analyse(model(tmp_path, cross_walls))
    areas = tributary(found.structure, "simple")
    for name, hand_m2 in (("A", 20.0), ("B", 40.0), ("C", 20.0)):
        assert areas.carried_m2[found.rows(name)].sum() == pytest.approx(hand_m2, rel=1e-9)
        assert areas.drawn_m2[found.rows(name)].sum() == pytest.approx(hand_m2, rel=1e-9)
    assert areas.carried_m2.sum() == pytest.approx(80.0, rel=1e-12)


@pytest.mark.parametrize("distribution", ["simple", "continuous"])
def test_pieces_partition_the_floor(tmp_path: Path, distribution: str) -> None:
    found = analyse(model(tmp_path, cross_walls))
    areas = tributary(found.structure, distribution)
    pieces = tributary_polygons(found.structure, areas)
    assert sum(piece.area for piece in pieces.values()) == pytest.approx(80.0, rel=1e-9)
    assert shapely.union_all(list(pieces.values())).area == pytest.approx(80.0, rel=1e-9)
    for (_, part), piece in pieces.items():
        assert piece.area == pytest.approx(areas.drawn_m2[part], rel=1e-9)
        assert len(areas.cells_of(part)) > 0


def test_largest_share_and_what_nothing_carries(tmp_path: Path) -> None:
    cells = analyse(model(tmp_path, cross_walls)).structure.cells
    three = type(cells)(**{name: getattr(cells, name)[:3] for name in cells.__dataclass_fields__})
    # Columns: two parts, ground, nothing. Equal halves go to the first; a negative share never wins.
    shares = sp.csr_array(np.array([[0.5, 0.5, 0.0, 0.0], [-0.2, 1.2, 0.0, 0.0], [0.0, 0.0, 0.0, 1.0]]))
    assert by_largest_share(shares, three).part.tolist() == [0, 1, 3]
