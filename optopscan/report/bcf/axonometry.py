"""A small picture of the building from above and aside, with some of its elements in colour, seen through the others."""

from __future__ import annotations

import io
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw, ImageFont, PngImagePlugin

from optopscan.report.bodies import Bodies

SIZE = (640, 480)
# Of sight, in the local frame: to the north-east of a model with y to the north, and down.
DIRECTION = np.array([0.55, 0.75, -0.62]) / np.linalg.norm([0.55, 0.75, -0.62])
_LIGHT = np.array([-0.35, -0.55, 0.76])
_SHARP = 2  # drawn larger and made smaller, for smooth edges
_EDGE, _FOOT = 16, 26
_DARK, _PALE = 176.0, 66.0
_RING = 14.0
_FONT = 11
_LONG_M, _LONG_SHARE, _MOST_SPLITS = 2.0, 1.0 / 30.0, 14
_FLAT_M2 = 1e-9


def frame(direction: npt.NDArray[np.float64]) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Return the unit vectors to the right and up on a picture seen along a direction that is not vertical."""
    right = np.cross(direction, [0.0, 0.0, 1.0])
    right /= np.linalg.norm(right)
    return right, np.cross(right, direction)


def _towards(corners: npt.NDArray[np.float64], owner: npt.NDArray[np.int32]) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.int32]]:
    """Return the triangles that face the eye."""
    normal = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    seen = normal @ DIRECTION < -_FLAT_M2
    return corners[seen], owner[seen]


def _split(corners: npt.NDArray[np.float64], owner: npt.NDArray[np.int32]) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.int32]]:
    """Return triangles (m, 3, 3) cut at the middle of sides that are long: a far and near one can then be told apart by their middle."""
    long_m = max(_LONG_M, float(np.ptp(corners.reshape(-1, 3), axis=0).max()) * _LONG_SHARE) if len(corners) else _LONG_M
    for _ in range(_MOST_SPLITS):
        side = np.linalg.norm(np.roll(corners, -1, axis=1) - corners, axis=2)
        long = side.max(axis=1, initial=0.0) > long_m
        if not long.any():
            break
        # the longest side first: its two ends, then the corner across
        first = side[long].argmax(axis=1)
        start, end, across = (corners[long][np.arange(len(first)), (first + k) % 3] for k in range(3))
        middle = (start + end) / 2.0
        halves = np.concatenate([np.stack([start, middle, across], axis=1), np.stack([middle, end, across], axis=1)])
        corners = np.concatenate([corners[~long], halves])
        owner = np.concatenate([owner[~long], owner[long], owner[long]])
    return corners, owner


class Axonometry:
    """Pictures of the same bodies, of which the grey part is drawn once."""

    def __init__(self, bodies: Bodies) -> None:
        right, up = frame(DIRECTION)
        corners, self._owner = _split(*_towards(bodies.vertices_m[bodies.faces], bodies.owner))
        normal = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
        long = np.linalg.norm(normal, axis=1)
        self._shade = np.clip((normal / long[:, None]) @ _LIGHT, 0.0, 1.0)
        self._depth = corners.mean(axis=1) @ DIRECTION if len(corners) else np.zeros(0)
        flat = np.stack([corners @ right, -(corners @ up)], axis=-1)
        self._flat = self._fitted(flat)
        self._base = self._drawn_base()

    def png(self, rows: Sequence[int], colour: str, footer: str, about: str) -> bytes:
        """Return a PNG with rows of elements in a colour (#rrggbb), a line below it, and a text inside the file."""
        image = self._base.copy()
        draw = ImageDraw.Draw(image)
        marked = np.flatnonzero(np.isin(self._owner, rows))
        for face in marked[np.argsort(-self._depth[marked], kind="stable")].tolist():
            level = 0.55 + 0.45 * float(self._shade[face])
            fill = tuple(round(int(colour[at : at + 2], 16) * level) for at in (1, 3, 5))
            draw.polygon([tuple(point) for point in self._flat[face].tolist()], fill=fill)
        if len(rows) == 1 and len(marked):
            points = self._flat[marked].reshape(-1, 2)
            low, high = points.min(axis=0) - _RING * _SHARP, points.max(axis=0) + _RING * _SHARP
            draw.rounded_rectangle([*low.tolist(), *high.tolist()], radius=_RING * _SHARP, outline=(160, 0, 140), width=2 * _SHARP)
        image = image.resize(SIZE, Image.Resampling.BOX)
        ImageDraw.Draw(image).text((8, SIZE[1] - 18), footer, fill=(60, 60, 60), font=ImageFont.load_default(_FONT))
        told = PngImagePlugin.PngInfo()
        told.add_itxt("Description", about)
        stream = io.BytesIO()
        image.save(stream, format="PNG", pnginfo=told, compress_level=9)
        return stream.getvalue()

    def _fitted(self, flat: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        if not len(flat):
            return flat
        points = flat.reshape(-1, 2)
        low, high = points.min(axis=0), points.max(axis=0)
        room = np.array([SIZE[0] - 2 * _EDGE, SIZE[1] - 2 * _EDGE - _FOOT], dtype=np.float64)
        scale = float((room / np.maximum(high - low, 1e-6)).min())
        place = (np.array([SIZE[0], SIZE[1] - _FOOT]) - (low + high) * scale) / 2.0
        placed: npt.NDArray[np.float64] = np.round((flat * scale + place) * _SHARP, 2)
        return placed

    def _drawn_base(self) -> Image.Image:
        image = Image.new("RGB", (SIZE[0] * _SHARP, SIZE[1] * _SHARP), "white")
        draw = ImageDraw.Draw(image)
        for face in np.argsort(-self._depth, kind="stable").tolist():
            level = round(_DARK + _PALE * float(self._shade[face]))
            draw.polygon([tuple(point) for point in self._flat[face].tolist()], fill=(level, level, level))
        return image
