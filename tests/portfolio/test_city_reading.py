"""City data as read: every generation of names, both file forms, roofs, heights, neighbours, joined tables."""

import json
import os
from pathlib import Path

import numpy as np
import pytest
import shapely

from optopscan.catalog.engineering import load_engineering
from optopscan.errors import UnreadableInput, UsageError
from optopscan.portfolio.attributes import number, roof_share, yes_no
from optopscan.portfolio.block import block_of, blocks_of
from optopscan.portfolio.cityjson import open_city
from optopscan.portfolio.joins import read_join, with_join
from optopscan.portfolio.storeys import storeys_of
from tests.portfolio.city_files import NEW, OLD, feature, header, many, write_document, write_sequence

REAL = Path(os.environ.get("OPTOPSCAN_REAL_MODELS", "nowhere")).parent / "gis"
VALUES = load_engineering()


def block(path):
    _, buildings = open_city(path)
    return block_of(list(buildings), VALUES)


def test_a_flat_box_in_both_forms_of_file_and_both_generations_of_names(tmp_path):
    for names in (NEW, OLD):
        made = [feature("a", names=names), feature("b", at=(30, 0), names=names)]
        for path in (
            write_sequence(tmp_path / "s.city.jsonl", made),
            write_document(tmp_path / "d.city.json", made),
            write_document(tmp_path / "i.city.json", made, indent=1),
        ):
            found = block(path)
            assert found.id.tolist() == ["a", "b"]
            assert found.flat_m2 == pytest.approx([200.0, 200.0])
            assert found.flat_share.tolist() == [1.0, 1.0]
            assert found.height_m == pytest.approx([11.0, 11.0])  # the ground is subtracted
            assert found.year.tolist() == [1972.0, 1972.0]
            assert found.footprint_m2 == pytest.approx([200.0, 200.0])


def test_slope_limit_decides_what_is_flat(tmp_path):
    limit = np.tan(np.radians(VALUES.screening_values["flat-slope-deg"].value)) * 10.0
    path = write_sequence(tmp_path / "s.jsonl", [feature("low", tilt=limit - 0.02), feature("steep", at=(50, 0), tilt=limit + 0.02)])
    assert block(path).flat_share.tolist() == [1.0, 0.0]


def test_holes_are_taken_off(tmp_path):
    made = feature("a")
    made["vertices"] += [[5000, 5000, 11500], [5000, 7000, 11500], [7000, 7000, 11500], [7000, 5000, 11500]]
    made["CityObjects"]["a-0"]["geometry"][0]["boundaries"][0][5].append([8, 9, 10, 11])
    assert block(write_sequence(tmp_path / "s.jsonl", [made])).flat_m2 == pytest.approx([196.0])


def test_a_block_model_has_no_real_roof(tmp_path):
    made = feature("a", lod="1.2")
    del made["CityObjects"]["a"]["attributes"]["b3_dak_type"]
    found = block(write_sequence(tmp_path / "s.jsonl", [made]))
    assert np.isnan(found.flat_share).all()
    assert np.isnan(found.flat_m2).all()


def test_an_extension_is_read_as_the_building_that_it_extends(tmp_path):
    made = feature("a", kind="+BuildingZ")
    made["CityObjects"]["a"]["+exProp"] = {"deep": [1]}
    made["CityObjects"]["road"] = {"type": "Road", "geometry": []}
    assert block(write_sequence(tmp_path / "s.jsonl", [made])).id.tolist() == ["a"]


def test_a_building_that_points_outside_its_vertices_has_no_roof_and_stops_nothing(tmp_path):
    bad = feature("bad")
    bad["CityObjects"]["bad-0"]["geometry"][0]["boundaries"][0][5] = [[4, 5, 99]]
    found = block(write_sequence(tmp_path / "s.jsonl", [bad, feature("good", at=(50, 0))]))
    assert found.id.tolist() == ["bad", "good"]
    assert found.flat_share[1] == 1.0
    assert found.flat_m2[1] == pytest.approx(200.0)
    assert np.isnan(found.flat_m2[0])


@pytest.mark.parametrize("far", [10**8, 10**15, 10**250])
def test_a_building_larger_than_any_has_no_roof_and_stops_nothing(tmp_path, far):
    """One of infinite area ended the carbon of its area in a traceback; one of thousands of kilometres made thousands of dwellings."""
    bad = feature("bad")
    bad["vertices"] = [[far if x else 0, y, z] for x, y, z in bad["vertices"]]
    found = block(write_sequence(tmp_path / "s.jsonl", [bad, feature("good", at=(50, 0))]))
    assert found.id.tolist() == ["bad", "good"]
    assert np.isnan(found.flat_m2[0])
    assert shapely.is_empty(found.footprint[0])
    assert found.flat_m2[1] == pytest.approx(200.0)


@pytest.mark.parametrize("index", [float("inf"), float("nan"), 1e300, 2**70, -1, True, "4", None, [4]])
def test_a_ring_whose_index_is_no_number_of_a_vertex_is_damage_of_that_building(tmp_path, index):
    """An infinite one ended the screening in a traceback."""
    bad = feature("bad")
    bad["CityObjects"]["bad-0"]["geometry"][0]["boundaries"][0][5] = [[4, 5, index, 7]]
    found = block(write_sequence(tmp_path / "s.jsonl", [bad, feature("good", at=(50, 0))]))
    assert found.id.tolist() == ["bad", "good"]
    assert found.flat_m2[1] == pytest.approx(200.0)
    assert not found.flat_m2[0] >= 150.0  # never a whole roof


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "no complete JSON"),
        ("{", "no complete JSON"),
        ("[1]", "no JSON object"),
        (json.dumps({"type": "FeatureCollection"}), "not CityJSON"),
        (json.dumps({**header(), "version": "0.9"}), "version 0.9"),
        (json.dumps({k: v for k, v in header().items() if k != "transform"}), "transform is missing"),
        (json.dumps(header()) + '\n{"type": "CityJSONFeature", "Ci', "feature 1 is no complete JSON"),
    ],
)
def test_a_damaged_file_is_one_line(tmp_path, text, words):
    path = tmp_path / "x.city.jsonl"
    path.write_text(text)
    with pytest.raises(UnreadableInput, match=words) as caught:
        list(open_city(path)[1])
    assert "\n" not in str(caught.value)


def test_blocks_hold_no_more_than_asked_and_never_more_features(tmp_path):
    _, buildings = open_city(write_sequence(tmp_path / "s.jsonl", many(25)))
    taken = 0

    def counted():
        nonlocal taken
        for building in buildings:
            taken += 1
            yield building

    sizes = []
    for one in blocks_of(counted(), VALUES, size=10):
        sizes.append(len(one))
        assert taken == sum(sizes)  # nothing is read ahead
    assert sizes == [10, 10, 5]


def test_stated_storeys_count_only_where_the_height_agrees():
    height, stated = np.array([11.4, 11.4, 33.0, np.nan, 11.4, 14.5]), np.array([3.0, 1.0, 5.0, 3.0, np.nan, 6.0])
    found = storeys_of(height, stated, np.full(6, 2.8), most=5.0, difference=1.0)
    np.testing.assert_array_equal(found, [3.0, 4.0, 12.0, np.nan, 4.0, 5.0])


def test_words_and_numbers_of_attributes():
    assert number("1965") == 1965.0
    assert np.isnan([number(v) for v in (True, None, "x", float("inf"))]).all()
    assert (yes_no(False), yes_no("ja")) == (0.0, 1.0)
    assert (roof_share("single horizontal"), roof_share("multiple horizontal"), roof_share("slanted")) == (1.0, 1.0, 0.0)
    assert np.isnan(roof_share("no points"))


def test_a_joined_table(tmp_path):
    made = block(write_sequence(tmp_path / "s.jsonl", [feature("NL.IMBAG.Pand.0503100000012869"), feature("b", at=(50, 0))]))
    table = tmp_path / "t.csv"
    table.write_text("identificatie;eigenaar;monument\n503100000012869;Corporatie;ja\n")
    found = with_join(made, read_join(table, "identificatie", VALUES.city_attributes))
    np.testing.assert_array_equal(found.joined["owner"], [0.0, np.nan])
    np.testing.assert_array_equal(found.joined["monument"], [1.0, np.nan])


def test_the_uses_of_the_bag_are_read_as_dwelling_or_not(tmp_path):
    table = tmp_path / "t.csv"
    table.write_text("identificatie;gebruiksdoel\na;woonfunctie\nb;kantoorfunctie\nc;overige gebruiksfunctie\nd;\n")
    rows = read_join(table, "identificatie", VALUES.city_attributes).rows
    np.testing.assert_array_equal([rows[key][0] for key in "abcd"], [0.0, 1.0, 1.0, np.nan])


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("identificatie,kleur\na,rood\n", "unknown column 'kleur'"),
        ("id,eigenaar\na,vve\n", "no column 'identificatie'"),
        ("identificatie,eigenaar\na,koning\n", "eigenaar 'koning' is unknown"),
        ("identificatie,eigenaar\na,vve\na,vve\n", "stands twice"),
        ("identificatie,eigenaar\na\n", "has 1 columns"),
        ("identificatie,eigenaar,owner\na,vve,vve\n", "same field"),
    ],
)
def test_a_faulty_table_is_one_line(tmp_path, text, words):
    table = tmp_path / "t.csv"
    table.write_text(text)
    with pytest.raises(UsageError, match=words):
        read_join(table, "identificatie", VALUES.city_attributes)


@pytest.mark.skipif(not REAL.is_dir(), reason="the real city data are not here")
def test_flat_roofs_of_3d_bag_within_two_percent_of_what_is_published():
    worst = []
    for path in sorted(REAL.glob("*.jsonl")):
        for building in open_city(path)[1]:
            stated, roof_type = building.attributes.get("b3_opp_dak_plat"), building.attributes.get("b3_dak_type")
            if stated and "horizontal" in str(roof_type):
                worst.append(abs(block_of([building], VALUES).flat_m2[0] / stated - 1.0))
    assert len(worst) >= 5
    assert max(worst) <= 0.02


@pytest.mark.skipif(not REAL.is_dir(), reason="the real city data are not here")
def test_every_real_file_is_read():
    counts = {path.name: sum(1 for _ in open_city(path)[1]) for path in sorted(REAL.glob("*.json*"))}
    assert sorted(counts.values()) == [10, 52, 55, 160]
