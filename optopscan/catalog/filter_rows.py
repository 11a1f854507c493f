"""Rows of ``screening_filters.toml``: the funnel of a screening as data."""

from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field

from optopscan.catalog.faults import CatalogError, Document, Fault, check, merged
from optopscan.catalog.row import Row, Text
from optopscan.catalog.sources import document_of

STEPS = ("theoretical", "flat", "structure", "foundation", "rules", "owner")
Step = Literal["theoretical", "flat", "structure", "foundation", "rules", "owner"]
_Column = Literal[
    "year", "storeys", "height_m", "in_use", "greenhouse", "footprint_m2", "flat_m2", "largest_flat_m2", "flat_share", "neighbour_m",
    "p1", "p2", "p3", "load_ratio", "refused", "reserved", "new_floor_m",
    "use", "owner", "energy_label", "monument", "foundation_risk",
]  # fmt: skip
COLUMNS: tuple[str, ...] = get_args(_Column)
"""What a filter can look at; the last five come from a joined table."""
_Bound = Annotated[float, Field(allow_inf_nan=False)]
_Id = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]


class ScreeningFilter(Row):
    """One filter of a preset; a building meets it where its value lies within the bounds."""

    preset: _Id = Field(description="name of the preset")
    id: _Id = Field(description="lower case letters and digits with hyphens")
    step: Step = Field(description="theoretical | flat | structure | foundation | rules | owner")
    effect: Literal["drop", "remark", "grant"] = Field("drop", description="drop | remark | grant")
    column: _Column = Field(description="what it looks at")
    at_least: _Bound = Field(math.nan, description="least value")
    at_most: _Bound = Field(math.nan, description="largest value")
    value: str = Field("", description="id in screening_values.toml that is the least value")
    flag: str = Field("", description="code in flags.toml that has the bound: above, or up to")
    verdict: Literal["niet", "onbekend"] = Field(
        "niet", description="what a building is that is dropped; onbekend: nothing can be said of such"
    )
    unknown: Literal["keep", "drop"] = Field(description="what happens to a building without this value")
    caps: bool = Field(default=False, description="a remark with which a building is possible at best")
    storeys: Annotated[int, Field(ge=0, le=9)] = Field(0, description="storeys that a grant gives")
    nl: Text = Field(description="why a building is dropped, or what is remarked, in Dutch")


def filter_faults(document: Document, rows: list[tuple[int, dict[str, Any]]]) -> Iterator[Fault]:
    """Yield filters without a bound, and filters that stand before a filter of an earlier step of their preset."""
    reached: dict[str, int] = {}
    for n, row in rows:
        if not any(key in row for key in ("at_least", "at_most")) and not (row.get("value") or row.get("flag")):
            yield document.fault(("screening_filter", n), "no bound; expected at_least, at_most, value or flag")
        step, preset = row.get("step"), str(row.get("preset"))
        at = STEPS.index(step) if step in STEPS else 0
        if at < reached.get(preset, 0):
            yield document.fault(
                ("screening_filter", n, "step"), f"{step} after {STEPS[reached[preset]]}; expected the order {', '.join(STEPS)}"
            )
        reached[preset] = max(at, reached.get(preset, 0))


class FilterFile(BaseModel):
    """A file with filters of one's own."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)

    schema_: Literal["optopscan/engineering/1"] = Field(alias="schema", description='"optopscan/engineering/1"')
    rows: Annotated[list[ScreeningFilter], Field(min_length=1, alias="screening_filter", description="one table or more")]


def load_filters(path: str) -> tuple[ScreeningFilter, ...]:
    """Read a file of filters in the form of ``screening_filters.toml``.

    Raises
    ------
    CatalogError
        With every fault of the file.
    UsageError
        If it cannot be opened.
    """
    document = document_of(Path(path), "filter")
    record, faults = check(document, FilterFile)
    found = document.data.get("screening_filter") if document.usable else None
    rows = [(n, row) for n, row in enumerate(found if isinstance(found, list) else []) if isinstance(row, dict)]
    faults = merged(faults, filter_faults(document, rows))
    if faults or not isinstance(record, FilterFile):
        raise CatalogError(faults)
    return tuple(record.rows)
