"""Names with codes for a terminal (colours, titles, clipboard, links, direction) in every kind of input: no stream holds one of them."""

import csv
import json
import re
import sys
import unicodedata
from pathlib import Path

import pytest
from city_files import feature, write_sequence
from click.testing import CliRunner
from hostile_block import block
from hostile_record import TERMINAL, obeyed

from optopscan.catalog.data import data_root
from optopscan.cli.app import cli
from optopscan.cli.terminal import emit, emit_json

FAMILY = Path(__file__).resolve().parents[2] / "examples" / "families" / "tunnel-1975.toml"
FEW = ("--samples", "0", "--max-extra-storeys", "1")
NAMED = "WALL|SLAB|BUILDINGSTOREY|BUILDING|PROJECT|SITE|COLUMN|BEAM|SPACE|STAIRFLIGHT|MATERIAL"


def run(*args):
    """Return a command that ended as commands end, after its two streams were looked at."""
    done = CliRunner().invoke(cli, [str(one) for one in args], prog_name="optopscan")
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    assert (obeyed(done.stdout), obeyed(done.stderr)) == ([], [])
    return done


@pytest.fixture(scope="module")
def model(tmp_path_factory):
    """Return a model of which every name has the codes in it."""
    codes = "".join(f"\\X2\\{ord(char):04X}\\X0\\" for char in TERMINAL)
    text, count = re.subn(
        rf"(=IFC(?:{NAMED})\((?:'[^']{{22}}',(?:#\d+|\$),)?')([^']*)'", lambda match: f"{match[1]}{codes}{match[2]}'", block().decode()
    )
    assert count > 20
    path = tmp_path_factory.mktemp("codes") / "model.ifc"
    path.write_text(text)
    return path


@pytest.fixture(scope="module")
def guid(model):
    return re.search(r"=IFCWALL\('([^']{22})'", model.read_text())[1]


def toml_with_codes(path, text):
    """Write a TOML file with the codes before every name, source and note in it."""
    codes = json.dumps(TERMINAL)[1:-1]
    made, count = re.subn(r'^((?:name|supplier|source|notes?|text)\s*=\s*")', lambda match: match[1] + codes, text, flags=re.MULTILINE)
    assert count > 1
    path.write_text(made, encoding="utf-8")
    return path


def table(path, *rows):
    """Write a CSV file."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, delimiter=";").writerows(rows)


def test_a_terminal_code_in_the_result_is_a_mark_and_in_json_an_escape(capsys):
    emit(f"a{TERMINAL}b\n\tc")
    told = capsys.readouterr().out
    assert obeyed(told) == []
    assert told.count("\ufffd") == len([char for char in TERMINAL if obeyed(char)]) > 8
    assert told.endswith("b\n\tc\n")
    emit_json({TERMINAL: f"{TERMINAL}\ud800\U000e0041é\u00a0"})
    told = capsys.readouterr().out
    assert obeyed(told) == []
    assert json.loads(told) == {TERMINAL: f"{TERMINAL}\ud800\U000e0041é\u00a0"}
    assert "é\u00a0" in told


def test_every_code_is_known(capsys):
    """Whatever a terminal or the eye is led by: all control, format and half characters that Unicode has."""
    led = [chr(k) for k in range(sys.maxunicode + 1) if unicodedata.category(chr(k)) in ("Cc", "Cs", "Zl", "Zp")]
    led += [
        chr(k) for k in range(sys.maxunicode + 1) if unicodedata.bidirectional(chr(k)) in ("LRE", "RLE", "PDF", "LRO", "RLO", "LRI", "RLI")
    ]
    emit("".join(set(led) - {"\n", "\t"}))
    assert set(capsys.readouterr().out) == {"\ufffd", "\n"}


@pytest.mark.parametrize("more", [[], ["--json"], ["--element", "wand"], ["--element", TERMINAL]])
def test_inspect(model, more):
    run("inspect", model, "--quiet", *more)


@pytest.mark.parametrize("command", ["inspect", "capacity"])
def test_one_element(model, guid, command):
    few = FEW if command == "capacity" else ()
    assert run(command, model, "--quiet", *few, "--element", guid).exit_code == 0


@pytest.mark.parametrize("more", [["--json"], []])
def test_scan_and_check(model, more, tmp_path):
    assert run("scan", model, "--quiet", "--no-place", *FEW, *more, "--concept", "fictief.hsb-2d", "-o", tmp_path / "out").exit_code == 0
    assert "wand" in run("check-model", model, "--quiet", "--all", *more).stdout


def test_products_of_others(model, tmp_path):
    product = toml_with_codes(tmp_path / "p.toml", (data_root() / "concepts" / "hsb-2d-paneel.toml").read_text(encoding="utf-8"))
    run("catalog", "lint", product)
    assert run("catalog", "show", product).exit_code == 0
    assert json.loads(run("catalog", "show", product, "--json").stdout)["name"].startswith(TERMINAL)
    short = ("--no-place", "--no-sensitivity", "--max-extra-storeys", "1", "--quiet")
    for more in (["--json"], []):
        assert run("catalog", "match", product, "--ifc", model, *short, *more).exit_code == 0


def test_families_of_others(tmp_path):
    family = toml_with_codes(tmp_path / "f.toml", FAMILY.read_text(encoding="utf-8"))
    run("families", "lint", family)
    assert run("families", "show", family).exit_code == 0
    run("families", "show", family, "--json")


@pytest.mark.parametrize(
    "args",
    [
        ("explain", TERMINAL),
        ("clause", TERMINAL),
        ("clause", "en1992.fcd_plain_mpa", f"{TERMINAL}=1"),
        ("families", "show", TERMINAL),
        ("catalog", "show", TERMINAL),
        ("demo", TERMINAL),
        (TERMINAL,),
        ("scan", "--level", TERMINAL, "a.ifc"),
        (f"scan --{TERMINAL}",),
        ("scan", f"{TERMINAL}.ifc"),
        ("report", f"{TERMINAL}.json"),
        ("portfolio", "run", TERMINAL, "-o", "out"),
        ("portfolio", "screen", TERMINAL),
        ("catalog", "lint", f"{TERMINAL}.toml"),
    ],
)
def test_what_was_asked_wrongly_is_said_without_codes(args, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    done = run(*args)
    assert done.exit_code in (2, 3)
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize("text", ["{codes} = 1", "level = {codes}", "[{codes}]\na = 1", "building = {codes}", "{codes}"])
@pytest.mark.parametrize("option", ["--config", "--overrides"])
def test_settings_and_corrections(model, tmp_path, option, text):
    path = tmp_path / "given.toml"
    path.write_text(text.replace("{codes}", json.dumps(TERMINAL)), encoding="utf-8")
    assert run("scan", model, "--quiet", "--no-place", option, path).exit_code == 2


def test_a_run_over_many(model, tmp_path):
    table(tmp_path / "list.csv", ("files", "name", TERMINAL), (model, f"a{TERMINAL}", TERMINAL), ("none.ifc", f"b{TERMINAL}", TERMINAL))
    wanted = ("portfolio", "run", tmp_path / "list.csv", "-o", tmp_path / "run", "--workers", "1", "--no-place", *FEW)
    assert "b\ufffd" in run(*wanted).stdout
    rows = json.loads(run(*wanted, "--quiet", "--json").stdout)["rows"]
    assert [row["name"][0] for row in rows] == ["a", "b"]
    run("portfolio", "report", tmp_path / "run", "-o", tmp_path / "report")


@pytest.mark.parametrize("more", [[], ["--json"]])
def test_city_data(tmp_path, more):
    rows = [feature(f"NL.IMBAG.Pand.{TERMINAL}{k}", at=(30.0 * k, 0.0), b3_opmerking=TERMINAL) for k in range(12)]
    write_sequence(tmp_path / "city.jsonl", rows, title=TERMINAL, referenceDate=TERMINAL)
    table(tmp_path / "areas.csv", ("identificatie", "gebied"), *((f"NL.IMBAG.Pand.{TERMINAL}{k}", f"noord{TERMINAL}") for k in range(12)))
    done = run("portfolio", "screen", tmp_path / "city.jsonl", "--areas", tmp_path / "areas.csv", "--samples", "16", *more)
    assert done.exit_code == 0
    assert ("noord" in done.stdout) == bool(more)


def test_the_list_of_codes_is_no_empty_one():
    assert {"'\\x1b'", "'\\x07'", "'\\x9b'", "'\\u202e'", "'\\u2066'", "'\\x7f'", "'\\x08'"} <= set(obeyed(TERMINAL))
    assert obeyed("één\u00a0m² €\n\t") == []
