"""The JSON Schema of the record, published as ``record.schema.json`` beside this module.

Objects stay open: later versions add keys under the same schema name. `closed`
gives the strict twin that our own tests hold the record against.
"""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any, get_args

from optopscan.model.new_top import PieceKind
from optopscan.model.variant import Constraint, RemedyKind
from optopscan.report.files import write_files
from optopscan.report.placing_state import PREFIX
from optopscan.report.record import SCHEMA, STATEMENT
from optopscan.report.state import SHAPE_ENDS, SHAPES, TREE
from optopscan.report.tidy import UC_MAX
from optopscan.report.valid import SCHEMA_FILE as FILE_NAME
from optopscan.report.valid import Schema, published

__all__ = ["FILE_NAME", "Schema", "closed", "publish", "published", "schema", "text"]

_TEXT: Schema = {"type": "string"}
_TEXT_OR_NULL: Schema = {"type": ["string", "null"]}
_NUMBER: Schema = {"type": "number"}
_NUMBER_OR_NULL: Schema = {"type": ["number", "null"], "description": "null: unknown"}
_POSITIVE_OR_NULL: Schema = {"type": ["number", "null"], "minimum": 0, "description": "null: unknown"}
_COUNT: Schema = {"type": "integer", "minimum": 0}
_COUNT_OR_NULL: Schema = {"type": ["integer", "null"], "minimum": 0}
_FLAG: Schema = {"type": "boolean"}
_SHA256: Schema = {"type": "string", "pattern": "^[0-9a-f]{64}$"}
_CHANCE: Schema = {"type": ["number", "null"], "minimum": 0, "maximum": 1}
_UC: Schema = {
    "type": ["number", "null"],
    "minimum": 0,
    "maximum": UC_MAX,
    "description": f"utilisation [-], 1 is the limit; null: unknown, never ok; {UC_MAX:g}: that or more",
}
_OUTCOME: Schema = {"enum": ["ok", "over", "unknown"]}
_LABEL: Schema = {"enum": ["A", "B", "C"], "description": "A: drawings, tests, overrides; B: the model; C: priors"}
_DISTRIBUTION: Schema = {"enum": ["simple", "continuous"]}
_INPUTS: Schema = {"type": "object", "additionalProperties": {"type": ["number", "string", "null"]}}
_SIDE: Schema = {
    "outcome": _OUTCOME,
    "why": {**_TEXT, "description": "why it is not ok; empty where it is"},
    "inputs": {**_INPUTS, "description": "what recomputes it by hand"},
}


_RULE: Schema = {
    "quantity": {**_TEXT, "description": "what the rule looks at; empty: no number"},
    "above": {**_NUMBER_OR_NULL, "description": "value of quantity above which it applies, in the unit of its name"},
}
_NEEDED: Schema = {"needed": {**_NUMBER_OR_NULL, "description": "value, in unit, from which the outcome is good"}, "unit": _TEXT}


def schema() -> Schema:
    """Return the JSON Schema (2020-12) of "optopscan/record/1"."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "urn:optopscan:record:1",
        "title": "optopscan record",
        "description": "Answer of one quickscan. Lengths in m, loads in kN, downwards and compression positive; the unit is in the key.",
        **_object(_top(), ("load_basis",)),
    }


def closed(open_schema: Schema) -> Schema:
    """Return a copy in which no object may have a key that the schema does not name."""
    strict = copy.deepcopy(open_schema)
    _close(strict)
    return strict


def publish(folder: Path) -> None:
    """Write the schema file; run after a change here, with this module's folder."""
    write_files(folder, {FILE_NAME: text().encode()})


def text() -> str:
    """Return the schema as it stands in the published file."""
    return json.dumps(schema(), indent=1, sort_keys=True) + "\n"


def _object(properties: Schema, optional: tuple[str, ...] = ()) -> Schema:
    return {"type": "object", "properties": properties, "required": sorted(set(properties) - set(optional))}


def _rows(properties: Schema, optional: tuple[str, ...] = ()) -> Schema:
    return _list(_object(properties, optional))


def _list(items: Schema, **limits: int) -> Schema:
    return {"type": "array", "items": items, **limits}


def _map(values: Schema) -> Schema:
    return {"type": "object", "additionalProperties": values}


_AT_MOST: Schema = {**_FLAG, "description": "some loaded parts have no check: the probability can only be lower"}
_PROBABILITY = _rows({"storeys": _COUNT, "at_least": _CHANCE, "standard_error": _CHANCE, "at_most": _AT_MOST})
_POINT = _list(_NUMBER, minItems=2, maxItems=2)
_RING = _list(_POINT, minItems=3)
_POLYGON: Schema = {**_list(_RING), "description": "outer ring counter-clockwise, then holes; rings not closed; local m"}
_SPAN = _list(_COUNT, minItems=2, maxItems=2)


def _top() -> Schema:
    return {
        "schema": {"const": SCHEMA},
        "statement": {"const": STATEMENT},
        "input_sha256": {**_SHA256, "description": "of the one input file, or over the sorted hashes of several, one a line"},
        "tool": _object({"version": _TEXT}),
        "settings": {"type": "object"},
        "overrides": _overrides(),
        "inputs": _rows(
            {
                "name": {"type": "string", "pattern": r"^[^/\\]*$"},
                "sha256": _SHA256,
                "ifc_schema": _TEXT,
                "length_unit": _TEXT,
                "exporter": _TEXT,
            }
        )
        | {"minItems": 1},
        "building": _building(),
        "elements": _rows(_element()),
        "parts": _rows(_part(), ("floors", "bears_roof_m2", "lifts_roof_m2")),
        "floors": _rows(
            {
                "elements": _list(_TEXT),
                "storey": {"type": "integer"},
                "kind": {"enum": ["floor", "roof", "ground"]},
                "z0_m": _NUMBER_OR_NULL,
                "z1_m": _NUMBER_OR_NULL,
                "weight_kn": _NUMBER_OR_NULL,
                "polygon": _list(_POLYGON),
            }
        ),
        "load_basis": _load_basis(),
        "take_down": _take_down(),
        "scenarios": _rows({"id": _TEXT, "concept": _TEXT, "storeys": _COUNT, "level": _TEXT, "height_m": _POSITIVE_OR_NULL}),
        "checks": _rows(_check()),
        "part_uc": {
            **_rows({"scenario": _TEXT, "uc": _list(_UC), "outcome": _list({"enum": ["ok", "over", "unknown"]})}, ("outcome",)),
            "description": "one utilisation and outcome per part, in the order of parts",
        },
        **_sides(),
        "topologies": _topologies(),
        "extra_storeys": _extra_storeys(),
        "roof": _roof(),
        "variants": _rows(_variant(), optional=("cost_eur", "carbon_kg")),
        "beyond_roof": _beyond(),
        "placing": _placing(),
        "flags": _rows({"code": _TEXT, "article": _TEXT, "text": _TEXT, "triggered_by": _TEXT, "asks": _FLAG, **_RULE}),
        "assumptions": _rows({"what": _TEXT, "value": _TEXT, "source": _TEXT, "confidence": _TEXT, "alternative": _TEXT}),
        "not_checked": _list(_TEXT),
        "issues": _rows({"code": _TEXT, "severity": {"enum": ["info", "warning", "serious"]}, "id": _TEXT, "message": _TEXT}),
        "arrays": _rows({"file": _TEXT, "name": _TEXT, "shape": _list(_COUNT), "dtype": _TEXT, "sha256": _SHA256}),
    }


def _overrides() -> Schema:
    row = {
        "place": {**_TEXT, "description": "file:line of the value"},
        "field": _TEXT,
        "old": _TEXT,
        "new": _TEXT,
        "source": {**_TEXT, "description": "drawing, test or inspection; empty: none, and label A is out of reach"},
        "date": _TEXT,
        "elements": {**_list(_TEXT), "description": "ids of elements; empty with lines empty: the building as a whole"},
        "lines": {**_list(_COUNT), "description": "foundation lines"},
        "used": {**_FLAG, "description": "false: kept for a check that does not exist yet"},
    }
    name: Schema = {"type": ["string", "null"], "pattern": r"^[^/\\]*$", "description": "override file; null: none"}
    return _object({"name": name, "sha256": {**_SHA256, "type": ["string", "null"]}, "applied": _rows(row)})


def _building() -> Schema:
    unit: Schema = {"type": "number", "exclusiveMinimum": 0}
    place: Schema = {
        **_object({"origin": _list(_NUMBER, minItems=3, maxItems=3), "rotation": _NUMBER, "unit": unit}),
        "description": "ifc = (rotate(local, rotation in degrees) + origin in m) / unit in m",
    }
    return _object(
        {
            "name": _TEXT,
            "build_year": {"type": ["integer", "null"]},
            "storeys": _rows(
                {"name": _TEXT, "elevation_m": _NUMBER_OR_NULL, "height_m": _NUMBER_OR_NULL, "floor_area_m2": _POSITIVE_OR_NULL}
            ),
            "levels_z_m": {
                **_list(_NUMBER),
                "description": "floor levels from the geometry; `storey` of parts and floors counts them",
            },
            "base_z_m": _NUMBER_OR_NULL,
            "footprint_m2": _POSITIVE_OR_NULL,
            "height_m": _NUMBER_OR_NULL,
            "roof_area_m2": _POSITIVE_OR_NULL,
            "flat_roof_area_m2": _POSITIVE_OR_NULL,
            "build_roof_area_m2": _POSITIVE_OR_NULL,
            "build_roof_z_m": _NUMBER_OR_NULL,
            "north_deg": {**_NUMBER_OR_NULL, "description": "from the y axis to north, clockwise; null: the file tells none"},
            "n_element": _COUNT,
            "n_bearing": _COUNT,
            "n_bearing_unknown": _COUNT,
            "ifc": {
                "anyOf": [_identity(), {"type": "null"}],
                "description": "place in the first file; null: that has no building",
            },
            "local_to_ifc": place,
        }
    )


def _identity() -> Schema:
    guid: Schema = {"type": "string", "pattern": "^[0-9A-Za-z_$]{22}$"}
    axis = _list(_NUMBER, minItems=3, maxItems=3)
    return _object(
        {
            **{"project_guid": guid, "project_name": _TEXT, "site_guid": {"anyOf": [guid, {"type": "null"}]}, "site_name": _TEXT},
            **{"building_guid": guid, "building_name": _TEXT},
            **{"origin_m": axis, "x_axis": axis, "z_axis": axis},
        }
    )


def _element() -> Schema:
    geometry = {
        "footprint": _list(_POINT),
        "holes": _list(_RING),
        "more": _rows({"footprint": _RING, "holes": _list(_RING)}),
        "z0_m": _NUMBER_OR_NULL,
        "z1_m": _NUMBER_OR_NULL,
        "mesh_ref": _object({"vertices": _SPAN, "faces": _SPAN}),
    }
    return {
        "id": {"type": "string", "minLength": 1},
        "guid": _TEXT_OR_NULL,
        "ifc_class": _TEXT,
        "name": _TEXT,
        "type_name": _TEXT,
        "kind": {"enum": ["wall", "slab", "roof", "column", "beam", "member", "footing", "pile", "stair", "covering", "proxy"]},
        "storey": {**_COUNT_OR_NULL, "description": "row of building.storeys"},
        "material": _object({"group": _TEXT, "grade": _TEXT_OR_NULL, "density_kg_m3": _POSITIVE_OR_NULL, "source": _TEXT}),
        "thickness_m": _POSITIVE_OR_NULL,
        "length_m": _POSITIVE_OR_NULL,
        "height_m": _NUMBER_OR_NULL,
        "volume_m3": _NUMBER_OR_NULL,
        "self_weight_kn": _NUMBER_OR_NULL,
        "bearing": {"enum": ["yes", "no", "unknown"]},
        "bearing_probability": _CHANCE,
        "evidence": _rows({"signal": _TEXT, "value": _TEXT, "weight": _NUMBER_OR_NULL, "text": _TEXT}),
        "geometry_source": _TEXT,
        "geometry": _object(geometry, optional=("holes", "more", "mesh_ref")),
    }


def _part() -> Schema:
    foot = _object({"permanent_kn": _NUMBER_OR_NULL, "imposed_kn_by_storey": _list(_NUMBER_OR_NULL), "roof_kn": _NUMBER_OR_NULL})
    place = ("x0_m", "y0_m", "x1_m", "y1_m", "z0_m", "z1_m")
    return {
        "id": {"type": "string", "minLength": 1},
        "kind": {"enum": ["pier", "lintel", "column", "beam", "footing", "pile"]},
        "element": _TEXT,
        "storey": {"type": "integer", "description": "floor level counted from the lowest (0); see building.levels_z_m"},
        "line": {**_COUNT_OR_NULL, "description": "foundation line; null above the ground"},
        **dict.fromkeys(place, _NUMBER_OR_NULL),
        "thickness_m": _POSITIVE_OR_NULL,
        "length_m": _POSITIVE_OR_NULL,
        "bearing_known": _FLAG,
        "floors": {
            **_rows({"load": {**_COUNT, "description": "row of load_basis.floors"}, "rests_m2": _NUMBER}),
            "description": "floors that rest on it directly",
        },
        "bears_roof_m2": {**_NUMBER_OR_NULL, "description": "roof area whose load comes down on it, from all above"},
        "lifts_roof_m2": {**_NUMBER_OR_NULL, "description": "roof area whose load lifts it, zero or negative"},
        "supported_by": _rows({"part": {**_TEXT, "description": 'id of a part, "ground" or "unsupported"'}, "share": _NUMBER}),
        "self_weight_kn": _NUMBER_OR_NULL,
        "foot": foot,
        "foot_other": _map(foot),
    }


def _load_basis() -> Schema:
    per_m2 = dict.fromkeys(("slab_kn_m2", "finish_kn_m2", "imposed_kn_m2", "roof_imposed_kn_m2"), _NUMBER_OR_NULL)
    weights = dict.fromkeys(("storey_kn_m2", "roof_kn_m2", "transfer_kn_m2", "removed_kn_m2"), _NUMBER_OR_NULL)
    row = {
        **dict.fromkeys(("factor_set", "level", "consequence_class", "source", "confidence"), _TEXT),
        **dict.fromkeys(("gamma_ga", "gamma_gb", "gamma_q", "gamma_g_inf", "psi0", "psi0_new"), _NUMBER),
        "new_imposed_kn_m2": {**_NUMBER, "description": "imposed load of a new storey, partitions included"},
        "floors": {
            **_rows({"floor": {**_COUNT, "description": "row of floors"}, "area_m2": _NUMBER_OR_NULL, **per_m2}),
            "description": "floors by their load per m2: slab, what lies on it, imposed load as floor and as roof",
        },
        "extensions": {**_rows({"concept": _TEXT, **weights}), "description": "products over the whole roof, per m2 of roof, upper values"},
    }
    return {"anyOf": [_object(row), {"type": "null"}], "description": "factors and loads that the take-down started from; null: not told"}


def _take_down() -> Schema:
    ground = dict.fromkeys(("ground_permanent_kn", "ground_imposed_kn", "unsupported_kn"), _NUMBER_OR_NULL)
    storey = {
        "storey": {"type": "integer"},
        **dict.fromkeys(("z0_m", "z1_m", "carried_area_m2", "added_permanent_kn", "added_permanent_kn_m2"), _NUMBER_OR_NULL),
        **dict.fromkeys(("permanent_kn", "imposed_kn", "roof_kn"), _NUMBER_OR_NULL),
    }
    return _object(
        {
            "distribution": _DISTRIBUTION,
            "self_weight_kn": _NUMBER_OR_NULL,
            "permanent_kn": _NUMBER_OR_NULL,
            "imposed_kn": _NUMBER_OR_NULL,
            **ground,
            "other": _map(_object(ground)),
            "direct_to_ground_kn": _NUMBER_OR_NULL,
            "storeys": _rows(storey),
        }
    )


def _check() -> Schema:
    return {
        "part": _TEXT,
        "clause": _TEXT,
        "scenario": _TEXT,
        "combination": _TEXT,
        "n_kn": _NUMBER_OR_NULL,
        "m_knm": _NUMBER_OR_NULL,
        "resistance": _NUMBER_OR_NULL,
        "uc": _UC,
        "outcome": _OUTCOME,
        "inputs": _map({"type": ["number", "string", "null"]}),
    }


def _bottleneck() -> Schema:
    return _object({"part": _TEXT, "clause": _TEXT, "uc": _UC, "scenario": _TEXT})


def _concept() -> Schema:
    counts = {"proven": _COUNT, "possible": _COUNT, "vertical_only": _COUNT, "with_wind": _COUNT_OR_NULL}
    return {"concept": _TEXT, **counts, "governing": {"anyOf": [_bottleneck(), {"type": "null"}]}}


def _topologies() -> Schema:
    doubt = {
        "what": {"enum": ["bearing", "span"]},
        "elements": _list(_TEXT),
        "value": _TEXT,
        "alternative": _TEXT,
        "probability": _CHANCE,
        "influence_kn": _NUMBER_OR_NULL,
    }
    answer = {
        "weight": {**_CHANCE, "description": "product of the probabilities of its doubts; the weights sum to one"},
        "doubts": {**_list(_COUNT), "description": "rows of doubts that are turned; none in the main graph"},
        "possible": _COUNT,
        "per_concept": _rows(_concept()),
        "governing": {"anyOf": [_bottleneck(), {"type": "null"}]},
        "unsupported_kn": _NUMBER_OR_NULL,
        "probability": _PROBABILITY,
    }
    return _object({"doubts": _rows(doubt), "answers": _rows(answer)})


def _sides() -> Schema:
    """Return the rows of the verdicts beside the vertical one."""
    direction = {
        "scenario": _TEXT,
        "direction": _TEXT,
        "azimuth_deg": _NUMBER,
        **dict.fromkeys(("base_moment_before_knm", "base_moment_after_knm"), _NUMBER_OR_NULL),
        **dict.fromkeys(("base_force_before_kn", "base_force_after_kn"), _NUMBER_OR_NULL),
        "system": _list(_TEXT),
        "part": _TEXT,
        "clause": _TEXT,
        "uc": _UC,
        **_SIDE,
    }
    wall = {
        "scenario": _TEXT,
        "part": _TEXT,
        "clause": _TEXT,
        **dict.fromkeys(("n_min_kn", "n_max_kn", "m_knm"), _NUMBER_OR_NULL),
        "uc": _UC,
        **_SIDE,
    }
    forces = dict.fromkeys(("uplift_kn", "shear_kn"), _NUMBER_OR_NULL)
    anchorage = {"scenario": _TEXT, "support": _TEXT, **forces, "uc": _UC, **_SIDE}
    robustness = {
        "scenario": _TEXT,
        "storeys_before": _COUNT,
        "storeys_after": _COUNT,
        "class_before": _TEXT,
        "class_after": _TEXT,
        "outcome": _OUTCOME,
        "why": _TEXT,
    }
    return {"stability": _rows(direction), "wall_wind": _rows(wall), "anchorage": _rows(anchorage), "robustness": _rows(robustness)}


def _extra_storeys() -> Schema:
    line = {
        "part": _TEXT,
        "line": {"type": "integer"},
        **dict.fromkeys(("length_m", "old_kn_m", "new_kn_m", "r_char", "r_psi"), _NUMBER_OR_NULL),
    }
    check = {
        "scenario": _TEXT,
        "line": _COUNT,
        "part": _TEXT,
        "clause": _TEXT,
        "e_d_kn": _NUMBER_OR_NULL,
        "r_d_kn": _NUMBER_OR_NULL,
        "uc": _UC,
        **_SIDE,
    }
    return {
        **_object(
            {
                "proven": {**_COUNT, "description": "every check of every part, stability, anchorage and foundation ok in all states"},
                "possible": {**_COUNT, "description": "nothing over; never show without why_not_proven"},
                "why_not_proven": _list(_TEXT),
                "vertical_only": _COUNT,
                "with_wind": _COUNT_OR_NULL,
                "per_concept": _rows(_concept()),
                "governing": {"anyOf": [_bottleneck(), {"type": "null"}]},
                "next_bottlenecks": _list(_bottleneck()),
                "label": _LABEL,
                "foundation": _object({"outcome": _OUTCOME, "lines": _rows(line), "basis": _TEXT, "checks": _rows(check)}),
                "factor_set_alternatives": _rows({"set": _TEXT, "proven": _COUNT, "possible": _COUNT}),
                "investigate_first": _rows(
                    {
                        "what": _TEXT,
                        "parts": _list(_TEXT),
                        "gain": _COUNT,
                        **dict.fromkeys(("p_now", "p_then", "p_good"), _CHANCE),
                        **_NEEDED,
                    }
                ),
                "probability": _PROBABILITY | {"description": "rows of the first estimate: that of the concept the answer is about"},
                "estimates": _rows(_estimate()),
                "slab_as_floor": _object(
                    {"outcome": _OUTCOME, "fields": _rows({"field": _COUNT, "elements": _list(_TEXT), "uc": _UC, **_SIDE})}
                )
                | {"description": "the roof slab as the floor of the new storey, without a transfer layer; not part of the answer"},
            }
        ),
    }


def _estimate() -> Schema:
    """Return one estimate: probabilities of one concept, and what they hang on."""
    chances = dict.fromkeys(("p_now", "p_then", "p_good", "decides", "share"), _CHANCE)
    return {
        "concept": _TEXT,
        "definition": _TEXT,
        "unsettled": {**_TEXT, "description": "why there is no probability; empty where there is one"},
        "at_least": _PROBABILITY,
        **dict.fromkeys(("p10", "p50", "p90", "judged", "loaded", "samples", "seed"), _COUNT),
        "governing": _rows({"part": _TEXT, "storeys": _COUNT, "frequency": _CHANCE}),
        "influences": _rows({"factor": _TEXT, "what": _TEXT, "storeys": _COUNT, "share": _CHANCE}),
        "worth": _rows({"factor": _TEXT, "what": _TEXT, "parts": _list(_TEXT), "storeys": _COUNT, **chances, **_NEEDED}),
    }


def _roof() -> Schema:
    head = {
        "part": _TEXT,
        "face": {"type": "integer"},
        "x_m": _NUMBER,
        "y_m": _NUMBER,
        "ends_m": _list(_NUMBER, minItems=4, maxItems=4),
        "z_m": _NUMBER_OR_NULL,
        "thickness_m": _POSITIVE_OR_NULL,
        "bears_roof_m2": _NUMBER_OR_NULL,
    }
    return _object(
        {
            "faces": _rows({"polygon": _POLYGON, "z_m": _NUMBER}),
            "obstacles": _rows({"element": _TEXT, "face": {"type": "integer"}, "polygon": _POLYGON}),
            "heads": _rows(head, ("bears_roof_m2",)),
            "influence_ref": {**_map(_TEXT), "description": "per distribution the name of a sparse matrix (part x head) in record.npz"},
        }
    )


def _variant() -> Schema:
    sizes = ("x_m", "y_m", "z_m", "rotation_deg", "width_m", "length_m", "height_m")
    placed = {"module_id": _TEXT, "storey": _COUNT, **dict.fromkeys(sizes, _NUMBER), "loads_on": _list(_TEXT)}
    placed |= {"concept": _TEXT, "dwelling": {**_TEXT, "description": "id of its dwelling; empty for a piece of walkway"}}
    home = {
        **{"id": _TEXT, "type": _TEXT, "storey": _COUNT, "modules": _list(_TEXT), "gbo_m2": _POSITIVE_OR_NULL, "gfa_m2": _POSITIVE_OR_NULL},
        **dict.fromkeys(("door_x_m", "door_y_m", "route_m", "second_route_m"), _NUMBER_OR_NULL),
    }
    return {
        "id": _TEXT,
        "concept": _TEXT,
        "storeys": _COUNT,
        "modules": _COUNT,
        "dwellings": _COUNT,
        "dwellings_by_type": _map(_COUNT),
        "gfa_m2": _POSITIVE_OR_NULL,
        "max_uc": _UC,
        "outcome": _OUTCOME,
        "optimal": _FLAG,
        "gap": _NUMBER_OR_NULL,
        "placed": _rows(placed),
        "why": _TEXT,
        "asked": {**_map(_TEXT), "description": "what it was placed with, in the words of the options of `optopscan place`"},
        "homes": _rows(home),
        "walkways": {**_rows(placed), "description": "pieces of gallery, corridor or landing; counted nowhere"},
        "worth": {"anyOf": [_worth(), {"type": "null"}], "description": "null: not weighed"},
        "site": {"anyOf": [_site(), {"type": "null"}], "description": "what a drawing shows around it; null: not to be drawn"},
        "drawing": {"anyOf": [_drawing(), {"type": "null"}], "description": "what a model of it shows; null: none is made"},
        "columns": _rows({"x_m": _NUMBER, "y_m": _NUMBER, "meets": _TEXT}),
        "why_not": _rows(
            {
                "constraint": {"enum": list(get_args(Constraint))},
                "value": _NUMBER_OR_NULL,
                "limit": _NUMBER_OR_NULL,
                "unit": _TEXT,
                "part": _TEXT,
                "text_nl": _TEXT,
                "text_en": _TEXT,
            }
        ),
        "remedies": _rows(
            {
                "kind": {"enum": list(get_args(RemedyKind))},
                "text_nl": _TEXT,
                "text_en": _TEXT,
                "parts": _rows({"part": _TEXT, "kn": _NUMBER_OR_NULL}),
                "gain": {"type": ["integer", "null"]},
            }
        ),
        "cost_eur": _object({"lo": _NUMBER_OR_NULL, "hi": _NUMBER_OR_NULL}),
        "carbon_kg": _object({"emitted": _NUMBER_OR_NULL, "stored": _NUMBER_OR_NULL}),
    }


def _drawing() -> Schema:
    place = _object(dict.fromkeys(("x_m", "y_m", "z_m", "rotation_deg"), _NUMBER))
    piece = {"kind": {"enum": list(get_args(PieceKind))}, "name": _TEXT, "place": place, "material": _TEXT}
    piece |= {
        "size_m": _list(_NUMBER, minItems=3, maxItems=3),
        "density_kg_m3": {**_POSITIVE_OR_NULL, "description": "null: drawn without weight, another piece has it"},
    }
    module = {**dict.fromkeys(("module_id", "dwelling", "type_key"), _TEXT), "storey": _COUNT, "place": place, "loads_on": _list(_TEXT)}
    sizes = ("width_m", "length_m", "height_m", "weight_kn")
    kind = {"key": _TEXT, **dict.fromkeys(sizes, _NUMBER), "with_roof": _FLAG, "pieces": _rows(piece)}
    loads = _list({"type": "array", "prefixItems": [_TEXT, _NUMBER], "minItems": 2, "maxItems": 2})
    top = {
        **dict.fromkeys(("variant", "concept", "concept_name", "supplier"), _TEXT),
        **{"fictitious": _FLAG, "z_m": _NUMBER, "storey_height_m": _NUMBER, "storeys": _COUNT},
        **{"types": _rows(kind), "modules": _rows(module), "walkways": _rows(module)},
        **{"transfer": _rows(piece), "transfer_kn": _NUMBER},
        **dict.fromkeys(("floor_loads", "roof_loads", "walkway_loads"), loads),
        "notes": {**_list(_TEXT), "description": "where a scan of the drawing finds other loads than the layout has"},
    }
    use = {"element": _TEXT, "uc_before": _NUMBER_OR_NULL, "uc_after": _NUMBER_OR_NULL, "outcome": _OUTCOME}
    return _object(
        {
            "top": {"anyOf": [_object(top), {"type": "null"}]},
            "refused": {**_TEXT, "description": "why it cannot be drawn; empty: it can"},
            "elements": {**_rows(use), "description": "elements of the building: unity check as it stands and with the variant"},
            "modules": _rows({"module_id": _TEXT, "uc": _UC, "outcome": _OUTCOME}),
        }
    )


def _worth() -> Schema:
    finding = {"code": _TEXT, "effect": {"enum": ["stop", "needs", "ask"]}}
    finding |= dict.fromkeys(("text", "article", "confidence", "triggered_by"), _TEXT)
    sun = {"on": {**_TEXT, "description": "facades or ground; empty: not worked out"}, "below_norm": {"type": "integer"}}
    sun |= dict.fromkeys(("lost_mean_h", "lost_max_h", "ground_m2"), _NUMBER_OR_NULL)
    return _object(
        {
            "sun": _object(sun),
            "findings": _rows(finding),
            "unknown": _list(_TEXT),
            "on_front": _FLAG,
            "put_forward": {**_TEXT, "description": "why it is one of the few to look at; empty for most"},
            "put_forward_en": _TEXT,
        }
    )


def _site() -> Schema:
    shape: Schema = {**_list(_POLYGON), "description": "polygons, the largest first"}
    return _object(
        {
            "usable": _rows({"storey": _COUNT, "z_m": _NUMBER, "polygon": shape}),
            "stairs": _rows({"kind": _TEXT, "new": _FLAG, "certain": _FLAG, "polygon": shape}),
        }
    )


def _beyond() -> Schema:
    place = {
        **dict.fromkeys(("id", "unit"), _TEXT),
        "polygon": _RING,
        **dict.fromkeys(("z0_m", "z1_m"), _NUMBER),
        "storey": _COUNT,
        "area_m2": _NUMBER,
        "at": {**_list(_TEXT), "description": "gable end or bays that the dwelling takes"},
    }
    row = {
        "kind": {"enum": ["aanplak", "plint"]},
        **dict.fromkeys(("where", "concept"), _TEXT),
        "storeys": _COUNT,
        "places": _rows(place),
        "dwellings": _COUNT,
        "dwellings_by_type": _map(_COUNT),
        "if_storage": {**_COUNT, "description": "dwellings if bays of unknown use are storage; in no other number"},
        "gfa_m2": _NUMBER_OR_NULL,
        "load": {"enum": ["none", "soil", "lower", "same", "higher", "unknown"]},
        "outcome": {"enum": ["unknown", "over"]},
        "unknown": _list(_TEXT),
        "why": _TEXT,
    }
    return {**_rows(row), "description": "dwellings at gable ends and in the plinth, counted apart from the roof and never ok"}


def _placing() -> Schema:
    held = _object({"version": {"type": "integer", "minimum": 1}, "layout": _SHA256})
    return {
        "anyOf": [held, {"type": "null"}],
        "description": f"what `optopscan place record.json` starts from; null: nothing. The state itself is in the arrays {PREFIX}* of "
        f"record.npz: {PREFIX}{TREE} is JSON text with the fields by name, {PREFIX}{SHAPES} the shapes as WKB end to end, bounded by "
        f"{PREFIX}{SHAPE_ENDS}; the others are numbers, not rounded. Read by the version that wrote it (layout: sha256 of its fields)",
    }


def _close(node: Any) -> None:
    if isinstance(node, dict):
        if "properties" in node:
            node.setdefault("additionalProperties", False)
        for value in node.values():
            _close(value)
    elif isinstance(node, list):
        for value in node:
            _close(value)
