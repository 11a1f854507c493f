"""Wholes that are part of themselves and placements that stand on each other: who follows them upwards never arrives."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import ifcopenshell

# Places of attributes, the same in every schema.
_PLACEMENT_REL_TO = 0
_RELATING, _RELATED = 4, 5
_DECOMPOSING = ("IfcRelAggregates", "IfcRelNests")


def in_a_circle(pairs: Iterable[tuple[int, int]]) -> list[int]:
    """Return what lies on a circle, or below one, in ascending order; nothing where every way up ends.

    Parameters
    ----------
    pairs
        (what is below, what is right above it), in any order.

    Examples
    --------
    >>> in_a_circle([(1, 2), (2, 3), (4, 3)]), in_a_circle([(1, 2), (2, 1), (3, 4)])
    ([], [1, 2])
    """
    above: dict[int, set[int]] = {}
    below: dict[int, list[int]] = {}
    for low, high in pairs:
        if high not in above.setdefault(low, set()):
            above[low].add(high)
            below.setdefault(high, []).append(low)
    ended = [one for one in below if one not in above]
    for one in ended:  # grows while it is walked
        for low in below.get(one, ()):
            above[low].discard(one)
            if not above[low]:
                ended.append(low)
    return sorted(one for one, highs in above.items() if highs)


def wholes_in_a_circle(model: Any) -> list[int]:
    """Return the step ids of objects that are, by some way, part of themselves."""
    return in_a_circle(
        (part.id(), whole.id())
        for name in _DECOMPOSING
        for relation in model.by_type(name)
        for whole in _entities(relation.get_argument(_RELATING))
        for part in _entities(relation.get_argument(_RELATED))
    )


def placements_in_a_circle(model: Any) -> list[int]:
    """Return the step ids of placements that stand, by some way, on themselves."""
    return in_a_circle(
        (one.id(), above.id()) for one in model.by_type("IfcLocalPlacement") for above in _entities(one.get_argument(_PLACEMENT_REL_TO))
    )


def _entities(value: Any) -> list[Any]:
    """Return the entities in an attribute; a damaged file has anything there."""
    found = value if isinstance(value, tuple) else (value,)
    return [one for one in found if isinstance(one, ifcopenshell.entity_instance)]
