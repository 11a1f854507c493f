"""Materials: what the names in a model say about group, strength and weight."""

from optopscan.materials.assign import assign, bearing_thickness_m
from optopscan.materials.leaves import Leaves, leaves
from optopscan.materials.planks import Toppings, toppings
from optopscan.materials.recognise import BEARING_GROUPS, Recognised, recognise

__all__ = ["BEARING_GROUPS", "Leaves", "Recognised", "Toppings", "assign", "bearing_thickness_m", "leaves", "recognise", "toppings"]
