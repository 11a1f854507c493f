"""A file that breaks its schema is refused in one line; a bug of ours on a sound file keeps its traceback."""

import re

import pytest
from ifc_factory import house

from optopscan.errors import UnreadableInput
from optopscan.ifc import read as reading
from optopscan.ifc.assemblies import assemblies
from optopscan.settings import Settings


def test_a_layer_where_a_material_should_be_is_named(tmp_path):
    text = house(tmp_path / "house.ifc", schema="IFC2X3").read_text()
    layer = re.search(r"#(\d+)=IFCMATERIALLAYER\(", text)[1]
    broken = re.sub(r"(IFCRELASSOCIATESMATERIAL\(.*),#\d+\);", rf"\1,(#{layer}));", text)
    path = tmp_path / "broken.ifc"
    path.write_text(re.sub(r"(IFCMATERIALLAYER\()#\d+", rf"\1#{layer}", broken))
    with pytest.raises(UnreadableInput, match=r"^broken\.ifc: not as IFC2X3 says \(#\d+ Ifc\w+, \w+\); export it again$"):
        reading.read([path], Settings())


@pytest.mark.parametrize("schema", ["IFC2X3", "IFC4"])
def test_a_bug_on_a_file_that_only_lacks_what_exporters_leave_out_stays_a_bug(tmp_path, monkeypatch, schema):
    def trips(*args):
        raise AttributeError("ours")

    monkeypatch.setattr(reading, "local_frame", trips)
    with pytest.raises(AttributeError, match="ours"):
        reading.read([house(tmp_path / "house.ifc", schema=schema)], Settings())


def test_a_number_that_no_float_holds_is_named(tmp_path):
    text = house(tmp_path / "house.ifc").read_text()
    path = tmp_path / "broken.ifc"
    path.write_text(re.sub(r"(=IFCMATERIALLAYER\(#\d+,)[\d.]+", r"\g<1>9.E999", text))
    with pytest.raises(UnreadableInput, match=r"^broken\.ifc: cannot be parsed \(token 9\.E999 .*\); export it again$"):
        reading.read([path], Settings())


def test_a_building_that_is_part_of_nothing_is_read(tmp_path):
    text = house(tmp_path / "house.ifc").read_text()
    building = re.search(r"#(\d+)=IFCBUILDING\(", text)[1]
    cut, count = re.subn(rf"(=IFCRELAGGREGATES\([^\n]*),#\d+,(\(#{building}\)\);)", r"\1,$,\2", text)
    assert count == 1
    path = tmp_path / "broken.ifc"
    path.write_text(cut)
    found, _ = reading.read([path], Settings())
    assert len(found.elements) > 0
    assert assemblies([path], Settings()) == ()


def test_where_reading_trips_over_an_end_that_lacks_it_is_named(tmp_path, monkeypatch):
    text = house(tmp_path / "house.ifc").read_text()
    path = tmp_path / "broken.ifc"
    path.write_text(re.sub(r"(=IFCRELAGGREGATES\([^\n]*),#\d+,(\([^\n]*\)\);)", r"\1,$,\2", text))

    def trips(*args):
        raise AttributeError("over nothing")

    monkeypatch.setattr(reading, "local_frame", trips)
    with pytest.raises(UnreadableInput, match=r"not as IFC4 says \(#\d+ IfcRelAggregates, RelatingObject\)"):
        reading.read([path], Settings())
