"""Small buildings whose bearing elements are known because they were designed so.

Each function draws one building on a `Sketch` and says of every wall and column
whether it carries: ``True`` or ``False``. Names are numbers, so that no name gives
the answer away. `VARIANTS` are the ways in which a real file may speak of it: not at
all, False or True everywhere, right, or with useless material names.

The mechanics behind the answers: a concrete floor spans the short way between walls it
lies on; 200 mm spans 5.4 to 6.0 m (1/27 to 1/30) but not 9 m (1/45). A wall that a
floor could do without, thin, or with nothing on it, does not carry.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from optopscan.ifc.author import Author, Facts, ISection, Rectangle, Storey

KZS, BETON, BAKSTEEN, STAAL, HOUT, GIPS, STUD = ("kalkzandsteen", "beton", "baksteen", "staal", "vurenhout", "gipsblokken", "metal stud")
Point = tuple[float, float]
VARIANTS = ("silent", "all false", "all true", "right", "thickness only")
HE200 = ISection(width_m=0.2, depth_m=0.2, web_m=0.009, flange_m=0.015)


class Sketch:
    """An `Author` that numbers elements and remembers which carry."""

    def __init__(self, name: str, variant: str, rotation_deg: float = 0.0) -> None:
        self.author = Author(name, rotation_deg=rotation_deg)
        self.variant = variant
        self.truth: dict[str, bool] = {}
        self._storeys: dict[float, Storey] = {}

    def _new(self, carries: bool) -> tuple[str, Facts]:
        name = f"{len(self.truth) + 1:03d}"
        self.truth[name] = carries
        flag = {"all false": False, "all true": True, "right": carries}.get(self.variant)
        return name, {} if flag is None else {"load_bearing": flag}

    def _material(self, name: str) -> str:
        return "Default" if self.variant == "thickness only" else name

    def storey(self, z: float) -> Storey:
        if z not in self._storeys:
            self._storeys[z] = self.author.storey(f"peil {z:.2f}", z)
        return self._storeys[z]

    def wall(self, carries: bool, a: Point, b: Point, z: float, h: float, t: float, material: str) -> None:
        """Add a wall centred on a-b and say whether it carries."""
        name, facts = self._new(carries)
        self.author.wall(self.storey(0.0), name, a, b, z0_m=z, height_m=h, thickness_m=t, material=self._material(material), **facts)

    def box(self, carries: bool, x0: float, y0: float, x1: float, y1: float, z: float, h: float, t: float, material: str) -> None:
        """Add four walls whose outer faces are the rectangle."""
        k = t / 2
        for a, b in (
            ((x0, y0 + k), (x1, y0 + k)),
            ((x0, y1 - k), (x1, y1 - k)),
            ((x0 + k, y0 + t), (x0 + k, y1 - t)),
            ((x1 - k, y0 + t), (x1 - k, y1 - t)),
        ):
            self.wall(carries, a, b, z, h, t, material)

    def floor(
        self, x0: float, y0: float, x1: float, y1: float, top: float, t: float = 0.2, material: str = BETON, hole: tuple[float, ...] = ()
    ) -> None:
        """Add a rectangular floor, with a hole where given."""
        ring = [(x0, y0), (x1, y0), (x1, y1), (x0, y1)]
        voids = [[(hole[0], hole[1]), (hole[2], hole[1]), (hole[2], hole[3]), (hole[0], hole[3])]] if hole else []
        name = f"vloer {top:.2f} {x0:.2f} {y0:.2f}"
        self.author.slab(self.storey(0.0), name, ring, z_top_m=top, thickness_m=t, material=material, voids=voids)

    def column(self, carries: bool, at: Point, z0: float, z1: float, side: float, material: str) -> None:
        """Add a square column and say whether it carries."""
        name, facts = self._new(carries)
        section = Rectangle(width_m=side, depth_m=side)
        self.author.column(self.storey(0.0), name, at, z0_m=z0, z1_m=z1, section=section, material=self._material(material), **facts)

    def beam(self, a: Point, b: Point, top: float, section: Rectangle | ISection, material: str) -> None:
        """Add a beam."""
        name = f"balk {top:.2f} {a[0]:.2f} {a[1]:.2f} {b[0]:.2f} {b[1]:.2f}"
        self.author.beam(self.storey(0.0), name, a, b, z_top_m=top, section=section, material=material)


def stacked_flat(s: Sketch) -> None:
    """Three storeys, cross walls of calcium silicate 214 at 5.4 m, partitions of 100 mm of the same stone up to the soffit."""
    xs = (0.0, 5.4, 10.8)
    for n in range(3):
        z, h = 2.8 * n, 2.6
        for x in xs:
            s.wall(True, (x, 0.0), (x, 10.0), z, h, 0.214, KZS)
        for a, b in ((0.107, 5.293), (5.507, 10.693)):
            s.wall(False, (a + 2.2, 0.25), (a + 2.2, 4.0), z, h, 0.1, KZS)  # across the span, mid-bay
            s.wall(False, (a, 4.6), (b, 4.6), z, h, 0.1, KZS)  # along the span
            s.wall(False, (a, 7.0), (a + 2.0, 7.0), z, h, 0.07, GIPS)
            for y, out in ((0.05, -0.2), (9.95, 10.2)):
                s.wall(False, (a, y), (b, y), z, h, 0.1, KZS)  # inner leaf of the front, along the span
                s.wall(False, (a - 0.214, out), (b + 0.214, out), z, 2.8, 0.1, BAKSTEEN)
        s.wall(False, (-0.3, 0.0), (-0.3, 10.0), z, 2.8, 0.1, BAKSTEEN)  # outer leaf of the end wall
        s.floor(-0.107, 0.0, 10.907, 10.0, z + 2.8)
    for y in (0.05, 9.95):
        s.wall(False, (-0.05, y), (10.85, y), 8.4, 0.6, 0.1, BAKSTEEN)  # parapet
    s.wall(False, (-4.0, -6.0), (10.0, -6.0), 0.0, 2.0, 0.21, BAKSTEEN)  # garden wall
    s.wall(False, (-4.0, -8.0), (10.0, -8.0), -1.0, 2.2, 0.3, BETON)  # retaining wall


def tunnel_form(s: Sketch) -> None:
    """Cast walls 200 and floors 200, timber and stone fronts set in; a core, a shaft, light walls."""
    for n in range(4):
        z, h = 2.8 * n, 2.6
        for x in (0.0, 5.4, 10.8, 16.2):
            s.wall(True, (x, 0.0), (x, 11.0), z, h, 0.2, BETON)
        for a, b in ((0.1, 5.3), (5.5, 10.7), (10.9, 16.1)):
            s.wall(False, (a, 0.08), (b, 0.08), z, h, 0.15, HOUT)
            s.wall(False, (a, 10.95), (b, 10.95), z, h, 0.1, KZS)
            s.box(False, a + 1.5, 5.0, a + 2.5, 6.0, z, h, 0.07, KZS)  # shaft
            s.wall(False, (a, 4.0), (a + 4.0, 4.0), z, h, 0.1, STUD)
        s.box(True, 16.3, 4.0, 18.7, 7.0, z, h, 0.2, BETON)  # lift and stair
        s.floor(-0.1, 0.0, 16.3, 11.0, z + 2.8)
        s.floor(16.3, 4.0, 18.7, 7.0, z + 2.8, hole=(16.9, 4.6, 18.1, 6.0))


def terraced_house(s: Sketch) -> None:
    """Cavity party walls 2 x 120 and side walls of 100 mm inner leaf; floors span 5.2 m from side to side."""
    z0 = 0.0
    for n in range(2):
        z, h = z0 + 2.8 * n, 2.6
        for x in (0.0, 5.2, 5.38, 10.58):
            s.wall(True, (x, 0.0), (x, 9.0), z, h, 0.12, KZS)
        for a, b in ((0.06, 5.14), (5.44, 10.52)):
            for y, out in ((0.05, -0.2), (8.95, 9.2)):
                s.wall(False, (a, y), (b, y), z, h, 0.1, KZS)
                s.wall(False, (a - 0.1, out), (b + 0.1, out), z, 2.8, 0.1, BAKSTEEN)
            s.wall(False, (a, 4.5), (b, 4.5), z, h, 0.07, GIPS)
            s.floor(a - 0.12, 0.0, b + 0.12, 9.0, z + 2.8)
        s.wall(False, (-0.25, 0.0), (-0.25, 9.0), z, 2.8, 0.1, BAKSTEEN)


def concrete_frame(s: Sketch) -> None:
    """Columns 300 and beams 300 x 400 on 6 m, stone infill under the beams, glass blocks, spandrels."""
    section = Rectangle(width_m=0.3, depth_m=0.4)
    for n in range(3):
        z = 3.2 * n
        for x in (0.0, 6.0, 12.0):
            for y in (0.0, 6.0):
                s.column(True, (x, y), z, z + 2.6, 0.3, BETON)
        for y in (0.0, 6.0):
            s.beam((0.0, y), (12.0, y), z + 3.0, section, BETON)
        s.floor(-0.15, -0.15, 12.15, 6.15, z + 3.2)
        s.wall(False, (0.15, 0.0), (5.85, 0.0), z, 2.6, 0.15, KZS)
        s.wall(False, (6.15, 0.0), (11.85, 0.0), z, 2.6, 0.1, BAKSTEEN)
        s.wall(False, (0.15, 6.0), (5.85, 6.0), z, 0.9, 0.1, KZS)
        s.wall(False, (6.15, 6.0), (11.85, 6.0), z, 2.6, 0.08, "glazen bouwstenen")
        s.wall(False, (3.0, 0.2), (3.0, 5.8), z, 3.0, 0.1, STUD)


def steel_frame(s: Sketch) -> None:
    """Steel columns and beams under a floor, light walls, posts that hold nothing."""
    for n in range(2):
        z = 3.5 * n
        for x in (0.0, 7.0, 14.0):
            for y in (0.0, 5.0):
                s.column(True, (x, y), z, z + 3.1, 0.2, STAAL)
        for x in (0.0, 7.0, 14.0):
            s.beam((x, 0.0), (x, 5.0), z + 3.3, HE200, STAAL)
        s.floor(-0.1, -0.1, 14.1, 5.1, z + 3.5, 0.2)
        s.wall(False, (0.1, 0.0), (6.9, 0.0), z, 3.0, 0.1, "sandwichpaneel")
        s.wall(False, (3.0, 0.2), (3.0, 4.8), z, 3.3, 0.1, STUD)
        for x in (2.0, 4.0):
            s.column(False, (x, -0.6), z, z + 2.4, 0.06, STAAL)  # posts of a screen
    for x in (-4.0, -6.0):
        s.column(False, (x, 2.0), 0.0, 3.0, 0.1, STAAL)  # flag poles


def joist_house(s: Sketch) -> None:
    """Joists at 0.6 m from the side walls to a bearing wall of 100 mm in the middle; another wall runs along the joists."""
    for n in range(2):
        z, h = 3.0 * n, 2.7
        for x in (0.0, 4.0, 8.0):
            s.wall(True, (x, 0.0), (x, 9.0), z, h, 0.1 if x == 4.0 else 0.22, BAKSTEEN)
        for y in (0.05, 8.95):
            s.wall(False, (0.11, y), (3.95, y), z, h, 0.1, BAKSTEEN)
            s.wall(False, (4.05, y), (7.89, y), z, h, 0.1, BAKSTEEN)
        s.wall(False, (0.11, 4.25), (3.95, 4.25), z, h, 0.07, GIPS)
        for k in range(14):
            y = 0.55 + 0.6 * k
            for a, b in ((0.0, 4.0), (4.0, 8.0)):
                s.beam((a, y), (b, y), z + h + 0.196, Rectangle(width_m=0.071, depth_m=0.196), HOUT)
        s.floor(0.0, 0.0, 8.0, 9.0, z + h + 0.196 + 0.05, 0.05, HOUT)


def shifted_storeys(s: Sketch) -> None:
    """A wall of the upper storey stands 1.5 m beside the one below; a cellar of concrete; a plastered and a faced wall."""
    s.box(True, -0.15, -0.15, 12.15, 8.15, -2.8, 2.6, 0.3, BETON)
    s.wall(True, (6.0, 0.15), (6.0, 7.85), -2.8, 2.6, 0.214, KZS)
    s.floor(-0.15, -0.15, 12.15, 8.15, 0.0)
    for x in (0.0, 6.0, 12.0):
        s.wall(True, (x, 0.0), (x, 8.0), 0.0, 2.6, 0.214, KZS)
    s.floor(-0.1, 0.0, 12.1, 8.0, 2.8)
    for x in (0.0, 4.5, 12.0 - 2.0):
        s.wall(True, (x, 0.0), (x, 8.0), 2.8, 2.6, 0.214, KZS)
    s.floor(-0.1, 0.0, 10.1, 8.0, 5.6)
    for z in (0.0, 2.8):
        s.wall(False, (-0.1145, 0.0), (-0.1145, 8.0), z, 2.6, 0.015, "pleisterwerk")
        s.wall(False, (0.157, 0.5), (0.157, 7.5), z, 2.6, 0.1, BAKSTEEN)  # facing brick against the wall
    s.wall(False, (0.0, 4.0), (10.0, 4.0), 5.6, 1.0, 0.1, KZS)  # balustrade of the roof terrace


def long_spans(s: Sketch) -> None:
    """Inner leaves of 100 mm hold a floor of 200 mm that nothing else holds within 8 m; a stub stands bonded to one of them."""
    for n in range(2):
        z = 2.8 * n
        for x in (0.05, 5.0, 9.95):
            s.wall(True, (x, 0.0), (x, 9.0), z, 2.6, 0.1, KZS)
        s.wall(True, (0.1, 4.5), (0.5, 4.5), z, 2.6, 0.1, KZS)
        for out in (-0.2, 10.2):
            s.wall(False, (out, 0.0), (out, 9.0), z, 2.8, 0.1, BAKSTEEN)
        s.wall(False, (1.5, 2.0), (1.5, 6.0), z, 2.57, 0.07, KZS)
        s.floor(0.0, 0.0, 10.0, 9.0, z + 2.8)


def plank_flat(s: Sketch) -> None:
    """Hollow-core planks between walls of 175; inner leaves of 100 mm run along the planks; partitions stop 20 mm short."""
    for n in range(3):
        z, h = 2.9 * n, 2.64
        for x in (0.0, 6.3, 12.6):
            s.wall(True, (x, 0.0), (x, 9.6), z, h, 0.175, KZS)
        for x0 in (0.0, 6.3):
            for k in range(8):
                s.floor(x0, 1.2 * k, x0 + 6.3, 1.2 * (k + 1), z + 2.9, 0.26, "kanaalplaat C45/55")
            s.wall(False, (x0 + 0.1, 0.05), (x0 + 6.2, 0.05), z, h, 0.1, KZS)
            s.wall(False, (x0 + 0.1, 9.55), (x0 + 6.2, 9.55), z, h, 0.1, KZS)
            s.wall(False, (x0 + 3.2, 0.3), (x0 + 3.2, 5.0), z, h - 0.02, 0.1, KZS)


def old_house(s: Sketch) -> None:
    """Brick walls 220 and one of 110 in the middle under joists; the attic has knee walls of board and a ridge roof on the gables."""
    for n in range(2):
        z, h = 3.1 * n, 2.85
        for y in (0.0, 4.2, 9.0):
            s.wall(True, (0.0, y), (6.0, y), z, h, 0.11 if y == 4.2 else 0.22, BAKSTEEN)
        for x in (0.055, 5.945):
            s.wall(False, (x, 0.11), (x, 4.145), z, h, 0.11, BAKSTEEN)
            s.wall(False, (x, 4.255), (x, 8.89), z, h, 0.11, BAKSTEEN)
        for k in range(9):
            x = 0.6 + 0.6 * k
            for a, b in ((0.0, 4.2), (4.2, 9.0)):
                s.beam((x, a), (x, b), z + h + 0.2, Rectangle(width_m=0.07, depth_m=0.2), HOUT)
        s.floor(0.0, 0.0, 6.0, 9.0, z + h + 0.25, 0.05, HOUT)
    for y in (1.5, 7.5):
        s.wall(False, (0.2, y), (5.8, y), 6.2, 1.2, 0.06, "spaanplaat")


def model_of_layers(s: Sketch) -> None:
    """Walls drawn from floor to floor through the slabs, as some tools do: outer and party walls of 200, inner walls of 100 in one bay."""
    for n in range(2):
        z = 3.0 * n
        for x in (0.0, 5.0, 10.0):
            s.wall(True, (x, 0.0), (x, 9.0), z, 3.0, 0.2, BETON)
        for y in (0.0, 9.0):
            s.wall(False, (0.1, y), (4.9, y), z, 3.0, 0.1, KZS)
            s.wall(False, (5.1, y), (9.9, y), z, 3.0, 0.1, KZS)
        s.wall(False, (0.1, 5.0), (4.9, 5.0), z, 2.8, 0.1, KZS)
        s.floor(0.1, -0.05, 4.9, 9.05, z + 3.0)
        s.floor(5.1, -0.05, 9.9, 9.05, z + 3.0)


def timber_frame_house(s: Sketch) -> None:
    """Timber frame walls of 140 mm carry timber floors of 240 mm over 4.4 m; light partitions do not."""
    for n in range(2):
        z, h = 2.8 * n, 2.56
        for x in (0.0, 4.4, 8.8):
            s.wall(True, (x, 0.0), (x, 8.0), z, h, 0.14, "houtskeletbouw")
        s.wall(False, (0.1, 3.0), (4.3, 3.0), z, h, 0.08, "gipskarton")
        s.floor(-0.07, 0.0, 4.4, 8.0, z + 2.8, 0.24, HOUT)
        s.floor(4.4, 0.0, 8.87, 8.0, z + 2.8, 0.24, HOUT)


def long_facade(s: Sketch) -> None:
    """Corridor building: floors span 5.8 m from the 120 mm inner leaves of the long fronts to corridor walls; light walls between rooms."""
    for n in range(3):
        z = 2.8 * n
        for y, t in ((0.06, 0.12), (5.8, 0.15), (7.4, 0.15), (13.14, 0.12)):
            s.wall(True, (0.0, y), (28.0, y), z, 2.58, t, KZS)
        for y in (-0.2, 13.4):
            s.wall(False, (-0.2, y), (28.2, y), z, 2.8, 0.1, BAKSTEEN)
        for k in range(1, 7):
            s.wall(False, (4.0 * k, 0.2), (4.0 * k, 5.7), z, 2.58, 0.1, GIPS)
            s.wall(False, (4.0 * k, 7.5), (4.0 * k, 13.0), z, 2.58, 0.1, STUD)
        s.floor(0.0, 0.0, 28.0, 13.2, z + 2.8, 0.22)


MODELS: dict[str, Callable[[Sketch], None]] = {
    f.__name__: f
    for f in (
        *(stacked_flat, tunnel_form, terraced_house, concrete_frame, steel_frame, joist_house, shifted_storeys, long_spans),
        *(plank_flat, old_house, model_of_layers, timber_frame_house, long_facade),
    )
}


def written(folder: Path, name: str, variant: str, rotation_deg: float = 0.0) -> tuple[Path, dict[str, bool]]:
    """Write one building in one variant; return the file and the truth by element name."""
    sketch = Sketch(name, variant, rotation_deg)
    MODELS[name](sketch)
    path = folder / f"{name} {variant}.ifc".replace(" ", "_")
    sketch.author.write(path)
    return path, sketch.truth
