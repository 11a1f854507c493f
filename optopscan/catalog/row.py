"""The base of every row of engineering data: it says where it comes from and how sure that is."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Confidence = Literal["sourced", "expert", "uncertain"]
Text = Annotated[str, Field(min_length=1)]


class Row(BaseModel):
    """A row of engineering data; says where it comes from and how sure that is."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)

    source: Text = Field(description="where the value comes from, in words")
    confidence: Confidence = Field(description="sourced | expert | uncertain")
