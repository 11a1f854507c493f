"""Settings from flags, environment and optopscan.toml: order, types, and words nobody knows."""

import dataclasses

import pytest

from optopscan.cli import config
from optopscan.cli.options import SETTINGS
from optopscan.settings import Settings

# One value per field that differs from the default, as written on the command line, and as Settings must hold it.
EXAMPLES = {
    "level": (["--level", "afkeur"], "afkeur"),
    "consequence_class": (["--consequence-class", "CC3"], "CC3"),
    "factor_set": (["--factor-set", "other"], "other"),
    "existing_use": (["--use", "office"], "office"),
    "build_year": (["--build-year", "1958"], 1958),
    "reference_period_years": (["--reference-period", "15"], 15.0),
    "wind_region": (["--wind-region", "III"], "III"),
    "terrain": (["--terrain", "kust"], "kust"),
    "robustness_settled": (["--robustness-settled"], True),
    "samples": (["--samples", "0"], 0),
    "seed": (["--seed", "7"], 7),
    "floor_finish_kn_m2": (["--floor-finish", "0"], 0.0),
    "partitions_kn_m2": (["--partitions", "1.2"], 1.2),
    "roof_membrane_kn_m2": (["--roof-membrane", "0.3"], 0.3),
    "roof_ballast_kn_m2": (["--roof-ballast", "0"], 0.0),
    "roof_ballast_evidence": (["--roof-ballast-evidence"], True),
    "concepts": (["--concept", "b", "--concept", "a"], ("b", "a")),
    "max_extra_storeys": (["--max-extra-storeys", "0"], 0),
    "setback_m": (["--setback", "1.5"], 1.5),
    "setback_sides": (["--setback-side", "noord=2", "--setback-side", "west=0"], ("noord=2", "west=0")),
    "storey_setback_m": (["--storey-setback", "1"], 1.0),
    "height_max_m": (["--height-max", "16"], 16.0),
    "fire_distance_m": (["--fire-distance", "5"], 5.0),
    "remove_obstacles": (["--remove-obstacle", "schoorsteen*"], ("schoorsteen*",)),
    "new_roof": (["--new-roof", "green"], "green"),
    "goal": (["--goal", "area"], "area"),
    "mix": (["--mix", "40/40/20"], (40.0, 40.0, 20.0)),
    "mix_yields": (["--mix-yields", "dwellings"], "dwellings"),
    "access": (["--access", "gallery"], "gallery"),
    "gallery_side": (["--gallery-side", "oost"], "oost"),
    "place": (["--no-place"], False),
    "assume_unit": (["--assume-unit", "inch"], "inch"),
    "building": (["--building", "Blok 2"], "Blok 2"),
    "ignore_properties": (["--ignore-property", "Pset_WallCommon.LoadBearing"], frozenset({"Pset_WallCommon.LoadBearing"})),
    "threads": (["--threads", "1"], 1),
    "part_length_max_m": (["--part-length-max", "1"], 1.0),
    "head_length_max_m": (["--head-length-max", "0.25"], 0.25),
    "cell_size_m": (["--cell-size", "0.25"], 0.25),
    "contact_tolerance_m": (["--contact-tolerance", "0.02"], 0.02),
}


def settings_of(stages):
    return stages.asked[-1][1]


def test_every_field_of_settings_is_one_option():
    fields = [field.name for field in dataclasses.fields(Settings)]
    assert sorted(row[1] for row in SETTINGS) == sorted(fields)
    assert sorted(EXAMPLES) == sorted(fields)


@pytest.mark.parametrize("field", EXAMPLES)
def test_flag_sets_its_field_alone(run, stages, field):
    args, expected = EXAMPLES[field]
    assert run("scan", "a.ifc", *args).exit_code == 0
    assert settings_of(stages) == dataclasses.replace(Settings(), **{field: expected})


def test_nothing_given_is_the_default(run, stages):
    assert run("scan", "a.ifc").exit_code == 0
    assert settings_of(stages) == Settings()


def test_help_shows_the_default_of_settings(run):
    shown = " ".join(run("scan", "--help").stdout.split())
    assert "Finish and screed on existing floors [kN/m2]. [default: 0.5]" in shown


def test_order_flag_environment_file(run, stages, in_tmp):
    (in_tmp / "optopscan.toml").write_text('level = "afkeur"\nsetback_m = 1\nmax_extra_storeys = 1\nconcepts = ["a", "b"]\nplace = false\n')
    env = {"OPTOPSCAN_SETBACK_M": "2", "OPTOPSCAN_MAX_EXTRA_STOREYS": "2"}
    assert run("scan", "a.ifc", "--max-extra-storeys", "0", env=env).exit_code == 0
    found = settings_of(stages)
    assert (found.level, found.concepts, found.place) == ("afkeur", ("a", "b"), False)
    assert (found.setback_m, found.max_extra_storeys) == (2.0, 0)


def test_list_in_the_environment(run, stages):
    run("scan", "a.ifc", env={"OPTOPSCAN_CONCEPTS": "a b"})
    assert settings_of(stages).concepts == ("a", "b")


def test_other_file(run, stages, in_tmp):
    (in_tmp / "other.toml").write_text('lang = "en"\nsetback_m = 3.0\n')
    assert run("scan", "a.ifc", "--config", "other.toml").stdout == "antwoord in en: 1\n"
    assert run("scan", "a.ifc", env={"OPTOPSCAN_CONFIG": "other.toml"}).exit_code == 0
    assert settings_of(stages).setback_m == 3.0


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("max_extra_storey = 1", "max_extra_storey: unknown setting; did you mean max_extra_storeys?"),
        ("[scan]\nlevel = 'afkeur'", "scan: unknown setting; "),
        ("output = 'out'", "output: unknown setting; "),
        ("max_extra_storeys = 1.5", "max_extra_storeys: 1.5 should be a whole number"),
        ("max_extra_storeys = '1'", "max_extra_storeys: '1' should be a whole number"),
        ("max_extra_storeys = true", "max_extra_storeys: True should be a whole number"),
        ("setback_m = '1,5'", "setback_m: '1,5' should be a number"),
        ("place = 0", "place: 0 should be true or false"),
        ("level = 'sloop'", "level: 'sloop' is not one of 'nieuwbouw', 'verbouw', 'afkeur'"),
        ("concepts = 'a'", "concepts: write a list, as in concepts = ['a']"),
        ("concepts = [1]", "concepts: 1 should be a text in quotes"),
        ("level = verbouw", "not TOML: "),
        ("seed = " + "9" * 5000, "not TOML: "),
    ],
)
def test_faults_in_the_file_are_one_line_and_2(run, stages, in_tmp, text, expected):
    (in_tmp / "optopscan.toml").write_text(text)
    result = run("scan", "a.ifc")
    assert (result.exit_code, result.stdout, stages.asked) == (2, "", [])
    assert result.stderr.startswith(f"optopscan: optopscan.toml: {expected}")
    assert result.stderr.count("\n") == 1


def test_named_file_that_is_not_there(run, stages):
    result = run("scan", "a.ifc", "--config", "gone.toml")
    assert (result.exit_code, result.stderr) == (2, "optopscan: gone.toml: cannot be read (No such file or directory); check --config\n")


def test_misspelt_variable_is_named(run, stages):
    result = run("scan", "a.ifc", env={"OPTOPSCAN_SETBACK": "2"})
    assert result.exit_code == 0
    assert result.stderr == (
        "optopscan: environment: OPTOPSCAN_SETBACK is no setting of this command and is ignored; did you mean OPTOPSCAN_SETBACK_M?\n"
    )
    assert run("scan", "a.ifc", "--quiet", env={"OPTOPSCAN_SETBACK": "2"}).stderr == ""


def test_variables_of_ours_that_are_no_settings_are_silent(run, stages):
    assert sorted(config.OTHER_VARIABLES) == ["OPTOPSCAN_CONFIG", "OPTOPSCAN_REAL_MODELS"]
    assert run("scan", "a.ifc", env={"OPTOPSCAN_REAL_MODELS": "x"}).stderr == ""


def test_wrong_variable_is_one_line_and_2(run, stages):
    result = run("scan", "a.ifc", env={"OPTOPSCAN_LEVEL": "sloop"})
    assert result.exit_code == 2
    assert result.stderr.count("\n") == 1
    assert "OPTOPSCAN_LEVEL" in result.stderr
