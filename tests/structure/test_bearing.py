"""Which elements carry: buildings designed so, words of many tools, and how evidence adds up."""

import math
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from optopscan.ifc.author import Author, Storey
from optopscan.ifc.read import read
from optopscan.model.building import Building
from optopscan.model.structure import Bearing
from optopscan.pipeline.reading import infer
from optopscan.settings import Settings
from optopscan.structure.bearing import bearing_issues, infer_bearing
from optopscan.structure.bearing.weights import TEMPERATURE, WEIGHTS
from optopscan.structure.bearing.words import classified, name_signal, vendor_flags
from tests.structure.bearing_models import MODELS, written
from tests.structure.models import model


def verdict(path: Path, ignore: tuple[str, ...] = ()) -> tuple[Building, Bearing]:
    settings = Settings(ignore_properties=frozenset(ignore))
    building, _ = read([path], settings)
    _, bearing, _ = infer(building, settings)
    return building, bearing


def states(path: Path, truth: dict[str, bool], ignore: tuple[str, ...] = ()) -> dict[str, str]:
    building, bearing = verdict(path, ignore)
    found = {n: s for n, s, k in zip(building.elements.name, bearing.state, building.elements.kind, strict=True) if k in ("wall", "column")}
    assert found.keys() == truth.keys()
    return found


@pytest.mark.parametrize("name", MODELS)
@pytest.mark.parametrize("variant", ["silent", "all false", "right"])
def test_designed_buildings(tmp_path: Path, name: str, variant: str) -> None:
    path, truth = written(tmp_path, name, variant)
    assert states(path, truth) == {n: "yes" if carries else "no" for n, carries in truth.items()}


@pytest.mark.parametrize("name", MODELS)
@pytest.mark.parametrize("variant", ["all true", "thickness only"])
def test_misleading_or_poor_models_leave_doubt_but_no_error(tmp_path: Path, name: str, variant: str) -> None:
    path, truth = written(tmp_path, name, variant)
    found = states(path, truth)
    assert {n for n, s in found.items() if s == "yes"} == {n for n, carries in truth.items() if carries}


def test_without_the_property_by_its_bare_name(tmp_path: Path) -> None:
    path, _ = written(tmp_path, "stacked_flat", "right")
    silent, _ = written(tmp_path, "stacked_flat", "silent")
    for ignore in ("LoadBearing", "Pset_WallCommon.LoadBearing"):
        _, bearing = verdict(path, (ignore,))
        assert bearing.probability.tolist() == verdict(silent)[1].probability.tolist()


def test_rotation_changes_nothing(tmp_path: Path) -> None:
    path, truth = written(tmp_path, "shifted_storeys", "silent", 33.0)
    assert states(path, truth) == {n: "yes" if carries else "no" for n, carries in truth.items()}


@pytest.mark.parametrize(
    ("name", "variant", "signal", "carries"),
    [
        ("plank_flat", "silent", "planks_end", True),
        ("plank_flat", "silent", "planks_pass", False),
        ("stacked_flat", "right", "says_true", True),
        ("stacked_flat", "right", "says_false", False),
        ("stacked_flat", "silent", "carries_wall", True),
        ("stacked_flat", "silent", "open_to_sky", False),
        ("joist_house", "silent", "beams_land", True),
        ("joist_house", "silent", "beams_elsewhere", False),
        ("concrete_frame", "silent", "under_frame_beam", False),
        ("shifted_storeys", "silent", "lining", False),
        ("long_spans", "silent", "needed", True),
        ("long_spans", "silent", "bonded", True),
        ("timber_frame_house", "silent", "floors_meet", True),
    ],
)
def test_a_signal_is_seen_where_it_should_be_and_only_there(tmp_path: Path, name: str, variant: str, signal: str, carries: bool) -> None:
    path, truth = written(tmp_path, name, variant)
    building, bearing = verdict(path)
    on = {n for n, row in zip(building.elements.name, bearing.evidence, strict=True) if any(e.signal == signal for e in row)} & truth.keys()
    assert on
    assert {truth[n] for n in on} == {carries}


def test_true_on_everything_is_believed_less_where_it_plainly_errs(tmp_path: Path) -> None:
    path, _ = written(tmp_path, "stacked_flat", "all true")
    building, bearing = verdict(path)
    seen = {e.signal for row, kind in zip(bearing.evidence, building.elements.kind, strict=True) if kind == "wall" for e in row}
    assert "true_by_default" in seen
    assert not {"all_true", "says_true"} & seen


def test_a_piece_between_two_that_carry_is_one_wall_with_them(tmp_path: Path) -> None:
    def draw(author: Author, storey: Storey) -> None:
        # Two floors of 6 m rest on the line y = 5; its middle piece stands in a bay of 2.4 m between cross walls.
        for name, x0, x1 in (("left", 0.0, 6.0), ("middle", 6.11, 8.29), ("right", 8.4, 14.4)):
            author.wall(storey, name, (x0, 5.0), (x1, 5.0), z0_m=0, height_m=2.6, thickness_m=0.11, material="baksteen")
        for name, y in (("front", 0.0), ("back", 10.0)):
            author.wall(storey, name, (0.0, y), (14.4, y), z0_m=0, height_m=2.6, thickness_m=0.22, material="baksteen")
        for x in (6.0, 8.4):
            for y0, y1 in ((0.11, 4.945), (5.055, 9.89)):
                author.wall(storey, f"cross {x} {y0}", (x, y0), (x, y1), z0_m=0, height_m=2.6, thickness_m=0.22, material="baksteen")
        author.slab(storey, "dak", [(0, 0), (14.4, 0), (14.4, 10), (0, 10)], z_top_m=2.73, thickness_m=0.13, material="beton")

    building, bearing = verdict(model(tmp_path, draw))
    found = {n: (s, {e.signal for e in row}) for n, s, row in zip(building.elements.name, bearing.state, bearing.evidence, strict=True)}
    assert found["left"][0] == found["middle"][0] == found["right"][0] == "yes"
    assert "same_run" in found["middle"][1]


# -- words ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "signal"),
    [
        ("binnenwand dragend 150", "name_bearing"),
        ("binnenwand niet-dragend 100", "name_not_bearing"),
        ("nichttragende Wand", "name_not_bearing"),
        ("Non-Load Bearing wall", "name_not_bearing"),
        ("tragende Innenwand 24", "name_bearing"),
        ("woningscheidende wand 300", "name_structural"),
        ("lichte scheidingswand", "name_partition"),
        ("metalstud 100", "name_light"),
        ("voorzetwand", "name_light"),
        ("buitenspouwblad", "name_outer_leaf"),
        ("binnenspouwblad ks 100", "name_inner_leaf"),
        ("Interior - Partition (92mm Stud)", "name_light"),
        ("borstwering", "name_parapet"),
        ("Basic Wall:Generic 200", None),
        ("non-structural wall", "name_not_bearing"),
    ],
)
def test_names(text: str, signal: str | None) -> None:
    found = name_signal(text)
    assert (found[0] if found else None) == signal


def one_wall(tmp_path: Path, **facts: object) -> Building:
    def draw(author: Author, storey: Storey) -> None:
        author.wall(storey, "W", (0, 0), (4, 0), z0_m=0, height_m=2.6, thickness_m=0.15, material="beton", **facts)  # type: ignore[arg-type]

    return read([model(tmp_path, draw)], Settings())[0]


@pytest.mark.parametrize(
    ("pset", "name", "value", "said"),
    [
        ("PSet_Revit_Structural", "Structural Usage", "Bearing", True),
        ("PSet_Revit_Structural", "Structural Usage", "Non-bearing", False),
        ("PSet_Revit_Structural", "Structural Usage", 1.0, True),
        ("PSet_Revit_Structural", "Structural Usage", 0.0, False),
        ("Structural", "Structural", False, False),
        ("ArchiCADProperties", "Tragende Funktion", "Tragendes Element", True),
        ("ArchiCADProperties", "Tragende Funktion", "Nicht-tragendes Element", False),
        ("ArchiCADProperties", "Tragende Funktion", "Nicht definiert", None),
        ("ArchiCADProperties", "Structural Function", "Load-Bearing Element", True),
        ("ArchiCADProperties", "Structural Function", "Non-Load-Bearing Element", False),
        ("GEELEN BETON", "Loadbearing", True, True),
        ("eigenschappen", "Niet-dragend", True, False),
    ],
)
def test_vendor_properties(tmp_path: Path, pset: str, name: str, value: object, said: bool | None) -> None:
    building = one_wall(tmp_path, properties={pset: {name: value}})
    assert [flag for _, flag, _ in vendor_flags(building.elements, 0)] == ([] if said is None else [said])


@pytest.mark.parametrize(
    ("system", "code", "signal"),
    [
        ("NL-SfB", "21.22", "classified_bearing"),
        ("NL-SfB", "(22.11)", "classified_not"),
        ("NL-SfB", "28.21", "classified_bearing"),
        ("NL-SfB", "16.12", "classified_bearing"),
        ("NL-SfB", "41.11", "classified_not"),
        ("NL-SfB", "22", None),
        ("Uniformat", "C1010", "classified_not"),
        ("Uniformat", "B2010", None),
        ("DIN 276", "341", "classified_bearing"),
        ("DIN 276", "342", "classified_not"),
    ],
)
def test_classification(tmp_path: Path, system: str, code: str, signal: str | None) -> None:
    elements = one_wall(tmp_path).elements
    found = classified(replace(elements, properties=({f"Classification.{system}": code},)), 0)
    assert (found[0] if found else None) == signal


def test_code_in_a_type_name(tmp_path: Path) -> None:
    elements = one_wall(tmp_path).elements
    found = classified(replace(elements, type_name=("22.11_gipsblok",)), 0)
    assert found is not None
    assert found[0] == "classified_not"
    assert classified(replace(elements, type_name=("wand 22.114 mm",)), 0) is None


# -- adding up ------------------------------------------------------------------


def test_probability_is_the_sum_of_the_evidence_over_the_temperature(tmp_path: Path) -> None:
    path, _ = written(tmp_path, "joist_house", "right")
    building, _ = read([path], Settings())
    materials, bearing, _ = infer(building, Settings())
    for p, row in zip(bearing.probability.tolist(), bearing.evidence, strict=True):
        if row and row[-1].signal != "veto":
            assert p == pytest.approx(1.0 / (1.0 + math.exp(-sum(e.weight for e in row) / TEMPERATURE.value)), abs=1e-6)
    softer = infer_bearing(building.elements, materials, temperature=2.0)
    sure = np.asarray(bearing.probability) > 0.99
    assert (np.asarray(softer.probability)[sure] < np.asarray(bearing.probability)[sure]).all()


def test_every_weight_has_a_reason_and_every_size_is_an_opinion_within_bounds() -> None:
    assert all(len(w.reason) > 20 and 0 < abs(w.value) <= 6 for w in WEIGHTS.values())
    assert TEMPERATURE.value > 0
    assert "benchmarks" in TEMPERATURE.origin


def test_a_board_never_carries_and_what_speaks_for_it_leaves_doubt(tmp_path: Path) -> None:
    def draw(author: Author, storey: Storey) -> None:
        for name, y, t, flag in (
            ("board", 0.0, 0.06, True),
            ("stud", 2.0, 0.125, True),
            ("A", 4.0, 0.2, True),
            ("B", 6.0, 0.2, True),
            ("C", 8.0, 0.1, False),
        ):
            material = {"board": "gipskarton", "stud": "metal stud"}.get(name, "kalkzandsteen")
            author.wall(storey, name, (0, y), (8, y), z0_m=0, height_m=2.6, thickness_m=t, material=material, load_bearing=flag)
        author.slab(storey, "dak", [(0, -0.1), (8, -0.1), (8, 8.1), (0, 8.1)], z_top_m=2.8, thickness_m=0.2, material="beton")

    building, bearing = verdict(model(tmp_path, draw))
    by_name = dict(zip(building.elements.name, bearing.state, strict=True))
    assert (by_name["board"], by_name["A"], by_name["B"]) == ("no", "yes", "yes")
    assert by_name["stud"] != "yes"
    codes = {(i.code, building.elements.name[building.elements.id.index(i.id)]) for i in bearing_issues(building.elements, bearing) if i.id}
    assert ("OPT-310", "board") in codes


def test_false_everywhere_is_silence(tmp_path: Path) -> None:
    path, _ = written(tmp_path, "long_spans", "all false")
    silent, _ = written(tmp_path, "long_spans", "silent")
    building, bearing = verdict(path)
    walls = [i for i, k in enumerate(building.elements.kind) if k == "wall"]
    assert np.asarray(bearing.probability)[walls].tolist() == np.asarray(verdict(silent)[1].probability)[walls].tolist()
    assert "OPT-311" in {i.code for i in bearing_issues(building.elements, bearing)}


def test_left_out_but_perhaps_bearing_is_said(tmp_path: Path) -> None:
    building = one_wall(tmp_path)
    _, bearing, _ = infer(building, Settings())
    doubt = Bearing(state=("unknown",), probability=np.array([0.4]), evidence=bearing.evidence)
    assert [i.code for i in bearing_issues(building.elements, doubt)] == ["OPT-312"]
    assert not bearing_issues(building.elements, replace(doubt, probability=np.array([0.6])))
