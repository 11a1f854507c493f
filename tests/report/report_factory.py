"""A small scan result put together by hand, for tests of the report.

Portal of parallel walls (lines x = 0, 5, 10 ... m), each of two piers of 4 m, floors
spanning 5 m in x. Weights are round on purpose: pier 40 kN (10 kN/m), floor and
roof 6 kN/m2, imposed 1.75 kN/m2, roof 1.0 kN/m2, strip footing 5 kN/m.
With two bays and two storeys, at the feet, permanent:
    storey 1: edge pier 2.5 * 4 * 6 + 40 = 100; middle pier 5 * 4 * 6 + 40 = 160
    storey 0: edge pier 100 + 60 + 40 = 200;    middle pier 160 + 120 + 40 = 320
    footings: edge 2 * 200 + 40 = 440;          middle 2 * 320 + 40 = 680
Beside them stand a column (2 kN) and a wall whose bearing is unknown (20 kN), both
on the ground, a partition (8 kN) and the ground slab (80 m2 * 5 kN/m2 = 400 kN).
"""

from __future__ import annotations

import dataclasses
from typing import Any

import numpy as np
import scipy.sparse as sp
from shapely.geometry import LineString, Point, Polygon, box

from optopscan.issues import issue
from optopscan.model.beyond import Beyond, BeyondPlace
from optopscan.model.building import Building, Elements, InputFile, LocalToIfc, Mesh, Storeys
from optopscan.model.estimate import AtLeast, Estimate, Governs, Influence, Worth
from optopscan.model.load_basis import CellLoads, ExtensionLoad, LoadBasis
from optopscan.model.loads import Assumption, TakeDown
from optopscan.model.overrides import Applied, Corrections
from optopscan.model.result import (
    Bottleneck,
    ConceptAnswer,
    Doubt,
    ExtraStoreys,
    FactorSetAnswer,
    Flag,
    FoundationLine,
    Investigation,
    ScanResult,
    Scenario,
    Topologies,
    TopologyAnswer,
)
from optopscan.model.sides import AnchorageCheck, FoundationCheck, RobustnessCheck, Sides, SlabAsFloor, StabilityCheck, WallWindCheck
from optopscan.model.structure import (
    Bearing,
    Cells,
    Evidence,
    Fields,
    Heads,
    Loose,
    Materials,
    Parts,
    RoofFace,
    RoofObstacle,
    Shares,
    Structure,
)
from optopscan.model.variant import Dwelling, OwnColumn, Placed, Remedy, Shortage, Site, StairOf, Usable, Variant, WhyNot
from optopscan.model.verdict import Check
from optopscan.settings import Settings

BAY_M, PIER_M, DEPTH_M, STOREY_M, WALL_M = 5.0, 4.0, 8.0, 2.8, 0.2
NO_MESH = Mesh(vertices_m=np.zeros((0, 3)), faces=np.zeros((0, 3), dtype=np.int64))


CORRECTIONS = Corrections(
    file="correcties.toml",
    sha256="c0" * 32,
    applied=(
        Applied(
            place="correcties.toml:7", field="bearing", old="unknown (0.41)", new="yes", source="tekening 12-B", date="1958", elements=(0,)
        ),
        Applied(
            place="correcties.toml:12", field="foundation.width_m", old="unknown", new="0.8 m", source="", date="", lines=(0,), used=False
        ),
    ),
)


def scan_result(bays: int = 2, storeys: int = 2, **changes: Any) -> ScanResult:
    """Return the hand-made result; keyword arguments replace whole fields of it."""
    rows = _element_rows(bays, storeys)
    structure, loads = _structure(bays, storeys, rows)
    n_part = len(structure.parts)
    scenarios = (
        Scenario(id="bestaand", concept="", storeys=0, level="verbouw", height_m=storeys * STOREY_M),
        Scenario(id="hsb-2d+1", concept="hsb-2d", storeys=1, level="verbouw", height_m=storeys * STOREY_M + 3.3),
    )
    uc = np.linspace(0.35, 0.92, n_part)
    extended = uc * 1.12
    extended[-1] = np.nan
    fields: dict[str, Any] = {
        "settings": Settings(),
        "tool_version": "0.1.0",
        "building": _building(rows, storeys),
        "materials": _materials(rows),
        "bearing": _bearing(rows),
        "structure": structure,
        "take_downs": {"simple": loads, "continuous": dataclasses.replace(loads, distribution="continuous")},
        "scenarios": scenarios,
        "checks": (_check("p1-0-0", "hsb-2d+1", 0.87),),
        "part_uc": {"bestaand": uc, "hsb-2d+1": extended},
        "extra_storeys": extra_storeys(),
        "variants": (_variant(bays, storeys),),
        "beyond": (_beyond(),),
        "flags": (
            Flag(
                code="lift",
                article="Bouwbesluit 2012 art. 4.24, Bbl-nummer te controleren",
                text="Lift nodig boven 12,5 m",
                triggered_by="hoogste vloer 5,6 m",
            ),
            Flag(code="groningen", article="", text="Stabiliteit onbekend", triggered_by="gemeente in het aardbevingsgebied", asks=True),
        ),
        "assumptions": (
            Assumption(what="vloerafwerking", value="0.5 kN/m2", source="instelling", confidence="C", alternative="meten"),
            Assumption(what="doorsnede wanden", value="200 mm", source="model", confidence="B"),
        ),
        "not_checked": ("hijsen en verbinden van modules", "tweede draagweg"),
        "issues": (
            issue("OPT-502", "0#12", "UC 1.04 in bestaande toestand"),
            issue("OPT-203", "0#11", "dichtheid 1800 kg/m3 aangenomen"),
        ),
        "applied_permanent_kn": 1990.0 if (bays, storeys) == (2, 2) else float("nan"),
        "applied_imposed_kn": float("nan"),
        "corrections": CORRECTIONS,
        "load_basis": load_basis(structure.cells, storeys),
    }
    fields["topologies"], fields["sides"] = topologies(), sides()
    return ScanResult(**(fields | changes))


def load_basis(cells: Cells, storeys: int) -> LoadBasis:
    """Return verbouw factors and the round loads per m2 of this building; one product of 2.0 kN/m2 per storey."""
    field = np.asarray(cells.field)
    floor, roof = (field > 0) & (field < storeys), field == storeys
    per_m2 = np.where(field == 0, 5.0, 6.0), np.where(floor, 1.75, 0.0), np.where(roof, 1.0, 0.0)
    permanent, imposed, on_roof = (value * cells.area_m2 for value in per_m2)
    return LoadBasis(
        factor_set="nen8700",
        level="verbouw",
        consequence_class="CC2",
        gamma_ga=1.3,
        gamma_gb=1.15,
        gamma_q=1.3,
        gamma_g_inf=0.9,
        source="test",
        confidence="expert",
        psi0=0.4,
        psi0_new=0.4,
        new_imposed_kn_m2=2.55,
        extensions=(
            ExtensionLoad(concept="hsb-2d", storey_kn_m2=2.0, roof_kn_m2=0.5, transfer_kn_m2=0.8, removed_kn_m2=0.0),
            ExtensionLoad(concept="clt-3d", storey_kn_m2=2.6, roof_kn_m2=0.5, transfer_kn_m2=0.8, removed_kn_m2=0.0),
        ),
        cells=CellLoads(permanent_kn=permanent, imposed_kn=imposed, roof_imposed_kn=on_roof),
    )


def sides() -> Sides:
    """Return one row of every verdict beside the vertical one."""
    told: dict[str, Any] = {"scenario": "hsb-2d+1", "outcome": "unknown", "why": "gegevens ontbreken"}
    some: dict[str, Any] = {"uc": 0.8, "inputs": {"h_m": 12.0, "terrain": "bebouwd"}}
    base = {"base_moment_before_knm": 900.0, "base_moment_after_knm": 1600.0, "base_force_before_kn": 150.0, "base_force_after_kn": 210.0}
    return Sides(
        stability=(
            StabilityCheck(direction="x", azimuth_deg=0.0, system=("p0-0-0",), part="p0-0-0", clause="6.2", **base, **told, **some),
        ),
        wall_wind=(WallWindCheck(part="p0-0-0", clause="6.1.2", n_min_kn=90.0, n_max_kn=200.0, m_knm=3.0, **told, **some),),
        anchorage=(AnchorageCheck(support="p0-0-1", uplift_kn=4.0, shear_kn=2.0, **told, **some),),
        foundation=(FoundationCheck(line=0, part="f0", clause="6.5.2", e_d_kn=500.0, r_d_kn=600.0, **told, **some),),
        robustness=(RobustnessCheck(storeys_before=4, storeys_after=5, class_before="CC2a", class_after="CC2b", **told),),
        slab_as_floor=(SlabAsFloor(field=1, elements=("0#v1",), outcome="unknown", why="wapening onbekend", **some),),
    )


def topologies() -> Topologies:
    """Return one doubt and the answer with and without it."""
    doubt = Doubt(what="bearing", elements=(0,), value="yes", alternative="no", probability=0.7, influence_kn=120.0)
    answer = extra_storeys()
    one = TopologyAnswer(
        weight=0.7,
        doubts=(),
        possible=1,
        per_concept=answer.per_concept,
        governing=answer.governing,
        unsupported_kn=0.0,
        estimates=answer.estimates,
    )
    return Topologies(doubts=(doubt,), answers=(one, dataclasses.replace(one, weight=0.3, doubts=(0,), possible=0)))


def extra_storeys(**changes: Any) -> ExtraStoreys:
    """Return the answer: one storey possible, none proven."""
    fields: dict[str, Any] = {
        "proven": 0,
        "possible": 1,
        "why_not_proven": ("fundering", "doorsnede wanden 2e verdieping"),
        "vertical_only": 2,
        "with_wind": None,
        "per_concept": (
            ConceptAnswer(concept="hsb-2d", proven=0, possible=1, vertical_only=2),
            ConceptAnswer(concept="clt-3d", proven=0, possible=0, vertical_only=1),
        ),
        "governing": Bottleneck(part="p1-0-0", clause="EN 1996-1-1 6.1.2", uc=1.07, scenario="hsb-2d+1"),
        "next_bottlenecks": (Bottleneck(part="p1-0-1", clause="EN 1996-1-1 6.1.2", uc=float("nan"), scenario="hsb-2d+1"),),
        "label": "C",
        "foundation_lines": (
            FoundationLine(part="f0", line=0, length_m=8.0, old_kn_m=60.0, new_kn_m=66.0, r_char=1.1, r_psi=1.12),
            FoundationLine(part="f1", line=1, length_m=8.0, old_kn_m=94.0, new_kn_m=106.2, r_char=1.13, r_psi=1.15),
        ),
        "factor_set_alternatives": (FactorSetAnswer(factor_set="nen8701", proven=0, possible=1),),
        "investigate_first": (
            Investigation(what="drie kernen", parts=("p0-0-0",), gain=1, p_now=0.62, p_then=0.91, p_good=0.55, needed=5.2, unit="N/mm2"),
            Investigation(what="funderingsonderzoek", parts=("f0", "f1"), gain=1),
        ),
        "estimates": (estimate_of("hsb-2d"), estimate_of("clt-3d", at_least=(), unsettled="te weinig delen te toetsen")),
    }
    return ExtraStoreys(**(fields | changes))


def estimate_of(concept: str, **changes: Any) -> Estimate:
    """Return an estimate: one storey probable, two hardly."""
    fields: dict[str, Any] = {
        "concept": concept,
        "at_least": (
            AtLeast(storeys=1, at_least=0.62, standard_error=0.0012),
            AtLeast(storeys=2, at_least=0.08, standard_error=0.0004),
        ),
        "p10": 0,
        "p50": 1,
        "p90": 1,
        "governing": (Governs(part="p0-0-0", storeys=1, frequency=0.83),),
        "influences": (Influence(factor="strength.calcium-silicate", what="sterkte van de kalkzandsteen", storeys=1, share=0.9),),
        "worth": (
            Worth(
                factor="strength.calcium-silicate", what="drie kernen", parts=("p0-0-0",), storeys=1, p_now=0.62, p_then=0.91,
                p_good=0.55, needed=5.2, unit="N/mm2", decides=0.8, share=0.9,
            ),
        ),
        "judged": 8,
        "loaded": 9,
        "samples": 16384,
        "seed": 0,
    }  # fmt: skip
    return Estimate(**(fields | changes))


@dataclasses.dataclass
class _Row:
    id: str
    kind: str
    name: str
    storey: int
    footprint: Polygon
    z0_m: float
    z1_m: float
    weight_kn: float
    bearing: str = "yes"
    mesh: Mesh = NO_MESH


def _element_rows(bays: int, storeys: int) -> list[_Row]:
    rows = [_Row("0#9", "slab", "bg vloer", 0, box(0, 0, bays * BAY_M, DEPTH_M), -0.2, 0.0, 5.0 * bays * BAY_M * DEPTH_M)]
    for wall in range(bays + 1):
        x = wall * BAY_M
        rows.append(_Row(f"0#f{wall}", "footing", f"strook {wall}", 0, box(x - 0.4, 0, x + 0.4, DEPTH_M), -0.8, 0.0, 40.0))
    for storey in range(storeys):
        z = storey * STOREY_M
        for wall in range(bays + 1):
            strip = box(wall * BAY_M - WALL_M / 2, 0, wall * BAY_M + WALL_M / 2, DEPTH_M)
            rows.append(_Row(f"0#w{storey}{wall}", "wall", f"wand {wall}", storey, strip, z, z + 2.6, 80.0))
        kind = "roof" if storey == storeys - 1 else "slab"
        rows.append(
            _Row(f"0#v{storey}", kind, f"vloer {storey + 1}", storey, box(0, 0, bays * BAY_M, DEPTH_M), z + 2.6, z + 2.8, bays * 240.0)
        )
    rows.append(_Row("0#k1", "column", "kolom", 0, Point(2.5, 2.0).buffer(0.1, quad_segs=1).envelope, 0.0, 2.6, 2.0))
    rows.append(_Row("0#u1", "wall", "wand ?", 0, box(6.5, 3.9, 8.5, 4.1), 0.0, 2.6, 20.0, "unknown"))
    rows.append(_Row("0#n1", "wall", "scheidingswand\x1b[31m $x_1$", 0, box(1.0, 5.0, 4.0, 5.1), 0.0, 2.6, 8.0, "no"))
    rows.append(
        _Row("0#o1", "proxy", "dakopbouw", storeys - 1, box(6.0, 1.0, 7.0, 2.0), storeys * STOREY_M, storeys * STOREY_M + 1.0, 0.0, "no")
    )
    return rows


def _building(rows: list[_Row], storeys: int) -> Building:
    n = len(rows)
    nan = np.full(n, np.nan)
    elements = Elements(
        id=tuple(row.id for row in rows),
        guid=tuple(None if row.id == "0#n1" else f"guid-{row.id[2:]}" for row in rows),
        ifc_class=tuple(f"Ifc{row.kind.title()}" for row in rows),
        kind=tuple(row.kind for row in rows),  # type: ignore[misc]
        name=tuple(row.name for row in rows),
        type_name=("",) * n,
        predefined_type=(None,) * n,
        storey=np.array([row.storey for row in rows]),
        z0_m=np.array([row.z0_m for row in rows]),
        z1_m=np.array([row.z1_m for row in rows]),
        thickness_m=np.array([WALL_M if row.kind == "wall" else np.nan for row in rows]),
        length_m=nan,
        section_m=np.full((n, 2), np.nan),
        volume_m3=np.array([row.footprint.area * (row.z1_m - row.z0_m) for row in rows]),
        slope_deg=np.zeros(n),
        axis_m=np.full((n, 4), np.nan),
        footprint=tuple(row.footprint for row in rows),
        elevation=(None,) * n,
        mesh=tuple(row.mesh for row in rows),
        layers=((),) * n,
        material_source=("IfcMaterial",) * n,
        load_bearing=(None,) * n,
        is_external=(None,) * n,
        properties=({},) * n,
        geometry_source=("prism",) * n,
    )
    return Building(
        name="Blok A",
        build_year=1958,
        inputs=(InputFile(name="/home/ing/blok_a.ifc", sha256="3f2a" * 16, ifc_schema="IFC4", length_unit="mm", exporter="hand"),),
        local_to_ifc=LocalToIfc(origin_m=(121000.0, 487000.0, 0.0), rotation_deg=30.0, unit_m=0.001),
        storeys=Storeys(name=tuple(f"{storey:02d} verdieping" for storey in range(storeys)), elevation_m=np.arange(storeys) * STOREY_M),
        elements=elements,
    )


def _materials(rows: list[_Row]) -> Materials:
    n = len(rows)
    return Materials(
        group=tuple("calcium-silicate" if row.kind == "wall" else "concrete" for row in rows),
        grade=(None,) * n,
        density_kg_m3=np.array([np.nan if row.id == "0#o1" else 1800.0 for row in rows]),
        strength_mpa=np.full(n, np.nan),
        strength_default_mpa=np.full(n, np.nan),
        source=("material name",) * n,
        self_weight_kn=np.array([np.nan if row.id == "0#o1" else row.weight_kn for row in rows]),
    )


def _bearing(rows: list[_Row]) -> Bearing:
    probability = {"yes": 0.98, "unknown": 0.5, "no": 0.02}
    signal = Evidence(signal="thickness", value="200 mm", weight=1.25, text="dik genoeg om te dragen")
    return Bearing(
        state=tuple(row.bearing for row in rows),  # type: ignore[misc]
        probability=np.array([probability[row.bearing] for row in rows]),
        evidence=((signal,),) * len(rows),
    )


@dataclasses.dataclass
class _Part:
    id: str
    kind: str
    element: str
    storey: int
    axis: LineString
    z0_m: float
    z1_m: float
    width_m: float
    weight_kn: float
    below: str
    line: int = -1


def _part_rows(bays: int, storeys: int) -> list[_Part]:
    rows: list[_Part] = []
    for storey in reversed(range(storeys)):
        z = storey * STOREY_M
        for wall in range(bays + 1):
            for half in range(2):
                below = f"p{storey - 1}-{wall}-{half}" if storey else f"f{wall}"
                axis = LineString([(wall * BAY_M, half * PIER_M), (wall * BAY_M, (half + 1) * PIER_M)])
                rows.append(_Part(f"p{storey}-{wall}-{half}", "pier", f"0#w{storey}{wall}", storey, axis, z, z + 2.6, WALL_M, 40.0, below))
    rows.append(_Part("k1", "column", "0#k1", 0, LineString([(2.5, 2.0), (2.5, 2.0)]), 0.0, 2.6, 0.2, 2.0, "ground"))
    rows.append(_Part("u1", "pier", "0#u1", 0, LineString([(6.5, 4.0), (8.5, 4.0)]), 0.0, 2.6, 0.2, 20.0, "ground"))
    for wall in range(bays + 1):
        axis = LineString([(wall * BAY_M, 0.0), (wall * BAY_M, DEPTH_M)])
        rows.append(_Part(f"f{wall}", "footing", f"0#f{wall}", 0, axis, -0.8, 0.0, 0.8, 40.0, "ground", wall))
    return rows


def _structure(bays: int, storeys: int, rows: list[_Row]) -> tuple[Structure, TakeDown]:
    parts = _part_rows(bays, storeys)
    element = {row.id: at for at, row in enumerate(rows)}
    at = {part.id: index for index, part in enumerate(parts)} | {"ground": len(parts), "unsupported": len(parts) + 1}
    ends = np.array([[*part.axis.coords[0], *part.axis.coords[-1]] for part in parts])
    part_table = Parts(
        id=tuple(part.id for part in parts),
        kind=tuple(part.kind for part in parts),  # type: ignore[misc]
        element=np.array([element[part.element] for part in parts]),
        storey=np.array([part.storey for part in parts]),
        x0_m=ends[:, 0],
        y0_m=ends[:, 1],
        x1_m=ends[:, 2],
        y1_m=ends[:, 3],
        z0_m=np.array([part.z0_m for part in parts]),
        z1_m=np.array([part.z1_m for part in parts]),
        x_m=(ends[:, 0] + ends[:, 2]) / 2,
        y_m=(ends[:, 1] + ends[:, 3]) / 2,
        thickness_m=np.array([part.width_m for part in parts]),
        length_m=np.array([max(part.axis.length, 0.2) for part in parts]),
        self_weight_kn=np.array([part.weight_kn for part in parts]),
        floor_sides=np.full(len(parts), 2),
        on_ground=np.array([part.below == "ground" for part in parts]),
        bearing_known=np.array([part.id != "u1" for part in parts]),
        line=np.array([part.line for part in parts]),
    )
    cells, cell_shares = _cells(bays, storeys, at)
    heads = _heads(bays, storeys, at)
    share = sp.csr_array(
        (np.ones(len(parts)), (np.arange(len(parts)), np.array([at[part.below] for part in parts]))), shape=(len(parts), len(at))
    )
    head_share = sp.csr_array((np.ones(len(heads)), (np.arange(len(heads)), heads.part)), shape=(len(heads), len(at)))
    loose_share = sp.csr_array((np.ones(1), (np.zeros(1, dtype=int), np.array([at["ground"]]))), shape=(1, len(at)))
    shares = Shares(parts=share, cells=cell_shares, heads=head_share, loose=loose_share)
    outline = box(0, 0, bays * BAY_M, DEPTH_M)
    structure = Structure(
        parts=part_table,
        heads=heads,
        fields=Fields(
            elements=((0,), *((element[f"0#v{storey}"],) for storey in range(storeys))),
            polygon=(outline,) * (storeys + 1),
            z0_m=np.array([-0.2, *(storey * STOREY_M + 2.6 for storey in range(storeys))]),
            z1_m=np.array([0.0, *(storey * STOREY_M + 2.8 for storey in range(storeys))]),
            storey=np.arange(storeys + 1),
            kind=("ground", *("floor",) * (storeys - 1), "roof"),
            weight_kn=np.array([bays * 200.0, *(bays * 240.0,) * storeys]),
        ),
        cells=cells,
        loose=Loose(element=np.array([element["0#n1"]]), weight_kn=np.array([8.0]), x_m=np.array([2.5]), y_m=np.array([5.05])),
        shares={"simple": shares, "continuous": shares},
        level_z_m=tuple(storey * STOREY_M for storey in range(storeys)),
        base_z_m=0.0,
        roof_faces=(RoofFace(polygon=outline, z_m=storeys * STOREY_M, field=storeys),),
        roof_obstacles=(RoofObstacle(polygon=box(6.0, 1.0, 7.0, 2.0), element=element["0#o1"], face=0),),
    )
    return structure, _take_down(bays, storeys, parts, at, heads, part_table)


def _cells(bays: int, storeys: int, at: dict[str, int]) -> tuple[Cells, sp.csr_array]:
    field, shape, row, column, value = [], [], [], [], []
    for storey in range(-1, storeys):
        for bay in range(bays):
            for i in range(5):
                for j in range(4):
                    x, y = bay * BAY_M + i, 2.0 * j
                    to_right = (i + 0.5) / 5
                    pair = [(f"p{storey}-{bay}-{j // 2}", 1 - to_right), (f"p{storey}-{bay + 1}-{j // 2}", to_right)]
                    for name, part_share in pair if storey >= 0 else [("ground", 1.0)]:
                        row.append(len(shape))
                        column.append(at[name])
                        value.append(part_share)
                    field.append(storey + 1)
                    shape.append(box(x, y, x + 1, y + 2))
    table = Cells(
        field=np.array(field),
        polygon=tuple(shape),
        area_m2=np.full(len(shape), 2.0),
        x_m=np.array([cell.centroid.x for cell in shape]),
        y_m=np.array([cell.centroid.y for cell in shape]),
        span_deg=np.where(np.array(field) == 0, np.nan, 0.0),
        roof=np.array(field) == storeys,
        weight_kn=np.zeros(len(shape)),
    )
    return table, sp.csr_array((value, (row, column)), shape=(len(shape), len(at)))


def _heads(bays: int, storeys: int, at: dict[str, int]) -> Heads:
    places = [(wall, step) for wall in range(bays + 1) for step in range(16)]
    x = np.array([wall * BAY_M for wall, _ in places])
    y = np.array([step * 0.5 for _, step in places])
    n = len(places)
    return Heads(
        part=np.array([at[f"p{storeys - 1}-{wall}-{step // 8}"] for wall, step in places]),
        face=np.zeros(n, dtype=int),
        x0_m=x,
        y0_m=y,
        x1_m=x,
        y1_m=y + 0.5,
        z_m=np.full(n, storeys * STOREY_M),
        thickness_m=np.full(n, WALL_M),
        trib_area_m2=np.full(n, 2.5),
    )


def _take_down(bays: int, storeys: int, parts: list[_Part], at: dict[str, int], heads: Heads, table: Parts) -> TakeDown:
    n = len(parts)
    permanent, imposed, roof, influence = np.zeros(n), np.zeros((n, storeys)), np.zeros(n), np.zeros((n, len(heads)))
    for part in parts:
        row = at[part.id]
        permanent[row] += part.weight_kn
        if part.kind == "pier" and part.id != "u1":
            width_m = BAY_M / 2 if part.id.split("-")[1] in ("0", str(bays)) else BAY_M
            permanent[row] += 6.0 * width_m * PIER_M
            if part.storey == storeys - 1:
                roof[row] += 1.0 * width_m * PIER_M
                influence[row, heads.part == row] = 1.0
            else:
                imposed[row, part.storey + 1] += 1.75 * width_m * PIER_M
        if part.below != "ground":
            under = at[part.below]
            permanent[under] += permanent[row]
            imposed[under] += imposed[row]
            roof[under] += roof[row]
            influence[under] += influence[row]
    return TakeDown(
        distribution="simple",
        permanent_foot_kn=permanent,
        imposed_foot_kn=imposed,
        roof_foot_kn=roof,
        self_weight_kn=table.self_weight_kn,
        moment_knm=np.zeros((n, 2)),
        floor_moment_knm=np.zeros((n, 2)),
        influence_foot=influence,
        ground_permanent_kn=float(permanent[table.on_ground].sum()) + 8.0 + bays * 200.0,
        ground_imposed_kn=float(imposed[table.on_ground].sum() + roof[table.on_ground].sum()),
        unsupported_kn=0.0,
    )


def _check(part: str, scenario: str, uc: float) -> Check:
    return Check(
        part=part,
        clause="EN 1996-1-1 6.1.2",
        scenario=scenario,
        combination="6.10b",
        n_kn=412.34567,
        m_knm=float("nan"),
        resistance=474.0,
        uc=uc,
        outcome="over" if uc > 1 else "ok",
        inputs={"fk_mpa": 4.23456789, "e_m": 0.0123456, "wall": "binnenwand"},
    )


def _beyond() -> Beyond:
    place = BeyondPlace(id="A1", unit="2k", polygon=box(-4.0, 0.0, 0.0, DEPTH_M), z0_m=0.0, z1_m=3.0, storey=1, area_m2=32.0, at=("links",))
    return Beyond(
        kind="aanplak",
        where="kopgevel links",
        concept="clt-kop",
        storeys=1,
        places=(place,),
        dwellings=1,
        dwellings_by_type={"2k": 1},
        if_storage=0,
        gfa_m2=32.0,
        load="none",
        outcome="unknown",
        unknown=("plot",),
        why="perceelgrens onbekend",
    )


def _variant(bays: int, storeys: int) -> Variant:
    placed = tuple(
        Placed(
            module_id=f"M{2 * bay + half + 1:02d}",
            storey=1,
            x_m=bay * BAY_M,
            y_m=half * PIER_M,
            z_m=storeys * STOREY_M + 0.45,
            rotation_deg=0.0,
            width_m=BAY_M,
            length_m=PIER_M,
            height_m=3.0,
            loads_on=(f"p{storeys - 1}-{bay}-{half}", f"p{storeys - 1}-{bay + 1}-{half}"),
            concept="hsb-2d",
            dwelling="W001.1",
        )
        for bay in range(bays)
        for half in range(2)
        if (bay, half) != (1, 0)
    )
    return Variant(
        id="v1",
        concept="hsb-2d",
        storeys=1,
        modules=len(placed),
        dwellings=len(placed) // 2,
        dwellings_by_type={"2k": len(placed) // 2},
        gfa_m2=20.0 * len(placed),
        max_uc=float("inf"),
        outcome="unknown",
        optimal=True,
        gap=0.0,
        placed=placed,
        why="fundering onbekend",
        asked={"access": "gallery-1", "goal": "dwellings"},
        homes=(
            Dwelling(
                id="W001.1",
                type="2k",
                storey=1,
                modules=tuple(row.module_id for row in placed),
                gbo_m2=50.0,
                gfa_m2=20.0 * len(placed),
                door_x_m=2.5,
                door_y_m=8.0,
                route_m=9.5,
            ),
        ),
        walkways=(
            dataclasses.replace(
                placed[0], module_id="G001.1", y_m=2 * PIER_M, width_m=bays * BAY_M, length_m=1.5, concept="ontsluiting", dwelling=""
            ),
        ),
        columns=(OwnColumn(x_m=0.0, y_m=-0.6), OwnColumn(x_m=BAY_M, y_m=-0.6, meets=f"p{storeys - 1}-0-0")),
        why_not=(
            WhyNot(
                constraint="transfer-span",
                value=6.5,
                limit=6.0,
                unit="m",
                part="tussenlaag",
                text_nl="overspanning tussenlaag 6,5 m > 6,0 m",
                text_en="span of the transfer layer 6.5 m > 6.0 m",
            ),
        ),
        remedies=(
            Remedy(
                kind="strengthen",
                text_nl="zou passen als wand B3 meer draagt; constructeur toetst",
                text_en="would fit if wall B3 carried more; a structural engineer decides",
                parts=(Shortage(part=f"p{storeys - 1}-0-0", kn=12.3456), Shortage(part=f"p{storeys - 1}-1-0", kn=float("nan"))),
            ),
        ),
        site=Site(
            usable=(
                Usable(storey=1, z_m=storeys * STOREY_M, polygon=box(0.0, 0.0, bays * BAY_M, DEPTH_M).difference(box(5.9, 0.9, 7.1, 2.1))),
            ),
            stairs=(StairOf(kind="stair", new=True, certain=False, polygon=box(bays * BAY_M, DEPTH_M, bays * BAY_M + 2.5, DEPTH_M + 5.0)),),
        ),
    )
