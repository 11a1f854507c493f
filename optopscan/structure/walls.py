"""Cut a wall into piers and lintels, storey by storey.

Terminology. *Strip*: a piece of the wall face between two positions along its
axis over which the outline does not change. A strip that is solid from bottom to
top is part of a *pier*; a strip with a hole in it is a *lintel* (the masonry above
and below the hole counts with it, and both rest on the piers beside it).
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from optopscan.geometry import plane

GAP_M = 0.15  # a lower hole (recess, chase) does not interrupt a pier
SLIVER_M = 0.10  # narrower strips join their neighbour


@dataclass(frozen=True, kw_only=True)
class WallPiece:
    """A pier or lintel of one wall between two cuts, in wall coordinates (s along, z up) [m]."""

    kind: Literal["pier", "lintel"]
    s0_m: float
    s1_m: float
    z0_m: float
    z1_m: float
    face_area_m2: float


def cut_wall(face: BaseGeometry, cuts_m: Sequence[float], shortest_m: float = 0.0) -> list[WallPiece]:
    """Return the pieces of a wall face, bottom up and from left to right.

    Parameters
    ----------
    face
        Solid face of the wall in (s, z) [m]; holes and notches are openings.
    cuts_m
        Heights where floors that rest in the wall end [m]; the wall is cut there.
    shortest_m
        A pier shorter than this carries nothing (EN 1996-1-1 8.1.3: at least 0.04 m2) and
        counts with the lintel beside it, unless the wall has nothing longer.

    Returns
    -------
    list of WallPiece
        Their face areas sum to the area of ``face``.
    """
    _, z_low, _, z_high = face.bounds
    levels = [z_low, *sorted(z for z in cuts_m if z_low + 0.05 < z < z_high - 0.05), z_high]
    pieces: list[WallPiece] = []
    for low, high in itertools.pairwise(levels):
        band = plane.intersection(face, shapely.box(face.bounds[0] - 1, low, face.bounds[2] + 1, high))
        if not band.is_empty and band.area > 1e-6:
            pieces.extend(_cut_band(band, shortest_m))
    return pieces


def _cut_band(band: BaseGeometry, shortest_m: float) -> list[WallPiece]:
    stations = _stations(band)
    middles = 0.5 * (stations[:-1] + stations[1:])
    kinds = [_kind(band, s) for s in middles]
    runs: list[list[float | str]] = []
    for s0, s1, kind in zip(stations[:-1], stations[1:], kinds, strict=True):
        if kind == "void":
            continue
        if runs and runs[-1][2] == kind and abs(float(runs[-1][1]) - s0) < 1e-9:
            runs[-1][1] = s1
        else:
            runs.append([s0, s1, kind])
    runs = _stubs_to_lintels(_join_slivers(runs), shortest_m)
    if not any(kind == "pier" for _, _, kind in runs):
        # Nothing is solid over the full height: the piece stands as a whole on what is below.
        runs = [[s0, s1, "pier"] for s0, s1, _ in runs]
    return [piece for s0, s1, kind in runs if (piece := _piece(band, float(s0), float(s1), str(kind)))]


def _stations(band: BaseGeometry) -> np.ndarray:
    s = np.unique(np.round(shapely.get_coordinates(band)[:, 0], 3))
    keep = np.concatenate([[True], np.diff(s) > 0.005])
    return np.asarray(s[keep]) if keep.sum() > 1 else np.asarray(s[[0, -1]])


def _solid(band: BaseGeometry, s: float) -> list[tuple[float, float]]:
    _, low, _, high = band.bounds
    line = plane.intersection(band, shapely.LineString([(s, low - 1.0), (s, high + 1.0)]))
    spans = [(min(z), max(z)) for piece in shapely.get_parts(line) if len(z := [c[1] for c in piece.coords]) > 1 and max(z) - min(z) > 1e-6]
    return sorted(spans)


def _kind(band: BaseGeometry, s: float) -> str:
    spans = _solid(band, s)
    if not spans:
        return "void"
    low = band.bounds[1]
    gaps = [spans[0][0] - low, *(b[0] - a[1] for a, b in itertools.pairwise(spans))]
    return "pier" if max(gaps) <= GAP_M else "lintel"


def _stubs_to_lintels(runs: list[list[float | str]], shortest_m: float) -> list[list[float | str]]:
    """Let piers too short to carry count with a lintel beside them, unless no longer pier is left."""
    piers = [run for run in runs if run[2] == "pier"]
    if not any(float(run[1]) - float(run[0]) >= shortest_m for run in piers):
        return runs
    out = [list(run) for run in runs]
    for k, run in enumerate(out):
        short = run[2] == "pier" and float(run[1]) - float(run[0]) < shortest_m
        beside = [out[j] for j in (k - 1, k + 1) if 0 <= j < len(out) and _touch(out[j], float(run[0]), float(run[1]))]
        if short and any(other[2] == "lintel" for other in beside):
            run[2] = "lintel"
    return _merged(out)


def _merged(runs: list[list[float | str]]) -> list[list[float | str]]:
    merged: list[list[float | str]] = []
    for run in runs:
        if merged and merged[-1][2] == run[2] and abs(float(merged[-1][1]) - float(run[0])) < 1e-9:
            merged[-1][1] = run[1]
        else:
            merged.append(list(run))
    return merged


def _touch(run: list[float | str], s0: float, s1: float) -> bool:
    return abs(float(run[1]) - s0) < 1e-9 or abs(float(run[0]) - s1) < 1e-9


def _join_slivers(runs: list[list[float | str]]) -> list[list[float | str]]:
    """Let strips narrower than a hand join a touching neighbour, widest first."""
    out = [list(run) for run in runs]
    i = 0
    while i < len(out):
        s0, s1, _ = out[i]
        if float(s1) - float(s0) >= SLIVER_M or len(out) == 1:
            i += 1
            continue
        touching = [j for j in (i - 1, i + 1) if 0 <= j < len(out) and _touch(out[j], float(s0), float(s1))]
        if not touching:
            i += 1
            continue
        j = max(touching, key=lambda k: (float(out[k][1]) - float(out[k][0]), -k))
        out[j][0], out[j][1] = min(float(out[j][0]), float(s0)), max(float(out[j][1]), float(s1))
        del out[i]
        i = max(min(i, j) - 1, 0)
    return _merged(out)


def _piece(band: BaseGeometry, s0: float, s1: float, kind: str) -> WallPiece | None:
    part = plane.intersection(band, shapely.box(s0, band.bounds[1] - 1, s1, band.bounds[3] + 1))
    if part.is_empty or part.area < 1e-6:
        return None
    _, low, _, high = part.bounds
    return WallPiece(kind="pier" if kind == "pier" else "lintel", s0_m=s0, s1_m=s1, z0_m=low, z1_m=high, face_area_m2=float(part.area))
