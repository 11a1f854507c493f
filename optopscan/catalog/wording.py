"""How a value, a key or a near miss is worded in a message about a catalogue file."""

from __future__ import annotations

import difflib
from collections.abc import Iterable


def shown(value: object) -> str:
    """Return the value as a TOML author would write it, cut to 40 characters."""
    text = {True: "true", False: "false"}.get(value, "") if isinstance(value, bool) else ""
    text = text or (f'"{value}"' if isinstance(value, str) else str(value))
    text = one_line(text)
    return text if len(text) <= 40 else text[:37] + "..."


def one_line(text: str) -> str:
    """Escape what would break a fault over lines or hide it on a terminal."""
    return "".join(char if char.isprintable() else char.encode("unicode_escape").decode("ascii") for char in text)


def dotted(path: tuple[str | int, ...]) -> str:
    """Return the path as written in messages: ``unit_types[2].gbo_m2``, rows counted from 1."""
    text = ""
    for token in path:
        text += f"[{token + 1}]" if isinstance(token, int) else f".{token}" if text else token
    return one_line(text)


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return "; did you mean x?" for the nearest known word, else an empty text."""
    near = nearest(word, known)
    return f"; did you mean {near}?" if near else ""


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Return the known word most like ``word``, or None when nothing is near."""
    names = sorted(known)
    low = word.lower().replace("-", "_")
    if low in names:
        return low
    # A key that only lacks its unit (or has another) is the commonest slip.
    stem = [name for name in names if len(low) > 3 and name.startswith(low)]
    return stem[0] if len(stem) == 1 else next(iter(difflib.get_close_matches(low, names, n=1, cutoff=0.6)), None)
