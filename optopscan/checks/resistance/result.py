"""What a check of the vertical load path returns: the admissible axial force per part and section."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from optopscan.model.arrays import BoolArray, FloatArray, freeze

SECTIONS = ("head", "mid", "foot", "extra")
HEAD, MID, FOOT, EXTRA = range(4)
OWN_WEIGHT_FACTOR: FloatArray = np.array([0.0, 0.5, 1.0, 1.0])
"""Share of the part's own weight at each section. The extra check (minimum eccentricity,
member buckling) takes the largest force in the part, at the foot."""
NO_CLAUSE = ("", "", "", "")


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
