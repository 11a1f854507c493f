"""EN 1992-1-1 section 6.1: axial force and moment on a section with symmetric bars, and its inverse.

Lengths in mm, stresses in N/mm2, forces in kN, moments in kNm; compression positive.
The failure curve is a polygon whose corners lie on the exact curve: inscribed in it, so
on the safe side by less than 0.1 %. Resistance at N and the interval of N for a moment
read the same polygon, so that they are each other's inverse.

The curve has an axis of points, the last one; forces and moments broadcast against the
axes before it: a curve of (n_part, 1, n_point) takes forces of (n_part, n_scenario).
Nothing raises on values; ``nan`` in gives ``nan`` out.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from optopscan.codes.en1992_material import E_S_MPA, NORMAL_STRENGTH, StressBlock
from optopscan.codes.interval import Interval, as_float, interval
from optopscan.model.arrays import FloatArray

ROUND_ETA = 0.9
"""Factor on eta where the section narrows towards the compressed edge (3.1.7(3), note)."""

# depth of the neutral axis over h: dense where the moment peaks, sparse where the block is full
_NEUTRAL_AXIS = np.concatenate(
    [np.geomspace(0.004, 0.1, 12), np.linspace(0.12, 1.0, 45), [1.04, 1.08, 1.12, 1.16, 1.2, 1.25, 1.3, 1.4, 1.6, 2.0, 3.0, 6.0, 30.0]]
)


class BarRows(NamedTuple):
    """Rows of bars parallel to the neutral axis, on the last axis: depth from an edge [mm] and area [mm2]."""

    depth_mm: FloatArray
    area_mm2: FloatArray


class InteractionCurve(NamedTuple):
    """Corners of the failure curve on the last axis, N ascending from pure tension to pure compression."""

    n_kn: FloatArray
    m_knm: FloatArray


def face_rows(*, h_mm: npt.ArrayLike, axis_distance_mm: npt.ArrayLike, area_mm2: npt.ArrayLike) -> BarRows:
    """Return two rows, half of the area at each face.

    Formula
    -------
    depth = (axis_distance_mm, h_mm - axis_distance_mm)
    area = (area_mm2 / 2, area_mm2 / 2)

    Parameters
    ----------
    h_mm
        Depth of the section in the direction of bending [mm].
    axis_distance_mm
        From the edge to the centre of the bars [mm].
    area_mm2
        Total area of both faces [mm2].
    """
    h, a, area = np.broadcast_arrays(as_float(h_mm), as_float(axis_distance_mm), as_float(area_mm2))
    return BarRows(np.stack([a, h - a], axis=-1), np.stack([0.5 * area, 0.5 * area], axis=-1))


def ring_rows(
    *, h_mm: npt.ArrayLike, axis_distance_mm: npt.ArrayLike, bar_area_mm2: npt.ArrayLike, n_along_h: int, n_along_b: int
) -> BarRows:
    """Return the rows of equal bars along the four faces of a rectangle.

    Formula
    -------
    depth = axis_distance_mm + (h_mm - 2 * axis_distance_mm) * j / (n_along_h - 1) for j = 0 to n_along_h - 1
    area = bar_area_mm2 * (n_along_b in the first and last row, 2 in the others)

    Parameters
    ----------
    h_mm, axis_distance_mm
        As in `face_rows`.
    bar_area_mm2
        Area of one bar [mm2].
    n_along_h, n_along_b
        Bars along a face parallel and square to the direction of bending, corners included.

    Raises
    ------
    ValueError
        If one of the counts is below 2.
    """
    if min(n_along_h, n_along_b) < 2:
        raise ValueError(f"n_along_h={n_along_h} and n_along_b={n_along_b} must be at least 2")
    h, a, bar = np.broadcast_arrays(as_float(h_mm), as_float(axis_distance_mm), as_float(bar_area_mm2))
    count = np.full(n_along_h, 2.0)
    count[[0, -1]] = n_along_b
    place = np.linspace(0.0, 1.0, n_along_h)
    return BarRows(a[..., None] + (h - 2.0 * a)[..., None] * place, bar[..., None] * count)


def circle_rows(
    *, diameter_mm: npt.ArrayLike, axis_distance_mm: npt.ArrayLike, area_mm2: npt.ArrayLike, n_bars: int, half_turn: bool = False
) -> BarRows:
    """Return the rows of equal bars on a circle.

    Formula
    -------
    angle = 2 * pi * (j + (0.5 if half_turn else 0)) / n_bars for j = 0 to n_bars - 1
    depth = diameter_mm / 2 - (diameter_mm / 2 - axis_distance_mm) * cos(angle)
    area = area_mm2 / n_bars

    Parameters
    ----------
    diameter_mm, axis_distance_mm
        Diameter of the section; from the edge to the centre of the bars [mm].
    area_mm2
        Area of all bars [mm2].
    n_bars
        Number of bars.
    half_turn
        Turn the circle by half a bar spacing.

    Raises
    ------
    ValueError
        If there are less than 4 bars.
    """
    if n_bars < 4:
        raise ValueError(f"n_bars={n_bars} must be at least 4")
    d, a, area = np.broadcast_arrays(as_float(diameter_mm), as_float(axis_distance_mm), as_float(area_mm2))
    angle = 2.0 * np.pi * (np.arange(n_bars) + (0.5 if half_turn else 0.0)) / n_bars
    depth = 0.5 * d[..., None] - (0.5 * d - a)[..., None] * np.cos(angle)
    return BarRows(depth, area[..., None] * np.full(n_bars, 1.0 / n_bars))


def bar_gyration_mm(rows: BarRows, *, h_mm: npt.ArrayLike) -> FloatArray:
    """Return the radius of gyration i_s of all bars about mid-depth [mm].

    EN 1992-1-1:2004, 5.8.8.3(2): with h / 2 it is the effective depth for the curvature.

    Formula
    -------
    i_s = sqrt(sum(rows.area_mm2 * (rows.depth_mm - h_mm / 2) ** 2) / sum(rows.area_mm2))
    """
    arm = rows.depth_mm - 0.5 * as_float(h_mm)[..., None]
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        result: FloatArray = np.sqrt(np.sum(rows.area_mm2 * arm**2, axis=-1) / np.sum(rows.area_mm2, axis=-1))
    return result


def rectangle_curve(
    *,
    b_mm: npt.ArrayLike,
    h_mm: npt.ArrayLike,
    rows: BarRows,
    fcd_mpa: npt.ArrayLike,
    fyd_mpa: npt.ArrayLike,
    block: StressBlock = NORMAL_STRENGTH,
) -> InteractionCurve:
    """Return the failure curve of a rectangle with bars symmetric about mid-depth.

    EN 1992-1-1:2004, 6.1 and figure 6.1, with the rectangular stress block of 3.1.7(3) and
    a horizontal top branch for the steel. The concrete that a bar displaces is taken off.
    At a given N the moment rises with b, h, both strengths and the steel area; over N it
    rises to the balanced point and falls beyond it.

    Formula
    -------
    y = min(block.lambda_ * x, h_mm) for neutral axes x
    s = min(max(E_S_MPA * strain, -fyd_mpa), fyd_mpa) - displaced concrete, for each of rows, plane strain to block.eps_cu3
    N = block.eta * fcd_mpa * b_mm * y + sum(rows.area_mm2 * s)
    M = block.eta * fcd_mpa * b_mm * y * (h_mm - y) / 2 + sum(rows.area_mm2 * s * (h_mm / 2 - rows.depth_mm))

    Parameters
    ----------
    b_mm, h_mm
        Width and depth in the direction of bending [mm], shape (...).
    rows
        Bars, shape (..., n_row); zero area is a plain section (without tension).
    fcd_mpa, fyd_mpa
        Design strengths [N/mm2], shape (...).
    block
        Stress block; the default holds to C50/60, `stress_block` beyond.

    Returns
    -------
    InteractionCurve
        Shape (..., n_point).
    """
    b, fcd = as_float(b_mm)[..., None], as_float(fcd_mpa)[..., None]
    h, stress, x = _neutral_axis(h_mm, rows, fyd_mpa, block, fcd * block.eta[..., None])
    depth = np.minimum(block.lambda_[..., None] * x, h)
    force = stress * b * depth
    return _curve(force, force * 0.5 * (h - depth), h, stress * b * h, x, rows, stress, fyd_mpa, block)


def circle_curve(
    *,
    diameter_mm: npt.ArrayLike,
    axis_distance_mm: npt.ArrayLike,
    area_mm2: npt.ArrayLike,
    fcd_mpa: npt.ArrayLike,
    fyd_mpa: npt.ArrayLike,
    n_bars: int = 8,
    block: StressBlock = NORMAL_STRENGTH,
) -> InteractionCurve:
    """Return the failure curve of a round section with equal bars on a circle.

    EN 1992-1-1:2004, 6.1 as `rectangle_curve`, with eta times 0.9 (3.1.7(3), note). The
    lower of the two main positions of the bars counts. Rises as `rectangle_curve` does.

    Formula
    -------
    a = arccos(1 - 2 * min(block.lambda_ * x, diameter_mm) / diameter_mm) for neutral axes x
    s = steel stress, at most fyd_mpa, of n_bars that share area_mm2 at axis_distance_mm from the edge, depth y
    N = 0.9 * block.eta * fcd_mpa * diameter_mm ** 2 / 4 * (a - sin(a) * cos(a)) + sum(area_mm2 / n_bars * s)
    M = 0.9 * block.eta * fcd_mpa * diameter_mm ** 3 / 12 * sin(a) ** 3 + sum(area_mm2 / n_bars * s * (diameter_mm / 2 - y))

    Parameters
    ----------
    diameter_mm, axis_distance_mm, area_mm2
        Diameter; edge to bar centre [mm]; area of all bars [mm2]; shape (...).
    fcd_mpa, fyd_mpa
        Design strengths [N/mm2], shape (...).
    n_bars
        Number of bars, at least 4.
    block
        Stress block.

    Raises
    ------
    ValueError
        If there are less than 4 bars.
    """
    d = as_float(diameter_mm)
    curves = []
    for half_turn in (False, True):
        rows = circle_rows(diameter_mm=d, axis_distance_mm=axis_distance_mm, area_mm2=area_mm2, n_bars=n_bars, half_turn=half_turn)
        h, stress, x = _neutral_axis(d, rows, fyd_mpa, block, ROUND_ETA * as_float(fcd_mpa)[..., None] * block.eta[..., None])
        depth = np.minimum(block.lambda_[..., None] * x, h)
        half_angle = np.arccos(np.clip(1.0 - 2.0 * depth / h, -1.0, 1.0))
        force = stress * 0.25 * h**2 * (half_angle - np.sin(half_angle) * np.cos(half_angle))
        moment = stress * h**3 * np.sin(half_angle) ** 3 / 12.0
        curves.append(_curve(force, moment, h, stress * 0.25 * np.pi * h**2, x, rows, stress, fyd_mpa, block))
    first, second = curves
    # the second curve at the corners of the first: chords of a convex curve, so still inscribed
    other = moment_resistance_knm(InteractionCurve(second.n_kn[..., None, :], second.m_knm[..., None, :]), first.n_kn)
    return InteractionCurve(first.n_kn, np.minimum(first.m_knm, other))


def _neutral_axis(
    h_mm: npt.ArrayLike, rows: BarRows, fyd_mpa: npt.ArrayLike, block: StressBlock, stress: FloatArray
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Return h and the stress with an axis for points, and the neutral axis depths with a corner where a row yields."""
    h = as_float(h_mm)[..., None]
    strain = as_float(fyd_mpa)[..., None] / E_S_MPA / block.eps_cu3[..., None]
    fixed = _NEUTRAL_AXIS * h
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        yields = np.concatenate(
            np.broadcast_arrays(rows.depth_mm / (1.0 + strain), rows.depth_mm / np.maximum(1.0 - strain, 1e-3)), axis=-1
        )
    yields = np.clip(yields, 0.004 * h, 30.0 * h)
    shape = np.broadcast_shapes(h.shape[:-1], yields.shape[:-1], stress.shape[:-1])
    parts = [np.broadcast_to(part, (*shape, part.shape[-1])) for part in (fixed, yields)]
    return h, stress, np.sort(np.concatenate(parts, axis=-1), axis=-1)


def _curve(
    force: FloatArray,
    moment: FloatArray,
    h: FloatArray,
    full: FloatArray,
    x: FloatArray,
    rows: BarRows,
    stress: FloatArray,
    fyd_mpa: npt.ArrayLike,
    block: StressBlock,
) -> InteractionCurve:
    """Add the bars to the concrete (N, Nmm), close the ends and put a corner at N = 0."""
    fyd = as_float(fyd_mpa)[..., None]
    cu, c3 = block.eps_cu3[..., None], block.eps_c3[..., None]
    n, m = force, moment
    squash, steel = full[..., 0], np.zeros(())
    for row in range(rows.depth_mm.shape[-1]):
        y, area = rows.depth_mm[..., row, None], rows.area_mm2[..., row, None]
        # beyond x = h the strain turns about the point that keeps eps_c3 (figure 6.1, point C)
        strain = np.where(x <= h, cu * (x - y) / x, c3 * (x - y) / np.where(x <= h, h, x - (1.0 - c3 / cu) * h))
        # displaced concrete: all of it inside the block, growing from the neutral axis so that N has no jumps
        displaced = np.clip((x - y) / ((1.0 - block.lambda_[..., None]) * x), 0.0, 1.0)
        sigma = np.clip(E_S_MPA * strain, -fyd, fyd) - stress * displaced
        n = n + area * sigma
        m = m + area * sigma * (0.5 * h - y)
        squash = squash + (area * (np.minimum(E_S_MPA * c3, fyd) - stress))[..., 0]
        steel = steel + (area * fyd)[..., 0]
    return _closed(n / 1e3, m / 1e6, pull=-steel / 1e3, push=squash / 1e3)


def _closed(n: FloatArray, m: FloatArray, *, pull: FloatArray, push: FloatArray) -> InteractionCurve:
    shape = np.broadcast_shapes(n.shape[:-1], m.shape[:-1], pull.shape, push.shape)
    n, m = np.broadcast_to(n, (*shape, n.shape[-1])), np.broadcast_to(m, (*shape, m.shape[-1]))
    ends = [np.broadcast_to(end, shape)[..., None] for end in (pull, push)]
    none = np.where(np.isnan(ends[0] + ends[1]), np.nan, 0.0)
    n, m = np.concatenate([ends[0], n, ends[1]], axis=-1), np.concatenate([none, np.maximum(m, 0.0), none], axis=-1)
    order = np.argsort(n, axis=-1, kind="stable")
    curve = InteractionCurve(np.take_along_axis(n, order, axis=-1), np.take_along_axis(m, order, axis=-1))
    bending = moment_resistance_knm(curve, np.zeros(shape))[..., None]
    n, m = np.concatenate([curve.n_kn, 0.0 * none], axis=-1), np.concatenate([curve.m_knm, bending], axis=-1)
    order = np.argsort(n, axis=-1, kind="stable")
    return InteractionCurve(np.take_along_axis(n, order, axis=-1), np.take_along_axis(m, order, axis=-1))


def moment_resistance_knm(curve: InteractionCurve, n_ed_kn: npt.ArrayLike) -> FloatArray:
    """Return M_Rd at an axial force [kNm].

    EN 1992-1-1:2004, 6.1. Rises with N to the balanced point and falls beyond it: not
    monotonic. Zero beyond pure compression and pure tension.

    Formula
    -------
    M_Rd = interp(n_ed_kn, curve.n_kn, curve.m_knm) if least(curve.n_kn) <= n_ed_kn <= most(curve.n_kn) else 0

    Parameters
    ----------
    curve
        Shape (..., n_point).
    n_ed_kn
        Axial force [kN], broadcastable against (...).
    """
    n_ed = as_float(n_ed_kn)
    shape = np.broadcast_shapes(curve.n_kn.shape[:-1], n_ed.shape)
    best = np.zeros(shape)
    known = np.ones(shape, dtype=np.bool_) & ~np.isnan(n_ed)
    for k in range(curve.n_kn.shape[-1] - 1):
        n0, n1 = curve.n_kn[..., k], curve.n_kn[..., k + 1]
        m0, m1 = curve.m_knm[..., k], curve.m_knm[..., k + 1]
        known = known & ~np.isnan(n0 + n1 + m0 + m1)
        width = n1 - n0
        with np.errstate(over="ignore"):
            share = np.clip((n_ed - n0) / np.where(width > 0.0, width, 1.0), 0.0, 1.0)
        best = np.where((n_ed >= n0) & (n_ed <= n1), np.maximum(best, m0 + share * (m1 - m0)), best)
    return np.where(known, best, np.nan)


def section_utilisation(curve: InteractionCurve, *, n_ed_kn: npt.ArrayLike, m_ed_knm: npt.ArrayLike) -> FloatArray:
    """Return M_Ed / M_Rd(N), and N over the squash or tension force where N lies beyond it [-].

    EN 1992-1-1:2004, 6.1. Rises with the moment; over N with a moment it falls to the
    balanced point and rises beyond it. ``inf`` where there is a moment and no resistance.

    Formula
    -------
    M_Rd = interp(n_ed_kn, curve.n_kn, curve.m_knm)
    beyond = n_ed_kn / (most(curve.n_kn) if n_ed_kn > 0 else least(curve.n_kn))
    uc = abs(m_ed_knm) / M_Rd if least(curve.n_kn) <= n_ed_kn <= most(curve.n_kn) else beyond
    """
    n, m = as_float(n_ed_kn), np.abs(as_float(m_ed_knm))
    resistance = moment_resistance_knm(curve, n)
    lowest, highest = curve.n_kn[..., 0], curve.n_kn[..., -1]
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        inside = np.where(m == 0.0, 0.0, np.where(resistance > 0.0, m / resistance, np.inf))
        axial = np.where(n > highest, n / highest, np.where(n < lowest, np.where(lowest < 0.0, n / lowest, np.inf), 0.0))
    return np.where(np.isnan(resistance) | np.isnan(m), np.nan, np.maximum(np.where(axial > 1.0, axial, inside), 0.0))


def section_interval_kn(curve: InteractionCurve, *, m_ed_knm: npt.ArrayLike, eccentricity_mm: npt.ArrayLike = 0.0) -> Interval:
    """Return the axial forces that the section takes with the moment M_Ed + e N [kN].

    EN 1992-1-1:2004, 6.1 solved for N on the polygon: exact, no iteration. ``lo`` is
    negative where the section takes tension. ``lo`` rises and ``hi`` falls with M_Ed and
    with e; more steel, depth or strength widens the interval.

    Formula
    -------
    M_Rd = interp(N, curve.n_kn, curve.m_knm)
    lo, hi = least and largest N with abs(m_ed_knm) + abs(eccentricity_mm) * max(N, 0) / 1000 <= M_Rd

    Parameters
    ----------
    curve
        Shape (..., n_point).
    m_ed_knm
        Moment that does not grow with N [kNm], broadcastable against (...).
    eccentricity_mm
        Eccentricity of a compressive N [mm]: imperfection, second order; none in tension.

    Returns
    -------
    Interval
        Empty where no force carries the moment.
    """
    m, e = np.abs(as_float(m_ed_knm)), np.abs(as_float(eccentricity_mm)) / 1000.0
    lo, hi = np.full((), np.inf), np.full((), -np.inf)
    n0 = curve.n_kn[..., 0]
    f0 = curve.m_knm[..., 0] - m - e * np.maximum(n0, 0.0)
    known = ~np.isnan(f0)
    for k in range(1, curve.n_kn.shape[-1]):
        n1 = curve.n_kn[..., k]
        f1 = curve.m_knm[..., k] - m - e * np.maximum(n1, 0.0)
        known = known & ~np.isnan(f1)
        step = f0 - f1
        with np.errstate(over="ignore"):
            crossing = n0 + (n1 - n0) * np.clip(f0 / np.where(step != 0.0, step, 1.0), 0.0, 1.0)
        lo = np.minimum(lo, np.where(f0 >= 0.0, n0, np.where(f1 >= 0.0, crossing, np.inf)))
        hi = np.maximum(hi, np.where(f1 >= 0.0, n1, np.where(f0 >= 0.0, crossing, -np.inf)))
        n0, f0 = n1, f1
    return interval(lo, hi, known=known)


def plastic_axial_resistance_kn(
    *, area_mm2: npt.ArrayLike, steel_mm2: npt.ArrayLike, fcd_mpa: npt.ArrayLike, fyd_mpa: npt.ArrayLike
) -> FloatArray:
    """Return N_Rd = A_c f_cd + A_s f_yd [kN], the reference force of the biaxial exponent.

    EN 1992-1-1:2004, 5.8.9(4). Not the squash load of the section: that is the end of the
    curve, where the strain stops at eps_c3. Rises with every argument.

    Formula
    -------
    N_Rd = (area_mm2 * fcd_mpa + steel_mm2 * fyd_mpa) / 1000
    """
    result: FloatArray = (as_float(area_mm2) * as_float(fcd_mpa) + as_float(steel_mm2) * as_float(fyd_mpa)) / 1000.0
    return result
