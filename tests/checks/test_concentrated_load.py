"""Columns and beams as concentrated loads on walls: contacts out of the shares, resistance by hand, what is not known."""

import numpy as np
import pytest
import scipy.sparse as sp
from checks_factory import make_elements, make_materials, make_parts, make_take_down
from test_steel_beam import spans

from optopscan.catalog.engineering import load_engineering
from optopscan.checks.alternatives import alternatives_of
from optopscan.checks.bearings import Bearings, bearings, for_rows
from optopscan.checks.defaults import CheckDefaults
from optopscan.checks.resistance import EXTRA, FOOT, part_resistance
from optopscan.checks.trace import trace_part
from optopscan.checks.utilisation import OVER, UNKNOWN, part_effects, utilisation, why_unknown
from optopscan.model.structure import Shares

VERBOUW = load_engineering().factor_set("nen8700", "verbouw", "CC2")


def contact(end=0.6, *, part=0, support=1, share=1.0, along=False, interior=False, t=0.214, length=1.2):
    return Bearings(
        part=np.array([part]),
        support=np.array([support]),
        share=np.array([share]),
        end_m=np.array([end]),
        thickness_m=np.array([t]),
        length_m=np.array([length]),
        height_m=np.array([2.8]),
        along=np.array([along]),
        interior=np.array([interior]),
    )


def given(kind="column", *, group="calcium-silicate", strength=12.0, t=0.214, length=1.2, where=None, **kw):
    """A HEA180 column or beam (row 0) on a pier (row 1)."""
    deep = 3.2 if kind == "column" else 0.171
    return {
        "parts": make_parts(
            2,
            kind=(kind, "pier"),
            thickness_m=np.array([0.171 if kind == "column" else 0.18, t]),
            length_m=np.array([0.18 if kind == "column" else 1.0, length]),
            z1_m=np.array([deep, 2.8]),
        ),
        "elements": make_elements(2, type_name=("HEA180", ""), section_m=np.array([[0.171, 0.18], [np.nan, np.nan]])),
        "materials": make_materials(2, group=("steel", group), strength=[235.0, strength]),
        "factors": VERBOUW,
        "spans": spans(2),
        "bearings": contact(**{"t": t, "length": length, **(where or {})}),
        **kw,
    }


def limit(kind="column", **kw):
    return float(part_resistance(**given(kind, **kw)).n_hi_kn[0, FOOT])


def test_steel_column_on_calcium_silicate_by_hand():
    # A_b 180 * 171 = 30780; a_1 = 600 - 90 = 510; spread to 1200: A_ef 256800, ratio 0.12
    # beta = (1 + 0.3 * 510 / 2800) (1.5 - 1.1 * 0.12) = 1.443, at most 1.25 + 510 / 5600 = 1.341; f_d 2.051 -> 84.7 kN
    got = part_resistance(**given())
    assert got.n_hi_kn[0, FOOT] == pytest.approx(84.7, rel=3e-3)
    assert got.clauses[0][FOOT] == "NEN-EN 1996-1-1 6.1.3"
    assert got.n_hi_kn[0, EXTRA] == pytest.approx(735.0, rel=2e-3)  # its own buckling stays
    assert got.governing_section(0) == FOOT
    assert np.isinf(got.n_best_kn[0, FOOT])
    assert not got.applies[1, FOOT] or got.n_hi_kn[1, FOOT] > 0  # the wall keeps its own checks


def test_on_plain_concrete_by_hand():
    # t 180: A_c0 = 180 * 171; along min(3 * 180, 180 + 2 * 510) = 540, across 171 + 2 * 4.5 = 180; A_c1 97200; f_cd,pl 6.933
    # sqrt(30780 * 97200) = 54697 mm2, below 3 A_c0 -> 379.2 kN
    got = part_resistance(**given(group="concrete", strength=13.0, t=0.18))
    assert got.n_hi_kn[0, FOOT] == pytest.approx(379.2, rel=3e-3)
    assert got.clauses[0][FOOT] == "NEN-EN 1992-1-1 6.7"


def test_steel_beam_bears_ninety_millimetres():
    # across the wall: 180 along, 90 across: A_b 16200; a_1 510; A_ef 256800, ratio 0.063: beta limited to 1.25 + 510 / 5600 = 1.341
    # N_Rdc = 1.341 * 16200 * 2.051 / 1000 = 44.6 kN over an inner support = q L -> 11.15 kN/m over 4 m
    assert limit("beam", where={"interior": True}) == pytest.approx(11.15, rel=4e-3)
    # an end bears at the face, 62 mm beside the axis and more than t / 4 = 53.5: no factor; 33.2 kN = q L / 2 -> 16.6 kN/m
    assert limit("beam") == pytest.approx(16.6, rel=4e-3)
    # units of group 2: beta 1.0, and K 0.5 in the place of 0.6
    assert limit("beam", defaults=CheckDefaults(unit_group=2)) == pytest.approx(16.6 * 0.5 / 0.6, rel=4e-3)


def test_facts_move_the_limit_the_right_way():
    base = limit()
    assert limit(strength=16.0) > base
    assert limit(where={"end": 0.2}) < base
    assert limit(where={"share": 0.5}) == pytest.approx(2.0 * base)
    assert limit(t=0.1) < base
    assert limit(defaults=CheckDefaults(category="I")) == pytest.approx(base * 2.2 / 1.7)


def test_without_contacts_or_strength_there_is_no_such_check():
    assert not part_resistance(**given(bearings=None)).applies[0, FOOT]
    assert not part_resistance(**given(strength=np.nan)).applies[0, FOOT]
    unknown = given()
    unknown["elements"] = make_elements(2)
    got = part_resistance(**unknown)
    assert not got.known[0]
    assert not got.applies[0, FOOT]  # a column without a section stays unknown as it was


def test_too_small_a_bearing_is_unknown_and_never_over():
    asked = given()
    resistance = part_resistance(**asked)
    take = make_take_down([150.0, 200.0], [[10.0], [10.0]], np.zeros((2, 1)))
    result = utilisation({"simple": part_effects(take, factors=VERBOUW, psi0=[0.4])}, resistance, bearing_known=np.ones(2, bool))
    assert result.outcome[0] == UNKNOWN
    assert result.outcome[0] != OVER
    assert "larger bearing" in why_unknown(result, resistance, asked["parts"], 0)


def test_traced_with_the_strength_of_what_is_below():
    asked = given()
    steps = trace_part(0, **asked)
    last = steps[-1]
    assert last.function in ("en1996_local.concentrated_resistance_kn", "en1992_slab.concentrated_resistance_kn")
    local = [s for s in steps if s.function.startswith("en1996_local")]
    assert local[-1].result == pytest.approx(part_resistance(**asked).n_hi_kn[0, FOOT])
    assert all(all(step.sources.values()) for step in steps), [(s.function, s.sources) for s in steps if not all(s.sources.values())]


def test_alternatives_see_the_wall_below():
    asked = given(defaults=CheckDefaults())
    take = make_take_down([40.0, 60.0], [[10.0], [10.0]], np.zeros((2, 1)))
    effects = {"simple": part_effects(take, factors=VERBOUW, psi0=[0.4])}
    found = alternatives_of(asked, effects, [0])
    category = next(row for row in found if row.what.startswith("categorie"))
    assert category.uc.shape == (1,)
    assert category.uc_other[0] == pytest.approx(category.uc[0] * 1.7 / 2.2)


def shares_of(n, entries):
    table = np.zeros((n, n + 2))
    for row, column, share in entries:
        table[row, column] = share
    none, zero = sp.csr_array(np.zeros((0, n + 2))), sp.csr_array(np.zeros((n, n + 2)))
    return Shares(parts=sp.csr_array(table), cells=none, heads=none, loose=none, arms={"parts": (zero, zero)})


def structure():
    """A beam of three points along y on two piers along x, and a column on the first pier."""
    n = 6
    parts = make_parts(
        n,
        kind=("beam", "beam", "beam", "column", "pier", "pier"),
        element=np.array([0, 0, 0, 1, 2, 3]),
        x_m=np.array([0.5, 0.5, 0.5, 0.2, 0.5, 0.5]),
        y_m=np.array([0.0, 2.0, 4.0, 0.0, 0.0, 4.0]),
        y0_m=np.array([0.0, 2.0, 4.0, 0.0, 0.0, 4.0]),
        y1_m=np.array([0.0, 2.0, 4.0, 0.0, 0.0, 4.0]),
    )
    entries = [(0, 4, 1.0), (1, 4, 0.5), (1, 5, 0.5), (2, 5, 1.0), (3, 4, 1.0)]
    return parts, shares_of(n, entries)


def test_contacts_of_a_beam_and_a_column():
    parts, shares = structure()
    found = bearings(parts, shares)
    pairs = sorted(zip(found.part.tolist(), found.support.tolist(), strict=True))
    assert pairs == [(0, 4), (2, 5), (3, 4)]
    assert found.end_m == pytest.approx([0.5] * 3)
    assert not found.along.any()
    assert not found.interior.any()
    assert found.thickness_m == pytest.approx([0.12] * 3)


def test_a_beam_along_its_wall_is_no_concentrated_load():
    n = 3
    parts = make_parts(n, kind=("beam", "beam", "pier"), element=np.array([0, 0, 1]), x_m=np.array([0.0, 1.0, 0.5]))
    assert len(bearings(parts, shares_of(n, [(0, 2, 1.0), (1, 2, 1.0)]))) == 0


def test_contacts_for_some_rows():
    parts, shares = structure()
    found = bearings(parts, shares)
    some, rows = for_rows(found, parts, np.array([1]))  # a middle piece: the contacts of its beam
    assert rows.tolist() == [1, 4, 5]
    assert some.part.tolist() == [0, 0]
    assert sorted(some.support.tolist()) == [1, 2]
    none, rows = for_rows(found, parts, np.array([5]))
    assert len(none) == 0
    assert rows.tolist() == [5]


def test_end_of_a_beam_near_the_axis_is_enhanced():
    # 90 mm at the face of 170 mm: 40 mm beside the axis, limit 42.5; beta 1.341 as above
    f_d = float(part_resistance(**given("beam", t=0.17)).terms["fd_mpa"][1])
    assert limit("beam", t=0.17) == pytest.approx(1.341 * 16.2 * f_d / 2.0, rel=4e-3)
