"""A run over many models as one page that needs no network and no script, and its tables; views of `stock.Stock`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import quote

from optopscan.portfolio.kept import Run
from optopscan.portfolio.row import SCANNED, Row
from optopscan.portfolio.shell import facts, note, page, section, table, text
from optopscan.portfolio.stock import ANSWERS, Answer, Dwellings, Stock, answer_of
from optopscan.portfolio.stock_words import count, material, percent, say
from optopscan.report.marks import HASH_LENGTH
from optopscan.report.phrases import phrase
from optopscan.report.spreadsheet.csv_text import table as csv_table
from optopscan.report.spreadsheet.csv_text import words as cell
from optopscan.report.words import Language

_TONES: dict[Answer, str] = {"proven": "ok", "possible": "unknown", "none": "over", "unknown": ""}
_SHOWN_UNKNOWNS = 3


def headline(stock: Stock, language: Language) -> str:
    """Return the answer in one line."""
    told = {answer: count(n, language) for answer, n in zip(ANSWERS, stock.answers, strict=True)}
    return say("headline", language, n=count(stock.buildings, language), **told)


def because(stock: Stock, language: Language) -> str:
    """Return what keeps most of what is possible from being proven, empty where nothing is."""
    most = sorted(stock.missing, key=lambda row: (-row.buildings, row.what))[:_SHOWN_UNKNOWNS]
    what = ", ".join(f"{phrase(row.what, language)} ({count(row.buildings, language)})" for row in most)
    return say("because", language, what=what) if what else ""


def stamp(run: Run, stock: Stock, language: Language) -> str:
    """Return what every file of a run carries: what it is worth, labels, hash."""
    labels = ", ".join(f"{label} {count(n, language)}" for label, n in stock.labels) or say("nothing", language)
    return f"{say('statement', language)} · {say('labels', language)} {labels} · sha256 {run.sha256[:HASH_LENGTH]}"


def files(run: Run, stock: Stock, to_record: Callable[[str], str], language: Language = "nl") -> dict[str, bytes]:
    """Return the page and the tables by file name.

    Parameters
    ----------
    run, stock
        The rows and their numbers.
    to_record
        From the path of a record within the run to where it is seen from the page.
    language
        "nl" or "en"; reasons that a scan wrote in its own words stay as written.
    """
    made = _Stock(run, stock, to_record, language)
    return {
        say("file_page", language): made.page(),
        say("file_answers", language): made.answers_csv(),
        say("file_stops", language): made.stops_csv(),
        say("file_missing", language): made.missing_csv(),
        say("file_families", language): made.families_csv(),
    }


class _Stock:
    """The views of one run in one language."""

    def __init__(self, run: Run, stock: Stock, to_record: Callable[[str], str], language: Language) -> None:
        self._run, self._stock, self._to_record, self._language = run, stock, to_record, language

    def page(self) -> bytes:
        parts = (("answers", self._answers), ("stops", self._stops), ("missing", self._missing), ("families", self._families))
        more = (("list", self._list), ("failed", self._failed), ("basis", self._basis))
        sections = [(key, self._say(key), content) for key, make in (*parts, *more) if (content := make())]
        stock = self._stock
        why = because(stock, self._language)
        header = (
            f'<p class="answer"><strong>{text(headline(stock, self._language))}</strong>'
            f'<span class="because">{text(why)}</span></p><p><span class="statement">{text(self._say("statement"))}</span></p>'
            + facts(
                [
                    (self._say("dwellings"), self._dwellings(stock.dwellings)),
                    (self._say("labels"), ", ".join(f"{label}: {self._count(n)}" for label, n in stock.labels) or self._say("nothing")),
                    (self._say("hash"), self._run.sha256[:HASH_LENGTH]),
                    (self._say("version"), f"optopscan {self._run.version}"),
                ]
            )
        )
        footer = f"<p>{text(stamp(self._run, stock, self._language))}</p>"
        return page(self._say("title"), header, sections, footer, sheets=("portfolio/stock.css",), language=self._language)

    def _say(self, key: str, **values: object) -> str:
        return say(key, self._language, **values)

    def _count(self, value: int) -> str:
        return count(value, self._language)

    def _phrase(self, told: str) -> str:
        return text(phrase(told, self._language))

    def _dwellings(self, found: Dwellings) -> str:
        if not found.buildings:
            return self._say("dwellings_none")
        return self._say("dwellings_is", lo=self._count(found.lo), hi=self._count(found.hi), n=self._count(found.buildings))

    def _range(self, found: Dwellings) -> str:
        return f"{self._count(found.lo)} – {self._count(found.hi)}" if found.buildings else "-"

    def _means(self, answer: Answer) -> str:
        failed = self._stock.buildings - self._stock.scanned
        unknown = self._stock.answers[ANSWERS.index("unknown")]
        return self._say(f"{answer}_is", failed=self._count(failed), open=self._count(unknown - failed))

    def _answers(self) -> str:
        stock, counts = self._stock, self._stock.answers
        heads = [self._say(key) for key in ("answer", "buildings", "share", "means")]
        rows = [
            (text(self._say(answer)), self._count(n), percent(n, stock.buildings), text(self._means(answer)))
            for answer, n in zip(ANSWERS, counts, strict=True)
        ]
        bar = _bar([(f"b-{answer}", n) for answer, n in zip(ANSWERS, counts, strict=True)])
        shown = [bar, table("", heads, rows, left=(0, 3), tones=[_TONES[answer] or "none" for answer in ANSWERS])]
        if stock.reach:
            heads = [self._say(key) for key in ("storeys_more", "reach_proven", "reach_possible")]
            reach = [(f"+{row.storeys}", self._count(row.proven), self._count(row.possible)) for row in stock.reach]
            shown.append(table(self._say("reach"), heads, reach))
        return section("answers", self._say("answers"), *shown)

    def _stops(self) -> str:
        heads = [self._say(key) for key in ("stop", "buildings", "share")]
        rows = [
            (self._phrase(row.what), self._count(row.buildings), percent(row.buildings, self._stock.scanned)) for row in self._stock.stops
        ]
        told = note(self._say("stops_note", n=self._run.settings.get("max_extra_storeys", "?")))
        return section("stops", self._say("stops"), told, table("", heads, rows)) if rows else ""

    def _missing(self) -> str:
        heads = [self._say(key) for key in ("fact", "lacking", "alone", "settled")]
        rows = [
            (self._phrase(row.what), self._count(row.buildings), self._count(row.alone), self._count(row.settled))
            for row in self._stock.missing
        ]
        return section("missing", self._say("missing"), note(self._say("missing_note")), table("", heads, rows)) if rows else ""

    def _families(self) -> str:
        heads = [self._say(key) for key in ("family", "buildings", *ANSWERS, "series", "dwellings", "often")]
        rows = [
            (
                text(self._family(row.material, row.storeys)),
                self._count(row.buildings),
                *map(self._count, row.answers),
                self._count(row.size),
                self._range(row.dwellings),
                self._phrase(row.stop),
            )
            for row in self._stock.series
        ]
        told = note(self._say("families_note"))
        return section("families", self._say("families"), told, table("", heads, rows, left=(0, len(heads) - 1))) if rows else ""

    def _family(self, group: str | None, storeys: int) -> str:
        return self._say("family_is", material=material(group, self._language), n=storeys)

    def _list(self) -> str:
        done = [row for row in self._run.rows if row["status"] == SCANNED]
        heads = [self._say(key) for key in ("building", "answer", "proven", "possible", "stopped", "open", "label", "dwellings")]
        heads[2:4] = [self._say("reach_proven"), self._say("reach_possible")]
        rows = [self._building(row) for row in done]
        tones = [_TONES[answer_of(row)] for row in done]
        told = note(self._say("list_note"))
        return section("list", self._say("list"), told, table("", heads, rows, left=(0, 1, 4, 5, 6), tones=tones)) if rows else ""

    def _building(self, row: Row) -> Sequence[str]:
        name = text(row["name"])
        if row["record"]:
            name = f'<a href="{text(quote(self._to_record(row["record"])))}">{name}</a>'
        answer = answer_of(row)
        lo, hi = row["dwellings_proven"], row["dwellings_possible"]
        return (
            name,
            text(self._say(answer)),
            *(("-", "-") if answer == "unknown" else (f"+{row['proven']}", f"+{row['possible']}")),
            "; ".join(map(self._phrase, row["stops"])),
            ", ".join(map(self._phrase, row["unknowns"])) or "-",
            text(row["label"]),
            "-" if hi is None or answer == "unknown" else f"{self._count(lo or 0)} – {self._count(hi)}",
        )

    def _failed(self) -> str:
        rows = [(text(row["name"]), text(self._say(row["status"])), text(row["why"])) for row in self._run.rows if row["status"] != SCANNED]
        heads = [self._say(key) for key in ("building", "status", "reason")]
        told = note(self._say("failed_note"))
        return section("failed", self._say("failed"), told, table("", heads, rows, left=(0, 1, 2))) if rows else ""

    def _basis(self) -> str:
        lines = "".join(f"<li>{self._phrase(what)} ({self._count(n)})</li>" for what, n in self._stock.not_checked)
        told = f"<p>{text(self._say('basis_is'))}</p>"
        if lines:
            told += f"<h3>{text(self._say('not_checked'))}</h3><ul>{lines}</ul>"
        settings = "".join(f"<li>{text(name)} = {text(_value(value))}</li>" for name, value in sorted(self._run.settings.items()))
        told += f"<details><summary>{text(self._say('settings'))}</summary><ul>{settings}</ul></details>"
        return section("basis", self._say("basis"), told)

    # tables

    def _csv(self, keys: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
        stamped = stamp(self._run, self._stock, self._language)
        head = [self._say(key) for key in (*keys, "stamp")]
        return csv_table([head, *([*map(cell, row), stamped] for row in rows)], self._language)

    def answers_csv(self) -> bytes:
        rows = [(self._say(answer), str(n), self._means(answer)) for answer, n in zip(ANSWERS, self._stock.answers, strict=True)]
        return self._csv(("answer", "buildings", "means"), rows)

    def stops_csv(self) -> bytes:
        return self._csv(("stop", "buildings"), [(phrase(row.what, self._language), str(row.buildings)) for row in self._stock.stops])

    def missing_csv(self) -> bytes:
        rows = [(phrase(row.what, self._language), *map(str, (row.buildings, row.alone, row.settled))) for row in self._stock.missing]
        return self._csv(("fact", "lacking", "alone", "settled"), rows)

    def families_csv(self) -> bytes:
        rows = [
            (
                self._family(row.material, row.storeys),
                *map(str, (row.buildings, *row.answers, row.size)),
                *(map(str, (row.dwellings.lo, row.dwellings.hi)) if row.dwellings.buildings else ("", "")),
                phrase(row.stop, self._language),
            )
            for row in self._stock.series
        ]
        return self._csv(("family", "buildings", *ANSWERS, "series", "dwellings_lo", "dwellings_hi", "often"), rows)


def _value(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else "-" if value is None else str(value)


def _bar(parts: Sequence[tuple[str, int]]) -> str:
    """Return counts as a bar; the table beside it says the same in words."""
    whole, x, drawn = sum(n for _, n in parts), 0.0, ""
    for name, n in parts:
        width = 100.0 * n / whole
        drawn += f'<rect class="{name}" x="{x:.2f}" width="{width:.2f}" height="6"/>' if n else ""
        x += width
    return f'<svg class="share" viewBox="0 0 100 6" width="100%" height="18" preserveAspectRatio="none" aria-hidden="true">{drawn}</svg>'
