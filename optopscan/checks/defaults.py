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
        return (
            Assumption(
                what="mortar of existing masonry",
                value=f"{self.mortar}, fm = {self.fm_mpa:g} N/mm2",
                source="engineering judgement for general purpose mortar",
                confidence="low",
                alternative="TL (thin layer) for glued calcium silicate, from about 1978",
            ),
            Assumption(
                what="group of masonry units",
                value=f"{self.unit_group}",
                source="EN 1996-1-1 table 3.1: solid or little perforated units",
                confidence="medium",
                alternative="2 for perforated units",
            ),
            Assumption(
                what="category of masonry units (gamma_M)",
                value=self.category,
                source="NEN-EN 1996-1-1 NB table NB-1; existing units are not certified",
                confidence="medium",
                alternative="I (1.7 instead of 2.2) with declared strength",
            ),
            Assumption(
                what="longitudinal mortar joint in clay walls",
                value=f"K times 0.8 from {self.clay_joint_thickness_m:g} m thickness",
                source="EN 1996-1-1 3.6.1.2(6); bonded brickwork is thicker than one unit",
                confidence="medium",
                alternative="none where one unit takes the full thickness",
            ),
            Assumption(
                what="eccentricity of load at wall heads",
                value=f"{self.e_one_side:.4g} t with a floor on one side, {self.e_other:.4g} t otherwise",
                source="triangular bearing stress (published UK worked examples)",
                confidence="medium",
                alternative="frame analysis, EN 1996-1-1 annex C",
            ),
            Assumption(
                what="eccentricity left at mid-height",
                value=f"{self.mid_fraction:g} of the head",
                source="straight moment line to a hinged foot",
                confidence="medium",
                alternative="0 (published UK worked example)",
            ),
            Assumption(
                what="Dutch minimum-eccentricity check of masonry walls",
                value="on" if self.minimum_eccentricity else "off",
                source="NEN-EN 1996-1-1 NB 5.5.1.1(5) as implemented in an open source tool",
                confidence="medium",
                alternative="off where fixity of head and foot is shown",
            ),
            Assumption(
                what="floors monolithic with concrete walls",
                value="yes (0.85 h)" if self.monolithic else "no (1.0 h)",
                source="EN 1992-1-1 12.6.5.1(4)",
                confidence="medium",
                alternative="yes for cast walls and floors",
            ),
            Assumption(
                what="buckling length of steel columns",
                value=f"{self.steel_length_factor:g} times the height",
                source="hinged ends that do not sway",
                confidence="medium",
                alternative="more than 1 in a sway frame",
            ),
        )
