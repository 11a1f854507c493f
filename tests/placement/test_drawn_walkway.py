"""A walkway as it is drawn: its weight is that of the product, one above it stands on posts, and its layer reaches its far side."""

import dataclasses
from types import SimpleNamespace

import numpy as np
import pytest

from optopscan.catalog.engineering import load_engineering
from optopscan.catalog.load import load_concepts
from optopscan.materials.recognise import recognise
from optopscan.pipeline.ways import walkway_product
from optopscan.placement.access.rules import access_rules
from optopscan.placement.lines import BearingLine, Frame
from optopscan.placement.module_parts import walkway_type
from optopscan.placement.transfer_beams import Layer, Side, along_lines
from optopscan.structure.fields import GALLERY_WORDS
from optopscan.units import GRAVITY_M_S2

CONCEPT = next(one for one in load_concepts() if one.id == "fictief.clt-3d")
WALKWAY = walkway_product(CONCEPT, access_rules(load_engineering())).concept
DENSITIES = {recognise(name).group: 500.0 for name in ("hout", "prefab beton", "staal")}


@pytest.mark.parametrize("carries", [False, True])
def test_a_piece_weighs_what_the_walkway_weighs_and_is_read_as_a_gallery(carries):
    kind = walkway_type(WALKWAY, 2.7, 1.5, 3.2, carries=carries, densities=DENSITIES)
    drawn_kn = sum(piece.mass_kg for piece in kind.pieces) * GRAVITY_M_S2 / 1000.0
    assert drawn_kn == pytest.approx(WALKWAY.g_floor_kn_m2.hi * 2.7 * 1.5, rel=1e-9)
    floor = kind.pieces[0]
    assert floor.kind == "walkway"
    assert any(word in floor.name for word in GALLERY_WORDS)
    assert [piece.kind for piece in kind.pieces[1:]] == (["column"] * 4 + ["beam"] * 2 if carries else [])
    if carries:
        tops = {round(piece.place.z_m + piece.size_m[2], 6) for piece in kind.pieces if piece.kind == "beam"}
        assert tops == {3.2}, "the floor above lies on the beams"


def line(offset_m):
    middle = np.arange(0.25, 6.0, 0.5)
    return BearingLine(
        axis=1, head=np.arange(middle.size), mid_m=middle, start_m=middle - 0.25, end_m=middle + 0.25,
        offset_m=np.full(middle.size, offset_m), thickness_m=0.3,
    )  # fmt: skip


def test_a_cross_beam_reaches_the_furthest_side_that_it_carries():
    layer = Layer(
        frame=Frame(angle_deg=0.0, lines=(line(0.0), line(5.0))), z_m=10.0, depths_m=(0.2, 0.11, 0.14),
        standing=SimpleNamespace(touches=lambda *_: False),
    )  # fmt: skip
    for at_m, product in ((4.0, CONCEPT), (5.2, WALKWAY)):
        side = Side(axis=1, at_m=at_m, low_m=0.5, high_m=3.5, kn_m=1.0, concept=dataclasses.replace(product, transfer_takes_moment=True))
        along_lines(layer, [side], 1)
    assert layer.crosses
    assert {(round(low, 3), round(high, 3)) for _, _, low, high in layer.crosses.values()} == {(0.0, 5.2)}
