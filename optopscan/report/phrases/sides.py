"""Verdicts beside the vertical one: stability, wind on walls, anchorage, foundation, robustness, the roof slab as a floor."""

from __future__ import annotations

from optopscan.report.phrases.template import Row

_STABILITY: tuple[Row, ...] = (
    ("{along:direction}: {why:p}", "{along}: {why}"),
    ("geen dragende wanden gevonden", "no bearing walls found"),
    ("het gebouw kantelt als geheel, UC {uc:uc}", "the building tips over as a whole, UC {uc}"),
    (
        "zo slank dat windkracht en trilling buiten de regels voor een blok vallen",
        "so slender that wind force and vibration fall outside the rules for a block",
    ),
    (
        "schijfwerking van de vloer boven bouwlaag {n:n} niet aangetoond (losse platen, hout of onbekend)",
        "diaphragm action of the floor above storey {n} not proven (loose slabs, timber or unknown)",
    ),
    (
        "geen doorgaande stabiliteitswand met bekende sterkte op bouwlaag {n:n}",
        "no continuous stability wall of known strength on storey {n}",
    ),
    (
        "niets houdt de wringing op bouwlaag {n:n}: alle stabiliteitswanden op een lijn",
        "nothing holds the torsion on storey {n}: all stability walls in one line",
    ),
    (
        "tweede-orde-effecten niet verwaarloosbaar (5.4(2): {ratio:uc} maal de grens)",
        "second-order effects not negligible (5.4(2): {ratio} times the limit)",
    ),
    (
        "UC {uc:uc} als losse wandschijven; flenzen en koppeling niet meegerekend",
        "UC {uc} as separate wall panels; flanges and coupling not counted",
    ),
    (
        "UC {uc:uc} bij {safe:site}, {shown_uc:uc} bij {shown:site}, als losse wandschijven",
        "UC {uc} in {safe}, {shown_uc} in {shown}, as separate wall panels",
    ),
)
_WALL_WIND: tuple[Row, ...] = (
    (
        "dragende gevels niet te vinden: geen vloeren, of van geen wand is zeker dat zij draagt",
        "bearing facades cannot be found: no floors, or of no wall is it certain that it bears",
    ),
    ("{n:n} dragende gevelpenanten zonder oordeel: {why:p}", "{n} bearing facade piers without a verdict: {why}"),
    ("geen oordeel op verticale last", "no verdict on vertical load"),
    ("geen toets voor dit materiaal", "no check for this material"),
    (
        "{n:n} dragende gevelpenanten boven 1 als scharnierende strook, hoogste UC {uc:uc} bij {safe:site}",
        "{n} bearing facade piers with UC above 1 as a pinned strip, highest UC {uc} in {safe}",
    ),
    (
        "{n:n} dragende gevelpenanten boven 1 als scharnierende strook, hoogste UC {uc:uc} bij {safe:site} en {shown_uc:uc} bij "
        "{shown:site}",
        "{n} bearing facade piers with UC above 1 as a pinned strip, highest UC {uc} in {safe} and {shown_uc} in {shown}",
    ),
)
_ANCHORAGE: tuple[Row, ...] = (
    ("geen steunpunten onder het dak", "no supports under the roof"),
    ("koppeling niet opgegeven, {need:p}", "connector not stated, {need}"),
    ("koppeling te licht, {need:p}", "connector too light, {need}"),
    ("nodig tot {pull:n} kN/m trek en {slide:n} kN/m afschuiving", "up to {pull} kN/m tension and {slide} kN/m shear needed"),
    ("en alle steunpunten liggen op een lijn", "and all supports lie in one line"),
)
_ROBUSTNESS: tuple[Row, ...] = (
    (
        "van {before:n} naar {after:n} bouwlagen: {old:id} wordt {new:id}; trekbanden, tweede draagweg of sleutelelementen",
        "from {before} to {after} storeys: {old} becomes {new}; ties, a second load path or key elements",
    ),
)
_FOUNDATION: tuple[Row, ...] = (
    (
        "geen grond- of paalgegevens; alleen vergelijking oude en nieuwe belasting",
        "no soil or pile data; only a comparison of old and new load",
    ),
    ("geen grond- of paalgegevens", "no soil or pile data"),
    ("getoetst met opgegeven grond- of paalgegevens", "checked with stated soil or pile data"),
    ("geen grond- of paalgegevens van {n:n} funderingslijnen ({lines:ids})", "no soil or pile data of {n} foundation lines ({lines})"),
    ("en nog {n:n} andere", "and {n} more"),
    ("lijn {line:n}: {why:p}", "line {line}: {why}"),
    ("lijn {line:n}: UC {uc:uc} ({clause:clause})", "line {line}: UC {uc} ({clause})"),
    (
        "UC {uc:uc} zonder, {whole:uc} met het gewicht van de niet getekende fundering",
        "UC {uc} without, {whole} with the weight of the foundation that is not drawn",
    ),
    (
        "UC {uc:uc} zonder wind, {end:uc} aan een einde met wind; spreiding niet getoetst",
        "UC {uc} without wind, {end} at one end with wind; spread not checked",
    ),
    (
        "UC {uc:uc} gemiddeld, {peak:uc} plaatselijk; spreiding niet getoetst",
        "UC {uc} on average, {peak} locally; spreading not checked",
    ),
    ("zetting niet getoetst, blijvende last maal {ratio:n}", "settlement not checked, lasting load times {ratio}"),
    ("soort fundering {kind:quoted}: geen toets", "kind of foundation {kind}: no check"),
    (
        "draagvermogen van de palen niet gegeven; uit sonderingen alleen volgt de negatieve kleef niet",
        "bearing capacity of the piles not given; negative skin friction does not follow from soundings alone",
    ),
    (
        "niet gezegd of het draagvermogen van de palen karakteristiek of rekenwaarde is",
        "not told whether the bearing capacity of the piles is characteristic or a design value",
    ),
    (
        "aantal palen onbekend: geen palen in het model en geen hart-op-hart afstand gegeven",
        "number of piles unknown: no piles in the model and no spacing given",
    ),
    ("breedte van de fundering niet gegeven", "width of the foundation not given"),
    ("lengte van de poer niet gegeven", "length of the pad not given"),
    ("draagkracht van de grond alleen karakteristiek gegeven", "bearing resistance of the soil only given as a characteristic value"),
    (
        "diepte met hoek van inwendige wrijving of ongedraineerde sterkte nodig voor de draagkracht van de grond",
        "depth with angle of internal friction or undrained strength needed for the bearing resistance of the soil",
    ),
    ("{clause:clause}", "{clause}"),
)
_SLAB: tuple[Row, ...] = (
    (
        "wapening onbekend; als vloer {ratio:uc} maal de rekenbelasting waarvoor een dak werd gebouwd",
        "reinforcement unknown; as a floor {ratio} times the design load that a roof was built for",
    ),
)
ROWS: tuple[Row, ...] = (*_STABILITY, *_WALL_WIND, *_ANCHORAGE, *_ROBUSTNESS, *_FOUNDATION, *_SLAB)
