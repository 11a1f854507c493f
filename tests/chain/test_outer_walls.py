"""Which bearing walls meet the wind: by the outline of the floor on each of them, whatever a careless property says."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from chain_models import write

from optopscan.ifc.author import rectangle
from optopscan.model.sides import EXISTING
from optopscan.pipeline import outer_walls, scan
from optopscan.settings import Settings

TOLD = Settings(place=False, samples=0, max_extra_storeys=1)


def tower(path, is_external=None):
    """One storey of 20 by 16 m, and on walls of its own in the middle two storeys more of 8 by 6 m, with a cross wall inside."""

    def around(author, storey, k, corner, far, name):
        (x0, y0), (x1, y1) = corner, far
        sides = (((x0, y0), (x1, y0)), ((x0, y1), (x1, y1)), ((x0, y0), (x0, y1)), ((x1, y0), (x1, y1)))
        for n, (start, end) in enumerate(sides):
            told = is_external(name) if is_external else None
            author.wall(
                storey, f"{name}{n}-{k}", start, end, z0_m=3.0 * k, height_m=2.8, thickness_m=0.214, material="kalkzandsteen CS12",
                is_external=told,
            )  # fmt: skip

    def draw(author, storeys):
        around(author, storeys[0], 0, (0, 0), (20, 16), "laag")
        for k in range(3):
            around(author, storeys[k], k, (5, 5), (13, 11), "hoog")
            author.wall(
                storeys[k], f"binnen-{k}", (9, 5.2), (9, 10.8), z0_m=3.0 * k, height_m=2.8, thickness_m=0.214, material="kalkzandsteen CS12"
            )
        cast = {"thickness_m": 0.2, "material": "beton C20/25"}
        author.slab(storeys[1], "vloer 0", rectangle(0, 0, 20, 16), z_top_m=3.0, **cast)
        author.slab(storeys[2], "vloer 1", rectangle(5, 5, 13, 11), z_top_m=6.0, **cast)
        author.roof_slab(storeys[3], "dak", rectangle(5, 5, 13, 11), z_top_m=9.0, **cast)

    return write(path, name="toren", levels=[(f"0{k}", 3.0 * k) for k in range(4)], draws=[draw])


def outer_names(monkeypatch, path):
    """Return the names of the elements taken as outer walls in a scan."""
    found = set()
    inner = outer_walls.outer_walls

    def noted(case, frame):
        rows = inner(case, frame)
        found.update(case.building.elements.name[case.structure.parts.element[i]] for i in rows)
        return rows

    monkeypatch.setattr(outer_walls, "outer_walls", noted)
    scan([path], TOLD)
    return found


UPPER = {f"hoog{n}-{k}" for n in range(4) for k in (1, 2)}
LOWER = {f"laag{n}-0" for n in range(4)}


def test_walls_of_a_tower_on_a_wider_storey_are_outer_walls(monkeypatch, tmp_path):
    """Their floor ends there, though the storey below reaches further; the walls inside stay inside."""
    assert outer_names(monkeypatch, tower(tmp_path / "t.ifc")) == UPPER | LOWER


def test_a_property_that_is_false_everywhere_says_nothing(monkeypatch, tmp_path):
    assert outer_names(monkeypatch, tower(tmp_path / "t.ifc", is_external=lambda name: False)) == UPPER | LOWER


def test_a_property_that_tells_walls_apart_is_believed(monkeypatch, tmp_path):
    found = outer_names(monkeypatch, tower(tmp_path / "t.ifc", is_external=lambda name: name == "laag"))
    assert found == LOWER


@pytest.mark.parametrize(("kind", "outcome"), [("pier", "unknown"), ("column", "ok")])
def test_where_nothing_can_be_looked_for_walls_are_unknown(monkeypatch, kind, outcome):
    monkeypatch.setattr(outer_walls, "states_of", lambda case: [(EXISTING, None, None, None)])
    case = SimpleNamespace(structure=SimpleNamespace(parts=SimpleNamespace(kind=(kind,))))
    (row,) = outer_walls.wall_wind_checks(case, None)
    assert row.outcome == outcome
    assert bool(row.why) is (outcome == "unknown")
