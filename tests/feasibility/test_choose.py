"""Which variants are put forward and the sentence that says why."""

import math

import numpy as np
from scheme_factory import scheme

from optopscan.feasibility.carbon import Carbon
from optopscan.feasibility.choose import choose, why_none
from optopscan.feasibility.cost import Cost
from optopscan.feasibility.pareto import front
from optopscan.feasibility.rules import Finding
from optopscan.feasibility.worth import OBJECTIVES, Worth, objective_values

NAN = math.nan


def worth(cost_hi=NAN, stored=NAN, findings=(), **changed):
    cost = None if math.isnan(cost_hi) else Cost(lo_eur=cost_hi / 2, hi_eur=cost_hi, lines=(), why=())
    carbon = None
    if not math.isnan(stored):
        carbon = Carbon(
            emitted_kg=NAN, emitted_lo_kg=NAN, emitted_hi_kg=NAN, stored_kg=stored, stored_lo_kg=stored, stored_hi_kg=stored, why=()
        )
    return Worth(scheme=scheme(**changed), cost=cost, carbon=carbon, findings=tuple(findings))


def stop():
    return Finding(code="planning-height", effect="stop", text="", article="", confidence="expert", triggered_by="")


SMALL = worth(id="a", dwellings=12, gfa_m2=700.0, max_uc=0.71, outcome="unknown", unknown=("foundation",), cost_hi=1.9e6)
LARGE = worth(id="b", dwellings=24, gfa_m2=1400.0, max_uc=0.93, outcome="unknown", unknown=("foundation",), storeys=2, cost_hi=3.8e6)
BETWEEN = worth(
    id="c", dwellings=18, gfa_m2=1000.0, max_uc=0.80, outcome="unknown", access="portiek", concept="fictief.clt-3d", cost_hi=2.9e6
)


def test_sentences():
    made = {choice.id: choice for choice in choose([SMALL, BETWEEN, LARGE])}
    assert next(iter(made)) == "b"
    assert made["b"].nl == "meeste woningen: 24, bij UC 0,93; rust op onbekende fundering"
    assert made["b"].en == "most dwellings: 24, at UC 0.93; rests on an unknown foundation"
    assert made["a"].nl == "laagste UC: 0,71, 12 woningen; rust op onbekende fundering"
    assert made["c"].nl == "ander plan: fictief.clt-3d, portiek, +1, 18 woningen, bij UC 0,80; niet aangetoond"


def test_proven_goes_first_and_over_and_stopped_never():
    proven = worth(id="d", dwellings=6, outcome="ok", max_uc=0.6)
    over = worth(id="e", dwellings=40, outcome="over", max_uc=1.4)
    high = worth(id="f", dwellings=50, outcome="ok", max_uc=0.5, findings=[stop()])
    made = choose([SMALL, LARGE, over, proven, high])
    assert made[0].id == "d"
    assert made[0].nl == "laagste UC: 0,60, 6 woningen"
    assert {choice.id for choice in made} == {"a", "b", "d"}
    empty = worth(id="g", dwellings=0, gfa_m2=0.0, max_uc=NAN, outcome="unknown", cost_hi=0.0)
    assert choose([over, high, empty]) == ()
    assert choose([]) == ()
    assert why_none([over, high, empty, SMALL]) == ("", "")
    assert why_none([over, high, empty]) == (
        "geen variant om voor te stellen: 1 zonder modules; 1 voldoet niet; 1 verboden door planning-height",
        "no variant to put forward: 1 without modules; 1 over; 1 stopped by planning-height",
    )
    assert why_none([])[1] == "no variant to put forward: nothing tried"


def test_claims_are_told_once_and_money_and_carbon_have_words():
    cheap = worth(id="a", dwellings=12, max_uc=0.9, cost_hi=1.234e6, stored=10e3)
    green = worth(id="b", dwellings=12, max_uc=0.9, cost_hi=2.0e6, stored=68.04e3, concept="fictief.clt-3d")
    most = worth(id="c", dwellings=13, max_uc=NAN, cost_hi=3.0e6, stored=20e3, storeys=2)
    made = {choice.id: choice for choice in choose([cheap, green, most])}
    assert made["c"].nl == "meeste woningen: 13, UC niet bekend"
    # cheap and green both have the lowest UC: the first of them claims it, the other what it alone is best in
    assert {made["a"].nl, made["b"].nl} in (
        {"laagste UC: 0,90, 12 woningen", "meeste CO2-opslag: 68 t, 12 woningen, bij UC 0,90"},
        {"laagste bovengrens van de kosten: 1,23 M EUR, 12 woningen, bij UC 0,90", "laagste UC: 0,90, 12 woningen"},
    )


def test_at_most_four_of_the_front_far_apart_in_any_order():
    rng = np.random.default_rng(3)
    many = [
        worth(
            id=f"v{k:03d}",
            dwellings=int(rng.integers(4, 30)),
            gfa_m2=float(rng.integers(200, 1500)),
            max_uc=float(rng.uniform(0.4, 1.0)),
            outcome="unknown",
            storeys=int(rng.integers(1, 4)),
            concept=f"fictief.{'abc'[rng.integers(0, 3)]}",
            cost_hi=float(rng.uniform(1e6, 4e6)),
        )
        for k in range(120)
    ]
    made = choose(many)
    assert len(made) == 4
    assert choose([many[k] for k in rng.permutation(120)]) == made
    kept = front(objective_values(many), [objective.direction for objective in OBJECTIVES])
    assert {choice.id for choice in made} <= {w.scheme.id for w, on in zip(many, kept, strict=True) if on}
    kinds = {(w.scheme.concept, w.scheme.storeys) for w in many if w.scheme.id in {choice.id for choice in made}}
    assert len(kinds) >= 3


def test_copies_are_put_forward_once():
    twin = worth(id="z", dwellings=24, gfa_m2=1400.0, max_uc=0.93, outcome="unknown", unknown=("foundation",), storeys=2, cost_hi=3.8e6)
    assert [choice.id for choice in choose([LARGE, twin])] == ["b"]


def test_a_subject_without_words_of_its_own_is_printed():
    (one,) = choose([worth(id="a", outcome="unknown", unknown=("foundation", "iets nieuws"))])
    assert one.nl == "beste op elk punt dat bekend is, 10 woningen, bij UC 0,90; rust op onbekende fundering en iets nieuws"
