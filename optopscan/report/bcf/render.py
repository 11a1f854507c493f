"""Findings as BCF: one topic each with a camera, the elements concerned selected and coloured, and a picture.

BCF 2.1 by default, 3.0 on request (buildingSMART BCF-XML, release 2.1 and 3.0; the order of elements is that of the
schemas). Topics have the same id in every run and in a later model of the same building, so that a program updates
them. BCF wants a date of creation; a fixed one stands there, `DATE`, since the same input has to give the same file.
"""

from __future__ import annotations

import io
import re
import uuid
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal
from xml.etree import ElementTree

import numpy as np
import numpy.typing as npt

from optopscan.report.bcf.axonometry import DIRECTION, SIZE, Axonometry, frame
from optopscan.report.bcf.topics import KINDS, Topic, topics
from optopscan.report.bodies import Bodies, element_bodies
from optopscan.report.element_state import BAND_COLOURS
from optopscan.report.export_words import say
from optopscan.report.marks import credentials, stamp
from optopscan.report.record.arrays import Arrays
from optopscan.report.words import Language, word

Record = Mapping[str, Any]
Version = Literal["2.1", "3.0"]

# Not when anything was made: a fixed date, because the format asks for one.
DATE = "2000-01-01T00:00:00Z"
AUTHOR = "optopscan"
MOST_SELECTED = 200
_NAMESPACE = uuid.uuid5(uuid.NAMESPACE_DNS, "optopscan")
_VIEW_DEG, _LEAST_M = 60.0, 3.0
_UNKNOWN = "#e07b00"  # what has no verdict has to stand out from the grey of the others
_GUID = re.compile(r"[0-9A-Za-z_$]{22}")
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ZIP_DATE = (1980, 1, 1, 0, 0, 0)
Vector = npt.NDArray[np.float64]


def render(record: Record, arrays: Arrays, language: Language = "nl") -> list[tuple[str, bytes]]:
    """Return (``bevindingen.bcfzip`` or ``findings.bcfzip``, contents), in BCF 2.1.

    Parameters
    ----------
    record, arrays
        As `record.build` or `record.read` gives them.
    language
        "nl" or "en".
    """
    return [(say("file_bcf", language), bcf(record, arrays, language))]


def bcf(record: Record, arrays: Arrays, language: Language = "nl", version: Version = "2.1") -> bytes:
    """Return the file in one of the two versions; 3.0 is named ``.bcf``, not ``.bcfzip``."""
    return _Writer(record, arrays, language, version).file(topics(record, language))


class _Writer:
    def __init__(self, record: Record, arrays: Arrays, language: Language, version: Version) -> None:
        self.record, self.language, self.version = record, language, version
        self.bodies = element_bodies(record, arrays)
        self.pictures = Axonometry(self.bodies)
        self.stamp = stamp(record, language)
        self.place = record["building"]["local_to_ifc"]

    def file(self, found: Sequence[Topic]) -> bytes:
        files = {"bcf.version": self._version()}
        if self.version == "3.0":
            files["extensions.xml"] = self._extensions()
            files["project.bcfp"] = self._project()
        for index, topic in enumerate(found):
            folder = self._id(topic.kind, topic.key)
            again = 1
            while f"{folder}/markup.bcf" in files:
                again += 1
                folder = self._id(topic.kind, topic.key, str(again))
            files[f"{folder}/markup.bcf"] = self._markup(topic, folder, index)
            files[f"{folder}/viewpoint.bcfv"] = self._viewpoint(topic, self._id(folder, "viewpoint"))
            files[f"{folder}/snapshot.png"] = self._snapshot(topic)
        return _zipped(files)

    def _id(self, *of: str) -> str:
        building = self.record["building"]["name"] or "|".join(sorted(row["name"] for row in self.record["inputs"]))
        return str(uuid.uuid5(_NAMESPACE, "\n".join((building, *of))))

    def _version(self) -> bytes:
        root = ElementTree.Element("Version", VersionId=self.version)
        if self.version == "2.1":
            _add(root, "DetailedVersion", self.version)
        return _xml(root)

    def _project(self) -> bytes:
        root = ElementTree.Element("ProjectInfo")
        project = ElementTree.SubElement(root, "Project", ProjectId=self._id("project"))
        _add(project, "Name", self.record["building"]["name"] or self.record["inputs"][0]["name"])
        return _xml(root)

    def _extensions(self) -> bytes:
        root = ElementTree.Element("Extensions")
        kinds = [say(f"kind_{kind}", self.language) for kind in KINDS]
        lists = {
            "TopicTypes": ("TopicType", kinds),
            "TopicStatuses": ("TopicStatus", ["Open"]),
            "Priorities": ("Priority", [say("high", self.language), say("normal", self.language)]),
            "TopicLabels": ("TopicLabel", kinds),
            "Users": ("User", [AUTHOR]),
            "SnippetTypes": ("SnippetType", []),
            "Stages": ("Stage", []),
        }
        for name, (one, values) in lists.items():
            rows = ElementTree.SubElement(root, name)
            for value in values:
                _add(rows, one, value)
        return _xml(root)

    def _markup(self, topic: Topic, guid: str, index: int) -> bytes:
        new = self.version == "3.0"
        root = ElementTree.Element("Markup")
        header = ElementTree.SubElement(root, "Header")
        files = ElementTree.SubElement(header, "Files") if new else header
        for row in self.record["inputs"]:
            file = ElementTree.SubElement(files, "File", {"IsExternal" if new else "isExternal": "true"})
            _add(file, "Filename", row["name"])
        kind = say(f"kind_{topic.kind}", self.language)
        made = ElementTree.SubElement(root, "Topic", Guid=guid, TopicType=kind, TopicStatus="Open")
        _add(made, "Title", topic.title)
        _add(made, "Priority", say("high" if topic.kind in ("governing", "serious") else "normal", self.language))
        _add(made, "Index", str(index))
        _add(ElementTree.SubElement(made, "Labels") if new else made, "Label" if new else "Labels", kind)
        _add(made, "CreationDate", DATE)
        _add(made, "CreationAuthor", AUTHOR)
        _add(made, "Description", topic.text)
        if new:
            view = ElementTree.SubElement(ElementTree.SubElement(made, "Viewpoints"), "ViewPoint", Guid=self._id(guid, "viewpoint"))
        else:
            view = ElementTree.SubElement(root, "Viewpoints", Guid=self._id(guid, "viewpoint"))
        _add(view, "Viewpoint", "viewpoint.bcfv")
        _add(view, "Snapshot", "snapshot.png")
        _add(view, "Index", "0")
        return _xml(root)

    def _viewpoint(self, topic: Topic, guid: str) -> bytes:
        root = ElementTree.Element("VisualizationInfo", Guid=guid)
        self._components(root, topic)
        self._camera(root, topic)
        return _xml(root)

    def _components(self, root: ElementTree.Element, topic: Topic) -> None:
        """Select the elements that have a GlobalId of their own, in colours."""
        rows = [row for row in topic.elements if _GUID.fullmatch(self.record["elements"][row]["guid"] or "")][:MOST_SELECTED]
        components = ElementTree.SubElement(root, "Components")
        if rows:
            self._listed(ElementTree.SubElement(components, "Selection"), rows)
        ElementTree.SubElement(components, "Visibility", DefaultVisibility="true")
        if not rows:
            return
        colouring = ElementTree.SubElement(components, "Coloring")
        group = ElementTree.SubElement(colouring, "Color", Color=f"FF{_colour(topic)[1:].upper()}")
        self._listed(ElementTree.SubElement(group, "Components") if self.version == "3.0" else group, rows)

    def _listed(self, into: ElementTree.Element, rows: Iterable[int]) -> None:
        for row in rows:
            ElementTree.SubElement(into, "Component", IfcGuid=self.record["elements"][row]["guid"])

    def _camera(self, root: ElementTree.Element, topic: Topic) -> None:
        """Aim at the elements, or at the building, in metres in the coordinates of the IFC file."""
        low, high = _extent(self.bodies, topic.elements)
        radius_m = max(float(np.linalg.norm(high - low)) / 2.0, _LEAST_M)
        from_m = (low + high) / 2.0 - DIRECTION * 1.2 * radius_m / np.sin(np.radians(_VIEW_DEG / 2.0))
        turn = np.radians(self.place["rotation"])
        matrix = np.array([[np.cos(turn), -np.sin(turn), 0.0], [np.sin(turn), np.cos(turn), 0.0], [0.0, 0.0, 1.0]])
        camera = ElementTree.SubElement(root, "PerspectiveCamera")
        _point(ElementTree.SubElement(camera, "CameraViewPoint"), matrix @ from_m + self.place["origin"], 4)
        _point(ElementTree.SubElement(camera, "CameraDirection"), matrix @ DIRECTION, 6)
        _point(ElementTree.SubElement(camera, "CameraUpVector"), matrix @ frame(DIRECTION)[1], 6)
        _add(camera, "FieldOfView", f"{_VIEW_DEG:g}")
        if self.version == "3.0":
            _add(camera, "AspectRatio", f"{SIZE[0] / SIZE[1]:.4f}")

    def _snapshot(self, topic: Topic) -> bytes:
        footer = f"{word('statement', self.language)} · {credentials(self.record, self.language)}"
        return self.pictures.png(topic.elements, _colour(topic), footer, self.stamp)


def _colour(topic: Topic) -> str:
    return _UNKNOWN if topic.band in ("unknown", "none") else BAND_COLOURS[topic.band]


def _extent(bodies: Bodies, rows: Sequence[int]) -> tuple[Vector, Vector]:
    """Return the lowest and highest corner [m] of elements, of all where these have no shape, zero where nothing has."""
    for faces in (bodies.faces[np.isin(bodies.owner, rows)], bodies.faces):
        if len(faces):
            points = bodies.vertices_m[faces.ravel()]
            return points.min(axis=0), points.max(axis=0)
    return np.zeros(3), np.zeros(3)


def _point(into: ElementTree.Element, values: Vector, digits: int) -> None:
    for name, value in zip("XYZ", values.tolist(), strict=True):
        _add(into, name, f"{round(value, digits) + 0.0:.{digits}f}")


def _add(parent: ElementTree.Element, name: str, text: str) -> None:
    ElementTree.SubElement(parent, name).text = _NOT_XML.sub("", text)


def _xml(root: ElementTree.Element) -> bytes:
    ElementTree.indent(root)
    return bytes(ElementTree.tostring(root, encoding="UTF-8", xml_declaration=True)) + b"\n"


def _zipped(files: Mapping[str, bytes]) -> bytes:
    """Return a zip, stored uncompressed: two builds of zlib may press the same data into other bytes."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", compression=zipfile.ZIP_STORED) as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, date_time=_ZIP_DATE)
            entry.create_system = 3
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, content)
    return stream.getvalue()
