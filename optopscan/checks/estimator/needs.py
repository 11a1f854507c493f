"""What every check of every part needs, as linear functions of what is not known.

For one state of the building and one expression of the combinations the design force is
linear in the finish d of the existing floors and the load s of the extension [kN/m2]:

    N = n0 + n_d d + n_s s

so the strength that a part needs is linear too, because its resistance N_hi is proportional to
the strength f (masonry, plain concrete: Phi does not depend on f):

    f_needed = N f_0 / N_hi(f_0)

Where N_hi is not proportional it is taken as the lower of two straight lines, through the origin and
(f_0, N_hi(f_0)) and on to (f_1, N_hi(f_1)), and constant beyond: below a resistance that is
concave in f, so on the safe side. Slender reinforced columns bend the other way: `SAGS` takes that off.
A part whose strength is known needs N / N_hi <= 1. The inversion is done once per part, check and combination; samples and
storeys are comparisons.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from optopscan.checks.capacity import Influence
from optopscan.checks.resistance import OWN_WEIGHT_FACTOR, Resistance
from optopscan.codes.en1990 import FactorSet, combination_610a, design_axial_force
from optopscan.model.arrays import BoolArray, FloatArray, IntArray, freeze
from optopscan.model.loads import TakeDown
from optopscan.model.structure import Distribution

KNOWN = -1
NEVER = 1e12
"""What a part without any resistance needs, in units of its strength."""
PROPORTIONAL = 1e-9
TILES = 4
SAGS = 0.92
"""Of a resistance that is not proportional, what is counted at the higher strength: slender reinforced columns lie up
to 4 % below a straight line between two strengths, found by trying; half of these 8 % is what the line loses in its middle."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Strengths:
    """Resistance of the parts as a function of the strength that is not known.

    ``n_lo_kn``, ``n_hi_kn`` (n_part, n_section) at the strength ``f0_mpa`` (n_part,), ``n_up_kn`` at
    ``f1_mpa``; nan where a check does not apply. ``factor`` (n_part,) is the index of the strength
    factor, `KNOWN` where the strength is no factor. ``judged`` are the parts whose every check has a
    resistance and that certainly bear; ``complete`` those of them of which no check was left out because its
    failure proves nothing (the size of a bearing that nobody knows, a short return bonded to a cross wall).
    """

    n_lo_kn: FloatArray
    n_hi_kn: FloatArray
    n_up_kn: FloatArray
    f0_mpa: FloatArray
    f1_mpa: FloatArray
    factor: IntArray
    judged: BoolArray
    complete: BoolArray

    def __post_init__(self) -> None:
        freeze(self)

    @classmethod
    def of(
        cls, resistance: Resistance, better: Resistance, *, f0_mpa: FloatArray, f1_mpa: FloatArray, factor: IntArray, judged: BoolArray
    ) -> Strengths:
        """Return the strengths from the resistances at the assumed and at the highest plausible strength."""
        # Without an upper limit at any strength a failure says nothing, and what passes needs nothing.
        proves_nothing = resistance.applies & np.isposinf(resistance.n_best_kn)
        applies = resistance.applies & ~proves_nothing
        # What a higher strength does is unknown where the check has no answer there (a section that becomes too slender).
        sure = np.asarray(np.all(~applies | np.isfinite(better.n_hi_kn), axis=1)) | (factor == KNOWN)
        known = judged & resistance.known & sure
        return cls(
            n_lo_kn=np.where(applies, np.fmax(resistance.n_lo_kn, better.n_lo_kn), np.nan),
            n_hi_kn=np.where(applies, resistance.n_hi_kn, np.nan),
            n_up_kn=np.where(applies, np.where(np.isnan(better.n_hi_kn), resistance.n_hi_kn, better.n_hi_kn), np.nan),
            f0_mpa=f0_mpa,
            f1_mpa=f1_mpa,
            factor=factor,
            judged=known,
            complete=known & ~proves_nothing.any(axis=1),
        )


@dataclass(frozen=True, kw_only=True, eq=False)
class StateLoads:
    """One state of the building in one distribution; an existing state has no new storeys.

    ``press_m2`` and ``lift_m2`` (n_part,): roof area that a load on the whole roof presses onto and lifts
    off each part; ``credit_kn_m2`` is ballast that goes and is not set off against the extension.
    """

    take_down: TakeDown
    finish_m2: FloatArray
    press_m2: FloatArray
    lift_m2: FloatArray
    storeys: int
    imposed_kn_m2: float
    credit_kn_m2: float = 0.0


@dataclass(frozen=True, kw_only=True, eq=False)
class Needs:
    """Rows c0 + c1 d + c2 s: what is needed of a factor (or 1 of `KNOWN`); ``part`` says whose need it is.

    ``coefficient`` (n_row, 3), ``factor`` and ``part`` (n_row,).
    """

    coefficient: FloatArray
    factor: IntArray
    part: IntArray

    def __post_init__(self) -> None:
        freeze(self)

    def leading(self, finish: tuple[float, float], added: tuple[float, float]) -> Needs:
        """Return the rows that can be the largest of their factor somewhere within the bounds of d and s.

        A row goes only where on every tile of the bounds some other row is at least as large in all corners, so no largest
        one is lost.
        """
        keep = np.zeros(len(self.factor), dtype=np.bool_)
        corners = np.array([[1.0, d, s] for d in finish for s in added])
        points, tiles = _tiles(finish, added)
        for factor in np.unique(self.factor).tolist():
            own = np.flatnonzero(self.factor == factor)
            reach = self.coefficient[own] @ corners.T
            most = reach.max(axis=1)
            # What needs less than the whole of a known resistance is met in every draw.
            met = factor == KNOWN and most.max() <= 1.0
            own = own[[int(most.argmax())]] if met else own[most >= max(reach.min(axis=1).max(), 1.0 if factor == KNOWN else -np.inf)]
            values = self.coefficient[own] @ points.T
            first = np.unique(values.argmax(axis=0))
            beaten = np.ones(len(own), dtype=np.bool_)
            for tile in tiles:
                below: BoolArray = values[:, None, tile] <= values[None, first][:, :, tile]
                beaten &= below.all(axis=-1).any(axis=-1)
            beaten[first] = False
            keep[own[~beaten]] = True
        return Needs(coefficient=self.coefficient[keep], factor=self.factor[keep], part=self.part[keep])


def _tiles(finish: tuple[float, float], added: tuple[float, float]) -> tuple[FloatArray, list[list[int]]]:
    """Return a grid of points (1, d, s) over the bounds and the four corners of each tile of it."""
    columns, rows = (np.linspace(*bounds, TILES + 1) for bounds in (finish, added))
    points = np.array([[1.0, d, s] for d in columns for s in rows])
    at = [[i * (TILES + 1) + j for j in range(TILES + 1)] for i in range(TILES + 1)]
    tiles = [[at[i][j], at[i + 1][j], at[i][j + 1], at[i + 1][j + 1]] for i in range(TILES) for j in range(TILES)]
    return points, tiles


def on_whole_roof(influence: Influence, area_m2: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return the roof area [m2] that presses on, and that lifts, each part when the whole roof is loaded alike, (n_part,)."""
    return np.asarray(influence.down @ area_m2), np.asarray(influence.up @ area_m2)


def state_needs(
    loads: Mapping[Distribution, StateLoads],
    strengths: Strengths,
    *,
    factors: FactorSet,
    psi0: float,
    psi0_new: float,
    among: BoolArray,
) -> Needs:
    """Return the needs of all checks in one state, enveloped over the distributions.

    Parameters
    ----------
    loads
        The state in each distribution.
    strengths
        Resistance of the parts.
    factors
        Partial factors of the level that counts in this state.
    psi0, psi0_new
        Combination factors of the existing and the new storeys.
    among
        Parts that count in this state (n_part,).
    """
    rows = np.flatnonzero(among & strengths.judged)
    blocks = [_of_distribution(state, strengths, rows, factors=factors, psi0=psi0, psi0_new=psi0_new) for state in loads.values()]
    coefficient = np.concatenate([block[0] for block in blocks])
    factor = np.concatenate([block[1] for block in blocks])
    part = np.concatenate([block[2] for block in blocks])
    return Needs(coefficient=coefficient, factor=factor, part=part)


Block = tuple[FloatArray, IntArray, IntArray]


def _of_distribution(state: StateLoads, strengths: Strengths, rows: IntArray, *, factors: FactorSet, psi0: float, psi0_new: float) -> Block:
    largest, smallest = _forces(state, rows, factors=factors, psi0=psi0, psi0_new=psi0_new)
    blocks = [_strength_rows(force, strengths, rows) for force in largest]
    blocks.append(_least_rows(smallest, strengths, rows))
    return tuple(np.concatenate([block[k] for block in blocks]) for k in range(3))  # type: ignore[return-value]


def _forces(
    state: StateLoads, rows: IntArray, *, factors: FactorSet, psi0: float, psi0_new: float
) -> tuple[tuple[FloatArray, FloatArray], FloatArray]:
    """Return N of 6.10a and 6.10b and the least N as coefficients of (1, d, s), (n_row, n_section, 3) [kN]."""
    take = state.take_down
    own_above = (1.0 - OWN_WEIGHT_FACTOR) * take.self_weight_kn[rows, None]
    press, lift = state.press_m2[rows, None], state.lift_m2[rows, None]
    # Ballast that goes is relief where it pressed and a load where it lifted.
    permanent = take.permanent_foot_kn[rows, None] - own_above - state.credit_kn_m2 * lift
    relief = -state.credit_kn_m2 * press
    finish = np.broadcast_to(state.finish_m2[rows, None], permanent.shape)
    added, lifted = np.broadcast_to(press, permanent.shape), np.broadcast_to(lift, permanent.shape)
    new = np.repeat(np.maximum(state.imposed_kn_m2 * press, 0.0), state.storeys, axis=1)
    imposed = np.concatenate([np.maximum(take.imposed_foot_kn[rows], 0.0), new], axis=1)
    psi = np.concatenate([np.full(take.imposed_foot_kn.shape[1], psi0), np.full(state.storeys, psi0_new)])
    raised = np.minimum(take.imposed_foot_kn[rows], 0.0).sum(axis=1) + state.storeys * np.minimum(state.imposed_kn_m2 * lift[:, 0], 0.0)
    nothing = np.zeros(len(rows))
    all_at_psi = combination_610a(nothing, imposed, psi0=psi, factors=factors)
    leading = design_axial_force(nothing, imposed, psi0=psi, factors=factors, roof_kn=take.roof_foot_kn[rows]).n_kn

    def linear(gamma: float, gamma_relief: float, variable: FloatArray) -> FloatArray:
        first = gamma * permanent + gamma_relief * relief + variable[:, None]
        return np.stack([first, gamma * finish, gamma * added + gamma_relief * lifted], axis=-1)

    low = factors.gamma_g_inf
    return (
        (linear(factors.gamma_ga, low, all_at_psi), linear(factors.gamma_gb, low, leading)),
        linear(low, factors.gamma_ga, factors.gamma_q * raised),
    )


def _strength_rows(force: FloatArray, strengths: Strengths, rows: IntArray) -> Block:
    """Return what the largest force needs: of the strength where it is a factor, else of one."""
    hi, up = strengths.n_hi_kn[rows], strengths.n_up_kn[rows]
    f0, f1 = strengths.f0_mpa[rows, None], strengths.f1_mpa[rows, None]
    factor = np.broadcast_to(strengths.factor[rows, None], hi.shape)
    applies, unsure = ~np.isnan(hi), factor != KNOWN
    # A force of nothing needs nothing, whatever there is to resist it.
    bare = np.where(force.max(axis=-1) > 0.0, NEVER, 0.0)
    share = np.where(hi > 0.0, 1.0 / np.where(hi > 0.0, hi, 1.0), bare)
    proportional = np.abs(up * f0 - hi * f1) <= PROPORTIONAL * np.abs(hi * f1)
    bent = unsure & ~proportional
    up = np.where(bent & (up >= hi), np.maximum(SAGS * up, hi), up)
    first = force * (np.where(unsure, f0, 1.0) * share)[..., None]
    gains = bent & (up > hi)
    slope = np.where(gains, (f1 - f0) / np.where(gains, up - hi, 1.0), 0.0)
    second = force * slope[..., None]
    second[..., 0] += np.where(gains, f0 - hi * slope, 0.0)
    last = force / np.where(up > 0.0, up, 1.0 / NEVER)[..., None]
    known = np.full(hi.shape, KNOWN)
    picks = ((first, factor, applies), (second, factor, applies & gains), (last, known, applies & bent))
    part = np.broadcast_to(rows[:, None], hi.shape)
    return (
        np.concatenate([values[mask] for values, _, mask in picks]),
        np.concatenate([which[mask] for _, which, mask in picks]),
        np.concatenate([part[mask] for _, _, mask in picks]),
    )


def _least_rows(smallest: FloatArray, strengths: Strengths, rows: IntArray) -> Block:
    """Return what the smallest force needs: not less than the least that the part must carry, and no uplift."""
    lo = strengths.n_lo_kn[rows]
    mask = ~np.isnan(lo)
    # n_lo - N_min <= 0, written as 1 + (n_lo - N_min) / scale <= 1.
    scale = np.maximum(np.abs(smallest[..., 0]), 1.0)[..., None]
    needed = -smallest / scale
    needed[..., 0] += 1.0 + lo / scale[..., 0]
    part = np.broadcast_to(rows[:, None], lo.shape)
    return needed[mask], np.full(int(mask.sum()), KNOWN), part[mask]


def joined(rows: Sequence[Needs]) -> Needs:
    """Return several states as one: what all of them need."""
    return Needs(
        coefficient=np.concatenate([row.coefficient for row in rows]),
        factor=np.concatenate([row.factor for row in rows]),
        part=np.concatenate([row.part for row in rows]),
    )
