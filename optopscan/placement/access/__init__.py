"""Access: galleries, corridors and landings on a roof, and the routes of dwellings to stairs."""

from optopscan.placement.access.findings import Facts, Finding
from optopscan.placement.access.routes import Doors, Routes, find_doors, landings_of, module_ends, routes, serves
from optopscan.placement.access.rules import AccessRules, Core, access_rules
from optopscan.placement.access.schemes import AccessScheme, PieceRectangles, Stair, access_schemes, piece_rectangles

__all__ = [
    "AccessRules",
    "AccessScheme",
    "Core",
    "Doors",
    "Facts",
    "Finding",
    "PieceRectangles",
    "Routes",
    "Stair",
    "access_rules",
    "access_schemes",
    "find_doors",
    "landings_of",
    "module_ends",
    "piece_rectangles",
    "routes",
    "serves",
]
