"""A match as one page that needs no network and no script: the matrix, and per product why on each block."""

from __future__ import annotations

import math
from html import escape

from optopscan import __version__
from optopscan.matching.matrix import OUTCOMES, Cell, Matrix, Outcome, Reach
from optopscan.report.match.look import COLOUR, shares
from optopscan.report.match.style import STYLE
from optopscan.report.match.text import anchor_lines, group_name, group_words, notes, opens_lines, percent
from optopscan.report.match.words import outcome_word, say
from optopscan.report.tidy import clean
from optopscan.report.words import Language, number

NAME = "match.html"


def match_html(matrix: Matrix, language: Language = "nl") -> bytes:
    """Return the page; every name in it is escaped, and the same matrix gives the same bytes.

    It follows the light or dark of the reader, and prints with every reason shown.
    """
    return _Page(matrix, language).page()


def _text(value: str) -> str:
    return escape(clean(value))


class _Page:
    """The page of one matrix in one language."""

    def __init__(self, matrix: Matrix, language: Language) -> None:
        self._matrix = matrix
        self._language = language

    def page(self) -> bytes:
        ranking, told = self._matrix.ranking(), notes(self._matrix, self._language)
        title = _text(self._say("title"))
        body = [
            f"<h1>{title}</h1>",
            f'<p class="stamp">{_text(told[-1])} {_text(told[-2])}</p>',
            self._key(),
            self._table(ranking),
            *(f"<p>{_text(line)}</p>" for line in told[:-2]),
            *self._list("anchors", anchor_lines(self._matrix, self._language)),
            *self._list("opens", opens_lines(self._matrix, self._language)),
            f"<h2>{_text(self._say('why_per_product'))}</h2>",
            *(self._details(reach) for reach in ranking),
            f'<p class="stamp">optopscan {_text(__version__)}</p>',
        ]
        metas = '<meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark">'
        head = f"{metas}<title>{title}</title><style>{STYLE}</style>"
        text = f'<!DOCTYPE html>\n<html lang="{self._language}">\n<head>{head}</head>\n<body>\n' + "\n".join(body) + "\n</body>\n</html>\n"
        return text.encode("utf-8")

    def _say(self, key: str, **values: object) -> str:
        return say(key, self._language, **values)

    def _list(self, head: str, lines: tuple[str, ...]) -> list[str]:
        rows = "".join(f"<li>{_text(line)}</li>" for line in lines)
        return [f"<h2>{_text(self._say(head))}</h2>", f"<ul>{rows}</ul>"] if rows else []

    def _key(self) -> str:
        """Return the colours of the outcomes that occur."""
        there = {cell.outcome for cell in self._matrix.cells}
        marks = (f'<span class="{o}">{_text(outcome_word(o, self._language))}</span>' for o in OUTCOMES if o in there)
        return f'<p class="key">{"".join(marks)}</p>'

    def _table(self, ranking: tuple[Reach, ...]) -> str:
        groups = self._matrix.groups
        more = ["all_roofs", "shown", *(["dwellings"] if self._matrix.placed else [])]
        names = [self._say("product"), *(group_name(self._matrix, g, self._language) for g in groups), *(self._say(key) for key in more)]
        heads = "".join(f'<th scope="col">{_text(name)}</th>' for name in names)
        rows = []
        for reach in ranking:
            fields = [self._field(reach, group) for group in (*groups, "")]
            fields += [f'<td class="field">{word}</td>' for word in self._totals(reach)]
            rows.append(f'<tr><th scope="row">{_text(reach.product)}</th>{"".join(fields)}</tr>')
        caption = f"<caption>{_text(self._say('matrix'))}</caption>"
        body = "\n".join(rows)
        return f'<div class="wide"><table class="matrix">{caption}<thead><tr>{heads}</tr></thead><tbody>\n{body}\n</tbody></table></div>'

    def _totals(self, reach: Reach) -> list[str]:
        return [percent(reach.shown / reach.n), *([str(reach.dwellings)] if self._matrix.placed else [])]

    def _field(self, reach: Reach, group: str) -> str:
        """Return a field with its outcomes as a bar, which is said in words as well: colour alone tells nobody."""
        matrix, language = self._matrix, self._language
        parts = shares(matrix, reach.product, group)
        words = group_words(matrix, reach.product, group, language) if group else percent(reach.share)
        name = group_name(matrix, group, language) if group else self._say("all_roofs")
        said = ", ".join(f"{outcome_word(outcome, language)} {percent(share)}" for outcome, share in parts)
        label = _text(self._say("field", product=reach.product, group=name, parts=said))
        style = f"background:linear-gradient(90deg,{_stops(parts)})"
        bar = f'<span class="bar" role="img" aria-label="{label}" title="{label}" style="{style}">'
        return f'<td class="field">{bar}<span class="word" aria-hidden="true">{_text(words)}</span></span></td>'

    def _details(self, reach: Reach) -> str:
        cells = [cell for cell in self._matrix.cells if cell.product == reach.product]
        heads = [self._say(key) for key in ("block", "outcome", "storeys")]
        heads += ["UC", *([self._say("dwellings")] if self._matrix.placed else []), self._say("why")]
        head = "".join(f'<th scope="col">{_text(name)}</th>' for name in heads)
        rows = "\n".join(self._row(cell) for cell in cells)
        share, shown = percent(reach.share), percent(reach.shown / reach.n)
        title = _text(self._say("summary", product=reach.product, share=share, n=reach.n, shown=shown))
        table = f"<table><thead><tr>{head}</tr></thead><tbody>\n{rows}\n</tbody></table>"
        return f'<details><summary>{title}</summary><div class="wide">{table}</div></details>'

    def _row(self, cell: Cell) -> str:
        uc = "" if math.isnan(cell.uc) else "> 100" if cell.uc > 100.0 else number(cell.uc, 2, self._language)
        values = [
            _text(outcome_word(cell.outcome, self._language)),
            _text(self._say("of_storeys", proven=cell.proven, possible=cell.possible)) if cell.possible else "0",
            f"{_text(uc)} {_text(cell.part)}",
            *([""] if self._matrix.placed and cell.dwellings is None else [str(cell.dwellings)] if self._matrix.placed else []),
        ]
        fields = "".join(f"<td>{value}</td>" for value in values)
        return f'<tr class="of-{cell.outcome}"><th scope="row">{_text(cell.block)}</th>{fields}<td class="why">{_text(cell.why)}</td></tr>'


def _stops(parts: tuple[tuple[Outcome, float], ...]) -> str:
    stops, at = [], 0.0
    for outcome, share in parts:
        stops.append(f"{COLOUR[outcome]} {100 * at:.1f}% {100 * (at + share):.1f}%")
        at += share
    return ",".join(stops)
