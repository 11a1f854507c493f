"""One estimate out of several support graphs, each with the probability that the loads go that way."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from optopscan.checks.estimator.worth import CLEAR, LEAST_SHARE, percentile, questioned
from optopscan.model.estimate import AtLeast, Estimate, Influence, Worth


@dataclass(frozen=True, kw_only=True)
class Path:
    """One support graph: its weight, which doubts are turned over in it, and its estimate; None where it has none."""

    weight: float
    turned: frozenset[int]
    estimate: Estimate | None


@dataclass(frozen=True, kw_only=True)
class Question:
    """One doubt about the path of the loads: what it is, what settles it, and the elements it is about."""

    id: str
    nl: str
    settle_nl: str
    elements: tuple[str, ...]


def mixed_estimate(paths: Sequence[Path], questions: Sequence[Question]) -> Estimate | None:
    """Return the estimate over all support graphs of one concept, the main graph first.

    Probabilities are weighted means; a graph without an estimate confirms nothing. Their standard
    errors add up: all graphs take the same draws. What governs and what strengths and loads explain
    is said of the main graph; each doubt about the path is added to what is worth finding out.
    """
    main = paths[0].estimate
    if main is None or not main.at_least or len(paths) < 2:
        return main
    rows = tuple(_row(paths, row.storeys) for row in main.at_least)
    asked = questioned(rows)
    now = rows[asked - 1].at_least
    added = [(k, question, _sides(paths, k, asked)) for k, question in enumerate(questions)]
    shares = [_influence(question, asked, now, sides) for _, question, sides in added]
    worths = [_worth(question, asked, now, sides) for _, question, sides in added]
    same = asked == questioned(main.at_least)
    # A bound in one graph is a bound in the mixture: the counts of the graph that leaves most parts out.
    loosest = max((one for path in paths if (one := path.estimate) is not None and one.at_least), key=lambda one: one.loaded - one.judged)
    kept = tuple(replace(row, p_now=now) for row in main.worth) if same and CLEAR[0] < now < CLEAR[1] else ()
    found = (*(row for row in worths if row is not None and row.share >= LEAST_SHARE), *kept)
    return replace(
        main,
        at_least=rows,
        judged=loosest.judged,
        loaded=loosest.loaded,
        p10=percentile(rows, 0.9),
        p50=percentile(rows, 0.5),
        p90=percentile(rows, 0.1),
        influences=tuple(sorted((*shares, *(main.influences if same else ())), key=lambda row: (-row.share, row.factor))),
        worth=tuple(sorted(found, key=lambda row: (-row.share, row.factor))),
    )


def _of(path: Path, storeys: int) -> AtLeast:
    rows = path.estimate.at_least if path.estimate is not None else ()
    return next((row for row in rows if row.storeys == storeys), AtLeast(storeys=storeys, at_least=0.0, standard_error=0.0))


def _row(paths: Sequence[Path], storeys: int) -> AtLeast:
    found = [(path.weight, _of(path, storeys)) for path in paths]
    total = sum(weight for weight, _ in found)
    return AtLeast(
        storeys=storeys,
        at_least=sum(weight * row.at_least for weight, row in found) / total,
        standard_error=sum(weight * row.standard_error for weight, row in found) / total,
        at_most=any(row.at_most for _, row in found),
    )


Side = tuple[float, float]
"""Weight of one answer to a doubt, and the probability of the storeys with it."""


def _sides(paths: Sequence[Path], k: int, storeys: int) -> tuple[Side, Side]:
    """Return the doubt as taken, and turned over."""
    sides = []
    for over in (False, True):
        own = [path for path in paths if (k in path.turned) is over]
        weight = sum(path.weight for path in own)
        p = sum(path.weight * _of(path, storeys).at_least for path in own) / weight if weight else 0.0
        sides.append((weight, p))
    return sides[0], sides[1]


def _share(now: float, sides: tuple[Side, Side]) -> float:
    total = sum(weight for weight, _ in sides)
    variance = now * (1.0 - now)
    return sum(weight / total * (p - now) ** 2 for weight, p in sides) / variance if variance > 0.0 else 0.0


def _influence(question: Question, asked: int, now: float, sides: tuple[Side, Side]) -> Influence:
    return Influence(factor=question.id, what=question.nl, storeys=asked, share=_share(now, sides))


def _worth(question: Question, asked: int, now: float, sides: tuple[Side, Side]) -> Worth | None:
    if not CLEAR[0] < now < CLEAR[1]:
        return None
    total = sum(weight for weight, _ in sides)
    good = [(weight, p) for weight, p in sides if p >= CLEAR[1]]
    clear = [weight for weight, p in sides if not CLEAR[0] < p < CLEAR[1]]
    return Worth(
        factor=question.id,
        what=question.settle_nl,
        parts=question.elements,
        storeys=asked,
        p_now=now,
        p_then=max(p for _, p in sides),
        p_good=sum(weight for weight, _ in good) / total,
        needed=math.nan,
        unit="",
        decides=sum(clear) / total,
        share=_share(now, sides),
    )
