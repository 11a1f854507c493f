"""Random buildings as arrays: the fast path and the ordinary check of the same thing."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from checks_factory import make_elements, make_materials, make_parts, make_take_down
from shapely.geometry import box
from test_estimator import concept

from optopscan.catalog.engineering import load_engineering
from optopscan.checks.capacity import Influence, Scenario, added_loads
from optopscan.checks.estimator.factors import FinishFactor, StrengthFactor, product_factor
from optopscan.checks.estimator.needs import KNOWN, StateLoads, Strengths, joined, on_whole_roof, state_needs
from optopscan.checks.estimator.reach import Drawn, Ladder
from optopscan.checks.resistance import part_resistance
from optopscan.checks.utilisation import UC_TOLERANCE, part_effects, section_utilisation
from optopscan.materials.reinforcement import lower_bars

ENGINEERING = load_engineering()
VERBOUW = ENGINEERING.factor_set("nen8700", "verbouw", "CC2")
AFKEUR = ENGINEERING.factor_set("nen8700", "afkeur", "CC2")
STOREYS, PARTS, HEADS = 3, 8, 5
GROUPS = ("clay", "calcium-silicate", "concrete")
FACTORS = tuple(
    StrengthFactor(id=f"strength.{g}", group=g, mean_mpa=m, cov=c, nl="", settle_nl="")
    for g, m, c in (("clay", 6.5, 0.3), ("calcium-silicate", 7.0, 0.25), ("concrete", 20.0, 0.25))
)
FINISH = FinishFactor(id="load.floor-finish", lo_kn_m2=0.2, mode_kn_m2=0.5, hi_kn_m2=1.0, nl="", settle_nl="")
BARS = lower_bars(ENGINEERING.reinforcement["column"], ENGINEERING.era_defaults, ENGINEERING.grades, 1960)
BASE = 0.5
IMPOSED_KN_M2 = 2.55


class RandomBuilding:
    """One building with everything that both ways of checking need; with ``columns`` what is of concrete is a reinforced column."""

    def __init__(self, seed: int, *, draws: int = 1, columns: bool = False) -> None:
        rng = np.random.default_rng(seed)
        self.columns = columns
        self.group = rng.choice(GROUPS, PARTS)
        self.stated = rng.random(PARTS) < 0.3
        self.parts = make_parts(
            PARTS,
            thickness_m=rng.choice([0.1, 0.12, 0.15, 0.21], PARTS),
            length_m=rng.uniform(0.3, 3.0, PARTS),
            floor_sides=rng.integers(1, 3, PARTS),
            bearing_known=rng.random(PARTS) < 0.95,
        )
        self.eccentricity = np.where(rng.random((PARTS, 2)) < 0.2, rng.uniform(0.0, 0.03, (PARTS, 2)), 0.0)
        self.eccentricity[rng.random(PARTS) < 0.05, 0] = np.nan
        self.default = np.select([self.group == "clay", self.group == "concrete"], [3.8, 10.0], 4.5)
        influence = np.maximum(rng.normal(0.0, 0.5, (PARTS, HEADS)), 0.0)
        influence[rng.random((PARTS, HEADS)) < 0.08] = -0.3
        # from lightly loaded to over as it stands
        self.permanent = rng.uniform(0.1, 0.8) * rng.uniform(5.0, 250.0, PARTS)
        self.own = rng.uniform(0.0, 0.2, PARTS) * self.permanent
        self.imposed = rng.uniform(0.0, 25.0, (PARTS, 3))
        self.roof = rng.uniform(0.0, 8.0, PARTS)
        self.influence = influence
        self.area = rng.uniform(0.5, 6.0, HEADS)
        self.finish_m2 = rng.uniform(0.0, 40.0, PARTS)
        self.least = np.where(rng.random(PARTS) < 0.15, rng.uniform(0.0, 80.0, PARTS), 0.0)
        self.credit = 0.9 if rng.random() < 0.3 else 0.0
        self.product = concept(floor=2.0, lo=1.5, hi=float(rng.uniform(2.0, 5.0)))
        factors = (*FACTORS, FINISH, product_factor(self.product))
        if columns:
            self._make_columns(rng)
        self.drawn = Drawn(factors=factors, u=rng.random((draws, len(factors))), finish_base_kn_m2=BASE)

    def _make_columns(self, rng):
        own = self.group == "concrete"
        self.parts = replace(
            self.parts,
            kind=tuple("column" if yes else "pier" for yes in own),
            thickness_m=np.where(own, rng.uniform(0.15, 0.3, PARTS), self.parts.thickness_m),
            length_m=np.where(own, rng.uniform(0.3, 0.4, PARTS), 1.0 + self.parts.length_m),
        )
        # columns that are in question beside walls that mostly are not
        self.permanent = np.where(own, 3.0 * self.permanent, 0.3 * self.permanent)
        self.imposed, self.finish_m2 = 0.3 * self.imposed, 0.3 * self.finish_m2
        self.influence, self.least = np.maximum(0.3 * self.influence, 0.0), np.zeros(PARTS)

    @property
    def elements(self):
        sides = zip(self.parts.length_m.tolist(), self.parts.thickness_m.tolist(), strict=True)
        return make_elements(PARTS, footprint=tuple(box(0.0, 0.0, length, t) for length, t in sides))

    def resistance(self, strength_mpa):
        """Return the resistance with these strengths where none is stated."""
        materials = make_materials(
            PARTS,
            group=tuple(self.group),
            strength=np.where(self.stated, np.where(self.group == "concrete", 20.0, 15.0), np.nan),
            default=strength_mpa,
        )
        found = part_resistance(
            parts=self.parts,
            elements=self.elements,
            materials=materials,
            factors=VERBOUW,
            bars=BARS if self.columns else None,
            concrete_floor_head=np.ones(PARTS, dtype=bool),
            concrete_floor_foot=np.ones(PARTS, dtype=bool),
            eccentricity_m=self.eccentricity,
        )
        return replace(found, n_lo_kn=np.where(found.applies & ~np.isnan(found.n_hi_kn), self.least[:, None], np.nan))

    def take_down(self, finish_kn_m2):
        permanent = self.permanent + self.finish_m2 * finish_kn_m2
        return make_take_down(permanent, self.imposed, self.influence, self_weight=self.own, roof=self.roof)

    @property
    def affected(self):
        return np.abs(self.influence).sum(axis=1) > 0.0

    def ladder(self):
        take = self.take_down(0.0)
        base, upper = self.resistance(self.default), self.resistance(2.0 * self.default)
        index = {factor.group: k for k, factor in enumerate(FACTORS)}
        strengths = Strengths.of(
            base,
            upper,
            f0_mpa=self.default,
            f1_mpa=2.0 * self.default,
            factor=np.array([KNOWN if s else index[g] for s, g in zip(self.stated, self.group, strict=True)]),
            judged=np.array(self.parts.bearing_known),
        )
        press, lift = on_whole_roof(Influence.of(take), self.area)

        def needs(storeys, factors, among, credit):
            loads = StateLoads(
                take_down=take, finish_m2=self.finish_m2, press_m2=press, lift_m2=lift,
                storeys=storeys, imposed_kn_m2=IMPOSED_KN_M2, credit_kn_m2=credit,
            )  # fmt: skip
            return state_needs({"simple": loads}, strengths, factors=factors, psi0=0.4, psi0_new=0.4, among=among)

        every = np.ones(PARTS, dtype=bool)
        existing = [needs(0, AFKEUR, every, 0.0), needs(0, VERBOUW, self.affected, 0.0)]
        if self.credit:
            existing.append(needs(0, VERBOUW, self.affected, self.credit))
        return Ladder(
            product=product_factor(self.product),
            existing=joined(existing),
            storeys=tuple(needs(k, VERBOUW, self.affected, 0.0) for k in range(1, STOREYS + 1)),
            credit_kn_m2=self.credit,
        )

    def plain(self, k):
        """Return the storeys of draw ``k`` by the ordinary check."""
        u = self.drawn.u[k]
        strength = [float(factor.values(u[i])) for i, factor in enumerate(FACTORS)]
        product = product_factor(self.product)
        loads = [float(product.load_kn_m2(u[4], n)) for n in range(1, STOREYS + 1)]
        return self.storeys_by_hand(strength, float(FINISH.values(u[3])), loads)

    def storeys_by_hand(self, strength_mpa, finish_kn_m2, added_kn_m2):
        """Return storeys by the ordinary check, part by part, leaving out parts that have no verdict anyhow.

        ``strength_mpa`` per group, ``added_kn_m2`` per storey count.
        """
        there = np.asarray(strength_mpa)[[GROUPS.index(g) for g in self.group]]
        resistance = self.resistance(np.where(self.stated, self.default, there))
        take = self.take_down(finish_kn_m2 - BASE)
        judged = resistance.known & np.array(self.parts.bearing_known)
        good = self._passes(take, resistance, None, AFKEUR, judged) & self._passes(take, resistance, None, VERBOUW, judged & self.affected)
        if self.credit:
            good &= self._passes(take, resistance, self._scenario(-self.credit, 0), VERBOUW, judged & self.affected)
        count = 0
        for n, added in enumerate(added_kn_m2, start=1):
            good &= self._passes(take, resistance, self._scenario(added - self.credit, n), VERBOUW, judged & self.affected)
            count += good
        return count

    def _scenario(self, load_kn_m2, storeys):
        imposed = np.repeat(IMPOSED_KN_M2 * self.area[:, None], storeys, axis=1)
        return Scenario(id="x", concept="x", storeys=storeys, head_permanent_kn=load_kn_m2 * self.area, head_imposed_kn=imposed)

    def _passes(self, take, resistance, scenario, factors, among):
        added = {}
        if scenario is not None:
            permanent, relief, imposed, raised = added_loads(scenario, Influence.of(take))
            added = {"added_permanent_kn": permanent, "added_relief_kn": relief, "added_imposed_kn": imposed}
            added |= {"added_raised_kn": raised, "psi0_added": 0.4}
        effects = part_effects(take, factors=factors, psi0=0.4, **added)
        uc = section_utilisation(effects, resistance)
        for part in np.flatnonzero(among):
            own = uc[part][resistance.applies[part]]
            if not (own <= 1.0 + UC_TOLERANCE).all() or (effects.n_min_kn[part] < -1e-9).any():
                return False
        return True
