"""A match as one page that needs no network and no script: the matrix, and per product why on each block."""

from __future__ import annotations

import math
from html import escape

from optopscan import __version__
from optopscan.matching.matrix import OUTCOME_NL, OUTCOMES, Cell, Matrix, Outcome, Reach
from optopscan.report.match_look import COLOUR, DARK, TITLE_NL, shares
from optopscan.report.match_text import OPENS_NL, group_name, group_words, notes, percent
from optopscan.report.tidy import clean

NAME = "match.html"
_STYLE = """
body { font: 15px/1.45 system-ui, sans-serif; color: #1d1d1b; margin: 2rem auto; max-width: 76rem; padding: 0 1rem }
h1 { font-size: 1.5rem } .stamp { color: #555 } .wide { overflow-x: auto }
table { border-collapse: separate; border-spacing: 2px; font-variant-numeric: tabular-nums }
th { text-align: left; font-weight: 600; vertical-align: bottom } thead th { font-size: .82rem; max-width: 8rem }
.field { text-align: center; min-width: 5.2rem; padding: .35rem .2rem; border-radius: 3px }
.word { background: rgba(255,255,255,.78); color: #1d1d1b; border-radius: 3px; padding: 0 .35em; white-space: nowrap }
.key span { display: inline-block; padding: .1em .6em; border-radius: 3px; margin-right: .5em }
details { margin: .5rem 0; border-top: 1px solid #ddd; padding-top: .5rem } summary { cursor: pointer; font-weight: 600 }
details td, details th { padding: .2rem .5rem; vertical-align: top; text-align: left; border-bottom: 1px solid #eee }
.why { max-width: 46rem; overflow-wrap: anywhere }
@media print { details > * { display: block } }
"""


def match_html(matrix: Matrix) -> bytes:
    """Return the page in Dutch; every name in it is escaped, and the same matrix gives the same bytes."""
    ranking, told = matrix.ranking(), notes(matrix)
    body = [
        f"<h1>{TITLE_NL}</h1>",
        f'<p class="stamp">{_text(told[-1])} {_text(told[-2])}</p>',
        _key(),
        _table(matrix, ranking),
        *(f"<p>{_text(line)}</p>" for line in told[:-2]),
        *_opens(matrix),
        "<h2>Waarom, per product</h2>",
        *(_details(matrix, reach) for reach in ranking),
        f'<p class="stamp">optopscan {_text(__version__)}</p>',
    ]
    head = f'<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{TITLE_NL}</title><style>{_STYLE}</style>'
    page = f'<!DOCTYPE html>\n<html lang="nl">\n<head>{head}</head>\n<body>\n' + "\n".join(body) + "\n</body>\n</html>\n"
    return page.encode("utf-8")


def _text(value: str) -> str:
    return escape(clean(value))


def _opens(matrix: Matrix) -> list[str]:
    rows = "".join(f"<li>{_text(row.product)}: {_text(row.text_nl)}</li>" for row in matrix.sensitivities)
    return [f"<h2>{OPENS_NL}</h2>", f"<ul>{rows}</ul>"] if rows else []


def _key() -> str:
    marks = (f'<span style="background:{COLOUR[o]};color:{_ink(o)}">{OUTCOME_NL[o]}</span>' for o in OUTCOMES)
    return f'<p class="key">{"".join(marks)}</p>'


def _ink(outcome: Outcome) -> str:
    return "#fff" if outcome in DARK else "#1d1d1b"


def _table(matrix: Matrix, ranking: tuple[Reach, ...]) -> str:
    more = ["alle daken", "aangetoond", *(["woningen"] if matrix.placed else [])]
    heads = "".join(f'<th scope="col">{_text(name)}</th>' for name in ("product", *(group_name(matrix, g) for g in matrix.groups), *more))
    rows = []
    for reach in ranking:
        fields = [_field(shares(matrix, reach.product, g), group_words(matrix, reach.product, g)) for g in matrix.groups]
        fields.append(_field(shares(matrix, reach.product), percent(reach.share)))
        fields += [f'<td class="field">{word}</td>' for word in _totals(matrix, reach)]
        rows.append(f'<tr><th scope="row">{_text(reach.product)}</th>{"".join(fields)}</tr>')
    return f'<div class="wide"><table><thead><tr>{heads}</tr></thead><tbody>\n' + "\n".join(rows) + "\n</tbody></table></div>"


def _totals(matrix: Matrix, reach: Reach) -> list[str]:
    return [percent(reach.shown / reach.n), *([str(reach.dwellings)] if matrix.placed else [])]


def _field(parts: tuple[tuple[Outcome, float], ...], words: str) -> str:
    stops, at = [], 0.0
    for outcome, share in parts:
        stops.append(f"{COLOUR[outcome]} {100 * at:.1f}% {100 * (at + share):.1f}%")
        at += share
    return f'<td class="field" style="background:linear-gradient(90deg,{",".join(stops)})"><span class="word">{_text(words)}</span></td>'


def _details(matrix: Matrix, reach: Reach) -> str:
    cells = [cell for cell in matrix.cells if cell.product == reach.product]
    head = "".join(f'<th scope="col">{name}</th>' for name in ("blok", "uitkomst", "bouwlagen", "UC", "woningen", "waarom"))
    rows = "\n".join(_row(cell) for cell in cells)
    title = f"{_text(reach.product)}: {percent(reach.share)} van {reach.n} daken, aangetoond {percent(reach.shown / reach.n)}"
    return f'<details><summary>{title}</summary><div class="wide"><table><tr>{head}</tr>\n{rows}\n</table></div></details>'


def _row(cell: Cell) -> str:
    uc = "" if math.isnan(cell.uc) else "&gt; 100" if cell.uc > 100.0 else f"{cell.uc:.2f}".replace(".", ",")
    values = [
        _text(cell.block),
        OUTCOME_NL[cell.outcome],
        f"{cell.proven} aangetoond, {cell.possible} mogelijk" if cell.possible else "0",
        f"{uc} {_text(cell.part)}",
        "" if cell.dwellings is None else str(cell.dwellings),
    ]
    return "<tr>" + "".join(f"<td>{value}</td>" for value in values) + f'<td class="why">{_text(cell.why)}</td></tr>'
