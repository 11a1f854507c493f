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

Strength classes are read in `optopscan.materials.classes`.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from optopscan.materials.classes import joint_of, strength_classes
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

MASONRY_GROUPS = frozenset({"calcium-silicate", "concrete-block", "masonry", "clay", "natural-stone", "aerated-concrete"})

DUTCH = {
    "concrete": "beton",
    "calcium-silicate": "kalkzandsteen",
    "concrete-block": "betonblokken",
    "masonry": "metselwerk",
    "clay": "baksteen",
    "natural-stone": "natuursteen",
    "lightweight-concrete": "lichtbeton",
    "aerated-concrete": "cellenbeton",
    "steel": "staal",
    "timber": "hout",
    "timber-frame": "houtskeletbouw",
}


@dataclass(frozen=True, kw_only=True)
class Recognised:
    """What a name says.

    ``strength_mpa`` is what the class states and ``density_kg_m3`` what the group
    weighs, nan where unknown. ``matched`` is the text that decided, "" for none;
    ``matched_by`` tells whether words or a class gave the group. ``joint`` is "thin" or
    "general" where a name of masonry says how it is jointed, ``mortar`` its class ("M5").
    """

    group: str
    grade: str | None
    strength_mpa: float
    density_kg_m3: float
    matched: str
    matched_by: MatchedBy
    joint: str = ""
    mortar: str = ""


_LIGHT = "insulation"

GROUP_RULES: tuple[tuple[str, str], ...] = (
    # Names that say that nothing is said
    (UNKNOWN, r"\bunknown\b|\bonbekend\b|\bundefined\b|\bunnamed\b|lege arcering|bar joist"),
    # Compounds that hold the name of another material
    ("gravel", r"\bgrind\b|\bgravel\b|\bballast\b|\bkies\b|\bgrava\b|\bgravier\b"),
    ("ceramic", r"betontegel|betonlook|steenstrip|tegelvloer"),
    ("reinforcement", r"betonstaal|betonstahl|betonrippenstahl|\brebar|reinforcing (?:bar|steel)"),
    ("reinforcement", r"wapenings?(?:staal|net|staaf)|bewehrung"),
    ("metal", r"plaatstaal|staalplaat(?!-?beton)|stalen (?:dak)?plaat|damwand(?:profiel|plaat)"),
    (
        "metal",
        r"blech\b|sheet (?:metal|steel)|steel deck\b(?!.*concrete)",
    ),
    ("board", r"betonplex|betontriplex"),
    ("roof-tile", r"dakpan|betonpan|roof(?:ing)? ?-? ?til|dachziegel|dachstein|\btuile|\bteja"),
    ("aerated-concrete", r"cellenbeton|gasbeton|porenbeton|ytong|durox|hebel\b"),
    (
        "aerated-concrete",
        r"beton cellulaire|hormigon celular|aerated|autoclaved|\baac\b",
    ),
    (_LIGHT, r"schuimbeton|foamglas|schaumglas|multipor"),
    ("lightweight-concrete", r"lichtbeton|leichtbeton|korrelbeton|lightweight concrete|concrete.{0,4}lightweight|bims|\blc ?\d\d/\d\d\b"),
    ("plasterboard", r"calcium[ -]?sili[ck]a.{0,14}(?:board|plaat|platte|panel)"),
    ("calcium-silicate", r"kalkzand|kalksand|sand[ -]?lime|calcium[ -]?sili[ck]a|silico[ -]?calcaire|\bkzs\b|\bsilka\b(?! kimmortel)"),
    ("calcium-silicate", r"calduran|\bks-(?:mauerwerk|planstein|plansteine|xl|quadro)"),
    ("concrete-block", r"beton(?:nen)?[ -]?(?:blok|steen\b|stenen)|concrete[ -]+(?:block|masonry)|betonstein"),
    ("concrete-block", r"\bcmu\b|\bmuwi\b|bloc[s]? (?:de )?beton|bloque[s]? (?:de )?hormigon|parpaing"),
    ("gypsum-block", r"gips(?:wand)?[ -]?blok|gipsdiele|gypsum block|carreau[x]? de platre"),
    ("metal-stud", r"metal[ -]?stud|stud (?:layer|wall|partition)|steel stud|staanderwand|stijl- en regel|furring"),
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
    (_LIGHT, r"[a-z]{3,}wol(?:le)?\b|\bwl[gs] ?\d|styropor|styrodur"),
    (_LIGHT, r"houtvezel|fib(?:re|er) ?glass|polystyre|polyureth"),
    (_LIGHT, r"\b(?:eps|xps|pir|pur|resol)\b"),
    ("membrane", r"dakbedekking|bitum|\bepdm\b|membra|\bfoil\b|\bfolie\b|roofing ?-? ?(?:barrier|felt)|vapou?r|dampf|damprem|waterproof"),
    # Bearing materials
    ("concrete", r"stahlbeton|\bbeton|beton\b|betonvloer|betonwand|concrete|hormigon|kanaalplaat|breedplaat|druklaag|in[ -]?situ\b"),
    ("concrete", r"hollow[ -]?core|hohlplatte|\bhcs ?\d|\bvbi\b"),
    ("clay", r"baksteen|bakstenen|metselsteen"),
    (
        "clay",
        r"poroton|\bhlz[a-z]?\b|\bv?mz ?\d|klinker|\bbrick|brick\b|ziegel|brique|ladrillo|poriso|snelbouw|terracotta|\bclay\b",
    ),
    ("natural-stone", r"natuursteen|naturstein|hardsteen|kalksteen|kalkstein|zandsteen|sandstein|limestone|sandstone"),
    ("natural-stone", r"granit|graniet|marmer|marble|\bstone\b|\bpierre\b|\bpiedra\b"),
    ("masonry", r"metselwerk|\bmw\b|mauerwerk|masonry|maconnerie|mamposteria|albanileria"),
    ("aluminium", r"alumin"),
    ("steel", r"staal|\bstalen\b|\bstahl|stahl\b|\bsteel|steel\b|\bacier|\bacero\b|\b(?:he[abm]|ipe|inp|unp|upe|shs|rhs|chs) ?\d{2,3}\b"),
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
_GIVES_WAY = frozenset({_LIGHT, "membrane", "mortar"})


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
    joint, mortar = joint_of(name) if group in MASONRY_GROUPS else ("", "")
    return Recognised(
        group=group,
        grade=grade,
        strength_mpa=strength,
        density_kg_m3=density,
        matched=matched,
        matched_by=matched_by,
        joint=joint,
        mortar=mortar,
    )


@lru_cache(maxsize=4096)
def _read(name: str) -> tuple[str, str | None, float, str, MatchedBy]:
    """Return group, grade, strength in the grade's own name, matched text and what matched; cached, as models repeat names."""
    group, word = _group(_plain(name))
    classes = strength_classes(name)
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
            heavy = _heavy(plain, group)
            if heavy and heavy[1] not in found.group():
                return heavy
        return group, found.group().strip()
    return UNKNOWN, ""


def _heavy(plain: str, light: str) -> tuple[str, str] | None:
    """Return group and word of a heavy material next to a light one or a mortar.

    "MW" beside an insulation word is mineral wool, and masonry beside grout says where the grout goes.
    """
    for other, rule in _RULES:
        hit = rule.search(plain) if other in _HEAVY else None
        if hit and hit.group() != "mw" and (other, light) != ("masonry", "mortar"):
            return other, hit.group()
    return None
