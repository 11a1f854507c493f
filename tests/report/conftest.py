"""Records of the examples, each scanned once per process."""

from __future__ import annotations

from pathlib import Path

import pytest

from optopscan.pipeline import scan
from optopscan.report.record import build as records
from optopscan.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
# Modules are placed on one example; the others stop at the number of storeys, to save time.
PLACED = ("galerijflat_1972",)


@pytest.fixture(scope="session")
def scan_record():
    """Return record and arrays of an example by name."""
    made = {}

    def get(name):
        if name not in made:
            settings = Settings(place=name in PLACED, samples=256, concepts=("fictief.hsb-3d",) if name in PLACED else ())
            made[name] = records.build(scan([ROOT / "examples" / "ifc" / f"{name}.ifc"], settings))
        return made[name]

    return get
