"""Capacity rows: one module on two walls by hand, states of parts, and what never reaches a solver."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest
import scipy.sparse as sp
import shapely

from optopscan.model.structure import DISTRIBUTIONS
from optopscan.placement.candidates import find_candidates
from optopscan.placement.effects import Standing, effects, removed_foot_kn
from optopscan.placement.loads import stack_loads
from optopscan.placement.roof import covered_cells, usable_roofs
from optopscan.placement.rows import _rows, capacity_rows

from .factory import FactorSet, UnitType, concept, cross_walls, quantity, site

ONE = (UnitType(code="1m", modules=1, gbo_m2=40.0, gfa_m2=54.0, rooms=2, persons=1),)
# width 5.4 = bay: stands on two walls, nothing in between
DIRECT = concept(width_m=5.4, width_options_m=(), transfer_span_max_m=0.0, unit_types=ONE, length_lo_m=10.0, length_hi_m=10.0)


def standing_of(test_site, product, storeys):
    """Return the candidates as high as they get, and what they bring."""
    candidates = find_candidates(test_site.structure, (usable_roofs(test_site.structure),) * storeys, product)
    high = candidates.take(np.flatnonzero(candidates.height == storeys))
    loads = stack_loads(product, high.width_m, high.length_m, high.n_module, imposed_kn_m2=2.5)
    return high, Standing(share=high.share, loads=loads)


def rows_of(test_site, product, storeys, mode="proven", **kwargs):
    candidates, standing = standing_of(test_site, product, storeys)
    take_downs, capacities, factors = test_site.take_downs, test_site.capacities, test_site.factors
    return candidates, capacity_rows(test_site.structure, take_downs, capacities, factors, standing, mode=mode, **kwargs)


def test_module_weight_counts_roof_and_transfer_layer_once():
    # 54 m2 x (n x (2.0 + 0.5 x 30.8 / 54) + 0.5 + 0.5)
    product = dataclasses.replace(DIRECT, g_wall_kn_m=quantity(0.5))
    loads = stack_loads(product, np.array([5.4]), np.array([[10.0, 10.0]]), np.array([1]), imposed_kn_m2=2.5)
    # the roof lies on what is the top at that time, the transfer layer under the lowest storey
    assert loads.permanent_kn[0].ravel() == pytest.approx([123.4 + 27 + 27, 0.0, 123.4 + 27, 123.4 + 27])
    assert loads.imposed_kn[0] == pytest.approx([135.0, 135.0])


def test_roof_that_a_shorter_storey_leaves_open_is_weighed():
    # 5.4 x 10 with 5.4 x 8 on it: 10.8 m2 of terrace, 43.2 m2 of top roof
    loads = stack_loads(DIRECT, np.array([5.4]), np.array([[10.0, 8.0]]), np.array([1]), imposed_kn_m2=2.5, imposed_terrace_kn_m2=2.0)
    assert loads.permanent_kn[0, 1] == pytest.approx([108.0 + 5.4 + 27.0, 86.4 + 21.6])
    assert loads.imposed_kn[0] == pytest.approx([135.0 + 21.6, 108.0])


def test_rows_of_one_part_by_hand():
    """Two storeys on a wall part of 2 m, two floors below of 10 kN imposed each, psi0 0.4, factors 1.30 1.15 1.30."""
    test_site = site(cross_walls([0, 5.4], 10, n_hi_kn_m={0: 150.0, 1: 150.0}), shapely.box(0, 0, 5.4, 10), storeys=3)
    candidates, found = rows_of(test_site, DIRECT, 2)
    assert len(candidates) == 1
    # per part of 2 m: a tenth of the module: G = 54 (2 x 2.0 + 1.0) / 10 = 27.0, Q per storey 54 x 2.5 / 10 = 13.5
    # lowest part, own weight at mid-height: G0 = 3 x 20 floors + 2 x 20 + 10 = 110, two floors of Q0 = 10 (roof 0)
    # N_hi = 300: 6.10a 300 - 1.30 x 110 - 1.30 x 0.4 x 20 = 146.6
    # 6.10b, t = 0: 300 - 126.5 - 1.30 (8 + 12) = 147.5 ; t = 1: 300 - 126.5 - 1.30 (8 + 6) = 155.3 ; t = 2: 300 - 126.5 - 10.4 = 163.1
    g, q = 27.0, 13.5
    expected = {
        "6.10a+2": (1.30 * g + 1.30 * 0.4 * 2 * q, 146.6),
        "6.10b+2 (geen nieuwe laag vol)": (1.15 * g + 1.30 * 0.8 * q, 147.5),
        "6.10b+2 (laag 1 vol)": (1.15 * g + 1.30 * (0.8 + 0.6) * q, 155.3),
        "6.10b+2 (laag 1 en 2 vol)": (1.15 * g + 1.30 * 2 * q, 163.1),
        "min+2": (-0.9 * g, 0.9 * 110.0),
    }
    lowest = int(np.flatnonzero(test_site.structure.parts.storey == 0)[0])
    take_down = test_site.take_downs["simple"]
    effect = effects(test_site.structure, take_down, standing_of(test_site, DIRECT, 2)[1], apart=True)
    piece = _rows(take_down, test_site.capacities["simple"], FactorSet(), effect, np.ones(len(test_site.structure.parts), dtype=bool))
    matrix = piece.matrix.toarray()
    at = {name: row for row, (name, part) in enumerate(zip(piece.names, piece.part, strict=True)) if part == lowest}
    for name, (coefficient, room) in expected.items():
        assert matrix[at[name], 0] == pytest.approx(coefficient), name
        assert piece.rhs[at[name]] == pytest.approx(room, abs=300 * 2e-6), name
    # the module fits (84.5 < 146.6), so no row is left for the solver
    assert found.rhs.size == 0


def test_part_over_or_without_room_blocks_in_both_modes():
    for change in ({"over": {1: True}}, {"n_hi_kn_m": {1: 20.0}}):
        test_site = site(cross_walls([0, 5.4, 10.8], 10, **change), shapely.box(0, 0, 10.8, 10))
        for mode in ("proven", "possible"):
            _, found = rows_of(test_site, DIRECT, 1, mode)
            assert found.over.tolist() == [True, True]
            assert found.blocked.all()


def test_unknown_part_blocks_only_when_proof_is_asked():
    for change in ({"n_hi_kn_m": {0: np.nan}}, {"bearing_known": {0: False}}, {"n_lo_kn": {0: np.nan}}):
        test_site = site(cross_walls([0, 5.4, 10.8], 10, **change), shapely.box(0, 0, 10.8, 10))
        _, proven = rows_of(test_site, DIRECT, 1, "proven")
        _, possible = rows_of(test_site, DIRECT, 1, "possible")
        assert proven.blocked.tolist() == [True, False]
        assert possible.blocked.tolist() == [False, False]
        assert possible.unknown.tolist() == [True, False]


def test_infinite_resistance_is_no_row_and_no_nan():
    test_site = site(
        cross_walls([0, 5.4], 10, n_hi_kn_m={0: np.inf, 1: np.inf}, n_lo_kn={0: -np.inf, 1: -np.inf}), shapely.box(0, 0, 5.4, 10)
    )
    assert rows_of(test_site, DIRECT, 1)[1].rhs.size == 0


def test_nan_influence_never_reaches_the_solver():
    test_site = site(cross_walls([0, 5.4], 10), shapely.box(0, 0, 5.4, 10))
    influence = test_site.take_downs["simple"].influence_foot.copy()
    influence[0, 0] = np.nan
    spoiled = dataclasses.replace(test_site.take_downs["simple"], influence_foot=influence)
    spoiled_site = dataclasses.replace(test_site, take_downs=dict.fromkeys(DISTRIBUTIONS, spoiled))
    with pytest.raises(ValueError, match="nan"):
        rows_of(spoiled_site, DIRECT, 1)


def test_nan_existing_load_never_reaches_the_solver():
    test_site = site(cross_walls([0, 5.4], 10), shapely.box(0, 0, 5.4, 10))
    permanent = np.full(len(test_site.structure.parts), np.nan)
    spoiled = dataclasses.replace(test_site.take_downs["simple"], permanent_foot_kn=permanent)
    spoiled_site = dataclasses.replace(test_site, take_downs=dict.fromkeys(DISTRIBUTIONS, spoiled))
    with pytest.raises(ValueError, match="nan"):
        rows_of(spoiled_site, DIRECT, 1)


def test_removed_finish_comes_off_every_part_below():
    # one cell of 4 m2 with 0.9 kN/m2: 3.6 kN off its part and off the part below, nowhere else
    test_site = site(cross_walls([0, 5.4], 10), shapely.box(0, 0, 5.4, 10), storeys=2)
    removed = np.zeros(len(test_site.structure.cells))
    removed[0] = 3.6
    foot = removed_foot_kn(test_site.structure, "simple", removed)
    assert sorted(foot[foot != 0]) == pytest.approx([3.6, 3.6])
    loads = covered_cells(test_site.structure.cells, [shapely.box(0, 0, 5.4, 10)]) * 0.9
    total = removed_foot_kn(test_site.structure, "simple", sp.csr_array(loads))
    assert total[test_site.structure.parts.on_ground].sum() == pytest.approx(54 * 0.9)


def test_relief_counts_with_the_favourable_factor():
    # spread -0.5: a part gets 1.5 of what stands above it and its neighbour -0.5: the row of the neighbour sees both
    test_site = site(cross_walls([0, 5.4], 10, n_hi_kn_m={0: 60.0, 1: 60.0}), shapely.box(0, 0, 5.4, 10), spread=-0.5, storeys=2)
    effect = effects(test_site.structure, test_site.take_downs["simple"], standing_of(test_site, DIRECT, 1)[1])
    second = int(np.flatnonzero(test_site.structure.parts.storey == 0)[1])
    # a tenth of the module stands on each of the five top parts of a wall
    assert effect.press[0][second, 0] == pytest.approx(0.15 * 162)
    assert effect.lift[0][second, 0] == pytest.approx(0.05 * 162)
    piece = _rows(
        test_site.take_downs["simple"],
        test_site.capacities["simple"],
        FactorSet(),
        effect,
        np.ones(len(test_site.structure.parts), dtype=bool),
    )
    row = next(k for k, (name, part) in enumerate(zip(piece.names, piece.part, strict=True)) if name == "6.10a+1" and part == second)
    # G = 54 x 3.0 = 162, Q = 135; variable relief is not counted
    assert piece.matrix.toarray()[row, 0] == pytest.approx(1.30 * 0.15 * 162 - 0.9 * 0.05 * 162 + 1.30 * 0.4 * 0.15 * 135)


def test_walkway_takes_room_whatever_is_chosen():
    """One module and a walkway of 10 m on the same two walls: the room of a part shrinks by what its piece brings."""
    test_site = site(cross_walls([0, 5.4], 10, n_hi_kn_m={0: 70.0, 1: 70.0}), shapely.box(0, 0, 5.4, 10))
    candidates, standing = standing_of(test_site, DIRECT, 1)
    assert not rows_of(test_site, DIRECT, 1)[1].rhs.size
    # the same module again as what always stands there: two modules of 15.0 over the bare 46.75 + 18.27 do not fit in 70
    _, crowded = rows_of(test_site, DIRECT, 1, fixed=standing)
    assert len(candidates) == 1
    assert crowded.rhs.size
    assert (crowded.matrix.toarray()[:, 0] > crowded.rhs).all()
    take_down, known = test_site.take_downs["simple"], np.ones(len(test_site.structure.parts), dtype=bool)
    alone = _rows(
        take_down, test_site.capacities["simple"], FactorSet(), effects(test_site.structure, take_down, standing, apart=True), known
    )
    with_walkway = effects(test_site.structure, take_down, standing, standing, apart=True)
    both = _rows(take_down, test_site.capacities["simple"], FactorSet(), with_walkway, known)
    assert both.rhs == pytest.approx(alone.rhs - alone.matrix.toarray()[:, 0])


def test_a_storey_that_steps_back_leaves_a_part_with_less_than_it_had():
    """Two storeys of 10 and 6 m on walls in parts of 2 m: the last part has half a roof only while one storey stands."""
    test_site = site(cross_walls([0, 5.4], 10), shapely.box(0, 0, 5.4, 10))
    high, standing = standing_of(test_site, dataclasses.replace(DIRECT, g_roof_kn_m2=quantity(5.0)), 2)
    bare = standing.share[1].toarray()
    bare[np.isin(test_site.structure.heads.part, [3, 4, 8, 9])] = 0.0
    upper = sp.csc_array(bare / bare.sum(axis=0))
    product = dataclasses.replace(DIRECT, g_roof_kn_m2=quantity(5.0))
    loads = stack_loads(product, high.width_m, np.array([[10.0, 6.0]]), high.n_module, imposed_kn_m2=2.5)
    stepped = Standing(share=(standing.share[0], upper), loads=loads)
    take_down, known = test_site.take_downs["simple"], np.ones(len(test_site.structure.parts), dtype=bool)
    piece = _rows(
        take_down, test_site.capacities["simple"], FactorSet(), effects(test_site.structure, take_down, stepped, apart=True), known
    )
    of_last = {name: piece.matrix.toarray()[k, 0] for k, name in enumerate(piece.names) if piece.part[k] == 4}
    # a tenth of 54 x (2.0 + 5.0 + 0.5) = 405 with one storey; of 54 x 2.5 + 21.6 x 5.0 = 243 with two; imposed 54 x 2.5 = 135
    assert of_last["6.10a+1"] == pytest.approx(1.30 * 40.5 + 1.30 * 0.4 * 13.5)
    assert of_last["6.10a+2"] == pytest.approx(1.30 * 24.3 + 1.30 * 0.4 * 13.5)


def test_the_stripped_roof_is_a_state_of_its_own():
    """Finish of 54 m2 x 0.9 goes before any module stands: it may not leave a part with less than it needs."""
    test_site = site(cross_walls([0, 5.4], 10, n_lo_kn={0: 30.0}), shapely.box(0, 0, 5.4, 10), storeys=2)
    high, standing = standing_of(test_site, DIRECT, 1)
    stripped = dataclasses.replace(standing, removed_cell_kn=covered_cells(test_site.structure.cells, high.polygons) * 0.9)
    take_down, known = test_site.take_downs["simple"], np.ones(len(test_site.structure.parts), dtype=bool)
    piece = _rows(
        take_down, test_site.capacities["simple"], FactorSet(), effects(test_site.structure, take_down, stripped, apart=True), known
    )
    row = next(k for k, (name, part) in enumerate(zip(piece.names, piece.part, strict=True)) if name == "min+0" and part == 0)
    # one roof cell of 4 m2 on the first top part; it has 20 of floor and half of 20 of its own
    assert piece.matrix.toarray()[row, 0] == pytest.approx(0.9 * 3.6)
    assert piece.rhs[row] == pytest.approx(0.9 * 30.0 - 30.0, abs=1e-4)


def test_imposed_load_that_lifts_counts_in_the_minimum():
    # as above: the neighbour is lifted by 0.05 of the module; G = 162, Q = 135
    test_site = site(cross_walls([0, 5.4], 10), shapely.box(0, 0, 5.4, 10), spread=-0.5, storeys=2)
    take_down, known = test_site.take_downs["simple"], np.ones(len(test_site.structure.parts), dtype=bool)
    effect = effects(test_site.structure, take_down, standing_of(test_site, DIRECT, 1)[1], apart=True)
    piece = _rows(take_down, test_site.capacities["simple"], FactorSet(), effect, known)
    second = int(np.flatnonzero(test_site.structure.parts.storey == 0)[1])
    row = next(k for k, (name, part) in enumerate(zip(piece.names, piece.part, strict=True)) if name == "min+1" and part == second)
    assert piece.matrix.toarray()[row, 0] == pytest.approx(1.30 * 0.05 * 162 - 0.9 * 0.15 * 162 + 1.30 * 0.05 * 135)


@pytest.mark.parametrize("fixed", [False, True])
def test_walls_on_each_other_share_a_row_that_allows_exactly_the_same(fixed):
    """Random sums of candidates: the rows of groups hold where those of every part hold, and only there."""
    n_hi = {0: 190.0, 1: 160.0, 2: 175.0}
    test_site = site(cross_walls([0, 5.4, 10.8], 10, n_hi_kn_m=n_hi), shapely.box(0, 0, 10.8, 10), storeys=3)
    candidates, standing = standing_of(test_site, dataclasses.replace(DIRECT, length_lo_m=4.0), 2)
    args = (test_site.structure, test_site.take_downs, test_site.capacities, test_site.factors, standing)
    always = None
    if fixed:
        loads = stack_loads(DIRECT, np.array([5.4]), np.array([[4.0, 4.0]]), np.array([1]), imposed_kn_m2=2.5)
        always = Standing(share=tuple(share[:, [0]] for share in standing.share), loads=loads)
    few, all_parts = (capacity_rows(*args, mode="possible", fixed=always, every=every) for every in (False, True))
    assert 0 < few.matrix.shape[0] < 0.5 * all_parts.matrix.shape[0]
    rng, agree = np.random.default_rng(5), {True: 0, False: 0}
    for _ in range(400):
        x = rng.random(len(candidates)) * rng.random() * 20.0 / len(candidates)
        grouped, apart = (bool((rows.matrix @ x <= rows.rhs).all()) for rows in (few, all_parts))
        assert grouped == apart
        agree[apart] += 1
    assert min(agree.values()) > 20
