"""What each first-pass choice does to the unity check of given parts: the choice changed, everything else kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np

from optopscan.checks.beam_spans import BeamSpans
from optopscan.checks.bearings import for_rows
from optopscan.checks.defaults import CheckDefaults
from optopscan.checks.resistance import part_resistance
from optopscan.checks.utilisation import Effects, utilisation
from optopscan.model.arrays import BoolArray, FloatArray, IntArray, freeze
from optopscan.model.structure import Distribution, Parts

NOTABLE = 0.05
"""Relative change of a unity check from which a choice is worth a line."""
_PER_PART = ("concrete_floor_head", "concrete_floor_foot", "eccentricity_m", "one_side", "held_edges")
_EFFECTS_PER_PART = ("n_max_kn", "n_min_kn", "combination", "permanent_kn", "relief_kn", "raised_kn", "imposed_kn", "roof_kn")


@dataclass(frozen=True, kw_only=True, eq=False)
class Alternative:
    """One choice made otherwise: what, in words, and the largest unity check of each part asked about as it is and with it (n_row,)."""

    what: str
    uc: FloatArray
    uc_other: FloatArray

    def __post_init__(self) -> None:
        freeze(self)

    @property
    def notable(self) -> BoolArray:
        """True where the unity check moves by more than `NOTABLE`, or becomes or stops being known, (n_row,)."""
        one, other = np.asarray(self.uc), np.asarray(self.uc_other)
        with np.errstate(invalid="ignore"):
            moved = np.abs(other - one) > NOTABLE * np.abs(one)
        return np.asarray(moved | (np.isnan(one) != np.isnan(other)))


def alternatives_of(
    given: Mapping[str, Any],
    effects: Mapping[Distribution, Effects],
    rows: Sequence[int],
    *,
    more: Sequence[tuple[str, Mapping[str, Any]]] = (),
) -> tuple[Alternative, ...]:
    """Return the unity checks of some parts with each choice made otherwise, one at a time.

    Parameters
    ----------
    given
        Arguments of `part_resistance` for all parts.
    effects
        Design forces of one state of the building, all parts.
    rows
        Parts asked about.
    more
        Further alternatives: what, in words, and the arguments that change (other bars, other strengths).

    Returns
    -------
    tuple of Alternative
        In the order of `CheckDefaults.alternatives`, then ``more``.
    """
    asked = np.array(list(rows), dtype=np.int64)
    contacts, index = (None, asked) if given.get("bearings") is None else for_rows(given["bearings"], given["parts"], asked)
    own = {**_some(given, index), "bearings": contacts}
    forces = {name: _forces(one, index) for name, one in effects.items()}
    n = len(asked)
    before = _unity(own, forces)[:n]
    defaults = own.get("defaults") or CheckDefaults()
    more = [(what, {key: _of_rows(key, value, index) for key, value in changed.items()}) for what, changed in more]
    changes = [*((what, {"defaults": other}) for what, other in defaults.alternatives()), *more]
    return tuple(Alternative(what=what, uc=before, uc_other=_unity({**own, **changed}, forces)[:n]) for what, changed in changes)


def _some(given: Mapping[str, Any], rows: IntArray) -> dict[str, Any]:
    """Return the arguments for some parts only."""
    own = dict(given)
    for name in ("parts", "spans"):
        table: Parts | BeamSpans | None = own.get(name)
        if table is not None:
            own[name] = replace(table, **{f.name: _rows(getattr(table, f.name), rows) for f in fields(table)})
    for name in _PER_PART:
        if own.get(name) is not None:
            own[name] = np.asarray(own[name])[rows]
    return own


def _of_rows(name: str, value: Any, rows: IntArray) -> Any:
    return np.asarray(value)[rows] if name in _PER_PART and value is not None else value


def _rows(values: Any, rows: IntArray) -> Any:
    return tuple(values[row] for row in rows.tolist()) if isinstance(values, tuple) else np.asarray(values)[rows]


def _forces(effects: Effects, rows: IntArray) -> Effects:
    some: dict[str, Any] = {name: np.asarray(getattr(effects, name))[rows] for name in _EFFECTS_PER_PART}
    return replace(effects, **some)


def _unity(given: Mapping[str, Any], effects: Mapping[Distribution, Effects]) -> FloatArray:
    resistance = part_resistance(**given)
    return np.asarray(utilisation(effects, resistance, bearing_known=given["parts"].bearing_known).uc)
