"""Placing from a record gives what placing from the model gives, and a record that is not whole says so in one line."""

import dataclasses
import json
import os
import random
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from optopscan.errors import OptopscanError, UnreadableInput, UsageError
from optopscan.model.result import ConceptAnswer, TopologyAnswer
from optopscan.pipeline.placing import place_modules
from optopscan.pipeline.topologies import within_reach
from optopscan.placement.placing_ground import PlacingGround, asked
from optopscan.report.record import build as records
from optopscan.report.record import placing_state as kept
from optopscan.report.record import state
from optopscan.report.record.arrays import npz_bytes

# of version 4; another layout needs another version
LAYOUT = "15b2603cb35845c20d92e96ec178e4b6065eb59eca7136bdefd55d7fe729bd4a"


@pytest.fixture(scope="module")
def files(row, tmp_path_factory):
    """The record of the small block, as bytes."""
    folder = tmp_path_factory.mktemp("blok")
    records.write(row, folder)
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.fixture
def folder(files, tmp_path):
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    return tmp_path


def concept(ground, name):
    return tuple(one for one in ground.concepts if one.id == name)


# repr, because nan is not equal to nan and every digit counts
def placed(ground):
    variants, issues = place_modules(ground)
    return repr((within_reach(variants, ground.paths), issues))


def test_a_record_on_disk_gives_the_variants_of_the_scan(row, folder):
    ground = records.placing_state(folder / "record.json")
    variants, _ = place_modules(ground)
    assert repr(within_reach(variants, ground.paths)) == repr(row.variants)
    assert any(variant.modules for variant in row.variants)


def test_examples_place_the_same_without_their_model(example, tmp_path):
    """All that placing starts from is the same to the last bit; one product is placed in another way than the scan did."""
    records.write(example, tmp_path)
    ground = records.placing_state(tmp_path / "record.json")
    assert npz_bytes(state.pack(ground, PlacingGround, "")) == npz_bytes(state.pack(example.ground, PlacingGround, ""))
    one, changes = concept(ground, "fictief.hsb-2d"), {"setback_m": 1.0, "max_extra_storeys": 2}
    assert placed(asked(ground, one, changes)) == placed(asked(example.ground, one, changes))


def test_loads_made_again_are_those_of_the_scan(example):
    """Also bit for bit between two makings; with the full cells the sums run in another order, hence 1e-9 there."""
    ground = example.ground
    again = dataclasses.replace(ground)
    for name, take in ground.take_downs.items():
        for spec in dataclasses.fields(take):
            value = getattr(take, spec.name)
            if isinstance(value, np.ndarray):
                assert value.tobytes() == getattr(again.take_downs[name], spec.name).tobytes()
                np.testing.assert_allclose(value, getattr(example.take_downs[name], spec.name), rtol=1e-9, atol=1e-9)


def test_storeys_asked_again_are_those_of_the_scan(example):
    ground = example.ground
    same = asked(ground, ground.concepts, {})
    assert same.reach == ground.reach
    assert repr(same.paths) == repr(ground.paths)
    assert asked(ground, ground.concepts, {"max_extra_storeys": 1}).reach == {name: min(1, n) for name, n in ground.reach.items()}


def test_settings_that_went_into_the_loads_are_fixed(row):
    with pytest.raises(UsageError, match="level, partitions_kn_m2: fixed when the model was scanned"):
        asked(row.ground, row.ground.concepts, {"partitions_kn_m2": 0.5, "level": "nieuwbouw", "setback_m": 1.0})
    assert asked(row.ground, row.ground.concepts, {"level": "verbouw", "setback_m": 1.0}).settings.setback_m == 1.0


def test_a_product_that_changed_has_no_answer_under_other_paths(row):
    """Two paths allow two storeys of every product; a heavier copy was never tried on them, so ok becomes unknown."""
    ground = row.ground
    answers = tuple(ConceptAnswer(concept=one.id, proven=0, possible=2, vertical_only=2) for one in ground.concepts)
    path = TopologyAnswer(weight=0.5, doubts=(), possible=2, per_concept=answers, governing=None, unsupported_kn=0.0)
    ground = dataclasses.replace(ground, paths=dataclasses.replace(ground.paths, answers=(path, path)))
    heavier = dataclasses.replace(ground.concepts[0], max_storeys=9)
    first, second = ground.concepts[0].id, ground.concepts[1].id
    changed = asked(ground, (heavier, ground.concepts[1]), {})
    assert [c.concept for row in changed.paths.answers for c in row.per_concept] == [second] * 2
    fine = dataclasses.replace(row.variants[0], outcome="ok", storeys=1)
    made = within_reach([dataclasses.replace(fine, concept=name) for name in (first, second)], changed.paths)
    assert [variant.outcome for variant in made] == ["unknown", "ok"]
    assert made[0].why.endswith("met een andere draagweg is dit product niet nagegaan")


def test_labels_of_parts_give_the_label_of_the_answer(example):
    """Of all parts together the worst part counts; the answer counts only loaded parts, so it is never worse."""
    ground = example.ground
    everything = np.arange(len(ground.structure.parts))
    assert example.extra_storeys.label <= ground.label(everything)
    assert ground.label(everything[:0]) == "C"


def test_the_version_is_raised_when_the_layout_changes():
    assert (kept.VERSION, state.layout(PlacingGround)) == (4, LAYOUT), "raise placing_state.VERSION and put the new layout here"


def one_line(folder):
    with pytest.raises(UnreadableInput) as caught:
        records.placing_state(folder / "record.json")
    text = str(caught.value)
    assert caught.value.exit_code == 3
    assert "\n" not in text
    assert len(text) < 400
    return text


def edited(folder, change):
    record = json.loads((folder / "record.json").read_bytes())
    change(record)
    (folder / "record.json").write_text(json.dumps(record))
    return one_line(folder)


VERSIONS = {
    "older": (lambda r: r["placing"].update(version=1), "another optopscan.*scan the model again with this version"),
    "newer": (lambda r: r["placing"].update(version=kept.VERSION + 1), "newer optopscan.*place with that version, or scan the model again"),
    "other fields": (lambda r: r["placing"].update(layout="0" * 64), "another optopscan.*scan the model again with this version"),
    "none": (lambda r: r.update(placing=None), "holds nothing to place modules from.*scan the model again"),
    "not told": (lambda r: r.pop("placing"), "placing: field required.*scan the model again"),
    "no tool": (lambda r: r.update(placing=None, tool=[]), "tool: input should be a valid dictionary.*scan the model again"),
    "a record of the future": (lambda r: r.update(schema="optopscan/record/2"), "schema optopscan/record/2 is of a newer"),
    "array not named": (
        lambda r: r.update(arrays=[row for row in r["arrays"] if row["name"] != "placing.tree"]),
        "data to place from are damaged.*scan the model again",
    ),
    "no arrays named": (lambda r: r.pop("arrays"), "arrays: field required.*scan the model again"),
    "hash edited": (lambda r: r["arrays"][-1].update(sha256="0" * 64), "is not the one of record.json"),
    "row without a name": (lambda r: r["arrays"][0].pop("name"), "no complete record"),
}


@pytest.mark.parametrize("case", VERSIONS)
def test_an_edited_record_says_what_to_do(folder, case):
    change, said = VERSIONS[case]
    text = edited(folder, change)
    assert re.search(said, text), text


def test_arrays_of_another_building(folder, example):
    (folder / "record.npz").write_bytes(npz_bytes(records.build(example)[1]))
    assert "keep both files of one scan together" in one_line(folder)


def test_a_pickle_is_never_opened(folder, tmp_path):
    class Trap:
        def __reduce__(self):
            return (open, (str(tmp_path / "sprung"), "w"))

    np.savez(folder / "record.npz", trap=np.array([Trap()], dtype=object))
    one_line(folder)
    assert not (tmp_path / "sprung").exists()


@pytest.mark.parametrize("name", ["record.npz", "record.json"])
def test_a_file_that_was_cut_off(folder, files, name):
    content = files[name]
    for part in (0, 1, len(content) // 3, len(content) // 2, len(content) - 30, len(content) - 3):
        (folder / name).write_bytes(content[:part])
        one_line(folder)


@pytest.mark.parametrize("name", ["record.npz", "record.json"])
def test_damaged_bytes_are_noticed_or_do_not_matter(folder, files, name):
    """Any one byte: one line, or the same ground as before; never other numbers and never a traceback."""
    sound = npz_bytes(state.pack(records.placing_state(folder / "record.json"), PlacingGround, ""))
    draw = random.Random(1)
    for _ in range(60):
        content = bytearray(files[name])
        content[draw.randrange(len(content))] ^= 1 << draw.randrange(8)
        (folder / name).write_bytes(content)
        try:
            found = records.placing_state(folder / "record.json")
        except OptopscanError as error:
            assert "\n" not in str(error)  # noqa: PT017 - either outcome is right
        else:
            assert npz_bytes(state.pack(found, PlacingGround, "")) == sound


def test_the_state_is_made_in_another_process_with_the_same_bytes(folder):
    """Read, packed again and hashed under another hash seed."""
    code = (
        "import hashlib, pathlib\n"
        "from optopscan.report.record import arrays, build, placing_state as kept\n"
        "ground = build.placing_state(pathlib.Path('record.json'))\n"
        "print(hashlib.sha256(arrays.npz_bytes(kept.keep(ground)[1])).hexdigest())\n"
    )
    env = {**os.environ, "PYTHONPATH": str(Path(kept.__file__).parents[3])}
    runs = [
        subprocess.run(
            [sys.executable, "-c", code], cwd=folder, env={**env, "PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout
        for seed in ("1", "777")
    ]
    assert runs[0] == runs[1]
