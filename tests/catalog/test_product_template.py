"""The template of `catalog new`: every key of the schema, no faults, neither as it is nor with all optional keys taken in."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from full_product import FULL, keys_of, with_line

from optopscan.catalog.load import lint, load_concept
from optopscan.catalog.schema import schema
from optopscan.catalog.template import WIDTH, template
from optopscan.checks.scenarios import usable
from optopscan.errors import UsageError

TEXT = template("test.template")
# Keys that a product on the walls of the building may not have, or must not need
ELSEWHERE = ("frame_span_max_m", "column_distance_m", "column_clearance_m", "columns", "deviates")


def taken_in(text: str) -> str:
    """Return the template with the mark of every optional key and table taken away."""
    return "\n".join(re.sub(r"^# (?=\[\[\w+\]\]|\w+ = )", "", row) for row in text.split("\n"))


def written(folder: Path, text: str) -> Path:
    file = folder / "product.toml"
    file.write_text(text, encoding="utf-8")
    return file


def test_template_has_no_faults_and_can_prove_nothing(tmp_path: Path) -> None:
    file = written(tmp_path, TEXT)
    assert lint([file]) == ()
    concept = load_concept(file)
    assert concept.fictitious
    assert not usable(concept)
    assert set(concept.unknown_loads) == {"g_floor_kn_m2", "g_wall_kn_m", "g_roof_kn_m2", "g_transfer_kn_m2"}


@pytest.mark.parametrize("key", ["g_floor_kn_m2", "g_wall_kn_m", "g_roof_kn_m2", "g_transfer_kn_m2"])
def test_one_unknown_load_is_enough_to_prove_nothing(tmp_path: Path, key: str) -> None:
    assert usable(load_concept(written(tmp_path, FULL)))
    (found,) = (one for one in keys_of(FULL) if one.name == key)
    text = with_line(FULL, found.line, f'{key} = {{ value = "onbekend", reason = "niet gewogen" }}')
    concept = load_concept(written(tmp_path, text))
    assert concept.unknown_loads == (key,)
    assert not usable(concept)


def test_every_optional_key_may_be_taken_in(tmp_path: Path) -> None:
    rows = [row for row in taken_in(TEXT).split("\n") if not row.startswith(tuple(f"{key} =" for key in ELSEWHERE))]
    assert lint([written(tmp_path, "\n".join(rows))]) == ()


def test_template_names_every_key_of_the_schema() -> None:
    content, body = tomllib.loads(taken_in(TEXT)), schema()
    assert set(content) == set(body["properties"])
    for name, spec in body["properties"].items():
        target = spec.get("$ref") or spec.get("items", {}).get("$ref") or ""
        if target.startswith("#/$defs/") and not target.startswith("#/$defs/number"):
            table = content[name][0] if isinstance(content[name], list) else content[name]
            assert set(table) == set(body["$defs"][target.rpartition("/")[2]]["properties"]), name


def test_full_product_of_the_tests_states_every_key_too() -> None:
    """Else the hundred faulty files would pass over a key."""
    named = {re.sub(r"\[\d+\]", "", key.path) for key in keys_of(taken_in(TEXT).replace("  #", "\n#"))}
    stated = {re.sub(r"\[\d+\]", "", key.path) for key in keys_of(FULL)}
    assert {path for path in named - stated if path.rpartition(".")[2] not in ELSEWHERE} == set()


def test_template_explains_every_key_and_fits_the_screen() -> None:
    rows = TEXT.split("\n")
    assert max(len(row) for row in rows) <= WIDTH
    keys = [n for n, row in enumerate(rows) if re.match(r"(# )?\w+ = ", row)]
    second = rows.index('# code = "L1"')
    assert all("  # " in rows[n] or rows[n - 1].startswith("# ") for n in keys if not second <= n < second + 6)


@pytest.mark.parametrize("wrong", ["Maker", "a b", "", "-a", "a..b", 'a"\n'])
def test_id_that_is_none_is_refused(wrong: str) -> None:
    with pytest.raises(UsageError, match="not an id"):
        template(wrong)
