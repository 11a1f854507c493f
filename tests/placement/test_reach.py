"""No transfer layer goes through a wall that rises above the roof on its way to a bearing line."""

import numpy as np
import pytest
import shapely
from shapely.affinity import rotate

from optopscan.placement import reach
from optopscan.placement.candidates import roof_frames
from optopscan.placement.reactions import Rectangles
from optopscan.placement.roof import usable_roofs

from .factory import concept, cross_walls, site

ROOF = shapely.box(0, 0, 10.8, 10)
CORE = shapely.box(4.4, 2.0, 4.6, 4.0)


def plan(u, v, du, dv):
    return Rectangles(
        u_m=np.array([u]),
        v_m=np.array([v]),
        du_m=np.array([du]),
        dv_m=np.array([dv]),
        long_u=np.array([False]),
        n_module=np.array([1]),
    )


def stands(monkeypatch, rectangle, core, turn_deg=0.0):
    turned = rotate(ROOF, turn_deg, origin=(0, 0))
    made = site(cross_walls([0, 5.4, 10.8], 10), turned, turn_deg=turn_deg).structure
    [roof] = usable_roofs(made)
    frame = roof_frames(made.heads, roof, concept())[0]
    # the frame may count its axes from another corner: the plan is given in the building's own directions
    x, y = frame.to_frame(*_turned(rectangle.u_m + rectangle.du_m / 2, rectangle.v_m + rectangle.dv_m / 2, turn_deg))
    swap = abs((frame.angle_deg - turn_deg + 45.0) % 180.0 - 45.0) > 1.0
    du, dv = (rectangle.dv_m, rectangle.du_m) if swap else (rectangle.du_m, rectangle.dv_m)
    here = Rectangles(u_m=x - du / 2, v_m=y - dv / 2, du_m=du, dv_m=dv, long_u=np.array([swap]), n_module=np.array([1]))
    walls = np.array([] if core is None else [rotate(core, turn_deg, origin=(0, 0))], dtype=object)
    monkeypatch.setattr(reach, "walls_above", lambda structure, z_m: walls)
    found = reach.standing_reactions(made, roof, frame, here, concept())
    assert found.share.sum() == pytest.approx(float(found.carried[0]))
    return bool(found.carried[0])


def _turned(x, y, deg):
    c, s = np.cos(np.radians(deg)), np.sin(np.radians(deg))
    return c * x - s * y, s * x + c * y


@pytest.mark.parametrize("turn_deg", [0.0, 33.0, -71.5])
def test_a_beam_through_a_core_does_not_carry_and_one_past_it_does(monkeypatch, turn_deg):
    # the side at 3.6 m spans to the line at 5.4 m; the core stands between
    assert stands(monkeypatch, plan(0, 0, 3.6, 10), None, turn_deg)
    assert not stands(monkeypatch, plan(0, 0, 3.6, 10), CORE, turn_deg)
    assert stands(monkeypatch, plan(0, 4.2, 3.6, 5.8), CORE, turn_deg)
    assert stands(monkeypatch, plan(0, 0, 3.6, 10), shapely.box(7.0, 2.0, 7.2, 4.0), turn_deg)


def test_a_side_right_on_its_line_needs_no_beam(monkeypatch):
    assert stands(monkeypatch, plan(5.4, 0, 5.4, 10), CORE)


def test_a_core_that_only_touches_the_band_is_not_in_it(monkeypatch):
    assert stands(monkeypatch, plan(0, 4.0, 3.6, 6), CORE)
