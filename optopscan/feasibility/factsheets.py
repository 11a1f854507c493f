"""One factsheet per rule, flag or finding: its threshold and article from the tables that judge by them, joined with what to ask."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from optopscan.catalog.engineering import Engineering
from optopscan.catalog.knowledge_rows import Factsheet
from optopscan.catalog.limit_rows import ProductLimit
from optopscan.catalog.value_rows import Flag
from optopscan.catalog.worth_rows import Rule

# Dutch name of a quantity and its unit
QUANTITIES: Mapping[str, tuple[str, str]] = {
    "top_floor_m": ("hoogste nieuwe vloer boven het maaiveld", "m"),
    "building_height_m": ("hoogte van het gebouw", "m"),
    "height_max_m": ("hoogste bouwhoogte volgens uw opgave", "m"),
    "storeys_above_ground": ("bouwlagen boven het maaiveld", ""),
    "gbo_on_stair_m2": ("gebruiksoppervlakte aan een trap", "m2"),
    "gbo_above_1_5_m_m2": ("gebruiksoppervlakte boven 1,5 m", "m2"),
    "dwelling_gbo_m2": ("gebruiksoppervlakte van een woning", "m2"),
    "build_year": ("bouwjaar", ""),
    "airborne_dnta_k_db": ("luchtgeluid tussen woningen, DnT,A,k", "dB"),
    "impact_lnta_db": ("contactgeluid tussen woningen, LnT,A", "dB"),
    "daylight_share": ("daglichtoppervlakte als deel van het verblijfsgebied", ""),
    "depth_per_facade_m": ("diepte van de woning per gevel", "m"),
}
# How a need is met; the number of the rule goes into the sentence
MET_BY: Mapping[str, str] = {
    "fire_resistance_min": "niet bij een brandwerendheid van {n} minuten of meer",
    "lifts": "niet bij {n} lift of meer",
    "escape_routes": "niet bij {n} onafhankelijke vluchtroutes of meer",
    "robustness_settled": "niet als de constructeur de robuustheid heeft geregeld",
}
# Code of a finding about the way in -> the flags and the rows of access.toml that it quotes
ACCESS: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "access-route": ((), ()),
    "access-width": ((), ("walkway_width_min", "walkway_width")),
    "access-distance": ((), ("enclosed_distance",)),
    "access-dead-end": ((), ("enclosed_distance",)),
    "access-one-stair-height": (("second-stair-height",), ()),
    "access-one-stair-area": (("second-stair-area",), ()),
    "access-one-stair-dwelling": (("second-stair-dwelling",), ()),
    "access-lift": (("lift",), ("lift_area",)),
    "access-new-stair": ((), ("new_stair_width", "new_stair_length")),
    "access-landing": ((), ("landing_dwellings",)),
}
YEAR = "build_year"
EVERY = "extension"
_EFFECTS = {"stop": "houdt de variant tegen", "needs": "vraagt een maatregel", "ask": "is een vraag"}
_UNITS = {"storeys": "bouwlagen"}


@dataclass(frozen=True, kw_only=True)
class Basis:
    """What one table says of a code, in Dutch: the sentence, when it counts, its article (may be empty), source and confidence."""

    table: str
    sentence: str
    counts: str
    article: str
    source: str
    confidence: str


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """A factsheet with everything that the tables say of its code; no basis for a code of an issue."""

    row: Factsheet
    basis: tuple[Basis, ...]


def known_codes(values: Engineering) -> tuple[str, ...]:
    """Return every code of the tables that a factsheet is about, each once, in the order of the tables."""
    codes = (
        *(flag.code for flag in values.flags),
        *(rule.code for rule in values.rules),
        *values.roof_rules,
        *values.product_limits,
        *values.family_rules,
        *ACCESS,
    )
    return tuple(dict.fromkeys(codes))


def sheet_of(code: str, values: Engineering) -> Sheet:
    """Return the factsheet of a code.

    Raises
    ------
    KeyError
        If there is none.
    """
    return Sheet(row=values.factsheets[code], basis=tuple(_basis(code, values)))


def _basis(code: str, values: Engineering) -> Iterator[Basis]:
    flags, rows = ACCESS.get(code, ((code,), ()))
    for flag in values.flags:
        if flag.code in flags:
            yield _of("flags.toml", flag.nl, _flag_counts(flag), flag.article, flag.source, flag.confidence)
    for row in (values.access[name] for name in rows):
        yield _of("access.toml", row.nl, f"{_number(row.value)} {row.unit}".removesuffix(" -"), row.article, row.source, row.confidence)
    for rule in values.rules:
        if rule.code == code:
            yield _of("rules.toml", rule.nl, _rule_counts(rule), rule.article, rule.source, rule.confidence)
    if code in values.roof_rules:
        roof = values.roof_rules[code]
        counts = f"deel van de opgegeven afstand dat tot de perceelsgrens telt: {_number(roof.boundary_share)}"
        yield _of("roof_rules.toml", roof.nl, counts, roof.article, roof.source, roof.confidence)
    if code in values.product_limits:
        limit = values.product_limits[code]
        yield _of("product_limits.toml", limit.nl, _limit_counts(limit), limit.article, limit.source, limit.confidence)
    if code in values.family_rules:
        family = values.family_rules[code]
        counts = "geen automatische optopping" if family.outcome == "refused" else "uitkomst blijft onbekend"
        yield _of("families.toml", family.nl, counts, "", family.source, family.confidence)


def _of(table: str, sentence: str, counts: str, article: str, source: str, confidence: str) -> Basis:
    return Basis(table=table, sentence=sentence, counts=counts, article=article, source=source, confidence=confidence)


def _flag_counts(flag: Flag) -> str:
    if flag.signal == EVERY:
        return f"bij elke optopping: {flag.trigger}"
    if flag.signal:
        return f"waar het model het laat zien: {flag.trigger}"
    if not flag.quantity:
        return f"niet uit een model te zien, dus altijd een vraag: {flag.trigger}"
    told = _range(flag.quantity, above=flag.above, up_to=flag.up_to, near=flag.near)
    # for some flags the limit is the threshold itself; only another number is a demand
    if math.isnan(flag.limit) or flag.limit in (flag.above, flag.up_to) or flag.limit_unit == "storeys":
        return told
    return f"{told}; eis {_number(flag.limit)} {_UNITS.get(flag.limit_unit, flag.limit_unit)}".rstrip()


def _rule_counts(rule: Rule) -> str:
    if rule.above_quantity:
        told = f"{_name(rule.quantity)} meer dan de {_name(rule.above_quantity)}"
        told += _near(rule.near, rule.quantity)
    else:
        told = _range(rule.quantity, below=rule.below, above=rule.above, up_to=rule.up_to, near=rule.near)
    told += f"; {_EFFECTS[rule.effect]}"
    if rule.met_by:
        told += ", " + MET_BY[rule.met_by].format(n=_number(rule.met_from))
    return told


def _limit_counts(limit: ProductLimit) -> str:
    side, bound = ("ten minste", limit.at_least) if not math.isnan(limit.at_least) else ("ten hoogste", limit.at_most)
    return f"{side} {_number(bound)} {limit.unit} ({limit.key} in een productbestand)"


def _range(quantity: str, *, above: float, up_to: float, near: float, below: float = math.nan) -> str:
    unit = QUANTITIES.get(quantity, ("", ""))[1]
    over = "na" if quantity == YEAR else "meer dan"
    ends = [f"{word} {_number(end)}" for word, end in (("minder dan", below), (over, above), ("tot en met", up_to)) if not math.isnan(end)]
    return f"{_name(quantity)} {', '.join(ends)} {unit}".rstrip() + _near(near, quantity)


def _near(near: float, quantity: str) -> str:
    unit = QUANTITIES.get(quantity, ("", ""))[1]
    return f"; binnen {_number(near)} {unit}".rstrip() + " van de grens een opmerking" if near > 0.0 else ""


def _name(quantity: str) -> str:
    return QUANTITIES.get(quantity, (quantity, ""))[0]


def _number(value: float) -> str:
    return f"{value:.10g}".replace(".", ",")
