"""Storey counts and unity checks of many elements, storeys, concepts and samples at once.

A check that is passed by a run of axial forces is inverted once per element and sample, to the
interval [N_lo, N_hi] of `codes.interval`; every storey count of every concept is then two comparisons.
Where only the strength is sampled even that is not needed: the strength that a state needs does not
depend on the sample, and one comparison is left. The storey count itself is never inverted, because its
loads need not grow evenly: each count is a row of its own.

Axes are always n_element, n_storey, n_concept, n_sample. ``n_storey`` starts with state 0, the building
without new storeys. Work is cut in blocks of elements and samples that stay in the cache of a core; the answers do not depend
on the size of the blocks nor on the number of threads. Here is no formula: clauses are in `codes`, masonry walls in `batch_walls`.
"""

from __future__ import annotations

import contextlib
import math
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, NamedTuple, TypeVar

import numpy as np
import numpy.typing as npt

from optopscan.codes.interval import Interval, as_float, intersection
from optopscan.model.arrays import FloatArray

CountArray = npt.NDArray[np.int8]
Block = tuple[slice, slice]
"""Elements and samples that are worked on together."""
Needed = Callable[[slice, slice], FloatArray]
"""Strength that each state needs for some elements and samples, (n_element, n_storey, n_concept, n_sample or 1)."""
Made = TypeVar("Made")

CACHE_BYTES = 512 * 1024
"""Intermediate results of one block; a fraction of what a core has to itself on present machines."""
LEAST_CHUNK, LARGEST_CHUNK = 1024, 16384
"""Elements times samples in a block: below, calls cost more than they do; above, strengths leave the cache."""
MOST_STATES = 127
SHORT_BUFFER = 64


class Storeys(NamedTuple):
    """Storeys that fit: the last state of 0..n that all pass, -1 where state 0 itself does not.

    ``building`` (n_concept, n_sample) is the least over the elements, ``element``
    (n_element, n_concept, n_sample) each of them; None where it was not asked.
    """

    building: CountArray
    element: CountArray | None


class Offer(NamedTuple):
    """What a check offers: the admissible axial force [kN] of some elements and samples, and how many there are of each.

    ``admissible`` returns (n_element, n_sample) of the block asked, or one column for all its
    samples; it is called from several threads.
    """

    shape: tuple[int, int]
    admissible: Callable[[slice, slice], Interval]


def offered(admissible: Interval) -> Offer:
    """Return the offer of an interval that is there already, (n_element, n_sample)."""
    lo, hi = np.broadcast_arrays(as_float(admissible.lo), as_float(admissible.hi))
    return Offer((hi.shape[0], hi.shape[1]), lambda *block: Interval(lo[block], hi[block]))


def all_of(*offers: Offer) -> Offer:
    """Return the offer of several checks on the same elements and samples: what every one of them admits.

    Raises
    ------
    ValueError
        If the numbers of elements or samples differ.
    """
    shapes = sorted({offer.shape for offer in offers})
    if len(shapes) != 1:
        raise ValueError(f"offers of one and the same (n_element, n_sample) expected, got {shapes}")
    return Offer(shapes[0], lambda *block: intersection(*(offer.admissible(*block) for offer in offers)))


def storeys_that_fit(
    n_max_kn: npt.ArrayLike,
    n_min_kn: npt.ArrayLike,
    offer: Offer | Interval,
    *,
    threads: int = 1,
    chunk: int | None = None,
    per_element: bool = True,
) -> Storeys:
    """Return how many storeys fit by axial force: in every state 0..n N_max <= N_hi and N_min >= N_lo.

    A state that fails ends the count, also where a later one would pass. A force, or an edge of an
    interval, that is nan is never passed; an infinite force is unknown.

    Parameters
    ----------
    n_max_kn, n_min_kn
        Largest and smallest design axial force [kN], compression positive, (n_element, n_storey, n_concept).
    offer
        Admissible axial force of every element and sample.
    threads
        Cores to use.
    chunk
        Elements times samples in a block; fits the cache when left out.
    per_element
        False leaves out the answer per element, which takes most of the memory.

    Raises
    ------
    ValueError
        If the elements do not match, there is no element or state, more than 127 states, or threads or chunk is less than 1.
    """
    n_max, n_min = np.broadcast_arrays(as_float(n_max_kn), as_float(n_min_kn))
    upper, lower = _levels(np.maximum(n_max, n_min)), _levels(-np.minimum(n_max, n_min))
    source = offered(offer) if isinstance(offer, Interval) else offer

    def count(block: Block, out: CountArray, scratch: CountArray) -> None:
        admitted = source.admissible(*block)
        _reached(admitted.hi, upper[block[0]], out, scratch)
        least = -admitted.lo
        # most walls have no lower edge that matters; nan on either side does
        if not np.all(least >= lower[block[0]].max()):
            from_below = np.empty_like(out)
            _reached(least, lower[block[0]], from_below, scratch)
            np.minimum(out, from_below, out=out)

    return _counted(count, upper, source.shape, threads=threads, chunk=chunk, per_element=per_element)


def storeys_by_strength(
    needed: npt.ArrayLike, strength: npt.ArrayLike, *, threads: int = 1, chunk: int | None = None, per_element: bool = True
) -> Storeys:
    """Return how many storeys fit where every state asks for a strength that does not depend on the sample.

    For checks with a resistance proportional to the sampled strength: the same answer as
    `storeys_that_fit`, from one comparison and without any root.

    Parameters
    ----------
    needed
        Strength at which the state is just admissible, (n_element, n_storey, n_concept); nan, infinite or negative is never passed.
    strength
        Strength that is there, same unit, (n_element, n_sample); not above zero is unknown.
    threads, chunk, per_element
        As in `storeys_that_fit`, and the same errors.
    """
    asked, there = as_float(needed), as_float(strength)
    upper = _levels(np.where(asked >= 0.0, asked, np.nan))

    def count(block: Block, out: CountArray, scratch: CountArray) -> None:
        _reached(_above_zero(there[block]), upper[block[0]], out, scratch)

    return _counted(count, upper, there.shape, threads=threads, chunk=chunk, per_element=per_element)


def all_utilisations(
    needed: npt.ArrayLike | Needed, strength: npt.ArrayLike, *, out: npt.NDArray[Any], threads: int = 1, chunk: int | None = None
) -> None:
    """Fill ``out`` with every unity check: strength needed over strength there [-].

    For checks with a resistance proportional to the sampled strength, where that quotient is
    E_d / R_d. nan where either is nan; inf where no strength would do.

    Parameters
    ----------
    needed
        Strength that each state needs, (n_element, n_storey, n_concept), or a function that
        gives it for a block, where it depends on the sample as well; negative is unknown.
    strength
        Strength that is there, same unit, (n_element, n_sample); not above zero is unknown.
    out
        Float array (n_element, n_storey, n_concept, n_sample). float32 halves memory and is meant for pictures and
        statistics: it rounds a value just over 1 to 1, so no verdict is taken from it.
    threads, chunk
        As in `storeys_that_fit`.

    Raises
    ------
    ValueError
        If ``needed`` or ``out`` has another shape or kind, or threads or chunk is less than 1.
    """
    there = as_float(strength)
    if out.ndim != 4 or (out.shape[0], out.shape[3]) != there.shape or out.dtype not in (np.float64, np.float32):
        raise ValueError(f"out is {out.dtype} {out.shape}, expected float64 or float32 (n_element, n_storey, n_concept, n_sample)")

    source = needed if callable(needed) else _constant(as_float(needed), out.shape[:3])

    def fill(blocks: Sequence[Block]) -> None:
        # set here because it does not reach other threads
        with np.errstate(all="ignore"):
            for elements, samples in blocks:
                asked, per_strength = source(elements, samples), 1.0 / _above_zero(there[elements, samples])
                states = np.where(asked >= 0.0, asked, np.nan).astype(out.dtype, copy=False)
                shares = per_strength.astype(out.dtype, copy=False)[:, None, None, :]
                with _short_buffer():
                    np.multiply(states, shares, out=out[elements, :, :, samples])

    # a constant is written in the longest runs; whoever computes every state needs the cache for it
    fitting = LEAST_CHUNK if callable(needed) else LARGEST_CHUNK
    run_blocks(fill, there.shape[0], there.shape[1], threads=threads, chunk=fitting if chunk is None else chunk)


def run_blocks(work: Callable[[Sequence[Block]], Made], n_element: int, n_sample: int, *, threads: int, chunk: int) -> list[Made]:
    """Cut elements x samples in blocks, call ``work`` once per thread with its share of them, return its answers.

    Raises
    ------
    ValueError
        If threads or chunk is less than 1.
    """
    if threads < 1 or chunk < 1:
        raise ValueError(f"threads={threads} and chunk={chunk} must be at least 1")
    width = max(1, min(chunk, n_sample))
    blocks = [(e, s) for s in _slices(n_sample, width) for e in _slices(n_element, max(1, chunk // width))]
    share = max(1, -(-len(blocks) // threads))
    shares = [blocks[i : i + share] for i in range(0, len(blocks), share)]
    if len(shares) < 2:
        return [work(one) for one in shares]
    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(work, shares))


def _slices(length: int, step: int) -> list[slice]:
    return [slice(start, min(start + step, length)) for start in range(0, length, step)]


def _chunk(bytes_each: int) -> int:
    """Return elements times samples of a block that takes so many bytes for each of them."""
    return max(LEAST_CHUNK, min(LARGEST_CHUNK, CACHE_BYTES // max(1, bytes_each)))


@contextlib.contextmanager
def _short_buffer() -> Iterator[None]:
    """Keep numpy from copying one value per row to its buffer where several short rows fit in it, which takes four times as long."""
    before = np.setbufsize(SHORT_BUFFER)
    try:
        yield
    finally:
        np.setbufsize(before)


def _above_zero(strength: FloatArray) -> FloatArray:
    return np.where(strength > 0.0, strength, np.nan)


def _constant(needed: FloatArray, shape: tuple[int, ...]) -> Needed:
    if needed.shape != shape:
        raise ValueError(f"needed has shape {needed.shape}, expected that of out without the samples, {shape}")
    return lambda elements, _: needed[elements][..., None]


def _levels(demand: FloatArray) -> FloatArray:
    """Return what all states up to each storey ask together, (n_element, n_concept, n_storey); nan from the first unknown on."""
    known = np.where(np.isfinite(demand), demand, np.nan)
    levels: FloatArray = np.ascontiguousarray(np.maximum.accumulate(known, axis=1).transpose(0, 2, 1))
    if levels.shape[0] == 0 or not 0 < levels.shape[2] <= MOST_STATES:
        raise ValueError(f"{levels.shape[0]} elements and {levels.shape[2]} states: at least one of each, at most {MOST_STATES} states")
    return levels


def _reached(supply: FloatArray, levels: FloatArray, out: CountArray, scratch: CountArray) -> None:
    """Count how many levels (n_element, n_concept, n_storey), rising, each sample reaches: (n_element, n_concept, n_sample)."""
    shape = (*levels.shape, out.shape[2])
    passes = scratch[: math.prod(shape)].reshape(shape)
    with _short_buffer():
        np.greater_equal(supply[:, None, None, :], levels[..., None], out=passes.view(np.bool_))
    np.add.reduce(passes, axis=2, dtype=np.int8, out=out)


def _counted(
    count: Callable[[Block, CountArray, CountArray], None],
    levels: FloatArray,
    shape: tuple[int, ...],
    *,
    threads: int,
    chunk: int | None,
    per_element: bool,
) -> Storeys:
    n_element, n_concept, n_storey = levels.shape
    if len(shape) != 2 or shape[0] != n_element:
        raise ValueError(f"(n_element, n_sample) is {shape}, expected {n_element} elements as the states have")
    n_sample = shape[1]
    element = np.empty((n_element, n_concept, n_sample), dtype=np.int8) if per_element else None
    size = _chunk(n_concept * n_storey) if chunk is None else chunk

    def least(blocks: Sequence[Block]) -> CountArray:
        scratch = np.empty(min(size, n_element * n_sample) * n_concept * n_storey, dtype=np.int8)
        building = np.full((n_concept, n_sample), n_storey - 1, dtype=np.int8)
        for elements, samples in blocks:
            inside = (len(levels[elements]), n_concept, samples.stop - samples.start)
            out = np.empty(inside, dtype=np.int8) if element is None else element[elements, :, samples]
            count((elements, samples), out, scratch)
            out -= 1
            np.minimum(building[:, samples], out.min(axis=0), out=building[:, samples])
        return building

    parts = run_blocks(least, n_element, n_sample, threads=threads, chunk=size)
    none = np.full((n_concept, n_sample), n_storey - 1, dtype=np.int8)
    return Storeys(building=np.minimum.reduce([none, *parts]), element=element)
