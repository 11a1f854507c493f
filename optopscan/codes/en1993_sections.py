"""Steel sections from their sizes: areas, moduli and torsion constants as arrays.

Units mm. Every argument broadcasts; nothing is raised; ``nan`` in gives ``nan`` out. The y
axis is the strong one, h runs along z. Torsion and warping constants of rolled sections
follow the formulas printed with the European section tables.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]

TAPER_I = 0.14
"""Slope of the flanges of INP sections, thickness given at b / 4 (EN 10024)."""
_ARC = np.linspace(0.0, 1.0, 33)
_FILLET = 1.0 - math.pi / 4.0
_FILLET_ARM = (10.0 - 3.0 * math.pi) / (12.0 - 3.0 * math.pi)
_FILLET_OWN = 1.0 - 5.0 * math.pi / 16.0 - _FILLET * _FILLET_ARM**2
"""Area, centroid and own second moment of a fillet between two legs, for r = 1."""


@dataclass(frozen=True, kw_only=True, eq=False)
class SteelSection:
    """Properties of steel sections as arrays of one shape [mm, mm2, mm3, mm4, mm6].

    ``shear_area_z_mm2`` is A_v for shear along the web (EN 1993-1-1 6.2.6(3) with eta = 1).
    """

    height_mm: FloatArray
    width_mm: FloatArray
    web_mm: FloatArray
    flange_mm: FloatArray
    area_mm2: FloatArray
    i_y_mm4: FloatArray
    i_z_mm4: FloatArray
    w_el_y_mm3: FloatArray
    w_el_z_mm3: FloatArray
    w_pl_y_mm3: FloatArray
    w_pl_z_mm3: FloatArray
    i_t_mm4: FloatArray
    i_w_mm6: FloatArray
    shear_area_z_mm2: FloatArray


def _inputs(*values: npt.ArrayLike) -> tuple[FloatArray, ...]:
    return tuple(np.array(x, dtype=np.float64) for x in np.broadcast_arrays(*(np.asarray(v, dtype=np.float64) for v in values)))


def i_section(
    *, height_mm: npt.ArrayLike, width_mm: npt.ArrayLike, web_mm: npt.ArrayLike, flange_mm: npt.ArrayLike, root_mm: npt.ArrayLike
) -> SteelSection:
    """Return the properties of a doubly symmetric I or H section with parallel flanges.

    Flanges, web and four root fillets; I_t and I_w as in the tables of EN 10365 sections.

    Formula
    -------
    web = height_mm - 2 * flange_mm
    A = 2 * width_mm * flange_mm + web * web_mm + (4 - pi) * root_mm ** 2
    I_y = (width_mm * height_mm ** 3 - (width_mm - web_mm) * web ** 3) / 12 + four fillets of root_mm
    W_y = 2 * I_y / height_mm
    A_v = max(A - 2 * width_mm * flange_mm + (web_mm + 2 * root_mm) * flange_mm, web * web_mm)
    """
    h, b, tw, tf, r = _inputs(height_mm, width_mm, web_mm, flange_mm, root_mm)
    hw = h - 2.0 * tf
    fillet, arm, own = _FILLET * r**2, _FILLET_ARM * r, _FILLET_OWN * r**4
    area = 2.0 * b * tf + hw * tw + 4.0 * fillet
    i_y = (b * h**3 - (b - tw) * hw**3) / 12.0 + 4.0 * (own + fillet * (0.5 * hw - arm) ** 2)
    i_z = (2.0 * tf * b**3 + hw * tw**3) / 12.0 + 4.0 * (own + fillet * (0.5 * tw + arm) ** 2)
    w_pl_y = b * tf * (h - tf) + tw * hw**2 / 4.0 + 4.0 * fillet * (0.5 * hw - arm)
    w_pl_z = 0.5 * tf * b**2 + hw * tw**2 / 4.0 + 4.0 * fillet * (0.5 * tw + arm)
    i_t = _torsion_i(h, b, tw, tf, r)
    shear = np.maximum(area - 2.0 * b * tf + (tw + 2.0 * r) * tf, hw * tw)
    return SteelSection(
        height_mm=h,
        width_mm=b,
        web_mm=tw,
        flange_mm=tf,
        area_mm2=area,
        i_y_mm4=i_y,
        i_z_mm4=i_z,
        w_el_y_mm3=2.0 * i_y / h,
        w_el_z_mm3=2.0 * i_z / b,
        w_pl_y_mm3=w_pl_y,
        w_pl_z_mm3=w_pl_z,
        i_t_mm4=i_t,
        i_w_mm6=tf * b**3 * (h - tf) ** 2 / 24.0,
        shear_area_z_mm2=shear,
    )


def tapered_i_section(
    *,
    height_mm: npt.ArrayLike,
    width_mm: npt.ArrayLike,
    web_mm: npt.ArrayLike,
    flange_mm: npt.ArrayLike,
    root_mm: npt.ArrayLike,
    toe_mm: npt.ArrayLike,
) -> SteelSection:
    """Return the properties of an I section with sloping flanges (INP).

    Outline with root and toe radii, flange thickness at b / 4 and slope 14 %. I_t leaves the
    root radii out (17 to 20 % below the tables) and I_w = I_z (h - t_f)^2 / 4: both safe.

    Formula
    -------
    A, I_y, I_z = of the outline height_mm, width_mm, web_mm with flange_mm at width_mm / 4, slope 0.14, radii root_mm and toe_mm
    W_y = 2 * I_y / height_mm
    A_v = max(A - 2 * width_mm * flange_mm + (web_mm + 2 * root_mm) * flange_mm, (height_mm - 2 * flange_mm) * web_mm)
    I_w = I_z * (height_mm - flange_mm) ** 2 / 4
    """
    h, b, tw, tf, r1, r2 = _inputs(height_mm, width_mm, web_mm, flange_mm, root_mm, toe_mm)
    area, s_x, s_z, i_x, i_zz = _half_outline(h, 0.5 * tw, 0.5 * b, tf, 0.25 * b, TAPER_I, r1, r2)
    i_y, i_z = 4.0 * i_zz, 4.0 * i_x
    whole = 4.0 * area
    shear = np.maximum(whole - 2.0 * b * tf + (tw + 2.0 * r1) * tf, (h - 2.0 * tf) * tw)
    return SteelSection(
        height_mm=h,
        width_mm=b,
        web_mm=tw,
        flange_mm=tf,
        area_mm2=whole,
        i_y_mm4=i_y,
        i_z_mm4=i_z,
        w_el_y_mm3=2.0 * i_y / h,
        w_el_z_mm3=2.0 * i_z / b,
        w_pl_y_mm3=4.0 * s_z,
        w_pl_z_mm3=4.0 * s_x,
        i_t_mm4=_torsion_i(h, b, tw, tf, 0.0 * r1),
        i_w_mm6=i_z * (h - tf) ** 2 / 4.0,
        shear_area_z_mm2=shear,
    )


def tapered_channel(
    *,
    height_mm: npt.ArrayLike,
    width_mm: npt.ArrayLike,
    web_mm: npt.ArrayLike,
    flange_mm: npt.ArrayLike,
    root_mm: npt.ArrayLike,
    toe_mm: npt.ArrayLike,
) -> SteelSection:
    """Return the properties of a channel with sloping flanges (UNP).

    Outline with root and toe radii: to h = 300 the flange thickness stands at b / 2 with
    slope 8 %, above at (b - t_w) / 2 from the edge with 5 % (EN 10279). W_el,z is for the
    flange tips; W_pl,z is set to W_el,z and I_t leaves the radii out (safe). I_w is nan: load
    through the centroid twists a channel, and lateral torsional buckling of a single one
    needs its shear centre, which is not given here.

    Formula
    -------
    place = width_mm / 2 if height_mm <= 300 else (width_mm + web_mm) / 2
    A, I_y = of the outline height_mm, width_mm, web_mm with flange_mm at place, slope 0.08 or 0.05, radii root_mm and toe_mm
    W_y = 2 * I_y / height_mm
    A_v = A - 2 * width_mm * flange_mm + (web_mm + root_mm) * flange_mm
    """
    h, b, tw, tf, r1, r2 = _inputs(height_mm, width_mm, web_mm, flange_mm, root_mm, toe_mm)
    small = h <= 300.0
    place, slope = np.where(small, 0.5 * b, 0.5 * (b + tw)), np.where(small, 0.08, 0.05)
    area, s_x, s_z, i_x, i_zz = _half_outline(h, tw, b, tf, place, slope, r1, r2)
    centroid = s_x / area
    i_y, i_z = 2.0 * i_zz, 2.0 * (i_x - area * centroid**2)
    w_el_z = i_z / (b - centroid)
    return SteelSection(
        height_mm=h,
        width_mm=b,
        web_mm=tw,
        flange_mm=tf,
        area_mm2=2.0 * area,
        i_y_mm4=i_y,
        i_z_mm4=i_z,
        w_el_y_mm3=2.0 * i_y / h,
        w_el_z_mm3=w_el_z,
        w_pl_y_mm3=2.0 * s_z,
        w_pl_z_mm3=w_el_z,
        i_t_mm4=(2.0 * (b - 0.63 * tf) * tf**3 + (h - 2.0 * tf) * tw**3) / 3.0,
        i_w_mm6=np.full_like(h, np.nan),
        shear_area_z_mm2=2.0 * area - 2.0 * b * tf + (tw + r1) * tf,
    )


def rectangular_tube(
    *, height_mm: npt.ArrayLike, width_mm: npt.ArrayLike, wall_mm: npt.ArrayLike, outer_radius_mm: npt.ArrayLike
) -> SteelSection:
    """Return the properties of a rectangular tube; the inner corner radius is the outer one less the wall.

    Torsion as in EN 10219-2 and EN 10210-2; A_v = A h / (b + h).

    Formula
    -------
    A, I_y = of height_mm x width_mm with corners of outer_radius_mm less the same wall_mm inside
    W_y = 2 * I_y / height_mm
    A_v = A * height_mm / (width_mm + height_mm)
    """
    h, b, t, ro = _inputs(height_mm, width_mm, wall_mm, outer_radius_mm)
    ri = np.maximum(ro - t, 0.0)
    outer = _rounded(h, b, ro)
    inner = _rounded(h - 2.0 * t, b - 2.0 * t, ri)
    area, i_y, i_z, w_pl_y, w_pl_z = (o - i for o, i in zip(outer, inner, strict=True))
    rc = 0.5 * (ro + ri)
    line = 2.0 * (b + h - 2.0 * t) - 2.0 * rc * (4.0 - math.pi)
    enclosed = (b - t) * (h - t) - rc**2 * (4.0 - math.pi)
    return SteelSection(
        height_mm=h,
        width_mm=b,
        web_mm=t,
        flange_mm=t,
        area_mm2=area,
        i_y_mm4=i_y,
        i_z_mm4=i_z,
        w_el_y_mm3=2.0 * i_y / h,
        w_el_z_mm3=2.0 * i_z / b,
        w_pl_y_mm3=w_pl_y,
        w_pl_z_mm3=w_pl_z,
        i_t_mm4=t**3 * line / 3.0 + 4.0 * enclosed**2 * t / line,
        i_w_mm6=0.0 * area,
        shear_area_z_mm2=area * h / (b + h),
    )


def round_tube(*, diameter_mm: npt.ArrayLike, wall_mm: npt.ArrayLike) -> SteelSection:
    """Return the properties of a round tube; A_v = 2 A / pi.

    Formula
    -------
    A = pi / 4 * (diameter_mm ** 2 - (diameter_mm - 2 * wall_mm) ** 2)
    I = pi / 64 * (diameter_mm ** 4 - (diameter_mm - 2 * wall_mm) ** 4)
    W_pl = (diameter_mm ** 3 - (diameter_mm - 2 * wall_mm) ** 3) / 6
    A_v = 2 * A / pi
    """
    d, t = _inputs(diameter_mm, wall_mm)
    inside = d - 2.0 * t
    area = math.pi / 4.0 * (d**2 - inside**2)
    inertia = math.pi / 64.0 * (d**4 - inside**4)
    plastic = (d**3 - inside**3) / 6.0
    return SteelSection(
        height_mm=d,
        width_mm=d,
        web_mm=t,
        flange_mm=t,
        area_mm2=area,
        i_y_mm4=inertia,
        i_z_mm4=inertia,
        w_el_y_mm3=2.0 * inertia / d,
        w_el_z_mm3=2.0 * inertia / d,
        w_pl_y_mm3=plastic,
        w_pl_z_mm3=plastic,
        i_t_mm4=2.0 * inertia,
        i_w_mm6=0.0 * area,
        shear_area_z_mm2=2.0 * area / math.pi,
    )


def cold_formed_radius_mm(wall_mm: npt.ArrayLike) -> FloatArray:
    """Return the outer corner radius of a cold formed tube [mm]: 2 t, 2.5 t above 6 mm, 3 t above 10 mm.

    EN 10219-2. A hot finished tube (1.5 t, EN 10210-2) is a little larger and stiffer.

    Formula
    -------
    r = (2 if wall_mm <= 6 else 2.5 if wall_mm <= 10 else 3) * wall_mm
    """
    t = np.asarray(wall_mm, dtype=np.float64)
    return np.where(t <= 6.0, 2.0, np.where(t <= 10.0, 2.5, 3.0)) * t


def _torsion_i(h: FloatArray, b: FloatArray, tw: FloatArray, tf: FloatArray, r: FloatArray) -> FloatArray:
    junction = ((r + 0.5 * tw) ** 2 + (r + tf) ** 2 - r**2) / (2.0 * r + tf)
    share = (0.145 + 0.1 * r / tf) * tw / tf
    result: FloatArray = (2.0 * (b - 0.63 * tf) * tf**3 + (h - 2.0 * tf) * tw**3) / 3.0 + 2.0 * share * junction**4
    return result


def _rounded(h: FloatArray, b: FloatArray, r: FloatArray) -> tuple[FloatArray, ...]:
    """Area, second moments and plastic moduli of a rectangle with rounded corners."""
    cut, arm, own = _FILLET * r**2, _FILLET_ARM * r, _FILLET_OWN * r**4
    area = h * b - 4.0 * cut
    i_y = b * h**3 / 12.0 - 4.0 * (own + cut * (0.5 * h - arm) ** 2)
    i_z = h * b**3 / 12.0 - 4.0 * (own + cut * (0.5 * b - arm) ** 2)
    return area, i_y, i_z, b * h**2 / 4.0 - 4.0 * cut * (0.5 * h - arm), h * b**2 / 4.0 - 4.0 * cut * (0.5 * b - arm)


def _half_outline(
    h: FloatArray,
    web_x: FloatArray,
    tip_x: FloatArray,
    tf: FloatArray,
    place: FloatArray,
    slope: npt.ArrayLike,
    root: FloatArray,
    toe: FloatArray,
) -> tuple[FloatArray, ...]:
    """Return area, first moments (x, z) and second moments (x^2, z^2) of the part x >= 0, z >= 0.

    The web face stands at ``web_x``, the flange ends at ``tip_x`` and is ``tf`` thick at ``place``.
    """
    s = np.broadcast_to(np.asarray(slope, dtype=np.float64), h.shape)
    q = np.sqrt(1.0 + s**2)
    base = 0.5 * h - tf - s * place  # underside: z = base + s x
    angle = np.arctan(s)
    x1, x2 = web_x + root, tip_x - toe
    z1, z2 = base + s * x1 - root * q, base + s * x2 + toe * q
    turn1 = np.pi + (0.5 * np.pi + angle - np.pi)[..., None] * _ARC
    start2 = -0.5 * np.pi + angle
    turn2 = start2[..., None] * (1.0 - _ARC)
    zero = np.zeros_like(h)[..., None]
    xs = (zero, web_x[..., None], x1[..., None] + root[..., None] * np.cos(turn1), x2[..., None] + toe[..., None] * np.cos(turn2))
    zs = (zero, zero, z1[..., None] + root[..., None] * np.sin(turn1), z2[..., None] + toe[..., None] * np.sin(turn2))
    top = 0.5 * h[..., None]
    x = np.concatenate([*xs, tip_x[..., None], zero], axis=-1)
    z = np.concatenate([*zs, top, top], axis=-1)
    xn, zn = np.roll(x, -1, axis=-1), np.roll(z, -1, axis=-1)
    cross = x * zn - xn * z
    return (
        cross.sum(axis=-1) / 2.0,
        (cross * (x + xn)).sum(axis=-1) / 6.0,
        (cross * (z + zn)).sum(axis=-1) / 6.0,
        (cross * (x * x + x * xn + xn * xn)).sum(axis=-1) / 12.0,
        (cross * (z * z + z * zn + zn * zn)).sum(axis=-1) / 12.0,
    )
