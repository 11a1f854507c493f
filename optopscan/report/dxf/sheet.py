"""A DXF drawing in millimetres at full size, in a frame of A3 at its scale, with the same bytes every time.

Points go in as metres of the record and come out as millimetres; heights of texts and symbols are millimetres on
paper. Texts are single lines (TEXT), never MTEXT, so that nothing in a name from the file can format or break a line.
"""

from __future__ import annotations

import io
import math
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import numpy as np
import numpy.typing as npt
from ezdxf import colors, units
from ezdxf._options import options
from ezdxf.document import Drawing
from ezdxf.enums import TextEntityAlignment
from ezdxf.filemanagement import new
from ezdxf.lldxf.validator import is_valid_table_name
from shapely.geometry.base import BaseGeometry

from optopscan.report.shapes import polygons, rings

# Read by AutoCAD 2010 and later and by every other program met.
VERSION = "R2010"
STYLE, DIMENSIONS = "OPTOPSCAN", "OPTOPSCAN"
Point = tuple[float, float]
Place = Sequence[float] | npt.NDArray[np.float64]

_MM = 1000.0
_PATTERN_MM = 0.4
_NAME_LENGTH = 120
_DIM_TEXT_MM, _DIM_CHARS = 2.0, 3.6


class DxfSheet:
    """One drawing; ``scale`` is n of 1:n."""

    def __init__(self, scale: int) -> None:
        self.scale = scale
        with _without_clock():
            self.document: Drawing = new(VERSION, setup=False, units=units.MM)
        self.document.header["$MEASUREMENT"] = 1
        self.document.header["$LTSCALE"] = float(scale)
        self.document.styles.new(STYLE, dxfattribs={"font": "arial.ttf"})
        for name, pattern in (("STREEP", [3.0, 2.0, -1.0]), ("STREEPPUNT", [8.0, 5.0, -1.0, 1.0, -1.0])):
            self.document.linetypes.add(name, pattern)
        self._dimension_style()
        self.space = self.document.modelspace()

    def layer(self, name: str, colour: str, *, linetype: str = "CONTINUOUS", weight: int = 18, shown: bool = True) -> str:
        """Return a layer, made where it is new: ``colour`` as #rrggbb, ``weight`` in hundredths of a mm."""
        name = table_name(name)
        if name not in self.document.layers:
            made = self.document.layers.add(name, linetype=linetype, lineweight=weight)
            made.rgb = colors.RGB.from_hex(colour)
            if not shown:
                made.off()
        return name

    def line(self, layer: str, start_m: Place, end_m: Place) -> None:
        """Draw a line."""
        self.space.add_line(_mm(start_m), _mm(end_m), dxfattribs={"layer": layer})

    def ring(self, layer: str, points_m: Iterable[Place], *, closed: bool = True) -> None:
        """Draw a polyline."""
        self.space.add_lwpolyline([_mm(point) for point in points_m], close=closed, dxfattribs={"layer": layer})

    def outline(self, layer: str, shape: BaseGeometry) -> None:
        """Draw the edges of polygons."""
        for piece in polygons(shape):
            for ring in rings(piece):
                self.ring(layer, ring)

    def fill(self, layer: str, shape: BaseGeometry, pattern: str = "SOLID") -> None:
        """Hatch polygons in the colour of the layer."""
        for piece in polygons(shape):
            hatch = self.space.add_hatch(color=colors.BYLAYER, dxfattribs={"layer": layer})
            if pattern != "SOLID":
                hatch.set_pattern_fill(pattern, color=colors.BYLAYER, scale=_PATTERN_MM * self.scale)
            for number, ring in enumerate(rings(piece)):
                hatch.paths.add_polyline_path([_mm(point) for point in ring], is_closed=True, flags=1 if number == 0 else 16)

    def circle(self, layer: str, middle_m: Place, radius_mm: float) -> None:
        """Draw a circle; its radius on paper."""
        self.space.add_circle(_mm(middle_m), radius_mm * self.scale, dxfattribs={"layer": layer})

    def text(self, layer: str, at_m: Place, text: str, high_mm: float = 2.5, *, turned_deg: float = 0.0, align: str = "LEFT") -> None:
        """Write a line of text; ``align`` is a name of ezdxf's TextEntityAlignment."""
        made = self.space.add_text(
            escaped(text), height=high_mm * self.scale, rotation=turned_deg, dxfattribs={"layer": layer, "style": STYLE}
        )
        made.set_placement(_mm(at_m), align=TextEntityAlignment[align])

    def arrow(self, layer: str, middle_m: Place, deg: float, length_m: float) -> None:
        """Draw a line with a point at both ends."""
        along = np.array([math.cos(math.radians(deg)), math.sin(math.radians(deg))])
        middle = np.asarray(middle_m, dtype=np.float64)
        self.line(layer, middle - along * length_m / 2.0, middle + along * length_m / 2.0)
        for sign in (-1.0, 1.0):
            self.point(layer, middle + sign * along * length_m / 2.0, sign * along)

    def point(self, layer: str, tip_m: Any, along: Any, size_mm: float = 2.5) -> None:
        """Draw a filled point of an arrow."""
        size_m = size_mm * self.scale / _MM
        tip_m, along = np.asarray(tip_m, dtype=np.float64), np.asarray(along, dtype=np.float64)
        across = np.array([-along[1], along[0]])
        corners = [tip_m, tip_m - along * size_m + across * size_m / 3.5, tip_m - along * size_m - across * size_m / 3.5]
        self.space.add_solid([_mm(corner) for corner in corners], dxfattribs={"layer": layer})

    def dimension(self, layer: str, start_m: Place, end_m: Place, base_m: Place, deg: float) -> None:
        """Draw a dimension along a direction, its line through a point."""
        along = (math.cos(math.radians(deg)), math.sin(math.radians(deg)))
        length_mm = abs(sum((end - start) * one for start, end, one in zip(start_m, end_m, along, strict=True))) * _MM / self.scale
        # a short one is written smaller, so that it stays between its ends
        size_mm = min(_DIM_TEXT_MM, length_mm / _DIM_CHARS)
        self.space.add_linear_dim(
            base=_mm(base_m),
            p1=_mm(start_m),
            p2=_mm(end_m),
            angle=deg,
            dimstyle=DIMENSIONS,
            override={"dimtxt": size_mm},
            dxfattribs={"layer": layer},
        ).render()

    def content(self) -> bytes:
        """Return the file."""
        stream = io.StringIO()
        # ezdxf would add the classes in use in the order of a set
        for name in sorted({entity.dxftype() for entity in self.document.entitydb.values()}):
            self.document.classes.add_class(name)
        with _without_clock():
            self.document.write(stream)
        return stream.getvalue().encode(self.document.output_encoding)

    def _dimension_style(self) -> None:
        made: Any = self.document.dimstyles.new(DIMENSIONS)
        made.set_arrows(blk="OBLIQUE")
        sizes = {"dimtxt": _DIM_TEXT_MM, "dimasz": 1.5, "dimexo": 1.0, "dimexe": 1.0, "dimgap": 0.6, "dimdle": 1.0}
        for name, size in {**sizes, "dimscale": self.scale, "dimdec": 0, "dimtad": 1, "dimtix": 1, "dimzin": 8, "dimclrt": 256}.items():
            made.set_dxf_attrib(name, size)
        made.set_dxf_attrib("dimtxsty", STYLE)


@contextmanager
def _without_clock() -> Iterator[None]:
    """Keep clock and random ids out of a file: the one way that ezdxf has."""
    kept = options.write_fixed_meta_data_for_testing
    options.write_fixed_meta_data_for_testing = True
    try:
        yield
    finally:
        options.write_fixed_meta_data_for_testing = kept


def escaped(text: str) -> str:
    r"""Return a text that shows as it is: DXF codes (%%, ^, \U+, \M+) taken apart, no line ends or control characters.

    Examples
    --------
    >>> escaped("wand %%d ^J 5%")
    'wand % %d ^ J 5%'
    """
    spaced = "".join(char if char.isprintable() else " " for char in text)
    while "%%" in spaced:
        spaced = spaced.replace("%%", "% %")
    return re.sub(r"\\(?=[UuMm]\+)", "/", spaced.replace("^", "^ "))


def table_name(text: str) -> str:
    """Return a text as the name of a layer or block: letters, digits, _ - . only."""
    name = re.sub(r"[^A-Za-z0-9_.-]+", "_", text).strip("_")[:_NAME_LENGTH] or "X"
    return name if is_valid_table_name(name) else "X"


def _mm(point_m: Place) -> Point:
    return round(float(point_m[0]) * _MM, 1) + 0.0, round(float(point_m[1]) * _MM, 1) + 0.0
