"""Values the resistance needs and models rarely state, each with its source and alternative."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from optopscan.codes.en1996_data import Category, Mortar
from optopscan.model.loads import Assumption


@dataclass(frozen=True, kw_only=True)
class Choice:
    """One first-pass choice: the fields it fills, its value in words, where it comes from and what else it could be.

    ``others`` are alternatives that can be computed: text and the fields they change.
    """

    fields: tuple[str, ...]
    what: str
    value: str
    source: str
    confidence: str
    alternative: str
    others: tuple[tuple[str, Mapping[str, Any]], ...] = field(default=())


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
    concrete_length_factor: float = 1.0
    creep_effective: float = 1.5
    beam_flange_held: bool = False
    service_class: Literal[1, 2, 3] = 1
    timber_bearing_m: float = 0.05

    def choices(self) -> tuple[Choice, ...]:
        """Return every choice with its source, confidence and alternatives."""
        return (*self._masonry(), *self._eccentricity(), *self._members())

    def choice_of(self, name: str) -> Choice:
        """Return the choice that fills one field.

        Raises
        ------
        KeyError
            If no choice fills it.
        """
        for choice in self.choices():
            if name in choice.fields:
                return choice
        raise KeyError(name)

    def assumptions(self) -> tuple[Assumption, ...]:
        """Return every choice as an assumption for the record."""
        return tuple(
            Assumption(what=c.what, value=c.value, source=c.source, confidence=c.confidence, alternative=c.alternative)
            for c in self.choices()
        )

    def alternatives(self) -> Iterator[tuple[str, CheckDefaults]]:
        """Yield what one choice could be instead, in words, and the defaults with that one choice changed."""
        for choice in self.choices():
            for text, changed in choice.others:
                other = replace(self, **changed)
                if other != self:
                    yield f"{choice.what}: {text}", other

    def _masonry(self) -> tuple[Choice, ...]:
        return (
            Choice(
                fields=("mortar", "fm_mpa"),
                what="mortel van bestaand metselwerk",
                value=f"{self.mortar}, fm = {self.fm_mpa:g} N/mm2",
                source="oordeel constructeur voor gewone mortel",
                confidence="uncertain",
                alternative="TL (dunbedmortel) voor gelijmde kalkzandsteen, vanaf ongeveer 1978",
                others=(("TL (dunbedmortel)", {"mortar": "TL"}), ("fm = 2,5 N/mm2", {"fm_mpa": 2.5})),
            ),
            Choice(
                fields=("unit_group",),
                what="groep van de metselstenen",
                value=f"{self.unit_group}",
                source="EN 1996-1-1 tabel 3.1: volle of weinig geperforeerde stenen",
                confidence="expert",
                alternative="2 voor geperforeerde stenen",
                others=(("2", {"unit_group": 2}),),
            ),
            Choice(
                fields=("category",),
                what="categorie van de metselstenen (gamma_M)",
                value=self.category,
                source="NEN-EN 1996-1-1 NB tabel NB-1; bestaande stenen zijn niet gecertificeerd",
                confidence="expert",
                alternative="I (1,7 in plaats van 2,2) bij aangetoonde sterkte",
                others=(("I", {"category": "I"}),),
            ),
            Choice(
                fields=("clay_joint_thickness_m",),
                what="doorgaande langsvoeg in baksteenmuren",
                value=f"K maal 0,8 vanaf {self.clay_joint_thickness_m:g} m dikte",
                source="EN 1996-1-1 3.6.1.2(6); metselwerk in verband is dikker dan een steen",
                confidence="expert",
                alternative="geen, als een steen de hele dikte vult",
                others=(("geen langsvoeg", {"clay_joint_thickness_m": math.inf}),),
            ),
        )

    def _eccentricity(self) -> tuple[Choice, ...]:
        return (
            Choice(
                fields=("e_one_side", "e_other"),
                what="excentriciteit van de belasting aan de wandkop",
                value=f"{self.e_one_side:.4g} t met een vloer aan een kant, anders {self.e_other:.4g} t",
                source="driehoekige oplegspanning (gepubliceerde Britse rekenvoorbeelden)",
                confidence="expert",
                alternative="raamwerkberekening, EN 1996-1-1 bijlage C",
                others=(
                    ("vloer aan een kant gecentreerd opgelegd", {"e_one_side": self.e_other}),
                    ("vloeren in evenwicht, geen moment", {"e_other": 0.0}),
                ),
            ),
            Choice(
                fields=("mid_fraction",),
                what="excentriciteit die halverwege de hoogte over is",
                value=f"{self.mid_fraction:g} van die aan de kop",
                source="rechte momentenlijn naar een scharnierende voet",
                confidence="expert",
                alternative="0 (gepubliceerd Brits rekenvoorbeeld)",
                others=(("0", {"mid_fraction": 0.0}),),
            ),
            Choice(
                fields=("minimum_eccentricity",),
                what="Nederlandse toets met minimale excentriciteit",
                value="aan" if self.minimum_eccentricity else "uit",
                source="NEN-EN 1996-1-1 NB 5.5.1.1(5), zoals uitgewerkt in een open rekenprogramma",
                confidence="uncertain",
                alternative="uit, als inklemming van kop en voet is aangetoond",
                others=(("uit", {"minimum_eccentricity": False}),),
            ),
        )

    def _members(self) -> tuple[Choice, ...]:
        return (
            Choice(
                fields=("monolithic",),
                what="vloeren monoliet met betonwanden",
                value="ja (0,85 h)" if self.monolithic else "nee (1,0 h)",
                source="EN 1992-1-1 12.6.5.1(4)",
                confidence="expert",
                alternative="ja, bij in een keer gestorte wanden en vloeren",
                others=(("ja (0,85 h)", {"monolithic": True}),),
            ),
            Choice(
                fields=("steel_length_factor",),
                what="kniklengte van stalen kolommen",
                value=f"{self.steel_length_factor:g} maal de hoogte",
                source="scharnieren aan de einden, geschoord",
                confidence="expert",
                alternative="meer dan 1 in een ongeschoord raamwerk",
                others=(("1,5 maal de hoogte (ongeschoord raamwerk)", {"steel_length_factor": 1.5}),),
            ),
            Choice(
                fields=("concrete_length_factor",),
                what="kniklengte van betonkolommen",
                value=f"{self.concrete_length_factor:g} maal de hoogte",
                source="geschoord, scharnieren aan de einden",
                confidence="expert",
                alternative="minder dan 1 bij inklemming door balken, meer dan 1 in een ongeschoord raamwerk",
                others=(
                    ("0,85 maal de hoogte (ingeklemd)", {"concrete_length_factor": 0.85}),
                    ("1,5 maal de hoogte (ongeschoord raamwerk)", {"concrete_length_factor": 1.5}),
                ),
            ),
            Choice(
                fields=("creep_effective",),
                what="effectieve kruipcoefficient van betonkolommen",
                value=f"{self.creep_effective:g}",
                source="NEN-EN 1992-1-1 5.8.4, rekenvoorbeeld van een betonkolom met dezelfde waarde",
                confidence="expert",
                alternative="0 voor nieuwe belasting op uitgekropen beton",
                others=(("0", {"creep_effective": 0.0}),),
            ),
            Choice(
                fields=("beam_flange_held",),
                what="drukzijde van stalen en houten liggers zijdelings gesteund",
                value="ja" if self.beam_flange_held else "nee, alleen bij de opleggingen; de last grijpt op de bovenflens aan",
                source="het model toont de verbinding van vloer en ligger niet",
                confidence="expert",
                alternative="ja, bij een steenachtige vloer op de bovenflens; tussen beide is het oordeel onbekend",
                others=(("ja", {"beam_flange_held": True}),),
            ),
            Choice(
                fields=("service_class",),
                what="klimaatklasse van hout",
                value=f"{self.service_class}",
                source="NEN-EN 1995-1-1 2.3.1.3: binnen een verwarmd gebouw",
                confidence="expert",
                alternative="3 voor hout dat nat kan worden",
                others=(("3", {"service_class": 3}),),
            ),
            Choice(
                fields=("timber_bearing_m",),
                what="opleglengte van houten liggers",
                value=f"{1000 * self.timber_bearing_m:g} mm",
                source="ondergrens, oordeel constructeur: het model toont de oplegging niet",
                confidence="uncertain",
                alternative="100 mm (halfsteens in het metselwerk)",
                others=(("100 mm", {"timber_bearing_m": 0.1}),),
            ),
        )
