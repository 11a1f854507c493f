"""Access of new dwellings: what a walkway is, what it cannot reach, and what is asked of routes, stairs and lifts."""

from __future__ import annotations

from optopscan.report.phrases.template import Row

_SCHEME: tuple[Row, ...] = (
    ("Portiek: {n:n} bestaand trappenhuis verlengd, met een bordes.", "Stairwell access: {n} existing stairwell extended, with a landing."),
    (
        "Portiek: {n:n} bestaande trappenhuizen verlengd, met een bordes.",
        "Stairwell access: {n} existing stairwells extended, with a landing.",
    ),
    ("Galerij langs de {side:side}: {long:n} m lang, {wide:n} m breed.", "Gallery along the {side}: {long} m long, {wide} m wide."),
    ("Corridor: {long:n} m lang, {wide:n} m breed.", "Corridor: {long} m long, {wide} m wide."),
    ("{n:n} bestaand trappenhuis verlengd.", "{n} existing stairwell extended."),
    ("{n:n} bestaande trappenhuizen verlengd.", "{n} existing stairwells extended."),
    (
        "Van {n:n} daarvan is niet zeker dat het een trappenhuis tot het dak is.",
        "Of {n} of these it is not certain that it is a stairwell up to the roof.",
    ),
    ("{n:n} nieuw trappenhuis aan de kopgevel, op eigen fundering.", "{n} new stairwell at the gable end, on a foundation of its own."),
    ("{n:n} nieuw trappenhuis tegen de gevel, op eigen fundering.", "{n} new stairwell against the facade, on a foundation of its own."),
    (
        "{n:n} nieuwe trappenhuizen aan de kopgevel, op eigen fundering.",
        "{n} new stairwells at the gable end, on a foundation of their own.",
    ),
    (
        "{n:n} nieuwe trappenhuizen tegen de gevel, op eigen fundering.",
        "{n} new stairwells against the facade, on a foundation of their own.",
    ),
    (
        "Op de gevraagde zijde ligt geen lange zijde; daarom zijn alle zijden bekeken.",
        "No long side lies on the side that was asked for; so all sides were looked at.",
    ),
    (
        "Niet overal past aan weerszijden een woning; daar ligt de corridor langs de gevel.",
        "Not everywhere does a dwelling fit on both sides; there the corridor lies along the facade.",
    ),
    (
        "{m:n} m is onderbroken door obstakels en bereikt geen trap; dat telt niet mee.",
        "{m} m is interrupted by obstacles and reaches no stair; it does not count.",
    ),
    ("Dakdelen van samen {m2:n} m2 hebben geen ontsluiting.", "Parts of the roof of {m2} m2 together have no access."),
)
_FAULTS: tuple[Row, ...] = (
    (
        "Geen ontsluiting van de gevraagde soort ({kind:id}) bereikt een trappenhuis.",
        "No access of the kind that was asked for ({kind}) reaches a stairwell.",
    ),
    (
        "over {m:n} m rust het looppad nergens op; de tussenlaag overspant {span:n} m.",
        "over {m} m the walkway rests on nothing; the transfer layer spans {span} m.",
    ),
    (
        "{n:n} delen van het looppad belasten delen die nu al geen reserve hebben.",
        "{n} pieces of the walkway load parts that have no reserve even now.",
    ),
    (
        "Het looppad alleen is al te zwaar voor {part:id} (rekenwaarde {kn:n} kN te veel).",
        "The walkway alone is already too heavy for {part} (design value {kn} kN too much).",
    ),
)
_FINDINGS: tuple[Row, ...] = (
    ("{n:n} van {of:n} woningen hebben een deur aan de ontsluiting.", "{n} of {of} dwellings have a door on the access."),
    (
        "{n:n} trappenhuizen komen niet zeker tot het dak: klopt dat?",
        "{n} stairwells do not certainly reach the roof: is that right?",
    ),
    ("Kleinste vrije breedte {least:n} m, gevraagd {asked:n} m.", "Least clear width {least} m, {asked} m asked for."),
    (
        "Langste van twee routes door de besloten ruimte {m:n} m, grens {limit:n} m.",
        "Longest of two routes through the enclosed space {m} m, limit {limit} m.",
    ),
    (
        "Langste weg naar een trap {m:n} m; voor één route over de besloten ruimte is geen grens gevonden: aanvaardbaar?",
        "Longest way to a stair {m} m; for one route through the enclosed space no limit was found: acceptable?",
    ),
    (
        "Langste weg naar een trap {m:n} m; voor één route over de galerij is geen grens gevonden: aanvaardbaar?",
        "Longest way to a stair {m} m; for one route along the gallery no limit was found: acceptable?",
    ),
    (
        "{n:n} woningen aan een doodlopend eind van ten hoogste {m:n} m: voor hen telt één trap.",
        "{n} dwellings on a dead end of at most {m} m: for them one stair counts.",
    ),
    ("Vloer op {m:n} m, aan één trap hooguit {limit:n} m.", "Floor at {m} m, on one stair at most {limit} m."),
    ("Vloer op onbekend, aan één trap hooguit {limit:n} m.", "Floor at an unknown height, on one stair at most {limit} m."),
    ("Op één trap {m2:n} m2, hooguit {limit:n} m2.", "On one stair {m2} m2, at most {limit} m2."),
    ("Op één trap ten minste {m2:n} m2, hooguit {limit:n} m2.", "On one stair at least {m2} m2, at most {limit} m2."),
    ("Grootste woning aan één trap {m2:n} m2, hooguit {limit:n} m2.", "Largest dwelling on one stair {m2} m2, at most {limit} m2."),
    ("Grootste woning aan één trap onbekend, hooguit {limit:n} m2.", "Largest dwelling on one stair unknown, at most {limit} m2."),
    ("Een lift is nodig; {n:n} woningen bereiken geen lift.", "A lift is needed; {n} dwellings reach no lift."),
    ("Geen lift nodig; {n:n} woningen bereiken geen lift.", "No lift needed; {n} dwellings reach no lift."),
    (
        "Is een lift nodig? Dat hangt af van hoogte en oppervlakte; {n:n} woningen bereiken geen lift.",
        "Is a lift needed? That depends on height and area; {n} dwellings reach no lift.",
    ),
    (
        "{n:n} nieuwe trappenhuizen: fundering, stabiliteit, perceel en weg naar de straat zijn niet onderzocht.",
        "{n} new stairwells: foundation, stability, plot and way to the street were not examined.",
    ),
    (
        "Ten hoogste {n:n} woningen aan een bordes; gebruikelijk is hooguit {usual:n}.",
        "At most {n} dwellings on one landing; usual is at most {usual}.",
    ),
)
ROWS: tuple[Row, ...] = (*_SCHEME, *_FAULTS, *_FINDINGS)
