"""Plane geometry on polygons and meshes; knows nothing of buildings."""
