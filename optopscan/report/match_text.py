"""A match in the terminal and as JSON: the reach of each product per family."""

from __future__ import annotations

import dataclasses
import math
from dataclasses import replace
from typing import Any

from optopscan.matching.anchoring import need_nl
from optopscan.matching.blocks import MODELS
from optopscan.matching.matrix import Cell, Matrix, Outcome, Reach
from optopscan.placement.why.words import nl
from optopscan.report.tidy import clean

SHORT_NL: dict[Outcome, str] = {"fits": "past", "fits-if": "mits", "fails": "niet", "refused": "uit", "unknown": "?"}
ANCHORS_NL = "Mits verankering, rekenwaarde per m steun; het meeste dat een dak vraagt bij het aantal bouwlagen dat mogelijk is"
OPENS_NL = "De ene eigenschap die de meeste daken opent (nagerekend met het gewijzigde product)"
_NOTES_NL = (
    "past: aangetoond en ingedeeld. mits: niets bekend dat overschreden wordt; de voorwaarden staan in match.csv.",
    "niet: houdt niet over het hele dak, of er is geen indeling. uit: familie uitgesloten. ?: geen oordeel, telt niet als passend.",
    "Getal: bouwlagen, bij past de aangetoonde, bij mits de mogelijke; bij meer blokken het deel van de blokken met past of mits.",
    "Andere wegen van de lasten zijn niet doorgerekend (scan doet dat). Families zijn typisch, geen echte gebouwen.",
    "Quickscan, geen constructieve toetsing.",
)
NOT_LAID_OUT_NL = "Indeling niet geprobeerd: of modules op deze daken passen is niet bekend, alleen wat de wanden dragen."


def notes(matrix: Matrix) -> tuple[str, ...]:
    """Return what the words and numbers of a matrix mean and what was not looked at, the disclaimer last."""
    return _NOTES_NL if matrix.placed else (NOT_LAID_OUT_NL, *_NOTES_NL)


def text(matrix: Matrix) -> str:
    """Return the matrix, best product first, with a letter per family or model and the legend below."""
    groups = {name: _letter(k) for k, name in enumerate(matrix.groups)}
    ranking = matrix.ranking()
    rows = [["product", *groups.values(), "daken", "aangetoond", *(["woningen"] if matrix.placed else [])]]
    rows += [_row(matrix, reach) for reach in ranking]
    widths = [max(len(row[k]) for row in rows) for k in range(len(rows[0]))]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    return "\n".join([*lines, "", *_legend(matrix, groups), "", *_anchored(matrix), *_opens(matrix), *notes(matrix)])


def _opens(matrix: Matrix) -> list[str]:
    told = [f"  {clean(row.product)}: {row.text_nl}" for row in matrix.sensitivities]
    return [f"{OPENS_NL}:", *told, ""] if told else []


def _anchored(matrix: Matrix) -> list[str]:
    told = [f"  {line}" for line in anchor_lines(matrix)]
    return [f"{ANCHORS_NL}:", *told, ""] if told else []


def anchor_lines(matrix: Matrix) -> tuple[str, ...]:
    """Return for every product that needs other or stated connectors the strongest that any block asks, in the order of the rank."""
    found = []
    for reach in matrix.ranking():
        needs = matrix.anchorages(reach.product)
        if not needs:
            continue
        most = replace(needs[0], uplift_kn_m=max(n.uplift_kn_m for n in needs), shear_kn_m=max(n.shear_kn_m for n in needs))
        stated = f"{nl(most.stated_uplift_kn_m, 1)} en {nl(most.stated_shear_kn_m, 1)}" if most.stated else "niets of niet alles"
        on = f"{len(needs)} van {reach.n} daken" if reach.n > 1 else "dit dak"
        found.append(f"{clean(reach.product)}: {need_nl(most)} op {on}; opgegeven {stated}")
    return tuple(found)


def _letter(k: int) -> str:
    return chr(ord("A") + k) if k < 26 else f"{_letter(k // 26 - 1)}{_letter(k % 26)}"


def _row(matrix: Matrix, reach: Reach) -> list[str]:
    row = [clean(reach.product), *(group_words(matrix, reach.product, group) for group in matrix.groups)]
    row += [percent(reach.share), percent(reach.shown / reach.n)]
    return row + ([str(reach.dwellings)] if matrix.placed else [])


def group_words(matrix: Matrix, product: str, group: str) -> str:
    """Return what stands in one field: of a single block the outcome with its storeys, of more the share that it gets onto."""
    reach = matrix.reach(product, group)
    if reach.refused == reach.n:
        return SHORT_NL["refused"]
    if reach.unknown == reach.n:
        return SHORT_NL["unknown"]
    if reach.n > 1:
        return percent(reach.share)
    [block] = [block for block in matrix.blocks if block.group == group]
    cell = matrix.cell(product, block.id)
    return f"{SHORT_NL[cell.outcome]} {cell.storeys}" if cell.storeys else SHORT_NL[cell.outcome]


def percent(share: float) -> str:
    """Return a share in whole percents; what is not all never reads 100 %, what is something never 0 %."""
    if math.isnan(share):
        return "-"
    whole = round(100.0 * share)
    return f"{min(max(whole, 1), 99) if 0.0 < share < 1.0 else whole} %"


def group_name(matrix: Matrix, group: str) -> str:
    """Return the name of a family, or what the models are called together."""
    first = next(block for block in matrix.blocks if block.group == group)
    return "modellen" if group == MODELS or first.family is None else first.family.name


def _legend(matrix: Matrix, groups: dict[str, str]) -> list[str]:
    lines = []
    for group, letter in groups.items():
        blocks = [block for block in matrix.blocks if block.group == group]
        name = clean(group_name(matrix, group))
        name += ": " + ", ".join(clean(block.id) for block in blocks) if blocks[0].family is None else ""
        count = "" if group == MODELS else f", {len(blocks)} blokken" if blocks[0].sample else ", het typische blok"
        refused = f"; uitgesloten: {blocks[0].refused.nl}" if blocks[0].refused is not None else ""
        lines.append(f"{letter}  {name}{count}{refused}")
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
    row["lacks"] = [{name: value if value == value else None for name, value in lack.items()} for lack in row["lacks"]]
    row["margin"] = cell.margin if math.isfinite(cell.uc) else None
    row["storeys"] = cell.storeys
    if cell.anchorage is not None:
        row["anchorage"] = {name: value if math.isfinite(value) else None for name, value in row["anchorage"].items()}
    return row
