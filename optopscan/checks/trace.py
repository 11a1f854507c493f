"""What a check of one part did: every clause function it called, with the numbers filled in and where each comes from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Step:
    """One call of a clause function for one part.

    ``function`` is module and name (``en1996.mid_factor``) and ``clause`` the standard and clause
    it states. ``inputs`` holds its arguments by name, unit as suffix (``thickness_mm``), and
    ``result`` what it returned: one number, or several where the clause gives several.
    ``sources`` says for every input where its number comes from.
    """

    function: str
    clause: str
    inputs: Mapping[str, float | str]
    result: float | tuple[float, ...]
    sources: Mapping[str, str]
