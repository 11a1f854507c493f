"""A file that breaks its schema is refused in one line; a bug of ours on a sound file keeps its traceback."""

import re

import pytest
from ifc_factory import house

from optopscan.errors import UnreadableInput
from optopscan.ifc import read as reading
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
