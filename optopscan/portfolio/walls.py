"""Resistance of bearing walls per metre and per N/mm2 of strength, by the clauses that a scan uses.

Masonry and plain concrete have a resistance proportional to their strength, so a wall is solved once and the strength
that a load needs follows: the inversion of `checks.estimator.needs`, on samples of walls instead of parts of a model.
"""

from __future__ import annotations

import numpy as np

from optopscan.checks.defaults import CheckDefaults
from optopscan.codes import en1992, en1996
from optopscan.codes.en1996_data import MASONRY_UNITS, gamma_m, strength_row
from optopscan.model.arrays import FloatArray

LENGTH_MM = 1000.0


def resistance_kn_m(
    *, group: str, thickness_m: FloatArray, clear_height_m: FloatArray, one_side: bool, consequence_class: str, defaults: CheckDefaults
) -> FloatArray:
    """Return N_Rd per metre of wall for a strength of 1 N/mm2 [kN/m], the least of head, middle, foot and the Dutch minimum.

    ``group`` is a masonry unit (strength f_k) or concrete (f_ck). Floors of concrete hold head and foot of a wall that
    they run over; of one with floors on one side nothing shows that they do. Zero where the wall is too slender for its clauses: nothing
    was shown, so nothing is carried.

    Parameters
    ----------
    group
        Material group.
    thickness_m, clear_height_m
        Sizes [m], broadcastable.
    one_side
        Whether floors rest on one side only.
    consequence_class
        CC1, CC2 or CC3.
    defaults
        First-pass choices, as in a scan.
    """
    t, h = np.broadcast_arrays(1000.0 * thickness_m, 1000.0 * clear_height_m)
    e_head = (defaults.e_one_side if one_side else defaults.e_other) * t
    e_foot = defaults.e_other * t
    if group == "concrete":
        return _concrete(t, h, e_head, e_foot, defaults)
    return _masonry(group, t, h, (e_head, e_foot), not one_side, consequence_class, defaults)


def _masonry(
    group: str,
    t: FloatArray,
    h: FloatArray,
    e_ends: tuple[FloatArray, FloatArray],
    held: bool,
    consequence_class: str,
    defaults: CheckDefaults,
) -> FloatArray:
    e_head, e_foot = e_ends
    unit = next(one for one in MASONRY_UNITS if one == group)
    phi_inf = strength_row(unit, unit_group=defaults.unit_group, mortar=defaults.mortar).phi_inf
    fd = en1996.design_strength_mpa(np.ones_like(t), gamma_m=gamma_m(defaults.category, consequence_class=consequence_class))
    e_mid = defaults.mid_fraction * e_head
    h_ef = en1996.effective_height_mm(h, rho=en1996.rho2(concrete_floors=held, e_top_mm=e_head, thickness_mm=t))
    lam, lam_1 = h_ef / t, h / t
    e_init = en1996.initial_eccentricity_mm(h_ef)
    head = en1996.end_eccentricity_mm(e_load_mm=e_head, e_init_mm=e_init, thickness_mm=t)
    foot = en1996.end_eccentricity_mm(e_load_mm=e_foot, e_init_mm=e_init, thickness_mm=t)
    middle = en1996.mid_eccentricity_mm(e_load_mm=e_mid, e_init_mm=e_init, thickness_mm=t, slenderness=lam, phi_inf=phi_inf)
    phi = [
        en1996.end_factor(e_mm=head, thickness_mm=t),
        en1996.mid_factor(e_mm=middle, thickness_mm=t, slenderness=lam),
        en1996.end_factor(e_mm=foot, thickness_mm=t),
    ]
    if defaults.minimum_eccentricity:
        least = en1996.minimum_eccentricity_mm(effective_height_mm=h, thickness_mm=t, slenderness=lam_1, phi_inf=phi_inf)
        phi.append(en1996.mid_factor(e_mm=least, thickness_mm=t, slenderness=lam_1))
    found = en1996.axial_resistance_kn(phi=np.min(phi, axis=0), thickness_mm=t, length_mm=LENGTH_MM, fd_mpa=fd)
    return np.where(lam > en1996.SLENDERNESS_LIMIT, 0.0, found)


def _concrete(t: FloatArray, h: FloatArray, e_head: FloatArray, e_foot: FloatArray, defaults: CheckDefaults) -> FloatArray:
    fcd = en1992.fcd_plain_mpa(np.ones_like(t))
    l0 = en1992.effective_length_mm(h, beta=en1992.MONOLITHIC if defaults.monolithic else 1.0)
    e_mid = defaults.mid_fraction * e_head + en1992.imperfection_mm(l0)
    phi = np.min(
        [
            en1992.section_factor(e_mm=e_head, thickness_mm=t),
            en1992.wall_factor(e_tot_mm=e_mid, l0_mm=l0, thickness_mm=t),
            en1992.section_factor(e_mm=e_foot, thickness_mm=t),
        ],
        axis=0,
    )
    found = en1992.wall_resistance_kn(phi=phi, length_mm=LENGTH_MM, thickness_mm=t, fcd_plain_mpa=fcd)
    return np.where(l0 / t > en1992.SLENDERNESS_LIMIT, 0.0, found)
