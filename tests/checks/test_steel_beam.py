"""Steel beams and columns loaded beside their axis: hand calculations, safe side against a loaded beam, ways to stay unknown."""

import math

import numpy as np
import pytest
from checks_factory import make_elements, make_materials, make_parts

from optopscan.catalog.engineering import load_engineering
from optopscan.checks.beam_spans import BeamSpans
from optopscan.checks.defaults import CheckDefaults
from optopscan.checks.resistance import EXTRA, part_resistance

VERBOUW = load_engineering().factor_set("nen8700", "verbouw", "CC2")


def spans(n=1, span=4.0, overhang=0.0, node=1.0, lever=1.0, least=None, n_support=2, point=False, why=""):
    def full(value):
        return np.full(n, float(value)) if np.isscalar(value) else np.asarray(value, dtype=float)

    return BeamSpans(
        span_m=full(span),
        least_m=full(span if least is None else least),
        overhang_m=full(overhang),
        node_m=full(node),
        lever_m=full(lever),
        n_support=np.full(n, n_support),
        point_loads=np.full(n, point),
        why=(why,) * n,
    )


def beam(name="HEA200", *, n=1, fy=235.0, default=np.nan, sides=(0.19, 0.2), deep=None, piece=1.0, defaults=None, made=None, **kw):
    deep = sides[0] if deep is None else deep
    return part_resistance(
        parts=make_parts(n, kind=("beam",) * n, z0_m=np.zeros(n), z1_m=np.full(n, deep), length_m=np.full(n, 1.0) * piece),
        elements=make_elements(n, type_name=(name,) * n, section_m=np.array([sides] * n)),
        materials=make_materials(n, group="steel", strength=fy, default=default),
        factors=VERBOUW,
        spans=made or spans(n, **kw),
        defaults=defaults,
    )


def limit(**kw):
    return float(beam(**kw).n_hi_kn[0, EXTRA])


def test_hea200_over_four_metres_by_hand():
    # table: I_z 1336 cm4, I_t 21.0 cm4, I_w 108.0e3 cm6, W_pl 429.5 cm3. pi^2 E I_z / L^2 = 1730.6 kN
    # M_cr = 1.13 * 1730.6 * (sqrt(8084 + 9829 + 42.75^2) - 42.75) / 1000 = 191.2 kNm; lambda = sqrt(100.93 / 191.2) = 0.7266
    # curve a: Phi 0.8193, chi 0.835; M_b = 84.26 kNm; q = 8 M / L^2 = 42.1 kN/m
    got = beam()
    assert got.terms["chi_lt"][0] == pytest.approx(0.835, abs=3e-3)
    assert got.terms["m_rd_knm"][0] == pytest.approx(84.26, rel=4e-3)
    assert got.terms["q_rd_kn_m"][0] == pytest.approx(42.1, rel=4e-3)
    assert got.n_hi_kn[0, EXTRA] == pytest.approx(42.1, rel=4e-3)
    assert got.n_lo_kn[0, EXTRA] == 0.0
    assert got.clauses[0][EXTRA] == "NEN-EN 1993-1-1 6.2.5, 6.2.6, 6.3.2"
    # flange held: M_pl 100.9 kNm, q = 50.5 kN/m
    assert limit(defaults=CheckDefaults(beam_flange_held=True)) == pytest.approx(50.5, rel=3e-3)


def test_shear_governs_a_short_beam():
    # HEA200: A_v 18.08 cm2, V_pl = 1808 * 235 / sqrt(3) = 245.3 kN; L 0.8 m: q = 2 V / L = 613 kN/m against 8 * 100.9 / 0.64 = 1261
    assert limit(span=0.8) == pytest.approx(613.0, rel=4e-3)
    # on three supports 0.625 q L, and half of V_pl so that bending keeps its resistance
    assert limit(span=0.8, n_support=3) == pytest.approx(0.5 * 245.3 / (0.625 * 0.8), rel=4e-3)


def test_each_fact_moves_the_limit_the_right_way():
    base = limit()
    assert limit(span=4.5) < base
    assert limit(name="HEA220", sides=(0.21, 0.22)) > base
    assert limit(fy=275.0) > base
    assert limit(piece=0.5) == pytest.approx(0.5 * base)
    assert limit(point=True) < base
    assert limit(point=True, node=1.5) < limit(point=True, node=1.0)
    assert limit(overhang=1.9) < base
    assert limit(n_support=3) <= base
    assert limit(fy=np.nan, default=235.0) == base


@pytest.mark.parametrize("standing", [False, True])
def test_no_loading_within_the_limits_exceeds_the_beam(standing):
    """Random loads up to the limit of every piece: the moment of a simply supported beam never exceeds the resistance."""
    rng = np.random.default_rng(11)
    length, m = 6.0, 5
    node = length / (m - 1)
    at = np.linspace(0.0, length, m)
    piece = np.array([node / 2, *[node] * (m - 2), node / 2])
    got = beam(n=m, piece=piece, span=length, node=node, lever=at * (length - at) / length, point=standing)
    m_rd = float(got.terms["m_rd_knm"][0])
    most, x = 0.0, np.linspace(0.0, length, 241)
    for _ in range(400):
        # loads at places along the beam, scaled until one piece is at its limit
        place = rng.uniform(0.0, length, rng.integers(1, 8)) if standing else np.linspace(0.0, length, 601)
        load = rng.uniform(0.1, 1.0, place.size) * (1.0 if standing else 1.0 + (rng.random() < 0.7) * (np.sin(place) + 1.0))
        hats = np.maximum(1.0 - np.abs(place[:, None] - at) / node, 0.0)
        load = load / ((load @ hats) / got.n_hi_kn[:, EXTRA]).max()
        influence = np.minimum(x[:, None], place) * (length - np.maximum(x[:, None], place)) / length
        most = max(most, float((influence @ load).max()) / m_rd)
    assert most <= 1.0 + 1e-3
    assert most > (0.5 if standing else 0.9)


def test_over_only_when_one_piece_alone_is_too_much():
    # mid-span: arm = 1.0 - 1.0 / 6 -> 100.9 / 0.8333 = 121 kN; the even load allows 42 kN per metre
    got = beam()
    assert got.n_best_kn[0, EXTRA] == pytest.approx(100.93 / (1.0 - 1.0 / 6.0), rel=3e-3)
    assert got.texts["between"][0]
    # a beam that runs on shares the moment between span and support: at least half stays in one of them
    assert beam(n_support=3).n_best_kn[0, EXTRA] == pytest.approx(2.0 * got.n_best_kn[0, EXTRA])
    # right above a support no load is too much for bending
    assert np.isinf(beam(lever=0.0).n_best_kn[0, EXTRA])


@pytest.mark.parametrize(
    ("kw", "why"),
    [
        ({"why": "support of the beam unknown"}, "support of the beam unknown"),
        ({"name": "stalen ligger"}, "no known steel section"),
        ({"sides": (0.25, 0.26)}, "disagrees"),
        ({"fy": np.nan}, "strength unknown"),
        ({"deep": 0.2, "sides": (0.3, 0.15), "name": "IPE300"}, "lies flat or slopes"),
        ({"name": "UNP200", "sides": (0.2, 0.075)}, "twist of a channel"),
        ({"overhang": 2.5}, "overhang"),
        ({"n_support": 3, "least": 0.39}, "0.39 beside 4.00 m"),
        ({"piece": np.nan}, "length unknown"),
        ({"name": "K200x200x4.7", "sides": (0.2, 0.2), "n_support": 3}, "class 3"),
        ({"name": "K200x200x4", "sides": (0.2, 0.2)}, "class 4"),
    ],
)
def test_what_is_not_known_stays_unknown(kw, why):
    got = beam(**kw)
    assert not got.known[0]
    assert why in got.reason[0]
    assert np.isnan(got.n_hi_kn).all()
    assert np.isnan(got.n_best_kn).all()


def test_without_spans_beams_are_unknown():
    got = part_resistance(
        parts=make_parts(kind=("beam",)),
        elements=make_elements(type_name=("HEA200",)),
        materials=make_materials(group="steel"),
        factors=VERBOUW,
    )
    assert got.reason[0] == "spans of the beam unknown"


def column(e, name="HEA180", sides=(0.171, 0.18), height=3.2):
    return part_resistance(
        parts=make_parts(kind=("column",), z1_m=np.array([height]), thickness_m=np.array([min(sides)]), length_m=np.array([max(sides)])),
        elements=make_elements(type_name=(name,), section_m=np.array([sides])),
        materials=make_materials(group="steel", strength=235.0),
        factors=VERBOUW,
        eccentricity_m=np.array([e]),
    )


def test_column_beside_its_axis_by_hand():
    # IPE200, L 3.2, A f_y = 2848 * 0.235 = 669.3 kN; e = 30 mm along the deep side: about y, W_pl,y 220.6 cm3 -> 51.84 kNm.
    x = column((0.0, 0.03), "IPE200", (0.1, 0.2)).explain(0)
    n = x["n_b_rd_kn"]
    n_y, n_z = n / (x["chi_y"] * 669.3), n / (x["chi_z"] * 669.3)
    m = n * 0.03 / (x["chi_lt"] * 51.84)
    k_yy = 1.0 + min(x["lambda_y"] - 0.2, 0.8) * n_y
    k_zy = 1.0 - min(0.1 * x["lambda_z"], 0.1) * n_z / (1.0 - 0.25)
    assert max(n_y + k_yy * m, n_z + k_zy * m) == pytest.approx(1.0, abs=5e-3)
    assert x["clause"] == "NEN-EN 1993-1-1 6.3.3"
    assert x["chi_lt"] < 1.0


def test_column_eccentricity_only_lowers():
    def at(*e):
        return float(column(e).n_hi_kn[0, EXTRA])

    assert at(0.0, 0.0) == pytest.approx(735.0, rel=2e-3)
    assert at(0.0005, 0.0) == at(0.0, 0.0)
    assert at(0.0, 0.0) > at(0.02, 0.0) > at(0.04, 0.0) > at(0.04, 0.02) > 0.0
    # 171 by 180 mm may stand either way: both directions count
    assert at(0.0, 0.03) == pytest.approx(at(0.03, 0.0))
    ipe = column((0.03, 0.0), "IPE200", (0.1, 0.2)).n_hi_kn[0, EXTRA], column((0.0, 0.03), "IPE200", (0.1, 0.2)).n_hi_kn[0, EXTRA]
    assert ipe[0] < ipe[1]  # across the small side bends the weak axis


def test_column_with_unknown_eccentricity_or_a_channel():
    got = column((math.nan, 0.0))
    assert not got.known[0]
    assert "eccentricity of the load unknown" in got.reason[0]
    assert "channel" in column((0.0, 0.0), "UNP200", (0.2, 0.075)).reason[0]


def test_a_beam_is_classed_for_bending():
    """IPE400 in S355, table 5.2: web 331 / 8.6 = 38.5, over 42 x 0.814 = 34.2 of even compression, well under 72 x 0.814 = 58.6 of bending.

    Class 1, so M_c = W_pl f_y = 1307 cm3 x 355 = 464 kNm.
    """
    got = beam("IPE400", fy=355.0, sides=(0.4, 0.18))
    assert got.terms["section_class"][0] == 1.0
    assert got.terms["m_c_rd_knm"][0] == pytest.approx(464.0, rel=2e-3)


def test_lengths_of_the_explanation_are_millimetres():
    got = beam(span=4.0, overhang=0.3, node=0.5)
    assert [float(got.terms[name][0]) for name in ("span_mm", "overhang_mm", "node_mm")] == pytest.approx([4000.0, 300.0, 500.0])


def test_a_beam_may_be_a_twentieth_off_in_height():
    # IPE400 is 400 mm high: 0.05 x 400 + 1 = 21 mm to either side
    for deep, known in ((0.3791, True), (0.4209, True), (0.3789, False), (0.4211, False)):
        assert np.isfinite(limit(name="IPE400", sides=(0.4, 0.18), deep=deep)) == known
