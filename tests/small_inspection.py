"""A building small enough to inspect by hand.

One wall of 4 m (clay, 200 mm, 40 kN) at y = 0 on a strip footing (20 kN) carries a slab of 4 m x 5 m (100 kN, two
cells of 10 m2), spanning in y. A partition (8 kN) stands at y = 2 and leans on the wall's share. Finish 0.5, imposed
1.75 kN/m2. A beam of 6 kN hangs in the air. Simple distribution, at the feet:

    wall     G = 40 + 100 + 0.5 * 20 + 8 = 158      Q = 1.75 * 20 = 35
    footing  G = 158 + 20 = 178                     Q = 35
"""

from __future__ import annotations

import dataclasses
import math
from typing import Any

import numpy as np
import scipy.sparse as sp
from shapely.geometry import box

from optopscan.issues import issue
from optopscan.loads.actions import Actions, CellActions, UseLoads
from optopscan.model.building import Building, Elements, InputFile, Layer, LocalToIfc, Mesh, Storeys
from optopscan.model.loads import TakeDown
from optopscan.model.overrides import Corrections
from optopscan.model.structure import Bearing, Cells, Evidence, Fields, Heads, Loose, Materials, Parts, Shares, Structure
from optopscan.pipeline.inspecting import Inspection
from optopscan.pipeline.loading import Loads
from optopscan.pipeline.questions import questions
from optopscan.settings import Settings

WALL, SLAB, FOOTING, PARTITION, BEAM = range(5)
NONE = np.full(4, math.nan)
NO_MESH = Mesh(vertices_m=np.zeros((0, 3)), faces=np.zeros((0, 3), dtype=np.int64))


def elements(**changes: Any) -> Elements:
    """Return wall, slab, footing, partition and a beam that nothing carries; the wall has a door of 1 m."""
    n = 5
    fields: dict[str, Any] = {
        "id": ("0#10", "0#11", "0#12", "0#13", "0#14"),
        "guid": ("gw", None, "gf", "gp", "gb"),
        "ifc_class": ("IfcWall", "IfcSlab", "IfcFooting", "IfcWall", "IfcBeam"),
        "kind": ("wall", "slab", "footing", "wall", "beam"),
        "name": ("W1", "S1", "F1", "=P1", "B1"),
        "type_name": ("muur 200", "vloer", "strook", "gips", "HEA"),
        "predefined_type": (None,) * n,
        "storey": np.array([0, 0, -1, 0, 0]),
        "z0_m": np.array([0.0, 2.8, -0.5, 0.0, 2.5]),
        "z1_m": np.array([2.8, 3.0, 0.0, 2.8, 2.7]),
        "thickness_m": np.array([0.2, 0.2, 0.5, 0.1, 0.1]),
        "length_m": np.array([4.0, 5.0, 4.0, 4.0, 3.0]),
        "section_m": np.full((n, 2), math.nan),
        "volume_m3": np.array([2.146, 3.998, 0.8, 0.9, 0.08]),
        "slope_deg": np.zeros(n),
        "axis_m": np.array([[0, 0, 4, 0], NONE, [0, 0, 4, 0], [0, 2, 4, 2], [6, 0, 9, 0]]),
        "footprint": (box(0, -0.1, 4, 0.1), box(0, 0, 4, 5), box(0, -0.25, 4, 0.25), box(0, 1.95, 4, 2.05), box(6, -0.05, 9, 0.05)),
        "elevation": (box(0, 0, 4, 2.8).difference(box(1, 0, 2, 2.1)), None, None, None, None),
        "mesh": (NO_MESH,) * n,
        "layers": (
            (Layer(name="baksteen", thickness_m=0.2),),
            (Layer(name="beton", thickness_m=0.2),),
            (Layer(name="beton", thickness_m=0.5),),
            (Layer(name="gips", thickness_m=0.1),),
            (Layer(name="staal", thickness_m=math.nan),),
        ),
        "material_source": ("layer",) * n,
        "load_bearing": (True, None, None, False, None),
        "is_external": (None,) * n,
        "properties": ({},) * n,
        "geometry_source": ("prism",) * n,
    }
    return Elements(**(fields | changes))


def building(own: Elements | None = None, **changes: Any) -> Building:
    """Return the building of 1958."""
    fields: dict[str, Any] = {
        "name": "Blok 1",
        "build_year": 1958,
        "inputs": (InputFile(name="a.ifc", sha256="abcdef0123456789" * 4, ifc_schema="IFC4", length_unit="mm", exporter="X"),),
        "local_to_ifc": LocalToIfc(origin_m=(0.0, 0.0, 0.0), rotation_deg=0.0, unit_m=0.001),
        "storeys": Storeys(name=("begane grond",), elevation_m=np.array([0.0])),
        "elements": own or elements(),
    }
    return Building(**(fields | changes))


def materials(**changes: Any) -> Materials:
    """Return clay, concrete, concrete, gypsum blocks and steel; no strength class but of the steel."""
    fields: dict[str, Any] = {
        "group": ("clay", "concrete", "concrete", "gypsum-block", "steel"),
        "grade": (None, None, None, None, "S235"),
        "density_kg_m3": np.array([1900.0, 2550.0, 2550.0, 1000.0, 7850.0]),
        "strength_mpa": np.array([math.nan, math.nan, math.nan, math.nan, 235.0]),
        "strength_default_mpa": np.array([3.8, 10.0, 10.0, math.nan, 235.0]),
        "source": ('layer "baksteen"', 'layer "beton"', 'layer "beton"', 'layer "gips"', 'profile "HEA"'),
        "self_weight_kn": np.array([40.0, 100.0, 20.0, 8.0, 6.0]),
    }
    return Materials(**(fields | changes))


def bearing(**changes: Any) -> Bearing:
    """Return the wall as bearing (0.9), the partition as not (0.1)."""
    wall = (
        Evidence(signal="prior_wall", value="wall", weight=-0.8, text="most walls are partitions"),
        Evidence(signal="says_true", value="LoadBearing = True", weight=3.0, text="set on purpose"),
    )
    fields: dict[str, Any] = {
        "state": ("yes", "yes", "yes", "no", "yes"),
        "probability": np.array([0.9, 1.0, 1.0, 0.1, 1.0]),
        "evidence": (wall, (), (), (), ()),
    }
    return Bearing(**(fields | changes))


def structure() -> Structure:
    """Return wall part 0, beam part 1 (on nothing), footing part 2 on the ground."""
    none = np.zeros(0)
    parts = Parts(
        id=("0#10/1", "0#14/1", "0#12/1"),
        kind=("pier", "beam", "footing"),
        element=np.array([WALL, BEAM, FOOTING]),
        storey=np.zeros(3, dtype=np.int64),
        x0_m=np.array([0.0, 6.0, 0.0]),
        y0_m=np.zeros(3),
        x1_m=np.array([4.0, 9.0, 4.0]),
        y1_m=np.zeros(3),
        z0_m=np.array([0.0, 2.5, -0.5]),
        z1_m=np.array([2.8, 2.7, 0.0]),
        x_m=np.array([2.0, 7.5, 2.0]),
        y_m=np.zeros(3),
        thickness_m=np.array([0.2, 0.1, 0.5]),
        length_m=np.array([4.0, 3.0, 4.0]),
        self_weight_kn=np.array([40.0, 6.0, 20.0]),
        floor_sides=np.array([1, 0, 0]),
        on_ground=np.array([False, False, True]),
        bearing_known=np.ones(3, dtype=bool),
        line=np.array([-1, -1, 0]),
    )
    cells = Cells(
        field=np.zeros(2, dtype=np.int64),
        polygon=(box(0, 0, 4, 2.5), box(0, 2.5, 4, 5)),
        area_m2=np.array([10.0, 10.0]),
        x_m=np.array([2.0, 2.0]),
        y_m=np.array([1.25, 3.75]),
        span_deg=np.array([90.0, 90.0]),
        roof=np.zeros(2, dtype=bool),
        weight_kn=np.array([50.0, 50.0]),
    )
    field = Fields(
        elements=((SLAB,),),
        polygon=(box(0, 0, 4, 5),),
        z0_m=np.array([2.8]),
        z1_m=np.array([3.0]),
        storey=np.array([1]),
        kind=("floor",),
        weight_kn=np.array([100.0]),
    )
    shares = Shares(
        parts=sp.csr_array(np.array([[0, 0, 1, 0, 0], [0, 0, 0, 0, 1], [0, 0, 0, 1, 0]], dtype=float)),
        cells=sp.csr_array(np.array([[1, 0, 0, 0, 0], [1, 0, 0, 0, 0]], dtype=float)),
        heads=sp.csr_array((0, 5)),
        loose=sp.csr_array(np.array([[1, 0, 0, 0, 0]], dtype=float)),
    )
    empty = np.zeros(0, dtype=np.int64)
    return Structure(
        parts=parts,
        heads=Heads(part=empty, face=empty, x0_m=none, y0_m=none, x1_m=none, y1_m=none, z_m=none, thickness_m=none, trib_area_m2=none),
        fields=field,
        cells=cells,
        loose=Loose(element=np.array([PARTITION]), weight_kn=np.array([8.0]), x_m=np.array([2.0]), y_m=np.array([2.0])),
        shares={"simple": shares, "continuous": shares},
        level_z_m=(0.0, 3.0),
        base_z_m=0.0,
        roof_faces=(),
        roof_obstacles=(),
    )


def loads() -> Loads:
    """Return the loads of the docstring above, brought down by hand."""
    level = np.array([1, 1])
    actions = Actions(
        cells=CellActions(permanent_kn=np.array([55.0, 55.0]), imposed_kn=np.array([17.5, 17.5]), roof_imposed_kn=np.zeros(2), level=level),
        loose=CellActions(permanent_kn=np.array([8.0]), imposed_kn=np.zeros(1), roof_imposed_kn=np.zeros(1), level=level[:1]),
        n_level=2,
        finish_m2=np.array([10.0, 10.0]),
        assumptions=(),
    )
    down = TakeDown(
        distribution="simple",
        permanent_foot_kn=np.array([158.0, 6.0, 178.0]),
        imposed_foot_kn=np.array([[0.0, 35.0], [0.0, 0.0], [0.0, 35.0]]),
        roof_foot_kn=np.zeros(3),
        self_weight_kn=np.array([40.0, 6.0, 20.0]),
        moment_knm=np.zeros((3, 2)),
        floor_moment_knm=np.zeros((3, 2)),
        influence_foot=np.zeros((3, 0)),
        ground_permanent_kn=178.0,
        ground_imposed_kn=35.0,
        unsupported_kn=6.0,
    )
    use = UseLoads(
        floor_kn_m2=1.75, gallery_kn_m2=2.5, stair_kn_m2=2.0, roof_kn_m2=1.0, psi0=0.4, source="EN 1991-1-1", confidence="sourced"
    )
    downs = {"simple": down, "continuous": dataclasses.replace(down, distribution="continuous")}
    return Loads(actions=actions, take_downs=downs, lean=downs, use=use, new_imposed_kn_m2=1.75, psi0_new=0.4)


def inspection(*, whole: bool = True, **changes: Any) -> Inspection:
    """Return the inspection; not ``whole``: as of a model from which no structure could be made."""
    own = {"building": building(), "materials": materials(), "bearing": bearing()} | changes
    frame, load = (structure(), loads()) if whole else (None, None)
    return Inspection(
        **own,
        structure=frame,
        loads=load,
        questions=questions(own["building"], own["materials"], own["bearing"], frame, load),
        settings=Settings(),
        corrections=Corrections(),
        issues=(issue("OPT-202", "0#10", "clay: strength class not stated"),),
        missing="" if whole else "no roof: the model has no slab, roof or roof beam",
    )
