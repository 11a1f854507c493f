"""Open one IFC file, or refuse it in one line: a damaged file must not pass as a smaller building."""

from __future__ import annotations

import hashlib
import re
import tempfile
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import ifcopenshell

from optopscan.errors import UnreadableInput
from optopscan.ifc.units import length_unit, with_length_unit
from optopscan.issues import Issue, issue
from optopscan.model.building import InputFile
from optopscan.settings import Settings

SCHEMAS = ("IFC2X3", "IFC4", "IFC4X3")
_ZIPPED_MAX_BYTES = 4_000_000_000
_TAIL_BYTES = 65536
_BROKEN_REFERENCE = re.compile(r"Instance reference #(\d+) used by instance #(\d+)")
# A dangling reference in one of these changes a colour or a catalogue entry, never a body or its place.
_HARMLESS_USERS = (
    "IfcTypeObject",
    "IfcPropertySetDefinition",
    "IfcStyledItem",
    "IfcPresentationStyle",
    "IfcPresentationLayerAssignment",
    "IfcRelAssociatesDocument",
)
# A wrong number of attributes in one of these and a body stands elsewhere or an element loses its storey.
_VITAL = ("IfcPoint", "IfcDirection", "IfcPlacement", "IfcObjectPlacement", "IfcRelationship", "IfcNamedUnit", "IfcUnitAssignment")
_MISCOUNTED = re.compile(r"Expected \d+ attribute values, found \d+ for instance #(\d+)")
_ifc: Any = ifcopenshell
_REPEATED_ID = re.compile(r"Overwriting instance with name #(\d+)")


@dataclass(frozen=True, kw_only=True, eq=False)
class Source:
    """One opened file: its number in the run, model, and what the record says of it; unit_m is metres per file unit.

    ``path`` and ``assumed_unit`` are what it takes to open it again.
    """

    index: int
    model: Any
    info: InputFile
    unit_m: float
    path: Path
    assumed_unit: str | None = None
    issues: tuple[Issue, ...] = ()

    def key(self, entity: Any) -> str:
        """Return the id of an entity in the run: "<file index>#<step id>"."""
        return f"{self.index}#{entity.id()}"


def refuse(name: str, what: str, remedy: str) -> UnreadableInput:
    """Return the error for a file that cannot be used."""
    return UnreadableInput(f"{name}: {what}; {remedy}")


def open_source(path: Path, index: int, settings: Settings) -> Source:
    """Open an .ifc, .ifczip or .zip file with one complete model.

    Raises
    ------
    UnreadableInput
        If the file is missing, empty, damaged, of another format or schema, has not exactly
        one IfcProject, or no length unit while `Settings.assume_unit` is not given.
    """
    raw, text = _content(path)
    _check_text(path.name, text)
    model, log = _parse(path, text, zipped=text is not raw)
    found = _check_log(path.name, index, model, log)
    project = _project(path.name, model)
    unit = length_unit(project)
    if unit is None:
        if settings.assume_unit is None:
            raise refuse(path.name, "no length unit", "export again with units, or state the unit with assume_unit")
        unit = with_length_unit(model, project, settings.assume_unit)
    info = InputFile(
        name=path.name,
        sha256=hashlib.sha256(raw).hexdigest(),
        ifc_schema=str(model.schema),
        length_unit=unit[0],
        exporter=_exporter(model),
    )
    return Source(index=index, model=model, info=info, unit_m=unit[1], path=path, assumed_unit=settings.assume_unit, issues=found)


def _content(path: Path) -> tuple[bytes, bytes]:
    """Return the bytes of the file and of the model in it (the same object when not zipped)."""
    suffix = path.suffix.lower()
    if suffix == ".ifcxml":
        raise refuse(path.name, "IFC-XML is not supported", "export as .ifc")
    if suffix not in (".ifc", ".ifczip", ".zip"):
        raise refuse(path.name, f"unknown file type {suffix or '(none)'}", "give an .ifc or .ifczip file")
    try:
        raw = path.read_bytes()
    except OSError as exc:
        raise refuse(path.name, f"cannot be opened ({exc.strerror})", "check the path and its rights") from exc
    if not raw:
        raise refuse(path.name, "file is empty (0 bytes)", "export or download it again")
    return (raw, raw) if suffix == ".ifc" else (raw, _unzipped(path))


def _unzipped(path: Path) -> bytes:
    try:
        with zipfile.ZipFile(path) as archive:
            return _only_model(path.name, archive)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError) as exc:
        raise refuse(path.name, f"zip cannot be unpacked ({exc})", "unpack it yourself and give the .ifc file") from exc


def _only_model(name: str, archive: zipfile.ZipFile) -> bytes:
    inside = [item for item in archive.infolist() if not item.is_dir() and not item.filename.startswith("__MACOSX/")]
    models = [item for item in inside if item.filename.lower().endswith(".ifc")]
    if not models and any(item.filename.lower().endswith(".ifcxml") for item in inside):
        raise refuse(name, "the zip holds IFC-XML, which is not supported", "export as .ifc")
    if len(models) != 1:
        found = ", ".join(sorted(item.filename for item in models)) or "none"
        raise refuse(name, f"the zip holds {len(models)} models ({found})", "unpack it and give the .ifc files themselves")
    if models[0].file_size > _ZIPPED_MAX_BYTES:
        raise refuse(name, f"model in the zip is {models[0].file_size / 1e9:.1f} GB", "unpack it and check the file")
    return archive.read(models[0])


def _check_text(name: str, text: bytes) -> None:
    start = text[:512]
    head = start.lstrip()
    again = "export or download it again"
    if head.startswith(b"version https://git-lfs"):
        raise refuse(name, "a Git LFS pointer, not the model", "fetch the file itself (git lfs pull)")
    if start.startswith((b"\xff\xfe", b"\xfe\xff")) or b"I\x00S\x00O\x00" in start:
        raise refuse(name, "written as UTF-16", "save it as plain text (ASCII or UTF-8 without BOM)")
    if start.startswith(b"\xef\xbb\xbf"):
        raise refuse(name, "starts with a UTF-8 byte order mark", "save it as UTF-8 without BOM")
    if head.startswith(b"<"):
        raise refuse(name, "a web page or XML, not IFC", again)
    if head.startswith(b"PK"):
        raise refuse(name, "a zip file with the wrong name", "rename it to .ifczip")
    if b"ISO-10303-21;" not in start:
        raise refuse(name, "no IFC header (ISO-10303-21)", again)
    if b"END-ISO-10303-21;" not in text[-_TAIL_BYTES:]:
        raise refuse(name, "file stops before its end (END-ISO-10303-21 is missing)", again)


def _parse(path: Path, text: bytes, *, zipped: bool) -> tuple[Any, str]:
    _ifc.get_log()  # reading the log empties it
    try:
        if not zipped:
            model = _ifc.open(str(path))
        else:
            with tempfile.TemporaryDirectory() as folder:
                unpacked = Path(folder) / "model.ifc"
                unpacked.write_bytes(text)
                model = _ifc.open(str(unpacked))
    except ifcopenshell.SchemaError as exc:
        raise refuse(path.name, f"IFC schema not supported ({exc})", f"export as one of {', '.join(SCHEMAS)}") from exc
    except (ifcopenshell.Error, OSError, RuntimeError) as exc:
        raise refuse(path.name, f"cannot be parsed ({exc})", "export or download it again") from exc
    if model.schema not in SCHEMAS:
        raise refuse(path.name, f"IFC schema {model.schema} not supported", f"export as one of {', '.join(SCHEMAS)}")
    return model, str(_ifc.get_log())


def _check_log(name: str, index: int, model: Any, log: str) -> tuple[Issue, ...]:
    broken = _BROKEN_REFERENCE.findall(log)
    vital = [(target, user) for target, user in broken if not _harmless(model.by_id(int(user)))]
    if vital:
        target, user = vital[0]
        raise refuse(name, f"{len(vital)} references to entities that are not there (#{user} needs #{target})", "export it again")
    repeated = _REPEATED_ID.findall(log)
    if repeated:
        raise refuse(name, f"{len(repeated)} entity numbers are used twice (#{repeated[0]})", "export it again")
    odd = sorted({int(step) for step in _MISCOUNTED.findall(log)})
    lame = [step for step in odd if any(model.by_id(step).is_a(kind) for kind in _VITAL)]
    if lame:
        raise refuse(
            name, f"{len(lame)} entities have the wrong number of attributes (#{lame[0]} {model.by_id(lame[0]).is_a()})", "export it again"
        )
    users = sorted({int(user) for _, user in broken})
    return tuple(
        issue("OPT-111", f"{index}#{step}", f"{model.by_id(step).is_a()} {what}")
        for steps, what in ((users, "refers to entities that are not there"), (odd, "has the wrong number of attributes"))
        for step in steps
    )


def _harmless(user: Any) -> bool:
    return any(user.is_a(name) for name in _HARMLESS_USERS)


def _project(name: str, model: Any) -> Any:
    projects = model.by_type("IfcProject")
    if len(projects) != 1:
        raise refuse(name, f"{len(projects)} IfcProject found, one expected", "export each model as a file of its own")
    return projects[0]


def _exporter(model: Any) -> str:
    names = sorted({f"{app.ApplicationFullName or ''} {app.Version or ''}".strip() for app in model.by_type("IfcApplication")})
    stated = [name for name in names if name]
    return ", ".join(stated) or str(model.header.file_name.originating_system or "")
