"""A variant as it is drawn: what is new, and how what was there is used before and after."""

from __future__ import annotations

from dataclasses import dataclass

from optopscan.model.new_top import NewTop
from optopscan.model.verdict import Outcome


@dataclass(frozen=True, kw_only=True)
class ElementUse:
    """An element of the building: the largest unity check of its parts before and with the variant (nan: not known), and the outcome."""

    element: str
    uc_before: float
    uc_after: float
    outcome: Outcome


@dataclass(frozen=True, kw_only=True)
class ModuleUse:
    """A module: the largest unity check of the parts it stands on (nan: not known), and their worst outcome."""

    module_id: str
    uc: float
    outcome: Outcome


@dataclass(frozen=True, kw_only=True)
class Drawing:
    """What a model of a variant shows; ``top`` is None where it cannot be drawn, and ``refused`` says why."""

    top: NewTop | None
    refused: str = ""
    elements: tuple[ElementUse, ...] = ()
    modules: tuple[ModuleUse, ...] = ()
