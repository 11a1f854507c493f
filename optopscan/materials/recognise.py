"""Material group and strength class from a name, in the languages that Dutch models use.

How a name is read
------------------
1. Accents go, underscores and CamelCase become spaces, all lower case.
2. The first rule of `GROUP_RULES` that matches gives the group. Rules stand from
   special to general ("cellenbeton" before "beton"), stems match inside compounds
   ("gewapendbetonvloer"), short words only as whole words ("air", not "stair").
3. A name that holds both a light material and a heavy bearing one ("isolatie op
   beton") is the heavy one: its weight is then not underestimated.
4. A strength class counts when it stands alone, not inside a longer word ("C24" in
   "AC240" does not), and when it belongs to the group that the words give.
5. Without words, a class that belongs to one material only gives the group.

Classes that look alike
-----------------------
``C20/25`` is concrete. ``C24`` without a slash is timber; ``C16``, ``C20``, ``C30`` ..
``C50`` without a slash exist in both and count only next to a timber word; next to
a concrete word they are dropped, because cylinder and cube are not told apart.
``B25`` and ``K225`` are Dutch concrete, ``B500`` a reinforcing steel, ``B250`` nothing.
A stress in MPa counts for steel only, as yield strength.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from optopscan.materials.rows import DensityRow, GradeRow

MatchedBy = Literal["word", "grade", ""]

UNKNOWN = "unknown"

# Groups that carry floors, strongest first; the order breaks ties between layers.
BEARING_GROUPS = (
    "concrete",
    "calcium-silicate",
    "concrete-block",
    "masonry",
    "clay",
    "natural-stone",
    "lightweight-concrete",
    "aerated-concrete",
    "steel",
    "timber",
    "timber-frame",
)


@dataclass(frozen=True, kw_only=True)
class Recognised:
    """What a name says.

    ``strength_mpa`` is what the class states and ``density_kg_m3`` what the group
    weighs, nan where unknown. ``matched`` is the text that decided, "" for none;
    ``matched_by`` tells whether words or a class gave the group.
    """

    group: str
    grade: str | None
    strength_mpa: float
    density_kg_m3: float
    matched: str
    matched_by: MatchedBy


_LIGHT = "insulation"

GROUP_RULES: tuple[tuple[str, str], ...] = (
    # Names that say that nothing is said
    (UNKNOWN, r"\bunknown\b|\bonbekend\b|\bundefined\b|\bunnamed\b|lege arcering|bar joist"),
    # Compounds that hold the name of another material
    ("gravel", r"\bgrind\b|\bgravel\b|\bballast\b|\bkies\b|\bgrava\b|\bgravier\b"),
    ("roof-tile", r"dakpan|betonpan|roof(?:ing)? ?-? ?til|dachziegel|dachstein|\btuile|\bteja"),
    ("aerated-concrete", r"cellenbeton|gasbeton|porenbeton|ytong|hebel\b|beton cellulaire|hormigon celular|aerated|autoclaved|\baac\b"),
    (_LIGHT, r"schuimbeton|foamglas|schaumglas|multipor"),
    ("lightweight-concrete", r"lichtbeton|leichtbeton|lightweight concrete|concrete.{0,4}lightweight|bims|\blc ?\d\d/\d\d\b"),
    ("calcium-silicate", r"kalkzand|kalksand|sand[ -]?lime|calcium[ -]?sili[ck]a|silico[ -]?calcaire|\bkzs\b|\bsilka\b(?! kimmortel)"),
    ("concrete-block", r"beton(?:nen)?[ -]?(?:blok|steen\b|stenen)|concrete[ -]+(?:block|masonry)|betonstein"),
    ("concrete-block", r"\bcmu\b|\bmuwi\b|bloc[s]? (?:de )?beton|bloque[s]? (?:de )?hormigon|parpaing"),
    ("gypsum-block", r"gips(?:wand)?[ -]?blok|gipsdiele|gypsum block|carreau[x]? de platre"),
    ("metal-stud", r"metal[ -]?stud|stud (?:layer|wall|partition)|staanderwand|stijl- en regel|furring"),
    (
        "plasterboard",
        r"gips(?:karton|plaat|platen|faser|vezel)|gyproc|fermacell|rigips|plaster ?board|gypsum|dry ?wall|placoplatre|yeso laminado",
    ),
    ("screed", r"dekvloer|zand[ -]?cement|screed|estrich|anhydriet|anhydrite|\bchape\b"),
    ("mortar", r"mortel|mortar|mortier|mortero|\bgrout\b"),
    (
        "board",
        r"plywood|multiplex|triplex|\bosb|\bmdf\b|spaanplaat|spanplatte|chipboard|particle ?board|hardboard|underlayment|contreplaque",
    ),
    ("timber-frame", r"\bhsb\b|houtskelet|holzrahmen|holzst(?:a|ae)nder|timber[ -]frame|ossature bois"),
    # Light materials whose names hold wood, glass, stone or wool
    (_LIGHT, r"isolat|insul|d(?:a|ae)mm(?:ung|stoff|platte)|aislamiento|isolant"),
    (_LIGHT, r"(?:glas|glass|steen|stein|rock|hout|wood|miner(?:al|ale)?) ?-?woo?l|laine (?:de )?|lana (?:de )?"),
    (_LIGHT, r"houtvezel|fib(?:re|er) ?glass|polystyre|polyureth"),
    (_LIGHT, r"\b(?:eps|xps|pir|pur|resol)\b"),
    ("membrane", r"dakbedekking|bitum|\bepdm\b|membra|\bfoil\b|\bfolie\b|roofing ?-? ?(?:barrier|felt)|vapou?r|dampf|damprem|waterproof"),
    # Bearing materials
    ("concrete", r"stahlbeton|\bbeton|beton\b|betonvloer|betonwand|concrete|hormigon|kanaalplaat|breedplaat|druklaag|in[ -]?situ\b"),
    ("clay", r"baksteen|metselsteen|klinker|\bbrick|brick\b|ziegel|brique|ladrillo|poriso|snelbouw|terracotta|\bclay\b"),
    ("natural-stone", r"natuursteen|naturstein|hardsteen|kalksteen|kalkstein|zandsteen|sandstein|limestone|sandstone"),
    ("natural-stone", r"granit|graniet|marmer|marble|\bstone\b|\bpierre\b|\bpiedra\b"),
    ("masonry", r"metselwerk|mauerwerk|masonry|maconnerie|mamposteria|albanileria"),
    ("aluminium", r"alumin"),
    ("steel", r"staal|\bstahl|stahl\b|\bsteel|steel\b|\bacier|\bacero\b|\b(?:he[abm]|ipe|inp|unp|upe|shs|rhs|chs) ?\d{2,3}\b"),
    ("timber", r"\bhout|hout\b|timber|lumber|\bwood|wood\b|\bholz|holz\b|\bbois\b|\bmadera\b|glulam"),
    ("timber", r"brettschicht|brettsperr|kruislaag|\b(?:clt|lvl|bsh|klh|kerto)\b"),
    ("timber", r"\b(?:vuren|grenen|eiken|lariks|fichte|kiefer|larche|eiche|spruce|pine|oak|larch|cherry|merbau|meranti|douglas)\b"),
    # The rest
    ("ceramic", r"tegel|\btiles?\b|fliese|ceramic|keramisch|keramiek|carrelage|azulejo"),
    ("plaster", r"pleister|stuc|putz|plaster|enduit|\byeso\b|\bgips"),
    ("glass", r"\bglas|glass|glas\b|vidrio|\bverre\b"),
    ("soil", r"\bgrass\b|\bgras\b|\bsoil\b|\baarde\b|\berde\b|\bzand\b|\bsand\b|substraat|sedum|\bearth\b"),
    ("plastic", r"kunststof|kunststoff|\bpvc\b|plastic|polyethyl|polycarb"),
    ("metal", r"\bmetal\b|\bmetaal\b|\bmetall\b|\bzink\b|\blood\b|\bkoper\b|\bzinc\b|\bcopper\b"),
    ("air", r"\b(?:air|lucht|luft|spouw|luchtspouw|luchtlaag|cavity|luftschicht|lame d'air)\b"),
)
_RULES = tuple((group, re.compile(pattern)) for group, pattern in GROUP_RULES)

# A light material next to one of these words is the heavy material (rule 3).
_HEAVY = ("concrete", "calcium-silicate", "concrete-block", "clay", "masonry", "natural-stone")
_GIVES_WAY = frozenset({_LIGHT, "membrane"})

_START, _END = r"(?<![A-Za-z0-9])", r"(?![A-Za-z0-9])"
_C_CONCRETE = re.compile(_START + r"C\s?(\d{1,2})\s?[/_-]\s?(\d{2,3})" + _END, re.I)
_C_TIMBER = re.compile(_START + r"C\s?(14|16|18|20|22|24|27|30|35|40)(?!\s?[/_]\s?\d)" + _END, re.I)
_GLULAM = re.compile(_START + r"GL\s?(\d{2})\s?([hc])" + _END, re.I)
_B = re.compile(_START + r"B\s?(12[.,]5|15|17[.,]5|22[.,]5|25|30|35|45|55|65)(?![.,]\d)" + _END, re.I)
_K = re.compile(_START + r"K\s?(150|160|200|225|250|300|400|450)" + _END, re.I)
_BAR = re.compile(_START + r"(?:(QRn?)\s?(\d{2})|(FeB)\s?(220|400|500)(?:HW[A-Z]*)?|(B)\s?(500)[ABC]?)" + _END, re.I)
_CS = re.compile(_START + r"CS\s?(8|10|12|16|20|28|36)" + _END, re.I)
_S = re.compile(_START + r"S\s?(235|275|355|420|450|460)(?:J[R02]|[JKMNLH][A-Z0-9]{0,3})?" + _END, re.I)
_FE = re.compile(_START + r"Fe\s?(360|430|510)" + _END, re.I)
_ST = re.compile(_START + r"St\.?\s?(37|52)(?:-\d)?" + _END, re.I)
_MPA = re.compile(_START + r"(\d{3})\s?(?:MPa|N/mm2|N/mm²)" + _END, re.I)
# Timber classes that no concrete shares.
_TIMBER_ONLY = frozenset({"14", "18", "22", "24", "27"})


@dataclass(frozen=True)
class _Class:
    """A strength class in a name: its group, its name, and whether it names the group on its own."""

    group: str
    grade: str
    text: str
    alone: bool = True
    strength_mpa: float = math.nan


def _concrete_c(match: re.Match[str]) -> _Class | None:
    """Cylinder / cube: the ratio tells a strength class from a fraction or a size."""
    cylinder, cube = int(match.group(1)), int(match.group(2))
    if not 1.15 * cylinder <= cube <= 1.3 * cylinder:
        return None
    return _Class("concrete", f"C{cylinder}/{cube}", match.group(), strength_mpa=float(cylinder))


def _bar(match: re.Match[str]) -> _Class:
    qr, qr_number, feb, feb_number, _, b_number = match.groups()
    cold_worked = "QRn" if qr and qr.lower() == "qrn" else "QR"
    name = f"{cold_worked}{qr_number}" if qr else f"FeB{feb_number}" if feb else f"B{b_number}"
    return _Class("reinforcement", name, match.group())


_CLASSES: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], _Class | None]], ...] = (
    (_C_CONCRETE, _concrete_c),
    (_GLULAM, lambda m: _Class("timber", f"GL{m.group(1)}{m.group(2).lower()}", m.group())),
    (_CS, lambda m: _Class("calcium-silicate", f"CS{m.group(1)}", m.group())),
    (_S, lambda m: _Class("steel", f"S{m.group(1)}", m.group(), strength_mpa=float(m.group(1)))),
    (_FE, lambda m: _Class("steel", f"Fe{m.group(1)}", m.group())),
    (_ST, lambda m: _Class("steel", f"St{m.group(1)}", m.group())),
    (_K, lambda m: _Class("concrete", f"K{m.group(1)}", m.group())),
    (_B, lambda m: _Class("concrete", f"B{m.group(1).replace(',', '.')}", m.group())),
    (_BAR, _bar),
    (_C_TIMBER, lambda m: _Class("timber", f"C{m.group(1)}", m.group(), alone=m.group(1) in _TIMBER_ONLY)),
    (_MPA, lambda m: _Class("steel", f"{m.group(1)} MPa", m.group(), alone=False, strength_mpa=float(m.group(1)))),
)


def recognise(name: str, *, densities: Sequence[DensityRow] = (), grades: Sequence[GradeRow] = ()) -> Recognised:
    """Return group, strength class and density that a material name tells.

    Parameters
    ----------
    name
        Name of a material or layer as it stands in the model.
    densities
        Density per group [kg/m3]; without rows the density is nan.
    grades
        Strength classes [N/mm2]. Without a row for the class, only a class that holds
        its own strength (C20/25, S235, 345 MPa) has one; else it is nan.

    Examples
    --------
    >>> recognise("Silka Kalkzandsteen CS20").grade
    'CS20'
    >>> recognise("AC240").group
    'unknown'
    """
    group, grade, own_mpa, matched, matched_by = _read(name)
    density = next((row.density_kg_m3 for row in densities if row.group == group), math.nan)
    strength = next((row.strength_mpa for row in grades if row.group == group and row.grade == grade), own_mpa)
    return Recognised(group=group, grade=grade, strength_mpa=strength, density_kg_m3=density, matched=matched, matched_by=matched_by)


@lru_cache(maxsize=4096)
def _read(name: str) -> tuple[str, str | None, float, str, MatchedBy]:
    """Return group, grade, strength in the grade's own name, matched text and what matched; cached, as models repeat names."""
    plain = _plain(name)
    group, word = _group(plain)
    spaced = name.replace("_", " ")
    classes = [found for pattern, make in _CLASSES for match in pattern.finditer(spaced) if (found := make(match)) is not None]
    if word:
        fitting = next((found for found in classes if found.group == group), None)
        if group == "metal" and any(found.group == "steel" for found in classes):
            group, fitting = "steel", next(found for found in classes if found.group == "steel")
        grade, strength = (fitting.grade, fitting.strength_mpa) if fitting else (None, math.nan)
        return group, grade, strength, f"{word} {fitting.text}" if fitting else word, "word"
    alone = [found for found in classes if found.alone]
    if len({found.group for found in alone}) == 1:
        return alone[0].group, alone[0].grade, alone[0].strength_mpa, alone[0].text, "grade"
    return UNKNOWN, None, math.nan, "", ""


def _plain(name: str) -> str:
    """Return the name in lower case without accents, underscores and CamelCase."""
    split = re.sub(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Za-z]{4})(?=\d)", " ", name.replace("_", " "))
    bare = unicodedata.normalize("NFKD", split)
    return "".join(char for char in bare if not unicodedata.combining(char)).lower()


def _group(plain: str) -> tuple[str, str]:
    """Return the group and the word that gave it; ("unknown", "") when no rule matches."""
    for group, pattern in _RULES:
        found = pattern.search(plain)
        if found is None:
            continue
        if group in _GIVES_WAY:
            heavy = next(((other, hit.group()) for other, rule in _RULES if other in _HEAVY and (hit := rule.search(plain))), None)
            if heavy and heavy[1] not in found.group():
                return heavy
        return group, found.group().strip()
    return UNKNOWN, ""
