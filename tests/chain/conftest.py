"""Scans shared by the tests of the whole chain: each building is scanned once per session."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from chain_models import Row

from optopscan.pipeline import scan
from optopscan.report.formats import FORMATS
from optopscan.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ("galerijflat_1972", "kantoor_1980", "portiekflat_1958")
# Modules are placed on one example and on a small block; the other examples stop at the number of storeys, to save time.
PLACED = ("galerijflat_1972",)
POOLS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
TWINS = (("0", 1, "hier"), ("1", 2, "daar ginds"), ("2", 4, "elders"))
"""Hash seed, threads and folder of the commands that must write the same."""


def command(*args: str, cwd: Path, seed: str, threads: int = 2) -> subprocess.Popen[bytes]:
    """Start the command line in a folder with one hash seed, so many threads for linear algebra and no settings from outside."""
    env = {name: value for name, value in os.environ.items() if not name.startswith(("OPTOPSCAN_", "PYTHON"))}
    env |= {"PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT), **dict.fromkeys(POOLS, str(threads))}
    call = [sys.executable, "-m", "optopscan", *args]
    return subprocess.Popen(call, cwd=cwd, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


@pytest.fixture(scope="session")
def start() -> Callable[..., subprocess.Popen[bytes]]:
    return command


@pytest.fixture(scope="session")
def twin_of_example(tmp_path_factory):
    """Start a scan of one example as a command; it runs while the others are scanned in this process."""
    folder = tmp_path_factory.mktemp("elders")
    return command("scan", "--no-place", str(ROOT / "examples/ifc/kantoor_1980.ifc"), "-o", "uit", cwd=folder, seed="4711"), folder / "uit"


@pytest.fixture(scope="session")
def twins_of_block(tmp_path_factory):
    """Start one command with every view on copies of one model, each from its own folder, with other hash seeds and threads."""
    running = []
    views = [word for name in FORMATS for word in ("-f", name)]
    for seed, threads, name in TWINS:
        folder = tmp_path_factory.mktemp(name) / "dieper"
        (folder / "model").mkdir(parents=True)
        path = Row().write(folder / "model" / "blok.ifc")
        named = path if seed == "1" else "model/blok.ifc"  # once absolute, else relative
        few = ("--concept", "fictief.hsb-3d", "--max-extra-storeys", "1")  # for time: every view is drawn, of one product
        asked = ("scan", str(named), "-o", "uit", "--threads", str(threads), *few, *views)
        running.append((command(*asked, cwd=folder, seed=seed, threads=threads), folder))
    return running


@pytest.fixture(scope="session")
def scan_of(twin_of_example, twins_of_block):
    """Return the scan of an example by name, made once."""
    made = {}

    def get(name):
        if name not in made:
            made[name] = scan([ROOT / f"examples/ifc/{name}.ifc"], Settings(place=name in PLACED))
        return made[name]

    return get


@pytest.fixture(scope="session", params=EXAMPLES)
def example(request, scan_of):
    return scan_of(request.param)


@pytest.fixture(scope="session")
def row(tmp_path_factory):
    """The small block, placed, as its makers drew it."""
    path = Row().write(tmp_path_factory.mktemp("rij") / "rij.ifc")
    return scan([path], Settings())
