"""Solids read from the IFC text itself, without the geometry kernel; what is not exact here is declined with a reason."""
