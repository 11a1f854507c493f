"""Draws of what is not known: scrambled Sobol points, repeated so that the spread between repeats is the standard error."""

from __future__ import annotations

import numpy as np

from optopscan.model.arrays import FloatArray

REPEATS = 16
MOST_FACTORS = 20


def draws(n_factor: int, *, n_sample: int, seed: int) -> FloatArray:
    """Return points of the unit cube, shape (REPEATS, n_sample / REPEATS, n_factor).

    Every repeat is a Sobol sequence with a scramble of its own (Owen), so the repeats are
    independent and the standard deviation of their means over sqrt(REPEATS) is the standard
    error of the mean over all.

    Raises
    ------
    ValueError
        If n_sample is not REPEATS times a power of two, or there are more than `MOST_FACTORS` factors.
    """
    each = n_sample // REPEATS
    if each < 1 or each * REPEATS != n_sample or each & (each - 1):
        raise ValueError(f"n_sample={n_sample} must be {REPEATS} times a power of two")
    if n_factor > MOST_FACTORS:
        raise ValueError(f"n_factor={n_factor} must be at most {MOST_FACTORS}")
    if n_factor == 0:
        return np.zeros((REPEATS, each, 0))
    # Here, not above: the dearest import of all, a quarter of the start of every command, and only an estimate needs it.
    from scipy.stats import qmc

    seeds = np.random.SeedSequence(seed).spawn(REPEATS)
    return np.stack([qmc.Sobol(n_factor, scramble=True, rng=np.random.default_rng(s)).random(each) for s in seeds])


def mean_and_error(values: FloatArray) -> tuple[float, float]:
    """Return the mean of values (REPEATS, n) and its standard error."""
    means = values.mean(axis=1)
    return float(means.mean()), float(means.std(ddof=1) / np.sqrt(len(means)))
