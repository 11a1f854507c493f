"""Array helpers shared by the frozen structure-of-arrays classes."""

from __future__ import annotations

import dataclasses
from typing import Any

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]
BoolArray = npt.NDArray[np.bool_]


def freeze(instance: Any) -> None:
    """Make every array field of a frozen dataclass a read-only array of its own; one that is that already is shared."""
    # there is a mesh for every body, and `dataclasses.fields` takes as long as freezing it
    for name in instance.__dataclass_fields__:
        value = getattr(instance, name)
        if isinstance(value, np.ndarray) and (value.flags.writeable or value.base is not None):
            own = value.copy()
            own.setflags(write=False)
            object.__setattr__(instance, name, own)


def check_lengths(instance: Any, n: int, skip: frozenset[str] = frozenset()) -> None:
    """Raise ValueError when an array or tuple field is not ``n`` long."""
    for spec in dataclasses.fields(instance):
        value = getattr(instance, spec.name)
        if spec.name in skip or not isinstance(value, (np.ndarray, tuple)):
            continue
        if len(value) != n:
            raise ValueError(f"{type(instance).__name__}.{spec.name} has {len(value)} rows, expected {n}")
