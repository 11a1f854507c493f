"""A run over many buildings: nothing lost and nothing double, whatever stops it; a crash is a row."""

import faulthandler
import json
import os
import signal
import time
from pathlib import Path

import pytest

from optopscan.errors import UsageError
from optopscan.portfolio import run as running
from optopscan.portfolio.buildings import Building, buildings_of, key_of
from optopscan.portfolio.local import run_local
from optopscan.portfolio.row import CRASHED, REFUSED, SCANNED, failed, scan_row
from optopscan.portfolio.run import run
from optopscan.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
FAST = Settings(place=False, samples=0)


def fake(building, settings, records=None):
    """A scan that does what the name of its building says."""
    what = building.files[0].read_text()
    if "segfault" in what:
        faulthandler.disable()  # meant to crash: no report of it
        os.kill(os.getpid(), signal.SIGSEGV)
    if "exit" in what:
        os._exit(7)
    if "slow" in what:
        time.sleep(0.2)
    return {**failed(SCANNED, what), "proven": 0, "possible": len(what)}


@pytest.fixture
def models(tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    for k in range(12):
        (folder / f"blok{k:02}.ifc").write_text(f"model {k}")
    return folder


@pytest.fixture
def scans(monkeypatch):
    monkeypatch.setattr(running, "scan_row", fake)


# which buildings


def test_a_folder_gives_every_model_at_any_depth(models):
    (models / "wijk").mkdir()
    (models / "wijk" / "a.IFCZIP").write_text("x")
    (models / "lees mij.txt").write_text("x")
    names = [one.name for one in buildings_of(models)]
    assert names == sorted([*(f"blok{k:02}.ifc" for k in range(12)), "wijk/a.IFCZIP"])


@pytest.mark.parametrize("separator", [",", ";"])
def test_a_list_gives_models_of_one_building_corrections_and_its_own_columns(models, tmp_path, separator):
    path = tmp_path / "in" / "lijst.csv"
    rows = [
        ["name", "files", "overrides", "eigenaar"],
        ["Flat A", '"blok00.ifc;blok01.ifc"', "c.toml", "Wonen"],
        ["", "blok02.ifc", "", ""],
    ]
    path.write_text("\ufeff" + "\n".join(separator.join(row) for row in rows), encoding="utf-8")
    first, second = buildings_of(path)
    assert (first.name, [one.name for one in first.files]) == ("Flat A", ["blok00.ifc", "blok01.ifc"])
    assert first.overrides == models / "c.toml"
    assert first.told == {"eigenaar": "Wonen"}
    assert second.name == "blok02.ifc"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("naam,model\na,b\n", "no column files"),
        ("files\n\n,\n", "files is empty"),
        ("name,files\nx,a.ifc\nx,b.ifc\n", "two buildings are called x"),
        ("files\n", "no models"),
    ],
)
def test_a_list_that_says_nothing_useful_is_told(tmp_path, text, said):
    (tmp_path / "l.csv").write_text(text)
    with pytest.raises(UsageError, match=said):
        buildings_of(tmp_path / "l.csv")


def test_the_key_depends_on_contents_settings_corrections_and_version_alone(models):
    path = models / "blok00.ifc"
    one = Building(name="a", files=(path,))
    key = key_of(one, FAST, ("1",))
    assert key == key_of(Building(name="b", files=(path,), told={"x": "y"}), Settings(place=False, samples=0, threads=1), ("1",))
    assert key != key_of(one, Settings(place=False, samples=0, setback_m=1.0), ("1",))
    assert key != key_of(one, FAST, ("2",))
    assert key != key_of(Building(name="a", files=(path,), overrides=models / "blok01.ifc"), FAST, ("1",))
    path.write_text("another model")
    assert key != key_of(one, FAST, ("1",))
    assert key_of(Building(name="a", files=(models / "none.ifc",)), FAST, ("1",)) is None


# one run


def test_rows_come_back_in_order_with_what_the_list_told(models, tmp_path, scans):
    made = [Building(name=f"b{k}", files=(models / f"blok{k:02}.ifc",), told={"wijk": str(k)}) for k in range(3)]
    rows = run(made, FAST, tmp_path / "out", workers=2)
    assert [(row["name"], row["wijk"], row["why"]) for row in rows] == [(f"b{k}", str(k), f"model {k}") for k in range(3)]


def test_a_crash_an_exit_and_a_missing_file_are_rows_and_stop_nothing(models, tmp_path, scans):
    (models / "blok03.ifc").write_text("segfault")
    (models / "blok07.ifc").write_text("exit")
    made = [*buildings_of(models), Building(name="weg", files=(models / "weg.ifc",))]
    rows = {row["name"]: row for row in run(made, FAST, tmp_path / "out", workers=3)}
    assert rows["blok03.ifc"]["status"] == CRASHED
    assert "SIGSEGV" in rows["blok03.ifc"]["why"]
    assert rows["blok07.ifc"]["why"] == "the process ended with 7 and gave no answer"
    assert rows["weg"]["status"] == REFUSED
    assert sum(row["status"] == SCANNED for row in rows.values()) == 10


def test_what_was_done_is_not_done_again_and_what_changed_is(models, tmp_path, scans, monkeypatch):
    out = tmp_path / "out"
    first = run(buildings_of(models), FAST, out)
    asked = []
    monkeypatch.setattr(running, "run_local", lambda tasks, work, done, workers, before: asked.extend(task.building.name for task in tasks))
    assert run(buildings_of(models), FAST, out) == first
    assert asked == []
    (models / "blok05.ifc").write_text("changed")
    with pytest.raises(KeyError):
        run(buildings_of(models), FAST, out)  # nobody did the work
    assert asked == ["blok05.ifc"]


@pytest.mark.parametrize("damage", [b"", b"{", b"[]", b'{"row": {}, "sha256": "0"}'])
def test_a_damaged_row_is_made_again(models, tmp_path, scans, damage):
    out = tmp_path / "out"
    first = run(buildings_of(models), FAST, out)
    kept = sorted((out / "rows").iterdir())
    kept[4].write_bytes(damage)
    assert run(buildings_of(models), FAST, out) == first


def test_two_models_with_the_same_contents_are_two_rows_and_one_scan(models, tmp_path, scans):
    (models / "blok01.ifc").write_text((models / "blok00.ifc").read_text())
    rows = run(buildings_of(models), FAST, tmp_path / "out")
    assert len(rows) == 12
    assert len(list((tmp_path / "out" / "rows").iterdir())) == 11


def test_what_crashed_is_tried_again_and_what_was_refused_is_not(models, tmp_path, monkeypatch):
    """An interrupted run may end a child before its parent: that crash says nothing about the model."""
    status = {"blok03.ifc": CRASHED, "blok04.ifc": REFUSED}
    monkeypatch.setattr(running, "scan_row", lambda building, settings, records=None: failed(status.get(building.name, SCANNED), "eerst"))
    run(buildings_of(models), FAST, tmp_path / "out")
    monkeypatch.setattr(running, "scan_row", lambda building, settings, records=None: failed(SCANNED, "weer"))
    rows = {row["name"]: row for row in run(buildings_of(models), FAST, tmp_path / "out")}
    assert [name for name, row in rows.items() if row["why"] == "weer"] == ["blok03.ifc"]


def killed_run(models, out, after_s):
    """Start a run in a process group of its own and kill all of it after a while; return whether it was still busy."""
    child = os.fork()
    if child == 0:
        os.setsid()
        run(buildings_of(models), FAST, out, workers=2)
        os._exit(0)
    time.sleep(after_s)
    busy = os.waitpid(child, os.WNOHANG)[0] == 0
    if busy:
        os.killpg(child, signal.SIGKILL)
        os.waitpid(child, 0)
    return busy


@pytest.mark.skipif(not hasattr(os, "fork"), reason="kills a process group")
def test_killed_at_any_moment_and_started_again_the_table_is_the_same(models, tmp_path, scans):
    for k in range(12):
        (models / f"blok{k:02}.ifc").write_text(f"slow {k}")
    (models / "blok04.ifc").write_text("segfault")
    undisturbed = run(buildings_of(models), FAST, tmp_path / "one", workers=2)
    out, kills = tmp_path / "two", 0
    for k in range(8):
        kills += killed_run(models, out, 0.12 + 0.05 * k)
    assert kills >= 2
    assert run(buildings_of(models), FAST, out, workers=2) == undisturbed
    assert [path for path in (out / "rows").iterdir() if path.suffix != ".json"] == []
    assert len(list((out / "rows").glob("*.json"))) == 12


def test_processes_run_at_the_same_time_and_no_more_than_asked():
    rows = []
    started = time.monotonic()
    run_local(range(6), _nap, lambda task, row: rows.append((task, row["n"])), workers=3)
    took = time.monotonic() - started
    assert sorted(rows) == [(k, k) for k in range(6)]
    assert took < 6 * 0.4


def _nap(task):
    time.sleep(0.4)
    return {"n": task}


# real scans


def test_a_real_model_gives_what_a_scan_says_and_keeps_its_record(tmp_path):
    path = ROOT / "examples" / "ifc" / "portiekflat_1958.ifc"
    [row] = run([Building(name="p", files=(path,))], FAST, tmp_path / "out", records=True)
    assert row["status"] == SCANNED
    [kept] = (tmp_path / "out" / "records").iterdir()
    record = json.loads((kept / "record.json").read_bytes())
    extra = record["extra_storeys"]
    assert (row["proven"], row["possible"], row["label"]) == (extra["proven"], extra["possible"], extra["label"])
    assert row["input_sha256"] == record["input_sha256"]


def test_a_model_that_cannot_be_scanned_says_why(tmp_path):
    (tmp_path / "x.ifc").write_text("no model")
    row = scan_row(Building(name="x", files=(tmp_path / "x.ifc",)), FAST)
    assert row["status"] == REFUSED
    assert "no IFC header" in row["why"]


def test_a_fault_of_the_program_is_a_row_too(tmp_path, monkeypatch):
    import optopscan.pipeline

    monkeypatch.setattr(optopscan.pipeline, "scan", lambda *args, **kwargs: 1 / 0)
    row = scan_row(Building(name="x", files=(tmp_path / "x.ifc",)), FAST)
    assert row["status"] == CRASHED
    assert row["why"].startswith("ZeroDivisionError: division by zero")


@pytest.mark.skipif(not hasattr(os, "fork"), reason="where processes are forked")
def test_what_every_scan_needs_is_read_once_before_the_first(tmp_path):
    rows, here = [], []
    run_local(range(3), lambda task: {"n": len(here)}, lambda task, row: rows.append(row["n"]), 2, lambda: here.append(1))
    assert rows == [1, 1, 1]
