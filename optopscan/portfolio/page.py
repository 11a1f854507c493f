"""A screening as one page that needs no network and no script: answer, map, funnels, families, and a card per place."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import shapely

from optopscan.portfolio import shell
from optopscan.portfolio.drawing import STEPS, WORD_CLASS, Marked, map_svg, step_of
from optopscan.portfolio.shell import text
from optopscan.portfolio.text import EFFECT_NL, STEP_NL, carbon_basis, counted, dated, headline, number, range_of, tonnes_of

NAME = "kaart.html"
MARKED_NL = "elk gebouw; waarom deze kleur staat bij het aanwijzen van een gebouw"
PLACES_NL = (
    "gebieden van ten minste 10 gebouwen; grijs zijn gebouwen, zonder oordeel; wat buiten een gebied ligt telt mee bij overige of in een "
    "gebied dat dat zegt"
)
CARDS = 200
"""Places with a card of their own on the page; all of them are in the table of places."""


def page_html(
    record: dict[str, Any], context: Sequence[shapely.Geometry] = (), marked: Sequence[Marked] = (), *, notes: Iterable[str] = ()
) -> bytes:
    """Return the page in Dutch; every name in it is escaped, and the same record gives the same bytes.

    Parameters
    ----------
    record
        The record.
    context
        Footprints to draw without an answer.
    marked
        Footprints with an answer; only where output per building was asked for.
    notes
        Lines about what is not on the page, and why.
    """
    sections = [("kaart", "Kaart", _map(record, context, marked, list(notes)))]
    if not record["withheld"]:
        sections.append(("families", "Families", _families(record)))
        sections += [(f"trechter-{k}", f"Trechter: {row['preset']}", _funnel(row, k)) for k, row in enumerate(record["funnels"], 1)]
        sections.append(("gebieden", "Per gebied", _places(record)))
    sections.append(("basis", "Wat dit is", _basis(record)))
    sheets = ("portfolio/map.css",)
    return shell.page("Optoppen: potentie", _header(record), sections, _footer(record), sheets=sheets, language="nl")


def _header(record: dict[str, Any]) -> str:
    told: list[tuple[str, str]] = []
    if not record["withheld"]:
        totals = record["totals"]
        told = [
            ("woningen", range_of(totals["dwellings"])),
            ("CO2 van die woningen", tonnes_of(totals["carbon"])),
            ("plat dak, kansrijk of mogelijk", f"{number(totals['hopeful_flat_m2'])} m²"),
            ("kans op +1, gemiddeld", number(totals["p_at_least_1"], 1)),
            ("families", number(len(record["families"]))),
            ("brongegevens", dated(record)),
        ]
    answer = f'<p class="answer"><strong>{text(headline(record))}</strong></p><p class="statement">{text(record["status"])}</p>'
    return answer + shell.facts(told)


def _map(record: dict[str, Any], context: Sequence[shapely.Geometry], marked: Sequence[Marked], notes: list[str]) -> str:
    drawn = map_svg(record, context, marked)
    if not drawn:
        notes = ["geen kaart: de bestanden geven geen plaats van gebouwen en geen gebieden met een vorm", *notes]
    told = "".join(map(shell.note, notes))
    if marked:
        what, rows, head = MARKED_NL, [(name, word) for word, name in WORD_CLASS.items()], ""
    else:
        what, rows, head = PLACES_NL, [(name, words) for _, words, name in STEPS], "<li>kansrijk of mogelijk:</li>"
    legend = "".join(f'<li><i class="{name}"></i>{text(words)}</li>' for name, words in rows)
    content = f'<div class="map">{drawn}</div><ul class="legend">{head}{legend}</ul>'
    return shell.section("kaart", "Kaart", shell.note(what), content, told)


_GROUP_HEAD = ("gebouwen", "kansrijk", "mogelijk", "niet", "onbekend", "plat dak m²", "woningen", "kans op +1")


def _group_cells(row: dict[str, Any]) -> list[str]:
    words = row["words"]
    values = [row["buildings"], words["kansrijk"], words["mogelijk"], words["niet"], words["onbekend"], row["hopeful_flat_m2"]]
    return [number(value) for value in values] + [range_of(row["dwellings"]), number(row["p_at_least_1"], 1)]


def _table(first: str, names: Iterable[str], rows: Iterable[dict[str, Any]], *, last: str = "vaakst") -> str:
    heads = (first, *_GROUP_HEAD, last)
    body = [(text(name), *_group_cells(row), text(row["reason"])) for name, row in zip(names, rows, strict=True)]
    return shell.table("", heads, body, left=(0, len(heads) - 1))


def _families(record: dict[str, Any]) -> str:
    rows = sorted(record["families"], key=lambda row: -row["series"])
    names = [f"{row['family']} ({number(row['places'])} plekken)" if "places" in row else row["family"] for row in rows]
    told = (
        "Bouwjaar en bouwlagen bepalen de familie; kansrijk en mogelijk samen is de grootte van een serie (bouwstroom). "
        "Kleine families staan samen onder overige."
    )
    return shell.section("families", "Families", shell.note(told), _table("familie", names, rows))


def _funnel(funnel: dict[str, Any], k: int) -> str:
    rows = []
    for row in funnel["rows"]:
        count = row["lost"] if row["effect"] == "drop" else row["noted"]
        cells = (row["before"], count, row["lost_for_want_of_a_fact"], row["kept_unknown"], row["left"])
        what = f"{text(row['nl'])}<br><small>{text(row['source'])}</small>"
        rows.append((what, STEP_NL[row["step"]], EFFECT_NL[row["effect"]], *map(number, cells)))
    heads = ("filter", "stap", "effect", "voor", "aantal", "waarvan onbekend", "onbekend, blijft", "over")
    granted = ", ".join(f"{storeys} bij {number(n)} gebouwen" for storeys, n in funnel["granted"].items())
    told = (
        f"<p>{number(funnel['start'])} gebouwen, <b>{number(funnel['left'])}</b> over"
        f"{'; toegekend zonder berekening: ' + text(granted) if granted else ''}.</p>"
    )
    return shell.section(f"trechter-{k}", f"Trechter: {funnel['preset']}", told, shell.table("", heads, rows, left=(0, 1, 2)))


def _places(record: dict[str, Any]) -> str:
    cards = [_card(k, row) for k, row in enumerate(record["places"])]
    more = (
        f'<p class="note">De eerste {CARDS} van {number(len(cards))} gebieden; alle staan in de tabel gebieden.csv.</p>'
        if len(cards) > CARDS
        else ""
    )
    return shell.section("gebieden", "Per gebied", more, *cards[:CARDS])


def _card(k: int, row: dict[str, Any]) -> str:
    words, name = step_of(row)
    shown = "".join(f'<rect class="{WORD_CLASS[word]}" x="{x:.2f}" width="{w:.2f}" height="6"/>' for word, x, w in _bar(row))
    families = _table("familie", [one["family"] for one in row["families"]], row["families"]) if row["families"] else ""
    return (
        f'<article class="card" id="g{k}"><h3><span class="{name}">&nbsp;&nbsp;</span> {text(row["name"])}</h3>'
        f"<p>{counted(row)}; woningen {range_of(row['dwellings'])}; "
        f"CO2: {text(tonnes_of(row['carbon']))}.</p>"
        f'<svg viewBox="0 0 100 6" width="100%" height="12" preserveAspectRatio="none" aria-hidden="true">{shown}</svg>'
        f'<p class="note">Waarom deze kleur: {text(words)} kansrijk of mogelijk; '
        f"vaakst geldt: {text(row['reason'])}.</p>{families}</article>"
    )


def _bar(row: dict[str, Any]) -> Iterable[tuple[str, float, float]]:
    x = 0.0
    for word in ("kansrijk", "mogelijk", "onbekend", "niet"):
        width = 100.0 * row["words"][word] / row["buildings"]
        if width:
            yield word, x, width
        x += width


def _basis(record: dict[str, Any]) -> str:
    settings = record["settings"]
    values = settings["values"]
    lines = "".join(f"<li>{text(one)}</li>" for one in record["not_checked"])
    sources = "".join(
        f"<li>{text(one['name'])}: {number(one['buildings'])} gebouwen, sha256 {text(one['sha256'][:12])}</li>" for one in record["sources"]
    )
    content = (
        f"<p>Kans: {text(record['meaning'])}. Afgerond op tienden, nooit meer dan 0,9.</p>"
        f"<p>Kansrijk vanaf {number(values['likely-from'], 1)}, mogelijk vanaf {number(values['possible-from'], 1)}; "
        f"product {text(settings['concept'])}; factoren {text(settings['factors'])}; woningen van "
        f"{number(values['dwelling-gfa-small-m2'])} tot {number(values['dwelling-gfa-large-m2'])} m² bvo op het platte dak, "
        f"zonder aftrek voor installaties, trap en terugligging.</p>"
        f"<p>{text(carbon_basis(record))}.</p>"
        f"<h3>Niet getoetst</h3><ul>{lines}</ul><h3>Bestanden</h3><ul>{sources}</ul>"
    )
    return shell.section("basis", "Wat dit is", content)


def _footer(record: dict[str, Any]) -> str:
    told = [*record["attribution"], dated(record), f"optopscan {record['tool']['version']}", record["status"]]
    return f"<p>{' · '.join(text(one) for one in told)}</p>"
