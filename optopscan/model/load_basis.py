"""What the loads rest on, in the few numbers that an engineer changes: factors, floor loads, weight of an extension."""

from __future__ import annotations

from dataclasses import dataclass

from optopscan.model.arrays import FloatArray, check_lengths, freeze


@dataclass(frozen=True, kw_only=True)
class ExtensionLoad:
    """Characteristic load of one product that covers the whole roof [kN/m2 of roof], upper values.

    ``removed_kn_m2`` is what comes off the old roof, zero without evidence of it.
    """

    concept: str
    storey_kn_m2: float
    roof_kn_m2: float
    transfer_kn_m2: float
    removed_kn_m2: float


@dataclass(frozen=True, kw_only=True, eq=False)
class CellLoads:
    """Characteristic load of each floor cell (n_cell,) [kN]: all permanent load, imposed as floor, imposed as roof."""

    permanent_kn: FloatArray
    imposed_kn: FloatArray
    roof_imposed_kn: FloatArray

    def __post_init__(self) -> None:
        freeze(self)
        check_lengths(self, len(self.permanent_kn))


@dataclass(frozen=True, kw_only=True, eq=False)
class LoadBasis:
    """Partial factors, combination factors and characteristic loads of one scan.

    ``gamma_ga`` and ``gamma_gb`` go with 6.10a and 6.10b, ``gamma_g_inf`` with favourable permanent load; ``psi0`` is that of
    the existing floors, ``psi0_new`` and ``new_imposed_kn_m2`` (partitions included) those of the new storeys.
    """

    factor_set: str
    level: str
    consequence_class: str
    gamma_ga: float
    gamma_gb: float
    gamma_q: float
    gamma_g_inf: float
    source: str
    confidence: str
    psi0: float
    psi0_new: float
    new_imposed_kn_m2: float
    extensions: tuple[ExtensionLoad, ...]
    cells: CellLoads
