"""Cost and carbon by hand; what is not stated makes the whole unknown and says why."""

import math

import pytest
from scheme_factory import scheme

from optopscan.catalog.engineering import load_engineering, load_new_roof
from optopscan.catalog.load import load_concepts
from optopscan.feasibility.carbon import carbon_of
from optopscan.feasibility.cost import cost_of

PRICES = load_engineering().costs
CONCEPTS = {concept.id: concept for concept in load_concepts()}
CONCRETE = CONCEPTS["fictief.betonvloer"]


def test_product_alone():
    """648 m2 at 1,700 to 2,800 EUR/m2: 1,101,600 to 1,814,400 EUR."""
    cost = cost_of(scheme(), CONCEPTS, PRICES)
    assert (cost.lo_eur, cost.hi_eur) == (648 * 1700.0, 648 * 2800.0) == (1_101_600.0, 1_814_400.0)
    assert cost.why == ()


def test_works_and_roof():
    """Gallery 60 m2 x 600..1400 = 36..84 k, lift 100..180 k, five parts 10..40 k, sedum 648 m2 x 60..150 = 38.88..97.2 k."""
    made = scheme(works={"gallery": 60.0, "lift": 1.0, "strengthen-part": 5.0, "stair": 0.0})
    cost = cost_of(made, CONCEPTS, PRICES, load_new_roof("green"))
    assert cost.lo_eur == pytest.approx(1_101_600 + 36_000 + 100_000 + 10_000 + 38_880)
    assert cost.hi_eur == pytest.approx(1_814_400 + 84_000 + 180_000 + 40_000 + 97_200)
    assert [line.unit for line in cost.lines] == ["m2", "m2", "piece", "m2", "piece"]
    assert all(line.source and line.confidence for line in cost.lines)


def test_one_unknown_price_or_amount_makes_the_whole_unknown():
    product = cost_of(scheme(concept=CONCRETE.id, works={"lift": 1.0}), CONCEPTS, PRICES)
    assert math.isnan(product.lo_eur)
    assert math.isnan(product.hi_eur)
    assert product.why == (f"{CONCRETE.name}: prijs niet bekend (geen opgave gevonden voor een module met betonvloer)",)
    amount = cost_of(scheme(works={"strengthen-pile": math.nan}), CONCEPTS, PRICES, lang="en")
    assert math.isnan(amount.hi_eur)
    assert amount.why == ("add one pile from inside: amount not known",)


def test_price_that_is_not_there_and_negative_amount():
    with pytest.raises(ValueError, match="no price for 'lfit'"):
        cost_of(scheme(works={"lfit": 1.0}), CONCEPTS, PRICES)
    with pytest.raises(ValueError, match="zero or more"):
        cost_of(scheme(works={"lift": -1.0}), CONCEPTS, PRICES)


def test_carbon():
    """648 m2 at 150 (100..200) emitted and 105 (60..150) stored: 97,200 and 68,040 kg; the bare roof adds nothing."""
    for roof in (None, load_new_roof("bare")):
        found = carbon_of(scheme(), CONCEPTS, roof)
        assert (found.emitted_kg, found.emitted_lo_kg, found.emitted_hi_kg) == (97_200.0, 64_800.0, 129_600.0)
        assert (found.stored_kg, found.stored_lo_kg, found.stored_hi_kg) == (68_040.0, 38_880.0, 97_200.0)
        assert found.why == ()


def test_carbon_that_nobody_stated():
    roof = carbon_of(scheme(), CONCEPTS, load_new_roof("pv"))
    assert math.isnan(roof.emitted_hi_kg)
    assert math.isnan(roof.stored_kg)
    assert roof.why == (
        "uitstoot: zonnepanelen, aan het dak bevestigd (niet opgegeven)",
        "opslag: zonnepanelen, aan het dak bevestigd (niet opgegeven)",
    )
    product = carbon_of(scheme(concept=CONCRETE.id), CONCEPTS)
    assert math.isnan(product.emitted_kg)
    assert len(product.why) == 2


def test_wings_of_different_products():
    """400 m2 of HSB at 1,700 EUR plus 248 m2 of CLT at its own lower price; one wing without a figure makes carbon unknown."""
    clt = CONCEPTS["fictief.clt-3d"]
    made = scheme(concept="fictief.clt-3d+fictief.hsb-3d", gfa_by_concept={"fictief.clt-3d": 248.0, "fictief.hsb-3d": 400.0})
    assert cost_of(made, CONCEPTS, PRICES).lo_eur == pytest.approx(400 * 1700 + 248 * clt.cost_eur_m2.lo, nan_ok=True)
    assert carbon_of(made, CONCEPTS).stored_kg == pytest.approx(400 * 105 + 248 * clt.carbon_stored_kg_m2.value)
    mixed = scheme(gfa_by_concept={"fictief.betonvloer": 248.0, "fictief.hsb-3d": 400.0})
    found = carbon_of(mixed, CONCEPTS)
    assert math.isnan(found.emitted_kg)
    assert len(found.why) == 2
