"""Office of 1980: concrete columns and beams every 5.4 m, beams span 7.2 m, floors span 5.4 m, stair core, piles."""

from __future__ import annotations

from itertools import pairwise

from optopscan.ifc.author import Author, Incline, Opening, Rectangle, Round, box, rectangle

FLOOR_CONCRETE, FRAME_CONCRETE, BASE_CONCRETE = "beton gewapend ihw B22,5", "beton gewapend ihw B30", "beton gewapend C20/25"
PILE_CONCRETE = "beton gewapend"
SPANDREL = [("metselwerk baksteen gevelsteen", 0.1), ("isolatie minerale wol", 0.06), ("kalkzandsteen", 0.1)]

STOREY_M, STOREYS, FLOOR_M = 3.4, 3, 0.2
GRID_X = [("A", 0.0), ("B", 5.4), ("C", 10.8), ("D", 16.2), ("E", 21.6), ("F", 27.0)]
GRID_Y = [("1", 0.0), ("2", 7.2), ("3", 14.4)]
COLUMN = Rectangle(width_m=0.4, depth_m=0.4, name="400x400")
BEAM = Rectangle(width_m=0.4, depth_m=0.45, name="400x450")
BASE_BEAM_M = 0.5
OUTLINE = (-0.2, -0.2, 27.2, 14.6)
CORE = (12.0, 8.4, 15.0, 13.4)
STAIR_WELL = (12.2, 9.8, 14.8, 13.2)
SPANDREL_M = 0.9


class Kantoor:
    """Three storeys of 27 x 14.4 m, three rows of columns, the stair goes on to the roof."""

    def __init__(self) -> None:
        self.author = Author("kantoor_1980", schema="IFC4X3", length_unit="m", build_year=1980)
        self.base = self.author.storey("-1 fundering", -0.7)
        names = ("00 begane grond", "01 eerste verdieping", "02 tweede verdieping", "03 dak")
        self.storeys = [self.author.storey(name, STOREY_M * i) for i, name in enumerate(names)]

    def build(self) -> Author:
        """Return the whole building."""
        for storey in range(STOREYS):
            self.columns(storey)
            self.core(storey, STOREY_M - FLOOR_M)
            self.stair(storey)
            self.spandrels(storey)
        for storey in range(STOREYS + 1):
            self.floor(storey)
            if storey > 0:
                self.beams(storey)
        self.roof_house()
        self.foundation()
        return self.author

    def columns(self, storey: int) -> None:
        """Add the columns, from the floor to the soffit of the beams."""
        z0 = storey * STOREY_M
        for a, x in GRID_X:
            for b, y in GRID_Y:
                self.author.column(
                    self.storeys[storey], f"kolom {a}{b}-{storey}", (x, y), z0_m=z0, z1_m=z0 + STOREY_M - FLOOR_M - BEAM.depth_m,
                    section=COLUMN, material=FRAME_CONCRETE, type_name="kolom 400x400", load_bearing=True,
                )  # fmt: skip

    def beams(self, storey: int) -> None:
        """Add the beams under a floor, from outer face to middle column to outer face."""
        for a, x in GRID_X:
            for name, y0, y1 in (("12", -0.2, 7.2), ("23", 7.2, 14.6)):
                self.author.beam(
                    self.storeys[storey], f"balk {a}{name}-{storey}", (x, y0), (x, y1), z_top_m=storey * STOREY_M - FLOOR_M, section=BEAM,
                    material=FRAME_CONCRETE, type_name="balk 400x450", load_bearing=True,
                )  # fmt: skip

    def floor(self, storey: int) -> None:
        """Add one floor, or the roof; above the ground with a stair well."""
        roof = storey == STOREYS
        self.author.slab(
            self.storeys[storey], "dakvloer" if roof else f"vloer-{storey}", rectangle(*OUTLINE), z_top_m=storey * STOREY_M,
            thickness_m=FLOOR_M, material=FLOOR_CONCRETE, voids=[] if storey == 0 else [rectangle(*STAIR_WELL)], voids_as_openings=True,
            type_name="betonvloer 200", predefined_type="ROOF" if roof else "FLOOR", load_bearing=True, is_external=roof,
        )  # fmt: skip

    def core(self, storey: int, height_m: float) -> None:
        """Add the four walls of the stair, 200 mm, with a door at the front."""
        x0, y0, x1, y1 = CORE
        door = Opening(0.8, 0.0, 1.0, 2.1)
        walls = [
            ("links", (x0 + 0.1, y0), (x0 + 0.1, y1), []),
            ("rechts", (x1 - 0.1, y0), (x1 - 0.1, y1), []),
            ("voor", (x0 + 0.2, y0 + 0.1), (x1 - 0.2, y0 + 0.1), [door]),
            ("achter", (x0 + 0.2, y1 - 0.1), (x1 - 0.2, y1 - 0.1), []),
        ]
        for name, start, end, openings in walls:
            self.author.wall(
                self.storeys[storey], f"kernwand {name}-{storey}", start, end, z0_m=storey * STOREY_M, height_m=height_m, thickness_m=0.2,
                material=BASE_CONCRETE, openings=openings, type_name="betonwand 200", load_bearing=True, is_external=storey == STOREYS,
            )  # fmt: skip

    def roof_house(self) -> None:
        """Add the top of the stair above the roof."""
        height, thickness = 2.6, 0.15
        self.core(STOREYS, height)
        self.author.roof_slab(
            self.storeys[STOREYS], "dakvloer trapopbouw", rectangle(*CORE), z_top_m=STOREYS * STOREY_M + height + thickness,
            thickness_m=thickness, material=FLOOR_CONCRETE, type_name="betonvloer 150", load_bearing=True, is_external=True,
        )  # fmt: skip

    def stair(self, storey: int) -> None:
        """Add a stair in one piece, standing on the landing below."""
        z0, z1 = storey * STOREY_M, (storey + 1) * STOREY_M
        middle = (z0 + z1) / 2
        up = Incline(start=(12.85, 9.6), end=(12.85, 12.1), z0_m=z0, z1_m=middle, width_m=1.2, depth_m=0.25)
        landing = box(12.2, 12.1, 14.8, 13.2, z0_m=middle - 0.2, z1_m=middle)
        on = Incline(start=(14.15, 12.5), end=(14.15, 9.8), z0_m=middle, z1_m=z1, width_m=1.2, depth_m=0.25)
        self.author.stair_flight(self.storeys[storey], f"trap-{storey}", [up, landing, on], material=BASE_CONCRETE, type_name="betontrap")

    def spandrels(self, storey: int) -> None:
        """Add cavity spandrels between the columns on the floor edge, outer leaf flush with the columns."""
        far_x, far_y = GRID_X[-1][1], GRID_Y[-1][1]
        runs = []
        for (a, x0), (b, x1) in pairwise(GRID_X):
            runs.append((f"voor {a}{b}", (x0 + 0.2, -0.07), (x1 - 0.2, -0.07)))
            runs.append((f"achter {a}{b}", (x1 - 0.2, far_y + 0.07), (x0 + 0.2, far_y + 0.07)))
        for (a, y0), (b, y1) in pairwise(GRID_Y):
            runs.append((f"links {a}{b}", (-0.07, y1 - 0.2), (-0.07, y0 + 0.2)))
            runs.append((f"rechts {a}{b}", (far_x + 0.07, y0 + 0.2), (far_x + 0.07, y1 - 0.2)))
        for name, start, end in runs:
            self.author.wall(
                self.storeys[storey], f"borstwering {name}-{storey}", start, end, z0_m=storey * STOREY_M, height_m=SPANDREL_M,
                layers=SPANDREL, type_name="borstwering 260", load_bearing=False, is_external=True,
            )  # fmt: skip

    def foundation(self) -> None:
        """Add ground beams under the ground floor, pile caps under columns and core, and cast-in-place piles."""
        top = -FLOOR_M - BASE_BEAM_M
        for a, x in GRID_X:
            for name, y0, y1 in (("12", -0.2, 7.2), ("23", 7.2, 14.6)):
                self.author.strip_footing(
                    self.base, f"funderingsbalk {a}{name}", (x, y0), (x, y1), z_top_m=-FLOOR_M, width_m=0.4, height_m=BASE_BEAM_M,
                    material=BASE_CONCRETE, predefined_type="FOOTING_BEAM", type_name="funderingsbalk 400x500",
                )  # fmt: skip
            for b, y in GRID_Y:
                rows = (-0.5, 0.5) if b == "2" else (0.0,)
                self.cap(f"{a}{b}", (x, y), (1.6, 1.6), top, 0.7, [(x + dx, y + dy) for dx in (-0.5, 0.5) for dy in rows])
        spots = [(x, y) for x in (12.3, 14.7) for y in (8.7, 10.2, 11.6, 13.1)]
        self.cap("kern", (13.5, 10.9), (3.4, 5.4), -FLOOR_M, 0.8, spots)

    def cap(
        self, name: str, centre: tuple[float, float], size: tuple[float, float], top: float, height: float, spots: list[tuple[float, float]]
    ) -> None:
        """Add a pile cap and the piles under it."""
        self.author.pad_footing(
            self.base, f"poer {name}", centre, z_top_m=top, size_m=size, height_m=height, material=BASE_CONCRETE,
            predefined_type="PILE_CAP", type_name="poer",
        )  # fmt: skip
        for i, spot in enumerate(spots):
            self.author.pile(
                self.base, f"paal {name}-{i + 1}", spot, z_top_m=top - height, z_tip_m=-16.0,
                section=Round(diameter_m=0.4, name="rond 400"), material=PILE_CONCRETE,
                construction="CAST_IN_PLACE", predefined_type="DRIVEN", type_name="vibropaal 400",
            )  # fmt: skip


def build() -> Author:
    """Return the office."""
    return Kantoor().build()
