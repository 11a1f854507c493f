"""Rules that the answer must name: height, fire, lift, second stair, consequence class, red flags of the period."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from optopscan.catalog.value_rows import Flag as Rule
from optopscan.model.result import Flag


def raised_flags(
    rules: Sequence[Rule], quantities: Mapping[str, float], signals: Mapping[str, str] | None = None, lang: str = "nl"
) -> tuple[Flag, ...]:
    """Return the flags that apply or nearly do, then those that only the engineer can judge.

    Parameters
    ----------
    quantities
        Values by name, as ``top_floor_m`` (floor of the highest new storey above ground
        level), ``building_height_m``, ``storeys_above_ground``, ``build_year``. A rule whose
        quantity is not given is a question.
    signals
        What the model shows, by the name of the signal, with the words that say where. A signal that is
        looked for and absent raises nothing.
    """
    found, asked = [], []
    for rule in rules:
        told = _triggered(rule, quantities, signals or {})
        if told is None:
            asked.append(_flag(rule, rule.trigger, lang, asks=True))
        elif told:
            found.append(_flag(rule, told, lang))
    return (*found, *asked)


def _triggered(rule: Rule, quantities: Mapping[str, float], signals: Mapping[str, str]) -> str | None:
    """Return what triggers a rule, empty where nothing does, None where nothing can tell."""
    if rule.signal:
        return signals.get(rule.signal, "")
    if not rule.quantity or rule.quantity not in quantities:
        return None
    value = quantities[rule.quantity]
    if rule.applies(value):
        return f"{rule.quantity} = {value:g}"
    return f"{rule.quantity} = {value:g}, binnen {rule.near:g} van de grens {rule.above:g}" if rule.is_near(value) else ""


def _flag(rule: Rule, triggered_by: str, lang: str, *, asks: bool = False) -> Flag:
    return Flag(
        code=rule.code,
        article=rule.article,
        text=rule.nl if lang == "nl" else rule.en,
        triggered_by=triggered_by,
        asks=asks,
        quantity=rule.quantity,
        above=rule.above if rule.quantity else math.nan,
    )
