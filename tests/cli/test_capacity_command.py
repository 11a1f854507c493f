"""optopscan capacity: what it asks of the stages, what it prints, its gate and its errors."""

import json
import types

import pytest

from optopscan.errors import NothingToScan, UsageError


@pytest.fixture
def views(stages, stand_in):
    """Stand-ins for the view of the answer and for the calculation of one element."""
    stand_in("optopscan.report.capacity_text", text=lambda record, lang: f"lagen in {lang}\n", as_json=lambda record: {"only": 1})
    asked = types.SimpleNamespace(calls=[])
    checked = types.SimpleNamespace(known=types.SimpleNamespace(building=types.SimpleNamespace(elements="elements")))

    def check_building(paths, settings, tell, overrides=None):
        asked.calls.append((list(map(str, paths)), settings))
        return checked

    def calculate(made, row, scenario, part=None):
        if part == "9":
            raise UsageError("--part 9: no such part")
        return (row, scenario, part)

    stand_in("optopscan.pipeline", scan=stages.scan, check_building=check_building)
    states = {"governing_scenario": lambda made: "a+1", "scenario_names": lambda made: ("existing", "a+1", "a+2")}
    stand_in("optopscan.pipeline.calculating", calculate=calculate, **states)
    stand_in("optopscan.report.inspection.element", find=lambda elements, key: {"0#5": 5, "guid": 6}[key])
    stand_in("optopscan.report.calculation", text=lambda made: f"berekening {made}\n", as_json=lambda made: {"element": made[0]})
    return asked


def test_it_answers_without_placing(run, stages, views):
    assert run("capacity", "a.ifc", "--lang", "en").stdout == "lagen in en\n"
    assert stages.asked[0][0] == ["a.ifc"]
    assert stages.asked[0][1].place is False


def test_settings_are_those_of_a_scan(run, stages, views):
    run("capacity", "a.ifc", "--level", "nieuwbouw", "--setback", "1")
    assert (stages.asked[0][1].level, stages.asked[0][1].setback_m) == ("nieuwbouw", 1.0)


def test_json(run, views):
    assert json.loads(run("capacity", "a.ifc", "--json").stdout) == {"only": 1}


@pytest.mark.parametrize(("asked", "code"), [("1", 0), ("2", 1)])
def test_the_gate_looks_at_proven(run, views, asked, code):
    result = run("capacity", "a.ifc", "--fail-under", asked)
    assert (result.exit_code, result.stdout) == (code, "lagen in nl\n")
    assert result.stderr == ("" if code == 0 else "optopscan: proven 1 is under --fail-under 2\n")


def test_one_element_in_the_governing_state_unless_another_is_named(run, views):
    assert run("capacity", "a.ifc", "--element", "0#5").stdout == "berekening (5, 'a+1', None)\n"
    assert (
        run("capacity", "a.ifc", "--element", "guid", "--scenario", "existing", "--part", "2").stdout == "berekening (6, 'existing', '2')\n"
    )
    assert all(settings.place is False for _, settings in views.calls)
    assert json.loads(run("capacity", "a.ifc", "--element", "0#5", "--json").stdout) == {"element": 5}


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("--element", "0#5", "--scenario", "a+3"), "did you mean a+"),
        (("--element", "0#5", "--part", "9"), "no such part"),
        (("--element", "0#5", "--fail-under", "1"), "leave out --element"),
        (("--part", "1"), "name an element"),
        (("--scenario", "a+1"), "name an element"),
    ],
)
def test_what_cannot_be_asked_is_one_line(run, views, args, said):
    result = run("capacity", "a.ifc", *args)
    assert (result.exit_code, result.stdout, result.stderr.count("\n")) == (2, "", 1)
    assert said in result.stderr


def test_a_model_without_structure_is_one_line(run, stages, views):
    stages.error = NothingToScan("a.ifc: no bearing structure; add the walls")
    result = run("capacity", "a.ifc")
    assert (result.exit_code, result.stdout, result.stderr) == (3, "", "optopscan: a.ifc: no bearing structure; add the walls\n")
