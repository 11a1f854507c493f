"""What a match found: a cell per product and block, and how many roofs that is."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from optopscan.matching.blocks import Block

Outcome = Literal["fits", "fits-if", "fails", "refused", "unknown"]
OUTCOMES: tuple[Outcome, ...] = ("fits", "fits-if", "fails", "refused", "unknown")
OUTCOME_NL: dict[Outcome, str] = {
    "fits": "past",
    "fits-if": "past, mits",
    "fails": "past niet",
    "refused": "uitgesloten",
    "unknown": "onbekend",
}


@dataclass(frozen=True, kw_only=True)
class Lack:
    """A property of a product that stops it on a block: what it is ``now``, and what would do (``needed``), in the unit of ``key``.

    ``load_kn_m2`` is one storey with roof and transfer layer. ``building``, and ``needed`` nan: no value of the product's own helps.
    ``instead``: of several, this one alone would do.
    """

    key: str
    now: float
    needed: float
    instead: bool = False


@dataclass(frozen=True, kw_only=True)
class Anchorage:
    """What must hold the new top down: design pull and shear at once on the worst metre of support [kN/m], up to ``storeys``.

    ``stated_uplift_kn_m`` and ``stated_shear_kn_m`` are what the product states, nan where it states nothing; ``use`` is the
    sum of both shares [-], above 1 too weak, nan where it cannot be worked out.
    """

    storeys: int
    uplift_kn_m: float
    shear_kn_m: float
    stated_uplift_kn_m: float
    stated_shear_kn_m: float
    use: float

    @property
    def stated(self) -> bool:
        """True when the product states both strengths."""
        return not (math.isnan(self.stated_uplift_kn_m) or math.isnan(self.stated_shear_kn_m))

    @property
    def holds(self) -> bool:
        """True when what the product states is enough."""
        return self.use <= 1.0


@dataclass(frozen=True, kw_only=True)
class Sensitivity:
    """The single property of a product that opens most roofs, changed by ``by``.

    ``predicted`` blocks by the margins; ``opened`` and ``closed`` (a lighter product is lifted sooner) by a match of the
    changed product, of ``n`` blocks. ``text_nl`` and ``text_en`` tell what the match says.
    """

    product: str
    key: str
    now: float
    by: float
    predicted: int
    opened: int
    closed: int
    n: int
    text_nl: str
    text_en: str


@dataclass(frozen=True, kw_only=True)
class Cell:
    """One product on one block.

    ``fits`` is proven and laid out; ``fits-if``: nothing is known to be exceeded, ``why`` says on what it hangs; ``fails``: ``why``
    says because of what; ``refused``: by rule; ``unknown``: no verdict, never counted as a fit. ``proven``, ``possible`` and
    ``vertical_only`` count storeys over the whole roof; ``proven`` and ``possible`` are 0 where it fails. Connectors can be
    chosen stronger, so ``possible`` takes them as strong as ``anchorage`` says they must be, whether the product states too weak
    ones or none; anchorage is None where nothing could be worked out. ``uc`` is the largest unity check [-] of the first
    storey count that is not possible, else of the most that was asked, on ``part`` by ``clause``; nan where there is none. It may exceed
    1 where something is possible: with a strength that was assumed. ``dwellings`` are those of the layout at ``storeys``; None where
    nothing was laid out. ``lacks`` are the properties that stop it where it fails.
    """

    product: str
    block: str
    outcome: Outcome
    why: str
    proven: int = 0
    possible: int = 0
    vertical_only: int = 0
    part: str = ""
    clause: str = ""
    uc: float = math.nan
    dwellings: int | None = None
    lacks: tuple[Lack, ...] = ()
    anchorage: Anchorage | None = None

    @property
    def storeys(self) -> int:
        """Storeys that the outcome is about: the proven ones of a fit, the possible ones of a conditional fit, else 0."""
        return {"fits": self.proven, "fits-if": self.possible}.get(self.outcome, 0)

    @property
    def anchorage_unstated(self) -> bool:
        """True when the product may fit but states no connectors."""
        return self.outcome in ("fits", "fits-if") and self.anchorage is not None and not self.anchorage.stated

    @property
    def margin(self) -> float:
        """What is left of the resistance [-], negative where it is exceeded; nan: no unity check."""
        return 1.0 - self.uc


@dataclass(frozen=True, kw_only=True)
class Reach:
    """How many of ``n`` blocks a product gets onto; those with no verdict or refused by rule stay in ``n``.

    ``shown`` of them are proven and ``conditional`` may fit; ``storeys`` and ``dwellings`` are sums over these, ``unstated``
    the blocks among them where the product states no connectors.
    """

    product: str
    group: str
    n: int
    shown: int
    conditional: int
    fails: int
    refused: int
    unknown: int
    storeys: int
    dwellings: int
    unstated: int

    @property
    def share(self) -> float:
        """Blocks where nothing is known to stop the product, proven or not, of all blocks [-]; nan without blocks."""
        return (self.shown + self.conditional) / self.n if self.n else math.nan


@dataclass(frozen=True, kw_only=True)
class Matrix:
    """Every product on every block: ``cells`` block by block, in each the products in order; ``sensitivities`` where asked."""

    products: tuple[str, ...]
    blocks: tuple[Block, ...]
    cells: tuple[Cell, ...]
    placed: bool
    sensitivities: tuple[Sensitivity, ...] = ()

    @property
    def groups(self) -> tuple[str, ...]:
        """Families and models, each once, in order of the blocks."""
        return tuple(dict.fromkeys(block.group for block in self.blocks))

    def cell(self, product: str, block: str) -> Cell:
        """Return the cell of a product on a block; KeyError where there is none."""
        for found in self.cells:
            if found.product == product and found.block == block:
                return found
        raise KeyError(f"{product} on {block}")

    def reach(self, product: str, group: str = "") -> Reach:
        """Return how many blocks of a group (empty: of all) a product gets onto."""
        found = list(self._of(product, group))
        count = {outcome: sum(cell.outcome == outcome for cell in found) for outcome in OUTCOMES}
        return Reach(
            product=product,
            group=group,
            n=len(found),
            shown=count["fits"],
            conditional=count["fits-if"],
            fails=count["fails"],
            refused=count["refused"],
            unknown=count["unknown"],
            storeys=sum(cell.storeys for cell in found),
            dwellings=sum(cell.dwellings or 0 for cell in found),
            unstated=sum(cell.anchorage_unstated for cell in found),
        )

    def ranking(self) -> tuple[Reach, ...]:
        """Return the reach of every product over all blocks, the best first.

        Most proven, then most blocks, dwellings, storeys; of equals what states its connectors goes before what does not, then by name.
        """
        rows = [self.reach(product) for product in self.products]
        return tuple(sorted(rows, key=_rank))

    def anchorages(self, product: str) -> tuple[Anchorage, ...]:
        """Return what must hold the product down on the blocks where it may fit and what it states is too little or nothing."""
        needs = (cell.anchorage for cell in self._of(product, "") if cell.outcome == "fits-if")
        return tuple(need for need in needs if need is not None and not need.holds)

    def _of(self, product: str, group: str) -> Iterator[Cell]:
        group_of = {block.id: block.group for block in self.blocks}
        return (cell for cell in self.cells if cell.product == product and group in ("", group_of[cell.block]))


def _rank(row: Reach) -> tuple[int | str, ...]:
    return (-row.shown, -(row.shown + row.conditional), -row.dwellings, -row.storeys, row.unstated, row.product)
