"""Assemble the structure of one building: floors, parts, shares, roof.

Read from the top: `build_structure` is the order in which a model becomes a support graph.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from optopscan.errors import NothingToScan
from optopscan.issues import Issue
from optopscan.model.arrays import FloatArray, IntArray
from optopscan.model.building import Building, Elements
from optopscan.model.structure import Bearing, Materials, RoofFace, Structure
from optopscan.settings import Settings
from optopscan.structure.bonds import bonded_stubs
from optopscan.structure.cells import cut_floors
from optopscan.structure.contacts import ContactSearch
from optopscan.structure.fields import acts_continuously, lies_on_soil
from optopscan.structure.floors import (
    REACHED_SHARE,
    Floor,
    brackets,
    find_floors,
    floor_carriers,
    floor_fields,
    floor_levels,
    other_covers,
    wall_cuts_m,
    with_roofs,
    within_reach,
)
from optopscan.structure.groups import Groups, build_groups, plan_shapes
from optopscan.structure.loose import LooseSearch, loose_rows
from optopscan.structure.notes import Findings, notes
from optopscan.structure.parts import make_heads, make_parts, parts_of_groups
from optopscan.structure.plate import FloorPlate
from optopscan.structure.roof import head_faces, head_segments, roof_faces, roof_obstacles
from optopscan.structure.shares import Sources, new_rows, settle, share_loads
from optopscan.structure.span import PIECES, SpanEvidence
from optopscan.structure.spans import complete_spans, given_degrees, shown_spans, span_notes, with_spans
from optopscan.structure.spread import FloorSpread
from optopscan.structure.springs import Stiffness
from optopscan.structure.support import STEP_M, FloorBelow, SupportSearch

GROUND_SLACK_M = 0.6
ROOM_SPAN_M = 2.5


@dataclass(frozen=True, kw_only=True)
class _Skeleton:
    """What carries and what is carried, before any load is shared."""

    groups: Groups
    floors: Sequence[Floor]
    carriers: list[list[int]]
    kinds: tuple[str, ...]
    spreads: list[FloorSpread]
    spans: list[list[SpanEvidence]]
    search: SupportSearch
    base_m: float
    hung_floors: list[int]
    odd: tuple[int, ...]


def build_structure(
    building: Building, materials: Materials, bearing: Bearing, settings: Settings, given_span_deg: FloatArray | None = None
) -> tuple[Structure, tuple[Issue, ...]]:
    """Return the support graph of a building and what was noticed on the way.

    Parameters
    ----------
    given_span_deg
        Direction of the span of slabs that the engineer gave [deg], per element in the local frame; nan: not given.

    Raises
    ------
    NothingToScan
        If there is no bearing wall, column or beam, or no floor and no roof.
    """
    elements = building.elements
    bones = _skeleton(elements, materials, bearing, settings, given_span_deg)
    groups, floors, base_m = bones.groups, bones.floors, bones.base_m
    levels = floor_levels(floors, base_m)
    fields = floor_fields(floors, bones.kinds, levels, materials)
    touch = bones.search.touch
    carried = [within_reach(touch, f.polygon, c) >= REACHED_SHARE for f, c in zip(floors, bones.carriers, strict=True)]
    faces = roof_faces(elements, fields, base_m, other_covers(elements, floors), carried)
    floor_cells = cut_floors(elements, materials, fields, bones.spreads, faces, settings.cell_size_m)
    heads = _heads(groups, bones.carriers, faces, settings.head_length_max_m)
    loose = loose_rows(elements, materials, {i for f in floors for i in f.members}, set(groups.element.tolist()))
    sources = Sources(
        groups=groups,
        search=bones.search,
        spreads=bones.spreads,
        kinds=bones.kinds,
        floor_cells=floor_cells,
        heads=heads,
        loose=loose,
        standing=LooseSearch(elements, loose, bones.search, base_m),
    )
    graph = share_loads(sources)
    settle(bones.search, graph)
    simple = graph.shares["simple"]
    parts = make_parts(groups, elements, graph.order, levels, graph.sides, simple, graph.stuck)
    spanned = with_spans(with_roofs(fields, faces), floor_cells.cells, bones.spreads, bones.spans)
    structure = Structure(
        parts=parts,
        heads=make_heads(groups, heads, faces, floor_cells.cells, simple, parts, graph.order),
        fields=spanned,
        cells=floor_cells.cells,
        loose=loose,
        shares=graph.shares,
        level_z_m=levels,
        base_z_m=base_m,
        roof_faces=faces,
        roof_obstacles=roof_obstacles(elements, fields, faces),
        through_floor=parts_of_groups(groups, bones.search.through_floor, graph.order),
        bonded=parts_of_groups(groups, bonded_stubs(bones.search.touch, materials.group), graph.order),
        unsettled=parts_of_groups(groups, set(bones.search.unsettled), graph.order),
    )
    found = Findings(
        elements=elements,
        bearing=bearing,
        structure=structure,
        search=bones.search,
        carriers=bones.carriers,
        stuck=new_rows(graph.order, graph.stuck),
        hung_floors=bones.hung_floors,
        odd=bones.odd,
    )
    return structure, (*notes(found), *span_notes(elements, spanned, floor_cells.cells, bones.spreads))


def _skeleton(
    elements: Elements, materials: Materials, bearing: Bearing, settings: Settings, given_span_deg: FloatArray | None
) -> _Skeleton:
    floors = find_floors(elements, materials, bearing)
    upright = _upright(elements, bearing, floors)
    groups, odd = build_groups(
        elements=elements,
        materials=materials,
        bearing=bearing,
        cuts_m=wall_cuts_m(elements, floors, upright),
        part_length_max_m=settings.part_length_max_m,
    )
    touch = ContactSearch(groups, plan_shapes(groups, elements))
    base_m = float(min(elements.z0_m[i] for i in upright))
    low = [f.z0_m <= base_m + GROUND_SLACK_M or (lies_on_soil(elements, f.members) and f.z0_m <= base_m + STEP_M) for f in floors]
    carriers = floor_carriers(touch, floors, settings.contact_tolerance_m, low)
    hung = {k: c for k, f in enumerate(floors) if not carriers[k] and not low[k] and (c := brackets(touch, f))}
    carriers = [hung.get(k, own) for k, own in enumerate(carriers)]
    kinds = tuple("ground" if not c and soil else "floor" for c, soil in zip(carriers, low, strict=True))
    stiffness = Stiffness(touch, materials)
    given_deg = given_degrees(given_span_deg)
    shown = [shown_spans(elements, groups, f, c, given_deg) for f, c in zip(floors, carriers, strict=True)]
    spreads = [_spread(elements, materials, groups, stiffness, f, c, own) for f, c, own in zip(floors, carriers, shown, strict=True)]
    return _Skeleton(
        groups=groups,
        floors=floors,
        carriers=carriers,
        kinds=kinds,
        spreads=spreads,
        spans=complete_spans(elements, materials, floors, spreads, shown),
        search=_search(touch, floors, kinds, spreads, base_m, {g for c in hung.values() for g in c}),
        base_m=base_m,
        hung_floors=sorted(hung),
        odd=odd,
    )


def _upright(elements: Elements, bearing: Bearing, floors: Sequence[Floor]) -> list[int]:
    """Return the rows of the walls and columns that bear; without any, or without floor or roof, there is nothing to scan."""
    upright = [i for i, k in enumerate(elements.kind) if k in ("wall", "column") and bearing.probability[i] >= 0.5]
    if not upright:
        raise NothingToScan("no bearing structure: no wall or column of this model bears; check the aspect model or give overrides")
    if not floors and not _spanned_above(elements, upright):
        raise NothingToScan("no roof: the model has no slab, roof or roof beam; add the aspect model that holds the floors")
    return upright


def _spanned_above(elements: Elements, upright: Sequence[int]) -> bool:
    """True when a roof, or a beam that spans a room, lies in the upper half of the building: a pitched roof drawn as bars."""
    low = float(min(elements.z0_m[i] for i in upright))
    high = float(max(elements.z1_m[i] for i in upright))
    return any(
        kind == "roof" or (kind in ("beam", "member") and elements.length_m[i] >= ROOM_SPAN_M)
        for i, kind in enumerate(elements.kind)
        if elements.z1_m[i] > 0.5 * (low + high)
    )


def _spread(
    elements: Elements,
    materials: Materials,
    groups: Groups,
    stiffness: Stiffness,
    floor: Floor,
    carriers: Sequence[int],
    shown: Sequence[SpanEvidence],
) -> FloorSpread:
    planks = [(e.polygon, e.deg) for e in shown if e.source in PIECES]
    members = list(floor.members)

    def plate(angle_deg: float) -> tuple[FloorPlate, IntArray]:
        return stiffness.plate(
            polygon=floor.polygon,
            soffit_m=floor.z0_m,
            thickness_m=float(elements.volume_m3[members].sum() / floor.polygon.area),
            supports=np.array(sorted(carriers), dtype=np.int64),
            angle_deg=angle_deg,
            planks=planks,
        )

    return FloorSpread(
        polygon=floor.polygon,
        supports=carriers,
        groups=groups,
        planks=planks,
        runs_through=acts_continuously(elements, materials, floor.members),
        plate=plate,
    )


def _search(
    touch: ContactSearch,
    floors: Sequence[Floor],
    kinds: Sequence[str],
    spreads: Sequence[FloorSpread],
    base_m: float,
    unsettled: set[int],
) -> SupportSearch:
    below = [
        FloorBelow(polygon=f.polygon, z1_m=f.z1_m, ground=k == "ground", spread=s) for f, k, s in zip(floors, kinds, spreads, strict=True)
    ]
    search = SupportSearch(touch=touch, floors=below, ground_limit_m=base_m + GROUND_SLACK_M)
    search.unsettled |= dict.fromkeys(sorted(unsettled), "carries a floor that hangs beside it")
    return search


def _heads(
    groups: Groups, carriers: Sequence[Sequence[int]], faces: Sequence[RoofFace], longest_m: float
) -> list[tuple[int, float, float, int]]:
    """Return (group, s0, s1, face) of the pieces of wall head under the faces on which modules may stand."""
    return [(g, s0, s1, k) for k in head_faces(faces) for g, s0, s1 in head_segments(groups, carriers[faces[k].field], faces[k], longest_m)]
