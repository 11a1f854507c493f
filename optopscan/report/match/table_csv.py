"""A match as a table for a spreadsheet: one row per product and block."""

from __future__ import annotations

import math
from collections.abc import Callable

from optopscan.matching.blocks import Block
from optopscan.matching.matrix import OUTCOME_NL, Cell, Matrix
from optopscan.report.spreadsheet.csv_text import table, words

NAME = "match.csv"


def match_csv(matrix: Matrix) -> bytes:
    """Return every cell in the order of the matrix: semicolons, decimal commas, UTF-8 with a mark, empty where nothing is known.

    Text that a spreadsheet would take for a formula gets an apostrophe in front.
    """
    of_block = {block.id: block for block in matrix.blocks}
    rows = ([value(cell, of_block[cell.block]) for _, value in _COLUMNS] for cell in matrix.cells)
    return table([[name for name, _ in _COLUMNS], *rows], "nl")


def _number(value: float | None, digits: int = 3) -> str:
    """Return a number in Dutch; nan and None are not known, infinity is beyond any number."""
    if value is None or math.isnan(value):
        return ""
    return f"{value:.{digits}f}".replace(".", ",") if math.isfinite(value) else ("> 999" if value > 0 else "< -999")


def _anchorage(cell: Cell, name: str) -> str:
    return "" if cell.anchorage is None else _number(getattr(cell.anchorage, name), 1)


# (head, cell); the order is part of the file: new columns go before the last one
_COLUMNS: tuple[tuple[str, Callable[[Cell, Block], str]], ...] = (
    ("product", lambda cell, _: words(cell.product)),
    ("blok", lambda cell, _: words(cell.block)),
    ("familie", lambda _, block: words(block.group)),
    ("steekproef", lambda _, block: str(block.sample) if block.sample else ""),
    ("uitkomst", lambda cell, _: OUTCOME_NL[cell.outcome]),
    ("bouwlagen_aangetoond", lambda cell, _: str(cell.proven)),
    ("bouwlagen_mogelijk", lambda cell, _: str(cell.possible)),
    ("bouwlagen_alleen_verticaal", lambda cell, _: str(cell.vertical_only)),
    ("woningen", lambda cell, _: "" if cell.dwellings is None else str(cell.dwellings)),
    ("hoogste_uc", lambda cell, _: _number(cell.uc)),
    ("marge", lambda cell, _: _number(cell.margin)),
    ("deel", lambda cell, _: words(cell.part)),
    ("artikel", lambda cell, _: words(cell.clause)),
    ("verankering_trek_kn_m", lambda cell, _: _anchorage(cell, "uplift_kn_m")),
    ("verankering_afschuiving_kn_m", lambda cell, _: _anchorage(cell, "shear_kn_m")),
    ("opgegeven_trek_kn_m", lambda cell, _: _anchorage(cell, "stated_uplift_kn_m")),
    ("opgegeven_afschuiving_kn_m", lambda cell, _: _anchorage(cell, "stated_shear_kn_m")),
    ("waarom", lambda cell, _: words(cell.why)),
)
