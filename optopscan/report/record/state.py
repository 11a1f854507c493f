"""Frozen records as flat named arrays, and back bit for bit.

Type hints drive both ways: nothing in a file names a class or a function, so only the classes that the hints of the
asked class reach can ever be made. Numbers in arrays stay as they are (whole numbers in the narrowest type that holds
them), equal arrays are stored once, shapes are WKB in one byte array, and all else is one JSON text in the
array ``tree``.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt
import shapely
from shapely.errors import ShapelyError
from shapely.geometry.base import BaseGeometry

from optopscan.report.record import state_forms as forms
from optopscan.report.record.arrays import Arrays

TREE = "tree"
SHAPES = "shapes"
SHAPE_ENDS = "shape_ends"
T = TypeVar("T")


class StateError(ValueError):
    """The arrays do not hold the record asked for; one line."""


def pack(value: Any, kind: type, prefix: str) -> Arrays:
    """Return a frozen record as arrays; every name begins with ``prefix``.

    Raises
    ------
    TypeError
        If a hint is of a type that has no form here, or a value is not what its hint says: a fault of the program.
    """
    store = _Writer()
    tree = forms.form_of(kind).write(value, "", store)
    text = json.dumps({"words": list(store.words), "state": tree}, allow_nan=False, separators=(",", ":"))
    ends = np.cumsum([0, *(len(shape) for shape in store.shapes)])
    own = {
        TREE: np.frombuffer(text.encode("ascii"), dtype=np.uint8),
        SHAPES: np.frombuffer(b"".join(store.shapes), dtype=np.uint8),
        SHAPE_ENDS: ends.astype("<i8"),
    }
    return {f"{prefix}{name}": array for name, array in (store.arrays | own).items()}


def unpack(kind: type[T], arrays: Mapping[str, npt.NDArray[Any]], prefix: str) -> T:
    """Return the record that `pack` took apart.

    Raises
    ------
    StateError
        If an array is missing or anything is not of the type that its hint says.
    """
    hint: Any = kind
    try:
        tree = json.loads(arrays[f"{prefix}{TREE}"].tobytes())
        ends = arrays[f"{prefix}{SHAPE_ENDS}"].tolist()
        content = arrays[f"{prefix}{SHAPES}"].tobytes()
        shapes = tuple(shapely.from_wkb(content[low:high]) for low, high in pairwise(ends))
        words = tuple(word for word in tree["words"] if isinstance(word, str))
        own = {name.removeprefix(prefix): array for name, array in arrays.items() if name.startswith(prefix)}
        value: T = forms.form_of(hint).read(tree["state"], "", _Reader(arrays=own, shapes=shapes, words=words))
    except (KeyError, IndexError, TypeError, ValueError, OverflowError, RecursionError, ShapelyError) as error:
        raise StateError(" ".join(f"{type(error).__name__} {error}".split())[:200]) from error
    return value


def layout(kind: type) -> str:
    """Return the sha256 of all classes, fields and types that the record consists of."""
    return hashlib.sha256(forms.form_of(kind).text().encode()).hexdigest()


@dataclass
class _Writer:
    """Collects arrays, shapes and texts, each content once."""

    arrays: Arrays = field(default_factory=dict)
    shapes: dict[bytes, int] = field(default_factory=dict)
    words: dict[str, int] = field(default_factory=dict)
    _names: dict[tuple[str, tuple[int, ...], bytes], str] = field(default_factory=dict)

    def array(self, value: npt.NDArray[Any], path: str) -> str:
        """Keep an array; return the name under which it is found."""
        kept = narrow(value)
        name = self._names.setdefault((kept.dtype.str, kept.shape, kept.tobytes()), path)
        if name == path:
            self.arrays[name] = kept
        return name

    def shape(self, value: BaseGeometry) -> int:
        """Keep a shape; return its row."""
        return self.shapes.setdefault(shapely.to_wkb(value, byte_order=1, include_srid=False), len(self.shapes))

    def word(self, value: str) -> int:
        """Keep a text; return its row."""
        return self.words.setdefault(value, len(self.words))


@dataclass(frozen=True)
class _Reader:
    arrays: Mapping[str, npt.NDArray[Any]]
    shapes: tuple[BaseGeometry, ...]
    words: tuple[str, ...]

    def array(self, name: str) -> npt.NDArray[Any]:
        return self.arrays[name]

    def shape(self, row: int) -> BaseGeometry:
        return self.shapes[_inside(row, len(self.shapes))]

    def word(self, row: int) -> str:
        return self.words[_inside(row, len(self.words))]


def _inside(row: int, count: int) -> int:
    if not 0 <= row < count:
        raise IndexError(f"row {row} of {count}")
    return row


def narrow(array: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """Return whole numbers in the narrowest signed type that holds them, floats little-endian, truth values as they are."""
    if array.dtype.kind == "f":
        return np.ascontiguousarray(array, dtype="<f8")
    if array.dtype.kind != "i":
        return np.ascontiguousarray(array)
    low, high = (int(array.min()), int(array.max())) if array.size else (0, 0)
    fits = next(size for size in ("<i1", "<i2", "<i4", "<i8") if np.iinfo(size).min <= low and high <= np.iinfo(size).max)
    return np.ascontiguousarray(array.astype(fits))
