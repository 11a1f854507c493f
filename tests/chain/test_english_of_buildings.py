"""English views of small buildings in every state that a scan knows: what the stages wrote of them is put into English."""

import dataclasses

import pytest
from chain_models import Row
from dutch_words import dutch_in
from generated import NOBODY_KNOWS

from optopscan.catalog.overrides import load_overrides
from optopscan.pipeline import scan
from optopscan.report.record import build as records
from optopscan.settings import Settings

BARE = Settings(place=False, samples=0, concepts=("fictief.hsb-3d",), max_extra_storeys=2)
PLACED = dataclasses.replace(
    BARE, place=True, samples=64, concepts=("fictief.hsb-3d", "fictief.tafel", "fictief.kern-hsb"), access="gallery", fire_distance_m=2.0
)
SITE = {"wind_region": "I", "terrain": "kust", "robustness_settled": True, "factor_set": "nen8700-brug", "build_year": 1966}
FOUNDATION = """
[[foundation]]
match = { name = "strook A" }
set = { kind = "strip", width_m = 0.7, bearing_resistance_kpa = 90.0, resistance_basis = "design" }
source = "sondering S-1"
[[foundation]]
match = { name = "strook B" }
set = { kind = "strip", width_m = 0.7, bearing_resistance_kpa = 90.0, resistance_basis = "characteristic" }
source = "sondering S-2"
"""


class Unknown(Row):
    """The row of a material that nobody knows."""

    STONE = NOBODY_KNOWS


class Clay(Row):
    """The row of bricks without a strength class."""

    STONE = "baksteen"


BUILDINGS = {
    "as it comes, with modules": (Row(), {}, PLACED, ""),
    "everything about the site told": (Row(), {}, dataclasses.replace(BARE, level="nieuwbouw", **SITE), ""),
    "material unknown": (Unknown(), {}, dataclasses.replace(BARE, samples=64), ""),
    "strength assumed": (Clay(), {}, dataclasses.replace(BARE, samples=64, build_year=1930, setback_m=0.5), ""),
    "without a roof": (Row(), {"draws": [*Row().vertical(), Row()._floor]}, BARE, ""),
    "lines of the foundation told": (Row(), {}, BARE, FOUNDATION),
}


@pytest.mark.parametrize("name", BUILDINGS)
def test_english_views_of_a_building_hold_no_dutch(name, tmp_path):
    block, how, settings, text = BUILDINGS[name]
    overrides = None
    if text:
        (tmp_path / "correcties.toml").write_text(text, encoding="utf-8")
        overrides = load_overrides(tmp_path / "correcties.toml")
    found = records.build(scan([block.write(tmp_path / "blok.ifc", **how)], settings, overrides=overrides))[0]
    assert dutch_in(found) == []
