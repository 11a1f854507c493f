"""What is known beforehand about a way of building: sizes, weights, strength and refusals, each a range.

Everything is read from the building families and from the engineering values, so that a screening and a scan have one
truth; the few ways of building without a family stand in ``screening_typologies.toml``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from optopscan.catalog.city_rows import Typology
from optopscan.catalog.engineering import Engineering
from optopscan.catalog.family import Family, load_families
from optopscan.catalog.family_file import CountRange, LengthRange
from optopscan.checks.estimator.factors import triangular
from optopscan.errors import UsageError
from optopscan.families.exclusions import excluded, reservations
from optopscan.materials.recognise import recognise
from optopscan.model.arrays import FloatArray
from optopscan.units import GRAVITY_M_S2

KN_PER_KG = GRAVITY_M_S2 / 1000.0
SCHEMES = ("cross", "spine")
"""Layouts whose walls are checked; a frame stands on columns, of which nothing is known beforehand."""


@dataclass(frozen=True, kw_only=True)
class Spread:
    """A size or weight: triangular between its bounds, or one of the sizes that were made, each as likely."""

    lo: float
    mode: float
    hi: float
    options: tuple[float, ...] = ()

    def at(self, u: npt.ArrayLike) -> FloatArray:
        """Return the value that a share ``u`` stays below, any shape."""
        if self.options:
            share = np.asarray(u, dtype=np.float64)
            return np.asarray(self.options)[np.minimum((share * len(self.options)).astype(np.int64), len(self.options) - 1)]
        return triangular(u, lo=self.lo, mode=self.mode, hi=self.hi)


@dataclass(frozen=True, kw_only=True)
class Prior:
    """One way of building. Sizes [m] and weights [kN/m2] as ranges; ``continuous`` floors run over their walls.

    ``refused`` and ``reserved`` are reasons in Dutch, "" for none.
    """

    id: str
    nl: str
    scheme: str
    group: str
    sizes: Mapping[str, Spread]
    floor_kn_m2: Spread
    roof_kn_m2: Spread
    floor_m: float
    finish_apart: bool
    storey_height_m: float
    continuous: bool
    refused: str = ""
    reserved: str = ""


def load_priors(values: Engineering) -> dict[str, Prior]:
    """Return every way of building that an archetype names.

    Raises
    ------
    UsageError
        If an archetype names what is neither a family nor a typology, or a family whose layout cannot be screened.
    """
    families = {family.id: family for family in load_families()}
    found: dict[str, Prior] = {}
    for archetype in values.archetypes:
        for name in (one.way for one in archetype.mix):
            if name in values.typologies:
                found[name] = _of_typology(values.typologies[name])
            elif name in families and families[name].file.scheme in SCHEMES:
                found[name] = _of_family(families[name], values)
            else:
                raise UsageError(f"screening.toml: archetype {archetype.id}: {name} is no typology and no family with bearing walls")
    return found


def _of_family(family: Family, values: Engineering) -> Prior:
    ranges = family.ranges
    refused = excluded(family, values)
    density = {row.group: row.density_kg_m3 for row in values.densities}[recognise(family.file.materials.floor).group]
    return Prior(
        id=family.id,
        nl=family.name,
        scheme=family.file.scheme,
        group=recognise(family.file.materials.wall).group,
        sizes={name: _spread(size) for name, size in ranges.items()},
        floor_kn_m2=_times(_spread(ranges["floor_thickness_m"]), density * KN_PER_KG),
        roof_kn_m2=_times(_spread(ranges["roof_thickness_m"]), density * KN_PER_KG),
        floor_m=ranges["floor_thickness_m"].typical,
        finish_apart=True,
        storey_height_m=ranges["storey_height_m"].typical,
        continuous=not family.file.model.floors_per_bay,
        refused=refused.nl if refused is not None else "",
        reserved=" ".join(row.nl for row in reservations(family, values)),
    )


def _of_typology(row: Typology) -> Prior:
    floor = Spread(lo=row.floor_lo_kn_m2, mode=row.floor_kn_m2, hi=row.floor_hi_kn_m2)
    return Prior(
        id=row.id,
        nl=row.nl,
        scheme="cross",
        group=recognise(row.wall).group,
        sizes={
            "bay_m": Spread(lo=row.bay_lo_m, mode=row.bay_m, hi=row.bay_hi_m),
            "wall_thickness_m": _made(row.wall_m, row.wall_m[0]),
            "end_wall_thickness_m": _made(row.end_wall_m, row.end_wall_m[0]),
        },
        floor_kn_m2=floor,
        roof_kn_m2=floor,
        floor_m=row.floor_m,
        finish_apart=False,
        storey_height_m=row.storey_height_m,
        continuous=True,
    )


def _spread(size: LengthRange | CountRange) -> Spread:
    if size.options is not None:
        return _made([float(value) for value in size.options], size.typical)
    lo, hi = (size.typical if bound is None else bound for bound in (size.lo, size.hi))
    return Spread(lo=lo, mode=size.typical, hi=hi)


def _made(options: list[float], usual: float) -> Spread:
    return Spread(lo=min(options), mode=usual, hi=max(options), options=tuple(options))


def _times(spread: Spread, factor: float) -> Spread:
    return Spread(
        lo=spread.lo * factor, mode=spread.mode * factor, hi=spread.hi * factor, options=tuple(value * factor for value in spread.options)
    )
