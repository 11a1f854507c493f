"""Materials: what the names in a model say about group, strength and weight."""

from optopscan.materials.assign import assign, bearing_thickness_m
from optopscan.materials.recognise import BEARING_GROUPS, Recognised, recognise

__all__ = ["BEARING_GROUPS", "Recognised", "assign", "bearing_thickness_m", "recognise"]
