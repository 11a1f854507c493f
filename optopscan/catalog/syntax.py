"""Faults of TOML syntax, every one: a faulty line is noted and taken out, so that the rest is still judged.

`tomllib` stops at the first fault and reports it where it no longer understands the text,
which for an unclosed bracket is a line or more too late; here it gets the line where it began.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from typing import Any

from optopscan.catalog.toml_lines import Path as KeyPath
from optopscan.catalog.wording import shown

MAX_SYNTAX_FAULTS = 50
MAX_DEPTH = 50
_TOO_DEEP = "not TOML: nested too deeply; expected lists and tables a few levels deep"

_AT_LINE = re.compile(r"\s*\(at line (\d+), column \d+\)$")
_AT_END = re.compile(r"\s*\(at end of document\)$")
_PAIR = re.compile(r"\s*([A-Za-z0-9_-]+)\s*=\s*(.*)$")
_NO_EQUALS = re.compile(r"\s*([A-Za-z0-9_-]+)\s*(?::.*|\s[^=\[\]{}]*)?$")
_HEADER = re.compile(r"\s*(\[{1,2})\s*([A-Za-z0-9_-]+(?:\s*\.\s*[A-Za-z0-9_-]+)*)\s*(\]{0,2})\s*(?:#.*)?$")
_DECIMAL_COMMA = re.compile(r"(?<![\w.])-?\d+,\d+(?![\w.])")
_STRING = re.compile(r'"(?:[^"\\]|\\.)*"|' + r"'[^']*'")
_BARE_WORD = re.compile(r"([A-Za-z][\w.-]*)\s*(?:#.*)?")
_FENCES = ('"""', "'''")


@dataclass(frozen=True, kw_only=True)
class Broken:
    """One fault of syntax: its line (from 1), the key on it (empty when none can be told) and a message."""

    line: int
    path: KeyPath
    message: str


@dataclass(frozen=True, kw_only=True)
class Recovered:
    """What could be read; ``text`` is the document without its faulty lines, ``usable`` False when nothing else can be judged."""

    data: dict[str, Any]
    text: str
    faults: tuple[Broken, ...]
    usable: bool


def recover(text: str) -> Recovered:
    """Parse TOML, taking out one faulty line after the other.

    Parameters
    ----------
    text
        Any text.

    Returns
    -------
    Recovered
        Never raises for bad content; at most `MAX_SYNTAX_FAULTS` faults.
    """
    rows = text.replace("\r\n", "\n").split("\n")
    faults: list[Broken] = []
    while True:
        try:
            data = tomllib.loads("\n".join(rows))
        except RecursionError:
            return _refused(faults)
        except ValueError as error:
            seen, what = _place(error, len(rows))
            first, last = _extent(rows, seen)
            row = rows[first - 1]
            path = _path(rows, first)
            faults.append(Broken(line=first, path=path, message=_explain(what, row)))
            if len(faults) >= MAX_SYNTAX_FAULTS or not _take_out(rows, first, last):
                return Recovered(data={}, text="", faults=tuple(faults), usable=False)
        else:
            if is_deep(data):
                return _refused(faults)
            return Recovered(data=data, text="\n".join(rows), faults=tuple(faults), usable=True)


def is_deep(tree: Any) -> bool:
    """Return whether tables and lists stand in each other deeper than any file of ours; `a.a.a...` gets past the parser."""
    layer = [tree]
    for _ in range(MAX_DEPTH):
        layer = [item for node in layer if isinstance(node, dict | list) for item in (node.values() if isinstance(node, dict) else node)]
    return bool(layer)


def _refused(faults: list[Broken]) -> Recovered:
    return Recovered(data={}, text="", faults=(*faults, Broken(line=1, path=(), message=_TOO_DEEP)), usable=False)


def _place(error: ValueError, n_row: int) -> tuple[int, str]:
    """Return line and text of a parser error; the parser has the line in its text only."""
    text = str(error)
    found = _AT_LINE.search(text)
    if found:
        return min(int(found.group(1)), n_row), _AT_LINE.sub("", text)
    return n_row, _AT_END.sub("", text)


def _extent(rows: list[str], seen: int) -> tuple[int, int]:
    """Return first and last line of the pair that went wrong: an unclosed bracket or fence starts before it is seen."""
    for line in range(seen, 0, -1):
        row = rows[line - 1]
        pair = _PAIR.match(row)
        if pair is None:
            if line < seen and _HEADER.match(row):
                break
            continue
        if any(row.count(fence) % 2 for fence in _FENCES):
            # The text that the fence swallowed are lines of their own once it is gone.
            return line, line
        if line < seen and _depth(rows[line - 1 : seen - 1]) > 0:
            return line, _end_of(rows, line, seen)
        if line < seen:
            break
    return seen, seen


def _end_of(rows: list[str], first: int, seen: int) -> int:
    """Return the last line that an unclosed bracket took for itself: not the next key or table."""
    for line in range(first + 1, seen + 1):
        if _PAIR.match(rows[line - 1]) or _HEADER.match(rows[line - 1]):
            return line - 1
    return seen


def _depth(rows: list[str]) -> int:
    """Return how many brackets are open at the end of these lines; text and comments do not count."""
    plain = "\n".join(_STRING.sub("", row).split("#", 1)[0] for row in rows)
    return plain.count("[") + plain.count("{") - plain.count("]") - plain.count("}")


def _path(rows: list[str], line: int) -> KeyPath:
    """Return the whole key that a line defines: its table from the headers above, its row from their number."""
    row = rows[line - 1]
    found = _PAIR.match(row) or _NO_EQUALS.match(row)
    if found is None:
        return ()
    table: KeyPath = ()
    count: dict[str, int] = {}
    for above in rows[: line - 1]:
        header = _HEADER.match(above)
        if header is None or not header.group(3):
            continue
        name = re.sub(r"\s", "", header.group(2))
        if header.group(1) == "[[":
            count[name] = count.get(name, -1) + 1
            table = (*name.split("."), count[name])
        else:
            table = tuple(name.split("."))
    return (*table, found.group(1))


def _take_out(rows: list[str], first: int, last: int) -> bool:
    """Blank or mend the faulty lines; False when they cannot go without moving other keys to another table."""
    row = rows[first - 1]
    header = _HEADER.match(row)
    if header:
        mended = f"{header.group(1)}{header.group(2)}{']' * len(header.group(1))}"
        if mended == row.strip() or (mended in map(str.strip, rows[: first - 1]) and header.group(1) == "["):
            return False
        rows[first - 1] = mended
        return True
    if not _PAIR.match(row) and not _NO_EQUALS.match(row):
        return False
    if first == last and _PAIR.match(row) and _depth([row]) > 0 and not any(row.count(fence) % 2 for fence in _FENCES) and "[" in row:
        # A list over several lines with a fault inside: where it ends is a guess that could lose keys.
        rest = rows[first:]
        if rest and not (_PAIR.match(rest[0]) or _HEADER.match(rest[0]) or not rest[0].strip()):
            return False
    rows[first - 1 : last] = [""] * (last - first + 1)
    return True


def _explain(what: str, row: str) -> str:
    comma = _DECIMAL_COMMA.search(_STRING.sub("", row))
    if comma:
        return f"decimal comma; got {comma.group()}; expected a decimal point; did you mean {comma.group().replace(',', '.')}?"
    pair = _PAIR.match(row)
    if pair and _depth([row]) > 0:
        closer = "]" if pair.group(2).startswith("[") else "}"
        return f"not closed; got {shown(row.strip())}; expected {closer} at its end"
    bare = _BARE_WORD.fullmatch(pair.group(2)) if pair else None
    if bare:
        word = bare.group(1)
        meant = word.lower() if word.lower() in ("true", "false") else f'"{word}"'
        return f"not TOML: text without quotes; got {shown(row.strip())}; expected text in quotes, true or false; did you mean {meant}?"
    header = _HEADER.match(row)
    if header and header.group(1).replace("[", "]") != header.group(3):
        return f"header not closed; got {shown(row.strip())}; expected {header.group(1)}{header.group(2)}{']' * len(header.group(1))}"
    return f"not TOML: {what[:1].lower()}{what[1:]}; got {shown(row.strip())}; expected key = value"
