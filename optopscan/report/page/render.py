"""The report as one offline page: the document in its order, the building in 3D, nothing fetched from anywhere."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping
from importlib.resources import files
from typing import Any

from jinja2 import DictLoader, Environment, StrictUndefined
from markupsafe import Markup, escape

from optopscan.report.document import Block, Items, Lights, Paragraph, Picture, Table, Working, both
from optopscan.report.page import axonometry
from optopscan.report.page.scene import scene, shown_variants
from optopscan.report.record.arrays import Arrays
from optopscan.report.sections import document
from optopscan.report.words import Language, word

Record = Mapping[str, Any]
FILE_NAMES: dict[Language, str] = {"nl": "rapport.html", "en": "report.html"}
FILTERED_ROWS = 10


def render(record: Record, arrays: Arrays, language: Language = "nl") -> list[tuple[str, bytes]]:
    """Return the page.

    Parameters
    ----------
    record, arrays
        As `record.build` or `record.read` gives them.
    language
        "nl" or "en"; what stages wrote themselves is shown as written.
    """
    doc = document(record, language)
    made = scene(record, arrays)
    owner = {part["id"]: part["element"] for part in record["parts"]}
    style, script = _resource("style.css"), _resource("viewer.min.js")
    drawing = axonometry.svg(record, arrays, str(escape(_label(doc.title, language))))
    text = (
        _environment(owner)
        .get_template("page")
        .render(
            doc=doc,
            version=record["tool"]["version"],
            style=Markup(style),
            style_hash=_hash(style),
            script=Markup(script),
            script_hash=_hash(script),
            say=lambda nl, en: both(language, nl, en),
            state=made.index["state"],
            variants=[row["id"] for row in shown_variants(record)],
            drawing=Markup(drawing),
            words=_json(_words(doc.title, language)),
            index=_json(made.index),
            packed=made.packed,
        )
    )
    return [(FILE_NAMES[language], text.encode())]


def _environment(owner: Mapping[str, str]) -> Environment:
    environment = Environment(
        loader=DictLoader({"page": _resource("page.html.j2")}), autoescape=True, undefined=StrictUndefined, keep_trailing_newline=True
    )
    environment.globals["show"] = lambda block: _block(block, owner)
    return environment


def _block(block: Block, owner: Mapping[str, str]) -> Markup:
    match block:
        case Paragraph():
            return Markup('<p class="{}">{}</p>').format(block.tone, block.text)
        case Items():
            return Markup("<ul>{}</ul>").format(Markup("").join(Markup("<li>{}</li>").format(row) for row in block.rows))
        case Table():
            return _table(block, owner)
        case Lights():
            rows = [
                Markup('<li class="{}"><span class="dot"></span><b>{}</b><span>{}</span><small>{}</small></li>').format(
                    row.tone, row.subject, row.found, row.action
                )
                for row in block.rows
            ]
            return Markup('<ul class="lights">{}</ul>').format(Markup("").join(rows))
        case Working():
            lines = "\n".join(block.lines)
            return Markup('<details class="{}" data-element="{}"><summary>{}</summary><pre>{}</pre></details>').format(
                block.tone, owner.get(block.part, ""), block.title, lines
            )
        case Picture():
            return Markup("")  # a file of another view; the page shows the building in 3D


def _table(block: Table, owner: Mapping[str, str]) -> Markup:
    def cells(row: tuple[str, ...], tag: str) -> Markup:
        return Markup("").join(
            Markup("<{0}{1}>{2}</{0}>").format(Markup(tag), Markup("" if k < block.left else ' class="n"'), text)
            for k, text in enumerate(row)
        )

    head = Markup("<thead><tr>{}</tr></thead>").format(cells(block.head, "th"))
    rows = []
    for k, row in enumerate(block.rows):
        tone = block.tones[k] if block.tones else ""
        element = owner.get(block.parts[k], "") if block.parts else ""
        marks = Markup(' class="{}"').format(tone) if tone else Markup("")
        marks += Markup(' data-element="{}" tabindex="0"').format(element) if element else Markup("")
        rows.append(Markup("<tr{}>{}</tr>").format(marks, cells(row, "td")))
    caption = Markup("<caption>{}</caption>").format(block.title) if block.title else Markup("")
    mark = Markup(" data-filter") if len(block.rows) >= FILTERED_ROWS else Markup("")
    return Markup('<div class="scroll"><table{}>{}{}<tbody>{}</tbody></table></div>').format(mark, caption, head, Markup("").join(rows))


def _words(title: str, language: Language) -> dict[str, str]:
    return {
        "unknown": word("unknown", language),
        "none": both(language, "geen", "none"),
        "decimal": both(language, ",", "."),
        "hint": both(
            language,
            "Klik op een deel om zijn gegevens en toetsen te zien. Slepen draait, scrollen vergroot, rechts slepen verschuift.",
            "Click a part to see its facts and checks. Drag turns, scroll zooms, right drag moves.",
        ),
        "kind": both(language, "soort", "kind"),
        "storey": word("storey", language),
        "bearing": both(language, "dragend", "bearing"),
        "yes": both(language, "ja", "yes"),
        "no": both(language, "nee", "no"),
        "material": both(language, "materiaal", "material"),
        "thickness": both(language, "dikte", "thickness"),
        "weight": both(language, "eigen gewicht", "self weight"),
        "before": both(language, "UC bestaand", "UC existing"),
        "after": both(language, "UC met optopping", "UC with extension"),
        "outcome": word("outcome", language),
        "ok": word("ok", language),
        "over": word("over", language),
        "area": both(language, "er rust op", "rests on it"),
        "evidence": both(language, "waarom dragend of niet", "why bearing or not"),
        "variant": word("variant", language),
        "dwelling": both(language, "woning", "dwelling"),
        "modules": word("l_module", language),
        "transfer": word("v_transfer", language),
        "walkways": word("v_walkway", language),
        "columns": word("l_own_column", language),
        "filter": both(language, "filter de rijen", "filter the rows"),
        "label": _label(title, language),
    }


def _label(title: str, language: Language) -> str:
    return both(language, f"{title} in 3D, gekleurd naar toetsuitkomst", f"{title} in 3D, coloured by outcome of its checks")


def _json(data: Any) -> Markup:
    """Return JSON that cannot end the script element it stands in."""
    text = json.dumps(data, sort_keys=True, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return Markup(
        text.replace("<", "\\u003c")
        .replace(">", "\\u003e")
        .replace("&", "\\u0026")
        .replace("\u2028", "\\u2028")
        .replace("\u2029", "\\u2029")
    )


def _hash(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _resource(name: str) -> str:
    return files("optopscan.report.page").joinpath(name).read_text(encoding="utf-8")
