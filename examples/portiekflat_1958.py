"""Portiekflat of 1958: brick walls, concrete floors that span 4.0 m from facade to middle wall to facade."""

from __future__ import annotations

from optopscan.ifc.author import Author, Incline, Opening, box, rectangle

Hole = tuple[float, float, float, float]  # position along the axis, sill above the storey, width, height [m]


def holes(start_m: float, foot_m: float, *wanted: Hole) -> list[Opening]:
    """Return openings for a wall that starts at ``start_m`` and stands ``foot_m`` under its storey."""
    return [Opening(s - start_m, sill + foot_m, width, height) for s, sill, width, height in wanted]


class Portiekflat:
    """Two stair wells ("portieken") with four dwellings a storey, on a storage plinth."""

    brick = "metselwerk baksteen"
    facing = "metselwerk baksteen gevelsteen"
    concrete = "beton gewapend ihw"
    elevations_m = (0.0, 2.4, 5.2, 8.0, 10.8)
    floor_m, roof_m = 0.13, 0.12
    footing_top_m = -0.6
    width_m, middle_m, depth_m = 16.8, 4.0, 8.0  # one portiek along x; middle wall and back facade along y

    def __init__(self) -> None:
        self.author = Author("portiekflat_1958", schema="IFC2X3", length_unit="mm", build_year=1958)
        names = ("00 onderbouw", "01 eerste woonlaag", "02 tweede woonlaag", "03 derde woonlaag", "04 dak")
        self.base = self.author.storey("-1 fundering", -1.0)
        self.storeys = [self.author.storey(n, z) for n, z in zip(names, self.elevations_m, strict=True)]

    def build(self) -> Author:
        """Return the whole building."""
        for storey in range(4):
            self.facades(storey)
            self.outer_leaf(storey)
            for portiek in (0, 1):
                self.inner_walls(storey, portiek)
                if storey > 0:
                    self.partitions(storey, portiek)
        for portiek in (0, 1):
            self.floors(portiek)
            self.stairs(portiek)
            self.footings(portiek)
            for field, x in (("A", 3.6), ("B", 13.2)):
                x += portiek * self.width_m
                solid = box(x - 0.4, 3.7, x + 0.4, 4.3, z0_m=10.8, z1_m=12.0)
                self.author.proxy(self.storeys[4], f"schoorsteen {portiek + 1}{field}", [solid], material=self.brick)
        return self.author

    def thickness_m(self, storey: int, *, middle: bool = False) -> float:
        """Return the thickness of facade or middle wall: a full brick below, half a brick above."""
        return 0.22 if storey < (2 if middle else 1) else 0.11

    def span_z(self, storey: int) -> tuple[float, float]:
        """Return foot and height of the bearing walls: from slab (or footing) to the soffit above."""
        foot = self.footing_top_m if storey == 0 else self.elevations_m[storey]
        slab = self.roof_m if storey == 3 else self.floor_m
        return foot, self.elevations_m[storey + 1] - slab - foot

    def wall(
        self, storey: int, name: str, start: tuple[float, float], end: tuple[float, float], thickness_m: float, *wanted: Hole,
        external: bool | None = None,
    ) -> None:  # fmt: skip
        """Add a bearing brick wall of one storey; the position of a hole is an absolute x or y."""
        foot, height = self.span_z(storey)
        origin = start[0] if start[1] == end[1] else start[1]
        self.author.wall(
            self.storeys[storey], f"{name}-{storey}", start, end, z0_m=foot, height_m=height, thickness_m=thickness_m,
            material=self.brick, openings=holes(origin, self.elevations_m[storey] - foot, *wanted),
            type_name=f"baksteen {thickness_m * 1000:.0f}", is_external=external,
        )  # fmt: skip

    def front_holes(self, storey: int, field: str, x0: float) -> list[Hole]:
        """Return the holes in the front facade of one field; A and B mirror each other."""
        if field == "T":
            return [(x0 + 7.8, 0.0, 1.2, 2.1)] if storey == 0 else [(x0 + 7.8, 0.9, 1.2, 1.2)]
        if storey == 0:
            return [(x0 + (2.0 if field == "A" else 13.8), 1.5, 1.0, 0.5)]
        wide, small = (1.0, 4.8) if field == "A" else (13.4, 10.8)
        return [(x0 + wide, 0.9, 2.4, 1.5), (x0 + small, 0.9, 1.2, 1.5)]

    def back_holes(self, storey: int, field: str, x0: float) -> list[Hole]:
        """Return the holes in the back facade of one field."""
        if storey == 0:
            return [(x0 + (2.0 if field == "A" else 13.8), 1.5, 1.0, 0.5)]
        window, door = (1.2, 5.4) if field == "A" else (13.2, 10.5)
        return [(x0 + window, 0.9, 2.4, 1.5), (x0 + door, 0.0, 0.9, 2.1)]

    def facades(self, storey: int) -> None:
        """Add the bearing inner leaves; in the plinth a full brick."""
        t = self.thickness_m(storey)
        end = 2 * self.width_m
        for portiek in (0, 1):
            x0 = portiek * self.width_m
            left, right = (x0 - t / 2, x0 + self.width_m) if portiek == 0 else (x0, end + t / 2)
            front = {"A": (left, x0 + 7.2), "T": (x0 + 7.2, x0 + 9.6), "B": (x0 + 9.6, right)}
            back = {"A": (left, x0 + 8.4), "B": (x0 + 8.4, right)}
            for field, (a, b) in front.items():
                wanted = self.front_holes(storey, field, x0)
                self.wall(storey, f"voorgevel binnenblad {portiek + 1}{field}", (a, 0.0), (b, 0.0), t, *wanted, external=True)
            for field, (a, b) in back.items():
                wanted, y = self.back_holes(storey, field, x0), self.depth_m
                self.wall(storey, f"achtergevel binnenblad {portiek + 1}{field}", (a, y), (b, y), t, *wanted, external=True)
        for name, x in (("links", 0.0), ("rechts", end)):
            self.wall(storey, f"kopgevel binnenblad {name}", (x, t / 2), (x, self.depth_m - t / 2), t, external=True)

    def outer_leaf(self, storey: int) -> None:
        """Add the outer leaf of 100 mm, 55 mm off the inner leaf, on its own from the footing up."""
        foot = self.footing_top_m if storey == 0 else self.elevations_m[storey]
        top = self.elevations_m[storey + 1]
        a, b, d = -0.21, 2 * self.width_m + 0.21, self.depth_m
        front, back = [], []
        for portiek in (0, 1):
            x0 = portiek * self.width_m
            front += [hole for field in "ATB" for hole in self.front_holes(storey, field, x0)]
            back += [hole for field in "AB" for hole in self.back_holes(storey, field, x0)]
        leaves = [
            ("voorgevel", (a, -0.16), (b, -0.16), front),
            ("achtergevel", (a, d + 0.16), (b, d + 0.16), back),
            ("kopgevel links", (-0.16, -0.11), (-0.16, d + 0.11), []),
            ("kopgevel rechts", (b - 0.05, -0.11), (b - 0.05, d + 0.11), []),
        ]
        for name, start, end, wanted in leaves:
            self.author.wall(
                self.storeys[storey], f"{name} buitenblad-{storey}", start, end, z0_m=foot, height_m=top - foot, thickness_m=0.1,
                material=self.facing, openings=holes(start[0], self.elevations_m[storey] - foot, *wanted),
                type_name="buitenblad 100", is_external=True,
            )  # fmt: skip

    def inner_walls(self, storey: int, portiek: int) -> None:
        """Add middle wall, stair walls and walls between dwellings."""
        tf, tm, x0, n = self.thickness_m(storey), self.thickness_m(storey, middle=True), portiek * self.width_m, portiek + 1
        first = x0 + (tf / 2 if portiek == 0 else 0.11)
        last = x0 + self.width_m - (0.11 if portiek == 0 else tf / 2)
        y, d = self.middle_m, self.depth_m
        self.wall(storey, f"middenmuur {n}A", (first, y), (x0 + 7.2, y), tm, (x0 + 5.0, 0.0, 0.9, 2.1))
        self.wall(storey, f"middenmuur {n}T", (x0 + 7.2, y), (x0 + 9.6, y), tm)
        self.wall(storey, f"middenmuur {n}B", (x0 + 9.6, y), (last, y), tm, (x0 + 10.9, 0.0, 0.9, 2.1))
        for name, x in (("A", x0 + 7.2), ("B", x0 + 9.6)):
            self.wall(storey, f"trappenhuismuur {n}{name}", (x, tf / 2), (x, y - tm / 2), 0.22, (2.85, 0.0, 0.9, 2.1))
        self.wall(storey, f"woningscheidende muur {n}", (x0 + 8.4, y + tm / 2), (x0 + 8.4, d - tf / 2), 0.22)
        if portiek == 0:
            x = x0 + self.width_m
            self.wall(storey, "woningscheidende muur midden", (x, tf / 2), (x, d - tf / 2), 0.22)

    def partitions(self, storey: int, portiek: int) -> None:
        """Add partitions of 70 mm, along the span, in both bays of each dwelling."""
        tf, tm, (foot, height) = self.thickness_m(storey), self.thickness_m(storey, middle=True), self.span_z(storey)
        for field, x in (("A", 4.2), ("B", 12.6)):
            x += portiek * self.width_m
            for bay, y0, y1 in (("voor", tf / 2, 4.0 - tm / 2), ("achter", 4.0 + tm / 2, 8.0 - tf / 2)):
                self.author.wall(
                    self.storeys[storey], f"lichte scheidingswand {bay} {portiek + 1}{field}-{storey}", (x, y0), (x, y1), z0_m=foot,
                    height_m=height, thickness_m=0.07, material="gipsblokken", openings=[Opening(1.0, 0.0, 0.9, 2.1)],
                    type_name="gipsblokken 70", is_external=False,
                )  # fmt: skip

    def floors(self, portiek: int) -> None:
        """Add the floors and the roof of one portiek, and the storage floor on sand."""
        x0, n = portiek * self.width_m, portiek + 1
        left, right = (x0 - 0.055, x0 + self.width_m) if portiek == 0 else (x0, x0 + self.width_m + 0.055)
        outline = rectangle(left, -0.055, right, self.depth_m + 0.055)
        well = rectangle(x0 + 7.31, 0.11, x0 + 9.49, 2.6)
        for storey in (1, 2, 3):
            self.author.slab(
                self.storeys[storey], f"verdiepingsvloer {n}-{storey}", outline, z_top_m=self.elevations_m[storey],
                thickness_m=self.floor_m, material=self.concrete, voids=[well], voids_as_openings=True, type_name="betonvloer 130",
            )  # fmt: skip
        self.author.roof_slab(
            self.storeys[4], f"dakvloer {n}", outline, z_top_m=10.8, thickness_m=self.roof_m, material=self.concrete,
            type_name="dakvloer 120", is_external=True,
        )  # fmt: skip
        front = {"A": (0.11, 7.09), "T": (7.31, 9.49), "B": (9.71, 16.69)}
        fields = {f"voor {f}": (*x, 0.11, 3.89) for f, x in front.items()}
        fields |= {"achter A": (0.11, 8.29, 4.11, 7.89), "achter B": (8.51, 16.69, 4.11, 7.89)}
        for name, (a, b, y0, y1) in fields.items():
            self.author.slab(
                self.storeys[0], f"bergingsvloer {n} {name}", rectangle(x0 + a, y0, x0 + b, y1), z_top_m=0.0, thickness_m=0.1,
                material=self.concrete, type_name="vloer op zand 100", predefined_type="BASESLAB",
            )  # fmt: skip

    def stairs(self, portiek: int) -> None:
        """Add the stairs: two flights and a half landing in one piece, standing on the landing below."""
        x0 = portiek * self.width_m
        for storey in (0, 1, 2):
            z0, z1 = self.elevations_m[storey], self.elevations_m[storey + 1]
            middle = (z0 + z1) / 2
            up = Incline(start=(x0 + 7.86, 2.8), end=(x0 + 7.86, 1.06), z0_m=z0, z1_m=middle, width_m=1.0, depth_m=0.25)
            landing = box(x0 + 7.31, 0.11, x0 + 9.49, 1.06, z0_m=middle - 0.2, z1_m=middle)
            on = Incline(start=(x0 + 8.94, 0.8), end=(x0 + 8.94, 2.6), z0_m=middle, z1_m=z1, width_m=1.0, depth_m=0.25)
            self.author.stair_flight(
                self.storeys[storey], f"trap {portiek + 1}-{storey}", [up, landing, on], material=self.concrete, type_name="betontrap"
            )

    def footings(self, portiek: int) -> None:
        """Add plain concrete strips: along x through, along y between them."""
        x0, n, last = portiek * self.width_m, portiek + 1, portiek == 1
        left, right = (x0 - 0.45, x0 + self.width_m) if not last else (x0, x0 + self.width_m + 0.45)
        fields = (("A", left, x0 + 7.2), ("T", x0 + 7.2, x0 + 9.6), ("B", x0 + 9.6, right))
        along = [(f"voorgevel {n}{f}", a, b, 0.0, 0.9) for f, a, b in fields]
        along += [(f"middenmuur {n}{f}", a, b, self.middle_m, 1.0) for f, a, b in fields]
        along += [(f"achtergevel {n}{f}", a, b, self.depth_m, 0.9) for f, a, b in (("A", left, x0 + 8.4), ("B", x0 + 8.4, right))]
        for name, a, b, y, width in along:
            self.strip(name, (a, y), (b, y), width)
        bays = {"voor": (0.45, 3.5), "achter": (4.5, 7.55)}
        across = [(f"trappenhuismuur {n}{f}", "voor", x0 + x) for f, x in (("A", 7.2), ("B", 9.6))]
        across.append((f"woningscheidend {n}", "achter", x0 + 8.4))
        ends = [("kopgevel rechts", 2 * self.width_m)] if last else [("kopgevel links", 0.0), ("woningscheidend midden", self.width_m)]
        across += [(name, bay, x) for name, x in ends for bay in bays]
        for name, bay, x in across:
            self.strip(f"{name} {bay}", (x, bays[bay][0]), (x, bays[bay][1]), 0.8)

    def strip(self, name: str, start: tuple[float, float], end: tuple[float, float], width_m: float) -> None:
        """Add one strip of 400 mm."""
        self.author.strip_footing(
            self.base, f"strook {name}", start, end, z_top_m=self.footing_top_m, width_m=width_m, height_m=0.4, material="beton ongewapend"
        )


def build() -> Author:
    """Return the portiekflat."""
    return Portiekflat().build()
