"""What the typical block of each family must weigh and carry, worked out from the numbers of its TOML file alone.

Nothing here uses the generator: the file is read with tomllib, plans are written out again as lengths times
areas. Rules of the hand calculation, as for the examples: floors span one way between centre lines, half to
each side; a wall along the span takes the strip right above it; a wall on a floor gives half its weight
to each end of the span. Densities come from the program's own table, finishes from its documented
defaults (0.5 kN/m2 on floors, 0.15 membrane, 0.9 ballast where no gravel is drawn).
"""

from __future__ import annotations

import math
import tomllib
from dataclasses import dataclass
from pathlib import Path

from optopscan.catalog.engineering import load_engineering

FOLDER = Path(__file__).resolve().parents[2] / "examples" / "families"
FINISH, MEMBRANE, BALLAST = 0.5, 0.15, 0.9
DOOR = 0.9 * 2.1
G = 9.81 / 1000.0
# Material group of each name in the files; a name that is not here fails the test.
GROUPS = {
    "metselwerk baksteen": "clay",
    "metselwerk baksteen gevelsteen": "clay",
    "MUWI betonblokken met vulling": "concrete-block",
    "kalkzandsteen": "calcium-silicate",
    "beton gewapend ihw": "concrete",
    "beton gewapend prefab": "concrete",
    "beton gewapend prefab paneel": "concrete",
    "beton ongewapend": "concrete",
    "combinatievloer beton": "concrete",
    "houten balklaag": "timber",
    "houten gevelpui": "timber",
    "hout": "timber",
    "gipsblokken": "gypsum-block",
    "grind": "gravel",
}


class Numbers:
    """The typical numbers of a family file by name, 0 where it has none; ``kn_m3`` of its materials by role."""

    def __init__(self, family_id: str) -> None:
        self.data = tomllib.loads((FOLDER / f"{family_id}.toml").read_text(encoding="utf-8"))
        self.typical = {
            key: row["typical"]
            for table in self.data.values()
            if isinstance(table, dict)
            for key, row in table.items()
            if isinstance(row, dict) and "typical" in row
        }
        self.rows = {row.group: row.density_kg_m3 for row in load_engineering().densities}

    def __getattr__(self, name: str) -> float:
        return self.typical.get(name, 0.0)

    def kn_m3(self, role: str) -> float:
        return self.weight(self.data["materials"][role])

    def weight(self, material: str) -> float:
        return self.rows[GROUPS[material]] * G

    @property
    def heights(self) -> list[float]:
        return ([self.plinth_height_m] if self.plinth_height_m else []) + [self.storey_height_m] * int(self.storeys)

    def clear(self, storey: int, *, from_strip: bool = True) -> float:
        """Height of a wall: from the slab, lowest from the strip, to the soffit."""
        last = storey == len(self.heights) - 1
        below = self.strip_depth_m if storey == 0 and from_strip else 0.0
        return self.heights[storey] - (self.roof_thickness_m if last else self.floor_thickness_m) + below

    @property
    def floor(self) -> float:
        return self.floor_thickness_m * self.kn_m3("floor") + FINISH

    @property
    def roof(self) -> float:
        gravel = self.gravel_m * self.weight("grind") if self.gravel_m else BALLAST
        return self.roof_thickness_m * self.kn_m3("floor") + MEMBRANE + gravel


@dataclass(frozen=True)
class Line:
    """What leaves the lowest piece of one inner bearing line at its foot [kN], and the area of each floor on it, the roof last [m2]."""

    element: str
    permanent_kn: float
    floors_m2: tuple[float, ...]


def line(family_id: str) -> Line:
    n = Numbers(family_id)
    return {"cross": cross_line, "spine": spine_line, "frame": frame_line}[n.data["scheme"]](n)


def cross_line(n: Numbers) -> Line:
    """The first inner wall with rooms at both sides: axis 2, or behind the first stair where a wing is one bay wide."""
    levels = len(n.heights)
    axis = "2" if n.bays >= 2 else "4"
    t, depth, bay = n.wall_thickness_m, n.depth_m, n.bay_m
    # Beside an end wall the clear width is half an end wall and half an inner wall less than the bay.
    clears = [bay - n.end_wall_thickness_m / 2 - t / 2, bay - t] if axis == "2" else [bay - t, bay - t]
    area = bay * depth
    walls = sum(t * depth * n.clear(i) for i in range(levels)) * n.kn_m3("wall")
    on_floors = sum(0.5 * bay_load(n, i, c) for i in range(1, levels) for c in clears)
    permanent = walls + (levels - 1) * area * n.floor + on_floors + area * n.roof
    return Line(f"bouwmuur as {axis}", permanent, (*[area] * (levels - 1), area))


def bay_load(n: Numbers, storey: int, clear: float) -> float:
    """Two timber fronts and a partition on the floor of a room bay [kN]."""
    height = n.clear(storey, from_strip=False)
    window = 0.45 * clear * 1.4
    fronts = 2 * 0.1 * (clear * height - window - DOOR) * n.kn_m3("facade")
    return fronts + 0.07 * (clear * height - DOOR) * n.kn_m3("partition")


def spine_line(n: Numbers) -> Line:
    """The middle wall along the left wing of the first stair."""
    levels, wing = len(n.heights), n.bays * n.bay_m
    dwellings = n.data["walkway"] == "portiek"
    depth = (n.front_span_m + n.back_span_m) / 2
    permanent, areas = 0.0, []
    for i in range(levels):
        tf = n.facade_low_thickness_m if i < n.facade_low_storeys else n.facade_thickness_m
        tm = n.middle_low_thickness_m if i < n.middle_low_storeys else n.middle_thickness_m
        # From the end wall to the axis of the stair wall, where the middle wall of the stair begins.
        length = wing - tf / 2
        doors = 1 if dwellings else n.bays
        permanent += tm * (length * n.clear(i) - doors * DOOR) * n.kn_m3("wall")
        # In front the stair wall takes the strip over itself; behind there is none.
        over = length - n.across_thickness_m / 4
        last = i == levels - 1
        areas.append(over * depth)
        permanent += areas[-1] * (n.roof if last else n.floor)
        if i > 0 or not n.plinth_height_m:
            # Light walls along the span, between the bays; those on sand go to the ground.
            spans = [n.front_span_m - tf / 2 - tm / 2, *([n.back_span_m - tf / 2 - tm / 2] if dwellings else [])]
            height = n.clear(i, from_strip=False)
            each = sum(0.07 * (s * height - (DOOR if dwellings else 0.0)) for s in spans) * n.kn_m3("partition")
            permanent += (n.bays - 1) * each / 2 if i > 0 else 0.0
    return Line("middenmuur 1A", permanent, tuple(areas))


def frame_line(n: Numbers) -> Line:
    """An inner column of the middle row, away from the core."""
    levels, area, c = len(n.heights), n.bay_m * n.across_span_m, n.column_m
    columns = sum(c * c * (n.clear(i, from_strip=False) - n.beam_depth_m) for i in range(levels))
    beams = levels * n.across_span_m * c * n.beam_depth_m
    permanent = (columns + beams) * n.kn_m3("wall") + (levels - 1) * area * n.floor + area * n.roof
    return Line("kolom 2.2", permanent, (*[area] * (levels - 1), area))


# Whole buildings: everything that weighs, at the ground.


def flight(run: float, rise: float, width: float) -> float:
    """Volume of an inclined flight 0.25 deep: triangle under the steps less the triangle under the soffit [m3]."""
    return (0.5 * run * rise - 0.5 * (run - 0.25 * run / rise) * (rise - 0.25)) * width


def total_kn(family_id: str) -> float:
    """Permanent load of the whole block at the ground [kN]."""
    n = Numbers(family_id)
    return {"cross": cross_total, "spine": spine_total, "frame": frame_total}[n.data["scheme"]](n)


def piles_on(n: Numbers, length: float) -> int:
    """Number of piles under a ground beam: half a metre from its ends, no further apart than stated."""
    return math.ceil((length - 1.0) / n.pile_distance_m - 1e-9) + 1


def pile_kn(n: Numbers, count: int, top: float) -> float:
    return count * n.pile_size_m**2 * (n.pile_depth_m - top) * n.kn_m3("pile")


def cross_total(n: Numbers) -> float:
    levels, t, te, depth = len(n.heights), n.wall_thickness_m, n.end_wall_thickness_m, n.depth_m
    stairs, bays, sw = int(n.stairs), int(n.bays), n.stair_width_m
    rooms, gallery = (2 * bays * stairs if stairs else bays), "gallery" in n.data
    length = rooms * n.bay_m + stairs * sw
    axes = rooms + stairs + 1
    load = 0.0
    for i in range(levels):
        wall = (2 * te + (axes - 2) * t) * depth * n.clear(i) - 2 * stairs * t * DOOR
        load += wall * n.kn_m3("wall")
        plinth = i == 0 and n.plinth_height_m
        h = n.clear(i, from_strip=False)
        for k in range(rooms):
            c = n.bay_m - (t + te if k in (0, rooms - 1) else 2 * t) / 2
            if plinth:
                load += 2 * 0.1 * (c * h - 0.4) * n.kn_m3("facade")
            else:
                load += bay_load(n, i, c)
        for _ in range(stairs):
            c = sw - t
            front = DOOR if i == 0 else 1.2
            back = 0.4 if plinth else 0.45 * c * 1.4
            load += 0.1 * (2 * c * h - front - back) * n.kn_m3("facade") + 0.07 * c * h * n.kn_m3("partition")
    wells = stairs * (sw - t) * 2.7
    load += (levels - 1) * ((length + te) * depth - wells) * n.floor + (length + te) * depth * n.roof
    load += cross_ground(n, length, rooms, stairs) + end_leaves(n, gallery) + cross_foundation(n, axes, gallery)
    load += stairs * sum(stair_m3(n, i, sw - t, 0.2, 2.9) for i in range(levels - 1)) * n.kn_m3("stair")
    return load + (gallery_kn(n, rooms) if gallery else 0.0)


def stair_m3(n: Numbers, storey: int, wide: float, front: float, back: float) -> float:
    """Volume of a stair of a portiek: half landing of 0.95 m at the front, two flights [m3]."""
    rise, width = n.heights[storey] / 2, wide / 2 - 0.05
    up, on = back + 0.2 - front - 0.95, back - front - 0.95 + 0.26
    return flight(up, rise, width) + flight(on, rise, width) + wide * 0.95 * 0.2


def cross_ground(n: Numbers, length: float, rooms: int, stairs: int) -> float:
    if "strips" not in n.data:
        return (length + n.end_wall_thickness_m) * n.depth_m * (n.ground_thickness_m * n.kn_m3("floor") + FINISH)
    walls = n.end_wall_thickness_m + (rooms + stairs - 1) * n.wall_thickness_m
    area = (length - walls) * n.depth_m
    return area * (n.ground_thickness_m * n.weight("beton gewapend ihw") + FINISH)


def end_leaves(n: Numbers, gallery: bool) -> float:
    below = n.strip_depth_m if "strips" in n.data else n.ground_thickness_m
    right = n.depth_m - (3.6 if gallery else 0.0)
    return 0.1 * (n.depth_m + right) * (sum(n.heights) + below) * n.weight("metselwerk baksteen gevelsteen")


def cross_foundation(n: Numbers, axes: int, gallery: bool) -> float:
    length = n.depth_m + (n.gallery_width_m + 0.22 if gallery else 0.2)
    least = n.end_wall_thickness_m + 0.36
    if "strips" in n.data:
        width = (axes - 2) * n.strip_width_m + 2 * max(n.strip_width_m, least)
        return width * length * n.strip_height_m * n.kn_m3("foundation")
    width = (axes - 2) * n.beam_width_m + 2 * max(n.beam_width_m, least)
    beams = width * length * n.beam_height_m * n.kn_m3("foundation")
    return beams + pile_kn(n, axes * piles_on(n, length), n.ground_thickness_m + n.beam_height_m)


def gallery_kn(n: Numbers, rooms: int) -> float:
    """Galleries, fins and the core with stair, lift and machine room."""
    levels, core_kn, t = len(n.heights), n.kn_m3("core"), n.core_wall_thickness_m
    width, gt = n.gallery_width_m, n.gallery_thickness_m
    fins = (rooms + 1) * width * n.fin_thickness_m * (sum(n.heights[:-1]) - (levels - 1) * gt + n.ground_thickness_m)
    run = rooms * n.bay_m + n.fin_thickness_m / 2 + n.end_wall_thickness_m / 2 + 0.45 - 0.02
    slabs = (levels - 1) * run * width
    deep = 3.6 + width + 0.02  # core across
    ring = 2 * 4.6 + 2 * (deep - 2 * t)
    well = (4.6 - 3 * t - 1.9) * 2.8
    shaft = 1.9 * 1.9
    walls = floors = 0.0
    for i in range(levels):
        h = n.heights[i] - 0.18
        walls += t * (ring * h - 2.1) + t * ((1.9 + 1.9 + t) * h - 1.1 * 2.1)
    floors = 4.6 * deep * (levels + 1) - (levels - 1) * (well + shaft) - shaft
    house = t * (2 * (1.9 + 2 * t) + 2 * 1.9) * (1.6 - 0.18)
    cap = (1.9 + 2 * t) * (1.9 + 2 * t)
    stairs = 0.0
    for i in range(levels - 1):
        rise = n.heights[i] / 2
        inner = 2.8 - 1.1
        stairs += flight(inner + 0.15, rise, 1.0) + flight(inner + 0.4, rise, 1.0) + (4.6 - 3 * t - 1.9) * 1.1 * 0.2
    raft = 4.9 * (deep + 0.3) * n.beam_height_m * n.kn_m3("foundation")
    piles = pile_kn(n, 12, 0.18 + n.beam_height_m)
    concrete = (fins + slabs * gt + walls + 0.18 * floors + house + 0.18 * cap) * core_kn
    # The roof over the shaft is that of the machine room; under it lies no roof of the core.
    roofs = (4.6 * deep - shaft) + cap
    finishes = (levels * 4.6 * deep - (levels - 1) * (well + shaft)) * FINISH + roofs * (MEMBRANE + BALLAST)
    return concrete + stairs * n.kn_m3("stair") + raft + piles + finishes  # a gallery has no finish


def spine_total(n: Numbers) -> float:
    levels, units = len(n.heights), int(n.stairs)
    dwellings = n.data["walkway"] == "portiek"
    wing, sw, ta = n.bays * n.bay_m, n.stair_width_m, n.across_thickness_m
    length, depth = units * (2 * wing + sw), n.front_span_m + n.back_span_m
    load = 0.0
    holes = []
    for i in range(levels):
        tf = n.facade_low_thickness_m if i < n.facade_low_storeys else n.facade_thickness_m
        tm = n.middle_low_thickness_m if i < n.middle_low_storeys else n.middle_thickness_m
        h = n.clear(i)
        low = bool(i == 0 and n.plinth_height_m)
        window = 0.5 if low else 0.5 * n.bay_m * min(1.5, n.storey_height_m - 1.4)
        entrance = 1.2 * 2.1 if i == 0 else 1.44
        front = units * (2 * n.bays * window + entrance)
        stair_window = 0.5 if low else 0.5 * sw * min(1.5, n.storey_height_m - 1.4)
        back = units * (2 * n.bays * window + (0.0 if dwellings else stair_window))
        holes.append(front + back)
        f, b = n.front_span_m - tf / 2 - tm / 2, n.back_span_m - tf / 2 - tm / 2
        brick = tf * (2 * (length + tf) * h - front - back) + tf * 2 * (depth - tf) * h
        if dwellings:
            middle = length - tf - (units - 1) * ta - 0.0
            brick += tm * (middle * h - 2 * units * DOOR)
            brick += ta * (2 * units * (f * h - DOOR) + units * b * h + (units - 1) * (depth - tf) * h)
        else:
            brick += tm * ((length - tf) * h - (2 * n.bays + 1) * DOOR) + ta * 2 * units * f * h
        load += brick * n.kn_m3("wall")
        if not low:
            inner = n.clear(i, from_strip=False)
            per = (f * inner - (DOOR if dwellings else 0.0)) + ((b * inner - DOOR) if dwellings else 0.0)
            load += 0.07 * units * 2 * (n.bays - 1) * per * n.kn_m3("partition")
    t0, top = n.facade_low_thickness_m, n.facade_thickness_m
    off = t0 / 2 + 0.11
    around = 2 * (length + 2 * off + 0.1) + 2 * (depth + 2 * off - 0.1)
    outer = 0.1 * (around * (sum(n.heights) + n.strip_depth_m) - sum(holes))
    load += outer * n.kn_m3("facade")
    well = units * (sw - ta) * (2.6 - t0 / 2)
    # The wall thickness of the top storey gives the edge of all floors.
    area = (length + top) * (depth + top)
    load += (levels - 1) * (area - well) * n.floor + area * n.roof
    load += spine_ground(n, length, depth, units, dwellings) + spine_strips(n, length, depth, units, dwellings)
    stairs = units * sum(stair_m3(n, i, sw - ta, t0 / 2, 2.6) for i in range(levels - 1))
    return load + stairs * n.kn_m3("stair")


def spine_ground(n: Numbers, length: float, depth: float, units: int, dwellings: bool) -> float:
    tf, tm, ta = n.facade_low_thickness_m, n.middle_low_thickness_m, n.across_thickness_m
    between = units - 1 if dwellings else 0
    front = (length - tf - 2 * units * ta - between * ta) * (n.front_span_m - tf / 2 - tm / 2)
    back = (length - tf - ((units + between) * ta if dwellings else 0.0)) * (n.back_span_m - tf / 2 - tm / 2)
    return (front + back) * (n.ground_thickness_m * n.weight("beton gewapend ihw") + FINISH)


def spine_strips(n: Numbers, length: float, depth: float, units: int, dwellings: bool) -> float:
    wide = max(n.strip_width_m, n.facade_low_thickness_m + 0.36)
    narrow = n.strip_width_m
    along = (length + wide) * (2 * wide + narrow)
    front, back = n.front_span_m - wide / 2 - narrow / 2, n.back_span_m - wide / 2 - narrow / 2
    across = 2 * wide * (front + back) + 2 * units * narrow * front
    if dwellings:
        across += units * narrow * back + (units - 1) * narrow * (front + back)
    return (along + across) * n.strip_height_m * n.kn_m3("foundation")


def frame_total(n: Numbers) -> float:
    levels, bays, c, t = len(n.heights), int(n.bays), n.column_m, n.core_wall_thickness_m
    long, deep = bays * n.bay_m + c, 2 * n.across_span_m + c
    lines = bays + 1
    h = [n.clear(i, from_strip=False) for i in range(levels)]
    frame = 3 * lines * c * c * sum(x - n.beam_depth_m for x in h) + levels * lines * deep * c * n.beam_depth_m
    core = t * ((2 * 5.0 + 2 * (3.0 - 2 * t)) * (sum(h) + 2.6) - (levels + 1) * 2.1)
    edge = levels * 0.26 * 0.9 * 2 * (bays * (n.bay_m - c) + 2 * (n.across_span_m - c))
    well = (3.0 - 2 * t) * (5.0 - 1.4 - t)
    floors = (levels - 1) * (long * deep - well) * n.floor + long * deep * (n.ground_thickness_m * n.kn_m3("floor") + FINISH)
    gravel = (long * deep - 15.0) * n.gravel_m * n.weight("grind")
    roof = (long * deep - well) * n.roof_thickness_m * n.kn_m3("floor") + gravel + 15.0 * 0.15 * n.kn_m3("floor")
    roof += long * deep * MEMBRANE + 15.0 * BALLAST
    width = (3.0 - 2 * t) / 2 - 0.1
    run = 5.0 - 1.4 - t - 1.1
    stairs = sum(
        flight(run + 0.2, x / 2, width) + flight(run + 0.4, x / 2, width) + (3.0 - 2 * t) * 1.1 * 0.2 for x in n.heights
    ) * n.kn_m3("stair")  # fmt: skip
    caps = 3 * lines * 1.6 * 1.6 * 0.7 + 3.4 * 5.4 * 0.8 + lines * deep * n.beam_width_m * n.beam_height_m
    top = n.ground_thickness_m + n.beam_height_m + 0.7
    under_core = 2 * (math.ceil(4.4 / n.pile_distance_m - 1e-9) + 1)
    piles = pile_kn(n, lines * (2 + 4 + 2), top) + pile_kn(n, under_core, n.ground_thickness_m + 0.8)
    solid = frame * n.kn_m3("wall") + core * n.kn_m3("core") + edge * n.kn_m3("facade") + caps * n.kn_m3("foundation")
    return solid + floors + roof + stairs + piles
