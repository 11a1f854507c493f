"""Galerijflat of 1972: calcium silicate cross walls every 5.4 m, concrete floors, galleries on concrete fins, piles."""

from __future__ import annotations

from optopscan.ifc.author import Author, Incline, Opening, Rectangle, box, rectangle

KZS, INFILL, BLOCKS, FACING = "kalkzandsteen", "houten gevelpui", "gipsblokken", "metselwerk baksteen gevelsteen"
CONCRETE, PRECAST, GRAVEL = "beton gewapend ihw", "beton gewapend prefab", "grind"

STOREY_M, STOREYS, FLOOR_M = 2.8, 5, 0.18
BAY_M, DEPTH_M = 5.4, 10.0
GALLERY_M = 0.14
GALLERY_Y = (-1.4, -0.02)
# Axis 3 is an unanchored cavity wall of 2 x 150 mm: the building is two buildings there.
LEAVES = [("1", 0.0, 0.214), ("2", 5.4, 0.214), ("3L", 10.695, 0.15), ("3R", 10.905, 0.15), ("4", 16.2, 0.214), ("5", 21.6, 0.214)]
LEAVES.append(("6", 27.0, 0.214))
AXES = [(str(i + 1), i * BAY_M) for i in range(6)]
HALVES = [("links", -0.107, 10.77), ("rechts", 10.83, 27.107)]
# Clear width of each bay, from wall face to wall face.
BAYS = [(0.107, 5.293), (5.507, 10.62), (10.98, 16.093), (16.307, 21.493), (21.707, 26.893)]
CORE = (27.55, -1.4, 32.15, 3.6)  # outer faces of stair and lift
SHAFT = (27.75, 1.5, 29.65, 3.4)
STAIR_WELL = (29.85, 0.6, 31.95, 3.4)


class Galerijflat:
    """Five storeys of five dwellings, gallery at the front, stair and lift core at the right end."""

    def __init__(self) -> None:
        self.author = Author("galerijflat_1972", schema="IFC4", length_unit="mm", build_year=1972)
        self.base = self.author.storey("-1 fundering", -0.78)
        names = ("00 begane grond", "01 eerste verdieping", "02 tweede verdieping", "03 derde verdieping", "04 vierde verdieping", "05 dak")
        self.storeys = [self.author.storey(name, STOREY_M * i) for i, name in enumerate(names)]

    def build(self) -> Author:
        """Return the whole building."""
        for storey in range(STOREYS):
            self.cross_walls(storey)
            self.infill(storey)
            self.core_walls(storey)
        for storey in range(STOREYS + 1):
            self.floors(storey)
        for storey in range(1, STOREYS):
            self.gallery(storey)
        for storey in range(STOREYS - 1):
            self.stair(storey)
        self.lift_overrun()
        self.foundation()
        return self.author

    def cross_walls(self, storey: int) -> None:
        """Add the bearing walls between dwellings and the outer leaves of the end walls."""
        z0, clear = storey * STOREY_M, STOREY_M - FLOOR_M
        for axis, x, thickness in LEAVES:
            self.author.wall(
                self.storeys[storey], f"bouwmuur as {axis}-{storey}", (x, 0.0), (x, DEPTH_M), z0_m=z0, height_m=clear,
                thickness_m=thickness, material=KZS, type_name=f"kalkzandsteen {thickness * 1000:.0f}",
                load_bearing=True, is_external=axis in "16", nl_sfb="22.2",
            )  # fmt: skip
        foot = -FLOOR_M if storey == 0 else z0
        # Beside the core the right end wall has no outer leaf.
        for name, x, y0 in (("links", -0.217, 0.0), ("rechts", 27.217, CORE[3])):
            self.author.wall(
                self.storeys[storey], f"kopgevel buitenblad {name}-{storey}", (x, y0), (x, DEPTH_M), z0_m=foot,
                height_m=z0 + STOREY_M - foot, thickness_m=0.1, material=FACING, type_name="buitenblad 100", load_bearing=False,
                is_external=True, nl_sfb="21.1",
            )  # fmt: skip

    def infill(self, storey: int) -> None:
        """Add timber facades and a block partition across each bay; none of them bears."""
        z0, clear = storey * STOREY_M, STOREY_M - FLOOR_M
        window, door = Opening(0.5, 0.8, 2.4, 1.6), Opening(3.6, 0.0, 0.9, 2.1)
        walls = [
            ("voorgevel pui", 0.05, 0.1, INFILL, [window, door], True, "21.1"),
            ("achtergevel pui", DEPTH_M - 0.05, 0.1, INFILL, [window, door], True, "21.1"),
            ("lichte scheidingswand", DEPTH_M / 2, 0.07, BLOCKS, [door], False, "22.1"),
        ]
        for bay, (x0, x1) in enumerate(BAYS):
            for name, y, thickness, material, openings, external, code in walls:
                self.author.wall(
                    self.storeys[storey], f"{name} {bay + 1}-{storey}", (x0, y), (x1, y), z0_m=z0, height_m=clear, thickness_m=thickness,
                    material=material, openings=openings, type_name=f"{material} {thickness * 1000:.0f}", load_bearing=False,
                    is_external=external, nl_sfb=code,
                )  # fmt: skip

    def floors(self, storey: int) -> None:
        """Add the floors (or roofs, with gravel) of both halves and of the core."""
        z, roof = storey * STOREY_M, storey == STOREYS
        where, kind = self.storeys[storey], "dakvloer" if roof else "vloer"
        code, predefined = ("27.2", "ROOF") if roof else ("23.2", "FLOOR")
        wells = [] if storey == 0 else [rectangle(*SHAFT)] if roof else [rectangle(*SHAFT), rectangle(*STAIR_WELL)]
        outlines = [(half, rectangle(x0, 0.0, x1, DEPTH_M), []) for half, x0, x1 in HALVES]
        for name, outline, voids in [*outlines, ("kern", rectangle(*CORE), wells)]:
            self.author.slab(
                where, f"{kind} {name}-{storey}", outline, z_top_m=z, thickness_m=FLOOR_M, material=CONCRETE, voids=voids,
                type_name="betonvloer 180", predefined_type=predefined, load_bearing=True, is_external=roof, nl_sfb=code,
            )  # fmt: skip
        if roof:
            for half, x0, x1 in HALVES:
                solid = box(x0, 0.0, x1, DEPTH_M, z0_m=z, z1_m=z + 0.05)
                self.author.covering(where, f"dakgrind {half}", [solid], material=GRAVEL, type_name="grind 50", nl_sfb="47.1")

    def gallery(self, storey: int) -> None:
        """Add the gallery slabs of a storey and the fins under them; the slabs span from fin to fin."""
        z, (y0, y1) = storey * STOREY_M, GALLERY_Y
        foot = -FLOOR_M if storey == 1 else z - STOREY_M
        for axis, x in AXES:
            self.author.wall(
                self.storeys[storey - 1], f"galerijwand as {axis}-{storey - 1}", (x, y0), (x, y1), z0_m=foot, height_m=z - GALLERY_M - foot,
                thickness_m=0.15, material=CONCRETE, type_name="beton 150", load_bearing=True, is_external=True, nl_sfb="21.2",
            )  # fmt: skip
        for bay in range(5):
            x0 = bay * BAY_M - (0.075 if bay == 0 else 0.0)
            x1 = (bay + 1) * BAY_M + (0.53 if bay == 4 else 0.0)  # the last one reaches the core
            self.author.slab(
                self.storeys[storey], f"galerijplaat {bay + 1}-{storey}", rectangle(x0, y0, x1, y1), z_top_m=z, thickness_m=GALLERY_M,
                material=PRECAST, type_name="galerijplaat 140", load_bearing=True, is_external=True, nl_sfb="23.2",
            )  # fmt: skip

    def core_wall(self, storey: int, name: str, x0: float, y0: float, x1: float, y1: float, height_m: float, *holes: Opening) -> None:
        """Add a concrete wall of 200 mm of the core, standing on its storey."""
        self.author.wall(
            self.storeys[storey], f"kernwand {name}-{storey}", (x0, y0), (x1, y1), z0_m=storey * STOREY_M, height_m=height_m,
            thickness_m=0.2, material=CONCRETE, openings=holes, type_name="beton 200", load_bearing=True, nl_sfb="22.2",
        )  # fmt: skip

    def core_walls(self, storey: int) -> None:
        """Add the walls of stair and lift: door to the gallery, door to the lift."""
        clear, door = STOREY_M - FLOOR_M, Opening(0.1, 0.0, 1.0, 2.1)
        self.core_wall(storey, "voor", 27.55, -1.3, 32.15, -1.3, clear)
        self.core_wall(storey, "achter", 27.55, 3.5, 32.15, 3.5, clear)
        self.core_wall(storey, "links", 27.65, -1.2, 27.65, 3.4, clear, door)
        self.core_wall(storey, "rechts", 32.05, -1.2, 32.05, 3.4, clear)
        self.core_wall(storey, "lift voor", 27.75, 1.4, 29.65, 1.4, clear, Opening(0.4, 0.0, 1.1, 2.1))
        self.core_wall(storey, "lift zij", 29.75, 1.3, 29.75, 3.4, clear)

    def stair(self, storey: int) -> None:
        """Add a stair in one piece, standing on the landing below."""
        z0, z1 = storey * STOREY_M, (storey + 1) * STOREY_M
        middle = (z0 + z1) / 2
        up = Incline(start=(30.375, 0.45), end=(30.375, 2.3), z0_m=z0, z1_m=middle, width_m=1.0, depth_m=0.25)
        landing = box(29.85, 2.3, 31.95, 3.4, z0_m=middle - 0.2, z1_m=middle)
        on = Incline(start=(31.425, 2.7), end=(31.425, 0.6), z0_m=middle, z1_m=z1, width_m=1.0, depth_m=0.25)
        where, name = self.storeys[storey], f"trap-{storey}"
        self.author.stair_flight(where, name, [up, landing, on], material=PRECAST, type_name="betontrap", nl_sfb="24.1")

    def lift_overrun(self) -> None:
        """Add the machine room of the lift on the roof."""
        top, clear = STOREYS * STOREY_M + 1.6, 1.6 - FLOOR_M
        self.core_wall(STOREYS, "liftopbouw achter", 27.55, 3.5, 29.85, 3.5, clear)
        self.core_wall(STOREYS, "liftopbouw links", 27.65, 1.5, 27.65, 3.4, clear)
        self.core_wall(STOREYS, "liftopbouw voor", 27.55, 1.4, 29.85, 1.4, clear)
        self.core_wall(STOREYS, "liftopbouw rechts", 29.75, 1.5, 29.75, 3.4, clear)
        self.author.roof_slab(
            self.storeys[STOREYS], "dakvloer liftopbouw", rectangle(27.55, 1.3, 29.85, 3.6), z_top_m=top, thickness_m=FLOOR_M,
            material=CONCRETE, type_name="betonvloer 180", load_bearing=True, is_external=True, nl_sfb="27.2",
        )  # fmt: skip

    def foundation(self) -> None:
        """Add ground beams under walls and fins, a raft under the core, and precast piles."""
        for axis, x in AXES:
            self.author.strip_footing(
                self.base, f"funderingsbalk as {axis}", (x, -1.5), (x, 10.1), z_top_m=-FLOOR_M, width_m=0.6 if axis in "16" else 0.5,
                height_m=0.6, material=CONCRETE, predefined_type="FOOTING_BEAM", type_name="funderingsbalk", nl_sfb="16.1",
            )  # fmt: skip
            for i, y in enumerate((-1.1, 0.5, 2.3, 4.1, 5.9, 7.7, 9.5)):
                self.pile(f"as {axis}-{i + 1}", x, y)
        self.author.pad_footing(
            self.base, "funderingsplaat kern", (29.85, 1.1), z_top_m=-FLOOR_M, size_m=(4.9, 5.3), height_m=0.6, material=CONCRETE,
            predefined_type="PILE_CAP", type_name="funderingsplaat", nl_sfb="16.1",
        )  # fmt: skip
        spots = [(x, y) for x in (27.8, 29.85, 31.9) for y in (-1.15, 0.35, 1.85, 3.35)]
        for i, (x, y) in enumerate(spots):
            self.pile(f"kern-{i + 1}", x, y)

    def pile(self, name: str, x: float, y: float) -> None:
        """Add a square pile of 290 mm under a beam or the raft."""
        section = Rectangle(width_m=0.29, depth_m=0.29, name="290x290")
        self.author.pile(
            self.base, f"paal {name}", (x, y), z_top_m=-0.78, z_tip_m=-13.0, section=section, material=PRECAST,
            construction="PRECAST_CONCRETE", predefined_type="DRIVEN", type_name="prefab paal 290", nl_sfb="17.2",
        )  # fmt: skip


def build() -> Author:
    """Return the galerijflat."""
    return Galerijflat().build()
