"""A straight prism less openings that cross it another way, where the prism is locally a box.

An arched window lies in a block of its wall, and that block is a box even where the wall is L-shaped, mitred or
stepped in plan. The block is taken out of the wall, cut along the window's direction, and put back: exact,
with true outer faces only.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry import Polygon

from optopscan.geometry import clip
from optopscan.geometry.mesh import triangles
from optopscan.geometry.prism import PARALLEL_RAD, SAME_M, GeometryError, Prism, cross, cut, cut_along, parallel_to, polygon_of, prism_mesh
from optopscan.model.arrays import FloatArray
from optopscan.model.building import Mesh

_MARGIN_M = 0.01


@dataclass(frozen=True, eq=False)
class _Block:
    """A box around tools of one direction; axes as rows (3, 3) in space, the last is the host's; corners from the host's origin [m]."""

    axes: FloatArray
    low: FloatArray
    high: FloatArray
    tools: tuple[Prism, ...]


def carved(host: Prism, tools: Sequence[Prism]) -> tuple[Mesh, list[Prism]]:
    """Return the mesh of a prism less straight prisms, and the tools that could not be cut this way.

    Raises
    ------
    GeometryError
        If nothing is left, or a polygon crosses itself.
    """
    first = cut(host, tools)
    if first is not None and not first[1]:
        return first[0], []
    if not host.straight:
        return prism_mesh(host), list(tools)
    fits = [parallel_to(host.normal, tool) is not None for tool in tools]
    own = [tool for tool, fit in zip(tools, fits, strict=True) if fit]
    blocks, left = _blocks(host, [tool for tool, fit in zip(tools, fits, strict=True) if not fit])
    plan = polygon_of(host.rings)
    pieces: list[FloatArray] = []
    taken: list[Prism] = []
    seams: list[clip.Plane] = []
    for block in blocks:
        made = _piece(host, plan, block, own)
        if made is None:
            left.extend(block.tools)
            continue
        window, mesh = made
        taken.append(window)
        if mesh is not None:
            pieces.append(triangles(mesh))
        seams.extend(clip.prism_planes(window)[0])
    if not taken:
        return (first[0], first[1]) if first is not None else (prism_mesh(host), list(tools))
    rest = triangles(cut_along(host, [*own, *taken]))
    soup = np.concatenate([rest, *pieces])
    for seam in seams:
        soup = clip.merged_on(soup, seam)
    return clip.soup_mesh(soup), left


def _blocks(host: Prism, tools: Sequence[Prism]) -> tuple[list[_Block], list[Prism]]:
    """Return boxes around the crossing tools, those that touch together; and tools that cross at a slant."""
    found: list[_Block] = []
    left = []
    for tool in tools:
        if not tool.straight or abs(float(tool.normal @ host.normal)) > PARALLEL_RAD:
            left.append(tool)
            continue
        along = tool.normal - float(tool.normal @ host.normal) * host.normal
        along = _forward(along / np.linalg.norm(along))
        axes = np.stack([_forward(cross(along, host.normal)), along, host.normal])
        reach = _within(host, axes, tool)
        new = _Block(axes, reach.min(axis=0) - _MARGIN_M, reach.max(axis=0) + _MARGIN_M, (tool,))
        apart = []
        for block in found:
            same = float(abs(block.axes - axes).max()) <= PARALLEL_RAD
            if same and bool((block.low <= new.high).all() and (new.low <= block.high).all()):
                new = _Block(axes, np.minimum(block.low, new.low), np.maximum(block.high, new.high), (*block.tools, *new.tools))
            else:
                apart.append(block)
        found = [*apart, new]
    return found, left


def _forward(axis: FloatArray) -> FloatArray:
    """Return an axis or its opposite, so that opposite directions share a block."""
    lead = axis[int(np.argmax(np.abs(axis) > 0.5))]
    return axis if lead > 0.0 else -axis


def _within(host: Prism, axes: FloatArray, tool: Prism) -> FloatArray:
    """Return the corners of a tool (n, 3) along axes, from the host's origin."""
    points = np.concatenate([tool.points(tool.rings[0]), tool.points(tool.rings[0], 1.0)])
    inside: FloatArray = (points - host.origin_m) @ axes.T
    return inside


def _piece(host: Prism, plan: Polygon, block: _Block, own: Sequence[Prism]) -> tuple[Prism, Mesh | None] | None:
    """Return the block, and the mesh of the host in it less the tools; None where the host is no box there."""
    flat = block.axes[:2] @ host.axes.T
    for margin in (0.0, _MARGIN_M):
        low, high = block.low + margin, block.high - margin
        window = Polygon(np.array((low[:2], (high[0], low[1]), high[:2], (low[0], high[1]))) @ flat)
        inside = shapely.intersection(plan, window)
        corners = shapely.get_coordinates(inside) @ flat.T
        z0, z1 = max(float(low[2]), 0.0), min(float(high[2]), host.height_m)
        if len(corners) == 0 or z1 - z0 <= SAME_M:
            return None
        (x0, y0), (x1, y1) = corners.min(axis=0), corners.max(axis=0)
        if abs((x1 - x0) * (y1 - y0) - inside.area) > SAME_M * (x1 - x0 + y1 - y0):
            continue
        ring = np.array(((x0, y0), (x1, y0), (x1, y1), (x0, y1))) @ flat
        box = Prism((ring,), host.axes, host.origin_m + z0 * host.normal, (z1 - z0) * host.normal)
        taken = Prism(
            (np.array(window.exterior.coords[:-1]),), host.axes, host.origin_m + low[2] * host.normal, (high[2] - low[2]) * host.normal
        )
        reaches = [(tool, _within(host, block.axes, tool)) for tool in own]
        bottom, top = np.array((x0, y0, z0)) + SAME_M, np.array((x1, y1, z1)) - SAME_M
        near = [tool for tool, reach in reaches if (reach.min(axis=0) < top).all() and (reach.max(axis=0) > bottom).all()]
        try:
            done = cut(box, [*block.tools, *near])
        except GeometryError:  # nothing of the block is left
            return taken, None
        if done is not None and not done[1]:
            return taken, done[0]
    return None
