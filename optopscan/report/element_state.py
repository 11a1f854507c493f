"""What the checks say of each existing element, without and with the extension: picked from the record, for views that colour."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

Record = Mapping[str, Any]

LOW_UC = 0.8
# "unknown": a verdict is asked and cannot be given; "none": no part of the structure, so no verdict is asked.
Band = Literal["low", "high", "over", "unknown", "none"]
BANDS: tuple[Band, ...] = ("low", "high", "over", "unknown", "none")
# sRGB; the greys are those of no verdict
BAND_COLOURS: dict[Band, str] = {"low": "#4c9a52", "high": "#e0a100", "over": "#d00000", "unknown": "#7d7d7d", "none": "#dcdcdc"}
_WORST = ("over", "unknown", "ok")


@dataclass(frozen=True, kw_only=True)
class State:
    """Worst outcome and highest known utilisation of the parts of an element; None: no part, or no known value."""

    uc_before: float | None
    uc_after: float | None
    outcome_before: str | None
    outcome_after: str | None

    @property
    def band(self) -> Band:
        """Return how to colour it with the extension: the verdict goes first, then its utilisation."""
        if self.outcome_after is None:
            return "none"
        if self.outcome_after == "over":
            return "over"
        if self.outcome_after != "ok" or self.uc_after is None:
            return "unknown"
        return "low" if self.uc_after <= LOW_UC else "high"


_NO_STATE = State(uc_before=None, uc_after=None, outcome_before=None, outcome_after=None)


def shown_scenario(record: Record) -> str | None:
    """Return the id of the scenario that "after" speaks of: that of the governing part, else the last one that was checked."""
    governing = record["extra_storeys"]["governing"]
    checked = [row["scenario"] for row in record["part_uc"]]
    if governing is not None and governing["scenario"] in checked:
        return str(governing["scenario"])
    storeys = {row["id"]: row["storeys"] for row in record["scenarios"]}
    extended = [name for name in checked if storeys.get(name)]
    return extended[-1] if extended else None


def states(record: Record) -> list[State]:
    """Return the state of every element, in the order of ``record["elements"]``."""
    parts: dict[str, list[int]] = {}
    for row, part in enumerate(record["parts"]):
        parts.setdefault(part["element"], []).append(row)
    return _states(record, [parts.get(element["id"], ()) for element in record["elements"]])


def part_states(record: Record) -> list[State]:
    """Return the state of every part, in the order of ``record["parts"]``."""
    return _states(record, [(row,) for row in range(len(record["parts"]))])


def _states(record: Record, groups: Sequence[Sequence[int]]) -> list[State]:
    before, after = _checked(record, _existing(record)), _checked(record, shown_scenario(record))
    return [_state(rows, before, after) for rows in groups]


def _existing(record: Record) -> str | None:
    return next((row["id"] for row in record["scenarios"] if not row["storeys"] and not row["concept"]), None)


def _checked(record: Record, scenario: str | None) -> Mapping[str, Any]:
    return next((row for row in record["part_uc"] if row["scenario"] == scenario), {})


def _state(rows: Sequence[int], before: Mapping[str, Any], after: Mapping[str, Any]) -> State:
    if not rows:
        return _NO_STATE
    return State(
        uc_before=_highest(rows, before),
        uc_after=_highest(rows, after),
        outcome_before=_outcome(rows, before),
        outcome_after=_outcome(rows, after),
    )


def _highest(rows: Sequence[int], checked: Mapping[str, Any]) -> float | None:
    known = [checked["uc"][row] for row in rows if checked and checked["uc"][row] is not None]
    return max(known, default=None)


def _outcome(rows: Sequence[int], checked: Mapping[str, Any]) -> str:
    """Return the worst outcome; unknown where the record keeps none."""
    told = {checked["outcome"][row] for row in rows} if "outcome" in checked else {"unknown"}
    return next(name for name in _WORST if name in told)
