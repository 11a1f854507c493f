"""What a product sheet says: sections with labels, values and numbered sources, from a product file and nothing else."""

from __future__ import annotations

import datetime
import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from optopscan import __version__
from optopscan.catalog.concept import Concept, Quantity
from optopscan.catalog.numbers import Number, quantity
from optopscan.catalog.product import SCHEMA_ID, Product
from optopscan.report.product.words import label, say, title, unit, value_word
from optopscan.report.tidy import clean
from optopscan.report.words import Language, number

_HEAD_KEYS = ("schema_", "name", "fictief")
_ROW_TABLES = ("supports", "connectors", "unit_types")


@dataclass(frozen=True, kw_only=True)
class Line:
    """One line of a section; ``source`` is its number in the list of sources, 0 without one."""

    label: str
    text: str
    source: int = 0


@dataclass(frozen=True, kw_only=True)
class Section:
    """A heading with its lines."""

    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, kw_only=True)
class ProductSheet:
    """A product sheet in words; the page draws the module beside it."""

    title: str
    subtitle: str
    fictitious: str
    sections: tuple[Section, ...]
    sources: tuple[str, ...]
    footer: str


@dataclass
class _Sources:
    """Texts numbered in the order in which they are first needed."""

    language: Language
    texts: list[str] = field(default_factory=list)

    def number(self, basis: str, source: str, date: str) -> int:
        text = clean(f"{value_word(basis, self.language)}: {source} ({date})")
        if text not in self.texts:
            self.texts.append(text)
        return self.texts.index(text) + 1


def sheet_of(product: Product, concept: Concept, language: Language = "nl") -> ProductSheet:
    """Return the sheet of a product.

    Parameters
    ----------
    product, concept
        The product file and what the rest of the program takes from it.
    language
        "nl" or "en"; words of the market and sources stay as the file has them.
    """
    sources = _Sources(language)
    sections = [Section(title=say("summary", language), lines=tuple(_summary(concept, language)))]
    plain = tuple(_lines(product, product, sources, language))
    sections.append(Section(title=title("product", language), lines=plain))
    for name in type(product).model_fields:
        inner = getattr(product, name)
        if name in _ROW_TABLES:
            lines = tuple(_row(row, product, sources, language) for row in inner)
        elif hasattr(inner, "model_fields_set") and not isinstance(inner, Number):
            lines = tuple(_lines(inner, product, sources, language))
        else:
            continue
        if lines:
            sections.append(Section(title=title(name, language), lines=lines))
    return ProductSheet(
        title=clean(product.name),
        subtitle=clean(f"{product.supplier} · {label('version', language)} {product.version} · {product.date}"),
        fictitious=say("fictitious", language) if product.fictief else "",
        sections=tuple(Section(title=one.title, lines=tuple(map(_clean, one.lines))) for one in sections),
        sources=tuple(sources.texts),
        footer=say("footer", language, schema=SCHEMA_ID, id=product.id, tool=__version__),
    )


def _clean(line: Line) -> Line:
    return Line(label=clean(line.label), text=clean(line.text), source=line.source)


def plain_number(value: float, language: Language) -> str:
    """Return a number as short as it can be, with four figures at least and a decimal comma in Dutch."""
    text = f"{value:.0f}" if abs(value) >= 1000.0 else f"{value:.4g}"
    return text.replace(".", ",") if language == "nl" else text


def _summary(concept: Concept, language: Language) -> Iterator[Line]:
    size = {"width_m": concept.width_m, "length_m": concept.length_m}
    weight, upper = (concept.storey_load_kn_m2(**size, bound=bound) for bound in ("value", "hi"))
    shape = {"w": plain_number(concept.width_m, language), "l": plain_number(concept.length_m, language)}
    more = [concept.g_roof_kn_m2, concept.g_transfer_kn_m2]
    for key, extra in (("storey", [0.0, 0.0]), ("first", [sum(q.value for q in more), sum(q.hi for q in more)])):
        numbers = [weight + extra[0], upper + extra[1]]
        if not any(map(math.isnan, numbers)):
            text = say("storey_is", language, value=number(numbers[0], 2, language), hi=number(numbers[1], 2, language))
            yield Line(label=say(key, language, **shape), text=text)
    yield Line(label=say("usable", language), text=_usable(concept, language))
    strength = (concept.connector_uplift_kn_m, concept.connector_shear_kn_m)
    if not any(map(math.isnan, strength)):
        up, shear = (number(one, 1, language) for one in strength)
        yield Line(label=say("anchorage", language), text=say("anchorage_is", language, up=up, shear=shear))


def _usable(concept: Concept, language: Language) -> str:
    if not concept.on_roof:
        return say("usable_beyond", language)
    if concept.unknown_loads:
        return say("usable_unknown", language, what=", ".join(label(key, language) for key in concept.unknown_loads))
    return say("usable_own" if concept.own_support else "usable_yes", language)


def _lines(table: Any, product: Product, sources: _Sources, language: Language) -> Iterator[Line]:
    """Yield what a table states, key by key; keys without a value say nothing."""
    for name, spec in type(table).model_fields.items():
        value = getattr(table, name)
        is_table = hasattr(value, "model_fields_set") and not isinstance(value, Number)
        is_rows = isinstance(value, list) and any(hasattr(one, "model_fields_set") for one in value)
        if value in (None, [], {}) or is_table or is_rows or (table is product and name in _HEAD_KEYS):
            continue
        key = spec.alias or name
        text, source = _value(key, value, product, sources, language)
        yield Line(label=label(key, language), text=text, source=source)


def _row(row: Any, product: Product, sources: _Sources, language: Language) -> Line:
    """Return one row of an array of tables as one line: its code, then what it states."""
    told, first = [], 0
    for name in type(row).model_fields:
        value = getattr(row, name)
        if name == "code" or value is None or name in ("x1_m", "y1_m"):
            continue
        if name in ("x0_m", "y0_m"):
            text = _place(row, name[0], language)
        else:
            text, source = _value(name, value, product, sources, language)
            first, text = first or source, f"{label(name, language)} {text}"
        told.append(text)
    return Line(label=row.code, text=", ".join(told), source=first)


def _place(row: Any, axis: str, language: Language) -> str:
    start, end = (getattr(row, f"{axis}{n}_m") for n in "01")
    ends = [plain_number(one, language) for one in (start, end)]
    return f"{axis} {ends[0]} m" if start == end else f"{axis} {say('to', language, lo=ends[0], hi=ends[1])} m"


def _value(key: str, value: Any, product: Product, sources: _Sources, language: Language) -> tuple[str, int]:
    """Return the text of a value with its unit, and the number of its source."""
    measure = unit(key, language)
    if isinstance(value, Number):
        return _number(key, value, product, measure, sources, language)
    if isinstance(value, dict):
        return "; ".join(f"{label(name, language)}: {why}" for name, why in value.items()), 0
    items = value if isinstance(value, list) else [value]
    # A comma between numbers with a decimal comma cannot be read.
    between = " / " if all(isinstance(item, float) for item in items) else ", "
    text = between.join(_plain(item, language) for item in items)
    return f"{text} {measure}".strip(), 0


def _plain(value: Any, language: Language) -> str:
    if isinstance(value, bool):
        return value_word("true" if value else "false", language)
    if isinstance(value, datetime.date):
        return value.isoformat()
    return plain_number(value, language) if isinstance(value, (int, float)) else value_word(str(value), language)


def _number(key: str, told: Any, product: Product, measure: str, sources: _Sources, language: Language) -> tuple[str, int]:
    if told.value is None:
        return say("unknown", language, why=told.reason), 0
    source = sources.number(told.basis or "declared", told.source, str(told.date or product.date)) if told.source else 0
    bounds = _bounds(key, told, product)
    text = plain_number(told.value, language)
    if bounds is not None:
        text = f"{text} ({say('to', language, lo=plain_number(bounds.lo, language), hi=plain_number(bounds.hi, language))})"
    return f"{text} {measure}".strip(), source


def _bounds(key: str, told: Any, product: Product) -> Quantity | None:
    """Return the range of a number: that of a load is what a verdict takes, that of another only what the file says."""
    whole = quantity(told, date=product.date)
    stated = told.lo is not None or told.hi is not None
    return whole if (key.startswith("g_") or stated) and whole.lo != whole.hi else None
