"""Every view of a record in which each text is hostile: the same structure as of a sound record, and the text as data.

The record is a sound one, placed; what a view of it may hold of tags, layers, entities, actions and formulas is what the sound one has.
"""

import copy
import io
import json
import re
import shutil

import ezdxf
import hostile_oracle
import ifcopenshell
import openpyxl
import pypdf
import pytest
from click.testing import CliRunner
from hostile_block import block
from hostile_record import LONG, NAMES, html_shape, members, obeyed, saturated, xml_shape

from optopscan.cli.app import cli
from optopscan.report import views
from optopscan.report.files import write_files
from optopscan.report.names import fault_of
from optopscan.report.record import valid
from optopscan.report.record.build import read
from optopscan.report.tidy import clean, dumps

LANGUAGES = ("nl", "en")
# Each text gets all of these at once, after one of them that stands first.
DENSE = " ".join(NAMES)
ACTIONS = {"/JS", "/JavaScript", "/Launch", "/URI", "/GoToR", "/GoToE", "/SubmitForm", "/ImportData", "/AA", "/OpenAction", "/RichMedia"}
ACTIONS |= {"/EmbeddedFile", "/EmbeddedFiles", "/Filespec", "/XFA", "/Rendition", "/Movie", "/Sound"}


@pytest.fixture(scope="module")
def placed(tmp_path_factory):
    """Return the folder of a sound record with a variant."""
    folder = tmp_path_factory.mktemp("placed")
    (folder / "block.ifc").write_bytes(block())
    wanted = ["--access", "gallery", "--goal", "area", "--samples", "0", "--max-extra-storeys", "1", "--concept", "fictief.hsb-2d"]
    done = CliRunner().invoke(cli, ["place", str(folder / "block.ifc"), "-o", str(folder), "--quiet", *wanted], prog_name="optopscan")
    assert done.exit_code == 0, (done.output, done.exception)
    return folder


@pytest.fixture(scope="module")
def sound(placed):
    return read(placed / "record.json")


@pytest.fixture(scope="module")
def dense(sound):
    """Return a record of which every text begins with another hostile name and holds all of them."""
    made = saturated(sound[0], [f"{name} {DENSE}" for name in NAMES])
    valid.check(made)
    assert {clean(name) in json.dumps(made, ensure_ascii=False) for name in NAMES if not set(name) & set('"\\')} == {True}
    return made, sound[1]


@pytest.fixture(scope="module")
def cycled(sound):
    """Return a record of which every text begins with one hostile name: what is drawn keeps a size that a page holds."""
    return saturated(sound[0], NAMES), sound[1]


def both(form, sound, hostile, language="nl"):
    """Return pairs of files: of the sound and of the hostile record."""
    pairs = [list(views.render(*one, formats=(form,), language=language).items()) for one in (sound, hostile)]
    assert len(pairs[0]) == len(pairs[1]) > 0
    assert [fault_of(name) for name, _ in pairs[1]] == [""] * len(pairs[1])
    return [(name, one, two) for (_, one), (name, two) in zip(*pairs, strict=True)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_has_the_tags_and_the_scripts_of_a_sound_one(sound, dense, language):
    [(_, plain, made)] = both("html", sound, dense, language)
    (tags, addresses, code), (tags_of, addresses_of, code_of) = html_shape(plain), html_shape(made)
    assert tags_of <= tags
    assert code_of == code
    assert len(code) >= 2
    assert [one for one in addresses_of - addresses if not re.fullmatch(r"#[\w-]*|data:image/[a-z+]+;base64,[\w+/=]*", one)] == []
    assert obeyed(made.decode()) == []


@pytest.mark.parametrize("form", ["png", "variants"])
def test_drawings_have_the_tags_of_a_sound_one(sound, cycled, form):
    for name, plain, made in both(form, sound, cycled):
        if name.endswith(".svg"):
            assert {tag for tag, _ in xml_shape(made)} <= {tag for tag, _ in xml_shape(plain)}
            attributes = {attribute for _, names in xml_shape(made) for attribute in names}
            assert [one for one in attributes if one.lower().startswith("on")] == []
            assert set(re.findall(rb'href="([^#"][^"]*)"', made)) == set()
            assert b"hostile" in made
        else:
            assert hostile_oracle.content_of(name, made) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_topics_have_the_tags_and_the_file_names_of_sound_ones(sound, dense, language):
    [(_, plain, made)] = both("bcf", sound, dense, language)
    one, two = members(plain), members(made)
    assert [name for name in two if not re.fullmatch(r"bcf\.version|[0-9a-f-]{36}/(markup\.bcf|viewpoint\.bcfv|snapshot\.png)", name)] == []
    shapes = [set().union(*(xml_shape(content) for name, content in files.items() if not name.endswith(".png"))) for files in (one, two)]
    assert shapes[1] <= shapes[0]
    assert any(b"hostile" in content for name, content in two.items() if name.endswith(".bcf"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_drawing_for_cad_has_the_layers_and_kinds_of_a_sound_one_and_no_codes_in_its_text(sound, dense, language):
    for _, plain, made in both("dxf", sound, dense, language):
        one, two = (ezdxf.read(io.StringIO(content.decode())) for content in (plain, made))
        assert {layer.dxf.name for layer in two.layers} == {layer.dxf.name for layer in one.layers}
        assert {entity.dxftype() for entity in two.entitydb.values()} <= {entity.dxftype() for entity in one.entitydb.values()}
        assert [name.dxf.name for name in two.blocks if not re.fullmatch(r"\*?[\w.-]{1,255}", name.dxf.name)] == []
        told = [entity.dxf.text for entity in two.entitydb.values() if entity.dxftype() in ("TEXT", "ATTRIB", "ATTDEF")]
        assert any("hostile" in text for text in told)
        assert [text for text in told if re.search(r"%%|\^(?! )|\\[Uu]\+|\\[Mm]\+", text) or obeyed(text)] == []
        # what an editor would run as codes of a paragraph is no paragraph; those of a dimension are ours
        assert [
            text for text in (entity.text for entity in two.entitydb.values() if entity.dxftype() == "MTEXT") if "hostile" in text
        ] == []
        assert not two.audit().has_errors


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_model_of_what_is_new_has_the_entities_of_a_sound_one(sound, dense, language):
    for name, plain, made in both("ifc", sound, dense, language):
        assert made.isascii()
        one, two = (ifcopenshell.file.from_string(content.decode("ascii")) for content in (plain, made))
        assert [entity.is_a() for entity in two] == [entity.is_a() for entity in one]
        assert len(name) < 200
        [project], [told] = two.by_type("IfcProject"), one.by_type("IfcProject")
        assert project.Name.endswith(clean(f"{DENSE} {told.Name}"))
        assert made.rstrip().endswith(b"END-ISO-10303-21;")


def test_the_model_for_a_screen_has_the_nodes_of_a_sound_one_and_names_no_file(sound, dense):
    [(_, plain, made)] = both("glb", sound, dense)

    def scene(content):
        return json.loads(content[20 : 20 + int.from_bytes(content[12:16], "little")])

    one, two = scene(plain), scene(made)
    assert {key: len(value) for key, value in two.items() if isinstance(value, list)} == {
        key: len(value) for key, value in one.items() if isinstance(value, list)
    }
    assert '"uri"' not in json.dumps(two)
    assert any("hostile" in node["name"] for node in two["nodes"])


@pytest.mark.parametrize("form", ["xlsx", "saf"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_workbook_has_the_formulas_and_the_parts_of_a_sound_one(sound, dense, form, language):
    [(_, plain, made)] = both(form, sound, dense, language)
    one, two = members(plain), members(made)
    assert set(two) == set(one)
    assert not [name for name in two if "external" in name or "vba" in name]
    assert {name: xml_shape(content) - xml_shape(one[name]) for name, content in two.items() if name.endswith((".xml", ".rels"))} == {
        name: set() for name in two if name.endswith((".xml", ".rels"))
    }
    books = [openpyxl.load_workbook(io.BytesIO(content)) for content in (plain, made)]
    formulas = [[(c.coordinate, c.value) for s in book for row in s.iter_rows() for c in row if c.data_type == "f"] for book in books]
    assert formulas[1] == formulas[0]
    assert [c.hyperlink for sheet in books[1] for row in sheet.iter_rows() for c in row if c.hyperlink] == []
    texts = [c.value for sheet in books[1] for row in sheet.iter_rows() for c in row if c.data_type == "s"]
    assert any("hostile" in text for text in texts)
    assert [text for text in texts if obeyed(text)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_tables_and_text_hold_no_formula_and_no_code(sound, dense, language):
    for form in ("csv", "txt"):
        for name, _, made in both(form, sound, dense, language):
            assert hostile_oracle.content_of(name, made) == []
            text = made.decode("utf-8-sig").replace("\r\n", "\n")
            assert obeyed(text) == []
            assert "hostile" in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_calculation_on_paper_does_nothing_and_shows_names_as_they_are(cycled, language):
    [content] = views.render(*cycled, formats=("pdf",), language=language).values()
    reader = pypdf.PdfReader(io.BytesIO(content))
    assert ACTIONS & set(_keys(reader)) == set()
    assert {str(one.get_object()["/A"]["/S"]) for page in reader.pages for one in page.get("/Annots", []) if "/A" in one.get_object()} <= {
        "/GoTo"
    }
    shown = re.sub(r"\s|\u200b|\u00ad", "", "".join(page.extract_text() for page in reader.pages))
    for name in ("<script>hostile()</script>", '#lethostile=read("/etc/passwd")', "%s%n%x", "</title><svg/onload=hostile()>"):
        assert re.sub(r"\s", "", name) in shown
    assert "root:" not in shown


def _keys(reader):
    """Yield every key and every name among the values of a PDF."""
    for number in range(1, reader.trailer["/Size"]):
        todo = [reader.get_object(number)]
        while todo:
            one = todo.pop()
            if isinstance(one, dict):
                yield from one
                todo += one.values()
            elif isinstance(one, list):
                todo += one
            elif isinstance(one, pypdf.generic.NameObject):
                yield str(one)


def test_a_variant_with_an_endless_id_has_files(sound):
    """Names of 10,000 characters are cut in a file name, not refused after all the work."""
    record = copy.deepcopy(sound[0])
    for row in record["variants"]:
        row["id"] = f"{row['id']}{LONG}"
    names = [*views.render(record, sound[1], formats=("ifc", "variants"))]
    assert [fault_of(name) for name in names] == [""] * len(names)
    assert {name.count("x") < 150 for name in names} == {True}


@pytest.fixture(scope="module")
def kept(tmp_path_factory, placed, sound):
    """Return the folder of the hostile record as a file that somebody mailed."""
    folder = tmp_path_factory.mktemp("mailed")
    # the product and the use stay what the catalogue knows: a business case of another one is refused
    made = saturated(sound[0], [name for name in NAMES if not name.startswith("__")])
    for one, row in zip(sound[0]["variants"], made["variants"], strict=True):
        row["concept"] = one["concept"]
        for piece, other in zip(one["placed"], row["placed"], strict=True):
            other["concept"] = piece["concept"]
    write_files(folder, {"record.json": dumps(made).encode()})
    shutil.copy(placed / "record.npz", folder)
    return folder


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_business_case_of_a_hostile_record(kept, tmp_path, language):
    run = ["feasibility", str(kept / "record.json"), "-o", str(tmp_path / "out"), "--quiet", "--lang", language]
    done = CliRunner().invoke(cli, run, prog_name="optopscan")
    assert done.exit_code == 0, (done.output, done.exception)
    assert "hostile" in done.stdout
    assert obeyed(done.stdout) == []
    made = sorted((tmp_path / "out").iterdir())
    assert len(made) == 3
    assert [fault for path in made for fault in hostile_oracle.content(path, True)] == []


@pytest.mark.parametrize("more", [[], ["--json"], ["--lang", "en"]])
def test_the_difference_of_a_sound_and_a_hostile_record(placed, kept, more):
    done = CliRunner().invoke(cli, ["diff", str(placed / "record.json"), str(kept / "record.json"), *more], prog_name="optopscan")
    assert done.exit_code == 0, (done.output, done.exception)
    assert "hostile" in done.stdout
    assert obeyed(done.stdout) == []
