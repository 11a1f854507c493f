"""What is told of outer walls that fail under wind: the highest utilisation at either site, whichever wall it is of."""

from types import SimpleNamespace

import numpy as np

from optopscan.pipeline.outer_walls import _failing
from optopscan.settings import Settings


def test_the_highest_of_each_site_is_told():
    """Two walls of which nothing is left where it blows hardest; at the other site the second is at 1.41 and the first at 3.20."""
    case = SimpleNamespace(settings=Settings())
    hard, mild = (SimpleNamespace(uc=np.array([row])) for row in ([np.inf, 0.9, np.inf], [3.2, 0.5, 1.41]))
    for ranked in ([0, 2, 1], [2, 0, 1]):
        told = _failing(case, hard, mild, 0, ranked)
        assert told.startswith("2 dragende gevelpenanten boven 1 als scharnierende strook, hoogste UC > 100 bij ")
        assert " en 3,20 bij " in told
    assert _failing(case, mild, mild, 0, [0, 2, 1]).count("3,20 bij") == 2
    assert _failing(case, SimpleNamespace(uc=np.array([[1.0, 0.9]])), mild, 0, [0, 1]) == ""
