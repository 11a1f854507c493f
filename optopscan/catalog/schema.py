"""The JSON Schema of a product file (draft 2020-12), for editors and other programs.

It says what one key may hold; how keys hang together (lo below hi, mass against loads)
only the reader knows.
"""

from __future__ import annotations

import json
from typing import Any

from optopscan.catalog.product import SCHEMA_ID, Product
from optopscan.catalog.sources import without_null

SCHEMA_FILE = "concept.schema.json"
"""Name of the published schema, in ``catalog/`` and beside a file of `catalog new`."""


def schema() -> dict[str, Any]:
    """Return the JSON Schema of a product file."""
    body = _short_names(without_null(Product.model_json_schema(by_alias=True)))
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": "urn:" + SCHEMA_ID.replace("/", ":"), **body}


def schema_text() -> str:
    """Return the schema as the file that is published: sorted keys, one line break at the end."""
    return json.dumps(schema(), sort_keys=True, ensure_ascii=False, indent=1) + "\n"


def _short_names(body: dict[str, Any]) -> dict[str, Any]:
    """Name the kinds of number by their bounds instead of by the whole annotation that made them."""
    names = {name: _short(name, one) for name, one in body["$defs"].items()}
    text = json.dumps(body)
    for name in sorted(names, key=len, reverse=True):
        text = text.replace(json.dumps(f"#/$defs/{name}"), json.dumps(f"#/$defs/{names[name]}"))
    renamed: dict[str, Any] = json.loads(text)
    return {**renamed, "$defs": {names[name]: one for name, one in renamed["$defs"].items()}}


def _short(name: str, one: dict[str, Any]) -> str:
    if "_Annotated_" not in name:
        return name
    plain = one["anyOf"][0]
    low = f"above_{plain['exclusiveMinimum']:g}" if "exclusiveMinimum" in plain else f"from_{plain['minimum']:g}"
    return f"number_{low}_to_{plain['maximum']:.0f}" + ("_or_onbekend" if name.startswith("Open_") else "")
