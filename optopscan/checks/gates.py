"""How far each concept gets when every verdict counts, and what the verdicts beside the vertical one say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from optopscan.checks import capacity as cap
from optopscan.checks.utilisation import OK, OVER, UNKNOWN
from optopscan.model.result import Bottleneck
from optopscan.model.sides import EXISTING, SUBJECTS, Sides, Subject
from optopscan.model.verdict import Outcome, worst

NOT_CHECKED: dict[Subject, str] = {
    "foundation": "fundering (geen grond- of paalgegevens)",
    "stability": "stabiliteit en wind (niet gecontroleerd)",
    "anchorage": "verankering van de opbouw (niet gecontroleerd)",
    "wall_wind": "wind op dragende gevels (niet gecontroleerd)",
    "robustness": "robuustheid (niet gecontroleerd)",
}
"""What is said of a verdict that no row is about, in the order in which the answer names them."""
SUBJECT_NL: dict[Subject, str] = {
    "foundation": "fundering",
    "stability": "stabiliteit",
    "anchorage": "verankering van de opbouw",
    "wall_wind": "wind op dragende gevels",
    "robustness": "robuustheid",
}
WIND: tuple[Subject, ...] = ("stability", "wall_wind")
_LEVEL: dict[Outcome, int] = {"ok": OK, "unknown": UNKNOWN, "over": OVER}


class _Row(Protocol):
    @property
    def scenario(self) -> str: ...
    @property
    def clause(self) -> str: ...
    @property
    def part(self) -> str: ...
    @property
    def uc(self) -> float: ...
    @property
    def outcome(self) -> Outcome: ...


@dataclass(frozen=True, kw_only=True, eq=False)
class Verdicts:
    """The vertical verdict of every part and the verdicts beside it, under one set of factors."""

    vertical: cap.ExtraStoreys
    sides: Sides = field(default_factory=Sides)


@dataclass(frozen=True, kw_only=True)
class Reach:
    """Storeys of one concept: all verdicts, and by vertical load or with wind alone (None: wind was not checked)."""

    concept: str
    proven: int
    possible: int
    vertical_only: int
    with_wind: int | None


def reaches(verdicts: Verdicts, refusals: Sequence[str]) -> tuple[Reach, ...]:
    """Return how far each concept gets; nothing gets anywhere where a storey is refused altogether."""
    found = []
    for concept in verdicts.vertical.per_concept:
        if refusals:
            found.append(Reach(concept=concept.concept, proven=0, possible=0, vertical_only=0, with_wind=None))
            continue
        chain = sorted(
            (s.scenario for s in verdicts.vertical.states if s.scenario.concept == concept.concept), key=lambda s: (s.storeys, s.id)
        )

        def up_to(allowed: int, subjects: Sequence[Subject], chain: Sequence[cap.Scenario] = chain) -> int:
            return _up_to(verdicts.sides, chain, allowed, subjects)

        high = concept.possible_vertical
        found.append(
            Reach(
                concept=concept.concept,
                proven=min(concept.proven_vertical, up_to(OK, SUBJECTS)),
                possible=min(high, up_to(UNKNOWN, SUBJECTS)),
                vertical_only=high,
                with_wind=min(high, up_to(UNKNOWN, WIND)) if verdicts.sides.checked("stability") else None,
            )
        )
    return tuple(found)


def _up_to(sides: Sides, chain: Sequence[cap.Scenario], allowed: int, subjects: Sequence[Subject]) -> int:
    """Return the largest n for which no subject is worse than ``allowed`` in the existing state and in 1..n."""
    reached = 0
    if max(_LEVEL[_side(sides, subject, EXISTING)] for subject in subjects) > allowed:
        return reached
    for scenario in chain:
        if scenario.storeys > reached + 1:
            break
        if scenario.storeys and max(_LEVEL[_side(sides, subject, scenario.id)] for subject in subjects) > allowed:
            break
        reached = max(reached, scenario.storeys)
    return reached


def _side(sides: Sides, subject: Subject, scenario: str) -> Outcome:
    """Return the outcome of a subject; before anything is built on top there is nothing to anchor and no class to change."""
    if scenario == EXISTING and subject in ("anchorage", "robustness"):
        return "ok"
    return sides.outcome(subject, scenario)


def about(vertical: cap.ExtraStoreys, reach: Reach | None) -> str:
    """Return the id of the scenario that the answer is about: what is possible, or one storey."""
    wanted = max(1, reach.possible) if reach is not None else 1
    chain = (s.scenario for s in vertical.states if reach is not None and s.scenario.concept == reach.concept)
    return next((row.id for row in chain if row.storeys == wanted), EXISTING)


def states_before(vertical: cap.ExtraStoreys, reach: Reach | None) -> tuple[str, ...]:
    """Return the ids of the scenarios with storeys below the one that the answer is about, fewest storeys first."""
    if reach is None:
        return ()
    chain = sorted((s.scenario.storeys, s.scenario.id) for s in vertical.states if s.scenario.concept == reach.concept)
    return tuple(name for storeys, name in chain if 0 < storeys < reach.possible)


def side_sentences(sides: Sides, scenario: str, between: Sequence[str] = ()) -> tuple[str, ...]:
    """Return what keeps each verdict beside the vertical one from being ok, the existing state first.

    ``between`` are the scenarios with fewer storeys: weight may settle in a higher one what is open in them.
    """
    found = []
    for subject in NOT_CHECKED:
        if not sides.checked(subject):
            found.append(NOT_CHECKED[subject])
            continue
        # What fails as it stands is told before what the extension does; else the extension tells all.
        stands = _side(sides, subject, EXISTING)
        order = (EXISTING, scenario, *between) if stands == "over" else (scenario, EXISTING, *between)
        reasons = next((told for name in order if (told := sides.reasons(subject, name))), ())
        if worst(_side(sides, subject, name) for name in order) != "ok":
            found.append(f"{SUBJECT_NL[subject]}: {'; '.join(reasons) or 'geen oordeel'}")
    return tuple(found)


def stopping(verdicts: Verdicts, reach: Reach | None) -> Bottleneck | None:
    """Return the check beside the vertical ones that stops the next storey, None where vertical load does."""
    if reach is None or reach.possible >= reach.vertical_only:
        return None
    following = (s.scenario.id for s in verdicts.vertical.states if s.scenario.concept == reach.concept)
    stops = {EXISTING, *(name for name in following if name.endswith(f"+{reach.possible + 1}"))}
    sides = verdicts.sides
    others: tuple[_Row, ...] = (*sides.stability, *sides.wall_wind, *sides.foundation)
    rows = [(row.part, row.clause, row.uc, row.scenario) for row in others if row.outcome == "over"]
    rows += [(row.support, "", row.uc, row.scenario) for row in sides.anchorage if row.outcome == "over"]
    rows = [row for row in rows if row[3] in stops]
    if not rows:
        return None
    part, clause, uc, scenario = max(rows, key=lambda row: (row[3] == EXISTING, row[2], row[0]))
    return Bottleneck(part=part, clause=clause, uc=uc, scenario=scenario)
