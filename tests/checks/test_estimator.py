"""The estimator against probabilities worked out by hand, and its sampling against its own claims."""

import math
from dataclasses import replace

import numpy as np
import pytest
from checks_factory import make_materials, make_take_down
from scipy.stats import norm, triang
from test_utilisation import make_resistance

from optopscan.catalog.concept import Concept, Quantity
from optopscan.catalog.engineering import load_engineering
from optopscan.checks.capacity import Influence
from optopscan.checks.estimator.factors import (
    FinishFactor,
    StrengthFactor,
    product_factor,
    strength_factors,
    triangular,
)
from optopscan.checks.estimator.mix import Path, Question, mixed_estimate
from optopscan.checks.estimator.needs import KNOWN, SAGS, Needs, StateLoads, Strengths, on_whole_roof, state_needs
from optopscan.checks.estimator.reach import Drawn, Ladder, governing_parts, reached
from optopscan.checks.estimator.samples import REPEATS, draws
from optopscan.checks.estimator.worth import estimate, explained
from optopscan.model.estimate import AtLeast

ENGINEERING = load_engineering()
VERBOUW = ENGINEERING.factor_set("nen8700", "verbouw", "CC2")
AFKEUR = ENGINEERING.factor_set("nen8700", "afkeur", "CC2")
# Calcium silicate of 1965-1978: mean 7.0, CoV 0.25. ln: s = 0.24622, mu = 1.91560; f_k = exp(mu + s (0.92195 z - 0.63711)).
KZS = StrengthFactor(id="strength.calcium-silicate", group="calcium-silicate", mean_mpa=7.0, cov=0.25, nl="sterkte", settle_nl="kernen")
S, MU = math.sqrt(math.log(1 + 0.25**2)), math.log(7.0) - 0.5 * math.log(1 + 0.25**2)


def chance_of_strength(f_mpa):
    """Return P(f_k >= f), from the definition typed anew."""
    z = (math.log(f_mpa) - MU + 1.645 * S * math.sqrt(0.15)) / (S * math.sqrt(0.85))
    return 1.0 - norm.cdf(z)


def quantity(value, lo=None, hi=None):
    return Quantity(
        value=value, lo=value if lo is None else lo, hi=value if hi is None else hi, basis="calculated", source="test", date="2026-01-01"
    )


def concept(floor=2.0, lo=None, hi=None, roof=1.0):
    nothing = quantity(0.0)
    return Concept(
        id="x", name="x", supplier="x", fictitious=True, access=(), system_kind="module-3d", system_material="HSB", max_storeys=3,
        width_m=3.0, length_m=9.0, height_m=3.0, width_options_m=(), length_lo_m=9.0, length_hi_m=9.0, overhang_max_m=0.0,
        g_floor_kn_m2=quantity(floor, lo, hi), g_wall_kn_m=nothing, g_roof_kn_m2=quantity(roof), g_transfer_kn_m2=nothing,
        transfer_depth_m=0.4, transfer_span_max_m=6.0, transfer_takes_moment=False, support_system="walls", supports="line-long",
        support_offset_max_m=0.1, unit_types=(), cost_eur_m2=nothing, carbon_emitted_kg_m2=nothing, carbon_stored_kg_m2=nothing,
    )  # fmt: skip


def strengths(n_hi_kn, f0=4.5, *, factor=0, n_lo=0.0, n_up=None, f1=9.0):
    n = len(n_hi_kn)
    hi = np.asarray(n_hi_kn, dtype=float)[:, None]
    return Strengths(
        n_lo_kn=np.full((n, 1), float(n_lo)),
        n_hi_kn=hi,
        n_up_kn=hi * f1 / f0 if n_up is None else np.asarray(n_up, dtype=float)[:, None],
        f0_mpa=np.full(n, f0),
        f1_mpa=np.full(n, f1),
        factor=np.full(n, factor),
        judged=np.ones(n, dtype=bool),
        complete=np.ones(n, dtype=bool),
    )


def ladder(permanent, n_hi_kn, *, area=(10.0,), influence=None, most=3, product=None, finish=0.0, **options):
    """Return one concept on parts that all carry the whole roof; permanent loads at their feet [kN]."""
    n = len(permanent)
    take = make_take_down(permanent, np.zeros((n, 1)), np.ones((n, 1)) if influence is None else influence)
    own = strengths(n_hi_kn, **options)
    press, lift = on_whole_roof(Influence.of(take), np.asarray(area))
    # the sections of the tests are one column: head = foot, no own weight
    loads = {
        k: {
            "simple": StateLoads(
                take_down=take, finish_m2=np.full(n, finish), press_m2=press, lift_m2=lift, storeys=k, imposed_kn_m2=0.0, credit_kn_m2=0.0
            )
        }
        for k in range(most + 1)
    }
    loaded = np.asarray(press - lift > 0.0)

    def needs(k, factors):
        among = loaded if k else np.ones(n, dtype=bool)
        return state_needs(loads[k], _four(own), factors=factors, psi0=0.4, psi0_new=0.4, among=among)

    return Ladder(
        product=product_factor(product or concept()),
        existing=needs(0, AFKEUR),
        storeys=tuple(needs(k, VERBOUW) for k in range(1, most + 1)),
    )


def _four(own):
    """Return the strengths with the same check at every section."""
    wide = {name: np.repeat(getattr(own, name), 4, axis=1) for name in ("n_lo_kn", "n_hi_kn", "n_up_kn")}
    return Strengths(**wide, f0_mpa=own.f0_mpa, f1_mpa=own.f1_mpa, factor=own.factor, judged=own.judged, complete=own.complete)


def drawn(*factors, n_sample=16384, seed=0, base=0.0):
    u = draws(len(factors), n_sample=n_sample, seed=seed).reshape(n_sample, -1)
    return Drawn(factors=factors, u=u, finish_base_kn_m2=base)


def test_probability_of_one_wall_by_hand():
    # 100 kN below, roof 10 m2, storeys of 2 kN/m2 and a roof of 1: N = 1.3 (100 + 10 (2 n + 1)) = 169 / 195 / 221 kN.
    # N_hi = 150 kN at f_k = 4.5: needed f_k = 5.07 / 5.85 / 6.63.
    own = ladder([100.0], [150.0])
    got = estimate(own, drawn(KZS, own.product), part_ids=("p0",), judged=1, loaded=1, seed=0)
    for row, needed in zip(got.at_least, (5.07, 5.85, 6.63), strict=True):
        assert row.at_least == pytest.approx(chance_of_strength(needed), abs=0.002)
        assert row.standard_error <= 0.005
    assert [row.storeys for row in got.at_least] == [1, 2, 3]


def test_the_characteristic_strength_is_sampled_and_not_the_mean():
    f = KZS.values(draws(1, n_sample=16384, seed=1).reshape(-1))
    assert np.median(f) == pytest.approx(math.exp(MU - 1.645 * S * math.sqrt(0.15)), rel=1e-3)
    assert np.median(f) < 0.83 * 7.0
    # 5 % of buildings are weaker than this, of which each again has 5 % of its tests below f_k
    assert np.quantile(f, 0.05) == pytest.approx(math.exp(MU + S * (math.sqrt(0.85) * -1.645 - 1.645 * math.sqrt(0.15))), rel=5e-3)


def test_worked_figure_of_the_definition():
    # brick of 1945-1965, mean 6.5, CoV 0.30: a needed f_k of 5.2 has P = 0.49; the mean drawn as if it were f_k would give 0.73
    clay = StrengthFactor(id="strength.clay", group="clay", mean_mpa=6.5, cov=0.3, nl="", settle_nl="")
    own = ladder([100.0], [169.0], f0=5.2, most=1)
    got = reached(own, drawn(clay, own.product))
    assert got.mean() == pytest.approx(0.49, abs=0.005)


def test_existing_failure_counts_as_no_storey_in_that_draw():
    # as it stands 1.2 * 100 = 120 (afkeur); needed 3.6 at rejection, more than any storey on the other part needs
    own = ladder([100.0, 1.0], [150.0, 150.0], influence=[[0.0], [1.0]], most=1)
    got = reached(own, drawn(KZS, own.product))
    assert got.mean() == pytest.approx(chance_of_strength(3.6), abs=0.002)


def test_known_strength_gives_certainty():
    for n_hi, count in ((168.9, 0), (169.1, 1), (195.1, 2), (1e4, 3)):
        own = ladder([100.0], [n_hi], factor=KNOWN)
        assert set(reached(own, drawn(KZS, own.product)).tolist()) == {count}


def test_no_resistance_never_carries_and_no_load_needs_nothing():
    own = ladder([100.0], [0.0])
    assert reached(own, drawn(KZS, own.product)).max() == 0
    own = ladder([0.0, 100.0], [0.0, 1e6], influence=[[0.0], [1.0]])
    assert reached(own, drawn(KZS, own.product)).min() == 3


def test_finish_is_a_fact_of_the_building_and_counts_from_what_the_take_down_holds():
    # only the finish varies: N = 1.3 (100 + 30 + 20 (d - 0.5)), 172 kN is reached at d = 0.6154; triangular 0.2, 0.5, 1.0
    finish = FinishFactor(id="load.floor-finish", lo_kn_m2=0.2, mode_kn_m2=0.5, hi_kn_m2=1.0, nl="afwerking", settle_nl="openen")
    own = ladder([100.0], [172.0], factor=KNOWN, most=1, finish=20.0)
    got = reached(own, drawn(finish, own.product, base=0.5))
    assert got.mean() == pytest.approx(triang(c=0.3 / 0.8, loc=0.2, scale=0.8).cdf(0.5 + (172 / 1.3 - 130) / 20), abs=0.002)


def test_weight_of_the_product_is_between_its_bounds():
    product = concept(floor=2.0, lo=1.5, hi=3.5)
    own = ladder([100.0], [175.0], factor=KNOWN, most=1, product=product)
    # 1.3 (100 + 10 (g + 1)) <= 175: g <= 2.4615
    assert reached(own, drawn(own.product)).mean() == pytest.approx(triang(c=0.25, loc=1.5, scale=2.0).cdf(2.46154), abs=0.002)
    low, mode, high = own.product.load_kn_m2(np.array([0.0, 0.25, 1.0]), 2).tolist()
    assert (low, mode, high) == pytest.approx((4.0, 5.0, 8.0))


def test_lifted_part_fails_where_nothing_holds_it():
    # N_min = 0.9 * 20 - 1.3 * 10 (g + 1) * 0.5 < 0 from g = 1.77
    product = concept(floor=2.0, lo=1.0, hi=3.0)
    own = ladder([20.0], [1e4], influence=[[-0.5]], factor=KNOWN, most=1, product=product)
    got = reached(own, drawn(own.product)).mean()
    assert got == pytest.approx(triang(c=0.5, loc=1.0, scale=2.0).cdf(18 / 6.5 - 1.0), abs=0.002)


def test_least_load_that_a_part_must_carry():
    # N_min = 0.9 (100 + 30) = 117
    assert reached(ladder([100.0], [1e4], factor=KNOWN, most=1, n_lo=89.0), drawn(product_factor(concept()))).min() == 1
    assert reached(ladder([100.0], [1e4], factor=KNOWN, most=1, n_lo=118.0), drawn(product_factor(concept()))).max() == 0
    # as it stands N_min = 90: a part that needs the extension to stand does not stand now
    assert reached(ladder([100.0], [1e4], factor=KNOWN, most=1, n_lo=91.0), drawn(product_factor(concept()))).max() == 0


def test_bent_resistance_is_never_above_the_straight_lines():
    # 150 kN at 4.5 and 225 kN at 9, not proportional, so 0.92 x 225 = 207: 169 kN needs 4.5 + 19 / 57 * 4.5 = 6.0; over 207 never
    own = ladder([100.0], [150.0], n_up=[225.0])
    got = estimate(own, drawn(KZS, own.product), part_ids=("p0",), judged=1, loaded=1, seed=0)
    assert got.at_least[0].at_least == pytest.approx(chance_of_strength(6.0), abs=0.002)
    assert got.at_least[1].at_least == pytest.approx(chance_of_strength(4.5 + 45 / 57 * 4.5), abs=0.002)
    assert got.at_least[2].at_least == 0.0


def test_reinforced_columns_carry_what_the_lines_count_on():
    # some of them lie 1.5 % below the straight line itself
    from random_building import RandomBuilding

    compared = 0
    for seed in range(8):
        building = RandomBuilding(seed, columns=True)
        own = (building.group == "concrete") & ~building.stated & building.resistance(building.default).known
        f0, f1 = building.default, 2.0 * building.default
        low, high = (building.resistance(f).n_hi_kn[own, 3] for f in (f0, f1))
        counted = np.maximum(SAGS * high, low)
        for share in (0.1, 0.3, 0.5, 0.7, 0.9):
            there = building.resistance(f0 + share * (f1 - f0)).n_hi_kn[own, 3]
            assert (there >= (low + share * (counted - low)) * (1.0 - 1e-3)).all()
            compared += len(there)
    assert compared > 50


def test_a_failure_that_proves_nothing_needs_nothing_and_is_not_counted_as_judged():
    resistance = make_resistance([100.0, 100.0])
    best = np.array(resistance.n_best_kn)
    best[1] = np.inf
    got = Strengths.of(
        replace(resistance, n_best_kn=best),
        resistance,
        f0_mpa=np.ones(2),
        f1_mpa=np.ones(2),
        factor=np.full(2, KNOWN),
        judged=np.ones(2, dtype=bool),
    )
    assert got.complete.tolist() == [True, False]
    assert np.isfinite(got.n_hi_kn[0]).any()
    assert np.isnan(got.n_hi_kn[1]).all()


@pytest.mark.parametrize(("better", "judged"), [(80.0, True), (np.nan, False)])
def test_a_resistance_that_falls_with_the_strength_is_not_taken_at_its_best(better, judged):
    lower = make_resistance([100.0])
    lower = replace(lower, n_hi_kn=np.where(np.isnan(lower.n_hi_kn), np.nan, better))
    got = Strengths.of(
        make_resistance([100.0]),
        lower,
        f0_mpa=np.full(1, 4.0),
        f1_mpa=np.full(1, 8.0),
        factor=np.zeros(1, dtype=int),
        judged=np.ones(1, dtype=bool),
    )
    assert got.judged.tolist() == [judged]
    assert got.complete.tolist() == [judged]
    if judged:
        assert np.nanmax(got.n_up_kn) == 80.0


def test_leading_rows_hold_the_maximum_everywhere():
    rng = np.random.default_rng(5)
    rows = Needs(coefficient=rng.normal(size=(400, 3)), factor=rng.integers(-1, 2, 400), part=np.arange(400))
    bounds = (-0.3, 0.5), (1.0, 6.0)
    few = rows.leading(*bounds)
    assert len(few.factor) < 120
    points = np.column_stack([np.ones(5000), rng.uniform(*bounds[0], 5000), rng.uniform(*bounds[1], 5000)])
    for factor in (0, 1):
        most, kept = (row.coefficient[row.factor == factor] @ points.T for row in (rows, few))
        assert (most.max(axis=0) == kept.max(axis=0)).all()
    # of a known resistance only what can exceed one matters
    most, kept = (row.coefficient[row.factor == KNOWN] @ points.T for row in (rows, few))
    assert (np.maximum(most.max(axis=0), 1.0) == np.maximum(kept.max(axis=0), 1.0)).all()


def test_standard_error_is_what_other_seeds_show():
    finish = FinishFactor(id="load.floor-finish", lo_kn_m2=0.2, mode_kn_m2=0.5, hi_kn_m2=1.0, nl="", settle_nl="")
    own = ladder([100.0, 90.0], [150.0, 140.0], finish=20.0, product=concept(lo=1.5, hi=3.0))
    found = [
        estimate(own, drawn(KZS, finish, own.product, seed=seed, base=0.5), part_ids=("a", "b"), judged=2, loaded=2, seed=seed).at_least[0]
        for seed in range(20)
    ]
    spread = np.std([row.at_least for row in found], ddof=1)
    claimed = np.sqrt(np.mean([row.standard_error**2 for row in found]))
    # chi-square bounds of a spread from 20 values: 0.64 and 1.46 at 99 %, and the claimed one has its own scatter
    assert 0.5 * claimed < spread < 1.8 * claimed
    assert max(row.standard_error for row in found) <= 0.005


def test_draws():
    u = draws(3, n_sample=1024, seed=3)
    assert u.shape == (REPEATS, 64, 3)
    assert (u == draws(3, n_sample=1024, seed=3)).all()
    assert not (u == draws(3, n_sample=1024, seed=4)).any()
    # every repeat is spread evenly by itself: one point in each 64th of every factor
    assert (np.sort((u * 64).astype(int), axis=1) == np.arange(64)[None, :, None]).all()
    assert draws(0, n_sample=1024, seed=0).shape == (REPEATS, 64, 0)
    for wrong in (1000, 8, 3 * 1024):
        with pytest.raises(ValueError, match="power of two"):
            draws(2, n_sample=wrong, seed=0)
    with pytest.raises(ValueError, match="at most 20"):
        draws(21, n_sample=1024, seed=0)


@pytest.mark.parametrize(("lo", "mode", "hi"), [(0.2, 0.5, 1.0), (1.0, 1.0, 2.0), (1.0, 2.0, 2.0)])
def test_triangular_is_the_inverse_of_its_distribution(lo, mode, hi):
    u = np.linspace(0.0, 1.0, 11)
    assert triangular(u, lo=lo, mode=mode, hi=hi) == pytest.approx(triang(c=(mode - lo) / (hi - lo), loc=lo, scale=hi - lo).ppf(u))


def test_triangular_refuses_what_does_not_ascend():
    assert triangular([0.0, 1.0], lo=1.0, mode=1.0, hi=1.0).tolist() == [1.0, 1.0]
    with pytest.raises(ValueError, match="ascend"):
        triangular(0.5, lo=1.0, mode=0.5, hi=2.0)


def test_variance_share_of_a_known_function():
    # good = (x > 0.5) hangs on x alone; good = (x + y > 1) shares equally, first-order index 1/3 each
    u = draws(2, n_sample=16384, seed=0).reshape(-1, 2)
    assert explained(u[:, 0], u[:, 0] > 0.5) == pytest.approx(1.0, abs=0.01)
    assert explained(u[:, 1], u[:, 0] > 0.5) == pytest.approx(0.0, abs=0.01)
    assert explained(u[:, 0], u.sum(axis=1) > 1.0) == pytest.approx(1.0 / 3.0, abs=0.02)
    assert explained(u[:, 0], np.ones(len(u), dtype=bool)) == 0.0


def test_worth_of_cores_by_hand():
    own = ladder([100.0], [150.0])
    got = estimate(own, drawn(KZS, own.product), part_ids=("p0",), judged=1, loaded=1, seed=0)
    (row,) = got.worth
    # only the strength decides: with 5.07 N/mm2 or more the answer is yes, which has the chance of the answer itself
    assert (row.factor, row.storeys, row.parts) == ("strength.calcium-silicate", 1, ("p0",))
    assert row.needed == pytest.approx(5.07, abs=0.06)
    assert row.p_good == pytest.approx(row.p_now, abs=1 / 64)
    assert row.p_then >= 0.99
    assert row.decides >= 1.0 - 1 / 64
    assert row.share == pytest.approx(1.0, abs=0.02)


def test_nothing_is_worth_finding_out_where_the_answer_is_clear():
    for n_hi in (60.0, 1e4):
        own = ladder([100.0], [n_hi])
        assert estimate(own, drawn(KZS, own.product), part_ids=("p0",), judged=1, loaded=1, seed=0).worth == ()


def test_governing_part_is_counted_over_the_draws():
    # part 1 needs a known strength: 1.3 (60 + 30) / 117 = 1.0; part 0 has UC 169 f0 / (150 f): above 1 below f = 5.07
    own = ladder([100.0, 60.0], [150.0, 117.0], influence=[[1.0], [1.0]])
    mixed = Needs(
        coefficient=np.array([[100.0 * 1.3 * 4.5 / 150.0, 0, 10 * 1.3 * 4.5 / 150.0], [60 * 1.3 / 117, 0, 10 * 1.3 / 117]]),
        factor=np.array([0, KNOWN]),
        part=np.array([0, 1]),
    )
    own = Ladder(product=own.product, existing=own.existing, storeys=(mixed,))
    found = governing_parts(own, drawn(KZS, own.product), 1)
    assert dict(found)[1] == pytest.approx(chance_of_strength(5.07), abs=0.002)
    assert sum(share for _, share in found) == pytest.approx(1.0)


def test_strength_factors_of_groups_without_a_stated_strength():
    materials = make_materials(4, group=("clay", "calcium-silicate", "steel", "concrete"), strength=[np.nan, np.nan, np.nan, 20.0])
    found = strength_factors(materials, ENGINEERING.era_defaults, tuple(ENGINEERING.surveys.values()), 1972, np.arange(4))
    # steel has no spread in the table, the concrete states its class
    assert [(row.group, row.mean_mpa, row.cov) for row in found] == [("calcium-silicate", 7.0, 0.25), ("clay", 6.5, 0.3)]
    # without a build year the weakest period counts: of bricks that is the one before the war, which has no spread
    found = strength_factors(materials, ENGINEERING.era_defaults, (), None, np.arange(4))
    assert [(row.group, row.mean_mpa) for row in found] == [("calcium-silicate", 7.0)]


def estimate_of(*chances, error=0.001):
    own = ladder([100.0], [150.0])
    rows = tuple(AtLeast(storeys=k, at_least=p, standard_error=error) for k, p in enumerate(chances, start=1))
    base = estimate(own, drawn(KZS, own.product, n_sample=256), part_ids=("p0",), judged=1, loaded=1, seed=0)
    return replace(base, at_least=rows)


def test_paths_mix_by_their_weights():
    question = Question(id="path.0", nl="dragend of niet", settle_nl="dragen deze wanden?", elements=("0#1",))
    paths = (
        Path(weight=0.7, turned=frozenset(), estimate=estimate_of(0.9, 0.6)),
        Path(weight=0.3, turned=frozenset({0}), estimate=estimate_of(0.1, 0.0)),
    )
    got = mixed_estimate(paths, (question,))
    assert [row.at_least for row in got.at_least] == pytest.approx([0.66, 0.42])
    assert (got.p10, got.p50, got.p90) == (0, 1, 2)
    (row,) = (row for row in got.worth if row.factor == "path.0")
    assert (row.p_now, row.p_then, row.p_good, row.decides) == pytest.approx((0.66, 0.9, 0.7, 1.0))
    assert row.share == pytest.approx((0.7 * 0.24**2 + 0.3 * 0.56**2) / (0.66 * 0.34))


def test_a_path_that_leaves_parts_out_makes_the_mixture_a_bound():
    paths = (
        Path(weight=0.7, turned=frozenset(), estimate=estimate_of(0.9)),
        Path(weight=0.3, turned=frozenset({0}), estimate=replace(estimate_of(0.5), judged=3, loaded=5)),
    )
    got = mixed_estimate(paths, ())
    assert (got.judged, got.loaded) == (3, 5)


def test_some_parts_without_a_check_make_it_at_most():
    own = ladder([100.0], [150.0])
    part = estimate(own, drawn(KZS, own.product, n_sample=256), part_ids=("p0",), judged=1, loaded=2, seed=0)
    assert all(row.at_most for row in part.at_least)
    whole = estimate_of(0.5)
    assert not any(row.at_most for row in whole.at_least)
    both = (Path(weight=0.5, turned=frozenset(), estimate=whole), Path(weight=0.5, turned=frozenset({0}), estimate=part))
    assert mixed_estimate(both, ()).at_least[0].at_most


def test_a_path_without_an_estimate_confirms_nothing():
    paths = (
        Path(weight=0.7, turned=frozenset(), estimate=estimate_of(1.0)),
        Path(weight=0.3, turned=frozenset({0}), estimate=None),
    )
    assert mixed_estimate(paths, ()).at_least[0].at_least == pytest.approx(0.7)
    assert mixed_estimate(paths[:1], ()).at_least[0].at_least == 1.0
