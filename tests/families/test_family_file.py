"""Family files: every number sourced, every fault at its own line and key, the published schema says what the reader says."""

from __future__ import annotations

import copy
import re
import tomllib

import jsonschema
import pytest
from hand_sums import FOLDER
from hypothesis import given
from hypothesis import settings as tries
from hypothesis import strategies as st

from optopscan.catalog.family import families_root, family_schema, lint_families, load_families, load_family
from optopscan.catalog.faults import CatalogError
from optopscan.errors import UsageError

FILES = sorted(FOLDER.glob("*.toml"))
VALID = (FOLDER / "gietbouw-portiek.toml").read_text(encoding="utf-8")
GALLERY = (FOLDER / "tunnel-1975.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_number_has_a_source_and_a_confidence(path) -> None:
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    rows = [row for name, table in data.items() if isinstance(table, dict) for row in table.values() if isinstance(row, dict)]
    assert len(rows) > 10
    for row in [*rows, data["period"], data["materials"]]:
        assert len(row["source"]) > 5
        assert row["confidence"] in ("sourced", "expert", "uncertain")
    assert (data["typical"], data["real"], data["id"]) == (True, False, path.stem)


def test_all_files_are_read_sorted() -> None:
    assert [family.id for family in load_families()] == [path.stem for path in FILES]
    assert lint_families([]) == ()
    assert families_root().name == "families"


def faults_of(tmp_path, text: str) -> list[tuple[int, str, str]]:
    path = tmp_path / "x.toml"
    path.write_text(text, encoding="utf-8")
    return [(fault.line, fault.key, fault.message) for fault in lint_families([path])]


def line_with(text: str, start: str) -> int:
    return next(n for n, row in enumerate(text.split("\n"), 1) if row.startswith(start))


# (text before, text after, line of what, key, what the message holds)
FAULTS = [
    ("real = false", "real = true", "real", "real", "expected"),
    ("typical = true", "typical = false", "typical", "typical", "expected"),
    ('scheme = "cross"', 'scheme = "cros"', "scheme", "scheme", "did you mean cross?"),
    ('walkway = "portiek"', 'walkway = "corridor"', "walkway", "walkway", "got cross with corridor"),
    ("bay_m = { lo = 3.6", "bay_m = { lo = 4.6", "bay_m", "plan.bay_m.lo", "above typical; got 4.6; expected at most 4.2"),
    ("typical = 4.2, hi = 5.4", "typical = 4200, hi = 5.4", "bay_m", "plan.bay_m.typical", "expected"),
    ("typical = 4.2, hi = 5.4", "typical = 5.6, hi = 5.4", "bay_m", "plan.bay_m.typical", "above hi; got 5.6; expected at most 5.4"),
    ("lo = 3.6, typical = 4.2", "typical = 4.2", "bay_m", "plan.bay_m", "half a spread; got hi only; expected lo too"),
    ("options = [0.22, 0.25, 0.29]", "options = [0.22, 0.29]", "pile_size_m", "piles.pile_size_m.typical", "not one of the options"),
    ("options = [0.22, 0.25, 0.29]", "options = [0.25, 2.9]", "pile_size_m", "piles.pile_size_m.options[2]", "cannot be drawn; got 2.9"),
    ("storey_height_m =", "storey_height =", "storey_height =", "plan.storey_height", "did you mean storey_height_m?"),
    ("storeys = { lo = 3, typical = 4", "storeys = { lo = 3, typical = 4.5", "storeys", "plan.storeys.typical", "whole number"),
    ("[cross]", "[crosss]", "[crosss]", "crosss", "did you mean cross?"),
    ("from_year = 1948", "from_year = 1968", "from_year", "period.from_year", "above to_year; got 1968"),
    ('"uncertain"\n\n[plan]', '"zeker"\n\n[plan]', 'confidence = "zeker"', "period.confidence", "not an allowed word"),
    ('id = "gietbouw-portiek"', 'id = "Gietbouw portiek"', "id", "id", "pattern"),
    ('pile = "beton gewapend prefab"\n', "", "[materials]", "materials", "pile is missing"),
    ("stairs = {", "lift = true\nstairs = {", "lift", "plan.lift", "unknown key"),
    ("bay_m = { lo = 3.6", "bay_m = { lo = 3,6", "bay_m", "plan.bay_m", "decimal comma; got 3,6"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "at", "key", "told"), FAULTS, ids=[row[1][:40] for row in FAULTS])
def test_a_fault_stands_at_its_line_and_key(tmp_path, old: str, new: str, at: str, key: str, told: str) -> None:
    text = VALID.replace(old, new, 1)
    assert text != VALID
    found = faults_of(tmp_path, text)
    here = [message for line, name, message in found if (line, name) == (line_with(text, at), key)]
    assert here, found
    assert any(told in message for message in here), here


def test_tables_that_do_not_fit(tmp_path) -> None:
    gallery = GALLERY[GALLERY.index("[gallery]") : GALLERY.index("[floors]")]
    piles = VALID[VALID.index("[piles]") : VALID.index("[materials]")]
    strips = (FOLDER / "muwi-holle-blokken.toml").read_text(encoding="utf-8")
    strips = strips[strips.index("[strips]") : strips.index("[materials]")]
    both = VALID.replace("[materials]", f"{gallery}{strips}[materials]")
    assert sorted((key, message.split(";")[0]) for _, key, message in faults_of(tmp_path, both)) == [
        ("gallery", "table that nothing uses"),
        ("piles", "one foundation is needed"),
    ]
    assert [(key, message.split(";")[0]) for _, key, message in faults_of(tmp_path, VALID.replace(piles, ""))] == [
        ("", "one foundation is needed")
    ]
    strip_gallery = GALLERY[: GALLERY.index("[piles]")] + strips + GALLERY[GALLERY.index("[materials]") :]
    assert [(key, message.split(";")[0]) for _, key, message in faults_of(tmp_path, strip_gallery)] == [
        ("strips", "cannot be drawn with this scheme")
    ]
    bare = re.sub(r"stairs = .*\nstair_width_m = .*\n", "", VALID)
    assert [message for _, key, message in faults_of(tmp_path, bare) if key == "plan"] == [
        "stair_width_m is missing; expected it with cross and portiek",
        "stairs is missing; expected it with cross and portiek",
    ]


def test_all_faults_of_a_file_at_once(tmp_path) -> None:
    text = VALID
    for old, new, *_ in (FAULTS[i] for i in (0, 4, 8, 13, 16)):
        text = text.replace(old, new, 1)
    assert {key for _, key, _ in faults_of(tmp_path, text)} == {
        "real", "plan.bay_m.lo", "piles.pile_size_m.typical", "period.from_year", "materials",
    }  # fmt: skip


def test_an_id_used_twice(tmp_path) -> None:
    for name in ("a.toml", "b.toml"):
        (tmp_path / name).write_text(VALID, encoding="utf-8")
    with pytest.raises(CatalogError, match=r"b\.toml:\d+: id: id used twice"):
        load_families(tmp_path)


def test_what_is_not_there_is_one_line(tmp_path) -> None:
    with pytest.raises(UsageError, match="no such file or folder"):
        load_families(tmp_path / "none")
    with pytest.raises(UsageError, match="cannot be opened"):
        load_family(tmp_path / "none.toml")
    with pytest.raises(UsageError, match=r"no \.toml file"):
        lint_families([tmp_path])
    with pytest.raises(UsageError, match="install optopscan again"):
        families_root([tmp_path / "none"])


# The published schema


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_schema_takes_every_file(path) -> None:
    jsonschema.validate(tomllib.loads(path.read_text(encoding="utf-8")), family_schema())


def test_the_schema_refuses_what_the_reader_refuses_of_one_key(tmp_path) -> None:
    """Keys left out or unknown, at the top and in each table: schema and reader agree on every one."""
    schema = jsonschema.Draft202012Validator(family_schema())
    jsonschema.Draft202012Validator.check_schema(family_schema())
    data = tomllib.loads(VALID)
    changed = [(name, None) for name in data] + [(name, key) for name, table in data.items() if isinstance(table, dict) for key in table]
    refused = 0
    for name, key in changed:
        for extra in (False, True):
            other = copy.deepcopy(data)
            table = other if key is None else other[name]
            value = table.pop(name if key is None else key)
            if extra:
                table["onbekende_sleutel"] = value
            says = not schema.is_valid(other)
            refused += says
            if says:
                assert faults_of(tmp_path, toml(other)), (name, key, extra)
            else:
                # Only what relations between tables ask is left to the reader.
                assert not extra, (name, key)
    assert refused > len(changed)


def toml(data: dict) -> str:
    """Write the few forms that a family file has."""
    rows = [f"{key} = {value_of(value)}" for key, value in data.items() if not (isinstance(value, dict) and "typical" not in value)]
    for key, table in data.items():
        if isinstance(table, dict) and "typical" not in table:
            rows += [f"[{key}]", *(f"{name} = {value_of(value)}" for name, value in table.items())]
    return "\n".join(rows) + "\n"


def value_of(value) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key} = {value_of(item)}" for key, item in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(map(value_of, value)) + "]"
    return f'"{value}"' if isinstance(value, str) else repr(value)


def test_the_writer_of_this_test_writes_what_it_read(tmp_path) -> None:
    assert tomllib.loads(toml(tomllib.loads(VALID))) == tomllib.loads(VALID)
    assert faults_of(tmp_path, toml(tomllib.loads(VALID))) == []


# Whatever comes: faults, never a traceback

WORDS = 'plan bay_m typical lo hi options 1 -3 1e400 nan inf true 0x1 é # = [ ] { } , " \n'
TOKENS = st.sampled_from([*WORDS.split(" ")])


@tries(max_examples=150, deadline=None)
@given(st.one_of(st.binary(max_size=200), st.lists(TOKENS, max_size=40).map(lambda t: " ".join(t).encode())))
def test_fuzzed_bytes(tmp_path_factory, content: bytes) -> None:
    path = tmp_path_factory.mktemp("fuzz") / "x.toml"
    path.write_bytes(content)
    assert lint_families([path])


@tries(max_examples=150, deadline=None)
@given(st.integers(0, len(VALID) - 1), st.integers(0, 6), st.lists(TOKENS, max_size=3))
def test_fuzzed_edits_of_a_valid_file(tmp_path_factory, at: int, length: int, tokens: list[str]) -> None:
    path = tmp_path_factory.mktemp("fuzz") / "x.toml"
    path.write_text(VALID[:at] + "".join(tokens) + VALID[at + length :], encoding="utf-8")
    for fault in lint_families([path]):
        assert fault.line >= 1
        assert "\n" not in str(fault)
