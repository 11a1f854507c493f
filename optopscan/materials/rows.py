"""The rows of data that materials need; whoever reads the files provides them."""

from __future__ import annotations

from typing import Protocol


class DensityRow(Protocol):
    """Density of a material group [kg/m3]."""

    @property
    def group(self) -> str:
        """Material group."""
        ...

    @property
    def density_kg_m3(self) -> float:
        """Density [kg/m3]."""
        ...


class GradeRow(Protocol):
    """Characteristic strength of a strength class [N/mm2]."""

    @property
    def group(self) -> str:
        """Material group."""
        ...

    @property
    def grade(self) -> str:
        """Strength class."""
        ...

    @property
    def strength_mpa(self) -> float:
        """Characteristic strength [N/mm2]."""
        ...


class EraRow(Protocol):
    """Deterministic strength [N/mm2] of a group for ``year_from`` <= build year < ``year_before``."""

    @property
    def group(self) -> str:
        """Material group."""
        ...

    @property
    def year_from(self) -> int:
        """First build year."""
        ...

    @property
    def year_before(self) -> int:
        """First build year after the range."""
        ...

    @property
    def strength_mpa(self) -> float:
        """Characteristic strength [N/mm2]."""
        ...

    @property
    def mean_mpa(self) -> float:
        """Mean strength over the buildings of the period [N/mm2], nan without a figure."""
        ...

    @property
    def cov(self) -> float:
        """Coefficient of variation of single tests [-], nan without a figure."""
        ...
