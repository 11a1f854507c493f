"""Sources of values: standards, tables and judgement, as the catalogue and the checks name them."""

from __future__ import annotations

from optopscan.report.phrases.template import Row

_OF_CATALOGUE: tuple[Row, ...] = (
    ("psi: {clause:clause}", "psi: {clause}"),
    ("trap binnen de woning", "stair within the dwelling"),
    ("als vluchtweg soms 3,0 gelezen", "as an escape route sometimes read as 3.0"),
    ("dak flauwer dan 15 graden, over ten hoogste 10 m2", "roof flatter than 15 degrees, over at most 10 m2"),
    (
        "nationale bijlage, verkeersruimten in woongebouwen; een bron gevonden; psi van categorie A",
        "national annex, traffic spaces of residential buildings; one source found; psi of category A",
    ),
    ("NEN-EN 1990 nationale bijlage, tabel NB.4 en NB.5", "NEN-EN 1990 national annex, table NB.4 and NB.5"),
    (
        "NEN 8700:2011+A1:2020 tabel A1.2(B) en (C), niet op de norm gecontroleerd",
        "NEN 8700:2011+A1:2020 table A1.2(B) and (C), not checked against the standard",
    ),
    ("rij CC1b", "row CC1b"),
    ("{set:id} {level:level} {cc:id}", "{set} {level} {cc}"),
    (
        "factorentabel van een open toetsmodel voor Amsterdamse bruggen (NEN 8701 en RBK)",
        "factor table of an open assessment model for bridges in Amsterdam (NEN 8701 and RBK)",
    ),
    (
        "gangbare hoofdwapening van kolommen in woning- en kantoorbouw, 0,8 tot 1,5 % van de doorsnede (driehoekig, meest 1,0 %), "
        "oordeel constructeur; dekking, beugel en halve staaf samen 30 tot 50 mm",
        "usual main reinforcement of columns in housing and offices, 0.8 to 1.5 % of the section (triangular, mostly 1.0 %), "
        "judgement of an engineer; cover, link and half a bar together 30 to 50 mm",
    ),
    (
        "typologie woningbouw op kalkzandsteen vanaf 1985 (breedplaat 200-260 mm bij beuken 5,4-7,2 m), oordeel constructeur",
        "typology of housing on calcium silicate from 1985 (plank floor 200-260 mm with bays of 5.4-7.2 m), judgement of an engineer",
    ),
    ("tabel per bouwperiode, oordeel constructeur", "table by building period, judgement of an engineer"),
    ("losgepakt zand, laag genomen; oordeel constructeur", "loose sand, taken low; judgement of an engineer"),
    (
        "beton en grond samen 20 kN/m3 uit de praktijk, maal 1,2; oordeel constructeur",
        "concrete and soil together 20 kN/m3 from practice, times 1.2; judgement of an engineer",
    ),
    (
        "vorstvrij zoals in de praktijk gebruikelijk; oordeel constructeur",
        "free of frost as usual in practice; judgement of an engineer",
    ),
    (
        "5 tot 7 % in zelf nagerekende blokken, naar boven afgerond; oordeel constructeur",
        "5 to 7 % in blocks worked out by ourselves, rounded up; judgement of an engineer",
    ),
    ("praktijk, geen artikel in een norm; oordeel constructeur", "practice, no clause in a standard; judgement of an engineer"),
    ("voet van de wanden boven de vloer", "foot of the walls above the floor"),
)
_OF_CHECKS: tuple[Row, ...] = (
    (
        "instelling; NEN-EN 1990 NB, F_t = F_t0 (1 + (1 - psi0)/9 ln(t/50))",
        "setting; NEN-EN 1990 NB, F_t = F_t0 (1 + (1 - psi0)/9 ln(t/50))",
    ),
    (
        "NEN-EN 1996-1-1 6.1.2 en 6.2, NEN-EN 1992-1-1 12.6, NEN-EN 1991-1-4 7.5",
        "NEN-EN 1996-1-1 6.1.2 and 6.2, NEN-EN 1992-1-1 12.6, NEN-EN 1991-1-4 7.5",
    ),
    ("oordeel constructeur voor gewone mortel", "judgement of an engineer for ordinary mortar"),
    (
        "EN 1996-1-1 tabel 3.1: volle of weinig geperforeerde stenen",
        "EN 1996-1-1 table 3.1: solid units or units with few perforations",
    ),
    ("bestaande stenen zijn niet gecertificeerd", "existing units are not certified"),
    ("metselwerk in verband is dikker dan een steen", "bonded masonry is thicker than one unit"),
    ("driehoekige oplegspanning (gepubliceerde Britse rekenvoorbeelden)", "triangular bearing stress (published British worked examples)"),
    ("rechte momentenlijn naar een scharnierende voet", "straight moment line to a pinned foot"),
    (
        "NEN-EN 1996-1-1 NB 5.5.1.1(5), zoals uitgewerkt in een open rekenprogramma",
        "NEN-EN 1996-1-1 NB 5.5.1.1(5), as worked out in an open calculation program",
    ),
    ("scharnieren aan de einden, geschoord", "pins at the ends, braced"),
    ("geschoord, scharnieren aan de einden", "braced, pins at the ends"),
    (
        "NEN-EN 1992-1-1 5.8.4, rekenvoorbeeld van een betonkolom met dezelfde waarde",
        "NEN-EN 1992-1-1 5.8.4, worked example of a concrete column with the same value",
    ),
    ("het model toont de verbinding van vloer en ligger niet", "the model does not show how floor and beam are joined"),
    ("NEN-EN 1995-1-1 2.3.1.3: binnen een verwarmd gebouw", "NEN-EN 1995-1-1 2.3.1.3: inside a heated building"),
    (
        "ondergrens, oordeel constructeur: het model toont de oplegging niet",
        "lower bound, judgement of an engineer: the model does not show the bearing",
    ),
)
ROWS: tuple[Row, ...] = (*_OF_CATALOGUE, *_OF_CHECKS)
