"""What placing starts from, kept with the record: `ground_of` gives it back without the model."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy.typing as npt

from optopscan.errors import UnreadableInput
from optopscan.placement.placing_ground import PlacingGround
from optopscan.report.record import state
from optopscan.report.record.arrays import Arrays

VERSION = 4
"""Raised when a class that the state consists of changes; a test compares the layout."""
PREFIX = "placing."


def keep(ground: PlacingGround) -> tuple[dict[str, Any], Arrays]:
    """Return the row of the record that describes the state, and its arrays."""
    return {"version": VERSION, "layout": state.layout(PlacingGround)}, state.pack(ground, PlacingGround, PREFIX)


def ground_of(record: Mapping[str, Any], arrays: Mapping[str, npt.NDArray[Any]], name: str) -> PlacingGround:
    """Return what placing starts from, of a record that was read; ``name`` is for messages.

    Raises
    ------
    UnreadableInput
        If there is none, or it was written by another version.
    """
    held, tool = record.get("placing"), record.get("tool")
    made = tool.get("version", "unknown") if isinstance(tool, dict) else "unknown"
    if not isinstance(held, dict):
        raise UnreadableInput(f"{name}: holds nothing to place modules from (optopscan {made}); scan the model again with this version")
    version = held.get("version")
    if isinstance(version, int) and version > VERSION:
        raise UnreadableInput(
            f"{name}: written by a newer optopscan ({made}); place with that version, or scan the model again with this one"
        )
    if version != VERSION or held.get("layout") != state.layout(PlacingGround):
        raise UnreadableInput(
            f"{name}: written by another optopscan ({made}) with other data to place from; scan the model again with this version"
        )
    try:
        return state.unpack(PlacingGround, arrays, PREFIX)
    except state.StateError as error:
        raise UnreadableInput(f"{name}: the data to place from are damaged ({error}); scan the model again") from error
