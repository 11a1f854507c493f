"""What a check of the model against information requirements found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

RequirementOutcome = Literal["pass", "fail", "not applicable"]
Part = Literal["required", "recommended", "own", "finding"]


@dataclass(frozen=True, kw_only=True)
class Failure:
    """One element that does not meet a requirement: its id in the run, GlobalId, name, and why."""

    id: str
    guid: str
    name: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class RequirementResult:
    """One requirement on one file.

    ``part``: of the published required or recommended file, of a file of the user's own,
    or a finding of the reader. ``paragraph`` is the one of BIM Basis ILS 2.0, empty where it has none.
    ``n_applicable`` counts the elements the requirement is about, ``failures`` lists those that fail
    it, by id; where nothing at all is found that must be there, the outcome is ``fail`` without a failure.
    """

    id: str
    part: Part
    paragraph: str
    title: str
    remedy: str
    file: str
    outcome: RequirementOutcome
    n_applicable: int
    failures: tuple[Failure, ...]
