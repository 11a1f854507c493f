"""The page and the tables of a run: complete, safe with any name, in two languages, the same bytes for the same rows."""

import csv
import io
import re
from html.parser import HTMLParser

import pytest

from optopscan.portfolio import stock_page
from optopscan.portfolio.kept import Run
from optopscan.portfolio.stock import stock_of
from optopscan.portfolio.stock_words import percent
from optopscan.report.phrases import phrase
from tests.portfolio.stock_rows import scanned, unread

EVIL = '<script>alert("x")</script>\u202e=1+1'
ROWS = (
    scanned("bewezen", 1, 2, dwellings_proven=4, dwellings_possible=8, record="records/a b/record.json"),
    scanned(EVIL, 0, 1, stops=["wanddelen van kalkzandsteen, NEN-EN 1996-1-1 6.1.2"], unknowns=["fundering", EVIL]),
    scanned("geen", stops=[EVIL]),
    scanned("stil", 0, 3, judged=False, stops=["geen oordeel: geen enkel belast onderdeel kon worden getoetst"], label="C"),
    unread("=kapot", why="no IFC header"),
)


def made(rows=ROWS, language="nl"):
    run = Run(rows=rows, settings={"max_extra_storeys": 3}, version="1", folder=None, sha256="a" * 64)
    return stock_page.files(run, stock_of(rows), lambda path: f"../run/{path}", language)


class Outline(HTMLParser):
    """Tags that are open or wrong, scripts, ids, links."""

    def __init__(self):
        super().__init__()
        self.open, self.wrong, self.tags, self.ids, self.links = [], [], [], [], []

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.ids += [value for name, value in attrs if name == "id"]
        self.links += [value for name, value in attrs if name == "href"]
        if tag not in ("meta", "br", "rect"):
            self.open.append(tag)

    def handle_endtag(self, tag):
        if tag != "rect" and (not self.open or self.open.pop() != tag):
            self.wrong.append(tag)


def outline(page):
    found = Outline()
    found.feed(page.decode())
    return found


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_page_is_whole_and_holds_nothing_that_runs_or_is_fetched(language):
    page = next(content for name, content in made(language=language).items() if name.endswith(".html"))
    found = outline(page)
    assert (found.wrong, found.open) == ([], [])
    assert not {"script", "img", "link", "iframe"} & set(found.tags)
    assert len(found.ids) == len(set(found.ids))
    assert all(link[1:] in found.ids for link in found.links if link.startswith("#"))
    assert [link for link in found.links if not link.startswith("#")] == ["../run/records/a%20b/record.json"]
    assert "http" not in page.decode().replace("http-equiv", "")


def test_names_cannot_break_out_of_the_page_or_the_tables():
    files = made()
    assert "<script" not in files["overzicht.html"].decode()
    assert "\u202e" not in "".join(content.decode() for content in files.values())
    cells = [cell for name, content in files.items() if name.endswith(".csv") for row in rows_of(content) for cell in row.values()]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]


def rows_of(content, separator=";"):
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig")), delimiter=separator))


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_file_says_what_it_is_worth(language):
    for content in made(language=language).values():
        text = content.decode()
        assert "geen constructieve toetsing" in text
        assert "sha256 aaaaaaaaaaaa" in text
        assert "label B 3, C 1" in text


def test_the_answer_counts_what_is_unknown_as_unknown():
    page = made()["overzicht.html"].decode()
    assert "5 gebouwen: 1 met een aangetoonde bouwlaag, 1 met een mogelijke, 1 zonder, 2 onbekend" in page
    assert "mogelijk is niet aangetoond; het vaakst onbekend: fundering (2)" in page
    assert "niet te scannen (1) of geen enkel belast onderdeel te toetsen (1)" in page


def test_a_possible_storey_never_stands_without_what_is_unknown():
    rows = re.findall(r"<tr[^>]*><th scope=\"row\">.*?</tr>", made()["overzicht.html"].decode().partition('id="list"')[2])
    possible = [row for row in rows if "mogelijk, niet aangetoond" in row]
    assert possible
    assert all("fundering" in row for row in possible)
    [silent] = [row for row in rows if "stil" in row]
    assert "+3" not in silent


def test_the_tables_hold_the_numbers_of_the_page():
    files = made()
    assert [row["gebouwen"] for row in rows_of(files["antwoorden.csv"])] == ["1", "1", "1", "2"]
    assert rows_of(files["tegenhouders.csv"])[0]["gebouwen"] == "1"
    [family, *_] = rows_of(files["families_gescand.csv"])
    assert (family["familie"], family["serie"], family["woningen_aangetoond"]) == ("kalkzandsteen, 4 bouwlagen", "2", "4")
    assert rows_of(files["onderzoek_eerst.csv"])[0]["ontbreekt bij"] == "2"


def test_english_says_it_in_english():
    page = made(language="en")["overview.html"].decode()
    assert '<html lang="en">' in page
    for words in (
        "1 with a proven storey",
        "wall parts of calcium-silicate, NEN-EN 1996-1-1 6.1.2",
        "stability",
        "calcium-silicate, 4 storeys",
    ):
        assert words in page
    assert "bouwla" not in page
    assert phrase("palen (geen toets)", "en") == "piles (no check)"
    assert phrase("iets wat een stap zelf schreef", "en") == "iets wat een stap zelf schreef"


def test_english_says_what_stages_wrote_in_english():
    rows = (scanned("a", possible=1, unknowns=["palen (geen toets)"], stops=["bestaande toestand"], not_checked=["Asbest."]),)
    page = made(rows, "en")["overview.html"].decode()
    for words in ("piles (no check)", "the building as it stands", "Asbestos. (1)"):
        assert words in page
    for words in ("geen toets)", "bestaande toestand", "Asbest."):
        assert words not in page


def test_the_same_rows_give_the_same_bytes():
    assert made() == made()


def test_a_run_without_any_answer_is_a_page_too():
    page = made((unread("a"), unread("b", "crashed", "SIGSEGV")))["overzicht.html"]
    assert outline(page).wrong == []
    assert "0 met een aangetoonde bouwlaag, 0 met een mogelijke, 0 zonder, 2 onbekend" in page.decode()
    assert "SIGSEGV" in page.decode()


@pytest.mark.parametrize(("part", "whole", "text"), [(0, 9, "0 %"), (9, 9, "100 %"), (1, 1000, "1 %"), (999, 1000, "99 %"), (0, 0, "-")])
def test_a_share_is_never_nothing_of_something_nor_all_of_less(part, whole, text):
    assert percent(part, whole) == text
