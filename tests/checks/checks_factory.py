"""Small synthetic structures for the check tests; one row per part, one element per part."""

import numpy as np
from shapely.geometry import Point

from optopscan.checks.resistance import part_resistance
from optopscan.codes.en1990 import FactorSet
from optopscan.model.building import Elements
from optopscan.model.loads import TakeDown
from optopscan.model.structure import Materials, Parts


def make_parts(n=1, **changes):
    def f(value):
        return np.full(n, float(value))

    fields = {
        "id": tuple(f"p{i}" for i in range(n)),
        "kind": ("pier",) * n,
        "element": np.arange(n),
        "storey": np.zeros(n, dtype=np.int64),
        "x0_m": f(0),
        "y0_m": f(0),
        "x1_m": f(1),
        "y1_m": f(0),
        "z0_m": f(0),
        "z1_m": f(2.8),
        "x_m": f(0.5),
        "y_m": f(0),
        "thickness_m": f(0.12),
        "length_m": f(1.0),
        "self_weight_kn": f(6.0),
        "floor_sides": np.full(n, 2),
        "on_ground": np.zeros(n, dtype=bool),
        "bearing_known": np.ones(n, dtype=bool),
        "line": np.full(n, -1),
    }
    fields.update(changes)
    return Parts(**fields)


def make_elements(n=1, **changes):
    nan = np.full(n, np.nan)
    fields = {
        "id": tuple(f"0#{i}" for i in range(n)),
        "guid": (None,) * n,
        "ifc_class": ("IfcWall",) * n,
        "kind": ("wall",) * n,
        "name": ("",) * n,
        "type_name": ("",) * n,
        "predefined_type": (None,) * n,
        "storey": np.zeros(n, dtype=np.int64),
        "z0_m": np.zeros(n),
        "z1_m": np.full(n, 2.8),
        "thickness_m": nan,
        "length_m": nan,
        "section_m": np.full((n, 2), np.nan),
        "volume_m3": nan,
        "slope_deg": nan,
        "axis_m": np.full((n, 4), np.nan),
        "footprint": (Point(0, 0).buffer(1),) * n,
        "elevation": (None,) * n,
        "mesh": (None,) * n,
        "layers": ((),) * n,
        "material_source": ("",) * n,
        "load_bearing": (None,) * n,
        "is_external": (None,) * n,
        "properties": ({},) * n,
        "geometry_source": ("prism",) * n,
    }
    fields.update(changes)
    return Elements(**fields)


def make_materials(n=1, group="calcium-silicate", strength=12.0, default=np.nan, **changes):
    fields = {
        "group": (group,) * n if isinstance(group, str) else tuple(group),
        "grade": (None,) * n,
        "density_kg_m3": np.full(n, 1850.0),
        "strength_mpa": np.broadcast_to(np.asarray(strength, dtype=float), (n,)),
        "strength_default_mpa": np.broadcast_to(np.asarray(default, dtype=float), (n,)),
        "source": ("test",) * n,
        "self_weight_kn": np.full(n, 6.0),
    }
    fields.update(changes)
    return Materials(**fields)


def make_take_down(permanent, imposed, influence, *, self_weight=0.0, roof=0.0, distribution="simple"):
    permanent = np.asarray(permanent, dtype=float)
    n = permanent.size
    return TakeDown(
        distribution=distribution,
        permanent_foot_kn=permanent,
        imposed_foot_kn=np.asarray(imposed, dtype=float).reshape(n, -1),
        roof_foot_kn=np.broadcast_to(np.asarray(roof, dtype=float), (n,)),
        self_weight_kn=np.broadcast_to(np.asarray(self_weight, dtype=float), (n,)),
        moment_knm=np.zeros((n, 2)),
        floor_moment_knm=np.zeros((n, 2)),
        influence_foot=np.asarray(influence, dtype=float).reshape(n, -1),
        ground_permanent_kn=0.0,
        ground_imposed_kn=0.0,
        unsupported_kn=0.0,
    )


def wall_resistance(group, thickness=0.21, strength=None):
    """Return the resistance of one wall of 1.0 m by 2.8 m."""
    known = {"clay": 20.0, "concrete": 20.0, "timber": 24.0}[group] if strength is None else strength
    factors = FactorSet(
        id="t", level="verbouw", consequence_class="CC2", gamma_ga=1.3, gamma_gb=1.15, gamma_q=1.3, gamma_q_wind=1.4, gamma_g_inf=0.9,
        source="", confidence="expert",
    )  # fmt: skip
    parts = make_parts(thickness_m=np.array([thickness]))
    return part_resistance(parts=parts, elements=make_elements(), materials=make_materials(group=group, strength=known), factors=factors)
