"""Assumptions: what was taken, its value, how it was come by and what else it could be; sources are in `sources`."""

from __future__ import annotations

from optopscan.report.phrases.template import Row

_CONFIDENCE: tuple[Row, ...] = (
    ("aanname", "assumption"),
    ("instelling", "setting"),
    ("rekenwijze", "way of calculating"),
    ("rekenwijze, veilige kant", "way of calculating, safe side"),
    ("aanname, bovengrens in N; geen aftrek bij verwijderen", "assumption, upper bound in N; nothing taken off on removal"),
    ("praktijk", "practice"),
)
_LOADS: tuple[Row, ...] = (
    ("{g:n} kN/m2, behalve waar opgegeven", "{g} kN/m2, except where given"),
    ("{g:n} kN/m2, psi0 {psi:n}, behalve waar opgegeven", "{g} kN/m2, psi0 {psi}, except where given"),
    ("afwerking bestaande vloeren", "finish of existing floors"),
    ("dekvloer 50 mm: {g:n} kN/m2", "screed of 50 mm: {g} kN/m2"),
    ("veranderlijke belasting vloeren ({use:id})", "imposed load on floors ({use})"),
    ("referentieperiode bestaande constructie", "reference period of the existing structure"),
    ("{years:n} jaar: veranderlijke belasting maal {factor:n}", "{years} years: imposed load times {factor}"),
    ("{years:n} jaar: maal {factor:n}", "{years} years: times {factor}"),
    ("verplaatsbare scheidingswanden", "movable partitions"),
    (
        "{g:n} kN/m2 op bouwlagen zonder gemodelleerde binnenwanden{but:but}",
        "{g} kN/m2 on storeys without inner walls in the model{but}",
    ),
    ("{less:n} of {more:n} kN/m2", "{less} or {more} kN/m2"),
    ("vloeren en oude daken vlak onder een andere vloer", "floors and old roofs close under another floor"),
    (
        "vrije hoogte onder {h:n} m: geen veranderlijke belasting, wel de dakopbouw",
        "clear height below {h} m: no imposed load, but the build-up of the roof counts",
    ),
    ("dakopbouw", "build-up of the roof"),
    (
        "isolatie en dakbedekking {membrane:n} + ballast {ballast:n} kN/m2{but:but}",
        "insulation and roofing {membrane} + ballast {ballast} kN/m2{but}",
    ),
    ("zonder ballast: {g:n} kN/m2", "without ballast: {g} kN/m2"),
    ("belastingfactoren {level:level} {cc:id} (set {set:id})", "load factors {level} {cc} (set {set})"),
    (
        "6.10a {ga:n} G, 6.10b {gb:n} G, {q:n} Q, gunstig {inf:n} G",
        "6.10a {ga} G, 6.10b {gb} G, {q} Q, favourable {inf} G",
    ),
    ("zie de uitkomst met de andere factorenset", "see the answer with the other factor set"),
    ("dakbelasting door de opbouw", "load of the extension on the roof"),
    (
        "de opbouw bedekt het hele bouwdak; de tussenlaag brengt de last waar het dak nu draagt",
        "the extension covers the whole roof that is built on; the transfer layer brings the load where the roof bears now",
    ),
    ("zie de varianten met geplaatste modules", "see the variants with placed modules"),
)
_MODEL: tuple[Row, ...] = (
    ("sterkte {group:group} ({n:n} elementen zonder sterkteklasse)", "strength of {group} ({n} elements without strength class)"),
    ("sterkte {group:group_key} ({n:n} elementen zonder sterkteklasse)", "strength of {group} ({n} elements without strength class)"),
    (
        "hoogste aannemelijke waarde {high:n} N/mm2; daartussen is het oordeel onbekend",
        "highest plausible value {high} N/mm2; in between the verdict is unknown",
    ),
    ("wapening van betonkolommen ({n:n} delen)", "reinforcement of concrete columns ({n} parts)"),
    (
        "{share:n} % van de doorsnede, fyk {fyk:n} N/mm2, {edge:n} mm uit de rand",
        "{share} % of the section, fyk {fyk} N/mm2, {edge} mm from the edge",
    ),
    ("daartussen is het oordeel onbekend", "in between the verdict is unknown"),
    ("druklaag op {n:n} breedplaten zonder druklaag in het model", "topping on {n} plank floors without topping in the model"),
    ("vloer {total:n} mm dik in totaal, druklaag {volume:n} m3", "floor {total} mm thick in all, topping {volume} m3"),
    (
        "geef het model van de druklaag mee; alleen het gewicht telt, geen sterkte",
        "give the model of the topping too; only its weight counts, no strength",
    ),
)
_WIND: tuple[Row, ...] = (
    ("windgebied en terrein", "wind region and terrain"),
    ("{site:site}", "{site}"),
    ("niet opgegeven: 'ok' alleen bij {site:site}", "not stated: 'ok' only in {site}"),
    ("{site:site}; geef --wind-region en --terrain", "{site}; state --wind-region and --terrain"),
    (
        "elke wandschijf als losse uitkraging, e hoogstens L/3; 5 % toevallige excentriciteit; wrijving 0,02",
        "every wall panel as a separate cantilever, e at most L/3; 5 % accidental eccentricity; friction 0.02",
    ),
    ("{g:n} kN/m3", "{g} kN/m3"),
    ("{share:n} deel van de rekenlast", "{share} of the design load"),
    ("{ratio:n} maal de oude last", "{ratio} times the old load"),
    ("flenzen, koppeling door lateien en wapening meerekenen", "count flanges, coupling by lintels and reinforcement"),
)
_MASONRY: tuple[Row, ...] = (
    ("mortel van bestaand metselwerk", "mortar of existing masonry"),
    (
        "TL (dunbedmortel) voor gelijmde kalkzandsteen, vanaf ongeveer 1978",
        "TL (thin-layer mortar) for glued calcium silicate, from about 1978",
    ),
    ("groep van de metselstenen", "group of the masonry units"),
    ("2 voor geperforeerde stenen", "2 for perforated units"),
    ("categorie van de metselstenen (gamma_M)", "category of the masonry units (gamma_M)"),
    ("I (1,7 in plaats van 2,2) bij aangetoonde sterkte", "I (1.7 instead of 2.2) with proven strength"),
    ("doorgaande langsvoeg in baksteenmuren", "continuous longitudinal joint in brick walls"),
    ("K maal 0,8 vanaf {t:n} m dikte", "K times 0.8 from a thickness of {t} m"),
    ("geen, als een steen de hele dikte vult", "none, if one unit fills the whole thickness"),
    ("excentriciteit van de belasting aan de wandkop", "eccentricity of the load at the wall head"),
    ("{one:n} t met een vloer aan een kant, anders {other:n} t", "{one} t with a floor on one side, otherwise {other} t"),
    ("raamwerkberekening, EN 1996-1-1 bijlage C", "frame calculation, EN 1996-1-1 annex C"),
    ("excentriciteit die halverwege de hoogte over is", "eccentricity that is left at mid-height"),
    ("{share:n} van die aan de kop", "{share} of that at the head"),
    ("0 (gepubliceerd Brits rekenvoorbeeld)", "0 (published British worked example)"),
    ("Nederlandse toets met minimale excentriciteit", "Dutch check with minimum eccentricity"),
    ("aan", "on"),
    ("uit", "off"),
    ("uit, als inklemming van kop en voet is aangetoond", "off, if fixity of head and foot is proven"),
)
_MEMBERS: tuple[Row, ...] = (
    ("vloeren monoliet met betonwanden", "floors monolithic with concrete walls"),
    ("ja (0,85 h)", "yes (0.85 h)"),
    ("nee (1,0 h)", "no (1.0 h)"),
    ("ja, bij in een keer gestorte wanden en vloeren", "yes, for walls and floors cast in one go"),
    ("kniklengte van stalen kolommen", "buckling length of steel columns"),
    ("{factor:n} maal de hoogte", "{factor} times the height"),
    ("meer dan 1 in een ongeschoord raamwerk", "more than 1 in an unbraced frame"),
    ("kniklengte van betonkolommen", "buckling length of concrete columns"),
    (
        "minder dan 1 bij inklemming door balken, meer dan 1 in een ongeschoord raamwerk",
        "less than 1 with fixity by beams, more than 1 in an unbraced frame",
    ),
    ("effectieve kruipcoefficient van betonkolommen", "effective creep coefficient of concrete columns"),
    ("0 voor nieuwe belasting op uitgekropen beton", "0 for new load on concrete that has crept"),
    (
        "drukzijde van stalen en houten liggers zijdelings gesteund",
        "compression side of steel and timber beams held sideways",
    ),
    ("ja", "yes"),
    (
        "nee, alleen bij de opleggingen; de last grijpt op de bovenflens aan",
        "no, only at the supports; the load acts on the top flange",
    ),
    (
        "ja, bij een steenachtige vloer op de bovenflens; tussen beide is het oordeel onbekend",
        "yes, with a concrete or masonry floor on the top flange; in between the verdict is unknown",
    ),
    ("klimaatklasse van hout", "service class of timber"),
    ("3 voor hout dat nat kan worden", "3 for timber that can become wet"),
    ("opleglengte van houten liggers", "bearing length of timber beams"),
    ("100 mm (halfsteens in het metselwerk)", "100 mm (half a brick into the masonry)"),
)
ROWS: tuple[Row, ...] = (*_CONFIDENCE, *_LOADS, *_MODEL, *_WIND, *_MASONRY, *_MEMBERS)
