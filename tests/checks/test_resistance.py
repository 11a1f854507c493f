"""Resistance per part: hand calculations, round trip through explain(), and every way to stay unknown."""

import math

import numpy as np
import pytest
from checks_factory import make_elements, make_materials, make_parts

from optopscan.catalog.engineering import load_engineering
from optopscan.checks import resistance
from optopscan.checks.defaults import CheckDefaults
from optopscan.checks.resistance import EXTRA, FOOT, HEAD, MID, part_resistance
from optopscan.checks.resistance.table import CHECKS
from optopscan.codes.en1996_data import MASONRY_UNITS

ENGINEERING = load_engineering()
VERBOUW = ENGINEERING.factor_set("nen8700", "verbouw", "CC2")


def resist(n=1, *, parts=None, elements=None, materials=None, **kw):
    return part_resistance(
        parts=parts or make_parts(n), elements=elements or make_elements(n), materials=materials or make_materials(n), factors=VERBOUW, **kw
    )


def shown(n=1):
    return {"concrete_floor_head": np.ones(n, bool), "concrete_floor_foot": np.ones(n, bool)}


def test_masonry_pier_by_hand():
    # CS12, M5, t 120, L 1.0 m, h 2.8 m, floors on both sides, floors not shown to be concrete:
    # fk = 0.6 * 12^0.65 * 5^0.25 = 4.512 (reference sheet 9), fd = 4.512 / 2.2 = 2.051, e_init = 2800 / 450 = 6.22
    # head: e = 6 + 6.22 = 12.22, Phi = 0.796
    # mid: e = 3 + 6.22 = 9.22, A1 0.846, u = (0.882 - 0.063) / (0.73 - 0.0899) = 1.279, Phi = 0.846 e^-0.818 = 0.373
    # 10 mm: Phi 0.360 (MAS-S2) -> 0.360 * 120 * 2.051 = 88.6 kN
    got = resist()
    assert got.terms["fk_mpa"][0] == pytest.approx(4.512, abs=2e-3)
    assert got.terms["phi"][0] == pytest.approx([0.796, 0.373, 0.796, 0.360], abs=1e-3)
    assert got.n_hi_kn[0, EXTRA] == pytest.approx(88.6, abs=0.3)
    assert got.n_lo_kn[0].tolist() == [0, 0, 0, 0]
    assert got.known[0]
    assert got.governing_section(0) == EXTRA
    assert "NB 5.5.1.1(5)" in got.clauses[0][EXTRA]


def test_mas_s2_through_a_part():
    # golden: category I, M15: Phi_i 0.9, Phi_m 0.605 and N_Rd 253.6 and 151.07 kN without first-pass eccentricity
    defaults = CheckDefaults(category="I", fm_mpa=15.0, e_other=0.0, e_one_side=0.0)
    got = resist(defaults=defaults, **shown())
    assert got.terms["phi"][0] == pytest.approx([0.9, 0.605, 0.9, 0.36], rel=0.006)
    assert got.n_hi_kn[0, [MID, EXTRA]] == pytest.approx([253.6, 151.07], rel=0.006)


def test_floor_on_one_side_and_shown_concrete_floors():
    # one side: e_head = 20 + 6.22 = 26.22, Phi 0.563; mid 10 + 6.22: A1 0.730, u 1.432, Phi 0.262
    one_side = resist(parts=make_parts(floor_sides=np.array([1])))
    assert one_side.terms["phi"][0, [HEAD, MID]] == pytest.approx([0.563, 0.262], abs=1e-3)
    # shown concrete floors: h_ef 2100, e_init 4.67; mid 7.67: A1 0.872, u 0.913, Phi 0.575; 10 mm check unchanged
    both = resist(**shown())
    assert both.terms["phi"][0, [MID, EXTRA]] == pytest.approx([0.575, 0.360], abs=1e-3)
    only_head = resist(concrete_floor_head=np.ones(1, bool), concrete_floor_foot=np.zeros(1, bool))
    assert only_head.terms["rho2"][0, MID] == 1.0


def test_restraint_is_lost_when_the_load_leaves_the_middle_half():
    # e_load over 0.25 t = 30 mm: rho2 back to 1.0 although the floors are concrete (reference sheet 10)
    got = resist(eccentricity_m=np.array([[0.031, 0.0]]), **shown())
    assert got.terms["rho2"][0, MID] == 1.0


def test_concrete_pier_matches_con_s3_without_eccentricity():
    parts = make_parts(thickness_m=np.array([0.18]), z1_m=np.array([2.6]))
    got = resist(
        parts=parts, materials=make_materials(group="concrete", strength=13.0), defaults=CheckDefaults(monolithic=True, e_other=0.0)
    )
    assert got.terms["phi"][0, MID] == pytest.approx(0.8245, rel=2e-3)
    assert got.n_hi_kn[0, MID] == pytest.approx(1028.9, rel=2e-3)
    assert got.applies[0].tolist() == [True, True, True, False]
    # one floor side, beta 1: head 1 - 2/6 = 0.667; mid e = 15 + 6.5 = 21.5: 1.14 * 0.7611 - 0.02 * 14.44 = 0.5788
    parts = make_parts(thickness_m=np.array([0.18]), z1_m=np.array([2.6]), floor_sides=np.array([1]))
    got = resist(parts=parts, materials=make_materials(group="concrete", strength=13.0))
    assert got.terms["phi"][0, :3] == pytest.approx([0.6667, 0.5788, 0.9], abs=1e-4)


def steel(name="HEA180", *, fy=235.0, default=np.nan, sides=(0.171, 0.18), height=3.2, **kw):
    return resist(
        parts=make_parts(kind=("column",), z1_m=np.array([height])),
        elements=make_elements(type_name=(name,), section_m=np.array([sides])),
        materials=make_materials(group="steel", strength=fy, default=default),
        **kw,
    )


def test_steel_column_ste_s1():
    got = steel()
    assert got.n_hi_kn[0, EXTRA] == pytest.approx(735.0, rel=2e-3)
    assert got.applies[0].tolist() == [False, False, False, True]
    assert got.texts["steel_section"] == ("HEA180",)
    assert steel(fy=np.nan, default=235.0).n_hi_kn[0, EXTRA] == pytest.approx(735.0, rel=2e-3)


@pytest.mark.parametrize(
    ("kw", "why"),
    [
        ({"name": "Kolom"}, "no known steel section"),
        ({"sides": (0.21, 0.22)}, "disagrees"),
        ({"fy": np.nan}, "strength unknown"),
        ({"name": "IPE300", "sides": (0.3, 0.15), "fy": 355.0}, "class 4"),
        ({"name": "UNP200", "sides": (0.2, 0.075)}, "twist of a channel"),
        ({"eccentricity_m": np.array([[np.nan, 0.0]])}, "eccentricity of the load unknown"),
        ({"height": 0.0}, "height unknown"),
    ],
)
def test_steel_columns_that_stay_unknown(kw, why):
    got = steel(**kw)
    assert not got.known[0]
    assert why in got.reason[0]
    assert np.isnan(got.n_hi_kn).all()


@pytest.mark.parametrize(
    ("kind", "group"),
    [("lintel", "timber"), ("footing", "concrete"), ("pile", "concrete")] + [("pier", "unknown"), ("column", "clay")],
)
def test_no_check_is_unknown_with_a_reason(kind, group):
    got = resist(parts=make_parts(kind=(kind,)), materials=make_materials(group=group, strength=20.0))
    assert not got.known[0]
    assert np.isnan(got.n_hi_kn).all()
    assert got.clauses[0] == ("", "", "", "")
    assert got.reason[0] == f"no check covers a {kind} of {group}"


@pytest.mark.parametrize(
    ("kind", "group", "why"),
    [("beam", "concrete", "reinforcement of the beam unknown"), ("lintel", "concrete", "reinforcement of the lintel unknown")]
    + [("lintel", "clay", "over an opening"), ("lintel", "concrete-block", "over an opening")],
)
def test_what_would_settle_it_is_said(kind, group, why):
    got = resist(parts=make_parts(kind=(kind,)), materials=make_materials(group=group, strength=20.0))
    assert not got.known[0]
    assert why in got.reason[0]


def test_default_strength_is_fk_and_no_strength_is_unknown():
    got = resist(2, materials=make_materials(2, strength=np.nan, default=[4.5, np.nan]))
    assert got.terms["fk_mpa"][0] == 4.5
    assert got.texts["strength_source"] == ("default fk", "default fk")
    assert got.known.tolist() == [True, False]
    assert got.reason == ("", "masonry strength unknown")
    # a stated grade wins over the default
    assert resist(materials=make_materials(strength=12.0, default=9.0)).terms["fk_mpa"][0] == pytest.approx(4.512, abs=2e-3)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"thickness_m": np.array([np.nan])}, "thickness"),
        ({"thickness_m": np.array([0.0])}, "thickness"),
        ({"z1_m": np.array([np.nan])}, "height"),
        ({"length_m": np.array([np.nan])}, "length"),
    ],
)
@pytest.mark.parametrize("group", ["clay", "concrete"])
def test_missing_geometry_is_unknown(change, why, group):
    got = resist(parts=make_parts(**change), materials=make_materials(group=group, strength=15.0))
    assert not got.known[0]
    assert why in got.reason[0]


def test_slenderness_over_27():
    # t 100, h 2.8: 28 with rho2 1.0, 21 with concrete floors: nobody showed them, so unknown
    parts = make_parts(thickness_m=np.array([0.1]))
    got = resist(parts=parts)
    assert not got.known[0]
    assert "over 27" in got.reason[0]
    assert resist(parts=parts, **shown()).known[0]
    # h 3.7: 0.75 * 37 = 27.75 fails whatever the floors are
    tall = make_parts(thickness_m=np.array([0.1]), z1_m=np.array([3.7]))
    for kw in ({}, shown()):
        got = resist(parts=tall, **kw)
        assert got.known[0]
        assert got.n_hi_kn[0].tolist() == [0, 0, 0, 0]
    # plain concrete beyond 25 lies outside the clause
    got = resist(parts=make_parts(thickness_m=np.array([0.1])), materials=make_materials(group="concrete", strength=20.0))
    assert not got.known[0]
    assert "12.6.5" in got.reason[0]


def test_each_fact_moves_the_resistance_the_right_way():
    def least(**kw):
        got = resist(**kw)
        return float(np.where(got.applies, got.n_hi_kn, np.inf).min())

    base = least()
    assert least(parts=make_parts(thickness_m=np.array([0.13]))) > base
    assert least(parts=make_parts(z1_m=np.array([2.9]))) < base
    assert least(parts=make_parts(length_m=np.array([1.1]))) == pytest.approx(1.1 * base)
    assert least(materials=make_materials(strength=16.0)) > base
    assert least(defaults=CheckDefaults(fm_mpa=10.0)) > base
    assert least(defaults=CheckDefaults(category="I")) == pytest.approx(base * 2.2 / 1.7)
    assert least(defaults=CheckDefaults(minimum_eccentricity=False)) > base
    assert least(eccentricity_m=np.array([[0.01, 0.0]])) < base
    # in plane: 0.05 m either side leaves 0.9 m; its area 0.108 m2 still needs no reduction
    assert least(eccentricity_m=np.array([[0.0, 0.05]])) == pytest.approx(0.9 * base)
    assert least(eccentricity_m=np.array([[0.0, 0.6]])) == 0.0
    assert math.isnan(least(eccentricity_m=np.array([[0.0, np.nan]])))


def test_longitudinal_joint_only_in_thick_clay():
    def factor(group, t):
        got = resist(parts=make_parts(thickness_m=np.array([t])), materials=make_materials(group=group, strength=15.0))
        return got.terms["longitudinal_joint_factor"][0]

    assert [factor("clay", 0.1), factor("clay", 0.21), factor("calcium-silicate", 0.21)] == [1.0, 0.8, 1.0]


def test_consequence_class_one_lowers_gamma():
    cc1 = ENGINEERING.factor_set("nen8700", "verbouw", "CC1")
    got = part_resistance(parts=make_parts(), elements=make_elements(), materials=make_materials(), factors=cc1)
    assert got.terms["gamma_M"][0] == pytest.approx(2.0)


def recompute_masonry(x):
    """By the book, from explained inputs only."""
    if "fb_mpa" in x:
        fm = min(x["fm_mpa"], 20, 2 * x["fb_mpa"])
        fk = x["longitudinal_joint_factor"] * x["K"] * x["fb_mpa"] ** x["alpha"] * fm ** x["beta"]
        assert fk == pytest.approx(x["fk_mpa"], rel=1e-4)
    area = x["t_mm"] * x["l_mm"] / 1e6
    fd = x["fk_mpa"] / x["gamma_M"] * (0.7 + 3 * area if area < 0.1 else 1)
    h_ef = x["rho2"] * x["h_mm"]
    if "NB" in x["clause"]:
        e = max(10, h_ef / 300, 0.05 * x["t_mm"])
        lam = h_ef / x["t_mm"]
        e += 0.002 * x["phi_inf"] * lam * math.sqrt(x["t_mm"] * e) if lam > 27 else 0
    else:
        e = max(x["e_load_mm"] + h_ef / 450, 0.05 * x["t_mm"])
    phi = 1 - 2 * e / x["t_mm"]
    if x["section"] in ("mid", "extra"):
        u = (h_ef / x["t_mm"] / math.sqrt(x["E_over_fk"]) - 0.063) / (0.73 - 1.17 * e / x["t_mm"])
        phi *= math.exp(-u * u / 2)
    return phi * area * 1000 * fd


@pytest.mark.parametrize("section", [HEAD, MID, FOOT, EXTRA])
@pytest.mark.parametrize(
    ("group", "t", "sides"), [("clay", 0.1, 2), ("clay", 0.21, 1), ("concrete-block", 0.15, 1), ("calcium-silicate", 0.12, 0)]
)
def test_explained_inputs_recompute_the_resistance(section, group, t, sides):
    parts = make_parts(thickness_m=np.array([t]), length_m=np.array([0.73]), floor_sides=np.array([sides]), z1_m=np.array([2.61]))
    got = resist(parts=parts, materials=make_materials(group=group, strength=15.0), **shown())
    assert recompute_masonry(got.explain(0, section)) == pytest.approx(got.n_hi_kn[0, section], rel=1e-4)


def test_explained_steel_and_concrete_recompute():
    x = steel().explain(0)
    chi = []
    for inertia, alpha in ((x["I_y_mm4"], x["alpha_y"]), (x["I_z_mm4"], x["alpha_z"])):
        lam = math.sqrt(x["A_mm2"] * x["fy_mpa"] * x["L_cr_mm"] ** 2 / (math.pi**2 * x["E_mpa"] * inertia))
        phi = 0.5 * (1 + alpha * (lam - 0.2) + lam**2)
        chi.append(1 / (phi + math.sqrt(phi**2 - lam**2)))
    assert min(chi) * x["A_mm2"] * x["fy_mpa"] / 1000 == pytest.approx(x["n_b_rd_kn"], rel=1e-4)
    got = resist(parts=make_parts(thickness_m=np.array([0.18])), materials=make_materials(group="concrete", strength=13.0))
    x = got.explain(0, MID)
    e = x["e_load_mm"] + x["beta"] * x["h_mm"] / 400
    phi = 1.14 * (1 - 2 * e / x["t_mm"]) - 0.02 * x["beta"] * x["h_mm"] / x["t_mm"]
    n = x["alpha_cc_pl"] * x["fck_mpa"] / x["gamma_C"] * x["t_mm"] * x["l_mm"] / 1000 * phi
    assert n == pytest.approx(got.n_hi_kn[0, MID], rel=1e-4)


def test_many_parts_at_once_equal_one_by_one():
    n = 6
    rng = np.random.default_rng(7)
    fields = {"thickness_m": rng.uniform(0.1, 0.24, n), "length_m": rng.uniform(0.3, 2.0, n), "z1_m": rng.uniform(2.4, 3.0, n)}
    group = ("clay", "concrete", "calcium-silicate", "clay", "timber", "concrete-block")
    sides = np.array([0, 1, 2, 1, 2, 0])
    got = resist(n, parts=make_parts(n, floor_sides=sides, **fields), materials=make_materials(n, group=group, strength=15.0))
    for i in range(n):
        one = resist(
            parts=make_parts(floor_sides=sides[i : i + 1], **{k: v[i : i + 1] for k, v in fields.items()}),
            materials=make_materials(group=group[i], strength=15.0),
        )
        np.testing.assert_allclose(got.n_hi_kn[i], one.n_hi_kn[0])


def test_defaults_are_listed_with_source_and_confidence():
    listed = CheckDefaults().assumptions()
    assert len(listed) == 14
    assert all(a.source and a.confidence in ("sourced", "expert", "uncertain") and a.alternative for a in listed)
    assert "TL" in CheckDefaults(mortar="TL").assumptions()[0].value


def test_mixed_masonry_concrete_and_steel_in_one_building():
    """One building with all three kinds: their terms have different shapes and must not collide."""
    n = 3
    kinds = ("pier", "pier", "column")
    materials = make_materials(n, group=("clay", "concrete", "steel"), strength=np.array([15.0, 13.0, 235.0]))
    elements = make_elements(n, type_name=("", "", "HEA180"))
    got = resist(parts=make_parts(n=n, kind=kinds), materials=materials, elements=elements, **shown(n))
    assert got.clauses[2][EXTRA].startswith("NEN-EN 1993-1-1")
    assert "chi" in got.explain(2)


def test_the_table_in_the_docstring_is_the_table_of_checks():
    """Every kind and material with a check has its row, and every row has a check."""
    rows = [line.split("  ")[0] for line in resistance.__doc__.split("====\n")[1].splitlines()]
    told = {tuple(row.split(", ")) for row in rows if ", " in row}
    assert told == {(kind, "masonry" if group in MASONRY_UNITS else group) for kind, group in CHECKS}


def test_mas_s4_held_on_four_edges():
    # golden: L 2.0 m between stiffeners, h 2.8: rho_4 = 0.5 L / h = 0.357, h_ef 1000, Phi_m 0.839; UC 0.57 and 0.62 under 200 kN
    # over 1.0 m. The same h_ef in the check with the minimum eccentricity.
    defaults = CheckDefaults(category="I", fm_mpa=15.0, e_other=0.0, e_one_side=0.0)
    parts = make_parts(length_m=np.array([2.0]))
    got = resist(parts=parts, defaults=defaults, held_edges=np.array([2]), **shown())
    assert got.terms["rho2"][0, MID] == pytest.approx(0.357, abs=1e-3)
    assert got.terms["h_ef_mm"][0, [MID, EXTRA]] == pytest.approx([1000.0, 1000.0])
    assert got.terms["phi"][0, MID] == pytest.approx(0.839, rel=0.01)
    assert 400.0 / got.n_hi_kn[0, [MID, EXTRA]] == pytest.approx([0.57, 0.62], abs=0.006)


def test_more_held_edges_never_lower_the_resistance():
    def least(edges, length=2.0, t=0.1):
        parts = make_parts(length_m=np.array([length]), thickness_m=np.array([t]))
        got = resist(parts=parts, held_edges=np.array([edges]), **shown())
        return float(np.where(got.applies, got.n_hi_kn, np.inf).min())

    assert least(0, length=1.4) < least(1, length=1.4) < least(2, length=1.4)
    # from 15 t and 30 t on the edges no longer count
    assert least(1, length=1.6) == pytest.approx(1.6 / 2.0 * least(0))
    assert least(2, length=3.1) == pytest.approx(3.1 / 2.0 * least(0))
