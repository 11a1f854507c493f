"""A screening as GeoPackage or GeoParquet (extra ``gis``): a layer of places, and on request one of buildings."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import shapely

from optopscan.errors import MissingExtra, UsageError
from optopscan.portfolio.csv_views import stamp
from optopscan.portfolio.funnel import WORDS

PLANE = {"7415": "EPSG:28992", "28992": "EPSG:28992"}
FORMATS = {"gpkg": ".gpkg", "geoparquet": ".parquet"}
FIXED_DATE = "2000-01-01T00:00:00.000Z"
"""GeoPackage wants a date of change; the same input gives the same bytes, so it is always this one."""


def check_libraries(form: str) -> None:
    """Raise before the work starts when a library of the format is missing.

    Raises
    ------
    MissingExtra
        With the command that installs it.
    """
    try:
        import geopandas  # noqa: F401
        import pyogrio  # noqa: F401

        if form == "geoparquet":
            import pyarrow  # noqa: F401
    except ImportError as error:
        raise MissingExtra(f"--format {form} needs {error.name}; pip install 'optopscan[gis]'") from error


def places_layer(record: dict[str, Any]) -> list[dict[str, Any]]:
    """Return a row per place that has a shape."""
    credit = stamp(record)
    return [
        {
            "gebied": row["name"],
            "gebouwen": row["buildings"],
            **{word: row["words"][word] for word in WORDS},
            "plat_dak_m2": row["hopeful_flat_m2"],
            "woningen_van": row["dwellings"]["lo"],
            "woningen_tot": row["dwellings"]["hi"],
            "kans_1_laag": row["p_at_least_1"],
            "vaakst": row["reason"],
            "status": credit[0],
            "bron": credit[1],
            "peildatum": credit[2],
            "geometry": shapely.geometry.shape(row["shape"]),
        }
        for row in record["places"]
        if row["shape"]
    ]


def written(rows: Sequence[dict[str, Any]], layer: str, form: str, crs: Sequence[str]) -> bytes:
    """Return a layer as the bytes of a file.

    Parameters
    ----------
    rows
        Rows with a ``geometry``, not empty.
    layer
        Name of the layer.
    form
        A key of `FORMATS`.
    crs
        Reference systems that the sources state.

    Raises
    ------
    UsageError
        If there is no room for temporary files.
    """
    import geopandas
    import pyogrio

    plane = PLANE.get(crs[0], f"EPSG:{crs[0]}") if len(crs) == 1 and crs[0].isdigit() else None
    frame = geopandas.GeoDataFrame(list(rows), geometry="geometry", crs=plane)
    try:
        with tempfile.TemporaryDirectory(prefix="optopscan-", ignore_cleanup_errors=True) as folder:
            path = Path(folder) / f"{layer}{FORMATS[form]}"
            if form == "gpkg":
                pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": FIXED_DATE})
                pyogrio.write_dataframe(frame, path, layer=layer, driver="GPKG", promote_to_multi=True)
            else:
                frame.to_parquet(path, index=False)
            return path.read_bytes()
    except (OSError, pyogrio.errors.DataSourceError, pyogrio.errors.FeatureError) as error:
        what = " ".join(str(error).split())
        raise UsageError(f"temporary files cannot be written ({what}); make room, or name another folder in TMPDIR") from error
