"""Read one building from one or more IFC files: open, select, shape, federate, measure."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence, Set
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np

from optopscan.errors import UnreadableInput, UsageError
from optopscan.geometry.derive import solid
from optopscan.ifc.analytic.solids import Body
from optopscan.ifc.assemble import check_size, elements, local_frame
from optopscan.ifc.conformity import breach_first
from optopscan.ifc.federate import Raw, counted_once, merged_storeys, placement_issues
from optopscan.ifc.identity import identity_of
from optopscan.ifc.open_file import Source, late_findings, open_source, refuse
from optopscan.ifc.place import building_of, file_storeys, storey_key
from optopscan.ifc.products import CLASSIFIED_BY_SHAPE, Product, products
from optopscan.ifc.properties import build_year
from optopscan.ifc.reinforcement import with_reinforcement
from optopscan.ifc.rooms import rooms
from optopscan.ifc.shapes import bodies
from optopscan.ifc.storeys import with_levels
from optopscan.ifc.types import attribute
from optopscan.issues import Issue, issue
from optopscan.model.building import Building, Elements
from optopscan.settings import Settings

NORTH = 1e-6

_MAIN_CLASSES = frozenset(("IfcWall", "IfcSlab", "IfcRoof", "IfcColumn", "IfcBeam", "IfcFooting", "IfcPile"))
_STRUCTURE = frozenset(("wall", "slab", "roof", "column", "beam", "member", "footing", "pile"))
_FITTING = 0.02
_LOST_PROXIES = 0.1
# The largest buildings have some tens of thousands, installations and furniture included; work and memory grow with it.
_ELEMENTS_MAX = 300_000
_SHELL_SIDE_M = 3.0


def read(paths: Sequence[Path], settings: Settings) -> tuple[Building, tuple[Issue, ...]]:
    """Read the files of one building.

    The order of the files numbers the ids ("<file index>#<step id>") and has no other effect.

    Parameters
    ----------
    paths
        IFC files (.ifc, .ifczip, .zip) of one building in the same coordinates.
    settings
        `assume_unit`, `building`, `build_year` and `ignore_properties` are used.

    Returns
    -------
    tuple[Building, tuple[Issue, ...]]
        The building in its local frame [m] and the findings, sorted.

    Raises
    ------
    UnreadableInput
        If a file is damaged, incomplete, not as its schema says, of an unknown schema, without unit or of absurd
        size or number of elements, or holds no element with a body.
    UsageError
        If no file is given, or a file holds several buildings and `Settings.building`
        selects none of them.
    """
    if not paths:
        raise UsageError("no file given; name at least one IFC file")
    sources = [open_source(Path(path), index, settings, lazy=True) for index, path in enumerate(paths)]
    with breach_first([(source.info.name, source.model) for source in sources]):
        return _building(sources, settings)


def _building(sources: Sequence[Source], settings: Settings) -> tuple[Building, tuple[Issue, ...]]:
    issues: list[Issue] = [problem for source in sources for problem in source.issues]
    raws: list[Raw] = []
    for source in sources:
        with _damage_first(source, issues):
            found, problems = _raw_elements(source, settings)
        raws.extend(found)
        issues.extend(problems)
    names = [source.info.name for source in sources]
    raws, problems = counted_once(raws)
    storeys, storey_row, storey_problems = merged_storeys([file_storeys(source) for source in sources])
    size_problems = check_size(raws, names)
    frame = local_frame(raws)
    measured, flat, measure_problems = elements(raws, sources, frame, storey_row, settings)
    _check_structure(measured, flat, names)
    measure_problems += [loss for source in sources for loss in _without_outline(source, raws, flat)]
    measured = with_reinforcement(measured, sources, frame)
    storeys, measured, level_problems = with_levels(storeys, measured, "0#0")
    issues += problems + storey_problems + size_problems + measure_problems + level_problems + placement_issues(raws, names)
    found_rooms, room_problems = rooms(sources, frame, settings.building)
    issues.extend(room_problems)
    title, year = _about(sources, settings)
    issues.extend(late_findings(sources))
    building = Building(
        name=title,
        build_year=settings.build_year if settings.build_year is not None else year,
        inputs=tuple(source.info for source in sources),
        local_to_ifc=frame.record(sources[0].unit_m),
        storeys=storeys,
        elements=measured,
        rooms=found_rooms,
        true_north_deg=_true_north_deg(sources),
        identity=identity_of(sources[0], settings.building),
    )
    return building, tuple(sorted(set(issues)))


def _true_north_deg(sources: Sequence[Source]) -> float:
    """Return the first true north that is not the y axis: from the y axis of the file, clockwise [deg]; nan without one."""
    for source in sources:
        for context in sorted(source.model.by_type("IfcGeometricRepresentationContext"), key=lambda one: int(one.id())):
            north = attribute(context, "TrueNorth")
            ratios = None if north is None else attribute(north, "DirectionRatios")
            if ratios is not None and len(ratios) >= 2 and abs(ratios[0]) > NORTH * math.hypot(ratios[0], ratios[1]):
                return math.degrees(math.atan2(ratios[0], ratios[1]))
    return math.nan


@contextmanager
def _damage_first(source: Source, issues: list[Issue]) -> Iterator[None]:
    """Add what the parser finds on the way; damage that decides is the error, whatever else went wrong because of it."""
    try:
        yield
    finally:
        issues.extend(late_findings([source]))


def _raw_elements(source: Source, settings: Settings) -> tuple[list[Raw], list[Issue]]:
    count = len(source.model.by_type("IfcElement"))
    if count > _ELEMENTS_MAX:
        raise refuse(
            source.info.name, f"{count} elements, more than the {_ELEMENTS_MAX} of any building", "export one building, structure only"
        )
    selected, issues = products(source)
    selected = _of_building(source, selected, settings.building)
    if not selected:
        raise _nothing(source)
    shaped, breakdowns = bodies(source, [part for product in selected for part in product.parts])
    issues.extend(breakdowns)
    raws: list[Raw] = []
    lost: Counter[str] = Counter()
    crashed, unseen = {row.id for row in breakdowns}, set[str]()
    for product in selected:
        parts = [shaped[part.id()] for part in product.parts if part.id() in shaped]
        missing = len(product.parts) - len(parts)
        if missing:
            lost[product.base_class] += 1
            if any(source.key(part) in crashed for part in product.parts):
                unseen.add(product.base_class)
            what = f"{product.entity.is_a()} {product.entity.Name or ''}".strip()
            issues.append(issue("OPT-101", source.key(product.entity), f"{what}: {missing} of {len(product.parts)} bodies failed"))
        if product.grouped:
            parts = _without_fittings(source, product, parts, issues)
        if parts:
            raws.append(_raw(source, product, parts))
    if not raws:
        raise refuse(source.info.name, "no body of any element could be computed", "repair the shapes in the authoring tool")
    return raws, issues + _losses(source, selected, lost, unseen)


def _without_fittings(source: Source, product: Product, parts: list[Body], issues: list[Issue]) -> list[Body]:
    """Return the parts that make the body; sockets, girders and lifting points in a precast element are proxies too."""
    if len(parts) < 2 or not all(part.is_a("IfcBuildingElementProxy") for part in product.parts):
        return parts
    volumes = [solid([part.mesh])[1] for part in parts]
    kept = [part for part, volume in zip(parts, volumes, strict=True) if volume >= _FITTING * max(volumes)]
    if len(kept) < len(parts):
        share = sum(volume for volume in volumes if volume < _FITTING * max(volumes)) / sum(volumes)
        what = f"{len(parts) - len(kept)} fittings left out, {100.0 * share:.1f} % of the volume"
        issues.append(issue("OPT-109", source.key(product.entity), what))
    return kept


def _raw(source: Source, product: Product, parts: Sequence[Body]) -> Raw:
    entity = product.entity
    return Raw(
        id=source.key(entity),
        file_index=source.index,
        file_name=source.info.name,
        step=int(entity.id()),
        guid=str(entity.GlobalId) if entity.GlobalId else None,
        ifc_class=str(entity.is_a()),
        product=product,
        storey_key=storey_key(source, entity),
        bodies=[part.mesh for part in parts],
        styles=tuple(sorted({style for part in parts for style in part.styles})),
        origin=max(part.origin for part in parts),
    )


def _losses(source: Source, selected: Sequence[Product], lost: Counter[str], unseen: Set[str]) -> list[Issue]:
    """Return an issue per class that lost elements which may bear or weigh.

    Of what is classified by shape a tenth may have no body, as in files of practice; not where the kernel broke down
    on a body that is there (``unseen``): nobody knows what that was.
    """
    total = Counter(product.base_class for product in selected)
    return [
        issue("OPT-104", f"{source.index}#0", f"{source.info.name}: {lost[name]} of {total[name]} {name} have no computable body")
        for name in sorted(lost)
        if name in _MAIN_CLASSES | unseen or (name in CLASSIFIED_BY_SHAPE and lost[name] > _LOST_PROXIES * total[name])
    ]


def _of_building(source: Source, selected: list[Product], wanted: str | None) -> list[Product]:
    owner = [building_of(product.entity) for product in selected]
    if wanted is not None and any(wanted in _titles(building) for building in source.model.by_type("IfcBuilding")):
        pairs = zip(selected, owner, strict=True)
        return [product for product, building in pairs if building is not None and wanted in _titles(building)]
    steps = {building.id(): building for building in owner if building is not None}
    if len(steps) > 1 or (wanted is not None and steps):
        listed = ", ".join(f"{steps[step].Name or '(no name)'} ({steps[step].GlobalId})" for step in sorted(steps))
        what = f"no building {wanted!r}" if wanted is not None else f"{len(steps)} buildings"
        raise UsageError(f"{source.info.name}: {what}; select one with --building (setting building), by name or GlobalId: {listed}")
    return selected


def _titles(building: Any) -> tuple[str | None, str | None]:
    return building.Name, building.GlobalId


def _without_outline(source: Source, raws: Sequence[Raw], flat: Sequence[Raw]) -> list[Issue]:
    here = [raw.product for raw in raws if raw.file_index == source.index]
    lost = Counter(raw.product.base_class for raw in flat if raw.file_index == source.index)
    return _losses(source, here, lost, set())


def _check_structure(found: Elements, flat: Sequence[Raw], names: Sequence[str]) -> None:
    structure = [index for index, kind in enumerate(found.kind) if kind in _STRUCTURE]
    surfaces = [index for index in structure if "open body" in found.geometry_source[index]]
    large = [mesh for mesh in found.mesh if float(np.ptp(mesh.vertices_m, axis=0).min()) >= _SHELL_SIDE_M]
    where = ", ".join(names)
    sheets = any(raw.product.kind in _STRUCTURE for raw in flat)
    if len(surfaces) == len(structure) and (structure or sheets):
        raise refuse(where, "surfaces without thickness, an outer shell only", "give a model with walls and floors as solids")
    if not structure and large:
        raise refuse(where, "only an outer shell of the building, no walls or floors", "give a model with its structure")
    if not structure:
        raise refuse(where, "no wall, slab, column or other structural element", "give the model that holds the structure")


def _nothing(source: Source) -> UnreadableInput:
    model = source.model
    if model.by_type("IfcStructuralAnalysisModel"):
        what, remedy = "only an analysis model, no physical elements", "export the physical model"
    elif any(building.Representation for building in model.by_type("IfcBuilding")):
        what, remedy = (
            "only an outer shell of the building, no walls or floors",
            "give a model with its structure",
        )
    else:
        what, remedy = "no wall, slab, column or other structural element with a body", "export with geometry, or leave this file out"
    return refuse(source.info.name, what, remedy)


def _about(sources: Sequence[Source], settings: Settings) -> tuple[str, int | None]:
    by_name = sorted(sources, key=lambda source: source.info.name)
    buildings = [building for source in by_name for building in sorted(source.model.by_type("IfcBuilding"), key=lambda one: int(one.id()))]
    chosen = [building for building in buildings if settings.building in _titles(building)] or buildings
    names = [str(name) for building in chosen for name in (building.LongName, building.Name) if name]
    years = [year for year in (build_year(building) for building in chosen) if year is not None]
    projects = [str(source.model.by_type("IfcProject")[0].Name or "") for source in by_name]
    return next(iter([*names, *(name for name in projects if name), by_name[0].info.name])), next(iter(years), None)
