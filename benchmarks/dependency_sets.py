"""Scan and place on the examples with the oldest and the newest allowed version of every dependency, and compare the records.

    pip install uv
    python benchmarks/dependency_sets.py                                 # records of all examples, modules placed
    python benchmarks/dependency_sets.py --no-place                      # without placing: minutes less
    python benchmarks/dependency_sets.py --tests tests/codes tests/loads # and these tests with both sets

Both sets are resolved anew from `pyproject.toml`: lowest versions of what it names, highest of everything. Prints per example whether the
record is the same and, where not, how many values differ and by how much at most; and how far the arrays beside it are apart: those hold
every bit that placing starts from, so that their last digits follow the library. Status 1 where an answer, a verdict or any other text
differs, a number differs by more than half a unit in the fourth digit, or a test fails.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

ROOT = Path(__file__).resolve().parents[1]
SETS = {"oldest": "lowest-direct", "newest": "highest"}
TOOLS = ("pytest", "hypothesis")
HALF_DIGIT = 5e-5
NOT_COMPARED = {"arrays"}
"""Hashes of the arrays, which are compared themselves."""


def run(*words: str | Path, **how: Any) -> str:
    """Run a command and return what it prints."""
    return subprocess.run([str(word) for word in words], check=True, capture_output=True, text=True, **how).stdout


def made(folder: Path, name: str) -> Path:
    """Return the python of an environment with one set of dependencies; ours comes from the checkout."""
    home, listed = folder / name, folder / f"{name}.txt"
    python = home / ("Scripts" if os.name == "nt" else "bin") / "python"
    if not python.exists():
        run("uv", "pip", "compile", "-q", ROOT / "pyproject.toml", "--resolution", SETS[name], "--python-version", "3.11", "-o", listed)
        run("uv", "venv", "-q", "--python", "3.11", home)
        run("uv", "pip", "install", "-q", "--python", python, "-r", listed, *TOOLS)
    return python


def scanned(python: Path, model: Path, folder: Path, *, place: bool) -> tuple[dict[str, Any], dict[str, np.ndarray]]:
    """Return the record of one scan and its arrays."""
    env = {key: value for key, value in os.environ.items() if not key.startswith(("OPTOPSCAN_", "PYTHON"))}
    words = ("scan", model, "--quiet", "--place" if place else "--no-place", "-o", folder)
    run(python, "-m", "optopscan", *words, env=env | {"PYTHONPATH": str(ROOT)}, cwd=folder.parent)
    with np.load(folder / "record.npz") as arrays:
        return json.loads((folder / "record.json").read_text(encoding="utf-8")), dict(arrays)


def apart(one: dict[str, np.ndarray], two: dict[str, np.ndarray]) -> float:
    """Return by how much of the largest value of its array a number differs at most; infinite where names or shapes differ."""
    if set(one) != set(two) or any(one[name].shape != two[name].shape for name in one):
        return float("inf")
    found = 0.0
    for name, array in one.items():
        if np.array_equal(array, two[name], equal_nan=array.dtype.kind == "f"):
            continue
        a, b = np.nan_to_num(np.asarray(array, dtype=float)), np.nan_to_num(np.asarray(two[name], dtype=float))
        found = max(found, float(np.abs(a - b).max() / max(np.abs(a).max(), 1.0)))
    return found


def differences(one: Any, two: Any, path: str = "") -> Iterator[tuple[str, float]]:
    """Yield where two records differ, and by how much of the larger number; infinite for what is not a number."""
    if isinstance(one, dict) and isinstance(two, dict) and set(one) == set(two):
        for key in sorted(set(one) - NOT_COMPARED):
            yield from differences(one[key], two[key], f"{path}.{key}")
    elif isinstance(one, list) and isinstance(two, list) and len(one) == len(two):
        for k, (a, b) in enumerate(zip(one, two, strict=True)):
            yield from differences(a, b, f"{path}[{k}]")
    elif one != two:
        numbers = all(isinstance(value, (int, float)) and not isinstance(value, bool) for value in (one, two))
        yield path, abs(one - two) / max(abs(one), abs(two), 1.0) if numbers else float("inf")


def compared(pythons: dict[str, Path], model: Path, folder: Path, *, place: bool) -> bool:
    """Print how the records of one model differ; return whether they say the same."""
    made_of = []
    for name, python in pythons.items():
        out = folder / f"{model.stem}-{name}"
        out.mkdir()
        made_of.append(scanned(python, model, out, place=place))
    (one, arrays), (two, others) = made_of
    found = sorted(differences(one, two), key=lambda row: (-row[1], row[0]))
    largest = found[0][1] if found else 0.0
    text = f"{len(found)} values differ, by {largest:.1e} at most" if found else "same record"
    print(f"{model.stem:28s} {text}; arrays {apart(arrays, others):.1e} apart", flush=True)
    for path, by in found[:5]:
        print(f"    {path}  {by:.1e}")
    return largest <= HALF_DIGIT


def main() -> int:
    """Compare all examples; run tests where asked."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--models", nargs="*", type=Path, default=sorted((ROOT / "examples" / "ifc").glob("*.ifc")), help="IFC files")
    parser.add_argument("--place", action=argparse.BooleanOptionalAction, default=True, help="place modules too")
    parser.add_argument("--tests", nargs="*", default=[], help="tests to run with both sets")
    parser.add_argument("--folder", type=Path, help="keep the environments here")
    asked = parser.parse_args()
    if shutil.which("uv") is None:
        parser.error("uv is not installed: pip install uv")
    with tempfile.TemporaryDirectory() as scratch:
        home = asked.folder or Path(scratch)
        home.mkdir(parents=True, exist_ok=True)
        pythons = {name: made(home, name) for name in SETS}
        for name in SETS:
            rows = [row for row in (home / f"{name}.txt").read_text().splitlines() if "==" in row]
            print(f"{name}: {', '.join(rows)}", flush=True)
        good = [compared(pythons, model.resolve(), Path(scratch), place=asked.place) for model in asked.models]
        for name, python in pythons.items() if asked.tests else ():
            done = subprocess.run(
                [python, "-m", "pytest", "-p", "no:cacheprovider", *asked.tests], cwd=ROOT, check=False, text=True, capture_output=True
            )
            print(f"{name}: {' '.join(done.stdout.strip().splitlines()[-1:])}", flush=True)
            good.append(done.returncode == 0)
    return int(not all(good))


if __name__ == "__main__":
    sys.exit(main())
