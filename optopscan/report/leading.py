"""What a report is about first: the concept and the state that the answer rests on, and the verdicts in that state."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from optopscan.model.sides import EXISTING

Record = Mapping[str, Any]

SUBJECTS = ("stability", "wall_wind", "anchorage", "foundation", "robustness")
OF_THE_NEW = ("anchorage", "robustness")
"""Before anything is built on top there is nothing to anchor and no class to change."""


def leading(record: Record) -> str | None:
    """Return the concept of what governs, else the one that gets furthest; None where no concept was tried."""
    extra = record["extra_storeys"]
    of_state = {row["id"]: row["concept"] for row in record["scenarios"]}
    governing = extra["governing"]
    if governing is not None and of_state.get(governing["scenario"]):
        return str(of_state[governing["scenario"]])
    rows = sorted(extra["per_concept"], key=lambda row: (-row["possible"], -row["proven"], row["concept"]))
    return str(rows[0]["concept"]) if rows else None


def state_about(record: Record) -> str:
    """Return the id of the state that the answer is about: as many storeys as are possible, at least one; else the existing one."""
    concept = leading(record)
    wanted = max(1, record["extra_storeys"]["possible"])
    states = [row for row in record["scenarios"] if row["concept"] == concept and 0 < row["storeys"] <= wanted]
    return str(max(states, key=lambda row: row["storeys"])["id"]) if states else EXISTING


def states_up_to(record: Record) -> list[str]:
    """Return the states that the answer rests on: the existing one, the stripped roof, and every storey up to the one it is about."""
    concept, about = leading(record), state_about(record)
    most = next((row["storeys"] for row in record["scenarios"] if row["id"] == about), 0)
    return [
        EXISTING,
        *(row["id"] for row in record["scenarios"] if row["concept"] == concept and row["storeys"] <= most and about != EXISTING),
    ]


def side_rows(record: Record, subject: str, state: str) -> list[Mapping[str, Any]]:
    """Return the verdicts of a subject beside the vertical check in one state."""
    rows: Sequence[Mapping[str, Any]] = record["extra_storeys"]["foundation"]["checks"] if subject == "foundation" else record[subject]
    return [row for row in rows if row["scenario"] == state]


def part_columns(record: Record, state: str) -> tuple[dict[str, float | None], dict[str, str]]:
    """Return utilisation and outcome of every part in a state, by part id; both are empty where the state was not checked."""
    row = next((row for row in record["part_uc"] if row["scenario"] == state), None)
    if row is None:
        return {}, {}
    ids = [part["id"] for part in record["parts"]]
    outcomes = row.get("outcome") or ["unknown"] * len(ids)
    return dict(zip(ids, row["uc"], strict=True)), dict(zip(ids, outcomes, strict=True))
