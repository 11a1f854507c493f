"""`optopscan catalog match`."""

import json

import pytest

TIMBER = ("--family", "vooroorlogs-houten-vloeren")


def test_matrix_table_and_json(run, in_tmp):
    # a family that is refused needs no reading: this is about the command alone
    result = run("catalog", "match", "fictief.hsb-3d", "fictief.betonvloer", *TIMBER, "--samples", "2", "-o", "uit")
    assert result.exit_code == 0
    assert result.stdout.splitlines()[1].split()[:2] == ["fictief.betonvloer", "uit"]
    assert "uitgesloten: Houten vloeren" in result.stdout
    assert (in_tmp / "uit" / "match.csv").read_bytes().count(b"\r\n") == 5
    assert sorted(path.name for path in (in_tmp / "uit").iterdir()) == ["match.csv", "match.html", "match.png"]
    again = run("catalog", "match", "fictief.betonvloer", "fictief.hsb-3d", *TIMBER, "--samples", "2", "--json")
    shown = json.loads(again.stdout)
    assert [block["sample"] for block in shown["blocks"]] == [1, 2]
    assert {cell["outcome"] for cell in shown["cells"]} == {"refused"}


def test_english_in_every_view_but_the_table(run, in_tmp):
    result = run("catalog", "match", "fictief.hsb-3d", *TIMBER, "--lang", "en", "-o", "out")
    assert result.stdout.splitlines()[1].split()[:2] == ["fictief.hsb-3d", "out"]
    assert "not a structural check" in result.stdout
    assert '<html lang="en">' in (in_tmp / "out" / "match.html").read_text(encoding="utf-8")
    assert b"Which product fits where?" in (in_tmp / "out" / "match.png").read_bytes()
    assert (in_tmp / "out" / "match.csv").read_text(encoding="utf-8-sig").startswith("product;blok;")


def test_models_of_one_name_are_told_apart_and_one_model_twice_is_refused(run, in_tmp):
    for folder in ("noord", "zuid"):
        (in_tmp / folder).mkdir()
        (in_tmp / folder / "flat.ifc").write_text(f"no model of {folder}")
    result = run("catalog", "match", "fictief.hsb-3d", "--ifc", "noord/flat.ifc", "--ifc", "zuid/flat.ifc", "--json")
    shown = json.loads(result.stdout)
    assert [(cell["block"], cell["outcome"]) for cell in shown["cells"]] == [("noord/flat.ifc", "unknown"), ("zuid/flat.ifc", "unknown")]
    twice = run("catalog", "match", "fictief.hsb-3d", "--ifc", "noord/flat.ifc", "--ifc", "./noord/../noord/flat.ifc")
    assert (twice.exit_code, twice.stdout, twice.stderr.count("\n")) == (2, "", 1)
    assert "the same file as --ifc noord/flat.ifc" in twice.stderr


@pytest.mark.parametrize(
    ("args", "code", "told"),
    [
        (["fictief.hsb-4d"], 2, "fictief.hsb-4d: no such concept; did you mean fictief.hsb-3d?"),
        (["--family", "tunel-1975"], 2, "--family tunel-1975: no such family; did you mean tunnel-1975?"),
        (["--ifc", "absent.ifc"], 3, "absent.ifc: no such file"),
        (["fictief.hsb-3d", "fictief.hsb-3d", *TIMBER], 2, "product fictief.hsb-3d occurs twice"),
    ],
)
def test_wrong_arguments_are_one_line(run, in_tmp, args, code, told):
    result = run("catalog", "match", *args)
    assert (result.exit_code, result.stdout, result.stderr.count("\n")) == (code, "", 1)
    assert told in result.stderr
