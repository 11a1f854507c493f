"""Where the numbers of one part come from, in words for a hand calculation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from optopscan.checks.defaults import CheckDefaults
from optopscan.codes.en1990 import FactorSet
from optopscan.materials.reinforcement import Bars
from optopscan.model.building import Elements
from optopscan.model.structure import Materials, Parts

GEOMETRY, STRENGTH, SECTION, FACTORS = "geometry", "strength", "section", "factors"
DESIGN_STRENGTH, BARS, TIMBER = "design strength", "bars", "timber"
LOAD_OFFSETS = ("e_load_mm", "e_top_mm", "e_mm", "e_tot_mm")

_SHAPES = (
    "en1993_sections.i_section",
    "en1993_sections.tapered_i_section",
    "en1993_sections.tapered_channel",
    "en1993_sections.rectangular_tube",
    "en1993_sections.round_tube",
    "en1993_bending.i_section_class",
)

NAMES: Mapping[str, str] = MappingProxyType(
    {
        "thickness_mm": GEOMETRY,
        "length_mm": GEOMETRY,
        "height_mm": GEOMETRY,
        "area_m2": "dikte maal lengte uit het model",
        "area_mm2": SECTION,
        "effective_height_mm": "rho_2 maal de vrije hoogte uit het model; 1,0 bij de minimale excentriciteit",
        "slenderness": "kniklengte gedeeld door de dikte",
        "e_top_mm": "default:e_one_side",
        "e_load_mm": "default:e_one_side",
        "e_mm": "default:e_one_side",
        "e_tot_mm": "default:mid_fraction",
        "concrete_floors": "betonvloeren aan kop en voet in het model: true als beide zijn aangetoond",
        "phi_inf": "NEN-EN 1996-1-1 NB tabel NB-3, soort steen en mortel",
        "fb_mpa": STRENGTH,
        "fm_mpa": "default:fm_mpa",
        "k": "NEN-EN 1996-1-1 NB 3.6.1.2, soort steen en mortel",
        "alpha": "NEN-EN 1996-1-1 NB 3.6.1.2, soort steen en mortel",
        "en1996.fk_mpa.beta": "NEN-EN 1996-1-1 NB 3.6.1.2, soort steen en mortel",
        "en1992.effective_length_mm.beta": "default:monolithic",
        "en1996.mid_eccentricity_mm.e_load_mm": "default:mid_fraction",
        "thin_layer": "default:mortar",
        "longitudinal_joint": "default:clay_joint_thickness_m",
        "category": "default:category",
        "consequence_class": FACTORS,
        "fd_mpa": DESIGN_STRENGTH,
        "fck_mpa": STRENGTH,
        "fy_mpa": STRENGTH,
        "second_moment_mm4": SECTION,
        "imperfection": "knikkromme bij het profiel, EN 1993-1-1 tabel 6.1 en 6.2",
        "buckling_length_mm": "default:steel_length_factor",
        "chi": "kleinste van beide assen",
        "width_mm": SECTION,
        "web_mm": SECTION,
        "flange_mm": SECTION,
        "root_mm": SECTION,
        "toe_mm": SECTION,
        "wall_mm": SECTION,
        "outer_radius_mm": SECTION,
        "c_over_t": SECTION,
        "d_over_t": SECTION,
        "height_over_width": SECTION,
        "i_t_mm4": SECTION,
        "i_w_mm6": SECTION,
        "i_z_mm4": SECTION,
        **{f"{function}.{name}": SECTION for function in _SHAPES for name in ("height_mm", "diameter_mm")},
        "web_height_mm": "h - 2 t_f",
        "section_class": "klasse van de doorsnede hierboven",
        "compressed_share": "buiging: helft van de hoogte gedrukt",
        "stress_ratio": "buiging: trek en druk even groot",
        "en1993_bending.i_section_class.n_ed_kn": "0 bij buiging, A f_y bij druk (zwaarste)",
        "en1993_bending.lateral_torsional_reduction.slenderness": "wortel uit W_y f_y / M_cr",
        "en1993_bending.critical_moment_knm.length_mm": "overspanning of kolomhoogte uit het model",
        "c1": "momentenlijn: gelijkmatige last 1,13, gelijk moment 1,0",
        "c2": "momentenlijn: gelijkmatige last 0,45, gelijk moment 0",
        "load_height_mm": "last op de bovenflens van een ligger, anders in het zwaartepunt",
        "chi_lt": "default:beam_flange_held",
        "w_y_mm3": SECTION,
        "en1995.design_strength_mpa.fk_mpa": TIMBER,
        "fc0k_mpa": TIMBER,
        "e005_mpa": TIMBER,
        "k_mod": "default:service_class",
        "gamma_m": "NEN-EN 1995-1-1 NB tabel 2.3",
        "beta_c": "NEN-EN 1995-1-1 (6.29)",
        "glued": TIMBER,
        "fmd_mpa": "f_m,d hierboven maal k_h",
        "en1995.tilting_factor.relative": "wortel uit f_m,k / sigma_m,crit",
        "effective_length_mm": "tabel 6.1: 0,9 L + 2 h, last op de bovenkant",
        "contact_mm": "default:timber_bearing_m",
        "left_mm": "ligger eindigt op de oplegging",
        "right_mm": "ligger loopt door in de overspanning",
        "k_c90": "1,0 op de veilige kant",
        "v_ed_kn": "eenheid: de weerstand is 1 gedeeld door het resultaat",
        "m_ed_knm": "eenheid: de weerstand is 1 gedeeld door het resultaat",
        "per_kn_y": "excentriciteit van de bestaande belasting gedeeld door W f_m,d",
        "per_kn_z": "excentriciteit van de bestaande belasting gedeeld door W f_m,d",
        "k_cy": "stap hierboven",
        "k_cz": "stap hierboven",
        "relative": "stap hierboven",
        "bearing_length_mm": "kleinste contact: omtrek van de kolom, of de breedte of de opleglengte van de ligger",
        "bearing_area_mm2": "kleinste contact: omtrek van de kolom, of breedte maal opleglengte van de ligger",
        "effective_area_mm2": "l_efm maal de dikte van de muur",
        "end_distance_mm": "model: van het contact tot het einde van de muur",
        "en1996_local.spread_length_mm.left_mm": "model: van het contact tot het einde van de muur",
        "en1996_local.spread_length_mm.right_mm": "model: van het contact tot het andere einde van de muur",
        "edge_distance_mm": "model: van het contact tot de rand van de muur",
        "loaded_area_mm2": "kleinste contact",
        "distribution_area_mm2": "product van beide zijden hierboven",
        "enhanced": "default:unit_group",
        "eccentricity_mm": "midden op de muur",
        "en1996_local.concentrated_resistance_kn.fd_mpa": "rekensterkte van het metselwerk eronder, uit de toets van die muur",
        "fcd_mpa": "rekensterkte van het beton, uit de toets",
        **{f"en1996_local.{name}.height_mm": "model: hoogte van de muur eronder" for name in ("spread_length_mm", "concentrated_factor")},
        "en1992_slab.distribution_width_mm.width_mm": "kleinste contact",
        "en1992_slab.distribution_width_mm.depth_mm": "model: hoogte van de muur eronder",
        "beta": "stap hierboven",
        "rho2": "rho_2 hierboven; 1,0 bij de minimale excentriciteit",
        "member": "staaf met de waarden hierboven",
        "e_y_mm": "afstand van de bestaande belasting tot de as",
        "e_z_mm": "afstand van de bestaande belasting tot de as",
        "steel_mm2": BARS,
        "axis_distance_mm": BARS,
        "fyk_mpa": BARS,
        "prescribed_mpa": BARS,
        "n_bars": "aanname: 8 staven op een cirkel",
        "rows": "staven: de helft van A_s bij elk van twee zijden",
        "block": "spanningsblok NEN-EN 1992-1-1 3.1.7, tabel 3.1",
        "curve": "bezwijklijn van de doorsnede hierboven",
        "depth_mm": GEOMETRY,
        "diameter_mm": GEOMETRY,
        "h_mm": GEOMETRY,
        "b_mm": GEOMETRY,
        "en1992_column.slenderness.l0_mm": "default:concrete_length_factor",
        "en1992_column.second_order_eccentricity_mm.l0_mm": "default:concrete_length_factor",
        "en1992.imperfection_mm.l0_mm": "default:concrete_length_factor",
        "circular": "vorm van de plattegrond in het model: true als rond",
        "n_ed_kn": "de normaalkracht waarvoor deze stappen gelden: de grootste die voldoet",
        "relative_force": "die normaalkracht gedeeld door N_Rd",
        "phi_ef": "default:creep_effective",
        "m01_knm": "geen moment buiten de excentriciteit",
        "m02_knm": "geen moment buiten de excentriciteit",
        "e_i_mm": "excentriciteit van de belasting (aanname) plus scheefstand l0 / 400 waar die wordt genomen",
        "e_2_mm": "tweede orde hierboven, 0 tot de slankheidsgrens",
        "effective_depth_mm": "halve diepte plus de traagheidsstraal van de staven",
        "en1992_column.second_order_eccentricity_mm.c": "NEN-EN 1992-1-1 5.8.8.2(4): gelijk moment over de hoogte",
    }
)
"""Argument, or function and argument -> what it comes from where no earlier step gave it; ``default:`` names a field of `CheckDefaults`."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Origin:
    """The part whose numbers are asked about; ``offset_mm`` is what existing load adds to its eccentricity."""

    row: int
    parts: Parts
    elements: Elements
    materials: Materials
    factors: FactorSet
    defaults: CheckDefaults
    offset_mm: float = 0.0
    bars: Bars | None = None

    def of(self, function: str, name: str) -> str:
        """Return where the argument ``name`` of a clause function comes from, empty where nothing is told of it."""
        told = NAMES.get(f"{function}.{name}", NAMES.get(name, ""))
        if told == GEOMETRY:
            return f"model: maten van {self._element()}"
        if told == STRENGTH:
            return self.strength()
        if told == SECTION:
            return f"profiel of doorsnede van {self._element()}"
        if told == TIMBER:
            return f"houtklasse, NEN-EN 338 of 14080; {self.strength()}"
        if told == BARS and self.bars is not None:
            return f"aanname wapening {100 * self.bars.ratio:.1f} %, fyk {self.bars.fyk_mpa:g} N/mm2: {self.bars.source}"
        if told == FACTORS:
            return f"factorenset {self.factors.id}, {self.factors.level}: {self.factors.source}"
        if told == DESIGN_STRENGTH:
            return f"f_k / gamma_M maal de oppervlaktefactor; f_k: {self.strength()}"
        if told.startswith("default:"):
            choice = self.defaults.choice_of(told.removeprefix("default:"))
            moved = f"; plus {self.offset_mm:.1f} mm van de bestaande belasting" if name in LOAD_OFFSETS and self.offset_mm > 0.0 else ""
            return f"aanname {choice.what}: {choice.value} ({choice.source}){moved}"
        return told

    def strength(self) -> str:
        """Return where the strength comes from: given, the stated class, or the default of the period."""
        e = int(self.parts.element[self.row])
        source = self.materials.source[e]
        if self.materials.fk_mpa[e] > 0:
            return f"opgegeven sterkte van het metselwerk, {self.materials.fk_mpa[e]:g} N/mm2: {source}"
        if self.materials.strength_mpa[e] > 0:
            return f"sterkteklasse {self.materials.grade[e] or 'opgegeven'}: {source}"
        value = float(self.materials.strength_default_mpa[e])
        if np.isnan(value):
            return "sterkte onbekend"
        return f"standaardwaarde van de bouwperiode, {value:g} N/mm2: geen klasse bekend"

    def _element(self) -> str:
        e = int(self.parts.element[self.row])
        return self.elements.name[e] or self.elements.id[e]
