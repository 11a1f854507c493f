"""The loads of a scan in the few numbers that the record keeps of them."""

from __future__ import annotations

from collections.abc import Sequence

from optopscan.catalog.concept import Concept
from optopscan.checks.scenarios import usable
from optopscan.codes.en1990 import FactorSet
from optopscan.model.load_basis import CellLoads, ExtensionLoad, LoadBasis
from optopscan.pipeline.loading import Loads
from optopscan.settings import Settings


def load_basis(loads: Loads, factors: FactorSet, concepts: Sequence[Concept], settings: Settings) -> LoadBasis:
    """Return factors, floor loads and the weight of every product whose loads are stated.

    Parameters
    ----------
    settings
        With no more ballast than lies on the roof (`optopscan.pipeline.loading.credited`).
    """
    removed = settings.removable_ballast_kn_m2
    cells = loads.actions.cells
    return LoadBasis(
        factor_set=factors.id,
        level=factors.level,
        consequence_class=factors.consequence_class,
        gamma_ga=factors.gamma_ga,
        gamma_gb=factors.gamma_gb,
        gamma_q=factors.gamma_q,
        gamma_g_inf=factors.gamma_g_inf,
        source=factors.source,
        confidence=factors.confidence,
        psi0=loads.use.psi0,
        psi0_new=loads.psi0_new,
        new_imposed_kn_m2=loads.new_imposed_kn_m2,
        extensions=tuple(
            ExtensionLoad(
                concept=concept.id,
                storey_kn_m2=concept.storey_load_kn_m2(width_m=concept.width_m, length_m=concept.length_m),
                roof_kn_m2=concept.g_roof_kn_m2.hi,
                transfer_kn_m2=concept.g_transfer_kn_m2.hi,
                removed_kn_m2=removed,
            )
            for concept in concepts
            if usable(concept)
        ),
        cells=CellLoads(permanent_kn=cells.permanent_kn, imposed_kn=cells.imposed_kn, roof_imposed_kn=cells.roof_imposed_kn),
    )
