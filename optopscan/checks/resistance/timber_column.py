"""Timber columns and studs drawn as such: EN 1995-1-1 6.3.2, rectangles held at both ends."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from optopscan.checks.clauses import plain
from optopscan.checks.resistance.case import Case, Draft, only_extra, plan_shape
from optopscan.checks.resistance.timber import Timber, say, strengths, timber_of
from optopscan.codes import en1995
from optopscan.model.arrays import FloatArray, IntArray

CLAUSES = ("", "", "", "NEN-EN 1995-1-1 6.3.2")


def check(case: Case, rows: IntArray, out: Draft) -> None:
    """Fill in timber columns."""
    timber = timber_of(case, rows)
    other = np.array([plan_shape(case, row) != "rectangle" for row in rows.tolist()])
    b, h = (1000.0 * np.where((x > 0) & ~other, x, np.nan) for x in (case.parts.thickness_m[rows], case.parts.length_m[rows]))
    length = case.height_mm(rows)
    n_rd = _limit(case, rows, timber, b, h, length)
    quiet = replace(case, clause=plain)
    best = _limit(quiet, rows, timber_of(quiet, rows, best=True), b, h, length)
    out.resist(rows, CLAUSES, only_extra(n_rd))
    out.best(rows, only_extra(best))
    out.put(rows, b_mm=b, h_section_mm=h, h_mm=length, n_rd_kn=only_extra(n_rd), beta_c=timber.beta_c)
    say(case, rows, timber, out)
    out.explain_unknown(rows, other, "section of the column is not a rectangle")
    out.explain_geometry(case, rows, b, length)
    out.explain_unknown(rows, np.isnan(h), "length unknown")


def _limit(case: Case, rows: IntArray, timber: Timber, b: FloatArray, h: FloatArray, length: FloatArray) -> FloatArray:
    """Return the largest axial force [kN]; eccentricities bend about the axis that they are given across."""
    clause = case.clause
    design = strengths(case, timber)
    k_c = []
    for axis, depth in (("y", h), ("z", b)):
        lam = clause(en1995.slenderness, axis)(length_mm=length, depth_mm=depth)
        relative = clause(en1995.relative_slenderness, axis)(lam, fc0k_mpa=timber.fc0k_mpa, e005_mpa=timber.e005_mpa)
        k_c.append(clause(en1995.buckling_factor, axis)(relative, beta_c=timber.beta_c))
    across, along = (1000.0 * np.abs(case.eccentricity_m[rows, k]) for k in (0, 1))
    return clause(en1995.axial_limit_kn)(
        area_mm2=b * h,
        fc0d_mpa=design["fc0d"],
        k_cy=k_c[0],
        k_cz=k_c[1],
        per_kn_y=6000.0 * along / (b * h**2 * design["fmd"]),
        per_kn_z=6000.0 * across / (h * b**2 * design["fmd"]),
    )
