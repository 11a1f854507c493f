"""Masonry walls for `batch`: the axial force they admit and the strength they need, elements x samples at once.

Checks of EN 1996-1-1 6.1.2 at head, mid-height and foot and the Dutch minimum eccentricity, by the clauses
of `codes.en1996`. With E = 700 f_k the factor Phi does not depend on f_k, which leaves two ways around trying every force:

- `admissible`: the interval of N. Without a fixed moment Phi does not depend on N either and N_hi is
  a factor times f_k; with one it comes from the closed forms and Newton's method of `codes.en1996_interval`.
- `needed_strength_mpa`: the least f_k with which a given N passes, N over the resistance per N/mm2. No root
  at all, but it helps only as long as nothing but f_k is sampled.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from optopscan.checks.batch import Block, Offer, Storeys, all_utilisations, run_blocks, storeys_by_strength, storeys_that_fit
from optopscan.codes import en1996, en1996_interval
from optopscan.codes.interval import Interval, as_float, intersection, interval
from optopscan.model.arrays import BoolArray, FloatArray

CHUNK = 4096
"""Elements times samples in a block of `admissible`: its dozen arrays fit the cache."""


OUTSIDE_MM = 1e9


class Walls(NamedTuple):
    """Masonry walls held at head and foot, each array (n_element, n_sample) or (n_element, 1); made by `masonry_walls`."""

    fk_mpa: FloatArray
    gamma_m: FloatArray
    thickness_mm: FloatArray
    length_mm: FloatArray
    height_mm: FloatArray
    effective_height_mm: FloatArray
    phi_inf: FloatArray
    e_head_mm: FloatArray
    e_mid_mm: FloatArray
    e_foot_mm: FloatArray
    m_head_knm: FloatArray
    m_mid_knm: FloatArray
    m_foot_knm: FloatArray
    minimum_eccentricity: bool

    @property
    def only_strength_sampled(self) -> bool:
        """True where nothing but f_k depends on the sample."""
        return all(getattr(self, name).shape[1] == 1 for name in _TABLES if name != "fk_mpa")

    @property
    def bent(self) -> BoolArray:
        """True for every wall with a fixed moment, one that is not known included, (n_element,)."""
        moments = (self.m_head_knm, self.m_mid_knm, self.m_foot_knm)
        return np.asarray(np.any([np.any(m != 0.0, axis=tuple(range(1, m.ndim))) for m in moments], axis=0))

    def part(self, elements: slice, samples: slice) -> Walls:
        """Return some elements and samples."""
        return self.each(lambda table: table[elements] if table.shape[1] == 1 else table[elements, samples])

    def each(self, change: Callable[[FloatArray], FloatArray]) -> Walls:
        """Return the walls with every array changed."""
        tables: dict[str, Any] = {name: change(getattr(self, name)) for name in _TABLES}
        return self._replace(**tables)


_TABLES = tuple(name for name in Walls._fields if name != "minimum_eccentricity")


def masonry_walls(
    *,
    fk_mpa: npt.ArrayLike,
    gamma_m: npt.ArrayLike,
    thickness_mm: npt.ArrayLike,
    length_mm: npt.ArrayLike,
    height_mm: npt.ArrayLike,
    effective_height_mm: npt.ArrayLike,
    phi_inf: npt.ArrayLike,
    e_head_mm: npt.ArrayLike,
    e_mid_mm: npt.ArrayLike,
    e_foot_mm: npt.ArrayLike,
    m_head_knm: npt.ArrayLike = 0.0,
    m_mid_knm: npt.ArrayLike = 0.0,
    m_foot_knm: npt.ArrayLike = 0.0,
    minimum_eccentricity: bool = True,
) -> Walls:
    """Return walls with every quantity checked for shape; what cannot be is unknown.

    All but ``fk_mpa`` may be a number, (n_element,) or (n_element, n_sample).

    Parameters
    ----------
    fk_mpa
        Characteristic strength [N/mm2], (n_element, n_sample).
    gamma_m
        Partial factor [-]; the factor of a small area (6.1.2.1(3)) is added here.
    thickness_mm, length_mm
        Thickness and length of one leaf [mm].
    height_mm, effective_height_mm
        h_ef with rho_2 = 1.0, for the Dutch minimum eccentricity, and h_ef of the wall as it is held [mm].
    phi_inf
        Final creep [-].
    e_head_mm, e_mid_mm, e_foot_mm
        Eccentricity that the axial force brings along, with sign, without e_init [mm].
    m_head_knm, m_mid_knm, m_foot_knm
        Moment out of plane that does not change with the axial force, same sign [kNm].
    minimum_eccentricity
        False leaves the Dutch check to 5.5.1.1(5) out.

    Raises
    ------
    ValueError
        If ``fk_mpa`` has not two axes or another quantity does not go with it.
    """
    fk = as_float(fk_mpa)
    if fk.ndim != 2:
        raise ValueError(f"fk_mpa has shape {fk.shape}, expected (n_element, n_sample)")
    positive = {"gamma_m": gamma_m, "thickness_mm": thickness_mm, "length_mm": length_mm, "height_mm": height_mm}
    positive |= {"effective_height_mm": effective_height_mm, "phi_inf": phi_inf}
    free = {"e_head_mm": e_head_mm, "e_mid_mm": e_mid_mm, "e_foot_mm": e_foot_mm}
    free |= {"m_head_knm": m_head_knm, "m_mid_knm": m_mid_knm, "m_foot_knm": m_foot_knm}
    tables = {name: _table(name, value, fk.shape) for name, value in (positive | free).items()}
    known = {name: np.where(np.isfinite(table) & ((table > 0.0) | (name in free)), table, np.nan) for name, table in tables.items()}
    # infinite or not above zero: a strength nobody can have meant
    return Walls(fk_mpa=np.where(np.isfinite(fk) & (fk > 0.0), fk, np.nan), **known, minimum_eccentricity=minimum_eccentricity)


def admissible(walls: Walls, *, threads: int = 1, chunk: int = CHUNK) -> Interval:
    """Return the design axial force that passes head, mid-height, foot and minimum eccentricity [kN].

    EN 1996-1-1:2005, 6.1.2 with the Dutch annex to 5.5.1.1(5). One axial force for the whole wall: give the largest, at the
    foot, as N_max and the smallest, at the head, as N_min.

    Parameters
    ----------
    walls
        Walls and samples.
    threads, chunk
        As in `batch.storeys_that_fit`.

    Returns
    -------
    Interval
        (n_element, n_sample) with the conventions of `codes.interval`: (inf, -inf) where no force
        is admissible, nan where something is unknown.
    """
    lo, hi = np.empty(walls.fk_mpa.shape), np.empty(walls.fk_mpa.shape)
    source = wall_offer(walls)

    def fill(blocks: Sequence[Block]) -> None:
        for block in blocks:
            lo[block], hi[block] = source.admissible(*block)

    run_blocks(fill, *walls.fk_mpa.shape, threads=threads, chunk=chunk)
    return Interval(lo, hi)


def wall_offer(walls: Walls) -> Offer:
    """Return what the walls admit as an offer for `batch.storeys_that_fit`, made block by block."""
    fixed = _resistance_per_mpa(walls) if walls.only_strength_sampled else None

    def of(elements: slice, samples: slice) -> Interval:
        part = walls.part(elements, samples)
        per_mpa = _resistance_per_mpa(part) if fixed is None else fixed[elements]
        hi = per_mpa * part.fk_mpa
        lo = 0.0 * hi
        lo[hi <= 0.0], hi[hi <= 0.0] = np.inf, -np.inf
        rows = part.bent
        if rows.any():
            lo[rows], hi[rows] = _with_moment(part.each(lambda table: table[rows]))
        return Interval(lo, hi)

    n_element, n_sample = walls.fk_mpa.shape
    return Offer((n_element, n_sample), of)


def needed_strength_mpa(walls: Walls, n_max_kn: npt.ArrayLike, n_min_kn: npt.ArrayLike) -> FloatArray:
    """Return the least f_k with which a wall passes both axial forces [N/mm2].

    EN 1996-1-1:2005, (6.2) read backwards: N over the resistance per N/mm2 of f_k, with Phi for that N.

    Parameters
    ----------
    walls
        Walls; f_k itself is not looked at.
    n_max_kn, n_min_kn
        Largest and smallest design axial force [kN], (n_element, n_storey, n_concept).

    Returns
    -------
    FloatArray
        (n_element, n_storey, n_concept, n_sample), one column where only the strength is sampled. inf where no strength
        will do: resultant outside the wall, slenderness over 27. nan where something is unknown and under tension.
    """
    given = walls.each(lambda table: table[:, None, None, :])._replace(fk_mpa=np.ones((1, 1, 1, 1)))
    return np.maximum(*(_needed(given, as_float(n)[..., None]) for n in (n_max_kn, n_min_kn)))


def storeys_on_walls(
    walls: Walls, n_max_kn: npt.ArrayLike, n_min_kn: npt.ArrayLike, *, threads: int = 1, chunk: int | None = None, per_element: bool = True
) -> Storeys:
    """Return how many storeys fit on masonry walls, by whichever inversion is the cheaper one.

    Parameters and errors as in `batch.storeys_that_fit`.
    """
    if walls.only_strength_sampled:
        needed = needed_strength_mpa(walls, n_max_kn, n_min_kn)[..., 0]
        return storeys_by_strength(needed, walls.fk_mpa, threads=threads, chunk=chunk, per_element=per_element)
    return storeys_that_fit(n_max_kn, n_min_kn, wall_offer(walls), threads=threads, chunk=chunk, per_element=per_element)


def wall_utilisations(
    walls: Walls,
    n_max_kn: npt.ArrayLike,
    n_min_kn: npt.ArrayLike,
    *,
    out: npt.NDArray[Any],
    threads: int = 1,
    chunk: int | None = None,
) -> None:
    """Fill ``out`` with the largest unity check N_Ed / N_Rd of every state and sample [-].

    The larger of both forces over all checks; nan and inf as `needed_strength_mpa`. Parameters and errors as in `batch.all_utilisations`.
    """
    n_max, n_min = as_float(n_max_kn), as_float(n_min_kn)
    if walls.only_strength_sampled:
        needed = needed_strength_mpa(walls, n_max, n_min)[..., 0]
        return all_utilisations(needed, walls.fk_mpa, out=out, threads=threads, chunk=chunk)

    def block(elements: slice, samples: slice) -> FloatArray:
        return needed_strength_mpa(walls.part(elements, samples), n_max[elements], n_min[elements])

    return all_utilisations(block, walls.fk_mpa, out=out, threads=threads, chunk=chunk)


def _table(name: str, value: npt.ArrayLike, shape: tuple[int, ...]) -> FloatArray:
    table = as_float(value)
    if table.ndim < 2:
        table = np.broadcast_to(table, shape[:1])[:, None] if table.shape in ((), (1,), shape[:1]) else table
    if table.shape not in ((shape[0], 1), shape):
        raise ValueError(f"{name} has shape {table.shape}, expected a number, ({shape[0]},) or {shape}")
    return table


def _needed(walls: Walls, n_kn: FloatArray) -> FloatArray:
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        per_mpa = _resistance_per_mpa(walls, n_kn if walls.bent.any() else None)
        enough = np.where(per_mpa > 0.0, n_kn / per_mpa, np.where(np.isnan(per_mpa), np.nan, np.inf))
    return np.where((n_kn >= 0.0) & np.isfinite(n_kn), enough, np.nan)


def _resistance_per_mpa(walls: Walls, n_kn: FloatArray | None = None) -> FloatArray:
    """Return the least N_Rd for f_k = 1 N/mm2 [kN], zero beyond the slenderness limit; with the fixed moments at this N, or without."""
    t = walls.thickness_mm

    def e_load(e_mm: FloatArray, m_knm: FloatArray) -> FloatArray:
        if n_kn is None:
            return e_mm
        # far outside the wall is far enough: without axial force the quotient is infinite
        return np.where(m_knm == 0.0, e_mm, e_mm + np.clip(1000.0 * m_knm / n_kn, -OUTSIDE_MM, OUTSIDE_MM))

    slenderness = walls.effective_height_mm / t
    e_init = en1996.initial_eccentricity_mm(walls.effective_height_mm)
    ends = [
        en1996.end_eccentricity_mm(e_load_mm=e_load(e, m), e_init_mm=e_init, thickness_mm=t)
        for e, m in ((walls.e_head_mm, walls.m_head_knm), (walls.e_foot_mm, walls.m_foot_knm))
    ]
    e_mid = en1996.mid_eccentricity_mm(
        e_load_mm=e_load(walls.e_mid_mm, walls.m_mid_knm),
        e_init_mm=e_init,
        thickness_mm=t,
        slenderness=slenderness,
        phi_inf=walls.phi_inf,
    )
    phi = en1996.mid_factor(e_mm=e_mid, thickness_mm=t, slenderness=slenderness)
    for e in ends:
        phi = np.minimum(phi, en1996.end_factor(e_mm=e, thickness_mm=t))
    if walls.minimum_eccentricity:
        phi = np.minimum(phi, _minimum_factor(walls))
    # 5.5.1.4(2), kept nan where the slenderness is not known
    phi = np.where(slenderness > en1996.SLENDERNESS_LIMIT, 0.0 * phi, phi)
    return en1996.axial_resistance_kn(phi=phi, thickness_mm=t, length_mm=walls.length_mm, fd_mpa=_fd_per_fk(walls))


def _minimum_factor(walls: Walls) -> FloatArray:
    t, slenderness = walls.thickness_mm, walls.height_mm / walls.thickness_mm
    e = en1996.minimum_eccentricity_mm(effective_height_mm=walls.height_mm, thickness_mm=t, slenderness=slenderness, phi_inf=walls.phi_inf)
    return en1996.mid_factor(e_mm=e, thickness_mm=t, slenderness=slenderness)


def _fd_per_fk(walls: Walls) -> FloatArray:
    result: FloatArray = en1996.area_factor(walls.thickness_mm * walls.length_mm * 1e-6) / walls.gamma_m
    return result


def _with_moment(walls: Walls) -> Interval:
    """Return the admissible axial force of walls that have a fixed moment."""
    t, h_ef = walls.thickness_mm, walls.effective_height_mm
    fd = walls.fk_mpa * _fd_per_fk(walls)
    squash = en1996_interval.squash_kn(thickness_mm=t, length_mm=walls.length_mm, fd_mpa=fd)
    e_init = en1996.initial_eccentricity_mm(h_ef)
    head, foot = (
        en1996_interval.end_interval_kn(squash_kn=squash, thickness_mm=t, e_init_mm=e_init, e_load_mm=e, moment_knm=m)
        for e, m in ((walls.e_head_mm, walls.m_head_knm), (walls.e_foot_mm, walls.m_foot_knm))
    )
    mid = en1996_interval.mid_interval_kn(
        squash_kn=squash,
        thickness_mm=t,
        slenderness=h_ef / t,
        e_init_mm=e_init,
        e_load_mm=walls.e_mid_mm,
        moment_knm=walls.m_mid_knm,
    )
    found = intersection(head, mid, foot)
    if walls.minimum_eccentricity:
        found = intersection(found, _least_interval(walls, squash))
    return interval(*found, known=~np.isnan(walls.phi_inf))


def _least_interval(walls: Walls, squash_kn: FloatArray) -> Interval:
    limit = _minimum_factor(walls) * squash_kn
    return interval(0.0, np.where(limit == 0.0, -np.inf, limit))
