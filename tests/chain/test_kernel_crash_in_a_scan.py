"""A wall that brings the geometry kernel down: the scan goes on, says which, and gives no storey without it."""

import faulthandler
import os
import signal
import sys
from pathlib import Path

import pytest

from optopscan.ifc import kernel, kernel_worker, shapes
from optopscan.pipeline import scan
from optopscan.settings import Settings

MODEL = Path(__file__).resolve().parents[2] / "examples" / "ifc" / "kantoor_1980.ifc"


def crash(_product, **_):
    faulthandler.disable()  # in the worker only: no report on what is meant to happen
    os.kill(os.getpid(), signal.SIGSEGV)


@pytest.mark.skipif(sys.platform != "linux", reason="processes are forked on Linux only")
def test_the_scan_goes_on_and_gives_no_storey(monkeypatch):
    plain, chosen = shapes.analytic_bodies, []

    def one_left_over(source, products):
        made = plain(source, products)
        chosen.extend(step for step in sorted(made) if source.model.by_id(step).is_a("IfcColumn"))
        return {step: body for step, body in made.items() if step != chosen[0]}

    monkeypatch.setattr(shapes, "analytic_bodies", one_left_over)
    monkeypatch.setattr(kernel_worker, "computed", crash)
    monkeypatch.setattr(kernel, "_default_start", lambda: kernel.forked)
    result = scan([MODEL], Settings(place=False, max_extra_storeys=1))
    codes = {row.code: row for row in result.issues}
    assert codes["OPT-112"].id == f"0#{chosen[0]}"
    assert "OPT-104" in codes
    assert (result.extra_storeys.proven, result.extra_storeys.possible) == (0, 0)
    assert any("model onvolledig gelezen" in why for why in result.extra_storeys.why_not_proven)
    assert f"0#{chosen[0]}" not in result.building.elements.id
