"""Axial resistance per part at head, mid-height and foot, with all that recomputes it.

Which check applies follows from part kind and material group:

=============================  ============================================================
pier, masonry                  EN 1996-1-1 6.1.2 at head, mid, foot; Dutch minimum eccentricity
pier, concrete                 EN 1992-1-1 12.6.1 at head and foot, 12.6.5.2 at mid
column, steel                  EN 1993-1-1 6.3.1 (section named in the model)
everything else                no check: unknown
=============================  ============================================================

Load enters at a fixed distance from the axis, so the reduction factors do not
depend on N and the admissible force runs from zero to one limit. A fixed moment
gives an interval instead: `optopscan.checks.wall_wind`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from optopscan.checks.defaults import CheckDefaults
from optopscan.checks.sections import Section, agrees, parse_section
from optopscan.codes import en1992, en1993, en1996
from optopscan.codes.en1990 import FactorSet
from optopscan.codes.en1996_data import MASONRY_UNITS, gamma_m, strength_row
from optopscan.model.arrays import BoolArray, FloatArray, freeze
from optopscan.model.building import Elements
from optopscan.model.structure import Materials, Parts

SECTIONS = ("head", "mid", "foot", "extra")
HEAD, MID, FOOT, EXTRA = range(4)
OWN_WEIGHT_FACTOR: FloatArray = np.array([0.0, 0.5, 1.0, 1.0])
"""Share of the part's own weight at each section. The extra check (minimum eccentricity,
member buckling) takes the largest force in the part, at the foot."""

CLAUSES_MASONRY = (
    "NEN-EN 1996-1-1 6.1.2.2(1)(i) head",
    "NEN-EN 1996-1-1 6.1.2.2(1)(ii) mid",
    "NEN-EN 1996-1-1 6.1.2.2(1)(i) foot",
    "NEN-EN 1996-1-1 NB 5.5.1.1(5)",
)
CLAUSES_CONCRETE = ("NEN-EN 1992-1-1 12.6.1 head", "NEN-EN 1992-1-1 12.6.5.2", "NEN-EN 1992-1-1 12.6.1 foot", "")
CLAUSES_STEEL = ("", "", "", "NEN-EN 1993-1-1 6.3.1")
_NO_CLAUSE = ("", "", "", "")


@dataclass(frozen=True, kw_only=True, eq=False)
class Resistance:
    """Design resistance per part (n_part) and section (4: head, mid, foot, extra).

    ``n_lo_kn``..``n_hi_kn`` is the admissible design axial force; nan where it is
    unknown (``reason`` says why) or where ``applies`` is False. ``terms`` holds what
    the resistance was computed from, per part or per part and section, with the unit
    in the name and nan where a term plays no part; ``texts`` the words. ``n_best_kn`` is
    the upper limit with the highest plausible strength where the strength is assumed:
    a part that needs more than that is over, one that needs less is unknown.
    """

    applies: BoolArray
    n_lo_kn: FloatArray
    n_hi_kn: FloatArray
    clauses: tuple[tuple[str, ...], ...]
    reason: tuple[str, ...]
    terms: Mapping[str, FloatArray]
    texts: Mapping[str, tuple[str, ...]]
    n_best_kn: FloatArray = field(default_factory=lambda: np.zeros((0, len(SECTIONS))))

    def __post_init__(self) -> None:
        if len(self.n_best_kn) != len(self.reason):
            object.__setattr__(self, "n_best_kn", self.n_hi_kn)
        freeze(self)

    def __len__(self) -> int:
        return len(self.reason)

    @property
    def known(self) -> BoolArray:
        """True where every check that applies has a resistance and at least one applies, (n_part,)."""
        settled = np.all(~self.applies | np.isfinite(self.n_hi_kn), axis=1)
        return np.asarray(settled & np.any(self.applies, axis=1))

    def explain(self, part: int, section: int | None = None) -> dict[str, float | str]:
        """Return the inputs of one check, enough to recompute the resistance by hand.

        Parameters
        ----------
        part
            Row of the part.
        section
            Column in `SECTIONS`; the one with the lowest resistance when left out.
        """
        column = self.governing_section(part) if section is None else section
        inputs: dict[str, float | str] = {"section": SECTIONS[column], "clause": self.clauses[part][column]}
        for name in sorted(self.texts):
            if self.texts[name][part]:
                inputs[name] = self.texts[name][part]
        for name in sorted(self.terms):
            values = self.terms[name]
            value = float(values[part] if values.ndim == 1 else values[part, column])
            if not np.isnan(value):
                inputs[name] = value
        if self.reason[part]:
            inputs["reason"] = self.reason[part]
        return inputs

    def governing_section(self, part: int) -> int:
        """Return the column with the lowest known upper limit (head where none is known)."""
        row = np.where(self.applies[part] & ~np.isnan(self.n_hi_kn[part]), self.n_hi_kn[part], np.inf)
        return int(np.argmin(row))


def part_resistance(
    *,
    parts: Parts,
    elements: Elements,
    materials: Materials,
    factors: FactorSet,
    defaults: CheckDefaults | None = None,
    concrete_floor_head: BoolArray | None = None,
    concrete_floor_foot: BoolArray | None = None,
    eccentricity_m: FloatArray | None = None,
) -> Resistance:
    """Return the admissible design axial force of every part.

    Parameters
    ----------
    parts, elements, materials
        The structure; ``materials.strength_mpa`` is f_b, f_ck or f_y of the stated grade,
        ``materials.strength_default_mpa`` f_k (masonry), f_ck or f_y without one.
    factors
        Assessment level and consequence class (gamma_M).
    defaults
        First-pass choices.
    concrete_floor_head, concrete_floor_foot
        True (n_part,) where a concrete floor is shown to hold the wall (bearing at least
        two thirds of the thickness where it comes from one side); both give rho2 = 0.75.
    eccentricity_m
        (n_part, 2): fixed eccentricity of the existing load out of plane and in plane [m],
        added to the first-pass value; nan makes the part unknown.

    Returns
    -------
    Resistance
        nan with a reason where no check covers the part or a fact is missing.
    """
    n = len(parts)
    setup = _Setup(
        parts=parts,
        elements=elements,
        materials=materials,
        factors=factors,
        defaults=defaults or CheckDefaults(),
        floors=_floors(n, concrete_floor_head, concrete_floor_foot),
        eccentricity_m=np.zeros((n, 2)) if eccentricity_m is None else np.asarray(eccentricity_m, dtype=np.float64),
    )
    result = _Draft(n)
    group = np.array([materials.group[e] for e in parts.element], dtype=object)
    kind = np.array(parts.kind, dtype=object)
    for unit in MASONRY_UNITS:
        _masonry(setup, np.flatnonzero((kind == "pier") & (group == unit)), unit, result)
    _concrete(setup, np.flatnonzero((kind == "pier") & (group == "concrete")), result)
    _steel(setup, np.flatnonzero((kind == "column") & (group == "steel")), result)
    for i in range(n):
        if not result.applies[i].any() and not result.reason[i]:
            result.reason[i] = f"no check covers a {parts.kind[i]} of {group[i]}"
    return result.done()


@dataclass(frozen=True, kw_only=True, eq=False)
class _Setup:
    parts: Parts
    elements: Elements
    materials: Materials
    factors: FactorSet
    defaults: CheckDefaults
    floors: BoolArray
    eccentricity_m: FloatArray

    def geometry_mm(self, rows: npt.NDArray[np.int64]) -> tuple[FloatArray, FloatArray, FloatArray]:
        """Thickness, length that stays compressed around the in-plane resultant, clear height [mm]."""
        p = self.parts
        length = np.maximum(p.length_m[rows] - 2.0 * np.abs(self.eccentricity_m[rows, 1]), 0.0)
        height = p.z1_m[rows] - p.z0_m[rows]
        t, l, h = (1000.0 * np.where(x > 0, x, np.nan) for x in (p.thickness_m[rows], length, height))
        # a resultant outside the part leaves no length at all: no resistance, which is known
        return t, np.where(length == 0.0, 0.0, l), h

    def head_eccentricity_mm(self, rows: npt.NDArray[np.int64], t_mm: FloatArray) -> FloatArray:
        fraction = np.where(self.parts.floor_sides[rows] == 1, self.defaults.e_one_side, self.defaults.e_other)
        result: FloatArray = fraction * t_mm + self.extra_mm(rows)
        return result

    def foot_eccentricity_mm(self, rows: npt.NDArray[np.int64], t_mm: FloatArray) -> FloatArray:
        return self.defaults.e_other * t_mm + self.extra_mm(rows)

    def extra_mm(self, rows: npt.NDArray[np.int64]) -> FloatArray:
        result: FloatArray = 1000.0 * np.abs(self.eccentricity_m[rows, 0])
        return result

    def strength(self, rows: npt.NDArray[np.int64]) -> tuple[FloatArray, FloatArray]:
        """Strength stated by the grade and default strength [N/mm2]; not above zero is unknown."""
        e = self.parts.element[rows]
        stated, default = self.materials.strength_mpa[e], self.materials.strength_default_mpa[e]
        return np.where(stated > 0, stated, np.nan), np.where(default > 0, default, np.nan)


@dataclass(eq=False)
class _Draft:
    """The result while it is filled, one material at a time."""

    n: int
    applies: BoolArray = field(init=False)
    n_hi_kn: FloatArray = field(init=False)
    clauses: list[tuple[str, ...]] = field(init=False)
    reason: list[str] = field(init=False)
    terms: dict[str, FloatArray] = field(default_factory=dict)
    texts: dict[str, list[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.applies = np.zeros((self.n, len(SECTIONS)), dtype=np.bool_)
        self.n_hi_kn = np.full((self.n, len(SECTIONS)), np.nan)
        self.clauses = [_NO_CLAUSE] * self.n
        self.reason = [""] * self.n

    def put(self, rows: npt.NDArray[np.int64], **values: npt.ArrayLike) -> None:
        """Store terms of these parts, per part or per part and section."""
        for name, value in values.items():
            array = np.asarray(value, dtype=np.float64)
            shape = (self.n, len(SECTIONS)) if array.ndim == 2 else (self.n,)
            self.terms.setdefault(name, np.full(shape, np.nan))[rows] = array

    def say(self, rows: npt.NDArray[np.int64], name: str, values: list[str]) -> None:
        column = self.texts.setdefault(name, [""] * self.n)
        for row, value in zip(rows.tolist(), values, strict=True):
            column[row] = value

    def resist(self, rows: npt.NDArray[np.int64], clauses: tuple[str, ...], n_hi_kn: FloatArray) -> None:
        self.applies[rows] = [bool(c) for c in clauses]
        self.n_hi_kn[rows] = np.where(self.applies[rows], n_hi_kn, np.nan)
        for row in rows.tolist():
            self.clauses[row] = clauses

    def explain_unknown(self, rows: npt.NDArray[np.int64], unknown: BoolArray, reason: str) -> None:
        for row in rows[unknown].tolist():
            self.reason[row] = self.reason[row] or reason

    def done(self) -> Resistance:
        return Resistance(
            applies=self.applies,
            n_lo_kn=np.where(self.applies & ~np.isnan(self.n_hi_kn), 0.0, np.nan),
            n_hi_kn=self.n_hi_kn,
            clauses=tuple(self.clauses),
            reason=tuple(self.reason),
            terms=self.terms,
            texts={name: tuple(values) for name, values in self.texts.items()},
        )


def _floors(n: int, head: BoolArray | None, foot: BoolArray | None) -> BoolArray:
    """True where concrete floors at both ends are shown."""
    if head is None or foot is None:
        return np.zeros(n, dtype=np.bool_)
    return np.asarray(head, dtype=np.bool_) & np.asarray(foot, dtype=np.bool_)


def _per_section(head: FloatArray, mid: FloatArray, foot: FloatArray, extra: FloatArray) -> FloatArray:
    return np.stack(np.broadcast_arrays(head, mid, foot, extra), axis=-1)


def _masonry_fk(setup: _Setup, rows: npt.NDArray[np.int64], unit: str, t: FloatArray, out: _Draft) -> tuple[FloatArray, float]:
    """Return f_k [N/mm2] and phi_inf; the stated unit strength wins over the default f_k."""
    d = setup.defaults
    row = next(u for u in MASONRY_UNITS if u == unit)
    constants = strength_row(row, unit_group=1 if unit == "aerated-concrete" else d.unit_group, mortar=d.mortar)
    fb, fk_default = setup.strength(rows)
    joint = (unit == "clay") & (t > 1000.0 * d.clay_joint_thickness_m)
    stated = en1996.fk_mpa(
        fb_mpa=fb,
        fm_mpa=d.fm_mpa,
        k=constants.k,
        alpha=constants.alpha,
        beta=constants.beta,
        thin_layer=d.mortar == "TL",
        longitudinal_joint=joint,
    )
    given = setup.materials.fk_mpa[setup.parts.element[rows]]
    tested = given > 0
    has_grade = ~np.isnan(fb) & ~tested

    def of_grade(value: npt.ArrayLike) -> FloatArray:
        return np.where(has_grade, np.asarray(value, dtype=np.float64), np.nan)

    out.put(rows, fb_mpa=of_grade(fb), fm_mpa=of_grade(d.fm_mpa), K=of_grade(constants.k), alpha=of_grade(constants.alpha))
    out.put(rows, beta=of_grade(constants.beta), longitudinal_joint_factor=of_grade(np.where(joint, 0.8, 1.0)))
    texts = np.where(tested, "fk given", np.where(has_grade, "fk of the stated grade", "default fk"))
    out.say(rows, "strength_source", texts.tolist())
    out.say(rows, "mortar", [d.mortar if g else "" for g in has_grade])
    return np.where(tested, given, np.where(has_grade, stated, fk_default)), constants.phi_inf


def _masonry(setup: _Setup, rows: npt.NDArray[np.int64], unit: str, out: _Draft) -> None:
    """EN 1996-1-1 6.1.2 with the Dutch annex for masonry piers held at head and foot."""
    if rows.size == 0:
        return
    d = setup.defaults
    t, length, h = setup.geometry_mm(rows)
    fk, phi_inf = _masonry_fk(setup, rows, unit, t, out)
    gamma = gamma_m(d.category, consequence_class=setup.factors.consequence_class)
    reduction = en1996.area_factor(t * length * 1e-6)
    fd = fk / gamma * reduction
    e_head, e_foot = setup.head_eccentricity_mm(rows, t), setup.foot_eccentricity_mm(rows, t)
    e_mid = d.mid_fraction * e_head
    rho2 = np.where(setup.floors[rows] & (e_head <= 0.25 * t), 0.75, 1.0)
    h_ef = rho2 * h
    lam, lam_1 = h_ef / t, h / t
    e_init = en1996.initial_eccentricity_mm(h_ef)
    e_i = [en1996.end_eccentricity_mm(e_load_mm=e, e_init_mm=e_init, thickness_mm=t) for e in (e_head, e_foot)]
    e_mk = en1996.mid_eccentricity_mm(e_load_mm=e_mid, e_init_mm=e_init, thickness_mm=t, slenderness=lam, phi_inf=phi_inf)
    e_least = en1996.minimum_eccentricity_mm(effective_height_mm=h, thickness_mm=t, slenderness=lam_1, phi_inf=phi_inf)
    e = _per_section(e_i[0], e_mk, e_i[1], e_least)
    phi = _per_section(
        en1996.end_factor(e_mm=e_i[0], thickness_mm=t),
        en1996.mid_factor(e_mm=e_mk, thickness_mm=t, slenderness=lam),
        en1996.end_factor(e_mm=e_i[1], thickness_mm=t),
        en1996.mid_factor(e_mm=e_least, thickness_mm=t, slenderness=lam_1),
    )
    n_rd = en1996.axial_resistance_kn(phi=phi, thickness_mm=t[:, None], length_mm=length[:, None], fd_mpa=fd[:, None])
    # 5.5.1.4(2): beyond 27 the wall fails outright, unless floors that nobody showed would bring it below.
    too_slender = lam > en1996.SLENDERNESS_LIMIT
    open_question = too_slender & (0.75 * lam_1 <= en1996.SLENDERNESS_LIMIT)
    n_rd[too_slender] = 0.0
    n_rd[open_question] = np.nan
    clauses = CLAUSES_MASONRY if d.minimum_eccentricity else (*CLAUSES_MASONRY[:EXTRA], "")
    out.resist(rows, clauses, n_rd)
    nan = np.full(rows.size, np.nan)
    out.put(rows, t_mm=t, l_mm=length, h_mm=h, fk_mpa=fk, gamma_M=np.full(rows.size, gamma), area_factor=reduction, fd_mpa=fd)
    out.put(rows, E_over_fk=np.full(rows.size, en1996.E_OVER_FK), phi_inf=np.full(rows.size, phi_inf), slenderness_limit=27.0 + 0 * t)
    out.put(rows, rho2=_per_section(rho2, rho2, rho2, np.ones_like(rho2)), h_ef_mm=_per_section(h_ef, h_ef, h_ef, h))
    out.put(rows, e_load_mm=_per_section(e_head, e_mid, e_foot, nan), e_init_mm=_per_section(e_init, e_init, e_init, nan))
    out.put(rows, e_mm=e, slenderness=_per_section(lam, lam, lam, lam_1), phi=phi, n_rd_kn=n_rd)
    out.explain_unknown(rows, np.isnan(fk), "masonry strength unknown")
    out.explain_unknown(rows, open_question, "slenderness over 27 unless concrete floors at head and foot are shown")
    _explain_geometry(setup, rows, t, h, out)


def _concrete(setup: _Setup, rows: npt.NDArray[np.int64], out: _Draft) -> None:
    """EN 1992-1-1 12.6 for concrete piers, taken as plain concrete."""
    if rows.size == 0:
        return
    t, length, h = setup.geometry_mm(rows)
    stated, default = setup.strength(rows)
    fck = np.where(np.isnan(stated), default, stated)
    fcd = en1992.fcd_plain_mpa(fck)
    beta = 0.85 if setup.defaults.monolithic else 1.0
    l0 = en1992.effective_length_mm(h, beta=beta)
    e_i = en1992.imperfection_mm(l0)
    e_head, e_foot = setup.head_eccentricity_mm(rows, t), setup.foot_eccentricity_mm(rows, t)
    e_mid = setup.defaults.mid_fraction * e_head + e_i
    nan = np.full(rows.size, np.nan)
    phi = _per_section(
        en1992.section_factor(e_mm=e_head, thickness_mm=t),
        en1992.wall_factor(e_tot_mm=e_mid, l0_mm=l0, thickness_mm=t),
        en1992.section_factor(e_mm=e_foot, thickness_mm=t),
        nan,
    )
    n_rd = en1992.wall_resistance_kn(phi=phi, length_mm=length[:, None], thickness_mm=t[:, None], fcd_plain_mpa=fcd[:, None])
    too_slender = l0 / t > en1992.SLENDERNESS_LIMIT
    n_rd[too_slender] = np.nan
    out.resist(rows, CLAUSES_CONCRETE, n_rd)
    out.say(rows, "strength_source", ["default fck" if np.isnan(s) else "fck of the stated grade" for s in stated])
    full = np.ones(rows.size)
    out.put(rows, t_mm=t, l_mm=length, h_mm=h, fck_mpa=fck, alpha_cc_pl=en1992.ALPHA_CC_PLAIN * full, gamma_C=en1992.GAMMA_C * full)
    out.put(rows, fcd_pl_mpa=fcd, beta=beta * full, l0_mm=l0, e_mm=_per_section(e_head, e_mid, e_foot, nan), phi=phi, n_rd_kn=n_rd)
    out.put(rows, e_load_mm=_per_section(e_head, e_mid - e_i, e_foot, nan), e_init_mm=_per_section(0 * e_i, e_i, 0 * e_i, nan))
    out.explain_unknown(rows, np.isnan(fck), "concrete strength unknown")
    out.explain_unknown(rows, too_slender, "slenderness l0/h over 25: outside EN 1992-1-1 12.6.5")
    _explain_geometry(setup, rows, t, h, out)


def _explain_geometry(setup: _Setup, rows: npt.NDArray[np.int64], t: FloatArray, h: FloatArray, out: _Draft) -> None:
    out.explain_unknown(rows, np.isnan(t) | np.isnan(h), "thickness or height unknown")
    out.explain_unknown(rows, np.isnan(setup.parts.length_m[rows]), "length unknown")
    out.explain_unknown(rows, np.any(np.isnan(setup.eccentricity_m[rows]), axis=1), "eccentricity of the load unknown")


def _steel(setup: _Setup, rows: npt.NDArray[np.int64], out: _Draft) -> None:
    """EN 1993-1-1 6.3.1 for steel columns whose name states a section; centric load only."""
    if rows.size == 0:
        return
    stated, default = setup.strength(rows)
    fy = np.where(np.isnan(stated), default, stated)
    height = 1000.0 * (setup.parts.z1_m[rows] - setup.parts.z0_m[rows])
    l_cr = setup.defaults.steel_length_factor * np.where(height > 0, height, np.nan)
    sections = [_section_of(setup, row) for row in rows.tolist()]
    reasons = [_steel_reason(s, float(f), setup, row) for s, f, row in zip(sections, fy, rows.tolist(), strict=True)]
    usable = np.array([not r for r in reasons])

    def column(value: Callable[[Section], float]) -> FloatArray:
        return np.array([value(s) if s is not None and u else np.nan for s, u in zip(sections, usable, strict=True)])

    area = column(lambda s: s.area_mm2)
    axes = (
        (column(lambda s: s.i_y_mm4), column(lambda s: en1993.IMPERFECTION[s.curve_y])),
        (column(lambda s: s.i_z_mm4), column(lambda s: en1993.IMPERFECTION[s.curve_z])),
    )
    chis = []
    for inertia, imperfection in axes:
        n_cr = en1993.critical_force_kn(second_moment_mm4=inertia, buckling_length_mm=l_cr)
        lam = en1993.relative_slenderness(area_mm2=area, fy_mpa=fy, n_cr_kn=n_cr)
        chis.append(en1993.buckling_reduction(lam, imperfection=imperfection))
    chi = np.minimum(*chis)
    n_rd = en1993.buckling_resistance_kn(chi=chi, area_mm2=area, fy_mpa=fy)
    table = np.full((rows.size, len(SECTIONS)), np.nan)
    table[:, EXTRA] = n_rd
    out.resist(rows, CLAUSES_STEEL, table)
    out.put(rows, A_mm2=area, I_y_mm4=axes[0][0], I_z_mm4=axes[1][0], alpha_y=axes[0][1], alpha_z=axes[1][1])
    out.put(rows, L_cr_mm=l_cr, fy_mpa=fy, gamma_M1=np.ones(rows.size), E_mpa=np.full(rows.size, en1993.E_STEEL_MPA))
    out.put(rows, chi_y=chis[0], chi_z=chis[1], chi=chi, n_b_rd_kn=n_rd)
    out.say(rows, "steel_section", [s.name if s is not None else "" for s in sections])
    out.say(rows, "strength_source", ["default fy" if np.isnan(s) else "fy of the stated grade" for s in stated])
    for row, reason in zip(rows.tolist(), reasons, strict=True):
        out.reason[row] = reason
    out.explain_unknown(rows, np.isnan(l_cr), "height unknown")


def _section_of(setup: _Setup, row: int) -> Section | None:
    e = int(setup.parts.element[row])
    for text in (setup.elements.type_name[e], setup.elements.name[e]):
        section = parse_section(text)
        if section is not None:
            return section
    return None


def _steel_reason(section: Section | None, fy_mpa: float, setup: _Setup, row: int) -> str:
    """Return why a steel column stays unknown, empty when it can be checked."""
    if section is None:
        return "no known steel section in the name"
    side_a, side_b = 1000.0 * setup.elements.section_m[int(setup.parts.element[row])]
    if not agrees(section, float(side_a), float(side_b)):
        return f"section {section.name} disagrees with the modelled sides {side_a:.0f} x {side_b:.0f} mm"
    if np.isnan(fy_mpa):
        return "steel strength unknown"
    if section.is_class4(fy_mpa):
        return f"section {section.name} is class 4: local buckling is not checked"
    if not np.all(np.abs(setup.eccentricity_m[row]) <= 1e-3):
        return "eccentric load on a steel column is not checked (EN 1993-1-1 6.3.3)"
    return ""
