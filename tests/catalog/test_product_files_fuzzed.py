"""Whatever stands in a product file: right files are accepted in every spelling, wrong ones give faults, none a traceback."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import jsonschema
import pytest
from full_product import FULL, keys_of, with_line
from hypothesis import given, settings
from hypothesis import strategies as st
from test_hundred_faulty_files import OPERATORS, RELATIONS, bounds_crossed, changed

from optopscan.catalog.faults import CatalogError
from optopscan.catalog.load import lint, load_concept
from optopscan.catalog.schema import schema

KEYS = keys_of(FULL)
VALIDATOR = jsonschema.Draft202012Validator(schema())


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("fuzz") / "product.toml"


def judged(file: Path, content: str | bytes) -> bool:
    """Return whether a file is accepted; every fault is one printable line at a line that the file has."""
    raw = content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content
    file.write_bytes(raw)
    faults = lint([file])
    for fault in faults:
        assert fault.message
        assert str(fault).isprintable()
        assert 1 <= fault.line <= raw.count(b"\n") + 1
    if faults:
        with pytest.raises(CatalogError) as caught:
            load_concept(file)
        assert caught.value.faults == faults
        return False
    load_concept(file)
    return True


# Right files in every spelling


@st.composite
def spelling(draw: st.DrawFn, name: str, value: float) -> list[str]:
    """Write a number in one of the ways that TOML and the schema allow."""
    number = draw(st.sampled_from([repr(value), f"{value:.6f}", f"+{value!r}", f"{value * 10:.6f}e-1"]))
    basis = draw(st.sampled_from(["measured", "calculated", "declared", "assumed"]))
    quoted = draw(st.sampled_from([name, f'"{name}"', f"'{name}'"]))
    inline = f'{{ value = {number}, basis = "{basis}", source = "proef" }}'
    dotted = [f"{name}.value = {number}", f"{name}.source = 'proef'", f"{name}.hi = {value * 1.5 + 0.1!r}", f"{name} . lo = 0.0"]
    return draw(
        st.sampled_from([[f"{quoted} = {number}"], [f"{quoted} = {inline}  # zo"], [f"{name}={inline}", "", "\t# {value = niets}"], dotted])
    )


@settings(max_examples=150, derandomize=True, deadline=None)
@given(data=st.data())
def test_right_files_are_accepted_in_every_spelling(file: Path, data: st.DataObject) -> None:
    """Sizes, loads and areas are drawn; what follows from them is worked out here."""
    width, length = data.draw(st.sampled_from([2.4, 3.0, 3.6])), data.draw(st.sampled_from([6.0, 7.5, 9.0, 12.0]))
    floor = data.draw(st.floats(0.3, 6.0).map(lambda value: round(value, 3)))
    wall = data.draw(st.floats(0.1, 3.0).map(lambda value: round(value, 3)))
    weight = floor * width * length + wall * 2 * (width + length)
    text = changed(
        {
            "geometry.width_options_m": f"[2.4, 3, {data.draw(st.sampled_from(['3.6', '3.60']))},]",
            "geometry.width_m": repr(width),
            "geometry.length_m": repr(length),
            "structure.mass_module_kg": repr(round(weight * 1000 / 9.81 * data.draw(st.floats(0.87, 1.13)), 1)),
            **{f"supports[{n}].x1_m": repr(length) for n in (1, 2)},
            **{f"supports[2].y{n}_m": repr(width) for n in (0, 1)},
            **{f"supports[{n}].g_kn": repr(round(weight * share, 3)) for n, share in ((1, 0.4), (2, 0.6))},
            "unit_types[2].gfa_m2": repr(round(data.draw(st.floats(26.0, 43.2)), 2)),
            "logistics.transport_mass_kg": "30000.0",
            "logistics.hoist_mass_kg": "30000.0",
        }
    )
    rows = []
    for row in text.split("\n"):
        name = row.split(" = ")[0]
        drawn = {"g_floor_kn_m2": floor, "g_wall_kn_m": wall}.get(name)
        rows += [row] if drawn is None else data.draw(spelling(name, drawn))
    optional = [key for key in KEYS if key.table in ("market", "logistics", "evidence", "connectors[1]")]
    end = data.draw(st.sampled_from(["\n", "\r\n"]))
    assert judged(file, end.join(rows)), lint([file])
    assert optional
    assert load_concept(file).g_floor_kn_m2.value == pytest.approx(floor, abs=1e-5)


def test_optional_keys_may_go_one_by_one(file: Path) -> None:
    from test_hundred_faulty_files import REQUIRED

    for key in KEYS:
        # without them the price of a dwelling, the exemption and the anchorage have nothing to be held against, which is no fault
        if key.path not in REQUIRED and key.path != "logistics.exemption":
            assert judged(file, with_line(FULL, key.line)), key.path


# The published schema and the reader


def as_json(text: str) -> object:
    return json.loads(json.dumps(tomllib.loads(text), default=str))


def test_schema_accepts_the_full_product() -> None:
    assert list(VALIDATOR.iter_errors(as_json(FULL))) == []


@pytest.mark.parametrize("make", [make for make in OPERATORS if make is not bounds_crossed], ids=lambda make: make.__name__)
def test_schema_refuses_what_the_reader_refuses_key_by_key(make) -> None:
    """What TOML itself cannot read, and nan that JSON does not have, never reach a schema."""
    passed = []
    for text, _, key in make():
        try:
            content = as_json(text)
        except tomllib.TOMLDecodeError:
            continue
        if "= nan" not in text and VALIDATOR.is_valid(content):
            passed.append(key)
    assert passed == []


def test_relations_are_for_the_reader_alone() -> None:
    """Otherwise an editor would call a file right that the reader refuses for another reason than these."""
    assert all(VALIDATOR.is_valid(as_json(changed(values))) for values, _, _ in RELATIONS)
    assert all(VALIDATOR.is_valid(as_json(text)) for text, _, _ in bounds_crossed())


# Wrong files of every kind

LITERALS = st.sampled_from(
    [
        *("0", "-0.0", "1e308", "-1e308", "inf", "-inf", "nan", "1" + "0" * 400, "-1" + "0" * 4000, "0x7fffffffffffffff", "0b1", "1_000.5"),
        *("true", '""', "''", '"onbekend"', '"\\u0000"', '"\\U0001F600"', '"""a\nb"""', "'''\n'''", '"[ { # "', "2026-02-29"),
        *("2026-11-01", "07:32:00", "2026-11-01T07:32:00Z", "[]", "[[]]", "[{}]", "[1, [2, [3]]]", "{}", "{ value = {} }"),
        *("{ value = [] , lo = {} }", '{ value = "onbekend" }', '{ value = "onbekend", reason = 3 }', "{ value = 1, lo = 2, hi = 0 }"),
        *("{ value = nan, hi = inf }", "{ a.b.c = 1 }", '{ value = true, source = "x" }', '{ value = 1e400, source = "x" }'),
        *("{ value = 2026-11-01 }", "[nan, inf, true, 1" + "0" * 350 + "]"),
    ]
)
TABLES = ["market", "system", "geometry", "structure", "supports", "connectors", "unit_types", "performance"]
TOKENS = st.sampled_from(
    [
        *("[", "]", "[[", "]]", "{", "}", "=", ",", ".", "#", '"', "'", '"""', "'''", "\n", "\r\n", "\r", " ", "\t", "\\", "\x00", "\x7f"),
        *("é", "\ufeff", "\u2028", "geometry", "structure", "unit_types", "supports", "value", "lo", "onbekend", "width_m", "1", "-1.5"),
        *("1e999", "true", "2026-11-01", "[geometry]\n", "[[unit_types]]\n", "schema = ", "[structure.g_floor_kn_m2]\n"),
        *("[[performance]]\n", "id = 1\n", "[a.b]\n", '"\\uD800"'),
    ]
)


@settings(max_examples=400, derandomize=True, deadline=None)
@given(changes=st.lists(st.tuples(st.integers(0, len(KEYS) - 1), LITERALS), min_size=1, max_size=4))
def test_any_toml_value_at_any_key(file: Path, changes: list[tuple[int, str]]) -> None:
    rows = FULL.split("\n")
    for n, literal in changes:
        rows[KEYS[n].line - 1] = f"{KEYS[n].name} = {literal}"
    judged(file, "\n".join(rows))


@settings(max_examples=200, derandomize=True, deadline=None)
@given(
    table=st.sampled_from(["market", "system", "geometry", "structure", "supports", "connectors", "unit_types", "performance"]),
    literal=LITERALS,
)
def test_any_toml_value_in_place_of_a_table(file: Path, table: str, literal: str) -> None:
    blocks = FULL.split("\n\n")
    kept = [block for block in blocks if not block.startswith((f"[{table}]", f"[[{table}]]"))]
    assert len(kept) < len(blocks)
    judged(file, f"{table} = {literal}\n" + "\n\n".join(kept))


@settings(max_examples=300, derandomize=True, deadline=None)
@given(tokens=st.lists(TOKENS, max_size=40))
def test_any_row_of_tokens(file: Path, tokens: list[str]) -> None:
    assert not judged(file, "".join(tokens))


@settings(max_examples=300, derandomize=True, deadline=None)
@given(data=st.data())
def test_tokens_anywhere_in_a_right_file(file: Path, data: st.DataObject) -> None:
    text = FULL
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(text)))
        text = text[:at] + data.draw(TOKENS) + text[at + data.draw(st.integers(0, 30)) :]
    judged(file, text)


@settings(max_examples=300, derandomize=True, deadline=None)
@given(data=st.data())
def test_bytes_anywhere_in_a_right_file(file: Path, data: st.DataObject) -> None:
    raw = bytearray(FULL.encode())
    for _ in range(data.draw(st.integers(1, 8))):
        at = data.draw(st.integers(0, len(raw) - 1))
        raw[at : at + data.draw(st.integers(0, 2))] = data.draw(st.binary(max_size=3))
    judged(file, bytes(raw))


@settings(max_examples=200, derandomize=True, deadline=None)
@given(content=st.binary(max_size=300))
def test_any_bytes_at_all(file: Path, content: bytes) -> None:
    assert not judged(file, content)
