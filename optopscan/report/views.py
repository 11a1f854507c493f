"""The registry of views: a new format is one module with a `render` and one line here.

Every renderer takes the record and its arrays, computes nothing, leaves no file behind
and returns file names with their bytes; `write` puts them on disk together.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Protocol, cast

from optopscan.errors import MissingExtra, UsageError
from optopscan.report.files import write_files
from optopscan.report.record.arrays import Arrays
from optopscan.report.record.build import Record
from optopscan.report.words import Language

# Format -> module of this package; loaded only when it is asked for, so that text needs no matplotlib.
RENDERERS: Mapping[str, str] = {
    "bcf": "bcf.render",
    "csv": "parts_csv",
    "dxf": "dxf.render",
    "glb": "glb",
    "html": "page.render",
    "ifc": "ifc_overlay",
    "json": "record.build",
    "pdf": "calculation_pdf.render",
    "png": "plans.render",
    "saf": "saf.render",
    "txt": "summary",
    "variants": "variants.render",
    "xlsx": "weight_sheet.render",
}


# Format -> library that only an extra installs, and how
EXTRAS: Mapping[str, tuple[str, str]] = {"pdf": ("typst", 'pip install "optopscan[pdf]"')}


class Renderer(Protocol):
    """What the `render` of a format looks like."""

    def __call__(self, record: Record, arrays: Arrays, language: Language) -> list[tuple[str, bytes]]:
        """Return (file name, contents) of every file of the format."""


def render(record: Record, arrays: Arrays, *, formats: Iterable[str] = tuple(RENDERERS), language: Language = "nl") -> dict[str, bytes]:
    """Return the files of the formats asked for, by name.

    Raises
    ------
    UsageError
        If a format is not registered, or needs an extra that is not installed (`MissingExtra`).
    """
    asked = sorted(set(formats))
    unknown = [name for name in asked if name not in RENDERERS]
    if unknown:
        raise UsageError(f"unknown format {', '.join(unknown)}; use one or more of {', '.join(RENDERERS)}")
    for name, how in missing(asked).items():
        raise MissingExtra(f"{name} needs {EXTRAS[name][0]}: {how}")
    return {name: content for chosen in asked for name, content in _renderer(chosen)(record, arrays, language)}


def write(
    record: Record, arrays: Arrays, folder: Path, *, formats: Iterable[str] = tuple(RENDERERS), language: Language = "nl"
) -> tuple[Path, ...]:
    """Write the files of the formats asked for, all or none, and return their paths.

    Raises
    ------
    UsageError
        If a format is not registered or the folder cannot be written.
    """
    return write_files(folder, render(record, arrays, formats=formats, language=language))


def missing(formats: Iterable[str]) -> dict[str, str]:
    """Return the formats whose library is not installed, with the command that installs it."""
    return {name: EXTRAS[name][1] for name in formats if name in EXTRAS and find_spec(EXTRAS[name][0]) is None}


def _renderer(name: str) -> Renderer:
    return cast(Renderer, import_module(f"optopscan.report.{RENDERERS[name]}").render)
