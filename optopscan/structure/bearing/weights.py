"""What each signal weighs, and why: the only numbers of the inference that are opinion.

Weights are log-odds for "this element carries", set by hand; the reason stands beside
each. Scale to read them by: 1 is a hint, 2 convinces when nothing speaks against it, 3
and more decide. A fit may only divide them all by one temperature (`TEMPERATURE`); it
never changes their order or sign.
"""

from __future__ import annotations

from dataclasses import dataclass

YES_FROM = 0.80
NO_UP_TO = 0.20


@dataclass(frozen=True, kw_only=True)
class Weight:
    """One weight in log-odds with the reason for its size."""

    value: float
    reason: str


def _w(value: float, reason: str) -> Weight:
    return Weight(value=value, reason=reason)


@dataclass(frozen=True, kw_only=True)
class Temperature:
    """The one number that may be fitted: all log-odds are divided by it."""

    value: float
    origin: str


# The fit on all seven models gives 0.4: they are nearly all right, so sharper looks better. It is not used: the gain on
# models left out is under two standard errors, the largest model gets worse, and a sharper T only turns doubt into verdicts.
TEMPERATURE = Temperature(
    value=1.0,
    origin="benchmarks/bearing.py: least log-loss over seven real models, each left out once; no clear gain over 1.0, so kept",
)

WEIGHTS: dict[str, Weight] = {
    # -- before anything is seen
    "prior_wall": _w(-0.8, "most walls in an architect's model are partitions"),
    "prior_column": _w(1.5, "columns are drawn because they carry; some are posts of a facade"),
    "prior_beam": _w(2.5, "beams are drawn because they carry"),
    "prior_member": _w(0.5, "members are bracing, posts or trim"),
    "prior_foundation": _w(6.0, "footings and piles exist to carry"),
    "prior_floor": _w(3.0, "a structural slab carries at least itself"),
    # -- what the file says of bearing
    "says_true": _w(3.0, "somebody set the property on purpose: the model says True here and False elsewhere"),
    "all_true": _w(2.0, "True on every element: typical of a structural aspect model, but also of a default"),
    "true_by_default": _w(0.4, "True also stands on walls that plainly carry nothing: a default of the authoring tool"),
    "says_false": _w(-2.5, "the model says True elsewhere, and its False fits what is drawn"),
    "false_by_default": _w(-0.4, "False also stands on walls that plainly carry: a default of the authoring tool"),
    "floor_says_false": _w(-1.0, "a floor carries at least itself; often set on floors that stiffen nothing"),
    "vendor_true": _w(2.0, "vendor property of the authoring tool, set per element"),
    "vendor_false": _w(-1.5, "vendor property of the authoring tool, set per element and not contradicted by what is drawn"),
    "classified_bearing": _w(2.0, "classification code of a load-bearing element"),
    "classified_not": _w(-2.5, "classification code of a non-bearing wall, partition or finish"),
    # -- names
    "name_bearing": _w(2.5, "the name says that it carries"),
    "name_not_bearing": _w(-3.0, "the name says that it does not carry"),
    "name_structural": _w(1.2, "the name is that of a wall that usually carries: party wall, core, basement"),
    "name_inner_leaf": _w(0.3, "an inner leaf carries in stacked building, and is infill in a tunnel-form building"),
    "name_partition": _w(-1.5, "the name is that of a partition"),
    "name_light": _w(-3.5, "the name is that of a stud wall, lining or facade infill"),
    "name_outer_leaf": _w(-3.0, "the name is that of an outer leaf or facing brickwork, tied to what carries"),
    "name_parapet": _w(-2.0, "the name is that of a parapet, balustrade or garden wall"),
    "type_partitioning": _w(-1.2, "predefined type of a partition, parapet or plumbing wall; rarely set with care"),
    "type_structural": _w(1.0, "predefined type of a shear or retaining wall; rarely set with care"),
    # -- what it is made of
    "stone": _w(0.7, "masonry or concrete can carry; partitions are often board or gypsum"),
    "concrete": _w(1.2, "a concrete wall is cast or placed to carry or to stiffen; partitions are not made of it"),
    "timber": _w(-0.6, "timber in a wall is a facade infill more often than a bearing frame"),
    "board": _w(-5.0, "boards, studs, insulation and glass do not carry floors"),
    "strength_class": _w(0.8, "somebody stated the strength of this wall"),
    "t_under_70": _w(-4.0, "under 70 mm no wall carries a floor"),
    "t_70_90": _w(-2.5, "70-90 mm is a partition in Dutch practice"),
    "t_90_115": _w(-0.3, "100 mm occurs as partition and as inner leaf"),
    "t_115_140": _w(0.6, "120 mm is an inner or bearing wall more often than a partition"),
    "t_140_180": _w(1.1, "150 and 175 mm are chosen for strength"),
    "t_over_180": _w(1.8, "over 180 mm is built to carry or to separate dwellings"),
    # -- what lies on it and under it
    "floor_on_head": _w(0.8, "a floor lies on the wall; that a floor touches a wall head does not yet make the wall carry"),
    "no_floor": _w(-1.5, "floors are drawn at this height, but none reaches the wall head"),
    "nothing_on_top": _w(-3.0, "nothing at all stands or lies on it"),
    "open_to_sky": _w(-1.5, "nothing at any height above it either: garden wall, parapet or screen"),
    "nothing_drawn_above": _w(-0.3, "nothing is drawn above it, but neither is any floor or roof at this height"),
    "gap_below_soffit": _w(-1.2, "a gap of 15 mm or more is left below the soffit where other walls of the model touch it"),
    "floor_ends": _w(0.7, "the floor ends over the wall head"),
    "floors_meet": _w(1.3, "two floors end over the wall head"),
    "planks_end": _w(3.0, "precast planks end over the wall head: it is their bearing"),
    "planks_pass": _w(-1.0, "the planks of the floor run along the wall and end elsewhere"),
    "beams_land": _w(2.5, "a beam or lintel of another line ends on it"),
    "bar_rests": _w(1.5, "a beam, plate or column rests on its head"),
    "needed": _w(1.8, "without it the floor would span further than its depth allows"),
    "needed_shared": _w(0.9, "without this and its likewise uncertain neighbours the floor would span too far"),
    "not_needed_thin": _w(-2.2, "other walls hold the floor within a usual span; thin or timber walls are then partitions or infill"),
    "not_needed_medium": _w(-1.0, "other walls hold the floor within a usual span"),
    "not_needed_thick": _w(-0.3, "other walls hold the floor within a usual span; thick walls then stiffen or separate"),
    "beams_elsewhere": _w(-1.5, "beams of this floor end on other walls, none on this one"),
    "under_frame_beam": _w(-2.6, "a beam that columns hold at both ends runs over it: infill of a frame"),
    "stacked": _w(0.8, "another wall stands above or below on most of its length"),
    "stacked_thin": _w(0.3, "another wall stands above or below; thin partitions of flats stand above each other too"),
    "carries_wall": _w(1.5, "a wall above that carries has nothing else below it"),
    "no_wall_below": _w(-0.6, "it stands on a floor with nothing below; bearing walls usually go on to the foundation"),
    "foundation_below": _w(0.7, "a footing, foundation beam or pile lies under it"),
    "outer_leaf": _w(-3.0, "a parallel wall with the floor on it stands close behind; nothing lies beyond"),
    "lining": _w(-2.5, "it stands against a wall of at least twice its strength or thickness that holds the same floor"),
    "bonded": _w(0.8, "a short piece of the same material against a wall that carries"),
    "same_run": _w(3.2, "pieces of the same wall carry at both its ends, in one line, of one thickness and material"),
    "low_wall": _w(-1.0, "it ends well below the next floor: spandrel, parapet or balustrade"),
    # -- columns, beams, members
    "bar_carries": _w(1.2, "a beam, floor, wall or column rests on it"),
    "bar_stacked": _w(0.5, "a column, wall or footing continues below it"),
    "bar_bare": _w(-4.0, "nothing rests on it, though floors are drawn above"),
    "bar_bare_top": _w(-0.8, "nothing is drawn above it, but neither is any floor or roof at this height"),
    "bar_slender": _w(-1.5, "more than 60 times as long as thick: a post or rail"),
    "bar_strip": _w(-3.5, "under 20 mm thick: a strip or trim"),
    "name_trim": _w(-2.5, "the name is that of a facade post, rail, baluster or trim"),
    "finish": _w(-6.0, "thinner than a floor that spans, or of a material that cannot: finish or insulation"),
}
