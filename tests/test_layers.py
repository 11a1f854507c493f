"""Imports only downwards, pair by pair; libraries and files only where they belong.

The tables below are the architecture. A pair that is not in `ALLOWED` is a
decision: change the table in the commit that says why. An import counts wherever
it stands, inside a function or under TYPE_CHECKING too: to name a thing is to
know it.
"""

import ast
import functools
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[1] / "optopscan"

BASE = {"errors", "units", "settings", "issues", "schemas"}
DATA = BASE | {"model", "codes"}
SIDE = {"geometry", "catalog", "materials"}
CORE = DATA | SIDE

# layer -> the layers it may import; its own is always allowed
ALLOWED = {
    "errors": set(),
    "units": {"errors"},
    "settings": {"errors"},
    "issues": {"errors"},
    "schemas": {"errors"},
    "model": BASE,
    "codes": BASE | {"model"},
    "geometry": DATA,
    "catalog": DATA,
    "materials": DATA,
    "ifc": CORE,
    # a family is a generator: sizes from a file, authored as IFC by the one module that writes it
    "families": CORE | {"ifc"},
    "structure": CORE,
    "loads": CORE | {"structure"},
    "checks": CORE | {"structure", "loads"},
    "placement": CORE | {"structure", "loads", "checks"},
    "feasibility": CORE | {"structure", "loads", "checks"},
    "pipeline": CORE | {"ifc", "structure", "loads", "checks", "placement", "feasibility"},
    # products against many buildings: the checks of each, asked of the pipeline
    "matching": CORE | {"ifc", "families", "structure", "loads", "checks", "placement", "feasibility", "pipeline"},
    # a matrix is a result to show, as a scan is
    "report": CORE | {"ifc", "structure", "loads", "checks", "placement", "feasibility", "pipeline", "matching"},
    "portfolio": CORE | {"families", "matching", "structure", "loads", "checks", "placement", "feasibility", "pipeline", "report"},
    "cli": CORE
    | {"ifc", "families", "structure", "loads", "checks", "placement", "feasibility", "pipeline", "matching", "report", "portfolio"},
    "__main__": {"cli"},
    # the package itself: `optopscan.scan`, `optopscan.Settings`, `optopscan.ScanResult`, looked up on first use
    "__init__": {"pipeline", "settings", "model"},
}
IMPORTERS_OF_IFC = {"families", "pipeline", "matching", "report", "cli"}

CONFINED = {
    "ifcopenshell": {"ifc"},
    "ifctester": {"ifc"},
    "click": {"cli", "__main__"},
    "matplotlib": {"report"},
    "xlsxwriter": {"report"},
    "mpl_toolkits": {"report"},
    "tomllib": {"catalog", "cli"},
    "ortools": {"placement"},
}

# Who may touch files, and what touching looks like
TOUCHERS = {"cli", "portfolio", "ifc", "catalog", "report"}
FILE_MODULES = {"shutil", "tempfile", "zipfile", "gzip", "tarfile", "sqlite3", "subprocess", "socket", "urllib", "mmap", "glob"}
FILE_METHODS = {
    *("open", "read_text", "read_bytes", "write_text", "write_bytes", "touch", "mkdir", "rmdir", "unlink", "symlink_to", "hardlink_to"),
    *("iterdir", "glob", "rglob", "exists", "is_file", "is_dir", "stat", "tofile"),
}
FILE_FUNCTIONS = {
    "os": {
        "replace",
        "rename",
        "remove",
        "makedirs",
        "removedirs",
        "listdir",
        "scandir",
        "walk",
        "access",
        "truncate",
        "link",
        "symlink",
        "chmod",
    },
    "np": {"load", "save", "savez", "savez_compressed", "loadtxt", "savetxt", "genfromtxt", "fromfile", "memmap"},
}
FILE_FUNCTIONS["numpy"] = FILE_FUNCTIONS["np"]
FACADE = {"scan", "ScanResult", "Settings"}


parsed = functools.cache(ast.parse)
"""The tree of a text: the package is looked at three times."""


def modules(package):
    """Return (layer, name of the module's package as a list, path, tree) of every module."""
    for path in sorted(package.rglob("*.py")):
        inside = path.relative_to(package).with_suffix("").parts
        yield inside[0], ["optopscan", *inside[:-1]], path, parsed(path.read_text(encoding="utf-8"))


def imported(tree, package_of):
    """Return (line, dotted name) of every import; `from a import b` gives a.b, relative ones are made absolute."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package_of[: len(package_of) - node.level + 1] if node.level else []
            start = [*base, *([node.module] if node.module else [])]
            yield from ((node.lineno, ".".join([*start, alias.name])) for alias in node.names)


def layer_of(name):
    """Return the layer that a dotted name of ours lives in; None for `optopscan.__version__`."""
    parts = name.split(".")
    if len(parts) == 1 or parts[1] in FACADE:
        return "__init__"
    return None if parts[1] == "__version__" else parts[1]


def layer_faults(package):
    faults = []
    for layer, package_of, path, tree in modules(package):
        if layer not in ALLOWED:
            faults.append(f"{path.name}: layer {layer} is not in the table")
            continue
        for line, name in imported(tree, package_of):
            target = layer_of(name) if name.split(".")[0] == "optopscan" else None
            if target is not None and target != layer and target not in ALLOWED[layer]:
                faults.append(f"{layer}/{path.name}:{line}: {layer} imports {target}")
    return faults


def library_faults(package):
    return [
        f"{layer}/{path.name}:{line}: {layer} imports {name.split('.')[0]}"
        for layer, package_of, path, tree in modules(package)
        for line, name in imported(tree, package_of)
        if layer not in CONFINED.get(name.split(".")[0], {layer})
    ]


def touches(node):
    """Return what an expression does to files, or None."""
    if not isinstance(node, ast.Call):
        return None
    if isinstance(node.func, ast.Name):
        return "open" if node.func.id == "open" else None
    if not isinstance(node.func, ast.Attribute):
        return None
    owner, name = node.func.value, node.func.attr
    known = FILE_FUNCTIONS.get(owner.id, set()) if isinstance(owner, ast.Name) else set()
    return name if name in FILE_METHODS or name in known else None


def file_faults(package):
    faults = []
    for layer, package_of, path, tree in modules(package):
        if layer in TOUCHERS:
            continue
        found = [(line, name) for line, name in imported(tree, package_of) if name.split(".")[0] in FILE_MODULES]
        found += [(node.lineno, touches(node)) for node in ast.walk(tree) if touches(node)]
        faults += [f"{layer}/{path.name}:{line}: {layer} touches files: {what}" for line, what in found]
    return faults


# the package as it is


def test_imports_point_downwards():
    assert layer_faults(PACKAGE) == []


def test_libraries_stay_in_their_layer():
    assert library_faults(PACKAGE) == []


def test_files_are_touched_at_the_ends_only():
    assert file_faults(PACKAGE) == []


# the tables themselves


def test_the_table_has_no_cycle():
    done = set()
    while len(done) < len(ALLOWED):
        free = {layer for layer, below in ALLOWED.items() if layer not in done and below <= done}
        assert free, f"cycle among {sorted(set(ALLOWED) - done)}"
        done |= free


def test_rules_that_are_not_mere_order():
    assert {layer for layer, below in ALLOWED.items() if "ifc" in below} == IMPORTERS_OF_IFC
    for siblings in (SIDE, {"placement", "feasibility"}, {"units", "settings", "issues"}):
        assert all(not ALLOWED[layer] & siblings for layer in siblings)


# planted violations: each rule goes red


def plant(tmp_path, where, text):
    path = tmp_path / "optopscan" / where
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return tmp_path / "optopscan"


@pytest.mark.parametrize(
    ("where", "text"),
    [
        ("codes/ec6.py", "import optopscan.loads.actions"),
        ("codes/ec6.py", "from optopscan.loads import actions"),
        ("codes/ec6.py", "from optopscan import loads"),
        ("codes/ec6.py", "from ..loads import actions"),
        ("codes/ec6.py", "from .. import loads"),
        ("codes/ec6.py", "def f():\n    from optopscan.loads.actions import g"),
        ("codes/ec6.py", "from __future__ import annotations\nif TYPE_CHECKING:\n    from optopscan.loads import actions"),
        ("codes/deep/er.py", "from ...loads import actions"),
        ("checks/walls.py", "import optopscan.ifc.read"),
        ("portfolio/folders.py", "from optopscan.ifc import read"),
        ("catalog/load.py", "from optopscan.materials import names"),
        ("geometry/plane.py", "from optopscan.catalog import concept"),
        ("placement/roof.py", "from optopscan.feasibility import rules"),
        ("feasibility/rules.py", "from optopscan.placement import roof"),
        ("settings.py", "from optopscan.issues import CODES"),
        ("errors.py", "from optopscan import units"),
        ("checks/walls.py", "import optopscan"),
        ("checks/walls.py", "from optopscan import scan"),
        ("helpers/things.py", ""),
    ],
)
def test_planted_import_is_found(tmp_path, where, text):
    assert len(layer_faults(plant(tmp_path, where, text))) == 1


@pytest.mark.parametrize(
    ("where", "text"),
    [
        ("checks/walls.py", "from __future__ import annotations\nimport numpy as np\nfrom optopscan.codes import ec6"),
        ("checks/walls.py", "from .columns import f"),
        ("checks/walls.py", "from . import columns"),
        ("report/record/build.py", "from optopscan import __version__"),
        ("report/record/build.py", "from optopscan.ifc import author"),
        ("pipeline.py", "from optopscan import ifc, placement"),
        ("__init__.py", "from optopscan.pipeline import scan"),
    ],
)
def test_allowed_import_is_let_through(tmp_path, where, text):
    assert layer_faults(plant(tmp_path, where, text)) == []


@pytest.mark.parametrize(
    ("where", "text"),
    [
        ("structure/spans.py", "import ifcopenshell"),
        ("pipeline.py", "def f():\n    import ifcopenshell.geom as geom"),
        ("report/ifc.py", "from ifcopenshell.util import element"),
        ("pipeline.py", "import click"),
        ("cli/scan.py", "from matplotlib import pyplot"),
        ("materials/names.py", "import tomllib"),
        ("pipeline.py", "if TYPE_CHECKING:\n    from click import Context"),
    ],
)
def test_planted_library_is_found(tmp_path, where, text):
    assert len(library_faults(plant(tmp_path, where, text))) == 1


@pytest.mark.parametrize(
    "text",
    [
        "open('a')",
        "with open('a') as f:\n    pass",
        "Path('a').read_text()",
        "(folder / 'a').write_bytes(b'')",
        "Path('a').open()",
        "os.replace('a', 'b')",
        "np.savez('a', b=1)",
        "import shutil",
        "from zipfile import ZipFile",
        "def f(path):\n    return path.exists()",
    ],
)
def test_planted_file_access_is_found(tmp_path, text):
    assert len(file_faults(plant(tmp_path, "loads/actions.py", text))) == 1
    assert file_faults(plant(tmp_path / "other", "report/record/build.py", text)) == []


@pytest.mark.parametrize("text", ["'a'.replace('a', 'b')", "np.array([1])", "import os", "from pathlib import PurePath", "opened()"])
def test_harmless_code_is_let_through(tmp_path, text):
    assert file_faults(plant(tmp_path, "loads/actions.py", text)) == []
