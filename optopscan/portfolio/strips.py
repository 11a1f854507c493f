"""Walls of one way of building as samples: what they are made of, and what each metre carries before and after."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

import numpy as np

from optopscan.catalog.city_rows import ScreeningValue
from optopscan.catalog.engineering import Engineering
from optopscan.catalog.value_rows import Imposed
from optopscan.checks.estimator.factors import FINISH, ProductFactor, finish_factor
from optopscan.codes.en1990 import FactorSet, design_axial_force
from optopscan.model.arrays import BoolArray, FloatArray, IntArray
from optopscan.portfolio.priors import KN_PER_KG, Prior, Spread
from optopscan.settings import Settings

FACTORS = ("strength", "span", "thickness", "floor", "finish", "product", "pier", "low")
"""What is drawn for one building, in the order of the columns of a draw."""
ROOF = "roof"


@dataclass(frozen=True, kw_only=True, eq=False)
class Strip:
    """One wall: thickness [m] and width of floor on it [m], (n_sample,); checked at the foot of storey ``at``, 0 the lowest.

    ``continuity`` is what floors that run over the wall bring more than half of both spans; ``there`` (n_sample,) tells in
    which samples the wall begins at that storey, None for all.
    """

    at: int
    thickness_m: FloatArray
    width_m: FloatArray
    pier_share: FloatArray
    one_side: bool
    continuity: float = 1.0
    there: BoolArray | None = None


@dataclass(frozen=True, kw_only=True, eq=False)
class Weights:
    """Characteristic loads of one way of building [kN/m2], (n_sample,), and of walls per metre of thickness [kN/m3]."""

    floor: FloatArray
    roof: FloatArray
    wall_kn_m3: float
    ballast: float
    imposed: Imposed
    partitions: float
    imposed_roof: float
    product: ProductFactor
    product_u: FloatArray


def strips(prior: Prior, u: FloatArray, storeys: int, values: Engineering) -> Iterator[Strip]:
    """Yield the walls to check in a building of so many storeys: where a wall begins, and where it gets thinner.

    Parameters
    ----------
    prior
        The way of building.
    u
        Draws, (n_sample, len(FACTORS)).
    storeys
        Storeys above the ground, a plinth included, as the families count their thicker lowest storeys.
    """
    sizes, span, thick = prior.sizes, u[:, FACTORS.index("span")], u[:, FACTORS.index("thickness")]
    pier = u[:, FACTORS.index("pier")]
    if prior.scheme == "cross":
        bay, whole = sizes["bay_m"].at(span), np.ones(len(u))
        more = values.screening_values["continuity-many-spans"].value if prior.continuous else 1.0
        walls = sizes["wall_thickness_m"].at(thick)
        yield Strip(at=0, thickness_m=walls, width_m=bay, pier_share=whole, one_side=False, continuity=more)
        yield Strip(at=0, thickness_m=sizes["end_wall_thickness_m"].at(thick), width_m=0.5 * bay, pier_share=whole, one_side=True)
        return
    front, back = sizes["front_span_m"].at(span), sizes["back_span_m"].at(span)
    two = values.screening_values["continuity-two-spans"].value if prior.continuous else 1.0
    for name, width, share, one_side, more in (
        ("facade", 0.5 * np.maximum(front, back), "facade-pier-share", True, 1.0),
        ("middle", 0.5 * (front + back), "middle-pier-share", False, two),
    ):
        wall = partial(
            Strip, width_m=width, pier_share=_of_value(values.screening_values[share]).at(pier), one_side=one_side, continuity=more
        )
        low = _counted(sizes[f"{name}_low_storeys"], u[:, FACTORS.index("low")])
        yield wall(at=0, thickness_m=sizes[f"{name}_low_thickness_m"].at(thick))
        thin = sizes[f"{name}_thickness_m"].at(thick)
        for at in np.unique(low[low < storeys]).tolist():
            yield wall(at=at, thickness_m=thin, there=low == at)


def _counted(spread: Spread, u: FloatArray) -> IntArray:
    """Return whole numbers between the bounds, each as likely as its part of the triangle."""
    wide = Spread(lo=spread.lo - 0.5, mode=spread.mode, hi=spread.hi + 0.5)
    return np.clip(np.floor(wide.at(u) + 0.5), spread.lo, spread.hi).astype(np.int64)


def _of_value(row: ScreeningValue) -> Spread:
    return Spread(lo=row.lo, mode=row.value, hi=row.hi)


def weights(prior: Prior, u: FloatArray, values: Engineering, product: ProductFactor, settings: Settings) -> Weights:
    """Return the loads of one way of building, sample by sample."""
    floor = u[:, FACTORS.index("floor")]
    finish = finish_factor(values.unknown_loads[FINISH]).values(u[:, FACTORS.index("finish")]) if prior.finish_apart else 0.0
    density = {row.group: row.density_kg_m3 for row in values.densities}[prior.group]
    return Weights(
        floor=prior.floor_kn_m2.at(floor) + finish,
        roof=prior.roof_kn_m2.at(floor) + settings.roof_membrane_kn_m2,
        wall_kn_m3=density * KN_PER_KG,
        ballast=settings.roof_ballast_kn_m2,
        imposed=values.use(settings.existing_use),
        partitions=settings.partitions_kn_m2,
        imposed_roof=values.use(ROOF).q_k_kn_m2,
        product=product,
        product_u=u[:, FACTORS.index("product")],
    )


@dataclass(frozen=True, kw_only=True, eq=False)
class Load:
    """Characteristic load at the foot of a wall [kN per metre of pier]: permanent (...), imposed by storey (..., n_storey), roof (...)."""

    permanent: FloatArray
    imposed: FloatArray
    roof: FloatArray

    def design_kn_m(self, factors: FactorSet, psi0: float) -> FloatArray:
        """Return N_Ed [kN/m]."""
        return design_axial_force(self.permanent, self.imposed, psi0=psi0, factors=factors, roof_kn=self.roof).n_kn


def load_of(strip: Strip, load: Weights, *, storeys: int, extra: int, storey_height_m: FloatArray, lean: bool = False) -> Load:
    """Return what a wall carries in a building of ``storeys`` with ``extra`` on top.

    The ballast of the existing roof counts before, and is gone once something stands there, as in a scan. Its slab stays.

    Parameters
    ----------
    storey_height_m
        Floor to floor [m], (n_height, 1); the result is (n_height, n_sample).
    lean
        Take the existing building on the light side, for a comparison with what it carried: openings are off, floors share equally.
    """
    floors = storeys - 1 - strip.at
    floor_m = strip.width_m * (1.0 if lean else strip.continuity)
    permanent = floor_m * (floors * load.floor + load.roof + (0.0 if extra else load.ballast))
    if extra:
        permanent = permanent + strip.width_m * load.product.load_kn_m2(load.product_u, extra)
    # walls above are taken as thick as the one that is checked, and for a check without openings
    wall = (storeys - strip.at) * storey_height_m * strip.thickness_m * load.wall_kn_m3 * (strip.pier_share if lean else 1.0)
    total = (permanent + wall) / strip.pier_share
    q = (load.imposed.q_k_kn_m2 + load.partitions) / strip.pier_share
    none = np.zeros_like(q)  # a storey without load, so that there is at least one
    by_storey = [none, *[floor_m * q] * floors, *[strip.width_m * q] * extra]
    imposed = np.stack(by_storey, axis=-1)[None]
    return Load(permanent=total, imposed=imposed, roof=(strip.width_m * load.imposed_roof / strip.pier_share)[None, :])
