"""Strength of one building, lognormal with a common part; values worked out with a calculator.

Mean 7.0, CoV 0.25: s = sqrt(ln 1.0625) = 0.24622, mu = ln 7 - s^2/2 = 1.91560;
s sqrt(0.85) = 0.22700, 1.645 s sqrt(0.15) = 0.15687.
z = 1.645: exp(1.91560 + 0.37342 - 0.15687) = 8.435; z = 0: exp(1.75873) = 5.805; z = -1.645: exp(1.38531) = 3.996.
"""

import numpy as np
import pytest

from optopscan.catalog.engineering import load_engineering
from optopscan.materials.plausible import characteristic_mpa, plausible_strength_mpa
from optopscan.model.structure import Materials


@pytest.mark.parametrize(("z", "expected"), [(1.645, 8.435), (0.0, 5.805), (-1.645, 3.996)])
def test_characteristic_strength_of_a_building(z: float, expected: float) -> None:
    assert characteristic_mpa(mean_mpa=7.0, cov=0.25, z_building=z) == pytest.approx(expected, rel=1e-3)


def materials(group: str, default: float) -> Materials:
    nan = np.array([np.nan])
    return Materials(
        group=(group,),
        grade=(None,),
        density_kg_m3=nan,
        strength_mpa=nan,
        strength_default_mpa=np.array([default]),
        source=("",),
        self_weight_kn=nan,
    )


def test_upper_strength_by_year_and_without_a_figure() -> None:
    era = load_engineering().era_defaults
    assert plausible_strength_mpa(materials("calcium-silicate", 4.5), era, 1965)[0] == pytest.approx(8.435, rel=1e-3)
    # No year: the best period counts, so it is never lower than with one.
    assert plausible_strength_mpa(materials("calcium-silicate", 4.5), era, None)[0] > 8.435
    # Steel has no spread in the table: nothing better than the default is plausible. Unknown stays unknown.
    assert plausible_strength_mpa(materials("steel", 235.0), era, 1965)[0] == 235.0
    assert np.isnan(plausible_strength_mpa(materials("unknown", np.nan), era, 1965)[0])
