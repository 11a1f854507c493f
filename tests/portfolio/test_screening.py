"""From files to counts: funnel, words, groups of ten, places, and the command."""

import csv
import io
import json
import re
import sys

import numpy as np
import pytest
from click.testing import CliRunner

from optopscan.catalog.engineering import load_engineering
from optopscan.catalog.faults import CatalogError
from optopscan.catalog.filter_rows import load_filters
from optopscan.catalog.load import concept_of, find_product
from optopscan.cli.app import cli
from optopscan.codes.nen9997_comparison import REMARKS
from optopscan.errors import UsageError
from optopscan.portfolio.block import block_of
from optopscan.portfolio.carbon import group_carbon, product_carbon
from optopscan.portfolio.chances import Chances
from optopscan.portfolio.cityjson import open_city
from optopscan.portfolio.csv_views import BUILDING, building_rows
from optopscan.portfolio.funnel import WORDS, Losses, filters_of, presets, run, word_of
from optopscan.portfolio.groups import SUMS, Group, Tally, published, regrouped
from optopscan.portfolio.joins import read_join
from optopscan.portfolio.places import OUTSIDE, Areas, Grid, read_areas
from optopscan.portfolio.record import CREDIT_3DBAG, record_of
from optopscan.portfolio.screening import Ask, screen, start, walk
from optopscan.portfolio.text import tonnes_of
from tests.portfolio.city_files import feature, many, write_sequence

VALUES = load_engineering()
CONCEPT = concept_of(find_product("fictief.hsb-2d"))
NAN = float("nan")


def ask(**more):
    return Ask(concept=CONCEPT, samples=64, **more)


def columns(**given):
    n = len(next(iter(given.values())))
    base = {"in_use": 1.0, "greenhouse": 0.0, "storeys": 4.0, "footprint_m2": 300.0, "largest_flat_m2": 280.0, "flat_share": 1.0}
    base |= {"refused": 0.0, "p1": 0.8, "load_ratio": 1.1, "year": 1972.0, "new_floor_m": 11.6}
    return {name: np.array(given.get(name, [value] * n), dtype=float) for name, value in base.items()} | {
        name: np.array(value, dtype=float) for name, value in given.items()
    }


def passed(preset="optopscan", **given):
    filters = filters_of(VALUES.screening_filters, preset, VALUES)
    losses = Losses(filters=filters)
    table = columns(**given)
    return run(filters, table, len(next(iter(given.values()))), losses), losses, table


def test_each_filter_stops_what_it_names_and_the_first_one_counts():
    stops = {
        "in_use": (0.0, "in-use"),
        "greenhouse": (1.0, "greenhouse"),
        "use": (1.0, "use"),
        "storeys": (2.0, "storeys-least"),
        "footprint_m2": (69.0, "size"),
        "largest_flat_m2": (69.0, "flat-plane"),
        "refused": (0.6, "refused"),
        "p1": (0.2, "walls"),
        "foundation_risk": (2.0, "foundation-risk"),
        "load_ratio": (1.16, "load-increase"),
        "monument": (1.0, "monument"),
        "owner": (1.0, "owner"),
    }
    for column, (value, name) in stops.items():
        out, losses, _ = passed(**{column: [value, columns(storeys=[4.0]).get(column, [0.0])[0]]})
        assert out.left.tolist() == [False, True], column
        assert losses.filters[out.stopped_by[0]].row.id == name
        assert losses.lost.sum() == 1
        assert losses.left[-1] == 1


def test_a_missing_fact_is_unknown_never_no():
    out, losses, table = passed(largest_flat_m2=[NAN, 280.0], p1=[0.8, NAN])
    words = [WORDS[k] for k in word_of(out, table["p1"], 0.7).tolist()]
    assert words == ["onbekend", "onbekend"]
    assert losses.for_want.sum() == 2


def test_what_the_archetypes_do_not_cover_is_unknown_never_no_and_says_why():
    """An office, and a tower: nothing is assumed of either, so nothing follows; a low office is no for its height."""
    out, losses, table = passed(use=[1.0, 0.0, 1.0, NAN], storeys=[4.0, 13.0, 2.0, 4.0])
    assert [WORDS[k] for k in word_of(out, table["p1"], 0.7).tolist()] == ["onbekend", "onbekend", "niet", "kansrijk"]
    assert losses.for_want.sum() == 2
    told = [start(VALUES, ask()).judge.reasons[len(losses.filters) + k] for k in out.stopped_by[:2].tolist()]
    assert told == ["geen woonfunctie: daarvoor zijn geen aannamen", "meer dan 12 bouwlagen: daarvoor zijn geen aannamen"]


def test_nothing_is_assumed_of_an_office_in_any_column(tmp_path):
    path = write_sequence(tmp_path / "s.jsonl", [feature("kantoor"), feature("flat", at=(50, 0))])
    table = tmp_path / "t.csv"
    table.write_text("identificatie;gebruiksdoel\nkantoor;kantoorfunctie\nflat;woonfunctie\n")
    rows = []
    found = start(VALUES, ask(joins=(read_join(table, "identificatie", VALUES.city_attributes),)))
    walk(found, [path], each=lambda judged: rows.extend(building_rows(judged, found.judge)))
    told = [dict(zip(BUILDING, row, strict=True)) for row in rows]
    assert [row["oordeel"] for row in told] == ["onbekend", "kansrijk"]
    assert (told[0]["familie"], told[0]["woningen_tot"]) == ("", 0)
    assert np.isnan([told[0][name] for name in ("kans_1_laag", "kans_2_lagen", "kans_3_lagen", "last_op_grond")]).all()


def test_what_is_left_is_likely_or_possible():
    out, losses, table = passed(p1=[0.7, 0.5, 0.9], year=[1972.0, 1972.0, 1960.0])
    assert [WORDS[k] for k in word_of(out, table["p1"], 0.7).tolist()] == ["kansrijk", "mogelijk", "mogelijk"]
    piles = next(k for k, one in enumerate(losses.filters) if one.row.id == "timber-piles")
    assert losses.noted[piles] == 1  # timber piles may be there: possible at best


def test_the_lift_is_a_remark_from_the_flag():
    _, losses, _ = passed(new_floor_m=[12.5, 12.6])
    lift = next(k for k, one in enumerate(losses.filters) if one.row.id == "lift")
    assert losses.noted[lift] == 1
    assert losses.left[-1] == 2


def test_the_published_logic_gives_one_storey_from_1965_and_two_from_1992():
    out, losses, _ = passed("stec-2023", year=[1964.0, 1965.0, 1991.0, 1992.0], flat_share=[1.0, 0.75, 1.0, 1.0])
    assert out.left.tolist() == [False, True, True, True]
    assert out.granted.tolist() == [0, 1, 1, 2]
    assert losses.granted.tolist()[1:3] == [2, 1]
    steep, *_ = passed("stec-2023", flat_share=[0.74])
    assert not steep.left.any()


def test_the_threshold_of_the_foundation_is_that_of_the_comparison():
    row = next(one for one in VALUES.screening_filters if one.id == "load-increase")
    assert row.at_most == REMARKS[-1]


def test_filters_of_ones_own(tmp_path):
    path = tmp_path / "f.toml"
    good = (
        'schema = "optopscan/engineering/1"\n[[screening_filter]]\npreset = "eigen"\nid = "hoog"\nstep = "rules"\ncolumn = "height_m"\n'
        'at_most = 20.0\nunknown = "drop"\nnl = "hoger dan 20 m"\nsource = "gemeente"\nconfidence = "expert"\n'
    )
    path.write_text(good)
    assert presets(load_filters(str(path))) == ("eigen",)
    for old, new, words in (
        ("at_most = 20.0\n", "", "no bound"),
        ('"height_m"', '"colour"', "column"),
        ('"rules"', '"later"', "step"),
    ):
        path.write_text(good.replace(old, new))
        with pytest.raises(CatalogError, match=words):
            load_filters(str(path))
    path.write_text(good + good.split("\n", 1)[1].replace('"hoog"', '"plat"').replace('"rules"', '"flat"'))
    with pytest.raises(CatalogError, match="flat after rules"):
        load_filters(str(path))


def group(key, buildings):
    return Group(key=key, sums=dict.fromkeys(SUMS, 0.0) | {"buildings": float(buildings)}, reasons=np.zeros(3, dtype=np.int64))


@pytest.mark.parametrize("sizes", [(30, 4, 12), (9, 9), (9,), (50, 3), (10, 10), (1,) * 25])
def test_no_group_of_fewer_than_ten_and_no_building_lost(sizes):
    groups = [group((k, 0), size) for k, size in enumerate(sizes)]
    found = published(groups, 10, (-1, -1))
    assert all(one.buildings >= 10 for one in found)
    assert sum(one.buildings for one in found) == (sum(sizes) if sum(sizes) >= 10 else 0)


def test_grid_squares_grow_until_they_hold_ten_and_hold_every_building_once():
    rng = np.random.default_rng(1)
    sizes = rng.integers(1, 14, size=60)
    groups = regrouped(
        (group((0, int(x), int(y)), n) for (x, y), n in zip(rng.integers(0, 12, (60, 2)), sizes, strict=True)), lambda key: key
    )
    found = Grid(size_m=500.0).published(groups, 10)
    assert all(one.buildings >= 10 for one in found)
    assert sum(one.buildings for one in found) == sizes.sum()
    assert len(found) > 5


def test_a_building_beyond_any_map_has_no_place_and_costs_no_memory(tmp_path):
    """The grid between it and the others asked for 394 PiB."""
    rows = [*many(12), *(feature(f"far {k}", at=(at, 0.0)) for k, at in enumerate((4e10, -4e10, 9e15)))]
    found, blocks = start(load_engineering(), ask()), []
    walk(found, [write_sequence(tmp_path / "c.jsonl", rows)], each=blocks.append)
    level, x, y = Grid(size_m=250.0).of(blocks[0].block)
    assert level.tolist() == [0] * 12 + [OUTSIDE] * 3
    assert (x[12:].tolist(), y[12:].tolist()) == ([0] * 3, [0] * 3)
    assert sum(one["buildings"] for one in record_of(found)["places"]) == 15


def test_keys_far_apart_are_counted_without_what_lies_between(tmp_path):
    found = start(load_engineering(), ask())
    blocks = []
    walk(found, [write_sequence(tmp_path / "c.jsonl", many(12))], each=blocks.append)
    tally = Tally(n_reason=len(found.judge.reasons))
    far = np.where(np.arange(12) < 5, 0, 2**40)
    tally.add((far, np.zeros(12, dtype=np.int64)), blocks[0])
    assert [(one.key, one.buildings) for one in tally.groups()] == [((0, 0), 5), ((2**40, 0), 7)]


def test_areas_of_polygons_and_of_a_list(tmp_path):
    square = {"type": "Polygon", "coordinates": [[[85000, 446000], [85100, 446000], [85100, 446100], [85000, 446100], [85000, 446000]]]}
    drawn = tmp_path / "a.geojson"
    drawn.write_text(json.dumps({"type": "FeatureCollection", "features": [{"properties": {"naam": "Zuid"}, "geometry": square}]}))
    listed = tmp_path / "a.csv"
    listed.write_text("identificatie,gebied\na,Zuid\n")
    inside = feature("a", at=(40.0, 40.0))
    block = block_of(list(open_city(write_sequence(tmp_path / "s.jsonl", [inside, feature("b", at=(900.0, 40.0))]))[1]), VALUES)
    for path in (drawn, listed):
        areas = read_areas(path, "identificatie")
        assert isinstance(areas, Areas)
        assert [areas.name((key,)) for key in areas.of(block)[0].tolist()] == ["Zuid", "overige"]
    square["coordinates"] = [[[4.1, 52.0], [4.2, 52.0], [4.2, 52.1], [4.1, 52.0]]]
    drawn.write_text(json.dumps({"type": "FeatureCollection", "features": [{"properties": {"naam": "Zuid"}, "geometry": square}]}))
    with pytest.raises(UsageError, match="degrees"):
        read_areas(drawn, "identificatie")


@pytest.mark.parametrize("line", ["a", "a,", ",Zuid"])
def test_a_line_of_areas_that_stops_halfway_is_told(tmp_path, line):
    listed = tmp_path / "a.csv"
    listed.write_text(f"identificatie,gebied\nb,Noord\n{line}\n")
    with pytest.raises(UsageError, match="line 3 has no 'gebied' or no 'identificatie'"):
        read_areas(listed, "identificatie")


def test_the_record_of_a_small_city(tmp_path):
    path = write_sequence(tmp_path / "s.city.jsonl", [*many(12), *(feature(f"x{k}", at=(40.0 * k, 300), year=1930) for k in range(11))])
    record = record_of(screen([path], VALUES, ask()))
    totals = record["totals"]
    assert totals["buildings"] == 23
    assert totals["words"] == {"niet": 11, "mogelijk": 0, "kansrijk": 12, "onbekend": 0}
    assert totals["dwellings"]["lo"] == 12 * (200 // 75)
    assert {row["family"]: row["series"] for row in record["families"]} == {
        "Portiek of galerij 1965-1984, 4 lagen": 12,
        "Vooroorlogs, houten vloeren, 4 lagen": 0,
    }
    assert record["label"] == "C"
    assert CREDIT_3DBAG in record["attribution"]
    assert '"ok"' not in json.dumps(record)
    ours = next(row for row in record["funnels"] if row["preset"] == "optopscan")
    assert sum(row["lost"] for row in ours["rows"]) == 11
    assert ours["left"] == 12


def test_blocks_change_nothing(tmp_path, monkeypatch):
    path = write_sequence(tmp_path / "s.city.jsonl", many(23))
    whole = record_of(screen([path], VALUES, ask()))
    monkeypatch.setattr("optopscan.portfolio.block.blocks_of.__kwdefaults__", {"size": 5})
    assert record_of(screen([path], VALUES, ask())) == whole


def test_fewer_than_ten_buildings_are_withheld(tmp_path):
    record = record_of(screen([write_sequence(tmp_path / "s.jsonl", many(9))], VALUES, ask()))
    assert record["withheld"] == 9
    assert record["families"] == record["places"] == record["funnels"] == []
    assert set(record["totals"]) == {"buildings"}


def command(*args):
    return CliRunner().invoke(cli, ["portfolio", "screen", *map(str, args)])


def test_the_command_writes_the_same_bytes_twice_and_nothing_of_one_building(tmp_path):
    path = write_sequence(tmp_path / "stad.city.jsonl", many(12))
    outs = [tmp_path / "a", tmp_path / "b"]
    for out in outs:
        done = command(path, "-o", out, "--samples", 64)
        assert done.exit_code == 0, done.output
    names = sorted(one.name for one in outs[0].iterdir())
    assert names == ["families.csv", "gebieden.csv", "kaart.html", "screening.json", "trechter.csv"]
    for name in names:
        content = (outs[0] / name).read_bytes()
        assert content == (outs[1] / name).read_bytes()
        assert b"0503100000" not in content
        assert b"Quickscan" in content
        assert b"label C" in content
        assert str(tmp_path).encode() not in content
    assert "12 kansrijk" in done.stdout


def test_per_building_only_on_request_and_it_says_so(tmp_path):
    path = write_sequence(tmp_path / "s.city.jsonl", many(12))
    done = command(path, "-o", tmp_path / "o", "--per-building", "--samples", 64)
    assert done.exit_code == 0
    rows = list(csv.DictReader(io.StringIO((tmp_path / "o" / "gebouwen.csv").read_text(encoding="utf-8-sig")), delimiter=";"))
    assert len(rows) == 12
    assert {row["oordeel"] for row in rows} == {"kansrijk"}
    assert {row["kans_1_laag"] for row in rows} <= {"0,7", "0,8", "0,9"}
    assert "niet voor publicatie" in rows[0]["status"]
    assert "niet voor publicatie" in (tmp_path / "o" / "kaart.html").read_text(encoding="utf-8")


def test_names_are_escaped_and_the_page_has_no_script_and_no_network(tmp_path):
    path = write_sequence(tmp_path / "s.city.jsonl", many(12), title="<script>alert(1)</script>", referenceDate="<script>2")
    ring = [[84900, 445900], [86000, 445900], [86000, 447000], [84900, 447000], [84900, 445900]]
    areas = {"properties": {"naam": "<img src=x>=1"}, "geometry": {"type": "Polygon", "coordinates": [ring]}}
    drawn = tmp_path / "a.geojson"
    drawn.write_text(json.dumps({"type": "FeatureCollection", "features": [areas]}))
    done = command(path, "-o", tmp_path / "o", "--areas", drawn, "--samples", 64)
    assert done.exit_code == 0, done.output
    page = (tmp_path / "o" / "kaart.html").read_text(encoding="utf-8")
    assert "<script" not in page
    assert "<img" not in page
    assert "&lt;img src=x&gt;" in page
    assert not re.search(r"(?:src|href)=\"(?!#)", page)
    assert "default-src 'none'" in page


@pytest.mark.parametrize(
    ("args", "code", "words"),
    [
        (("nowhere.jsonl",), 3, "no such file"),
        (("{file}", "--samples", 100), 2, "16 times a power of two"),
        (("{file}", "--per-building"), 2, "name a folder with -o"),
        (("{file}", "--concept", "fictief.nergens"), 2, "fictief.nergens"),
        (("{file}", "--join", "{table}"), 2, "unknown column 'kleur'"),
        (("{empty}",), 3, "no building"),
        (("{file}", "{file}"), 2, "named twice"),
        ((".",), 2, "is a folder"),
    ],
)
def test_wrong_use_is_one_line(tmp_path, args, code, words):
    named = {
        "{file}": write_sequence(tmp_path / "s.jsonl", many(2)),
        "{table}": tmp_path / "t.csv",
        "{empty}": write_sequence(tmp_path / "e.jsonl", []),
    }
    named["{table}"].write_text("identificatie,kleur\na,b\n")
    done = command(*(named.get(one, one) for one in args))
    assert done.exit_code == code, done.output
    assert words in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert "Traceback" not in done.output


@pytest.mark.parametrize("form", ["gpkg", "geoparquet"])
def test_a_map_layer_has_the_places_the_credit_and_the_same_bytes_twice(tmp_path, form):
    geopandas = pytest.importorskip("geopandas")
    pytest.importorskip("pyogrio")
    if form == "geoparquet":
        pytest.importorskip("pyarrow")
    path = write_sequence(tmp_path / "s.city.jsonl", many(12))
    name = "gebieden.gpkg" if form == "gpkg" else "gebieden.parquet"
    for out in ("a", "b"):
        done = command(path, "-o", tmp_path / out, "--format", form, "--samples", 64)
        assert done.exit_code == 0, done.output
    assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()
    read = geopandas.read_file if form == "gpkg" else geopandas.read_parquet
    frame = read(tmp_path / "a" / name)
    assert frame.crs.to_epsg() == 28992
    assert frame["gebouwen"].sum() == 12
    assert set(frame["bron"]) == {CREDIT_3DBAG}


def test_a_format_without_its_library_is_one_line_before_the_work(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "geopandas", None)
    done = command(write_sequence(tmp_path / "s.jsonl", many(12)), "-o", tmp_path / "o", "--format", "gpkg")
    assert done.exit_code == 2
    assert "pip install 'optopscan[gis]'" in done.stderr
    assert not (tmp_path / "o").exists()


def test_a_table_of_attributes_counts_as_the_same_buildings_with_geometry(tmp_path):
    pa = pytest.importorskip("pyarrow")
    from pyarrow import parquet

    features = [*many(12), *(feature(f"x{k}", at=(40.0 * k, 300.0), year=1930) for k in range(11))]
    told = [row["CityObjects"][row["id"]]["attributes"] for row in features]
    table = pa.Table.from_pylist([{**row, "b3_opp_dak_plat": 200.0, "b3_opp_dak_schuin": 0.0, "b3_opp_grond": 200.0} for row in told])
    parquet.write_table(table, tmp_path / "t.parquet")
    from_table = record_of(screen([tmp_path / "t.parquet"], VALUES, ask()))
    from_file = record_of(screen([write_sequence(tmp_path / "s.jsonl", features)], VALUES, ask()))
    assert from_table["totals"] == from_file["totals"]
    assert from_table["funnels"] == from_file["funnels"]
    assert from_table["attribution"] == [CREDIT_3DBAG]


def test_dwellings_count_the_storeys_that_are_possible(tmp_path):
    found = start(VALUES, ask())
    n = len(found.judge.screen.answers.load_ratio)
    answers = Chances(at_least=np.tile([0.8, 0.4, 0.2], (n, 1)), load_ratio=np.full(n, 1.1), refused=np.zeros(n), reserved=np.zeros(n))
    found.judge.screen.prepare = lambda kinds: answers
    block = block_of(list(open_city(write_sequence(tmp_path / "s.jsonl", many(1)))[1]), VALUES)
    judged = found.judge.judge(block)
    assert judged.extra.tolist() == [2]
    assert (judged.dwellings_lo.tolist(), judged.dwellings_hi.tolist()) == ([200 // 75], [2 * (200 // 55)])


def test_carbon_is_a_range_of_area_and_factor_and_unknown_where_the_product_says_nothing():
    """By hand: 2 large dwellings of 75 m2 at 100 kg/m2 = 15 t; 10 small ones of 55 m2 at 200 kg/m2 = 110 t."""
    some = Group(key=(), sums=dict.fromkeys(SUMS, 0.0) | {"dwellings_lo": 2.0, "dwellings_hi": 10.0}, reasons=np.zeros(1, dtype=np.int64))
    found = group_carbon(some, product_carbon(CONCEPT), small_m2=55.0, large_m2=75.0)
    assert found == {"gfa_m2": {"lo": 150, "hi": 550}, "emitted_t": {"lo": 15, "hi": 110}, "stored_t": {"lo": 9, "hi": 82}}
    crossed = Group(key=(), sums=dict.fromkeys(SUMS, 0.0) | {"dwellings_lo": 2.0, "dwellings_hi": 2.0}, reasons=np.zeros(1, dtype=np.int64))
    assert group_carbon(crossed, product_carbon(CONCEPT), small_m2=55.0, large_m2=75.0)["gfa_m2"] == {"lo": 110, "hi": 150}
    silent = product_carbon(concept_of(find_product("fictief.betonvloer")))
    found = group_carbon(some, silent, small_m2=55.0, large_m2=75.0)
    assert (found["emitted_t"], found["stored_t"]) == (None, None)
    assert tonnes_of(found) == "uitstoot onbekend, opslag onbekend"
