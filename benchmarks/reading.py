"""Compare reading a building with opening its file and computing its shapes in OpenCASCADE.

    python benchmarks/reading.py                                  # the examples, and the models in $OPTOPSCAN_REAL_MODELS
    python benchmarks/reading.py model.ifc --pairs 7 --json reading.json

What is timed, imports excluded, each in turn (A B C D A B C D ...), after one round that does not count:

- bodies: what a scan does to have the structure's geometry, from the path: checks and hashes the file, opens it
  lazily, finds the products, and makes their bodies with openings and clips cut (`open_source`, `products`,
  `bodies`; where bodies need the geometry kernel, with its child process).
- kernel: `ifcopenshell.open` and `ifcopenshell.geom.iterator` with OpenCASCADE on one thread, over exactly the same
  products (one by one where the iterator refuses the file). What comes out is not even looked at.
- open: `ifcopenshell.open` alone.
- read: the whole `optopscan.ifc.read.read`, which also reads materials and properties, measures every
  element and compares them all with one another. Peers do nothing of the kind.

P1 is kernel / bodies (goal: 8 or more in the geometric mean, 3 or more on every file), P2 is bodies / open (goal: at
most 1.0). CPU seconds count child processes. Peak memory is that of a process of its own, imports included: of the large
file, made by repeating the largest one given side by side in a temporary folder. Agreement compares the net volume of
every element read without the kernel with that of the kernel, finely meshed. A file on which a goal is missed is marked "<".
"""

from __future__ import annotations

import argparse
import functools
import gc
import json
import math
import os
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

JOBS = ("bodies", "kernel", "open", "read")
P1_EACH, P1_MEAN, P2_MEAN, MEMORY = 3.0, 8.0, 1.0, 0.75
AGREES, AGREEMENT = 0.01, 0.99
APART_M = 60.0
Result = dict[str, Any]


def structure(path: Path) -> tuple[Any, list[Any]]:
    """Return the lazily opened file and the products whose bodies make the structure."""
    from optopscan.ifc.open_file import open_source
    from optopscan.ifc.products import products
    from optopscan.settings import Settings

    source = open_source(path, 0, Settings(), lazy=True)
    return source, [part for product in products(source)[0] for part in product.parts]


def bodies_job(path: Path, _: Sequence[int]) -> object:
    from optopscan.ifc.shapes import bodies

    source, wanted = structure(path)
    return bodies(source, wanted)


def kernel_job(path: Path, steps: Sequence[int]) -> object:
    import ifcopenshell
    import ifcopenshell.geom

    model = ifcopenshell.open(str(path))
    settings = ifcopenshell.geom.settings()
    wanted = [model.by_id(step) for step in steps]
    shapes = ifcopenshell.geom.iterator(settings, model, 1, include=wanted, geometry_library="opencascade")
    if shapes.initialize():
        while True:
            shapes.get()
            if not shapes.next():
                return model
    for product in wanted:
        try:
            ifcopenshell.geom.create_shape(settings, product, geometry_library="opencascade")
        except RuntimeError:  # a shape it cannot make
            continue
    return model


def open_job(path: Path, _: Sequence[int]) -> object:
    import ifcopenshell

    return ifcopenshell.open(str(path))


def read_job(path: Path, _: Sequence[int]) -> object:
    from optopscan.ifc.read import read
    from optopscan.settings import Settings

    return read([path], Settings())


RUN: dict[str, Callable[[Path, Sequence[int]], object]] = {
    "bodies": bodies_job,
    "kernel": kernel_job,
    "open": open_job,
    "read": read_job,
}


def cpu_s() -> float:
    """Return the CPU time of this process and of its finished children [s]."""
    return sum(used.ru_utime + used.ru_stime for used in map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)))


def timed(job: str, path: Path, steps: Sequence[int]) -> tuple[float, float]:
    """Return the CPU and wall seconds of one job."""
    gc.collect()
    cpu, wall = cpu_s(), time.perf_counter()
    kept = RUN[job](path, steps)
    taken = cpu_s() - cpu, time.perf_counter() - wall
    del kept
    return taken


def times(path: Path, pairs: int, jobs: Sequence[str]) -> Result:
    """Return the CPU and wall seconds of every job and round; the jobs take turns."""
    steps = [part.id() for part in structure(path)[1]]
    runs: dict[str, list[tuple[float, float]]] = {job: [] for job in jobs}
    for number in range(pairs + 1):
        for job in jobs:
            taken = timed(job, path, steps)
            if number:
                runs[job].append(taken)
    return {"elements": len(steps), "seconds": runs}


def peak(path: Path, job: str) -> Result:
    """Return the largest memory of this process while it does one job, and before [MB]; of a kernel process of its own, too."""
    if job == "open":
        import ifcopenshell  # noqa: F401
    else:
        import optopscan.ifc.products
        import optopscan.ifc.shapes  # noqa: F401
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    kept = RUN[job](path, ())
    own, child = (resource.getrusage(who).ru_maxrss / 1024 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    del kept
    return {"before_mb": before, "peak_mb": own, "child_mb": child}


def agreement(path: Path) -> Result:
    """Return how elements were read, and how their net volumes differ from those of the kernel."""
    from optopscan.geometry.mesh import signed_volume
    from optopscan.ifc.kernel import forked, kernel_bodies
    from optopscan.ifc.shapes import analytic_bodies

    source, wanted = structure(path)
    own = analytic_bodies(source, wanted)
    theirs, lost = kernel_bodies(source, sorted(own), start=functools.partial(forked, fine=True))
    off: dict[int, float] = {}
    for step, (mesh, _, _) in theirs.items():
        volume, closed = signed_volume(mesh)
        if closed:
            off[step] = abs(signed_volume(own[step].mesh)[0] / abs(volume) - 1.0)
    return {
        "elements": len(wanted),
        "origins": {**Counter(body.origin.split(",")[0] for body in own.values()), "kernel": len(wanted) - len(own)},
        "compared": len(off),
        "within": sum(value <= AGREES for value in off.values()),
        "worst": sorted(((value, source.key(source.model.by_id(step))) for step, value in off.items()), reverse=True)[:3],
        "kernel_lost": len(lost),
    }


def repeated(path: Path, size_mb: float, folder: Path) -> Path:
    """Write a file with as many copies of a building side by side as make it this large.

    Instance numbers and GlobalIds of the copies are new; they share the project, its units and contexts with the first.
    """
    text = model_text(path)
    start = text.index("DATA;") + 5
    data = text[start : text.index("ENDSEC;", start)]
    number, shared = re.compile(r"#(\d+)"), shared_steps(data)
    top = max(map(int, number.findall(data))) + 1
    copies = max(2, math.ceil(size_mb * 1e6 / len(text)))
    unit = re.search(r"IFCSIUNIT\([^;]*LENGTHUNIT\.,(\$|\.MILLI\.)", data)
    metre = 1000.0 if unit and unit[1] != "$" else 1.0
    side = math.ceil(math.sqrt(copies))
    large = folder / f"{path.stem}_x{copies}.ifc"
    with large.open("w", encoding="utf-8") as file:
        file.write(text[:start] + data)
        for copy in range(1, copies):
            x, y = (APART_M * metre * place for place in divmod(copy, side))
            file.write(moved_copy(data, number, shared, copy * (top + 3), top, (x, y)))
        file.write("ENDSEC;\nEND-ISO-10303-21;\n")
    return large


def model_text(path: Path) -> str:
    if path.suffix.lower() == ".ifc":
        return path.read_text(encoding="utf-8", errors="replace")
    with zipfile.ZipFile(path) as archive:
        name = next(one for one in archive.namelist() if one.lower().endswith(".ifc") and not one.startswith("__MACOSX/"))
        return archive.read(name).decode("utf-8", errors="replace")


def shared_steps(data: str) -> frozenset[int]:
    """Return the numbers of the project and everything it names, but not of what is part of it."""
    lines = {int(found[1]): found[2] for found in re.finditer(r"#(\d+)\s*=\s*([^;]*(?:'[^']*'[^;]*)*);", data)}
    known: set[int] = set()
    todo = [step for step, line in lines.items() if line.lstrip().startswith("IFCPROJECT(")]
    while todo:
        step = todo.pop()
        if step not in known and step in lines:
            known.add(step)
            todo.extend(map(int, re.findall(r"#(\d+)", lines[step])))
    return frozenset(known)


def moved_copy(data: str, number: re.Pattern[str], shared: frozenset[int], add: int, top: int, place: tuple[float, float]) -> str:
    """Return the lines of one copy of a building, its outermost placements moved."""

    def renumbered(found: re.Match[str]) -> str:
        step = int(found[1])
        return found[0] if step in shared else f"#{step + add}"

    def renamed(found: re.Match[str]) -> str:
        # the last digits of a GlobalId count the copies, so that every copy has its own
        turned = f"{int.from_bytes(found[2][-4:].encode()) * 31 + add:012d}"[-4:]
        return f"{found[1]}'{found[2][:-4]}{turned}'"

    own = re.sub(r"(?m)^#(\d+)\s*=[^\n]*\n", lambda found: "" if int(found[1]) in shared else found[0], data)
    own = number.sub(renumbered, own)
    own = re.sub(r"(?m)^(#\d+\s*=\s*IFC\w+\()'([0-3][0-9A-Za-z_$]{21})'", renamed, own)
    origin = add + top
    own = re.sub(r"IFCLOCALPLACEMENT\(\s*\$", f"IFCLOCALPLACEMENT(#{origin + 2}", own)
    return (
        f"#{origin}=IFCCARTESIANPOINT(({place[0]:.1f},{place[1]:.1f},0.));\n#{origin + 1}=IFCAXIS2PLACEMENT3D(#{origin},$,$);\n"
        f"#{origin + 2}=IFCLOCALPLACEMENT($,#{origin + 1});\n" + own
    )


def child(*arguments: object) -> Result:
    """Run one measurement in a process of its own."""
    root = str(Path(__file__).resolve().parents[1])
    paths = os.pathsep.join(part for part in (root, os.environ.get("PYTHONPATH", "")) if part)
    command = [sys.executable, str(Path(__file__).resolve()), "--child", *map(str, arguments)]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True, env={**os.environ, "PYTHONPATH": paths})
    found: Result = json.loads(done.stdout.splitlines()[-1])
    return found


def answer(what: str, path: Path, *more: str) -> Result:
    """Do what the child process was asked."""
    if what == "times":
        return times(path, int(more[0]), more[1].split(","))
    return peak(path, more[0]) if what == "peak" else agreement(path)


def ratio(seconds: dict[str, list[list[float]]], over: str, under: str, clock: int) -> float:
    """Return the median over the rounds of the ratio of two jobs."""
    return statistics.median(a[clock] / b[clock] for a, b in zip(seconds[over], seconds[under], strict=True))


def mean(values: Sequence[float]) -> float:
    return math.exp(statistics.fmean(math.log(value) for value in values)) if values else math.nan


RATIOS = (("P1", "kernel", "bodies"), ("P2", "bodies", "open"), ("read P1", "kernel", "read"), ("read P2", "read", "open"))


def line(title: str, found: Result) -> str:
    seconds = found["seconds"]
    cells = []
    for name, over, under in RATIOS:
        if over in seconds and under in seconds:
            cpu, wall = (ratio(seconds, over, under, clock) for clock in (0, 1))
            mark = "<" if name == "P1" and min(cpu, wall) < P1_EACH else " "
            cells.append(f"{cpu:9.2f} {wall:6.2f}{mark}")
    medians = " ".join(f"{statistics.median(run[1] for run in seconds[job]) * 1e3:7.0f}" for job in JOBS if job in seconds)
    return f"{title[:36]:36} {found['elements']:5d} " + "".join(cells) + "  " + medians


def print_times(files: Sequence[Path], pairs: int) -> dict[str, Result]:
    print(
        f"{'ratio of medians: CPU, wall':36} {'parts':>5} "
        + "".join(f"{name:>16} " for name, _, _ in RATIOS)
        + "  wall ms: "
        + " ".join(JOBS)
    )
    found: dict[str, Result] = {}
    for path in files:
        found[path.name] = child("times", path, pairs, ",".join(JOBS))
        print(line(path.name, found[path.name]), flush=True)
    for name, over, under in RATIOS:
        cpu, wall = (mean([ratio(one["seconds"], over, under, clock) for one in found.values()]) for clock in (0, 1))
        goal = {"P1": f"goal >= {P1_MEAN:g}, each >= {P1_EACH:g}", "P2": f"goal <= {P2_MEAN:g}"}.get(name, "")
        print(f"{name}: geometric mean {cpu:.2f} CPU, {wall:.2f} wall   {goal}")
    return found


def print_agreement(files: Sequence[Path]) -> dict[str, Result]:
    print(f"\n{'read as':36} {'analytic':>9} {'mesh':>6} {'kernel':>7} {'within 1 %':>12}  worst")
    found: dict[str, Result] = {}
    for path in files:
        one = found[path.name] = child("agreement", path)
        origins = one["origins"]
        worst = f"{100.0 * one['worst'][0][0]:.3f} % ({one['worst'][0][1]})" if one["worst"] else ""
        share = f"{one['within']}/{one['compared']}"
        print(
            f"{path.name[:36]:36} {origins.get('analytic', 0):9d} {origins.get('mesh', 0):6d} {origins['kernel']:7d} {share:>12}  {worst}",
            flush=True,
        )
    total = sum(one["elements"] for one in found.values())
    by = Counter[str]()
    for one in found.values():
        by.update(one["origins"])
    within, compared = (sum(one[key] for one in found.values()) for key in ("within", "compared"))
    shares = ", ".join(f"{name} {100.0 * by[name] / total:.1f} %" for name in ("analytic", "mesh", "kernel"))
    print(f"of {total}: {shares}")
    print(f"net volume within 1 % of the kernel's on {100.0 * within / compared:.2f} % of {compared}   goal >= {100.0 * AGREEMENT:g} %")
    return found


def print_large(path: Path, pairs: int) -> Result:
    size = path.stat().st_size / 1e6
    print(f"\nlarge file: {path.name}, {size:.1f} MB")
    found = child("times", path, pairs, "bodies,kernel,open")
    print(line(path.name, found))
    memory: dict[str, list[Result]] = {job: [] for job in ("open", "bodies")}
    for _ in range(3):
        for job, runs in memory.items():
            runs.append(child("peak", path, job))
    middle = {job: {key: statistics.median(run[key] for run in runs) for key in runs[0]} for job, runs in memory.items()}
    for job, one in middle.items():
        child_mb = f", kernel process {one['child_mb']:.0f} MB" if one["child_mb"] else ""
        print(f"peak memory, {job}: {one['peak_mb']:.0f} MB, of which {one['before_mb']:.0f} MB before it starts{child_mb}")
    whole = middle["bodies"]["peak_mb"] / middle["open"]["peak_mb"]
    net = (middle["bodies"]["peak_mb"] - middle["bodies"]["before_mb"]) / (middle["open"]["peak_mb"] - middle["open"]["before_mb"])
    print(f"P2 memory: {whole:.2f} of that of open alone ({net:.2f} without the imports)   goal <= {MEMORY:g}")
    return {"size_mb": size, **found, "memory": middle}


def default_files() -> list[Path]:
    folders = [Path(__file__).resolve().parents[1] / "examples" / "ifc", Path(os.environ.get("OPTOPSCAN_REAL_MODELS") or "nowhere")]
    return [path for folder in folders for path in sorted(folder.glob("*.ifc*"))]


def main() -> None:
    """Run the benchmark of the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path, metavar="IFC")
    parser.add_argument("--pairs", type=int, default=5, help="rounds per file (default 5)")
    parser.add_argument("--large-mb", type=float, default=25.0, help="size of the large file; 0: none (default 25)")
    parser.add_argument("--json", type=Path, help="write all runs to this file")
    parser.add_argument("--child", nargs="+", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.child:
        print(json.dumps(answer(asked.child[0], Path(asked.child[1]), *asked.child[2:])))
        return
    files = asked.files or default_files()
    result: Result = {"times": print_times(files, asked.pairs), "agreement": print_agreement(files)}
    if asked.large_mb > 0.0:
        with tempfile.TemporaryDirectory() as folder:
            largest = max(files, key=lambda path: path.stat().st_size)
            result["large"] = print_large(repeated(largest, asked.large_mb, Path(folder)), asked.pairs)
    if asked.json is not None:
        asked.json.write_text(json.dumps(result, indent=1, sort_keys=True) + "\n")


if __name__ == "__main__":
    main()
