"""Bearing inference: which elements carry, with what probability, and why."""

from optopscan.structure.bearing.infer import infer_bearing

__all__ = ["infer_bearing"]
