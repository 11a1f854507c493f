"""The JSON Schema of the record, published as ``record.schema.json`` beside this module.

Objects stay open: later versions add keys under the same schema name. `closed`
gives the strict twin that our own tests hold the record against.
"""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

from optopscan.report.files import write_files
from optopscan.report.record.build import SCHEMA, STATEMENT
from optopscan.report.record.schema.answer import (
    check_schema,
    extra_storeys_schema,
    sides_schema,
    topologies_schema,
)
from optopscan.report.record.schema.building import (
    building_schema,
    element_schema,
    load_basis_schema,
    overrides_schema,
    part_schema,
    take_down_schema,
)
from optopscan.report.record.schema.placing import (
    beyond_schema,
    placing_schema,
    roof_schema,
    variant_schema,
)
from optopscan.report.record.schema.terms import (
    COUNT,
    FLAG,
    NUMBER,
    NUMBER_OR_NULL,
    POLYGON,
    POSITIVE_OR_NULL,
    RULE,
    SHA256,
    TEXT,
    UC,
    Schema,
    listed,
    objects,
    rows,
)
from optopscan.report.record.valid import SCHEMA_FILE as FILE_NAME
from optopscan.report.record.valid import published

__all__ = ["FILE_NAME", "Schema", "closed", "publish", "published", "schema", "text"]


def schema() -> Schema:
    """Return the JSON Schema (2020-12) of "optopscan/record/1"."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "urn:optopscan:record:1",
        "title": "optopscan record",
        "description": "Answer of one quickscan. Lengths in m, loads in kN, downwards and compression positive; the unit is in the key.",
        **objects(_top(), ("load_basis",)),
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


def _settings() -> Schema:
    """Return the settings that views read; a later version may have others beside them."""
    read = objects(
        {
            "level": {"enum": ["nieuwbouw", "verbouw", "afkeur"]},
            "consequence_class": {"enum": ["CC1", "CC2", "CC3"]},
            "build_year": {"type": ["integer", "null"]},
            "max_extra_storeys": COUNT,
            "new_roof": {"type": "string", "pattern": "^[a-z0-9-]+$"},
            "place": FLAG,
            "reference_period_years": {**NUMBER, "minimum": 15, "maximum": 100},
        }
    )
    return {**read, "additionalProperties": True}


def _top() -> Schema:
    return {
        "schema": {"const": SCHEMA},
        "statement": {"const": STATEMENT},
        "input_sha256": {**SHA256, "description": "of the one input file, or over the sorted hashes of several, one a line"},
        "tool": objects({"version": TEXT}),
        "settings": _settings(),
        "overrides": overrides_schema(),
        "inputs": rows(
            {
                "name": {"type": "string", "pattern": r"^[^/\\]*$"},
                "sha256": SHA256,
                "ifc_schema": TEXT,
                "length_unit": TEXT,
                "exporter": TEXT,
            }
        )
        | {"minItems": 1},
        "building": building_schema(),
        "elements": rows(element_schema()),
        "parts": rows(part_schema(), ("floors", "bears_roof_m2", "lifts_roof_m2")),
        "floors": rows(
            {
                "elements": listed(TEXT),
                "storey": {"type": "integer"},
                "kind": {"enum": ["floor", "roof", "ground"]},
                "z0_m": NUMBER_OR_NULL,
                "z1_m": NUMBER_OR_NULL,
                "weight_kn": NUMBER_OR_NULL,
                "polygon": listed(POLYGON),
            }
        ),
        "load_basis": load_basis_schema(),
        "take_down": take_down_schema(),
        "scenarios": rows({"id": TEXT, "concept": TEXT, "storeys": COUNT, "level": TEXT, "height_m": POSITIVE_OR_NULL}),
        "checks": rows(check_schema()),
        "part_uc": {
            **rows({"scenario": TEXT, "uc": listed(UC), "outcome": listed({"enum": ["ok", "over", "unknown"]})}, ("outcome",)),
            "description": "one utilisation and outcome per part, in the order of parts",
        },
        **sides_schema(),
        "topologies": topologies_schema(),
        "extra_storeys": extra_storeys_schema(),
        "roof": roof_schema(),
        "variants": rows(variant_schema(), optional=("cost_eur", "carbon_kg")),
        "beyond_roof": beyond_schema(),
        "placing": placing_schema(),
        "flags": rows({"code": TEXT, "article": TEXT, "text": TEXT, "triggered_by": TEXT, "asks": FLAG, **RULE}),
        "assumptions": rows({"what": TEXT, "value": TEXT, "source": TEXT, "confidence": TEXT, "alternative": TEXT}),
        "not_checked": listed(TEXT),
        "issues": rows({"code": TEXT, "severity": {"enum": ["info", "warning", "serious"]}, "id": TEXT, "message": TEXT}),
        "arrays": rows({"file": TEXT, "name": TEXT, "shape": listed(COUNT), "dtype": TEXT, "sha256": SHA256}),
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
