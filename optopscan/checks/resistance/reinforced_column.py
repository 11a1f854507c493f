"""Reinforced concrete columns: EN 1992-1-1 5.8.8 (nominal curvature) about both axes, 5.8.9 for both together.

Braced, the load at a fixed distance from the axis over the whole height. The bars are assumed where nobody
states them (`optopscan.materials.reinforcement`): half at each of two faces, so corner bars count for both axes.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from optopscan.checks.clauses import Clauses, plain
from optopscan.checks.resistance.case import Case, Draft, only_extra, plan_shape
from optopscan.codes import en1992, en1992_column, en1992_material, en1992_section
from optopscan.codes.en1992_section import InteractionCurve
from optopscan.codes.interval import admissible_interval
from optopscan.materials.reinforcement import Bars
from optopscan.model.arrays import FloatArray, IntArray

CLAUSES = ("", "", "", "NEN-EN 1992-1-1 5.8.8, 5.8.9")
GRID, HALVINGS = 64, 12
ROUND_BARS = 8


@dataclass(frozen=True, kw_only=True, eq=False)
class Axis:
    """Bending about one axis, (n_row,): depth, failure curve, lambda, d and eccentricity of the load; lengths in mm."""

    name: str
    depth_mm: FloatArray
    curve: InteractionCurve
    slenderness: FloatArray
    effective_depth_mm: FloatArray
    e_load_mm: FloatArray
    e_0_mm: FloatArray


@dataclass(frozen=True, kw_only=True, eq=False)
class Column:
    """Columns of one shape, what does not depend on the axial force, (n_row,); ``axes``: about y (depth h) and z (depth b)."""

    circular: bool
    axes: tuple[Axis, ...] = ()
    area_mm2: FloatArray
    steel_mm2: FloatArray
    fck_mpa: FloatArray
    fcd_mpa: FloatArray
    fyd_mpa: FloatArray
    omega: FloatArray
    l0_mm: FloatArray
    e_i_mm: FloatArray
    creep: float


def check(case: Case, rows: IntArray, out: Draft) -> None:
    """Fill in concrete columns."""
    shapes = np.array([plan_shape(case, row) for row in rows.tolist()], dtype=object)
    unknown = np.ones(rows.size, dtype=np.bool_)
    out.explain_unknown(rows, shapes == "", "section of the column is neither a rectangle nor a circle")
    if case.bars is None:
        out.explain_unknown(rows, unknown, "reinforcement of the column unknown")
        return
    for shape in ("rectangle", "circle"):
        own = rows[shapes == shape]
        if own.size:
            _check_shape(case, own, case.bars, shape == "circle", out)


def _check_shape(case: Case, rows: IntArray, bars: Bars, circular: bool, out: Draft) -> None:
    column = _column(case, rows, bars, circular)
    squash = case.clause(en1992_section.plastic_axial_resistance_kn)(
        area_mm2=column.area_mm2, steel_mm2=column.steel_mm2, fcd_mpa=column.fcd_mpa, fyd_mpa=column.fyd_mpa
    )
    found = admissible_interval(
        lambda n: _utilisation(column, n, squash), lower_kn=0.0 * squash, upper_kn=squash, n_grid=GRID, n_bisect=HALVINGS
    )
    n_rd = np.where(np.isneginf(found.hi), 0.0, found.hi)
    # once more at the answer, so that a trace shows the numbers there
    _utilisation(column, n_rd, squash, case.clause)
    out.resist(rows, CLAUSES, only_extra(n_rd))
    _put(case, rows, bars, column, n_rd, out)
    out.explain_unknown(rows, np.isnan(column.fck_mpa), "concrete strength unknown")
    out.explain_geometry(case, rows, *case.geometry_mm(rows)[::2])
    out.explain_unknown(rows, np.isnan(column.axes[0].depth_mm), "length unknown")
    out.explain_unknown(rows, np.isnan(n_rd), "reinforcement of the column unknown")


def _column(case: Case, rows: IntArray, bars: Bars, circular: bool) -> Column:
    clause, full = case.clause, np.ones(rows.size)
    b, h = (1000.0 * np.where(x > 0, x, np.nan) for x in (case.parts.thickness_m[rows], case.parts.length_m[rows]))
    stated, default = case.strength(rows)
    fck = np.where(np.isnan(stated), default, stated)
    fcd = clause(en1992_material.fcd_mpa)(fck)
    fyd = clause(en1992_material.fyd_mpa)(bars.fyk_mpa * full, prescribed_mpa=bars.prescribed_mpa)
    area = (np.pi / 4.0 if circular else 1.0) * b * h
    l0 = case.defaults.concrete_length_factor * case.height_mm(rows)
    fraction = np.where(case.one_side[rows], case.defaults.e_one_side, case.defaults.e_other)
    column = Column(
        circular=circular,
        area_mm2=area,
        steel_mm2=bars.ratio * area,
        fck_mpa=fck,
        fcd_mpa=fcd,
        fyd_mpa=fyd,
        omega=clause(en1992_column.mechanical_ratio)(steel_mm2=bars.ratio * area, area_mm2=area, fyd_mpa=fyd, fcd_mpa=fcd),
        l0_mm=l0,
        e_i_mm=clause(en1992.imperfection_mm)(l0),
        creep=case.defaults.creep_effective,
    )
    extra = 1000.0 * np.abs(case.eccentricity_m[rows])
    about_y = _axis(clause, column, "y", h, b, fraction * h + extra[:, 1], bars)
    about_z = _axis(clause, column, "z", b, h, fraction * b + extra[:, 0], bars)
    return replace(column, axes=(about_y, about_z))


def _axis(clause: Clauses, column: Column, name: str, depth: FloatArray, width: FloatArray, e_load: FloatArray, bars: Bars) -> Axis:
    """Return what bending of the depth ``depth`` needs."""
    steel, edge = column.steel_mm2, bars.axis_distance_mm
    if column.circular:
        bar_rows = en1992_section.circle_rows(diameter_mm=depth, axis_distance_mm=edge, area_mm2=steel, n_bars=ROUND_BARS)
        curve = clause(en1992_section.circle_curve, name)(
            diameter_mm=depth,
            axis_distance_mm=edge,
            area_mm2=steel,
            fcd_mpa=column.fcd_mpa,
            fyd_mpa=column.fyd_mpa,
            n_bars=ROUND_BARS,
            block=en1992_material.stress_block(column.fck_mpa),
        )
    else:
        bar_rows = clause(en1992_section.face_rows, name)(h_mm=depth, axis_distance_mm=edge, area_mm2=steel)
        curve = clause(en1992_section.rectangle_curve, name)(
            b_mm=width,
            h_mm=depth,
            rows=bar_rows,
            fcd_mpa=column.fcd_mpa,
            fyd_mpa=column.fyd_mpa,
            block=en1992_material.stress_block(column.fck_mpa),
        )
    i_s = clause(en1992_section.bar_gyration_mm, name)(bar_rows, h_mm=depth)
    i = clause(en1992_column.gyration_mm, name)(depth, circular=column.circular)
    return Axis(
        name=name,
        depth_mm=depth,
        curve=curve,
        slenderness=clause(en1992_column.slenderness, name)(l0_mm=column.l0_mm, gyration_mm=i),
        effective_depth_mm=0.5 * depth + i_s,
        e_load_mm=e_load,
        e_0_mm=clause(en1992_column.minimum_eccentricity_mm, name)(depth),
    )


def _utilisation(column: Column, n_kn: FloatArray, squash_kn: FloatArray, clause: Clauses = plain) -> FloatArray:
    """Return the unity check at an axial force, (..., n_row): the imperfection about either axis (5.8.9(2)), the worse counts."""
    relative = clause(en1992_column.relative_axial_force)(n_ed_kn=n_kn, area_mm2=column.area_mm2, fcd_mpa=column.fcd_mpa)
    limit = clause(en1992_column.slenderness_limit)(relative, b=clause(en1992_column.limit_factor_b)(column.omega))
    k_r = clause(en1992_column.curvature_axial_factor)(relative_axial_force=relative, omega=column.omega)
    exponent = clause(en1992_column.biaxial_exponent)(n_kn / squash_kn, circular=column.circular)
    with_e_i, without, resistance = [], [], []
    for axis in column.axes:
        e_2 = _second_order(column, axis, k_r, limit, clause)
        moment = clause(en1992_column.design_moment_knm, axis.name)
        e_i = axis.e_load_mm + column.e_i_mm
        with_e_i.append(moment(n_ed_kn=n_kn, m01_knm=0.0, m02_knm=0.0, e_i_mm=e_i, e_2_mm=e_2, e_0_mm=axis.e_0_mm))
        without.append(moment(n_ed_kn=n_kn, m01_knm=0.0, m02_knm=0.0, e_i_mm=axis.e_load_mm, e_2_mm=e_2))
        resistance.append(clause(en1992_section.moment_resistance_knm, axis.name)(axis.curve, n_kn))
    worst = np.zeros(np.shape(n_kn))
    for m_y, m_z in ((with_e_i[0], without[1]), (without[0], with_e_i[1])):
        worst = np.maximum(worst, _both(column, m_y, m_z, resistance, exponent, clause))
    return worst


def _second_order(column: Column, axis: Axis, k_r: FloatArray, limit: FloatArray, clause: Clauses) -> FloatArray:
    """Return e_2 [mm], 0 up to the slenderness limit."""
    k_phi = clause(en1992_column.curvature_creep_factor, axis.name)(
        fck_mpa=column.fck_mpa, slenderness=axis.slenderness, phi_ef=column.creep
    )
    curvature = clause(en1992_column.nominal_curvature_per_mm, axis.name)(
        k_r=k_r, k_phi=k_phi, fyd_mpa=column.fyd_mpa, effective_depth_mm=axis.effective_depth_mm
    )
    e_2 = clause(en1992_column.second_order_eccentricity_mm, axis.name)(
        curvature_per_mm=curvature, l0_mm=column.l0_mm, c=en1992_column.CURVATURE_CONSTANT
    )
    return np.where(axis.slenderness <= limit, 0.0 * e_2, e_2)


def _both(
    column: Column, m_y: FloatArray, m_z: FloatArray, resistance: list[FloatArray], exponent: FloatArray, clause: Clauses
) -> FloatArray:
    """Return the larger of both axes alone and, where 5.8.9(3) asks for it, (5.39)."""
    y, z = column.axes
    needed = clause(en1992_column.biaxial_check_needed)(
        slenderness_y=y.slenderness, slenderness_z=z.slenderness, m_y_knm=m_y, m_z_knm=m_z, h_mm=y.depth_mm, b_mm=z.depth_mm
    )
    both = clause(en1992_column.biaxial_utilisation)(
        m_y_knm=m_y, m_rd_y_knm=resistance[0], m_z_knm=m_z, m_rd_z_knm=resistance[1], exponent=exponent
    )
    with np.errstate(divide="ignore", invalid="ignore"):
        alone = [np.where(m > 0.0, np.where(r > 0.0, m / r, np.inf), 0.0) + 0.0 * r for m, r in zip((m_y, m_z), resistance, strict=True)]
    single = np.maximum(*alone)
    return np.where(np.isnan(needed + single), np.nan, np.where(needed > 0.0, np.maximum(single, both), single))


def _put(case: Case, rows: IntArray, bars: Bars, column: Column, n_rd: FloatArray, out: Draft) -> None:
    full = np.ones(rows.size)
    y, z = column.axes
    out.put(rows, b_mm=z.depth_mm, h_section_mm=y.depth_mm, h_mm=case.height_mm(rows), l0_mm=column.l0_mm)
    out.put(rows, fck_mpa=column.fck_mpa, fcd_mpa=column.fcd_mpa, fyk_mpa=bars.fyk_mpa * full, fyd_mpa=column.fyd_mpa)
    out.put(rows, rho_s=bars.ratio * full, As_mm2=column.steel_mm2, bar_distance_mm=bars.axis_distance_mm * full)
    out.put(rows, e_load_y_mm=y.e_load_mm, e_load_z_mm=z.e_load_mm, e_0_y_mm=y.e_0_mm, e_0_z_mm=z.e_0_mm, e_init_column_mm=column.e_i_mm)
    out.put(rows, phi_ef=column.creep * full, curvature_c=en1992_column.CURVATURE_CONSTANT * full, n_rd_kn=only_extra(n_rd))
    stated, _ = case.strength(rows)
    out.say(rows, "strength_source", ["default fck" if np.isnan(s) else "fck of the stated grade" for s in stated])
    out.say(rows, "section_shape", ["circle" if column.circular else "rectangle"] * rows.size)
    out.say(rows, "bars", [f"assumed: {bars.ratio:.1%} of the section"] * rows.size)
