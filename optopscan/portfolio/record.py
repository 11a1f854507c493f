"""The record of a screening: groups of buildings only, deterministic; every page and table is a view of it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import shapely

from optopscan import __version__
from optopscan.portfolio.carbon import group_carbon, product_carbon
from optopscan.portfolio.funnel import WORDS, Losses
from optopscan.portfolio.groups import Group, Key, joined_by_first, published, regrouped
from optopscan.portfolio.screening import Screening

SCHEMA = "optopscan/screening/1"
STATUS_NL = "Quickscan, geen constructieve toetsing; label C: rust op aannamen per archetype"
MEANING_NL = (
    "kans dat de gewone toets op verticale last van de dragende wanden slaagt als de nu onbekende feiten zijn vastgesteld; "
    "geen faalkans en geen kans dat de bouw doorgaat"
)
NOT_CHECKED_NL = (
    "gebruik: waar geen tabel het noemt is een gebouw gelezen als woongebouw; kantoren en andere gebouwen op kolommen kent zij niet",
    "fundering (alleen de toename van de last)",
    "stabiliteit en wind",
    "verankering van de opbouw",
    "robuustheid en tweede draagweg",
    "kolommen, balken, lateien en plaatselijke lasten",
    "brand, geluid, vluchtwegen en omgevingsplan",
    "installaties en obstakels op het dak",
)
CREDIT_3DBAG = "© 3DBAG by tudelft3d and 3DGI (CC BY 4.0)"
REST: Key = (-1, -1)
PLACE_FROM = 2
FAMILIES_PER_PLACE = 5


def record_of(found: Screening) -> dict[str, Any]:
    """Return the record; what is fewer than ten buildings together is not in it."""
    least = int(found.judge.screen.values.screening_values["group-least"].value)
    groups = found.tally.groups()
    families = _families(groups, least)
    places = found.places.published(regrouped(groups, lambda key: key[PLACE_FROM:]), least)
    total = regrouped(groups, lambda _: ())[0]
    return {
        "schema": SCHEMA,
        "tool": {"name": "optopscan", "version": __version__},
        "status": STATUS_NL,
        "label": "C",
        "meaning": MEANING_NL,
        "not_checked": list(NOT_CHECKED_NL),
        "attribution": attribution(found),
        "data": _data(found),
        "sources": [_source(source) for source in found.sources],
        "settings": _settings(found, least),
        "withheld": total.buildings if total.buildings < least else 0,
        "carbon": product_carbon(found.judge.screen.concept),
        "totals": _group(found, total) if total.buildings >= least else {"buildings": total.buildings},
        "funnels": [_funnel(name, rows) for name, rows in found.judge.losses.items()] if total.buildings >= least else [],
        "families": [{"family": family_name(found, group.key), **_group(found, group), **_spread(groups, group)} for group in families],
        "places": [_place(found, group, groups, least) for group in places],
    }


def _families(groups: Sequence[Group], least: int) -> list[Group]:
    """Return families large enough to publish: small ones go with their archetype, then with all that is left."""
    return published(joined_by_first(regrouped(groups, lambda key: key[:PLACE_FROM]), least), least, REST)


def attribution(found: Screening) -> list[str]:
    """Return the credits that the sources ask for, each once."""
    credits = [CREDIT_3DBAG if source.header.is_3dbag else f"bron: {source.name}" for source in found.sources]
    return list(dict.fromkeys(credits))


def _data(found: Screening) -> dict[str, Any]:
    low, high = found.survey_years
    return {
        "reference_dates": sorted({source.header.date for source in found.sources if source.header.date}),
        "releases": sorted({source.header.release for source in found.sources if source.header.release}),
        "survey_years": [int(low), int(high)] if math.isfinite(low) else [],
        "crs": sorted({source.header.crs for source in found.sources if source.header.crs}),
        "geometry": found.geometry,
    }


def _source(source: Any) -> dict[str, Any]:
    return {"name": source.name, "sha256": source.sha256, "buildings": source.buildings, "cityjson": source.header.version}


def _settings(found: Screening, least: int) -> dict[str, Any]:
    screen = found.judge.screen
    return {
        "concept": screen.concept.id,
        "preset": found.judge.by,
        "seed": found.ask.seed,
        "samples": found.ask.samples,
        "least_group": least,
        "factors": f"{screen.factors.id} {screen.factors.level} {screen.factors.consequence_class}",
        "values": {name: row.value for name, row in sorted(screen.values.screening_values.items())},
        "joined": sorted({name for joined in found.ask.joins for name in joined.fields}),
    }


def _group(found: Screening, group: Group) -> dict[str, Any]:
    p1 = group.p1
    return {
        "buildings": group.buildings,
        "words": {word: int(group.sums[word]) for word in WORDS},
        "series": group.series,
        "flat_m2": round(group.sums["flat_m2"]),
        "hopeful_flat_m2": round(group.sums["hopeful_flat_m2"]),
        "dwellings": {"lo": int(group.sums["dwellings_lo"]), "hi": int(group.sums["dwellings_hi"])},
        "carbon": group_carbon(
            group, product_carbon(found.judge.screen.concept), small_m2=found.judge.small_m2, large_m2=found.judge.large_m2
        ),
        "p_at_least_1": None if math.isnan(p1) else p1,
        "reason": found.judge.reasons[group.reason],
    }


def family_name(found: Screening, key: Key) -> str:
    """Return the name of a family in Dutch."""
    if key == REST:
        return "overige"
    archetype, storeys = key
    if archetype < 0:
        return "buiten de theoretische selectie"
    return f"{found.judge.screen.values.archetypes[archetype].nl}, {f'{storeys} lagen' if storeys else 'overige lagen'}"


def _spread(groups: Sequence[Group], family: Group) -> dict[str, int]:
    """Return in how many places a family stands; a rest that took others in says nothing of places."""
    if family.key == REST or family.key[1] == 0 or family.merged > sum(1 for group in groups if group.key[:PLACE_FROM] == family.key):
        return {}
    return {"places": len({group.key[PLACE_FROM:] for group in groups if group.key[:PLACE_FROM] == family.key})}


def _place(found: Screening, place: Group, groups: Sequence[Group], least: int) -> dict[str, Any]:
    shape = found.places.shape(place.key)
    inside = [group for group in groups if group.key[PLACE_FROM:] == place.key]
    # a square that grew, or took the rest in, is more than the groups under its own key
    whole = sum(group.buildings for group in inside) == place.buildings
    families = _families(inside, least) if whole else []
    ranked = sorted(families, key=lambda group: (-group.series, group.key))[:FAMILIES_PER_PLACE]
    return {
        "name": found.places.name(place.key) + ("" if whole or place.key[0] < 0 else " (met overige)"),
        **_group(found, place),
        "families": [{"family": family_name(found, group.key), **_group(found, group)} for group in ranked],
        "shape": None if shape.is_empty else shapely.geometry.mapping(shapely.set_precision(shape, 0.001)),
    }


def _funnel(name: str, losses: Losses) -> dict[str, Any]:
    left = losses.left.tolist()
    rows = []
    for k, one in enumerate(losses.filters):
        rows.append(
            {
                "step": one.row.step,
                "id": one.row.id,
                "effect": one.row.effect,
                "nl": one.row.nl,
                "source": one.row.source,
                "confidence": one.row.confidence,
                "before": left[k] + int(losses.lost[k]),
                "lost": int(losses.lost[k]),
                "lost_for_want_of_a_fact": int(losses.for_want[k]),
                "kept_unknown": int(losses.kept_unknown[k]),
                "noted": int(losses.noted[k]),
                "left": left[k],
            }
        )
    granted = {f"+{k}": int(n) for k, n in enumerate(losses.granted.tolist()) if k and n}
    return {"preset": name, "start": losses.start, "left": left[-1] if left else losses.start, "granted": granted, "rows": rows}
