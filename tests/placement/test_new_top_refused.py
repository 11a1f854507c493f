"""What of a variant cannot be drawn is said before anything is: storeys that step back, products on columns of their own."""

import dataclasses

import pytest

from optopscan.catalog.load import load_concepts
from optopscan.errors import UsageError
from optopscan.model.variant import Placed, Variant
from optopscan.placement.new_top import new_top

CONCEPTS = {one.id: one for one in load_concepts()}
ONE = Placed(
    module_id="W001.1.1", storey=1, x_m=0.0, y_m=0.0, z_m=3.0, rotation_deg=0.0, width_m=3.0, length_m=9.0, height_m=3.0, loads_on=()
)


def drawn(concept, *placed):
    variant = Variant(
        id="proef", concept=concept.id, storeys=2, modules=len(placed), dwellings=1, dwellings_by_type={}, gfa_m2=27.0, max_uc=0.5,
        outcome="ok", optimal=True, gap=0.0, placed=placed, why="",
    )  # fmt: skip
    return new_top(None, (), (concept,), variant, partitions_kn_m2=0.8, densities={})


def test_a_storey_that_steps_back_is_refused_by_the_module_that_is_shorter():
    above = dataclasses.replace(ONE, module_id="W001.1.2", storey=2, z_m=6.0, length_m=7.5)
    with pytest.raises(UsageError, match=r"W001\.1\.2 .* step back are not drawn"):
        drawn(CONCEPTS["fictief.clt-3d"], ONE, above)


def test_a_product_on_its_own_columns_is_refused():
    own = next(one for one in CONCEPTS.values() if one.own_support)
    with pytest.raises(UsageError, match="columns of its own"):
        drawn(own, ONE)
