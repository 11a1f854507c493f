"""The group: lazy commands, exit codes, one-line errors, pipes."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from optopscan.cli.app import COMMANDS, cli

ROOT = Path(__file__).resolve().parents[2]
HEAVY = ("numpy", "scipy", "shapely", "ifcopenshell", "matplotlib", "trimesh")


def python(*args, **extra):
    env = {k: v for k, v in os.environ.items() if not k.startswith("OPTOPSCAN_")}
    return subprocess.run([sys.executable, *args], capture_output=True, text=True, cwd=ROOT, env=env, timeout=60, **extra)


def loaded_after(*args):
    code = (
        "import sys; from optopscan.__main__ import main\n"
        f"sys.argv = ['optopscan', *{list(args)!r}]\n"
        "try: main()\n"
        "except SystemExit as exc: assert exc.code == 0, exc.code\n"
        "print('MODULES', *sys.modules)"
    )
    done = python("-c", code)
    assert done.returncode == 0, done.stderr
    return set(done.stdout.split("MODULES", 1)[1].split())


@pytest.mark.parametrize("args", [["--help"], ["--version"], ["scan", "--help"], ["demo", "--help"], ["explain", "OPT-301"]], ids=" ".join)
def test_light_commands_import_nothing_heavy(args):
    assert loaded_after(*args).isdisjoint(HEAVY)


def test_help_imports_no_command():
    assert not {f"optopscan.cli.{name}" for name in COMMANDS} & loaded_after("--help")


def test_package_imports_nothing_heavy_but_offers_the_library_twin():
    done = python("-c", "import sys, optopscan; print(sorted(sys.modules)); print(optopscan.Settings().level)")
    assert done.stdout.splitlines()[1] == "verbouw"
    assert not any(f"'{name}'" in done.stdout for name in HEAVY)


def test_the_chain_loads_statistics_only_for_an_estimate():
    """`scipy.stats` is the dearest import of all, a quarter of the start of the chain."""
    done = python("-c", "import sys, optopscan.pipeline.placing; print('scipy.sparse' in sys.modules, 'scipy.stats' in sys.modules)")
    assert done.stdout.split() == ["True", "False"], done.stderr


def test_unknown_name_of_the_package():
    import optopscan

    with pytest.raises(AttributeError, match="nothing_like_this"):
        optopscan.nothing_like_this  # noqa: B018


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_that_says_what_it_is(run, name):
    result = run(name, "--help")
    assert result.exit_code == 0
    assert cli.get_command(None, name).name == name
    assert len(cli.get_command(None, name).help) > 20


def test_root_help_names_all_commands(run):
    shown = run("--help").stdout
    assert all(f"  {name} " in shown and text in shown for name, text in COMMANDS.items())


@pytest.mark.parametrize(
    ("args", "expected"),
    [
        (["scna"], "scna: no such command; did you mean scan?; see optopscan --help"),
        (["scan"], "Missing argument 'IFC...'; see optopscan scan --help"),
        (["scan", "a.ifc", "--setback", "wide"], "Invalid value for '--setback': 'wide' is not a valid float; see optopscan scan --help"),
        (["scan", "a.ifc", "--setback", "-1"], "setback_m=-1.0 must be zero or more"),
        (["explain", "OPT-30"], "OPT-30: no such issue code; did you mean OPT-3"),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_usage_errors_are_one_line_and_2(run, stages, args, expected):
    result = run(*args)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.count("\n") == 1
    assert result.stderr.startswith(f"optopscan: {expected}")


def test_python_m_and_exit_code():
    done = python("-m", "optopscan", "scan", "gone.ifc")
    assert (done.returncode, done.stdout) == (3, "")
    assert done.stderr == "optopscan: gone.ifc: no such file; check the path\n"


@pytest.mark.skipif(os.name != "posix", reason="pipes of another kind")
@pytest.mark.parametrize("args", [["explain"], ["--help"]], ids=" ".join)
def test_closed_pipe_is_silent(args):
    # 141 is what a shell reports for a program that SIGPIPE ended; 1 would read as the "no" of a gate
    reader, writer = os.pipe()
    os.close(reader)
    with os.fdopen(writer, "wb") as stdout:
        done = subprocess.run([sys.executable, "-m", "optopscan", *args], stdout=stdout, stderr=subprocess.PIPE, cwd=ROOT, timeout=60)
    assert done.stderr == b""
    assert done.returncode == 141


def test_output_is_never_coloured():
    env = {**os.environ, "FORCE_COLOR": "1", "CLICOLOR_FORCE": "1"}
    for args in (["--help"], ["explain"], ["scan"], ["doctor"]):
        done = subprocess.run([sys.executable, "-m", "optopscan", *args], capture_output=True, cwd=ROOT, env=env, timeout=60)
        assert b"\x1b" not in done.stdout + done.stderr
