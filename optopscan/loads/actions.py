"""Characteristic actions on the existing building: finishes, imposed loads, roof build-up.

What the model does not show is assumed, and every assumption is returned.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely

from optopscan.codes.en1990 import reference_period_factor
from optopscan.geometry import plane
from optopscan.loads.given import GivenLoads
from optopscan.model.arrays import BoolArray, FloatArray, IntArray, check_lengths, freeze
from optopscan.model.building import Elements
from optopscan.model.loads import Assumption
from optopscan.model.structure import Bearing, Materials, Structure
from optopscan.settings import Settings
from optopscan.structure.fields import is_gallery

SAME_LEVEL_M = 0.01
LEAST_ROOM_M = 1.0
"""Clear height under which nobody uses the space on a floor (practice)."""


@dataclass(frozen=True, kw_only=True)
class UseLoads:
    """Imposed loads of the uses that occur [kN/m2] with psi0, and where they come from."""

    floor_kn_m2: float
    gallery_kn_m2: float
    stair_kn_m2: float
    roof_kn_m2: float
    psi0: float
    source: str
    confidence: str


@dataclass(frozen=True, kw_only=True, eq=False)
class CellActions:
    """Loads per cell (n_cell) and per loose element (n_loose) [kN]; ``level`` is the storey of an imposed load."""

    permanent_kn: FloatArray
    imposed_kn: FloatArray
    roof_imposed_kn: FloatArray
    level: IntArray

    def __post_init__(self) -> None:
        freeze(self)
        check_lengths(self, len(self.level))


@dataclass(frozen=True, kw_only=True, eq=False)
class Actions:
    """All characteristic actions of the building as it stands.

    ``finish_m2`` (n_cell,): floor on which the finish of the settings counts, because nobody gave another.
    """

    cells: CellActions
    loose: CellActions
    n_level: int
    assumptions: tuple[Assumption, ...]
    finish_m2: FloatArray

    def __post_init__(self) -> None:
        freeze(self)


def existing_actions(
    structure: Structure,
    elements: Elements,
    materials: Materials,
    bearing: Bearing,
    use: UseLoads,
    settings: Settings,
    given: GivenLoads | None = None,
) -> Actions:
    """Return permanent and imposed loads per cell and loose element.

    Floors: slab weight + finish; imposed load of the use, plus the allowance for
    movable partitions on storeys where no partition is modelled (EN 1991-1-1
    6.3.1.2(8)). Galleries and balconies have their own imposed load and no partitions.
    Imposed loads other than partitions count for the reference period (EN 1990, F_t).
    Roof: slab weight + membrane + ballast, the latter only where the model shows none;
    imposed roof load apart, because it never accompanies the floors (psi0 = 0).
    A floor with another right above it, an old roof under new storeys, is in no use: no imposed
    load, and the build-up of a roof, because what lies there cannot be seen.
    What is ``given`` for a floor or roof goes before the settings; a gallery never gets
    less imposed load than its own.
    """
    told = GivenLoads.none(len(structure.cells)) if given is None else given
    cells, fields = structure.cells, structure.fields
    level = np.asarray(fields.storey[cells.field]) if len(cells) else np.zeros(0, dtype=np.int64)
    shut, beside = shut_in(structure)
    roof = np.asarray(cells.roof) | beside
    partitioned = _partitioned_levels(structure, elements, bearing)
    outside = np.array([is_gallery(elements, members) for members in fields.elements], dtype=bool)
    gallery = outside[cells.field] if len(cells) else np.zeros(0, dtype=bool)
    allowance = np.where(np.isin(level, np.flatnonzero(partitioned)) | gallery, 0.0, settings.partitions_kn_m2)
    allowance = told.over(told.partitions_kn_m2, allowance)
    ballast = np.where(_has_gravel(structure, elements, materials), 0.0, settings.roof_ballast_kn_m2)
    on_roof = told.over(told.roof_membrane_kn_m2, settings.roof_membrane_kn_m2) + told.over(told.roof_ballast_kn_m2, ballast)
    on_floor = told.over(told.floor_finish_kn_m2, np.where(gallery, 0.0, settings.floor_finish_kn_m2))
    finish = np.where(roof | shut, on_roof, on_floor)
    lasting = float(reference_period_factor(settings.reference_period_years, psi0=use.psi0))
    on_roof_lasting = float(reference_period_factor(settings.reference_period_years, psi0=0.0))
    imposed = told.over(told.imposed_kn_m2, use.floor_kn_m2)
    imposed = np.where(gallery, np.maximum(use.gallery_kn_m2, told.over(told.imposed_kn_m2, 0.0)), imposed)
    area = np.asarray(cells.area_m2)
    loose = structure.loose
    stair = np.array([elements.kind[i] == "stair" for i in loose.element], dtype=bool)
    plan = np.array([elements.footprint[i].area for i in loose.element], dtype=float)
    loose_z = elements.z0_m[loose.element] if len(loose.element) else np.zeros(0)
    return Actions(
        cells=CellActions(
            permanent_kn=cells.weight_kn + finish * area,
            imposed_kn=np.where(roof | shut, 0.0, (lasting * imposed + allowance) * area),
            roof_imposed_kn=np.where(roof, on_roof_lasting * use.roof_kn_m2 * area, 0.0),
            level=level,
        ),
        loose=CellActions(
            permanent_kn=np.asarray(loose.weight_kn),
            imposed_kn=np.where(stair, lasting * use.stair_kn_m2 * plan, 0.0),
            roof_imposed_kn=np.zeros(len(plan)),
            level=np.asarray(np.clip(np.searchsorted(structure.level_z_m, loose_z + 0.7) - 1, 0, None), dtype=np.int64),
        ),
        n_level=len(structure.level_z_m),
        finish_m2=np.where(roof | shut | gallery | np.isfinite(told.floor_finish_kn_m2), 0.0, area),
        assumptions=_assumptions(use, settings, partitioned, roof, shut, told),
    )


def shut_in(structure: Structure) -> tuple[BoolArray, BoolArray]:
    """Return the cells (n_cell) with the soffit of another floor less than `LEAST_ROOM_M` above them, and those left open beside them.

    Strips too narrow for a roof face, between the new storeys on an old roof, are still roof.
    """
    cells, fields = structure.cells, structure.fields
    shut, covered = np.zeros(len(cells), dtype=bool), np.zeros(len(cells), dtype=bool)
    if not len(cells):
        return shut, shut
    owner = np.asarray(cells.field)
    point, above = shapely.STRtree(list(fields.polygon)).query(shapely.points(cells.x_m, cells.y_m), predicate="intersects")
    gap = np.asarray(fields.z0_m)[above] - np.asarray(fields.z1_m)[owner[point]]
    over = gap > -SAME_LEVEL_M
    covered[point[over]] = True
    shut[point[over & (gap < LEAST_ROOM_M)]] = True
    shut &= ~np.asarray(cells.roof)
    return shut, ~covered & ~np.asarray(cells.roof) & np.isin(owner, np.unique(owner[shut]))


def _has_gravel(structure: Structure, elements: Elements, materials: Materials) -> BoolArray:
    """Return where the model itself shows ballast on a cell, so that none is assumed there."""
    gravel = [elements.footprint[i] for i in structure.loose.element.tolist() if materials.group[i] == "gravel"]
    if not gravel:
        return np.zeros(len(structure.cells), dtype=bool)
    cover = plane.union(gravel)
    return np.asarray(shapely.intersects(cover, shapely.points(structure.cells.x_m, structure.cells.y_m)))


def _partitioned_levels(structure: Structure, elements: Elements, bearing: Bearing) -> BoolArray:
    """Return per level whether non-bearing inner walls are modelled on it: at least 0.05 m per m2 of floor."""
    levels = np.asarray(structure.level_z_m)
    length = np.zeros(len(levels))
    for i in structure.loose.element.tolist():
        if elements.kind[i] == "wall" and bearing.state[i] == "no" and elements.is_external[i] is not True:
            level = int(np.clip(np.searchsorted(levels, elements.z0_m[i] + 0.7) - 1, 0, None))
            length[level] += elements.length_m[i]
    fields = structure.fields
    area = np.zeros(len(levels))
    np.add.at(area, np.asarray(fields.storey), np.array([p.area for p in fields.polygon]))
    return np.asarray(length > 0.05 * np.maximum(area, 1e-9))


def _assumptions(
    use: UseLoads, settings: Settings, partitioned: BoolArray, roof: BoolArray, shut: BoolArray, given: GivenLoads
) -> tuple[Assumption, ...]:
    told = "instelling"

    def but(*columns: FloatArray) -> str:
        return ", behalve waar opgegeven" if any(np.isfinite(column).any() for column in columns) else ""

    rows = [
        Assumption(
            what="afwerking bestaande vloeren",
            value=f"{settings.floor_finish_kn_m2:.2f} kN/m2{but(given.floor_finish_kn_m2)}",
            source=told,
            confidence="aanname",
            alternative="dekvloer 50 mm: 1.00 kN/m2",
        ),
        Assumption(
            what=f"veranderlijke belasting vloeren ({settings.existing_use})",
            value=f"{use.floor_kn_m2:.2f} kN/m2, psi0 {use.psi0:.1f}{but(given.imposed_kn_m2)}",
            source=use.source,
            confidence=use.confidence,
        ),
    ]
    years = settings.reference_period_years
    rows.append(
        Assumption(
            what="referentieperiode bestaande constructie",
            value=f"{years:g} jaar: veranderlijke belasting maal {float(reference_period_factor(years, psi0=use.psi0)):.3f}",
            source=f"{told}; NEN-EN 1990 NB, F_t = F_t0 (1 + (1 - psi0)/9 ln(t/50))",
            confidence="aanname",
            alternative=f"15 jaar: maal {float(reference_period_factor(15.0, psi0=use.psi0)):.3f}",
        )
    )
    if not partitioned.all():
        rows.append(
            Assumption(
                what="verplaatsbare scheidingswanden",
                value=f"{settings.partitions_kn_m2:.2f} kN/m2 op bouwlagen zonder gemodelleerde binnenwanden{but(given.partitions_kn_m2)}",
                source="EN 1991-1-1 6.3.1.2(8)",
                confidence="aanname",
                alternative="0.50 of 1.20 kN/m2",
            )
        )
    if shut.any():
        rows.append(
            Assumption(
                what="vloeren en oude daken vlak onder een andere vloer",
                value=f"vrije hoogte onder {LEAST_ROOM_M:.1f} m: geen veranderlijke belasting, wel de dakopbouw",
                source="praktijk",
                confidence="aanname",
            )
        )
    if (roof | shut).any():
        rows.append(
            Assumption(
                what="dakopbouw",
                value=f"isolatie en dakbedekking {settings.roof_membrane_kn_m2:.2f} + ballast {settings.roof_ballast_kn_m2:.2f} kN/m2"
                + but(given.roof_membrane_kn_m2, given.roof_ballast_kn_m2),
                source=told,
                confidence="aanname, bovengrens in N; geen aftrek bij verwijderen",
                alternative="zonder ballast: 0.00 kN/m2",
            )
        )
    return tuple(rows)
