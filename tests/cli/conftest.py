"""Stand-ins for the stages, so that these tests are about the command line alone."""

import sys
import types
from types import SimpleNamespace

import pytest
from click.testing import CliRunner

from optopscan.cli.app import cli


class StandIns:
    """What the command line asked of the stages, and what they will answer."""

    def __init__(self):
        self.result = SimpleNamespace(extra_storeys=SimpleNamespace(proven=1, possible=2))
        self.asked = []
        self.error = None
        self.written = {}

    def scan(self, paths, settings, progress=None):
        self.asked.append((tuple(paths), settings))
        if progress is not None:
            progress("reading")
        if self.error is not None:
            raise self.error
        return self.result

    def write_record(self, result, folder):
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "record.json").write_text("{}\n")

    def write_files(self, folder, files):
        for name, data in files.items():
            (folder / name).write_bytes(data)


def _module(monkeypatch, name, **members):
    module = types.ModuleType(name)
    vars(module).update(members)
    monkeypatch.setitem(sys.modules, name, module)


@pytest.fixture
def stages(monkeypatch):
    stand_ins = StandIns()
    _module(monkeypatch, "optopscan.pipeline", scan=stand_ins.scan)
    _module(monkeypatch, "optopscan.report.record", build=lambda result: ({"schema": "x"}, {}), write=stand_ins.write_record)
    _module(monkeypatch, "optopscan.report.tidy", dumps=lambda record: '{\n"schema": "x"\n}\n')
    _module(monkeypatch, "optopscan.report.summary", text=lambda result, lang="nl": f"antwoord in {lang}\n")
    _module(monkeypatch, "optopscan.report.plans", render=lambda result: [("plan_dak.png", b"png")])
    _module(monkeypatch, "optopscan.report.files", write_files=stand_ins.write_files)
    return stand_ins


@pytest.fixture
def in_tmp(tmp_path, monkeypatch):
    """Run in an empty folder with one (empty) model in it and no settings from outside."""
    monkeypatch.chdir(tmp_path)
    for name in [n for n in __import__("os").environ if n.startswith("OPTOPSCAN_")]:
        monkeypatch.delenv(name)
    (tmp_path / "a.ifc").write_text("")
    return tmp_path


@pytest.fixture
def run(in_tmp):
    def invoke(*args, **extra):
        return CliRunner().invoke(cli, list(args), prog_name="optopscan", **extra)

    return invoke
