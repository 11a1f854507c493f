"""The calculation on paper: read back, it says what the record holds, stamp on every page, same bytes again."""

import io
import re

import pypdf
import pytest
from report_factory import scan_result

from optopscan.errors import MissingExtra
from optopscan.report import views
from optopscan.report.calculation_pdf.render import render
from optopscan.report.document import Table
from optopscan.report.record import build as records
from optopscan.report.sections import CALCULATION, document
from optopscan.report.words import word


@pytest.fixture(scope="module")
def made(scan_record):
    return scan_record("kantoor_1980")


def flat(text):
    """Return text without spaces, line ends, hyphens and places to break, which a page puts where it needs them."""
    return re.sub(r"[\s\u200b\u00ad\u2010-]", "", text)


@pytest.fixture(scope="module")
def pages(made):
    [(name, content)] = render(*made, "nl")
    assert name == "berekening.pdf"
    reader = pypdf.PdfReader(io.BytesIO(content))
    return reader, [flat(page.extract_text()) for page in reader.pages]


def test_statement_hash_and_number_stand_on_every_page(pages, made):
    reader, texts = pages
    for k, text in enumerate(texts, 1):
        assert flat(word("statement", "nl")) in text
        assert made[0]["input_sha256"][:12] in text
        assert f"{k}/{len(texts)}" in text
    assert made[0]["input_sha256"][:12] in reader.metadata["/Keywords"]
    assert "Quickscan" in reader.metadata["/Subject"]


def test_sections_stand_in_the_order_of_a_calculation(pages, made):
    whole = "".join(pages[1])
    places = [whole.rindex(flat(section.title)) for section in document(made[0], "nl", CALCULATION).sections if section.key != "checks"]
    starts = [whole.index(flat(section.title)) for section in document(made[0], "nl", CALCULATION).sections]
    assert len(places) > 8
    assert starts == sorted(starts)  # in the contents


def test_every_number_of_every_table_is_on_paper(pages, made):
    whole = "".join(pages[1])
    seen = 0
    for section in document(made[0], "nl", CALCULATION).sections:
        for block in section.blocks:
            if isinstance(block, Table):
                for row in block.rows:
                    for cell in row[block.left :]:
                        assert flat(cell) in whole
                        seen += 1
    assert seen > 300


def test_no_page_is_blank_and_drawings_are_in_it(pages):
    reader, texts = pages
    assert all(len(text) > 100 for text in texts)
    assert sum(len(page.images) for page in reader.pages) >= 5


def test_same_bytes_again_and_a_page_in_english():
    made = records.build(scan_result())
    assert render(*made, "en") == render(*made, "en")
    assert render(*made, "en")[0][0] == "calculation.pdf"


def test_without_the_extra_one_line_says_how_to_get_it(monkeypatch):
    monkeypatch.setattr(views, "find_spec", lambda name: None)
    with pytest.raises(MissingExtra, match=r'pdf needs typst: pip install "optopscan\[pdf\]"'):
        views.render({}, {}, formats=("pdf",))
