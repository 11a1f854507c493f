"""A small wing to place on: two storeys of cross walls under a flat roof, with a stair in a narrow bay and something on the roof."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from optopscan.ifc.author import Author, Incline, Storey, box, rectangle

CONCEPT = "fictief.hsb-2d"
LINES_M = (0.0, 5.4, 10.8, 16.2, 18.9)
"""Bearing walls, on lines across the wing; the stair is in the last bay, which is narrow."""
DEPTH_M, CLEAR_M, FLOOR_M, WALL_M, LEVELS = 11.0, 2.6, 0.2, 0.214, 2
RISE_M = CLEAR_M + FLOOR_M
ROOF_Z_M = LEVELS * RISE_M
STONE, CONCRETE = "kalkzandsteen CS20", "beton C20/25"
STAIR = (16.6, 6.5, 18.6, 10.8)
AIRCO = (0.5, 3.0, 2.0, 5.0)
CHIMNEY = (17.6, 1.0, 18.2, 1.6)


def write(path: Path) -> Path:
    """Write the wing: an air handling unit (a proxy) and a chimney stand on the roof."""
    author = Author("vleugel")
    storeys = [author.storey(f"0{k}", k * RISE_M) for k in range(LEVELS + 1)]
    for k in range(LEVELS):
        _level(author, storeys, k)
    author.proxy(storeys[LEVELS], "airco", [box(*AIRCO, z0_m=ROOF_Z_M, z1_m=ROOF_Z_M + 1.2)])
    author.solids(storeys[LEVELS], "IfcChimney", "schoorsteen", [box(*CHIMNEY, z0_m=ROOF_Z_M, z1_m=ROOF_Z_M + 1.0)], material="baksteen")
    author.write(path)
    return path


def _level(author: Author, storeys: Sequence[Storey], k: int) -> None:
    foot_m, where = k * RISE_M, storeys[k]
    for line, x_m in enumerate(LINES_M):
        author.wall(
            where, f"wand {line}-{k}", (x_m, 0.0), (x_m, DEPTH_M), z0_m=foot_m, height_m=CLEAR_M, thickness_m=WALL_M, material=STONE
        )  # fmt: skip
        if k == 0:
            author.strip_footing(
                where, f"strook {line}", (x_m, 0.0), (x_m, DEPTH_M), z_top_m=0.0, width_m=0.8, height_m=0.4, material=CONCRETE
            )
    flight = Incline(start=(17.5, 6.8), end=(17.5, 10.5), z0_m=foot_m, z1_m=foot_m + RISE_M, width_m=1.1, depth_m=0.25)
    author.stair_flight(where, f"trap {k}", [flight], material=CONCRETE)
    plan, top_m = rectangle(LINES_M[0] - 0.1, 0.0, LINES_M[-1] + 0.1, DEPTH_M), foot_m + RISE_M
    if k == LEVELS - 1:
        author.roof_slab(storeys[k + 1], "dak", plan, z_top_m=top_m, thickness_m=FLOOR_M, material=CONCRETE)
    else:
        author.slab(storeys[k + 1], "vloer", plan, z_top_m=top_m, thickness_m=FLOOR_M, material=CONCRETE, voids=[rectangle(*STAIR)])
