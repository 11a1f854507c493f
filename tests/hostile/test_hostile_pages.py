"""Pages, maps, tables and layers over many buildings and products, from files full of hostile names: the text as data, nothing else."""

import csv
import io
import itertools
import json
import os
import re
import sqlite3
import sys

import hostile_oracle
import pytest
from city_files import feature, write_sequence
from click.testing import CliRunner
from hostile_block import block
from hostile_record import LONG, NAMES, TERMINAL, html_shape, obeyed, xml_shape

from optopscan.catalog.data import data_root
from optopscan.catalog.load import concept_of, find_product, load_concept
from optopscan.cli.app import cli
from optopscan.errors import UsageError
from optopscan.portfolio import kept, stock_page, table
from optopscan.portfolio.buildings import buildings_of
from optopscan.portfolio.row import REFUSED, SCANNED, failed
from optopscan.portfolio.stock import stock_of
from optopscan.report.tidy import clean

pq = pytest.importorskip("pyarrow.parquet")
pytest.importorskip("geopandas")
EVERY = (*NAMES, "\ud800", "a\ud800b", LONG)
PLAIN = [f"naam {k}" for k in range(len(EVERY))]
SCRIPT = "<script>hostile()</script>"


def run(*args):
    done = CliRunner().invoke(cli, [str(one) for one in args], prog_name="optopscan")
    assert done.exit_code == 0, (done.output, done.exception)
    return done


def written(path, *rows):
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, delimiter=";").writerows(rows)
    return path


def same_page(made, plain):
    """Hold a page against the page of plain names."""
    (tags, addresses, code), (tags_of, addresses_of, code_of) = html_shape(plain), html_shape(made)
    assert tags_of <= tags
    assert code_of == code
    assert {one for one in addresses_of - addresses if not one.startswith("#")} == set()
    assert obeyed(made.decode()) == []
    assert b"&lt;script&gt;hostile()" in made


# a screening of city data


def screened(folder, names):
    """Return the files of a screening in which every name of a building, an area and a source is one of these."""
    folder.mkdir()
    rows = [
        feature(f"NL.IMBAG.Pand.{name}", at=(30.0 * (k % 30), 30.0 * (k // 30)), year=1972, b3_opmerking=name)
        for k, name in enumerate(names)
    ]
    write_sequence(folder / f"stad{os.path.basename(names[0])[:40]}.jsonl", rows, title=names[1], referenceDate=" ".join(names))
    squares = [
        [[85000 + x, 446000], [85300 + x, 446000], [85300 + x, 446400], [85000 + x, 446400], [85000 + x, 446000]] for x in (0, 300, 600)
    ]
    shapes = [{"type": "Polygon", "coordinates": [ring]} for ring in squares]
    areas = [{"type": "Feature", "properties": {"naam": " ".join(names[k::3])}, "geometry": shape} for k, shape in enumerate(shapes)]
    (folder / "areas.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": areas}), encoding="utf-8")
    [city] = folder.glob("*.jsonl")
    wanted = ("--areas", folder / "areas.geojson", "--samples", "16", "--per-building", "--format", "gpkg", "--format", "geoparquet")
    run("portfolio", "screen", city, *wanted, "--quiet", "-o", folder / "out")
    return {path.name: path.read_bytes() for path in (folder / "out").iterdir()}


@pytest.fixture(scope="module")
def screenings(tmp_path_factory):
    folder = tmp_path_factory.mktemp("city")
    return screened(folder / "hostile", EVERY), screened(folder / "plain", PLAIN)


def test_a_screening_writes_the_same_files_whatever_the_names(screenings):
    made, plain = screenings
    assert set(made) == set(plain)
    assert len(made) >= 8
    assert [fault for name, data in made.items() for fault in hostile_oracle.content_of(name, data)] == []
    assert sum(b"hostile()" in data for data in made.values()) >= 6  # the names did arrive


def test_the_map_of_a_screening(screenings):
    made, plain = screenings
    [name] = [name for name in made if name.endswith(".html")]
    same_page(made[name], plain[name])


def test_the_tables_of_a_screening(screenings):
    for name, data in screenings[0].items():
        if name.endswith(".csv"):
            assert obeyed(data.decode("utf-8-sig").replace("\r\n", "\n")) == []


def test_the_layers_of_a_screening(screenings, tmp_path):
    made, plain = screenings
    for name in made:
        if name.endswith(".gpkg"):
            assert columns(made[name], tmp_path) == columns(plain[name], tmp_path)
            texts = cells(made[name], tmp_path)
        elif name.endswith(".parquet"):
            one, two = (pq.read_table(io.BytesIO(files[name])) for files in screenings)
            assert one.schema.names == two.schema.names
            texts = [value for column in one.columns for value in column.to_pylist() if isinstance(value, str)]
        else:
            continue
        assert any(SCRIPT in text for text in texts)
        assert [text for text in texts if obeyed(text) or "\n" in text] == []


def columns(content, folder):
    """Return every table of a GeoPackage with its columns."""
    (folder / "a.gpkg").write_bytes(content)
    with sqlite3.connect(folder / "a.gpkg") as base:
        names = sorted(name for (name,) in base.execute("select name from sqlite_master where type='table'"))
        return {name: [row[1] for row in base.execute(f'pragma table_info("{name}")')] for name in names}


def cells(content, folder):
    """Return every text in the layers of a GeoPackage."""
    (folder / "a.gpkg").write_bytes(content)
    with sqlite3.connect(folder / "a.gpkg") as base:
        layers = [name for (name,) in base.execute("select table_name from gpkg_contents")]
        return [value for name in layers for row in base.execute(f'select * from "{name}"') for value in row if isinstance(value, str)]


# a run over many models


def rows_of(names):
    """Return the rows of a run: every other one scanned, every text of it one of these names."""
    made = []
    for k, name in enumerate(names):
        row = {"name": f"{k} {name}", "files": [name], "x": "84000", "y": "447000", "wijk": name, "record": None}
        row |= failed(REFUSED if k % 2 else SCANNED, name)
        if k % 2 == 0:
            row |= {"proven": 0, "possible": 1, "judged": True, "building": name, "governing_part": name, "flags": [name], "label": "C"}
            row |= {
                "stops": [name],
                "unknowns": [name],
                "not_checked": [name],
                "bearing_material": "concrete",
                "storeys": 4,
                "variant": name,
            }
        made.append(row)
    return made


def test_a_list_of_hostile_heads_and_names(tmp_path):
    heads = list(dict.fromkeys(name for name in NAMES if not set(name) & set(",;\r\n\0\ud800")))
    heads = [head for k, head in enumerate(heads) if clean(head) not in map(clean, heads[:k])]
    names = [name.replace("\0", "").replace("\ud800", "?") + str(k) for k, name in enumerate(NAMES)]
    written(tmp_path / "list.csv", ("files", "name", *heads), *((f"{k}.ifc", name, *heads) for k, name in enumerate(names)))
    found = buildings_of(tmp_path / "list.csv")
    assert len(found) == len(NAMES) == len({one.files for one in found})  # no name ends its row
    assert set(found[0].told) == set(map(clean, heads))
    rows = [
        {"name": one.name, "files": ["a.ifc"], **one.told, **failed(REFUSED, "geen model"), "x": "84000", "y": "447000"} for one in found
    ]
    made = table.files(rows, ["csv", "parquet", "gpkg"])
    assert hostile_oracle.content_of("portfolio.csv", made["portfolio.csv"]) == []  # heads too
    assert obeyed(made["portfolio.csv"].decode("utf-8-sig").replace("\r\n", "\n")) == []
    shown = pq.read_table(io.BytesIO(made["portfolio.parquet"])).schema.names
    assert SCRIPT in shown
    assert [head for head in shown if obeyed(head)] == []
    assert any(SCRIPT in text for text in cells(made["portfolio.gpkg"], tmp_path))


def test_a_list_that_the_csv_reader_refuses_is_one_line(tmp_path):
    (tmp_path / "list.csv").write_text(f"files,name\na.ifc,{'x' * 200_000}\n", encoding="utf-8")
    with pytest.raises(UsageError, match=r"list\.csv:2: cannot be read as a list \(field larger than field limit"):
        buildings_of(tmp_path / "list.csv")


@pytest.mark.parametrize("head", ["wijk;wijk", "wijk;\u202ewijk", "wijk; wijk ", "name\u200b;name"])
def test_two_columns_that_look_the_same_are_refused(tmp_path, head):
    """One would take the place of the other, and which one nobody sees."""
    (tmp_path / "list.csv").write_text(f"files;{head}\na.ifc;b;c\n", encoding="utf-8")
    with pytest.raises(UsageError, match=r"list\.csv:1: two columns are called \w+; give each its own name$"):
        buildings_of(tmp_path / "list.csv")


def test_columns_without_a_name_stay_as_they_were(tmp_path):
    (tmp_path / "list.csv").write_text("files;name;;\na.ifc;b;;\n", encoding="utf-8")
    assert [one.name for one in buildings_of(tmp_path / "list.csv")] == ["b"]


def test_the_tables_of_a_run(tmp_path):
    made = table.files(rows_of(list(NAMES)), ["csv", "parquet", "gpkg"])
    assert hostile_oracle.content_of("portfolio.csv", made["portfolio.csv"]) == []
    found = pq.read_table(io.BytesIO(made["portfolio.parquet"]))
    texts = [value for column in found.columns for value in column.to_pylist() if isinstance(value, str)]
    for told in (texts, cells(made["portfolio.gpkg"], tmp_path)):
        assert any(SCRIPT in text for text in told)
        assert [text for text in told if obeyed(text) or "\n" in text] == []


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_page_of_a_run(language):
    def page(names):
        rows = rows_of(names)
        found = kept.Run(rows=tuple(rows), settings={"max_extra_storeys": 3}, version="1", folder=None, sha256="a" * 64)
        files = stock_page.files(found, stock_of(rows), lambda path: f"../run/{path}", language)
        assert [fault for name, data in files.items() for fault in hostile_oracle.content_of(name, data)] == []
        return next(data for name, data in files.items() if name.endswith(".html"))

    same_page(page([name for name in EVERY if len(name) < 200]), page(PLAIN))


@pytest.mark.skipif(sys.platform in ("darwin", "win32"), reason="names are text there")
def test_files_whose_names_are_no_text_are_rows_and_sources(tmp_path):
    """A run over a folder said so after all its scans, with a traceback and without a table."""
    folder = tmp_path / "in"
    folder.mkdir()
    name = os.fsencode(folder) + b"/blok\xff.ifc"
    with open(name, "wb") as stream:
        stream.write(b"no model")
    run("portfolio", "run", folder, "-o", tmp_path / "run", "--workers", "1", "--quiet", "-f", "csv", "-f", "parquet", "--no-place")
    [row] = json.loads((tmp_path / "run" / "portfolio.json").read_bytes())["rows"]
    assert (row["name"], row["files"]) == ("blok\\udcff.ifc", ["blok\\udcff.ifc"])
    city = os.fsdecode(os.fsencode(folder) + b"/stad\xff.jsonl")
    write_sequence(tmp_path / "city.jsonl", [feature(f"b{k}", at=(30.0 * k, 0.0)) for k in range(12)])
    os.rename(tmp_path / "city.jsonl", city)
    run("portfolio", "screen", city, "--samples", "16", "--quiet", "-o", tmp_path / "screen")
    assert json.loads((tmp_path / "screen" / "screening.json").read_bytes())["sources"][0]["name"] == "stad\\udcff.jsonl"


# products


@pytest.fixture(scope="module")
def product(tmp_path_factory):
    """Return a product file of which the free texts are hostile."""
    text = (data_root() / "concepts" / "hsb-2d-paneel.toml").read_text(encoding="utf-8")
    names = itertools.cycle(name for name in NAMES if "\ud800" not in name)

    def named(match):
        return match[1] + json.dumps(next(names) + TERMINAL)[1:-1]

    made, count = re.subn(r'\b((?:name|supplier|source|notes?)\s*=\s*")', named, text)
    assert count > 5
    path = tmp_path_factory.mktemp("product") / "product.toml"
    path.write_text(made, encoding="utf-8")
    return path


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_sheet_of_a_product_is_sound_xml_with_nothing_that_runs(product, tmp_path, language):
    run("catalog", "show", product, "-o", tmp_path / "made.svg", "--lang", language)
    run("catalog", "show", "fictief.hsb-2d", "-o", tmp_path / "plain.svg", "--lang", language)
    made, plain = ((tmp_path / f"{name}.svg").read_bytes() for name in ("made", "plain"))
    assert xml_shape(made) <= xml_shape(plain)
    assert b"hostile()" in made
    assert obeyed(made.decode()) == []
    run("catalog", "show", product, "-o", tmp_path / "made.png", "--lang", language)
    assert hostile_oracle.content(tmp_path / "made.png", False) == []


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_page_of_products_against_models(product, tmp_path, language):
    """Names of files become blocks of the page, and what reading trips over its reasons."""
    assert load_concept(product).id == concept_of(find_product("fictief.hsb-2d")).id
    for folder, file in (("made", f"a{SCRIPT.replace('/', '')}\"'=1+1\u202e.ifc"), ("plain", "a.ifc")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / file).write_bytes(block())
        (tmp_path / folder / f"{file}.x.ifc").write_text("no model")
        chosen = [part for one in sorted((tmp_path / folder).iterdir()) for part in ("--ifc", one)]
        wanted = (
            "--no-place",
            "--no-sensitivity",
            "--max-extra-storeys",
            "1",
            "--quiet",
            "--lang",
            language,
            "-o",
            tmp_path / folder / "out",
        )
        run("catalog", "match", product if folder == "made" else "fictief.hsb-2d", *chosen, *wanted)
    made, plain = ({path.name: path.read_bytes() for path in (tmp_path / folder / "out").iterdir()} for folder in ("made", "plain"))
    assert set(made) == set(plain) == {"match.csv", "match.html", "match.png"}
    assert [fault for name, data in made.items() for fault in hostile_oracle.content_of(name, data)] == []
    (tags, addresses, code), (tags_of, addresses_of, code_of) = html_shape(plain["match.html"]), html_shape(made["match.html"])
    assert (tags_of <= tags, addresses_of <= addresses, code_of == code) == (True, True, True)
    assert b"&lt;script&gt;hostile()" in made["match.html"]
    assert obeyed(made["match.html"].decode()) == []
