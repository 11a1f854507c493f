"""The commented product file that `catalog new` writes: every key of the schema with its meaning and an example.

Keys and meanings come from the schema, so none can be forgotten; only the examples stand here.
Loads are "onbekend" until somebody fills them in, so a half-filled file can never prove anything.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator
from typing import Any, get_args

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from optopscan.catalog.numbers import Known, Number
from optopscan.catalog.product import SCHEMA_ID, Product
from optopscan.catalog.schema import SCHEMA_FILE
from optopscan.errors import UsageError

WIDTH = 118
_ID = re.compile(r"[a-z0-9]+([.-][a-z0-9]+)*")
_FILL_IN = '{ value = "onbekend", reason = "nog in te vullen" }'

_HEAD = f"""\
#:schema {SCHEMA_FILE}
# A product for optopscan ({SCHEMA_ID}). Editors that read the first line complete keys and show faults
# while you type; `optopscan catalog lint FILE` lists all faults at once.
#
# Every number can be written in three ways:
#     key = 1.5                                                    a single value; a verdict takes 15 % more load
#     key = {{ value = 1.5, lo = 1.3, hi = 1.8, basis = "calculated", source = "berekening 24-101", date = 2026-11-01 }}
#     key = {{ value = "onbekend", reason = "nog niet ontworpen" }}  where the key may be unknown
# basis: measured | calculated | declared | assumed. A verdict uses hi of every load; without floor, walls, roof and
# transfer layer nothing can be proven for the product. A line "# key = value" is optional: take away the "# ".
"""

# What stands in the template where the meaning alone is not enough; all of them together are one consistent product.
_EXAMPLES: dict[str, str] = {
    "schema": f'"{SCHEMA_ID}"',
    "name": '"Nieuw product (fictief)"',
    "supplier": '"Naam van de maker"',
    "version": '"1"',
    "date": "2026-11-01",
    "fictief": "true",
    "status": '"concept"',
    "licence": '"CC-BY-4.0"',
    "access": '["galerij", "portiek"]',
    "market.woningtype": '"gestapeld"',
    "market.pmc": '["6", "7"]',
    "market.huurklasse": '"betaalbaar"',
    "market.doelgroep": '["1-persoons", "2-persoons"]',
    "market.basiseisen": '"voldoet"',
    "market.meerwaarde": '["PV", "biobased"]',
    "market.concept_url": '"https://example.org/product"',
    "system.kind": '"module-3d"',
    "system.material": '"HSB"',
    "system.max_storeys": "2",
    "system.floor": '"droog"',
    "system.stackable": "true",
    "system.demountable": "true",
    "geometry.width_m": "3.6",
    "geometry.length_m": "9.0",
    "geometry.height_m": "3.05",
    "geometry.width_options_m": "[3.0, 3.6]",
    "geometry.length_lo_m": "6.0",
    "geometry.length_hi_m": "12.0",
    "geometry.grid_m": "0.6",
    "geometry.clear_height_m": "2.6",
    "geometry.overhang_max_m": "0.3",
    "geometry.facade_sides": '["voor", "achter"]',
    "geometry.entrance_sides": '["voor"]',
    "geometry.mirror": "true",
    "structure.g_gallery_kn_m2": '{ value = 1.5, lo = 1.2, hi = 1.8, basis = "declared", source = "opgave" }',
    "structure.g_balcony_kn_m2": '{ value = 1.5, lo = 1.2, hi = 1.8, basis = "declared", source = "opgave" }',
    "structure.g_stair_kn_m2": '{ value = 3.0, lo = 2.0, hi = 4.0, basis = "declared", source = "opgave" }',
    "structure.g_lift_kn": '{ value = 30.0, lo = 20.0, hi = 40.0, basis = "declared", source = "opgave" }',
    "structure.transfer_depth_m": "0.45",
    "structure.transfer_span_max_m": "6.0",
    "structure.transfer_span_to_depth_max": "20",
    "structure.transfer_takes_moment": "false",
    "structure.support_system": '"walls"',
    "structure.supports": '"line-long"',
    "structure.support_offset_max_m": "0.15",
    "structure.frame_span_max_m": "12.0",
    "structure.column_distance_m": "5.4",
    "structure.column_clearance_m": "1.0",
    "structure.columns": '"outside"',
    "structure.mass_module_kg": "7000.0",
    "structure.own_stability": "true",
    "structure.lateral": '"own-walls"',
    "structure.connector_uplift_kn_m": "10.0",
    "structure.connector_shear_kn_m": "10.0",
    "supports.code": '"L0"',
    "supports.x0_m": "0.0",
    "supports.y0_m": "0.0",
    "supports.x1_m": "9.0",
    "supports.y1_m": "0.0",
    "connectors.code": '"anker"',
    "connectors.uplift_kn": '{ value = 15.0, lo = 12.0, basis = "calculated", source = "berekening 24-101" }',
    "connectors.shear_kn": '{ value = 15.0, lo = 12.0, basis = "calculated", source = "berekening 24-101" }',
    "connectors.distance_m": "1.5",
    "connectors.dry": "true",
    "unit_types.code": '"2K-52"',
    "unit_types.modules": "2",
    "unit_types.gbo_m2": "52.0",
    "unit_types.gfa_m2": "64.8",
    "unit_types.rooms": "2",
    "unit_types.persons": "2",
    "unit_types.bedrooms": "1",
    "unit_types.outdoor_m2": "6.0",
    "unit_types.daylight_depth_m": "8.0",
    "unit_types.accessibility": '"WoonKeur-basis"',
    "performance.mpg_eur_m2_year": "0.6",
    "performance.beng1_kwh_m2": "55.0",
    "performance.beng2_kwh_m2": "35.0",
    "performance.beng3_percent": "60.0",
    "performance.rc_facade_m2k_w": "5.0",
    "performance.rc_roof_m2k_w": "7.0",
    "performance.rc_floor_m2k_w": "4.0",
    "performance.fire_r_min": "90",
    "performance.fire_ei_min": "60",
    "performance.fire_class": '"B"',
    "performance.sound_air_db": "54",
    "performance.sound_impact_db": "52",
    "performance.biobased_share": "0.6",
    "performance.detachability_share": "0.7",
    "performance.pv_wp_m2": "120",
    "performance.connection_kw": "8",
    "performance.ventilation": '"D"',
    "performance.heating": '"lucht-warmtepomp"',
    "performance.deviates": '{ sound_air_db = "niveau verbouw" }',
    "cost_time.price_dwelling_eur": _FILL_IN,
    "cost_time.price_date": "2026-07-01",
    "cost_time.price_excludes": '["btw", "grond", "lift", "tussenlaag"]',
    "cost_time.series_min_dwellings": "12",
    "cost_time.lead_time_weeks": "26",
    "cost_time.onsite_days_per_dwelling": "1.5",
    "cost_time.modules_per_day": "8",
    "logistics.transport_width_m": "3.6",
    "logistics.transport_length_m": "12.0",
    "logistics.transport_height_m": "3.1",
    "logistics.transport_mass_kg": "12000.0",
    "logistics.exemption": "true",
    "logistics.hoist_mass_kg": "12000.0",
    "logistics.crane_radius_m": "30.0",
    "logistics.decant": "false",
    "evidence.refs": '["KOMO 12345", "EPD 678"]',
    "evidence.ifc": '"product.ifc"',
    "evidence.image": '"product.png"',
    "evidence.contact": '"naam, adres"',
}
_MORE_ROWS = {"supports": ({"code": '"L1"', "y0_m": "3.6", "y1_m": "3.6"},)}
"""A module stands on more than one support."""


def template(concept_id: str) -> str:
    """Return a commented product file that has no faults.

    Parameters
    ----------
    concept_id
        Id of the new product.

    Raises
    ------
    UsageError
        If the id has other characters than an id may have.
    """
    if not _ID.fullmatch(concept_id):
        raise UsageError(f"{concept_id}: not an id; use lower case letters and digits, with dots or hyphens between, as maker.product-1")
    return "\n".join([_HEAD, *_table(Product, "", concept_id)]) + "\n"


def _table(model: type[BaseModel], name: str, concept_id: str) -> Iterator[str]:
    """Yield the plain keys of a table and, of the document, its tables after them."""
    inner = []
    for field, spec in model.model_fields.items():
        key = spec.alias or field
        table = _model_in(spec.annotation)
        if table is not None and not issubclass(table, Number):
            inner.append((key, spec, table))
            continue
        yield from _key(key, spec, f"{name}.{key}" if name else key, concept_id)
    for key, spec, table in inner:
        is_row = "list" in str(spec.annotation)
        away = "# " if is_row and not spec.is_required() else ""
        meaning = " ".join((table.__doc__ or "").split())
        yield from ("", *textwrap.wrap(f"# {meaning}", WIDTH, subsequent_indent="# "), f"{away}[[{key}]]" if is_row else f"[{key}]")
        yield from (line if line.startswith("#") else away + line for line in _table(table, key, concept_id))
        for more in _MORE_ROWS.get(key, ()):
            yield from ("", f"{away}[[{key}]]")
            yield from (f"{away}{one} = {more.get(one, _EXAMPLES.get(f'{key}.{one}', _FILL_IN))}" for one in table.model_fields)


def _key(key: str, spec: FieldInfo, path: str, concept_id: str) -> Iterator[str]:
    value = f'"{concept_id}"' if path == "id" else _EXAMPLES.get(path, _FILL_IN)
    line = f"{'' if spec.is_required() else '# '}{key} = {value}"
    meaning = f"# {spec.description}{_range_of(spec)}"
    if len(line) + len(meaning) + 2 <= WIDTH:
        yield f"{line}  {meaning}"
    else:
        yield from (*textwrap.wrap(meaning, WIDTH, subsequent_indent="# "), line)


def _range_of(spec: FieldInfo) -> str:
    """Tell where "onbekend" is not allowed: placing needs the number."""
    number = _model_in(spec.annotation)
    return "; must be known" if number is not None and issubclass(number, Known) and spec.is_required() else ""


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for part in get_args(annotation) if (found := _model_in(part)) is not None), None)
