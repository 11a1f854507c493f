"""What each issue code means, why it matters for the answer, and how to go about it.

Titles and remedies of `optopscan.issues` are one line each; these are the longer
words of `optopscan explain CODE`. A test asks for one of every code.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Explanation:
    """What was found, what that does to the answer, and how to settle it."""

    means: str
    matters: str
    do: str


def _rows(*rows: tuple[str, str, str, str]) -> dict[str, Explanation]:
    return {code: Explanation(means=means, matters=matters, do=do) for code, means, matters, do in rows}


_READING = _rows(
    (
        "OPT-101",
        "The element is in the file, but neither the exact reading nor the geometry kernel could make a body of it.",
        "Its weight and its bearing are missing, so loads may be too low and a support may seem absent.",
        "Open the element in the authoring tool, look for self-intersecting or empty shapes, and export again.",
    ),
    (
        "OPT-102",
        "The GlobalId of this element is empty or stands on another element too.",
        "Results stay right, because they use file and step number, but overrides by GlobalId cannot point at this element alone.",
        "Give it a new GlobalId in the authoring tool; until then refer to it by the id in the results.",
    ),
    (
        "OPT-103",
        "The file cuts this element in parts (building element parts, an aggregate or an assembly); they are taken as one element.",
        "Weight and shape are the sum of the parts, so nothing counts twice and nothing is lost.",
        "Nothing needs doing; look at `inspect --element` when the grouping seems wrong.",
    ),
    (
        "OPT-104",
        "Of a structural class (walls, slabs, columns, beams, footings) elements could not be read.",
        "What is missing may weigh or carry, so every check that may depend on it is unknown and no storey is proven.",
        "Export again with another setting for geometry, or with another program, until all bodies can be read.",
    ),
    (
        "OPT-105",
        "The files given together do not fit: their placements or storey heights differ.",
        "Walls then stand beside the floors they should carry, and loads go astray or find no support at all.",
        "Compare the origin and the storeys of the aspect models; export them from one coordinated origin.",
    ),
    (
        "OPT-106",
        "The storey has no elevation, or one that its elements contradict.",
        "Names of storeys may be off, but levels are taken from the floors themselves, so loads are not affected.",
        "State elevations of storeys in the model if you want its names in the drawings.",
    ),
    (
        "OPT-107",
        "The element is listed in the file without any three-dimensional body.",
        "It has no weight here and carries nothing; if it is structural in reality, loads and supports are incomplete.",
        "Model a body, or leave it when it is only administrative.",
    ),
    (
        "OPT-108",
        "The same element was met twice, by GlobalId or by place and shape, for instance in two aspect models.",
        "Counting both would double its weight, so one of them was left out.",
        "Nothing needs doing; check with `inspect --element` that the better of the two was kept.",
    ),
    (
        "OPT-109",
        "The element is a kind that never carries a building: a marker, an annotation, curtain walling, furniture.",
        "Leaving it out keeps plans clean; heavy equipment of this kind would be missing as load.",
        "Nothing needs doing, unless something heavy was exported in such a class.",
    ),
    (
        "OPT-110",
        "The surface of the body has holes, so that its volume is not defined.",
        "The weight is taken from footprint times height, which is too high for sloped or hollow bodies and never too low for solid ones.",
        "Repair the shape in the authoring tool when the element is large.",
    ),
    (
        "OPT-111",
        "Some lines of the file refer to lines that are not there, outside the geometry of elements.",
        "Bodies and weights are complete; properties, materials or relations that pointed to the missing lines may be lost.",
        "Export again and compare; a file cut off at its end is refused, this one is not.",
    ),
    (
        "OPT-112",
        "The geometry kernel crashed, or did not come back, while it made the body of this element.",
        "The element is missing in the loads and as a support; the rest of the building was read as usual.",
        "Look for a body that crosses itself or has thousands of faces, simplify it, and export again.",
    ),
    (
        "OPT-120",
        "Two elements of one kind take up the same space.",
        "Both weights count, so loads are on the high side and the wall may seem to have twice its section.",
        "Delete the double in the model, or correct one of the two in an override.",
    ),
    (
        "OPT-122",
        "The file has no usable storeys, so storeys were made from the heights at which floors lie.",
        "Structure and loads are not affected; names of storeys in the results are not those of the file.",
        "State storeys with their elevations in the model.",
    ),
    (
        "OPT-123",
        "A storey, an element or the building has a size that buildings seldom have.",
        "A wrong length unit changes loads by its third power, and one stray element makes plans unreadable.",
        "Check the unit of the file and look for elements far from the building; `--assume-unit` helps where no unit is stated.",
    ),
)
_MATERIALS = _rows(
    (
        "OPT-201",
        "None of the names on this element (layers, material, type, own name) is that of a known material.",
        "It gets a weight on the heavy side and no strength at all, so every check on it is unknown.",
        "Name the material in the model, or state it for the type in an override file.",
    ),
    (
        "OPT-202",
        "The material is known but no strength class is, so a low value of the building period is taken.",
        "A part that fails with the low value and passes with a plausible higher one is unknown, not over; the label is C.",
        "Look for the class on drawings, or have the strength tested; then state it with its source in an override.",
    ),
    (
        "OPT-203",
        "The weight of the element rests on a density that the file does not give for every layer, or is an upper bound.",
        "Own weight is often half of the load on a wall, so an assumed density moves every part below it.",
        "State material and layer thickness in the model, or the density in an override.",
    ),
    (
        "OPT-220",
        "The model says two things about the strength of one material, for instance in its name and in a property.",
        "The lower one counts, which is safe for the check of the part itself.",
        "Find out which of the two is right and remove the other.",
    ),
    (
        "OPT-221",
        "The model shows thin precast planks without the concrete that is cast on them, so a topping was assumed.",
        "A topping weighs more than the planks; without it the loads would be far too low.",
        "Add the aspect model that holds the topping, or state the whole floor in an override.",
    ),
    (
        "OPT-222",
        "The wall is built of leaves with a cavity or insulation between them.",
        "Only the inner leaf carries the floors; the whole thickness must not be taken as section.",
        "Nothing needs doing when layers are stated; else state the leaves with their thickness.",
    ),
    (
        "OPT-223",
        "The file states a density that no material of this kind can have.",
        "Using it would make the element far too light or too heavy, so the table value of the material is used.",
        "Correct the value or its unit in the model.",
    ),
)
_STRUCTURE = _rows(
    (
        "OPT-301",
        "The signals for and against bearing (properties, material, thickness, floors and walls on it) do not settle it.",
        "Above a probability of one half it takes part in the structure as an unknown part: what rests on it is not proven.",
        "Look at the drawing or on site; `inspect --element ID` shows each signal, an override settles it.",
    ),
    (
        "OPT-302",
        "Going down from this element, nothing is met that carries it: no wall, beam, column, floor, footing or ground.",
        "Its load does not reach the ground, so the parts that should carry it are checked with too little load.",
        "Look at the red marks on the drawings of `inspect -o`: a support is missing, not taken as bearing, or a gap is too large.",
    ),
    (
        "OPT-303",
        "No bearing wall, beam or column touches the underside of this floor, and it does not lie on the soil.",
        "Its whole load is missing below, and nothing can be proven under it.",
        "Add the aspect model with the walls or beams, or correct what was taken as not bearing.",
    ),
    (
        "OPT-304",
        "The model holds no footings and no piles.",
        "Loads are given per line at the lowest feet; the foundation itself is not checked and stays unknown.",
        "Add the foundation model, or find drawings of it; the foundation often decides about extra storeys.",
    ),
    (
        "OPT-305",
        "Following the supports of this part leads back to itself.",
        "No order exists in which to bring its load down, so these parts are taken out and unknown.",
        "Look for beams that lean on each other, or for overlapping bodies.",
    ),
    (
        "OPT-306",
        "The resultant of a load does not lie right above the part that takes it, for instance on a wall that steps sideways.",
        "The load is carried with its eccentricity: a moment on the part, which is part of its check.",
        "Nothing needs doing; check the place of the wall when the step is not meant.",
    ),
    (
        "OPT-307",
        "The element is not part of the structure (a partition, a stair, a parapet) but it weighs.",
        "Its weight rests on the floor or wall below it and is in all loads.",
        "Nothing needs doing; if it bears in reality, say so in an override.",
    ),
    (
        "OPT-310",
        "The model says True of an element that is too thin or too soft to carry, or False of one that plainly carries.",
        "The verdict follows what is drawn and leaves the property aside, and the loads go with the verdict.",
        "Look at the element on a drawing, and correct the property or settle it in an override with its source.",
    ),
    (
        "OPT-311",
        "The property is False on every wall that has it, or contradicts what is drawn so often that it must be a default.",
        "It hardly counts, so the verdict on these walls rests on geometry, material, names and codes.",
        "Nothing needs doing; set the property per wall, or settle the walls in an override, for a firmer answer.",
    ),
    (
        "OPT-312",
        "It is not settled whether this wall or column bears, and more speaks against it than for it.",
        "It takes no load here and gets no check: if it bears in reality, its own strength was not looked at.",
        "Find out on a drawing whether it bears, and say so in an override before you rely on the answer.",
    ),
    (
        "OPT-320",
        "Nothing in the model shows which way this floor spans: no planks, joists or stated direction, and its supports leave it open.",
        "The other direction would bring its load to other walls, so lines may be too low; where that matters, both are calculated.",
        "Find the span on a drawing or look at the slab from below, and give it in an override with its source.",
    ),
    (
        "OPT-321",
        "Part of the floor spans to an edge where the model shows no wall or beam, as beside a stair or a shaft.",
        "The strips there are hung on the strips beside them, as a trimmer would do; the sum of the load stays right.",
        "Look whether a trimmer beam or wall is missing in the model; nothing needs doing for a small opening.",
    ),
    (
        "OPT-322",
        "The planks of this floor span freely, but the model has no beam, wall or footing under their ends.",
        "Its weight goes straight to the ground here, so the foundation lines that carry it in reality show too little load.",
        "Add the model of the foundation beams, or add this weight by hand when the foundation is judged.",
    ),
    (
        "OPT-330",
        "What rests here stands a little beside its support, as on a bracket, a corbel or a welded plate.",
        "The load goes to the part named, with the distance as an eccentricity; the bracket itself is not checked.",
        "Check the connection on a drawing, and that this is the part that carries.",
    ),
    (
        "OPT-331",
        "A part sticks out past everything below it, hangs from above, or rests on something by a thread.",
        "Its load is put on the nearest part that can take it, and the outcome of what takes part in it is unknown.",
        "Look at the place in the model: a missing support is added, a hanger or cantilever is checked by hand.",
    ),
    (
        "OPT-332",
        "These parts start above the lowest level and nothing in the model is under them.",
        "They are taken to stand on soil at that height, so their load does not come on the walls further down.",
        "Make sure there is no cellar or storey below; model what carries them if there is.",
    ),
    (
        "OPT-333",
        "Seen from above this wall is not one or more straight pieces, so it has no axis and no thickness that can be trusted.",
        "It carries load as drawn but gets no check: its outcome is unknown, and nothing that rests on it is proven.",
        "Draw the wall in straight pieces of one thickness, or check it by hand.",
    ),
    (
        "OPT-341",
        "Two rules in the override file say something about the same fact of the same element.",
        "Only one can count: the later one in the file does, also when the first was meant.",
        "Make the rules exclude each other, or delete one.",
    ),
    (
        "OPT-342",
        "The override gives a value but not where it comes from.",
        "The value is used, but it counts as a statement and not as evidence, so the label cannot become A.",
        "Add the drawing number, test report or inspection to the rule.",
    ),
    (
        "OPT-343",
        "The override says whether this element bears, but the support graph is the same with and without it.",
        "Either nothing rests on the element or nothing carries it, so that the correction does not do what was expected.",
        "Look at the element on the drawing: a floor may stop short of it, or a support under it may be missing.",
    ),
    (
        "OPT-344",
        "The override states the opposite of what the model says clearly.",
        "The override counts, and the answer rests on it; a slip in a rule that catches too much would show here first.",
        "Check that the rule catches only what was meant, then check the model.",
    ),
    (
        "OPT-345",
        "The stated span direction finds no two supports for this floor.",
        "The direction cannot be used as given, so the floor carries as its supports allow.",
        "Check the angle (0 is along x, 90 along y, in the axes of the drawing) and the supports at both ends.",
    ),
    (
        "OPT-346",
        "The override gives soil or pile data from which no design resistance follows.",
        "The foundation of these lines stays unknown; the message names what is missing.",
        "Add it, or have the foundation checked with the line loads of the record.",
    ),
)
_ANSWER = _rows(
    (
        "OPT-401",
        "The model does not show this load (finishes, partitions, use, roof build-up), so a usual value is taken.",
        "It counts on every floor, so a small difference adds up at the foundation; nothing is deducted for it without evidence.",
        "State the values as settings or overrides; they stand among the assumptions of the result.",
    ),
    (
        "OPT-402",
        "Under permanent load this support is lifted, as at the far end of a cantilever.",
        "The parts around it carry more than their share, and the connection must hold the floor down.",
        "Check on the drawing that the support exists and how it is anchored.",
    ),
    (
        "OPT-501",
        "No clause covers this part: material, shape or thickness is unknown, or the part is a kind without a check.",
        "Its outcome is unknown, and what stands on it cannot be proven.",
        "Check the part by hand with the loads in the record, or supply what is missing.",
    ),
    (
        "OPT-502",
        "With the loads and strengths taken, the building as it stands does not satisfy the check of this part.",
        "Buildings that stand seldom fail, so this mostly shows wrong input; until it is settled nothing may be added above it.",
        "Check material, thickness, openings and the loads on the part first; then consider that it is true.",
    ),
)
_ROOF = _rows(
    (
        "OPT-601",
        "No flat piece of roof is wide enough for the smallest product.",
        "Nothing can be placed, whatever the walls below can carry.",
        "Check that the roof slabs are in the model; a pitched roof must be removed before an extension can stand there.",
    ),
    (
        "OPT-602",
        "Something stands on or goes through the roof: a shaft, a parapet, a chimney, equipment.",
        "Modules keep clear of it, so fewer of them fit.",
        "State in an override that it can be removed, when that is so.",
    ),
    (
        "OPT-603",
        "A layout passed the quick rows of the solver but not the full calculation afterwards.",
        "It was thrown away and the solver ran again; the layouts in the result have all passed the full calculation.",
        "Nothing needs doing; many of these make the search slower, not the answer worse.",
    ),
    (
        "OPT-604",
        "The building has flat roofs at several levels, and this one is not the largest.",
        "No modules are placed on it, so its area is not part of the answer.",
        "Scan the building part by itself when this roof is of interest.",
    ),
)
EXPLANATIONS = {**_READING, **_MATERIALS, **_STRUCTURE, **_ANSWER, **_ROOF}
