"""Public models, body for body: what is read without the kernel is what the kernel makes of it, finely meshed.

Where OPTOPSCAN_REAL_MODELS points to; every element that both can do.
"""

import functools
import os
import sys
from pathlib import Path

import pytest
from analytic_factory import Read, plans_agree

from optopscan.geometry.mesh import signed_volume
from optopscan.ifc.kernel import forked, kernel_bodies
from optopscan.ifc.open_file import open_source
from optopscan.ifc.products import products
from optopscan.ifc.shapes import analytic_bodies
from optopscan.settings import Settings

FOLDER = os.environ.get("OPTOPSCAN_REAL_MODELS")
pytestmark = pytest.mark.skipif(not FOLDER or sys.platform != "linux", reason="OPTOPSCAN_REAL_MODELS names no folder, or no fork")
FILES = sorted(path.name for path in Path(FOLDER).glob("*.ifc*")) if FOLDER else ["none"]
VOLUME, PLAN_M = 1e-3, 1e-3
# share of the elements read without the kernel, in models whose parts are known to be straight
SHARE = dict.fromkeys(("Duplex_A_20110907.ifc", "OpenBIMtoFEM_StructuralModel.ifc", "Schependomlaan_ROOT_casco_merged.ifc"), 0.99)


def answers(bodies):
    for step, mesh, origin in bodies:
        volume, closed = signed_volume(mesh)
        yield step, Read(volume, closed, origin, mesh)


@pytest.mark.parametrize("name", FILES)
def test_bodies_are_those_of_the_kernel(name):
    source = open_source(Path(FOLDER) / name, 0, Settings(), lazy=True)
    parts = [part for product in products(source)[0] for part in product.parts]
    found = analytic_bodies(source, parts)
    assert len(found) >= SHARE.get(name, 0.0) * len(parts)
    made, lost = kernel_bodies(source, sorted(found), start=functools.partial(forked, fine=True))
    assert lost == []
    own = dict(answers((step, body.mesh, body.origin) for step, body in found.items()))
    wrong = {}
    for step, kernel in answers((step, mesh, origin) for step, (mesh, _, origin) in made.items()):
        if not kernel.closed:
            continue
        off = abs(own[step].volume_m3 / abs(kernel.volume_m3) - 1.0)
        if off > VOLUME or not plans_agree(own[step], kernel, PLAN_M):
            wrong[step] = off
    assert wrong == {}
    assert all(body.closed and body.volume_m3 > 0.0 for body in own.values())
