"""Flags and rules: what triggers them in the model, what asks for a judgement, and articles. Their sentences are in the catalogue."""

from __future__ import annotations

from optopscan.report.phrases.template import Row

_ARTICLES: tuple[Row, ...] = (
    ("{act:act}, Bbl-nummer te controleren", "{act}, number in the Bbl to be checked"),
    ("{act:act}, artikel en Bbl-nummer te controleren", "{act}, article and number in the Bbl to be checked"),
    ("BW {article:n}:{number:n} lid {paragraph:n}", "Dutch Civil Code {article}:{number} paragraph {paragraph}"),
    ("BW 5:139 en 5:140", "Dutch Civil Code 5:139 and 5:140"),
    ("omgevingsplan van de gemeente", "plan of the municipality"),
)
_SIGNALS: tuple[Row, ...] = (
    ("optopping met {n:n} bouwlaag", "extension of {n} storey"),
    ("optopping met {n:n} bouwlagen", "extension of {n} storeys"),
    ("{n:n} galerij- of balkonplaten in het model ({which:few})", "{n} gallery or balcony slabs in the model ({which})"),
    ("dakvloer van {group:bearing_group} ({which:few})", "roof slab of {group} ({which})"),
    ("naam met {name:quoted} ({which:few})", "name with {name} ({which})"),
    ("dragende wanden van betonblokken ({which:few})", "bearing walls of concrete blocks ({which})"),
    ("ook plat dak op z {z:numbers} m", "also flat roof at z {z} m"),
    ("terugligging {m:n} m", "setback {m} m"),
)
_LIMITS: tuple[Row, ...] = (
    (
        "{quantity:id} = {value:n}, binnen {near:n} van de grens {limit:n}",
        "{quantity} = {value}, within {near} of the limit {limit}",
    ),
    ("{quantity:id} niet bekend", "{quantity} not known"),
    ("{quantity:id} = {value:n}; of dat er is: {met:id} niet bekend", "{quantity} = {value}; whether it is there: {met} not known"),
)
_TRIGGERS: tuple[Row, ...] = (
    ("hoogste vloer van een verblijfsgebied tot en met 7 m", "highest floor of a living area up to and including 7 m"),
    (
        "hoogste vloer van een verblijfsgebied boven 7 m tot en met 13 m",
        "highest floor of a living area above 7 m up to and including 13 m",
    ),
    ("hoogste vloer van een verblijfsgebied boven 13 m", "highest floor of a living area above 13 m"),
    (
        "vloer van een verblijfsgebied boven 12,5 m, of meer dan 3500 m2 boven 1,5 m",
        "floor of a living area above 12.5 m, or more than 3500 m2 above 1.5 m",
    ),
    ("vloer van een woning boven 12,5 m aan een enkele trap", "floor of a dwelling above 12.5 m on a single stair"),
    ("meer dan 800 m2 gebruiksoppervlakte aan een enkele trap", "more than 800 m2 of usable floor area on a single stair"),
    ("een woning groter dan 150 m2 aan een enkele trap", "a dwelling larger than 150 m2 on a single stair"),
    ("gevel boven 13 m", "facade above 13 m"),
    ("vloer van een verblijfsgebied boven 20 m", "floor of a living area above 20 m"),
    ("vloer van een verblijfsgebied boven 70 m", "floor of a living area above 70 m"),
    (
        "van ten hoogste 4 naar 5 of meer bouwlagen boven het maaiveld; een plint met bergingen telt mee",
        "from at most 4 to 5 or more storeys above ground level; a plinth with storage counts",
    ),
    ("altijd bij nieuwe bouwlagen", "always with new storeys"),
    ("wooncomplex met tien of meer huurwoningen", "residential complex with ten or more rented dwellings"),
    ("vereniging van eigenaars", "association of owners"),
    ("gemeente in het Groningse aardbevingsgebied", "municipality in the earthquake area of Groningen"),
    ("uitkragende betonnen galerij- of balkonplaat", "cantilevered concrete gallery or balcony slab"),
    ("dak van cellenbeton, staalplaat of hout", "roof of aerated concrete, steel sheet or timber"),
    (
        "plaatverbindingen van prefab, holle betonblokken, korrelbeton of Airey",
        "panel joints of prefabricated building, hollow concrete blocks, no-fines concrete or Airey",
    ),
    ("spouwmuur van voor 1985", "cavity wall from before 1985"),
    ("houten palen, of gebouwd voor 1970 in een paalgebied", "timber piles, or built before 1970 in an area of piles"),
    (
        "begane-grondvloer van 1965 tot en met 1982 met chloride in het beton",
        "ground floor from 1965 to 1982 with chloride in the concrete",
    ),
    ("dakafwerking of grind verwijderd", "roof finish or gravel removed"),
    ("buren delen een bouwmuur of fundering", "neighbours share a party wall or foundation"),
    ("de nieuwe bouw bedekt niet het hele dak", "the new building does not cover the whole roof"),
)
ROWS: tuple[Row, ...] = (*_ARTICLES, *_SIGNALS, *_LIMITS, *_TRIGGERS)
