"""Steel sections from their names: tubes by formula, rolled sections from the nominal sizes in the catalogue.

A name that is not recognised, or that disagrees with the modelled outer sizes,
gives no section; a section is never guessed from its outline.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import Literal

from optopscan.catalog.engineering import load_engineering
from optopscan.catalog.value_rows import SteelProfile
from optopscan.codes import en1993_sections

Curve = Literal["a", "b", "c"]

_NUMBER = r"(\d+(?:[.,]\d+)?)"
_BY = r"\s*[/xX*×]\s*"
_EDGE = r"(?<![A-Za-z0-9.,/])"
_END = r"(?![A-Za-z0-9]|[.,/xX*×]\s*\d)"
_I_NAME = re.compile(_EDGE + r"(IPE|HEA|HEB|HEM|INP|UNP)[\s-]*(\d{2,4})" + _END, re.IGNORECASE)
_HE_NAME = re.compile(_EDGE + r"HE[\s-]*(\d{3,4})[\s-]*([ABM])" + _END, re.IGNORECASE)
_TUBE_3 = re.compile(_EDGE + r"(?:K|KOKER|SHS|RHS)[\s-]*" + _NUMBER + _BY + _NUMBER + _BY + _NUMBER + _END, re.IGNORECASE)
_ROUND = re.compile(_EDGE + r"(?:K|BUIS|CHS|ROND)[\s-]*" + _NUMBER + _BY + _NUMBER + _END, re.IGNORECASE)
_SQUARE_2 = re.compile(_EDGE + r"SHS[\s-]*" + _NUMBER + _BY + _NUMBER + _END, re.IGNORECASE)
_SHS_AFTER = re.compile(_EDGE + _NUMBER + _BY + _NUMBER + r"\s*SHS" + _END, re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class Section:
    """A steel section: outer sizes [mm], area [mm2], second moments [mm4], buckling curves.

    ``slenderness_class3`` is the largest plate slenderness over its class 3 limit at
    fy 235 (EN 1993-1-1 table 5.2).
    """

    name: str
    height_mm: float
    width_mm: float
    area_mm2: float
    i_y_mm4: float
    i_z_mm4: float
    curve_y: Curve
    curve_z: Curve
    slenderness_class3: float
    round: bool
    source: str
    series: str = "tube"
    web_mm: float = math.nan
    flange_mm: float = math.nan
    root_mm: float = math.nan
    toe_mm: float = math.nan

    def is_class4(self, fy_mpa: float) -> bool:
        """Return whether uniform compression makes the section class 4 at this yield strength."""
        epsilon = math.sqrt(235.0 / fy_mpa)
        return self.slenderness_class3 > (epsilon**2 if self.round else epsilon)


def rolled(name: str) -> Section:
    """Return a rolled section from its nominal sizes.

    Raises
    ------
    KeyError
        If the size is not in the catalogue.
    """
    row = load_engineering().steel_profiles[name]
    return _tapered(row) if row.series in ("INP", "UNP") else _parallel(row)


def _parallel(row: SteelProfile) -> Section:
    """Return an I or H section with parallel flanges and four root fillets."""
    h, b, tw, tf, r = row.height_mm, row.width_mm, row.web_mm, row.flange_mm, row.root_mm
    hw = h - 2 * tf
    fillet = (1 - math.pi / 4) * r**2
    arm = r * (10 - 3 * math.pi) / (12 - 3 * math.pi)
    # second moment of one fillet about its leg, then moved to its own centroid
    own = (1 - 5 * math.pi / 16) * r**4 - fillet * arm**2
    area = 2 * b * tf + hw * tw + 4 * fillet
    i_y = (b * h**3 - (b - tw) * hw**3) / 12 + 4 * (own + fillet * (hw / 2 - arm) ** 2)
    i_z = (2 * tf * b**3 + hw * tw**3) / 12 + 4 * (own + fillet * (tw / 2 + arm) ** 2)
    return _rolled(row, area, i_y, i_z)


def _tapered(row: SteelProfile) -> Section:
    """Return an INP or UNP section."""
    shape = en1993_sections.tapered_i_section if row.series == "INP" else en1993_sections.tapered_channel
    made = shape(
        height_mm=row.height_mm,
        width_mm=row.width_mm,
        web_mm=row.web_mm,
        flange_mm=row.flange_mm,
        root_mm=row.root_mm,
        toe_mm=row.toe_mm,
    )
    return _rolled(row, float(made.area_mm2), float(made.i_y_mm4), float(made.i_z_mm4))


def _rolled(row: SteelProfile, area_mm2: float, i_y_mm4: float, i_z_mm4: float) -> Section:
    """Return a rolled section with its buckling curves (EN 1993-1-1 table 6.2, flanges to 40 mm) and plate slenderness."""
    h, b, tw, tf, r = row.height_mm, row.width_mm, row.web_mm, row.flange_mm, row.root_mm
    channel = row.series == "UNP"
    flange = ((b - tw - r) if channel else (b - tw - 2 * r) / 2) / tf / 14.0
    web = (h - 2 * tf - 2 * r) / tw / 42.0
    deep = h / b > 1.2
    return Section(
        name=row.name,
        height_mm=h,
        width_mm=b,
        area_mm2=area_mm2,
        i_y_mm4=i_y_mm4,
        i_z_mm4=i_z_mm4,
        curve_y="c" if channel else "a" if deep else "b",
        curve_z="c" if channel else "b" if deep else "c",
        slenderness_class3=max(flange, web),
        round=False,
        source=row.source,
        series=row.series,
        web_mm=tw,
        flange_mm=tf,
        root_mm=r,
        toe_mm=row.toe_mm,
    )


def rectangular_tube(height_mm: float, width_mm: float, wall_mm: float) -> Section:
    """Return a rectangular tube as cold formed (EN 10219-2 corner radii, curve c).

    A hot-finished tube of the same name is a little larger and stiffer, so this is the safe reading.
    """
    t = wall_mm
    outer = t * (2.0 if t <= 6 else 2.5 if t <= 10 else 3.0)
    inner = outer - t
    area = _rounded_area(height_mm, width_mm, outer) - _rounded_area(height_mm - 2 * t, width_mm - 2 * t, inner)

    def second_moment(h: float, b: float) -> float:
        return _rounded_second_moment(h, b, outer) - _rounded_second_moment(h - 2 * t, b - 2 * t, inner)

    longest = max(height_mm, width_mm)
    return Section(
        name=f"tube {height_mm:g}x{width_mm:g}x{t:g}",
        height_mm=height_mm,
        width_mm=width_mm,
        area_mm2=area,
        i_y_mm4=second_moment(height_mm, width_mm),
        i_z_mm4=second_moment(width_mm, height_mm),
        curve_y="c",
        curve_z="c",
        slenderness_class3=(longest - 2 * outer) / t / 42.0,
        round=False,
        source="formula, EN 10219-2 corner radii",
        web_mm=t,
        flange_mm=t,
        root_mm=outer,
    )


def round_tube(diameter_mm: float, wall_mm: float) -> Section:
    """Return a round tube as cold formed (curve c)."""
    inside = diameter_mm - 2 * wall_mm
    inertia = math.pi / 64 * (diameter_mm**4 - inside**4)
    return Section(
        name=f"round tube {diameter_mm:g}x{wall_mm:g}",
        height_mm=diameter_mm,
        width_mm=diameter_mm,
        area_mm2=math.pi / 4 * (diameter_mm**2 - inside**2),
        i_y_mm4=inertia,
        i_z_mm4=inertia,
        curve_y="c",
        curve_z="c",
        slenderness_class3=diameter_mm / wall_mm / 90.0,
        round=True,
        source="formula",
        web_mm=wall_mm,
        flange_mm=wall_mm,
    )


def parse_section(text: str) -> Section | None:
    """Return the section a name states, None where it states none that we know.

    ``K80/80/4`` is a rectangular tube, ``K152,4/12,5`` a round one: with two numbers
    the round tube is also the smaller of both readings. Sizes are taken in mm.

    Examples
    --------
    >>> parse_section("HE 180 A").name
    'HEA180'
    >>> parse_section("Kolom staal") is None
    True
    """
    if match := _I_NAME.search(text):
        return _known_rolled(f"{match[1].upper()}{match[2]}")
    if match := _HE_NAME.search(text):
        return _known_rolled(f"HE{match[2].upper()}{match[1]}")
    if match := _TUBE_3.search(text):
        return _tube(*(_mm(g) for g in match.groups()))
    if match := _SQUARE_2.search(text) or _SHS_AFTER.search(text):
        side, wall = (_mm(g) for g in match.groups())
        return _tube(side, side, wall)
    if match := _ROUND.search(text):
        diameter, wall = (_mm(g) for g in match.groups())
        return round_tube(diameter, wall) if 0 < wall < diameter / 4 else None
    return None


def agrees(section: Section, side_a_mm: float, side_b_mm: float, tolerance: float = 0.05) -> bool:
    """Return whether modelled outer sides fit the named section; unknown sides (nan) do not contradict."""
    if math.isnan(side_a_mm) or math.isnan(side_b_mm):
        return True
    named = sorted((section.height_mm, section.width_mm))
    drawn = sorted((side_a_mm, side_b_mm))
    return all(abs(d - n) <= tolerance * n + 1.0 for d, n in zip(drawn, named, strict=True))


def _known_rolled(name: str) -> Section | None:
    return rolled(name) if name in load_engineering().steel_profiles else None


def _tube(height_mm: float, width_mm: float, wall_mm: float) -> Section | None:
    if not 0 < wall_mm < min(height_mm, width_mm) / 6:
        return None
    return rectangular_tube(height_mm, width_mm, wall_mm)


def _mm(text: str) -> float:
    return float(text.replace(",", "."))


def _rounded_area(h: float, b: float, r: float) -> float:
    return h * b - (4 - math.pi) * r**2


def _rounded_second_moment(h: float, b: float, r: float) -> float:
    """Second moment of a rectangle with rounded corners about the axis across its height."""
    corner = (1 - math.pi / 4) * r**2
    arm = r * (10 - 3 * math.pi) / (12 - 3 * math.pi)
    own = (1 - 5 * math.pi / 16) * r**4 - corner * arm**2
    # the corner piece left out lies against the outer edges; its arm runs from that edge inwards
    return b * h**3 / 12 - 4 * (own + corner * (h / 2 - arm) ** 2)
