"""File names that every system takes: Windows refuses some, and takes two that differ in case for one."""

from __future__ import annotations

import re
from collections.abc import Iterable

_DEVICES = frozenset(("con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in "0123456789¹²³")))
_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f]')
_MOST_BYTES = 255


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
    """Return an id as part of a file name, another one where it was taken; ``other`` where nothing of it can stay."""
    plain = re.sub(r"[^A-Za-z0-9._-]+", "_", text).strip("._") or other
    name = plain = f"{other}_{plain}" if _is_device(plain) else plain
    used = {one.casefold() for one in taken}
    number = sum(one.startswith(plain.casefold()) for one in used)
    while name.casefold() in used:
        number += 1
        name = f"{plain}_{number}"
    taken.add(name)
    return name


def _is_device(name: str) -> bool:
    return name.split(".")[0].rstrip(" ").casefold() in _DEVICES
