"""Which families get no extension by rule, and what of others stays unknown whatever is calculated.

The rules are data (``catalog/engineering/families.toml``) and look at what a family is made of, so a
family cannot slip through by its name.
"""

from __future__ import annotations

from dataclasses import dataclass

from optopscan.catalog.engineering import Engineering, load_engineering
from optopscan.catalog.family import Family
from optopscan.catalog.family_rows import FamilyRule
from optopscan.materials.recognise import recognise


@dataclass(frozen=True, kw_only=True)
class Exclusion:
    """A rule that meets a family, in words, with its source and how sure that is."""

    rule: str
    nl: str
    en: str
    source: str
    confidence: str


def excluded(family: Family, values: Engineering | None = None) -> Exclusion | None:
    """Return why a family gets no extension, None where no rule refuses it.

    None is no approval: the checks of a scan still decide, and `reservations` stay.

    Parameters
    ----------
    family
        The family.
    values
        Engineering values; None takes those that come with optopscan.
    """
    return next(iter(_met(family, values, "refused")), None)


def reservations(family: Family, values: Engineering | None = None) -> tuple[Exclusion, ...]:
    """Return what stays unknown of a family whatever is calculated, in the order of the table."""
    return tuple(_met(family, values, "unknown"))


def _met(family: Family, values: Engineering | None, outcome: str) -> list[Exclusion]:
    rules = (values or load_engineering()).family_rules.values()
    return [
        Exclusion(rule=rule.id, nl=rule.nl, en=rule.en, source=rule.source, confidence=rule.confidence)
        for rule in rules
        if rule.outcome == outcome and _meets(rule, family)
    ]


def _meets(rule: FamilyRule, family: Family) -> bool:
    """Every condition that a rule states holds; one without conditions is refused on reading."""
    file, groups = family.file, {"wall": rule.wall_group, "floor": rule.floor_group}
    told = [recognise(getattr(file.materials, part)).group == group for part, group in groups.items() if group]
    if rule.systems:
        told.append(bool({name.lower() for name in file.systems} & {name.lower() for name in rule.systems}))
    return all(told)
