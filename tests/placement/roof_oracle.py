"""A second way to judge a layout: dense inverse, combinations written out, section by section, every state of the work.

Nothing here uses the influence matrix, capacities, rows or cuts of the library. What is shared: the support graph, the
resistances of the clauses with the eccentricity they were worked out for, and the reactions of a module on its heads (checked
apart).

What must hold is the contract. Permanent load that a dwelling lifts off a part counts with the favourable factor, and does not
pay for what another dwelling, storey or head presses; imposed load is never relief, but lifts where lifting is worse. A part
in its limits stays so while the roof is stripped, with every number of new storeys, and as it stands. A wall is never loaded
further from its axis than its resistance was worked out for.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from optopscan.catalog.concept import Concept
from optopscan.loads.eccentricity import wall_eccentricity_m
from optopscan.placement.placing_ground import PlacingGround

OWN = (0.0, 0.5, 1.0, 1.0)  # own weight at head, mid-height, foot, and in the check of the part as a whole
TOUCHED_KN = 1e-6
SMALL = 1e-9
ACCURACY_M = 1e-6


@dataclass(frozen=True)
class Column:
    """A stack of one dwelling: per storey its share per head (n_head,), width, length (0 above the top) and modules side by side."""

    share: tuple[np.ndarray, ...]
    width_m: float
    length_m: tuple[float, ...]
    n_module: int
    removed_cell_kn: np.ndarray

    def permanent_kn(self, product: Concept, state: int) -> list[float]:
        """Return what each storey weighs when ``state`` storeys stand: floor, walls, roof where nothing stands on it, layer below."""
        area = [self.n_module * self.width_m * length if storey < state else 0.0 for storey, length in enumerate(self.length_m)]
        found = []
        for storey, m2 in enumerate(area):
            above = area[storey + 1] if storey + 1 < len(area) else 0.0
            kn = m2 * product.g_floor_kn_m2.hi + (m2 - above) * product.g_roof_kn_m2.hi
            if m2 > 0:
                kn += self.n_module * 2.0 * (self.width_m + self.length_m[storey]) * product.g_wall_kn_m.hi
            found.append(kn + (m2 * product.g_transfer_kn_m2.hi if storey == 0 else 0.0))
        return found

    def imposed_kn(self, imposed_kn_m2: float) -> list[float]:
        return [self.n_module * self.width_m * length * imposed_kn_m2 for length in self.length_m]


@dataclass(frozen=True)
class Verdicts:
    """Per layout: no touched part without room, every touched part known and in its limits, largest known unity check."""

    possible: np.ndarray
    proven: np.ndarray
    max_uc: np.ndarray


class Oracle:
    """One building, ready to judge layouts of one product."""

    def __init__(self, ground: PlacingGround, product: Concept, storeys: int) -> None:
        self.ground, self.product, self.storeys = ground, product, storeys
        structure, actions = ground.structure, ground.actions.cells
        parts = structure.parts
        n = len(parts)
        self.own = np.asarray(parts.self_weight_kn)
        self.psi = max(ground.psi0, ground.psi0_new)
        self.paths, self.arms, self.beside = [], [], []
        wall = np.array([kind in ("pier", "lintel") for kind in parts.kind])
        along = np.column_stack([parts.x1_m - parts.x0_m, parts.y1_m - parts.y0_m])
        along = along / np.maximum(np.hypot(*along.T), 1e-12)[:, None]
        self.most_m = np.where(
            wall, np.maximum(wall_eccentricity_m(structure, ground.take_downs, ground.settings.removable_ballast_kn_m2), 0.001), np.nan
        )
        for name, shares in structure.shares.items():
            in_x, in_y = (shares.arms["parts"][k].toarray()[:, :n].T * wall for k in (0, 1))
            self.arms.append(wall[:, None] * (along[:, :1] * in_y - along[:, 1:] * in_x))
            self.beside.append(np.abs(ground.take_downs[name].floor_moment_knm[:, 0]))
            down = np.linalg.inv(np.eye(n) - shares.parts.toarray()[:, :n].T)
            cells = shares.cells.toarray()[:, :n].T
            by_level = np.zeros((len(actions.level), ground.actions.n_level))
            by_level[np.arange(len(actions.level)), actions.level] = actions.imposed_kn
            self.paths.append(
                (
                    down @ (cells @ actions.permanent_kn + self.own),
                    down @ (cells @ by_level),
                    down @ (cells @ actions.roof_imposed_kn),
                    down @ shares.heads.toarray()[:, :n].T,
                    down @ cells,
                )
            )
        resistance = ground.resistance
        self.applies, self.low = resistance.applies, resistance.n_lo_kn
        self.high, self.best = resistance.n_hi_kn, resistance.n_best_kn
        self.judged = resistance.known & parts.bearing_known

    def judge(self, columns: Sequence[Column], layouts: np.ndarray, *, apart: bool = True) -> Verdicts:
        """Return the verdicts of layouts (n_layout, n_column) of 0 and 1; not ``apart``: what is lifted and pressed is summed first."""
        x = np.asarray(layouts, dtype=float)
        touched = np.zeros((len(x), len(self.own)), dtype=bool)
        over, doubt = np.zeros_like(touched), np.zeros_like(touched)
        worst = np.zeros_like(touched, dtype=float)
        for path, arms, beside in zip(self.paths, self.arms, self.beside, strict=True):
            touched |= x @ np.array([self._load(path, column) > TOUCHED_KN for column in columns]).astype(float) > 0
            for state in range(-1, self.storeys + 1):
                a, b, uc = self._state(path, columns, x, state, apart)
                over, doubt = over | a | self._leans(path, arms, beside, columns, x, state), doubt | b
                if state == self.storeys:
                    worst = np.maximum(worst, uc)
        bad = over | ((doubt | ~self.judged) & touched)
        return Verdicts(
            possible=~(over & self.judged & touched).any(axis=1),
            proven=~(bad & touched).any(axis=1),
            max_uc=np.where(touched, worst, 0.0).max(axis=1),
        )

    def _load(self, path: tuple[np.ndarray, ...], column: Column) -> np.ndarray:
        """Return what a column brings to or takes from each part, everything standing (n_part,)."""
        influence = path[3]
        permanent, imposed = column.permanent_kn(self.product, self.storeys), column.imposed_kn(self.ground.new_imposed_kn_m2)
        total = np.abs(path[4] @ column.removed_cell_kn)
        for storey, share in enumerate(column.share):
            each = influence * share
            total += np.abs(each).sum(axis=1) * permanent[storey] + np.maximum(each, 0.0).sum(axis=1) * imposed[storey]
        return total

    def _leans(
        self, path: tuple[np.ndarray, ...], arms: np.ndarray, beside: np.ndarray, columns: Sequence[Column], x: np.ndarray, state: int
    ) -> np.ndarray:
        """Return which walls are loaded further from their axis than they were checked for (n_layout, n_part); a millimetre is none."""
        added = np.zeros((len(columns), len(self.own)))
        for c, column in enumerate(columns):
            if state >= 0:
                weights = column.permanent_kn(self.product, state)
                on_heads = sum(share * kn for share, kn in zip(column.share, weights, strict=True))
                added[c] = path[3] @ on_heads - path[4] @ column.removed_cell_kn
        foot = path[0] + x @ added
        # a wall that carries next to nothing was taken to carry a kilonewton
        force = np.maximum(path[0] - self.own, 1.0) + x @ added
        return np.abs(foot @ arms.T) + beside > (self.most_m + ACCURACY_M) * force

    def _state(
        self, path: tuple[np.ndarray, ...], columns: Sequence[Column], x: np.ndarray, state: int, apart: bool
    ) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Return where a part has no room, where it is in doubt, and its unity check, in one state; -1: as it stands (n_layout, n_part)."""
        g0, q0, roof, influence, of_cells = path
        n = len(g0)
        press, lift, removed = (np.zeros((len(columns), n)) for _ in range(3))
        down, up = (np.zeros((self.storeys, len(columns), n)) for _ in range(2))
        for c, column in enumerate(columns):
            if state < 0:
                continue
            removed[c] = of_cells @ column.removed_cell_kn
            permanent, imposed = column.permanent_kn(self.product, state), column.imposed_kn(self.ground.new_imposed_kn_m2)
            for storey in range(state):
                each = influence * column.share[storey]
                press[c] += np.maximum(each, 0.0).sum(axis=1) * permanent[storey]
                lift[c] += np.minimum(each, 0.0).sum(axis=1) * permanent[storey]
                down[storey, c] += np.maximum(each, 0.0).sum(axis=1) * imposed[storey]
                up[storey, c] += np.minimum(each, 0.0).sum(axis=1) * imposed[storey]
        if not apart:
            press, lift = press + lift, np.zeros_like(lift)
        f = self.ground.factors
        new_down, new_up = (np.einsum("lc,scp->lps", x, values) for values in (down, up))
        if not apart:
            new_down, new_up = np.maximum(new_down + new_up, 0.0), np.minimum(new_down + new_up, 0.0)
        floors = np.concatenate([np.broadcast_to(np.maximum(q0, 0.0), (len(x), *q0.shape)), new_down], axis=2)
        rising = np.minimum(q0, 0.0).sum(axis=1) + new_up.sum(axis=2)
        full = np.sort(floors, axis=2)[:, :, -2:].sum(axis=2)
        some = self.psi * floors.sum(axis=2)
        over, doubt, worst = np.zeros((len(x), n), dtype=bool), np.zeros((len(x), n), dtype=bool), np.zeros((len(x), n))
        for section, own in enumerate(OWN):
            here = self.applies[:, section]
            g = g0 - (1.0 - own) * self.own + x @ (press - removed)
            relief = x @ lift
            a = np.where(g < 0, f.gamma_g_inf, f.gamma_ga) * g + f.gamma_g_inf * relief + f.gamma_q * some
            b = np.where(g < 0, f.gamma_g_inf, f.gamma_gb) * g + f.gamma_g_inf * relief
            b = b + f.gamma_q * (some + np.maximum((1.0 - self.psi) * full, np.maximum(roof, 0.0)))
            most = np.maximum(a, b)
            least = np.where(g < 0, f.gamma_ga, f.gamma_g_inf) * g + f.gamma_ga * relief + f.gamma_q * rising
            low, high, best = self.low[:, section], self.high[:, section], self.best[:, section]
            short = (least < low * (1.0 - SMALL)) | (least < -TOUCHED_KN)
            over |= here & ((most > best * (1.0 + SMALL)) | short)
            doubt |= here & (most > high * (1.0 + SMALL))
            with np.errstate(invalid="ignore", divide="ignore"):
                uc = np.where(here & (high > 0), np.maximum(most, 0.0) / high, 0.0)
                uc = np.maximum(uc, np.where(here & (low > 0), low / np.where(least > 0, least, np.nan), 0.0))
            worst = np.maximum(worst, np.where(np.isnan(uc), 0.0, uc))
        return over, doubt, worst
