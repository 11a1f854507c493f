"""The geometry kernel's own process: computes bodies one by one and writes them to a pipe.

The kernel is C++ that a strange shape can bring down or send round in circles, so it never runs in the
process of the scan (`kernel`). ``python -m optopscan.ifc.kernel_worker`` reads one line of JSON from stdin: path,
assumed unit and step ids; a forked process calls `serve` itself.

A message is a header of four numbers and three blocks: step id, count of vertices, count of faces, length of
the text; then vertices, faces and JSON of style names and origin. A count of vertices of -1 says that work on
the step begins, -2 that the kernel refused it.
"""

from __future__ import annotations

import json
import os
import signal
import struct
import sys
import uuid
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import ifcopenshell
import ifcopenshell.geom as kernel_module
import ifcopenshell.guid as guid_module
import numpy as np

from optopscan.geometry.mesh import signed_volume
from optopscan.ifc.open_file import damaged, open_source
from optopscan.model.building import Mesh
from optopscan.settings import Settings

HEADER = struct.Struct("<qqqq")
BEGINS, REFUSED = -1, -2
_FINE_M, _FINE_RAD = 2e-5, 0.05
MEMORY_BYTES = 4 << 30
"""What a worker may take beyond what it begins with; the bodies of real models take some megabytes."""
BODY_CPU_S = 60.0
"""Processor seconds that one body may take, whatever else the machine does; none of a real model has taken half of it on the clock."""
OUT_OF_WORK = -int(signal.SIGPROF) if sys.platform != "win32" else None
"""Exit code of a worker that a body took too much work from."""
_ifc: Any = ifcopenshell
_kernel: Any = kernel_module
_guid: Any = guid_module


def serve(model: Any, steps: Iterable[int], pipe: int, *, fine: bool = False) -> None:
    """Compute the bodies of products and write them to a pipe, each as soon as it is there."""
    _bound_yourself()
    for step in steps:
        _write(pipe, HEADER.pack(step, BEGINS, 0, 0))
        _bound_body()
        made = computed(model.by_id(step), fine=fine)
        if made is None:
            _write(pipe, HEADER.pack(step, REFUSED, 0, 0))
            continue
        mesh, styles, origin = made
        text = json.dumps([styles, origin]).encode()
        _write(pipe, HEADER.pack(step, len(mesh.vertices_m), len(mesh.faces), len(text)))
        _write(pipe, np.ascontiguousarray(mesh.vertices_m, dtype="<f8").tobytes())
        _write(pipe, np.ascontiguousarray(mesh.faces, dtype="<i8").tobytes() + text)


def _bound_yourself() -> None:
    """Have memory refused that no body can need, before the machine is out of it; and leave no core file behind."""
    if sys.platform != "linux":
        return
    import resource

    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    most = pages * resource.getpagesize() + MEMORY_BYTES
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    resource.setrlimit(resource.RLIMIT_AS, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))
    resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))


def _bound_body() -> None:
    """Have this process ended by the system (`signal.SIGPROF`) when the next body takes too much work; a loop in C++ never asks Python."""
    if sys.platform == "win32":
        return
    signal.signal(signal.SIGPROF, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_PROF, BODY_CPU_S)


def computed(product: Any, *, fine: bool = False) -> tuple[Mesh, list[str], str] | None:
    """Return the body of a product in file coordinates [m], its style names and origin; None where the kernel fails.

    Openings are subtracted. An open body is tried again with its faces turned to one side. ``fine`` follows curves
    so closely that volumes can be compared: slow, and not for a scan.
    """
    if not product.GlobalId:  # the kernel stops on a product without one; the file is not written back
        product.GlobalId = _guid.compress(uuid.uuid5(uuid.NAMESPACE_OID, str(product.id())).hex)
    made = _shape(product, "kernel", fine=fine)
    if made is None or signed_volume(made[0])[1]:
        return made
    other = _shape(product, "kernel, faces turned", turn=True, fine=fine)
    return other if other is not None and signed_volume(other[0])[1] else made


def _shape(product: Any, origin: str, *, turn: bool = False, fine: bool = False) -> tuple[Mesh, list[str], str] | None:
    settings = _kernel.settings()
    for name, value in (("no-normals", True), ("weld-vertices", True), ("apply-default-materials", False), ("use-material-names", True)):
        settings.set(name, value)
    if turn:
        settings.set("reorient-shells", True)
    if fine:
        settings.set("mesher-linear-deflection", _FINE_M)
        settings.set("mesher-angular-deflection", _FINE_RAD)
    try:
        _ifc.get_log()
        shape = _kernel.create_shape(settings, product)
    except RuntimeError:
        return None
    if damaged(str(_ifc.get_log())):  # a shape from what is left of it
        return None
    geometry = shape.geometry
    vertices = np.array(geometry.verts, dtype=np.float64).reshape(-1, 3)
    faces = np.array(geometry.faces, dtype=np.int64).reshape(-1, 3)
    matrix = np.array(shape.transformation.matrix, dtype=np.float64).reshape(4, 4, order="F")
    mesh = Mesh(vertices_m=vertices @ matrix[:3, :3].T + matrix[:3, 3], faces=faces)
    return mesh, sorted({str(style.name) for style in geometry.materials if style.name}), origin


def _write(pipe: int, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(pipe, view) :]


def _main() -> None:
    pipe = os.dup(1)
    os.dup2(2, 1)  # whatever a library prints does not mix with the bodies
    asked = json.loads(sys.stdin.readline())
    source = open_source(Path(asked["path"]), 0, Settings(assume_unit=asked["unit"]), lazy=True)
    serve(source.model, asked["steps"], pipe)


if __name__ == "__main__":
    _main()
