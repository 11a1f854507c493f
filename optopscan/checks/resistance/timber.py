"""What timber columns and beams share: the class of a part and its design strengths.

The resistance takes k_mod of permanent load for the whole design force, on the safe side whatever
share is permanent; a part is over only where k_mod of medium-term load fails too (Dutch housing: imposed
load is medium term), and class C24 where no class is named. Service class 1 unless the defaults say otherwise.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from optopscan.catalog.engineering import load_engineering
from optopscan.catalog.value_rows import TimberClass
from optopscan.checks.resistance.case import Case, Draft
from optopscan.codes import en1995
from optopscan.model.arrays import FloatArray, IntArray

BEST_DEFAULT = "C24"
"""Class of existing softwood that is plausible at best where none is named; judgement."""
BETWEEN = "passes only if enough of its load is of shorter duration than permanent"


@dataclass(frozen=True, kw_only=True, eq=False)
class Timber:
    """Characteristic values and factors per part (n_row,), nan where the class is not known [N/mm2]."""

    grade: tuple[str, ...]
    fc0k_mpa: FloatArray
    fmk_mpa: FloatArray
    fvk_mpa: FloatArray
    fc90k_mpa: FloatArray
    e005_mpa: FloatArray
    k_mod: FloatArray
    gamma_m: FloatArray
    beta_c: FloatArray
    glued: FloatArray


def timber_of(case: Case, rows: IntArray, *, best: bool = False) -> Timber:
    """Return the timber of some parts: the class named, else the highest class that the known compressive strength allows.

    ``best`` takes the best that is plausible: medium-term load, and `BEST_DEFAULT` in the place of a lower default.
    """
    values = load_engineering()
    stated, default = case.strength(rows)
    if best:
        default = np.where(np.isnan(default), np.nan, np.fmax(default, values.timber_classes[BEST_DEFAULT].fc0k_mpa))
    fc0k = np.where(np.isnan(stated), default, stated)
    found = [_class(case.materials.grade[int(case.parts.element[row])], float(f)) for row, f in zip(rows.tolist(), fc0k, strict=True)]
    by_product = {row.product: row for row in values.timber_factors if row.service_class == case.defaults.service_class}
    factors = [None if one is None else by_product.get(one.product) for one in found]

    def column(rows_of: Sequence[object], name: str) -> FloatArray:
        return np.array([np.nan if one is None else float(getattr(one, name)) for one in rows_of])

    return Timber(
        grade=tuple("" if one is None else one.grade for one in found),
        fc0k_mpa=np.where(np.isnan(column(found, "fc0k_mpa")), np.nan, np.fmin(fc0k, column(found, "fc0k_mpa"))),
        fmk_mpa=column(found, "fmk_mpa"),
        fvk_mpa=column(found, "fvk_mpa"),
        fc90k_mpa=column(found, "fc90k_mpa"),
        e005_mpa=column(found, "e005_mpa"),
        k_mod=column(factors, "kmod_medium" if best else "kmod_permanent"),
        gamma_m=column(factors, "gamma_m"),
        beta_c=column(factors, "beta_c"),
        glued=np.array([np.nan if one is None else float(one.product == "glulam") for one in found]),
    )


def _class(grade: str | None, fc0k_mpa: float) -> TimberClass | None:
    classes = load_engineering().timber_classes
    if grade is not None and grade in classes:
        return classes[grade]
    lower = [row for row in classes.values() if row.product == "solid" and row.fc0k_mpa <= fc0k_mpa]
    return max(lower, key=lambda row: row.fc0k_mpa) if lower else None


def say(case: Case, rows: IntArray, timber: Timber, out: Draft) -> None:
    """Store what the parts are made of."""
    stated, _ = case.strength(rows)
    out.say(rows, "timber_class", list(timber.grade))
    out.say(rows, "strength_source", ["default fc0k" if np.isnan(s) else "fc0k of the stated grade" for s in stated])
    out.say(rows, "between", [BETWEEN] * rows.size)
    out.put(rows, k_mod=timber.k_mod, gamma_M=timber.gamma_m, fc0k_mpa=timber.fc0k_mpa, E005_mpa=timber.e005_mpa)
    out.explain_unknown(rows, np.isnan(timber.fmk_mpa), "timber strength class unknown")


def strengths(case: Case, timber: Timber) -> dict[str, FloatArray]:
    """Return f_c,0,d, f_m,d, f_v,d and f_c,90,d [N/mm2]."""
    names = {"fc0d": timber.fc0k_mpa, "fmd": timber.fmk_mpa, "fvd": timber.fvk_mpa, "fc90d": timber.fc90k_mpa}
    design = case.clause(en1995.design_strength_mpa)
    return {name: design(value, k_mod=timber.k_mod, gamma_m=timber.gamma_m) for name, value in names.items()}
