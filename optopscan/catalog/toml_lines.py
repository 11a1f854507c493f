"""Where each key of a TOML document stands: `tomllib` gives values but no lines.

The document must be one that `tomllib` accepts; the walker is then free to be
lenient. Paths are tuples of keys and of positions in arrays, as in the parsed
data: ``("unit_types", 1, "gbo_m2")``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

Path = tuple[str | int, ...]

_BARE = re.compile(r"[A-Za-z0-9_-]+")
_SCALAR = re.compile(r"[^,\]}#\r\n]*")
_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|([btnfr\"\\]))")
_SIMPLE = {"b": "\b", "t": "\t", "n": "\n", "f": "\f", "r": "\r", '"': '"', "\\": "\\"}


def key_lines(text: str) -> dict[Path, int]:
    r"""Return the line of every key and array item, counted from 1.

    A table without a header of its own (``[a.b]`` makes ``a``) gets the line of
    the first key that mentions it.

    Parameters
    ----------
    text
        A valid TOML document.

    Returns
    -------
    dict
        Line [-] per path; the empty path stands for the document, line 1.

    Examples
    --------
    >>> key_lines("a = 1\n[b]\nc = [2,\n 3]")[("b", "c", 1)]
    4
    """
    walker = _Walker(text)
    walker.document()
    return walker.lines


def line_of(lines: Mapping[Path, int], path: Path) -> int:
    """Return the line of the path, or of its nearest parent that has one."""
    while path not in lines:
        path = path[:-1]
    return lines[path]


class _Walker:
    """One pass over the text; ``pos`` only moves forward."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.pos = 0
        self.lines: dict[Path, int] = {(): 1}
        self._rows: dict[Path, int] = {}
        self._counted_to = 0
        self._line = 1

    def document(self) -> None:
        table: Path = ()
        self._blank()
        while self.pos < len(self.text):
            table = self._header() if self._at("[") else self._pair(table)
            self._blank()

    # Tokens

    def _at(self, token: str) -> bool:
        return self.text.startswith(token, self.pos)

    def _here(self) -> int:
        self._line += self.text.count("\n", self._counted_to, self.pos)
        self._counted_to = self.pos
        return self._line

    def _blank(self) -> None:
        """Skip white space, line ends and comments."""
        while self.pos < len(self.text):
            if self._at("#"):
                end = self.text.find("\n", self.pos)
                self.pos = len(self.text) if end < 0 else end
            elif self.text[self.pos].isspace():
                self.pos += 1
            else:
                return

    def _space(self) -> None:
        while self.pos < len(self.text) and self.text[self.pos] in " \t":
            self.pos += 1

    def _string(self) -> str:
        """Skip a quoted string and return its text (escapes resolved)."""
        quote = self.text[self.pos]
        fence = quote * 3 if self._at(quote * 3) else quote
        start = self.pos + len(fence)
        end = start
        while not self.text.startswith(fence, end):
            end += 2 if quote == '"' and self.text[end] == "\\" else 1
        # A multi-line string may end in up to two quotes of its own.
        while len(fence) == 3 and self.text.startswith(quote, end + 3):
            end += 1
        self.pos = end + len(fence)
        raw = self.text[start:end]
        return _ESCAPE.sub(_unescape, raw) if quote == '"' else raw

    def _key(self) -> Path:
        """Read a dotted key."""
        parts: list[str] = []
        while True:
            self._space()
            if self.text[self.pos] in "\"'":
                parts.append(self._string())
            else:
                found = _BARE.match(self.text, self.pos)
                parts.append(found.group() if found else "")
                self.pos = found.end() if found else self.pos + 1
            self._space()
            if not self._at("."):
                return tuple(parts)
            self.pos += 1

    # Structure

    def _resolve(self, path: Path) -> Path:
        """Insert the current row after every name that is an array of tables."""
        full: Path = ()
        for name in path:
            full += (name,)
            if full in self._rows:
                full += (self._rows[full],)
        return full

    def _note(self, path: Path, line: int) -> None:
        for n in range(1, len(path) + 1):
            self.lines.setdefault(path[:n], line)

    def _header(self) -> Path:
        line = self._here()
        is_row = self._at("[[")
        self.pos += 2 if is_row else 1
        key = self._key()
        self.pos += 2 if is_row else 1
        if not is_row:
            table = self._resolve(key)
        else:
            array = (*self._resolve(key[:-1]), key[-1])
            self._rows[array] = self._rows.get(array, -1) + 1
            table = (*array, self._rows[array])
        self._note(table, line)
        self.lines[table] = line
        return table

    def _pair(self, table: Path) -> Path:
        line = self._here()
        path = table + self._key()
        self._note(path, line)
        self.pos += 1
        self._space()
        self._value(path)
        return table

    def _value(self, path: Path) -> None:
        if self._at("["):
            self._array(path)
        elif self._at("{"):
            self._inline(path)
        elif self.text[self.pos : self.pos + 1] in ('"', "'"):
            self._string()
        else:
            found = _SCALAR.match(self.text, self.pos)
            self.pos = found.end() if found else len(self.text)

    def _array(self, path: Path) -> None:
        self.pos += 1
        self._blank()
        row = 0
        while not self._at("]"):
            self._note((*path, row), self._here())
            self._value((*path, row))
            row += 1
            self._comma()
        self.pos += 1

    def _inline(self, path: Path) -> None:
        self.pos += 1
        self._blank()
        while not self._at("}"):
            self._pair(path)
            self._comma()
        self.pos += 1

    def _comma(self) -> None:
        self._blank()
        if self._at(","):
            self.pos += 1
            self._blank()


def _unescape(match: re.Match[str]) -> str:
    short, long, simple = match.groups()
    return _SIMPLE[simple] if simple else chr(int(short or long, 16))
