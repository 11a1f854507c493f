"""Bearing inference, parts, floors and the support graph."""
