"""What spans from a module to its bearing lines stays on the roof: it cannot go through a wall that rises above it.

Between the side of a plan and the lines that carry it lies a transfer layer. Its band is the plan's own width along the lines
and reaches to the farthest line that takes a share; where a stair core or the next higher part stands in that band, no beam
gets there and the plan does not stand.
"""

from __future__ import annotations

import numpy as np
import scipy.sparse as sp
import shapely

from optopscan.catalog.concept import Concept
from optopscan.model.arrays import BoolArray
from optopscan.model.structure import Heads, Structure
from optopscan.placement.lines import Frame, head_points
from optopscan.placement.reactions import Reactions, Rectangles, reactions
from optopscan.placement.roof import UsableRoof
from optopscan.structure.roof import walls_above

LEAST_M = 0.01
LEAST_M2 = 1e-3
LEAST_SHARE = 1e-9


def standing_reactions(structure: Structure, roof: UsableRoof, frame: Frame, rectangles: Rectangles, concept: Concept) -> Reactions:
    """Return `reactions` of plans on a roof; one whose transfer layer would go through a wall above it is not carried."""
    found = reactions(structure.heads, frame, rectangles, concept)
    clear = passes_walls(structure, roof.z_m, frame, rectangles, found.share)
    if clear.all():
        return found
    kept = sp.csr_array(sp.diags_array(clear.astype(np.float64)))
    return Reactions(
        share=sp.csc_array(found.share @ kept),
        carried=found.carried & clear,
        turned=found.turned & clear,
        shift_m=found.shift_m * clear[:, None],
    )


def passes_walls(structure: Structure, z_m: float, frame: Frame, rectangles: Rectangles, share: sp.csc_array) -> BoolArray:
    """Return which plans (n_rect,) reach all their lines without crossing a wall that goes on above the roof.

    Parameters
    ----------
    z_m
        Level of the roof.
    share
        Of the weight of each plan per head (n_head, n_rect).
    """
    clear = np.ones(len(rectangles), dtype=np.bool_)
    walls = walls_above(structure, z_m)
    if not len(walls) or not len(rectangles):
        return clear
    barriers = shapely.transform(walls, lambda xy: np.column_stack(frame.to_frame(xy[:, 0], xy[:, 1])))
    tree = shapely.STRtree(barriers)
    for boxes, rows in _bands(structure.heads, frame, rectangles, share):
        if not rows.size:
            continue
        box, wall = tree.query(boxes, predicate="intersects")
        crossed = shapely.area(shapely.intersection(boxes[box], barriers[wall])) > LEAST_M2
        clear[rows[np.unique(box[crossed])]] = False
    return clear


def _bands(heads: Heads, frame: Frame, rectangles: Rectangles, share: sp.csc_array) -> tuple[tuple[np.ndarray, np.ndarray], ...]:
    """Return boxes in the frame with the rows of their plans: below and above each plan, across lines along u and along v."""
    du, dv = frame.to_frame(np.asarray(heads.x1_m) - heads.x0_m, np.asarray(heads.y1_m) - heads.y0_m)
    # the head of a column lies along both
    along = {True: np.abs(du) >= np.abs(dv), False: np.abs(dv) >= np.abs(du)}
    u, v = frame.to_frame(*head_points(heads))
    entries = sp.coo_array(share)
    used = np.abs(entries.data) > LEAST_SHARE
    head, rect = entries.coords[0][used], entries.coords[1][used]
    low, high = rectangles.u_m, rectangles.u_m + rectangles.du_m
    left, right = rectangles.v_m, rectangles.v_m + rectangles.dv_m
    found = []
    for across, at, own in ((True, v, (left, right)), (False, u, (low, high))):
        here = along[across][head]
        first, last = own[0].copy(), own[1].copy()
        np.minimum.at(first, rect[here], at[head[here]])
        np.maximum.at(last, rect[here], at[head[here]])
        for begin, end in ((first, own[0]), (own[1], last)):
            rows = np.flatnonzero(end - begin > LEAST_M)
            corners = (low[rows], begin[rows], high[rows], end[rows]) if across else (begin[rows], left[rows], end[rows], right[rows])
            found.append((shapely.box(*corners), rows))
    return tuple(found)
