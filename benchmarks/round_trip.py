"""Place, write the merged IFC, scan that file as any other building: how far the old parts are from what the layout puts on them.

    python benchmarks/round_trip.py                                  # the examples, every product on the roof, 1 to 2 storeys
    python benchmarks/round_trip.py MODEL.ifc --concepts fictief.hsb-2d --storeys 3

Per model, product and number of storeys: one layout as `optopscan scan` places it; the largest deviation of permanent (G) and of
imposed load (Q) at the foot of every old part that carries more than 1 kN of it, over both distributions of the floors, with the part;
how many parts are off by more than the goal of 0.5 %; modules counted in the file against the variant; and the largest
deviation of the weight of a module, and of all that is new together. ``--blind`` fills the roof whatever the walls can take: more
modules, and also where no wall has room for one. ``--short`` also turns every product that bears along its long sides:
the catalogue has none that bears along the short ones.
"""

from __future__ import annotations

import argparse
import dataclasses
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from optopscan.catalog.concept import Concept
from optopscan.catalog.engineering import load_engineering
from optopscan.errors import OptopscanError, UsageError
from optopscan.ifc.read import read
from optopscan.loads.take_down import Extension, take_down
from optopscan.model.new_top import NewTop
from optopscan.model.structure import Distribution, Structure
from optopscan.model.variant import Variant
from optopscan.pipeline import CheckedBuilding, check_building
from optopscan.pipeline.loading import Loads, existing_loads
from optopscan.pipeline.merging import assemblies_of, drawn_top
from optopscan.pipeline.overriding import understand
from optopscan.pipeline.placing import below_of, placeable_roof, placing_ground
from optopscan.pipeline.reading import with_bearing_thickness
from optopscan.pipeline.topologies import explore
from optopscan.placement.below import Below
from optopscan.placement.placing_ground import PlacingGround
from optopscan.placement.programme import Programme
from optopscan.placement.recheck import Product, layout_loads
from optopscan.placement.roof import usable_roofs
from optopscan.placement.solve import Known
from optopscan.placement.variants import place
from optopscan.settings import Settings
from optopscan.structure.build import build_structure

Floats = NDArray[np.float64]
EXAMPLES = Path(__file__).parents[1] / "examples" / "ifc"
SMALL_KN = 1.0
GOAL = 0.005
DISTRIBUTIONS: tuple[Distribution, ...] = ("simple", "continuous")


class Deviation(NamedTuple):
    """Largest relative deviation and its part, parts compared and those over the goal."""

    largest: float
    part: str
    parts: int
    over: int


class RoundTrip(NamedTuple):
    """What one variant loses on its way: loads on old parts, modules counted, weights of modules and of all that is new."""

    permanent: Deviation
    imposed: Deviation
    modules: int
    module_weight: float
    total_weight: float


def laid_out(structure: Structure, setback_m: float, variant: Variant, products: Sequence[Product]) -> tuple[Extension, float]:
    """Return the loads of a variant on the heads of the old building, and its permanent weight [kN]."""
    known = {one.concept.id: one for one in products}
    roofs = usable_roofs(structure, setback_m=setback_m)
    everything = [*variant.placed, *variant.walkways]
    loads = layout_loads(structure, roofs, known, everything, storeys=variant.storeys)
    extension = Extension(
        head_permanent_kn=loads.permanent_head_kn, head_imposed_kn=loads.imposed_head_kn, removed_cell_kn=loads.removed_cell_kn
    )
    return extension, float(loads.permanent_head_kn.sum())


class Rescan(NamedTuple):
    """A merged file, read as a building of its own."""

    parts: tuple[str, ...]
    loads: Loads
    weight_kn: dict[str, float]


def rescanned(path: Path, settings: Settings) -> Rescan:
    """Read a file up to its loads."""
    building, _ = read([path], settings)
    known = understand(building, settings)
    structure, _ = build_structure(known.building, known.materials, known.bearing, known.settings, known.span_deg)
    structure = with_bearing_thickness(structure, known.building, known.given)
    loads = existing_loads(structure, known.building, known.materials, known.bearing, load_engineering(), known.settings, known.given)
    weight = dict(zip(known.building.elements.id, known.materials.self_weight_kn.tolist(), strict=True))
    return Rescan(structure.parts.id, loads, weight)


def deviation(ids: Sequence[str], pairs: Sequence[tuple[Floats, Floats]]) -> Deviation:
    """Compare loads that were laid out with those that were read, of the parts that carry something."""
    off = np.zeros(len(ids))
    counts = np.zeros(len(ids), dtype=np.bool_)
    for before, after in pairs:
        carries = np.abs(before) > SMALL_KN
        counts |= carries
        off = np.where(carries, np.maximum(off, np.abs(after - before) / np.maximum(np.abs(before), SMALL_KN)), off)
    worst = int(off.argmax())
    return Deviation(float(off[worst]), ids[worst], int(counts.sum()), int((off > GOAL).sum()))


def same_things(old: Sequence[str], new: Sequence[str]) -> tuple[list[str], sp.csr_array, sp.csr_array]:
    """Return what can be compared by name, and for each the rows of old and of new parts that it adds up.

    A wall beside which a beam of the new top ends is cut finer by the reader: then it is compared as a whole.

    Raises
    ------
    UsageError
        If an element of the old building is no longer taken as bearing.
    """
    cut_old, cut_new = (Counter(part.split("/")[0] for part in parts) for parts in (old, new))
    lost = sorted(set(cut_old) - set(cut_new))
    if lost:
        raise UsageError(f"{len(lost)} old elements are not found again, first {lost[0]}: no longer taken as bearing")
    finer = {element for element, count in cut_old.items() if cut_new[element] != count}

    def name(part: str) -> str:
        element = part.split("/")[0]
        return element if element in finer else part

    names = list(dict.fromkeys(name(part) for part in old))
    place = {one: k for k, one in enumerate(names)}

    def sums(parts: Sequence[str]) -> sp.csr_array:
        pairs = [(place[name(part)], k) for k, part in enumerate(parts) if name(part) in place]
        rows, columns = zip(*pairs, strict=True)
        return sp.csr_array((np.ones(len(pairs)), (rows, columns)), shape=(len(names), len(parts)))

    return names, sums(old), sums(new)


def round_trip(path: Path, made: CheckedBuilding, variant: Variant, products: Sequence[Product], folder: Path) -> RoundTrip:
    """Write a variant into its building, scan that, and compare."""
    structure = placeable_roof(made.structure)
    extension, weight_kn = laid_out(structure, made.known.settings.setback_m, variant, products)
    top, data = drawn_top([path], structure, variant, made)
    merged = folder / "samen.ifc"
    merged.write_bytes(data)
    new = rescanned(merged, made.known.settings)
    ids, before, after = same_things(structure.parts.id, new.parts)
    old = take_down(structure, made.loads.actions, extension)
    found = new.loads.take_downs
    permanent = deviation(ids, [(before @ old[name].permanent_foot_kn, after @ found[name].permanent_foot_kn) for name in DISTRIBUTIONS])
    imposed = deviation(
        ids, [(before @ old[name].imposed_foot_kn.sum(axis=1), after @ found[name].imposed_foot_kn.sum(axis=1)) for name in DISTRIBUTIONS]
    )
    return RoundTrip(permanent, imposed, *weights(merged, made, top, new, weight_kn))


def weights(merged: Path, made: CheckedBuilding, top: NewTop, new: Rescan, laid_out_kn: float) -> tuple[int, float, float]:
    """Return how many modules the file has, and how far their weight and that of all that is new is off."""
    modules = [one for one in assemblies_of([merged]) if one.kind == "VOLUMETRICMODULE"]
    stated = {kind.key: kind.weight_kn for kind in top.types}
    wanted = {module.module_id: stated[module.type_key] for module in top.modules}
    off = max(abs(sum(new.weight_kn.get(part, 0.0) for part in one.parts) / wanted[one.tag] - 1.0) for one in modules)
    last = max(int(part.split("#")[1]) for part in made.known.building.elements.id)
    total_kn = sum(kn for part, kn in new.weight_kn.items() if int(part.split("#")[1]) > last)
    return len(modules), off, abs(total_kn / laid_out_kn - 1.0)


def variants(below: Below, concept: Concept, storeys: int, known: Known) -> Variant:
    """Return one layout without access, as a scan makes it."""
    roofs = (usable_roofs(below.structure),) * storeys
    variant, _ = place(below, Programme(concept=concept, storeys=storeys), roofs, mode="possible", known=known, reasons=False)
    return variant


def without_limits(below: Below) -> Below:
    """Return the building as one whose parts take any load, and whose layouts nothing checks."""
    strong = {
        name: dataclasses.replace(
            one,
            n_lo_kn=np.full_like(one.n_lo_kn, -np.inf),
            n_hi_kn=np.full_like(one.n_hi_kn, np.inf),
            existing_over=np.zeros_like(one.existing_over),
        )
        for name, one in below.capacities.items()
    }
    return dataclasses.replace(below, capacities=strong, leaning=None, rebuild=None, check=None)


def ground_of(path: Path, settings: Settings) -> tuple[CheckedBuilding, PlacingGround]:
    """Return a checked building with all that placing needs of it."""
    made = check_building([path], settings, lambda _: None)
    paths = explore(made.known, made.structure, made.loads, made.checks.answer, made.concepts, made.values)
    return made, placing_ground(made.structure, made.known.building, made.checks, made.loads, made.concepts, made.relief, paths)


def cases(path: Path, asked: argparse.Namespace) -> Iterator[tuple[str, Variant, CheckedBuilding, list[Product]]]:
    """Yield what to write of one building: a name, the variant, the building and the products."""
    settings = Settings(samples=0, concepts=tuple(asked.concepts), max_extra_storeys=asked.storeys)
    made, ground = ground_of(path, settings)
    below, known = below_of(ground), Known()
    below = without_limits(below) if asked.blind else below
    concepts = [one for one in made.concepts if not one.own_support]
    if asked.short:
        concepts = [dataclasses.replace(one, supports="line-short") for one in concepts if one.supports == "line-long"]
    made = dataclasses.replace(made, concepts=tuple(concepts))
    for concept in concepts:
        for storeys in range(1, min(asked.storeys, concept.max_storeys) + 1):
            variant = variants(below, concept, storeys, known)
            name = f"{concept.id.removeprefix('fictief.')}{' kort' if asked.short else ''} +{storeys}"
            yield name, variant, made, [Product(concept=concept, imposed_kn_m2=below.imposed_kn_m2)]


def line(name: str, found: RoundTrip, wanted: int, seconds: float) -> str:
    """Return one row of the table."""
    g, q = found.permanent, found.imposed
    counted = f"{found.modules}{'' if found.modules == wanted else f' != {wanted}'}"
    return (
        f"{name:44} {g.parts:5} {100 * g.largest:8.3f} {g.over:4} {g.part:12} {100 * q.largest:8.3f} {q.over:4} {q.part:12}"
        f" {counted:>7} {found.module_weight:9.1e} {found.total_weight:9.1e} {seconds:6.1f}\n"
    )


def main() -> None:
    """Run the benchmark of the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path, metavar="IFC", help="default: the examples")
    parser.add_argument("--concepts", nargs="*", default=[], metavar="ID", help="products (default: every one that is meant for a roof)")
    parser.add_argument("--storeys", type=int, default=2, help="up to so many (default 2)")
    parser.add_argument("--short", action="store_true", help="products turned: they bear along their short sides")
    parser.add_argument("--blind", action="store_true", help="as many modules as the roof has room for")
    asked = parser.parse_args()
    heads = (
        f"{'parts':>5} {'G %':>8} {'over':>4} {'at':12} {'Q %':>8} {'over':>4} {'at':12} {'modules':>7} {'weight':>9} {'total':>9} {'s':>6}"
    )
    sys.stdout.write(f"{'':44} {heads}\n")
    for path in asked.files or sorted(EXAMPLES.glob("*.ifc")):
        for name, variant, made, products in cases(path, asked):
            start, title = time.perf_counter(), f"{path.stem[:20]} {name}"
            if not variant.placed:
                sys.stdout.write(f"{title:44} nothing placed\n")
                continue
            try:
                with tempfile.TemporaryDirectory() as folder:
                    found = round_trip(path, made, variant, products, Path(folder))
            except OptopscanError as fault:
                sys.stdout.write(f"{title:44} refused: {fault}\n")
                continue
            sys.stdout.write(line(title, found, variant.modules, time.perf_counter() - start))
            sys.stdout.flush()


if __name__ == "__main__":
    main()
