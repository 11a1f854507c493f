"""Schema of the roof and of what is placed on it."""

from __future__ import annotations

from typing import get_args

from optopscan.model.new_top import PieceKind
from optopscan.model.variant import Constraint, RemedyKind
from optopscan.report.record.placing_state import PREFIX
from optopscan.report.record.schema.terms import (
    COUNT,
    FLAG,
    NUMBER,
    NUMBER_OR_NULL,
    OUTCOME,
    POLYGON,
    POSITIVE_OR_NULL,
    RING,
    SHA256,
    TEXT,
    UC,
    Schema,
    listed,
    mapped,
    objects,
    rows,
)
from optopscan.report.record.state import SHAPE_ENDS, SHAPES, TREE


def roof_schema() -> Schema:
    """Return the keys of the roof."""
    head = {
        "part": TEXT,
        "face": {"type": "integer"},
        "x_m": NUMBER,
        "y_m": NUMBER,
        "ends_m": listed(NUMBER, minItems=4, maxItems=4),
        "z_m": NUMBER_OR_NULL,
        "thickness_m": POSITIVE_OR_NULL,
        "bears_roof_m2": NUMBER_OR_NULL,
    }
    return objects(
        {
            "faces": rows({"polygon": POLYGON, "z_m": NUMBER}),
            "obstacles": rows({"element": TEXT, "face": {"type": "integer"}, "polygon": POLYGON}),
            "heads": rows(head, ("bears_roof_m2",)),
            "influence_ref": {**mapped(TEXT), "description": "per distribution the name of a sparse matrix (part x head) in record.npz"},
        }
    )


def variant_schema() -> Schema:
    """Return the keys of a variant."""
    sizes = ("x_m", "y_m", "z_m", "rotation_deg", "width_m", "length_m", "height_m")
    placed = {"module_id": TEXT, "storey": COUNT, **dict.fromkeys(sizes, NUMBER), "loads_on": listed(TEXT)}
    placed |= {"concept": TEXT, "dwelling": {**TEXT, "description": "id of its dwelling; empty for a piece of walkway"}}
    home = {
        **{"id": TEXT, "type": TEXT, "storey": COUNT, "modules": listed(TEXT), "gbo_m2": POSITIVE_OR_NULL, "gfa_m2": POSITIVE_OR_NULL},
        **dict.fromkeys(("door_x_m", "door_y_m", "route_m", "second_route_m"), NUMBER_OR_NULL),
    }
    return {
        "id": TEXT,
        "concept": TEXT,
        "storeys": COUNT,
        "modules": COUNT,
        "dwellings": COUNT,
        "dwellings_by_type": mapped(COUNT),
        "gfa_m2": POSITIVE_OR_NULL,
        "max_uc": UC,
        "outcome": OUTCOME,
        "optimal": FLAG,
        "gap": NUMBER_OR_NULL,
        "placed": rows(placed),
        "why": TEXT,
        "asked": {**mapped(TEXT), "description": "what it was placed with, in the words of the options of `optopscan place`"},
        "homes": rows(home),
        "walkways": {**rows(placed), "description": "pieces of gallery, corridor or landing; counted nowhere"},
        "worth": {"anyOf": [_worth(), {"type": "null"}], "description": "null: not weighed"},
        "site": {"anyOf": [_site(), {"type": "null"}], "description": "what a drawing shows around it; null: not to be drawn"},
        "drawing": {"anyOf": [_drawing(), {"type": "null"}], "description": "what a model of it shows; null: none is made"},
        "columns": rows({"x_m": NUMBER, "y_m": NUMBER, "meets": TEXT}),
        "why_not": rows(
            {
                "constraint": {"enum": list(get_args(Constraint))},
                "value": NUMBER_OR_NULL,
                "limit": NUMBER_OR_NULL,
                "unit": TEXT,
                "part": TEXT,
                "text_nl": TEXT,
                "text_en": TEXT,
            }
        ),
        "remedies": rows(
            {
                "kind": {"enum": list(get_args(RemedyKind))},
                "text_nl": TEXT,
                "text_en": TEXT,
                "parts": rows({"part": TEXT, "kn": NUMBER_OR_NULL}),
                "gain": {"type": ["integer", "null"]},
            }
        ),
        "cost_eur": objects({"lo": NUMBER_OR_NULL, "hi": NUMBER_OR_NULL}),
        "carbon_kg": objects({"emitted": NUMBER_OR_NULL, "stored": NUMBER_OR_NULL}),
    }


def _drawing() -> Schema:
    place = objects(dict.fromkeys(("x_m", "y_m", "z_m", "rotation_deg"), NUMBER))
    piece = {"kind": {"enum": list(get_args(PieceKind))}, "name": TEXT, "place": place, "material": TEXT}
    piece |= {
        "size_m": listed(NUMBER, minItems=3, maxItems=3),
        "density_kg_m3": {**POSITIVE_OR_NULL, "description": "null: drawn without weight, another piece has it"},
    }
    module = {**dict.fromkeys(("module_id", "dwelling", "type_key"), TEXT), "storey": COUNT, "place": place, "loads_on": listed(TEXT)}
    sizes = ("width_m", "length_m", "height_m", "weight_kn")
    kind = {"key": TEXT, **dict.fromkeys(sizes, NUMBER), "with_roof": FLAG, "pieces": rows(piece)}
    loads = listed({"type": "array", "prefixItems": [TEXT, NUMBER], "minItems": 2, "maxItems": 2})
    top = {
        **dict.fromkeys(("variant", "concept", "concept_name", "supplier"), TEXT),
        **{"fictitious": FLAG, "z_m": NUMBER, "storey_height_m": NUMBER, "storeys": COUNT},
        **{"types": rows(kind), "modules": rows(module), "walkways": rows(module)},
        **{"transfer": rows(piece), "transfer_kn": NUMBER},
        **dict.fromkeys(("floor_loads", "roof_loads", "walkway_loads"), loads),
        "notes": {**listed(TEXT), "description": "where a scan of the drawing finds other loads than the layout has"},
    }
    use = {"element": TEXT, "uc_before": NUMBER_OR_NULL, "uc_after": NUMBER_OR_NULL, "outcome": OUTCOME}
    return objects(
        {
            "top": {"anyOf": [objects(top), {"type": "null"}]},
            "refused": {**TEXT, "description": "why it cannot be drawn; empty: it can"},
            "elements": {**rows(use), "description": "elements of the building: unity check as it stands and with the variant"},
            "modules": rows({"module_id": TEXT, "uc": UC, "outcome": OUTCOME}),
        }
    )


def _worth() -> Schema:
    finding = {"code": TEXT, "effect": {"enum": ["stop", "needs", "ask"]}}
    finding |= dict.fromkeys(("text", "article", "confidence", "triggered_by"), TEXT)
    sun = {"on": {**TEXT, "description": "facades or ground; empty: not worked out"}, "below_norm": {"type": "integer"}}
    sun |= dict.fromkeys(("lost_mean_h", "lost_max_h", "ground_m2"), NUMBER_OR_NULL)
    return objects(
        {
            "sun": objects(sun),
            "findings": rows(finding),
            "unknown": listed(TEXT),
            "on_front": FLAG,
            "put_forward": {**TEXT, "description": "why it is one of the few to look at; empty for most"},
            "put_forward_en": TEXT,
        }
    )


def _site() -> Schema:
    shape: Schema = {**listed(POLYGON), "description": "polygons, the largest first"}
    return objects(
        {
            "usable": rows({"storey": COUNT, "z_m": NUMBER, "polygon": shape}),
            "stairs": rows({"kind": TEXT, "new": FLAG, "certain": FLAG, "polygon": shape}),
        }
    )


def beyond_schema() -> Schema:
    """Return what a layout does beyond the checks of the scan."""
    place = {
        **dict.fromkeys(("id", "unit"), TEXT),
        "polygon": RING,
        **dict.fromkeys(("z0_m", "z1_m"), NUMBER),
        "storey": COUNT,
        "area_m2": NUMBER,
        "at": {**listed(TEXT), "description": "gable end or bays that the dwelling takes"},
    }
    row = {
        "kind": {"enum": ["aanplak", "plint"]},
        **dict.fromkeys(("where", "concept"), TEXT),
        "storeys": COUNT,
        "places": rows(place),
        "dwellings": COUNT,
        "dwellings_by_type": mapped(COUNT),
        "if_storage": {**COUNT, "description": "dwellings if bays of unknown use are storage; in no other number"},
        "gfa_m2": NUMBER_OR_NULL,
        "load": {"enum": ["none", "soil", "lower", "same", "higher", "unknown"]},
        "outcome": {"enum": ["unknown", "over"]},
        "unknown": listed(TEXT),
        "why": TEXT,
    }
    return {**rows(row), "description": "dwellings at gable ends and in the plinth, counted apart from the roof and never ok"}


def placing_schema() -> Schema:
    """Return what placing starts from."""
    held = objects({"version": {"type": "integer", "minimum": 1}, "layout": SHA256})
    return {
        "anyOf": [held, {"type": "null"}],
        "description": f"what `optopscan place record.json` starts from; null: nothing. The state itself is in the arrays {PREFIX}* of "
        f"record.npz: {PREFIX}{TREE} is JSON text with the fields by name, {PREFIX}{SHAPES} the shapes as WKB end to end, bounded by "
        f"{PREFIX}{SHAPE_ENDS}; the others are numbers, not rounded. Read by the version that wrote it (layout: sha256 of its fields)",
    }
