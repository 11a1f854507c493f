"""The override file: every fault with its line and key, nothing converted, nothing guessed."""

import hashlib
import re
import textwrap
from pathlib import Path

import pytest

from optopscan.catalog.faults import CatalogError
from optopscan.catalog.overrides import MatchTable, SetTable, load_overrides, read_overrides
from optopscan.errors import UsageError

VALID = """\
schema = "optopscan/overrides/1"

[building]
build_year = 1958
use = "dwelling"
source = "bouwvergunning"

[[override]]
match = { type = "HSB*", thickness_m = 0.214, storey = ["01*", 2], class = "IfcWall*", kind = "wall" }
set = { bearing = true, fk_mpa = 6.0 }
source = "kernen, rapport 17"
date = 2026-03-01

[[override]]
match = { guid = "2GlvPDx4nNOv4UCYdNpg30" }
set = { grade = "C20/25", span = "along:2tcmC32m9LUuI7KlH7XUFF", thickness_m = "unknown" }

[[foundation]]
match = { line = 0 }
set = { kind = "pile", pile_capacity_kn = 350, capacity_basis = "characteristic", cone_profile = [[1, 2.5], [8, 14]] }
date = 1958
"""


def faults(text):
    with pytest.raises(CatalogError) as caught:
        read_overrides("correcties.toml", textwrap.dedent(text).encode())
    return caught.value.faults


def test_what_is_read():
    read = read_overrides("correcties.toml", VALID.encode())
    assert read.sha256 == hashlib.sha256(VALID.encode()).hexdigest()
    assert dict(read.building.values) == {"build_year": 1958, "use": "dwelling"}
    first, second = read.elements
    assert (first.match.type, first.match.thickness_m, first.match.storey) == (("HSB*",), (0.214,), ("01*", 2))
    assert (first.match.ifc_class, first.match.kind) == (("IfcWall*",), ("wall",))
    assert dict(first.values) == {"bearing": "yes", "fk_mpa": 6.0}
    assert (first.source, first.date) == ("kernen, rapport 17", "2026-03-01")
    assert second.values["thickness_m"] == "unknown"
    assert (second.source, second.date) == ("", "")
    assert read.place(first) == "correcties.toml:8"
    assert read.place(first, "fk_mpa") == "correcties.toml:10"
    (pile,) = read.foundations
    assert pile.values["cone_profile"] == ((1.0, 2.5), (8.0, 14.0))
    assert (pile.match.line, pile.date) == ((0,), "1958")


def test_no_schema_line_and_no_table_is_a_file_that_changes_nothing():
    read = read_overrides("leeg.toml", b"")
    assert (read.building, read.elements, read.foundations) == (None, (), ())


WRONG = [
    ("build_year = 1958", "build_year = 58", 4, "building.build_year", "at least 1000"),
    ('use = "dwelling"', 'use = "dweling"', 5, "building.use", "did you mean dwelling?"),
    ('use = "dwelling"', 'use = "roof"', 5, "building.use", "not a known use"),
    ("storey = [", "storeys = [", 9, "override[1].match.storeys", "did you mean storey?"),
    ('["01*", 2]', '["01*", 2.5]', 9, "override[1].match.storey[2]", "its number, 0 for the lowest"),
    ('["01*", 2]', "[]", 9, "override[1].match.storey", ""),
    ("thickness_m = 0.214", "thickness_m = -0.2", 9, "override[1].match.thickness_m[1]", "more than 0"),
    ('kind = "wall"', 'kind = "muur"', 9, "override[1].match.kind[1]", "wall | slab"),
    ("bearing = true", 'bearing = "ja"', 10, "override[1].set.bearing", "yes | no | unknown"),
    ("bearing = true", "bearing = 1", 10, "override[1].set.bearing", "yes | no | unknown"),
    ("fk_mpa = 6.0", "fk_mpa = -6.0", 10, "override[1].set.fk_mpa", "at least 0.2"),
    ("fk_mpa = 6.0", "fk_mpa = nan", 10, "override[1].set.fk_mpa", "finite"),
    ("fk_mpa = 6.0", 'fk_mpa = "6,0"', 10, "override[1].set.fk_mpa", "did you mean 6.0?"),
    ("fk_mpa = 6.0", "strength_mpa = 6.0", 10, "override[1].set.strength_mpa", "unknown key"),
    ("fk_mpa = 6.0", "fk_mpa = 6.0, fb_mpa = 20.0", 10, "override[1].set.fk_mpa", "one strength"),
    ("fk_mpa = 6.0", 'material = "concrete", fk_mpa = 6.0', 10, "override[1].set.fk_mpa", "expected fck_mpa"),
    ("fk_mpa = 6.0", 'material = "kalkzandsteen"', 10, "override[1].set.material", "not a known material"),
    ("fk_mpa = 6.0", "density = 2000", 10, "override[1].set.density", "did you mean density_kg_m3?"),
    ("fk_mpa = 6.0", "density_kg_m3 = 0", 10, "override[1].set.density_kg_m3", "more than 0"),
    ("fk_mpa = 6.0", "thickness_m = 214", 10, "override[1].set.thickness_m", "did you mean 0.214 (metres)?"),
    ("fk_mpa = 6.0", "floor_finish_kn_m2 = 100", 10, "override[1].set.floor_finish_kn_m2", "did you mean 1 (kN, not kg)?"),
    ("fk_mpa = 6.0", "span_deg = inf", 10, "override[1].set.span_deg", "finite"),
    ("fk_mpa = 6.0", 'span = "noord"', 10, "override[1].set.span", '"x", "y"'),
    ("fk_mpa = 6.0", 'span = "x", span_deg = 0', 10, "override[1].set.span_deg", "given twice"),
    ("date = 2026-03-01", 'date = "maart 2026"', 12, "override[1].date", "2026-11-01, or a year"),
    ("date = 2026-03-01", 'datum = "2026"', 12, "override[1].datum", "unknown key"),
    ('grade = "C20/25"', 'grade = "C20/26"', 16, "override[2].set.grade", "did you mean C20/25?"),
    ('grade = "C20/25"', 'grade = "C20/25", fck_mpa = 20', 16, "override[2].set.fck_mpa", "given twice"),
    ('kind = "pile"', 'kind = "strip"', 20, "override", "expected kind pile"),
    (', capacity_basis = "characteristic"', "", 20, "foundation[1].set.pile_capacity_kn", "capacity_basis"),
    ("[8, 14]", "[0.5, 14]", 20, "foundation[1].set.cone_profile", "depths in metres that go down"),
    ("match = { line = 0 }", "match = { line = -1 }", 19, "foundation[1].match.line[1]", "at least 0"),
]


@pytest.mark.parametrize(("old", "new", "line", "key", "message"), WRONG, ids=[row[1] for row in WRONG])
def test_planted_fault_is_found_at_its_line_and_key(old, new, line, key, message):
    assert VALID.count(old) == 1
    found = faults(VALID.replace(old, new))
    assert {fault.line for fault in found} == {line}
    if key != "override":  # a wrong kind of foundation makes each of its own keys wrong
        assert [fault.key for fault in found] == [key]
    assert all(fault.file == "correcties.toml" for fault in found)
    assert message in found[0].message


def test_all_faults_come_at_once():
    found = faults("""\
        [[override]]
        match = {}
        set = { bearing = "ja" }

        [[override]]
        set = { fk_mpa = 3 }

        [[override]]
        match = { kind = "slab" }
        set = {}
        """)
    assert [(fault.line, fault.key) for fault in found] == [
        (2, "override[1].match"),
        (3, "override[1].set.bearing"),
        (5, "override[2].match"),
        (10, "override[3].set"),
    ]


def test_text_that_is_no_toml_is_one_fault_of_its_line():
    (fault,) = faults('[[override]]\nmatch = { kind = "wall" }\nset = { fk_mpa = 6,0 }\n')
    assert (fault.line, "decimal comma" in fault.message or "not TOML" in fault.message) == (3, True)


def test_file_that_is_not_there(tmp_path):
    with pytest.raises(UsageError, match=r"weg\.toml: cannot be read"):
        load_overrides(tmp_path / "weg.toml")


def test_name_in_messages_and_record_has_no_folder(tmp_path):
    (tmp_path / "c.toml").write_text(VALID)
    assert load_overrides(tmp_path / "c.toml").file == "c.toml"


GUIDE = (Path(__file__).resolve().parents[2] / "docs" / "guide" / "reading.md").read_text(encoding="utf-8")


def test_example_in_the_guide_is_a_file():
    block = next(text for text in re.findall(r"```toml\n(.*?)```", GUIDE, flags=re.DOTALL) if "[[override]]" in text)
    read = read_overrides("corrections.toml", block.encode())
    assert (len(read.elements), len(read.foundations), read.building.values["build_year"]) == (2, 1, 1958)


@pytest.mark.parametrize("table", [MatchTable, SetTable])
def test_every_key_is_in_the_guide(table):
    section = GUIDE.split("## Correcting the model", 1)[1].split("\n## ", 1)[0]
    names = {spec.alias or name for name, spec in table.model_fields.items()}
    assert {name for name in names if f"`{name}`" not in section} == set()
