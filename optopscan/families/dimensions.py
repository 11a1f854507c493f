"""The sizes of one block of a family: the typical one, or a spread of samples."""

from __future__ import annotations

import math
import zlib
from dataclasses import dataclass, fields

import numpy as np
import numpy.typing as npt

from optopscan.catalog.family import Family
from optopscan.catalog.family_file import CountRange, LengthRange
from optopscan.errors import UsageError

THICKNESS_STEP_M = 0.01
LENGTH_STEP_M = 0.05
_THICKNESS_UP_TO_M = 1.0


@dataclass(frozen=True, kw_only=True)
class Dimensions:
    """Sizes of one block: counts [-] and lengths [m]; 0 where the family does not have it.

    What each means stands with the field of the same name in `optopscan.catalog.family_file`.
    """

    storeys: int
    storey_height_m: float
    bays: int
    bay_m: float
    floor_thickness_m: float
    roof_thickness_m: float
    ground_thickness_m: float
    plinth_height_m: float = 0.0
    stairs: int = 0
    stair_width_m: float = 0.0
    depth_m: float = 0.0
    wall_thickness_m: float = 0.0
    end_wall_thickness_m: float = 0.0
    panel_length_m: float = 0.0
    front_span_m: float = 0.0
    back_span_m: float = 0.0
    facade_thickness_m: float = 0.0
    facade_low_thickness_m: float = 0.0
    facade_low_storeys: int = 0
    middle_thickness_m: float = 0.0
    middle_low_thickness_m: float = 0.0
    middle_low_storeys: int = 0
    across_thickness_m: float = 0.0
    across_span_m: float = 0.0
    column_m: float = 0.0
    beam_depth_m: float = 0.0
    core_wall_thickness_m: float = 0.0
    gallery_width_m: float = 0.0
    gallery_thickness_m: float = 0.0
    fin_thickness_m: float = 0.0
    floor_panel_m: float = 0.0
    gravel_m: float = 0.0
    strip_depth_m: float = 0.0
    strip_width_m: float = 0.0
    strip_height_m: float = 0.0
    beam_width_m: float = 0.0
    beam_height_m: float = 0.0
    pile_size_m: float = 0.0
    pile_distance_m: float = 0.0
    pile_depth_m: float = 0.0


NAMES = frozenset(field.name for field in fields(Dimensions))


def typical(family: Family) -> Dimensions:
    """Return the usual sizes of a family."""
    return Dimensions(**{name: spread.typical for name, spread in family.ranges.items()})  # type: ignore[arg-type]


def sample(family: Family, n: int, *, seed: int = 0) -> tuple[Dimensions, ...]:
    """Return ``n`` blocks that together cover the ranges evenly (Latin hypercube).

    Each size has n strata of equal chance and is drawn once from each; its distribution is a triangle
    with its top at ``typical``, or equal chances for ``options``. Thicknesses are rounded to 10 mm,
    longer sizes to 50 mm, and stay inside ``lo`` and ``hi``. A size has its own
    stream of numbers, so a size more in the file leaves the others as they were.

    Parameters
    ----------
    family
        The family.
    n
        Number of blocks, 1 or more.
    seed
        Zero or more; equal seeds give equal blocks.

    Raises
    ------
    UsageError
        If ``n`` is less than 1 or ``seed`` less than 0.
    """
    if n < 1:
        raise UsageError(f"samples={n} must be 1 or more")
    if seed < 0:
        raise UsageError(f"seed={seed} must be 0 or more")
    columns = {name: _column(spread, _chances(family.id, name, n, seed)) for name, spread in family.ranges.items()}
    return tuple(Dimensions(**{name: column[k] for name, column in columns.items()}) for k in range(n))  # type: ignore[arg-type]


def _chances(family_id: str, name: str, n: int, seed: int) -> npt.NDArray[np.float64]:
    """Return one chance from each of n strata, shuffled [-], shape (n,)."""
    rng = np.random.default_rng([seed, zlib.crc32(f"{family_id}/{name}".encode())])
    return (rng.permutation(n) + rng.random(n)) / n


def _column(spread: LengthRange | CountRange, chances: npt.NDArray[np.float64]) -> list[float]:
    if spread.options is not None:
        options = sorted(spread.options)
        return [options[min(int(p * len(options)), len(options) - 1)] for p in chances]
    if spread.lo is None or spread.hi is None:
        return [spread.typical] * len(chances)
    if isinstance(spread, CountRange):
        # Half a step more at both ends gives the outer numbers a whole step too.
        drawn = [_triangle(p, spread.lo - 0.5, spread.typical, spread.hi + 0.5) for p in chances]
        return [min(max(round(value), spread.lo), spread.hi) for value in drawn]
    return [_rounded(_triangle(p, spread.lo, spread.typical, spread.hi), spread.lo, spread.hi) for p in chances]


def _triangle(p: float, lo: float, top: float, hi: float) -> float:
    """Return the value with chance ``p`` below it of a triangle from lo over top to hi."""
    if hi <= lo:
        return lo
    split = (top - lo) / (hi - lo)
    if p < split:
        return lo + math.sqrt(p * (hi - lo) * (top - lo))
    return hi - math.sqrt((1.0 - p) * (hi - lo) * (hi - top))


def _rounded(value: float, lo: float, hi: float) -> float:
    step = THICKNESS_STEP_M if hi <= _THICKNESS_UP_TO_M else LENGTH_STEP_M
    return min(max(round(round(value / step) * step, 3), lo), hi)
