"""Rules that stop a variant, ask for something, or stay a question; each names its article and how sure that is."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from optopscan.catalog.worth_rows import Effect, Rule
from optopscan.model.variant import Finding

_ORDER: tuple[Effect, ...] = ("stop", "needs", "ask")
_WORDS = {
    "nl": ("niet bekend", "binnen {near:g} van de grens {limit:g}", "of dat er is: {met_by} niet bekend"),
    "en": ("not known", "within {near:g} of the limit {limit:g}", "whether it is there: {met_by} not known"),
}


def judge(rules: Sequence[Rule], quantities: Mapping[str, float], lang: str = "nl") -> tuple[Finding, ...]:
    """Return what stops, then what is needed, then what only a person can tell.

    A quantity or a limit that is not given, or nan, makes its rule a question, and so does a value within ``near`` of
    the limit on its free side. A need that ``met_by`` covers is not named; one that nobody can tell is covered is.

    Parameters
    ----------
    quantities
        Values by name with the unit in it, as ``top_floor_m``, ``building_height_m``, ``height_max_m``, ``lifts``,
        ``escape_routes`` (the least number of independent routes of any dwelling).
    lang
        "nl" or "en".
    """
    found = [finding for rule in rules if (finding := _judged(rule, quantities, lang)) is not None]
    return tuple(sorted(found, key=lambda finding: _ORDER.index(finding.effect)))


def _judged(rule: Rule, quantities: Mapping[str, float], lang: str) -> Finding | None:
    unknown, near_text, unmet = _WORDS["nl" if lang == "nl" else "en"]
    value = quantities.get(rule.quantity, math.nan)
    above = quantities.get(rule.above_quantity, math.nan) if rule.above_quantity else rule.above
    if math.isnan(value):
        return _finding(rule, "ask", f"{rule.quantity} {unknown}", lang)
    if rule.above_quantity and math.isnan(above):
        return _finding(rule, "ask", f"{rule.above_quantity} {unknown}", lang)
    there = quantities.get(rule.met_by, math.nan) if rule.met_by else math.nan
    if there >= rule.met_from:
        return None
    told = f"{rule.quantity} = {value:g}"
    if not (value >= rule.below or value <= above or value > rule.up_to):
        open_need = rule.met_by and math.isnan(there)
        return _finding(rule, rule.effect, f"{told}; {unmet.format(met_by=rule.met_by)}" if open_need else told, lang)
    limit = above if math.isnan(rule.below) else rule.below
    if rule.near > 0.0 and abs(value - limit) <= rule.near:
        return _finding(rule, "ask", f"{told}, {near_text.format(near=rule.near, limit=limit)}", lang)
    return None


def _finding(rule: Rule, effect: Effect, triggered_by: str, lang: str) -> Finding:
    text = rule.nl if lang == "nl" else rule.en
    return Finding(code=rule.code, effect=effect, text=text, article=rule.article, confidence=rule.confidence, triggered_by=triggered_by)
