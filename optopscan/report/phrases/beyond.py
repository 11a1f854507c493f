"""Dwellings beside the roof: against a gable end and in the plinth."""

from __future__ import annotations

from optopscan.report.phrases.template import Row

_GABLE: tuple[Row, ...] = (
    ("aanplak", "gable end"),
    (
        "Kopgevel {id:id} ({width:n} m breed, {blind:p}): {n:n} kolommen van {wide:n} x {long:n} m in {free:p}, {storeys:n} lagen, "
        "{homes:n} woningen met {name:name}.",
        "Gable end {id} ({width} m wide, {blind}): {n} columns of {wide} x {long} m in {free}, {storeys} storeys, {homes} dwellings with "
        "{name}.",
    ),
    ("Geen last op het bestaande gebouw.", "No load on the existing building."),
    ("blind", "blind"),
    ("grotendeels niet in het model", "largely not in the model"),
    ("openingen {share:n}%", "openings {share}%"),
    ("{m:n} m vrije ruimte", "{m} m of free space"),
    ("aangenomen {m:n} m vrije ruimte", "an assumed {m} m of free space"),
    ("Alle vloeren liggen gelijk met de bestaande.", "All floors are level with the existing ones."),
    ("Vloeren niet gelijk met de bestaande: {steps:steps}.", "Floors not level with the existing ones: {steps}."),
    (
        "Openingen achter de nieuwbouw: {n:n}; de woningen daarachter verliezen licht.",
        "Openings behind the new building: {n}; the dwellings behind it lose light.",
    ),
    (
        "Kopgevel {id:id} ({width:n} m breed): openingen {share:n}% van de gevel, meer dan {most:n}%; de woningen erachter zouden hun "
        "licht verliezen.",
        "Gable end {id} ({width} m wide): openings {share}% of the facade, more than {most}%; the dwellings behind it would lose "
        "their light.",
    ),
    (
        "Kopgevel {id:id} ({width:n} m breed): een laag van {storey:n} m komt boven de dakrand op {eaves:n} m uit.",
        "Gable end {id} ({width} m wide): one storey of {storey} m rises above the eaves at {eaves} m.",
    ),
    (
        "Kopgevel {id:id} ({width:n} m breed): {free:n} m vrije ruimte, de kleinste woning van {name:name} vraagt {need:n} m.",
        "Gable end {id} ({width} m wide): {free} m of free space, the smallest dwelling of {name} asks for {need} m.",
    ),
    (
        "Kopgevel {id:id} ({width:n} m breed): te smal voor een module van {long:n} m lang.",
        "Gable end {id} ({width} m wide): too narrow for a module of {long} m in length.",
    ),
    ("eigen fundering en zetting naast de oude fundering", "a foundation of its own and settlement beside the old foundation"),
    ("stabiliteit van de nieuwe stapel", "stability of the new stack"),
    ("brandoverslag en vluchtweg", "fire spread and escape route"),
    ("ruimtelijke regels en erfgrens", "planning rules and plot boundary"),
    ("vrije ruimte voor de kopgevel (perceel niet opgegeven)", "free space in front of the gable end (plot not given)"),
    ("ramen in de kopgevel (het model toont {share:n}% van de gevel)", "windows in the gable end (the model shows {share}% of the facade)"),
    ("wat achter de openingen ligt die dicht gaan ({n:n})", "what lies behind the openings that are closed ({n})"),
    ("ontsluiting (geen galerij of trap bij de kopgevel gevonden)", "access (no gallery or stair found at the gable end)"),
    (
        "ontsluiting van lagen waar geen galerij of trap bij de kopgevel komt",
        "access of storeys where no gallery or stair reaches the gable end",
    ),
    ("ontsluiting van lagen die niet gelijk liggen met de bestaande", "access of storeys that are not level with the existing ones"),
    (
        "of de bestaande galerij of trap de nieuwe woningen mag ontsluiten",
        "whether the existing gallery or stair may give access to the new dwellings",
    ),
)
_PLINTH: tuple[Row, ...] = (
    ("plint", "plinth"),
    (
        "Geen ruimten tussen dragende wanden gevonden onder de eerste verdiepingsvloer.",
        "No rooms between bearing walls found under the floor of the first storey.",
    ),
    (
        "Plint: {n:n} ruimten, waarvan {storage:n} berging of garage ({area:n} m2) en {rest:n} van onbekend gebruik.",
        "Plinth: {n} rooms, of which {storage} storage or garage ({area} m2) and {rest} of unknown use.",
    ),
    ("{n:n} woningen met {name:name} op {area:n} m2.", "{n} dwellings with {name} on {area} m2."),
    ("Geen woning met {name:name}.", "No dwelling with {name}."),
    (
        "Nog {n:n} als de ruimten van onbekend gebruik bergingen zijn.",
        "Another {n} if the rooms of unknown use are storage.",
    ),
    (
        "Vrije hoogte van de bergingen {low:n} tot {high:n} m.",
        "Clear height of the storage rooms {low} to {high} m.",
    ),
    ("De vloer ligt op de grond: de constructie draagt niets extra.", "The floor lies on the ground: the structure carries nothing extra."),
    ("De veranderlijke belasting van de begane-grondvloer daalt.", "The imposed load on the ground floor goes down."),
    ("De veranderlijke belasting van de begane-grondvloer blijft gelijk.", "The imposed load on the ground floor stays the same."),
    ("De veranderlijke belasting van de begane-grondvloer stijgt.", "The imposed load on the ground floor goes up."),
    (
        "Of de veranderlijke belasting van de begane-grondvloer daalt, hangt af van het oude ontwerp.",
        "Whether the imposed load on the ground floor goes down depends on the old design.",
    ),
)
_STOPS: tuple[Row, ...] = (
    ("Niet: {stops:p}.", "Not: {stops}."),
    ("{n:n} x {why:p} ({bay:id}: {numbers:p})", "{n} x {why} ({bay}: {numbers})"),
    ("{n:n} x {why:used} ({bay:id}: {use:use})", "{n} x {why} ({bay}: {use})"),
    ("te laag", "too low"),
    ("te smal", "too narrow"),
    ("te laag voor een module", "too low for a module"),
    ("te groot voor een woning, indeling niet onderzocht", "too large for one dwelling, layout not examined"),
    ("te klein voor een woning in een beuk", "too small for a dwelling in one bay"),
    ("zonder gevel", "without facade"),
    ("te weinig daglicht in een dragende gevel", "too little daylight in a bearing facade"),
    ("geen daglicht", "no daylight"),
    ("{m:n} m vrij, ten minste {least:n} m", "{m} m clear, at least {least} m"),
    ("{m:n} m, ten minste {least:n} m", "{m} m, at least {least} m"),
    ("{m:n} m vrij, module {module:n} m", "{m} m clear, module {module} m"),
    ("{m2:n} m2, grootste woning {largest:n} m2 per beuk", "{m2} m2, largest dwelling {largest} m2 per bay"),
    ("{m2:n} m2, kleinste {least:n} m2", "{m2} m2, smallest {least} m2"),
    ("openingen {m2:n} m2, ten minste {least:n} m2", "openings {m2} m2, at least {least} m2"),
)
_OPEN: tuple[Row, ...] = (
    ("of de laagste bouwlaag boven het maaiveld ligt", "whether the lowest storey lies above ground level"),
    ("geluid en brand tussen plint en woning erboven", "sound and fire between the plinth and the dwelling above"),
    ("vocht, isolatie en leidingen van de begane grond", "moisture, insulation and services of the ground floor"),
    ("of de bestaande woningen hun berging kunnen missen", "whether the existing dwellings can spare their storage"),
    (
        "blijvende last van vloeropbouw en wanden op een begane-grondvloer die niet op de grond ligt",
        "permanent load of floor build-up and walls on a ground floor that does not lie on the ground",
    ),
    ("indeling van ruimten die groter zijn dan twee woningen", "layout of rooms that are larger than two dwellings"),
    ("gebruik van ruimten zonder naam in het model", "use of rooms without a name in the model"),
    ("vrije hoogte (vloer of plafond niet in het model)", "clear height (floor or ceiling not in the model)"),
    (
        "of {m:n} m hoogte mag: onder {new:n} m van nieuwbouw, boven {old:n} m van bestaande bouw",
        "whether a height of {m} m is allowed: below {new} m of new construction, above {old} m of existing buildings",
    ),
    (
        "hoogte na afwerking: onder {drawn:n} m getekend blijft na vloer en plafond geen {new:n} m over",
        "height after finishing: drawn below {drawn} m, no {new} m is left after floor and ceiling",
    ),
    ("daglicht: een nieuwe pui in de gevel is nodig", "daylight: a new front in the facade is needed"),
    ("belemmering van het daglicht en glas in de openingen", "obstruction of daylight and glass in the openings"),
    ("licht achterin: dieper dan {m:n} m met een enkele gevel", "light at the back: deeper than {m} m with a single facade"),
)
ROWS: tuple[Row, ...] = (*_GABLE, *_PLINTH, *_STOPS, *_OPEN)
