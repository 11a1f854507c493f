"""Short returns bonded to a cross wall: no pier on their own, but part of a corner."""

from __future__ import annotations

from collections.abc import Sequence

from optopscan.structure.contacts import PLAY_M, ContactSearch

STUB_HEIGHT = 0.2  # EN 1996-1-1 5.5.1.2(5): a wall shorter than a fifth of its clear height does not stiffen as a wall
SIDE_BY_SIDE = 0.5  # of its height, at least, must stand against the cross wall


def bonded_stubs(touch: ContactSearch, material: Sequence[str]) -> set[int]:
    """Return the piers that are short returns of a cross wall of the same material.

    They share their load with that wall through the bond, so a loose pier that fails
    does not show that the corner fails; one that holds on its own does hold.

    Parameters
    ----------
    material
        Material group of every element.
    """
    groups = touch.groups
    found = set()
    for g, kind in enumerate(groups.kind):
        height, length = float(groups.z1_m[g] - groups.z0_m[g]), touch.length_m[g]
        if kind != "pier" or length > STUB_HEIGHT * height:
            continue
        for j in sorted(int(k) for k in touch.tree.query(touch.shapes[g], predicate="dwithin", distance=PLAY_M)):
            if j == g or groups.kind[j] != "pier" or touch.length_m[j] < 2.0 * length or touch.parallel(g, j):
                continue
            beside = min(groups.z1_m[g], groups.z1_m[j]) - max(groups.z0_m[g], groups.z0_m[j])
            same = material[int(groups.element[g])] == material[int(groups.element[j])]
            if same and beside > SIDE_BY_SIDE * height:
                found.add(g)
                break
    return found
