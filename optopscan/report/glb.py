"""The building and the variants put forward as one GLB (glTF 2.0): metres, y up, node groups, what the record says in extras.

Elements stand in groups per storey and per bearing yes / no / unknown, coloured by the verdict of their parts in the
scenario that the answer governs. Variants stand in the same place, so each has a scene of its own, the existing building
with that one variant; the first is the scene that a program shows when it is not asked for another.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import numpy.typing as npt
import trimesh
from trimesh.exchange.gltf import export_glb
from trimesh.visual import TextureVisuals
from trimesh.visual.material import PBRMaterial

from optopscan.report.bodies import Bodies, element_bodies, variant_bodies
from optopscan.report.element_state import BAND_COLOURS, BANDS, State, shown_scenario, states
from optopscan.report.export_words import say
from optopscan.report.marks import answer, stamp, unknowns
from optopscan.report.record.arrays import Arrays
from optopscan.report.variants import data as variant_data
from optopscan.report.words import Language

Record = Mapping[str, Any]
Row = Mapping[str, Any]

COLOURS: dict[str, str] = {
    **{str(band): colour for band, colour in BAND_COLOURS.items()},
    "modules": "#c9a46a",
    "walkways": "#9db4c0",
    "transfer": "#8a6d3b",
    "columns": "#5b4a8a",
}
_WORLD = "world"
# trimesh has no types here
_MATERIAL: Any = PBRMaterial
_VISUALS: Any = TextureVisuals
_WRITE: Any = export_glb


def render(record: Record, arrays: Arrays, language: Language = "nl") -> list[tuple[str, bytes]]:
    """Return (``gebouw.glb`` or ``building.glb``, contents).

    Parameters
    ----------
    record, arrays
        As `record.build` or `record.read` gives them.
    language
        "nl" or "en"; of the names of groups and the texts in the extras.
    """
    model = _Model(language)
    _existing(model, record, arrays)
    _variants(model, record)
    return [(say("file_glb", language), model.glb(_told(record, language), f"optopscan {record['tool']['version']}"))]


class _Model:
    """A scene with named groups; what a node says waits in ``extras`` until the file is written."""

    def __init__(self, language: Language) -> None:
        self.language = language
        self.scene: Any = trimesh.Scene(base_frame=_WORLD)
        self.extras: dict[str, Row] = {}
        self.names: dict[str, str] = {}
        self._looks = {name: _look(name) for name in COLOURS}

    def group(self, path: tuple[str, ...], extras: Row | None = None) -> str:
        """Return the node of a group, made with those above it where it is new."""
        key = "/".join(f"{len(name)}:{name}" for name in path)
        if not path:
            return _WORLD
        if key not in self.names:
            self.scene.graph.update(frame_from=self.group(path[:-1]), frame_to=key)
            self.names[key] = path[-1]
        if extras:
            self.extras[key] = extras
        return key

    def add(self, path: tuple[str, ...], name: str, points_m: npt.NDArray[Any], faces: npt.NDArray[Any], look: str, extras: Row) -> None:
        """Put a body into a group; points are turned from z up to y up."""
        parent, key = self.group(path), f"body {len(self.scene.geometry)}"
        upright = np.column_stack([points_m[:, 0], points_m[:, 2], -points_m[:, 1]])
        mesh = trimesh.Trimesh(upright, faces, process=False, validate=False)
        mesh.visual = _VISUALS(material=self._looks[look])
        self.scene.geometry[key] = mesh
        self.scene.graph.update(frame_from=parent, frame_to=key, geometry=key)
        self.names[key], self.extras[key] = name, extras

    def glb(self, told: Row, generator: str) -> bytes:
        """Return the file."""

        def finish(tree: dict[str, Any]) -> None:
            tree["asset"] |= {"generator": generator, "extras": told}
            for node in tree["nodes"]:
                if node["name"] in self.extras:
                    node["extras"] = self.extras[node["name"]]
                node["name"] = self.names.get(node["name"], node["name"])
            tree["scenes"] = _scenes(tree["nodes"], tree["scenes"][0]["nodes"], say("existing", self.language), told)
            for mesh in tree.get("meshes", ()):
                mesh["name"] = self.names[mesh["name"]]
                mesh.pop("extras", None)
            for material in tree.get("materials", ()):
                # straight into the file: the material would round them to eight bits, too coarse for linear light
                material["pbrMetallicRoughness"]["baseColorFactor"] = _linear(COLOURS[material["name"]])
                material["name"] = _meaning(material["name"], self.language)

        return bytes(_WRITE(self.scene, include_normals=False, tree_postprocessor=finish))


def _look(name: str) -> Any:
    return _MATERIAL(name=name, metallicFactor=0.0, roughnessFactor=0.9, doubleSided=True)


def _scenes(nodes: list[dict[str, Any]], roots: list[int], existing: str, told: Row) -> list[dict[str, Any]]:
    """Return a scene per variant with the existing building in each; without variants only that building."""
    shared = [root for root in roots if nodes[root]["name"] == existing]
    variants = [root for root in roots if root not in shared]
    names = [f"{existing} + {nodes[root]['name']}" for root in variants] or [existing]
    each = [[*shared, root] for root in variants] or [shared]
    return [{"name": name, "nodes": rows, "extras": told} for name, rows in zip(names, each, strict=True)]


def _meaning(look: str, language: Language) -> str:
    return say(f"band_{look}" if look in BANDS else look, language)


def _linear(colour: str) -> list[float]:
    """Return red, green, blue and 1 in linear light, as glTF wants them."""
    level = np.array([int(colour[at : at + 2], 16) / 255.0 for at in (1, 3, 5)])
    linear = np.where(level <= 0.04045, level / 12.92, ((level + 0.055) / 1.055) ** 2.4)  # IEC 61966-2-1
    return [*(float(round(one, 4)) for one in linear), 1.0]


def _existing(model: _Model, record: Record, arrays: Arrays) -> None:
    language = model.language
    found = dict(enumerate(states(record)))
    for row, points_m, faces in _each(element_bodies(record, arrays)):
        element, state = record["elements"][row], found[row]
        path = (say("existing", language), _storey(record, element, language), say(element["bearing"], language))
        model.add(path, _name(element), points_m, faces, state.band, element_extras(element, state))


def element_extras(element: Row, state: State) -> dict[str, Any]:
    """Return what a node says of an element."""
    kept = {name: element[name] for name in ("id", "guid", "name", "ifc_class", "kind", "storey", "bearing", "bearing_probability")}
    told = {
        "uc_before": state.uc_before,
        "uc_after": state.uc_after,
        "outcome_before": state.outcome_before,
        "outcome_after": state.outcome_after,
        "band": state.band,
    }
    return {**kept, **told}


def _storey(record: Record, element: Row, language: Language) -> str:
    storey = element["storey"]
    if storey is None:
        return say("no_storey", language)
    return say("storey", language, n=storey + 1, name=record["building"]["storeys"][storey]["name"])


def _name(element: Row) -> str:
    return f"{element['name'] or element['ifc_class']} ({element['id']})"


def _variants(model: _Model, record: Record) -> None:
    for variant in variant_data.drawn_variants(record):
        path = (say("variant", model.language, id=variant["id"]),)
        model.group(path, _variant_extras(variant, model.language))
        made = variant_bodies(record, variant)
        for kind, rows in (("modules", variant["placed"]), ("walkways", variant["walkways"])):
            for row, points_m, faces in _each(getattr(made, kind)):
                _new(model, path, kind, rows[row], points_m, faces)
        below = [*variant["placed"], *variant["walkways"]]
        for row, points_m, faces in _each(made.transfer):
            told = {"kind": "transfer", "under": below[row]["module_id"]}
            model.add((*path, say("transfer", model.language)), below[row]["module_id"], points_m, faces, "transfer", told)
        for row, points_m, faces in _each(made.columns):
            told = {"kind": "column", "meets": variant["columns"][row].get("meets", ""), "outcome": "unknown"}
            model.add((*path, say("columns", model.language)), f"{row + 1}", points_m, faces, "columns", told)


def _new(model: _Model, path: tuple[str, ...], kind: str, row: Row, points_m: npt.NDArray[Any], faces: npt.NDArray[Any]) -> None:
    names = ("module_id", "storey", "concept", "dwelling", "width_m", "length_m", "height_m", "rotation_deg", "loads_on")
    told = {"kind": kind.removesuffix("s"), **{name: row[name] for name in names}}
    groups = (say("new_storey", model.language, n=row["storey"]), say(kind, model.language))
    model.add((*path, *groups), row["module_id"], points_m, faces, kind, told)


def _variant_extras(variant: Row, language: Language) -> dict[str, Any]:
    kept = ("id", "concept", "storeys", "modules", "dwellings", "dwellings_by_type", "gfa_m2", "max_uc", "outcome")
    worth = variant.get("worth")
    return {
        **{name: variant[name] for name in kept},
        "put_forward": worth["put_forward" if language == "nl" else "put_forward_en"] if worth else "",
    }


def _told(record: Record, language: Language) -> dict[str, Any]:
    """Return what the file says of itself: the stamp first."""
    extra, scenario = record["extra_storeys"], shown_scenario(record)
    return {
        "stamp": stamp(record, language),
        "statement": record["statement"],
        "answer": answer(record, language),
        "proven": extra["proven"],
        "possible": extra["possible"],
        "unknowns": unknowns(record, language),
        "label": extra["label"],
        "input_sha256": record["input_sha256"],
        "building": record["building"]["name"],
        "scenario": scenario,
        "scenario_is": say("after_is", language, scenario=scenario) if scenario else say("after_none", language),
        "legend": {band: {"colour": COLOURS[band], "meaning": say(f"band_{band}", language)} for band in BANDS},
        "axes": "glTF x, y, z = local x, z, -y",
        "local_to_ifc": record["building"]["local_to_ifc"],
    }


def _each(bodies: Bodies) -> Iterator[tuple[int, npt.NDArray[Any], npt.NDArray[Any]]]:
    """Give row, own vertices and own faces of every body; faces stand in the order of their rows."""
    ends = np.flatnonzero(np.diff(bodies.owner, append=-1)) + 1
    for start, end in zip(np.concatenate([[0], ends[:-1]]).tolist(), ends.tolist(), strict=False):
        used, faces = np.unique(bodies.faces[start:end], return_inverse=True)
        yield int(bodies.owner[start]), bodies.vertices_m[used], faces.reshape(-1, 3)
