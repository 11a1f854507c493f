"""Bearing inference against the truth: confusion matrices, precision and recall, and the temperature.

    PYTHONPATH=. OPTOPSCAN_REAL_MODELS=folder python benchmarks/bearing.py --json bearing.json

Real models count where the truth is known from the model's own data or from mechanics;
the rules stand in `REAL` with their reasons and use no result of the inference. Generated
models (`tests/structure/bearing_models.py`) and the examples are reported apart. Every
model is judged as it is and with ever less said: without LoadBearing, without any
property that says whether an element bears, and without names, types and codes too.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import os
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path

import numpy as np
import shapely
from scipy.optimize import minimize_scalar

from optopscan.ifc.read import read
from optopscan.model.building import Building, Elements
from optopscan.model.structure import Bearing
from optopscan.pipeline.reading import infer
from optopscan.settings import Settings
from tests.structure.bearing_models import MODELS, VARIANTS, written

Truth = Callable[[Elements, int], bool | None]
KINDS = ("wall", "column")
LEVELS = ("as it is", "no LoadBearing", "no bearing property", "no property, name or code")
BEARING_WORDS = ("loadbearing", "load bearing", "structural", "tragend", "dragend")
CODE_WORDS = ("sfb", "classification", "assembly", "reference")
TARGET_PRECISION, TARGET_RECALL = 0.95, 0.85


def bare_head(e: Elements, i: int) -> bool:
    """Return whether nothing at all begins at or passes the head of an element, by plain overlap of plans."""
    for j in range(len(e)):
        if j == i or e.kind[j] not in ("wall", "slab", "roof", "beam", "member", "column", "proxy"):
            continue
        begins = e.z1_m[i] - 0.35 < e.z0_m[j] < e.z1_m[i] + 0.5
        passes = e.kind[j] in ("slab", "roof", "beam") and e.z0_m[j] < e.z1_m[i] <= e.z1_m[j] + 0.1 and e.z0_m[j] > e.z0_m[i] + 1.0
        if (begins or passes) and shapely.dwithin(e.footprint[i], e.footprint[j], 0.06):
            return False
    return True


def casco(e: Elements, i: int) -> bool | None:
    """Structural shell, all LoadBearing True by its engineer; the two strips of facing brick 60 mm high carry nothing."""
    return "buitenblad" not in e.name[i]


def xella(e: Elements, i: int) -> bool | None:
    """The maker's model of the ground-floor walls of the same shell; a course of 0.2 m at a landing is not settled."""
    return None if e.z1_m[i] - e.z0_m[i] < 0.5 else True


def duplex(e: Elements, i: int) -> bool | None:
    """Joist floors on masonry party and outer walls; studs and furring are interior fit-out; above the roof stand parapets."""
    if "Interior" in e.name[i]:
        return False
    return not (e.z0_m[i] > 5.5)


def openbim(e: Elements, i: int) -> bool | None:
    """Structural model: walls are called StructuralMasonry and columns True by their engineer; with a bare head not settled."""
    return None if e.kind[i] == "wall" and bare_head(e, i) else True


def tall(_e: Elements, _i: int) -> bool | None:
    """Stacked walls of 200 mm, the same on four storeys, under slabs of 150 mm: without columns only they can hold the floors."""
    return True


def pcert(_e: Elements, _i: int) -> bool | None:
    """Four sand-lime walls of 200 mm hold all girders of the roof; three say True, one says nothing."""
    return True


def frame(_e: Elements, _i: int) -> bool | None:
    """All True by its author. Walls cast under the ring beam take load with the frame; upper walls hold roof beams."""
    return True


REAL: dict[str, Truth] = {
    "Schependomlaan_ROOT_casco_merged.ifc": casco,
    "Schependomlaan_ROOT-kalkzandsteen.ifczip": casco,
    "Schependomlaan_ROOT-staal.ifczip": casco,
    "Schependomlaan_XELLA-Begane_grond.ifc": xella,
    "Duplex_A_20110907.ifc": duplex,
    "OpenBIMtoFEM_StructuralModel.ifc": openbim,
    "BIMWhale_TallBuilding.ifc": tall,
    "PCERT_Building-Structural.ifc": pcert,
    "webifc_example_concrete_frame.ifc": frame,
}
SPARE = ("Schependomlaan_ROOT-kalkzandsteen.ifczip", "Schependomlaan_ROOT-staal.ifczip")  # parts of the casco: not in the fit
NOT_BEARING = ("pui", "buitenblad", "scheidingswand", "borstwering")


def example(e: Elements, i: int) -> bool | None:
    """Return what examples/ifc/README.md says of the named walls."""
    return not any(word in e.name[i] for word in NOT_BEARING)


def muted(building: Building, level: str) -> Building:
    """Return the building with less said: see `LEVELS`."""
    e = building.elements
    rank = LEVELS.index(level)
    if rank == 0:
        return building

    def kept(key: str) -> bool:
        name = key.lower().rsplit(".", 1)[-1]
        if key.endswith("Common.LoadBearing") or (rank >= 2 and any(w in name for w in BEARING_WORDS)):
            return False
        return rank < 3 or not any(w in key.lower() for w in CODE_WORDS)

    properties = tuple({k: v for k, v in p.items() if kept(k)} for p in e.properties)
    said: dict[str, object] = {"load_bearing": (None,) * len(e), "properties": properties}
    if rank == 3:
        blank = ("",) * len(e)
        said |= {"name": blank, "type_name": blank, "predefined_type": (None,) * len(e)}
    return dataclasses.replace(building, elements=dataclasses.replace(e, **said))  # type: ignore[arg-type]


@dataclasses.dataclass(frozen=True)
class Judged:
    """Truth, state and log-odds of the walls and columns of one model."""

    truth: tuple[bool, ...]
    state: tuple[str, ...]
    log_odds: np.ndarray

    def matrix(self) -> dict[str, int]:
        """Return counts by "truth/state"."""
        count = Counter(zip(self.truth, self.state, strict=True))
        return {f"{t}/{s}": count[(t, s)] for t in (True, False) for s in ("yes", "unknown", "no")}

    def line(self) -> str:
        """Return precision and recall of yes, share of unknown, and the matrix."""
        m = self.matrix()
        yes = m["True/yes"] + m["False/yes"]
        true = sum(m[f"True/{s}"] for s in ("yes", "unknown", "no"))
        precision = m["True/yes"] / yes if yes else float("nan")
        recall = m["True/yes"] / true if true else float("nan")
        unknown = (m["True/unknown"] + m["False/unknown"]) / max(len(self.truth), 1)
        mark = "" if not true or (precision >= TARGET_PRECISION and recall >= TARGET_RECALL) else "  BELOW TARGET"
        counts = " ".join(f"{m[f'{t}/{s}']:5d}" for t in (True, False) for s in ("yes", "unknown", "no"))
        return f"{precision:9.3f} {recall:6.3f} {unknown:7.3f}  {counts}{mark}"


def judge(building: Building, truth: Truth) -> Judged:
    """Infer bearing and set it beside the truth."""
    _, bearing, _ = infer(building, Settings())
    return compared(building.elements, bearing, truth, building.elements)


def compared(named: Elements, bearing: Bearing, truth: Truth, elements: Elements) -> Judged:
    """Set an inference beside the truth; names come from ``named``."""
    rows = [(i, t) for i in range(len(elements)) if elements.kind[i] in KINDS and (t := truth(named, i)) is not None]
    sums = np.array([sum(s.weight for s in bearing.evidence[i]) for i, _ in rows])
    capped = np.array([any(s.signal == "veto" for s in bearing.evidence[i]) for i, _ in rows], dtype=bool)
    sums = np.where(capped, np.minimum(sums, np.log(0.25)), sums)
    return Judged(tuple(t for _, t in rows), tuple(bearing.state[i] for i, _ in rows), sums)


def loss(judged: Judged, temperature: float) -> float:
    """Return the mean log-loss of one model."""
    x = judged.log_odds / temperature * np.where(judged.truth, 1.0, -1.0)
    return float(np.mean(np.logaddexp(0.0, -x)))


def fitted(models: Iterable[Judged]) -> float:
    """Return the temperature with the least mean log-loss, every model counting once."""
    listed = list(models)
    found = minimize_scalar(lambda u: np.mean([loss(j, np.exp(u)) for j in listed]), bounds=(np.log(0.2), np.log(5.0)), method="bounded")
    return float(np.exp(found.x))


def leave_one_out(models: dict[str, Judged]) -> tuple[list[str], dict[str, object]]:
    """Return the table of the temperature fit and its numbers."""
    rows, gains = [f"{'left out':52} {'T of the others':>15} {'loss at T':>10} {'loss at 1':>10}"], []
    for name in models:
        t = fitted(j for other, j in models.items() if other != name)
        at, one = loss(models[name], t), loss(models[name], 1.0)
        gains.append(one - at)
        rows.append(f"{name:52} {t:15.2f} {at:10.4f} {one:10.4f}")
    gain, error = float(np.mean(gains)), float(np.std(gains, ddof=1) / np.sqrt(len(gains)))
    best = fitted(models.values())
    # A sharper T only turns doubt into verdicts, so it must be clearly better: two standard errors, and worse on no model left out.
    keep = gain <= 2.0 * error or min(gains) < 0.0
    rows.append(f"fit on all: T = {best:.2f}; gain over T = 1 on models left out: {gain:.4f} +- {error:.4f} (one standard error)")
    rows.append("T = 1.0 is kept: no clear gain on every model left out" if keep else f"T = {best:.2f} is clearly better")
    return rows, {"fit": best, "gain": gain, "standard_error": error, "keep_one": keep}


def real_models(folder: Path) -> dict[str, dict[str, Judged]]:
    """Judge the real models of a folder at every level."""
    out: dict[str, dict[str, Judged]] = {}
    for name, truth in REAL.items():
        if not (folder / name).is_file():
            continue
        building, _ = read([folder / name], Settings())
        for level in LEVELS:
            quiet = muted(building, level)
            _, bearing, _ = infer(quiet, Settings())
            out.setdefault(level, {})[name] = compared(building.elements, bearing, truth, quiet.elements)
    return out


def generated_models() -> dict[str, dict[str, Judged]]:
    """Judge the examples and the generated models in all their variants."""
    out: dict[str, dict[str, Judged]] = {}
    for path in sorted((Path(__file__).parents[1] / "examples" / "ifc").glob("*.ifc")):
        building, _ = read([path], Settings())
        for level in LEVELS:
            quiet = muted(building, level)
            _, bearing, _ = infer(quiet, Settings())
            out.setdefault(level, {})[path.stem] = compared(building.elements, bearing, example, quiet.elements)
    with tempfile.TemporaryDirectory() as folder:
        for name in MODELS:
            for variant in VARIANTS:
                path, known = written(Path(folder), name, variant)
                building, _ = read([path], Settings())
                out.setdefault(f"generated, {variant}", {})[name] = judge(building, lambda e, i, known=known: known.get(e.name[i]))  # type: ignore[misc]
    return out


def pooled(models: dict[str, Judged]) -> Judged:
    """Return all models as one."""
    rows = [j for name, j in models.items() if name not in SPARE]
    return Judged(
        tuple(t for j in rows for t in j.truth), tuple(s for j in rows for s in j.state), np.concatenate([j.log_odds for j in rows])
    )


def table(title: str, found: dict[str, dict[str, Judged]]) -> list[str]:
    """Return the results as text."""
    head = f"{'':52} {'precision':>9} {'recall':>6} {'unknown':>7}   T/yes  T/unk  T/no F/yes F/unk  F/no"
    rows = [title, head]
    for level, models in found.items():
        rows.append(f"-- {level}")
        rows.extend(f"{name:52} {j.line()}" for name, j in models.items())
        rows.append(f"{'all together':52} {pooled(models).line()}")
    return rows


def main() -> None:
    """Run the benchmark of the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--real", type=Path, default=os.environ.get("OPTOPSCAN_REAL_MODELS"), help="folder of real models")
    parser.add_argument("--json", type=Path, help="write all counts to this file")
    asked = parser.parse_args()
    generated = generated_models()
    rows = table("Examples and generated models", generated)
    result: dict[str, object] = {"generated": {k: {n: j.matrix() for n, j in m.items()} for k, m in generated.items()}}
    if asked.real is not None and (real := real_models(Path(asked.real))):
        rows += ["", *table("Real models", real)]
        strict = real["no bearing property"]
        fit, numbers = leave_one_out({n: j for n, j in strict.items() if n not in SPARE})
        rows += ["", "Temperature, real models without any property that says whether an element bears", *fit]
        result |= {"real": {k: {n: j.matrix() for n, j in m.items()} for k, m in real.items()}, "temperature": numbers}
    sys.stdout.write("\n".join(rows) + "\n")
    if asked.json is not None:
        asked.json.write_text(json.dumps(result, indent=1, sort_keys=True) + "\n")


if __name__ == "__main__":
    main()
