"""The building as a drawing without scripts: a parallel projection of its largest bodies, painted from back to front."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from optopscan.report.bodies import Bodies, element_bodies, variant_bodies
from optopscan.report.page.scene import element_states, shown_variants
from optopscan.report.record.arrays import Arrays

Record = Mapping[str, Any]
Floats = npt.NDArray[np.float64]

MOST_FACES = 9000
LOW_UC = 0.8
COLOURS = {
    "low": "#4c9a52",
    "high": "#b5a100",
    "unknown": "#e07b00",
    "over": "#d00000",
    "no": "#b9bec6",
    "module": "#6f9fd8",
    "transfer": "#7a5ba6",
}
_AZIMUTH_DEG, _TILT_DEG = -38.0, 28.0
_SHADES = (1.0, 0.86, 0.72)
_WIDTH_PX = 900.0


def svg(record: Record, arrays: Arrays, alt: str) -> str:
    """Return the drawing as SVG text; empty where the record has no shapes."""
    _, after = element_states(record)
    bodies: list[tuple[Bodies, list[str]]] = [
        (element_bodies(record, arrays), [_colour(after.get(row["id"])) for row in record["elements"]])
    ]
    for variant in shown_variants(record)[:1]:
        made = variant_bodies(record, variant)
        bodies.append((made.modules, [COLOURS["module"]] * len(variant["placed"])))
        bodies.append((made.transfer, [COLOURS["transfer"]] * (len(variant["placed"]) + len(variant["walkways"]))))
    corners, normal, colour = _faces(bodies)
    if not len(corners):
        return ""
    across, up, towards = _axes()
    front = normal @ towards > 1e-6
    corners, normal, colour = corners[front], normal[front], colour[front]
    size = np.linalg.norm(np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0]), axis=1)
    kept = np.sort(np.argsort(-size, kind="stable")[:MOST_FACES])
    corners, normal, colour = corners[kept], normal[kept], colour[kept]
    order = np.argsort((corners @ towards).mean(axis=1), kind="stable")
    flat = np.stack([corners @ across, -(corners @ up)], axis=2)[order]
    low = flat.reshape(-1, 2).min(axis=0)
    extent = np.maximum(flat.reshape(-1, 2).max(axis=0) - low, 1e-6)
    scale = _WIDTH_PX / extent[0]
    flat = (flat - low) * scale
    shade = np.select([np.abs(normal[:, 2]) > 0.7, normal[:, 0] + normal[:, 1] < 0.0], [0, 1], default=2)[order]
    return _text(flat, colour[order], shade, extent * scale, alt)


def _faces(bodies: list[tuple[Bodies, list[str]]]) -> tuple[Floats, Floats, npt.NDArray[np.str_]]:
    corners = np.concatenate([np.zeros((0, 3, 3)), *(body.vertices_m[body.faces] for body, _ in bodies if len(body.faces))])
    colours = [np.array(names)[body.owner] for body, names in bodies if len(body.faces)]
    normal = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    length = np.linalg.norm(normal, axis=1, keepdims=True)
    return (
        corners,
        np.divide(normal, length, out=np.zeros_like(normal), where=length > 0.0),
        np.concatenate(colours) if colours else np.zeros(0, "<U7"),
    )


def _axes() -> tuple[Floats, Floats, Floats]:
    """Return the directions to the right, up and towards the eye."""
    turn, tilt = np.radians(_AZIMUTH_DEG), np.radians(_TILT_DEG)
    towards = np.array([np.sin(turn) * np.cos(tilt), -np.cos(turn) * np.cos(tilt), np.sin(tilt)])
    across = np.array([np.cos(turn), np.sin(turn), 0.0])
    return across, np.cross(towards, across), towards


def _text(flat: Floats, colour: npt.NDArray[np.str_], shade: npt.NDArray[np.int64], extent: Floats, alt: str) -> str:
    lines = [
        f'<svg viewBox="-4 -4 {extent[0] + 8:.0f} {extent[1] + 8:.0f}" role="img" xmlns="http://www.w3.org/2000/svg"><title>{alt}</title>'
    ]
    # neighbours in the order of painting that look alike share a path
    start = np.flatnonzero(np.r_[True, (colour[1:] != colour[:-1]) | (shade[1:] != shade[:-1])])
    for first, last in zip(start, np.r_[start[1:], len(flat)], strict=True):
        path = "".join(f"M{a[0]:.1f} {a[1]:.1f}L{b[0]:.1f} {b[1]:.1f}L{c[0]:.1f} {c[1]:.1f}Z" for a, b, c in flat[first:last])
        fill = _dimmed(str(colour[first]), _SHADES[int(shade[first])])
        lines.append(f'<path fill="{fill}" stroke="{fill}" stroke-width=".4" d="{path}"/>')
    return "".join([*lines, "</svg>"])


def _dimmed(colour: str, share: float) -> str:
    return "#" + "".join(f"{round(int(colour[k : k + 2], 16) * share):02x}" for k in (1, 3, 5))


def _colour(state: Any) -> str:
    if state is None:
        return COLOURS["no"]
    uc, outcome = state
    if outcome == "over":
        return COLOURS["over"]
    if outcome != "ok" or uc is None:
        return COLOURS["unknown"]
    return COLOURS["low"] if uc <= LOW_UC else COLOURS["high"]
