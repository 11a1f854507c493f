"""A block of cross walls with galleries on fins and a core with stair, and perhaps a lift, at the right end."""

from __future__ import annotations

from optopscan.families.block import WELL_Y1_M, Box, Hole
from optopscan.families.cross import Axis, CrossBlock
from optopscan.ifc.author import Incline, box, rectangle

GAP_M = 0.02  # between gallery and floors, and between gallery and core
CORE_OFF_M = 0.45  # from the face of the end wall to the core: outer leaf and its gap between them
CORE_WIDTH_M, CORE_BACK_M = 4.6, 3.6
SHAFT_WIDTH_M, SHAFT_DEPTH_M = 1.9, 1.9
OVERRUN_M = 1.6
RAFT_EDGE_M = 0.15
LIFT_DOOR_M = (1.1, 2.1)
CORE_SLAB_M = 0.18


class GalleryBlock(CrossBlock):
    """Galleries at the front from the first storey up; the core stands free of the block, on its own raft."""

    @property
    def lift(self) -> bool:
        """Whether the core has a lift."""
        return self.family.file.gallery is not None and self.family.file.gallery.lift

    @property
    def core_material(self) -> str:
        """Material of core, fins and gallery."""
        return self.materials.core or self.materials.wall

    @property
    def core(self) -> Box:
        """Outer faces of the core [m]."""
        last = self.axes()[-1]
        x0 = last.x + last.t / 2 + CORE_OFF_M
        return Box(x0, self.gallery_front, x0 + CORE_WIDTH_M, CORE_BACK_M)

    @property
    def gallery_front(self) -> float:
        """Front edge of the gallery [m, y]."""
        return -self.d.gallery_width_m - GAP_M

    @property
    def shaft(self) -> Box:
        """Inside of the lift shaft [m]."""
        t, core = self.d.core_wall_thickness_m, self.core
        return Box(core.x0 + t, core.y1 - t - SHAFT_DEPTH_M, core.x0 + t + SHAFT_WIDTH_M, core.y1 - t)

    @property
    def stair_well(self) -> Box:
        """Stair well in the floors of the core [m]."""
        t, core = self.d.core_wall_thickness_m, self.core
        return Box(self.shaft.x1 + t, core.y1 - t - WELL_Y1_M + 0.1, core.x1 - t, core.y1 - t)

    def leaf_from(self, name: str) -> float:
        """Return where an outer leaf begins: beside the core there is none [m, y]."""
        return 0.0 if name.endswith("links") else self.core.y1

    def front_edge(self) -> float:
        """Return how far the foundation reaches to the front: under the fins too [m, y]."""
        return self.gallery_front - 0.1

    def doors(self, axis: Axis) -> list[Hole]:  # noqa: ARG002 - no stair between the walls
        """Return no doors: every dwelling has its own at the gallery."""
        return []

    def way_in(self) -> None:
        """Add galleries and core."""
        for storey in range(1, self.n):
            self.gallery(storey)
        for storey in range(self.n):
            self.core_storey(storey)
        for storey in range(self.n + 1):
            self.core_floor(storey)
        for storey in range(self.n - 1):
            self.core_stair(storey)
        if self.lift:
            self.overrun()
        self.raft()

    def gallery(self, storey: int) -> None:
        """Add the gallery slabs of a storey and the fins under them; the slabs span from fin to fin."""
        d, z, axes = self.d, self.levels_m[storey], self.axes()
        y0, y1 = self.gallery_front, -GAP_M
        foot = -d.ground_thickness_m if storey == 1 else self.levels_m[storey - 1]
        for axis in axes:
            self.wall(
                storey - 1, f"galerijwand as {axis.name}", (axis.x, y0), (axis.x, y1), d.fin_thickness_m, self.core_material, bears=True,
                external=True, foot_m=foot, top_m=z - d.gallery_thickness_m,
            )  # fmt: skip
        for bay in self.bays():
            x0 = bay.left.x - (d.fin_thickness_m / 2 if bay.left.end else 0.0)
            x1 = self.core.x0 - GAP_M if bay.right.end else bay.right.x
            self.author.slab(
                self.where(storey), f"galerijplaat {bay.name}-{storey}", rectangle(x0, y0, x1, y1), z_top_m=z,
                thickness_m=d.gallery_thickness_m, material=self.core_material, type_name="galerijplaat", load_bearing=self.said(True),
                is_external=True,
            )  # fmt: skip

    def core_storey(self, storey: int) -> None:
        """Add the walls of the core: a door to the gallery, a door to the lift."""
        t, core = self.d.core_wall_thickness_m, self.core
        door = Hole(core.y0 + t + 0.1, 0.0, 1.0, 2.1)
        rows = [
            ("voor", (core.x0, core.y0 + t / 2), (core.x1, core.y0 + t / 2), []),
            ("achter", (core.x0, core.y1 - t / 2), (core.x1, core.y1 - t / 2), []),
            ("links", (core.x0 + t / 2, core.y0 + t), (core.x0 + t / 2, core.y1 - t), [door]),
            ("rechts", (core.x1 - t / 2, core.y0 + t), (core.x1 - t / 2, core.y1 - t), []),
        ]
        if self.lift:
            shaft = self.shaft
            lift_door = Hole(shaft.x0 + 0.4, 0.0, *LIFT_DOOR_M)
            rows.append(("lift voor", (shaft.x0, shaft.y0 - t / 2), (shaft.x1, shaft.y0 - t / 2), [lift_door]))
            rows.append(("lift zij", (shaft.x1 + t / 2, shaft.y0 - t), (shaft.x1 + t / 2, shaft.y1), []))
        top = self.levels_m[storey + 1] - CORE_SLAB_M
        for name, start, end, holes in rows:
            self.wall(storey, f"kernwand {name}", start, end, t, self.core_material, holes, bears=True, top_m=top, foot_m=self.foot(storey))

    def core_floor(self, storey: int) -> None:
        """Add the floor of the core, or its roof; a lift shaft goes through the roof, a stair does not."""
        shaft = [self.shaft] if self.lift else []
        wells = [] if storey == 0 else shaft if storey == self.n else [*shaft, self.stair_well]
        roof = storey == self.n
        self.author.slab(
            self.where(storey), f"{'dakvloer' if roof else 'vloer'} kern-{storey}", rectangle(*self.core), z_top_m=self.levels_m[storey],
            thickness_m=CORE_SLAB_M, material=self.core_material, voids=[rectangle(*well) for well in wells], type_name="vloer kern",
            predefined_type="ROOF" if roof else "FLOOR", load_bearing=self.said(True), is_external=roof,
        )  # fmt: skip

    def core_stair(self, storey: int) -> None:
        """Add the stair of the core: it turns at the back, so the plan of a portiek is mirrored."""
        well, z0, z1 = self.stair_well, self.levels_m[storey], self.levels_m[storey + 1]
        middle, turn = (z0 + z1) / 2, well.y1 - 1.1
        left, right = well.x0 + 0.525, well.x1 - 0.525
        up = Incline(start=(left, well.y0 - 0.15), end=(left, turn), z0_m=z0, z1_m=middle, width_m=1.0, depth_m=0.25)
        landing = box(well.x0, turn, well.x1, well.y1, z0_m=middle - 0.2, z1_m=middle)
        on = Incline(start=(right, turn + 0.4), end=(right, well.y0), z0_m=middle, z1_m=z1, width_m=1.0, depth_m=0.25)
        self.author.stair_flight(self.where(storey), f"trap kern-{storey}", [up, landing, on], material=self.materials.stair)

    def overrun(self) -> None:
        """Add the machine room of the lift on the roof."""
        t, core, shaft, z = self.d.core_wall_thickness_m, self.core, self.shaft, self.levels_m[-1]
        right = shaft.x1 + t
        rows = [
            ("achter", (core.x0, core.y1 - t / 2), (right, core.y1 - t / 2)),
            ("links", (core.x0 + t / 2, shaft.y0), (core.x0 + t / 2, shaft.y1)),
            ("voor", (core.x0, shaft.y0 - t / 2), (right, shaft.y0 - t / 2)),
            ("rechts", (shaft.x1 + t / 2, shaft.y0), (shaft.x1 + t / 2, shaft.y1)),
        ]
        top = z + OVERRUN_M - CORE_SLAB_M
        for name, start, end in rows:
            self.wall(self.n, f"liftopbouw {name}", start, end, t, self.core_material, bears=True, foot_m=z, top_m=top)
        self.author.roof_slab(
            self.where(self.n), "dakvloer liftopbouw", rectangle(core.x0, shaft.y0 - t, right, core.y1), z_top_m=z + OVERRUN_M,
            thickness_m=CORE_SLAB_M, material=self.core_material, type_name="vloer kern", load_bearing=self.said(True), is_external=True,
        )  # fmt: skip

    def raft(self) -> None:
        """Add the raft of the core and twelve piles under it."""
        d, core = self.d, self.core
        size = (core.x1 - core.x0 + 2 * RAFT_EDGE_M, core.y1 - core.y0 + 2 * RAFT_EDGE_M)
        centre = ((core.x0 + core.x1) / 2, (core.y0 + core.y1) / 2)
        self.author.pad_footing(
            self.base, "funderingsplaat kern", centre, z_top_m=-CORE_SLAB_M, size_m=size, height_m=d.beam_height_m,
            material=self.materials.foundation, predefined_type="PILE_CAP",
        )  # fmt: skip
        spots = [(x, y) for x in (core.x0 + 0.25, centre[0], core.x1 - 0.25) for y in spread4(core.y0 + 0.25, core.y1 - 0.25)]
        for i, (x, y) in enumerate(spots):
            self.pile(f"kern-{i + 1}", x, y, -CORE_SLAB_M - d.beam_height_m)


def spread4(first: float, last: float) -> list[float]:
    """Return four evenly spaced places [m]."""
    return [first + (last - first) * i / 3 for i in range(4)]
