"""The buildings of a run: every model in a folder, or the rows of a list, each with the key of its input and settings."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from optopscan.errors import UsageError
from optopscan.report.names import as_text
from optopscan.report.tidy import clean, fields_of
from optopscan.settings import Settings

MODELS = (".ifc", ".ifczip")
FILES, NAME, OVERRIDES = "files", "name", "overrides"
SEPARATOR = ";"
# Settings that say how the machine works: the answer does not depend on them
_MACHINE = frozenset({"threads"})
_CHUNK = 1 << 20


@dataclass(frozen=True, kw_only=True)
class Building:
    """One building: a name that is unique in the run, its model files, its corrections, and what its list says of it."""

    name: str
    files: tuple[Path, ...]
    overrides: Path | None = None
    told: Mapping[str, str] = field(default_factory=dict)


def buildings_of(source: Path) -> tuple[Building, ...]:
    """Return the buildings of a folder (every model in it, at any depth) or of a list, sorted by name.

    A list is a CSV file with a column ``files`` (models of one building, separated by semicolons, relative to the list) and,
    when wanted, ``name`` and ``overrides``; every other column comes back in the result.

    Raises
    ------
    UsageError
        If there is no building in it, a name occurs twice, or a row of the list names no file.
    """
    found = _of_folder(source) if source.is_dir() else _of_list(source)
    names = [one.name for one in found]
    twice = sorted({name for name in names if names.count(name) > 1}) if len(set(names)) < len(names) else []
    if twice:
        raise UsageError(f"{source}: two buildings are called {twice[0]}; give each its own name")
    if not found:
        raise UsageError(f"{source}: no models ({', '.join(MODELS)}) in it")
    return tuple(sorted(found, key=lambda one: one.name))


def _of_folder(folder: Path) -> list[Building]:
    files = (path for path in folder.rglob("*") if path.suffix.lower() in MODELS and path.is_file())
    return [Building(name=as_text(path.relative_to(folder).as_posix()), files=(path,)) for path in files]


def _of_list(path: Path) -> list[Building]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path}: cannot be read as a list ({error}); name a folder or a CSV file") from error
    comma = "," if text.partition("\n")[0].count(",") >= text.partition("\n")[0].count(SEPARATOR) else SEPARATOR
    # of the csv module: what else Python takes for the end of a line may stand in a name
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=comma)
    try:
        reader.fieldnames = heads = [clean(name) for name in reader.fieldnames or ()]
        rows = list(reader)
    except csv.Error as error:
        raise UsageError(f"{path}:{reader.reader.line_num}: cannot be read as a list ({error}); name a folder or a CSV file") from error
    twice = next((name for name in heads if name and heads.count(name) > 1), None)
    if twice is not None:
        raise UsageError(f"{path}:1: two columns are called {twice}; give each its own name")
    if FILES not in heads:
        raise UsageError(f"{path}:1: no column {FILES}; a list names the models of each building in it")
    return [_of_row(path, number, row) for number, row in enumerate(rows, 2)]


def _of_row(path: Path, number: int, row: Mapping[str, str | None]) -> Building:
    names = [name.strip() for name in (row[FILES] or "").split(SEPARATOR) if name.strip()]
    if not names:
        raise UsageError(f"{path}:{number}: {FILES} is empty; name the models of the building")
    told = {key: (value or "").strip() for key, value in row.items() if key not in (FILES, NAME, OVERRIDES, None)}
    overrides = (row.get(OVERRIDES) or "").strip()
    return Building(
        name=(row.get(NAME) or "").strip() or names[0],
        files=tuple(path.parent / name for name in names),
        overrides=path.parent / overrides if overrides else None,
        told=told,
    )


def key_of(building: Building, settings: Settings, about: Sequence[str]) -> str | None:
    """Return the hash of all that an answer depends on; None where a file cannot be read.

    Parameters
    ----------
    about
        What else counts, as text: version of the program, hash of the catalogue.
    """
    told = hashlib.sha256()
    plain = {name: value for name, value in fields_of(settings).items() if name not in _MACHINE}
    told.update(json.dumps([plain, list(about)], sort_keys=True, default=sorted).encode())
    try:
        hashes = [_sha256(path) for path in building.files]
        hashes += [_sha256(building.overrides)] if building.overrides else [""]
    except OSError:
        return None
    for one in hashes:
        told.update(one.encode() + b"\n")
    return told.hexdigest()


def _sha256(path: Path) -> str:
    told = hashlib.sha256()
    with path.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            told.update(chunk)
    return told.hexdigest()
