"""What is wrong in a catalogue file: all faults at once, each with its line and key."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, get_args

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo

from optopscan.catalog.syntax import recover
from optopscan.catalog.toml_lines import Path as KeyPath
from optopscan.catalog.toml_lines import key_lines, line_of
from optopscan.catalog.wording import did_you_mean, dotted, nearest, one_line, shown
from optopscan.errors import UsageError
from optopscan.schemas import NewerSchema, upgraded

MANY_KEYS = 10
"""Above this a message names the table instead of all its keys."""
MILLIMETRES_FROM = 100.0
"""A length in metres that is refused and is larger than this was most likely written in millimetres."""


@dataclass(frozen=True, kw_only=True, order=True)
class Fault:
    """One fault; ``key`` is the dotted key ("" for the document), lines count from 1."""

    file: str
    line: int
    key: str
    message: str

    def __str__(self) -> str:
        key = f" {self.key}:" if self.key else ""
        return one_line(f"{self.file}:{self.line}:{key} {self.message}")


class CatalogError(UsageError):
    """One or more catalogue files have faults; the message lists every one on its own line."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(sorted(faults))
        super().__init__("\n".join(str(fault) for fault in self.faults))


@dataclass(frozen=True, kw_only=True)
class Document:
    """A parsed file; ``lost`` are the keys of lines with a syntax fault, ``usable`` is False when nothing else can be judged."""

    file: str
    data: dict[str, Any]
    text: str
    faults: tuple[Fault, ...]
    lost: frozenset[KeyPath]
    usable: bool

    @cached_property
    def lines(self) -> Mapping[KeyPath, int]:
        """Line of every key, worked out only when something is wrong or asks for it."""
        try:
            return key_lines(self.text)
        except (ValueError, RecursionError):
            return {(): 1}

    def fault(self, path: KeyPath, message: str) -> Fault:
        """Return a fault at the line of ``path`` or of its nearest parent in the file."""
        return Fault(file=self.file, line=line_of(self.lines, path), key=dotted(path), message=message)


def parse(file: str, content: bytes) -> Document:
    """Parse TOML; a faulty line is noted and taken out so that the rest is still judged.

    Parameters
    ----------
    file
        Name for the messages.
    content
        The bytes of the file, UTF-8 with or without a byte order mark.

    Returns
    -------
    Document
        With the syntax faults, if any, in the form of today (`optopscan.schemas`); never raises for bad content.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        return _unusable(file, line, f"not UTF-8 text; got byte 0x{content[error.start]:02x}; expected a TOML file saved as UTF-8")
    read = recover(text)
    faults = tuple(Fault(file=file, line=one.line, key=dotted(one.path), message=one.message) for one in read.faults)
    lost = frozenset(one.path for one in read.faults)
    try:
        data = upgraded(read.data)
    except NewerSchema as error:
        line = line_of(key_lines(read.text), ("schema",))
        return _unusable(file, line, str(error), key="schema")
    return Document(file=file, data=data, text=read.text, faults=faults, lost=lost, usable=read.usable)


def _unusable(file: str, line: int, message: str, key: str = "") -> Document:
    fault = Fault(file=file, line=line, key=key, message=message)
    return Document(file=file, data={}, text="", faults=(fault,), lost=frozenset(), usable=False)


def merged(faults: Iterable[Fault], relations: Iterable[Fault]) -> tuple[Fault, ...]:
    """Return all faults, sorted; a relation of a number that is itself wrong tells nothing new."""
    first = set(faults)
    places = {(fault.line, fault.key) for fault in first}
    return tuple(sorted(first | {fault for fault in relations if (fault.line, fault.key) not in places}))


def check(document: Document, model: type[BaseModel]) -> tuple[BaseModel | None, tuple[Fault, ...]]:
    """Validate a document against a model.

    Returns
    -------
    tuple
        The record (None when there are faults) and every fault, syntax included, sorted by line.
    """
    if not document.usable:
        return None, document.faults
    try:
        record = model.model_validate(document.data)
    except ValidationError as error:
        return None, tuple(sorted({*document.faults, *_translate(document, model, error)}))
    return (None if document.faults else record), document.faults


def _translate(document: Document, model: type[BaseModel], error: ValidationError) -> list[Fault]:
    faults: list[Fault] = []
    details = error.errors(include_url=False)
    # A key with a near name in the same table is one slip, not an unknown key plus a missing one.
    misspelt = set()
    for item in details:
        path = item["loc"]
        if item["type"] == "extra_forbidden":
            near = nearest(str(path[-1]), _fields_at(model, path[:-1]))
            misspelt.add((*path[:-1], near))
    for item in details:
        path = item["loc"]
        if item["type"] == "missing" and (path in misspelt or path in document.lost):
            continue
        faults.append(document.fault(_in_file(path, document), _message(model, item)))
    return faults


def value_at(data: Any, path: KeyPath) -> Any:
    """Return what stands at ``path`` in parsed TOML, None when nothing does."""
    for token in path:
        try:
            data = data[token]
        except (KeyError, IndexError, TypeError):
            return None
    return data


def _in_file(path: KeyPath, document: Document) -> KeyPath:
    """Drop the ``value`` that a plain number gets when it is read as a range."""
    plain = bool(path) and path[-1] == "value" and not isinstance(value_at(document.data, path[:-1]), dict)
    return path[:-1] if plain else path


def _message(model: type[BaseModel], item: Any) -> str:
    kind: str = item["type"]
    path: KeyPath = item["loc"]
    got = shown(item["input"])
    context = item.get("ctx", {})
    if kind == "missing":
        return f"missing; expected {_description(model, path)}"
    if kind == "extra_forbidden":
        return f"unknown key; got {got}; expected {_known(model, path)}{_meant(model, path)}"
    if kind == "literal_error":
        words = re.findall(r"'([^']*)'", str(context.get("expected", "")))
        return f"not an allowed word; got {got}; expected {' | '.join(words)}{did_you_mean(str(item['input']), words)}"
    if kind == "catalog":
        return str(item["msg"])
    if kind in _RANGE:
        limit = context.get(_RANGE[kind][1])
        return f"out of range; got {got}; expected {_RANGE[kind][0]} {limit}{_unit_slip(path, item['input'], limit, kind)}"
    expected = _EXPECTED.get(kind)
    if expected:
        return f"wrong type; got {got}; expected {expected}{_number_in_text(item['input'], kind)}"
    return f"{item['msg'][:1].lower()}{item['msg'][1:]}; got {got}; expected {_description(model, path)}"


_RANGE = {
    "greater_than": ("more than", "gt"),
    "greater_than_equal": ("at least", "ge"),
    "less_than": ("less than", "lt"),
    "less_than_equal": ("at most", "le"),
}
_EXPECTED = {
    "float_type": "a number",
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "string_type": 'text in quotes "..."',
    "bool_type": "true or false",
    "list_type": "a list [...]",
    "dict_type": "a table {...}",
    "model_type": "a table [...] or {...}",
    "date_type": "a date without quotes, as 2026-11-01",
    "finite_number": "a finite number",
}


def _number_in_text(value: object, kind: str) -> str:
    """Suggest the number when text holds one: ``"1,35"`` or ``"12 ton"``."""
    if kind not in ("float_type", "int_type") or not isinstance(value, str):
        return ""
    found = re.match(r"\s*(-?\d+(?:[.,]\d+)?)", value)
    return f"; did you mean {found.group(1).replace(',', '.')}?" if found else ""


def _unit_slip(path: KeyPath, value: object, limit: object, kind: str) -> str:
    """Suggest metres when a length looks like millimetres, kN when a load looks like kilograms."""
    if kind != "less_than_equal" or isinstance(value, bool) or not isinstance(value, (int, float)) or not isinstance(limit, (int, float)):
        return ""
    key = next((str(token) for token in reversed(path) if isinstance(token, str) and token not in ("value", "lo", "hi")), "")
    if "_kn_" in key:
        return f"; did you mean {value / 100:g} (kN, not kg)?" if value / 100 <= limit else ""
    if key.endswith("_m"):
        return f"; did you mean {value / 1000:g} (metres)?" if MILLIMETRES_FROM <= value <= 1000 * limit else ""
    return ""


def _model_at(model: type[BaseModel], path: KeyPath) -> type[BaseModel] | None:
    """Return the model of the table at ``path``, None when it is no table of ours."""
    found: type[BaseModel] | None = model
    for token in path:
        if isinstance(token, int):
            continue
        spec = _specs(found).get(token)
        found = _model_in(spec.annotation) if spec else None
    return found


def _specs(model: type[BaseModel] | None) -> dict[str, FieldInfo]:
    """Return the fields under the names that the file uses."""
    return {spec.alias or name: spec for name, spec in model.model_fields.items()} if model else {}


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for part in get_args(annotation) if (found := _model_in(part)) is not None), None)


def _fields_at(model: type[BaseModel], path: KeyPath) -> tuple[str, ...]:
    return tuple(_specs(_model_at(model, path)))


def _known(model: type[BaseModel], path: KeyPath) -> str:
    fields = _fields_at(model, path[:-1])
    return f"one of {', '.join(fields)}" if len(fields) <= MANY_KEYS else f"a key of [{dotted(path[:-1])}]"


def _meant(model: type[BaseModel], path: KeyPath) -> str:
    """Suggest the nearest key of the table, or the table that has this very key."""
    word = str(path[-1])
    other = [dotted((*table, word)) for table in _tables(model) if table != _names(path[:-1]) and word in _fields_at(model, table)]
    return f"; did you mean {' or '.join(other)}?" if other else did_you_mean(word, _fields_at(model, path[:-1]))


def _names(path: KeyPath) -> KeyPath:
    return tuple(token for token in path if isinstance(token, str))


def _tables(model: type[BaseModel]) -> tuple[KeyPath, ...]:
    """Return the document and its tables, but not the inside of a number: its keys are everywhere."""
    inner = ((name, _model_in(spec.annotation)) for name, spec in _specs(model).items())
    return ((), *((name,) for name, one in inner if one is not None and "value" not in one.model_fields))


def _description(model: type[BaseModel], path: KeyPath) -> str:
    spec = _specs(_model_at(model, path[:-1])).get(str(path[-1]))
    return (spec.description if spec else None) or "a value"
