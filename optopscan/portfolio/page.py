"""A screening as one page that needs no network and no script: answer, map, funnels, families, and a card per place."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Sequence
from html import escape
from importlib.resources import files
from typing import Any

import shapely

from optopscan.portfolio.drawing import STEPS, WORD_CLASS, Marked, map_svg, step_of
from optopscan.portfolio.text import EFFECT_NL, STEP_NL, carbon_basis, counted, dated, headline, number, range_of, tonnes_of
from optopscan.report.tidy import clean

NAME = "kaart.html"
MARKED_NL = "elk gebouw; waarom deze kleur staat bij het aanwijzen van een gebouw"
PLACES_NL = "gebieden van ten minste 10 gebouwen; grijs zijn gebouwen, zonder oordeel"
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
    places = (files("optopscan.report.page") / "style.css", files("optopscan.portfolio") / "map.css")
    style = "".join(place.read_text(encoding="utf-8") for place in places)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    title = "Optoppen: potentie"
    parts = [_header(record, title), "<main>"]
    parts += [_map(record, context, marked, list(notes))]
    if not record["withheld"]:
        parts += [_families(record), *map(_funnel, record["funnels"]), _places(record)]
    parts += [_basis(record), "</main>", _footer(record)]
    head = (
        '<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}"><title>{title}</title><style>{style}</style>'
    )
    return f'<!DOCTYPE html>\n<html lang="nl">\n<head>{head}</head>\n<body>\n{chr(10).join(parts)}\n</body>\n</html>\n'.encode()


def text(value: Any) -> str:
    """Return a value as it may stand in a page."""
    return escape(clean(str(value)))


def _header(record: dict[str, Any], title: str) -> str:
    facts = []
    if not record["withheld"]:
        totals = record["totals"]
        facts = [
            ("woningen", f"{range_of(totals['dwellings'])}"),
            ("CO2 van die woningen", tonnes_of(totals["carbon"])),
            ("plat dak, kansrijk of mogelijk", f"{number(totals['hopeful_flat_m2'])} m²"),
            ("kans op +1, gemiddeld", number(totals["p_at_least_1"], 1)),
            ("families", number(len(record["families"]))),
            ("brongegevens", dated(record)),
        ]
    cells = "".join(f"<div><dt>{text(name)}</dt><dd>{text(value)}</dd></div>" for name, value in facts)
    return (
        f'<header><h1>{title}</h1><p class="answer"><strong>{text(headline(record))}</strong></p>'
        f'<p class="statement">{text(record["status"])}</p><dl class="facts">{cells}</dl></header>'
    )


def _map(record: dict[str, Any], context: Sequence[shapely.Geometry], marked: Sequence[Marked], notes: list[str]) -> str:
    drawn = map_svg(record, context, marked)
    if not drawn:
        notes = ["geen kaart: de bestanden geven geen plaats van gebouwen en geen gebieden met een vorm", *notes]
    told = "".join(f'<p class="note">{text(note)}</p>' for note in notes)
    if marked:
        what, rows, head = MARKED_NL, [(name, word) for word, name in WORD_CLASS.items()], ""
    else:
        what, rows, head = PLACES_NL, [(name, words) for _, words, name in STEPS], "<li>kansrijk of mogelijk:</li>"
    legend = "".join(f'<li><i class="{name}"></i>{text(words)}</li>' for name, words in rows)
    return (
        f'<section id="kaart"><h2>Kaart</h2><p class="note">{what}</p><div class="map">{drawn}</div>'
        f'<ul class="legend">{head}{legend}</ul>{told}</section>'
    )


_GROUP_HEAD = ("gebouwen", "kansrijk", "mogelijk", "niet", "onbekend", "plat dak m²", "woningen", "kans op +1")


def _group_cells(row: dict[str, Any]) -> str:
    words = row["words"]
    values = [row["buildings"], words["kansrijk"], words["mogelijk"], words["niet"], words["onbekend"], row["hopeful_flat_m2"]]
    cells = [number(value) for value in values] + [range_of(row["dwellings"]), number(row["p_at_least_1"], 1)]
    return "".join(f'<td class="n">{value}</td>' for value in cells)


def _table(first: str, names: Iterable[str], rows: Iterable[dict[str, Any]], *, last: str = "vaakst") -> str:
    head = f"<th>{first}</th>" + "".join(f'<th class="n">{name}</th>' for name in _GROUP_HEAD) + f"<th>{last}</th>"
    body = "".join(
        f"<tr><td>{text(name)}</td>{_group_cells(row)}<td>{text(row['reason'])}</td></tr>" for name, row in zip(names, rows, strict=True)
    )
    return f'<div class="scroll"><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>'


def _families(record: dict[str, Any]) -> str:
    rows = sorted(record["families"], key=lambda row: -row["series"])
    names = [f"{row['family']} ({number(row['places'])} plekken)" if "places" in row else row["family"] for row in rows]
    return (
        '<section id="families"><h2>Families</h2><p class="note">Bouwjaar en bouwlagen bepalen de familie; kansrijk en mogelijk samen is '
        f"de grootte van een serie (bouwstroom). Kleine families staan samen onder overige.</p>{_table('familie', names, rows)}</section>"
    )


def _funnel(funnel: dict[str, Any]) -> str:
    rows = []
    for row in funnel["rows"]:
        count = row["lost"] if row["effect"] == "drop" else row["noted"]
        cells = (row["before"], count, row["lost_for_want_of_a_fact"], row["kept_unknown"], row["left"])
        numbers = "".join(f'<td class="n">{number(value)}</td>' for value in cells)
        rows.append(
            f"<tr><td>{STEP_NL[row['step']]}</td><td>{text(row['nl'])}<br><small>{text(row['source'])}</small></td>"
            f"<td>{EFFECT_NL[row['effect']]}</td>{numbers}</tr>"
        )
    heads = ("voor", "aantal", "waarvan onbekend", "onbekend, blijft", "over")
    head = "<th>stap</th><th>filter</th><th>effect</th>" + "".join(f'<th class="n">{one}</th>' for one in heads)
    granted = ", ".join(f"{storeys} bij {number(n)} gebouwen" for storeys, n in funnel["granted"].items())
    return (
        f"<section><h2>Trechter: {text(funnel['preset'])}</h2><p>{number(funnel['start'])} gebouwen, <b>{number(funnel['left'])}</b> over"
        f"{'; toegekend zonder berekening: ' + text(granted) if granted else ''}.</p>"
        f'<div class="scroll"><table><thead><tr>{head}</tr></thead><tbody>{"".join(rows)}</tbody></table></div></section>'
    )


def _places(record: dict[str, Any]) -> str:
    cards = [_card(k, row) for k, row in enumerate(record["places"])]
    more = (
        f'<p class="note">De eerste {CARDS} van {number(len(cards))} gebieden; alle staan in de tabel gebieden.csv.</p>'
        if len(cards) > CARDS
        else ""
    )
    return f'<section id="gebieden"><h2>Per gebied</h2>{more}{"".join(cards[:CARDS])}</section>'


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
    return (
        f"<section><h2>Wat dit is</h2><p>Kans: {text(record['meaning'])}. Afgerond op tienden, nooit meer dan 0,9.</p>"
        f"<p>Kansrijk vanaf {number(values['likely-from'], 1)}, mogelijk vanaf {number(values['possible-from'], 1)}; "
        f"product {text(settings['concept'])}; factoren {text(settings['factors'])}; woningen van "
        f"{number(values['dwelling-gfa-small-m2'])} tot {number(values['dwelling-gfa-large-m2'])} m² bvo op het platte dak, "
        f"zonder aftrek voor installaties, trap en terugligging.</p>"
        f"<p>{text(carbon_basis(record))}.</p>"
        f"<h3>Niet getoetst</h3><ul>{lines}</ul><h3>Bestanden</h3><ul>{sources}</ul></section>"
    )


def _footer(record: dict[str, Any]) -> str:
    told = [*record["attribution"], dated(record), f"optopscan {record['tool']['version']}", record["status"]]
    return f"<footer><p>{' · '.join(text(one) for one in told)}</p></footer>"
