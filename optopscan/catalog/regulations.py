"""A product against the building regulations and the road: fire and facade by its own height, sound, insulation, clear height, width.

The numbers are engineering data with their source. What stays short of one and says why under
``performance.deviates`` is no fault: an extension may be judged by the legally obtained level.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from typing import Any

from optopscan.catalog.concept import BEYOND
from optopscan.catalog.engineering import Engineering, load_engineering
from optopscan.catalog.faults import Document, Fault, value_at
from optopscan.catalog.product import Performance
from optopscan.catalog.wording import did_you_mean, shown

LOW_FIRE_LOAD_MIN = 30.0
"""Minutes that Bouwbesluit 2012 art. 2.10 takes off where no floor lies above 7 m and the permanent fire load is small."""
_FACADE_CLASSES = ("A1", "A2", "B", "C", "D", "E")


def number_at(document: Document, *path: str | int) -> float:
    """Return a plain number or the value of a range; nan when there is none."""
    value = value_at(document.data, path)
    if isinstance(value, dict):
        value = value.get("value")
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return math.nan
    try:
        return float(value)
    except OverflowError:
        # A whole number beyond every float; its own key has the fault.
        return math.nan


def regulation_faults(document: Document) -> Iterator[Fault]:
    """Yield what a product file states below a rule for every product, and deviations of keys that it does not state."""
    values = load_engineering()
    yield from _unless_told(document, _limits(document, values))
    yield from _deviations(document)


def height_faults(document: Document) -> Iterator[Fault]:
    """Yield what a product file states below a rule that looks at the height of the product."""
    values = load_engineering()
    yield from _unless_told(document, (*_fire(document, values), *_facade(document, values)))
    yield from _clear_height(document, values)


def _unless_told(document: Document, faults: Iterable[Fault]) -> Iterator[Fault]:
    told = _deviates(document)
    yield from (fault for fault in faults if not isinstance(told.get(fault.key.rpartition(".")[2]), str))


def _deviates(document: Document) -> dict[str, Any]:
    told = value_at(document.data, ("performance", "deviates"))
    return told if isinstance(told, dict) else {}


def _limits(document: Document, values: Engineering) -> Iterator[Fault]:
    for limit in values.product_limits.values():
        path = tuple(limit.key.split("."))
        if path[0] != "performance":
            continue
        got = number_at(document, *path)
        if got < limit.at_least or got > limit.at_most:
            least = not math.isnan(limit.at_least)
            side, bound = ("at least", limit.at_least) if least else ("at most", limit.at_most)
            yield document.fault(path, _short(f"{got:g}", f"{side} {bound:g} {limit.unit}", limit.article, path[-1]))


def _short(got: str, expected: str, article: str, key: str) -> str:
    return f'short of the building regulations; got {got}; expected {expected} ({article}), or performance.deviates.{key} = "why"'


def own_height_m(document: Document, values: Engineering) -> float:
    """Return the least height of the highest floor of the product at its full number of storeys [m]; nan where it cannot be told.

    On a roof at least one old storey stands below; beside a building none. What goes into a plinth adds no floor.
    """
    access = value_at(document.data, ("access",))
    places = {one for one in access if isinstance(one, str)} if isinstance(access, list) else set()
    if not places or places == {"plint"}:
        return math.nan
    storeys, height = number_at(document, "system", "max_storeys"), number_at(document, "geometry", "height_m")
    below = 0.0 if places <= BEYOND else values.beyond["height-existing"].value + number_at(document, "structure", "transfer_depth_m")
    return below + (storeys - 1.0) * height


def _fire(document: Document, values: Engineering) -> Iterator[Fault]:
    path = ("performance", "fire_r_min")
    got, top = number_at(document, *path), own_height_m(document, values)
    for flag in values.flags:
        if flag.topic != "fire" or flag.limit_unit != "min" or flag.quantity != "top_floor_m" or not flag.applies(top):
            continue
        lowest = math.isnan(flag.above)
        least = flag.limit - LOW_FIRE_LOAD_MIN if lowest else flag.limit
        if got < least:
            yield document.fault(path, _short(f"{got:g}", f"at least {least:g} min with a floor at {top:.1f} m", flag.article, path[-1]))


def _facade(document: Document, values: Engineering) -> Iterator[Fault]:
    path = ("performance", "fire_class")
    got = value_at(document.data, path)
    if not isinstance(got, str) or got not in _FACADE_CLASSES:
        return
    top = own_height_m(document, values) + number_at(document, "geometry", "height_m")
    for flag in values.flags:
        if flag.code == "facade-class-b" and flag.applies(top) and got > "B":
            yield document.fault(path, _short(got, f"A1, A2 or B with a facade up to {top:.1f} m", flag.article, path[-1]))


def _clear_height(document: Document, values: Engineering) -> Iterator[Fault]:
    """In a plinth the height is what the old building leaves; elsewhere it is new."""
    path = ("geometry", "clear_height_m")
    access = value_at(document.data, ("access",))
    limit = values.beyond["height-existing" if access == ["plint"] else "height-new"]
    got, storey = number_at(document, *path), number_at(document, "geometry", "height_m")
    if got < limit.value:
        text = f"short of the building regulations; got {got:g}; expected at least {limit.value:g} m ({limit.article})"
        yield document.fault(path, text)
    elif got > storey:
        yield document.fault(path, f"higher than the storey; got {got:g}; expected at most height_m, {storey:g}")


def road_faults(document: Document) -> Iterator[Fault]:
    """Yield a load that is too wide for the road and has no exemption."""
    limit = load_engineering().product_limits["road-width"]
    path = tuple(limit.key.split("."))
    got, exemption = number_at(document, *path), value_at(document.data, (path[0], "exemption"))
    if got > limit.at_most and exemption is not True:
        where = path if exemption is None else (path[0], "exemption")
        text = f"too wide for the road without exemption; got {got:g}; expected at most {limit.at_most:g} m, or exemption = true"
        yield document.fault(where, f"{text} ({limit.article})")


def _deviations(document: Document) -> Iterator[Fault]:
    """A deviation of a key that is not stated is a slip of the pen."""
    stated = value_at(document.data, ("performance",))
    for key in _deviates(document):
        if key not in Performance.model_fields or key == "deviates":
            text = (
                f"no key of [performance]; got {shown(key)}; expected a key that stays short{did_you_mean(key, Performance.model_fields)}"
            )
            yield document.fault(("performance", "deviates", key), text)
        elif isinstance(stated, dict) and key not in stated:
            yield document.fault(("performance", "deviates", key), f"deviation of what is not stated; expected a value for {key}")
