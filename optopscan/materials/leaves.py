"""One record of the leaves of every wall, for checks and for whoever splits a wall into parts."""

from __future__ import annotations

from dataclasses import dataclass

from optopscan.materials.layers import read_element
from optopscan.model.arrays import check_lengths
from optopscan.model.building import Elements


@dataclass(frozen=True, kw_only=True)
class Leaves:
    """Leaves per element (n_element), in layer order; they share no load.

    ``thickness_m`` and ``group`` hold one entry per bearing leaf: one for a solid wall, none
    where it cannot be told (and for what is no wall). ``cavity`` is "" (solid), "facade"
    (the counted leaf carries, the other is a skin), "party" (each leaf carries the floor
    on its own side) or "cavity" (not settled which). ``counted_m`` is the one thickness that a
    check may rely on whichever leaf a floor rests on; nan where unknown.
    """

    thickness_m: tuple[tuple[float, ...], ...]
    group: tuple[tuple[str, ...], ...]
    cavity: tuple[str, ...]
    counted_m: tuple[float, ...]

    def __post_init__(self) -> None:
        check_lengths(self, len(self.cavity))


def leaves(elements: Elements) -> Leaves:
    """Return the leaves of every element, from layer sets and names."""
    reads = [read_element(elements, row, (), ()) for row in range(len(elements))]
    return Leaves(
        thickness_m=tuple(tuple(size for _, size in read.leaves) for read in reads),
        group=tuple(tuple(group for group, _ in read.leaves) for read in reads),
        cavity=tuple(read.cavity for read in reads),
        counted_m=tuple(read.core_thickness_m for read in reads),
    )
