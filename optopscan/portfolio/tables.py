"""Buildings from a table of attributes without geometry (Parquet), a block at a time: the way to a whole country."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from optopscan.catalog.engineering import Engineering
from optopscan.errors import MissingExtra, UnreadableInput
from optopscan.model.arrays import FloatArray
from optopscan.portfolio.attributes import identity
from optopscan.portfolio.block import IN_USE, Block
from optopscan.portfolio.cityjson import CityHeader

ROWS = 65_536
"""Rows of a block."""
SUFFIX = ".parquet"


def open_table(path: Path, values: Engineering, *, names: bool = True) -> tuple[CityHeader, Iterator[Block]]:
    """Return what a table says about itself, and its blocks in the order of the file.

    Parameters
    ----------
    path
        Parquet file; columns are called as in ``city_attributes.toml``.
    values
        Engineering values.
    names
        Whether to read the identity of every row; without it rows are nameless, which a count does not miss.

    Raises
    ------
    MissingExtra
        If pyarrow is not installed.
    UnreadableInput
        If the file is no Parquet, or has no column that a screening knows.
    """
    try:
        import pyarrow as pa
        from pyarrow import parquet
    except ImportError as error:
        raise MissingExtra(f"{path}: Parquet needs pyarrow; pip install 'optopscan[gis]'") from error
    try:
        file = parquet.ParquetFile(path)
    except (OSError, pa.ArrowException) as error:
        raise UnreadableInput(f"{path}: cannot be read as Parquet") from error
    present = set(file.schema_arrow.names)
    found = {row.field: name for row in values.city_attributes.values() if (name := next((n for n in row.names if n in present), None))}
    if not {"year", "flat_m2"} & set(found):
        raise UnreadableInput(f"{path}: no column of a screening; names are those of 3D BAG, as oorspronkelijkbouwjaar, b3_opp_dak_plat")
    is_3dbag = any(name.startswith("b3_") for name in present)
    wanted = {
        field: name
        for field, name in found.items()
        if field in _NUMBERS or field in ("status", "greenhouse") or (names and field == "identity")
    }
    return CityHeader(version="", title="3DBAG" if is_3dbag else ""), _blocks(file, wanted)


_NUMBERS = (
    *("year", "ground_nap_m", "roof_p50_nap_m", "roof_p70_nap_m", "measured_height_m", "flat_m2", "slanted_m2", "footprint_m2"),
    *("stated_storeys", "survey_year"),
)


def _blocks(file: Any, wanted: dict[str, str]) -> Iterator[Block]:
    for batch in file.iter_batches(batch_size=ROWS, columns=sorted(set(wanted.values())), use_threads=False):
        yield _block(batch, wanted)


def _block(batch: Any, wanted: dict[str, str]) -> Block:
    n = batch.num_rows
    columns = {field: _numbers(batch.column(wanted[field])) if field in wanted else np.full(n, np.nan) for field in _NUMBERS}
    flat, slanted = columns["flat_m2"], columns["slanted_m2"]
    with np.errstate(invalid="ignore", divide="ignore"):
        share = flat / (flat + slanted)
    above = np.where(np.isnan(columns["roof_p50_nap_m"]), columns["roof_p70_nap_m"], columns["roof_p50_nap_m"]) - columns["ground_nap_m"]
    nothing = np.full(n, np.nan)
    ids = np.empty(n, dtype=object)
    if "identity" in wanted:
        ids[:] = [identity(one) for one in batch.column(wanted["identity"]).to_pylist()]
    return Block(
        id=ids,
        year=columns["year"],
        in_use=_matches(batch.column(wanted["status"]), IN_USE) if "status" in wanted else nothing,
        greenhouse=_numbers(batch.column(wanted["greenhouse"])) if "greenhouse" in wanted else nothing,
        height_m=np.where(np.isnan(above), columns["measured_height_m"], above),
        stated_storeys=columns["stated_storeys"],
        footprint_m2=columns["footprint_m2"],
        flat_m2=flat,
        largest_flat_m2=flat,
        flat_share=share,
        survey_year=columns["survey_year"],
        x_m=nothing,
        y_m=nothing,
        neighbour_m=nothing,
    )


def _numbers(column: Any) -> FloatArray:
    """Return a column as numbers; null is nan."""
    import pyarrow as pa

    if column.null_count == 0 and pa.types.is_floating(column.type):
        return np.asarray(column.to_numpy(zero_copy_only=False), dtype=np.float64)
    return np.asarray(column.cast(pa.float64()).to_numpy(zero_copy_only=False), dtype=np.float64)


def _matches(column: Any, known: tuple[str, ...]) -> FloatArray:
    """Return 1 where a text is one of these, 0 where not, nan where null."""
    import pyarrow as pa
    from pyarrow import compute

    return _numbers(compute.is_in(column, value_set=pa.array(known)).cast(pa.int8())) + np.where(_null(column), np.nan, 0.0)


def _null(column: Any) -> Any:
    return column.is_null().to_numpy(zero_copy_only=False)
