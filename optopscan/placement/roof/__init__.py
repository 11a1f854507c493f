"""Usable roof per new storey: flat faces less setbacks, the plot and neighbours, obstacles and cores."""

from optopscan.placement.roof.removal import RoofThing, removable, roof_things
from optopscan.placement.roof.rules import RoofRules, parse_sides, roof_rules, storeys_under_height
from optopscan.placement.roof.setbacks import SIDES, Side, set_back
from optopscan.placement.roof.usable import CLEARANCE_M, UsableRoof, covered_cells, usable_area_m2, usable_roofs

__all__ = [
    "CLEARANCE_M",
    "SIDES",
    "RoofRules",
    "RoofThing",
    "Side",
    "UsableRoof",
    "covered_cells",
    "parse_sides",
    "removable",
    "roof_rules",
    "roof_things",
    "set_back",
    "storeys_under_height",
    "usable_area_m2",
    "usable_roofs",
]
