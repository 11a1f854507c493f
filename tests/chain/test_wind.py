"""Wind through a whole scan: +28 % height gives +83 % moment on an example, and what must be told before a direction is ok.

By hand for the portiekflat (h 10.8 m, 33.71 by 8.11 m), region II bebouwd, wind on the long side, one strip:
    old: q_p 0.7026, c 0.8 + 0.5166, M = 0.85 x 1.3166 x 33.71 x 0.7026 x 10.8^2 / 2 = 1546 kNm
    new, 3.0 m higher: q_p 0.7771, c 0.8 + 0.5351, M = 0.85 x 1.3351 x 33.71 x 0.7771 x 13.8^2 / 2 = 2831 kNm
"""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from optopscan import pipeline
from optopscan.catalog.load import load_concepts
from optopscan.model.sides import EXISTING
from optopscan.report.record import build as record
from optopscan.settings import Settings

EXAMPLES = Path(__file__).parents[2] / "examples" / "ifc"
TOLD = Settings(place=False, max_extra_storeys=1, wind_region="II", terrain="bebouwd")


def low_storey(settings):
    """A product that is 2.6 m high on a transfer layer of 0.4 m."""
    first = load_concepts()[0]
    return (replace(first, id="laag", height_m=2.6, transfer_depth_m=0.4),)


@pytest.fixture(scope="module")
def portiek():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pipeline, "chosen_concepts", low_storey)
        return pipeline.scan([EXAMPLES / "portiekflat_1958.ifc"], TOLD)


def row(result, scenario, direction):
    return next(r for r in result.sides.stability if (r.scenario, r.direction) == (scenario, direction))


def test_28_percent_higher_is_83_percent_more_moment(portiek):
    found = next(r for r in record.build(portiek)[0]["stability"] if r["scenario"] == "laag+1" and r["direction"] == "y")
    heights = {r["id"]: r["height_m"] for r in record.build(portiek)[0]["scenarios"]}
    assert heights["laag+1"] / heights[EXISTING] == pytest.approx(13.8 / 10.8, rel=1e-6)
    assert found["base_moment_before_knm"] == pytest.approx(1546.0, rel=3e-3)
    assert found["base_moment_after_knm"] == pytest.approx(2831.0, rel=3e-3)
    assert found["base_moment_after_knm"] / found["base_moment_before_knm"] == pytest.approx(1.83, abs=0.01)


def test_panel_that_governs_is_recomputed_from_its_inputs(portiek):
    """V and M of the panel, and e, from what the record tells."""
    for found in portiek.sides.stability:
        if not found.inputs or "share" not in found.inputs:
            continue
        i = found.inputs
        v = i["share"] * (i["gamma_wind"] * i["wind_force_kn"] + i["inclination"] * i["load_above_kn"])
        m = i["share"] * (i["gamma_wind"] * i["wind_moment_knm"] + i["inclination"] * i["load_above_times_height_knm"])
        assert i["v_ed_kn"] == pytest.approx(v, rel=1e-9)
        assert i["m_ed_knm"] == pytest.approx(m, rel=1e-9)
        assert i["uc_e"] == pytest.approx(i["m_ed_knm"] / i["n_min_kn"] / (i["panel_length_m"] / 3.0), rel=1e-9)
        assert found.uc == pytest.approx(max(i["uc_e"], i["uc_stress"], i["uc_shear"]))


def test_shares_of_a_storey_carry_the_whole_force(portiek):
    """Facade piers of the long direction: without torsion the shares of one storey are at least one together."""
    found = row(portiek, EXISTING, "x")
    assert len(found.system) > 50
    assert found.outcome == "ok"
    # the long walls of a block of 33.7 m stand 8 m apart: wind on the short side is small
    assert found.base_moment_before_knm < row(portiek, EXISTING, "y").base_moment_before_knm / 3.0


def test_nothing_told_is_judged_in_open_country():
    told = pipeline.scan([EXAMPLES / "kantoor_1980.ifc"], TOLD)
    untold = pipeline.scan([EXAMPLES / "kantoor_1980.ifc"], replace(TOLD, wind_region=None, terrain=None))
    for one, other in zip(told.sides.stability, untold.sides.stability, strict=True):
        assert other.base_moment_after_knm > one.base_moment_after_knm
        assert other.inputs["terrain"] == "onbebouwd"
        assert other.outcome != "ok" or one.outcome == "ok"
    assert any("niet opgegeven" in a.value for a in untold.assumptions if a.what == "windgebied en terrein")


def test_ballast_that_nobody_showed_holds_nothing_down():
    """The least axial force is that of a roof without ballast; the largest keeps it."""
    bare = pipeline.scan([EXAMPLES / "kantoor_1980.ifc"], replace(TOLD, roof_ballast_kn_m2=0.0))
    unproven = pipeline.scan([EXAMPLES / "kantoor_1980.ifc"], replace(TOLD, roof_ballast_kn_m2=0.9))
    proven = pipeline.scan([EXAMPLES / "kantoor_1980.ifc"], replace(TOLD, roof_ballast_kn_m2=0.9, roof_ballast_evidence=True))

    def least(result):
        rows = {(r.scenario, r.direction, r.part): r.inputs["n_min_kn"] for r in result.sides.stability if r.part}
        return rows | {(r.scenario, r.part): r.n_min_kn for r in result.sides.wall_wind if r.part}

    same = sorted(set(least(bare)) & set(least(unproven)), key=str)
    assert len(same) >= 4
    assert [least(unproven)[key] for key in same] == pytest.approx([least(bare)[key] for key in same])
    shown = [key for key in set(least(proven)) & set(least(bare)) if key[0] == EXISTING]
    assert all(least(proven)[key] > least(bare)[key] for key in shown)


def test_a_shorter_life_lowers_the_wind():
    """15 years: c_prob^2 = 0.850."""
    base = pipeline.scan([EXAMPLES / "kantoor_1980.ifc"], TOLD)
    short = pipeline.scan([EXAMPLES / "kantoor_1980.ifc"], replace(TOLD, reference_period_years=15.0))
    ratio = [s.base_moment_before_knm / b.base_moment_before_knm for s, b in zip(short.sides.stability, base.sides.stability, strict=True)]
    assert np.array(ratio) == pytest.approx(0.850, abs=1e-3)
