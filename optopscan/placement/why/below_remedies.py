"""What the parts below lack, how light a storey would have to be, and whether fewer storeys fit everywhere."""

from __future__ import annotations

import math

import numpy as np

from optopscan.catalog.concept import Concept
from optopscan.model.arrays import IntArray
from optopscan.model.variant import Remedy, Shortage, Variant
from optopscan.placement.below import rows_of
from optopscan.placement.solve import solve
from optopscan.placement.why.fullest import Asked
from optopscan.placement.why.strengthen import as_light, lightest_kn_m2, next_choice
from optopscan.placement.why.words import JUDGE_EN, JUDGE_NL, homes, nl

NAMED = 3
FULL = "een vol dak", "a full roof"


def below_remedies(asked: Asked, variant: Variant, catalogue: tuple[Concept, ...]) -> list[Remedy]:
    """Return what would let more stand where the parts below stop it, for the next stack and for a full roof."""
    full, more = asked.fullest, asked.dwellings(asked.fullest) - variant.dwellings
    following = next_choice(asked, asked.chosen_of(variant))
    found = []
    if following is not None:
        gain = asked.dwellings(following) - variant.dwellings
        if gain < more:
            found += _strengthen(asked, following, gain, homes(gain))
    found += _strengthen(asked, full, more, FULL)
    if not asked.rows.blocked[full].any():
        found += _lighter(asked, variant, catalogue, following)
        found += _fewer(asked, variant)
    if asked.mode == "proven" and asked.rows.unknown[full].any():
        found += _investigate(asked, variant)
    return found


def _strengthen(asked: Asked, chosen: IntArray, gain: int, wanted: tuple[str, str]) -> list[Remedy]:
    """Return the parts that lack load for a choice; none where only parts of unknown resistance stop it."""
    lacking = asked.shortages(chosen)
    if not lacking or gain <= 0:
        return []
    told = [lack for lack in lacking if not math.isnan(lack.kn)][:NAMED]
    rest = len(lacking) - len(told)
    words_nl = [f"{lack.part} {nl(lack.kn, 1)} kN meer draagt" for lack in told]
    words_en = [f"{lack.part} carried {lack.kn:.1f} kN more" for lack in told]
    if rest:
        other_nl, other_en = ("andere ", "other ") if told else ("", "")
        words_nl.append(f"{rest} {other_nl}delen versterkt zijn")
        words_en.append(f"{rest} {other_en}parts were strengthened")
    unknown = asked.unknown_under(chosen) if asked.mode == "proven" else ()
    if unknown:
        words_nl.append(f"{len(unknown)} delen onderzocht zijn")
        words_en.append(f"{len(unknown)} parts were investigated")
    text_nl = f"zou passen als {', '.join(words_nl)}, voor {wanted[0]}; {JUDGE_NL}"
    text_en = f"would fit if {', '.join(words_en)}, for {wanted[1]}; {JUDGE_EN}"
    return [Remedy(kind="strengthen", text_nl=text_nl, text_en=text_en, parts=lacking, gain=gain)]


def _lighter(asked: Asked, variant: Variant, catalogue: tuple[Concept, ...], following: IntArray | None) -> list[Remedy]:
    """Return the weight of a storey at which a full roof fits, else at which the next stack does."""
    own = asked.programme.concept
    for chosen, wanted in ((asked.fullest, FULL), (following, None)):
        if chosen is None:
            continue
        most = lightest_kn_m2(asked, chosen)
        load = math.floor(most * 100.0) / 100.0 if math.isfinite(most) else math.inf
        if not 0.0 < load < own.storey_load_kn_m2(width_m=own.width_m, length_m=own.length_m):
            continue
        gain = asked.dwellings(chosen) - variant.dwellings
        told = wanted or homes(gain)
        light = as_light(asked, catalogue, load)
        listed_nl = f"in de catalogus: {', '.join(light)}" if light else "geen product in de catalogus is zo licht"
        listed_en = f"in the catalogue: {', '.join(light)}" if light else "no product in the catalogue is that light"
        text_nl = f"zou passen met hooguit {nl(load)} kN/m2 per laag (vloer en wanden), voor {told[0]}; {listed_nl}; {JUDGE_NL}"
        text_en = f"would fit at no more than {load:.2f} kN/m2 a storey (floor and walls), for {told[1]}; {listed_en}; {JUDGE_EN}"
        return [Remedy(kind="lighter-concept", text_nl=text_nl, text_en=text_en, gain=gain)]
    return []


def _fewer(asked: Asked, variant: Variant) -> list[Remedy]:
    """Return the most storeys below those asked at which the plans of a full roof satisfy every row and give more dwellings."""
    heights = asked.candidates.height[asked.fullest]
    for storeys in range(asked.programme.storeys - 1, 0, -1):
        # the heights of one plan follow each other
        chosen = asked.fullest - np.maximum(heights - storeys, 0)
        gain = asked.dwellings(chosen) - variant.dwellings
        used = np.zeros(len(asked.candidates))
        used[chosen] = 1.0
        if gain > 0 and np.all(asked.rows.matrix @ used <= asked.rows.rhs):
            return [fewer_remedy(storeys, gain)]
    return []


def fewer_remedy(storeys: int, gain: int) -> Remedy:
    """Return the remedy to build so many storeys instead."""
    lagen, layers = ("laag", "storey") if storeys == 1 else ("lagen", "storeys")
    text_nl, text_en = f"zou passen met {storeys} {lagen}; {JUDGE_NL}", f"would fit with {storeys} {layers}; {JUDGE_EN}"
    return Remedy(kind="fewer-storeys", text_nl=text_nl, text_en=text_en, gain=gain)


def _investigate(asked: Asked, variant: Variant) -> list[Remedy]:
    """Return the parts of unknown resistance under a full roof, with the dwellings that stand if all of them carry."""
    parts = asked.unknown_under(asked.fullest)
    rows = rows_of(asked.below, asked.programme, asked.ground, mode="possible")
    found = solve(asked.candidates, rows, asked.ground.cliques, values=asked.values, node_limit=asked.node_limit, known=asked.known)
    gain = asked.dwellings(found.chosen) - variant.dwellings
    if gain <= 0:
        return []
    text_nl = f"zou passen als onderzoek laat zien dat {len(parts)} delen het dragen; {JUDGE_NL}"
    text_en = f"would fit if investigation shows that {len(parts)} parts carry it; {JUDGE_EN}"
    lacking = tuple(Shortage(part=part, kn=math.nan) for part in parts)
    return [Remedy(kind="investigate", text_nl=text_nl, text_en=text_en, parts=lacking, gain=gain)]
