"""Streams that are closed, full or of another encoding, and signals at any moment: one line, the right code, nothing half."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "portfolio"))
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "hostile"))
from city_files import many, write_sequence
from hostile_block import block

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "examples" / "ifc"
MODEL = str(EXAMPLES / "kantoor_1980.ifc")
OPTOPSCAN = (sys.executable, "-m", "optopscan")
posix = pytest.mark.skipif(os.name != "posix", reason="signals and streams of another kind")

# Sends a signal to itself as the package imports its n-th module: the same moment on a fast and on a slow machine.
AT_IMPORT = """
import os, sys
from optopscan.__main__ import main
number, left = int(sys.argv.pop(1)), int(sys.argv.pop(1))
def hook(event, args):
    global left
    if event == "import":
        left -= 1
        if left == 0:
            os.kill(os.getpid(), number)
sys.addaudithook(hook)
main()
"""

# Sends a signal to itself half a second into a solve of its own making, which goes on for two: HiGHS is deaf in the meantime.
IN_A_SOLVE = """
import os, sys, threading, time
import numpy as np, scipy.optimize
from optopscan.__main__ import main
number, real = int(sys.argv.pop(1)), scipy.optimize.milp
def solve(*args, **options):
    threading.Timer(0.5, os.kill, (os.getpid(), number)).start()
    rng = np.random.default_rng(0)
    weight = rng.integers(10, 100, (12, 60)).astype(float)
    limit = scipy.optimize.LinearConstraint(weight, -np.inf, weight.sum(1) / 2)
    cost, bounds = -weight.sum(0) - rng.random(60), scipy.optimize.Bounds(0, 1)
    long = {"time_limit": 2.0, "mip_rel_gap": 0.0}
    began = time.monotonic()
    try:
        real(cost, constraints=limit, integrality=np.ones(60), bounds=bounds, options=long)
    finally:
        print("solved" if time.monotonic() - began > 0.5 else "too soon", file=sys.stderr)
    return real(*args, **options)
scipy.optimize.milp = solve
main()
"""


@pytest.fixture(autouse=True)
def ctrl_c_is_heard():
    """A run of tests in the background of a shell ignores Ctrl-C, and so would everything that it starts."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


def environment(**extra):
    plain = {name: value for name, value in os.environ.items() if not name.startswith(("OPTOPSCAN_", "PYTHON", "LC_", "LANG"))}
    return {**plain, "PYTHONPATH": str(ROOT), **extra}


def shell(line, **extra):
    """Run a line of shell in which $O is the command."""
    return subprocess.run(
        ["bash", "-c", line.replace("$O", " ".join(OPTOPSCAN))], capture_output=True, env=environment(**extra), timeout=400, check=False
    )


# stdout and stderr


@posix
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full")
@pytest.mark.parametrize("args", ["explain", "--help", "--version", "scan --help"])
def test_a_full_disk_behind_stdout_is_one_line(args):
    done = shell(f"$O {args} >/dev/full")
    assert done.stderr.decode() == (
        "optopscan: stdout: the result cannot be written (No space left on device); send it elsewhere, or make room\n"
    )
    assert done.returncode == 2


@posix
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full")
@pytest.mark.parametrize(("args", "code"), [("explain OPT-30", 2), ("scan gone.ifc", 3), ("explain", 0)])
def test_a_full_disk_behind_stderr_keeps_the_exit_code(args, code):
    assert shell(f"$O {args} 2>/dev/full").returncode == code


@posix
@pytest.mark.parametrize("closed", [">&-", "2>&-", "<&- >&- 2>&-"])
@pytest.mark.parametrize(("args", "code"), [("explain", 0), ("scan gone.ifc", 3)])
def test_closed_streams(closed, args, code):
    done = shell(f"$O {args} {closed}")
    assert done.returncode == code
    assert b"Traceback" not in done.stderr


@posix
def test_with_closed_streams_no_file_takes_their_place():
    """A file opened first would be number 1, and what a solver prints would end up in it."""
    code = "import sys; from optopscan.cli.terminal import prepare_streams as p; p(); print(open(sys.argv[1]).fileno()>2, file=sys.stderr)"
    line = f"{sys.executable} -c '{code}' {MODEL} <&- >&-"
    done = subprocess.run(["bash", "-c", line], capture_output=True, env=environment(), check=False)
    assert done.stderr == b"True\n"


@posix
def test_the_reader_of_the_first_line_is_enough():
    done = shell("$O explain | head -1; echo ${PIPESTATUS[0]}")
    first, code = done.stdout.decode().splitlines()
    assert first.startswith("OPT-")
    assert code in ("0", "141")  # all of it may have been in the pipe before head went
    assert done.stderr == b""


# encodings


@posix
@pytest.mark.parametrize("coding", ["cp1252", "cp437"])
def test_a_terminal_of_another_encoding_gets_all_of_the_text(coding):
    here, plain = (shell("$O catalog show fictief.hsb-2d", PYTHONIOENCODING=one) for one in (coding, "utf-8"))
    assert (here.returncode, here.stderr) == (0, b"")
    text = plain.stdout.decode()
    assert not text.isascii()
    assert here.stdout.decode(coding).count("\n") == text.count("\n")


@posix
def test_a_locale_without_utf8(tmp_path):
    locale = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    done = shell(f"$O catalog new proef -o {tmp_path}/proef.toml && $O catalog show {tmp_path}/proef.toml", **locale)
    assert (done.returncode, b"Traceback" in done.stderr) == (0, False)
    assert shell(f"$O catalog new proef -o {tmp_path}/plain.toml").returncode == 0
    assert (tmp_path / "proef.toml").read_bytes() == (tmp_path / "plain.toml").read_bytes()


@pytest.mark.parametrize("coding", ["cp1252", "cp437", "latin-1"])
def test_what_an_encoding_lacks_is_written_as_json_would(coding):
    text = "é ≥ \U0001f600 \udcff"
    told = ascii({"a": text})
    code = f"from optopscan.cli.terminal import prepare_streams, emit_json; prepare_streams(); emit_json({told})"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, env=environment(PYTHONIOENCODING=coding), check=True)
    assert b"\\ud83d\\ude00 \\udcff" in done.stdout
    assert json.loads(done.stdout.decode(coding)) == {"a": text}


@posix
@pytest.mark.skipif(sys.platform == "darwin", reason="names are UTF-8 there")
@pytest.mark.parametrize("command", ["scan --quiet", "check-model --quiet"])
def test_a_name_that_is_no_text_is_one_line(command, tmp_path):
    name = os.fsencode(tmp_path) + b"/blok\xff.ifc"
    with open(name, "wb") as file:
        file.write(Path(MODEL).read_bytes())
    done = subprocess.run([*OPTOPSCAN, *command.split(), name], capture_output=True, env=environment(), timeout=400, check=False)
    assert (done.returncode, done.stdout) == (3, b"")
    assert done.stderr == b"optopscan: 'blok\\udcff.ifc': its name or folder is not UTF-8; rename it\n"


# the surroundings of the program


@posix
def test_without_a_home_no_library_says_so(tmp_path):
    nowhere = {"HOME": "/dev/null/home", "XDG_CACHE_HOME": "", "XDG_CONFIG_HOME": ""}
    done = shell(f"cd {tmp_path}; $O catalog show fictief.hsb-2d -o a.svg", **nowhere)
    assert done.stderr == b"optopscan: written: a.svg\n"
    assert done.returncode == 0
    assert (tmp_path / "a.svg").read_bytes().startswith(b"<?xml")


@posix
@pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_may_not_be_written(tmp_path):
    tmp_path.chmod(0o500)
    done = shell(f"$O scan {MODEL} -o {tmp_path}/out")
    assert done.returncode == 2
    assert done.stderr.count(b"\n") == 1


@posix
@pytest.mark.parametrize("command", ["scan -o", "portfolio run -o", "report -o"])
def test_an_output_name_that_cannot_be_is_one_line(command, tmp_path):
    source = str(EXAMPLES) if command.startswith("portfolio") else MODEL
    done = shell(f"$O {command} {tmp_path}/{'x' * 300} {source}")
    assert done.returncode == 2
    assert done.stderr.decode().startswith(f"optopscan: {tmp_path}/xxx")
    assert done.stderr.count(b"\n") == 1


# signals


def signalled(number, at, *args):
    return subprocess.run(
        [sys.executable, "-c", AT_IMPORT, str(number), str(at), *args],
        capture_output=True,
        text=True,
        env=environment(),
        timeout=400,
        check=False,
    )


@posix
@pytest.mark.parametrize(
    ("number", "at", "args"),
    [
        (signal.SIGINT, 3, ("scan", MODEL)),
        (signal.SIGINT, 120, ("scan", MODEL)),
        (signal.SIGTERM, 480, ("scan", MODEL)),
        (signal.SIGINT, 900, ("scan", MODEL)),
        (signal.SIGINT, 480, ("place", MODEL)),
        (signal.SIGINT, 300, ("inspect", MODEL)),
        (signal.SIGINT, 200, ("portfolio", "run", str(EXAMPLES), "--workers", "1")),
        (signal.SIGTERM, 200, ("portfolio", "run", str(EXAMPLES), "--workers", "1")),
        (signal.SIGINT, 300, ("portfolio", "screen", "city.jsonl")),
        (signal.SIGINT, 480, ("catalog", "match")),
    ],
)
def test_a_signal_is_one_line_and_nothing_is_written(number, at, args, tmp_path):
    city = tmp_path / "city.jsonl"
    write_sequence(city, many(3))
    named = [str(city) if one == city.name else one for one in args]
    done = signalled(number, at, *named, "-o", str(tmp_path / "out"))
    code, said = (130, "interrupted") if number == signal.SIGINT else (143, "terminated")
    assert done.returncode == code
    assert done.stderr.strip().splitlines()[-1] == f"optopscan: {said}; nothing more was written"
    assert "Traceback" not in done.stderr
    assert done.stdout == ""
    assert not (tmp_path / "out").exists()


@posix
@pytest.mark.parametrize("at", [1, 2, 5, 15, 40, 80])
@pytest.mark.parametrize(("number", "code", "said"), [(signal.SIGINT, 130, "interrupted"), (signal.SIGTERM, 143, "terminated")])
def test_a_signal_before_the_command_line_is_there(number, code, said, at):
    """Modules that the command line itself imports: until then nothing but the entry point can hear it."""
    done = signalled(number, at, "explain")
    assert (done.returncode, done.stdout, done.stderr.strip()) == (code, "", f"optopscan: {said}; nothing more was written")


@posix
@pytest.mark.parametrize(("number", "code", "said"), [(signal.SIGINT, 130, "interrupted"), (signal.SIGTERM, 143, "terminated")])
def test_a_signal_in_a_solve_leaves_the_old_files(number, code, said, tmp_path):
    out, model = tmp_path / "out", tmp_path / "block.ifc"
    out.mkdir()
    (out / "record.json").write_text("old")
    model.write_bytes(block())
    few = ("--access", "gallery", "--goal", "area", "--samples", "0", "--max-extra-storeys", "1", "--concept", "fictief.hsb-2d")
    done = subprocess.run(
        [sys.executable, "-c", IN_A_SOLVE, str(int(number)), "place", str(model), "-o", str(out), "--quiet", *few],
        capture_output=True,
        text=True,
        env=environment(),
        timeout=400,
        check=False,
    )
    told = [line for line in done.stderr.splitlines() if line]
    assert (done.returncode, done.stdout, told) == (code, "", ["solved", f"optopscan: {said}; nothing more was written"])
    assert [path.name for path in out.iterdir()] == ["record.json"]
    assert (out / "record.json").read_text() == "old"


@posix
@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_signal_to_a_run_over_many_reaches_its_children(number, code, tmp_path):
    """A terminal sends Ctrl-C to all processes of the group at once; each must not tell of it by itself."""
    out = tmp_path / "out"
    run = subprocess.Popen(
        [*OPTOPSCAN, "portfolio", "run", str(EXAMPLES), "-o", str(out), "--workers", "2"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment(), start_new_session=True,
    )  # fmt: skip
    first = run.stderr.readline()
    time.sleep(0.5)
    os.killpg(run.pid, number) if number == signal.SIGINT else run.send_signal(number)
    stdout, stderr = run.communicate(timeout=60)
    assert first == b"optopscan: 0 of 3\n"
    # Python may end by the signal itself, which a shell shows as 130 too, when it caught the interpreter inside an exec of a text.
    assert run.returncode == code or (number, run.returncode) == (signal.SIGINT, -signal.SIGINT)
    assert stdout == b""
    assert b"Traceback" not in stderr
    assert stderr.strip().splitlines()[-1].endswith(b"nothing more was written")
    assert [path for path in out.rglob("*") if path.is_file() and path.suffix != ".json"] == []
    with pytest.raises(ProcessLookupError):
        os.killpg(run.pid, 0)  # nobody is left of the group
