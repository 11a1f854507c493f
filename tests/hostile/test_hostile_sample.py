"""Seeded mutations of every kind of input: a sample in the ordinary ring, ten thousand in the long one."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="cases are forks of one process")
CAMPAIGN = Path(__file__).with_name("hostile_campaign.py")
MEMORY_MB = 2500
PROVOKE = """
import json, sys
sys.path.insert(0, {folder!r})
import hostile_campaign as campaign, hostile_cases as cases
from pathlib import Path
campaign.CPU_S = 2
ways = [lambda: 1 / 0, lambda: [None for _ in iter(int, 1)], lambda: bytearray(8 << 30), lambda: Path("stray").write_text("x")]
campaign.cli = lambda args, prog_name: ways[int(args[0])]()
cases.make = lambda seed, sound, folder, kinds: cases.Case(seed=seed, kind="ifc", args=(str(seed),))
run = campaign.campaign(range(4), sound=Path("."))
print(json.dumps([one["wrong"][0].split(" (")[0] for one in run.findings]))
"""


def ran(*args):
    # a process of its own: forks of a test runner with threads of its own would not be repeatable
    done = subprocess.run([sys.executable, str(CAMPAIGN), "--json", *args], capture_output=True, check=False, timeout=36_000)
    assert done.stdout, done.stderr.decode()[-2000:]
    return json.loads(done.stdout)


def test_a_sample_of_hostile_input():
    made = ran("--cases", "60", "--first", "20000")
    assert made["findings"] == []
    assert sum(made["counts"].values()) == 60
    assert {name.rpartition(" ")[2] for name in made["counts"]} >= {"0", "3"}
    assert made["peak_mb"] < MEMORY_MB


@pytest.mark.long
def test_ten_thousand_cases_of_hostile_input():
    made = ran("--cases", "10000", "--jobs", str(os.cpu_count() or 1))
    assert made["findings"] == []
    assert sum(made["counts"].values()) == 10_000
    assert made["peak_mb"] < MEMORY_MB


def test_a_traceback_a_hang_and_a_runaway_are_findings(tmp_path):
    """The runner sees what it is there to see: each is provoked once, in a case of its own."""
    script = tmp_path / "provoke.py"
    script.write_text(PROVOKE.format(folder=str(CAMPAIGN.parent)), encoding="utf-8")
    done = subprocess.run([sys.executable, str(script)], capture_output=True, text=True, check=False, timeout=300)
    assert json.loads(done.stdout) == ["exit 70", "exit -24", "exit 70", "wrote outside its folder: stray"], done.stderr[-2000:]
