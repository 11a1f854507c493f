"""Read, check and publish family files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from os import PathLike
from pathlib import Path
from typing import Any

from optopscan.catalog.data import toml_files
from optopscan.catalog.family_faults import relations
from optopscan.catalog.family_file import SCHEMA_ID, CountRange, FamilyFile, LengthRange
from optopscan.catalog.faults import CatalogError, Document, Fault, check, merged
from optopscan.catalog.sources import document_of, expanded, repeated, without_null
from optopscan.errors import UsageError


@dataclass(frozen=True, kw_only=True)
class Family:
    """A building family as read: the file's tables, and all its ranges by name."""

    file: FamilyFile
    ranges: dict[str, LengthRange | CountRange]

    @property
    def id(self) -> str:
        """Identity, as ``galerij-kalkzandsteen``."""
        return self.file.id

    @property
    def name(self) -> str:
        """Name in Dutch."""
        return self.file.name


def families_root(places: Iterable[Traversable] | None = None) -> Traversable:
    """Return the folder of the family files: in the wheel inside the package, in a checkout ``examples/families``.

    Raises
    ------
    UsageError
        If neither is there: the installation is incomplete.
    """
    for place in _candidates() if places is None else places:
        if place.is_dir():
            return place
    raise UsageError("building families not found in the package or beside it; install optopscan again")


def _candidates() -> Iterator[Traversable]:
    package = files("optopscan")
    yield package / "families_data"
    if isinstance(package, Path):
        yield package.parent / "examples" / "families"


def load_families(folder: str | PathLike[str] | None = None) -> tuple[Family, ...]:
    """Read every family of a folder, sorted by id; None reads those that come with optopscan.

    Raises
    ------
    CatalogError
        With every fault of every file.
    UsageError
        If the folder does not exist or holds no TOML file.
    """
    found = toml_files(families_root()) if folder is None else expanded([folder], "family")
    read = [_read(file) for file in found]
    faults = [*(fault for _, _, wrong in read for fault in wrong), *repeated(document for document, _, _ in read)]
    if faults:
        raise CatalogError(faults)
    return tuple(sorted((family for _, family, _ in read if family is not None), key=lambda family: family.id))


def load_family(path: str | PathLike[str]) -> Family:
    """Read one family file.

    Raises
    ------
    CatalogError
        With every fault of the file.
    UsageError
        If the file cannot be opened.
    """
    _, family, faults = _read(Path(path))
    if family is None:
        raise CatalogError(faults)
    return family


def lint_families(paths: Iterable[str | PathLike[str]]) -> tuple[Fault, ...]:
    """Return all faults of family files, sorted by file and line; without paths of those that come with optopscan.

    Raises
    ------
    UsageError
        If a path does not exist or a folder holds no TOML file.
    """
    named = list(paths)
    read = [_read(file) for file in (expanded(named, "family") if named else toml_files(families_root()))]
    return tuple(sorted({*(fault for _, _, wrong in read for fault in wrong), *repeated(document for document, _, _ in read)}))


def family_schema() -> dict[str, Any]:
    """Return the JSON Schema of a family file (draft 2020-12), for editors and other programs."""
    body = without_null(FamilyFile.model_json_schema(by_alias=True))
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": "urn:" + SCHEMA_ID.replace("/", ":"), **body}


def _read(file: Traversable) -> tuple[Document, Family | None, tuple[Fault, ...]]:
    document = document_of(file, "family")
    record, faults = check(document, FamilyFile)
    faults = merged(faults, relations(document) if document.usable else ())
    return document, (_family(record) if isinstance(record, FamilyFile) and not faults else None), faults


def _family(record: FamilyFile) -> Family:
    tables = (record.plan, record.cross, record.spine, record.frame, record.gallery, record.floors, record.strips, record.piles)
    ranges = {
        key: value
        for table in tables
        if table is not None
        for key in type(table).model_fields
        if isinstance(value := getattr(table, key), (LengthRange, CountRange))
    }
    return Family(file=record, ranges=ranges)
