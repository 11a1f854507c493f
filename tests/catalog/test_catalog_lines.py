"""The locator finds the line of every key that `tomllib` reads."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from optopscan.catalog.toml_lines import Path, key_lines, line_of

DOCUMENT = """\
# a comment = 1
top = "x # no comment"
dotted.one.two = 3

[table]
list = [
  1,  # one
  { deep = 2 },
]
inline = { a = 1, b.c = "}" }

[[row]]
name = 'lit\\'
[row.sub]
key = 1
[[row]]
name = \"\"\"
two
lines\"\"\"\"
last = 2026-11-23
[[row.nested]]
"quoted key" = 1_0.5
"""


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ((), 1),
        (("top",), 2),
        (("dotted", "one", "two"), 3),
        (("table",), 5),
        (("table", "list", 0), 7),
        (("table", "list", 1, "deep"), 8),
        (("table", "inline", "b", "c"), 10),
        (("row",), 12),
        (("row", 0, "name"), 13),
        (("row", 0, "sub"), 14),
        (("row", 0, "sub", "key"), 15),
        (("row", 1), 16),
        (("row", 1, "name"), 17),
        (("row", 1, "last"), 20),
        (("row", 1, "nested", 0, "quoted key"), 22),
    ],
)
def test_line_of_each_kind_of_key(path: Path, line: int) -> None:
    assert key_lines(DOCUMENT)[path] == line


def test_missing_key_stands_at_its_table() -> None:
    lines = key_lines(DOCUMENT)
    assert line_of(lines, ("table", "absent")) == 5
    assert line_of(lines, ("absent",)) == 1


def paths(data: Any, here: Path = ()) -> Iterator[Path]:
    yield here
    items = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for token, value in items:
        yield from paths(value, (*here, token))


LINES = [
    "a = 1\n",
    'b.c = "x # y"\n',
    "[t]\n",
    "[t.u]\n",
    "[[r]]\n",
    "[[r.s]]\n",
    "[r.s.q]\n",
    "d = [1, 2,\n 3] # c\n",
    "e = {x = 1, y.z = [1,{k=2}]}\n",
    "\"q k\" = 'lit\\'\n",
    'f = """\nabc\\"""" \n',
    "# com\n",
    "g = 1979-05-27 07:32:00\n",
    'h = [[1,2],["a]"]]\n',
    "i = '''x\ny''''\n",
    '"\\u0041" = -1_0.5e3\r\n',
    "j = []\n",
    "k={}\n",
    '["t"."u v"]\n',
]


@settings(max_examples=300, derandomize=True)
@given(st.lists(st.sampled_from(LINES), max_size=10, unique=True))
def test_locator_and_parser_see_the_same_keys(lines: list[str]) -> None:
    text = "".join(lines)
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return
    assert set(key_lines(text)) == set(paths(data))
