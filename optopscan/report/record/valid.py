"""Is this a record? Held against the published schema before any view believes a word of it.

A record comes by mail and from other programs. The schema is turned into a validator of pydantic, which walks
a record of megabytes in hundredths of a second; what the views lean on besides (text on one line, finite numbers, ids that
lead somewhere) is looked at here and in `references`.
"""

from __future__ import annotations

import json
import math
import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from pydantic_core import CoreSchema, SchemaValidator, ValidationError, core_schema

from optopscan.report.record.references import dangling
from optopscan.report.tidy import clean

SCHEMA_FILE = "record.schema.json"
Schema = dict[str, Any]

# Layout of JSON itself; within a text none of these can stand but as an escape.
_BLANKS = frozenset(" \t\r\n")
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
_PLAIN_ESCAPES = frozenset('"\\/')


class InvalidRecord(ValueError):
    """Something in a record is not what the schema says; one line with the place."""


def published() -> Schema:
    """Return the schema as published with the package."""
    loaded: Schema = json.loads((Path(__file__).parent / "schema" / SCHEMA_FILE).read_text(encoding="utf-8"))
    return loaded


def parsed(content: bytes) -> Any:
    """Return JSON whose numbers are finite and whose text is as `tidy.clean` leaves it.

    Raises
    ------
    ValueError
        If it is not JSON, holds NaN, infinity or a number beyond a float, or text with control, direction or half characters.
    RecursionError
        If it is nested deeper than any record.
    """
    text = content.decode("utf-8")
    hidden = sorted(char for char in set(text) - _BLANKS if unicodedata.category(char) in _HIDDEN)
    if hidden:
        raise InvalidRecord(f"character U+{ord(hidden[0]):04X} in it, which no record has")
    found = json.loads(text, parse_constant=_refused, parse_float=_finite, parse_int=_whole)
    if any(mark not in _PLAIN_ESCAPES for mark in set(_ESCAPE.findall(text))):
        for one in _texts(found):
            if clean(one) != one:
                raise InvalidRecord(f"text {one[:40]!r} has characters in it which no record has")
    return found


def check(record: Any) -> None:
    """Hold a record against the published schema and follow its ids.

    Raises
    ------
    InvalidRecord
        Naming the first thing that is not as it says.
    """
    try:
        _validator().validate_python(record)
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False, include_input=False)[0]
        place = ".".join(str(step) for step in first["loc"] if not str(step).startswith(("nullable[", "list[", "dict[")))
        raise InvalidRecord(f"{place or 'record'}: {first['msg'][0].lower()}{first['msg'][1:]}") from error
    for place in dangling(record):
        raise InvalidRecord(place)


@cache
def _validator() -> SchemaValidator:
    return SchemaValidator(_core(published()))


def _core(node: Schema) -> CoreSchema:
    """Return the validator of one node of the schema; every keyword that our schema uses, nothing more."""
    if "anyOf" in node:
        options = [_core(one) for one in node["anyOf"] if one != {"type": "null"}]
        return _one_of(options, or_null=len(options) < len(node["anyOf"]))
    if "enum" in node or "const" in node:
        return core_schema.literal_schema(node.get("enum", [node.get("const")]))
    kinds = node.get("type", [])
    if isinstance(kinds, str):
        return _KINDS[kinds](node)
    return _one_of([_KINDS[kind](node) for kind in kinds if kind != "null"], or_null="null" in kinds)


def _one_of(options: list[CoreSchema], *, or_null: bool) -> CoreSchema:
    inner = options[0] if len(options) == 1 else core_schema.union_schema([*options]) if options else core_schema.any_schema()
    return core_schema.nullable_schema(inner) if or_null else inner


def _object(node: Schema) -> CoreSchema:
    others = node.get("additionalProperties")
    if "properties" not in node:
        values = _core(others) if isinstance(others, dict) else core_schema.any_schema()
        return core_schema.dict_schema(core_schema.str_schema(strict=True), values, strict=True)
    fields = {
        name: core_schema.typed_dict_field(_core(one), required=name in node.get("required", ()))
        for name, one in node["properties"].items()
    }
    return core_schema.typed_dict_schema(fields, extra_behavior="allow", strict=True)


def _array(node: Schema) -> CoreSchema:
    if "prefixItems" in node:
        return core_schema.tuple_schema([_core(one) for one in node["prefixItems"]])
    return core_schema.list_schema(
        _core(node.get("items", {})), min_length=node.get("minItems"), max_length=node.get("maxItems"), strict=True
    )


def _text(node: Schema) -> CoreSchema:
    return core_schema.str_schema(pattern=node.get("pattern"), min_length=node.get("minLength"), strict=True)


def _integer(node: Schema) -> CoreSchema:
    return core_schema.int_schema(ge=node.get("minimum"), le=node.get("maximum"), strict=True)


def _number(node: Schema) -> CoreSchema:
    return core_schema.float_schema(
        ge=node.get("minimum"), le=node.get("maximum"), gt=node.get("exclusiveMinimum"), allow_inf_nan=False, strict=True
    )


def _truth(_: Schema) -> CoreSchema:
    return core_schema.bool_schema(strict=True)


_KINDS: dict[str, Callable[[Schema], CoreSchema]] = {
    "object": _object,
    "array": _array,
    "string": _text,
    "integer": _integer,
    "number": _number,
    "boolean": _truth,
}


def _refused(word: str) -> float:
    raise InvalidRecord(f"{word} is no number of JSON")


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise InvalidRecord(f"number {text[:20]} is too large")
    return number


def _whole(text: str) -> int:
    if len(text) > 16:
        raise InvalidRecord(f"number {text[:20]} is too large")
    return int(text)


def _texts(tree: Any) -> Iterator[str]:
    todo = [tree]
    for node in todo:  # grows while it is walked
        if isinstance(node, str):
            yield node
        elif isinstance(node, dict):
            todo += [*node, *node.values()]
        elif isinstance(node, list):
            todo += node
