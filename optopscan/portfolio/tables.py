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

ROWS = 32_768
"""Rows of a block: columns of it stay in the cache of the processor."""
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
        present = set(parquet.read_schema(path).names)
        words = sorted(present & set(values.city_attributes["status"].names))
        file = parquet.ParquetFile(path, read_dictionary=words, pre_buffer=False)  # its buffer is not given back before the end
    except (OSError, pa.ArrowException) as error:
        raise UnreadableInput(f"{path}: cannot be read as Parquet") from error
    found = {row.field: name for row in values.city_attributes.values() if (name := next((n for n in row.names if n in present), None))}
    if not {"year", "flat_m2"} & set(found):
        raise UnreadableInput(f"{path}: no column of a screening; names are those of 3D BAG, as oorspronkelijkbouwjaar, b3_opp_dak_plat")
    is_3dbag = any(name.startswith("b3_") for name in present)
    wanted = {
        field: name
        for field, name in found.items()
        if field in _NUMBERS or field in ("status", "greenhouse") or (names and field == "identity")
    }
    years = _bounds(file, found.get("survey_year", ""))
    return CityHeader(version="", title="3DBAG" if is_3dbag else "", survey_years=years), _blocks(file, wanted)


_NUMBERS = (
    *("year", "ground_nap_m", "roof_p50_nap_m", "roof_p70_nap_m", "measured_height_m", "flat_m2", "slanted_m2", "footprint_m2"),
    "stated_storeys",
)


def _bounds(file: Any, name: str) -> tuple[float, ...]:
    """Return least and most of a column as the file itself sums them up, nothing where it does not."""
    at = next((k for k in range(file.metadata.num_columns) if file.schema.column(k).path == name), None)
    if at is None:
        return ()
    told = [file.metadata.row_group(k).column(at).statistics for k in range(file.metadata.num_row_groups)]
    if any(one is None or not one.has_min_max for one in told):
        return ()
    return (float(min(one.min for one in told)), float(max(one.max for one in told))) if told else ()


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
    ids = np.broadcast_to(np.array([""], dtype=object), n)
    if "identity" in wanted:
        ids = np.array([identity(one) for one in batch.column(wanted["identity"]).to_pylist()], dtype=object)
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
        survey_year=nothing,
        x_m=nothing,
        y_m=nothing,
        neighbour_m=nothing,
    )


def _numbers(column: Any) -> FloatArray:
    """Return a column as numbers; null is nan.

    By way of DLPack and not ``to_numpy``, which loads pandas and takes ten times as long where there are nulls.
    """
    import pyarrow as pa

    plain = column if pa.types.is_float64(column.type) else column.cast(pa.float64())
    return np.asarray(np.from_dlpack(plain.fill_null(np.nan) if plain.null_count else plain), dtype=np.float64)


def _matches(column: Any, known: tuple[str, ...]) -> FloatArray:
    """Return 1 where a text is one of these, 0 where not, nan where null; texts are compared once per different one."""
    import pyarrow as pa

    coded = column if pa.types.is_dictionary(column.type) else column.dictionary_encode()
    words = np.array([float(one in known) for one in coded.dictionary.to_pylist()] + [np.nan])
    at = np.from_dlpack(coded.indices.fill_null(len(words) - 1))
    return np.asarray(words[at], dtype=np.float64)
