"""Stairs and lifts that go on through new storeys, the spaces that tell of them, and the words for them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from shapely.geometry.base import BaseGeometry

CoreKind = Literal["stair", "lift", "stair+lift"]

# "trapeziumplaat" and "trapgevel" are no stairs, "lifting" is no lift, and a shaft for services carries no people.
_STAIR = re.compile(
    r"\btrap(pen|hal|gat|huis\w*|penhuis\w*|portaal\w*|bordes\w*|opbouw\w*|opgang\w*|kern\w*|wand\w*|muur\w*)?\b"
    r"|portiek|\bstair|\btreppe",
    re.IGNORECASE,
)
_LIFT = re.compile(r"\blift(?!ing|en\b)|elevator|aufzug|schacht|\bshaft", re.IGNORECASE)
_SERVICES = re.compile(r"leiding|meter|ventilatie|kabel|installatie|duct|pipe|riser|riolering|\bmk\b|koker", re.IGNORECASE)


def core_words(text: str) -> tuple[bool, bool]:
    """Return whether a name speaks of a stair, and of a lift or a shaft for one."""
    return bool(_STAIR.search(text)), bool(_LIFT.search(text)) and not _SERVICES.search(text)


@dataclass(frozen=True, kw_only=True)
class Room:
    """A space or lift cabin whose name or class speaks of a stair or lift, or (both false) of storage; local plan, heights [m]."""

    id: str
    ifc_class: str
    name: str
    stair: bool
    lift: bool
    polygon: BaseGeometry
    z0_m: float
    z1_m: float


@dataclass(frozen=True, kw_only=True)
class Core:
    """One stair well or lift shaft, or both side by side.

    ``polygon`` is the clear plan [m], walls around it left out. ``z_top_m`` is the highest point of what was
    found. ``faces`` are the rows of the roof faces over it. ``source`` tells in Dutch what was found. ``certain``:
    stairs above each other, or a lift or named space, up to the highest floor; without it the core is a guess.
    """

    polygon: BaseGeometry
    kind: CoreKind
    z_top_m: float
    faces: tuple[int, ...]
    source: str
    certain: bool
