"""What a product file states of its loads and no check over the whole roof takes: it must be told, never forgotten.

The checks take floor, walls, roof and transfer layer, evenly over the supports of the standard module. Whatever else a product
brings to the old walls, or brings otherwise, keeps it from being called a fit.
"""

from __future__ import annotations

from collections.abc import Iterator

from optopscan.catalog.numbers import quantity, stated
from optopscan.catalog.product import Product

ROUNDING = 0.01
"""Loads on supports are stated in whole or tenths of kN: so much more than the even share is still even."""
SUPPORTS_OF = {"line-long": 2, "line-short": 2, "point": 4}


def outside_verdict(product: Product) -> tuple[str, ...]:
    """Return the keys of stated loads that no verdict over the whole roof takes, in the order of the file.

    A balcony of unknown weight counts where a dwelling has outdoor space; a gallery where the product has no access by a
    portiek; ``supports`` where the loads on them are unequal, more than floor and walls, or of another number than the checks take.
    """
    return tuple(_keys(product))


def _keys(product: Product) -> Iterator[str]:
    told = product.structure
    if told.g_gallery_kn_m2 is not None and "portiek" not in product.access:
        yield "g_gallery_kn_m2"
    outdoor = any((unit.outdoor_m2 or 0.0) > 0.0 for unit in product.unit_types)
    if told.g_balcony_kn_m2 is not None and (stated(told.g_balcony_kn_m2) > 0.0 or outdoor):
        yield "g_balcony_kn_m2"
    for key in ("g_stair_kn_m2", "g_lift_kn"):
        number = getattr(told, key)
        # unknown is not nothing
        if number is not None and number.value != 0.0:
            yield key
    if _uneven(product):
        yield "supports"


def _uneven(product: Product) -> bool:
    size, structure = product.geometry, product.structure
    loads = [quantity(row.g_kn, date=product.date).hi for row in product.supports]
    if not loads:
        return False
    width, length = size.width_m.value, size.length_m.value
    floor, wall = (quantity(number, date=product.date).hi for number in (structure.g_floor_kn_m2, structure.g_wall_kn_m))
    number = SUPPORTS_OF[structure.supports]
    even_kn = (floor * width * length + wall * 2.0 * (width + length)) / number
    return len(loads) != number or any(not load <= even_kn * (1.0 + ROUNDING) for load in loads)
