"""Floors as the record holds them: fields as rows, cells and their shares as arrays."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from optopscan.model.structure import Structure
from optopscan.report.record.arrays import Arrays, pack_sparse, steady
from optopscan.report.shapes import outer_rings, polygons, rings


def floors(structure: Structure, element_ids: Sequence[str]) -> list[dict[str, Any]]:
    """Return one row per floor field; ``polygon`` lists outer ring and holes per piece."""
    fields = structure.fields
    return [
        {
            "elements": [element_ids[element] for element in fields.elements[row]],
            "storey": int(fields.storey[row]),
            "kind": fields.kind[row],
            "z0_m": fields.z0_m[row],
            "z1_m": fields.z1_m[row],
            "weight_kn": fields.weight_kn[row],
            "polygon": [rings(piece) for piece in polygons(fields.polygon[row])],
        }
        for row in range(len(fields))
    ]


def floor_arrays(structure: Structure) -> Arrays:
    """Return the cells: field, area, span direction, outer ring, and shares per distribution.

    The ring of cell i is rows ``cell_ring_start[i]``..``cell_ring_start[i + 1]`` of
    ``cell_ring_m``; a cell in pieces shows its largest. Shares have the columns of
    the parts, then ground, then unsupported.
    """
    cells = structure.cells
    points, start = outer_rings(cells.polygon)
    arrays: Arrays = {
        "cell_field": cells.field.astype("<i4"),
        "cell_area_m2": steady(cells.area_m2),
        "cell_span_deg": steady(cells.span_deg),
        "cell_roof": cells.roof.astype("|b1"),
        "cell_ring_m": steady(points),
        "cell_ring_start": start.astype("<i8"),
    }
    for distribution in sorted(structure.shares):
        arrays |= pack_sparse(f"cell_shares_{distribution}", structure.shares[distribution].cells)
    return arrays
