"""Bearing inference: which elements carry, with what probability, and why.

Start reading in `infer`; `weights` holds every number that is opinion.
"""

from optopscan.structure.bearing.infer import infer_bearing
from optopscan.structure.bearing.notes import bearing_issues

__all__ = ["bearing_issues", "infer_bearing"]
