"""Rules that the answer must name: height, fire, lift, second stair, consequence class, red flags of the period."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from optopscan.catalog.engineering import Flag as Rule
from optopscan.model.result import Flag


def raised_flags(rules: Sequence[Rule], quantities: Mapping[str, float], lang: str = "nl") -> tuple[Flag, ...]:
    """Return the flags whose quantity passes its threshold, or lies close to it.

    Parameters
    ----------
    quantities
        Values by name, as ``top_floor_m`` (floor of the highest new storey above ground
        level), ``building_height_m``, ``storeys_above_ground``, ``build_year``. A rule whose
        quantity is not given is not raised.
    """
    found = []
    for rule in rules:
        if not rule.quantity or rule.quantity not in quantities:
            continue
        value = quantities[rule.quantity]
        text = rule.nl if lang == "nl" else rule.en
        if rule.applies(value):
            found.append(Flag(code=rule.code, article=rule.article, text=text, triggered_by=f"{rule.quantity} = {value:g}"))
        elif rule.is_near(value):
            near = f"{rule.quantity} = {value:g}, binnen {rule.near:g} van de grens {rule.above:g}"
            found.append(Flag(code=rule.code, article=rule.article, text=text, triggered_by=near))
    return tuple(found)
