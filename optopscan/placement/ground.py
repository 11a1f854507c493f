"""What roof and product alone decide: usable roofs, candidates, overlaps; nothing of what is underneath."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

import scipy.sparse as sp
from shapely.geometry.base import BaseGeometry

from optopscan.geometry import plane
from optopscan.model.structure import Structure
from optopscan.placement.candidates import MAX_CANDIDATES, Candidates, find_candidates
from optopscan.placement.programme import Programme
from optopscan.placement.roof import UsableRoof
from optopscan.placement.solve import NODE_LIMIT, Known, largest_area_m2


@dataclasses.dataclass(frozen=True, kw_only=True, eq=False)
class Ground:
    """What the roof and the product alone decide: usable roofs per new storey, candidates, overlaps.

    ``whole`` are the lowest roofs with the place of walkways, on which everything stands; ``roofs`` leave it out.
    ``blind_area_m2`` is the largest area of one storey without any limit below.
    """

    whole: tuple[UsableRoof, ...]
    roofs: tuple[tuple[UsableRoof, ...], ...]
    candidates: Candidates
    cliques: sp.csr_array
    blind_area_m2: float


def survey(
    structure: Structure,
    programme: Programme,
    roofs: Sequence[Sequence[UsableRoof]],
    *,
    max_candidates: int = MAX_CANDIDATES,
    node_limit: int = NODE_LIMIT,
    known: Known | None = None,
    blind: bool = True,
) -> Ground:
    """Return the ground of all variants of one product and storey count on one structure; goal and mode play no part in it.

    Parameters
    ----------
    roofs
        Usable roofs per new storey, the lowest first; as many as the programme has storeys.
    max_candidates
        Limit per roof and direction, see `find_candidates`.
    node_limit
        Of the search for the largest area, see `solve`.
    known
        What was answered before on this roof.
    blind
        Also work out the largest area without any limit below; else it is 0.
    """
    known = known or Known()
    walkway = programme.walkway
    free = tuple(tuple(roofs[k]) for k in range(programme.storeys))
    if walkway is not None:
        free = tuple(tuple(_without(roof, walkway.reserved) for roof in storey) for storey in free)
        free = tuple(tuple(roof for roof in storey if not roof.polygon.is_empty) for storey in free)
    serves = None if walkway is None else walkway.serves
    candidates = find_candidates(structure, free, programme.concept, max_candidates=max_candidates, serves=serves, before=known.plans)
    cliques = known.cliques(candidates)
    asked = blind and len(candidates) > 0
    blind_m2 = largest_area_m2(candidates, cliques, node_limit=node_limit, known=known) if asked else 0.0
    return Ground(whole=tuple(roofs[0]), roofs=free, candidates=candidates, cliques=cliques, blind_area_m2=blind_m2)


def _without(roof: UsableRoof, reserved: BaseGeometry) -> UsableRoof:
    return dataclasses.replace(roof, polygon=plane.difference(roof.polygon, reserved))
