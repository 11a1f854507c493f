"""A placed example, shared by the tests with programs that pip does not install."""

from __future__ import annotations

from pathlib import Path

import pytest

from optopscan.pipeline import scan
from optopscan.report.record import build as records
from optopscan.settings import Settings

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def example():
    """Return record and arrays of one example with modules placed."""
    path = ROOT / "examples" / "ifc" / "galerijflat_1972.ifc"
    return records.build(scan([path], Settings(samples=256, concepts=("fictief.hsb-3d",))))
