"""The variants put forward as IFC from a record: overlay and merged file, in three schemas, by the rules of the validation service."""

import dataclasses
import json
from collections import Counter

import ifcopenshell
import ifcopenshell.util.element as element_util
import ifcopenshell.util.placement as placement_util
import numpy as np
import pytest
from chain_models import Row
from express_rules import statements

from optopscan.catalog.engineering import load_engineering
from optopscan.errors import UsageError
from optopscan.pipeline import scan
from optopscan.pipeline.generating import generate
from optopscan.report import ifc_overlay, views
from optopscan.report.record.build import build, with_variants
from optopscan.settings import Settings

CONCEPT = "fictief.clt-3d"
FILES = {
    "IFC4": {"schema": "IFC4", "length_unit": "mm"},
    "IFC2X3": {"schema": "IFC2X3", "length_unit": "foot", "rotation_deg": 33.0, "offset_m": (155000.0, 463000.0, 2.0)},
    "IFC4X3": {"schema": "IFC4X3", "length_unit": "m", "rotation_deg": -20.0},
}
ROOTS = ("IfcProject", "IfcSite", "IfcBuilding")


class Made:
    """A block, its record with variants, and the files made from that."""

    def __init__(self, schema, folder):
        self.schema, self.source = schema, Row().write(folder / "rij.ifc", **FILES[schema])
        asked = Settings(samples=0, concepts=(CONCEPT,), max_extra_storeys=1, access="none", place=True)
        result = scan([self.source], dataclasses.replace(asked, place=False))
        ground = dataclasses.replace(result.ground, settings=dataclasses.replace(result.ground.settings, place=True))
        generated = generate(ground, load_engineering())
        scanned, self.arrays = build(result)
        record = with_variants(scanned, generated.variants, ground.settings, generated.issues)
        self.record = json.loads(json.dumps(record))
        self.variant = next(one for one in self.record["variants"] if one["drawing"] and one["drawing"]["top"])
        [(self.name, self.overlay_bytes), *_] = ifc_overlay.render(self.record, self.arrays)
        self.merged_bytes = ifc_overlay.write_merged(self.record, self.arrays, self.source, self.variant["id"])
        self.paths = {name: folder / f"{name}.ifc" for name in ("overlay", "merged")}
        self.paths["overlay"].write_bytes(self.overlay_bytes)
        self.paths["merged"].write_bytes(self.merged_bytes)
        self.models = {name: ifcopenshell.open(path) for name, path in self.paths.items()}
        self.old = ifcopenshell.open(self.source)


@pytest.fixture(scope="module", params=sorted(FILES))
def made(request, tmp_path_factory):
    return Made(request.param, tmp_path_factory.mktemp(request.param))


def errors_of(path):
    return Counter(str(row.get("message")) for row in statements(str(path)))


def modules_of(model):
    return {one.Tag: one for one in model.by_type("IfcElementAssembly") if one.ObjectType == "VOLUMETRICMODULE"}


def new_of(made, name):
    """Return the rooted entities that the original does not have."""
    old = {one.GlobalId for one in made.old.by_type("IfcRoot")}
    return [one for one in made.models[name].by_type("IfcRoot") if one.GlobalId not in old]


@pytest.mark.parametrize("name", ["overlay", "merged"])
def test_no_new_issues(made, name):
    assert errors_of(made.paths[name]) - errors_of(made.source) == Counter()


def test_schema_unit_and_identifiers_are_those_of_the_original(made):
    only = made.models["overlay"]
    assert only.schema == made.old.schema
    assert made.name == f"variant_{ifc_overlay.file_part(made.variant['id'], set())}.ifc"
    for name in ROOTS:
        assert [one.GlobalId for one in only.by_type(name)] == [one.GlobalId for one in made.old.by_type(name)]
        assert [one.Name for one in only.by_type(name)] == [one.Name for one in made.old.by_type(name)]
    shared = {one.GlobalId for one in made.old.by_type("IfcRoot")} & {one.GlobalId for one in only.by_type("IfcRoot")}
    assert shared == {one.GlobalId for name in ROOTS for one in made.old.by_type(name)}


def test_the_overlay_lies_where_the_merged_file_has_it(made):
    unit = made.record["building"]["local_to_ifc"]["unit"]
    both = [modules_of(made.models[name]) for name in ("overlay", "merged")]
    assert set(both[0]) == set(both[1])
    assert len(both[0]) == made.variant["modules"]
    for tag, module in both[0].items():
        places = [placement_util.get_local_placement(one.ObjectPlacement) for one in (module, both[1][tag])]
        assert module.GlobalId == both[1][tag].GlobalId
        assert np.abs(places[0][:3, 3] - places[1][:3, 3]).max() * unit < 1e-3
        assert np.abs(places[0][:3, :3] - places[1][:3, :3]).max() < 1e-6


def test_the_original_is_kept_to_the_byte(made):
    source = made.source.read_bytes()
    end = source.rindex(b"ENDSEC;")
    assert made.merged_bytes.startswith(source[:end])
    assert made.merged_bytes.endswith(source[end:])


def test_the_same_record_gives_the_same_bytes(made):
    assert ifc_overlay.render(made.record, made.arrays)[0] == (made.name, made.overlay_bytes)
    assert ifc_overlay.write_merged(made.record, made.arrays, made.source, made.variant["id"]) == made.merged_bytes


def test_it_is_a_view_among_views(made):
    assert views.render(made.record, made.arrays, formats=["ifc"])[made.name] == made.overlay_bytes


@pytest.mark.parametrize("name", ["overlay", "merged"])
def test_rules_of_the_validation_service(made, name):
    model, new = made.models[name], new_of(made, name)
    contained = {one.GlobalId for rel in model.by_type("IfcRelContainedInSpatialStructure") for one in rel.RelatedElements}
    for one in new:
        user = getattr(one, "PredefinedType", None) == "USERDEFINED"
        if one.is_a("IfcTypeObject") and user:
            assert one.ElementType, "OJT001"
        if one.is_a("IfcObject") and user:
            assert one.ObjectType, "OJT001"
        if one.is_a("IfcElement"):
            kind = element_util.get_type(one)
            if kind is not None and getattr(kind, "PredefinedType", None) not in (None, "NOTDEFINED") and made.schema != "IFC2X3":
                assert getattr(one, "PredefinedType", None) is None, "OJT001: an occurrence of a type with its own leaves it empty"
        if one.is_a("IfcPropertySet"):
            known = {"Pset_WallCommon", "Pset_SlabCommon", "Pset_BeamCommon", "Pset_ColumnCommon", "Pset_CurtainWallCommon"}
            assert one.Name in known or not one.Name.lower().startswith("pset"), "PSE001, PSE002"
    for module in modules_of(model).values():
        parts = element_util.get_decomposition(module)
        assert parts
        for part in parts:
            assert part.GlobalId not in contained, "SPS003"
            assert part.ObjectPlacement.PlacementRelTo == module.ObjectPlacement, "OJP001"
        codes = [one.RelatingClassification for one in module.HasAssociations if one.is_a("IfcRelAssociatesClassification")]
        assert [(one.ItemReference if made.schema == "IFC2X3" else one.Identification) for one in codes] == ["28.31"]
        if made.schema != "IFC2X3":
            kind = element_util.get_type(module)
            assert (kind.is_a(), kind.ElementType) == ("IfcElementAssemblyType", "VOLUMETRICMODULE")
            slabs = [element_util.get_psets(part)["Pset_SlabCommon"] for part in parts if part.is_a("IfcSlab")]
            assert [common["Status"] for common in slabs] == [["NEW"]] * len(slabs) != []


@pytest.mark.parametrize("name", ["overlay", "merged"])
def test_every_file_carries_the_stamp_and_every_module_its_check(made, name):
    model = made.models[name]
    [group] = [one for one in model.by_type("IfcGroup") if one.Name == made.variant["id"]]
    stamp = element_util.get_psets(group)["Optop_Quickscan"]
    extra = made.record["extra_storeys"]
    assert stamp["Statement"] == "Quickscan, geen constructieve toetsing"
    assert stamp["InputSha256"] == made.record["input_sha256"]
    assert (stamp["Proven"], stamp["Possible"], stamp["Label"]) == (extra["proven"], extra["possible"], extra["label"])
    assert all(brief.split(":")[0] in stamp["NotProvenFor"] for brief in extra["why_not_proven"])
    uses = {row["module_id"]: row for row in made.variant["drawing"]["modules"]}
    for tag, module in modules_of(model).items():
        check = element_util.get_psets(module)["Optop_Check"]
        assert (check.get("UC_supports"), check["Outcome"], check["Status"]) == (uses[tag]["uc"], uses[tag]["outcome"], "NEW")
        assert (check["UC_variant"], check["Outcome_variant"]) == (made.variant["max_uc"], made.variant["outcome"])
        assert made.variant["outcome"] == "ok" or check["Outcome"] != "ok", "no module is better than its variant"


def test_what_was_there_tells_its_check_before_and_after(made):
    rows = made.variant["drawing"]["elements"]
    assert any(row["uc_after"] and row["uc_before"] and row["uc_after"] > row["uc_before"] for row in rows)
    loaded = [row["uc_after"] for row in rows if row["uc_after"] is not None and row["uc_after"] != row["uc_before"]]
    assert max(loaded) == pytest.approx(made.variant["max_uc"], abs=1e-4), "the same as the re-check of the whole variant"
    guid = {row["id"]: row["guid"] for row in made.record["elements"]}
    for row in rows:
        check = element_util.get_psets(made.models["merged"].by_guid(guid[row["element"]]))["Optop_Check"]
        assert (check.get("UC_before"), check.get("UC_after")) == (row["uc_before"], row["uc_after"])
        assert (check["Outcome"], check["Status"]) == (row["outcome"], "EXISTING")


def test_another_file_or_variant_is_refused_in_one_line(made, tmp_path):
    other = tmp_path / "ander.ifc"
    other.write_bytes(made.source.read_bytes() + b"\n")
    with pytest.raises(UsageError, match=r"ander\.ifc: not the file that was scanned as rij\.ifc \(sha256 ") as fault:
        ifc_overlay.write_merged(made.record, made.arrays, other, made.variant["id"])
    assert "\n" not in str(fault.value)
    with pytest.raises(UsageError, match="no variant 'zomaar'"):
        ifc_overlay.write_merged(made.record, made.arrays, made.source, "zomaar")
    undrawn = {**made.record, "variants": [{**made.variant, "drawing": {"top": None, "refused": "stands on columns"}}]}
    with pytest.raises(UsageError, match="stands on columns"):
        ifc_overlay.write_merged(undrawn, made.arrays, made.source, made.variant["id"])
    assert ifc_overlay.render(undrawn, made.arrays) == []
