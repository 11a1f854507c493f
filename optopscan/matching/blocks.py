"""The buildings that products are held against: blocks of families, or models that someone has."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from optopscan.errors import NothingToScan, UsageError
from optopscan.families import Dimensions, Exclusion, Family, author_family, excluded, sample, typical
from optopscan.ifc.temporary import model_file

MODELS = "ifc"
"""Group of the blocks that are files and of no family."""


@dataclass(frozen=True, kw_only=True)
class Block:
    """One building: of a family with its sizes, or the IFC files of a model.

    ``group`` is the family, or `MODELS`; ``sample`` counts from 1, 0 is the typical block or a model. ``refused`` is the rule
    by which its family gets no extension: such a block is never read. ``existing_use`` is empty where the settings decide.
    """

    id: str
    group: str
    sample: int = 0
    files: tuple[Path, ...] = ()
    family: Family | None = None
    dimensions: Dimensions | None = None
    refused: Exclusion | None = None
    existing_use: str = ""

    @contextmanager
    def paths(self) -> Iterator[tuple[Path, ...]]:
        """Give the files of the model; those of a family are there only as long as this lasts.

        Raises
        ------
        NothingToScan
            If the sizes of the family leave no room for a part of the building.
        """
        if self.family is None or self.dimensions is None:
            yield self.files
            return
        try:
            content = author_family(self.family, self.dimensions, name=self.id)
        except UsageError as error:
            raise NothingToScan(str(error)) from error
        with model_file(content, f"{self.id}.ifc") as path:
            yield (path,)


def blocks_of(families: Sequence[Family], samples: int = 0, *, seed: int = 0) -> tuple[Block, ...]:
    """Return the typical block of each family, or ``samples`` blocks that cover its ranges evenly.

    Raises
    ------
    UsageError
        If ``samples`` or ``seed`` is less than 0.
    """
    if samples < 0:
        raise UsageError(f"samples={samples} must be 0 (the typical block) or more")
    return tuple(block for family in families for block in _blocks(family, samples, seed))


def _blocks(family: Family, samples: int, seed: int) -> list[Block]:
    drawn = sample(family, samples, seed=seed) if samples else (typical(family),)
    refused = excluded(family)
    return [
        Block(
            id=f"{family.id}-{number}-{samples}-{seed}" if samples else family.id,
            group=family.id,
            sample=number if samples else 0,
            family=family,
            dimensions=dimensions,
            refused=refused,
            existing_use=family.file.existing_use,
        )
        for number, dimensions in enumerate(drawn, start=1)
    ]


def block_of_files(*files: Path) -> Block:
    """Return the block of one building; several files are its aspect models."""
    return Block(id=files[0].name, group=MODELS, files=tuple(files))


def blocks_of_files(files: Sequence[Path]) -> tuple[Block, ...]:
    """Return a block per file, each a building of its own; files of one name get as many of their folders in front as tell them apart.

    Examples
    --------
    >>> [block.id for block in blocks_of_files([Path("noord/flat.ifc"), Path("zuid/flat.ifc"), Path("zuid/school.ifc")])]
    ['noord/flat.ifc', 'zuid/flat.ifc', 'school.ifc']
    """
    names = [_apart(file, [other for other in files if other != file]) for file in files]
    return tuple(replace(block_of_files(file), id=name) for file, name in zip(files, names, strict=True))


def _apart(file: Path, others: Sequence[Path]) -> str:
    """Return the end of a path that is the end of no other."""
    for depth in range(1, len(file.parts) + 1):
        end = file.parts[-depth:]
        if all(other.parts[-depth:] != end for other in others):
            return Path(*end).as_posix()
    return file.as_posix()
