"""EN 1996-1-1: the design axial forces a wall can take when a moment goes with them.

With a moment M the eccentricity M / N falls as N grows: too little load fails as well as
too much. Written in y = 1 / N every check of 6.1.2 is

    log Phi(e(y)) + log(S y) >= 0,   e(y) = max(e_init + |e_load + M y|, 0.05 t),   S = t l f_d.

e(y) is convex, log Phi is concave and falling in e (log(1 - 2 e / t), and at mid-height
less u^2 / 2 with u = a / (0.73 - 1.17 e / t), whose square is convex), log(S y) is concave.
So the left side is concave and the admissible set of y, hence of N, is one interval. Newton
started outside a concave function stays outside until it arrives, so no root is missed.

Every function returns (N_lo, N_hi) [kN] of the broadcast shape as `codes.interval` has it: (inf, -inf)
where no force is admissible, nan where an input is nan. Edges lie on the admissible side, within 1e-12 of
the exact value unless the interval is almost a point.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from optopscan.codes.en1996 import E_OVER_FK, SLENDERNESS_LIMIT, FloatArray
from optopscan.codes.interval import Interval, interval

NEWTON_STEPS = 60
"""Enough for a double root, where Newton only halves the distance per step."""
_PULLS = (0.5, 1e-3, 1e-6, 1e-9, 1e-12)
"""Shares of the width (of log N) by which an edge is moved inwards; the smallest that passes is taken."""


def _f(value: npt.ArrayLike) -> FloatArray:
    return np.asarray(value, dtype=np.float64)


def squash_kn(*, thickness_mm: npt.ArrayLike, length_mm: npt.ArrayLike, fd_mpa: npt.ArrayLike) -> FloatArray:
    """Return S = t l f_d [kN], the resistance without any eccentricity.

    EN 1996-1-1:2005, (6.2) with Phi = 1; f_d holds the factor of a small area.

    Formula
    -------
    S = thickness_mm * length_mm * fd_mpa / 1000
    """
    result: FloatArray = _f(thickness_mm) * _f(length_mm) * _f(fd_mpa) / 1000.0
    return result


def end_interval_kn(
    *,
    squash_kn: npt.ArrayLike,
    thickness_mm: npt.ArrayLike,
    e_init_mm: npt.ArrayLike,
    e_load_mm: npt.ArrayLike = 0.0,
    moment_knm: npt.ArrayLike = 0.0,
) -> Interval:
    """Return the admissible axial force at head or foot, in closed form.

    EN 1996-1-1:2005, 6.1.2.2(1)(i): N <= (1 - 2 e / t) S with e as in the module text.

    N_hi rises and N_lo falls with ``squash_kn``; a larger |M| (with e_load of the same sign or
    zero) narrows the interval from both sides. N_Rd is not monotonic in N where M is not zero.

    Formula
    -------
    e = max(e_init_mm + abs(e_load_mm + 1000 * moment_knm / N), 0.05 * thickness_mm)
    N_Rd = (1 - 2 * e / thickness_mm) * squash_kn
    lo, hi = least and largest N with N <= N_Rd

    Parameters
    ----------
    squash_kn
        S [kN], `squash_kn`.
    thickness_mm
        t [mm].
    e_init_mm
        Initial eccentricity [mm].
    e_load_mm
        Eccentricity that the axial force brings along [mm], with sign.
    moment_knm
        Moment that does not depend on N [kNm], with sign.
    """
    s, t, e_init, e_load, moment = _inputs(squash_kn, thickness_mm, e_init_mm, e_load_mm, moment_knm)
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        y_lo, y_hi, empty = _block(s, t, e_init, e_load, moment)
        lo, hi = 1.0 / y_hi, np.minimum(1.0 / y_lo, 0.9 * s)
    rounding = np.where(moment != 0.0, 1e-12, 0.0)
    return _settle(lo * (1.0 + rounding), hi * (1.0 - rounding), empty | (s <= 0.0), s, t, e_init, e_load, moment)


def mid_interval_kn(
    *,
    squash_kn: npt.ArrayLike,
    thickness_mm: npt.ArrayLike,
    slenderness: npt.ArrayLike,
    e_init_mm: npt.ArrayLike,
    e_load_mm: npt.ArrayLike = 0.0,
    moment_knm: npt.ArrayLike = 0.0,
    e_over_fk: npt.ArrayLike = E_OVER_FK,
) -> Interval:
    """Return the admissible axial force at mid-height by Newton's method.

    EN 1996-1-1:2005, 6.1.2.2(1)(ii) and Annex G with e_k = 0, as in the Netherlands up to a
    slenderness of 27; beyond that limit (5.5.1.4(2)) nothing is admissible.

    Monotonic as `end_interval_kn`; N_hi falls and N_lo rises with the slenderness, the
    reverse with ``e_over_fk``.

    Formula
    -------
    e = max(e_init_mm + abs(e_load_mm + 1000 * moment_knm / N), 0.05 * thickness_mm)
    u = (slenderness * sqrt(1 / e_over_fk) - 0.063) / (0.73 - 1.17 * e / thickness_mm)
    N_Rd = (1 - 2 * e / thickness_mm) * exp(-u ** 2 / 2) * squash_kn
    lo, hi = least and largest N with N <= N_Rd

    Parameters
    ----------
    squash_kn, thickness_mm, e_init_mm, e_load_mm, moment_knm
        As in `end_interval_kn`, with the values at mid-height.
    slenderness
        h_ef / t_ef [-].
    e_over_fk
        E / f_k [-].
    """
    given = (squash_kn, thickness_mm, e_init_mm, e_load_mm, moment_knm, slenderness, e_over_fk)
    s, t, e_init, e_load, moment, lam, stiffness = _inputs(*given)
    curve = _Curve(s, t, e_init, e_load, moment, lam * np.sqrt(1.0 / stiffness) - 0.063)
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        best = curve.factor(curve.e_floor)
        # u only grows with e: the block of 1 - 2 e / t times exp(-u^2 / 2) at the floor holds the set
        y_lo, y_hi, empty = _block(s * best / (1.0 - 2.0 * curve.e_floor / t), t, e_init, e_load, moment)
        empty |= (best <= 0.0) | (s <= 0.0) | (lam > SLENDERNESS_LIMIT)
        left = curve.root(np.maximum(y_lo, 1.0 / (s * best)), rising=True)
        fixed = moment == 0.0
        right = np.where(fixed, 2.0 * left, curve.root(y_hi, rising=False))
        lo, hi = curve.inside(right, left), curve.inside(left, right)
        n_lo, n_hi = np.where(fixed, 0.0, 1.0 / lo), 1.0 / hi
        empty |= np.isnan(n_lo) | np.isnan(n_hi) | (right < left)
        # without a moment there is nothing to solve
        exact = s * curve.factor(np.maximum(e_init + np.abs(e_load), 0.05 * t))
        n_hi = np.where(fixed, exact, n_hi)
        empty = np.where(fixed, ~(exact > 0.0) | (lam > SLENDERNESS_LIMIT), empty)
    return _settle(n_lo, n_hi, empty, s, t, e_init, e_load, moment, lam, stiffness)


def in_plane_interval_kn(*, squash_kn: npt.ArrayLike, length_mm: npt.ArrayLike, moment_knm: npt.ArrayLike) -> Interval:
    """Return the admissible axial force of a wall with an in-plane moment, in closed form.

    EN 1996-1-1:2005, 6.1.2.1 on the length l - 2 M / N that a rectangular stress block leaves:
    N <= (1 - 2 M / (N l)) S.

    Formula
    -------
    N_Rd = (1 - 2000 * abs(moment_knm) / (N * length_mm)) * squash_kn
    lo, hi = least and largest N with N <= N_Rd

    Parameters
    ----------
    squash_kn
        Phi t l f_d [kN], with the governing Phi out of plane.
    length_mm
        l [mm].
    moment_knm
        In-plane moment [kNm].
    """
    s, length, moment = _inputs(squash_kn, length_mm, moment_knm)
    zero = np.zeros_like(s)
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        y_lo, y_hi, empty = _block(s, length, zero, zero, moment)
        lo, hi = 1.0 / y_hi, 1.0 / y_lo
    rounding = np.where(moment != 0.0, 1e-12, 0.0)
    return _settle(lo * (1.0 + rounding), hi * (1.0 - rounding), empty | (s <= 0.0), s, length, moment)


def shear_least_axial_kn(
    *,
    v_ed_kn: npt.ArrayLike,
    m_ed_knm: npt.ArrayLike,
    thickness_mm: npt.ArrayLike,
    length_mm: npt.ArrayLike,
    fvk0_mpa: npt.ArrayLike,
    fb_mpa: npt.ArrayLike,
    gamma_m: npt.ArrayLike,
) -> FloatArray:
    """Return the least axial force with which V_Rd reaches V_Ed [kN], inf where none does.

    EN 1996-1-1:2005, 6.2: inverse of `en1996.shear_resistance_kn` on `en1996.compressed_length_mm`
    with both moment and shear fixed, in closed form; more load never lowers V_Rd.

    Rises with V_Ed and M_Ed, falls with f_vk0, f_b and length.

    Formula
    -------
    l_c = min(max(3 * (length_mm / 2 - 1000 * abs(m_ed_knm) / N), 0), length_mm)
    V_Rd = min(fvk0_mpa * thickness_mm * l_c + 400 * N, 0.065 * fb_mpa * thickness_mm * l_c) / gamma_m / 1000
    N_min = least N with V_Rd >= abs(v_ed_kn)
    """
    given = (v_ed_kn, m_ed_knm, thickness_mm, length_mm, fvk0_mpa, fb_mpa, gamma_m)
    v, m, t, length, fvk0, fb, gamma = _inputs(*given)
    force, moment = np.abs(v) * gamma * 1000.0, np.abs(m) * 1e6
    with np.errstate(divide="ignore", invalid="ignore"):
        # limit 0.065 f_b on the compressed length 3 (l / 2 - M / N)
        needed = force / (0.065 * fb * t)
        limit = np.where(needed > length, np.inf, moment / (0.5 * length - needed / 3.0))
        # whole wall compressed: f_vk0 t l + 0.4 N; cracked: f_vk0 t 3 (l / 2 - M / N) + 0.4 N
        whole = (force - fvk0 * t * length) / 0.4
        b = 1.5 * fvk0 * t * length - force
        cracked = (-b + np.sqrt(b * b + 4.8 * fvk0 * t * moment)) / 0.8
    result = np.maximum(np.maximum(limit, np.maximum(whole, cracked)), 0.0) / 1000.0
    unknown = np.isnan(np.stack((v, m, t, length, fvk0, fb, gamma))).any(axis=0)
    return np.where(unknown, np.nan, np.where(force == 0.0, 0.0, result))


def _inputs(*values: npt.ArrayLike) -> tuple[FloatArray, ...]:
    return tuple(np.array(x, dtype=np.float64) for x in np.broadcast_arrays(*(_f(v) for v in values)))


def _settle(lo: FloatArray, hi: FloatArray, empty: npt.NDArray[np.bool_], *inputs: FloatArray) -> Interval:
    known = ~np.isnan(np.stack(inputs)).any(axis=0)
    none = empty | ~(lo <= hi)
    return interval(np.where(none, np.inf, lo), np.where(none, -np.inf, hi), known=known)


def _block(
    s: FloatArray, t: FloatArray, e_init: FloatArray, e_load: FloatArray, moment: FloatArray
) -> tuple[FloatArray, FloatArray, npt.NDArray[np.bool_]]:
    """Return y_lo, y_hi and emptiness of (1 - 2 (e_init + |e_load + M y|) / t) s y >= 1.

    Each sign of the eccentricity gives A y - B y^2 >= 1 / s.
    """
    lo, hi = np.zeros_like(s), np.full_like(s, np.inf)
    empty = np.zeros(s.shape, dtype=np.bool_)
    for sign in (1.0, -1.0):
        a = 1.0 - 2.0 * (e_init + sign * e_load) / t
        b = 2000.0 * sign * moment / t
        square = a * a - 4.0 * b / s
        root = np.sqrt(np.maximum(square, 0.0))
        empty |= (square < 0.0) | (a + root <= 0.0)
        lo = np.maximum(lo, 2.0 / (s * (a + root)))
        hi = np.minimum(hi, np.where(b > 0.0, (a + root) / (2.0 * b), np.inf))
    return lo, hi, empty | (lo > hi)


class _Curve:
    """The concave function log Phi(e(y)) + log(S y) of the mid-height check."""

    def __init__(self, s: FloatArray, t: FloatArray, e_init: FloatArray, e_load: FloatArray, moment: FloatArray, a: FloatArray) -> None:
        self.s, self.t, self.e_init, self.e_load, self.moment, self.a = s, t, e_init, e_load, 1000.0 * moment, a
        self.e_floor: FloatArray = np.maximum(e_init, 0.05 * t)

    def factor(self, e: FloatArray) -> FloatArray:
        ratio = e / self.t
        result: FloatArray = np.maximum(1.0 - 2.0 * ratio, 0.0) * np.exp(-0.5 * (self.a / (0.73 - 1.17 * np.minimum(ratio, 0.5))) ** 2)
        return result

    def value(self, y: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Return the function and its slope."""
        arm = self.e_load + self.moment * y
        e = self.e_init + np.abs(arm)
        free = e > 0.05 * self.t
        ratio = np.maximum(e, 0.05 * self.t) / self.t
        width = 0.73 - 1.17 * ratio
        height = np.log(1.0 - 2.0 * ratio) - 0.5 * (self.a / width) ** 2 + np.log(self.s * y)
        per_e = -(2.0 / (1.0 - 2.0 * ratio) + 1.17 * self.a**2 / width**3) / self.t
        return height, np.where(free, per_e * np.sign(arm) * self.moment, 0.0) + 1.0 / y

    def root(self, start: FloatArray, *, rising: bool) -> FloatArray:
        """Return the root where the function rises (or falls), from outside; nan where it has none."""
        y = start.copy()
        moving = np.isfinite(y)
        for _ in range(NEWTON_STEPS):
            height, slope = self.value(y)
            low = moving & (height < 0.0)
            # below zero and past the top: the function never reaches zero
            lost = low & ((slope <= 0.0) if rising else (slope >= 0.0))
            y = np.where(lost, np.nan, y)
            step = np.where(low & ~lost, -height / slope, 0.0)
            moving = low & ~lost & (np.abs(step) > 1e-15 * y)
            y = y + np.where(moving, step, 0.0)
            if not moving.any():
                break
        return y

    def inside(self, edge: FloatArray, other: FloatArray) -> FloatArray:
        """Return the edge moved towards the other one until the check passes; nan where it never does."""
        found = np.full_like(edge, np.nan)
        for pull in _PULLS:
            trial = edge * (other / edge) ** pull
            found = np.where(self.value(trial)[0] >= 0.0, trial, found)
        return found
