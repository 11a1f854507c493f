"""Reach and ranking of a match, and its views: text, table, JSON."""

from __future__ import annotations

import csv
import dataclasses
import io
import json
import re
from html.parser import HTMLParser

import pytest

from optopscan.matching.blocks import Block
from optopscan.matching.matrix import Cell, Lack, Matrix
from optopscan.report.match import text as match_text
from optopscan.report.match.html import match_html
from optopscan.report.match.look import COLOUR, shares
from optopscan.report.match.png import match_png
from optopscan.report.match.table_csv import match_csv
from optopscan.report.match.words import OUTCOME_EN, say

OUTCOMES = {
    "a": ("fits-if", "fits-if", "fails", "refused"),
    "b": ("fits", "unknown", "fails", "refused"),
    "c": ("fails", "fails", "fails", "refused"),
}


def matrix() -> Matrix:
    blocks = (*(Block(id=f"x-{k}", group="x", sample=k) for k in (1, 2, 3)), Block(id="=y", group="y"))
    cells = [
        Cell(product=name, block=block.id, outcome=row[k], why="wegens; iets", possible=2, uc=float("inf") if k == 2 else 0.5, dwellings=k)
        for k, block in enumerate(blocks)
        for name, row in OUTCOMES.items()
    ]
    return Matrix(products=("a", "b", "c"), blocks=blocks, cells=tuple(cells), placed=True)


def test_reach_counts_what_may_fit_and_nothing_else() -> None:
    reach = matrix().reach("a", "x")
    assert (reach.n, reach.shown, reach.conditional, reach.fails, reach.share) == (3, 0, 2, 1, pytest.approx(2 / 3))
    unknown = matrix().reach("b", "x")
    assert (unknown.shown, unknown.unknown, unknown.share) == (1, 1, pytest.approx(1 / 3))
    assert (matrix().reach("a").n, matrix().reach("a").refused, matrix().reach("a").share) == (4, 1, 0.5)


def test_proven_ranks_before_possible() -> None:
    assert [row.product for row in matrix().ranking()] == ["b", "a", "c"]


@pytest.mark.parametrize(
    ("share", "told"), [(0.0, "0 %"), (0.001, "1 %"), (0.999, "99 %"), (1.0, "100 %"), (0.74, "74 %"), (0.125, "13 %"), (0.625, "63 %")]
)
def test_a_share_never_rounds_to_all_or_nothing(share, told) -> None:
    assert match_text.percent(share) == told


def test_the_text_has_a_field_per_family() -> None:
    lines = match_text.text(matrix()).splitlines()
    assert lines[0].split() == ["product", "A", "B", "daken", "aangetoond", "woningen"]
    assert lines[1].split("  ")[0] == "b"
    assert "67 %" in lines[2]
    assert "uit" in lines[2]
    assert "geen constructieve toetsing" in lines[-1]


def test_the_table_has_a_row_per_pair() -> None:
    text = match_csv(matrix()).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text), delimiter=";"))
    assert len(rows) == 12
    assert rows[0] | {"uitkomst": "past, mits", "hoogste_uc": "0,500", "marge": "0,500", "waarom": "wegens; iets"} == rows[0]
    assert {row["blok"] for row in rows[9:]} == {"'=y"}
    assert rows[6]["marge"] == "< -999"
    assert "steekproef" in rows[0]


def test_json_has_no_number_that_json_lacks() -> None:
    never = Lack(key="length_lo_m", now=3.0, needed=float("-inf"), instead=True)
    found = dataclasses.replace(matrix(), cells=tuple(dataclasses.replace(cell, lacks=(never,)) for cell in matrix().cells))
    plain = json.loads(json.dumps(match_text.as_json(found), allow_nan=False))
    assert plain["cells"][0]["lacks"] == [{"key": "length_lo_m", "now": 3.0, "needed": None, "instead": True}]
    assert plain["cells"][6]["uc"] is None
    assert [row["share"] for row in plain["reach"] if row["product"] == "a"] == [0.5, pytest.approx(2 / 3), 0.0]


def test_a_field_shows_all_outcomes_once() -> None:
    assert shares(matrix(), "b", "x") == (
        ("fits", pytest.approx(1 / 3)),
        ("fails", pytest.approx(1 / 3)),
        ("unknown", pytest.approx(1 / 3)),
    )
    assert shares(matrix(), "a", "y") == (("refused", 1.0),)
    assert len(set(COLOUR.values())) == len(COLOUR)


def test_the_picture_and_the_page_are_the_same_bytes_twice() -> None:
    assert match_png(matrix()) == match_png(matrix())
    assert match_png(matrix()).startswith(b"\x89PNG")
    assert match_html(matrix()) == match_html(matrix())


def test_what_was_not_laid_out_is_said_in_every_view() -> None:
    laid_out, open_ = matrix(), dataclasses.replace(matrix(), placed=False)
    for language in ("nl", "en"):
        told = say("not_laid_out", language)
        for view in (match_text.text, lambda one, language: match_html(one, language).decode()):
            assert told not in view(laid_out, language)
            assert told in view(open_, language)
    assert match_png(laid_out) != match_png(open_)


class Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[str] = []

    def handle_starttag(self, tag, attrs) -> None:
        self.seen.append(tag)
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag) -> None:
        assert self.open.pop() == tag


def test_a_name_in_the_page_is_text_and_nothing_is_fetched() -> None:
    evil = Block(id="<script>alert(1)</script>.ifc", group="ifc")
    cell = Cell(product='<b onclick="x">', block=evil.id, outcome="fails", why="<img src=x>")
    text = match_html(Matrix(products=(cell.product,), blocks=(evil,), cells=(cell,), placed=True)).decode()
    tags = Tags()
    tags.feed(text)
    assert tags.open == []
    assert not {"script", "img", "b", "link"} & set(tags.seen)
    assert "&lt;script&gt;alert(1)" in text
    assert not re.search(r"(src|href)=\"|https?://|url\(", text)
    assert 'lang="nl"' in text


def test_a_bar_is_said_in_words_too() -> None:
    text = match_html(matrix()).decode()
    assert 'aria-label="b, modellen: past 33 %, past niet 33 %, onbekend 33 %"' in text
    assert text.count('role="img"') == text.count('aria-label="') == 3 * 3
    # a colour in the key is that of an outcome that occurs
    assert '<span class="fits">past</span>' in text
    assert "prefers-color-scheme: dark" in text
    assert "@media print" in text


def test_numbers_follow_the_language() -> None:
    dutch, english = (match_html(matrix(), language).decode() for language in ("nl", "en"))
    assert "<td>0,50 </td>" in dutch
    assert "<td>0.50 </td>" in english
    assert "<td>&gt; 100 </td>" in dutch
    assert set(OUTCOME_EN) == set(COLOUR)
    assert match_text.text(matrix(), "en").splitlines()[0].split() == ["product", "A", "B", "roofs", "shown", "dwellings"]
