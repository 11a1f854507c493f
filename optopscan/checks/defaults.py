"""Values the resistance needs and models rarely state, each with its source and alternative."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from optopscan.codes.en1996_data import Category, Mortar
from optopscan.model.loads import Assumption


@dataclass(frozen=True, kw_only=True)
class CheckDefaults:
    """First-pass choices for existing parts; replace one to see what it does.

    ``mid_fraction`` is the share of the head eccentricity that is left at mid-height:
    0.5 is the straight moment line to a hinged foot.
    """

    mortar: Mortar = "GP"
    fm_mpa: float = 5.0
    unit_group: Literal[1, 2] = 1
    category: Category = "II"
    clay_joint_thickness_m: float = 0.14
    e_one_side: float = 1.0 / 6.0
    e_other: float = 1.0 / 20.0
    mid_fraction: float = 0.5
    minimum_eccentricity: bool = True
    monolithic: bool = False
    steel_length_factor: float = 1.0

    def assumptions(self) -> tuple[Assumption, ...]:
        """Return every choice as an assumption for the record."""
        rows = (
            (
                "mortel van bestaand metselwerk",
                f"{self.mortar}, fm = {self.fm_mpa:g} N/mm2",
                "oordeel constructeur voor gewone mortel",
                "uncertain",
                "TL (dunbedmortel) voor gelijmde kalkzandsteen, vanaf ongeveer 1978",
            ),
            (
                "groep van de metselstenen",
                f"{self.unit_group}",
                "EN 1996-1-1 tabel 3.1: volle of weinig geperforeerde stenen",
                "expert",
                "2 voor geperforeerde stenen",
            ),
            (
                "categorie van de metselstenen (gamma_M)",
                self.category,
                "NEN-EN 1996-1-1 NB tabel NB-1; bestaande stenen zijn niet gecertificeerd",
                "expert",
                "I (1,7 in plaats van 2,2) bij aangetoonde sterkte",
            ),
            (
                "doorgaande langsvoeg in baksteenmuren",
                f"K maal 0,8 vanaf {self.clay_joint_thickness_m:g} m dikte",
                "EN 1996-1-1 3.6.1.2(6); metselwerk in verband is dikker dan een steen",
                "expert",
                "geen, als een steen de hele dikte vult",
            ),
            (
                "excentriciteit van de belasting aan de wandkop",
                f"{self.e_one_side:.4g} t met een vloer aan een kant, anders {self.e_other:.4g} t",
                "driehoekige oplegspanning (gepubliceerde Britse rekenvoorbeelden)",
                "expert",
                "raamwerkberekening, EN 1996-1-1 bijlage C",
            ),
            (
                "excentriciteit die halverwege de hoogte over is",
                f"{self.mid_fraction:g} van die aan de kop",
                "rechte momentenlijn naar een scharnierende voet",
                "expert",
                "0 (gepubliceerd Brits rekenvoorbeeld)",
            ),
            (
                "Nederlandse toets met minimale excentriciteit",
                "aan" if self.minimum_eccentricity else "uit",
                "NEN-EN 1996-1-1 NB 5.5.1.1(5), zoals uitgewerkt in een open rekenprogramma",
                "uncertain",
                "uit, als inklemming van kop en voet is aangetoond",
            ),
            (
                "vloeren monoliet met betonwanden",
                "ja (0,85 h)" if self.monolithic else "nee (1,0 h)",
                "EN 1992-1-1 12.6.5.1(4)",
                "expert",
                "ja, bij in een keer gestorte wanden en vloeren",
            ),
            (
                "kniklengte van stalen kolommen",
                f"{self.steel_length_factor:g} maal de hoogte",
                "scharnieren aan de einden, geschoord",
                "expert",
                "meer dan 1 in een ongeschoord raamwerk",
            ),
        )
        return tuple(
            Assumption(what=what, value=value, source=source, confidence=confidence, alternative=alternative)
            for what, value, source, confidence, alternative in rows
        )
