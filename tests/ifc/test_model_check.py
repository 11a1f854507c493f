"""The published IDS files, and what they say of models whose gaps we put there."""

import ifcopenshell
import ifctester.ids
import pytest

from optopscan.errors import UnreadableInput, UsageError
from optopscan.ifc.author import Author
from optopscan.ifc.model_check import check_model, passes
from optopscan.ifc.requirements import PARAGRAPHS, PUBLISHED, REQUIREMENTS, document, published
from optopscan.settings import Settings

SCHEMAS = ("IFC2X3", "IFC4", "IFC4X3")


def house(schema="IFC4", **wall):
    """One storey: a wall, a slab on it and a strip footing; everything asked for unless told otherwise."""
    author = Author("huis", schema=schema, build_year=1962)
    ground = author.storey("00 begane grond", 0.0)
    facts = {"load_bearing": True, "is_external": False, **wall}
    material = facts.pop("material", "kalkzandsteen CS12")
    one = author.wall(ground, "wand", (0, 0), (5, 0), z0_m=0, height_m=2.6, thickness_m=0.15, material=material, **facts)
    slab = author.slab(
        ground,
        "vloer",
        [(0, 0), (5, 0), (5, 4), (0, 4)],
        z_top_m=2.8,
        thickness_m=0.2,
        material="beton C20/25",
        load_bearing=True,
        is_external=False,
    )
    return author, one, slab


def checked(tmp_path, author, **more):
    path = tmp_path / "huis.ifc"
    author.write(path)
    return {r.id: r for r in check_model([path], Settings(), **more)}


@pytest.mark.parametrize("part", PUBLISHED)
def test_published_files_are_what_the_table_makes_and_valid_ids(part):
    assert published(part).read_text(encoding="utf-8") == document(part)
    opened = ifctester.ids.open(str(published(part)), validate=True)
    assert {spec.name.split()[0] for spec in opened.specifications} == {r.id for r in REQUIREMENTS if r.part == part}


def test_each_requirement_has_its_own_id_and_a_known_paragraph():
    assert len({r.id for r in REQUIREMENTS}) == len(REQUIREMENTS)
    assert {r.paragraph for r in REQUIREMENTS} <= set(PARAGRAPHS)


@pytest.mark.parametrize("schema", SCHEMAS)
def test_a_complete_model_meets_all_that_is_required(tmp_path, schema):
    results = checked(tmp_path, house(schema)[0])
    assert {key for key, r in results.items() if r.part == "required" and r.outcome == "fail"} == set()
    # the wall and the slab were really looked at
    assert results["R10a"].n_applicable == results["R10b"].n_applicable == 1
    assert passes(tuple(results.values()))


@pytest.mark.parametrize("schema", SCHEMAS)
def test_missing_load_bearing_fails_once_under_its_paragraph(tmp_path, schema):
    results = checked(tmp_path, house(schema, load_bearing=None)[0])
    wall = results["R10a"]
    assert (wall.outcome, wall.paragraph, len(wall.failures)) == ("fail", "4.3", 1)
    assert wall.failures[0].name == "wand"
    assert len(wall.failures[0].guid) == 22
    # nothing says that the wall bears, so what is asked of bearing walls is not asked of it
    assert results["R11a"].outcome == "not applicable"
    assert results["R11b"].outcome == "pass"
    assert not passes(tuple(results.values()))


def test_bearing_wall_without_material_or_storey_fails(tmp_path):
    path = tmp_path / "huis.ifc"
    house(material=None)[0].write(path)
    model = ifcopenshell.open(str(path))
    for relation in model.by_type("IfcRelContainedInSpatialStructure"):
        relation.RelatedElements = [e for e in relation.RelatedElements if e.Name != "wand"]
    model.write(str(path))
    results = {r.id: r for r in check_model([path], Settings())}
    assert [results[key].outcome for key in ("R11a", "R12a", "R11b", "R12b")] == ["fail", "fail", "pass", "pass"]


@pytest.mark.parametrize(("year", "outcome"), [("1962", "pass"), ("omstreeks 1962", "pass"), ("onbekend", "fail")])
def test_build_year_must_hold_a_year(tmp_path, year, outcome):
    author = house()[0]
    values = [p for p in author.model.by_type("IfcPropertySingleValue") if p.Name == "YearOfConstruction"]
    values[0].NominalValue = author.model.create_entity("IfcLabel", year)
    assert checked(tmp_path, author)["R02"].outcome == outcome


def test_storey_without_elevation_fails_and_is_a_finding_too(tmp_path):
    author = house()[0]
    author.model.by_type("IfcBuildingStorey")[0].Elevation = None
    results = checked(tmp_path, author)
    assert results["R03"].outcome == "fail"
    assert results["OPT-106"].paragraph == "3.3"


def test_proxies_are_counted_as_not_recommended(tmp_path):
    author = house()[0]
    assert checked(tmp_path, author)["A03"].outcome == "pass"
    author.model.create_entity("IfcBuildingElementProxy", GlobalId="0123456789abcdefghijkl", Name="iets")
    found = checked(tmp_path, author)["A03"]
    assert (found.outcome, [f.name for f in found.failures]) == ("fail", ["iets"])


def test_missing_foundation_fails_a_recommendation_without_an_element(tmp_path):
    found = checked(tmp_path, house()[0])["A01"]
    assert (found.outcome, found.failures, found.part) == ("fail", (), "recommended")


def test_each_file_of_a_federation_is_checked_by_itself(tmp_path):
    paths = []
    for name, bearing in (("a.ifc", True), ("b.ifc", None)):
        house(load_bearing=bearing)[0].write(tmp_path / name)
        paths.append(tmp_path / name)
    found = {r.file: r.outcome for r in check_model(paths, Settings()) if r.id == "R10a"}
    assert found == {"a.ifc": "pass", "b.ifc": "fail"}


def own_ids(path, value):
    ids = ifctester.ids.Ids(title="eigen")
    spec = ifctester.ids.Specification(name="naam van de wand", ifcVersion=["IFC4"])
    spec.applicability = [ifctester.ids.Entity(name="IFCWALL")]
    spec.requirements = [ifctester.ids.Attribute(name="Name", value=value)]
    ids.specifications = [spec]
    ids.to_xml(str(path))
    return path


@pytest.mark.parametrize(("value", "met"), [("wand", True), ("muur", False)])
def test_a_file_of_the_users_own_counts_in_the_verdict(tmp_path, value, met):
    results = checked(tmp_path, house()[0], own=[own_ids(tmp_path / "eigen.ids", value)])
    assert passes(tuple(results.values())) is met
    assert {r.id for r in results.values() if r.part == "own"} == {"S01"}


def test_bad_ids_file_is_one_line(tmp_path):
    path = tmp_path / "fout.ids"
    for text in ("<ids>", '<?xml version="1.0" encoding="UTF-inf"?><ids/>'):
        path.write_text(text, encoding="utf-8")
        with pytest.raises(UsageError, match=r"fout\.ids: not a valid IDS"):
            checked(tmp_path, house()[0], own=[path])
    with pytest.raises(UsageError, match=r"weg\.ids: no such"):
        checked(tmp_path, house()[0], own=[tmp_path / "weg.ids"])


def test_unreadable_model_is_refused(tmp_path):
    path = tmp_path / "leeg.ifc"
    path.write_bytes(b"")
    with pytest.raises(UnreadableInput):
        check_model([path], Settings())


def test_model_without_structure_is_a_required_failure(tmp_path):
    author = Author("leeg", build_year=1962)
    author.storey("00", 0.0)
    results = checked(tmp_path, author)
    assert results["read"].part == "required"
    assert not passes(tuple(results.values()))
