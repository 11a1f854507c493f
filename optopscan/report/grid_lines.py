"""Grid lines of the bearing structure: where walls stand in line and columns stand in a row, numbered as on any drawing.

Terminology. *u, v*: axes along the two main directions of the bearing walls. *Line*: a place along u (numbers) or
along v (letters) where bearing parts stand. The lines are read off the parts for drawings; nothing is checked with them.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from optopscan.report.variants.data import Turn

Record = Mapping[str, Any]

# Walls this near to each other are one line: the two leaves of a party wall.
_TOGETHER_M = 0.4
_OFF_DEG = 3.0
_LEAST_WALL_M = 2.0
_LEAST_COLUMNS = 2


@dataclass(frozen=True, kw_only=True)
class GridLine:
    """A line with its name, at a place [m] along its axis."""

    name: str
    at_m: float


@dataclass(frozen=True, kw_only=True)
class Grid:
    """Lines across u and lines across v, each in rising order; ``turn`` gives the axes."""

    turn: Turn
    u: tuple[GridLine, ...]
    v: tuple[GridLine, ...]

    def line_of(self, part: Mapping[str, Any]) -> str:
        """Return the name of the line that a part stands on: a number for a wall along v and for a column, else a letter; "" for none."""
        along, at_m, _ = _stand(part, self.turn)
        for axis, lines in (("v", self.u), ("u", self.v)):
            if along in (axis, ""):
                near = [line for line in lines if abs(line.at_m - at_m[axis == "u"]) <= _TOGETHER_M]
                if near:
                    return min(near, key=lambda line: (abs(line.at_m - at_m[axis == "u"]), line.at_m)).name
        return ""


def grid(record: Record) -> Grid:
    """Return the grid of all bearing piers and columns, the same for every storey."""
    parts = [part for part in record["parts"] if part["kind"] in ("pier", "column") and part["bearing_known"]]
    turn = Turn(deg=_main_direction(parts))
    found: dict[str, list[tuple[float, float, int]]] = {"u": [], "v": []}
    for part in parts:
        along, (at_u, at_v), length_m = _stand(part, turn)
        if along in ("v", ""):
            found["u"].append((at_u, length_m, part["storey"]))
        if along in ("u", ""):
            found["v"].append((at_v, length_m, part["storey"]))
    us, vs = _lines(found["u"]), _lines(found["v"])
    return Grid(
        turn=turn,
        u=tuple(GridLine(name=str(n), at_m=at) for n, at in enumerate(us, start=1)),
        v=tuple(GridLine(name=letters(n), at_m=at) for n, at in enumerate(vs)),
    )


def ranks_apart(places_m: Iterable[float], apart_m: float, most: int) -> list[int]:
    """Return the first of ``most`` rows in which a name has room at each place, in rising order; the last one where none has."""
    last: list[float] = []
    ranks = []
    for at_m in places_m:
        rank = next((k for k, end in enumerate(last) if at_m - end >= apart_m), min(len(last), most - 1))
        last[rank : rank + 1] = [at_m]
        ranks.append(rank)
    return ranks


def letters(number: int) -> str:
    """Return A, B, ... Z, AA, AB, ... for 0, 1, ...

    Examples
    --------
    >>> letters(0), letters(25), letters(26)
    ('A', 'Z', 'AA')
    """
    text, left = "", number + 1
    while left:
        left, digit = divmod(left - 1, 26)
        text = chr(65 + digit) + text
    return text


def _stand(part: Mapping[str, Any], turn: Turn) -> tuple[str, tuple[float, float], float]:
    """Return the axis that a part runs along ("u", "v", "" for a point, "askew"), its middle in u, v and its length [m]."""
    (u0, v0), (u1, v1) = turn.to_uv([(part["x0_m"], part["y0_m"]), (part["x1_m"], part["y1_m"])]).tolist()
    middle, length_m = ((u0 + u1) / 2.0, (v0 + v1) / 2.0), math.hypot(u1 - u0, v1 - v0)
    if length_m < 1e-6:
        return "", middle, 0.0
    off = math.degrees(math.atan2(abs(v1 - v0), abs(u1 - u0)))
    return ("v" if off > 90.0 - _OFF_DEG else "u" if off < _OFF_DEG else "askew"), middle, length_m


def _main_direction(parts: Iterable[Mapping[str, Any]]) -> float:
    """Return the direction [degrees, -45 to 45] that most wall length has, or is square to; 0 without walls."""
    length_m: dict[float, float] = defaultdict(float)
    for part in parts:
        dx, dy = part["x1_m"] - part["x0_m"], part["y1_m"] - part["y0_m"]
        if math.hypot(dx, dy) > 1e-6:
            length_m[round(math.degrees(math.atan2(dy, dx)), 1) % 90.0] += math.hypot(dx, dy)
    best = max(length_m, key=lambda deg: (round(length_m[deg], 3), -deg), default=0.0)
    return best if best <= 45.0 else best - 90.0


def _lines(stands: list[tuple[float, float, int]]) -> list[float]:
    """Return where enough stands together: walls of some length, or columns, of one storey."""
    groups: list[list[tuple[float, float, int]]] = []
    for one in sorted(stands):
        if groups and one[0] - groups[-1][0][0] <= _TOGETHER_M:
            groups[-1].append(one)
        else:
            groups.append([one])
    return [round((group[0][0] + group[-1][0]) / 2.0, 3) for group in groups if _counts(group)]


def _counts(group: list[tuple[float, float, int]]) -> bool:
    storeys = {storey for _, _, storey in group}
    for storey in storeys:
        lengths = [length for _, length, at in group if at == storey]
        if sum(lengths) >= _LEAST_WALL_M or lengths.count(0.0) >= _LEAST_COLUMNS:
            return True
    return False
