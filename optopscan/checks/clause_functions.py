"""The clause functions by name: which there are, what standard and clause each states, in what unit it answers."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from optopscan import codes

_STANDARD = re.compile(r"^(?:NEN|EN|NB|Dutch annex|ISO)\b")
_INSIDE = re.compile(r"\b(?:NEN|EN) [\d-]+")
_ENDS = re.compile(r"[.;:](?:\s|$)")
_BRACKET = re.compile(r"\[([^\]]*)\]")
_FACTORS = ("gamma_", "phi_", "chi_", "psi_", "alpha_", "beta_", "k_")
UNITS: Mapping[str, str] = MappingProxyType(
    {
        "kn_m2": "kN/m2",
        "kn_m3": "kN/m3",
        "kg_m3": "kg/m3",
        "knm_m": "kNm/m",
        "knm2": "kNm2",
        "kn_m": "kN/m",
        "m_s": "m/s",
        "per_mm": "1/mm",
        "per_m": "1/m",
        "mm4": "mm4",
        "mm3": "mm3",
        "mm2": "mm2",
        "m2": "m2",
        "m3": "m3",
        "mm": "mm",
        "mpa": "N/mm2",
        "kpa": "kN/m2",
        "knm": "kNm",
        "kn": "kN",
        "deg": "deg",
        "years": "years",
        "m": "m",
    }
)
"""Suffix of a name -> unit; the longer suffix first."""


@dataclass(frozen=True, kw_only=True)
class Clause:
    """One clause function: its name (``en1996.mid_factor``), first line, the clause it states and the unit of its answer."""

    name: str
    function: Callable[..., Any]
    title: str
    clause: str
    unit: str


def clause_functions() -> dict[str, Clause]:
    """Return every public function of the code modules by ``module.name``, sorted."""
    found: dict[str, Clause] = {}
    for module in sorted(row.name for row in pkgutil.iter_modules(codes.__path__)):
        own = importlib.import_module(f"{codes.__name__}.{module}")
        for name, value in vars(own).items():
            if inspect.isfunction(value) and value.__module__ == own.__name__ and not name.startswith("_"):
                found[f"{module}.{name}"] = _clause(f"{module}.{name}", value)
    return {name: found[name] for name in sorted(found)}


def _clause(name: str, function: Callable[..., Any]) -> Clause:
    paragraphs = [" ".join(block.split()) for block in (inspect.getdoc(function) or "").split("\n\n")]
    stated = next((_first(text) for text in paragraphs[1:] if _STANDARD.match(text)), "")
    inside = _INSIDE.search(paragraphs[0])
    if not stated and inside:
        stated = _first(paragraphs[0][inside.start() :])
    title = paragraphs[0].partition("; ")[0].partition(". ")[0].rstrip(".") + "."
    bracket = _BRACKET.search(paragraphs[0])
    return Clause(name=name, function=function, title=title, clause=stated, unit=bracket[1] if bracket else unit_of(name))


def _first(text: str) -> str:
    """Return the clause: what stands before the first full stop, colon or semicolon that ends something."""
    end = _ENDS.search(text)
    clause = text[: end.start()] if end else text
    return clause if clause.count("(") == clause.count(")") else clause.rpartition(" (")[0]


def unit_of(name: str) -> str:
    """Return the unit that a name ends with, empty where it has none (a factor such as gamma_m has none).

    Examples
    --------
    >>> unit_of("fd_mpa"), unit_of("shear_kn_m2"), unit_of("phi"), unit_of("gamma_m")
    ('N/mm2', 'kN/m2', '', '')
    """
    if name.endswith("_m") and name.startswith(_FACTORS):
        return ""
    return next((unit for suffix, unit in UNITS.items() if name.endswith(f"_{suffix}")), "")
