"""The form of each type hint in a kept state: how a value of it is written, read back, and named.

A form writes a value as a JSON node and puts arrays and shapes into the store; it reads the node back and refuses what
its hint does not allow. `text` names the type with all that it consists of, for the layout of a version.
"""

from __future__ import annotations

import dataclasses
import math
import types
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal, Protocol, Union, get_args, get_origin, get_type_hints

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp
from shapely.geometry.base import BaseGeometry

_NOT_FINITE = {"nan": math.nan, "inf": math.inf, "-inf": -math.inf}
_NUMBERS = (bool, int, float)
_SPARSE = {"csr": sp.csr_array, "csc": sp.csc_array}


class Writer(Protocol):
    """Where arrays, shapes and texts go."""

    def array(self, value: npt.NDArray[Any], path: str) -> str: ...  # noqa: D102
    def shape(self, value: BaseGeometry) -> int: ...  # noqa: D102
    def word(self, value: str) -> int: ...  # noqa: D102


class Reader(Protocol):
    """Where arrays, shapes and texts come from."""

    def array(self, name: str) -> npt.NDArray[Any]: ...  # noqa: D102
    def shape(self, row: int) -> BaseGeometry: ...  # noqa: D102
    def word(self, row: int) -> str: ...  # noqa: D102


class Form(Protocol):
    """One type: written to a node, read from it, and its name."""

    def write(self, value: Any, path: str, store: Writer) -> Any: ...  # noqa: D102
    def read(self, node: Any, path: str, store: Reader) -> Any: ...  # noqa: D102
    def text(self) -> str: ...  # noqa: D102


def _refuse(value: Any, path: str, wanted: str) -> TypeError:
    return TypeError(f"{path or 'root'}: {type(value).__name__} is not {wanted}")


@dataclass(frozen=True)
class _Scalar:
    kind: type

    def write(self, value: Any, path: str, store: Writer) -> Any:  # noqa: ARG002 - one signature for all forms
        if self.kind is float and isinstance(value, (int, float)) and not isinstance(value, bool):
            number = float(value)
            return number if math.isfinite(number) else repr(number)
        if self.kind is int and isinstance(value, np.integer):
            return int(value)
        if type(value) is not self.kind:
            raise _refuse(value, path, self.kind.__name__)
        return value

    def read(self, node: Any, path: str, store: Reader) -> Any:  # noqa: ARG002
        if self.kind is float and isinstance(node, str):
            return _NOT_FINITE[node]
        if type(node) is not self.kind:
            raise _refuse(node, path, self.kind.__name__)
        return node

    def text(self) -> str:
        return self.kind.__name__


@dataclass(frozen=True)
class _Text:
    """A text; node: its row among the texts, for most are there many times."""

    def write(self, value: Any, path: str, store: Writer) -> Any:
        if not isinstance(value, str):
            raise _refuse(value, path, "str")
        return store.word(value)

    def read(self, node: Any, path: str, store: Reader) -> Any:
        return store.word(_Scalar(int).read(node, path, store))

    def text(self) -> str:
        return "str"


@dataclass(frozen=True)
class _Choice:
    among: tuple[Any, ...]

    def write(self, value: Any, path: str, store: Writer) -> Any:  # noqa: ARG002
        if value not in self.among:
            raise _refuse(value, path, f"one of {self.among}")
        return value

    def read(self, node: Any, path: str, store: Reader) -> Any:  # noqa: ARG002
        if not isinstance(node, str) or node not in self.among:
            raise _refuse(node, path, f"one of {self.among}")
        return node

    def text(self) -> str:
        return f"one of {self.among}"


@dataclass(frozen=True)
class _OrNone:
    inner: Form

    def write(self, value: Any, path: str, store: Writer) -> Any:
        return None if value is None else self.inner.write(value, path, store)

    def read(self, node: Any, path: str, store: Reader) -> Any:
        return None if node is None else self.inner.read(node, path, store)

    def text(self) -> str:
        return f"{self.inner.text()} or none"


@dataclass(frozen=True)
class _Row:
    """A tuple: all of one form, or one form per place."""

    each: Form | None
    places: tuple[Form, ...]

    def _forms(self, items: Any, path: str) -> tuple[Form, ...]:
        forms = self.places if self.each is None else (self.each,) * len(items)
        if len(forms) != len(items):
            raise ValueError(f"{path}: {len(items)} items, expected {len(forms)}")
        return forms

    def write(self, value: Any, path: str, store: Writer) -> Any:
        if not isinstance(value, tuple):
            raise _refuse(value, path, "a tuple")
        return [form.write(item, f"{path}.{k}", store) for k, (form, item) in enumerate(zip(self._forms(value, path), value, strict=True))]

    def read(self, node: Any, path: str, store: Reader) -> Any:
        if not isinstance(node, list):
            raise _refuse(node, path, "a list")
        return tuple(
            form.read(item, f"{path}.{k}", store) for k, (form, item) in enumerate(zip(self._forms(node, path), node, strict=True))
        )

    def text(self) -> str:
        return f"({self.each.text()}, ...)" if self.each is not None else f"({', '.join(form.text() for form in self.places)})"


@dataclass(frozen=True)
class _Words:
    """A frozen set of texts, written in order."""

    def write(self, value: Any, path: str, store: Writer) -> Any:  # noqa: ARG002
        if not isinstance(value, frozenset) or not all(isinstance(item, str) for item in value):
            raise _refuse(value, path, "a frozenset of str")
        return sorted(value)

    def read(self, node: Any, path: str, store: Reader) -> Any:  # noqa: ARG002
        if not isinstance(node, list) or not all(isinstance(item, str) for item in node):
            raise _refuse(node, path, "a list of str")
        return frozenset(node)

    def text(self) -> str:
        return "set of str"


@dataclass(frozen=True)
class _Table:
    """A mapping with text keys, any or those of ``among``, in its own order."""

    among: tuple[str, ...]
    inner: Form

    def _key(self, name: Any, path: str) -> str:
        if not isinstance(name, str) or (self.among and name not in self.among):
            raise _refuse(name, path, f"one of {self.among}" if self.among else "a text key")
        return name

    def write(self, value: Any, path: str, store: Writer) -> Any:
        if not isinstance(value, Mapping):
            raise _refuse(value, path, "a mapping")
        return {self._key(name, path): self.inner.write(item, f"{path}.{name}", store) for name, item in value.items()}

    def read(self, node: Any, path: str, store: Reader) -> Any:
        if not isinstance(node, dict):
            raise _refuse(node, path, "an object")
        return {self._key(name, path): self.inner.read(item, f"{path}.{name}", store) for name, item in node.items()}

    def text(self) -> str:
        return f"{{{self.among or 'str'}: {self.inner.text()}}}"


@dataclass(frozen=True)
class _Array:
    """An array of one number type; node: the name it is stored under."""

    dtype: np.dtype[Any]

    def write(self, value: Any, path: str, store: Writer) -> Any:
        if not isinstance(value, np.ndarray) or value.dtype != self.dtype:
            raise _refuse(value, path, f"an array of {self.dtype}")
        return store.array(value, path)

    def read(self, node: Any, path: str, store: Reader) -> Any:
        found = store.array(node)
        if found.dtype.kind != self.dtype.kind:
            raise TypeError(f"{path}: array of {found.dtype} is not one of {self.dtype}")
        return found.astype(self.dtype)

    def text(self) -> str:
        return f"array {self.dtype.name}"


@dataclass(frozen=True)
class _Sparse:
    """A compressed sparse matrix, entries in their own order; node: its three arrays and shape."""

    name: str

    def write(self, value: Any, path: str, store: Writer) -> Any:
        if not isinstance(value, _SPARSE[self.name]) or value.dtype != np.float64:
            raise _refuse(value, path, f"a {self.name} matrix of floats")
        node = {key: store.array(getattr(value, key), f"{path}.{key}") for key in ("data", "indices", "indptr")}
        return {**node, "shape": [int(size) for size in value.shape]}

    def read(self, node: Any, path: str, store: Reader) -> Any:
        rows, columns = (_Scalar(int).read(size, path, store) for size in node["shape"])
        data, indices, indptr = (store.array(node[key]) for key in ("data", "indices", "indptr"))
        if data.dtype != np.float64 or indices.dtype.kind != "i" or indptr.dtype.kind != "i":
            raise TypeError(f"{path}: not the arrays of a sparse matrix")
        matrix = _SPARSE[self.name]((data.copy(), indices.astype(np.int32), indptr.astype(np.int32)), shape=(rows, columns))
        matrix.check_format(full_check=True)
        return matrix

    def text(self) -> str:
        return f"sparse {self.name}"


@dataclass(frozen=True)
class _Shape:
    """A shapely geometry; node: its row among the shapes."""

    kind: type[BaseGeometry]

    def write(self, value: Any, path: str, store: Writer) -> Any:
        if not isinstance(value, self.kind):
            raise _refuse(value, path, self.kind.__name__)
        return store.shape(value)

    def read(self, node: Any, path: str, store: Reader) -> Any:
        shape = store.shape(_Scalar(int).read(node, path, store))
        if not isinstance(shape, self.kind):
            raise _refuse(shape, path, self.kind.__name__)
        return shape

    def text(self) -> str:
        return self.kind.__name__


@dataclass(frozen=True)
class _Record:
    kind: type
    fields: tuple[tuple[str, Form], ...]

    def write(self, value: Any, path: str, store: Writer) -> Any:
        if type(value) is not self.kind:
            raise _refuse(value, path, self.kind.__name__)
        return {name: form.write(getattr(value, name), f"{path}.{name}".removeprefix("."), store) for name, form in self.fields}

    def read(self, node: Any, path: str, store: Reader) -> Any:
        if not isinstance(node, dict) or set(node) != {name for name, _ in self.fields}:
            raise ValueError(f"{path or 'root'}: not the fields of {self.kind.__name__}")
        return self.kind(**{name: form.read(node[name], f"{path}.{name}".removeprefix("."), store) for name, form in self.fields})

    def text(self) -> str:
        return f"{self.kind.__name__}{{{', '.join(f'{name}: {form.text()}' for name, form in self.fields)}}}"


@cache
def form_of(hint: Any) -> Form:
    """Return the form of a type hint.

    Raises
    ------
    TypeError
        If values of that type cannot be kept.
    """
    origin, arguments = get_origin(hint), get_args(hint)
    if hint in _NUMBERS:
        return _Scalar(hint)
    if hint is str:
        return _Text()
    if origin is Literal and all(isinstance(item, str) for item in arguments):
        return _Choice(arguments)
    if origin in (Union, types.UnionType) and len(arguments) == 2 and type(None) in arguments:
        return _OrNone(form_of(next(item for item in arguments if item is not type(None))))
    if origin is tuple:
        same = len(arguments) == 2 and arguments[1] is Ellipsis
        return _Row(form_of(arguments[0]), ()) if same else _Row(None, tuple(form_of(item) for item in arguments))
    if origin is frozenset and arguments == (str,):
        return _Words()
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return _Table(() if arguments[0] is str else get_args(arguments[0]), form_of(arguments[1]))
    if origin is np.ndarray:
        return _Array(np.dtype(get_args(arguments[1])[0]))
    return _form_of_class(hint)


def _form_of_class(hint: Any) -> Form:
    for name, kind in _SPARSE.items():
        if hint is kind:
            return _Sparse(name)
    if isinstance(hint, type) and issubclass(hint, BaseGeometry):
        return _Shape(hint)
    if isinstance(hint, type) and dataclasses.is_dataclass(hint) and hint.__dataclass_params__.frozen:  # type: ignore[attr-defined]
        hints = get_type_hints(hint)
        return _Record(hint, tuple((spec.name, form_of(hints[spec.name])) for spec in dataclasses.fields(hint)))
    raise TypeError(f"{hint}: no form for values of this type")
