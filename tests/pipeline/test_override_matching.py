"""Patterns: a star is any run of characters, everything else is itself, whatever a model calls its elements."""

import tomllib
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from optopscan.catalog.overrides import read_overrides
from optopscan.model.overrides import Match
from optopscan.pipeline.matching import fits, literal, why_none
from optopscan.report.inspection.override_template import toml_text


@pytest.mark.parametrize(
    ("pattern", "text", "expected"),
    [
        ("wand", "Wand", True),
        ("wand", "wand 1", False),
        ("wand*", "wand 1", True),
        ("*200", "HSB 200", True),
        ("*200", "HSB 200 mm", False),
        ("H*2*", "HSB 200", True),
        ("ab*ba", "aba", False),  # the two ends may not share a letter
        ("*", "", True),
        ("", "", True),
        ("", "a", False),
        ("wand [1]", "wand 1", False),
        ("wand [1]", "wand [1]", True),
        ("w.nd", "wand", False),
        ("wan?", "wand", False),
        (r"5\*", "5*", True),
        (r"5\*", "5 x", False),
        (r"a\\*", "a\\b", True),
    ],
)
def test_fits(pattern, text, expected):
    assert fits(pattern, text) is expected


@given(st.text())
def test_literal_fits_its_own_text(text):
    assert fits(literal(text), text)


@given(st.text(min_size=1), st.text(min_size=1))
def test_literal_fits_no_other_text(text, other):
    assert fits(literal(text), other) == (text.casefold() == other.casefold())


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])))
def test_any_name_survives_the_file(name):
    line = toml_text(name)
    assert "\n" not in line
    assert "\r" not in line
    assert tomllib.loads(f"a = {line}")["a"] == name


@pytest.mark.parametrize("name", ['" }\n[building]\nbuild_year = 1900 #', "wand '*' \\", "\x1b[31m", '"""', "a\u2028b"])
def test_name_cannot_write_toml(name):
    text = f"[[override]]\nmatch = {{ name = {toml_text(literal(name))} }}\nset = {{ bearing = true }}\n"
    read = read_overrides("t.toml", text.encode())
    assert read.building is None
    assert fits(read.elements[0].match.name[0], name)


def test_a_model_without_thicknesses_says_so():
    blank = SimpleNamespace(elements=SimpleNamespace(thickness_m=np.array([np.nan, np.nan])))
    assert why_none(Match(thickness_m=(0.3,)), blank, None) == ("match.thickness_m", "matches nothing; got 0.3; the model has none")
