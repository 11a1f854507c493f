"""The file of assumptions: written whole, read back, every fault at its line."""

import dataclasses
import math
import tomllib

import pytest

from optopscan.catalog.assumptions import NO_SOURCE, default_assumptions, load_assumptions, read_assumptions
from optopscan.catalog.assumptions_file import GROUPS, assumptions_toml
from optopscan.catalog.engineering import load_engineering
from optopscan.catalog.faults import CatalogError
from optopscan.errors import UsageError

HEAD = b'schema = "optopscan/assumptions/1"\n'


@pytest.fixture(scope="module")
def defaults():
    return default_assumptions(load_engineering())


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_a_written_file_read_again_changes_nothing(defaults, lang):
    text = assumptions_toml(defaults.values(), lang)
    assert set(tomllib.loads(text)["assumptions"]) == set(defaults)
    found = read_assumptions("a.toml", text.encode(), defaults)
    assert all(found[key] is row for key, row in defaults.items())


def test_every_assumption_stands_in_the_file_with_source_unit_and_reason(defaults):
    text = " ".join(line.removeprefix("# ") for line in assumptions_toml(defaults.values()).splitlines())
    for row in defaults.values():
        assert row.group in GROUPS
        assert row.unit in text
        assert row.source in text
        assert row.nl in text
        assert row.unknown in text


def test_nothing_is_guessed_of_rents_norms_and_percentages(defaults):
    guessed = [
        row.id for row in defaults.values() if row.known and row.unit in ("EUR/dwelling/month", "EUR/dwelling/year", "%", "places/dwelling")
    ]
    assert guessed == []


def test_what_a_user_states_goes_over_the_default(defaults):
    text = HEAD + b'[assumptions.rent-new]\nlo = 700.0\nhi = 800\nsource = "huurbeleid"\nprice_date = "2026-07"\n'
    found = read_assumptions("a.toml", text, defaults)["rent-new"]
    assert (found.lo, found.hi, found.unknown, found.source, found.price_date, found.own) == (
        700.0,
        800.0,
        "",
        "huurbeleid",
        "2026-07",
        True,
    )


def test_another_number_does_not_keep_the_source_of_the_default(defaults):
    edited = assumptions_toml(defaults.values()).replace("lo = 600.0\nhi = 1400.0", "lo = 600.0\nhi = 900.0")
    found = read_assumptions("a.toml", edited.encode(), defaults)["gallery"]
    assert (found.hi, found.source) == (900.0, NO_SOURCE)


def test_a_user_may_call_unknown_what_has_a_default(defaults):
    found = read_assumptions("a.toml", HEAD + b'[assumptions.gallery]\nvalue = "onbekend"\n', defaults)["gallery"]
    assert math.isnan(found.lo)
    assert found.unknown


@pytest.mark.parametrize(
    ("body", "where", "words"),
    [
        ("[assumptions.rent-neww]\nvalue = 1\n", "rent-neww", "did you mean rent-new?"),
        ("[assumptions.rent-new]\nlo = 9\nhi = 8\n", "rent-new.lo", "above hi"),
        ("[assumptions.rent-new]\nlo = 9\n", "rent-new", "lo and hi"),
        ("[assumptions.rent-new]\nvalue = 9\nhi = 9\n", "rent-new", "lo and hi"),
        ("[assumptions.rent-new]\n", "rent-new", "lo and hi"),
        ("[assumptions.rent-new]\nvalue = -9\n", "rent-new", "at least 0"),
        ("[assumptions.rent-new]\nvalue = nan\n", "rent-new", "finite"),
        ("[assumptions.vat]\nvalue = 121\n", "vat.value", "at most 100"),
        ("[assumptions.moving-share-extension]\nlo = 0\nhi = 50\n", "moving-share-extension.hi", "at most 1"),
        ("[assumptions.rent-new]\nvalue = 9\nsorce = 'x'\n", "rent-new.sorce", "unknown key"),
    ],
)
def test_each_fault_is_told_with_line_and_key(defaults, body, where, words):
    with pytest.raises(CatalogError) as caught:
        read_assumptions("a.toml", HEAD + body.encode(), defaults)
    assert where in str(caught.value)
    assert words in str(caught.value)
    assert str(caught.value).startswith("a.toml:")


def test_a_file_that_is_not_there(defaults, tmp_path):
    with pytest.raises(UsageError, match="cannot be read"):
        load_assumptions(tmp_path / "none.toml", defaults)


def test_every_default_has_a_range_or_a_reason(defaults):
    for row in defaults.values():
        assert row.known != bool(row.unknown), row.id
        assert dataclasses.asdict(row)["lo"] <= row.hi or not row.known
