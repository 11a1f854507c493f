"""What the examples must weigh and carry, worked out by hand from their typed dimensions.

Nothing here runs the program or reads a file: every number is arithmetic on
dimensions that stand in ``examples/ifc/README.md``. Volumes are checked against a
geometry kernel in ``tests/ifc/test_author.py``; loads have no other source than
the sums below.

Rules of the hand calculation
-----------------------------
* Distribution "simple": every floor spans one way between the centre lines of two
  neighbouring bearing lines, half of each span to each; a slab edge beyond the last
  centre line belongs to the last line.
* A wall parallel to the span carries the strip of floor right above it and nothing
  beside it, so the strip between its faces is not counted in the line it ends on.
* Walls that stand on a floor across the span give half their weight to each side.
  Their door holes are not in the middle; ignoring that moves less than 0.2 kN.
* Loads are characteristic. A line is given at the foot of its lowest wall or column
  (own weight included, floor under it excluded).

Sensible tolerance for a program that cuts floors into cells: 2 % on a line (cells
over wall junctions), 0.1 % on volumes and weights.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

GRAVITY_M_S2 = 9.81

# kg/m3. Clay brick, calcium silicate, concrete: usual Dutch values (EN 1991-1-1 annex A
# ranges: clay 1700-2000, calcium silicate 1850, reinforced 2500, plain 2400). The rest are
# light and decide nothing: gypsum blocks 1000, softwood 420, mineral wool 50, gravel 1700.
DENSITY_KG_M3: Mapping[str, float] = {
    "clay": 1900.0,
    "calcium-silicate": 1850.0,
    "concrete": 2500.0,
    "plain-concrete": 2400.0,
    "gypsum-block": 1000.0,
    "timber": 420.0,
    "insulation": 50.0,
    "gravel": 1700.0,
}


@dataclass(frozen=True, kw_only=True)
class Assumed:
    """What the models leave out; defaults are those of the examples' README [kN/m2]."""

    density_kg_m3: Mapping[str, float] = field(default_factory=lambda: DENSITY_KG_M3)
    floor_finish: float = 0.5  # screed or tiles on a dwelling or office floor
    gallery_finish: float = 0.0  # bare concrete; a program that gives every slab a finish passes its own
    roof_membrane: float = 0.15  # bitumen and insulation
    roof_ballast: float = 0.9  # 50 mm gravel, upper value; 0 where gravel is modelled
    imposed_dwelling: float = 1.75
    imposed_gallery: float = 2.5
    imposed_office: float = 2.5
    imposed_partitions: float = 0.8  # movable partitions, only where none are modelled
    imposed_roof: float = 1.0

    def kn_m3(self, material: str) -> float:
        """Return the weight per volume [kN/m3]."""
        return self.density_kg_m3[material] * GRAVITY_M_S2 / 1000.0


@dataclass(frozen=True, kw_only=True)
class Line:
    """One bearing line at the foot of its lowest element.

    ``imposed_kn`` has one value per floor carried, lowest first, the roof last.
    ``below_permanent_kn`` and ``below_imposed_kn`` are what the floor that lies
    between the foot and the foundation adds.
    """

    element: str
    length_m: float
    tributary_m: float
    permanent_kn: float
    imposed_kn: tuple[float, ...]
    below_permanent_kn: float = 0.0
    below_imposed_kn: float = 0.0

    @property
    def permanent_kn_m(self) -> float:
        """Mean permanent line load [kN/m]."""
        return self.permanent_kn / self.length_m


@dataclass(frozen=True, kw_only=True)
class Expected:
    """One example. ``volume_m3`` by (kind, material); ``floor_area_m2`` from the lowest storey up, slab less wells."""

    volume_m3: Mapping[tuple[str, str], float]
    floor_area_m2: tuple[float, ...]
    roof_area_m2: float
    n_bearing_wall: int
    n_other_wall: int
    n_bearing_column: int
    span_direction: str
    span_m: tuple[float, ...]
    lines: tuple[Line, ...]

    def self_weight_kn(self, assumed: Assumed) -> dict[str, float]:
        """Return the weight of all modelled bodies by kind [kN]."""
        total: dict[str, float] = {}
        for (kind, material), volume in self.volume_m3.items():
            total[kind] = total.get(kind, 0.0) + volume * assumed.kn_m3(material)
        return total


def flight_m3(run_m: float, rise_m: float, depth_m: float, width_m: float) -> float:
    """Return the volume of an inclined flight: triangle under the steps less the triangle under the soffit."""
    soffit = 0.5 * (run_m - depth_m * run_m / rise_m) * (rise_m - depth_m)
    return (0.5 * run_m * rise_m - soffit) * width_m


# ---------------------------------------------------------------------------
# Portiekflat 1958. Facades at y = 0 and 8, middle wall at y = 4, x = 0 .. 33.6.
# Bearing wall thickness per storey 0..3: facade and end walls .22 .11 .11 .11,
# middle wall .22 .22 .11 .11, stair walls and walls between dwellings .22.
# Wall heights: storey 0 from -0.60 to the soffit at 2.40 - .13 = 2.27: 2.87;
# storeys 1, 2: 2.80 - .13 = 2.67; storey 3: 2.80 - .12 (roof) = 2.68.
PORTIEK_T_FACADE = (0.22, 0.11, 0.11, 0.11)
PORTIEK_T_MIDDLE = (0.22, 0.22, 0.11, 0.11)
PORTIEK_HEIGHT = (2.87, 2.67, 2.67, 2.68)
# Outer leaf 100 mm, storey by storey from slab top to slab top, lowest from -0.60.
PORTIEK_OUTER_HEIGHT = 3.0 + 3 * 2.8
DOOR_M2 = 0.9 * 2.1


def portiekflat(assumed: Assumed) -> Expected:
    """Portiekflat 1958, brick; floors span along y, 2 x 4.0 m."""
    # Holes. Storey 0: four storage windows 1.0 x 0.5 in front and at the back, two entrance doors 1.2 x 2.1.
    front0, back0 = 4 * 0.5 + 2 * 1.2 * 2.1, 4 * 0.5
    # Storeys 1-3, per dwelling: front 2.4 x 1.5 and 1.2 x 1.5, back 2.4 x 1.5 and a door; two stair windows 1.2 x 1.2.
    front, back = 4 * (3.6 + 1.8) + 2 * 1.44, 4 * (3.6 + DOOR_M2)
    brick = 0.0
    blocks = 0.0
    for storey in range(4):
        tf, tm, h = PORTIEK_T_FACADE[storey], PORTIEK_T_MIDDLE[storey], PORTIEK_HEIGHT[storey]
        bay = 4.0 - tf / 2 - tm / 2  # clear depth of one bay
        facades = 2 * (33.6 + tf) * h - (front0 + back0 if storey == 0 else front + back)
        ends = 2 * (8.0 - tf) * h
        middle = (33.6 - tf - 0.22) * h - 4 * DOOR_M2  # between end walls, less the wall between the two portieken
        stair = 4 * (bay * h - DOOR_M2)
        dwelling = (2 * bay + (8.0 - tf)) * h  # two behind the stairs, one between the portieken
        brick += tf * (facades + ends) + tm * middle + 0.22 * (stair + dwelling)
        if storey > 0:
            blocks += 0.07 * 8 * (bay * h - DOOR_M2)  # four dwellings, front and back bay
    # Outer leaf: front and back 33.6 + 2 x .21, ends 8.0 + 2 x .11.
    perimeter = 2 * (33.6 + 0.42) + 2 * (8.0 + 0.22)
    outer = 0.1 * (perimeter * PORTIEK_OUTER_HEIGHT - (front0 + back0) - 3 * (front + back))
    chimneys = 4 * 0.8 * 0.6 * 1.2
    # Slabs run to the outer face of a 110 mm inner leaf: 33.6 + .11 by 8.0 + .11; wells 2.18 x 2.49.
    outline, wells = 33.71 * 8.11, 2 * 2.18 * 2.49
    # Storage floor, between 220 mm walls: front bay 6.98 + 2.18 + 6.98, back bay 8.18 + 8.18, both 3.78 deep.
    storage = 2 * (6.98 + 2.18 + 6.98 + 8.18 + 8.18) * 3.78
    # Stairs: rise 2.4, 2.8, 2.8; flights 1.74 and 1.80 long, .25 deep, 1.0 wide; half landing 2.18 x .95 x .20.
    stairs = 2 * sum(flight_m3(1.74, r / 2, 0.25, 1.0) + flight_m3(1.8, r / 2, 0.25, 1.0) + 2.18 * 0.95 * 0.2 for r in (2.4, 2.8, 2.8))
    # Footings .40 high: along x 33.6 + .9 long, .9 + 1.0 + .9 wide; across twelve of 3.05 x .80.
    footings = 0.4 * (34.5 * 2.8 + 12 * 3.05 * 0.8)
    volume = {
        ("wall", "clay"): brick + outer,
        ("wall", "gypsum-block"): blocks,
        ("proxy", "clay"): chimneys,
        ("slab", "concrete"): 3 * 0.13 * (outline - wells) + 0.1 * storage,
        ("roof", "concrete"): 0.12 * outline,
        ("stair", "concrete"): stairs,
        ("footing", "plain-concrete"): footings,
    }
    return Expected(
        volume_m3=volume,
        floor_area_m2=(storage, outline - wells, outline - wells, outline - wells),
        roof_area_m2=outline,
        # Per storey: front 6, back 4, ends 2, middle 6, stair 4, dwelling 3.
        n_bearing_wall=4 * 25,
        # Outer leaf four per storey; partitions eight on each of three storeys.
        n_other_wall=4 * 4 + 3 * 8,
        n_bearing_column=0,
        span_direction="y",
        span_m=(4.0, 4.0),
        lines=(_portiek_middle(assumed), _portiek_back(assumed)),
    )


def _portiek_partition_kn(assumed: Assumed) -> float:
    """Half of the partitions of 70 mm in one bay, on storeys 1-3 [kN]."""
    # Clear lengths: storey 1 between .11 facade and .22 middle wall: 4 - .055 - .11; storeys 2, 3: 4 - .11.
    area = (3.835 * 2.67 - DOOR_M2) + (3.89 * 2.67 - DOOR_M2) + (3.89 * 2.68 - DOOR_M2)
    return 0.5 * 0.07 * area * assumed.kn_m3("gypsum-block")


def _portiek_middle(assumed: Assumed) -> Line:
    """Middle wall of dwelling 1A: half of both bays, tributary width 2.0 + 2.0 m."""
    # Floor strip: front bay from the end wall (.055) to the stair wall (7.2 - .11): 7.035; back bay to 7.2: 7.145.
    area = 2.0 * 7.035 + 2.0 * 7.145  # 28.36 m2
    concrete, clay = assumed.kn_m3("concrete"), assumed.kn_m3("clay")
    floors = 3 * area * (0.13 * concrete + assumed.floor_finish)
    roof = area * (0.12 * concrete + assumed.roof_membrane + assumed.roof_ballast)
    # Wall, one door each: storey 0 .11 .. 7.2 long, above .055 .. 7.2.
    wall = 0.22 * (7.09 * 2.87 - DOOR_M2) + 0.22 * (7.145 * 2.67 - DOOR_M2)
    wall += 0.11 * (7.145 * 2.67 - DOOR_M2) + 0.11 * (7.145 * 2.68 - DOOR_M2)
    chimney = 0.8 * 0.6 * 1.2 * clay  # stands over the wall
    partitions = 2 * _portiek_partition_kn(assumed)  # front bay and back bay
    return Line(
        element="middenmuur 1A-0",
        length_m=7.09,
        tributary_m=4.0,
        permanent_kn=floors + roof + wall * clay + chimney + partitions,
        imposed_kn=(*3 * (area * assumed.imposed_dwelling,), area * assumed.imposed_roof),
    )


def _portiek_back(assumed: Assumed) -> Line:
    """Inner leaf of the back facade of dwelling 1A: half of the back bay and the edge over the leaf, 2.0 + .055 m."""
    # Floor strip from the end wall (.055) to the wall between dwellings (8.4 - .11): 8.235.
    area = 2.055 * 8.235
    concrete, clay = assumed.kn_m3("concrete"), assumed.kn_m3("clay")
    floors = 3 * area * (0.13 * concrete + assumed.floor_finish)
    roof = area * (0.12 * concrete + assumed.roof_membrane + assumed.roof_ballast)
    # Storey 0: -.11 .. 8.4, one storage window; above: -.055 .. 8.4, window 2.4 x 1.5 and a door.
    wall = 0.22 * (8.51 * 2.87 - 0.5) + 0.11 * (8.455 * (2.67 + 2.67 + 2.68) - 3 * (3.6 + DOOR_M2))
    return Line(
        element="achtergevel binnenblad 1A-0",
        length_m=8.51,
        tributary_m=2.055,
        permanent_kn=floors + roof + wall * clay + _portiek_partition_kn(assumed),
        imposed_kn=(*3 * (area * assumed.imposed_dwelling,), area * assumed.imposed_roof),
    )


# ---------------------------------------------------------------------------
# Galerijflat 1972. Cross walls at x = 0, 5.4, 10.8 (cavity: 10.695 and 10.905), 16.2,
# 21.6, 27.0; y = 0 .. 10. Floors .18, storey 2.80, so walls are 2.62 high.
GALERIJ_CLEAR = 2.8 - 0.18
# Clear bays: between 214 walls 5.4 - .214 = 5.186; beside the cavity wall 10.62 - 5.507 = 5.113.
GALERIJ_BAYS = (5.186, 5.113, 5.113, 5.186, 5.186)


def galerijflat(assumed: Assumed) -> Expected:
    """Galerijflat 1972, calcium silicate; floors span along x, bays of 5.4 m."""
    h = GALERIJ_CLEAR
    kzs = 5 * (5 * 0.214 + 2 * 0.15) * 10.0 * h
    # Outer leaf of the ends, from -.18 to 14.0: left 10 m, right 10 - 3.6 beside the core.
    outer = 0.1 * (10.0 + 6.4) * 14.18
    # Timber infill front and back: window 2.4 x 1.6 and a door; block partitions: a door. Five storeys.
    infill = 5 * 2 * 0.1 * sum(b * h - 3.84 - DOOR_M2 for b in GALERIJ_BAYS)
    blocks = 5 * 0.07 * sum(b * h - DOOR_M2 for b in GALERIJ_BAYS)
    # Fins .15 x 1.38: lowest from -.18 to 2.66 (2.84), three more of 2.66; six axes.
    fins = 6 * 0.15 * 1.38 * (2.84 + 3 * 2.66)
    # Core walls .20: front and back 4.6, left and right 4.6, lift 1.9 and 2.1; doors 1.0 x 2.1 and 1.1 x 2.1.
    core = 5 * 0.2 * ((4 * 4.6 + 1.9 + 2.1) * h - 1.0 * 2.1 - 1.1 * 2.1)
    # Lift room: 2 x 2.3 and 2 x 1.9 long, 1.6 - .18 high.
    core += 0.2 * (2 * 2.3 + 2 * 1.9) * 1.42
    halves = (10.77 + 0.107 + 27.107 - 10.83) * 10.0
    core_area, shaft, well = 4.6 * 5.0, 1.9 * 1.9, 2.1 * 2.8
    core_floors = core_area + 4 * (core_area - shaft - well)
    gallery = 1.38 * (27.53 + 0.075)
    # Stairs: rise 2.8; flights 1.85 and 2.10 long; half landing 2.1 x 1.1 x .20.
    stairs = 4 * (flight_m3(1.85, 1.4, 0.25, 1.0) + flight_m3(2.1, 1.4, 0.25, 1.0) + 2.1 * 1.1 * 0.2)
    # Ground beams 11.6 x .60 high, .50 wide, the two ends .60; raft 4.9 x 5.3 x .60.
    beams = 11.6 * 0.6 * (4 * 0.5 + 2 * 0.6) + 4.9 * 5.3 * 0.6
    piles = (6 * 7 + 12) * 0.29**2 * 12.22
    volume = {
        ("wall", "calcium-silicate"): kzs,
        ("wall", "clay"): outer,
        ("wall", "timber"): infill,
        ("wall", "gypsum-block"): blocks,
        ("wall", "concrete"): fins + core,
        ("slab", "concrete"): 0.18 * (5 * halves + core_floors) + 0.14 * 4 * gallery,
        ("roof", "concrete"): 0.18 * (halves + core_area - shaft + 2.3 * 2.3),
        ("covering", "gravel"): 0.05 * halves,
        ("stair", "concrete"): stairs,
        ("footing", "concrete"): beams,
        ("pile", "concrete"): piles,
    }
    return Expected(
        volume_m3=volume,
        floor_area_m2=(
            halves + core_area,
            *4 * (halves + core_area - shaft - well + gallery,),
        ),
        roof_area_m2=halves + core_area,  # the lift room covers its own shaft
        # Cross walls 7 x 5, fins 6 x 4, core 6 x 5 and lift room 4.
        n_bearing_wall=35 + 24 + 34,
        # Outer leaves 2 x 5, infill 10 x 5, partitions 5 x 5.
        n_other_wall=10 + 50 + 25,
        n_bearing_column=0,
        span_direction="x",
        # Centre to centre; beside the cavity wall 10.695 - 5.4 and 16.2 - 10.905.
        span_m=(5.4, 5.295, 5.295, 5.4, 5.4),
        lines=(
            _cross_wall(assumed, "bouwmuur as 5-0", 0.214, 2.7 + 2.7, (5.186, 5.186)),
            _cross_wall(assumed, "bouwmuur as 2-0", 0.214, 2.7 + 2.6475, (5.186, 5.113)),
            # End wall: half a bay and the slab over the wall to its outer face.
            _cross_wall(assumed, "bouwmuur as 1-0", 0.214, 2.7 + 0.107, (5.186,)),
            # Left leaf of the cavity wall: half a span and the slab to its outer face.
            _cross_wall(assumed, "bouwmuur as 3L-0", 0.15, 2.6475 + 0.075, (5.113,)),
            _fin(assumed),
        ),
    )


def _cross_wall(assumed: Assumed, element: str, thickness: float, tributary: float, bays: tuple[float, ...]) -> Line:
    """One cross wall over five storeys; ``bays`` are the clear widths whose infill it half carries."""
    area = tributary * 10.0
    floor = area * (0.18 * assumed.kn_m3("concrete") + assumed.floor_finish)
    gravel = 0.05 * assumed.kn_m3("gravel")  # modelled, so roof_ballast should be 0 here
    roof = area * (0.18 * assumed.kn_m3("concrete") + assumed.roof_membrane + assumed.roof_ballast + gravel)
    wall = 5 * thickness * 10.0 * GALERIJ_CLEAR * assumed.kn_m3("calcium-silicate")
    # On every floor: two timber fronts and one partition per bay, half to this wall.
    on_floor = 0.0
    for bay in bays:
        on_floor += 0.5 * 2 * 0.1 * (bay * GALERIJ_CLEAR - 3.84 - DOOR_M2) * assumed.kn_m3("timber")
        on_floor += 0.5 * 0.07 * (bay * GALERIJ_CLEAR - DOOR_M2) * assumed.kn_m3("gypsum-block")
    imposed = area * assumed.imposed_dwelling
    return Line(
        element=element,
        length_m=10.0,
        tributary_m=tributary,
        permanent_kn=4 * (floor + on_floor) + roof + wall,
        imposed_kn=(*4 * (imposed,), area * assumed.imposed_roof),
        # The ground floor lies between wall and ground beam, with its own infill.
        below_permanent_kn=floor + on_floor,
        below_imposed_kn=imposed,
    )


def _fin(assumed: Assumed) -> Line:
    """Gallery fin on axis 5: four gallery slabs of .14, 5.4 m each; the top one lies open to the sky but is no roof."""
    area = 5.4 * 1.38
    fins = 0.15 * 1.38 * (2.84 + 3 * 2.66)
    return Line(
        element="galerijwand as 5-0",
        length_m=1.38,
        tributary_m=5.4,
        permanent_kn=(4 * 0.14 * area + fins) * assumed.kn_m3("concrete") + 4 * area * assumed.gallery_finish,
        imposed_kn=4 * (area * assumed.imposed_gallery,),
    )


# ---------------------------------------------------------------------------
# Office 1980. Columns at x = 0, 5.4 .. 27.0 and y = 0, 7.2, 14.4; storey 3.40, floor .20,
# beams .40 x .45 under it, so columns are 3.40 - .20 - .45 = 2.75 high.
KANTOOR_OUTLINE = 27.4 * 14.8
KANTOOR_WELL = 2.6 * 3.4


def kantoor(assumed: Assumed) -> Expected:
    """Office 1980, concrete frame; floors span along x, 5.4 m, onto beams along y, 7.2 m."""
    # Beams per line 7.2 + .2 and 7.2 + .2 long.
    beams = 3 * 6 * 14.8 * 0.4 * 0.45
    # Core .20: two walls of 5.0, two of 2.6, one door of 1.0 x 2.1; three storeys of 3.20 and 2.60 above the roof.
    core = 0.2 * ((2 * 5.0 + 2 * 2.6) * (3 * 3.2 + 2.6) - 4 * 2.1)
    # Spandrels .90 high, per storey ten of 5.0 and four of 6.8, three storeys.
    spandrel = 3 * 0.9 * (10 * 5.0 + 4 * 6.8)
    # Stairs: rise 3.4; flights 2.5 and 2.7 long, 1.2 wide; half landing 2.6 x 1.1 x .20.
    stairs = 3 * (flight_m3(2.5, 1.7, 0.25, 1.2) + flight_m3(2.7, 1.7, 0.25, 1.2) + 2.6 * 1.1 * 0.2)
    # Ground beams .40 x .50, caps 1.6 x 1.6 x .7, core cap 3.4 x 5.4 x .8.
    footings = 6 * 14.8 * 0.4 * 0.5 + 18 * 1.6 * 1.6 * 0.7 + 3.4 * 5.4 * 0.8
    # Piles of 400 mm to -16: four under the middle columns, two under the others, from -1.40; eight under the core from -1.00.

    piles = math.pi * 0.2**2 * ((6 * 4 + 12 * 2) * 14.6 + 8 * 15.0)
    volume = {
        ("column", "concrete"): 3 * 18 * 0.4 * 0.4 * 2.75,
        ("beam", "concrete"): beams,
        ("slab", "concrete"): 0.2 * (3 * KANTOOR_OUTLINE - 2 * KANTOOR_WELL),
        ("roof", "concrete"): 0.2 * (KANTOOR_OUTLINE - KANTOOR_WELL) + 0.15 * 3.0 * 5.0,
        ("wall", "concrete"): core,
        ("wall", "clay"): 0.1 * spandrel,
        ("wall", "insulation"): 0.06 * spandrel,
        ("wall", "calcium-silicate"): 0.1 * spandrel,
        ("stair", "concrete"): stairs,
        ("footing", "concrete"): footings,
        ("pile", "concrete"): piles,
    }
    return Expected(
        volume_m3=volume,
        floor_area_m2=(KANTOOR_OUTLINE, KANTOOR_OUTLINE - KANTOOR_WELL, KANTOOR_OUTLINE - KANTOOR_WELL),
        roof_area_m2=KANTOOR_OUTLINE,  # the roof of the stair lies over the well
        n_bearing_wall=4 * 4,  # core, three storeys and above the roof
        n_other_wall=3 * 14,  # spandrels
        n_bearing_column=3 * 18,
        span_direction="x",
        span_m=(5.4,) * 5,
        # Slab edges lie .20 beyond the outer centre lines.
        lines=(
            _column(assumed, "kolom B2-0", across=5.4, along=7.2, spandrel_m=0.0),
            # Edge: half of the spandrels AB and BC, 5.0 m each.
            _column(assumed, "kolom B1-0", across=5.4, along=3.6 + 0.2, spandrel_m=5.0),
            # Corner: half of spandrel AB (5.0 m) and half of the end spandrel (6.8 m).
            _column(assumed, "kolom A1-0", across=2.7 + 0.2, along=3.6 + 0.2, spandrel_m=2.5 + 3.4),
        ),
    )


def _column(assumed: Assumed, element: str, *, across: float, along: float, spandrel_m: float) -> Line:
    """One column over three storeys: floors 1 and 2 and the roof, beams under each, spandrels on floors 1 and 2."""
    concrete = assumed.kn_m3("concrete")
    area = across * along
    floor = area * (0.2 * concrete + assumed.floor_finish)
    roof = area * (0.2 * concrete + assumed.roof_membrane + assumed.roof_ballast)
    layers = 0.1 * assumed.kn_m3("clay") + 0.06 * assumed.kn_m3("insulation") + 0.1 * assumed.kn_m3("calcium-silicate")
    spandrel = spandrel_m * 0.9 * layers
    frame = 3 * (along * 0.4 * 0.45 + 0.4 * 0.4 * 2.75) * concrete
    imposed = area * (assumed.imposed_office + assumed.imposed_partitions)
    return Line(
        element=element,
        length_m=0.4,
        tributary_m=across,
        permanent_kn=2 * (floor + spandrel) + roof + frame,
        imposed_kn=(imposed, imposed, area * assumed.imposed_roof),
        # The ground floor, its spandrels and the ground beam come in between column and cap.
        below_permanent_kn=floor + spandrel + along * 0.4 * 0.5 * concrete,
        below_imposed_kn=imposed,
    )


EXPECTED = {"portiekflat_1958.ifc": portiekflat, "galerijflat_1972.ifc": galerijflat, "kantoor_1980.ifc": kantoor}

if __name__ == "__main__":  # pragma: no cover
    for file_name, work_out in EXPECTED.items():
        assumed = Assumed(roof_ballast=0.0) if file_name.startswith("galerij") else Assumed()
        result = work_out(assumed)
        print(file_name, {k: round(v, 1) for k, v in result.self_weight_kn(assumed).items()})
        for line in result.lines:
            print(f"  {line.element}: {line.permanent_kn:.1f} kN, {line.permanent_kn_m:.1f} kN/m", [round(q, 1) for q in line.imposed_kn])
