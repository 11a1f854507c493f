"""What a check of one part did: every clause function it called, with the numbers filled in and where each comes from.

The check itself runs, on that part alone, with a recorder in the place of the plain functions:
there is no second calculation that could say something else.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from typing import Any, TypeVar, cast

import numpy as np

from optopscan.checks.beam_spans import BeamSpans
from optopscan.checks.bearings import Bearings, for_rows
from optopscan.checks.clauses import F
from optopscan.checks.defaults import CheckDefaults
from optopscan.checks.provenance import Origin
from optopscan.checks.resistance.result import SECTIONS
from optopscan.checks.resistance.table import part_resistance
from optopscan.codes.en1990 import FactorSet
from optopscan.materials.reinforcement import Bars
from optopscan.model.arrays import BoolArray, FloatArray, IntArray
from optopscan.model.building import Elements
from optopscan.model.structure import Materials, Parts

_CLAUSE = re.compile(
    r"((?:EN|NEN|NEN-EN) \d{4}(?:-\d+)*(?::\d{4})?(?:/A\d:\d{4})?, .+?|Dutch annex (?:to|table) \S+?)(?=[.,;:](?:\s|$)| with | and figure)"
)
_T = TypeVar("_T", Parts, BeamSpans)
CLAUSE_CONSTANT = "constante van de clausule"


@dataclass(frozen=True, kw_only=True)
class Step:
    """One call of a clause function for one part.

    ``function`` is module and name (``en1996.mid_factor``) and ``clause`` the standard and clause
    it states. ``inputs`` holds its arguments by name, unit as suffix (``thickness_mm``), and
    ``result`` what it returned: one number, or several where the clause gives several.
    ``sources`` says for every input where its number comes from. ``section`` is what the step is
    about (head, mid, foot, an axis), empty where it holds for the whole part.
    """

    function: str
    clause: str
    inputs: Mapping[str, float | str]
    result: float | tuple[float, ...]
    sources: Mapping[str, str]
    section: str = ""


def trace_part(
    row: int,
    *,
    parts: Parts,
    elements: Elements,
    materials: Materials,
    factors: FactorSet,
    defaults: CheckDefaults | None = None,
    concrete_floor_head: BoolArray | None = None,
    concrete_floor_foot: BoolArray | None = None,
    eccentricity_m: FloatArray | None = None,
    one_side: BoolArray | None = None,
    bars: Bars | None = None,
    spans: BeamSpans | None = None,
    bearings: Bearings | None = None,
    held_edges: IntArray | None = None,
) -> tuple[Step, ...]:
    """Return the steps of the check of one part, in the order in which they were taken.

    Parameters
    ----------
    row
        Row of the part.
    parts, elements, materials, factors, defaults, concrete_floor_head, concrete_floor_foot, eccentricity_m
    one_side, bars, spans, bearings, held_edges
        As in `part_resistance`, which runs on this row alone.

    Returns
    -------
    tuple of Step
        Empty where no check covers the part.
    """
    chosen = defaults or CheckDefaults()
    extra = 0.0 if eccentricity_m is None else float(np.abs(np.asarray(eccentricity_m)[row, 0]))
    origin = Origin(
        row=row, parts=parts, elements=elements, materials=materials, factors=factors, defaults=chosen, offset_mm=1000.0 * extra, bars=bars
    )
    recorder = Recorder(origin=origin)
    contacts = None if bearings is None else _contacts(bearings, row, parts, elements, materials, factors, chosen)
    part_resistance(
        parts=one_part(parts, row),
        elements=elements,
        materials=materials,
        factors=factors,
        defaults=chosen,
        concrete_floor_head=_one(concrete_floor_head, row),
        concrete_floor_foot=_one(concrete_floor_foot, row),
        eccentricity_m=_one(eccentricity_m, row),
        one_side=_one(one_side, row),
        bars=bars,
        spans=None if spans is None else _one_row(spans, row),
        bearings=contacts,
        held_edges=_one(held_edges, row),
        clause=recorder,
    )
    return tuple(recorder.steps)


def _contacts(
    found: Bearings, row: int, parts: Parts, elements: Elements, materials: Materials, factors: FactorSet, defaults: CheckDefaults
) -> Bearings:
    """Return the contacts of one part, with the design strength of what it stands on: that part is not traced."""
    own, rows = for_rows(found, parts, np.array([row], dtype=np.int64))
    under = replace(parts, **{f.name: _rows_of(getattr(parts, f.name), rows) for f in fields(parts)})
    terms = part_resistance(parts=under, elements=elements, materials=materials, factors=factors, defaults=defaults).terms
    nothing = np.full(len(rows), np.nan)
    fd, fcd = (np.asarray(terms.get(name, nothing))[own.support] for name in ("fd_mpa", "fcd_pl_mpa"))
    return replace(own, support=np.full(len(own), -1, dtype=np.int64), fd_mpa=fd, fcd_mpa=fcd)


def _rows_of(values: Any, rows: IntArray) -> Any:
    return tuple(values[k] for k in rows.tolist()) if isinstance(values, tuple) else np.asarray(values)[rows]


def one_part(parts: Parts, row: int) -> Parts:
    """Return the parts with one row only."""
    return _one_row(parts, row)


def _one_row(table: _T, row: int) -> _T:
    return replace(table, **{f.name: getattr(table, f.name)[row : row + 1] for f in fields(table)})


def _one(values: Any, row: int) -> Any:
    return None if values is None else np.asarray(values)[row : row + 1]


@dataclass(eq=False)
class Recorder:
    """Stands in for clause functions and notes every call (`optopscan.checks.clauses.Clauses`)."""

    origin: Origin
    steps: list[Step] = field(default_factory=list)

    def __call__(self, function: F, section: str = "", /) -> F:
        """Return a stand-in that calls the function and notes inputs, result and sources."""

        def noted(*args: Any, **kwargs: Any) -> Any:
            bound = inspect.signature(function).bind(*args, **kwargs)
            given = frozenset(bound.arguments)
            bound.apply_defaults()
            result = function(*args, **kwargs)
            self._note(function, section, dict(bound.arguments), given, result)
            return result

        return cast("F", noted)

    def _note(self, function: Callable[..., Any], section: str, arguments: dict[str, Any], given: frozenset[str], result: Any) -> None:
        """Add one step, or one per section where the call was about all four."""
        called = f"{function.__module__.rsplit('.', 1)[-1]}.{function.__name__}"
        numbers = {name: value for name, value in arguments.items() if not _structured(value)}
        shape = np.broadcast_shapes(*(np.shape(value) for value in numbers.values()))
        several = shape[-1:] == (len(SECTIONS),) and np.shape(result) == shape
        for k in range(len(SECTIONS)) if several else (0,):
            about = SECTIONS[k] if several else section
            inputs = {name: _shown(value, k if several else 0) for name, value in arguments.items()}
            outcome = float(np.broadcast_to(result, shape).ravel()[k]) if several else _flat(result)
            sources = {name: self._source(called, name, inputs[name], about) if name in given else CLAUSE_CONSTANT for name in inputs}
            # what has no number was not calculated: the reason of the part says why
            if not np.all(np.isnan(outcome)):
                step = Step(function=called, clause=clause_of(function), inputs=inputs, result=outcome, sources=sources, section=about)
                self.steps.append(step)

    def _source(self, called: str, name: str, shown: float | str, about: str) -> str:
        """Return where an input comes from: an earlier step with that very number, else what is told of that name."""
        if isinstance(shown, float) and shown not in (0.0, 1.0) and np.isfinite(shown):
            same = [k for k, step in enumerate(self.steps) if shown in _results(step)]
            near = [k for k in same if self.steps[k].section == about] or same
            if near:
                return f"stap {near[-1] + 1}: {self.steps[near[-1]].function}"
        return self.origin.of(called, name)


def _results(step: Step) -> tuple[float, ...]:
    return step.result if isinstance(step.result, tuple) else (step.result,)


def _structured(value: Any) -> bool:
    """True for what is no number of its own: words, rows of bars, a failure curve, a member."""
    return isinstance(value, str) or hasattr(value, "_fields") or hasattr(value, "__dataclass_fields__")


def _shown(value: Any, k: int) -> float | str:
    if isinstance(value, str):
        return value
    if _structured(value):
        return "; ".join(f"{name} {_short(part)}" for name, part in _members(value))
    array = np.asarray(value)
    flat = array.ravel()
    one = flat[k if flat.size > 1 else 0]
    return ("true" if one else "false") if array.dtype == np.bool_ else float(one)


def _members(value: Any) -> Sequence[tuple[str, Any]]:
    names = value._fields if hasattr(value, "_fields") else tuple(value.__dataclass_fields__)
    return [(name, getattr(value, name)) for name in names]


def _short(value: Any) -> str:
    numbers = np.asarray(value, dtype=np.float64).ravel()
    shown = ", ".join(f"{x:.6g}" for x in numbers[:4])
    return f"{shown}, ... ({numbers.size})" if numbers.size > 4 else shown


def _flat(result: Any) -> float | tuple[float, ...]:
    if hasattr(result, "__dataclass_fields__"):
        result = tuple(value for _, value in _members(result))
    pieces = result if isinstance(result, tuple) else (result,)
    numbers = tuple(float(x) for piece in pieces for x in np.asarray(piece, dtype=np.float64).ravel())
    return numbers[0] if len(numbers) == 1 else numbers


def clause_of(function: Callable[..., Any]) -> str:
    """Return the clause that a function names in its docstring, "statica" where it names none."""
    text = " ".join((inspect.getdoc(function) or "").split())
    found = _CLAUSE.search(text)
    return found.group(1) if found else "statica"
