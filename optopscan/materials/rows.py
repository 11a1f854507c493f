"""The rows of data that materials need; whoever reads the files provides them."""

from __future__ import annotations

from typing import Protocol


class DensityRow(Protocol):
    """Density of a material group [kg/m3]."""

    @property
    def group(self) -> str: ...

    @property
    def density_kg_m3(self) -> float: ...


class GradeRow(Protocol):
    """Characteristic strength of a strength class [N/mm2]."""

    @property
    def group(self) -> str: ...

    @property
    def grade(self) -> str: ...

    @property
    def strength_mpa(self) -> float: ...


class EraRow(Protocol):
    """Deterministic strength [N/mm2] of a group for ``year_from`` <= build year < ``year_before``."""

    @property
    def group(self) -> str: ...

    @property
    def year_from(self) -> int: ...

    @property
    def year_before(self) -> int: ...

    @property
    def strength_mpa(self) -> float: ...
