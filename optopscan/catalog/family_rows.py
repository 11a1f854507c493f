"""Rows of ``families.toml``: what a building family is made of that refuses an extension or leaves it unknown."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, Literal

from pydantic import Field

from optopscan.catalog.faults import Document, Fault
from optopscan.catalog.row import Row, Text


class FamilyRule(Row):
    """A rule about a family; every condition that it states must hold, and it states at least one."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")] = Field(description="lower case letters and digits with hyphens")
    outcome: Literal["refused", "unknown"] = Field(description="refused | unknown")
    wall_group: str = Field("", description="material group of the bearing walls")
    floor_group: str = Field("", description="material group of the floors")
    systems: list[Text] = Field(default=[], description="names of building systems, one of which the family has")
    nl: Text = Field(description="the reason in Dutch")
    en: Text = Field(description="the reason in English")


CONDITIONS = ("wall_group", "floor_group", "systems")


def family_rule_faults(document: Document, rows: list[tuple[int, dict[str, Any]]]) -> Iterator[Fault]:
    """Yield a fault for a rule without a condition: it would meet every family."""
    for n, row in rows:
        if not any(row.get(key) for key in CONDITIONS):
            yield document.fault(("family_rule", n), f"no condition; expected one or more of {', '.join(CONDITIONS)}")
