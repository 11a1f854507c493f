"""Relations between the numbers of one product file.

They are tested on the parsed data, not on the validated record, so that a fault
of type elsewhere in the file hides none of them. A number that is missing or of
the wrong type is nan here, and nan fails no comparison.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Collection, Iterable, Iterator
from typing import Any

from optopscan.catalog.faults import Document, Fault, value_at
from optopscan.catalog.parts_faults import (
    MASS_TOLERANCE,
    code_faults,
    connector_faults,
    module_weight_kn,
    narrowest_m,
    price_faults,
    rows_of,
    support_faults,
    support_sum_faults,
    transport_faults,
    transport_mass_faults,
    widest_m,
    word_faults,
)
from optopscan.catalog.regulations import height_faults, number_at, regulation_faults, road_faults
from optopscan.catalog.toml_lines import Path as KeyPath
from optopscan.catalog.wording import nearest
from optopscan.units import GRAVITY_M_S2

AREA_TOLERANCE = 0.02
_UNIT_ROW = re.compile(r"(unit_types\[\d+\])\.(?!code)")
_OWN_SYSTEMS = ("facade-frame", "table")


def relations(document: Document, known: Iterable[Fault] = ()) -> tuple[Fault, ...]:
    """Return every fault of relation in a product file; ``known`` are the faults found before.

    What is worked out from other keys is left out where one of these is wrong itself: a mass
    cannot be compared with loads that are not right.
    """
    found: list[Fault] = []
    wrong = {fault.key for fault in known}
    for look, needs in _LOOKS:
        if not any(re.match(need, key) for need in needs for key in wrong):
            new = [fault for fault in look(document) if not _in_wrong_row(fault, wrong)]
            found.extend(new)
            wrong.update(fault.key for fault in new)
    return tuple(found)


def _in_wrong_row(fault: Fault, wrong: Collection[str]) -> bool:
    """True for a relation between the numbers of a dwelling type of which another is wrong itself."""
    row = _UNIT_ROW.match(fault.key)
    return row is not None and any(f"{row.group(1)}.{key}" in wrong for key in ("modules", "gbo_m2", "gfa_m2", "rooms"))


def _ranges(document: Document, data: Any, path: KeyPath) -> Iterator[Fault]:
    """Yield faults of every ``{value, lo, hi}`` table, wherever it stands."""
    if isinstance(data, list):
        for row, item in enumerate(data):
            yield from _ranges(document, item, (*path, row))
    if not isinstance(data, dict):
        return
    if "value" in data:
        yield from _range(document, path, data)
        return
    for key, item in data.items():
        yield from _ranges(document, item, (*path, key))


def _range(document: Document, path: KeyPath, table: dict[str, Any]) -> Iterator[Fault]:
    value, lo, hi = (number_at(document, *path, key) for key in ("value", "lo", "hi"))
    if table["value"] == "onbekend":
        if not table.get("reason"):
            yield document.fault(path, 'unknown without a reason; got "onbekend"; expected {value = "onbekend", reason = "..."}')
        for key in ("lo", "hi"):
            if key in table:
                yield document.fault((*path, key), f"bound of an unknown value; got {table[key]}; expected no {key}, or a value")
    elif "source" not in table and "source" not in (nearest(key, ("source", "reason", "basis")) for key in table):
        yield document.fault((*path, "source"), 'missing; expected where the number comes from, in words, as source = "weging"')
    if lo > value:
        yield document.fault((*path, "lo"), f"lower bound above the value; got {lo:g}; expected at most {value:g}")
    if hi < value:
        yield document.fault((*path, "hi"), f"upper bound below the value; got {hi:g}; expected at least {value:g}")
    if math.isnan(value) and lo > hi:
        yield document.fault((*path, "lo"), f"lower bound above the upper bound; got {lo:g}; expected at most {hi:g}")


def _name(document: Document) -> Iterator[Fault]:
    """A fictitious product says so in its name, because pictures and tables show the name only."""
    name = document.data.get("name")
    if document.data.get("fictief") is True and isinstance(name, str) and "fictief" not in name.lower():
        yield document.fault(("name",), f'fictitious product not marked; got "{name}"; expected "fictief" in the name')


def _width(document: Document) -> Iterator[Fault]:
    width = number_at(document, "geometry", "width_m")
    options = value_at(document.data, ("geometry", "width_options_m"))
    if isinstance(options, list) and not math.isnan(width) and width not in options:
        yield document.fault(("geometry", "width_m"), f"not one of width_options_m; got {width:g}; expected one of {options}")


def _lengths(document: Document) -> Iterator[Fault]:
    length, lo, hi = (number_at(document, "geometry", key) for key in ("length_m", "length_lo_m", "length_hi_m"))
    if lo > hi:
        yield document.fault(("geometry", "length_lo_m"), f"shortest above longest; got {lo:g}; expected at most {hi:g}")
    elif length < lo or length > hi:
        yield document.fault(("geometry", "length_m"), f"outside its range; got {length:g}; expected {lo:g} to {hi:g}")


def _units(document: Document) -> Iterator[Fault]:
    """A dwelling has no more usable area than gross, and no more bedrooms than rooms."""
    for row, _ in rows_of(document, "unit_types"):
        path: KeyPath = ("unit_types", row)
        gbo, gfa, rooms, beds = (number_at(document, *path, key) for key in ("gbo_m2", "gfa_m2", "rooms", "bedrooms"))
        if gbo > gfa:
            yield document.fault((*path, "gbo_m2"), f"usable area above gross area; got {gbo:g}; expected at most {gfa:g}")
        if beds > rooms:
            yield document.fault((*path, "bedrooms"), f"more bedrooms than rooms; got {beds:g}; expected at most {rooms:g}")


def _unit_modules(document: Document) -> Iterator[Fault]:
    """The gross area of a dwelling is that of its modules."""
    most_m2 = widest_m(document) * number_at(document, "geometry", "length_hi_m")
    least_m2 = narrowest_m(document) * number_at(document, "geometry", "length_lo_m")
    for row, _ in rows_of(document, "unit_types"):
        path: KeyPath = ("unit_types", row)
        gfa, modules = number_at(document, *path, "gfa_m2"), number_at(document, *path, "modules")
        if gfa > modules * most_m2 * (1.0 + AREA_TOLERANCE):
            text = f"more than {modules:g} of the largest modules; got {gfa:g}; expected at most {modules * most_m2:.1f}"
            yield document.fault((*path, "gfa_m2"), text)
        if gfa < modules * least_m2 * (1.0 - AREA_TOLERANCE):
            text = f"less than {modules:g} of the smallest modules; got {gfa:g}; expected at least {modules * least_m2:.1f}"
            yield document.fault((*path, "gfa_m2"), text)


def _columns(document: Document) -> Iterator[Fault]:
    """A product on columns of its own says where they stand, and its transfer layer reaches from one to the next; another has none."""
    system = value_at(document.data, ("structure", "support_system"))
    if system not in ("walls", *_OWN_SYSTEMS):
        return
    for key in ("frame_span_max_m", "column_distance_m", "column_clearance_m", "columns"):
        told = value_at(document.data, ("structure", key))
        if system == "walls" and told is not None:
            yield document.fault(("structure", key), f'only for own columns; got {told}; expected no {key}, or support_system = "table"')
        if system in _OWN_SYSTEMS and told is None:
            yield document.fault(("structure",), f'{key} missing; expected {key}, because support_system is "{system}"')
    distance, span = (number_at(document, "structure", key) for key in ("column_distance_m", "transfer_span_max_m"))
    if distance > span or distance == 0.0:
        text = f"columns farther apart than the transfer layer spans; got {distance:g}; expected more than 0, at most {span:g}"
        yield document.fault(("structure", "column_distance_m"), text)
    if system == "facade-frame" and value_at(document.data, ("structure", "columns")) == "through":
        yield document.fault(("structure", "columns"), 'facade frames stand outside; got "through"; expected "outside"')


def _mass(document: Document) -> Iterator[Fault]:
    """Mass of the standard module against floor and wall loads, MASS_TOLERANCE either way."""
    mass = number_at(document, "structure", "mass_module_kg")
    expected = module_weight_kn(document) * 1000.0 / GRAVITY_M_S2
    if abs(mass - expected) > MASS_TOLERANCE * expected:
        text = f"mass does not fit the loads; got {mass:g}; expected {expected:.0f} kg within {MASS_TOLERANCE:.0%}"
        yield document.fault(("structure", "mass_module_kg"), text)


def _document_ranges(document: Document) -> Iterator[Fault]:
    return _ranges(document, document.data, ())


_LOADS = (r"structure\.g_(floor|wall)",)
_MODULE = (r"geometry\.(width|length)_m",)
_OPTIONS = (r"geometry\.(width|length)",)
# What is looked at, with the beginnings of keys that must be right themselves; earlier looks find faults that later ones need
_LOOKS: tuple[tuple[Callable[[Document], Iterator[Fault]], tuple[str, ...]], ...] = (
    *((look, ()) for look in (_document_ranges, _name, _units, _columns, word_faults, regulation_faults)),
    (_width, (r"geometry\.width_options",)),
    (_lengths, (r"geometry\.length_(lo|hi)",)),
    (height_faults, (r"geometry\.height_m", r"system\.max_storeys", r"structure\.transfer_depth_m", "access")),
    (road_faults, (r"logistics\.(exemption|transport_width_m)",)),
    (_unit_modules, _OPTIONS),
    (price_faults, (r"cost_time\.cost_eur_m2", r"unit_types\[1\]\.gfa_m2")),
    (connector_faults, (r"connectors\[\d+\]\.(uplift|shear|distance)",)),
    (_mass, (*_LOADS, *_MODULE)),
    (support_faults, (*_MODULE, r"structure\.supports", r"supports\[\d+\]\.[xy]")),
    (support_sum_faults, (*_LOADS, *_MODULE)),
    (transport_faults, (*_OPTIONS, r"system\.kind", r"geometry\.height_m")),
    (transport_mass_faults, (*_LOADS, *_OPTIONS, r"system\.kind")),
    (code_faults, ()),
)
