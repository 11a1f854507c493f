"""Stand-ins for the stages, so that these tests are about the command line alone."""

import importlib
import os
import sys
import types

import pytest
from click.testing import CliRunner

from optopscan.cli.app import cli
from optopscan.report.files import of_another_answer


class StandIns:
    """What the command line asked of the stages, and what they will answer."""

    def __init__(self):
        self.record = {"extra_storeys": {"proven": 1, "possible": 2}}
        self.asked = []
        self.error = None

    def scan(self, paths, settings, progress=None, overrides=None):
        self.overrides = overrides
        self.asked.append(([str(path) for path in paths], settings))
        if progress is not None:
            progress("reading")
        if self.error is not None:
            raise self.error
        return "result"

    def write_files(self, folder, files):
        folder.mkdir(parents=True, exist_ok=True)
        for name, data in files.items():
            (folder / name).write_bytes(data)


@pytest.fixture
def stand_in(monkeypatch):
    """Put a module in place of the real one, for both ways to import it."""

    def put(name, **members):
        module = types.ModuleType(name)
        vars(module).update(members)
        monkeypatch.setitem(sys.modules, name, module)
        package, _, last = name.rpartition(".")
        monkeypatch.setattr(importlib.import_module(package), last, module, raising=False)
        return module

    return put


@pytest.fixture
def stages(stand_in):
    stand_ins = StandIns()
    stand_in("optopscan.pipeline", scan=stand_ins.scan)
    # the summary and the plans are views of the record and its arrays, never of the result
    made = (stand_ins.record, {"a": 1})
    stand_in(
        "optopscan.report.record.build", build=lambda result: {"result": made}[result], files=lambda record, arrays: {"record.json": b"{}"}
    )
    stand_in("optopscan.report.tidy", dumps=lambda record: '{\n"schema": "x"\n}\n')
    names = {"nl": "samenvatting.txt", "en": "summary.txt"}
    stand_in(
        "optopscan.report.summary", text=lambda record, lang: f"antwoord in {lang}: {record['extra_storeys']['proven']}\n", FILE_NAMES=names
    )
    stand_in("optopscan.report.plans.render", render=lambda record, arrays, lang: [(f"plan_{lang}.png", str(arrays["a"]).encode())])
    stand_in("optopscan.report.variants.render", render=lambda record, arrays, lang: [(f"variant_{lang}.svg", b"<svg/>")])
    stand_in("optopscan.report.files", write_files=stand_ins.write_files, of_another_answer=of_another_answer)
    return stand_ins


@pytest.fixture
def in_tmp(tmp_path, monkeypatch):
    """Run in an empty folder with one (empty) model in it and no settings from outside."""
    monkeypatch.chdir(tmp_path)
    for name in [n for n in os.environ if n.startswith("OPTOPSCAN_")]:
        monkeypatch.delenv(name)
    (tmp_path / "a.ifc").write_text("")
    return tmp_path


@pytest.fixture
def run(in_tmp):
    def invoke(*args, **extra):
        return CliRunner().invoke(cli, list(args), prog_name="optopscan", **extra)

    return invoke
