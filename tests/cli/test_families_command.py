"""`optopscan families`: list, show, build, lint, schema."""

import hashlib
import json

import pytest

from optopscan.families import author_family, load_families, sample, typical

FAMILIES = {family.id: family for family in load_families()}


def test_list_names_every_family_and_who_is_refused(run):
    rows = run("families", "list").stdout.splitlines()
    assert [row.split()[0] for row in rows] == sorted(FAMILIES)
    assert [row.split()[0] for row in rows if "(no extension: timber-floors)" in row] == ["vooroorlogs-houten-vloeren"]
    shown = json.loads(run("families", "list", "--json").stdout)
    assert [row["id"] for row in shown] == sorted(FAMILIES)
    assert all(row["typical"] is True and row["real"] is False for row in shown)


def test_show_gives_each_number_its_source(run):
    text = run("families", "show", "galerij-kalkzandsteen").stdout
    assert "typical, not a real building" in text
    for name, spread in FAMILIES["galerij-kalkzandsteen"].ranges.items():
        row = next(line for line in text.splitlines() if line.split()[0] == name)
        assert spread.source in row
        assert f"{spread.typical:g}" in row
    shown = json.loads(run("families", "show", "muwi-holle-blokken", "--json").stdout)
    assert shown["excluded"] is None
    assert [row["rule"] for row in shown["reservations"]] == ["hollow-block"]
    refused = run("families", "show", "vooroorlogs-houten-vloeren").stdout
    assert "refused" in refused
    assert "timber-floors: Houten vloeren" in refused


def test_build_writes_the_typical_block(run, in_tmp):
    result = run("families", "build", "school-gang", "-o", "out/school.ifc")
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr.startswith("optopscan: out/school.ifc: typical block of school-gang; scan it with --use communal;")
    family = FAMILIES["school-gang"]
    assert (in_tmp / "out" / "school.ifc").read_bytes() == author_family(family, typical(family))


def test_build_writes_a_sample(run, in_tmp):
    family = FAMILIES["school-gang"]
    assert run("families", "build", "school-gang", "-o", "b.ifc", "--sample", "2", "--of", "3", "--seed", "5").exit_code == 0
    wanted = author_family(family, sample(family, 3, seed=5)[1], name="school-gang-2-3-5")
    assert hashlib.sha256((in_tmp / "b.ifc").read_bytes()).digest() == hashlib.sha256(wanted).digest()


def test_build_says_what_refuses_an_extension(run):
    stderr = run("families", "build", "vooroorlogs-houten-vloeren", "-o", "c.ifc").stderr
    assert "no extension by rule timber-floors: Houten vloeren" in stderr


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (["show", "tunel"], "tunel: no such family; did you mean tunnel-1975?"),
        (["build", "school-gang", "-o", "a.ifc"], "a.ifc: exists and is not replaced; name another file, or use --force"),
        (
            ["build", "school-gang", "-o", "d.ifc", "--sample", "21"],
            "--sample 21: there are 20 samples; name one of them, or more with --of",
        ),
        (["build", "none.toml", "-o", "d.ifc"], "none.toml: cannot be opened (No such file or directory); name a readable family file"),
        (["lint", "none"], "none: no such file or folder; name a family file or a folder with family files"),
    ],
)
def test_wrong_use_is_one_line_and_2(run, args, told):
    result = run("families", *args)
    assert (result.exit_code, result.stdout, result.stderr) == (2, "", f"optopscan: {told}\n")


def test_lint_lists_faults_and_leaves_with_1(run, in_tmp):
    assert run("families", "lint").exit_code == 0
    (in_tmp / "mine.toml").write_text('schema = "optopscan/family/1"\nreal = true\n')
    result = run("families", "lint", "mine.toml")
    assert result.exit_code == 1
    assert "mine.toml:2: real: " in result.stdout
    assert "mine.toml:1: id: missing; expected lower case letters and digits with hyphens" in result.stdout


def test_schema_is_printed(run):
    shown = json.loads(run("families", "schema").stdout)
    assert shown["$id"] == "urn:optopscan:family:1"
    assert "plan" in shown["required"]
