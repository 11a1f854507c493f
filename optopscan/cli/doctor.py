"""`optopscan doctor`: what this installation consists of."""

from __future__ import annotations

import importlib
import platform
import sys
import tempfile
from importlib import metadata
from typing import Any

import click

from optopscan import __version__
from optopscan.cli.files import examples
from optopscan.cli.terminal import emit, emit_json, printable
from optopscan.errors import OptopscanError
from optopscan.schemas import CURRENT, schema_id

# What the package needs at run time; a test keeps this equal to pyproject.toml.
LIBRARIES = (
    *("click", "ezdxf", "ifcopenshell", "jinja2", "matplotlib", "numpy", "pillow"),
    *("pydantic", "scipy", "shapely", "trimesh", "xlsxwriter"),
)
# Name to import where it is not that of the library
_MODULES = {"pillow": "PIL"}
# Extra -> its libraries; a test keeps this equal to pyproject.toml.
EXTRAS = {
    "cpsat": ("ortools",),
    "docs": ("zensical",),
    "cluster": ("distributed",),
    "gis": ("geopandas", "pyarrow", "pyogrio"),
    "ids": ("ifctester",),
    "pdf": ("typst",),
}


@click.command("doctor")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def command(as_json: bool) -> None:
    """Show versions, schemas, extras, catalogue and examples; exit code 1 if something that is needed is missing."""
    facts = _facts()
    if as_json:
        emit_json(facts)
    else:
        emit("\n".join(_lines(facts)))
    if facts["missing"]:
        click.get_current_context().exit(1)


def _facts() -> dict[str, Any]:
    libraries = {name: _version(name) for name in LIBRARIES}
    broken = {name: why for name, version in libraries.items() if version is not None and (why := _import_error(name))}
    found = {"libraries": libraries, "concepts": _concepts(), "examples": list(examples()), "temporary folder": _temporary_folder()}
    missing = [name for name, version in libraries.items() if version is None or name in broken]
    missing += [what for what in ("concepts", "examples", "temporary folder") if not found[what]]
    return {
        "optopscan": __version__,
        "python": platform.python_version(),
        "platform": platform.system(),
        "encoding": sys.stdout.encoding,
        "schemas": [schema_id(kind) for kind in CURRENT],
        "extras": {extra: all(_version(name) is not None for name in names) for extra, names in EXTRAS.items()},
        **found,
        "broken": broken,
        "missing": missing,
    }


def _lines(facts: dict[str, Any]) -> list[str]:
    rows = [("optopscan", facts["optopscan"]), ("python", f"{facts['python']} ({facts['platform']}, output in {facts['encoding']})")]
    for name, version in facts["libraries"].items():
        why = facts["broken"].get(name)
        rows.append((name, f"{version}, cannot be imported: {why}" if why else version or "missing"))
    rows += [(what, ", ".join(facts[what]) or "missing") for what in ("concepts", "examples", "schemas")]
    rows.append(("temporary folder", facts["temporary folder"] or "missing: nothing can be written there, name another in TMPDIR"))
    rows += [(f"[{extra}]", "installed" if there else f'pip install "optopscan[{extra}]"') for extra, there in facts["extras"].items()]
    width = max(len(name) for name, _ in rows)
    return [f"{name:<{width}}  {value}" for name, value in rows]


def _version(name: str) -> str | None:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None


def _import_error(name: str) -> str:
    """Return why a library that is installed cannot be used, as one with a part missing that the system should have."""
    try:
        importlib.import_module(_MODULES.get(name, name))
    except (ImportError, OSError) as error:
        return printable(str(error)) or type(error).__name__
    return ""


def _temporary_folder() -> str:
    """Return the folder of temporary files when one can be written in it."""
    try:
        with tempfile.NamedTemporaryFile(prefix="optopscan-") as file:
            file.write(b"x")
            file.flush()
        return tempfile.gettempdir()
    except OSError:
        return ""


def _concepts() -> list[str]:
    try:
        from optopscan.catalog.load import load_concepts

        return [concept.id for concept in load_concepts()]
    except (ImportError, OptopscanError):
        return []
