"""Probability of at least 1, 2, ... extra storeys for every kind of building that occurs.

All buildings with the same period, storeys and class of storey height share their distribution, so the kernels run on
(kinds x samples) and ten million rows look their answer up. Storey heights are rounded up to their class: a taller wall
carries less. The probability is that an ordinary check passes once the unknown facts are known, for vertical load on
the bearing walls only; wind, robustness and foundation are not in it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from optopscan.catalog.concept import Concept
from optopscan.catalog.engineering import Engineering
from optopscan.catalog.value_rows import EraDefault
from optopscan.checks.defaults import CheckDefaults
from optopscan.checks.estimator.factors import StrengthFactor, product_factor
from optopscan.checks.estimator.samples import draws
from optopscan.checks.utilisation import UC_TOLERANCE
from optopscan.codes.nen9997_comparison import load_ratio
from optopscan.model.arrays import BoolArray, FloatArray, IntArray
from optopscan.portfolio.priors import Prior, load_priors
from optopscan.portfolio.strips import FACTORS, Strip, Weights, load_of, strips, weights
from optopscan.portfolio.walls import resistance_kn_m
from optopscan.settings import Settings

SAMPLES = 512
MOST_CERTAIN = 0.9
"""No more is said of a building of which only period and shape are known."""
MOST_STOREYS = 12
HEIGHT_FROM_M, HEIGHT_STEP_M, HEIGHTS = 2.4, 0.1, 17
MOST_EXTRA = 3
YEARS = (1200.0, 2100.0)
"""Build years outside stand for unknown in BAG."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Chances:
    """Answers per kind of building (n_kind, ...): probability of at least k storeys, rounded to tenths, at most `MOST_CERTAIN`.

    A way of building that is refused, or of which strength or cohesion stays unknown whatever is calculated, confirms nothing.
    ``load_ratio`` is load on the ground with one storey over load before, at least. ``refused`` and ``reserved`` are the
    shares of ways of building that get no extension by rule, or of which cohesion stays unknown; nan where no archetype holds.
    """

    at_least: FloatArray
    load_ratio: FloatArray
    refused: FloatArray
    reserved: FloatArray


PER_KIND = ("load_ratio", "refused", "reserved")


class Screen:
    """The kernels with their priors and draws; answers are kept by kind of building."""

    def __init__(
        self, values: Engineering, concept: Concept, *, settings: Settings | None = None, seed: int = 0, samples: int = SAMPLES
    ) -> None:
        self.values, self.concept, self.settings = values, concept, settings or Settings()
        self.priors: Mapping[str, Prior] = load_priors(values)
        self.product = product_factor(concept)
        self.extra = min(MOST_EXTRA, concept.max_storeys)
        self.factors = values.factor_set(self.settings.factor_set, self.settings.level, self.settings.consequence_class)
        self.u = draws(len(FACTORS), n_sample=samples, seed=seed).reshape(samples, -1)
        self.cuts = self._cuts()
        self.archetype = self._archetypes()
        self.storey_height_m = self._storey_heights()
        n = (len(self.cuts) + 1) * MOST_STOREYS * HEIGHTS
        self.answers = Chances(at_least=np.full((n, self.extra), np.nan), **{name: np.full(n, np.nan) for name in PER_KIND})
        self.heights_m: FloatArray = HEIGHT_FROM_M + HEIGHT_STEP_M * np.arange(HEIGHTS, dtype=np.float64)
        self._done: BoolArray = np.zeros(n // HEIGHTS, dtype=np.bool_)
        self._needed: dict[tuple[str, int], tuple[FloatArray, FloatArray]] = {}
        years = np.arange(YEARS[1] + 1)
        self._bands = np.where((years > YEARS[0]) & (years < YEARS[1]), np.searchsorted(self.cuts, years, side="right"), -1)
        # one row more for band -1, and a column at either end for storeys that have none
        self._looked = np.pad(self.archetype, ((0, 1), (1, 1)), constant_values=-1)

    def _cuts(self) -> IntArray:
        """Return the years where a period of an archetype or of a strength begins, ascending."""
        groups = {prior.group for prior in self.priors.values()}
        years = {year for row in self.values.archetypes for year in (row.year_from, row.year_before)}
        years |= {year for row in self.values.era_defaults if row.group in groups for year in (row.year_from, row.year_before)}
        return np.array(sorted(year for year in years if YEARS[0] < year < YEARS[1]), dtype=np.int64)

    def _middle(self, band: int) -> int:
        return int(self.cuts[band - 1]) if band else int(self.cuts[0]) - 1

    def _archetypes(self) -> IntArray:
        """Return the archetype by (band, storeys - 1), -1 where none holds."""
        found = np.full((len(self.cuts) + 1, MOST_STOREYS), -1, dtype=np.int64)
        for k, row in enumerate(self.values.archetypes):
            for band in range(len(found)):
                if row.year_from <= self._middle(band) < row.year_before:
                    found[band, row.storeys_from - 1 : row.storeys_to] = k
        return found

    def _storey_heights(self) -> FloatArray:
        """Return the usual storey height by band [m]: of the first way of building of its lowest archetype."""
        first = [next(k for k in row.tolist() if k >= 0) for row in self.archetype]
        return np.array([self.priors[self.values.archetypes[k].mix[0].way].storey_height_m for k in first])

    def band(self, year: FloatArray) -> IntArray:
        """Return the period of every build year (n,), -1 where unknown."""
        at = np.fmin(np.fmax(year, 0.0), YEARS[1]).astype(np.int64)  # fmax takes 0 for nan
        return np.asarray(self._bands[at], dtype=np.int64)

    def archetype_of(self, band: IntArray, storeys: FloatArray) -> IntArray:
        """Return the archetype of every building (n,), -1 where none holds or a fact is missing."""
        at = np.fmin(np.fmax(storeys, 0.0), MOST_STOREYS + 1).astype(np.int64)
        return np.asarray(self._looked[band, at], dtype=np.int64)

    def kind(self, band: IntArray, storeys: FloatArray, height_m: FloatArray) -> IntArray:
        """Return the kind of every building (n,), -1 where a fact is missing or lies outside what is screened."""
        with np.errstate(invalid="ignore", divide="ignore"):
            level = np.ceil((height_m / storeys - HEIGHT_FROM_M) / HEIGHT_STEP_M - 1e-9)
            good = (band >= 0) & (storeys >= 1.0) & (storeys <= MOST_STOREYS) & (level < HEIGHTS)
        count = np.where(good, storeys, 1.0).astype(np.int64)
        step = np.where(good, np.maximum(level, 0.0), 0.0).astype(np.int64)
        return np.where(good, (np.maximum(band, 0) * MOST_STOREYS + count - 1) * HEIGHTS + step, -1)

    def prepare(self, kinds: IntArray) -> Chances:
        """Work out what was not asked before, and return all answers by kind."""
        asked = np.bincount(kinds[kinds >= 0] // HEIGHTS, minlength=len(self._done)) > 0
        new = np.flatnonzero(asked & ~self._done)
        for group in new.tolist():
            self._work_out(group)
        self._done[new] = True
        return self.answers

    def _work_out(self, group: int) -> None:
        """Work out all storey heights of one period and number of storeys."""
        band, storeys = group // MOST_STOREYS, group % MOST_STOREYS + 1
        index = int(self.archetype[band, storeys - 1])
        if index < 0:
            return
        chance, ratio = np.zeros((HEIGHTS, self.extra)), np.zeros(HEIGHTS)
        refused = reserved = 0.0
        for part in self.values.archetypes[index].mix:
            prior, share = self.priors[part.way], part.share
            needed, more = self.needed(prior, storeys)
            ratio += share * more
            refused += share if prior.refused else 0.0
            reserved += share if prior.reserved and not prior.refused else 0.0
            if not prior.refused and not prior.reserved:
                strength = strength_of(prior, self.values.era_defaults, self._middle(band))
                there = strength.values(self.u[:, FACTORS.index("strength")])
                chance += share * (needed[1:] <= there * (1.0 + UC_TOLERANCE)).mean(axis=2).T
        at = slice(group * HEIGHTS, (group + 1) * HEIGHTS)
        self.answers.at_least[at] = np.minimum(np.round(chance, 1), MOST_CERTAIN)
        self.answers.load_ratio[at] = ratio
        self.answers.refused[at], self.answers.reserved[at] = refused, reserved

    def needed(self, prior: Prior, storeys: int) -> tuple[FloatArray, FloatArray]:
        """Return the strength that all states 0..k of one way of building need [N/mm2], and the load ratio of one storey.

        The first has the shape (k, n_height, n_sample) and never falls with k; the second (n_height,). Neither depends on the year.
        """
        key = (prior.id, storeys)
        if key not in self._needed:
            load = weights(prior, self.u, self.values, self.product, self.settings)
            walls = list(strips(prior, self.u, storeys, self.values))
            tall = self.heights_m[:, None]
            states = np.zeros((self.extra + 1, HEIGHTS, len(self.u)))
            for wall in walls:
                resistance = self._resistance(wall, prior, tall)
                for extra in range(self.extra + 1):
                    loads = load_of(wall, load, storeys=storeys, extra=extra, storey_height_m=tall)
                    with np.errstate(divide="ignore"):
                        need = loads.design_kn_m(self.factors, load.imposed.psi0) / resistance
                    states[extra] = np.maximum(states[extra], need if wall.there is None else np.where(wall.there, need, 0.0))
            lowest = next(wall for wall in reversed(walls) if wall.at == 0)
            self._needed[key] = np.maximum.accumulate(states, axis=0), self._ratio(lowest, load, storeys, tall)
        return self._needed[key]

    def _resistance(self, wall: Strip, prior: Prior, tall: FloatArray) -> FloatArray:
        return resistance_kn_m(
            group=prior.group,
            thickness_m=wall.thickness_m[None, :],
            clear_height_m=tall - prior.floor_m,
            one_side=wall.one_side,
            consequence_class=self.settings.consequence_class,
            defaults=CheckDefaults(),
        )

    def _ratio(self, wall: Strip, load: Weights, storeys: int, tall: FloatArray) -> FloatArray:
        """Return the larger of r_char and r_psi for one storey more, mean over the samples (n_height,)."""
        before, after = (load_of(wall, load, storeys=storeys, extra=k, storey_height_m=tall, lean=True) for k in (0, 1))
        found = [
            load_ratio(
                permanent_old=before.permanent,
                imposed_old=before.imposed.sum(axis=2),
                permanent_new=after.permanent,
                imposed_new=after.imposed.sum(axis=2),
                psi=psi,
            ).mean(axis=1)
            for psi in (1.0, load.imposed.psi0)
        ]
        return np.asarray(np.maximum(found[0], found[1]), dtype=np.float64)


def strength_of(prior: Prior, era: tuple[EraDefault, ...], year: int) -> StrengthFactor:
    """Return the strength of walls of one way of building in one year, as a scan samples it."""
    row = next(one for one in era if one.group == prior.group and one.year_from <= year < one.year_before)
    return StrengthFactor(id=f"strength.{prior.group}", group=prior.group, mean_mpa=row.mean_mpa, cov=row.cov, nl="", settle_nl="")
