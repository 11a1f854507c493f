"""optopscan clause: one clause by hand."""

import json

import pytest

from optopscan.checks.clause_functions import clause_functions
from optopscan.codes import en1993_stability, en1996


def test_all_are_listed_with_their_clause(run):
    lines = run("clause").stdout.splitlines()
    assert [line.split()[0] for line in lines] == list(clause_functions())
    assert "EN 1996-1-1:2005, Annex G" in next(line for line in lines if line.startswith("en1996.mid_factor "))


def test_a_module_lists_its_own(run):
    lines = run("clause", "en1996_lateral").stdout.splitlines()
    assert lines
    assert all(line.startswith("en1996_lateral.") for line in lines)


def test_a_name_shows_docstring_parameters_and_units(run):
    shown = run("clause", "en1996.mid_factor").stdout
    assert "u = (lambda - 0.063) / (0.73 - 1.17 e / t)" in shown
    assert "  thickness_mm  [mm]\n" in shown
    assert "  e_over_fk  [-], default 700.0\n" in shown


def test_values_give_numbers_result_and_clause(run):
    shown = run("clause", "en1996.mid_factor", "e_mm=20", "thickness_mm=214", "slenderness=12.5").stdout
    result = float(en1996.mid_factor(e_mm=20, thickness_mm=214, slenderness=12.5))
    assert "EN 1996-1-1:2005, Annex G" in shown
    assert f"result = {result:.6g}" in shown
    assert "e_over_fk = 700  (default)" in shown


def test_lists_and_json(run):
    result = run("clause", "en1996.end_factor", "e_mm=10,20,nan", "thickness_mm=200", "--json")
    data = json.loads(result.stdout)
    assert data["result"] == {"value": [pytest.approx(0.9), pytest.approx(0.8), None]}
    assert data["arguments"]["thickness_mm"] == {"value": 200.0, "unit": "mm"}
    assert data["clause"] == "EN 1996-1-1:2005, (6.4)"


def test_a_factor_set_by_name_and_by_its_numbers_agree(run):
    loads = ("permanent_kn=100", "imposed_by_storey_kn=10,20,30", "psi0=0.4", "--json")
    named = json.loads(run("clause", "en1990.design_axial_force", "factors=nen8700/verbouw/CC2", *loads).stdout)
    gammas = {key: row["value"] for key, row in named["arguments"].items() if key.startswith("factors.gamma")}
    typed = [f"{key}={value}" for key, value in gammas.items()]
    parts = json.loads(run("clause", "en1990.design_axial_force", *typed, *loads).stdout)
    assert parts["result"] == named["result"]
    assert named["result"]["n_kn"] > 100.0


def test_a_number_of_a_structure_that_was_not_typed_is_unknown(run):
    data = json.loads(
        run("clause", "en1990.combination_610a", "factors.gamma_ga=1.3", "permanent_kn=10", "variable_kn=1", "psi0=0", "--json").stdout
    )
    assert data["result"] == {"value": None}


def test_a_table_row_by_name(run):
    shown = run("clause", "en1991_1_4.peak_velocity_pressure", "height_m=10", "wind_speed_m_s=27", "terrain=bebouwd").stdout
    assert "terrain.z0_m = 0.5 m" in shown


def test_literals_flags_and_structures_of_arrays(run):
    assert "result = 1.7" in run("clause", "en1996_data.gamma_m", "category=I", "consequence_class=CC2").stdout
    weak = json.loads(
        run("clause", "en1996.fvk_mpa", "fvk0_mpa=0.2", "sigma_d_mpa=0", "fb_mpa=10", "unfilled_head_joints=yes", "--json").stdout
    )
    assert weak["result"]["value"] == pytest.approx(0.1)
    member = [f"member.{name}=1" for name in en1993_stability.BeamColumn.__dataclass_fields__]
    data = json.loads(run("clause", "en1993_stability.interaction_factors", *member, "n_ed_kn=0.1", "--json").stdout)
    assert list(data["result"]) == ["1", "2", "3", "4"]


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("en1996.mid_factr",), "did you mean en1996.mid_factor?"),
        (("mid_factor",), "did you mean en1996.mid_factor?"),
        (("qqq",), "optopscan clause lists them all"),
        (("en1996.end_factor", "e_m=3"), "did you mean e_mm?"),
        (("en1996.end_factor", "e_mm=3"), "missing thickness_mm [mm]"),
        (("en1996.end_factor", "e_mm=3", "thickness_mm=dik"), "not a number"),
        (("en1996.end_factor", "e_mm=3", "e_mm=4"), "given twice"),
        (("en1996.end_factor", "e_mm"), "is not KEY=VALUE"),
        (("en1996.end_factor", "e_mm.x=3"), "has no parts"),
        (("en1996.end_factor", "e_mm=1,2", "thickness_mm=1,2,3"), "cannot be computed"),
        (("en1996_data.gamma_m", "category=III", "consequence_class=CC2"), "category=III"),
        (("en1990.combination_610a", "factors=nen8700"), "SET/LEVEL/CLASS"),
        (("en1990.combination_610a", "factors.gama_q=1"), "did you mean gamma_q?"),
        (("en1991_1_4.peak_velocity_pressure", "terrain=bebouw"), "did you mean bebouwd?"),
        (("interval.admissible_interval", "utilisation=f"), "cannot be typed"),
    ],
)
def test_what_cannot_be_run_is_one_line_with_the_nearest(run, args, said):
    result = run("clause", *args)
    assert (result.exit_code, result.stdout, result.stderr.count("\n")) == (2, "", 1)
    assert said in result.stderr


@pytest.mark.parametrize("name", clause_functions())
def test_every_function_can_be_shown(run, name):
    assert run("clause", name).exit_code == 0
