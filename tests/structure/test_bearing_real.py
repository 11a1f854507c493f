"""Bearing on real models without any property that says so; the truth stands in benchmarks/bearing.py."""

import os
import time
from pathlib import Path

import pytest

from benchmarks.bearing import REAL, SPARE, TARGET_PRECISION, TARGET_RECALL, compared, muted
from optopscan.ifc.read import read
from optopscan.pipeline.reading import infer
from optopscan.settings import Settings
from optopscan.structure.bearing import infer_bearing

FOLDER = Path(os.environ.get("OPTOPSCAN_REAL_MODELS", "/nonexistent"))
SLOW = "OpenBIMtoFEM_StructuralModel.ifc"
CASCO = "Schependomlaan_ROOT_casco_merged.ifc"
NAMES = [n for n in REAL if n not in SPARE and n != SLOW]
needs_models = pytest.mark.skipif(not all((FOLDER / n).is_file() for n in NAMES), reason="real models not given")


@needs_models
@pytest.mark.parametrize("name", NAMES)
def test_precision_and_recall_without_the_property(name: str) -> None:
    building, _ = read([FOLDER / name], Settings())
    quiet = muted(building, "no bearing property")
    _, bearing, _ = infer(quiet, Settings())
    m = compared(building.elements, bearing, REAL[name], quiet.elements).matrix()
    true = m["True/yes"] + m["True/unknown"] + m["True/no"]
    assert m["True/yes"] >= TARGET_PRECISION * (m["True/yes"] + m["False/yes"])
    assert m["True/yes"] >= TARGET_RECALL * true
    assert m["True/no"] == 0


@needs_models
def test_fast_on_the_apartment_block() -> None:
    building, _ = read([FOLDER / CASCO], Settings())
    materials, _, _ = infer(building, Settings())
    start = time.process_time()
    infer_bearing(building.elements, materials)
    assert time.process_time() - start < 0.6  # goal 0.3 s, doubled for a busy machine
