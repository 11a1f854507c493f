"""List what finds no way to the ground, per file: weight, share of the building, reason.

    python benchmarks/unsupported.py examples/ifc/*.ifc

Without files: the bundled examples and the models in the folder OPTOPSCAN_REAL_MODELS. A model that
holds no bearing structure or no floors is named with what it lacks.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

import numpy as np

from optopscan.catalog.engineering import load_engineering
from optopscan.errors import NothingToScan, UnreadableInput
from optopscan.ifc.read import read
from optopscan.pipeline.loading import existing_loads
from optopscan.pipeline.reading import infer
from optopscan.settings import Settings
from optopscan.structure.build import build_structure

EXAMPLES = Path(__file__).parents[1] / "examples" / "ifc"
REASONS = ("OPT-302", "OPT-303", "OPT-305", "OPT-330", "OPT-331", "OPT-332", "OPT-333")


def models() -> list[Path]:
    """Return the bundled examples and the real models, if a folder is named."""
    real = os.environ.get("OPTOPSCAN_REAL_MODELS")
    return [*sorted(EXAMPLES.glob("*.ifc")), *(sorted(Path(real).glob("*.ifc*")) if real else [])]


def report(path: Path, values: object) -> str:
    """Return one line per file and one per thing that nothing carries."""
    settings = Settings()
    try:
        building, _ = read([path], settings)
        materials, bearing, _ = infer(building, settings)
        structure, issues = build_structure(building, materials, bearing, settings)
    except (NothingToScan, UnreadableInput) as refused:
        return f"{path.name}\n  {refused}"
    loads = existing_loads(structure, building, materials, bearing, values, settings)  # type: ignore[arg-type]
    own = float(np.asarray(materials.self_weight_kn).sum())
    total = loads.applied_permanent_kn(structure)
    rows = [f"{path.name}: own weight {own:.1f} kN, with finishes {total:.1f} kN"]
    for name, down in loads.take_downs.items():
        rows.append(f"  {name}: unsupported {down.unsupported_kn:.2f} kN = {100 * down.unsupported_kn / total:.3f} %")
    rows.extend(f"  {i.code} {i.id}: {i.message}" for i in sorted(issues) if i.code in REASONS)
    return "\n".join(rows)


def main() -> None:
    """Run the benchmark of the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path, metavar="IFC")
    values = load_engineering()
    for path in parser.parse_args().files or models():
        sys.stdout.write(report(path, values) + "\n")


if __name__ == "__main__":
    main()
