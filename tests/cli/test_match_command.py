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
