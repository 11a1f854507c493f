"""`optopscan place`: from a model and from a record of it, what is written and printed, and one line for what is wrong."""

import csv
import importlib.util
import io
import json
import os
from pathlib import Path

import ifcopenshell
import jsonschema
import pytest
from click.testing import CliRunner

from optopscan.cli.app import cli
from optopscan.report.record import schema
from optopscan.report.variants.table_csv import NAME

ONE = ("--concept", "fictief.hsb-2d", "--max-extra-storeys", "1", "--access", "gallery", "--mix", "100/0")
"""One storey along a gallery, small dwellings only: quick."""
TOLD = ("schema", "statement", "input_sha256", "tool", "settings", "variants")


def wing_model():
    path = Path(__file__).parents[1] / "pipeline" / "small_wing.py"
    spec = importlib.util.spec_from_file_location("small_wing_to_place", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A model, and the record of placing on it in ``uit``."""
    at = tmp_path_factory.mktemp("plaats")
    wing_model().write(at / "vleugel.ifc")
    return at


@pytest.fixture(scope="module")
def place(folder):
    """Run the command in the folder, with no settings from outside."""
    clean = {name: None for name in os.environ if name.startswith("OPTOPSCAN_")}

    def invoke(*args):
        before = Path.cwd()
        os.chdir(folder)
        try:
            return CliRunner(env=clean).invoke(cli, ["place", *args], prog_name="optopscan")
        finally:
            os.chdir(before)

    return invoke


@pytest.fixture(scope="module")
def from_model(place):
    return place("vleugel.ifc", "-o", "uit", "--samples", "0", *ONE, "--json", "--quiet")


@pytest.fixture(scope="module")
def record(folder, from_model):
    """The path to name on the command line; written by the run from the model."""
    assert from_model.exit_code == 0, from_model.output
    return "uit/record.json"


def refused(result, code):
    """Return the one line of an error."""
    assert result.exit_code == code, result.output
    assert result.stdout == ""
    lines = [line for line in result.stderr.splitlines() if not line.startswith("Usage:") and not line.startswith("Try ")]
    lines = [line for line in lines if line.strip()]
    assert len(lines) == 1, result.stderr
    return lines[0]


def test_record_arrays_and_table_are_written(folder, record):
    written = sorted(path.name for path in (folder / record).parent.iterdir())
    assert {"record.json", "record.npz", NAME} <= set(written)
    assert (folder / record).with_suffix(".npz").stat().st_size > 0


def test_the_table_has_a_row_per_variant(folder, record, from_model):
    variants = json.loads(from_model.stdout)["variants"]
    text = (folder / "uit" / NAME).read_bytes().decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text), delimiter=";"))
    assert len(rows) == 1 + len(variants) > 1
    assert [row[rows[0].index("variant")] for row in rows[1:]] == [one["id"] for one in variants]


def test_stdout_is_json_and_nothing_else(from_model):
    assert from_model.stderr == ""
    told = json.loads(from_model.stdout)
    assert set(TOLD) <= set(told)
    assert "parts" not in told


def test_json_keeps_to_the_published_schema(from_model):
    published = schema.published()
    part = {**published, "properties": {name: published["properties"][name] for name in TOLD}, "required": list(TOLD)}
    jsonschema.validate(json.loads(from_model.stdout), part)


def test_the_schema_can_say_no(from_model):
    told = json.loads(from_model.stdout)
    told["variants"][0]["outcome"] = "fine"
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(told["variants"], schema.published()["properties"]["variants"])


def test_json_is_what_the_record_holds(folder, record, from_model):
    held, told = json.loads((folder / record).read_bytes()), json.loads(from_model.stdout)
    assert {name: held[name] for name in told} == told


def test_the_record_gives_the_same_variants(record, place, from_model):
    again = place(record, *ONE, "--json", "--quiet")
    assert again.exit_code == 0, again.output
    assert json.loads(again.stdout)["variants"] == json.loads(from_model.stdout)["variants"]


def test_the_record_of_placing_again_is_the_same_file(folder, record, place):
    assert place(record, *ONE, "-o", "opnieuw", "--quiet").exit_code == 0
    for name in ("record.json", "record.npz", NAME):
        assert (folder / "opnieuw" / name).read_bytes() == (folder / "uit" / name).read_bytes()


def test_a_record_takes_other_products_and_set_backs(record, place):
    """The same as from the model with that product and set-back."""
    changed = (*ONE[2:], "--concept", "fictief.hsb-3d", "--setback", "1.0", "--json", "--quiet")
    kept, scanned = place(record, *changed), place("vleugel.ifc", "--samples", "0", *changed)
    assert (kept.exit_code, scanned.exit_code) == (0, 0)
    one, other = (json.loads(result.stdout)["variants"] for result in (kept, scanned))
    assert {row["concept"] for row in one} == {"fictief.hsb-3d"}
    assert {row["asked"]["setback"] for row in one} == {"1"}
    assert any(row["modules"] for row in one)
    assert [row["placed"] for row in one] == [row["placed"] for row in other]


def test_text_in_dutch_and_english(record, place):
    dutch, english = place(record, *ONE, "--quiet"), place(record, *ONE, "--quiet", "--lang", "en")
    assert (dutch.exit_code, english.exit_code) == (0, 0)
    assert dutch.stdout.startswith("Quickscan")
    assert english.stdout.startswith("Quickscan, not a structural design check.")
    assert "Het front" in dutch.stdout
    assert "The front" in english.stdout
    assert "varianten" not in english.stdout
    assert "woningen (2 x 2K-54)" in dutch.stdout
    assert "dwellings (2 x 2K-54)" in english.stdout
    assert "Onbekend: " in dutch.stdout


def test_a_record_and_a_model_together(record, place):
    assert "a record stands for a whole building; name it alone, or name IFC files" in refused(place(record, "vleugel.ifc"), 2)


def test_a_record_that_was_cut_off(folder, record, place):
    (folder / "half.json").write_bytes((folder / record).read_bytes()[:2000])
    assert "half.json" in refused(place("half.json"), 3)


def test_a_record_without_its_arrays(folder, record, place):
    (folder / "alleen").mkdir()
    (folder / "alleen" / "record.json").write_bytes((folder / record).read_bytes())
    assert "record.npz" in refused(place("alleen/record.json"), 3)


def test_a_file_that_is_not_there(place):
    assert refused(place("weg.ifc"), 3) == "optopscan: weg.ifc: no such file; check the path"


def test_overrides_belong_to_the_scan(folder, record, place):
    (folder / "gegevens.toml").write_text("")
    assert "--overrides goes into the loads and strengths; scan the model again with it" in refused(
        place(record, "--overrides", "gegevens.toml"), 2
    )


def test_a_setting_of_the_loads_belongs_to_the_scan(record, place):
    assert "partitions_kn_m2: fixed when the model was scanned" in refused(place(record, "--partitions", "0.3"), 2)


def test_a_mix_that_is_no_whole(record, place):
    assert "is no mix; write shares in percent that add up to 100, as 40/40/20" in refused(place(record, "--mix", "40/40"), 2)


def test_a_side_that_is_not_there(record, place):
    assert "setback_sides='boven=1'" in refused(place(record, *ONE, "--setback-side", "boven=1", "--quiet"), 2)


def test_an_obstacle_that_is_not_there(record, place):
    said = refused(place(record, *ONE, "--remove-obstacle", "vlaggenmast", "--quiet"), 2)
    assert "remove_obstacles='vlaggenmast' matches nothing on the roof; there stand: " in said


def test_a_fault_in_the_surroundings(folder, record, place):
    (folder / "omgeving.toml").write_text('north_deg = 400.0\nsource = "kaart"\n')
    said = refused(place(record, *ONE, "--surroundings", "omgeving.toml", "--quiet"), 2)
    assert "omgeving.toml:1" in said
    assert "north_deg" in said


def test_surroundings_that_are_not_there(record, place):
    assert "weg.toml: cannot be read" in refused(place(record, *ONE, "--surroundings", "weg.toml", "--quiet"), 2)


def test_nothing_is_written_when_it_goes_wrong(folder, record, place):
    place(record, *ONE, "--setback-side", "boven=1", "-o", "niets", "--quiet")
    assert not (folder / "niets").exists()


def test_surroundings_give_the_sun(folder, record, place):
    """A flat 11 m to the north loses sun to the new storey; without a file nothing is known of who stands there."""
    (folder / "flat.toml").write_text(
        'north_deg = 0.0\nsource = "kaart"\n\n[[neighbour]]\nname = "flat"\n'
        "polygon = [[0, 22], [19, 22], [19, 32], [0, 32]]\nheight_m = 9.0\n"
    )
    result = place(record, *ONE, "--surroundings", "flat.toml", "--json", "--quiet")
    assert result.exit_code == 0, result.output
    suns = [row["worth"]["sun"] for row in json.loads(result.stdout)["variants"] if row["modules"]]
    assert suns
    assert all(sun["lost_mean_h"] is not None for sun in suns)


def test_each_variant_put_forward_is_written_as_a_model_the_same_each_time(place, folder):
    asked = ("vleugel.ifc", "--ifc", "--samples", "0", *ONE, "--json")
    runs = [place(*asked, "-o", name) for name in ("model", "nogmaals")]
    assert [run.exit_code for run in runs] == [0, 0], runs[0].output
    shown = [one for one in json.loads(runs[0].stdout)["variants"] if one["worth"] and one["worth"]["put_forward"] and one["modules"]]
    written = sorted((folder / "model").glob("*.ifc"))
    files = [one for one in written if not one.name.startswith("variant_")]
    assert len(written) - len(files) == len(files) == len(shown) > 0, "an overlay beside each"
    for path in written:
        assert path.read_bytes() == (folder / "nogmaals" / path.name).read_bytes()
        model = ifcopenshell.open(path)
        modules = [one for one in model.by_type("IfcElementAssembly") if one.ObjectType == "VOLUMETRICMODULE"]
        assert len(modules) in {one["modules"] for one in shown}
        [group] = [one for one in model.by_type("IfcGroup") if "quickscan" in (one.Description or "")]
        assert "het record geldt" in group.Description
        assert any(one.ObjectType == "WALKWAY" for one in model.by_type("IfcElementAssembly"))
        stamps = [one for one in model.by_type("IfcPropertySet") if one.Name == "Optop_Quickscan"]
        assert len(stamps) == 1
    assert "het record geldt" in runs[0].stderr


def test_models_need_a_folder_and_the_model(place, record):
    assert "name a folder" in refused(place("vleugel.ifc", "--ifc"), 2)
    assert "a record has no model" in refused(place(record, "--ifc", "-o", "uit"), 2)
