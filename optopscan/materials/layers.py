"""The layers of one element: what each is, how thick, which one carries, and which stand apart as leaves."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from optopscan.materials.recognise import BEARING_GROUPS, UNKNOWN, Recognised, recognise
from optopscan.materials.rows import DensityRow, GradeRow
from optopscan.materials.stated import Note, Properties, with_class, with_density
from optopscan.model.building import Elements, Layer

LEAF_TOLERANCE_M = 0.021
LEAF_MIN_M = 0.06  # a thinner piece of stone is a slip or a finish, not a leaf
CAVITY_WALL_MIN_M = 0.2  # two leaves of 80 mm and a gap

# What a type name may tell. Light materials are left out: "air handling unit" is not air,
# and a roof named after its membrane still has an unknown slab.
_GROUPS_OF_NAMES = frozenset({*BEARING_GROUPS, "gypsum-block", "metal-stud", "plasterboard"})
_GAP_GROUPS = frozenset({"air", "insulation", "membrane", "plastic"})
_CAVITY = re.compile(r"spouwmuur|spouwwand|ankerlo(?:os|ze)|cavity wall|zweischalig", re.I)
_PARTY = re.compile(r"ankerlo(?:os|ze)|woningscheid|party[ -]?wall|wohnungstrenn|haustrenn|bouwmuur", re.I)
_ONE_LEAF = re.compile(r"blad\b|bladen|\bleaf\b|\bskin\b|schale\b", re.I)
_SIZES = re.compile(r"(?<!\d)(\d{2,3})\s?[-+/]\s?(\d{2,3})\s?[-+/]\s?(\d{2,3})(?!\d)")
_SUM_TOLERANCE_M = 0.011


@dataclass(frozen=True, kw_only=True)
class ElementMaterial:
    """One element: its layers with what their names tell, and the one that carries.

    ``leaves`` are (group, thickness [m]) of the bearing leaves that gaps keep apart, in
    layer order; one for a solid element, empty where it cannot be told. ``cavity`` is
    "", "facade", "party" or "cavity" (two leaves, use not settled).
    """

    found: tuple[Recognised, ...]
    shares: tuple[float, ...]
    thickness_m: float
    core: Recognised
    core_thickness_m: float
    source: str
    leaves: tuple[tuple[str, float], ...] = ()
    cavity: str = ""
    notes: tuple[Note, ...] = ()


def read_element(elements: Elements, row: int, densities: Sequence[DensityRow], grades: Sequence[GradeRow]) -> ElementMaterial:
    """Return what layers, names and properties tell about one element."""
    total_m = float(elements.thickness_m[row])
    layers, properties = elements.layers[row], elements.properties[row]
    found, notes = _recognised(layers, properties, densities, grades)
    thickness = layer_thickness(layers, total_m)
    core = core_layer(found, thickness)
    if core is None or found[core].group == UNKNOWN:
        named = _from_own_name(elements, row, densities, grades)
        if named is not None:
            text, other = named
            other, said, more = with_class(other, properties, densities=densities, grades=grades)
            source = f'element name "{text}"' + (f", {said}" if said else "")
            return _with_leaves(elements, row, _solid(other, total_m, source, (*notes, *more)), (), ())
    if core is None:
        nothing, said, more = with_class(recognise(""), properties, densities=densities, grades=grades)
        return _with_leaves(elements, row, _solid(nothing, total_m, said or "not stated", (*notes, *more)), (), ())
    carries, said, more = with_class(found[core], properties, densities=densities, grades=grades)
    found = (*found[:core], carries, *found[core + 1 :])
    known_m = sum(value for value in thickness if not math.isnan(value))
    shares = tuple(value / known_m for value in thickness) if known_m > 0 and not any(map(math.isnan, thickness)) else ()
    core_m = total_m if len(layers) == 1 else thickness[core] if thickness[core] > 0 else math.nan
    # Layers may add up to more than the body (a wall cut back); the core is never thicker than the body.
    core_m = min(core_m, total_m) if not math.isnan(core_m) and not math.isnan(total_m) else core_m
    source = f'{elements.material_source[row]} "{layers[core].name}"' + (f", {said}" if said else "")
    plain = ElementMaterial(
        found=found,
        shares=shares,
        thickness_m=known_m,
        core=carries,
        core_thickness_m=core_m,
        source=source,
        notes=(*notes, *more),
    )
    return _with_leaves(elements, row, plain, found, thickness)


def _recognised(
    layers: Sequence[Layer], properties: Properties, densities: Sequence[DensityRow], grades: Sequence[GradeRow]
) -> tuple[tuple[Recognised, ...], tuple[Note, ...]]:
    found: list[Recognised] = []
    notes: list[Note] = []
    for layer in layers:
        one, said = with_density(recognise(layer.name, densities=densities, grades=grades), layer.name, properties)
        found.append(one)
        notes.extend(note for note in said if note not in notes)
    return tuple(found), tuple(notes)


def _solid(core: Recognised, total_m: float, source: str, notes: tuple[Note, ...]) -> ElementMaterial:
    return ElementMaterial(
        found=(core,), shares=(1.0,), thickness_m=total_m, core=core, core_thickness_m=total_m, source=source, notes=notes
    )


def _from_own_name(
    elements: Elements, row: int, densities: Sequence[DensityRow], grades: Sequence[GradeRow]
) -> tuple[str, Recognised] | None:
    """Return what type name or name tell by words; a bare class ("B25") may be a mark on the drawing."""
    for text in (elements.type_name[row], elements.name[row]):
        found = recognise(text, densities=densities, grades=grades)
        if found.group in _GROUPS_OF_NAMES and found.matched_by == "word":
            return text, found
    return None


def layer_thickness(layers: Sequence[Layer], total_m: float) -> tuple[float, ...]:
    """Return the thickness per layer [m]; unstated ones share what is left, nan where nothing can be said."""
    stated = [layer.thickness_m for layer in layers]
    missing = sum(map(math.isnan, stated))
    if not missing:
        return tuple(stated)
    left = (total_m - sum(value for value in stated if not math.isnan(value))) / missing
    # With several unstated layers the split is a guess that would decide what carries.
    share = left if missing == 1 and left > 0 else math.nan
    return tuple(share if math.isnan(value) else value for value in stated)


def core_layer(found: Sequence[Recognised], thickness: Sequence[float]) -> int | None:
    """Return the layer that carries: thickest of the bearing groups, else thickest at all.

    A layer of unknown material may be the one that carries, so it takes part.
    """
    if not found:
        return None
    pool = [n for n, item in enumerate(found) if item.group in BEARING_GROUPS or item.group == UNKNOWN] or list(range(len(found)))
    size = [0.0 if math.isnan(thickness[n]) else thickness[n] for n in range(len(found))]
    thickest = max(size[n] for n in pool)
    near = [n for n in pool if thickest - size[n] < LEAF_TOLERANCE_M]
    return min(near, key=lambda n: (_rank(found[n].group), -n))


def _rank(group: str) -> int:
    return BEARING_GROUPS.index(group) if group in BEARING_GROUPS else len(BEARING_GROUPS)


# Leaves


def _with_leaves(
    elements: Elements, row: int, plain: ElementMaterial, found: Sequence[Recognised], thickness: Sequence[float]
) -> ElementMaterial:
    """Return the element with its leaves, and the thickness of the one that may be counted on."""
    if elements.kind[row] != "wall":
        return plain
    names = f"{elements.name[row]} {elements.type_name[row]}"
    leaves = _leaves_of_layers(found, thickness) if len(found) > 1 else ()
    if len(leaves) < 2:
        return _cavity_by_name(plain, names, float(elements.thickness_m[row]), layered=bool(leaves))
    return _counted(plain, leaves, names, elements.is_external[row])


def _leaves_of_layers(found: Sequence[Recognised], thickness: Sequence[float]) -> tuple[tuple[str, float], ...]:
    """Return the bearing layers that a gap (air, insulation) keeps apart; layers that touch are one leaf, its thickest counts."""
    leaves: list[tuple[str, float]] = []
    apart = True
    for item, size_m in zip(found, thickness, strict=True):
        if item.group in _GAP_GROUPS:
            apart = True
        elif item.group in BEARING_GROUPS and not size_m < LEAF_MIN_M:
            if not leaves or apart:
                leaves.append((item.group, size_m))
            elif size_m > leaves[-1][1]:
                leaves[-1] = (item.group, size_m)
            apart = False
    return tuple(leaves)


def _counted(plain: ElementMaterial, leaves: tuple[tuple[str, float], ...], names: str, is_external: bool | None) -> ElementMaterial:
    """Return the element with its leaves: of a facade the inner leaf carries, of a party wall the thinner one is counted on.

    On which leaf of a party wall a floor rests is not known here; all of its load on the thinner one is the safe side.
    """
    alike = len({group for group, _ in leaves}) == 1
    party = bool(_PARTY.search(names)) or (alike and is_external is False)
    cavity = "party" if party else "facade" if is_external or not alike else "cavity"
    counted = plain.core_thickness_m
    if alike and cavity != "facade":
        counted = min(counted, *(size_m for _, size_m in leaves))
    text = " + ".join(f"{group} {1000.0 * size_m:.0f} mm" for group, size_m in leaves)
    note = ("OPT-222", f"{cavity} wall of {len(leaves)} leaves that share nothing ({text}); {1000.0 * counted:.0f} mm counted on")
    return _replaced(plain, leaves=leaves, cavity=cavity, core_thickness_m=counted, notes=(*plain.notes, note))


def _cavity_by_name(plain: ElementMaterial, names: str, total_m: float, *, layered: bool) -> ElementMaterial:
    """Return the leaves of a wall drawn as one body but called a cavity wall; the whole thickness never carries."""
    single = ((plain.core.group, plain.core_thickness_m),) if plain.core.group in BEARING_GROUPS else ()
    called = _CAVITY.search(names) is not None and _ONE_LEAF.search(names) is None
    if layered or not called or not total_m >= CAVITY_WALL_MIN_M or plain.core_thickness_m < total_m - 1e-6:
        return _replaced(plain, leaves=single)
    party = "party" if _PARTY.search(names) else "cavity"
    for sizes in _SIZES.findall(names):
        first, gap, second = (0.001 * int(size) for size in sizes)
        if abs(first + gap + second - total_m) <= _SUM_TOLERANCE_M:
            leaves = ((plain.core.group, first), (plain.core.group, second))
            note = ("OPT-222", f"{party} wall of 2 leaves by its name ({1000 * first:.0f} + {1000 * second:.0f} mm)")
            return _replaced(plain, leaves=leaves, cavity=party, core_thickness_m=min(first, second), notes=(*plain.notes, note))
    note = ("OPT-222", f"called a cavity wall but drawn as one body of {1000.0 * total_m:.0f} mm: thickness of its leaves unknown")
    return _replaced(plain, leaves=(), cavity=party, core_thickness_m=math.nan, notes=(*plain.notes, note))


def _replaced(plain: ElementMaterial, **changes: object) -> ElementMaterial:
    return replace(plain, **changes)  # type: ignore[arg-type]
