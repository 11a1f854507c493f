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
from optopscan.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ("galerijflat_1972", "kantoor_1980", "portiekflat_1958")
# Modules are placed on one example and on a small block; the other examples stop at the number of storeys, to save time.
PLACED = ("galerijflat_1972",)
POOLS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


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
def scan_of():
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
