"""From draws to an estimate: probabilities, percentiles, what the answer hangs on, and what is worth finding out."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from optopscan.checks.estimator.factors import Factor, FinishFactor, ProductFactor, StrengthFactor
from optopscan.checks.estimator.reach import Drawn, Ladder, governing_parts, parts_of, reached
from optopscan.checks.estimator.samples import REPEATS, mean_and_error
from optopscan.model.arrays import BoolArray, FloatArray, IntArray
from optopscan.model.estimate import AtLeast, Estimate, Governs, Influence, Worth

CLEAR = (0.1, 0.9)
SETTLED = 0.95
"""A storey count this likely is not what is in question; the next one is."""
BINS = 64
MOST_GOVERNING = 5
MOST_PARTS = 5
LEAST_SHARE = 0.01
"""An unknown that explains less of the variance is not worth a visit."""


def estimate(ladder: Ladder, drawn: Drawn, *, part_ids: Sequence[str], judged: int, loaded: int, seed: int) -> Estimate:
    """Return the estimate for one concept from all draws, which come in `REPEATS` independent blocks."""
    count = reached(ladder, drawn)
    rows = at_least(count, len(ladder.storeys), at_most=judged < loaded)
    asked = questioned(rows)
    good = count >= asked
    shares = [Influence(factor=f.id, what=f.nl, storeys=asked, share=explained(drawn.column(f), good)) for f in drawn.factors]
    governs = governing_parts(ladder, drawn, asked)[:MOST_GOVERNING] if rows else ()
    return Estimate(
        concept=ladder.product.concept.id,
        at_least=rows,
        p10=percentile(rows, 0.9),
        p50=percentile(rows, 0.5),
        p90=percentile(rows, 0.1),
        governing=tuple(Governs(part=part_ids[p], storeys=asked, frequency=share) for p, share in governs),
        influences=tuple(sorted(shares, key=lambda row: (-row.share, row.factor))),
        worth=_worth(ladder, drawn, good, asked, part_ids) if rows else (),
        judged=judged,
        loaded=loaded,
        samples=len(count),
        seed=seed,
    )


def at_least(count: IntArray, most: int, *, at_most: bool = False) -> tuple[AtLeast, ...]:
    """Return the probability of at least 1..most storeys from the count of every draw (n_sample,)."""
    found = []
    for n in range(1, most + 1):
        p, error = mean_and_error((count >= n).astype(np.float64).reshape(REPEATS, -1))
        found.append(AtLeast(storeys=n, at_least=p, standard_error=error, at_most=at_most))
    return tuple(found)


def questioned(rows: Sequence[AtLeast]) -> int:
    """Return the storey count in question: the first that is not as good as sure, else the last (0 without rows)."""
    return next((row.storeys for row in rows if row.at_least < SETTLED), len(rows))


def percentile(rows: Sequence[AtLeast], probability: float) -> int:
    """Return the storeys that are reached with at least this probability."""
    return sum(row.at_least >= probability for row in rows)


def conditional(u: FloatArray, good: BoolArray) -> FloatArray:
    """Return the share of good draws in each of `BINS` equally likely ranges of one factor (n_bin,)."""
    which = np.minimum((u * BINS).astype(np.int64), BINS - 1)
    total = np.bincount(which, minlength=BINS)
    return np.bincount(which, weights=good.astype(np.float64), minlength=BINS) / np.maximum(total, 1)


def explained(u: FloatArray, good: BoolArray) -> float:
    """Return the first-order variance share of one factor in "good or not", from the draws themselves [-].

    Variance of the means per bin over the variance, less what bins of this size show by chance.
    """
    p = float(good.mean())
    variance = p * (1.0 - p)
    if variance == 0.0:
        return 0.0
    means = conditional(u, good)
    noise = float(np.mean(means * (1.0 - means))) * BINS / len(u)
    return float(np.clip((means.var() - noise) / variance, 0.0, 1.0))


def _worth(ladder: Ladder, drawn: Drawn, good: BoolArray, asked: int, part_ids: Sequence[str]) -> tuple[Worth, ...]:
    """Return what each unknown is worth finding out; nothing where the answer is clear already."""
    now = float(good.mean())
    if not CLEAR[0] < now < CLEAR[1]:
        return ()
    found = []
    for factor in drawn.factors:
        u = drawn.column(factor)
        share, chances = explained(u, good), conditional(u, good)
        if share < LEAST_SHARE:
            continue
        # Of a strength more is better, of a load less.
        better = u if isinstance(factor, StrengthFactor) else 1.0 - u
        p_good = _good_outcomes(conditional(better, good))
        favourable = better >= 1.0 - (p_good or 0.5)
        edge = 1.0 - p_good if isinstance(factor, StrengthFactor) else p_good
        found.append(
            Worth(
                factor=factor.id,
                what=factor.settle_nl,
                parts=tuple(part_ids[p] for p in _parts(ladder, drawn, factor, asked)),
                storeys=asked,
                p_now=now,
                p_then=float(good[favourable].mean()),
                p_good=p_good,
                needed=_value(factor, edge, asked) if p_good else math.nan,
                unit="N/mm2" if isinstance(factor, StrengthFactor) else "kN/m2",
                decides=float(((chances <= CLEAR[0]) | (chances >= CLEAR[1])).mean()),
                share=share,
            )
        )
    return tuple(sorted(found, key=lambda row: (-row.share, row.factor)))


def _good_outcomes(chances: FloatArray) -> float:
    """Return the share of outcomes, the best first, after which the answer is as good as yes."""
    falls_short = np.flatnonzero(chances[::-1] < CLEAR[1])
    return float(falls_short[0] if len(falls_short) else len(chances)) / len(chances)


def _value(factor: Factor, u: float, storeys: int) -> float:
    """Return the value of a factor at share ``u``; of a product the load of all its storeys."""
    return float(factor.load_kn_m2(u, storeys) if isinstance(factor, ProductFactor) else factor.values(u))


def _parts(ladder: Ladder, drawn: Drawn, factor: Factor, asked: int) -> tuple[int, ...]:
    """Return the parts to look at: those that need most of a strength; of a load there is none in particular."""
    if isinstance(factor, FinishFactor | ProductFactor):
        return ()
    strengths = [f for f in drawn.factors if isinstance(f, StrengthFactor)]
    load = ladder.product.load_kn_m2(np.array([0.0, 1.0]), asked)
    return parts_of(ladder.storeys[asked - 1], strengths.index(factor), MOST_PARTS, drawn.finish_bounds(), load.tolist())
