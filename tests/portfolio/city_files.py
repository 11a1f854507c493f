"""Small CityJSON files made by hand: boxes with a lid, in any generation of attribute names."""

import json
from functools import partial

NEW = {"year": "oorspronkelijkbouwjaar", "ground": "b3_h_maaiveld", "roof": "b3_h_dak_50p", "type": "b3_dak_type"}
OLD = {"year": "oorspronkelijkbouwjaar", "ground": "h_maaiveld", "roof": "h_dak_50p", "type": "dak_type"}


def box(x, y, width, depth, z0, z1, *, tilt=0.0):
    """Vertices [mm] and surfaces of a box; the lid rises by tilt [m] over its depth."""
    corners = [(x, y), (x + width, y), (x + width, y + depth), (x, y + depth)]
    low = [[round(1000 * a), round(1000 * b), round(1000 * z0)] for a, b in corners]
    top = [[round(1000 * a), round(1000 * b), round(1000 * (z1 + (tilt if b > y else 0.0)))] for a, b in corners]
    walls = [[[k, (k + 1) % 4, 4 + (k + 1) % 4, 4 + k]] for k in range(4)]
    return low + top, [[[0, 3, 2, 1]], *walls, [[4, 5, 6, 7]]]


def feature(
    key, *, at=(0.0, 0.0), size=(20.0, 10.0), ground=0.5, height=11.0, year=1972, names=NEW, tilt=0.0, lod="2.2", kind="Building", **more
):
    vertices, surfaces = box(*at, *size, ground, ground + height, tilt=tilt)
    semantics = {
        "surfaces": [{"type": "GroundSurface"}, {"type": "WallSurface"}, {"type": "RoofSurface"}],
        "values": [[0, 1, 1, 1, 1, 2]],
    }
    attributes = {
        "identificatie": key,
        "status": "Pand in gebruik",
        names["year"]: year,
        names["ground"]: ground,
        names["roof"]: ground + height + tilt / 2,
        names["type"]: "horizontal" if tilt == 0.0 else "slanted",
        **more,
    }
    solid = {"type": "Solid", "lod": lod, "boundaries": [surfaces]}
    if float(lod) >= 2:
        solid["semantics"] = semantics
    part = {"type": "BuildingPart", "parents": [key], "geometry": [solid]}
    floor = {"type": "MultiSurface", "lod": "0", "boundaries": [[[0, 1, 2, 3]]]}
    whole = {"type": kind, "attributes": attributes, "geometry": [floor], "children": [f"{key}-0"]}
    return {"type": "CityJSONFeature", "id": key, "CityObjects": {key: whole, f"{key}-0": part}, "vertices": vertices}


def header(version="2.0", **metadata):
    return {
        "type": "CityJSON",
        "version": version,
        "transform": {"scale": [0.001, 0.001, 0.001], "translate": [85000.0, 446000.0, 0.0]},
        "CityObjects": {},
        "vertices": [],
        "metadata": {
            "title": "3DBAG",
            "version": "v2024.04.20",
            "referenceSystem": "https://www.opengis.net/def/crs/EPSG/0/7415",
            **metadata,
        },
    }


def write_sequence(path, features, **head):
    path.write_text("\n".join(json.dumps(row) for row in [header(**head), *features]) + "\n", encoding="utf-8")
    return path


def write_document(path, features, *, indent=None):
    """The same buildings as one CityJSON document."""
    objects, vertices = {}, []
    for row in features:
        start = len(vertices)
        moved = json.loads(json.dumps(row["CityObjects"]), object_hook=partial(_moved, start))
        objects.update(moved)
        vertices += row["vertices"]
    path.write_text(json.dumps({**header(), "CityObjects": objects, "vertices": vertices}, indent=indent), encoding="utf-8")
    return path


def _moved(start, item):
    def shift(node):
        return [shift(n) for n in node] if isinstance(node, list) else node + start

    return {**item, "boundaries": shift(item["boundaries"])} if "boundaries" in item else item


def many(n, **more):
    """A row of n buildings that stand apart."""
    return [feature(f"NL.IMBAG.Pand.05031000000{k:05d}", at=(40.0 * (k % 10), 40.0 * (k // 10)), **more) for k in range(n)]
