"""From separate verdicts to one answer: proven, possible, and everything that stands between them.

Vertical load, stability, wind on walls, anchorage, foundation and robustness stay apart. A storey
is possible while none of them is over, and proven when all are ok in every state up to it; what was
not checked is unknown.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from optopscan.checks import capacity as cap
from optopscan.checks.gates import Reach, Verdicts, about, reaches, side_sentences, states_before, stopping
from optopscan.checks.resistance import Resistance
from optopscan.model.arrays import IntArray
from optopscan.model.estimate import Estimate
from optopscan.model.result import (
    Bottleneck,
    ConceptAnswer,
    ExtraStoreys,
    FactorSetAnswer,
    FoundationLine,
    Investigation,
    Label,
)
from optopscan.model.sides import Sides
from optopscan.model.structure import Materials, Parts

UC_SHOWN = 999.0  # as the record cuts it off
PART_NL = {
    "pier": "wanddelen",
    "lintel": "lateien",
    "column": "kolommen",
    "beam": "liggers",
    "footing": "stroken en poeren",
    "pile": "palen",
}
REASON_NL = (
    ("bearing not settled", "dragend onbekend"),
    ("uplift", "trekt omhoog onder permanente belasting"),
    ("higher strength", "sterkte aangenomen, een hogere is nodig"),
    ("slender", "slank; inklemming door betonvloeren niet aangetoond"),
    ("eccentricity", "excentriciteit onbekend"),
    ("stands on a floor", "staat op een vloer: buiging en pons niet getoetst"),
    ("support is a guess", "weg van de last naar het steunpunt onzeker"),
    ("nothing below", "opgegeven als dragend, maar niets eronder draagt"),
    ("raked", "schuine staaf: spatkracht niet getoetst"),
    ("of unknown", "materiaal onbekend"),
    ("of masonry", "soort en sterkte van het metselwerk onbekend"),
    ("larger bearing", "grootte van de oplegging onbekend"),
    ("load lies better or", "houdt alleen als de last gunstiger ligt of kortdurend is"),
    ("shorter duration", "houdt alleen als genoeg van de last kortdurend is"),
    ("studs of the", "stijlen van de houten wand niet gemodelleerd"),
    ("over an opening", "metselwerk boven een opening: latei onbekend"),
    ("flange is held", "houdt alleen als de flens gesteund is of de last gunstiger ligt"),
    ("too unequal", "overspanningen van de ligger te ongelijk: dwarskracht van de korte niet getoetst"),
    ("spans of the beam", "overspanning van de ligger onbekend"),
    ("support of the beam", "oplegging van de ligger onbekend"),
    ("on one support", "ligger op een oplegging: moment niet getoetst"),
    ("too short to span", "ligger te kort om te overspannen"),
    ("overhang", "uitkragende ligger: kip van het vrije einde niet getoetst"),
    ("lateral torsion", "kip of plooi van het lijf niet getoetst"),
    ("reinforcement", "wapening onbekend"),
    ("no check covers", "geen toets"),
    ("strength", "sterkte onbekend"),
    ("section", "doorsnede onbekend"),
    ("thickness", "dikte onbekend"),
    ("length", "lengte onbekend"),
    ("height", "hoogte onbekend"),
    ("load unknown", "last onbekend"),
    ("as it stands", "zoals het er staat"),
)


@dataclass(frozen=True, kw_only=True)
class Papers:
    """Rows of elements of which a drawing or test states the strength, and the thickness."""

    strength: frozenset[int] = frozenset()
    thickness: frozenset[int] = frozenset()


NO_PAPERS = Papers()


def answer(
    verdicts: Verdicts,
    alternatives: Mapping[str, Verdicts],
    *,
    parts: Parts,
    materials: Materials,
    resistance: Resistance,
    lines: Sequence[FoundationLine],
    refusals: Sequence[str] = (),
    unsourced: Collection[int] = (),
    estimates: Sequence[Estimate] = (),
    papers: Papers = NO_PAPERS,
) -> ExtraStoreys:
    """Return the answer over all concepts.

    Parameters
    ----------
    verdicts
        All verdicts with the default factor set.
    alternatives
        The same with each other factor set, by its name.
    lines
        Foundation lines before and after.
    refusals
        Why no storey can be possible whatever the walls can take; they stand first.
    unsourced
        Rows of elements with a fact that the engineer gave without a source.
    estimates
        Probabilities per concept; that of the concept which the answer is about comes first.
    papers
        What is known from documents; label A needs it of every part that counts.
    """
    vertical, sides = verdicts.vertical, verdicts.sides
    rows = reaches(verdicts, refusals)
    leading = _leading(vertical, rows)
    own = next((row for row in rows if leading is not None and row.concept == leading.concept), None)
    named = about(vertical, own)
    following = leading.next_bottlenecks if leading is not None else ()
    stop = stopping(verdicts, own)
    vertical_rows = ([leading.governing] if leading is not None and leading.governing is not None else []) + list(following)
    told = [b for row in vertical_rows if (b := _bottleneck(row)) is not None]
    ranked = (stop, *told) if stop is not None else tuple(told)
    winds = [row.with_wind for row in rows if row.with_wind is not None]
    return ExtraStoreys(
        proven=max((row.proven for row in rows), default=0),
        possible=max((row.possible for row in rows), default=0),
        why_not_proven=(
            *refusals,
            *_existing_sentences(vertical),
            *(_open_sentences(verdicts, leading, own, parts) or _open_elsewhere(verdicts, alternatives, refusals, parts)),
        ),
        vertical_only=max((row.vertical_only for row in rows), default=0),
        with_wind=max(winds) if winds else None,
        per_concept=tuple(_concept(verdicts, row, concept) for row, concept in zip(rows, vertical.per_concept, strict=True)),
        governing=ranked[0] if ranked else None,
        next_bottlenecks=ranked[1:4],
        label=label_of(parts, part_labels(parts, materials, resistance, unsourced, papers), _loaded(vertical, parts)),
        foundation_lines=tuple(lines),
        factor_set_alternatives=tuple(_alternative(name, other, refusals) for name, other in sorted(alternatives.items())),
        investigate_first=_investigate(leading, lines),
        foundation_outcome=sides.outcome("foundation", named),
        foundation_basis=_foundation_basis(sides, named),
        estimates=tuple(sorted(estimates, key=lambda row: (own is None or row.concept != own.concept, row.concept))),
    )


def _concept(verdicts: Verdicts, reach: Reach, vertical: cap.ConceptCapacity) -> ConceptAnswer:
    return ConceptAnswer(
        concept=reach.concept,
        proven=reach.proven,
        possible=reach.possible,
        vertical_only=reach.vertical_only,
        with_wind=reach.with_wind,
        governing=stopping(verdicts, reach) or _bottleneck(vertical.governing),
    )


def _open_sentences(verdicts: Verdicts, concept: cap.ConceptCapacity | None, reach: Reach | None, parts: Parts) -> tuple[str, ...]:
    """Return in Dutch everything that keeps a concept from being proven as far as it is possible."""
    vertical = verdicts.vertical
    sides = side_sentences(verdicts.sides, about(vertical, reach), states_before(vertical, reach))
    return (*sides, *unknown_sentences(concept, parts))


def _open_elsewhere(verdicts: Verdicts, alternatives: Mapping[str, Verdicts], refusals: Sequence[str], parts: Parts) -> tuple[str, ...]:
    """Return in Dutch what keeps the other products, or the answer with another factor set, from being proven; each with its name."""
    found = []
    for name, held in (("", verdicts), *alternatives.items()):
        by_concept = {row.concept: row for row in held.vertical.per_concept}
        for reach in reaches(held, refusals):
            if reach.proven < reach.possible:
                about_what = f"factorenset {name}, {reach.concept}" if name else f"product {reach.concept}"
                found += [f"{about_what}: {why}" for why in _open_sentences(held, by_concept[reach.concept], reach, parts)]
    return tuple(found)


def _foundation_basis(sides: Sides, scenario: str) -> str:
    if not sides.checked("foundation"):
        return "geen grond- of paalgegevens; alleen vergelijking oude en nieuwe belasting"
    missing = sides.reasons("foundation", scenario)
    return "getoetst met opgegeven grond- of paalgegevens" + (f"; {'; '.join(missing)}" if missing else "")


def _alternative(name: str, verdicts: Verdicts, refusals: Sequence[str]) -> FactorSetAnswer:
    rows = reaches(verdicts, refusals)
    return FactorSetAnswer(
        factor_set=name, proven=max((r.proven for r in rows), default=0), possible=max((r.possible for r in rows), default=0)
    )


def _leading(vertical: cap.ExtraStoreys, reaches: Sequence[Reach]) -> cap.ConceptCapacity | None:
    """Return the concept that reaches highest; among equals the one proven furthest, then with the lightest use of its governing part."""
    if not vertical.per_concept:
        return None
    reached = {row.concept: (-row.possible, -row.proven) for row in reaches}
    return min(
        vertical.per_concept,
        key=lambda c: (*reached[c.concept], c.governing.uc if c.governing is not None else np.inf, c.concept),
    )


def _bottleneck(row: cap.Bottleneck | None) -> Bottleneck | None:
    return None if row is None else Bottleneck(part=row.part, clause=row.clause, uc=row.uc, scenario=row.scenario)


def _existing_sentences(vertical: cap.ExtraStoreys) -> tuple[str, ...]:
    """An existing failure stands first and says which level it fails."""
    found = []
    for level in ("afkeur", "verbouw"):
        rows = [b for b in vertical.existing_over if b.scenario.endswith(level)]
        if rows:
            first = rows[0]
            found.append(
                f"bestaande toestand: {len(rows)} delen voldoen in dit model niet op niveau {level} "
                f"(hoogste UC {_uc_text(first.uc)}, {first.part}); controleer eerst de invoer"
            )
    return tuple(found)


def _uc_text(uc: float) -> str:
    """Return a utilisation in words; where nothing is left of the resistance it has no number."""
    return f"{uc:.2f}".replace(".", ",") if uc < UC_SHOWN else f"> {UC_SHOWN - 1:.0f}"


def unknown_sentences(leading: cap.ConceptCapacity | None, parts: Parts) -> tuple[str, ...]:
    """Return in Dutch what keeps the vertical load of a concept from being proven: how many parts of what, and why."""
    if leading is None:
        return ("geen concept met volledige belastinggegevens",)
    lost = ("een deel van de nieuwe last vindt geen weg naar de grond",) if leading.lost_load else ()
    row_of = {part: k for k, part in enumerate(parts.id)}
    count: Counter[tuple[str, str]] = Counter()
    for item in leading.unknown:
        kind = parts.kind[row_of[item.part]]
        reason = next((nl for key, nl in REASON_NL if key in item.why), item.why)
        count[(PART_NL[kind], reason)] += 1
    return lost + tuple(f"{n} {kind} ({reason})" for (kind, reason), n in sorted(count.items(), key=lambda row: (-row[1], row[0])))


def part_labels(
    parts: Parts, materials: Materials, resistance: Resistance, unsourced: Collection[int], papers: Papers
) -> tuple[Label, ...]:
    """Return per part the best label of an answer that it counts in.

    B when it has a check and its strength comes from model or source; A when beside that it certainly bears and
    a drawing or test states its strength, and of a wall the thickness too; else C.
    """
    elements = np.asarray(parts.element)
    stated = resistance.known & materials.strength_known[elements] & ~np.isin(elements, sorted(unsourced))
    bars = resistance.texts.get("bars", ("",) * len(parts))
    stated &= np.array([not text for text in bars], dtype=bool)
    wall = np.array([kind == "pier" for kind in parts.kind], dtype=bool)
    on_paper = np.isin(elements, sorted(papers.strength)) & (~wall | np.isin(elements, sorted(papers.thickness)))
    certain = on_paper & np.asarray(parts.bearing_known)
    return tuple("C" if not known else "A" if sure else "B" for known, sure in zip(stated.tolist(), certain.tolist(), strict=True))


def label_of(parts: Parts, labels: Sequence[Label], rows: IntArray) -> Label:
    """Return the label for the parts above the ground among these rows; a foundation has a verdict of its own, nothing at all is C."""
    return max((labels[row] for row in rows.tolist() if parts.kind[row] not in ("footing", "pile")), default="C")


def _loaded(vertical: cap.ExtraStoreys, parts: Parts) -> IntArray:
    loaded = np.zeros(len(parts), dtype=bool)
    for state in vertical.states:
        loaded |= state.affected
    return np.flatnonzero(loaded)


def _investigate(leading: cap.ConceptCapacity | None, lines: Sequence[FoundationLine]) -> tuple[Investigation, ...]:
    """Return what to find out first: foundation, the governing parts, then the parts without a verdict."""
    found = []
    if lines:
        worst = sorted(lines, key=lambda row: (-row.r_char, row.part))[:3]
        found.append(Investigation(what="fundering: tekeningen, sonderingen, paalgegevens", parts=tuple(row.part for row in worst), gain=1))
    if leading is not None and leading.governing is not None:
        rows = [leading.governing, *leading.next_bottlenecks]
        found.append(Investigation(what="sterkte en afmetingen van de maatgevende delen", parts=tuple(r.part for r in rows), gain=1))
    if leading is not None and leading.unknown:
        names = tuple(u.part for u in leading.unknown[:5])
        found.append(Investigation(what="delen zonder oordeel: constructietype, doorsnede, sterkte", parts=names, gain=1))
    return tuple(found)
