"""Large arrays beside the record: named, hashed, and written with the same bytes every time."""

from __future__ import annotations

import hashlib
import io
import math
import zipfile
from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

FILE_NAME = "record.npz"
Arrays = dict[str, npt.NDArray[Any]]

# The zip format cannot hold an earlier date; a fixed one keeps the clock out of the bytes.
_ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)
_DECIMALS = 12


def npz_bytes(arrays: Mapping[str, npt.NDArray[Any]]) -> bytes:
    """Return an ``.npz`` with the arrays in name order, stored uncompressed.

    Uncompressed, because two builds of zlib may press the same data into other bytes.
    """
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", compression=zipfile.ZIP_STORED) as archive:
        for name in sorted(arrays):
            entry = zipfile.ZipInfo(f"{name}.npy", date_time=_ZIP_EPOCH)
            entry.create_system = 3
            entry.external_attr = 0o644 << 16
            body = io.BytesIO()
            np.save(body, arrays[name], allow_pickle=False)
            archive.writestr(entry, body.getvalue())
    return buffer.getvalue()


def arrays_of(content: bytes) -> Arrays:
    """Return the arrays of an ``.npz`` as `npz_bytes` writes it; memory stays within that of the file.

    Raises
    ------
    ValueError, OSError, zipfile.BadZipFile
        If it is damaged, packed (a small file may unpack into a huge one), or an array claims more than the file holds.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if sum(entry.file_size for entry in archive.infolist()) > len(content):
            raise zipfile.BadZipFile(f"{FILE_NAME} holds more than its size")
        damaged = archive.testzip()
        if damaged is not None:
            raise zipfile.BadZipFile(f"{damaged} in {FILE_NAME} is damaged")
        return {entry.filename.removesuffix(".npy"): _array(archive.read(entry)) for entry in archive.infolist()}


def _array(body: bytes) -> npt.NDArray[Any]:
    stream = io.BytesIO(body)
    readers = {(1, 0): np.lib.format.read_array_header_1_0, (2, 0): np.lib.format.read_array_header_2_0}
    version = np.lib.format.read_magic(stream)
    if version not in readers:
        raise ValueError(f"array of format {version}")
    shape, _, dtype = readers[version](stream)
    if dtype.hasobject or math.prod(shape) * dtype.itemsize != len(body) - stream.tell():
        raise ValueError(f"array of shape {shape} in {len(body)} bytes")
    stream.seek(0)
    return np.lib.format.read_array(stream, allow_pickle=False)


def sha256_of(array: npt.NDArray[Any]) -> str:
    """Return the sha256 of an array's dtype, shape and values in C order."""
    digest = hashlib.sha256(f"{array.dtype.str} {array.shape}\n".encode())
    digest.update(np.ascontiguousarray(array).tobytes())
    return digest.hexdigest()


def describe(arrays: Mapping[str, npt.NDArray[Any]]) -> list[dict[str, Any]]:
    """Return name, shape, dtype and sha256 of each array, in name order."""
    return [
        {"name": name, "shape": list(arrays[name].shape), "dtype": arrays[name].dtype.str, "sha256": sha256_of(arrays[name])}
        for name in sorted(arrays)
    ]


def steady(values: npt.ArrayLike) -> npt.NDArray[np.float64]:
    """Return little-endian floats rounded to 12 decimals, so that the last bits of a machine do not show."""
    return np.round(np.asarray(values, dtype="<f8"), _DECIMALS) + 0.0


def pack_sparse(name: str, matrix: Any) -> Arrays:
    """Return a matrix as four arrays ``name.data``, ``.indices``, ``.indptr``, ``.shape`` (CSR, sorted, no zeros)."""
    rows = sp.csr_array(matrix, copy=True)
    rows.data = steady(rows.data)
    rows.eliminate_zeros()
    rows.sort_indices()
    return {
        f"{name}.data": rows.data,
        f"{name}.indices": rows.indices.astype("<i4"),
        f"{name}.indptr": rows.indptr.astype("<i8"),
        f"{name}.shape": np.asarray(rows.shape, dtype="<i8"),
    }


def unpack_sparse(name: str, arrays: Mapping[str, npt.NDArray[Any]]) -> sp.csr_array:
    """Return the matrix that `pack_sparse` took apart."""
    triple = (arrays[f"{name}.data"], arrays[f"{name}.indices"], arrays[f"{name}.indptr"])
    return sp.csr_array(triple, shape=tuple(int(size) for size in arrays[f"{name}.shape"]))
