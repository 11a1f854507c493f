"""Open one IFC file, or refuse it in one line: a damaged file must not pass as a smaller building."""

from __future__ import annotations

import errno
import hashlib
import re
import shutil
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import ifcopenshell

from optopscan.errors import UnreadableInput
from optopscan.ifc.circles import placements_in_a_circle, wholes_in_a_circle
from optopscan.ifc.conformity import breach_first
from optopscan.ifc.temporary import no_scratch, scratch_folder
from optopscan.ifc.types import Types
from optopscan.ifc.units import length_unit, with_length_unit
from optopscan.issues import Issue, issue
from optopscan.model.building import InputFile
from optopscan.settings import Settings

SCHEMAS = ("IFC2X3", "IFC4", "IFC4X3")
_ZIPPED_MAX_BYTES = 4_000_000_000
# IFC packs five- to twentyfold; what packs far better is not a model.
_PACKED_MAX, _PACKED_FROM_BYTES = 200, 50_000_000
# of the disk that it is unpacked to; a damaged archive has other errors
_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS)
_HEAD_BYTES = 512
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

    ``path`` and ``assumed_unit`` are what it takes to open it again; ``materials`` keeps what was read of them,
    ``representations`` what can be the body of a product, from when it is selected until its body is made.
    """

    index: int
    model: Any
    info: InputFile
    unit_m: float
    path: Path
    assumed_unit: str | None = None
    issues: tuple[Issue, ...] = ()
    materials: dict[int, list[tuple[str, Any]]] = field(default_factory=dict)
    representations: dict[int, list[Any]] = field(default_factory=dict)

    @cached_property
    def types(self) -> Types:
        """Types of the products of the file."""
        return Types(self.model)

    def key(self, entity: Any) -> str:
        """Return the id of an entity in the run: "<file index>#<step id>"."""
        return f"{self.index}#{entity.id()}"


def refuse(name: str, what: str, remedy: str) -> UnreadableInput:
    """Return the error for a file that cannot be used."""
    return UnreadableInput(f"{name}: {what}; {remedy}")


def open_source(path: Path, index: int, settings: Settings, *, lazy: bool = False) -> Source:
    """Open an .ifc, .ifczip or .zip file with one complete model.

    Parameters
    ----------
    path
        The file.
    index
        Its number in the run.
    settings
        `assume_unit` is used.
    lazy
        Parse an instance when it is first looked at: quicker, and in less memory. Damage is then found when it is
        met, so whoever opens a file this way asks for `late_findings` when done with it. What nobody
        looks at cannot change an answer; relationships, which make elements visible, are all looked at here.

    Raises
    ------
    UnreadableInput
        If the file is missing, empty, damaged, of another format or schema, hangs together in a circle, has not exactly
        one IfcProject, or no length unit while `Settings.assume_unit` is not given.
    """
    sha256 = file_sha256(path)
    with plain_file(path) as plain:
        _check_text(path.name, *_ends(plain))
        model, log = _parse(path.name, plain, lazy=lazy)
    with breach_first([(path.name, model)]):
        found = _check_log(path.name, index, model, log)
        _check_circles(path.name, model)
        unit = _length_unit(path.name, model, settings)
        exporter = _exporter(model)
    info = InputFile(
        name=path.name,
        sha256=sha256,
        ifc_schema=str(model.schema),
        length_unit=unit[0],
        exporter=exporter,
    )
    return Source(index=index, model=model, info=info, unit_m=unit[1], path=path, assumed_unit=settings.assume_unit, issues=found)


def _length_unit(name: str, model: Any, settings: Settings) -> tuple[str, float]:
    project = _project(name, model)
    unit = length_unit(project)
    if unit is not None:
        return unit
    if settings.assume_unit is None:
        raise refuse(name, "no length unit", "export again with units, or state the unit with --assume-unit (setting assume_unit)")
    return with_length_unit(model, project, settings.assume_unit)


def late_findings(sources: Sequence[Source]) -> tuple[Issue, ...]:
    """Return what came to light since files were opened lazily; of several files the one a finding fits.

    Raises
    ------
    UnreadableInput
        If something that decides on bodies, places or storeys is missing.
    """
    log = str(_ifc.get_log())
    found: set[Issue] = set()
    for source in sources:
        lines = [line for line in log.splitlines() if len(sources) == 1 or _is_from(source, line)]
        found.update(_check_log(source.info.name, source.index, source.model, "\n".join(lines)))
    return tuple(sorted(found))


def damaged(log: str) -> bool:
    """Return whether the parser's log names damage to an instance that was looked at."""
    return bool(_BROKEN_REFERENCE.search(log) or _MISCOUNTED.search(log))


def _is_from(source: Source, line: str) -> bool:
    broken, odd = _BROKEN_REFERENCE.search(line), _MISCOUNTED.search(line)
    if broken is not None:
        return _has(source, int(broken[2])) and not _has(source, int(broken[1]))
    return odd is not None and _has(source, int(odd[1]))


def _has(source: Source, step: int) -> bool:
    try:
        source.model.by_id(step)
    except RuntimeError:
        return False
    return True


def file_sha256(path: Path) -> str:
    """Return the SHA-256 of a file that can be read and may hold a model.

    Raises
    ------
    UnreadableInput
        If it cannot be read or is of another type.
    """
    if not is_text(str(path)):
        raise refuse(ascii(path.name), "its name or folder is not UTF-8", "rename it")
    suffix = path.suffix.lower()
    if suffix == ".ifcxml":
        raise refuse(path.name, "IFC-XML is not supported", "export as .ifc")
    if suffix not in (".ifc", ".ifczip", ".zip"):
        raise refuse(path.name, f"unknown file type {suffix or '(none)'}", "give an .ifc or .ifczip file")
    try:
        with path.open("rb") as file:
            if not file.read(1):
                raise refuse(path.name, "file is empty (0 bytes)", "export or download it again")
            file.seek(0)
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as exc:
        raise refuse(path.name, f"cannot be opened ({exc.strerror})", "check the path and its rights") from exc


def is_text(name: str) -> bool:
    """Return whether a name can be passed on as UTF-8; one made on another system may hold bytes that are not."""
    try:
        name.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


@contextmanager
def plain_file(path: Path) -> Iterator[Path]:
    """Yield the path of the model itself, unpacked where it is zipped; in pieces, so a large model is never in memory twice."""
    if path.suffix.lower() == ".ifc":
        yield path
        return
    with scratch_folder() as folder:
        unpacked = folder / "model.ifc"
        try:
            with zipfile.ZipFile(path) as archive, archive.open(_only_model(path.name, archive)) as packed, unpacked.open("wb") as file:
                shutil.copyfileobj(packed, file, 1 << 20)
        except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, zlib.error) as exc:
            if isinstance(exc, OSError) and exc.errno in _NO_ROOM:
                raise no_scratch(exc) from exc
            raise refuse(path.name, f"zip cannot be unpacked ({exc})", "unpack it yourself and give the .ifc file") from exc
        yield unpacked


def _ends(path: Path) -> tuple[bytes, bytes]:
    with path.open("rb") as file:
        start = file.read(_HEAD_BYTES)
        file.seek(max(0, path.stat().st_size - _TAIL_BYTES))
        return start, file.read()


def _only_model(name: str, archive: zipfile.ZipFile) -> zipfile.ZipInfo:
    inside = [item for item in archive.infolist() if not item.is_dir() and not item.filename.startswith("__MACOSX/")]
    models = [item for item in inside if item.filename.lower().endswith(".ifc")]
    if not models and any(item.filename.lower().endswith(".ifcxml") for item in inside):
        raise refuse(name, "the zip holds IFC-XML, which is not supported", "export as .ifc")
    if len(models) != 1:
        found = ", ".join(sorted(item.filename for item in models)) or "none"
        raise refuse(name, f"the zip holds {len(models)} models ({found})", "unpack it and give the .ifc files themselves")
    if models[0].file_size > _ZIPPED_MAX_BYTES:
        raise refuse(name, f"model in the zip is {models[0].file_size / 1e9:.1f} GB", "unpack it and check the file")
    if models[0].file_size > max(_PACKED_FROM_BYTES, _PACKED_MAX * models[0].compress_size):
        raise refuse(
            name, f"model in the zip is packed {models[0].file_size / max(1, models[0].compress_size):.0f} to 1", "give the .ifc file"
        )
    return models[0]


def _check_text(name: str, start: bytes, tail: bytes) -> None:
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
    if b"END-ISO-10303-21;" not in tail:
        raise refuse(name, "file stops before its end (END-ISO-10303-21 is missing)", again)


def _parse(name: str, path: Path, *, lazy: bool) -> tuple[Any, str]:
    _ifc.get_log()  # reading the log empties it
    try:
        model = _ifc.open(str(path), lazy=True) if lazy else _ifc.open(str(path))
        for relation in model.by_type("IfcRelationship") if lazy and model.schema in SCHEMAS else ():
            relation.get_argument(0)
    except ifcopenshell.SchemaError as exc:
        raise refuse(name, f"IFC schema not supported ({exc})", f"export as one of {', '.join(SCHEMAS)}") from exc
    except (ifcopenshell.Error, OSError, RuntimeError, UnicodeDecodeError) as exc:
        raise refuse(name, f"cannot be parsed ({exc})", "export or download it again") from exc
    if model.schema not in SCHEMAS:
        raise refuse(name, f"IFC schema {model.schema} not supported", f"export as one of {', '.join(SCHEMAS)}")
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


def _check_circles(name: str, model: Any) -> None:
    for what, found in (
        ("objects are part of themselves", wholes_in_a_circle(model)),
        ("placements stand on themselves", placements_in_a_circle(model)),
    ):
        if found:
            raise refuse(name, f"{len(found)} {what} (#{found[0]})", "export it again")


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
