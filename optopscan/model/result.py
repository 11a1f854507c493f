"""What one scan found: the complete result from which the record is made.

A `ScanResult` holds every stage's output unchanged plus the answer. Its
classes refuse what no output may show: `possible` above `proven` without the
unknowns that separate the two.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

import numpy as np

from optopscan.issues import Issue
from optopscan.model.arrays import FloatArray
from optopscan.model.beyond import Beyond
from optopscan.model.building import Building
from optopscan.model.estimate import Estimate
from optopscan.model.load_basis import LoadBasis
from optopscan.model.loads import Assumption, TakeDown
from optopscan.model.overrides import Corrections
from optopscan.model.sides import Sides
from optopscan.model.structure import Bearing, Distribution, Materials, Structure
from optopscan.model.variant import Variant
from optopscan.model.verdict import Check, Outcome
from optopscan.settings import Settings

Label = Literal["A", "B", "C"]


@dataclass(frozen=True, kw_only=True)
class Scenario:
    """One state that was checked: a concept with a number of extra storeys at an assessment level.

    ``storeys`` is 0 for the existing building (``concept`` empty) and for the
    stripped roof; ``height_m`` is the height of the whole building above its base.
    """

    id: str
    concept: str
    storeys: int
    level: str
    height_m: float


@dataclass(frozen=True, kw_only=True)
class Bottleneck:
    """What governs: a part, the clause, its utilisation [-] (nan: unknown), in which scenario."""

    part: str
    clause: str
    uc: float
    scenario: str = ""


@dataclass(frozen=True, kw_only=True)
class ConceptAnswer:
    """Extra storeys of one concept and what stops its next one; the unknowns between the two are those of the whole answer."""

    concept: str
    proven: int
    possible: int
    vertical_only: int
    with_wind: int | None = None
    governing: Bottleneck | None = None

    def __post_init__(self) -> None:
        _check_answer(f"concept {self.concept}", self.proven, self.possible)


@dataclass(frozen=True, kw_only=True)
class FoundationLine:
    """Load on one foundation line before and after [kN/m], with the comparison ratios [-].

    ``r_char`` compares characteristic, ``r_psi`` quasi-permanent-like (psi0) sums, new over old.
    """

    part: str
    line: int
    length_m: float
    old_kn_m: float
    new_kn_m: float
    r_char: float
    r_psi: float


@dataclass(frozen=True, kw_only=True)
class FactorSetAnswer:
    """The answer under another set of partial factors."""

    factor_set: str
    proven: int
    possible: int

    def __post_init__(self) -> None:
        _check_answer(f"factor set {self.factor_set}", self.proven, self.possible)


@dataclass(frozen=True, kw_only=True)
class Investigation:
    """What to find out first: the question, the parts it is about, storeys that it may prove.

    ``p_now`` is the probability of that many storeys, ``p_then`` the one after a good outcome, which has the chance
    ``p_good`` and is ``needed`` [``unit``] or better; nan where no probability was worked out.
    """

    what: str
    parts: tuple[str, ...]
    gain: int
    p_now: float = field(default=float("nan"))
    p_then: float = field(default=float("nan"))
    p_good: float = field(default=float("nan"))
    needed: float = field(default=float("nan"))
    unit: str = ""


@dataclass(frozen=True, kw_only=True)
class Flag:
    """A rule that the reader must look at, with the article and what triggered it.

    ``asks``: no model can show whether it applies, so it is a question to the engineer. ``quantity`` is what the rule
    looks at, ``above`` the value above which it applies (in the unit of the quantity's name); empty and nan where it is no number.
    """

    code: str
    article: str
    text: str
    triggered_by: str
    asks: bool = False
    quantity: str = ""
    above: float = float("nan")


@dataclass(frozen=True, kw_only=True)
class ExtraStoreys:
    """The answer: extra storeys `proven` and `possible`, and what stops the next one.

    ``with_wind`` is None where stability was not checked. ``foundation_outcome`` stays
    unknown unless a check of the foundation says otherwise; ``foundation_basis`` names it.
    ``estimates`` has the probabilities, a row per concept, that of the answer first.

    Raises
    ------
    ValueError
        If proven > possible, or they differ while ``why_not_proven`` is empty.
    """

    proven: int
    possible: int
    why_not_proven: tuple[str, ...]
    vertical_only: int
    with_wind: int | None
    per_concept: tuple[ConceptAnswer, ...]
    governing: Bottleneck | None
    next_bottlenecks: tuple[Bottleneck, ...]
    label: Label
    foundation_lines: tuple[FoundationLine, ...]
    factor_set_alternatives: tuple[FactorSetAnswer, ...]
    investigate_first: tuple[Investigation, ...]
    foundation_outcome: Outcome = "unknown"
    foundation_basis: str = ""
    estimates: tuple[Estimate, ...] = ()

    def __post_init__(self) -> None:
        _check_answer("the answer", self.proven, self.possible)
        pairs = [(self.proven, self.possible)]
        pairs += [(row.proven, row.possible) for row in self.per_concept]
        pairs += [(row.proven, row.possible) for row in self.factor_set_alternatives]
        if any(possible > proven for proven, possible in pairs) and not self.why_not_proven:
            raise ValueError("possible exceeds proven but why_not_proven names no unknown")


@dataclass(frozen=True, kw_only=True)
class Doubt:
    """One fact about alike elements (rows of Elements) that is not settled.

    ``value`` is what the main support graph takes, with ``probability`` to be right;
    ``alternative`` what it may be instead. ``influence_kn`` is the load that hangs on it.
    """

    what: Literal["bearing", "span"]
    elements: tuple[int, ...]
    value: str
    alternative: str
    probability: float
    influence_kn: float


@dataclass(frozen=True, kw_only=True)
class TopologyAnswer:
    """The answer of one support graph: which doubts are turned, how likely, what it gives.

    ``doubts`` indexes the doubts of the scan; none for the main graph. The weights of all
    topologies sum to one; doubts count as independent. ``estimates`` as in `ExtraStoreys`.
    """

    weight: float
    doubts: tuple[int, ...]
    possible: int
    per_concept: tuple[ConceptAnswer, ...]
    governing: Bottleneck | None
    unsupported_kn: float
    estimates: tuple[Estimate, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Topologies:
    """The doubts that were turned and the answer of each support graph, the main one first."""

    doubts: tuple[Doubt, ...] = ()
    answers: tuple[TopologyAnswer, ...] = ()


@dataclass(frozen=True, kw_only=True, eq=False)
class ScanResult:
    """Everything one scan found, from what was read to the answer.

    ``checks`` holds the governing five per scenario with all their inputs;
    ``part_uc`` the utilisation [-] of every part (n_part) per scenario id, nan where
    unknown, inf where the resistance is zero; ``part_outcome`` its outcome (a part that
    exceeds 1 only with an assumed strength is unknown). ``applied_permanent_kn`` and
    ``applied_imposed_kn`` are the loads that were put on, summed before the
    take-down (nan: not stated), so that they can be compared with the ground.
    ``corrections`` lists what an override file replaced; ``beyond`` what fits at gable ends and in the plinth;
    ``load_basis`` the factors and loads per m2 that the take-down started from.

    Raises
    ------
    ValueError
        If scenario ids repeat, or a utilisation belongs to no scenario or has another length than the parts.
    """

    settings: Settings
    tool_version: str
    building: Building
    materials: Materials
    bearing: Bearing
    structure: Structure
    take_downs: Mapping[Distribution, TakeDown]
    scenarios: tuple[Scenario, ...]
    checks: tuple[Check, ...]
    part_uc: Mapping[str, FloatArray]
    extra_storeys: ExtraStoreys
    variants: tuple[Variant, ...]
    flags: tuple[Flag, ...]
    assumptions: tuple[Assumption, ...]
    not_checked: tuple[str, ...]
    issues: tuple[Issue, ...]
    applied_permanent_kn: float = field(default=float("nan"))
    applied_imposed_kn: float = field(default=float("nan"))
    part_outcome: Mapping[str, tuple[Outcome, ...]] = field(default_factory=dict)
    topologies: Topologies = field(default_factory=Topologies)
    sides: Sides = field(default_factory=Sides)
    corrections: Corrections = field(default_factory=Corrections)
    beyond: tuple[Beyond, ...] = ()
    load_basis: LoadBasis | None = None

    def __post_init__(self) -> None:
        known = {scenario.id for scenario in self.scenarios}
        if len(known) != len(self.scenarios):
            raise ValueError("ScanResult.scenarios has an id twice")
        own: dict[str, FloatArray] = {}
        for name, uc in self.part_uc.items():
            if name not in known or np.shape(uc) != (len(self.structure.parts),):
                raise ValueError(f"ScanResult.part_uc[{name!r}] must name a scenario and have {len(self.structure.parts)} rows")
            own[name] = np.array(uc, dtype=np.float64)
            own[name].setflags(write=False)
        object.__setattr__(self, "part_uc", MappingProxyType(own))
        object.__setattr__(self, "take_downs", MappingProxyType(dict(self.take_downs)))


def _check_answer(where: str, proven: int, possible: int) -> None:
    if not 0 <= proven <= possible:
        raise ValueError(f"{where}: proven={proven} must lie between 0 and possible={possible}")
