"""What the user should know of the inference: contradictions and open questions."""

from __future__ import annotations

from optopscan.issues import Issue, issue
from optopscan.model.building import Elements
from optopscan.model.structure import Bearing

UPRIGHT = ("wall", "column")


def bearing_issues(elements: Elements, bearing: Bearing) -> tuple[Issue, ...]:
    """Return where LoadBearing contradicts the verdict, where it is a default, and what was left out though it may carry."""
    found: list[Issue] = []
    rows = [i for i, kind in enumerate(elements.kind) if kind in UPRIGHT]
    for i in rows:
        said, state = elements.load_bearing[i], bearing.state[i]
        if (said is True and state == "no") or (said is False and state == "yes" and _counted(bearing, i)):
            found.append(issue("OPT-310", elements.id[i], f"LoadBearing = {said}, but bearing is {state} ({_main(bearing, i)})"))
        if state == "unknown" and bearing.probability[i] < 0.5:
            found.append(issue("OPT-312", elements.id[i], f"bearing probability {bearing.probability[i]:.2f} ({_main(bearing, i)})"))
    walls = [i for i in rows if elements.kind[i] == "wall"]
    said_of_walls = [elements.load_bearing[i] for i in walls if elements.load_bearing[i] is not None]
    if said_of_walls and not any(said_of_walls):
        found.append(issue("OPT-311", "", f"LoadBearing is False on all {len(said_of_walls)} walls that have it"))
    for key, value in (("true_by_default", True), ("false_by_default", False)):
        n = sum(any(e.signal == key for e in bearing.evidence[i]) for i in walls)
        if n:
            found.append(issue("OPT-311", "", f"LoadBearing = {value} of {n} walls contradicts what is drawn too often to be believed"))
    return tuple(found)


def _counted(bearing: Bearing, i: int) -> bool:
    return any(e.signal == "says_false" for e in bearing.evidence[i])


def _main(bearing: Bearing, i: int) -> str:
    """Return the two heaviest signals of an element."""
    heavy = sorted(bearing.evidence[i], key=lambda e: (-abs(e.weight), e.signal))[:2]
    return "; ".join(f"{e.text}: {e.value}" for e in heavy)
