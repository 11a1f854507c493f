"""What properties, codes and names say of bearing, in Dutch, English and German.

Everything here reads text; nothing looks at geometry. New habits of tools are rows in
the tables below.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from optopscan.model.building import Elements, PropertyValue

FAMILIES: tuple[tuple[str, ...], ...] = (("wall",), ("slab", "roof"), ("column", "beam", "member"))

_COMMON = re.compile(r"^Pset_\w+Common\.LoadBearing$")
_VENDOR_KEY = re.compile(
    r"load.?bearing|structural[ _]?(usage|function)$|^structural$|tragend|niet.?dragend|\bdragend|draagfunctie|constructieve? ?functie",
    re.IGNORECASE,
)
_NEGATED = r"\b(?:non|not|no|nicht|niet|geen|kein\w*)[ _-]*"
_SAYS_NO = re.compile(_NEGATED + r"(?:load|bearing|trag|drag|struct|constr)", re.IGNORECASE)
_SAYS_YES = re.compile(r"bearing|tragend|dragend|\bshear\b|structural|constructief|combined", re.IGNORECASE)
_TRUE, _FALSE = frozenset(("true", "yes", "ja", "1", "1.0", "2", "2.0", "3", "3.0")), frozenset(("false", "no", "nee", "nein", "0", "0.0"))

# NL-SfB table 1 of elements: (21.1) outer walls not bearing, (21.2) bearing; (22.x) the same inside; (28) main structure.
_SFB_YES = re.compile(r"^(?:2[12]\.2|23\.2|27\.2|28|1[67])")
_SFB_NO = re.compile(r"^(?:2[12]\.1|22\.3|3\d|4\d)")
_SFB_IN_TEXT = re.compile(r"(?:^|[\s_(\[])((?:1[367]|2[1-8]|3[1-8]|4[1-8])\.\d{1,2})(?![\d.])")
# DIN 276 cost groups: 331/341 bearing outer/inner walls, 332/342 the same not bearing, 333/343 columns.
_DIN_YES, _DIN_NO = re.compile(r"^3[34][13]\b"), re.compile(r"^(?:3[34]2|346)\b")
# Uniformat / assembly code: A foundations and basement walls, B10 superstructure, C10 partitions.
_UNI_YES, _UNI_NO = re.compile(r"^(?:A[12]0|B10)"), re.compile(r"^C10")
_OMNI_NO = re.compile(r"^21[ -]?03[ -]?10[ -]?10")

# First match decides; from what is said outright to what is merely usual.
_NAMES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (signal, re.compile(pattern, re.IGNORECASE))
    for signal, pattern in (
        ("name_not_bearing", _NEGATED + r"(?:load|bearing|trag|drag|struct|constructief)|\bn\.?d\.?[ _-](?:wand|muur)"),
        (
            "name_light",
            r"metal[ -]?stud|stud wall|\d ?mm stud|voorzetwand|vorsatzschale|furring|\blining\b|gevelpui|\bpui(?:en)?\b|vliesgevel|"
            r"curtain|systeemwand|trockenbau|dry ?wall|gipswand|glaswand|glazen wand|glas(?:bouw)?st(?:een|ei)n|glass ?block|"
            r"sandwichpaneel|"
            r"gevelvulling|facade infill|gevelbekleding|cladding|bekleding|stucwerk|tegelwerk|tiling",
        ),
        (
            "name_outer_leaf",
            r"buitenblad|buitenspouw|outer leaf|gevelsteen|gevelmetselwerk|schoon(?:metsel)?werk|facing brick|verblend|veneer|vormauer",
        ),
        ("name_parapet", r"parapet|borstwering|dakrand|balustrade|attika|br(?:u|ü|ue)stung|tuinmuur|garden wall|schutting|opstand"),
        ("name_bearing", r"\bdragend|load[ -]?bearing|\btragend|bearing wall|constructieve? (?:wand|muur)"),
        (
            "name_structural",
            r"bouwmuur|woningscheid|party wall|scheidingsmuur woning|kernwand|stabiliteit|shear wall|liftwand|liftschacht|trappenhuism|"
            r"kelderwand|kelderm|basement wall|foundation|fundering|retaining|keerwand|structural|kopgevelwand|middenmuur|\bcore wall",
        ),
        ("name_partition", r"scheidingswand|partition|tussenwand|separatie|trennwand|plumbing|schachtwand|shaft wall|lichte wand"),
        ("name_inner_leaf", r"binnenblad|binnenspouw|inner leaf"),
    )
)
_TRIM = re.compile(
    r"mullion|transom|\bstijl\b|\bregel\b|baluster|leuning|railing|hekwerk|\btrim\b|sierkolom|decorat|plint|fascia|boei(?:board|deel)", re.I
)
_STRENGTH_KEY = re.compile(r"druksterkte|sterkteklasse|strength|festigkeit|betonkwaliteit", re.IGNORECASE)

_TYPE_NO = frozenset(("PARTITIONING", "PARAPET", "PLUMBINGWALL", "MOVABLE"))
_TYPE_YES = frozenset(("SHEAR", "RETAININGWALL"))


def name_signal(text: str) -> tuple[str, str] | None:
    """Return the signal that a name or type name of a wall gives and the words that gave it, or None."""
    for signal, pattern in _NAMES:
        found = pattern.search(text)
        if found:
            return signal, found.group().strip()
    return None


def trim_word(text: str) -> str | None:
    """Return the word that makes a bar a post, rail or trim, or None."""
    found = _TRIM.search(text)
    return found.group() if found else None


def type_signal(predefined: str | None) -> str | None:
    """Return the signal of a predefined type, or None."""
    if predefined in _TYPE_NO:
        return "type_partitioning"
    return "type_structural" if predefined in _TYPE_YES else None


def states_strength(elements: Elements, row: int, grade: str | None) -> str | None:
    """Return the strength class or the property that states a strength, or None."""
    if grade:
        return grade
    for key, value in elements.properties[row].items():
        if _STRENGTH_KEY.search(key.rsplit(".", 1)[-1]) and str(value).strip():
            return f"{key} = {value}"
    return None


def classified(elements: Elements, row: int) -> tuple[str, str] | None:
    """Return the signal of the classification codes of an element and the code, or None.

    Codes are read from classification references, from code properties and, for
    NL-SfB, from names of the element, its type and its materials ("21.21_kalkzandsteen").
    """
    for key, value in sorted(elements.properties[row].items()):
        signal = _code(key.lower(), str(value).strip())
        if signal:
            return signal, f"{key.rsplit('.', 1)[-1]} {value}"
    for text in (elements.name[row], elements.type_name[row], *(layer.name for layer in elements.layers[row])):
        for found in _SFB_IN_TEXT.finditer(text):
            signal = _sfb(found.group(1))
            if signal:
                return signal, f"NL-SfB {found.group(1)} in {text!r}"
    return None


def _code(key: str, value: str) -> str | None:
    if "sfb" in key:
        return _sfb(value.lstrip("( ").split(")")[0])
    if "din" in key and "276" in key:
        return "classified_bearing" if _DIN_YES.match(value) else ("classified_not" if _DIN_NO.match(value) else None)
    if "uniformat" in key or "assembly" in key:
        return "classified_bearing" if _UNI_YES.match(value) else ("classified_not" if _UNI_NO.match(value) else None)
    if "omniclass" in key:
        return "classified_not" if _OMNI_NO.match(value) else None
    return None


def _sfb(code: str) -> str | None:
    if _SFB_YES.match(code):
        return "classified_bearing"
    return "classified_not" if _SFB_NO.match(code) else None


def vendor_flags(elements: Elements, row: int) -> Iterable[tuple[str, bool, str]]:
    """Yield (property, value, text) of every vendor property that says whether an element bears."""
    for key, value in sorted(elements.properties[row].items()):
        name = key.rsplit(".", 1)[-1]
        if _COMMON.match(key) or not _VENDOR_KEY.search(name):
            continue
        said = _said(value, negated=bool(_SAYS_NO.search(name)))
        if said is not None and not (isinstance(value, float) and elements.kind[row] != "wall"):
            yield name.lower(), said, f"{name} = {value}"


def _said(value: PropertyValue, *, negated: bool) -> bool | None:
    """Return what a vendor value says; a property called "non-bearing" turns it round. Undefined says nothing."""
    text = str(value).strip().lower()
    if text in _TRUE:
        return not negated
    if text in _FALSE:
        return negated
    if _SAYS_NO.search(text):
        return False
    if re.search(r"nicht definiert|niet gedefinieerd|undefined|onbekend", text):
        return None
    return True if _SAYS_YES.search(text) else None
