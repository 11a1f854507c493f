"""Findings that travel with a result.

Codes are grouped in bands: OPT-1xx reading, OPT-2xx materials, OPT-3xx bearing
and support, OPT-4xx loads, OPT-5xx checks, OPT-6xx roof and placement. An issue
never stops a run; what stops a run is an error (`optopscan.errors`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Severity = Literal["info", "warning", "serious"]


@dataclass(frozen=True, kw_only=True, order=True)
class Issue:
    """One finding: a registered code, the element or part, and a sentence."""

    code: str
    id: str
    message: str
    severity: Severity


@dataclass(frozen=True, kw_only=True)
class IssueCode:
    """What a code means and what the reader can do about it."""

    code: str
    severity: Severity
    title: str
    remedy: str


def _codes(*rows: tuple[str, Severity, str, str]) -> dict[str, IssueCode]:
    return {code: IssueCode(code=code, severity=severity, title=title, remedy=remedy) for code, severity, title, remedy in rows}


CODES = _codes(
    ("OPT-101", "warning", "body could not be computed", "repair the shape in the authoring tool; the element is missing here"),
    ("OPT-102", "warning", "GlobalId is missing or repeated", "give each element its own GlobalId; results use file#step ids"),
    ("OPT-103", "info", "element is made of parts", "none; the parts were grouped into one element"),
    ("OPT-104", "serious", "a structural class lost elements", "repair the export; no verdict is given without them"),
    ("OPT-105", "warning", "aspect models disagree", "align placement and storeys of the files"),
    ("OPT-106", "info", "storey without a usable elevation", "none; floor levels come from the geometry"),
    ("OPT-107", "info", "element has no body", "model a body if it is structural"),
    ("OPT-108", "info", "the same element occurs twice", "none; it was counted once"),
    ("OPT-109", "info", "left out on purpose", "none; markers and curtain walling are not structure"),
    ("OPT-110", "warning", "body is not closed", "repair the shape; volume is footprint times height until then"),
    ("OPT-111", "warning", "file is damaged outside its geometry", "export again; elements and their bodies are not affected"),
    (
        "OPT-112",
        "warning",
        "geometry kernel crashed or hung on an element",
        "repair the shape in the authoring tool; the element is missing here",
    ),
    ("OPT-120", "warning", "two elements of one kind overlap", "remove the double; both are counted until then"),
    ("OPT-122", "warning", "storeys derived from floor levels", "state storeys with their elevations in the model"),
    ("OPT-123", "warning", "unusual size", "check the length unit and elements that lie far away"),
    ("OPT-201", "warning", "material unknown", "name the material in the model or in an override"),
    ("OPT-202", "info", "strength class assumed", "state the strength class or test it"),
    ("OPT-203", "info", "density assumed", "state the density in the model or in an override"),
    ("OPT-220", "warning", "statements on one material differ", "state one strength class; the lower one counts until then"),
    ("OPT-221", "warning", "topping on planks assumed", "give the model of the topping or state the floor in an override"),
    ("OPT-222", "info", "wall of separate leaves", "none; state the leaves as layers where their thickness is unknown"),
    ("OPT-223", "warning", "stated density not used", "correct the density or its unit in the model"),
    ("OPT-301", "warning", "bearing could not be settled", "state LoadBearing in the model or in an override"),
    ("OPT-302", "warning", "nothing below carries this part", "check the model: support missing or gap too large"),
    ("OPT-303", "warning", "floor without supports", "check the model: walls or beams below are missing"),
    ("OPT-304", "info", "foundation is not modelled", "add footings or piles; reactions are given per ground line"),
    ("OPT-305", "warning", "support cycle", "check the model: two parts carry each other"),
    ("OPT-306", "info", "weight does not stand above its support", "none; the moment is recorded on the part"),
    ("OPT-307", "info", "element carries nothing but is kept as load", "none; its weight rests on the floor below"),
    ("OPT-310", "warning", "LoadBearing contradicts what is drawn", "correct LoadBearing or settle it in an override"),
    ("OPT-311", "info", "LoadBearing is a default and was not believed", "set LoadBearing per element or in an override"),
    ("OPT-312", "warning", "may carry but was left out of the structure", "state LoadBearing in the model or in an override"),
    ("OPT-320", "warning", "span direction is a guess", "give the direction in an override, or model the planks or joists"),
    ("OPT-321", "info", "strips of floor without support at an end", "check the trimmer; they hang on the strips beside them"),
    ("OPT-322", "warning", "plank floor lies on the soil", "model the foundation beams; its weight belongs on them"),
    ("OPT-330", "info", "hangs beside its support", "check the bracket or weld; the load was put on the part named"),
    ("OPT-331", "warning", "way of a load to its support is a guess", "check the model here: end without support, or hung"),
    ("OPT-332", "info", "taken to stand on higher ground", "none where there is no cellar below; else model what carries it"),
    ("OPT-333", "warning", "shape of a wall not understood", "draw the wall in straight pieces; its outcome is unknown"),
    ("OPT-341", "warning", "two overrides set the same fact", "keep one of them; the later in the file counts"),
    ("OPT-342", "warning", "override without a source", "name the drawing, test or inspection; without one label A is out of reach"),
    ("OPT-343", "warning", "bearing was given but has no effect", "check the element: nothing rests on it, or nothing carries it"),
    ("OPT-344", "warning", "override goes against the model", "check both; the override counts"),
    ("OPT-345", "warning", "floor cannot span as given", "check the direction: there are no two supports that way"),
    ("OPT-346", "info", "foundation data that give no resistance", "add what the message names; until then the foundation stays unknown"),
    ("OPT-401", "info", "load assumed", "state finishes, use and roof build-up"),
    ("OPT-402", "warning", "negative reaction under permanent load", "check the anchorage at this support"),
    ("OPT-501", "warning", "no check covers this part", "the outcome is unknown; check by hand"),
    ("OPT-502", "serious", "existing part exceeds its resistance", "check the input first; then the building as it stands"),
    ("OPT-601", "info", "no flat roof large enough", "none"),
    ("OPT-602", "info", "roof object treated as obstacle", "state in an override when it can be removed"),
    ("OPT-604", "info", "flat roof that is not built on", "none; the largest level is used"),
    ("OPT-603", "warning", "layout was rejected by the re-check", "none; a cut was added and the layout solved again"),
)


def issue(code: str, element_id: str, message: str) -> Issue:
    """Return an issue with the registered severity.

    Raises
    ------
    KeyError
        If the code is not registered.
    """
    return Issue(code=code, id=element_id, message=message, severity=CODES[code].severity)
