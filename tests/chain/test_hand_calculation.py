"""SYS-S2 through a real scan: the internal wall of a four-storey brick block, and one light storey on it.

By hand, per metre of wall, 4.2 m of floor:
    G_old = 4.2 (3 x 4.75 + 3.90) + 4 x 2.6 x 3.96 = 117.41      Q_old = 3 x 4.2 x 2.55 = 32.13
    G_new = G_old + 4.2 (-0.8 + 0.5 + 0.5 + 0.9 + 0.8) = 125.39  Q_new = 4 x 4.2 x 2.55 = 42.84
    verbouw 6.10a: 1.30 G + 1.30 x 0.4 Q; 6.10b: 1.15 G + 1.30 x (two storeys full, the rest 0.4)
"""

from dataclasses import replace

import numpy as np
import pytest
from chain_models import BrickBlock

from optopscan import pipeline
from optopscan.catalog.concept import Concept, Quantity, UnitType
from optopscan.catalog.engineering import load_engineering
from optopscan.checks.utilisation import part_effects
from optopscan.settings import Settings

REL = 0.002  # tolerance of SYS-S2
GRAVEL = Settings(place=False, roof_membrane_kn_m2=0.15, roof_ballast_kn_m2=0.8, roof_ballast_evidence=True, max_extra_storeys=1)
MIDDLE, NEXT = 2, 1  # wall lines of five
FOOT = 2


def exactly(value):
    return Quantity(value=value, lo=value, hi=value, basis="assumed", source="SYS-S2", date="2026-01-01")


def light_storey():
    """0.5 floor finish, 0.9 walls (6 x 3 m: perimeter 18 m on 18 m2), 0.8 roof, 0.5 transfer layer."""
    return Concept(
        id="sys-s2", name="een laag", supplier="toets", fictitious=True, access=(), system_kind="module-3d", system_material="HSB",
        max_storeys=1, width_m=3.0, length_m=6.0, height_m=3.0, width_options_m=(3.0,),
        length_lo_m=6.0, length_hi_m=6.0, overhang_max_m=0.3,
        g_floor_kn_m2=exactly(0.5), g_wall_kn_m=exactly(0.9), g_roof_kn_m2=exactly(0.8), g_transfer_kn_m2=exactly(0.5),
        transfer_depth_m=0.4, transfer_span_max_m=6.0, transfer_takes_moment=False, support_system="walls", supports="line-long",
        support_offset_max_m=0.1, unit_types=(UnitType(code="1K", modules=1, gbo_m2=15, gfa_m2=18, rooms=1, persons=1),),
        cost_eur_m2=exactly(1.0), carbon_emitted_kg_m2=exactly(1.0), carbon_stored_kg_m2=exactly(1.0),
    )  # fmt: skip


@pytest.fixture(scope="module")
def block(tmp_path_factory):
    path = BrickBlock().write(tmp_path_factory.mktemp("blok") / "blok.ifc")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pipeline, "chosen_concepts", lambda settings: (light_storey(),))
        return pipeline.scan([path], GRAVEL)


def rows_of(result, line, storey=0):
    names, parts = result.building.elements.name, result.structure.parts
    found = [i for i in range(len(parts)) if names[parts.element[i]] == f"muur {line}-{storey}"]
    assert sum(parts.length_m[found]) == pytest.approx(BrickBlock.LENGTH_M)
    return found


def per_m(result, line, values, uniform=True):
    rows = rows_of(result, line)
    found = np.asarray(values)[rows] / np.asarray(result.structure.parts.length_m)[rows]
    # All along the wall the same; near the free ends of a floor that runs through a plate differs a little from strips.
    assert found == pytest.approx(np.full(len(rows), found.mean()), rel=1e-6 if uniform else 3e-3)
    return float(found.mean())


def loads_per_m(result, line, distribution="simple", storeys=0):
    """Return G and Q [kN/m] at the foot: of the take-down, and by influence of the extension."""
    take, heads = result.take_downs[distribution], result.structure.heads
    g, q = np.array(take.permanent_foot_kn), np.asarray(take.imposed_foot_kn).sum(axis=1)
    if storeys:
        area = np.asarray(heads.trib_area_m2)
        g = g + take.influence_foot @ (area * (-0.8 + 0.5 + 0.5 + 0.9 + 0.8))
        q = q + take.influence_foot @ (area * 2.55)
    uniform = distribution == "simple"
    return per_m(result, line, g, uniform), per_m(result, line, q, uniform)


def test_characteristic_loads(block):
    assert loads_per_m(block, MIDDLE) == pytest.approx((117.41, 32.13), rel=REL)
    assert loads_per_m(block, MIDDLE, storeys=1) == pytest.approx((125.39, 42.84), rel=REL)


def test_ratios_of_the_extension(block):
    g, q = loads_per_m(block, MIDDLE)
    g_new, q_new = loads_per_m(block, MIDDLE, storeys=1)
    assert (g_new + q_new) / (g + q) == pytest.approx(1.125, rel=REL)
    assert (g_new + 0.4 * q_new) / (g + 0.4 * q) == pytest.approx(1.094, rel=REL)


def test_foundation_line_of_the_answer(block):
    """The line under the middle wall as reported: the distribution with the largest ratio, here the continuous one.

    0.9286 x 4.2 = 3.90 m of floor: G 3.90 x 18.15 + 41.18 = 111.97, Q 3 x 3.90 x 2.55 = 29.84, together 141.81;
    the extension adds 4.2 x (1.9 + 2.55) = 18.69: r_char = 160.50 / 141.81 = 1.132,
    r_psi = (111.97 + 7.98 + 0.4 x 40.55) / (111.97 + 0.4 x 29.84) = 136.17 / 123.91 = 1.099
    """
    middle = {block.structure.parts.id[i] for i in rows_of(block, MIDDLE)}
    line = next(row for row in block.extra_storeys.foundation_lines if row.part in middle)
    assert (line.old_kn_m, line.new_kn_m) == pytest.approx((141.81, 160.50), rel=REL)
    assert (line.r_char, line.r_psi) == pytest.approx((1.132, 1.099), rel=REL)


@pytest.mark.parametrize(("level", "old", "new"), [("nieuwbouw", 179.45, 195.45), ("verbouw", 169.35, 185.29)])
def test_design_axial_force_at_the_foot(block, level, old, new):
    factors = load_engineering().factor_set("nen8700", level, "CC2")
    take, area = block.take_downs["simple"], np.asarray(block.structure.heads.trib_area_m2)
    before = part_effects(take, factors=factors, psi0=0.4)
    after = part_effects(
        take,
        factors=factors,
        psi0=0.4,
        added_permanent_kn=take.influence_foot @ (area * 1.9),
        added_imposed_kn=take.influence_foot @ (area * 2.55)[:, None],
    )
    assert per_m(block, MIDDLE, before.n_max_kn[:, FOOT]) == pytest.approx(old, rel=REL)
    assert per_m(block, MIDDLE, after.n_max_kn[:, FOOT]) == pytest.approx(new, rel=REL)


def test_changed_wall_against_the_wall_as_it_was_designed(block):
    # 185.29 at the level of the change, over 179.45 of new construction: 1.033
    verbouw, nieuw = (load_engineering().factor_set("nen8700", level, "CC2") for level in ("verbouw", "nieuwbouw"))
    take, area = block.take_downs["simple"], np.asarray(block.structure.heads.trib_area_m2)
    g, q = take.influence_foot @ (area * 1.9), take.influence_foot @ (area * 2.55)
    after = part_effects(take, factors=verbouw, psi0=0.4, added_permanent_kn=g, added_imposed_kn=q[:, None]).n_max_kn[:, FOOT]
    before = part_effects(take, factors=nieuw, psi0=0.4).n_max_kn[:, FOOT]
    assert per_m(block, MIDDLE, after) / per_m(block, MIDDLE, before) == pytest.approx(1.033, rel=REL)


def test_design_axial_force_behind_the_unity_checks(block):
    """The reported UC times the resistance: the middle of five walls, where the simple distribution governs (continuous 0.93)."""
    checked = next(row for row in block.checks if row.part in {block.structure.parts.id[i] for i in rows_of(block, NEXT)})
    # the walls of the ground floor and their parts are equal, so one resistance [kN] counts for all of them
    for scenario, expected in (("existing", 169.35), ("sys-s2+1", 185.29)):
        assert per_m(block, MIDDLE, block.part_uc[scenario] * checked.resistance) == pytest.approx(expected, rel=REL)


def test_continuous_floor_governs_on_the_second_wall(block):
    """Second wall of four equal spans: 1.1429 x 4.2 = 4.80 m of floor.

    G = 4.80 x 18.15 + 41.18 = 128.31, Q = 3 x 4.80 x 2.55 = 36.72: 6.10a 1.3 x 128.31 + 1.3 x 0.4 x 36.72 = 185.89
    """
    # On walls that give a little, as a plate with free ends: within 0.3 % of strips on rigid supports.
    assert loads_per_m(block, NEXT, "continuous") == pytest.approx((128.31, 36.72), rel=3e-3)
    found = [
        row
        for row in block.checks
        if row.scenario == "existing" and row.part in {block.structure.parts.id[i] for i in rows_of(block, NEXT)}
    ]
    assert found
    for row in found:
        assert row.inputs["distribution"] == "continuous"
        assert row.n_kn / row.inputs["l_mm"] * 1000 == pytest.approx(185.89, rel=3e-3)


def test_a_shorter_reference_period_lowers_imposed_load_but_not_the_partitions(tmp_path):
    """15 years: F_t = 1 + 0.6/9 ln(15/50) = 0.9197; 3 floors x 4.2 m x (0.9197 x 1.75 + 0.80) = 30.36 kN/m; the dead load stays."""
    path = BrickBlock().write(tmp_path / "blok.ifc")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pipeline, "chosen_concepts", lambda settings: (light_storey(),))
        result = pipeline.scan([path], replace(GRAVEL, reference_period_years=15.0))
    down = result.take_downs["simple"]
    assert per_m(result, MIDDLE, np.asarray(down.imposed_foot_kn).sum(axis=1)) == pytest.approx(30.36, rel=REL)
    assert per_m(result, MIDDLE, down.permanent_foot_kn) == pytest.approx(117.41, rel=REL)
    # the roof has psi0 = 0: 1 + ln(15/50)/9 = 0.8662 times 1.0 kN/m2 on 4.2 m
    assert per_m(result, MIDDLE, down.roof_foot_kn) == pytest.approx(4.2 * 0.8662, rel=REL)
    assert any("15 jaar" in row.value for row in result.assumptions)
