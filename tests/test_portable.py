"""What differs between systems: names of files, encodings of text, and calls that one system alone has."""

import ast
from pathlib import Path

import pytest
from click.testing import CliRunner

from optopscan.cli.app import cli
from optopscan.errors import UsageError
from optopscan.report.files import write_files
from optopscan.report.names import clashes, fault_of, file_part

PACKAGE = Path(__file__).resolve().parents[1] / "optopscan"
MODULES = {path.relative_to(PACKAGE).as_posix(): ast.parse(path.read_text(encoding="utf-8")) for path in sorted(PACKAGE.rglob("*.py"))}

# names


@pytest.mark.parametrize("name", ["CON", "con.svg", "Aux.toml", "nul", "COM1.ifc", "lpt9.tar.gz", "COM¹", "prn .txt"])
def test_devices_of_windows_are_refused(name, tmp_path):
    with pytest.raises(UsageError, match=r"cannot be a file name everywhere \(is a device on Windows\); name it otherwise$"):
        write_files(tmp_path / "out", {name: b""})
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("name", ["a.", "a ", "a:b", "a?", "a|b", "a\nb", 'a"b', "a/b", "a\\b", "", ".", "..", "x" * 256, "é" * 128])
def test_other_names_that_a_system_refuses(name):
    assert fault_of(name)


@pytest.mark.parametrize("name", ["record.json", "console.svg", "com10.txt", ".vragen.csv", "aux-1.toml", "bouwlaag één.svg", "x" * 255])
def test_names_that_every_system_takes(name):
    assert fault_of(name) == ""


def test_names_that_differ_in_case_only(tmp_path):
    assert clashes(["a.svg", "b.svg", "A.svg", "B.SVG"]) == ("A.svg", "B.SVG")
    with pytest.raises(UsageError, match=r"^A\.svg: differs from another file of this set in case only"):
        write_files(tmp_path, {"a.svg": b"", "A.svg": b""})
    assert list(tmp_path.iterdir()) == []


def test_ids_become_names_that_every_system_takes_and_tells_apart():
    taken = set()
    ids = ["v1", "V1", "v1", "con", "CON", "a/b", "a:b", "..", "", "v1_2", "nul.x", "é"]
    names = [file_part(one, taken) for one in ids]
    assert names[:3] == ["v1", "V1_2", "v1_3"]
    assert clashes(names) == ()
    assert [fault_of(f"{name}.ifc") for name in names] == [""] * len(ids)
    assert [fault_of(name) for name in names] == [""] * len(ids)


def test_ids_that_differ_after_any_length_become_names_that_fit_and_differ():
    """A file name is 255 bytes, and a whole path 260 signs on Windows: a folder and what is said of an id must fit as well."""
    ids = ["x" * 10_000, "x" * 10_000 + "y", "X" * 10_000, "é" * 10_000, "x" * 119, "x" * 121]
    names = [file_part(one, set()) for one in ids]
    assert max(map(len, names)) < 130
    assert clashes(names) == ()
    assert [fault_of(f"variant_{name}_doorsnede.svg") for name in names] == [""] * len(ids)
    assert [file_part(one, set()) for one in ids] == names
    assert names[4] == ids[4]
    taken = set()
    assert clashes([file_part(one, taken) for one in [*ids, *ids]]) == ()


@pytest.mark.parametrize(
    "name", ["nul", "NUL ", "Con.", "com1.txt", "a:b", "hostile. . .", "..", "\u202e", "a\0b", "\ud800", "-", "._.", " "]
)
def test_any_id_becomes_a_name(name):
    made = file_part(name, set())
    assert fault_of(made) == fault_of(f"{made}.ifc") == ""
    assert made.isascii()


@pytest.mark.parametrize(
    ("args", "code"),
    [
        (("scan", "{}.ifc"), 3),
        (("catalog", "lint", "{}.toml"), 2),
        (("catalog", "new", "a.b", "-o", "{}.toml"), 2),
        (("catalog", "show", "fictief.hsb-2d", "-o", "{}.svg"), 2),
        (("families", "lint", "{}.toml"), 2),
        (("families", "build", "tunnel-1975", "-o", "{}.ifc"), 2),
        (("portfolio", "screen", "{}.jsonl"), 3),
        (("portfolio", "run", "{}", "-o", "out"), 3),
        (("inspect", "a.ifc", "--write-overrides", "{}.toml"), 2),
        (("feasibility", "a.ifc", "--write-assumptions", "{}.toml"), 2),
        (("check-model", "a.ifc", "--export", "{}"), 2),
    ],
)
def test_a_name_longer_than_a_system_takes_is_one_line(args, code, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.ifc").write_text("no model")
    done = CliRunner().invoke(cli, [one.replace("{}", "x" * 300) for one in args], prog_name="optopscan")
    assert isinstance(done.exception, SystemExit), done.exception
    assert (done.exit_code, done.output.count("\n")) == (code, 1)
    assert "xxx" in done.output
    assert [path.name for path in tmp_path.iterdir()] == ["a.ifc"]


# encodings


def text_calls(tree):
    """Yield every call that opens, reads or writes text, with whether it states its encoding."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        stated = {word.arg for word in node.keywords}
        values = [one.value for one in [*node.args, *(word.value for word in node.keywords)] if isinstance(one, ast.Constant)]
        modes = [one for one in values if isinstance(one, str) and 0 < len(one) <= 3 and set(one) <= set("rwaxbt+")]
        owner = ast.unparse(node.func.value) if isinstance(node.func, ast.Attribute) else ""
        if called == "open" and owner not in ("os", "_ifc", "ids", "archive", "Image") and not any("b" in mode for mode in modes):
            yield node, "encoding" in stated
        elif called == "read_text":
            yield node, "encoding" in stated or bool(node.args)
        elif called in ("write_text", "TextIOWrapper"):
            yield node, "encoding" in stated
        elif called in ("run", "Popen", "check_output") and owner == "subprocess":
            yield node, "encoding" in stated or not {"text", "universal_newlines"} & stated


def test_every_text_states_its_encoding():
    assert [f"{name}:{node.lineno}" for name, tree in MODULES.items() for node, stated in text_calls(tree) if not stated] == []


def test_the_check_of_encodings_sees_what_it_should():
    wrong = "open(p)\np.open()\np.read_text()\np.write_text(t)\ngzip.open(p, 'rt')\nopen(p, 'w')\nsubprocess.run(a, text=True)\n"
    right = "open(p, 'rb')\np.open('wb')\np.read_text('utf-8')\nos.open(p, 0)\nopen(p, encoding='utf-8')\nsubprocess.run(a)\n"
    assert [stated for _, stated in text_calls(ast.parse(wrong))] == [False] * 7
    assert all(stated for _, stated in text_calls(ast.parse(right)))


# calls

ONE_SYSTEM = {"fcntl", "resource", "pwd", "grp", "termios", "msvcrt", "winreg", "_winapi"}
POSIX_CALLS = {
    "fork",
    "killpg",
    "setsid",
    "geteuid",
    "getuid",
    "mkfifo",
    "chown",
    "waitpid",
    "SIGKILL",
    "SIGHUP",
    "SIGALRM",
    "alarm",
    "setitimer",
}
# module -> what it may use, behind a test of the system
GUARDED = {"ifc/kernel.py": {"fork", "waitpid"}, "ifc/kernel_worker.py": {"resource", "setitimer"}, "report/staging.py": {"fcntl"}}


def one_system(tree):
    used = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute) and ast.unparse(node.value) in ("os", "signal")}
    names = {name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names}
    return (used & POSIX_CALLS) | (names & ONE_SYSTEM)


def test_calls_of_one_system_stand_where_they_are_guarded():
    assert {name: used for name, tree in MODULES.items() if (used := one_system(tree))} == GUARDED
    assert all("sys.platform" in ast.unparse(MODULES[name]) for name in GUARDED)
    at_import = {
        name: one_system(ast.Module(body=[one for one in tree.body if isinstance(one, ast.Import)])) for name, tree in MODULES.items()
    }
    assert [name for name, used in at_import.items() if used] == []
