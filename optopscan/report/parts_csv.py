"""Parts and foundation loads as tables, for a spreadsheet or to type over into a calculation program."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from optopscan.codes.en1990 import FactorSet, design_axial_force
from optopscan.report.load_path import LoadPath, PartLoad, existing_scenario, load_path, outcomes_of
from optopscan.report.marks import stamp
from optopscan.report.record.arrays import Arrays
from optopscan.report.spreadsheet.csv_text import figure, table, words
from optopscan.report.weight_sheet.words import told
from optopscan.report.words import LANGUAGES, Language

PARTS: dict[Language, str] = {"nl": "onderdelen.csv", "en": "parts.csv"}
FEET: dict[Language, str] = {"nl": "kolomlasten.csv", "en": "column_loads.csv"}


@dataclass(frozen=True, kw_only=True)
class _Row:
    """One part with its loads before and after [kN], design forces and verdicts; unknown is nan or None."""

    part: PartLoad
    language: Language
    q: float
    g_after: float
    q_after: float
    n_ed: float
    n_ed_after: float
    uc: float | None
    uc_after: float | None
    outcome: str
    outcome_after: str


def render(record: Mapping[str, Any], arrays: Arrays, language: Language = "nl") -> list[tuple[str, bytes]]:  # noqa: ARG001
    """Return both tables: every part from roof to foundation, and the load of every part that stands on the ground.

    Characteristic loads and design forces are at the foot of the part; "after" is with the product and storeys that govern
    the answer, over the whole roof. The head of the last column is the stamp.

    Raises
    ------
    UsageError
        If the record is of a version that does not tell factors and floor loads.
    """
    path = load_path(record)
    rows = _rows(record, path, language)
    mark = stamp(record, language)
    feet = [row for row in rows if row.part.ground > 0.0]
    return [(PARTS[language], _file(_PARTS, rows, mark, language)), (FEET[language], _file(_FEET, feet, mark, language))]


def _rows(record: Mapping[str, Any], path: LoadPath, language: Language) -> list[_Row]:
    before, after = design_forces(path)
    existing = outcomes_of(record, existing_scenario(record))
    leading = outcomes_of(record, path.leading.scenario)
    new = path.leading.storeys * path.basis["new_imposed_kn_m2"]
    return [
        _Row(
            part=part,
            language=language,
            q=sum(part.foot_q),
            g_after=part.foot_g + path.leading.per_m2 * (part.bears_m2 + part.lifts_m2),
            q_after=sum(part.foot_q) + new * part.bears_m2,
            n_ed=before[part.row],
            n_ed_after=after[part.row],
            uc=existing[0][part.row],
            uc_after=leading[0][part.row],
            outcome=existing[1][part.row],
            outcome_after=leading[1][part.row],
        )
        for part in path.parts
    ]


def design_forces(path: LoadPath) -> tuple[list[float], list[float]]:
    """Return N_Ed at the foot of every part without and with the leading product [kN] (`design_axial_force`)."""
    basis, chosen = path.basis, path.leading
    factors = FactorSet(
        id=basis["factor_set"],
        level=basis["level"],
        consequence_class=basis["consequence_class"],
        gamma_ga=basis["gamma_ga"],
        gamma_gb=basis["gamma_gb"],
        gamma_q=basis["gamma_q"],
        gamma_q_wind=math.nan,
        gamma_g_inf=basis["gamma_g_inf"],
        source=basis["source"],
        confidence=basis["confidence"],
    )
    n = len(path.parts)
    g, roof = np.array([part.foot_g for part in path.parts]), np.array([part.foot_roof for part in path.parts])
    q = np.array([part.foot_q for part in path.parts]).reshape(n, path.n_level)
    bears, lifts = np.array([part.bears_m2 for part in path.parts]), np.array([part.lifts_m2 for part in path.parts])
    new = np.repeat(basis["new_imposed_kn_m2"] * bears[:, None], chosen.storeys, axis=1)
    psi = [basis["psi0"]] * path.n_level
    before = design_axial_force(g, q, psi0=psi, factors=factors, roof_kn=roof).n_kn
    after = design_axial_force(
        g + chosen.per_m2 * bears,
        np.concatenate([q, new], axis=1),
        psi0=[*psi, *[basis["psi0_new"]] * chosen.storeys],
        factors=factors,
        relief_kn=chosen.per_m2 * lifts,
        roof_kn=roof,
    ).n_kn
    return before.tolist(), after.tolist()


Column = tuple[str, str, Callable[[_Row], str]]


def _file(columns: Sequence[Column], rows: Sequence[_Row], mark: str, language: Language) -> bytes:
    lang = LANGUAGES.index(language)
    heads = [*((nl, en)[lang] for nl, en, _ in columns), words(mark)]
    return table([heads, *([*(cell(row) for *_, cell in columns), ""] for row in rows)], language)


def _number(digits: int, value: Callable[[_Row], float | None]) -> Callable[[_Row], str]:
    return lambda row: figure(value(row), digits, row.language)


def _words(value: Callable[[_Row], str]) -> Callable[[_Row], str]:
    return lambda row: words(value(row))


# (Dutch head, English head, cell); the order is part of the files: new columns go before the stamp
_WHO: tuple[Column, ...] = (
    ("onderdeel", "part", _words(lambda row: row.part.id)),
    ("guid", "guid", _words(lambda row: row.part.guid)),
    ("element", "element", _words(lambda row: row.part.name)),
    ("soort", "kind", _words(lambda row: told(f"p_{row.part.kind}", row.language))),
    ("bouwlaag", "storey", lambda row: str(row.part.storey + 1)),
)
_LOADS: tuple[Column, ...] = (
    ("g_kn", "g_kn", _number(2, lambda row: row.part.foot_g)),
    ("q_vloeren_kn", "q_floors_kn", _number(2, lambda row: row.q)),
    ("q_dak_kn", "q_roof_kn", _number(2, lambda row: row.part.foot_roof)),
    ("g_na_kn", "g_after_kn", _number(2, lambda row: row.g_after)),
    ("q_vloeren_na_kn", "q_floors_after_kn", _number(2, lambda row: row.q_after)),
    ("n_ed_kn", "n_ed_kn", _number(2, lambda row: row.n_ed)),
    ("n_ed_na_kn", "n_ed_after_kn", _number(2, lambda row: row.n_ed_after)),
)
_PARTS: tuple[Column, ...] = (
    *_WHO,
    ("dikte_m", "thickness_m", _number(3, lambda row: row.part.thickness_m)),
    ("lengte_m", "length_m", _number(3, lambda row: row.part.length_m)),
    ("hoogte_m", "height_m", _number(3, lambda row: row.part.height_m)),
    *_LOADS,
    ("uc_bestaand", "uc_existing", _number(3, lambda row: row.uc)),
    ("uitkomst_bestaand", "outcome_existing", _words(lambda row: told(row.outcome, row.language))),
    ("uc_na", "uc_after", _number(3, lambda row: row.uc_after)),
    ("uitkomst_na", "outcome_after", _words(lambda row: told(row.outcome_after, row.language))),
)
_FEET: tuple[Column, ...] = (
    *_WHO,
    ("lijn", "line", lambda row: "" if row.part.line is None else str(row.part.line)),
    ("x_m", "x_m", _number(3, lambda row: row.part.x_m)),
    ("y_m", "y_m", _number(3, lambda row: row.part.y_m)),
    ("lengte_m", "length_m", _number(3, lambda row: row.part.length_m)),
    ("deel_naar_grond", "share_to_ground", _number(3, lambda row: row.part.ground)),
    *_LOADS,
)
