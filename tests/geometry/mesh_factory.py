"""Small meshes for the geometry tests, built without the package under test."""

from itertools import pairwise

import numpy as np
import shapely

from optopscan.model.building import Mesh


def prism(outline, z0, z1, holes=()):
    """Return a closed upright prism on a polygon, faces outward."""
    polygon = shapely.Polygon(outline, holes)
    polygon = shapely.geometry.polygon.orient(polygon)
    points, faces = [], []

    def add(a, b, c):
        faces.append([len(points), len(points) + 1, len(points) + 2])
        points.extend([a, b, c])

    for triangle in shapely.get_parts(shapely.constrained_delaunay_triangles(polygon)):
        a, b, c = shapely.get_coordinates(shapely.geometry.polygon.orient(triangle))[:3]
        add([*a, z1], [*b, z1], [*c, z1])
        add([*a, z0], [*c, z0], [*b, z0])
    for ring in (polygon.exterior, *polygon.interiors):
        xy = shapely.get_coordinates(ring)
        for p, q in pairwise(xy):
            add([*p, z0], [*q, z0], [*q, z1])
            add([*p, z0], [*q, z1], [*p, z1])
    return Mesh(vertices_m=np.array(points, dtype=float), faces=np.array(faces))


def box(x0, y0, z0, x1, y1, z1):
    return prism([(x0, y0), (x1, y0), (x1, y1), (x0, y1)], z0, z1)


def turned_about_z(mesh, degrees, shift=(0.0, 0.0, 0.0)):
    a = np.radians(degrees)
    r = np.array([[np.cos(a), -np.sin(a), 0], [np.sin(a), np.cos(a), 0], [0, 0, 1]])
    return Mesh(vertices_m=mesh.vertices_m @ r.T + np.array(shift), faces=mesh.faces)


def tilted(mesh, matrix):
    return Mesh(vertices_m=mesh.vertices_m @ np.asarray(matrix).T, faces=mesh.faces)


def upright_plate(outline_sz, thickness, holes=()):
    """Return a wall along x whose face is the given outline in (x, z); y from 0 to thickness."""
    flat = prism(outline_sz, 0.0, thickness, holes)
    # (s, z, t) -> (x = s, z = z, y = thickness - t): a turn about x, so faces stay outward
    x, z, t = flat.vertices_m.T
    return Mesh(vertices_m=np.stack([x, thickness - t, z], axis=1), faces=flat.faces)
