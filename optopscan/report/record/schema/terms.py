"""Words that the schema of the record is written in: kinds of values, objects, rows."""

from __future__ import annotations

from typing import Any

from optopscan.report.tidy import UC_MAX

Schema = dict[str, Any]

TEXT: Schema = {"type": "string"}
TEXT_OR_NULL: Schema = {"type": ["string", "null"]}
NUMBER: Schema = {"type": "number"}
NUMBER_OR_NULL: Schema = {"type": ["number", "null"], "description": "null: unknown"}
POSITIVE_OR_NULL: Schema = {"type": ["number", "null"], "minimum": 0, "description": "null: unknown"}
COUNT: Schema = {"type": "integer", "minimum": 0}
COUNT_OR_NULL: Schema = {"type": ["integer", "null"], "minimum": 0}
FLAG: Schema = {"type": "boolean"}
SHA256: Schema = {"type": "string", "pattern": "^[0-9a-f]{64}$"}
CHANCE: Schema = {"type": ["number", "null"], "minimum": 0, "maximum": 1}
UC: Schema = {
    "type": ["number", "null"],
    "minimum": 0,
    "maximum": UC_MAX,
    "description": f"utilisation [-], 1 is the limit; null: unknown, never ok; {UC_MAX:g}: that or more",
}
OUTCOME: Schema = {"enum": ["ok", "over", "unknown"]}
LABEL: Schema = {"enum": ["A", "B", "C"], "description": "A: drawings, tests, overrides; B: the model; C: priors"}
DISTRIBUTION: Schema = {"enum": ["simple", "continuous"]}
INPUTS: Schema = {"type": "object", "additionalProperties": {"type": ["number", "string", "null"]}}
SIDE: Schema = {
    "outcome": OUTCOME,
    "why": {**TEXT, "description": "why it is not ok; empty where it is"},
    "inputs": {**INPUTS, "description": "what recomputes it by hand"},
}
RULE: Schema = {
    "quantity": {**TEXT, "description": "what the rule looks at; empty: no number"},
    "above": {**NUMBER_OR_NULL, "description": "value of quantity above which it applies, in the unit of its name"},
}
NEEDED: Schema = {"needed": {**NUMBER_OR_NULL, "description": "value, in unit, from which the outcome is good"}, "unit": TEXT}
AT_MOST: Schema = {**FLAG, "description": "some loaded parts have no check: the probability can only be lower"}


def objects(properties: Schema, optional: tuple[str, ...] = ()) -> Schema:
    """Return an object with these keys, all required but the optional ones."""
    return {"type": "object", "properties": properties, "required": sorted(set(properties) - set(optional))}


def rows(properties: Schema, optional: tuple[str, ...] = ()) -> Schema:
    """Return a list of such objects."""
    return listed(objects(properties, optional))


def listed(items: Schema, **limits: int) -> Schema:
    """Return a list of such values."""
    return {"type": "array", "items": items, **limits}


def mapped(values: Schema) -> Schema:
    """Return an object with free keys and such values."""
    return {"type": "object", "additionalProperties": values}


PROBABILITY = rows({"storeys": COUNT, "at_least": CHANCE, "standard_error": CHANCE, "at_most": AT_MOST})
POINT = listed(NUMBER, minItems=2, maxItems=2)
RING = listed(POINT, minItems=3)
POLYGON: Schema = {**listed(RING), "description": "outer ring counter-clockwise, then holes; rings not closed; local m"}
SPAN = listed(COUNT, minItems=2, maxItems=2)
