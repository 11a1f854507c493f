"""Variants: what was placed, what limits it, and why nothing fits."""

from __future__ import annotations

from optopscan.report.phrases.template import Row

_PLACED: tuple[Row, ...] = (
    (
        "{n:n} woningen in de onderste nieuwe laag op {area:n} van {usable:n} m2 bruikbaar dak",
        "{n} dwellings in the lowest new storey on {area} of {usable} m2 of usable roof",
    ),
    ("de vorm van het dak begrenst.", "the shape of the roof is the limit."),
    ("alleen naar dakvorm past {area:n} m2.", "by the shape of the roof alone {area} m2 fits."),
    ("De delen eronder begrenzen.", "The parts below are the limit."),
    ("Niet alle posities zijn onderzocht.", "Not all positions were examined."),
    ("{n:n} stapels woningen rusten op delen met onbekende weerstand.", "{n} stacks of dwellings rest on parts of unknown resistance."),
    ("Geen ruimte voor nog een woning in {parts:ids}.", "No room for another dwelling in {parts}."),
    (
        "Geen ruimte voor nog een woning in {parts:ids} en {n:n} andere delen.",
        "No room for another dwelling in {parts} and {n} other parts.",
    ),
    (
        "{n:n} vrije plaatsen belasten delen die nu al geen reserve hebben.",
        "{n} free places load parts that have no reserve even now.",
    ),
    (
        "{n:n} vrije plaatsen belasten delen met onbekende weerstand of onbekende draagfunctie.",
        "{n} free places load parts of unknown resistance or of which it is not known whether they bear.",
    ),
    (
        "Staat op {n:n} eigen kolommen; die, hun fundering en de eigen stabiliteit zijn niet getoetst.",
        "Stands on {n} columns of its own; these, their foundation and its own stability were not checked.",
    ),
    ("Of naast de gevels {m:n} m vrij is, is niet bekend.", "Whether {m} m is free beside the facades is not known."),
    (
        "De kolommen gaan door vloeren en woningen; {n:n} staan binnen {m:n} m vrije ruimte van een dragend deel.",
        "The columns go through floors and dwellings; {n} stand within {m} m of free space of a bearing part.",
    ),
    ("Per vleugel een eigen product.", "A product of its own for each wing."),
    ("Vleugel {k:n}: {name:name}, {n:n} woningen.", "Wing {k}: {name}, {n} dwellings."),
    (
        "Vloeren van de producten verschillen tot {m:n} m in hoogte; het looppad volgt {name:name}.",
        "Floors of the products differ by up to {m} m in height; the walkway follows {name}.",
    ),
)
_REFUSED: tuple[Row, ...] = (
    ("{name:name} gaat tot {most:n} lagen, gevraagd zijn er {asked:n}.", "{name} goes up to {most} storeys, {asked} were asked for."),
    ("Draagsysteem {system:id} van {name:name} zonder {missing:unstated}.", "Support system {system} of {name} without {missing}."),
    ("Gewicht onbekend bij {name:name}: {missing:weights}.", "Weight unknown of {name}: {missing}."),
    ("Geen bruikbaar plat dak na terugligging en obstakels.", "No usable flat roof after setbacks and obstacles."),
    (
        "Geen module van {width:n} x {length:n} m past: bruikbaar dak {area:n} m2, tussenlaag overspant {span:n} m tussen draaglijnen, "
        "oplegging hooguit {offset:n} m naast de wand.",
        "No module of {width} x {length} m fits: usable roof {area} m2, transfer layer spans {span} m between bearing lines, support at "
        "most {offset} m beside the wall.",
    ),
    (
        "De gevraagde verdeling noemt {n:n} woningtypen, {name:name} heeft er {has:n}.",
        "The mix that was asked for names {n} types of dwelling, {name} has {has}.",
    ),
    (
        "De perceelsgrens is niet opgegeven: de afstand tot de perceelsgrens is niet onderzocht.",
        "The plot boundary is not given: the distance to the plot boundary was not examined.",
    ),
    (
        "Er zijn geen buurgebouwen opgegeven: de afstand tot andere gevels is niet onderzocht.",
        "No neighbouring buildings are given: the distance to other facades was not examined.",
    ),
)
ROWS: tuple[Row, ...] = (*_PLACED, *_REFUSED)
