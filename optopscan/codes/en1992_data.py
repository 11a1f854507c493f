"""Old Dutch concrete and reinforcement grades as characteristic strengths."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType

SOURCE = "grade tables of the Amsterdam bridge assessment tool (RBK type), one source, standard not read"
CONFIDENCE = "medium"
GAMMA_S = 1.15

FCK_MPA = MappingProxyType(
    {
        "K150": 8.0,
        "K160": 9.0,
        "K200": 11.0,
        "K225": 13.0,
        "K250": 13.5,
        "K300": 19.0,
        "K400": 28.0,
        "K450": 32.0,
        "B12.5": 10.0,
        "B17.5": 14.0,
        "B22.5": 18.0,
        "B30": 25.0,
        "B35": 28.0,
        "B45": 35.0,
    }
)
"""Characteristic cylinder strength f_ck [N/mm2] of K and B grades."""


@dataclass(frozen=True, kw_only=True)
class OldSteel:
    """Yield strengths [N/mm2]; ``fyd_table_mpa`` is set where the table is below fyk / 1.15."""

    fyk_mpa: float
    fyd_table_mpa: float | None = None

    @property
    def fyd_mpa(self) -> float:
        """Design yield strength [N/mm2]: the table's own value, else fyk / 1.15."""
        return self.fyk_mpa / GAMMA_S if self.fyd_table_mpa is None else self.fyd_table_mpa


STEEL = MappingProxyType(
    {
        "QR22": OldSteel(fyk_mpa=220.0),
        "QR24": OldSteel(fyk_mpa=240.0),
        "QR30": OldSteel(fyk_mpa=300.0),
        "QR32": OldSteel(fyk_mpa=320.0),
        "QR36": OldSteel(fyk_mpa=360.0),
        "QR40": OldSteel(fyk_mpa=400.0, fyd_table_mpa=330.0),
        "QR48": OldSteel(fyk_mpa=480.0, fyd_table_mpa=390.0),
        "QRn48": OldSteel(fyk_mpa=480.0, fyd_table_mpa=330.0),
        "FeB220": OldSteel(fyk_mpa=220.0),
        "FeB400": OldSteel(fyk_mpa=400.0),
        "FeB500": OldSteel(fyk_mpa=500.0),
    }
)


def fcd_mpa(fck_mpa: float, *, gamma_c: float = 1.5) -> float:
    """Return f_cd = f_ck / gamma_c [N/mm2] with the Dutch alpha_cc = 1.0.

    EN 1992-1-1:2004, (3.15).
    """
    return fck_mpa / gamma_c
