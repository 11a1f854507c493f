"""`optopscan doctor`: what this installation consists of."""

from __future__ import annotations

import platform
from importlib import metadata
from typing import Any

import click

from optopscan import __version__
from optopscan.cli.files import examples
from optopscan.cli.terminal import emit, emit_json
from optopscan.errors import OptopscanError

# What the package needs at run time; a test keeps this equal to pyproject.toml.
LIBRARIES = (
    *("click", "ezdxf", "ifcopenshell", "jinja2", "matplotlib", "numpy", "pillow"),
    *("pydantic", "scipy", "shapely", "trimesh", "xlsxwriter"),
)


@click.command("doctor")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def command(as_json: bool) -> None:
    """Show versions, catalogue and examples; exit code 1 if something is missing."""
    facts = _facts()
    if as_json:
        emit_json(facts)
    else:
        emit("\n".join(_lines(facts)))
    if facts["missing"]:
        click.get_current_context().exit(1)


def _facts() -> dict[str, Any]:
    libraries = {name: _version(name) for name in LIBRARIES}
    concepts = _concepts()
    found = {"libraries": libraries, "concepts": concepts, "examples": list(examples())}
    missing = [name for name, version in libraries.items() if version is None]
    missing += [what for what in ("concepts", "examples") if not found[what]]
    return {"optopscan": __version__, "python": platform.python_version(), "platform": platform.system(), **found, "missing": missing}


def _lines(facts: dict[str, Any]) -> list[str]:
    rows = [("optopscan", facts["optopscan"]), ("python", f"{facts['python']} ({facts['platform']})")]
    rows += [(name, version or "missing") for name, version in facts["libraries"].items()]
    rows += [(what, ", ".join(facts[what]) or "missing") for what in ("concepts", "examples")]
    width = max(len(name) for name, _ in rows)
    return [f"{name:<{width}}  {value}" for name, value in rows]


def _version(name: str) -> str | None:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None


def _concepts() -> list[str]:
    try:
        from optopscan.catalog.load import load_concepts

        return [concept.id for concept in load_concepts()]
    except (ImportError, OptopscanError):
        return []
