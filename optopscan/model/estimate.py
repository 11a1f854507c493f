"""How likely it is that closer study confirms n storeys, what that hangs on, and what is worth finding out."""

from __future__ import annotations

from dataclasses import dataclass

DEFINITION_NL = (
    "kans dat de gewone rekenkundige toets (rekenwaarden, partiële factoren) op verticale belasting slaagt als de nu onbekende feiten "
    "zijn vastgesteld; geen faalkans en geen kans dat de bouw doorgaat; fundering, stabiliteit en verankering staan erbuiten"
)


@dataclass(frozen=True, kw_only=True)
class AtLeast:
    """Probability that at least ``storeys`` are confirmed, with the standard error of the sampling.

    ``at_most``: some loaded parts have no check, so the probability can only be lower.
    """

    storeys: int
    at_least: float
    standard_error: float
    at_most: bool = False


@dataclass(frozen=True, kw_only=True)
class Influence:
    """Share of the variance of "at least ``storeys``" that one unknown explains by itself (first-order index)."""

    factor: str
    what: str
    storeys: int
    share: float


@dataclass(frozen=True, kw_only=True)
class Governs:
    """How often a part has the largest unity check at the storey count that is in question."""

    part: str
    storeys: int
    frequency: float


@dataclass(frozen=True, kw_only=True)
class Worth:
    """What one investigation is worth: the probability now, and what it becomes.

    A good outcome is one after which the probability is at least 0.9: at ``needed`` [``unit``] or better
    (nan: no outcome by itself does that). ``p_good`` is the chance of it and ``p_then`` the probability
    after it; without a good outcome ``p_then`` is what the favourable half of the outcomes gives.
    ``decides`` is the chance that the answer is clear afterwards (below 0.1 or above 0.9), ``share`` the
    variance it explains. ``parts`` are the ones to look at.
    """

    factor: str
    what: str
    parts: tuple[str, ...]
    storeys: int
    p_now: float
    p_then: float
    p_good: float
    needed: float
    unit: str
    decides: float
    share: float


@dataclass(frozen=True, kw_only=True)
class Estimate:
    """The estimate for one concept.

    ``at_least`` has a row per storey count from 1; ``p10``, ``p50``, ``p90`` are storeys that are
    reached with a probability of 90, 50 and 10 %. ``judged`` of the ``loaded`` parts that the
    extension loads have a check and count; the others have no distribution and do not. ``unsettled``
    names what makes the estimate impossible, and then there are no rows.
    """

    concept: str
    at_least: tuple[AtLeast, ...]
    p10: int
    p50: int
    p90: int
    governing: tuple[Governs, ...]
    influences: tuple[Influence, ...]
    worth: tuple[Worth, ...]
    judged: int
    loaded: int
    samples: int
    seed: int
    unsettled: str = ""
    definition: str = DEFINITION_NL
