"""Names of a model that a spreadsheet, a browser, a drawing or a mark-up would run: in every view they are text."""

import io
import json
import re
import zipfile
from pathlib import Path

import hostile_oracle
import openpyxl
import pytest
from click.testing import CliRunner
from hostile_bytes import PAYLOADS
from ifc_factory import house

from optopscan.cli.app import cli

NAMES = [text for text in PAYLOADS if text and text.isprintable() and len(text) < 100]
KINDS = ("WALL", "SLAB", "BUILDINGSTOREY", "BUILDING", "PROJECT", "SITE")
FORMATS = ("html", "csv", "xlsx", "saf", "bcf", "dxf", "glb", "txt", "json", "pdf")


def escaped(text):
    return "".join(char if char.isascii() else f"\\X2\\{ord(char):04X}\\X0\\" for char in text.replace("\\", "\\\\").replace("'", "''"))


@pytest.fixture(scope="module")
def views(tmp_path_factory):
    """Return the folder with every view of a house in which each name is hostile."""
    folder = tmp_path_factory.mktemp("names")
    names = {kind: iter(NAMES) for kind in KINDS}

    def renamed(match):
        return match[1] + escaped(next(names[match[2]])) + "'"

    text = house(folder / "sound.ifc").read_text()
    text = re.sub(rf"(=IFC({'|'.join(KINDS)})\('[^']*',\$,')[^']*'", renamed, text)
    text = re.sub(r"(=IFCMATERIAL\(')[^']*'", lambda match: match[1] + "=1+1 kalkzandsteen CS12'", text)
    (folder / "model.ifc").write_text(text)
    run = [
        "scan",
        str(folder / "model.ifc"),
        "-o",
        str(folder / "out"),
        "--quiet",
        "--no-place",
        "--samples",
        "0",
        "--max-extra-storeys",
        "1",
    ]
    done = CliRunner().invoke(cli, [*run, *(part for name in FORMATS for part in ("-f", name))], prog_name="optopscan")
    assert done.exit_code == 0, (done.output, done.exception)
    return folder / "out"


def test_every_view_is_sound_and_runs_nothing(views):
    assert {path.suffix for path in views.iterdir()} >= {".html", ".csv", ".xlsx", ".dxf", ".glb", ".txt", ".json", ".pdf"}
    assert [fault for path in sorted(views.iterdir()) for fault in hostile_oracle.content(path, False)] == []
    names = {row["name"] for row in json.loads((views / "record.json").read_text())["elements"]}
    assert "<script>hostile()</script>" in names  # the names did arrive


def test_no_formula_of_a_workbook_holds_a_name(views):
    books = sorted(views.glob("*.xlsx"))
    assert books
    for path in books:
        cells = [cell for sheet in openpyxl.load_workbook(path) for row in sheet.iter_rows() for cell in row]
        assert any(cell.data_type == "f" for cell in cells) or "saf" in path.name
        assert [cell.value for cell in cells if cell.data_type == "f" and re.search("hostile|cmd", str(cell.value), re.IGNORECASE)] == []
        assert [cell.hyperlink for cell in cells if cell.hyperlink] == []


def test_the_page_keeps_names_out_of_its_markup_and_its_script(views):
    [page] = views.glob("*.html")
    text = page.read_text(encoding="utf-8")
    scripts = re.findall(r"<script[^>]*>(.*?)</script>", text, re.DOTALL)
    assert text.count("<script") == text.count("</script>") == len(scripts)
    assert not any("hostile" in one for one in scripts if not one.lstrip().startswith(("{", "[")))
    tags = re.findall(r"<[a-zA-Z][^>]*>", re.sub(r"<script.*?</script>", "", text, flags=re.DOTALL))
    assert not [tag for tag in tags if "hostile" in re.sub(r'"[^"]*"', "", tag)]


def test_topics_and_drawings_name_no_file_elsewhere(views):
    for path in views.glob("*.bcf*"):
        names = zipfile.ZipFile(io.BytesIO(path.read_bytes())).namelist()
        assert names
        assert not [name for name in names if ".." in name or name.startswith("/") or "\\" in name]
    assert all(Path(path.name).name == path.name for path in views.iterdir())
