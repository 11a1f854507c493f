"""Names as they stand in models: real exports in Dutch, English, German, and a few in French and Spanish."""

from __future__ import annotations

import math
from dataclasses import dataclass

import pytest

from optopscan.materials import recognise

# The comment is where such names come from.
GROUPS = [
    # Dutch ArchiCAD
    ("02 Beton gewapend - ihw VLOER", "concrete"),
    ("02 Beton gewapend - prefab", "concrete"),
    ("02 Beton ongewapend C", "concrete"),
    ("03 Metselwerk - kalkzandsteen C", "calcium-silicate"),
    ("03 mw-baksteen - geel (liggend)", "clay"),
    ("033 - constructief staal", "steel"),
    ("05 Staal_bordes_hoeklijnen", "steel"),
    ("99 Isolatie - EPS", "insulation"),
    ("Lege arcering (2)", "unknown"),
    # Block supplier
    ("Silka Kalkzandsteen CS12", "calcium-silicate"),
    ("Silka Kim CS20", "calcium-silicate"),
    ("Silka Kimmortel", "mortar"),
    ("Xella Unknown", "unknown"),
    # English Revit
    ("Masonry - Concrete Block", "concrete-block"),
    ("Masonry - Brick", "clay"),
    ("Masonry - Grout", "mortar"),
    ("Concrete - Cast In Situ", "concrete"),
    ("Concrete, Cast-in-Place gray", "concrete"),
    ("Metal - Steel - 345 MPa", "steel"),
    ("Metal - Stud Layer", "metal-stud"),
    ("Misc. Air Layers - Air Space", "air"),
    ("Insulation / Thermal Barriers - Rigid insulation", "insulation"),
    ("Wood - Dimensional Lumber", "timber"),
    ("Wood - Sheathing - plywood", "board"),
    ("Roofing - EPDM Membrane", "membrane"),
    ("Roofing - Barrier", "membrane"),
    ("Site - Grass", "soil"),
    ("Plasterboard", "plasterboard"),
    ("Ceramic Tile", "ceramic"),
    ("Default Wall", "unknown"),
    ("Default Floor", "unknown"),
    ("Cherry", "timber"),
    ("Aluminum", "aluminium"),
    # Analysis model: CamelCase with numbers
    ("StructuralMasonry4", "masonry"),
    ("StructuralTimber", "timber"),
    ("ConcreteRoof", "concrete"),
    ("TimberBoard", "timber"),
    ("Stone", "natural-stone"),
    ("<Unnamed>", "unknown"),
    # English with underscores
    ("stone_sand-lime", "calcium-silicate"),
    ("concrete_reinforced_in-situ", "concrete"),
    ("metal_steel-galvanized", "steel"),
    ("wood_spruce_beam", "timber"),
    ("virtual_black", "unknown"),
    # Single words
    ("baksteen", "clay"),
    ("kalkzandsteen", "calcium-silicate"),
    ("HSB", "timber-frame"),
    ("Cellenbeton", "aerated-concrete"),
    ("Ytong G4/600", "aerated-concrete"),
    ("gasbeton", "aerated-concrete"),
    ("gipsblokken", "gypsum-block"),
    ("gipskartonplaat", "plasterboard"),
    ("zandcementdekvloer", "screed"),
    ("glaswol", "insulation"),
    ("steenwol", "insulation"),
    ("houtvezelplaat", "insulation"),
    ("schuimbeton", "insulation"),
    ("betonpannen", "roof-tile"),
    ("natuursteen", "natural-stone"),
    ("grind", "gravel"),
    # German, French, Spanish
    ("Stahlbeton C25/30", "concrete"),
    ("Kalksandstein", "calcium-silicate"),
    ("Porenbeton PP4", "aerated-concrete"),
    ("Mauerwerk", "masonry"),
    ("Ziegel", "clay"),
    ("Holz", "timber"),
    ("Fichte", "timber"),
    ("Wärmedämmung", "insulation"),
    ("Kalkputz", "plaster"),
    ("béton armé", "concrete"),
    ("brique", "clay"),
    ("acier S355", "steel"),
    ("Hormigón armado", "concrete"),
    ("ladrillo", "clay"),
    ("madera", "timber"),
    ("bloque de hormigón", "concrete-block"),
]


@pytest.mark.parametrize(("name", "group"), GROUPS)
def test_group_of_a_name(name: str, group: str) -> None:
    assert recognise(name).group == group


@pytest.mark.parametrize(
    "name", ["", "zXas7M", "Merged material", "Sash", "Stair", "Repair", "AC240", "B250", "K100x100x5", "C20", "C30", "XC24Y", "345 MPa"]
)
def test_names_that_tell_nothing(name: str) -> None:
    found = recognise(name)
    assert (found.group, found.grade, found.matched) == ("unknown", None, "")
    assert math.isnan(found.strength_mpa)


@pytest.mark.parametrize(
    ("name", "group", "grade"),
    [
        ("C20/25", "concrete", "C20/25"),
        ("beton C28/35 XC1", "concrete", "C28/35"),
        ("C12-15", "concrete", "C12/15"),
        ("B25", "concrete", "B25"),
        ("Beton B17,5", "concrete", "B17.5"),
        ("K225", "concrete", "K225"),
        ("Beton K 300 1965", "concrete", "K300"),
        ("S235JR", "steel", "S235"),
        ("Staal S355J2+N", "steel", "S355"),
        ("St 37-2", "steel", "St37"),
        ("Fe360", "steel", "Fe360"),
        ("Metal - Steel - 345 MPa", "steel", "345 MPa"),
        ("C24", "timber", "C24"),
        ("Hout C20", "timber", "C20"),
        ("GL28h", "timber", "GL28h"),
        ("CS12", "calcium-silicate", "CS12"),
        ("Silka CS20", "calcium-silicate", "CS20"),
        ("FeB500HWL", "reinforcement", "FeB500"),
        ("B500B", "reinforcement", "B500"),
        ("QR40", "reinforcement", "QR40"),
        # A class of another material than the words say is a mark, not a class
        ("Baksteen B25", "clay", None),
        ("Beton C24", "concrete", None),
        # Cylinder or cube? The text stays, without a strength
        ("Beton C20", "concrete", "C20"),
        ("Concrete 28 MPa", "concrete", None),
        # Not a ratio of cylinder to cube
        ("Beton C3/450", "concrete", None),
    ],
)
def test_strength_class_of_a_name(name: str, group: str, grade: str | None) -> None:
    found = recognise(name)
    assert (found.group, found.grade) == (group, grade)


@pytest.mark.parametrize("name", ["isolatie op beton", "prefab beton sandwich met isolatie", "kalkzandsteen met EPS"])
def test_light_and_heavy_in_one_name_weigh_heavy(name: str) -> None:
    assert recognise(name).group in {"concrete", "calcium-silicate"}


@dataclass(frozen=True)
class Row:
    group: str
    grade: str = ""
    strength_mpa: float = math.nan
    density_kg_m3: float = math.nan


def test_rows_give_strength_and_density() -> None:
    grades = [Row("concrete", "K225", 13.0), Row("calcium-silicate", "CS12", 12.0)]
    densities = [Row("concrete", density_kg_m3=2550.0)]
    found = recognise("beton K225", densities=densities, grades=grades)
    assert (found.strength_mpa, found.density_kg_m3) == (13.0, 2550.0)


def test_class_that_holds_its_own_strength_needs_no_row() -> None:
    assert recognise("C20/25").strength_mpa == 20.0
    assert recognise("Steel 345 MPa").strength_mpa == 345.0
    # The number of K225 is a cube strength in kgf/cm2, not N/mm2.
    assert math.isnan(recognise("K225").strength_mpa)
