"""How a building becomes an answer: the stages in order. Start reading at `scan`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from optopscan import __version__
from optopscan.catalog.concept import Concept
from optopscan.catalog.engineering import Engineering, load_engineering
from optopscan.catalog.load import load_concepts
from optopscan.checks.answer import Papers
from optopscan.errors import NothingToScan
from optopscan.ifc.read import read
from optopscan.issues import Issue
from optopscan.model.overrides import Corrections, Overrides
from optopscan.model.structure import Structure
from optopscan.pipeline.basis import load_basis
from optopscan.pipeline.checking import Checked, Doubts, check_storeys, ground_m
from optopscan.pipeline.flagging import flags, not_checked
from optopscan.pipeline.loading import Loads, credited, existing_loads
from optopscan.pipeline.overriding import Understood, understand
from optopscan.pipeline.placing import place_modules, placing_ground
from optopscan.pipeline.reading import assumed_toppings, chosen_concepts, infer, roof_notes, with_bearing_thickness
from optopscan.pipeline.settling import hanging_parts, settle
from optopscan.pipeline.topologies import explore, mixed, within_reach
from optopscan.placement.beyond.look import look_beyond
from optopscan.placement.placing_ground import PlaceableScan
from optopscan.settings import Settings
from optopscan.structure.build import build_structure

__all__ = ["check_building", "infer", "scan", "understand"]

Progress = Callable[[str], None]


@dataclass(frozen=True, kw_only=True, eq=False)
class LoadedBuilding:
    """One building read, understood and loaded as it stands: all that no product changes.

    ``relief`` are the settings with no more ballast to take off than lies on the roof; ``issues`` all so far.
    """

    known: Understood
    structure: Structure
    loads: Loads
    values: Engineering
    relief: Settings
    corrections: Corrections
    issues: tuple[Issue, ...]


@dataclass(frozen=True, kw_only=True, eq=False)
class CheckedBuilding(LoadedBuilding):
    """A loaded building with its checks under products: what placing, other paths of the loads and the record start from."""

    concepts: tuple[Concept, ...]
    checks: Checked


def check_building(
    paths: Sequence[str | Path],
    settings: Settings,
    tell: Progress,
    overrides: Overrides | None = None,
    concepts: Sequence[Concept] | None = None,
) -> CheckedBuilding:
    """Return one building with all its checks; arguments and errors as in `scan`.

    ``concepts`` are products meant for a roof that go instead of those the settings choose from the catalogue.
    """
    # a product that is not there is told before anything is read
    concepts = chosen_concepts(settings) if concepts is None else concepts
    return check_loaded(load_building(paths, settings, tell, overrides), concepts, tell)


def load_building(paths: Sequence[str | Path], settings: Settings, tell: Progress, overrides: Overrides | None = None) -> LoadedBuilding:
    """Return one building with its loads, before any product; arguments and errors as in `scan`."""
    values = load_engineering()
    tell("reading")
    building, issues = read([Path(p) for p in paths], settings)
    tell("inferring materials and bearing")
    known = understand(building, settings, overrides)
    building, settings, materials, bearing = known.building, known.settings, known.materials, known.bearing
    tell("building the support graph")
    try:
        structure, noticed = build_structure(building, materials, bearing, settings, known.span_deg)
    except NothingToScan as exc:
        # What the reader lost explains better what is missing than the advice to add a file.
        lost = [row.message for row in issues if row.code == "OPT-104"]
        named = f"{', '.join(file.name for file in building.inputs)}: {exc}"
        raise NothingToScan(f"{'; '.join(lost)}; repair the shapes in the export, no verdict without them" if lost else named) from exc
    structure = with_bearing_thickness(structure, building, known.given)
    corrections, settled = settle(known, structure)
    tell("taking loads down")
    loads = existing_loads(structure, building, materials, bearing, values, settings, known.given)
    return LoadedBuilding(
        known=known,
        structure=structure,
        loads=loads,
        values=values,
        relief=credited(settings, loads),
        corrections=corrections,
        issues=(*issues, *known.issues, *noticed, *settled, *roof_notes(structure)),
    )


def check_loaded(loaded: LoadedBuilding, concepts: Sequence[Concept], tell: Progress) -> CheckedBuilding:
    """Return a loaded building with its checks under products: once loaded, it may be checked under others as well."""
    tell("checking storeys")
    known, structure, corrections = loaded.known, loaded.structure, loaded.corrections
    doubts = Doubts(
        unsourced=corrections.unsourced,
        hanging=hanging_parts(known, structure),
        foundation=corrections.foundations,
        papers=Papers(strength=corrections.documented("strength"), thickness=corrections.documented("thickness")),
    )
    chosen, building, materials = tuple(concepts), known.building, known.materials
    checks = check_storeys(structure, building, materials, loaded.loads, chosen, loaded.values, loaded.relief, loaded.issues, doubts)
    return CheckedBuilding(**vars(loaded), concepts=chosen, checks=checks)


def scan(
    paths: Sequence[str | Path],
    settings: Settings | None = None,
    progress: Progress | None = None,
    overrides: Overrides | None = None,
) -> PlaceableScan:
    """Return how many storeys fit on one building, why not more, and how sure that is.

    Parameters
    ----------
    paths
        The IFC files of one building (aspect models are federated).
    settings
        Choices of the engineer; defaults are printed as assumptions.
    progress
        Called with the name of each stage as it begins.
    overrides
        What the engineer knows better than the model (`optopscan.catalog.overrides.load_overrides` reads them).

    Raises
    ------
    UnreadableInput, NothingToScan, UsageError
        One line each: what, where, what to do.
    """
    settings, tell = settings or Settings(), progress or (lambda _: None)
    made = check_building(paths, settings, tell, overrides)
    known, structure, loads, checks = made.known, made.structure, made.loads, made.checks
    tell("trying other paths of the loads")
    topologies = explore(known, structure, loads, checks.answer, made.concepts, made.values)
    answer = mixed(checks.answer, topologies, known.building)
    tell("placing modules")
    ground = placing_ground(structure, known.building, checks, loads, made.concepts, made.relief, topologies)
    variants, placing = place_modules(ground) if known.settings.place else ((), ())
    beyond = look_beyond(
        known.building, structure, known.bearing, load_concepts(), made.values, known.settings, spaces=known.building.rooms
    )
    return PlaceableScan(
        ground=ground,
        settings=known.settings,
        tool_version=__version__,
        building=known.building,
        materials=known.materials,
        bearing=known.bearing,
        structure=structure,
        take_downs=loads.take_downs,
        scenarios=checks.scenarios,
        checks=checks.checks,
        part_uc=checks.part_uc,
        part_outcome=checks.part_outcome,
        extra_storeys=answer,
        topologies=topologies,
        sides=checks.sides,
        variants=within_reach(variants, ground.paths),
        flags=flags(
            structure,
            known.building,
            known.materials,
            known.bearing,
            made.concepts,
            made.values,
            known.settings,
            storeys=answer.possible,
            ground_m=ground_m(structure),
        ),
        assumptions=(*loads.actions.assumptions, *assumed_toppings(known.building, known.materials, known.given), *checks.assumptions),
        not_checked=not_checked(made.values, checks.sides),
        issues=tuple(sorted((*made.issues, *placing))),
        corrections=made.corrections,
        beyond=beyond.results,
        load_basis=load_basis(loads, checks.factors, made.concepts, made.relief),
        applied_permanent_kn=loads.applied_permanent_kn(structure),
        applied_imposed_kn=float(loads.actions.cells.imposed_kn.sum() + loads.actions.loose.imposed_kn.sum()),
    )
