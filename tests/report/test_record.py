"""The record: right numbers, nothing invented, same bytes, written whole or not at all."""

import dataclasses
import hashlib
import io
import json
import math
import os
import zipfile

import numpy as np
import pytest
from report_factory import scan_result
from shapely.geometry import LineString, MultiPolygon, Polygon, box

from optopscan.errors import UnreadableInput, UsageError
from optopscan.model.building import InputFile, Mesh
from optopscan.report import staging, tidy
from optopscan.report.record import arrays as record_arrays
from optopscan.report.record import build as records
from optopscan.report.record import totals
from optopscan.report.shapes import outer_rings
from optopscan.settings import Settings


@pytest.fixture(scope="module")
def built():
    return records.build(scan_result())


def rows_by(rows, key):
    return {row[key]: row for row in rows}


def test_take_down_per_storey_equals_the_hand_calculation(built):
    # report_factory: roof 80 m2 * 6 = 480, storey 1 walls 6 * 40 = 240 -> 720 at its feet, 720 / 80 m2 = 9.0.
    # storey 0: floor 480, walls 240, footings 3 * 40 = 120, column 2, unknown wall 20 -> 862 more, / 80 m2 = 10.775.
    # imposed: 80 m2 * 1.75 = 140; roof 80 * 1.0 = 80
    upper, lower = built[0]["take_down"]["storeys"]
    assert (upper["storey"], upper["permanent_kn"], upper["added_permanent_kn"]) == (1, 720.0, 720.0)
    assert (upper["carried_area_m2"], upper["added_permanent_kn_m2"]) == (80.0, 9.0)
    assert (upper["imposed_kn"], upper["roof_kn"]) == (0.0, 80.0)
    assert (lower["storey"], lower["permanent_kn"], lower["added_permanent_kn"]) == (0, 1582.0, 862.0)
    assert (lower["carried_area_m2"], lower["added_permanent_kn_m2"]) == (80.0, 10.775)
    assert (lower["imposed_kn"], lower["roof_kn"]) == (140.0, 80.0)


def test_totals_equal_the_hand_calculation(built):
    # parts 12 * 40 + 3 * 40 + 2 + 20 = 622; fields 400 + 2 * 480 = 1360; partition 8
    # to the ground: 1582 + ground slab 400 + partition 8
    loads = built[0]["take_down"]
    assert loads["self_weight_kn"] == 1990.0
    assert loads["ground_permanent_kn"] == loads["permanent_kn"] == 1990.0
    assert loads["ground_imposed_kn"] == 220.0
    assert loads["other"]["continuous"]["ground_permanent_kn"] == 1990.0


def test_a_part_that_skips_a_storey_passes_the_one_it_skips():
    # three storeys; the top edge pier (100 kN) is made to stand on storey 0 directly. It then passes the feet of
    # storey 2 and of storey 1 as before, so no sum may change: roof 480 + walls 240 = 720, then + 480 + 240 = 1440
    result = scan_result(storeys=3)
    shares, ids = result.structure.shares["simple"], list(result.structure.parts.id)
    parts = shares.parts.tolil()
    parts[ids.index("p2-0-0"), ids.index("p1-0-0")] = 0.0
    parts[ids.index("p2-0-0"), ids.index("p0-0-0")] = 1.0
    loads = dataclasses.replace(result.take_downs["simple"], permanent_foot_kn=skipped_foot(result, ids))
    rows = totals.by_storey(result.structure, dataclasses.replace(shares, parts=parts.tocsr()), loads)
    assert [row["permanent_kn"] for row in rows][:2] == [720.0, 1440.0]


def skipped_foot(result, ids):
    foot = result.take_downs["simple"].permanent_foot_kn.copy()
    foot[ids.index("p1-0-0")] -= 100.0
    return foot


def test_foot_loads_and_supports_of_parts(built):
    parts = rows_by(built[0]["parts"], "id")
    assert parts["p1-0-0"]["foot"] == {"permanent_kn": 100.0, "imposed_kn_by_storey": [0.0, 0.0], "roof_kn": 10.0}
    assert parts["p0-1-1"]["foot"] == {"permanent_kn": 320.0, "imposed_kn_by_storey": [0.0, 35.0], "roof_kn": 20.0}
    assert parts["f1"]["foot"]["permanent_kn"] == 680.0
    assert parts["p1-0-0"]["supported_by"] == [{"part": "p0-0-0", "share": 1.0}]
    assert parts["f1"]["supported_by"] == [{"part": "ground", "share": 1.0}]
    assert (parts["f1"]["line"], parts["p1-0-0"]["line"]) == (1, None)


def test_building_sizes(built):
    building = built[0]["building"]
    assert (building["footprint_m2"], building["height_m"]) == (80.0, 5.6)
    assert (building["roof_area_m2"], building["flat_roof_area_m2"]) == (80.0, 80.0)
    # elements: ground slab, 3 footings, 6 walls, 2 floors, column bear; partition and roof object not; one wall unknown
    assert (building["n_element"], building["n_bearing"], building["n_bearing_unknown"]) == (16, 13, 1)
    # the ground slab and the first floor both belong to file storey 0; the roof is no floor
    assert [row["floor_area_m2"] for row in building["storeys"]] == [160.0, 0.0]
    assert [row["height_m"] for row in building["storeys"]] == [2.8, None]
    assert building["local_to_ifc"] == {"origin": [121000.0, 487000.0, 0.0], "rotation": 30.0, "unit": 0.001}


def test_unknown_is_null_and_never_a_number(built):
    record = built[0]
    uc = rows_by(record["part_uc"], "scenario")
    assert uc["hsb-2d+1"]["uc"][-1] is None
    assert rows_by(record["elements"], "id")["0#o1"]["self_weight_kn"] is None
    assert record["checks"][0]["m_knm"] is None
    assert "NaN" not in tidy.dumps(record)
    assert "Infinity" not in tidy.dumps(record)


def test_infinite_utilisation_stays_over(built):
    assert built[0]["variants"][0]["max_uc"] == tidy.UC_MAX > 1.0
    result = scan_result()
    uc = np.array(result.part_uc["bestaand"])
    uc[:2] = math.inf, math.nan
    column = records.build(scan_result(part_uc={"bestaand": uc}))[0]["part_uc"][0]["uc"]
    assert column[:2] == [tidy.UC_MAX, None]


def test_inputs_of_a_check_keep_six_significant_digits(built):
    # an eccentricity of 12.3456 mm must not become 12.3 mm; loads are rounded to the newton
    check = built[0]["checks"][0]
    assert check["inputs"] == {"fk_mpa": 4.23457, "e_m": 0.0123456, "wall": "binnenwand"}
    assert check["n_kn"] == 412.346


@pytest.mark.parametrize(
    ("key", "value", "expected"),
    [
        ("n_kn", 1.23456, 1.235),
        ("z_m", 1.23456, 1.2346),
        ("floor_area_m2", 1.23456, 1.235),
        ("volume_m3", 1.23456, 1.2346),
        ("density_kg_m3", 1832.46, 1832.5),
        ("uc", 0.123456, 0.1235),
        ("share", 1 / 3, 0.333333),
        ("new_kn_m", -1e-9, 0.0),
        ("uc", math.inf, 999.0),
        ("n_kn", math.inf, None),
        ("n_kn", math.nan, None),
    ],
)
def test_digits_per_unit(key, value, expected):
    got = tidy.tidy({key: value})[key]
    assert got == expected
    assert not (isinstance(got, float) and math.copysign(1.0, got) < 0)


@pytest.mark.parametrize(
    ("dirty", "expected"),
    [
        ("wand\x1b[31m rood", "wand[31m rood"),
        ("a\r\nb\tc", "a b c"),
        ("links\u202eslhcer", "linksslhcer"),
        ("half \ud800 paar", "half paar"),
        ("nul\x00byte", "nulbyte"),
        ("één m² – ok", "één m² – ok"),
    ],
)
def test_names_from_the_file_are_cleaned(dirty, expected):
    assert tidy.clean(dirty) == expected


def test_no_control_characters_and_no_folders_in_the_record(built):
    text = tidy.dumps(built[0])
    assert "\\u001b" not in text
    assert "\x1b" not in text
    assert "/home" not in text
    assert built[0]["inputs"][0]["name"] == "blok_a.ifc"
    assert tidy.base_name("C:\\werk\\blok.ifc") == "blok.ifc"


def test_settings_of_the_machine_stay_out():
    one, two = (records.build(scan_result(settings=Settings(threads=n, ignore_properties=frozenset({"b", "a"}))))[0] for n in (1, 8))
    assert one == two
    assert one["settings"]["ignore_properties"] == ["a", "b"]
    assert one["settings"]["roof_ballast_kn_m2"] == 0.9


def test_json_is_sorted_and_ends_with_a_newline(built):
    text = tidy.dumps(built[0])
    assert text.endswith("}\n")
    loaded = json.loads(text)
    assert loaded == built[0]
    assert list(loaded) == sorted(loaded)
    assert list(loaded["parts"][0]) == sorted(loaded["parts"][0])


def test_hash_of_several_inputs_does_not_depend_on_their_order():
    def file(name, digit):
        return InputFile(name=name, sha256=digit * 64, ifc_schema="IFC4", length_unit="m", exporter="")

    one, two = file("a", "1"), file("b", "2")
    expected = hashlib.sha256(("1" * 64 + "\n" + "2" * 64).encode()).hexdigest()
    assert records.input_sha256([one, two]) == records.input_sha256([two, one]) == expected
    assert records.input_sha256([one]) == "1" * 64


def test_influence_survives_in_the_arrays(built):
    record, arrays = built
    influence = record_arrays.unpack_sparse(record["roof"]["influence_ref"]["simple"], arrays).toarray()
    # every head stands on one pier, the pier below it and a footing: columns sum to 3, footing 1 takes 16 heads
    assert influence.shape == (17, 48)
    assert np.all(influence.sum(axis=0) == 3.0)
    footing = [part["id"] for part in record["parts"]].index("f1")
    assert influence[footing].sum() == 16.0


def test_npz_bytes_do_not_hold_the_clock(built):
    content = record_arrays.npz_bytes(built[1])
    assert content == record_arrays.npz_bytes(dict(reversed(built[1].items())))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_a_body_that_is_no_prism_keeps_its_triangles():
    result = scan_result()
    elements = result.building.elements
    # a tetrahedron: a third of its bounding prism on the same footprint
    corners = np.array([[0.0, 0.0, 0.0], [1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]])
    mesh = Mesh(vertices_m=corners, faces=np.array([[0, 2, 1], [0, 1, 3], [1, 2, 3], [0, 3, 2]]))
    object.__setattr__(elements, "mesh", (mesh, *elements.mesh[1:]))
    volume = elements.volume_m3.copy()
    volume[0] /= 3.0
    object.__setattr__(elements, "volume_m3", volume)
    record, arrays = records.build(result)
    assert record["elements"][0]["geometry"]["mesh_ref"] == {"vertices": [0, 4], "faces": [0, 4]}
    assert "mesh_ref" not in record["elements"][1]["geometry"]
    assert arrays["mesh_vertices_m"].tolist() == corners.tolist()


def test_write_and_read_give_the_same_back(tmp_path, built):
    paths = records.write(scan_result(), tmp_path / "uit")
    assert [path.name for path in paths] == ["record.npz", "record.json"]
    record, arrays = records.read(tmp_path / "uit" / "record.json")
    assert record == built[0]
    assert sorted(arrays) == sorted(built[1])
    assert all(np.array_equal(arrays[name], built[1][name], equal_nan=arrays[name].dtype.kind == "f") for name in arrays)


def test_reading_notices_arrays_of_another_scan(tmp_path):
    records.write(scan_result(), tmp_path)
    other = record_arrays.npz_bytes(records.build(scan_result(bays=3))[1])
    (tmp_path / "record.npz").write_bytes(other)
    with pytest.raises(UnreadableInput, match=r"is not the one of record\.json"):
        records.read(tmp_path / "record.json")


@pytest.mark.parametrize("content", [b"", b"{}", b"[1]", b'{"schema": "x"}', b'{"schema": "optopscan/record/9"}', b"\xff\xfe"])
def test_reading_refuses_what_is_no_record(tmp_path, content):
    records.write(scan_result(), tmp_path)
    (tmp_path / "record.json").write_bytes(content)
    with pytest.raises(UnreadableInput, match=r"record\.json"):
        records.read(tmp_path / "record.json")


def test_reading_a_missing_array_file_is_an_error(tmp_path):
    records.write(scan_result(), tmp_path)
    (tmp_path / "record.npz").unlink()
    with pytest.raises(UnreadableInput):
        records.read(tmp_path / "record.json")


@pytest.mark.skipif(not hasattr(os, "fork"), reason="a process is ended between two renames")
def test_a_writer_killed_between_the_two_files_leaves_a_record_that_is_read(tmp_path, monkeypatch):
    records.write(scan_result(), tmp_path)
    move = staging._move

    def first_only(new, target):
        move(new, target)
        os._exit(9)

    child = os.fork()
    if child == 0:
        monkeypatch.setattr(staging, "_move", first_only)
        records.write(scan_result(bays=3), tmp_path)
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9
    seen = json.loads((tmp_path / "record.json").read_bytes())
    assert len(records.read(tmp_path / "record.json")[0]["parts"]) > len(seen["parts"])  # the arrays beside it are the new ones
    records.write(scan_result(bays=3), tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["record.json", "record.npz"]


def test_an_output_folder_that_is_a_file_is_one_line(tmp_path):
    (tmp_path / "uit").write_bytes(b"")
    with pytest.raises(UsageError, match="cannot write to"):
        records.write(scan_result(), tmp_path / "uit")


def test_outer_rings_run_counter_clockwise_from_the_largest_piece():
    clockwise = Polygon([(0, 0), (0, 1), (1, 1)])
    pieces = MultiPolygon([box(0, 0, 1, 1), box(2, 2, 5, 5)])
    points, start = outer_rings([clockwise, Polygon(), pieces, LineString([(0, 0), (1, 0)])])
    assert start.tolist() == [0, 3, 3, 7, 7]
    assert points[:3].tolist() == [[0, 0], [1, 1], [0, 1]]
    assert Polygon(points[3:]).equals(box(2, 2, 5, 5))
    assert Polygon(points[3:]).exterior.is_ccw
    assert outer_rings([])[1].tolist() == [0]
