"""Where the catalogue's data stand: in the wheel inside the package, in a checkout beside it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from optopscan.errors import UsageError

CONCEPTS = "concepts"
ENGINEERING = "engineering"


def candidates() -> Iterator[Traversable]:
    """Yield the places to look: the package's own data first, then the checkout's ``catalog/``.

    In this order a wheel never reads a stray folder ``catalog`` that another
    distribution left in ``site-packages``. An editable install and a checkout have no
    data inside the package, so they read the files that are being edited.
    """
    package = files("optopscan.catalog")
    yield package / "data"
    if isinstance(package, Path):
        yield package.parent.parent / "catalog"


def data_root(places: Iterable[Traversable] | None = None) -> Traversable:
    """Return the first place that holds both concepts and engineering values.

    Raises
    ------
    UsageError
        If no place does: the installation is incomplete.
    """
    for place in candidates() if places is None else places:
        if place.is_dir() and (place / CONCEPTS).is_dir() and (place / ENGINEERING).is_dir():
            return place
    raise UsageError("catalogue data not found in the package or beside it; install optopscan again")


def toml_files(folder: Traversable) -> tuple[Traversable, ...]:
    """Return the TOML files of a folder and its sub-folders, sorted by name."""
    found: list[Traversable] = []
    for item in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if item.is_dir():
            found.extend(toml_files(item))
        elif item.name.endswith(".toml"):
            found.append(item)
    return tuple(found)
