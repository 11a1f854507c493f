"""The calculation as PDF, in the order in which a constructeur checks it; typst lays it out (extra ``pdf``)."""

from __future__ import annotations

import dataclasses
import json
import re
from collections.abc import Mapping
from importlib.resources import files
from typing import Any

from optopscan.ifc.temporary import no_scratch, scratch_folder
from optopscan.report.document import Block, Document, Items, Lights, Paragraph, Picture, Table, Working, both
from optopscan.report.marks import HASH_LENGTH
from optopscan.report.plans import render as plans
from optopscan.report.record.arrays import Arrays
from optopscan.report.sections import CALCULATION, document
from optopscan.report.words import Language

Record = Mapping[str, Any]
FILE_NAMES: dict[Language, str] = {"nl": "berekening.pdf", "en": "calculation.pdf"}
# A word longer than this may break after a sign, or anywhere when it has none: names and GlobalIds in narrow columns.
_LONG_WORD = 12
_BREAK = "\u200b"
_NARROW, _WIDE = 10, 60


def render(record: Record, arrays: Arrays, language: Language = "nl") -> list[tuple[str, bytes]]:
    """Return the calculation.

    Parameters
    ----------
    record, arrays
        As `record.build` or `record.read` gives them.
    language
        "nl" or "en"; what stages wrote themselves is shown as written.
    """
    import typst  # of an extra; `views` says so where it is missing

    doc = document(record, language, CALCULATION)
    wanted = {block.name for section in doc.sections for block in section.blocks if isinstance(block, Picture)}
    drawn = {name: data for name, data in plans.render(record, arrays, language) if name in wanted}
    with scratch_folder() as folder:
        try:
            for picture, content in drawn.items():
                (folder / picture).write_bytes(content)
            (folder / "data.json").write_text(json.dumps(_data(doc, record, language), ensure_ascii=False), encoding="utf-8")
            (folder / "report.typ").write_text(
                files("optopscan.report.calculation_pdf").joinpath("report.typ").read_text("utf-8"), encoding="utf-8"
            )
        except OSError as error:
            raise no_scratch(error) from error
        made = typst.compile(str(folder / "report.typ"), root=str(folder), timestamp=0, ignore_system_fonts=True)
    if not isinstance(made, bytes):
        raise TypeError("typst gave pages instead of one document")
    return [(FILE_NAMES[language], made)]


def _data(doc: Document, record: Record, language: Language) -> dict[str, Any]:
    sha256 = record["input_sha256"][:HASH_LENGTH]
    return {
        **{key: getattr(doc, key) for key in ("title", "headline", "because", "statement", "stamp", "language")},
        "sha256": sha256,
        "footer": f"{doc.stamp} · optopscan {record['tool']['version']}",
        "contents": both(language, "Inhoud", "Contents"),
        "sections": [{"title": section.title, "blocks": [_block(block) for block in section.blocks]} for section in doc.sections],
    }


def _block(block: Block) -> dict[str, Any]:
    match block:
        case Table():
            head, rows = [_breakable(text) for text in block.head], [[_breakable(text) for text in row] for row in block.rows]
            told = {"left": block.left, "title": block.title, "tones": list(block.tones)}
            return {"kind": "table", "head": head, "rows": rows, "widths": _widths(block), **told}
        case Lights():
            return {
                "kind": "lights",
                "rows": [{key: _breakable(value) for key, value in dataclasses.asdict(row).items()} for row in block.rows],
            }
        case Items():
            return {"kind": "items", "rows": list(block.rows)}
        case Working():
            return {"kind": "working", "title": block.title, "lines": list(block.lines), "tone": block.tone}
        case Picture():
            return {"kind": "picture", "name": block.name, "alt": block.alt}
        case Paragraph():
            return {"kind": "paragraph", "text": block.text, "tone": block.tone}


def _widths(block: Table) -> list[int]:
    """Return the share of each column that holds text; 0 where a column takes what its numbers need."""
    columns = list(zip(block.head, *block.rows, strict=True))
    return [min(max(*map(len, column), _NARROW), _WIDE) if k < block.left else 0 for k, column in enumerate(columns)]


def _breakable(text: str) -> str:
    """Return the text with places to break in long words, so that no column overprints the next."""
    return " ".join(_pieces(word) if len(word) > _LONG_WORD else word for word in text.split(" "))


def _pieces(word: str) -> str:
    signed = re.sub(r"([-_/+.,:])", rf"\1{_BREAK}", word)
    return _BREAK.join(
        piece if len(piece) <= _LONG_WORD or piece.isalpha() else _BREAK.join(_chunks(piece)) for piece in signed.split(_BREAK)
    )


def _chunks(piece: str) -> list[str]:
    return [piece[k : k + _LONG_WORD] for k in range(0, len(piece), _LONG_WORD)]
