"""One case: by its seed an input of some kind, mutated, and the command that is given it."""

import random
import shutil
from dataclasses import dataclass

from hostile_bytes import PAYLOADS, bytes_changed
from hostile_seeds import SCAN, zip_of
from hostile_step import ifc_changed
from hostile_trees import json_changed, lines_changed, toml_changed

# Share of the cases, by kind of input.
KINDS = {
    "ifc": 24,
    "ifczip": 3,
    "record": 20,
    "npz": 4,
    "city": 17,
    "product": 7,
    "family": 3,
    "overrides": 6,
    "surroundings": 2,
    "assumptions": 4,
    "config": 3,
    "filters": 3,
    "tables": 3,
    "ids": 1,
}
# A view by how often it is asked; the slow ones less.
VIEWS = {
    "html": 6,
    "xlsx": 4,
    "ifc": 3,
    "bcf": 4,
    "saf": 5,
    "dxf": 4,
    "glb": 5,
    "csv": 6,
    "txt": 6,
    "json": 3,
    "pdf": 1,
    "png": 1,
    "variants": 1,
}


@dataclass(frozen=True, kw_only=True)
class Case:
    """What is run: the arguments, in the folder of the case, after ``files`` were put there."""

    seed: int
    kind: str
    args: tuple[str, ...]


def make(seed, sound, folder, kinds=KINDS):
    """Write the input of a case into a folder, and return the case; the same seed makes the same case.

    Parameters
    ----------
    seed
        Number of the case.
    sound
        Folder with the sound inputs (`hostile_seeds.write_seeds`).
    folder
        Empty folder of the case.
    kinds
        Kinds to choose from, with their weights.
    """
    rng = random.Random(seed)
    kind = rng.choices(list(kinds), list(kinds.values()))[0]
    args = _MAKERS[kind](rng, sound, folder)
    return Case(seed=seed, kind=kind, args=tuple(args))


def _put(folder, name, data):
    path = folder / name
    path.write_bytes(data)
    return name


def _ifc(rng, sound, folder):
    source = rng.choices(("house.ifc", "house2x3.ifc", "block.ifc"), (6, 2, 2))[0]
    name = _put(folder, "model.ifc", ifc_changed(rng, (sound / source).read_bytes()))
    return _model_command(rng, name, source == "block.ifc")


def _model_command(rng, name, large):
    done = rng.choices(
        ("inspect", "scan", "check-model", "capacity", "place", "portfolio", "draw", "write", "match"), (40, 22, 8, 5, 4, 3, 2, 3, 0.5)
    )[0]
    if large and done in ("capacity", "place", "draw"):
        done = "inspect"
    return {
        "inspect": ["inspect", name, "--quiet", *rng.choice((["--json"], [], ["--write-overrides", "out/o.toml"]))],
        "scan": ["scan", name, "--json", "--quiet", "--no-place", *SCAN],
        "check-model": ["check-model", name, "--json", "--quiet"],
        "capacity": ["capacity", name, "--json", "--quiet", *SCAN[:4]],
        "place": ["place", name, "-o", "out", "--quiet", "--access", "none", "--goal", "area", *SCAN],
        "portfolio": ["portfolio", "run", ".", "-o", "out", "--workers", "1", "--quiet", "--no-place", *SCAN],
        "draw": ["inspect", name, "-o", "out", "--quiet"],
        "write": ["scan", name, "-o", "out", "--quiet", "--no-place", *SCAN],
        "match": [
            "catalog",
            "match",
            "fictief.hsb-2d",
            "--ifc",
            name,
            "--no-place",
            "--no-sensitivity",
            "--max-extra-storeys",
            "1",
            "--json",
            "--quiet",
        ],
    }[done]


def _ifczip(rng, sound, folder):
    data = (sound / "house.ifc").read_bytes()
    done = rng.randrange(4)
    if done == 0:
        packed = bytes_changed(rng, (sound / "house.ifczip").read_bytes())
    elif done == 1:
        packed = zip_of(
            [(rng.choice(("../../hostile.ifc", "/hostile.ifc", "C:\\hostile.ifc", "a\\..\\..\\hostile.ifc", "\x1b.ifc")), data)]
        )
    elif done == 2:
        packed = zip_of(
            [(name, data) for name in rng.choice((["a.ifc", "b.ifc"], ["a.txt"], ["__MACOSX/a.ifc"], ["a.ifcxml"], ["inner.ifczip"]))]
        )
    else:
        packed = zip_of([("model.ifc", ifc_changed(rng, data))])
    return ["inspect", _put(folder, "model.ifczip", packed), "--quiet", "--json"]


def _record(rng, sound, folder):
    source = sound / rng.choice(("placed", "scan", "earlier"))
    _put(folder, "record.json", json_changed(rng, (source / "record.json").read_bytes()))
    shutil.copy(source / "record.npz", folder)
    return _record_command(rng, sound)


def _npz(rng, sound, folder):
    source = sound / rng.choice(("placed", "scan", "earlier"))
    shutil.copy(source / "record.json", folder)
    _put(folder, "record.npz", bytes_changed(rng, (source / "record.npz").read_bytes()))
    return _record_command(rng, sound)


def _record_command(rng, sound):
    done = rng.choices(("report", "diff", "feasibility", "place"), (70, 12, 15, 2))[0]
    other = str(sound / "earlier" / "record.json")
    pair = rng.choice((["record.json", other], [other, "record.json"]))
    return {
        "report": [
            "report",
            "record.json",
            "-o",
            "out",
            "--quiet",
            "--lang",
            rng.choice(("nl", "en")),
            "-f",
            rng.choices(list(VIEWS), list(VIEWS.values()))[0],
        ],
        "diff": ["diff", *pair, *rng.choice(([], ["--json"]))],
        "feasibility": ["feasibility", "record.json", "-o", "out", "--quiet", *rng.choice(([], ["--json"]))],
        "place": ["place", "record.json", "-o", "out", "--quiet", "--access", "gallery", "--goal", "area"],
    }[done]


def _city(rng, sound, folder):
    if rng.random() < 0.6:
        name = _put(folder, "city.city.jsonl", lines_changed(rng, (sound / "city.city.jsonl").read_bytes()))
    else:
        name = _put(folder, "city.city.json", json_changed(rng, (sound / "city.city.json").read_bytes()))
    more = rng.choice(([], [], ["--per-building"], ["--format", "gpkg"]))
    return ["portfolio", "screen", name, "-o", "out", "--quiet", "--samples", "16", *more]


def _product(rng, sound, folder):
    source = rng.choice(("hsb-2d-paneel.toml", "tafel-staal.toml"))
    name = _put(folder, "product.toml", toml_changed(rng, (sound / source).read_bytes()))
    done = rng.choices(("lint", "show", "draw", "match"), (50, 25, 20, 2))[0]
    return {
        "lint": ["catalog", "lint", name],
        "show": ["catalog", "show", name],
        "draw": ["catalog", "show", name, "-o", "drawing.svg"],
        "match": [
            "catalog",
            "match",
            name,
            "--ifc",
            str(sound / "house.ifc"),
            "--no-sensitivity",
            "--max-extra-storeys",
            "1",
            "-o",
            "out",
            "--quiet",
        ],
    }[done]


def _family(rng, sound, folder):
    name = _put(folder, "family.toml", toml_changed(rng, (sound / "family.toml").read_bytes()))
    return rng.choice((["families", "lint", name], ["families", "show", name], ["families", "build", name, "-o", "built.ifc"]))


def _overrides(rng, sound, folder):
    name = _put(folder, "overrides.toml", toml_changed(rng, (sound / "overrides.toml").read_bytes()))
    model = str(sound / "house.ifc")
    if rng.random() < 0.7:
        return ["inspect", model, "--overrides", name, "--json", "--quiet"]
    return ["scan", model, "--overrides", name, "--json", "--quiet", "--no-place", *SCAN]


def _surroundings(rng, sound, folder):
    name = _put(folder, "surroundings.toml", toml_changed(rng, (sound / "surroundings.toml").read_bytes()))
    return [
        "place",
        str(sound / "scan" / "record.json"),
        "--surroundings",
        name,
        "--quiet",
        "--access",
        "gallery",
        "--goal",
        "area",
        "--json",
    ]


def _assumptions(rng, sound, folder):
    name = _put(folder, "assumptions.toml", toml_changed(rng, (sound / "assumptions.toml").read_bytes()))
    return ["feasibility", str(sound / "placed" / "record.json"), "--assumptions", name, "-o", "out", "--quiet"]


def _config(rng, sound, folder):
    name = _put(folder, "optopscan.toml", toml_changed(rng, (sound / "optopscan.toml").read_bytes()))
    return ["scan", str(sound / "house.ifc"), *rng.choice(([], ["--config", name])), "--json", "--quiet"]


def _filters(rng, sound, folder):
    name = _put(folder, "filters.toml", toml_changed(rng, (sound / "filters.toml").read_bytes()))
    return ["portfolio", "screen", str(sound / "city.city.jsonl"), "--filters", name, "-o", "out", "--quiet", "--samples", "16"]


def _tables(rng, sound, folder):
    done = rng.choice(("list.csv", "join.csv", "areas.csv", "areas.geojson"))
    data = (sound / done).read_bytes()
    made = json_changed(rng, data) if done.endswith("json") else bytes_changed(rng, data)
    if done == "list.csv" and rng.random() < 0.5:
        made = f'files,name,wijk\nhouse.ifc,"{rng.choice(PAYLOADS)[:200]}","{rng.choice(PAYLOADS)[:200]}"\n'.encode(
            "utf-8", "surrogatepass"
        )
    name = _put(folder, done, made)
    if done == "list.csv":
        shutil.copy(sound / "house.ifc", folder)
        return ["portfolio", "run", name, "-o", "out", "--workers", "1", "--quiet", "--no-place", *SCAN]
    return [
        "portfolio",
        "screen",
        str(sound / "city.city.jsonl"),
        "--join" if done == "join.csv" else "--areas",
        name,
        "-o",
        "out",
        "--quiet",
        "--samples",
        "16",
    ]


def _ids(rng, sound, folder):
    name = _put(folder, "own.ids", bytes_changed(rng, (sound / "own.ids").read_bytes()))
    return ["check-model", str(sound / "house.ifc"), "--ids", name, "--quiet", "--json"]


_MAKERS = {
    "ifc": _ifc,
    "ifczip": _ifczip,
    "record": _record,
    "npz": _npz,
    "city": _city,
    "product": _product,
    "family": _family,
    "overrides": _overrides,
    "surroundings": _surroundings,
    "assumptions": _assumptions,
    "config": _config,
    "filters": _filters,
    "tables": _tables,
    "ids": _ids,
}
