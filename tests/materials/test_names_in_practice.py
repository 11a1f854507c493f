"""Names of materials as Dutch, German and English practice writes them: group and strength class.

Expected values are what a constructeur reads in the name (product literature of the
makers, NEN-EN 206, NEN-EN 338, NEN-EN 10025, DIN 105 / 106 / 4165 designations, old Dutch
classes of GBV, VB and VBC). A class that names no sourced strength keeps its text only.
"""

from __future__ import annotations

import math

import pytest

from optopscan.catalog.engineering import load_engineering
from optopscan.materials import BEARING_GROUPS, recognise

NAMES = [
    # Calcium silicate
    ("CS12", "calcium-silicate", "CS12"),
    ("CS 20", "calcium-silicate", "CS20"),
    ("Silka CS20", "calcium-silicate", "CS20"),
    ("Silka elementen CS-20", "calcium-silicate", "CS20"),
    ("Xella Silka CS36", "calcium-silicate", "CS36"),
    ("kzs 214", "calcium-silicate", None),
    ("KZS CS16 lijmblok", "calcium-silicate", "CS16"),
    ("kalkzandsteenelementen", "calcium-silicate", None),
    ("Calduran hoogbouwelement CS20", "calcium-silicate", "CS20"),
    ("21_kalkzandsteen_dragend", "calcium-silicate", None),
    ("Kalksandstein 12-1.8", "calcium-silicate", "KS 12-1.8"),
    ("KS 12-1,8", "calcium-silicate", "KS 12-1.8"),
    ("KS-R 20-2.0", "calcium-silicate", "KS 20-2.0"),
    ("KS-Mauerwerk", "calcium-silicate", None),
    ("Kalksandsteinmauerwerk", "calcium-silicate", None),
    ("Sand-lime brick", "calcium-silicate", None),
    ("Calcium Silicate Masonry Units", "calcium-silicate", None),
    # Clay
    ("baksteen", "clay", None),
    ("bakstenen gevel rood", "clay", None),
    ("gevelsteen waalformaat baksteen", "clay", None),
    ("snelbouwsteen", "clay", None),
    ("Poriso steen", "clay", None),
    ("Hlz", "clay", None),
    ("HLz 12-0,8", "clay", "HLz 12-0.8"),
    ("Hochlochziegel", "clay", None),
    ("Mz 12-1.8", "clay", "Mz 12-1.8"),
    ("Poroton T8", "clay", None),
    ("Vormauerziegel", "clay", None),
    ("Klinker", "clay", None),
    ("Facing brick", "clay", None),
    ("Brick, Common", "clay", None),
    # Masonry of unknown kind
    ("MW", "masonry", None),
    ("Mauerwerk", "masonry", None),
    ("metselwerk", "masonry", None),
    ("03 Metselwerk dragend", "masonry", None),
    ("Masonry - generic", "masonry", None),
    # Concrete
    ("C20/25", "concrete", "C20/25"),
    ("C 20/25", "concrete", "C20/25"),
    ("Beton C28/35 XC3", "concrete", "C28/35"),
    ("Beton_C30/37_ihwg", "concrete", "C30/37"),
    ("prefab beton", "concrete", None),
    ("prefab beton C35/45", "concrete", "C35/45"),
    ("beton i.h.w. gestort", "concrete", None),
    ("gewapend beton B25", "concrete", "B25"),
    ("B 25", "concrete", "B25"),
    ("B25", "concrete", "B25"),
    ("beton B22,5", "concrete", "B22.5"),
    ("K225", "concrete", "K225"),
    ("beton K 300", "concrete", "K300"),
    ("stampbeton", "concrete", None),
    ("grindbeton", "concrete", None),
    ("Stahlbeton", "concrete", None),
    ("Stahlbeton C25/30", "concrete", "C25/30"),
    ("Ortbeton", "concrete", None),
    ("Beton Bn 250", "concrete", "Bn250"),
    ("Spannbeton-Hohlplatte", "concrete", None),
    ("Concrete, Cast-in-Place, C30/37", "concrete", "C30/37"),
    ("Reinforced concrete C35", "concrete", "C35"),
    ("Precast Concrete", "concrete", None),
    ("VBI kanaalplaat A200", "concrete", None),
    ("HCS 200", "concrete", None),
    ("Hollow core slab", "concrete", None),
    ("breedplaatvloer", "concrete", None),
    ("staalplaatbetonvloer", "concrete", None),
    # Light and old concretes: no strength of ordinary concrete
    ("korrelbeton", "lightweight-concrete", None),
    ("bimsbeton", "lightweight-concrete", None),
    ("Leichtbeton LC25/28", "lightweight-concrete", "LC25/28"),
    ("LC 20/22", "lightweight-concrete", "LC20/22"),
    ("gasbeton", "aerated-concrete", None),
    ("cellenbeton", "aerated-concrete", None),
    ("cellenbeton G4/600", "aerated-concrete", "G4/600"),
    ("Durox blokken", "aerated-concrete", None),
    ("Porenbeton PP4", "aerated-concrete", "PP4"),
    ("Ytong PP2-0,35", "aerated-concrete", "PP2-0.35"),
    ("betonblokken", "concrete-block", None),
    ("betonsteen", "concrete-block", None),
    ("Betonstein", "concrete-block", None),
    ("MUWI stapelbouw", "concrete-block", None),
    # Steel
    ("S235", "steel", "S235"),
    ("S235JR", "steel", "S235"),
    ("S 235 JR", "steel", "S235"),
    ("S355J2+N", "steel", "S355"),
    ("Staal S275", "steel", "S275"),
    ("St37", "steel", "St37"),
    ("Baustahl St 52-3", "steel", "St52"),
    ("Fe360", "steel", "Fe360"),
    ("Fe 360 B", "steel", "Fe360"),
    ("constructiestaal", "steel", None),
    ("stalen ligger", "steel", None),
    ("HEA200", "steel", None),
    ("Staal C20", "steel", None),
    ("betonstaal B500B", "reinforcement", "B500"),
    ("Betonstahl", "reinforcement", None),
    ("FeB400", "reinforcement", "FeB400"),
    ("QR24", "reinforcement", "QR24"),
    # Timber
    ("C24", "timber", "C24"),
    ("hout C18", "timber", "C18"),
    ("naaldhout C 24", "timber", "C24"),
    ("vuren C20", "timber", "C20"),
    ("Nadelholz C24", "timber", "C24"),
    ("GL28h", "timber", "GL28h"),
    ("GL 24h", "timber", "GL24h"),
    ("BSH GL24c", "timber", "GL24c"),
    ("gelamineerd hout", "timber", None),
    ("hardhout D70", "timber", "D70"),
    ("kruislaaghout", "timber", None),
    ("KVH Fichte C24", "timber", "C24"),
    ("Softwood C16", "timber", "C16"),
    ("houten balklaag", "timber", None),
    ("HSB-element", "timber-frame", None),
    # False friends
    ("steenwol", "insulation", None),
    ("steenwolplaat 100", "insulation", None),
    ("rotswol", "insulation", None),
    ("glaswol", "insulation", None),
    ("houtwol", "insulation", None),
    ("houtwolcementplaat", "insulation", None),
    ("schapenwol", "insulation", None),
    ("Mineralwolle", "insulation", None),
    ("MW WLG 035", "insulation", None),
    ("Holzfaserdämmplatte", "insulation", None),
    ("Styropor", "insulation", None),
    ("foamglas", "insulation", None),
    ("schuimbeton", "insulation", None),
    ("spouwisolatie PIR", "insulation", None),
    ("betontegel", "ceramic", None),
    ("betonlook tegel", "ceramic", None),
    ("steenstrips", "ceramic", None),
    ("betonplex", "board", None),
    ("dakpan beton", "roof-tile", None),
    ("metalstud", "metal-stud", None),
    ("Metal-stud 75", "metal-stud", None),
    ("steel stud partition", "metal-stud", None),
    ("plaatstaal", "metal", None),
    ("Trapezblech", "metal", None),
    ("stalen dakplaat", "metal", None),
    ("calciumsilicaatplaat", "plasterboard", None),
    ("gipskartonplaat", "plasterboard", None),
    ("Kalkzementputz", "plaster", None),
    ("metselmortel M5", "mortar", None),
    ("lijmmortel", "mortar", None),
    ("Zementestrich", "screed", None),
    ("glas", "glass", None),
    ("kalksteen", "natural-stone", None),
    ("Sandstein", "natural-stone", None),
    ("luchtspouw", "air", None),
    ("Luftschicht", "air", None),
    # Nothing said
    ("Default", "unknown", None),
    ("Default Wall", "unknown", None),
    ("Unknown", "unknown", None),
    ("onbekend", "unknown", None),
    ("<By Category>", "unknown", None),
    ("Merged material", "unknown", None),
    ("nicht definiert", "unknown", None),
    ("C20", "unknown", None),
    ("M5", "unknown", None),
    ("koker K200/100/8", "unknown", None),
    ("K200x100x8", "unknown", None),
    ("balk B30x50", "unknown", None),
    ("spouwmuur", "unknown", None),
    ("Generic - 200mm", "unknown", None),
]


def test_the_table_is_long_enough_and_names_nothing_twice() -> None:
    assert len(NAMES) == len({name for name, _, _ in NAMES}) >= 120


@pytest.mark.parametrize(("name", "group", "grade"), NAMES, ids=[name for name, _, _ in NAMES])
def test_name(name: str, group: str, grade: str | None) -> None:
    found = recognise(name)
    assert (found.group, found.grade) == (group, grade)


@pytest.mark.parametrize(
    "name", ["Kalksandstein 12-1.8", "HLz 12-0,8", "Porenbeton PP4", "Beton Bn 250", "hardhout D70", "Leichtbeton LC25/28", "Beton C35"]
)
def test_a_class_without_a_source_has_no_strength(name: str) -> None:
    values = load_engineering()
    found = recognise(name, densities=values.densities, grades=values.grades)
    assert found.grade is not None
    assert math.isnan(found.strength_mpa)


@pytest.mark.parametrize(
    ("name", "strength_mpa"),
    # Old Dutch classes after the conversion table that the catalogue cites; the rest is the class itself.
    [("K225", 13.0), ("beton K150", 8.0), ("B22,5", 18.0), ("B35", 28.0), ("C 20/25", 20.0), ("S235JR", 235.0), ("Silka CS20", 20.0)],
)
def test_a_class_with_a_source_has_its_strength(name: str, strength_mpa: float) -> None:
    values = load_engineering()
    assert recognise(name, densities=values.densities, grades=values.grades).strength_mpa == strength_mpa


@pytest.mark.parametrize(
    ("name", "joint", "mortar"),
    [
        ("kalkzandsteen lijmblokken CS12", "thin", ""),
        ("Kalkzandsteen (lijmkwaliteit)", "thin", ""),
        ("KZS verlijmd", "thin", ""),
        ("Kalksandstein Dünnbettmörtel", "thin", ""),
        ("baksteen, metselmortel M5", "general", "M5"),
        ("Mauerwerk HLz 12 M2,5", "general", "M2.5"),
        ("kalkzandsteen vermetseld", "general", ""),
        ("kalkzandsteen", "", ""),
        ("verlijmd gelamineerd hout", "", ""),
        ("beton M10 bouten", "", ""),
    ],
)
def test_joint_and_mortar_of_masonry(name: str, joint: str, mortar: str) -> None:
    found = recognise(name)
    assert (found.joint, found.mortar) == (joint, mortar)


@pytest.mark.parametrize("name", ["steenwol", "betontegel", "houtwol", "glaswol", "metalstud", "plaatstaal", "steenstrips", "betonplex"])
def test_false_friends_never_carry(name: str) -> None:
    assert recognise(name).group not in BEARING_GROUPS
