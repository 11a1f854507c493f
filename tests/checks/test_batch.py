"""Batches against the clause functions, called wall by wall and force by force."""

import itertools
import math

import numpy as np
import pytest

from benchmarks import capacity
from optopscan.checks import batch
from optopscan.checks import batch_walls as bw
from optopscan.codes import en1992, en1996, en1996_interval
from optopscan.codes.interval import Interval

GIVEN = ("gamma_m", "thickness_mm", "length_mm", "height_mm", "effective_height_mm", "phi_inf", "e_head_mm", "e_mid_mm", "e_foot_mm")
MOMENTS = ("m_head_knm", "m_mid_knm", "m_foot_knm")
NAMES = ("fk_mpa", *GIVEN, *MOMENTS)


def random_case(seed, *, n_element=20, n_storey=5, n_concept=2, n_sample=4, moments=True, sampled=False, odd=False):
    """Return the quantities of random walls and forces around what they take; ``odd`` plants what must never pass."""
    rng = np.random.default_rng([2024, seed])
    shape = (n_element, n_sample) if sampled else (n_element, 1)
    t = rng.uniform(70, 400, (n_element, 1))
    h = rng.uniform(1500, 3200, (n_element, 1))
    given = {
        "fk_mpa": rng.uniform(1, 12, (n_element, 1)) * rng.lognormal(0, 0.3, (n_element, n_sample)),
        "gamma_m": rng.choice([1.7, 2.2], (n_element, 1)),
        "thickness_mm": t,
        "length_mm": rng.uniform(300, 8000, (n_element, 1)),
        "height_mm": h,
        "effective_height_mm": rng.choice([0.5, 0.75, 1.0], (n_element, 1)) * h,
        "phi_inf": rng.uniform(0.5, 1.9, (n_element, 1)),
        "e_head_mm": t * rng.uniform(-0.2, 0.2, shape),
        "e_mid_mm": t * rng.uniform(-0.1, 0.1, shape),
        "e_foot_mm": t * rng.uniform(-0.1, 0.1, shape),
    }
    squash = t * given["length_mm"] * np.median(given["fk_mpa"], axis=1, keepdims=True) / given["gamma_m"] / 1000
    for name in MOMENTS:
        bent = rng.random((n_element, 1)) < 0.5
        given[name] = np.where(bent & moments, rng.uniform(-0.02, 0.02, shape) * squash * t / 1000, 0.0)
    level = rng.uniform(0.02, 0.5, (n_element, 1, n_concept)) * squash[:, :, None]
    # the count does not rise evenly and may fall back
    n_max = level * (1 + np.cumsum(rng.uniform(-0.05, 0.3, (n_element, n_storey, n_concept)), axis=1))
    n_min = n_max * rng.uniform(0.3, 1.0, n_max.shape)
    if odd:
        n_max[0], n_min[1], n_max[2, 2], n_min[3, 1:] = 50 * n_max[0], -1.0, np.nan, np.nan
        n_max[4], n_min[5], n_max[6, 3] = 0.0, 0.0, np.inf
        n_min[4] = 0.0
        given["fk_mpa"][7], given["fk_mpa"][8, 0], given["fk_mpa"][9], given["fk_mpa"][10] = np.nan, np.nan, 0.0, np.inf
        given["thickness_mm"][11], given["thickness_mm"][12], given["m_mid_knm"][13] = 60.0, 0.0, np.nan
        given["length_mm"][14], given["effective_height_mm"][15] = np.nan, 27.5 * t[15]
    return given, n_max, n_min


def of_one(given, e, k):
    """Return the quantities of one wall and sample as plain numbers."""
    return {name: float(np.asarray(given[name])[e, k if np.asarray(given[name]).shape[1] > 1 else 0]) for name in NAMES}


def single_utilisation(w, n, *, minimum=True):
    """Return N over the least N_Rd of one wall, by single calls; nan where something is not known or N is no pressure."""
    positive = [w[name] for name in ("fk_mpa", *GIVEN[:6])]
    if not all(math.isfinite(x) and x > 0 for x in positive) or any(math.isnan(w[name]) for name in NAMES) or not 0 <= n < math.inf:
        return math.nan
    if n == 0 and any(w[name] for name in MOMENTS):
        return math.inf
    t, h_ef = w["thickness_mm"], w["effective_height_mm"]
    if h_ef / t > 27:
        return math.inf
    e_init = en1996.initial_eccentricity_mm(h_ef)
    arm = {m: 1000 * w[m] / n if n else 0.0 for m in MOMENTS}
    ends = [
        en1996.end_eccentricity_mm(e_load_mm=w[e] + arm[m], e_init_mm=e_init, thickness_mm=t)
        for e, m in (("e_head_mm", "m_head_knm"), ("e_foot_mm", "m_foot_knm"))
    ]
    mid = en1996.mid_eccentricity_mm(
        e_load_mm=w["e_mid_mm"] + arm["m_mid_knm"], e_init_mm=e_init, thickness_mm=t, slenderness=h_ef / t, phi_inf=w["phi_inf"]
    )
    least = en1996.minimum_eccentricity_mm(
        effective_height_mm=w["height_mm"], thickness_mm=t, slenderness=w["height_mm"] / t, phi_inf=w["phi_inf"]
    )
    factors = [en1996.end_factor(e_mm=e, thickness_mm=t) for e in ends]
    factors.append(en1996.mid_factor(e_mm=mid, thickness_mm=t, slenderness=h_ef / t))
    if minimum:
        factors.append(en1996.mid_factor(e_mm=least, thickness_mm=t, slenderness=w["height_mm"] / t))
    fd = w["fk_mpa"] / w["gamma_m"] * en1996.area_factor(t * w["length_mm"] * 1e-6)
    return max(_over(n, en1996.axial_resistance_kn(phi=phi, thickness_mm=t, length_mm=w["length_mm"], fd_mpa=fd)) for phi in factors)


def _over(n, n_rd):
    return float(n) / float(n_rd) if n_rd > 0 else math.inf


def single_interval(w, *, minimum=True):
    """Return the admissible force of one wall by single calls."""
    if any(math.isnan(w[name]) for name in NAMES) or not all(w[name] > 0 for name in ("fk_mpa", *GIVEN[:6])) or w["fk_mpa"] == math.inf:
        return math.nan, math.nan
    t, h_ef = w["thickness_mm"], w["effective_height_mm"]
    fd = w["fk_mpa"] / w["gamma_m"] * en1996.area_factor(t * w["length_mm"] * 1e-6)
    common = {
        "squash_kn": en1996_interval.squash_kn(thickness_mm=t, length_mm=w["length_mm"], fd_mpa=fd),
        "thickness_mm": t,
        "e_init_mm": en1996.initial_eccentricity_mm(h_ef),
    }
    found = [
        en1996_interval.end_interval_kn(e_load_mm=w["e_head_mm"], moment_knm=w["m_head_knm"], **common),
        en1996_interval.end_interval_kn(e_load_mm=w["e_foot_mm"], moment_knm=w["m_foot_knm"], **common),
        en1996_interval.mid_interval_kn(e_load_mm=w["e_mid_mm"], moment_knm=w["m_mid_knm"], slenderness=h_ef / t, **common),
    ]
    lo, hi = max(float(i.lo) for i in found), min(float(i.hi) for i in found)
    if minimum:
        lam = w["height_mm"] / t
        e = en1996.minimum_eccentricity_mm(effective_height_mm=w["height_mm"], thickness_mm=t, slenderness=lam, phi_inf=w["phi_inf"])
        phi = en1996.mid_factor(e_mm=e, thickness_mm=t, slenderness=lam)
        hi = min(hi, float(en1996.axial_resistance_kn(phi=phi, thickness_mm=t, length_mm=w["length_mm"], fd_mpa=fd)))
    return (lo, hi) if lo <= hi and hi > 0 else (math.inf, -math.inf)


def plain(given, n_max, n_min):
    """Return every unity check by single calls."""
    n_element, n_storey, n_concept = n_max.shape
    out = np.empty((*n_max.shape, given["fk_mpa"].shape[1]))
    for e, k in itertools.product(range(n_element), range(out.shape[3])):
        w = of_one(given, e, k)
        for s, c in itertools.product(range(n_storey), range(n_concept)):
            both = [single_utilisation(w, float(n[e, s, c])) for n in (n_max, n_min)]
            out[e, s, c, k] = math.nan if any(math.isnan(x) for x in both) else max(both)
    return out


def counted(uc):
    """Return the storeys of a table of unity checks, one after another."""
    n_element, n_storey, n_concept, n_sample = uc.shape
    out = np.empty((n_element, n_concept, n_sample), dtype=np.int8)
    for e, c, k in itertools.product(range(n_element), range(n_concept), range(n_sample)):
        out[e, c, k] = next((s for s in range(n_storey) if not uc[e, s, c, k] <= 1.0), n_storey) - 1
    return out


def both_ways(given, n_max, n_min, **how):
    """Return the counts by the strength needed (where it can) and by the interval."""
    walls = bw.masonry_walls(**given)
    ways = [batch.storeys_that_fit(n_max, n_min, bw.wall_offer(walls), **how), bw.storeys_on_walls(walls, n_max, n_min, **how)]
    return [*ways, batch.storeys_that_fit(n_max, n_min, bw.admissible(walls), **how)]


# -- the batch is the loop ------------------------------------------------------


@pytest.mark.parametrize("case", [{"moments": False}, {}, {"sampled": True}, {"odd": True}], ids=str)
def test_intervals_are_those_of_single_calls(case):
    given, *_ = random_case(1, **case)
    found = bw.admissible(bw.masonry_walls(**given))
    single = np.array([[single_interval(of_one(given, e, k)) for k in range(4)] for e in range(20)])
    np.testing.assert_allclose(found.lo, single[..., 0], rtol=1e-12)
    np.testing.assert_allclose(found.hi, single[..., 1], rtol=1e-12)
    assert (found.hi > 0).sum() > 40


def test_intervals_without_the_minimum_eccentricity():
    given, *_ = random_case(2)
    found = bw.admissible(bw.masonry_walls(**given, minimum_eccentricity=False))
    single = np.array([[single_interval(of_one(given, e, k), minimum=False) for k in range(4)] for e in range(20)])
    np.testing.assert_allclose(found.hi, single[..., 1], rtol=1e-12)
    assert (found.hi > bw.admissible(bw.masonry_walls(**given)).hi).any()


@pytest.mark.parametrize("case", [{"moments": False}, {}, {"sampled": True}, {"odd": True}], ids=str)
def test_unity_checks_are_those_of_single_calls(case):
    given, n_max, n_min = random_case(3, **case)
    out = np.empty((*n_max.shape, 4))
    bw.wall_utilisations(bw.masonry_walls(**given), n_max, n_min, out=out)
    expected = plain(given, n_max, n_min)
    np.testing.assert_allclose(out, expected, rtol=1e-12)
    assert np.isfinite(expected).mean() > 0.3
    rough = np.empty(out.shape, dtype=np.float32)
    bw.wall_utilisations(bw.masonry_walls(**given), n_max, n_min, out=rough)
    np.testing.assert_allclose(rough, expected, rtol=1e-6)


def test_moment_that_axial_load_takes_up():
    # t 100, M 1.0, f_k 3.8 / 2.2, h_ef 1950, only the head bent: N^2 - 157.76 N + 172.73 x 20 = 0 -> N_lo 26.27
    walls = bw.masonry_walls(
        fk_mpa=[[3.8]],
        gamma_m=2.2,
        thickness_mm=100.0,
        length_mm=1000.0,
        height_mm=2600.0,
        effective_height_mm=1950.0,
        phi_inf=0.7,
        e_head_mm=0.0,
        e_mid_mm=0.0,
        e_foot_mm=0.0,
        m_head_knm=1.0,
        minimum_eccentricity=False,
    )
    # 172.73 belongs to the full f_d; at 0.1 m2 the factor of a small area is just 1
    assert float(bw.admissible(walls).lo[0, 0]) == pytest.approx(26.27, abs=0.01)
    # 30 / 0.70 and 20 / inf of the published series
    assert bw.storeys_on_walls(walls, [[[30.0]]], [[[30.0]]]).building.tolist() == [[0]]
    assert bw.storeys_on_walls(walls, [[[30.0]]], [[[20.0]]]).building.tolist() == [[-1]]


# -- counting -------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(2))
@pytest.mark.parametrize("case", [{"moments": False}, {}, {"sampled": True}, {"odd": True}, {"odd": True, "sampled": True}], ids=str)
def test_integers_are_those_of_the_plain_check(case, seed):
    given, n_max, n_min = random_case(10 + seed, **case)
    expected = counted(plain(given, n_max, n_min))
    assert len(np.unique(expected)) > 3
    for found in both_ways(given, n_max, n_min):
        np.testing.assert_array_equal(found.element, expected)
        np.testing.assert_array_equal(found.building, expected.min(axis=0))


def test_a_gap_ends_the_count():
    roomy = Interval(np.array([[10.0]]), np.array([[100.0]]))
    forces = np.array([50.0, 60.0, 101.0, 70.0, 80.0]).reshape(1, 5, 1)
    assert batch.storeys_that_fit(forces, forces, roomy).building.tolist() == [[1]]
    assert batch.storeys_that_fit(forces[:, 2:], forces[:, 2:], roomy).building.tolist() == [[-1]]
    # too little load is a gap as well: wind lifts while the storeys press
    assert batch.storeys_that_fit(np.full((1, 3, 1), 50.0), np.array([20.0, 10.0, 9.99]).reshape(1, 3, 1), roomy).building.tolist() == [[1]]


@pytest.mark.parametrize("unknown", [np.nan, np.inf, -np.inf])
def test_what_is_unknown_never_fits(unknown):
    wide = Interval(np.array([[0.0]]), np.array([[np.inf]]))
    forces = np.array([50.0, unknown, 60.0]).reshape(1, 3, 1)
    fine = np.full((1, 3, 1), 50.0)
    assert batch.storeys_that_fit(fine, fine, wide).building.tolist() == [[2]]
    for n_max, n_min in ((forces, fine), (fine, forces), (forces, forces)):
        assert batch.storeys_that_fit(n_max, n_min, wide).building.tolist() == [[0]]
    assert batch.storeys_by_strength(forces, [[np.inf]]).building.tolist() == [[0]]
    if math.isnan(unknown):
        for lo, hi in ((0.0, np.nan), (np.nan, 1e9), (np.nan, np.nan), (np.inf, -np.inf)):
            assert batch.storeys_that_fit(fine, fine, Interval(np.array([[lo]]), np.array([[hi]]))).building.tolist() == [[-1]]


@pytest.mark.parametrize("name", NAMES)
def test_an_unknown_quantity_leaves_the_wall_unknown(name):
    given, n_max, n_min = random_case(20, n_element=2)
    n_max, n_min = np.full_like(n_max, 1e-3), np.full_like(n_min, 1e-3)
    given |= {moment: np.zeros((2, 1)) for moment in MOMENTS}
    assert all(found.building.min() == 4 for found in both_ways(given, n_max, n_min))
    given[name] = given[name].copy()
    given[name][1] = np.nan
    walls = bw.masonry_walls(**given)
    assert np.isnan(bw.admissible(walls).hi[1]).all()
    out = np.empty((*n_max.shape, 4))
    bw.wall_utilisations(walls, n_max, n_min, out=out)
    assert np.isnan(out[1]).all()
    assert not np.isnan(out[0]).any()
    for found in both_ways(given, n_max, n_min):
        assert found.element[0].min() == 4
        assert found.element[1].max() == found.building.max() == -1


def test_strength_that_nobody_can_have_is_unknown():
    needed = np.array([0.0, 2.0, -1.0, np.nan, np.inf]).reshape(1, 5, 1)
    strength = np.array([[4.0, 0.0, -4.0, np.nan]])
    assert batch.storeys_by_strength(needed, strength).building.tolist() == [[1, -1, -1, -1]]
    for dtype in (np.float64, np.float32):
        out = np.zeros((1, 5, 1, 4), dtype=dtype)
        batch.all_utilisations(needed, strength, out=out)
        np.testing.assert_array_equal(out[0, :, 0, 0], [0.0, 0.5, np.nan, np.nan, np.inf])
        assert np.isnan(out[..., 1:]).all()


def test_unknown_creep_counts_without_the_minimum_eccentricity_too():
    given, n_max, n_min = random_case(21)
    given["phi_inf"][:10] = np.nan
    walls = bw.masonry_walls(**given, minimum_eccentricity=False)
    out = np.empty((*n_max.shape, 4))
    bw.wall_utilisations(walls, n_max, n_min, out=out)
    assert np.isnan(bw.admissible(walls).hi[:10]).all()
    assert np.isnan(out[:10]).all()


# -- blocks and threads -----------------------------------------------------------


@pytest.mark.parametrize("case", [{}, {"sampled": True, "odd": True}, {"n_sample": 1, "n_element": 50}], ids=str)
def test_answers_do_not_depend_on_blocks_or_threads(case):
    given, n_max, n_min = random_case(30, **{"n_sample": 23, **case})
    walls = bw.masonry_walls(**given)
    whole = both_ways(given, n_max, n_min)
    table = np.empty((*n_max.shape, walls.fk_mpa.shape[1]))
    bw.wall_utilisations(walls, n_max, n_min, out=table)
    interval = bw.admissible(walls)
    for threads, chunk in ((1, 1), (2, 7), (3, 10), (1, 50), (2, 10**6), (8, 64)):
        for found, expected in zip(both_ways(given, n_max, n_min, threads=threads, chunk=chunk), whole, strict=True):
            np.testing.assert_array_equal(found.element, expected.element)
            np.testing.assert_array_equal(found.building, expected.building)
        again = np.empty_like(table)
        bw.wall_utilisations(walls, n_max, n_min, out=again, threads=threads, chunk=chunk)
        np.testing.assert_array_equal(again, table)
        np.testing.assert_array_equal(bw.admissible(walls, threads=threads, chunk=chunk), interval)


def test_the_building_without_the_elements():
    given, n_max, n_min = random_case(31)
    for whole, short in zip(both_ways(given, n_max, n_min), both_ways(given, n_max, n_min, per_element=False, threads=2), strict=True):
        assert short.element is None
        np.testing.assert_array_equal(short.building, whole.building)


def test_a_fault_in_a_thread_is_not_lost():
    def broken(elements, samples):
        if samples.start:
            raise RuntimeError("no interval")
        return Interval(np.zeros((1, 1)), np.ones((1, 1)))

    with pytest.raises(RuntimeError, match="no interval"):
        batch.storeys_that_fit(np.zeros((1, 1, 1)), np.zeros((1, 1, 1)), batch.Offer((1, 64), broken), threads=2, chunk=8)


# -- never unsafe -------------------------------------------------------------------


def test_never_says_fits_where_the_plain_check_says_over_or_unknown():
    kept = told = 0
    for seed in range(100):
        given, n_max, n_min = random_case(1000 + seed, n_storey=4, n_concept=1, n_sample=1, odd=True, sampled=seed % 2 == 1)
        passes = plain(given, n_max, n_min) <= 1.0
        safe = np.logical_and.accumulate(passes, axis=1).sum(axis=1) - 1
        for found in both_ways(given, n_max, n_min):
            assert np.all(found.element <= safe)
            told += int((found.element >= 0).sum())
        kept += 3 * int((safe >= 0).sum())
    # 2,000 walls, three ways each; nothing lost either
    assert told == kept > 1500


# -- other checks --------------------------------------------------------------------


def test_any_check_that_offers_an_interval():
    rng = np.random.default_rng(5)
    fck, moment = rng.uniform(12, 30, (3, 40)), np.array([[5.0], [20.0], [0.0]])
    wall = {"length_mm": 1000.0, "thickness_mm": 180.0, "l0_mm": 2600.0, "e_0_mm": 5.0, "e_i_mm": 6.5}

    def plain_concrete(elements, samples):
        return en1992.wall_interval_kn(m_ed_knm=moment[elements], fcd_plain_mpa=en1992.fcd_plain_mpa(fck[elements, samples]), **wall)

    concrete = batch.Offer((3, 40), plain_concrete)
    whole = plain_concrete(slice(None), slice(None))
    n_max = np.linspace(200.0, 1800.0, 6)[None, :, None] * np.ones((3, 1, 2)) * [1.0, 1.3]
    found = batch.storeys_that_fit(n_max, 0.6 * n_max, concrete, chunk=16, threads=2).element
    lo, hi = whole.lo[:, None, None, :], whole.hi[:, None, None, :]
    passes = (n_max[..., None] <= hi) & (0.6 * n_max[..., None] >= lo)
    np.testing.assert_array_equal(found, np.logical_and.accumulate(passes, axis=1).sum(axis=1) - 1)
    assert len(np.unique(found)) > 3
    # a second check on the same elements only takes away
    cap = Interval(np.zeros((3, 40)), np.full((3, 40), 600.0))
    both = batch.storeys_that_fit(n_max, 0.6 * n_max, batch.all_of(concrete, batch.offered(cap))).element
    np.testing.assert_array_equal(both, np.minimum(found, batch.storeys_that_fit(n_max, 0.6 * n_max, cap).element))
    assert (both < found).any()


# -- what is refused ------------------------------------------------------------------


def test_shapes_that_do_not_go_together_are_refused():
    given, n_max, n_min = random_case(40)
    walls = bw.masonry_walls(**given)
    with pytest.raises(ValueError, match="e_head_mm has shape"):
        bw.masonry_walls(**{**given, "e_head_mm": np.zeros(19)})
    with pytest.raises(ValueError, match="fk_mpa has shape"):
        bw.masonry_walls(**{**given, "fk_mpa": np.zeros(20)})
    with pytest.raises(ValueError, match="threads=0"):
        bw.storeys_on_walls(walls, n_max, n_min, threads=0)
    with pytest.raises(ValueError, match="chunk=0"):
        bw.wall_utilisations(walls, n_max, n_min, out=np.empty((20, 5, 2, 4)), chunk=0)
    with pytest.raises(ValueError, match="at least one"):
        batch.storeys_by_strength(np.zeros((0, 5, 2)), np.zeros((0, 7)))
    with pytest.raises(ValueError, match="128 states"):
        batch.storeys_by_strength(np.zeros((1, 128, 1)), np.zeros((1, 7)))
    with pytest.raises(ValueError, match="expected 20 elements"):
        batch.storeys_by_strength(np.ones((20, 5, 2)), np.ones((21, 7)))
    with pytest.raises(ValueError, match="expected 1 elements"):
        batch.storeys_that_fit(n_max[:1], n_min[:1], bw.wall_offer(walls))
    with pytest.raises(ValueError, match="needed has shape"):
        batch.all_utilisations(np.ones((20, 1, 2)), walls.fk_mpa, out=np.empty((20, 5, 2, 4)))
    with pytest.raises(ValueError, match="one and the same"):
        batch.all_of(bw.wall_offer(walls), batch.offered(Interval(np.zeros((20, 1)), np.ones((20, 1)))))
    for wrong in (np.empty((20, 5, 2, 3)), np.empty((20, 5, 2, 4), dtype=np.int64), np.empty((20, 4))):
        with pytest.raises(ValueError, match="expected float64 or float32"):
            bw.wall_utilisations(walls, n_max, n_min, out=wrong)


# -- the benchmark ----------------------------------------------------------------------


@pytest.mark.parametrize("case", [*capacity.CASES, "sampled"])
@pytest.mark.parametrize("size", ["tiny", pytest.param("small", marks=pytest.mark.long)])
def test_smallest_benchmark_compares_equal_answers(case, size, monkeypatch):
    # what else lives in a process of all tests takes a collection half a second, and a benchmark asks for forty
    monkeypatch.setattr(capacity.gc, "collect", lambda: 0)
    rows = capacity.measured(size, case, pairs=1, threads=2)
    for name, row in rows.items():
        assert row.get("identical", True), name
        assert row.get("difference", 0.0) <= capacity.P4_DIFFERENCE, name
    peer = capacity.peer_storeys(capacity.block(capacity.SIZES[size], case))
    assert len(np.unique(peer.element)) > 3
