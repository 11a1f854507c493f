"""The pages: every marker has its part, every command and code is told, the worked wall is right, figures are well formed."""

import importlib
import json
import re
import tomllib

import numpy as np
import pytest
from page_steps import ROOT

from docs.make import DOCS, commands, compare, figures, offline, stage, values
from docs.make.generated import PARTS
from optopscan import errors
from optopscan.catalog.engineering import load_engineering
from optopscan.cli import app
from optopscan.codes import en1990, en1996
from optopscan.codes.en1990 import FactorSet

PAGES = {page.relative_to(DOCS).as_posix(): page.read_text(encoding="utf-8") for page in stage.pages()}


def test_every_part_is_on_a_page_and_every_marker_is_a_part():
    named = {match[1] for text in PAGES.values() for match in stage.MARKER.finditer(text)}
    assert named == set(PARTS)
    for text in PAGES.values():
        assert "<!-- generated" not in stage.filled(text)


def test_every_page_is_in_the_navigation():
    nav = json.dumps(tomllib.loads((DOCS / "zensical.toml").read_text(encoding="utf-8"))["project"]["nav"])
    assert sorted(PAGES) == sorted(re.findall(r'"([\w/]+\.md)"', nav))


@pytest.mark.parametrize("path", sorted(PAGES))
def test_pictures_of_a_page_are_there(path):
    for picture in re.findall(r"!\[.+?\]\((.+?)\)", PAGES[path]):
        assert ((DOCS / path).parent / picture).is_file(), picture


@pytest.mark.parametrize("path", sorted(PAGES))
def test_files_that_a_page_names_are_there(path):
    text = re.sub(r"^<!-- (?:file|append|after): .*?^```$", "", PAGES[path], flags=re.MULTILINE | re.DOTALL)
    made = set(re.findall(r"<!-- file: (.+?) -->", PAGES[path]))
    named = re.findall(r"`((?:optopscan|tests|catalog|examples|docs|benchmarks)/[\w./-]+)`", text)
    named = [name for name in named if not re.fullmatch(r"optopscan/[a-z]+/\d+", name)]  # the name of a schema, no file
    named += [f"optopscan/{one}" for one in re.findall(r"`((?:checks|codes|loads|structure|placement|portfolio|pipeline)/[\w./]+)`", text)]
    named += [f"optopscan/checks/{one}" for one in re.findall(r"`(resistance/[\w./]+)`", text)]
    assert [name for name in named if name not in made and not (ROOT / name).exists()] == []


# command line


def test_reference_has_every_command_and_option():
    text = commands.reference()
    names = [name for name, _ in commands.commands()]
    assert [name.split(" ")[1] for name in names if name.count(" ") == 1] == list(app.COMMANDS)
    for name, command in commands.commands():
        assert re.search(rf"^##+ {name}$", text, flags=re.MULTILINE), name
        for param in command.params:
            for option in param.opts if param.param_type_name == "option" else ():
                assert option.replace("_", "&#95;") in text, (name, option)


def test_reference_has_the_exit_codes():
    told = {int(code) for code in re.findall(r"^\| (\d+) \|", PAGES["reference/cli.md"], flags=re.MULTILINE)}
    own = {kind.exit_code for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, errors.OptopscanError)}
    assert told == {0, 1} | own | {app.INTERRUPTED, app.PIPE_CLOSED}


def test_reference_has_defaults_and_variables():
    text = commands.reference()
    assert "| <code>--level &#91;nieuwbouw&#124;verbouw&#124;afkeur&#93;</code> |" in text
    assert "| verbouw | <code>OPTOPSCAN&#95;LEVEL</code> |" in text


# data


def test_every_row_of_the_engineering_values_is_on_its_page():
    text = values.engineering()
    for file, subject in values.files():
        rows = tomllib.loads((values.DATA / file).read_text(encoding="utf-8"))[subject.table]
        if file not in values.ELSEWHERE:
            assert text.split(f"## {file}\n", 1)[1].split("\n## ", 1)[0].count("\n| ") == len(rows) + 2, file


def test_everything_that_is_not_checked_is_on_its_page():
    text = stage.filled(PAGES["limits.md"])
    for row in load_engineering().not_checked:
        assert row.en in text


# validation


def test_kept_comparisons_are_those_of_the_tests():
    kept = figures.read_found()
    for name, rows in (("worked", compare.worked()), ("outside", compare.outside())):
        for before, now in zip(kept[name], rows, strict=True):
            # another version of a library may differ in the last digits
            assert now["found"] == pytest.approx(before["found"], rel=1e-4, abs=1e-9), before
            assert {**now, "found": 0, "off": 0} == {**before, "found": 0, "off": 0}
    assert kept["own_rules"] == compare.own_rules()


def test_page_has_finite_elements_and_every_project():
    kept = figures.read_found()
    assert {row["model"] for row in kept["finite_elements"]} == {"galerijflat_1972", "kantoor_1980", "portiekflat_1958"}
    assert [row["name"] for row in kept["realised"]] == [row.name for row in load_engineering().realised]


def test_a_miss_is_told_as_a_miss(monkeypatch, tmp_path):
    file = tmp_path / "measured.toml"
    row = '[[figure]]\nid = "a"\nwhat = "b"\nunit = "x"\ncommand = "c"\ndate = 2026-01-01\nvalue = {}\nsense = ">="\ngoal = 8.0\n'
    monkeypatch.setattr(figures, "MEASURED", file)
    file.write_text(row.format(7.9) + row.format(8.0))
    assert [figures.met(one) for one in figures.read_measured()] == [False, True]
    assert figures.measured().startswith("1 goals met, 1 missed, 0 not measured yet.")
    assert figures.measured().count('class="missed"') == 1
    file.write_text(row.format(8.0).replace("date = 2026-01-01\n", ""))
    with pytest.raises(ValueError, match="figure a: check value and date"):
        figures.read_measured()


def test_commands_of_measured_figures_are_there():
    rows = figures.read_measured()
    assert len({row["id"] for row in rows}) == len(rows)
    for row in rows:
        for name in re.findall(r"benchmarks/\w+\.py", row["command"]):
            assert (ROOT / name).is_file(), name


# the wall by hand

FUNCTIONS = {"max": max, "sqrt": np.sqrt, "exp": np.exp}


def wall():
    """Given values, and (symbol, computed, as the page says) of every line, from the page alone."""
    known, lines = {}, []
    for block in re.findall(r"```text\n(.*?)```", PAGES["theory/worked.md"], flags=re.DOTALL):
        for line in block.splitlines():
            symbol, *middle, last = line.split(" = ")
            if middle:
                known[symbol] = eval(middle[0], FUNCTIONS, known)
                lines.append((symbol, known[symbol], last))
            else:
                known[symbol] = float(last.split()[0])
    return known, lines


def test_every_line_of_the_wall_is_what_it_says():
    known, lines = wall()
    assert len(lines) >= 12
    for symbol, computed, told in lines:
        digits = len(told.partition(".")[2])
        assert computed == pytest.approx(float(told), abs=0.6 * 10**-digits + 2e-4 * abs(computed)), symbol
    assert known["e_load"] == pytest.approx(known["t"] / 6 / 2)


def test_the_program_finds_the_same_wall():
    known, _ = wall()
    factors = FactorSet(
        id="page", level="verbouw", consequence_class="CC2", gamma_ga=known["gamma_a"], gamma_gb=known["gamma_b"], gamma_q=known["gamma_Q"],
        gamma_q_wind=1.4, gamma_g_inf=0.9, source="", confidence="expert",
    )  # fmt: skip
    imposed = [known["Q_old"]] * 4 + [known["Q_new"]] * 3
    assert en1990.design_axial_force(known["G"], imposed, psi0=known["psi_0"], factors=factors).n_kn == pytest.approx(known["N_Ed"])
    assert float(en1996.initial_eccentricity_mm(known["h"])) == pytest.approx(known["e_init"])
    e_mk = en1996.mid_eccentricity_mm(
        e_load_mm=known["e_load"], e_init_mm=known["e_init"], thickness_mm=known["t"], slenderness=known["slenderness"], phi_inf=1.1
    )
    assert float(e_mk) == pytest.approx(known["e_mk"])
    phi = en1996.mid_factor(e_mm=known["e_mk"], thickness_mm=known["t"], slenderness=known["slenderness"])
    assert float(phi) == pytest.approx(known["Phi_m"])
    resistance = en1996.axial_resistance_kn(phi=phi, thickness_mm=known["t"], length_mm=known["l"], fd_mpa=known["f_d"])
    assert float(resistance) == pytest.approx(known["N_Rd"])


# the built site


def test_what_a_page_fetches_from_elsewhere_is_found(tmp_path):
    (tmp_path / "a.html").write_text(
        '<link rel="stylesheet" href="https://fonts.example/x.css"><link rel="canonical" href="https://here.example/">'
        '<script src="//cdn.example/x.js"></script><a href="https://elsewhere.example/">link</a><img src="x.png">'
        "<style>@import 'https://c.example/a.css'</style><pre class='mermaid x'></pre>"
    )
    (tmp_path / "b.css").write_text("a { background: url(https://d.example/p.png) } b { background: url(p.png) }")
    assert offline.loaded_from_elsewhere(tmp_path) == [
        "a.html: https://fonts.example/x.css",
        "a.html: //cdn.example/x.js",
        "a.html: script of the theme for mermaid",
        "a.html: https://c.example/a.css",
        "b.css: https://d.example/p.png",
    ]


def test_site_is_built_without_links_that_break(tmp_path):
    pytest.importorskip("zensical", reason="needs the extra docs")
    site = importlib.import_module("docs.make.__main__")
    site.build.main(["--out", str(tmp_path)], standalone_mode=False)
    assert (tmp_path / "site" / "tutorials" / "constructeur.html").is_file()
    assert (tmp_path / "site" / "pictures" / "variant.png").is_file()
