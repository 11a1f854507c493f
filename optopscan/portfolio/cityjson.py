"""Reading CityJSON (one document) and CityJSONSeq (a feature a line), as objects with their vertices.

A sequence is read line by line, so memory does not depend on how many buildings it holds; a single document
is held whole, as its vertices stand in one list. Extensions (properties that start with ``+``, types that
CityJSON does not know) are passed over or read as what they extend.
"""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import numpy as np

from optopscan.errors import UnreadableInput
from optopscan.model.arrays import FloatArray
from optopscan.report.tidy import clean

VERSIONS = ("1.0", "1.1", "2.0")
INSIDE = ("BuildingPart", "BuildingInstallation", "BuildingRoom", "BuildingUnit", "BuildingStorey", "BuildingFurniture")
CONSTRUCTION = "BuildingConstructiveElement"
# One building takes kilobytes, a document on one line what a tile takes
_LINE_MAX = 1 << 29
# What a damaged stream raises on reading, packed (gzip) or not
_DAMAGED = (OSError, EOFError, UnicodeDecodeError, zlib.error)


@dataclass(frozen=True, kw_only=True)
class CityHeader:
    """What a file says about itself: CityJSON version, title, release, reference date, horizontal system; "" where it is silent.

    ``survey_years`` are the first and last year of the heights where the file sums them up, else empty.
    """

    version: str
    title: str = ""
    release: str = ""
    date: str = ""
    crs: str = ""
    survey_years: tuple[float, ...] = ()

    @property
    def is_3dbag(self) -> bool:
        """Whether 3D BAG is the source, so that its credit is due."""
        return "3dbag" in f"{self.title} {self.release}".lower().replace(" ", "")


@dataclass(frozen=True, kw_only=True, eq=False)
class CityObject:
    """One building: attributes, and its geometries with those of its parts; vertices [m], (n_vertex, 3)."""

    id: str
    attributes: Mapping[str, Any]
    geometries: tuple[Mapping[str, Any], ...]
    vertices: FloatArray


def open_city(path: Path) -> tuple[CityHeader, Iterator[CityObject]]:
    """Return the header of a file and its buildings in the order of the file.

    Raises
    ------
    UnreadableInput
        If the file is no CityJSON 1.0 to 2.0; while iterating, with the number of a broken line.
    """
    stream = _open(path)
    try:
        first = _object(_line(stream, path), path, "line 1")
        second = _next_line(stream, path)
    except _NotOneLine:
        stream.close()
        return _document(path)
    except _DAMAGED as error:
        stream.close()
        raise UnreadableInput(f"{path}: cannot be read past line 1; the file is damaged or no CityJSON") from error
    header = _header(first, path)
    if second or not first.get("CityObjects"):
        return header, _features(stream, second, _Transform(first, path), path)
    stream.close()
    return header, _buildings(_objects(first, path), _Transform(first, path).vertices(first.get("vertices"), path, "vertices"))


class _NotOneLine(Exception):
    """The first line is no whole JSON object: the file is a document over several lines."""


def _open(path: Path) -> IO[str]:
    try:
        if path.suffix == ".gz":
            return gzip.open(path, "rt", encoding="utf-8")
        return path.open(encoding="utf-8")
    except OSError as error:
        raise UnreadableInput(f"{path}: cannot be read; {error.strerror or error}") from error


def _object(line: str, path: Path, where: str) -> dict[str, Any]:
    try:
        found = json.loads(line)
    except RecursionError as error:  # the parser of the standard library stops by itself
        raise UnreadableInput(f"{path}: {where} is nested deeper than any city model; the file is damaged or no CityJSON") from error
    except ValueError as error:
        if where == "line 1" and line.strip():
            raise _NotOneLine from error
        raise UnreadableInput(f"{path}: {where} is no complete JSON; the file is damaged or no CityJSON") from error
    if not isinstance(found, dict):
        raise UnreadableInput(f"{path}: {where} is no JSON object; name a CityJSON or CityJSONSeq file")
    return found


def _line(stream: IO[str], path: Path) -> str:
    line = stream.readline(_LINE_MAX)
    if len(line) >= _LINE_MAX:
        raise UnreadableInput(f"{path}: a line is longer than {_LINE_MAX} characters; give one building a line (CityJSONSeq)")
    return line


def _next_line(stream: IO[str], path: Path) -> str:
    """Return the next line with anything on it; nothing at the end."""
    line = _line(stream, path)
    while line and not line.strip():
        line = _line(stream, path)
    return line


def _document(path: Path) -> tuple[CityHeader, Iterator[CityObject]]:
    with _open(path) as stream:
        try:
            whole = json.load(stream)
        except (ValueError, RecursionError, *_DAMAGED) as error:
            raise UnreadableInput(f"{path}: no complete JSON; the file is damaged or no CityJSON") from error
    if not isinstance(whole, dict):
        raise UnreadableInput(f"{path}: no JSON object; name a CityJSON or CityJSONSeq file")
    header = _header(whole, path)
    vertices = _Transform(whole, path).vertices(whole.get("vertices"), path, "vertices")
    return header, _buildings(_objects(whole, path), vertices)


def _header(data: Mapping[str, Any], path: Path) -> CityHeader:
    kind, version = data.get("type"), str(data.get("version", ""))
    if kind != "CityJSON":
        what = "a feature without its header line; name the whole file" if kind == "CityJSONFeature" else f"type is {kind!r}, not CityJSON"
        raise UnreadableInput(f"{path}: {what}")
    if version not in VERSIONS:
        raise UnreadableInput(f"{path}: CityJSON version {version or 'not stated'}; versions {', '.join(VERSIONS)} are read")
    told = data.get("metadata")
    metadata: Mapping[str, Any] = told if isinstance(told, dict) else {}

    def first(*names: str) -> str:
        return next((clean(str(metadata[name])) for name in names if metadata.get(name)), "")

    return CityHeader(
        version=version,
        title=first("title", "datasetTitle"),
        release=first("version", "citymodelIdentifier", "identifier"),
        date=first("referenceDate", "datasetReferenceDate"),
        crs=first("referenceSystem").rstrip("/").replace(":", "/").rsplit("/", 1)[-1],
    )


class _Transform:
    """From whole numbers to metres."""

    def __init__(self, data: Mapping[str, Any], path: Path) -> None:
        told = data.get("transform")
        if told is None and data.get("version") != "1.0":
            raise UnreadableInput(f"{path}: transform is missing; without it the coordinates mean nothing")
        try:
            self.scale = np.asarray((told or {}).get("scale", (1.0, 1.0, 1.0)), dtype=np.float64).reshape(3)
            self.move = np.asarray((told or {}).get("translate", (0.0, 0.0, 0.0)), dtype=np.float64).reshape(3)
        except (TypeError, ValueError, AttributeError) as error:
            raise UnreadableInput(f"{path}: transform must have scale and translate of three numbers") from error

    def vertices(self, told: Any, path: Path, where: str) -> FloatArray:
        """Return vertices in metres (n, 3)."""
        try:
            return np.asarray(told or [], dtype=np.float64).reshape(-1, 3) * self.scale + self.move
        except (TypeError, ValueError) as error:
            raise UnreadableInput(f"{path}: {where} must be lists of three numbers") from error


def _objects(data: Mapping[str, Any], path: Path) -> Mapping[str, Any]:
    found = data.get("CityObjects")
    if not isinstance(found, dict):
        raise UnreadableInput(f"{path}: CityObjects is missing or no object")
    return found


def _features(stream: IO[str], second: str, transform: _Transform, path: Path) -> Iterator[CityObject]:
    with stream:
        line, number = second, 2
        while line:
            where = f"feature {number - 1}"
            feature = _object(line, path, where)
            if feature.get("type") == "CityJSONFeature":
                vertices = transform.vertices(feature.get("vertices"), path, f"vertices of {where}")
                yield from _buildings(_objects(feature, path), vertices)
            try:
                line, number = _next_line(stream, path), number + 1
            except _DAMAGED as error:
                raise UnreadableInput(f"{path}: cannot be read past feature {number - 1}; the file is damaged") from error


def is_building(kind: str, parents: Any) -> bool:
    """Return whether an object is a building of its own: the type itself, or one that an extension made of it."""
    inside = any(name in kind for name in INSIDE) or CONSTRUCTION in kind
    return "Building" in kind and not inside and not parents


def _buildings(objects: Mapping[str, Any], vertices: FloatArray) -> Iterator[CityObject]:
    for key, item in objects.items():
        if not isinstance(item, dict) or not is_building(str(item.get("type", "")), item.get("parents")):
            continue
        members, seen = [item], {key}
        for member in members:  # grows while it is walked: parts of parts
            for child in _list_of(member, "children"):
                if isinstance(child, str) and child not in seen and isinstance(objects.get(child), dict):
                    seen.add(child)
                    members.append(objects[child])
        attributes: dict[str, Any] = {}
        for member in reversed(members):
            told = member.get("attributes")
            attributes.update({k: v for k, v in told.items() if v is not None} if isinstance(told, dict) else {})
        geometries = tuple(g for member in members for g in _list_of(member, "geometry") if isinstance(g, dict))
        yield CityObject(id=str(key), attributes=attributes, geometries=geometries, vertices=vertices)


def _list_of(item: Mapping[str, Any], name: str) -> list[Any]:
    """Return a list that an object may have; what is no list is none."""
    told = item.get(name)
    return told if isinstance(told, list) else []
