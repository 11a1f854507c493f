"""Every fault of a product file at once, each at its own line and key, never a traceback."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from optopscan.catalog.faults import CatalogError, Fault
from optopscan.catalog.load import lint, load_concept, load_concepts
from optopscan.errors import UsageError

# mass_module_kg: (1.5 x 3.6 x 9.0 + 0.8 x 2 x 12.6) x 1000 / 9.81 = (48.6 + 20.16) x 101.94 = 7009 kg
VALID = """\
schema = "optopscan/catalog/1"
id = "test.module"
name = "Module (fictief)"
supplier = "Maker"
version = "1"
date = 2026-11-01
fictief = true
access = ["galerij", "corridor"]

[system]
kind = "module-3d"
material = "HSB"
max_storeys = 2

[geometry]
width_m = 3.6
length_m = 9.0
height_m = 3.05
width_options_m = [3.0, 3.6]
length_lo_m = 6.0
length_hi_m = 12.0
overhang_max_m = 0.3

[structure]
g_floor_kn_m2 = { value = 1.5, lo = 1.3, hi = 1.8, basis = "declared", source = "opgave", date = 2026-10-01 }
g_wall_kn_m = 0.8
g_roof_kn_m2 = { value = 0.7, basis = "measured", source = "weging", date = 2026-10-01 }
g_transfer_kn_m2 = { value = "onbekend", reason = "nog niet ontworpen" }
transfer_depth_m = 0.4
transfer_span_max_m = 6
transfer_takes_moment = false
support_system = "walls"
supports = "line-long"
support_offset_max_m = 0.15
mass_module_kg = 7000

[[unit_types]]
code = "1K"
modules = 1
gbo_m2 = 26.0
gfa_m2 = 32.4
rooms = 1
persons = 1

[[unit_types]]
code = "2K"
modules = 2
gbo_m2 = 52.0
gfa_m2 = 64.8
rooms = 2
persons = 2

[performance]
carbon_emitted_kg_m2 = 150
carbon_stored_kg_m2 = 105

[cost_time]
cost_eur_m2 = 2250
"""

OWN = '''support_system = "facade-frame"
frame_span_max_m = 15
column_distance_m = 5.4
column_clearance_m = 1.2
columns = "outside"'''

FIRST = 'schema = "optopscan/catalog/1"'

# line of VALID that changes, what it becomes, key of the fault, piece of the message
WRONG_LINES = [
    ('schema = "optopscan/catalog/1"', 'schema = "optopscan/catalog/2"', "schema", "is of a newer optopscan, this one reads up to 1"),
    ('id = "test.module"', 'id = "Test Module"', "id", "lower case"),
    ('id = "test.module"', "id = 7", "id", "got 7; expected text"),
    ('name = "Module (fictief)"', 'name = ""', "name", "got"),
    ('name = "Module (fictief)"', 'name = "Module"', "name", 'expected "fictief" in the name'),
    ("date = 2026-11-01", 'date = "2026-11-01"', "date", "a date without quotes"),
    ("date = 2026-11-01", "date = 2026-13-01", "date", "not TOML"),
    ("fictief = true", 'fictief = "ja"', "fictief", "true or false"),
    ("fictief = true", "fictief = True", "fictief", "did you mean true?"),
    ('material = "HSB"', "material = HSB", "system.material", 'did you mean "HSB"?'),
    ('access = ["galerij", "corridor"]', 'access = ["galerij", "gallerij"]', "access[2]", "did you mean galerij?"),
    ('access = ["galerij", "corridor"]', "access = []", "access", "at least 1 item"),
    ('access = ["galerij", "corridor"]', 'access = "galerij"', "access", "a list"),
    ('kind = "module-3d"', 'kind = "module_3d"', "system.kind", "did you mean module-3d?"),
    ("max_storeys = 2", "max_storeys = 2.5", "system.max_storeys", "a whole number"),
    ("max_storeys = 2", "max_storeys = 0", "system.max_storeys", "at least 1"),
    ("max_storeys = 2", "max_storeys = true", "system.max_storeys", "a whole number"),
    ("width_m = 3.6", "width_m = 3600", "geometry.width_m", "did you mean 3.6 (metres)?"),
    ("width_m = 3.6", "width_m = 2.4", "geometry.width_m", "not one of width_options_m"),
    ("width_m = 3.6", "width_m = -3.6", "geometry.width_m", "more than 0"),
    ("width_options_m = [3.0, 3.6]", 'width_options_m = ["3,0", 3.6]', "geometry.width_options_m[1]", "did you mean 3.0?"),
    ("length_lo_m = 6.0", "length_lo_m = 13.0", "geometry.length_lo_m", "shortest above longest"),
    ("length_m = 9.0", "length_m = 12.5", "geometry.length_m", "expected 6 to 12"),
    ("height_m = 3.05", "height_m = nan", "geometry.height_m", "finite"),
    ("length_hi_m = 12.0", "length_hi_m = inf", "geometry.length_hi_m", "finite"),
    ("overhang_max_m = 0.3", 'overhang_max_m = "onbekend"', "geometry.overhang_max_m", "onbekend"),
    ("g_wall_kn_m = 0.8", 'g_wall_kn_m = "0,8"', "structure.g_wall_kn_m", "did you mean 0.8?"),
    (
        "g_wall_kn_m = 0.8",
        "g_wall_kn_m = 0,8",
        "structure.g_wall_kn_m",
        "decimal comma; got 0,8; expected a decimal point; did you mean 0.8?",
    ),
    ("g_wall_kn_m = 0.8", "g_wall_kn_m = -0.8", "structure.g_wall_kn_m", "at least 0"),
    ("g_wall_kn_m = 0.8", "g_wall_kn_m = 80", "structure.g_wall_kn_m", "did you mean 0.8 (kN, not kg)?"),
    ("g_wall_kn_m = 0.8", 'g_wall_kn_m = "onbekend"', "structure.g_wall_kn_m", "unknown without a reason"),
    ("g_wall_kn_m = 0.8", 'g_wall_kn_m = { value = "onbekend" }', "structure.g_wall_kn_m", "unknown without a reason"),
    ("g_wall_kn_m = 0.8", 'g_wall_kn_m = { value = "onbekend", reason = "x", hi = 1 }', "structure.g_wall_kn_m.hi", "bound of an unknown"),
    ("g_wall_kn_m = 0.8", 'g_wall_kn_m = { value = 0.8, lo = 0.9, source = "x" }', "structure.g_wall_kn_m.lo", "expected at most 0.8"),
    ("g_wall_kn_m = 0.8", 'g_wall_kn_m = { value = 0.8, hi = 0.7, source = "x" }', "structure.g_wall_kn_m.hi", "expected at least 0.8"),
    ("g_wall_kn_m = 0.8", 'g_wall_kn_m = { value = 0.8, hi = inf, source = "x" }', "structure.g_wall_kn_m.hi", "finite"),
    (
        "g_wall_kn_m = 0.8",
        'g_wall_kn_m = { value = 0.8, basis = "gemeten", source = "x" }',
        "structure.g_wall_kn_m.basis",
        "measured | calculated",
    ),
    ("g_wall_kn_m = 0.8", 'g_wall_kn_m = { value = 0.8, sorce = "x" }', "structure.g_wall_kn_m.sorce", "did you mean source?"),
    ("g_wall_kn_m = 0.8", "g_wall_kn_m = { lo = 0.7, hi = 0.9 }", "structure.g_wall_kn_m.value", "missing"),
    ("g_wall_kn_m = 0.8", "g_wall = 0.8", "structure.g_wall", "did you mean g_wall_kn_m?"),
    ("g_wall_kn_m = 0.8", "g_wall_kn_m = [0.8]", "structure.g_wall_kn_m", "got [0.8]; expected a number"),
    ("transfer_takes_moment = false", "transfer_takes_moment = 0", "structure.transfer_takes_moment", "true or false"),
    ('support_system = "walls"', 'support_system = "wall"', "structure.support_system", "did you mean walls?"),
    (
        'support_system = "walls"',
        'support_system = "walls"\ncolumn_distance_m = 5.4',
        "structure.column_distance_m",
        "only for own columns",
    ),
    ('support_system = "walls"', 'support_system = "walls"\ncolumns = "inside"', "structure.columns", "expected outside | through"),
    (
        "transfer_depth_m = 0.4",
        "transfer_depth_m = 0.4\ntransfer_span_to_depth_max = 0",
        "structure.transfer_span_to_depth_max",
        "more than 0",
    ),
    ("support_offset_max_m = 0.15", "support_offset_max_m = 150", "structure.support_offset_max_m", "did you mean 0.15 (metres)?"),
    ("mass_module_kg = 7000", "mass_module_kg = 9000", "structure.mass_module_kg", "expected 7009 kg within 15%"),
    ('code = "2K"', 'code = "1K"', "unit_types[2].code", "code used twice"),
    ("gbo_m2 = 52.0", "gbo_m2 = 65.0", "unit_types[2].gbo_m2", "usable area above gross area"),
    # two modules of at most 3.6 x 12.0 m are 86.4 m2
    ("gfa_m2 = 64.8", "gfa_m2 = 90.0", "unit_types[2].gfa_m2", "expected at most 86.4"),
    ("persons = 2", "persons = 2\nperson = 2", "unit_types[2].person", "did you mean persons?"),
    ("[performance]", "[performance]\nmpg = 0.5", "performance.mpg", "unknown key"),
    ("cost_eur_m2 = 2250", 'cost_eur_m2 = "2250 euro"', "cost_time.cost_eur_m2", "did you mean 2250?"),
    ("carbon_stored_kg_m2 = 105", "carbon_stored_kg_m2 = 105\ncarbon_stored_kg_m2 = 106", "performance.carbon_stored_kg_m2", "not TOML"),
]


def written(folder: Path, text: str, name: str = "product.toml") -> Path:
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return file


def line_with(text: str, piece: str) -> int:
    return text[: text.index(piece)].count("\n") + 1


def test_valid_file_has_no_fault(tmp_path: Path) -> None:
    assert lint([written(tmp_path, VALID)]) == ()


@pytest.mark.parametrize(("old", "new", "key", "message"), WRONG_LINES)
def test_one_planted_fault_is_the_only_one_found(tmp_path: Path, old: str, new: str, key: str, message: str) -> None:
    assert VALID.count(f"\n{old}\n") <= 1
    text = VALID.replace(f"{old}\n", f"{new}\n", 1)
    file = written(tmp_path, text)
    found = lint([file])
    # A planted extra line is the second of the replacement.
    line = line_with(VALID, f"\n{old}\n" if old != FIRST else old) + (old != FIRST) + new.count("\n")
    assert [(fault.file, fault.line, fault.key) for fault in found] == [(file.as_posix(), line, key)]
    assert message in found[0].message
    with pytest.raises(CatalogError):
        load_concept(file)


@pytest.mark.parametrize(
    ("old", "new", "key", "message"),
    [
        ('columns = "outside"', "", "structure", "columns missing"),
        ("column_distance_m = 5.4\n", "", "structure", "column_distance_m missing"),
        ("column_distance_m = 5.4", "column_distance_m = 6.1", "structure.column_distance_m", "at most 6"),
        ("column_distance_m = 5.4", "column_distance_m = 0", "structure.column_distance_m", "more than 0"),
        ('columns = "outside"', 'columns = "through"', "structure.columns", "stand outside"),
    ],
)
def test_a_product_on_its_own_columns_says_where_they_stand(tmp_path: Path, old: str, new: str, key: str, message: str) -> None:
    right = VALID.replace('support_system = "walls"', OWN)
    assert lint([written(tmp_path, right)]) == ()
    (found,) = lint([written(tmp_path, right.replace(old, new))])
    assert found.key == key
    assert message in found.message


REQUIRED = [
    "id",
    "date",
    "fictief",
    "system.kind",
    "geometry.length_m",
    "structure.g_roof_kn_m2",
    "structure.transfer_takes_moment",
    "unit_types[2].modules",
    "cost_time.cost_eur_m2",
]


@pytest.mark.parametrize("key", REQUIRED)
def test_missing_key_is_reported_at_its_table(tmp_path: Path, key: str) -> None:
    table, _, last = key.rpartition(".")
    header = {"": "schema", "unit_types[2]": '[[unit_types]]\ncode = "2K"'}.get(table, f"[{table}]")
    at = VALID.index(f"\n{last} = ", VALID.index(header))
    text = VALID[:at] + VALID[VALID.index("\n", at + 1) :]
    found = lint([written(tmp_path, text)])
    assert [(fault.line, fault.key) for fault in found] == [(line_with(text, header), key)]
    assert found[0].message.startswith("missing; expected ")


def test_missing_table(tmp_path: Path) -> None:
    text = VALID.replace("[cost_time]\ncost_eur_m2 = 2250\n", "")
    (fault,) = lint([written(tmp_path, text)])
    assert (fault.line, fault.key) == (1, "cost_time")


def test_all_faults_of_a_file_come_at_once(tmp_path: Path) -> None:
    text = VALID
    # One fault per line: of syntax, of type, of relation, of spelling.
    for old, new in [
        ("g_wall_kn_m = 0.8", "g_wall_kn_m = 0,8"),
        ("max_storeys = 2", 'max_storeys = "twee"'),
        ("length_m = 9.0", "length_m = 20.0"),
        ("persons = 2", "persoons = 2"),
    ]:
        text = text.replace(f"{old}\n", f"{new}\n")
    keys = [fault.key for fault in lint([written(tmp_path, text)])]
    assert keys == ["system.max_storeys", "geometry.length_m", "structure.g_wall_kn_m", "unit_types[2].persoons"]


def test_fault_reads_as_file_line_key_message() -> None:
    fault = Fault(file="a.toml", line=3, key="structure.g_wall_kn_m", message="missing; expected a load")
    assert str(fault) == "a.toml:3: structure.g_wall_kn_m: missing; expected a load"


def test_broken_header_is_mended_and_the_rest_is_judged(tmp_path: Path) -> None:
    text = VALID.replace("[structure]", "[structure").replace("transfer_depth_m = 0.4", "transfer_depth_m = 400")
    header, depth = lint([written(tmp_path, text)])
    assert (header.line, header.key) == (line_with(text, "[structure"), "")
    assert "expected [structure]" in header.message
    assert (depth.line, depth.key) == (line_with(text, "transfer_depth_m"), "structure.transfer_depth_m")


def test_text_that_is_not_utf8_names_the_line(tmp_path: Path) -> None:
    file = tmp_path / "a.toml"
    file.write_bytes(VALID.replace("HSB", "hou\xeft").encode("latin-1"))
    (fault,) = lint([file])
    assert (fault.line, "0xef" in fault.message) == (line_with(VALID, "HSB"), True)


def test_byte_order_mark_and_windows_line_ends_are_accepted(tmp_path: Path) -> None:
    file = tmp_path / "a.toml"
    file.write_bytes(b"\xef\xbb\xbf" + VALID.replace("\n", "\r\n").encode())
    assert lint([file]) == ()


def test_same_id_in_two_files(tmp_path: Path) -> None:
    first, second = written(tmp_path, VALID, "a.toml"), written(tmp_path, VALID, "b.toml")
    (fault,) = lint([tmp_path])
    assert (fault.file, fault.line, fault.key) == (second.as_posix(), 2, "id")
    assert first.as_posix() in fault.message
    with pytest.raises(CatalogError, match="id used twice"):
        load_concepts(tmp_path)


def test_error_of_a_folder_carries_the_faults_of_every_file(tmp_path: Path) -> None:
    written(tmp_path, VALID.replace("fictief = true", "fictief = 1"), "a.toml")
    written(tmp_path, VALID.replace("test.module", "test.other").replace("persons = 1\n", "persons = 0\n"), "b.toml")
    with pytest.raises(CatalogError) as caught:
        load_concepts(tmp_path)
    assert [(Path(fault.file).name, fault.key) for fault in caught.value.faults] == [
        ("a.toml", "fictief"),
        ("b.toml", "unit_types[1].persons"),
    ]
    assert len(str(caught.value).splitlines()) == 2


@pytest.mark.parametrize("name", ["absent.toml", "absent"])
def test_path_that_does_not_exist_is_a_usage_error(tmp_path: Path, name: str) -> None:
    with pytest.raises(UsageError, match="no such file"):
        lint([tmp_path / name])


def test_folder_without_products_is_a_usage_error(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"no \.toml file"):
        load_concepts(tmp_path)


@settings(max_examples=150, derandomize=True, deadline=None)
@given(data=st.data())
def test_mutilated_files_give_faults_and_never_a_traceback(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    rows = VALID.split("\n")
    for _ in range(data.draw(st.integers(1, 4))):
        row = data.draw(st.integers(0, len(rows) - 1))
        junk = st.text(alphabet="abe_=[]{}\",.'0123456789-#\n\\\t é", max_size=12) | st.sampled_from(
            ["[a.b]", "[[geometry]]", "[structure]", "x = " + "[" * 200, "x = 1e999", 'x = """', "date = 07:32:00", "x = 9" + "9" * 5000]
        )
        cut = data.draw(st.integers(0, len(rows[row])))
        rows[row] = rows[row][:cut] + data.draw(junk) + rows[row][cut + data.draw(st.integers(0, 3)) :]
    file = tmp_path_factory.getbasetemp() / "fuzz.toml"
    file.write_text("\n".join(rows), encoding="utf-8")
    for fault in lint([file]):
        assert fault.message
        assert str(fault).isprintable()
        assert 1 <= fault.line <= "\n".join(rows).count("\n") + 1


@settings(max_examples=100, derandomize=True)
@given(content=st.binary(max_size=60))
def test_any_bytes_give_faults(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    file = tmp_path_factory.getbasetemp() / "bytes.toml"
    file.write_bytes(content)
    assert lint([file])


def test_fault_stays_on_one_line_whatever_the_value(tmp_path: Path) -> None:
    text = VALID.replace('material = "HSB"', '"new\\nkey" = """a\nb"""\nmaterial = "HSB"')
    (fault,) = lint([written(tmp_path, text)])
    assert "\n" not in str(fault)
    assert "\\n" in fault.key


def test_deep_nesting_is_a_fault(tmp_path: Path) -> None:
    (fault, *_) = lint([written(tmp_path, "x = " + "[" * 5000)])
    assert "nested too deeply" in fault.message
