"""Where the load of one part comes from: the rows that the take-down summed, and what the extension adds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from optopscan.checks.capacity import Influence, State, added_loads
from optopscan.checks.utilisation import Effects
from optopscan.model.arrays import FloatArray, IntArray
from optopscan.model.loads import TakeDown
from optopscan.model.structure import Distribution
from optopscan.pipeline import CheckedBuilding

LEAST_SHARE = 1e-9
Origin = Literal["own", "floor", "loose", "part", "extension"]


@dataclass(frozen=True, kw_only=True)
class LoadRow:
    """One characteristic load at the foot of a part [kN].

    ``origin`` is what kind of source ``what`` names; ``share`` the fraction of it that comes here (nan: of an area, see
    ``area_m2``); ``imposed_kn`` has one value per floor level, the new storeys last; ``slab_kn`` is the part of a floor's
    permanent load that is the slab itself, the rest is finish.
    """

    origin: Origin
    what: str
    share: float
    area_m2: float
    permanent_kn: float
    imposed_kn: tuple[float, ...]
    roof_kn: float
    slab_kn: float = float("nan")


@dataclass(frozen=True, kw_only=True)
class Extension:
    """Permanent load of the extension [kN/m2 of roof] by what it is, and the roof area whose load comes to the part [m2]."""

    concept: str
    storeys: int
    storey_kn_m2: float
    roof_kn_m2: float
    transfer_kn_m2: float
    removed_kn_m2: float
    imposed_kn_m2: float
    area_m2: float
    permanent_kn: float
    relief_kn: float


def load_rows(
    made: CheckedBuilding, distribution: Distribution, take_down: TakeDown, row: int, extension: Extension | None, effects: Effects
) -> tuple[LoadRow, ...]:
    """Return what comes together at the foot of a part (row); the rows sum to the take-down and what the extension adds."""
    n_level, total = take_down.imposed_foot_kn.shape[1], effects.imposed_kn.shape[1]
    own = LoadRow(
        origin="own",
        what=made.structure.parts.id[row],
        share=1.0,
        area_m2=float("nan"),
        permanent_kn=float(take_down.self_weight_kn[row]),
        imposed_kn=(0.0,) * total,
        roof_kn=0.0,
    )
    rows = [
        own,
        *_floors(made, distribution, row, total),
        *_loose(made, distribution, row, total),
        *_above(made, distribution, take_down, row, total),
    ]
    if extension is not None and (extension.storeys or extension.permanent_kn or extension.relief_kn):
        new = np.concatenate([np.zeros(n_level), effects.imposed_kn[row, n_level:]])
        rows.append(
            LoadRow(
                origin="extension",
                what=f"{extension.concept}+{extension.storeys}",
                share=float("nan"),
                area_m2=extension.area_m2,
                permanent_kn=extension.permanent_kn + extension.relief_kn,
                imposed_kn=tuple(new.tolist()),
                roof_kn=0.0,
            )
        )
    return tuple(rows)


def _by_level(load_kn: FloatArray, level: IntArray, total: int) -> tuple[float, ...]:
    return tuple(np.bincount(level, weights=load_kn, minlength=total)[:total].tolist())


def _floors(made: CheckedBuilding, distribution: Distribution, row: int, total: int) -> list[LoadRow]:
    structure, actions = made.structure, made.loads.actions.cells
    cells, fields = structure.cells, structure.fields
    share = structure.shares[distribution].cells[:, [row]].toarray().ravel()
    found = []
    for f in np.unique(np.asarray(cells.field)[np.abs(share) > LEAST_SHARE]).tolist():
        here = np.where(np.asarray(cells.field) == f, share, 0.0)
        found.append(
            LoadRow(
                origin="floor",
                what=f"{made.known.building.elements.id[fields.elements[f][0]]} op {fields.z1_m[f]:+.2f} m".replace(".", ","),
                share=float("nan"),
                area_m2=float(here @ cells.area_m2),
                permanent_kn=float(here @ actions.permanent_kn),
                imposed_kn=_by_level(here * actions.imposed_kn, actions.level, total),
                roof_kn=float(here @ actions.roof_imposed_kn),
                slab_kn=float(here @ cells.weight_kn),
            )
        )
    return found


def _loose(made: CheckedBuilding, distribution: Distribution, row: int, total: int) -> list[LoadRow]:
    structure, actions = made.structure, made.loads.actions.loose
    share = structure.shares[distribution].loose[:, [row]].toarray().ravel()
    return [
        LoadRow(
            origin="loose",
            what=_name(made, int(structure.loose.element[k])),
            share=float(share[k]),
            area_m2=float("nan"),
            permanent_kn=float(share[k] * actions.permanent_kn[k]),
            imposed_kn=_by_level(np.array([share[k] * actions.imposed_kn[k]]), actions.level[k : k + 1], total),
            roof_kn=float(share[k] * actions.roof_imposed_kn[k]),
        )
        for k in np.flatnonzero(np.abs(share) > LEAST_SHARE).tolist()
    ]


def _above(made: CheckedBuilding, distribution: Distribution, take_down: TakeDown, row: int, total: int) -> list[LoadRow]:
    parts = made.structure.parts
    share = made.structure.shares[distribution].parts[:, [row]].toarray().ravel()
    spare = (0.0,) * (total - take_down.imposed_foot_kn.shape[1])
    return [
        LoadRow(
            origin="part",
            what=f"{parts.id[k]} {made.known.building.elements.name[int(parts.element[k])]}".strip(),
            share=float(share[k]),
            area_m2=float("nan"),
            permanent_kn=float(share[k] * take_down.permanent_foot_kn[k]),
            imposed_kn=(*(share[k] * take_down.imposed_foot_kn[k]).tolist(), *spare),
            roof_kn=float(share[k] * take_down.roof_foot_kn[k]),
        )
        for k in np.flatnonzero(np.abs(share) > LEAST_SHARE).tolist()
    ]


def _name(made: CheckedBuilding, i: int) -> str:
    elements = made.known.building.elements
    return f"{elements.id[i]} {elements.name[i] or elements.type_name[i]}".strip()


def extension_of(made: CheckedBuilding, state: State, take_down: TakeDown, row: int) -> Extension:
    """Return what the extension brings: its load per m2 of roof, and the roof area that stands on this part."""
    concept = next(c for c in made.concepts if c.id == state.scenario.concept)
    influence = Influence.of(take_down)
    permanent, relief, _, _ = added_loads(state.scenario, influence)
    n = state.scenario.storeys
    settings = made.relief
    area = (influence.down + influence.up) @ np.asarray(made.structure.heads.trib_area_m2)
    return Extension(
        concept=concept.id,
        storeys=n,
        storey_kn_m2=concept.storey_load_kn_m2(width_m=concept.width_m, length_m=concept.length_m),
        roof_kn_m2=concept.g_roof_kn_m2.hi if n else 0.0,
        transfer_kn_m2=concept.g_transfer_kn_m2.hi if n else 0.0,
        removed_kn_m2=settings.removable_ballast_kn_m2,
        imposed_kn_m2=made.loads.new_imposed_kn_m2,
        area_m2=float(area[row]),
        permanent_kn=float(permanent[row]),
        relief_kn=float(relief[row]),
    )
