"""How far a model can be understood before it is checked: read, infer, build, load, ask."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from optopscan.catalog.engineering import load_engineering
from optopscan.errors import NothingToScan
from optopscan.ifc.read import read
from optopscan.issues import Issue
from optopscan.model.building import Building
from optopscan.model.overrides import Corrections, Overrides
from optopscan.model.question import Question
from optopscan.model.structure import Bearing, Materials, Structure
from optopscan.pipeline.loading import Loads, existing_loads
from optopscan.pipeline.overriding import understand
from optopscan.pipeline.questions import questions
from optopscan.pipeline.reading import roof_notes, with_bearing_thickness
from optopscan.pipeline.settling import settle, still_open
from optopscan.settings import Settings
from optopscan.structure.build import build_structure

Progress = Callable[[str], None]


@dataclass(frozen=True, kw_only=True, eq=False)
class Inspection:
    """What was read and inferred of one building, and what to find out first.

    ``structure`` and ``loads`` are None where the model gives no structure; ``missing``
    then says in one line what it lacks, else it is empty. ``settings`` hold what overrides
    say of the building as a whole, ``corrections`` what they replaced.
    """

    building: Building
    materials: Materials
    bearing: Bearing
    structure: Structure | None
    loads: Loads | None
    questions: tuple[Question, ...]
    issues: tuple[Issue, ...]
    settings: Settings
    corrections: Corrections
    missing: str = ""


def inspect(
    paths: Sequence[str | Path],
    settings: Settings | None = None,
    progress: Progress | None = None,
    overrides: Overrides | None = None,
) -> Inspection:
    """Return what can be told of a building without checking it.

    A model without floors or without bearing walls is no error here: what was read is
    returned, and ``missing`` says why there is no structure.

    Parameters
    ----------
    paths
        The IFC files of one building (aspect models are federated).
    settings
        Choices of the engineer.
    progress
        Called with the name of each stage as it begins.
    overrides
        What the engineer knows better than the model; what they settle with a source is no question any more.

    Raises
    ------
    UnreadableInput, UsageError
        One line each: what, where, what to do.
    """
    settings, tell = settings or Settings(), progress or (lambda _: None)
    values = load_engineering()
    tell("reading")
    building, issues = read([Path(p) for p in paths], settings)
    tell("inferring materials and bearing")
    known = understand(building, settings, overrides)
    building, settings, materials, bearing = known.building, known.settings, known.materials, known.bearing
    corrections = known.corrections
    structure: Structure | None = None
    loads: Loads | None = None
    noticed: tuple[Issue, ...] = ()
    missing = ""
    tell("building the support graph")
    try:
        structure, noticed = build_structure(building, materials, bearing, settings, known.span_deg)
    except NothingToScan as exc:
        missing = str(exc)
    if structure is not None:
        structure = with_bearing_thickness(structure, building, known.given)
        corrections, settled = settle(known, structure)
        noticed = (*noticed, *settled, *roof_notes(structure))
        tell("taking loads down")
        loads = existing_loads(structure, building, materials, bearing, values, settings, known.given)
    tell("asking what matters")
    year = settings.build_year if settings.build_year is not None else building.build_year
    return Inspection(
        building=building,
        materials=materials,
        bearing=bearing,
        structure=structure,
        loads=loads,
        questions=still_open(questions(building, materials, bearing, structure, loads, build_year=year), corrections),
        issues=tuple(sorted((*issues, *known.issues, *noticed))),
        settings=settings,
        corrections=corrections,
        missing=missing,
    )
