"""The geometry kernel's own process: what goes wrong in it costs the element it was on, and nothing else."""

import faulthandler
import functools
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import numpy as np
import pytest
from analytic_factory import BOX_FACES, Shapes, Y, box_points

from optopscan.geometry.mesh import signed_volume
from optopscan.ifc import kernel, kernel_worker
from optopscan.ifc.kernel import forked, fresh, kernel_bodies
from optopscan.ifc.kernel_worker import REFUSED
from optopscan.ifc.read import read
from optopscan.ifc.shapes import bodies
from optopscan.settings import Settings

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="processes are forked on Linux only")
QUARTER = np.pi / 2


def revolved(m, radius=1.0, height=3.0):
    """A curved wall 0.2 thick, a quarter of a ring: a body for the kernel."""
    e = m.f.create_entity
    axis = e("IfcAxis1Placement", m.point(-radius, 0, 0), m.direction(*Y))
    return e("IfcRevolvedAreaSolid", m.rectangle(0.2, height), m.axes(), axis, 90.0)


@pytest.fixture
def model(tmp_path):
    """A file with five curved walls, and its source."""
    m = Shapes()
    m.storey("0", 0.0)
    walls = [m.product(revolved(m, radius=2.0 + n), at=(10 * n, 0, 0), storey="0", Name=f"wall {n}") for n in range(5)]
    source = m.opened(tmp_path / "model.ifc")
    return source, [wall.id() for wall in walls], tmp_path / "model.ifc"


def sabotaged(monkeypatch, act, *steps):
    """Have the worker do something else on these steps; it is forked, so it inherits this."""
    plain = kernel_worker.computed

    def computed(product, **options):
        return act() if product.id() in steps else plain(product, **options)

    monkeypatch.setattr(kernel_worker, "computed", computed)


def crash():
    faulthandler.disable()  # in the worker only: no report on what is meant to happen
    os.kill(os.getpid(), signal.SIGSEGV)


def volumes(made):
    return {step: abs(signed_volume(mesh)[0]) for step, (mesh, _, _) in made.items()}


def test_bodies_come_through_the_pipe(model):
    source, steps, _ = model
    made, lost = kernel_bodies(source, steps, start=functools.partial(forked, fine=True))
    assert lost == []
    # a quarter of a ring, by Pappus: area times the way of its middle
    assert volumes(made) == pytest.approx({step: 0.2 * 3.0 * QUARTER * (2.0 + n) for n, step in enumerate(steps)}, rel=1e-3)
    assert all(origin == "kernel" for _, _, origin in made.values())


def test_no_steps_no_process(model):
    source, _, _ = model

    def never(*_):
        raise RuntimeError("started")

    assert kernel_bodies(source, [], start=never) == ({}, [])


@pytest.mark.parametrize("which", [(0,), (2,), (4,), (1, 2), (0, 4)])
def test_a_crash_loses_the_element_it_was_on_and_nothing_else(which, model, monkeypatch):
    source, steps, _ = model
    bad = [steps[n] for n in which]
    sabotaged(monkeypatch, crash, *bad)
    made, lost = kernel_bodies(source, steps, start=forked)
    assert lost == bad
    assert sorted(made) == [step for step in steps if step not in bad]


def spin():
    while True:
        pass


@pytest.mark.parametrize("start", [forked, None])
def test_a_body_without_end_is_bounded_in_work_not_by_the_clock(start, model, monkeypatch):
    source, steps, _ = model
    monkeypatch.setattr(kernel_worker, "BODY_CPU_S", 0.2)
    monkeypatch.setattr(kernel, "_default_start", lambda: forked)
    sabotaged(monkeypatch, spin, steps[1])
    made, lost = kernel_bodies(source, steps, start=start, patience_s=600.0)
    assert (lost, sorted(made)) == ([steps[1]], [steps[0], *steps[2:]])


def test_a_file_of_bodies_without_end_is_given_up(model, monkeypatch):
    source, steps, _ = model
    monkeypatch.setattr(kernel_worker, "BODY_CPU_S", 0.1)
    monkeypatch.setattr(kernel, "_ENDLESS_MOST", 2)
    sabotaged(monkeypatch, spin, *steps)
    started = []

    def counted(*args):
        started.append(1)
        return forked(*args)

    assert kernel_bodies(source, steps, start=counted, patience_s=600.0) == ({}, steps)
    assert len(started) == 2


def test_crashes_do_not_give_a_file_up(model, monkeypatch):
    source, steps, _ = model
    monkeypatch.setattr(kernel, "_ENDLESS_MOST", 1)
    sabotaged(monkeypatch, crash, *steps[:4])
    made, lost = kernel_bodies(source, steps, start=forked)
    assert (sorted(made), lost) == ([steps[4]], steps[:4])


def test_a_crash_is_an_issue_of_the_element(model, monkeypatch):
    source, steps, _ = model
    sabotaged(monkeypatch, crash, steps[1])
    monkeypatch.setattr(kernel, "_default_start", lambda: forked)
    found, problems = bodies(source, [source.model.by_id(step) for step in steps])
    assert sorted(found) == [steps[0], *steps[2:]]
    assert [(one.code, one.id) for one in problems] == [("OPT-112", f"0#{steps[1]}")]


def test_a_crash_reaches_the_findings_of_the_whole_reading(model, monkeypatch):
    _, steps, path = model
    sabotaged(monkeypatch, crash, steps[1])
    monkeypatch.setattr(kernel, "_default_start", lambda: forked)
    building, issues = read([path], Settings())
    assert len(building.elements.id) == 4
    # the class that lost an element is named too: a verdict must not pass over it
    assert {"OPT-101", "OPT-104", "OPT-112"} <= {one.code for one in issues}


@pytest.mark.parametrize("name", ["IfcBuildingElementProxy", "IfcMember", "IfcPlate"])
def test_a_body_that_the_kernel_could_not_bear_is_missed_whatever_its_class(name, tmp_path, monkeypatch):
    """One of twenty: as a proxy without a body it would pass, but this one has a body and nobody saw it."""
    m = Shapes()
    m.storey("0", 0.0)
    for n in range(19):
        m.product(m.extruded(m.rectangle(4.0, 0.3), 3.0), at=(0, 5 * n, 0), storey="0", Name=f"wall {n}")
        m.product(m.extruded(m.rectangle(0.5, 0.5), 0.5), name=name, at=(9, 5 * n, 0), storey="0", Name=f"block {n}")
    last = m.product(revolved(m), name=name, at=(20, 0, 0), storey="0", Name="block 19")
    m.f.write(str(tmp_path / "model.ifc"))
    sabotaged(monkeypatch, crash, last.id())
    monkeypatch.setattr(kernel, "_default_start", lambda: forked)
    _, issues = read([tmp_path / "model.ifc"], Settings())
    [missed] = [one.message for one in issues if one.code == "OPT-104"]
    assert f"1 of 20 {name}" in missed


def test_a_room_on_which_the_kernel_crashes_is_said(tmp_path, monkeypatch):
    m = Shapes()
    m.storey("0", 0.0)
    m.product(m.extruded(m.rectangle(4.0, 0.3), 3.0), storey="0")
    room = m.product(revolved(m), name="IfcSpace", Name="berging")
    m.f.write(str(tmp_path / "model.ifc"))
    sabotaged(monkeypatch, crash, room.id())
    monkeypatch.setattr(kernel, "_default_start", lambda: forked)
    building, issues = read([tmp_path / "model.ifc"], Settings())
    assert building.rooms == ()
    assert sorted(one.code for one in issues if one.id == f"0#{room.id()}") == ["OPT-101", "OPT-112"]


def test_a_refusal_is_neither_made_nor_lost(model, monkeypatch):
    source, steps, _ = model
    sabotaged(monkeypatch, lambda: None, steps[0], steps[3])
    made, lost = kernel_bodies(source, steps, start=forked)
    assert lost == []
    assert sorted(made) == [steps[1], steps[2], steps[4]]


def test_a_worker_that_hangs_is_ended(model, monkeypatch):
    source, steps, _ = model
    sabotaged(monkeypatch, lambda: time.sleep(60), steps[2])
    begin = time.monotonic()
    made, lost = kernel_bodies(source, steps, start=forked, patience_s=1.0)
    assert time.monotonic() - begin < 20.0
    assert lost == [steps[2]]
    assert sorted(made) == [step for step in steps if step != steps[2]]


def test_a_shape_that_takes_all_memory_is_lost_and_the_rest_goes_on(model, monkeypatch):
    source, steps, _ = model
    # taken and given back: without a bound this is a refusal like any other; far over it, since a worker may give back what it begins with
    sabotaged(monkeypatch, lambda: bytearray(2 * kernel_worker.MEMORY_BYTES).clear(), steps[1])
    made, lost = kernel_bodies(source, steps, start=forked)
    assert lost == [steps[1]]
    assert sorted(made) == [steps[0], *steps[2:]]


def test_a_worker_that_never_begins_loses_all_and_does_not_start_again(model):
    source, steps, _ = model
    starts = []

    def dead(*_):
        starts.append(1)
        reading, writing = os.pipe()
        os.close(writing)
        return kernel.Child(reading, lambda: None, lambda: os.close(reading))

    assert kernel_bodies(source, steps, start=dead) == ({}, steps)
    assert starts == [1]


def test_half_a_message_before_the_crash_is_no_body(model):
    source, steps, _ = model
    todo = []

    def torn(_, asked):
        todo.append(list(asked))
        reading, writing = os.pipe()
        os.write(writing, kernel_worker.HEADER.pack(asked[0], kernel_worker.BEGINS, 0, 0))
        os.write(writing, kernel_worker.HEADER.pack(asked[0], 8, 12, 2) + b"\0" * 50)
        os.close(writing)
        return kernel.Child(reading, lambda: None, lambda: os.close(reading))

    made, lost = kernel_bodies(source, steps[:2], start=torn)
    assert made == {}
    assert lost == steps[:2]
    assert todo == [steps[:2], steps[1:2]]


def own_children():
    """Return the processes that this one started and has not waited for; tests before this one may have left theirs."""
    return set(Path("/proc/self/task", str(os.getpid()), "children").read_text().split())


def test_no_process_and_no_open_pipe_is_left_behind(model, monkeypatch):
    source, steps, _ = model
    sabotaged(monkeypatch, crash, steps[2])
    before, children = set(os.listdir("/proc/self/fd")), own_children()
    kernel_bodies(source, steps, start=forked)
    assert len(set(os.listdir("/proc/self/fd")) - before) <= 1  # the listing itself
    assert threading.active_count() == 1
    assert own_children() <= children


def test_a_fresh_interpreter_makes_the_same_bodies(model):
    source, steps, _ = model
    copied, _ = kernel_bodies(source, steps, start=forked)
    read_again, lost = kernel_bodies(source, steps, start=fresh)
    assert lost == []
    assert sorted(read_again) == sorted(copied)
    for step, (mesh, styles, origin) in copied.items():
        other, other_styles, other_origin = read_again[step]
        assert (mesh.vertices_m == other.vertices_m).all()
        assert (mesh.faces == other.faces).all()
        assert (styles, origin) == (other_styles, other_origin)


def test_a_fresh_interpreter_is_told_the_assumed_unit(tmp_path):
    m = Shapes(unit="m")
    one = m.product(revolved(m))
    m.project.UnitsInContext = m.f.create_entity(
        "IfcUnitAssignment", [unit for unit in m.project.UnitsInContext.Units if unit.UnitType != "LENGTHUNIT"]
    )
    m.f.write(str(tmp_path / "model.ifc"))
    from optopscan.ifc.open_file import open_source

    source = open_source(tmp_path / "model.ifc", 0, Settings(assume_unit="mm"), lazy=True)
    made, _ = kernel_bodies(source, [one.id()], start=fresh)
    expected = 0.2 * 3.0 * QUARTER * 1e-9
    assert volumes(made)[one.id()] == pytest.approx(expected, rel=0.02)


def test_a_fresh_interpreter_that_dies_at_once_loses_all(model):
    source, steps, _ = model

    def dying(_, asked):
        process = subprocess.Popen([sys.executable, "-c", "raise SystemExit(3)"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        return kernel.asked(process, {"path": "", "unit": None, "steps": list(asked)})

    assert kernel_bodies(source, steps, start=dying) == ({}, steps)


def test_threads_at_work_forbid_forking():
    stop = threading.Event()
    thread = threading.Thread(target=stop.wait)
    assert kernel._default_start() is forked
    thread.start()
    try:
        assert kernel._default_start() is fresh
    finally:
        stop.set()
        thread.join()


def test_many_bodies_are_shared_by_two_processes(tmp_path, monkeypatch):
    m = Shapes()
    steps = [m.product(revolved(m), at=(10 * n, 0, 0)).id() for n in range(60)]
    source = m.opened(tmp_path / "model.ifc")
    shares = []

    def start(source, asked):
        shares.append(list(asked))
        return forked(source, asked)

    monkeypatch.setattr(kernel.os, "cpu_count", lambda: 2)
    made, lost = kernel_bodies(source, steps, start=start)
    assert (sorted(made), lost) == (steps, [])
    assert list(made) == steps
    assert shares == [steps[0::2], steps[1::2]]


def test_an_open_body_is_closed_by_turning_its_faces(tmp_path):
    m = Shapes()
    faces = [[loop[::-1] for loop in face] if number in (0, 3) else face for number, face in enumerate(BOX_FACES)]
    one = m.product(m.brep(box_points(3, 2, 1), faces))
    source = m.opened(tmp_path / "model.ifc")
    mesh, _, origin = kernel_worker.computed(source.model.by_id(one.id()))
    assert signed_volume(mesh)[1]
    assert abs(signed_volume(mesh)[0]) == pytest.approx(6.0)
    assert origin == "kernel, faces turned"


def test_a_product_without_globalid_is_made_all_the_same(tmp_path):
    m = Shapes()
    one = m.product(revolved(m))
    one.GlobalId = ""
    source = m.opened(tmp_path / "model.ifc")
    made, lost = kernel_bodies(source, [one.id()], start=forked)
    assert lost == []
    assert list(made) == [one.id()]


def test_what_the_kernel_refuses_is_said_so(tmp_path):
    m = Shapes()
    e = m.f.create_entity
    one = m.product(m.extruded(m.rectangle(1, 1), 1.0))
    one.Representation.Representations[0].Items = [
        e("IfcRevolvedAreaSolid", m.rectangle(1, 1), m.axes(), e("IfcAxis1Placement", m.point(9, 9, 0)), 0.0)
    ]
    source = m.opened(tmp_path / "model.ifc")
    made, lost = kernel_bodies(source, [one.id()], start=forked)
    assert (made, lost) == ({}, [])
    assert REFUSED < 0
