"""A match in the terminal and as JSON: the reach of each product per family."""

from __future__ import annotations

import dataclasses
import math
from typing import Any

from optopscan.matching.anchoring import up
from optopscan.matching.blocks import MODELS
from optopscan.matching.matrix import Anchorage, Cell, Matrix, Reach
from optopscan.report.match.words import notes_of, say, short_word
from optopscan.report.tidy import clean
from optopscan.report.words import Language, number


def notes(matrix: Matrix, language: Language = "nl") -> tuple[str, ...]:
    """Return what the words and numbers of a matrix mean and what was not looked at, the disclaimer last."""
    return notes_of(language, placed=matrix.placed)


def text(matrix: Matrix, language: Language = "nl") -> str:
    """Return the matrix, best product first, with a letter per family or model and the legend below."""
    groups = {name: _letter(k) for k, name in enumerate(matrix.groups)}
    ranking = matrix.ranking()
    heads = ("roofs", "shown", *(("dwellings",) if matrix.placed else ()))
    rows = [[say("product", language), *groups.values(), *(say(head, language) for head in heads)]]
    rows += [_row(matrix, reach, language) for reach in ranking]
    widths = [max(len(row[k]) for row in rows) for k in range(len(rows[0]))]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    told = [
        *_under(say("anchors", language), anchor_lines(matrix, language)),
        *_under(say("opens", language), opens_lines(matrix, language)),
    ]
    return "\n".join([*lines, "", *_legend(matrix, groups, language), "", *told, *notes(matrix, language)])


def _under(head: str, lines: tuple[str, ...]) -> list[str]:
    return [f"{head}:", *(f"  {line}" for line in lines), ""] if lines else []


def opens_lines(matrix: Matrix, language: Language = "nl") -> tuple[str, ...]:
    """Return a line per product with the property that opens most roofs."""
    return tuple(f"{clean(row.product)}: {row.text_nl if language == 'nl' else row.text_en}" for row in matrix.sensitivities)


def anchor_lines(matrix: Matrix, language: Language = "nl") -> tuple[str, ...]:
    """Return for every product that needs other or stated connectors the strongest that any block asks, in the order of the rank."""
    found = []
    for reach in matrix.ranking():
        needs = matrix.anchorages(reach.product)
        if needs:
            on = say("on", language, k=len(needs), n=reach.n) if reach.n > 1 else say("this_roof", language)
            told = {"product": clean(reach.product), "need": _most(needs, language), "on": on, "stated": _stated(needs[0], language)}
            found.append(say("anchor", language, **told))
    return tuple(found)


def _most(needs: tuple[Anchorage, ...], language: Language) -> str:
    pull, shear = (max(getattr(need, name) for need in needs) for name in ("uplift_kn_m", "shear_kn_m"))
    key = "pull_and_shear" if pull > 0.0 else "shear"
    return say(key, language, pull=number(up(pull), 1, language), shear=number(up(shear), 1, language))


def _stated(need: Anchorage, language: Language) -> str:
    if not need.stated:
        return say("stated_little", language)
    pull, shear = (number(value, 1, language) for value in (need.stated_uplift_kn_m, need.stated_shear_kn_m))
    return say("both", language, pull=pull, shear=shear)


def _letter(k: int) -> str:
    return chr(ord("A") + k) if k < 26 else f"{_letter(k // 26 - 1)}{_letter(k % 26)}"


def _row(matrix: Matrix, reach: Reach, language: Language) -> list[str]:
    row = [clean(reach.product), *(group_words(matrix, reach.product, group, language) for group in matrix.groups)]
    row += [percent(reach.share), percent(reach.shown / reach.n)]
    return row + ([str(reach.dwellings)] if matrix.placed else [])


def group_words(matrix: Matrix, product: str, group: str, language: Language = "nl") -> str:
    """Return what stands in one field: of a single block the outcome with its storeys, of more the share that it gets onto."""
    reach = matrix.reach(product, group)
    if reach.refused == reach.n:
        return short_word("refused", language)
    if reach.unknown == reach.n:
        return short_word("unknown", language)
    if reach.n > 1:
        return percent(reach.share)
    [block] = [block for block in matrix.blocks if block.group == group]
    cell = matrix.cell(product, block.id)
    word = short_word(cell.outcome, language)
    return f"{word} {cell.storeys}" if cell.storeys else word


def percent(share: float) -> str:
    """Return a share in whole percents; what is not all never reads 100 %, what is something never 0 %."""
    if math.isnan(share):
        return "-"
    whole = math.floor(100.0 * share + 0.5)
    return f"{min(max(whole, 1), 99) if 0.0 < share < 1.0 else whole} %"


def group_name(matrix: Matrix, group: str, language: Language = "nl") -> str:
    """Return the name of a family, or what the models are called together."""
    first = next(block for block in matrix.blocks if block.group == group)
    return say("models", language) if group == MODELS or first.family is None else first.family.name


def _legend(matrix: Matrix, groups: dict[str, str], language: Language) -> list[str]:
    lines = []
    for group, letter in groups.items():
        blocks = [block for block in matrix.blocks if block.group == group]
        name = clean(group_name(matrix, group, language))
        name += ": " + ", ".join(clean(block.id) for block in blocks) if blocks[0].family is None else ""
        count = say("blocks", language, n=len(blocks)) if blocks[0].sample else say("typical", language)
        refused = say("excluded", language, why=blocks[0].refused.nl) if blocks[0].refused is not None else ""
        lines.append(f"{letter}  {name}{'' if group == MODELS else count}{refused}")
    return lines


def as_json(matrix: Matrix) -> dict[str, Any]:
    """Return the matrix as JSON can hold it: cells, and the reach of every product over all and per group; unknown numbers are null."""
    reaches = [matrix.reach(reach.product, group) for reach in matrix.ranking() for group in ("", *matrix.groups)]
    return {
        "schema": "optopscan/match/1",
        "placed": matrix.placed,
        "blocks": [
            {
                "id": block.id,
                "group": block.group,
                "sample": block.sample,
                "dimensions": None if block.dimensions is None else dataclasses.asdict(block.dimensions),
            }
            for block in matrix.blocks
        ],
        "cells": [_plain(cell) for cell in matrix.cells],
        "sensitivities": [dataclasses.asdict(row) for row in matrix.sensitivities],
        "reach": [{**dataclasses.asdict(row), "share": None if math.isnan(row.share) else row.share} for row in reaches],
    }


def _plain(cell: Cell) -> dict[str, Any]:
    row = dataclasses.asdict(cell)
    row["uc"] = row["uc"] if math.isfinite(cell.uc) else None
    row["lacks"] = [
        {name: None if isinstance(value, float) and not math.isfinite(value) else value for name, value in lack.items()}
        for lack in row["lacks"]
    ]
    row["margin"] = cell.margin if math.isfinite(cell.uc) else None
    row["storeys"] = cell.storeys
    if cell.anchorage is not None:
        row["anchorage"] = {name: value if math.isfinite(value) else None for name, value in row["anchorage"].items()}
    return row
