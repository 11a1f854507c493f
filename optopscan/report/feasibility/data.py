"""The business case as plain data, schema ``optopscan/feasibility/1``: the record that text and table are views of."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from optopscan.catalog.assumptions import Assumed
from optopscan.feasibility.amount import Amount
from optopscan.feasibility.business_case import Carbon, Case, Column, Post
from optopscan.feasibility.business_facts import Facts
from optopscan.feasibility.combine import Combined
from optopscan.feasibility.consent import Agreement

SCHEMA = "optopscan/feasibility/1"
STATEMENT = "Quickscan, geen raming en geen advies"
_CENTS = 2


def feasibility_data(
    facts: Facts, assumptions: Mapping[str, Assumed], case: Case, consents: Sequence[Agreement], combined: Sequence[Combined] = ()
) -> dict[str, Any]:
    """Return everything that is known of the case; EUR excluding VAT unless the line is VAT.

    An amount is {lo, hi, at_least, missing}: lo and hi null where something is missing, and ``at_least`` then the sum of what is known.
    """
    return {
        "schema": SCHEMA,
        "statement": STATEMENT,
        "building": facts.building,
        "input_sha256": list(facts.input_sha256),
        "variant": {
            "id": facts.variant,
            "concept": facts.concept,
            "fictitious": facts.fictitious,
            "outcome": facts.outcome,
            "unknown": list(facts.unknown),
            "storeys": facts.storeys,
            "dwellings": facts.dwellings,
            "gfa_m2": _rounded(facts.gfa_m2),
            "others_put_forward": list(facts.others),
        },
        "columns": [_column(column) for column in case.columns],
        "closing": {key: amount(getattr(case.closing, key)) for key in ("cost", "gap", "contribution", "rent_month")},
        "carbon_kg": {key: amount(getattr(case.carbon, key)) for key in Carbon.__dataclass_fields__},
        "foundation": {
            "basis": case.foundation,
            "outcome": facts.foundation,
            "lines": case.n_lines,
            "lines_strengthened": amount(case.lines_over),
        },
        "parking_places": amount(case.parking_places),
        "consents": [_consent(one) for one in consents],
        "combinations": [_combination(one) for one in combined],
        "assumptions": [_assumption(row) for row in assumptions.values()],
    }


def amount(one: Amount) -> dict[str, Any]:
    """Return an amount; numbers rounded to cents."""
    known = one.known
    least = one.at_least
    return {
        "lo": _rounded(one.lo) if known else None,
        "hi": _rounded(one.hi) if known else None,
        "at_least": None if math.isnan(least) else _rounded(least),
        "missing": list(one.missing),
    }


def _rounded(value: float) -> float | None:
    return None if not math.isfinite(value) else round(value, _CENTS) + 0.0


def _column(column: Column) -> dict[str, Any]:
    told = ("dwellings", "cost", "rent_year", "upkeep_year", "income", "gap", "gap_per_dwelling")
    return {"key": column.key, "costs": [_post(post) for post in column.costs], **{key: amount(getattr(column, key)) for key in told}}


def _post(post: Post) -> dict[str, Any]:
    return {"assumption": post.assumption, "amount": amount(post.amount), "price": amount(post.price), "eur": amount(post.eur)}


def _consent(one: Agreement) -> dict[str, Any]:
    row = one.row
    told = {key: getattr(row, key) for key in ("id", "owner", "from_dwellings", "planning", "article", "nl", "en", "source", "confidence")}
    return {
        **told,
        "share": None if math.isnan(row.share) else row.share,
        "applies": one.applies,
        "needed_lo": one.needed_lo,
        "needed_hi": one.needed_hi,
    }


def _combination(one: Combined) -> dict[str, Any]:
    told = {key: getattr(one.row, key) for key in ("id", "nl", "en", "ask_nl", "ask_en", "source", "confidence")}
    return {**told, "coincides": one.coincides, "works": list(one.works)}


def _assumption(row: Assumed) -> dict[str, Any]:
    told = {key: getattr(row, key) for key in ("id", "group", "unit", "unknown", "nl", "en", "source", "confidence", "price_date", "own")}
    return {**told, "lo": row.lo if row.known else None, "hi": row.hi if row.known else None}
