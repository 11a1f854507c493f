"""Files and folders that somebody names, as documents: what products and building families have in common."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from importlib.resources.abc import Traversable
from os import PathLike
from pathlib import Path
from typing import Any

from optopscan.catalog.data import toml_files
from optopscan.catalog.faults import Document, Fault, parse
from optopscan.errors import UsageError


def expanded(paths: Iterable[str | PathLike[str]], what: str) -> list[Traversable]:
    """Return the files of these paths, a folder for all TOML files in it; ``what`` names the kind ("product").

    Raises
    ------
    UsageError
        If a path does not exist or a folder holds no TOML file.
    """
    found: list[Traversable] = []
    for path in map(Path, paths):
        if not os.path.exists(path):
            raise UsageError(f"{path.as_posix()}: no such file or folder; name a {what} file or a folder with {what} files")
        inside = toml_files(path) if path.is_dir() else (path,)
        if not inside:
            raise UsageError(f"{path.as_posix()}: no .toml file in this folder; name a folder with {what} files")
        found.extend(inside)
    return found


def document_of(file: Traversable, what: str) -> Document:
    """Return a file as a document, with its faults of syntax.

    Raises
    ------
    UsageError
        If it cannot be opened.
    """
    name = file.as_posix() if isinstance(file, Path) else file.name
    try:
        content = file.read_bytes()
    except OSError as error:
        raise UsageError(f"{name}: cannot be opened ({error.strerror}); name a readable {what} file") from error
    return parse(name, content)


def repeated(documents: Iterable[Document]) -> Iterator[Fault]:
    """Yield a fault for every id that an earlier file already has."""
    first: dict[str, str] = {}
    for document in documents:
        identity = document.data.get("id")
        if not isinstance(identity, str):
            continue
        if identity in first:
            yield document.fault(("id",), f'id used twice; got "{identity}"; expected another id than {first[identity]} has')
        first.setdefault(identity, document.file)


def without_null(node: Any) -> Any:
    """Drop "or null" from the optional keys of a JSON Schema (TOML cannot say null) and titles, which only repeat the key."""
    if isinstance(node, list):
        return [without_null(item) for item in node]
    if not isinstance(node, dict):
        return node
    kept = {
        key: without_null(value)
        for key, value in node.items()
        if not (key == "default" and value is None) and not (key == "title" and isinstance(value, str))
    }
    options = [item for item in kept.get("anyOf", []) if item != {"type": "null"}]
    if len(options) == 1:
        return {**options[0], **{key: value for key, value in kept.items() if key != "anyOf"}}
    return kept
