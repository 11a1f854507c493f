"""What an installation holds, and that README, constraints, changelog and `.ci/run` say the same."""

import os
import re
import subprocess
import tomllib
from pathlib import Path

import pytest

import optopscan
from optopscan.cli.app import COMMANDS, cli
from optopscan.ifc import kernel, kernel_worker, open_file
from optopscan.settings import Settings

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
CI = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def command(name):
    """Return the lines of the code block under a marker in README.md."""
    found = re.findall(rf"^<!-- command: {name} -->\n```sh\n(.*?)```", README, flags=re.MULTILINE | re.DOTALL)
    assert len(found) == 1
    return found[0].splitlines()


# README and .ci/run


@pytest.mark.parametrize("name", ["docs", "scan", "test"])
def test_command_is_one_line_that_sets_everything_up(name):
    lines = command(name)
    assert len(lines) == 1
    assert lines[0].startswith("python3 -m venv .venv && .venv/bin/pip install -q -c constraints.txt ")


def test_what_the_commands_name_is_there():
    assert command("docs")[0].endswith(" && .venv/bin/python -m docs.make")
    assert command("test")[0].endswith(" && .venv/bin/python -m pytest -n auto --dist loadfile")
    example = re.search(r"optopscan scan (\S+) -o out$", command("scan")[0]).group(1)
    assert (ROOT / example).is_file()
    assert {"cluster", "cpsat", "docs", "gis", "ids", "lint", "pdf", "test"} == set(PROJECT["project"]["optional-dependencies"])


@pytest.mark.parametrize("name", ["docs", "scan", "test"])
def test_ci_takes_the_commands_from_the_readme(name):
    assert f"run_readme {name} " in CI
    assert command(name)[0] not in CI
    function = re.search(r"^readme_command\(\) \{\n.*?^\}\n", CI, flags=re.MULTILINE | re.DOTALL).group(0)
    done = subprocess.run(["bash", "-c", f'{function}root="{ROOT}"; readme_command {name}'], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == command(name)


def test_ci_is_a_strict_script_that_can_be_run():
    assert os.access(ROOT / ".ci" / "run", os.X_OK)
    assert CI.startswith("#!/usr/bin/env bash\n")
    assert "\nset -euo pipefail\n" in CI
    for needed in ("ruff check .", "ruff format --check .", "mypy --strict", "optopscan doctor", "optopscan demo"):
        assert needed in CI.replace('"$bin/optopscan"', "optopscan")


@pytest.mark.parametrize("name", COMMANDS)
def test_readme_names_every_command(name):
    assert f"| `optopscan {name}" in README
    for sub in getattr(cli.get_command(None, name), "commands", {}):
        row = next(line for line in README.splitlines() if line.startswith(f"| `optopscan {name}"))
        assert re.search(rf"[ `]{sub}\b", row)


def test_readme_names_every_layer():
    layers = re.search(r"keeps the pairs:\n\n(.*?)\n\n\S", README, flags=re.DOTALL).group(1)
    folders = [path.parent.name for path in (ROOT / "optopscan").glob("*/__init__.py")]
    files = [path.stem for path in (ROOT / "optopscan").glob("*.py") if not path.stem.startswith("__")]
    assert [name for name in folders + files if not re.search(rf"(^| ){name}\b", layers, flags=re.MULTILINE)] == []


def test_readme_settings_file_is_valid():
    table = tomllib.loads(re.search(r"```toml\n(.*?)```", README, flags=re.DOTALL).group(1))
    assert Settings(**table).setback_m == 1.5


def test_files_that_readme_and_guides_name_exist():
    told = README + "".join(path.read_text(encoding="utf-8") for path in sorted((ROOT / "docs" / "guide").glob("*.md")))
    named = re.findall(r"`((?:optopscan|tests|catalog|examples)/[\w./]+)`", told) + re.findall(r"\]\((\w[\w./]*)\)", README)
    assert len(named) > 10
    assert [name for name in named if not (ROOT / name).exists()] == []


def test_every_thing_to_change_stands_once():
    things = [line.split("|")[1].strip() for line in README.split("| to add or change |")[1].split("\n\n")[0].splitlines()[2:]]
    assert len(things) > 10
    assert len(set(things)) == len(things)


# pyproject, constraints, licence, changelog


def normal(name):
    return re.sub(r"[-_.]+", "-", name).lower()


def pins():
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    return dict(line.split("==") for line in lines if line and not line.startswith("#"))


def test_constraints_pin_every_requirement_inside_its_range():
    from packaging.requirements import Requirement

    extras = PROJECT["project"]["optional-dependencies"].values()
    pinned = {normal(name): version for name, version in pins().items()}
    for text in [*PROJECT["project"]["dependencies"], *(row for rows in extras for row in rows)]:
        requirement = Requirement(text)
        assert requirement.specifier.contains(pinned[normal(requirement.name)]), text


def test_run_time_requirements_are_no_developer_tools():
    names = {re.match(r"[\w-]+", row).group(0) for row in PROJECT["project"]["dependencies"]}
    assert names.isdisjoint({"pytest", "hypothesis", "mypy", "ruff"})


def test_wheel_takes_along_what_the_program_reads():
    wheel = PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]
    assert wheel["force-include"] == {
        "catalog": "optopscan/catalog/data",
        "examples/ifc": "optopscan/examples_data",
        "examples/families": "optopscan/families_data",
    }
    assert wheel["packages"] == ["optopscan"]
    assert all((ROOT / source).is_dir() for source in wheel["force-include"])
    assert (ROOT / "optopscan" / "py.typed").is_file()


def test_sdist_takes_along_all_that_the_repository_holds():
    """Its tests can be run then; `.ci/run` compares the files."""
    taken = set(PROJECT["tool"]["hatch"]["build"]["targets"]["sdist"]["include"])
    always = {"pyproject.toml", ".gitignore"}
    held = {path.name for path in ROOT.iterdir() if not path.name.startswith(".") or path.name in (".ci", ".gitignore")}
    made = {"dist", "build", "out", "optopscan.egg-info"}
    assert held - made - always == taken


def test_security_notes_say_what_the_program_does():
    text = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
    assert f"{kernel_worker.MEMORY_BYTES / 2**30:g} GB of memory" in text
    assert f"{kernel._PATIENCE_S:g} s of silence" in text
    assert f"{open_file._ZIPPED_MAX_BYTES / 1e9:g} GB unpacked" in text


def test_the_version_stands_in_one_place():
    assert "version" not in PROJECT["project"]
    assert PROJECT["tool"]["hatch"]["version"]["path"] == "optopscan/__init__.py"
    assert re.fullmatch(r"\d+\.\d+\.\d+", optopscan.__version__)


def test_licence_is_apache_2():
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert "Apache License" in text
    assert "Version 2.0, January 2004" in text
    assert "END OF TERMS AND CONDITIONS" in text
    assert PROJECT["project"]["license"] == "Apache-2.0"


def test_changelog_has_its_headings():
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    newest = text.split("\n## ")[1]
    assert re.findall(r"^### (.+)$", newest, flags=re.MULTILINE) == ["Added", "Changed", "Fixed", "Removed", "Results change"]


def test_no_two_test_modules_share_a_name():
    """Folders of tests are no packages (but one): two modules of one name cannot be collected together."""
    modules = [path for path in (ROOT / "tests").rglob("*.py") if path.name != "conftest.py" and not (path.parent / "__init__.py").exists()]
    names = [path.name for path in modules]
    assert sorted({name for name in names if names.count(name) > 1}) == []
