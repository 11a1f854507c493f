"""The table of a run: what a spreadsheet opens and what programs read."""

import csv
import io
import time

import pytest

from optopscan.errors import MissingExtra, UsageError
from optopscan.portfolio import table
from optopscan.portfolio.row import FACTS, REFUSED, SCANNED, failed

ROWS = [
    {
        "name": "A",
        "files": ["a.ifc"],
        "eigenaar": "=1+1",
        "x": "84000",
        "y": "447000,5",
        **failed(SCANNED, "+1 mogelijk"),
        "proven": 0,
        "possible": 1,
        "flags": ["lift"],
    },
    {"name": "@B", "files": ["b.ifc", "c.ifc"], "eigenaar": "", "x": "84100", "y": "447100", **failed(REFUSED, "geen model")},
]
ROWS[0] |= {"chance_1": 0.25, "dwellings": 12, "variant_outcome": "unknown", "label": "C"}


def cells(content):
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))


def test_the_csv_holds_every_row_in_dutch():
    made = cells(table.files(ROWS, ["csv"])["portfolio.csv"])
    assert [row["gebouw"] for row in made] == ["A", "'@B"]
    assert made[0]["kans_ten_minste_1"] == "0,250"
    assert made[0]["eigenaar"] == "'=1+1"
    assert made[0]["waarom"] == "'+1 mogelijk"
    assert made[1]["status"] == "niet te scannen"
    assert made[1]["bouwlagen_mogelijk"] == ""
    assert all("geen constructieve toetsing" in row["status_uitkomst"] for row in made)
    assert len(made[0]) == len(FACTS) + len(("name", "files", "status", "why")) + len(("record", "eigenaar", "x", "y")) + 1


def test_no_fact_of_a_row_is_lost_from_the_table():
    assert set(FACTS) <= set(table.columns_of([]))


def test_parquet_and_geopackage_hold_the_same():
    parquet = pytest.importorskip("pyarrow.parquet")
    geopandas = pytest.importorskip("geopandas")
    made = table.files(ROWS, ["parquet", "gpkg"])
    read = parquet.read_table(io.BytesIO(made["portfolio.parquet"])).to_pylist()
    assert [(row["name"], row["possible"], row["chance_1"]) for row in read] == [("A", 1, 0.25), ("@B", None, None)]
    frame = geopandas.read_file(io.BytesIO(made["portfolio.gpkg"]))
    assert (frame.geometry.x[0], frame.geometry.y[0]) == (84000.0, 447000.5)
    assert list(frame["why"]) == ["+1 mogelijk", "geen model"]


def test_what_is_missing_is_one_line(monkeypatch):
    with pytest.raises(UsageError, match="needs columns x and y"):
        table.files([{"name": "A", "files": [], **failed(REFUSED, "")}], ["gpkg"])
    monkeypatch.setattr(table, "find_spec", lambda name: None)
    with pytest.raises(MissingExtra, match="optopscan\\[gis\\]"):
        table.files(ROWS, ["parquet"])


def test_the_summary_names_what_was_not_scanned():
    told = table.summary(ROWS)
    assert "2 gebouwen, 1 gescand" in told
    assert "+1 mogelijk: 1, waarvan aangetoond 0" in told
    assert "@B: geen model" in told


def test_same_bytes_again():
    pytest.importorskip("geopandas")
    formats = ["csv", "parquet", "gpkg"]
    first = table.files(ROWS, formats)
    time.sleep(1.1)  # a clock in the bytes would show
    assert table.files(ROWS, formats) == first
