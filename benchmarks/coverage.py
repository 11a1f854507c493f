"""How the probabilities do on buildings whose truth follows another prior than ours.

    PYTHONPATH=. python benchmarks/coverage.py --buildings 1000

Random buildings (those of the test that compares fast and plain check) get the probabilities that our priors
give. Then the truth of each is drawn from another prior: the mean of the strengths shifted, another coefficient
of variation, another correlation within the building, heavier finishes; and the ordinary check, part by part,
says how many storeys that building really carries. Reported per prior, with no pass mark:

bias
    mean probability of at least one storey less the share of buildings that carry one; positive is optimistic.
coverage
    share of buildings whose true count lies between the counts that are reached with 90 and with 10 %.
reliability
    per class of probability the share that carries at least one storey.
"""

from __future__ import annotations

import argparse
import itertools
import json
import math
import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "checks"))
from random_building import BASE, FACTORS, FINISH, STOREYS, RandomBuilding

from optopscan.checks.estimator.factors import product_factor
from optopscan.checks.estimator.reach import Drawn
from optopscan.checks.estimator.samples import draws
from optopscan.checks.estimator.worth import estimate

CLASSES = (0.0, 0.1, 0.3, 0.5, 0.7, 0.9, 1.0)


@dataclass(frozen=True, kw_only=True)
class Truth:
    """The prior that the truth follows, beside ours: factors on mean and CoV, share of the variance per building, share of finish."""

    name: str
    mean: float = 1.0
    cov: float = 1.0
    rho: float = 0.85
    finish: tuple[float, float] = (0.0, 1.0)


TRUTHS = (
    Truth(name="as our priors say"),
    Truth(name="means 15 % lower", mean=0.85),
    Truth(name="means 15 % higher", mean=1.15),
    Truth(name="CoV 1.5 times", cov=1.5),
    Truth(name="CoV 0.6 times", cov=0.6),
    Truth(name="within one building only half correlated", rho=0.5),
    Truth(name="heavy finishes only", finish=(0.7, 1.0)),
    Truth(name="lower means, more spread, less correlation", mean=0.85, cov=1.3, rho=0.6),
)


def strength_mpa(truth: Truth, mean_mpa: float, cov: float, z: float) -> float:
    """Return the characteristic strength of a building under another prior, the definition typed anew."""
    s = math.sqrt(math.log(1.0 + (cov * truth.cov) ** 2))
    mu = math.log(mean_mpa * truth.mean) - 0.5 * s * s
    return math.exp(mu + s * math.sqrt(truth.rho) * z - 1.645 * s * math.sqrt(1.0 - truth.rho))


def study(n_building: int, n_sample: int) -> list[dict[str, object]]:
    """Return one row per prior."""
    rows: list[dict[str, object]] = []
    told = []
    for seed in range(n_building):
        building = RandomBuilding(seed)
        product = product_factor(building.product)
        u = draws(len(FACTORS) + 2, n_sample=n_sample, seed=seed).reshape(n_sample, -1)
        drawn = Drawn(factors=(*FACTORS, FINISH, product), u=u, finish_base_kn_m2=BASE)
        ids = tuple(str(k) for k in range(len(building.group)))
        told.append((building, product, estimate(building.ladder(), drawn, part_ids=ids, judged=1, loaded=1, seed=seed)))
    for truth in TRUTHS:
        rng = np.random.default_rng(17)
        p = np.array([found.at_least[0].at_least for _, _, found in told])
        true = np.zeros(n_building, dtype=int)
        for k, (building, product, _) in enumerate(told):
            z = rng.standard_normal(len(FACTORS))
            strengths = [strength_mpa(truth, f.mean_mpa, f.cov, float(z[i])) for i, f in enumerate(FACTORS)]
            finish = float(FINISH.values(rng.uniform(*truth.finish)))
            share = rng.uniform()
            loads = [float(product.load_kn_m2(share, n)) for n in range(1, STOREYS + 1)]
            true[k] = building.storeys_by_hand(strengths, finish, loads)
        inside = np.array([found.p10 <= t <= found.p90 for (_, _, found), t in zip(told, true, strict=True)])
        reliability = {}
        for low, high in itertools.pairwise(CLASSES):
            own = (p >= low) & ((p < high) | (high == 1.0))
            reliability[f"{low:.1f}-{high:.1f}"] = (int(own.sum()), round(float((true[own] >= 1).mean()), 3) if own.any() else None)
        rows.append(
            {
                "truth": truth.name,
                "mean_p": round(float(p.mean()), 4),
                "share": round(float((true >= 1).mean()), 4),
                "bias": round(float(p.mean() - (true >= 1).mean()), 4),
                "coverage": round(float(inside.mean()), 4),
                "reliability": reliability,
            }
        )
    return rows


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--buildings", type=int, default=1000)
    parser.add_argument("--samples", type=int, default=1024)
    parser.add_argument("--json", metavar="FILE")
    args = parser.parse_args()
    rows = study(args.buildings, args.samples)
    print(f"{'truth':<46}{'mean P':>8}{'share':>8}{'bias':>8}{'P10-P90':>9}   share that carries per class of P (buildings)")
    for row in rows:
        classes = "  ".join(f"{name} {share} ({count})" for name, (count, share) in row["reliability"].items())  # type: ignore[attr-defined]
        print(f"{row['truth']:<46}{row['mean_p']:>8}{row['share']:>8}{row['bias']:>8}{row['coverage']:>9}   {classes}")
    if args.json:
        Path(args.json).write_text(json.dumps(rows, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
