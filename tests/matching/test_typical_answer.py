"""The answer for a typical block beside what was built."""

import pytest

from optopscan.families import load_families
from optopscan.matching.typical_answer import TypicalAnswer, typical_answers


@pytest.mark.parametrize(("built", "beside"), [(None, "unknown"), (0, "more"), (1, "same"), (2, "less")])
def test_beside_what_was_built(built, beside):
    assert TypicalAnswer(family="f", storeys=4, proven=0, possible=1).beside(built) == beside


def test_an_office_is_scanned_and_a_refused_family_is_not():
    wanted = ("kantoor-betonskelet", "vooroorlogs-houten-vloeren")
    told = []
    found = typical_answers([family for family in load_families() if family.id in wanted], told.append)
    assert len(told) == 2
    office, refused = (found[name] for name in wanted)
    assert office.storeys == 3
    assert 0 <= office.proven <= office.possible <= 3
    assert office.proven == 0  # nobody told anything of the foundation
    assert "fundering" in office.unknown
    assert (refused.possible, refused.refused) == (0, "timber-floors")
