"""The document of a run, beside its table: the rows as they are, with what they rest on; every page of the run is a view of it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from optopscan import __version__
from optopscan.errors import UnreadableInput
from optopscan.portfolio.row import CRASHED, FACTS, REFUSED, SCANNED, Row
from optopscan.report.record.build import STATEMENT
from optopscan.report.tidy import fields_of
from optopscan.settings import Settings

SCHEMA = "optopscan/portfolio/1"
NAME = "portfolio.json"
_MACHINE = ("threads",)


@dataclass(frozen=True, kw_only=True)
class Run:
    """A run that was kept: its rows, settings by name, folder, and the hash of the document."""

    rows: tuple[Row, ...]
    settings: Mapping[str, Any]
    version: str
    folder: Path
    sha256: str


def document(rows: Sequence[Row], settings: Settings) -> dict[str, Any]:
    """Return the document of a run: deterministic, without times or paths of the machine."""
    told = {name: sorted(value) if isinstance(value, frozenset) else value for name, value in fields_of(settings).items()}
    return {
        "schema": SCHEMA,
        "tool": {"name": "optopscan", "version": __version__},
        "statement": STATEMENT,
        "settings": {name: value for name, value in told.items() if name not in _MACHINE},
        "rows": list(rows),
    }


def written(content: Mapping[str, Any]) -> bytes:
    """Return the document as a file."""
    return (json.dumps(content, sort_keys=True, ensure_ascii=False, allow_nan=False, indent=1) + "\n").encode()


def read(path: Path) -> Run:
    """Read the run in a folder, or the one that a table in such a folder belongs to.

    Raises
    ------
    UnreadableInput
        If there is none, or it is not one that this version wrote.
    """
    file = path / NAME if path.is_dir() else path if path.suffix == ".json" else path.parent / NAME
    try:
        content = file.read_bytes()
    except OSError as error:
        again = "name the folder of a portfolio run, or run it again: what is done is kept"
        raise UnreadableInput(f"{file}: cannot be read ({error.strerror}); {again}") from error
    try:
        found = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise UnreadableInput(f"{file}: is not JSON ({error}); run the portfolio again: what is done is kept") from error
    fault = _fault(found)
    if fault:
        raise UnreadableInput(f"{file}: {fault}; run the portfolio again: what is done is kept")
    return Run(
        rows=tuple(found["rows"]),
        settings=found["settings"],
        version=str(found["tool"]["version"]),
        folder=file.parent,
        sha256=hashlib.sha256(content).hexdigest(),
    )


def _texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) for one in value)


def _whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


# What views count with -> whether a value of a scanned building can be that
_KINDS: Mapping[str, Callable[[Any], bool]] = {
    "proven": _whole,
    "possible": _whole,
    "judged": lambda value: isinstance(value, bool),
    "stops": _texts,
    "unknowns": _texts,
    "not_checked": _texts,
    "flags": _texts,
    "label": lambda value: value in ("A", "B", "C"),
    "storeys": _whole,
    "dwellings_proven": lambda value: value is None or _whole(value),
    "dwellings_possible": lambda value: value is None or _whole(value),
    "bearing_material": lambda value: value is None or isinstance(value, str),
}


def _fault(found: Any) -> str:
    """Return what is wrong with a document, empty where nothing is."""
    if not isinstance(found, dict) or found.get("schema") != SCHEMA:
        return f"is not a document of {SCHEMA}"
    if not (isinstance(found.get("rows"), list) and found["rows"] and isinstance(found.get("settings"), dict)):
        return "holds no rows or no settings"
    if not isinstance(found.get("tool"), dict) or "version" not in found["tool"]:
        return "does not say which version wrote it"
    for k, row in enumerate(found["rows"], 1):
        if not isinstance(row, dict) or row.get("status") not in (SCANNED, REFUSED, CRASHED):
            return f"row {k} has no status"
        if not (isinstance(row.get("name"), str) and isinstance(row.get("why"), str) and isinstance(row.get("record"), str | None)):
            return f"row {k} has no name or no reason"
        missing = [key for key in FACTS if key not in row]
        wrong = [key for key, fits in _KINDS.items() if row["status"] == SCANNED and key in row and not fits(row[key])]
        if missing or wrong:
            return f"row {k} ({row['name'][:80]}): {(missing or wrong)[0]} is {'missing' if missing else 'not what it should be'}"
    return ""
