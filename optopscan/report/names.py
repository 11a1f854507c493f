"""File names that every system takes: Windows refuses some, and takes two that differ in case for one."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable

_DEVICES = frozenset(("con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in "0123456789¹²³")))
_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f]')
_MOST_BYTES = 255
# Of an id in a file name: what goes before and behind it, and a folder around it, must fit too (Windows: 260 of a whole path).
_MOST_OF_ID = 120


def fault_of(name: str) -> str:
    """Return what keeps a plain file name from being used everywhere, empty where nothing does."""
    if not name or name in (".", ".."):
        return "no file name"
    found = _FORBIDDEN.search(name)
    if found is not None:
        return f"has {found.group()!r} in it"
    if name.endswith((".", " ")):
        return "ends in a dot or a space"
    if _is_device(name):
        return "is a device on Windows"
    if len(name.encode("utf-8", "surrogatepass")) > _MOST_BYTES:
        return f"is longer than {_MOST_BYTES} bytes"
    return ""


def clashes(names: Iterable[str]) -> tuple[str, ...]:
    """Return the names that some systems take for an earlier one."""
    seen: set[str] = set()
    found = []
    for name in names:
        if name.casefold() in seen:
            found.append(name)
        seen.add(name.casefold())
    return tuple(found)


def file_part(text: str, taken: set[str], other: str = "variant") -> str:
    """Return an id as part of a file name, another one where it was taken; ``other`` where nothing of it can stay.

    A long id is cut, with a hash of the whole: ids that differ further on keep names of their own.
    """
    plain = re.sub(r"[^A-Za-z0-9._-]+", "_", text).strip("._") or other
    if len(plain) > _MOST_OF_ID:
        plain = f"{plain[:_MOST_OF_ID]}_{hashlib.sha256(text.encode('utf-8', 'surrogatepass')).hexdigest()[:8]}"
    name = plain = f"{other}_{plain}" if _is_device(plain) else plain
    used = {one.casefold() for one in taken}
    number = sum(one.startswith(plain.casefold()) for one in used)
    while name.casefold() in used:
        number += 1
        name = f"{plain}_{number}"
    taken.add(name)
    return name


def as_text(name: str) -> str:
    r"""Return a file name as text that can be written: what in it is no text as ``\udcff``.

    Examples
    --------
    >>> as_text("blok\udcff.ifc")
    'blok\\udcff.ifc'
    """
    return name.encode("utf-8", "backslashreplace").decode()


def _is_device(name: str) -> bool:
    return name.split(".")[0].rstrip(" ").casefold() in _DEVICES
