"""Schema of what the model says: building, elements, parts, loads."""

from __future__ import annotations

from optopscan.report.record.schema.terms import (
    CHANCE,
    COUNT,
    COUNT_OR_NULL,
    DISTRIBUTION,
    FLAG,
    NUMBER,
    NUMBER_OR_NULL,
    POINT,
    POSITIVE_OR_NULL,
    RING,
    SHA256,
    SPAN,
    TEXT,
    TEXT_OR_NULL,
    Schema,
    listed,
    mapped,
    objects,
    rows,
)


def overrides_schema() -> Schema:
    """Return what an override file replaced."""
    row = {
        "place": {**TEXT, "description": "file:line of the value"},
        "field": TEXT,
        "old": TEXT,
        "new": TEXT,
        "source": {**TEXT, "description": "drawing, test or inspection; empty: none, and label A is out of reach"},
        "date": TEXT,
        "elements": {**listed(TEXT), "description": "ids of elements; empty with lines empty: the building as a whole"},
        "lines": {**listed(COUNT), "description": "foundation lines"},
        "used": {**FLAG, "description": "false: kept for a check that does not exist yet"},
    }
    name: Schema = {"type": ["string", "null"], "pattern": r"^[^/\\]*$", "description": "override file; null: none"}
    return objects({"name": name, "sha256": {**SHA256, "type": ["string", "null"]}, "applied": rows(row)})


def building_schema() -> Schema:
    """Return the keys of the building."""
    unit: Schema = {"type": "number", "exclusiveMinimum": 0}
    place: Schema = {
        **objects({"origin": listed(NUMBER, minItems=3, maxItems=3), "rotation": NUMBER, "unit": unit}),
        "description": "ifc = (rotate(local, rotation in degrees) + origin in m) / unit in m",
    }
    return objects(
        {
            "name": TEXT,
            "build_year": {"type": ["integer", "null"]},
            "storeys": rows({"name": TEXT, "elevation_m": NUMBER_OR_NULL, "height_m": NUMBER_OR_NULL, "floor_area_m2": POSITIVE_OR_NULL}),
            "levels_z_m": {
                **listed(NUMBER),
                "description": "floor levels from the geometry; `storey` of parts and floors counts them",
            },
            "base_z_m": NUMBER_OR_NULL,
            "footprint_m2": POSITIVE_OR_NULL,
            "height_m": NUMBER_OR_NULL,
            "roof_area_m2": POSITIVE_OR_NULL,
            "flat_roof_area_m2": POSITIVE_OR_NULL,
            "build_roof_area_m2": POSITIVE_OR_NULL,
            "build_roof_z_m": NUMBER_OR_NULL,
            "north_deg": {**NUMBER_OR_NULL, "description": "from the y axis to north, clockwise; null: the file tells none"},
            "n_element": COUNT,
            "n_bearing": COUNT,
            "n_bearing_unknown": COUNT,
            "ifc": {
                "anyOf": [_identity(), {"type": "null"}],
                "description": "place in the first file; null: that has no building",
            },
            "local_to_ifc": place,
        }
    )


def _identity() -> Schema:
    guid: Schema = {"type": "string", "pattern": "^[0-9A-Za-z_$]{22}$"}
    axis = listed(NUMBER, minItems=3, maxItems=3)
    return objects(
        {
            **{"project_guid": guid, "project_name": TEXT, "site_guid": {"anyOf": [guid, {"type": "null"}]}, "site_name": TEXT},
            **{"building_guid": guid, "building_name": TEXT},
            **{"origin_m": axis, "x_axis": axis, "z_axis": axis},
            "map_conversion": {
                "anyOf": [_map_conversion(), {"type": "null"}],
                "description": "place on the map as the file says it; null: none",
            },
        },
        ("map_conversion",),
    )


def _map_conversion() -> Schema:
    texts = dict.fromkeys(("crs_description", "geodetic_datum", "vertical_datum", "map_projection", "map_zone"), TEXT_OR_NULL)
    numbers = dict.fromkeys(("eastings", "northings", "height"), NUMBER)
    axis = {"anyOf": [listed(NUMBER, minItems=2, maxItems=2), {"type": "null"}]}
    return objects({"crs_name": TEXT, **texts, "map_unit": TEXT, **numbers, "x_axis": axis, "scale": NUMBER_OR_NULL})


def element_schema() -> Schema:
    """Return the keys of an element."""
    geometry = {
        "footprint": listed(POINT),
        "holes": listed(RING),
        "more": rows({"footprint": RING, "holes": listed(RING)}),
        "z0_m": NUMBER_OR_NULL,
        "z1_m": NUMBER_OR_NULL,
        "mesh_ref": objects({"vertices": SPAN, "faces": SPAN}),
    }
    return {
        "id": {"type": "string", "minLength": 1},
        "guid": TEXT_OR_NULL,
        "ifc_class": TEXT,
        "name": TEXT,
        "type_name": TEXT,
        "kind": {"enum": ["wall", "slab", "roof", "column", "beam", "member", "footing", "pile", "stair", "covering", "proxy"]},
        "storey": {**COUNT_OR_NULL, "description": "row of building.storeys"},
        "material": objects({"group": TEXT, "grade": TEXT_OR_NULL, "density_kg_m3": POSITIVE_OR_NULL, "source": TEXT}),
        "thickness_m": POSITIVE_OR_NULL,
        "length_m": POSITIVE_OR_NULL,
        "height_m": NUMBER_OR_NULL,
        "volume_m3": NUMBER_OR_NULL,
        "self_weight_kn": NUMBER_OR_NULL,
        "bearing": {"enum": ["yes", "no", "unknown"]},
        "bearing_probability": CHANCE,
        "evidence": rows({"signal": TEXT, "value": TEXT, "weight": NUMBER_OR_NULL, "text": TEXT}),
        "geometry_source": TEXT,
        "geometry": objects(geometry, optional=("holes", "more", "mesh_ref")),
    }


def part_schema() -> Schema:
    """Return the keys of a part."""
    foot = objects({"permanent_kn": NUMBER_OR_NULL, "imposed_kn_by_storey": listed(NUMBER_OR_NULL), "roof_kn": NUMBER_OR_NULL})
    place = ("x0_m", "y0_m", "x1_m", "y1_m", "z0_m", "z1_m")
    return {
        "id": {"type": "string", "minLength": 1},
        "kind": {"enum": ["pier", "lintel", "column", "beam", "footing", "pile"]},
        "element": TEXT,
        "storey": {"type": "integer", "description": "floor level counted from the lowest (0); see building.levels_z_m"},
        "line": {**COUNT_OR_NULL, "description": "foundation line; null above the ground"},
        **dict.fromkeys(place, NUMBER_OR_NULL),
        "thickness_m": POSITIVE_OR_NULL,
        "length_m": POSITIVE_OR_NULL,
        "bearing_known": FLAG,
        "floors": {
            **rows({"load": {**COUNT, "description": "row of load_basis.floors"}, "rests_m2": NUMBER}),
            "description": "floors that rest on it directly",
        },
        "bears_roof_m2": {**NUMBER_OR_NULL, "description": "roof area whose load comes down on it, from all above"},
        "lifts_roof_m2": {**NUMBER_OR_NULL, "description": "roof area whose load lifts it, zero or negative"},
        "supported_by": rows({"part": {**TEXT, "description": 'id of a part, "ground" or "unsupported"'}, "share": NUMBER}),
        "self_weight_kn": NUMBER_OR_NULL,
        "foot": foot,
        "foot_other": mapped(foot),
    }


def load_basis_schema() -> Schema:
    """Return what the loads rest on."""
    per_m2 = dict.fromkeys(("slab_kn_m2", "finish_kn_m2", "imposed_kn_m2", "roof_imposed_kn_m2"), NUMBER_OR_NULL)
    weights = dict.fromkeys(("storey_kn_m2", "roof_kn_m2", "transfer_kn_m2", "removed_kn_m2"), NUMBER_OR_NULL)
    row = {
        **dict.fromkeys(("factor_set", "level", "consequence_class", "source", "confidence"), TEXT),
        **dict.fromkeys(("gamma_ga", "gamma_gb", "gamma_q", "gamma_g_inf", "psi0", "psi0_new"), NUMBER),
        "new_imposed_kn_m2": {**NUMBER, "description": "imposed load of a new storey, partitions included"},
        "floors": {
            **rows({"floor": {**COUNT, "description": "row of floors"}, "area_m2": NUMBER_OR_NULL, **per_m2}),
            "description": "floors by their load per m2: slab, what lies on it, imposed load as floor and as roof",
        },
        "extensions": {**rows({"concept": TEXT, **weights}), "description": "products over the whole roof, per m2 of roof, upper values"},
    }
    return {"anyOf": [objects(row), {"type": "null"}], "description": "factors and loads that the take-down started from; null: not told"}


def take_down_schema() -> Schema:
    """Return the sums of the take-down."""
    ground = dict.fromkeys(("ground_permanent_kn", "ground_imposed_kn", "unsupported_kn"), NUMBER_OR_NULL)
    storey = {
        "storey": {"type": "integer"},
        **dict.fromkeys(("z0_m", "z1_m", "carried_area_m2", "added_permanent_kn", "added_permanent_kn_m2"), NUMBER_OR_NULL),
        **dict.fromkeys(("permanent_kn", "imposed_kn", "roof_kn"), NUMBER_OR_NULL),
    }
    return objects(
        {
            "distribution": DISTRIBUTION,
            "self_weight_kn": NUMBER_OR_NULL,
            "permanent_kn": NUMBER_OR_NULL,
            "imposed_kn": NUMBER_OR_NULL,
            **ground,
            "other": mapped(objects(ground)),
            "direct_to_ground_kn": NUMBER_OR_NULL,
            "storeys": rows(storey),
        }
    )
