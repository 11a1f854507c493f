"""Product sheets: every key has words, numbers by hand, drawings to scale, a page on which nothing runs over."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import get_args

import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from pydantic import BaseModel

from optopscan.catalog.load import concept_of, find_product, load_concepts
from optopscan.catalog.numbers import Number
from optopscan.catalog.product import Product
from optopscan.report.plans.sheet import drawn
from optopscan.report.product import page as product_page
from optopscan.report.product import text as product_text
from optopscan.report.product.drawing import SUPPORT, draw_module, scale_of
from optopscan.report.product.sheet import sheet_of
from optopscan.report.product.words import LABELS, TABLES, unit

IDS = [concept.id for concept in load_concepts()]
M_PER_INCH = 0.0254


def keys(model: type[BaseModel]) -> Iterator[str]:
    for name, spec in model.model_fields.items():
        yield spec.alias or name
        for part in (spec.annotation, *get_args(spec.annotation)):
            if isinstance(part, type) and issubclass(part, BaseModel) and not issubclass(part, Number):
                yield from keys(part)


def sheet(name: str, language: str = "nl"):
    product = find_product(name)
    return sheet_of(product, concept_of(product), language)


def test_every_key_has_words_and_no_word_is_left_over() -> None:
    named = set(keys(Product))
    assert named == set(LABELS) | (set(TABLES) - {"product"})
    assert all(all(words) for words in (*LABELS.values(), *TABLES.values()))


@pytest.mark.parametrize(
    ("key", "expected"),
    [("g_floor_kn_m2", "kN/m2"), ("g_wall_kn_m", "kN/m"), ("g_kn", "kN"), ("rc_roof_m2k_w", "m2K/W"), ("gbo_m2", "m2"), ("modules", "")],
)
def test_unit_is_the_ending_of_the_key(key: str, expected: str) -> None:
    assert unit(key, "nl") == expected


def test_sheet_says_what_a_verdict_takes() -> None:
    """hsb-breed on 4.2 x 10.0 m: floor 1.9 + walls 1.03 x 28.4 / 42.0 = 2.60; with roof 0.9 and transfer layer 0.8: 4.30 kN/m2."""
    told = {line.label: line.text for line in sheet("fictief.hsb-breed").sections[0].lines}
    assert told["een laag van 4,2 x 10 m: vloer en wanden"] == "2,10 kN/m2 BVO, een oordeel rekent met 2,60"
    assert told["eerste laag met dak en tussenlaag"].endswith("een oordeel rekent met 4,30")
    # lower value of 10 kN every 1.5 m
    assert told["verankering per m steun"] == "trek 6,7, afschuiving 6,7 kN/m (rekenwaarde)"


@pytest.mark.parametrize(
    ("name", "start"),
    [("fictief.hsb-3d", "ja"), ("fictief.tafel", "nee: eigen kolommen"), ("fictief.plint-hsb", "niet voor een dak")],
)
def test_sheet_says_whether_the_product_can_prove_anything(name: str, start: str) -> None:
    (text,) = (line.text for line in sheet(name).sections[0].lines if line.label == "te gebruiken voor aangetoond")
    assert text.startswith(start)


@pytest.mark.parametrize("name", IDS)
@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_source_is_named_once_and_used(name: str, language: str) -> None:
    found = sheet(name, language)
    used = {line.source for section in found.sections for line in section.lines} - {0}
    assert used == set(range(1, len(found.sources) + 1))
    assert len(set(found.sources)) == len(found.sources)
    text = product_text.render(found, language)
    assert max(map(len, text.splitlines())) <= product_text.WIDTH
    assert "FICTIEF" in text
    assert not re.search(r"\bnan\b|\bNone\b|\binf\b", text)


@pytest.mark.parametrize(
    ("size", "room", "scale"), [((9.0, 3.6), (4.0, 2.0), 100), ((3.6, 20.0), (1.0, 2.0), 400), ((1.0, 1.0), (9.0, 9.0), 20)]
)
def test_scale_is_the_largest_usual_one_that_fits(size, room, scale) -> None:
    """9.0 m in 4 inch of 0.0254 m: 1:88.6, so 1:100."""
    assert scale_of(size, room) == scale


@pytest.mark.parametrize(("name", "n", "apart_m"), [("fictief.hsb-3d", 2, (0.0, 3.6)), ("fictief.staal-hybride", 4, (9.0, 3.6))])
def test_supports_are_drawn_where_they_are(name: str, n: int, apart_m: tuple[float, float]) -> None:
    product = find_product(name)
    page = Figure(figsize=(8.0, 11.0)).add_axes((0, 0, 1, 1))
    box = (0.5, 5.0, 5.0, 2.5)
    draw_module(page, product, concept_of(product), "nl", box)
    (caption,) = (text.get_text() for text in page.texts if "1:" in text.get_text())
    scale = int(re.search(r"1:(\d+)", caption)[1])
    lines = [(*line.get_xdata(), *line.get_ydata()) for line in page.lines if line.get_color() == SUPPORT]
    squares = [patch.get_bbox() for patch in page.patches if patch.get_facecolor()[:3] == pytest.approx((0.122, 0.373, 0.620), abs=0.01)]
    centres = [((x0 + x1) / 2, (y0 + y1) / 2) for x0, x1, y0, y1 in lines] + [((b.x0 + b.x1) / 2, (b.y0 + b.y1) / 2) for b in squares]
    assert len(centres) == n
    for axis in (0, 1):
        spread = max(c[axis] for c in centres) - min(c[axis] for c in centres)
        assert spread * M_PER_INCH * scale == pytest.approx(apart_m[axis], abs=1e-6)
    assert all(box[0] <= x <= box[0] + box[2] and box[1] <= y <= box[1] + box[3] for x, y in centres)


@pytest.mark.parametrize("name", IDS)
def test_page_holds_all_its_text_without_one_over_another(name: str) -> None:
    product = find_product(name)

    def looked_at() -> None:
        figure = product_page._page(product, concept_of(product), "nl").figure
        renderer = FigureCanvasAgg(figure).get_renderer()
        figure.draw(renderer)
        texts = [text for text in figure.axes[0].texts if text.get_text()]
        extents = [text.get_window_extent(renderer) for text in texts]
        page = figure.bbox
        for text, extent in zip(texts, extents, strict=True):
            assert page.contains(*extent.min), text.get_text()
            assert page.contains(*extent.max), text.get_text()
        for n, (text, one) in enumerate(zip(texts, extents, strict=True)):
            # Ascenders and descenders of neighbouring lines may touch; the middle of a line may not.
            middle = one.expanded(0.98, 0.4)
            hit = [other.get_text() for other, two in zip(texts[:n], extents[:n], strict=True) if middle.overlaps(two.expanded(0.98, 0.4))]
            assert hit == [], text.get_text()
        assert min(text.get_fontsize() for text in texts) >= 4.5

    drawn(looked_at)


@pytest.mark.parametrize("form", ["svg", "png"])
def test_same_product_same_page(form: str) -> None:
    product = find_product("fictief.clt-2d")
    first, second = (product_page.render(product, concept_of(product), form) for _ in "12")
    assert first == second
    if form == "svg":
        text = first.decode()
        assert "Voorbeeld CLT paneelbouw (fictief)" in text
        assert "Quickscan, geen constructieve toetsing" in text
