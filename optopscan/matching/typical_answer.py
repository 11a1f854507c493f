"""What the scan says of the typical block of a family, to lay beside what was built: typical, never the building itself."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

from optopscan.families import Family
from optopscan.matching.blocks import blocks_of
from optopscan.pipeline import scan
from optopscan.settings import Settings

PRODUCT = "fictief.hsb-3d"
MOST_STOREYS = 3
Beside = Literal["less", "same", "more", "unknown"]


@dataclass(frozen=True, kw_only=True)
class TypicalAnswer:
    """Storeys that are proven and possible on a typical block of ``storeys``, with `PRODUCT`.

    ``unknown`` are the subjects that separate the two; ``refused`` is the rule by which there is none.
    """

    family: str
    storeys: int
    proven: int
    possible: int
    unknown: tuple[str, ...] = ()
    refused: str = ""

    def beside(self, built: int | None) -> Beside:
        """Return how the storeys that are possible lie beside those that were built; unknown where that is not published."""
        if built is None:
            return "unknown"
        return "less" if self.possible < built else "more" if self.possible > built else "same"


def typical_answers(families: Iterable[Family], tell: Callable[[str], None] = lambda _: None) -> dict[str, TypicalAnswer]:
    """Scan the typical block of each family with one timber product, at most `MOST_STOREYS` storeys; answers by family."""
    found = {}
    for block in blocks_of(tuple(families)):
        tell(f"scanning {block.group}")
        storeys = 0 if block.dimensions is None else block.dimensions.storeys
        if block.refused is not None:
            found[block.group] = TypicalAnswer(family=block.group, storeys=storeys, proven=0, possible=0, refused=block.refused.rule)
            continue
        asked = Settings(existing_use=block.existing_use, concepts=(PRODUCT,), max_extra_storeys=MOST_STOREYS, samples=0, place=False)
        with block.paths() as paths:
            answer = scan(paths, asked).extra_storeys
        found[block.group] = TypicalAnswer(
            family=block.group,
            storeys=storeys,
            proven=answer.proven,
            possible=answer.possible,
            unknown=tuple(dict.fromkeys(re.split(r":| \(", why)[0] for why in answer.why_not_proven)),
        )
    return found
