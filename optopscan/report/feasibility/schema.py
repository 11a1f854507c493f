"""The JSON Schema of the business case, published as ``feasibility.schema.json`` beside this module.

As that of the record its objects stay open: later versions add keys under the same schema name.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, get_args

from optopscan.catalog.business_rows import Group, Unit
from optopscan.catalog.row import Confidence
from optopscan.feasibility.business_case import COLUMNS, Carbon
from optopscan.feasibility.combine import Coincides
from optopscan.feasibility.consent import Applies
from optopscan.report.feasibility.data import SCHEMA, STATEMENT
from optopscan.report.files import write_files

FILE_NAME = "feasibility.schema.json"
Schema = dict[str, Any]

_TEXT: Schema = {"type": "string"}
_FLAG: Schema = {"type": "boolean"}
_COUNT: Schema = {"type": "integer", "minimum": 0}
_COUNT_OR_NULL: Schema = {"type": ["integer", "null"], "minimum": 0}
_NUMBER_OR_NULL: Schema = {"type": ["number", "null"], "description": "null: unknown"}
_CONFIDENCE: Schema = {"enum": [*get_args(Confidence), "stated"], "description": "stated: from your file of assumptions"}


def schema() -> Schema:
    """Return the JSON Schema (2020-12) of "optopscan/feasibility/1"."""
    amounts = ("dwellings", "cost", "rent_year", "upkeep_year", "income", "gap", "gap_per_dwelling")
    column = {"key": {"enum": list(COLUMNS)}, "costs": _rows(_post()), **dict.fromkeys(amounts, _amount())}
    closing = _object(dict.fromkeys(("cost", "gap", "contribution", "rent_month"), _amount()))
    carbon = _object(dict.fromkeys(Carbon.__dataclass_fields__, _amount()))
    properties = {
        "schema": {"const": SCHEMA},
        "statement": {"const": STATEMENT},
        "building": _TEXT,
        "input_sha256": {**_list({"type": "string", "pattern": "^[0-9a-f]{64}$"}), "description": "hashes of the scanned models"},
        "variant": _object(_variant()),
        "columns": {**_rows(column), "minItems": len(COLUMNS), "maxItems": len(COLUMNS), "description": "EUR, EUR per year where so named"},
        "closing": {**closing, "description": "of the extension alone: EUR, EUR per new dwelling, EUR per new dwelling per month"},
        "carbon_kg": {**carbon, "description": "kg CO2; emitted and stored are never netted"},
        "foundation": _object(_foundation()),
        "parking_places": _amount(),
        "consents": _rows(_consent()),
        "combinations": _rows(_combination()),
        "assumptions": _rows(_assumption()),
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "optopscan business case",
        "description": "What one variant costs and brings in as ranges; an unknown makes every sum that it is in unknown. " + STATEMENT,
        **_object(properties),
    }


def published() -> Schema:
    """Return the schema as published with the package."""
    loaded: Schema = json.loads((Path(__file__).parent / FILE_NAME).read_text(encoding="utf-8"))
    return loaded


def publish(folder: Path) -> None:
    """Write the schema file; run after a change here, with this module's folder."""
    write_files(folder, {FILE_NAME: (json.dumps(schema(), indent=1, sort_keys=True) + "\n").encode()})


def _object(properties: Mapping[str, Schema]) -> Schema:
    return {"type": "object", "properties": dict(properties), "required": sorted(properties)}


def _list(items: Schema) -> Schema:
    return {"type": "array", "items": items}


def _rows(properties: Mapping[str, Schema]) -> Schema:
    return _list(_object(properties))


def _amount() -> Schema:
    least = {**_NUMBER_OR_NULL, "description": "what is known of it adds up to this; null: not even that"}
    missing = {**_list(_TEXT), "description": "ids that are unknown; lo and hi are null then"}
    return _object({"lo": _NUMBER_OR_NULL, "hi": _NUMBER_OR_NULL, "at_least": least, "missing": missing})


def _post() -> Schema:
    price = {**_TEXT, "description": "id of the assumption that is its price"}
    return {"assumption": price, "amount": _amount(), "price": _amount(), "eur": _amount()}


def _variant() -> Schema:
    return {
        **dict.fromkeys(("id", "concept"), _TEXT),
        "fictitious": {**_FLAG, "description": "the product is an example, and so is its price"},
        "outcome": {"enum": ["ok", "over", "unknown"]},
        "unknown": {**_list(_TEXT), "description": "what keeps the variant from being proven"},
        **dict.fromkeys(("storeys", "dwellings"), _COUNT),
        "gfa_m2": _NUMBER_OR_NULL,
        "others_put_forward": _list(_TEXT),
    }


def _foundation() -> Schema:
    basis = {"enum": ["own", "missing", "checked", "threshold", "all"], "description": "how lines were counted"}
    return {"basis": basis, "outcome": {"enum": ["ok", "over", "unknown"]}, "lines": _COUNT, "lines_strengthened": _amount()}


def _consent() -> Schema:
    return {
        **dict.fromkeys(("id", "article", "nl", "en", "source"), _TEXT),
        "owner": {"enum": ["rent", "vve"]},
        "confidence": _CONFIDENCE,
        "planning": _FLAG,
        "from_dwellings": _COUNT,
        "share": {"type": ["number", "null"], "minimum": 0, "maximum": 1, "description": "null: a court or another body decides"},
        "applies": {"enum": list(get_args(Applies))},
        "needed_lo": _COUNT_OR_NULL,
        "needed_hi": _COUNT_OR_NULL,
    }


def _combination() -> Schema:
    return {
        **dict.fromkeys(("id", "nl", "en", "ask_nl", "ask_en", "source"), _TEXT),
        "confidence": _CONFIDENCE,
        "coincides": {"enum": list(get_args(Coincides)), "description": "ask: neither model nor variant tells"},
        "works": {**_list(_TEXT), "description": "works of the variant at the same place"},
    }


def _assumption() -> Schema:
    return {
        **dict.fromkeys(("id", "nl", "en", "source"), _TEXT),
        "group": {"enum": list(get_args(Group))},
        "unit": {"enum": list(get_args(Unit))},
        "confidence": _CONFIDENCE,
        "lo": _NUMBER_OR_NULL,
        "hi": _NUMBER_OR_NULL,
        "unknown": {**_TEXT, "description": "why there is no value; empty where there is"},
        "price_date": _TEXT,
        "own": {**_FLAG, "description": "from your file of assumptions"},
    }
