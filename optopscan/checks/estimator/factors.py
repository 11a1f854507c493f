"""What is not known about one building, each a number with a distribution: strengths, finishes, the product's weight.

A strength is the characteristic strength of this building (`materials.plausible.characteristic_mpa`), never a mean:
partial factors apply to it unchanged. Loads are facts that one visit settles, triangular between bounds; the scatter
of a load in time is in the partial factors and is not sampled.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import ndtri

from optopscan.catalog.concept import Concept, Quantity
from optopscan.catalog.value_rows import EraDefault, Survey, UnknownLoad
from optopscan.materials.plausible import characteristic_mpa
from optopscan.model.arrays import FloatArray, IntArray
from optopscan.model.structure import Materials

FINISH = "floor-finish"
CLIP = 1e-9  # a draw of exactly 0 or 1 would be an infinite strength


@dataclass(frozen=True, kw_only=True)
class StrengthFactor:
    """The characteristic strength of one material group in this building [N/mm2] (lognormal over buildings of its period)."""

    id: str
    group: str
    mean_mpa: float
    cov: float
    nl: str
    settle_nl: str

    def values(self, u: npt.ArrayLike) -> FloatArray:
        """Return the strength at the share ``u`` of buildings that are weaker, any shape."""
        z = ndtri(np.clip(np.asarray(u, dtype=np.float64), CLIP, 1.0 - CLIP))
        return characteristic_mpa(mean_mpa=self.mean_mpa, cov=self.cov, z_building=z)


@dataclass(frozen=True, kw_only=True)
class FinishFactor:
    """The finish of the existing floors [kN/m2], triangular."""

    id: str
    lo_kn_m2: float
    mode_kn_m2: float
    hi_kn_m2: float
    nl: str
    settle_nl: str

    def values(self, u: npt.ArrayLike) -> FloatArray:
        """Return the load at the share ``u`` of buildings that carry less, any shape."""
        return triangular(u, lo=self.lo_kn_m2, mode=self.mode_kn_m2, hi=self.hi_kn_m2)


@dataclass(frozen=True, kw_only=True)
class ProductFactor:
    """How heavy a product turns out within the range that its maker states; all its loads go together."""

    id: str
    concept: Concept
    nl: str
    settle_nl: str

    def load_kn_m2(self, u: npt.ArrayLike, storeys: int) -> FloatArray:
        """Return the permanent load of a full-cover extension of ``storeys`` [kN/m2 of roof] at share ``u``, any shape."""
        c = self.concept
        wall = 2.0 * (c.width_m + c.length_m) / (c.width_m * c.length_m)
        storey = of_quantity(u, c.g_floor_kn_m2) + of_quantity(u, c.g_wall_kn_m) * wall
        return storeys * storey + of_quantity(u, c.g_roof_kn_m2) + of_quantity(u, c.g_transfer_kn_m2)


Factor = StrengthFactor | FinishFactor | ProductFactor


def triangular(u: npt.ArrayLike, *, lo: float, mode: float, hi: float) -> FloatArray:
    """Return the value of a triangular distribution that a share ``u`` stays below, any shape.

    Raises
    ------
    ValueError
        If not lo <= mode <= hi.

    Examples
    --------
    >>> triangular([0.0, 0.5, 1.0], lo=1.0, mode=2.0, hi=3.0)
    array([1., 2., 3.])
    """
    if not lo <= mode <= hi:
        raise ValueError(f"lo={lo}, mode={mode}, hi={hi} must ascend")
    share = np.asarray(u, dtype=np.float64)
    width, left = hi - lo, mode - lo
    if width == 0.0:
        return np.full(share.shape, mode)
    below = lo + np.sqrt(share * width * left)
    above = hi - np.sqrt((1.0 - share) * width * (hi - mode))
    return np.where(share * width < left, below, above)


def of_quantity(u: npt.ArrayLike, quantity: Quantity) -> FloatArray:
    """Return the value of a product's quantity at share ``u``, triangular between its bounds."""
    return triangular(u, lo=quantity.lo, mode=quantity.value, hi=quantity.hi)


def strength_factors(
    materials: Materials, era: Sequence[EraDefault], surveys: Sequence[Survey], build_year: int | None, elements: IntArray
) -> tuple[StrengthFactor, ...]:
    """Return a factor for every material group of which some of these elements have no stated strength.

    Without a build year the period counts that gives the default, the weakest one; a group
    without a spread in the table is no factor: its default stands.
    """
    known = {row.group: (row.what_nl, row.nl) for row in surveys}
    open_groups = sorted({materials.group[i] for i in elements.tolist() if not materials.strength_known[i]})
    found = []
    for group in open_groups:
        rows = [row for row in era if row.group == group and (build_year is None or row.year_from <= build_year < row.year_before)]
        row = min(rows, key=lambda r: r.strength_mpa, default=None)
        if row is None or math.isnan(row.mean_mpa) or math.isnan(row.cov):
            continue
        found.append(
            StrengthFactor(
                id=f"strength.{group}",
                group=group,
                mean_mpa=row.mean_mpa,
                cov=row.cov,
                nl=known.get(group, (f"sterkte {group}", ""))[0],
                settle_nl=known.get(group, ("", f"sterkteonderzoek {group}"))[1],
            )
        )
    return tuple(found)


def finish_factor(row: UnknownLoad) -> FinishFactor:
    """Return the factor of a load that nobody measured."""
    return FinishFactor(
        id=f"load.{row.id}", lo_kn_m2=row.lo_kn_m2, mode_kn_m2=row.mode_kn_m2, hi_kn_m2=row.hi_kn_m2, nl=row.nl, settle_nl=row.settle_nl
    )


def product_factor(concept: Concept) -> ProductFactor:
    """Return the factor of a product's weight."""
    return ProductFactor(
        id=f"product.{concept.id}",
        concept=concept,
        nl=f"gewicht van {concept.id}",
        settle_nl=f"gewichten van {concept.id} laten berekenen of wegen",
    )
