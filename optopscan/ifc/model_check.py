"""Check a model against the published IDS files and the reader's own findings.

An IDS file says which facts must be present; it cannot say whether bodies can be computed,
units hold or elements stand twice. Those come from reading the model, as findings under the
paragraph they belong to.
"""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from optopscan.errors import OptopscanError, UsageError
from optopscan.ifc.open_file import Source, open_source
from optopscan.ifc.read import read
from optopscan.ifc.requirements import PUBLISHED, REQUIREMENTS, library, published
from optopscan.issues import CODES, Issue
from optopscan.model.model_check import Failure, Part, RequirementOutcome, RequirementResult
from optopscan.settings import Settings

_REQUIREMENT = {requirement.id: requirement for requirement in REQUIREMENTS}
_ID = re.compile(r"\s*([A-Z]{1,4}-?[0-9]+[a-z]?)\b")
# Where a finding of the reader belongs in the BIM Basis ILS
_PARAGRAPH_OF = {
    "OPT-101": "3.4",
    "OPT-102": "3.5",
    "OPT-104": "3.4",
    "OPT-105": "3.2",
    "OPT-106": "3.3",
    "OPT-107": "3.4",
    "OPT-108": "3.8",
    "OPT-110": "3.4",
    "OPT-111": "",
}


def check_model(paths: Sequence[Path], settings: Settings, own: Sequence[Path] = ()) -> tuple[RequirementResult, ...]:
    """Return the outcome of every requirement on every file, published ones first, then the user's, then findings.

    Parameters
    ----------
    paths
        The IFC files of one building; each is checked by itself, and all are read together for the findings.
    settings
        As for a scan.
    own
        IDS files of the user's own.

    Raises
    ------
    UnreadableInput
        If an IFC file cannot be opened as one complete model.
    UsageError
        If ifctester is not installed or an IDS file cannot be read.
    """
    ids = library()
    sources = [open_source(path, index, settings) for index, path in enumerate(paths)]
    parts: list[tuple[Part, Path]] = [(part, published(part)) for part in PUBLISHED]
    parts += [("own", path) for path in own]
    results: list[RequirementResult] = []
    for part, path in parts:
        for source in sources:
            results += _specifications(_open(ids, path), part, source)
    return (*results, *_findings(paths, settings))


def passes(results: Sequence[RequirementResult]) -> bool:
    """Return whether all that is required is met: the published required part and the user's own files."""
    return not any(result.outcome == "fail" and result.part in ("required", "own") for result in results)


def _open(ids: Any, path: Path) -> Any:
    """Open an IDS file anew: its specifications keep what they were asked."""
    if not os.path.isfile(path):
        raise UsageError(f"{path.name}: no such IDS file")
    try:
        return ids.open(str(path), validate=True)
    except (ids.IdsXmlValidationError, OSError, ValueError, LookupError, TypeError, AttributeError, SyntaxError) as error:
        # The XML and schema libraries below raise all of these for a file that is not an IDS.
        inner = getattr(error, "xml_error", error)
        reason = str(getattr(inner, "reason", None) or inner).strip().splitlines()
        raise UsageError(f"{path.name}: not a valid IDS 1.0 file ({reason[0] if reason else type(error).__name__})") from error


def _specifications(document: Any, part: Part, source: Source) -> list[RequirementResult]:
    made: list[RequirementResult] = []
    for number, specification in enumerate(document.specifications, 1):
        # ifctester would count a specification for another schema as failed.
        specification.check_ifc_version(source.model)
        if not specification.is_ifc_version:
            continue
        specification.validate(source.model, should_filter_version=True)
        made.append(_result(specification, number, part, source))
    return made


def _result(specification: Any, number: int, part: Part, source: Source) -> RequirementResult:
    # ifctester drops the identifier of a file it opens; ours is the first word of the name.
    first = _ID.match(str(specification.name or ""))
    code = specification.identifier or (first.group(1) if first else f"S{number:02d}")
    known = _REQUIREMENT.get(code) if part != "own" else None
    applicable = specification.applicable_entities
    prohibited = specification.maxOccurs == 0
    outcome: RequirementOutcome = "pass" if specification.status else "fail"
    if not applicable and specification.status and not prohibited:
        outcome = "not applicable"
    return RequirementResult(
        id=code,
        part=part,
        paragraph=known.paragraph if known else "",
        title=known.title if known else str(specification.name or ""),
        remedy=known.remedy if known else str(specification.instructions or ""),
        file=source.info.name,
        outcome=outcome,
        n_applicable=len(applicable),
        failures=_failures(specification, source, prohibited=prohibited),
    )


def _failures(specification: Any, source: Source, *, prohibited: bool) -> tuple[Failure, ...]:
    reasons: dict[int, tuple[Any, list[str]]] = {}
    if prohibited:
        reasons = {entity.id(): (entity, ["must not occur"]) for entity in specification.applicable_entities}
    for facet in specification.requirements:
        for failure in facet.failures:
            reasons.setdefault(failure["element"].id(), (failure["element"], []))[1].append(failure["reason"])
    return tuple(
        Failure(
            id=source.key(entity),
            guid=str(getattr(entity, "GlobalId", None) or ""),
            name=str(getattr(entity, "Name", None) or entity.is_a()),
            reason="; ".join(texts),
        )
        for _, (entity, texts) in sorted(reasons.items())
    )


def _findings(paths: Sequence[Path], settings: Settings) -> list[RequirementResult]:
    """Return what reading found, one result per code; a model that cannot be read is a required failure."""
    try:
        building, issues = read(paths, settings)
    except OptopscanError as error:
        return [_finding("", "De scan kan dit model niet lezen", str(error), "required", 0, ())]
    by_code: dict[str, list[Issue]] = {}
    for issue in issues:
        by_code.setdefault(issue.code, []).append(issue)
    rows = {key: i for i, key in enumerate(building.elements.id)}
    made = []
    for code, found in sorted(by_code.items()):
        if code not in _PARAGRAPH_OF:
            continue
        failures = tuple(
            Failure(
                id=issue.id,
                guid=(building.elements.guid[rows[issue.id]] or "") if issue.id in rows else "",
                name=building.elements.name[rows[issue.id]] if issue.id in rows else "",
                reason=issue.message,
            )
            for issue in found
        )
        one = _finding(_PARAGRAPH_OF[code], CODES[code].title, CODES[code].remedy, "finding", len(found), failures)
        made.append(replace(one, id=code))
    return made


def _finding(paragraph: str, title: str, remedy: str, part: Part, n: int, failures: tuple[Failure, ...]) -> RequirementResult:
    return RequirementResult(
        id="read", part=part, paragraph=paragraph, title=title, remedy=remedy, file="", outcome="fail", n_applicable=n, failures=failures
    )
