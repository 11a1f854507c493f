"""Rows that tell rather than calculate: factsheets of rules, flags and findings, and projects that were built."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from optopscan.catalog.row import Row, Text


class Factsheet(Row):
    """What a rule, flag or issue code is about, who can change it and what to ask, in Dutch; thresholds stand in the other tables."""

    code: Annotated[str, Field(pattern=r"^([a-z0-9]+(-[a-z0-9]+)*|OPT-[0-9]{3})$")] = Field(description="code of a rule, flag or issue")
    title: Text = Field(description="title in Dutch")
    what: Text = Field(description="what it is about, in Dutch")
    who: Text = Field(description="who can change it, in Dutch")
    ask: Annotated[list[Text], Field(min_length=1, max_length=6)] = Field(description="what to ask, in Dutch")


class Realised(BaseModel):
    """A project or study with what was published of it; empty or absent is unknown. ``source`` names the publication."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)

    id: Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")] = Field(description="lower case letters and digits with hyphens")
    name: Text = Field(description="name and place")
    state: Literal["built", "planned", "unknown"] = Field(description="built | planned | unknown")
    storeys_added: Annotated[int, Field(ge=0, le=30)] | None = Field(None, description="storeys on top, as published")
    dwellings_added: Annotated[int, Field(ge=0, le=10_000)] | None = Field(None, description="dwellings, as published")
    published: Text = Field(description="the published facts in Dutch, nothing else")
    family: str = Field("", description="id of the building family that is typical for it; empty: none stands for it")
    why_family: str = Field("", description="why that family is typical for it, or why none is, in Dutch")
    source: Text = Field(description="publication")
