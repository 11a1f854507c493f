"""Cutting walls: areas by hand, openings make lintels, recesses do not."""

import pytest
import shapely

from optopscan.structure.walls import cut_wall


def test_door_and_window() -> None:
    face = shapely.box(0, 0, 6, 2.6) - shapely.box(1, 0, 1.9, 2.1) - shapely.box(3, 0.9, 5, 2.2)
    pieces = [(p.kind, p.s0_m, p.s1_m, round(p.face_area_m2, 6)) for p in cut_wall(face, [])]
    assert pieces == [
        ("pier", 0.0, 1.0, 2.6),
        ("lintel", 1.0, 1.9, 0.45),  # 0.9 x 0.5
        ("pier", 1.9, 3.0, 2.86),
        ("lintel", 3.0, 5.0, 2.6),  # 2.0 x (0.9 + 0.4)
        ("pier", 5.0, 6.0, 2.6),
    ]


def test_opening_to_the_top_leaves_a_gap() -> None:
    pieces = cut_wall(shapely.box(0, 0, 4, 2.6) - shapely.box(1, 0, 2, 2.6), [])
    assert [(p.kind, p.s0_m, p.s1_m) for p in pieces] == [("pier", 0.0, 1.0), ("pier", 2.0, 4.0)]


def test_cut_in_storeys() -> None:
    pieces = cut_wall(shapely.box(0, 0, 4, 5.6), [2.8])
    assert [(p.z0_m, p.z1_m) for p in pieces] == [(0.0, 2.8), (2.8, 5.6)]


def test_chase_does_not_interrupt() -> None:
    pieces = cut_wall(shapely.box(0, 0, 4, 2.6) - shapely.box(1, 1.0, 2, 1.1), [])
    assert [p.kind for p in pieces] == ["pier"]


def test_area_is_kept() -> None:
    face = shapely.Polygon([(0, 0), (5, 0), (5, 2), (2.5, 3.5), (0, 2)]) - shapely.box(2, 1, 3, 2)
    assert sum(p.face_area_m2 for p in cut_wall(face, [1.5])) == pytest.approx(face.area, rel=1e-9)
