"""What the answer says: why it is not proven, probabilities, what to investigate, other load paths."""

from __future__ import annotations

from optopscan.model.estimate import DEFINITION_NL
from optopscan.report.phrases.template import Row
from optopscan.report.phrases.vocabulary import WORDS

_WHOLE: tuple[Row, ...] = (
    ("verankering", "anchorage"),
    ("stabiliteit en wind (niet gecontroleerd)", "stability and wind (not checked)"),
    ("fundering (geen grond- of paalgegevens)", "foundation (no soil or pile data)"),
    ("{subject:subject} (niet gecontroleerd)", "{subject} (not checked)"),
    ("{subject:subject}: {why:p}", "{subject}: {why}"),
    ("product {concept:id}: {why:p}", "product {concept}: {why}"),
    ("factorenset {set:id}, {concept:id}: {why:p}", "factor set {set}, {concept}: {why}"),
    ("geen oordeel", "no verdict"),
    ("bestaande toestand", "the building as it stands"),
    ("bestaande toestand voldoet niet", "the building as it stands does not hold"),
    (
        "bestaande toestand: {n:n} delen voldoen in dit model niet op niveau {level:level} (hoogste UC {uc:uc}, {part:id}); controleer "
        "eerst de invoer",
        "the building as it stands: {n} parts in this model do not hold at level {level} (highest UC {uc}, {part}); check the input first",
    ),
    ("geen concept met volledige belastinggegevens", "no concept with complete load data"),
    ("een deel van de nieuwe last vindt geen weg naar de grond", "part of the new load finds no way to the ground"),
    (
        "geen plat dak breder dan 2 m: hellend dak, te klein, of geen dakvloer in het model",
        "no flat roof wider than 2 m: pitched, too small, or no roof slab in the model",
    ),
    (
        "geen dragende wand, kolom of ligger direct onder het dak gevonden",
        "no bearing wall, column or beam found right under the roof",
    ),
    ("geen plat dak breder dan 2 m", "no flat roof wider than 2 m"),
    ("model onvolledig gelezen", "model read incompletely"),
    ("model onvolledig gelezen: {message:message}", "model read incompletely: {message}"),
    ("niets overschreden binnen het gevraagde aantal bouwlagen", "nothing exceeded within the storeys asked for"),
    (
        "geen oordeel: geen enkel belast onderdeel kon worden getoetst",
        "no verdict: not one loaded part could be checked",
    ),
    ("reden niet vastgelegd", "reason not recorded"),
)
_PARTS: tuple[Row, ...] = (
    ("{n:n} {kind:kind} ({why:p})", "{n} {kind} ({why})"),
    ("{kind:kind} ({why:p})", "{kind} ({why})"),
    ("{kind:kind} van {group:group}", "{kind} of {group}"),
    ("{kind:kind} van {group:group}, {clause:clause}", "{kind} of {group}, {clause}"),
    ("dragend onbekend", "not known whether they bear"),
    ("trekt omhoog onder permanente belasting", "uplift under permanent load"),
    ("sterkte aangenomen, een hogere is nodig", "strength assumed, a higher one is needed"),
    ("slank; inklemming door betonvloeren niet aangetoond", "slender; fixity by concrete floors not proven"),
    ("excentriciteit onbekend", "eccentricity unknown"),
    ("staat op een vloer: buiging en pons niet getoetst", "stands on a floor: bending and punching not checked"),
    ("weg van de last naar het steunpunt onzeker", "way of the load to the support uncertain"),
    ("opgegeven als dragend, maar niets eronder draagt", "stated as bearing, but nothing below bears"),
    ("schuine staaf: spatkracht niet getoetst", "raked member: thrust not checked"),
    ("materiaal onbekend", "material unknown"),
    ("soort en sterkte van het metselwerk onbekend", "kind and strength of the masonry unknown"),
    ("grootte van de oplegging onbekend", "size of the bearing unknown"),
    ("houdt alleen als de last gunstiger ligt of kortdurend is", "holds only if the load lies better or is of short duration"),
    ("houdt alleen als genoeg van de last kortdurend is", "holds only if enough of the load is of short duration"),
    ("stijlen van de houten wand niet gemodelleerd", "studs of the timber wall not modelled"),
    ("metselwerk boven een opening: latei onbekend", "masonry above an opening: lintel unknown"),
    ("houdt alleen als de flens gesteund is of de last gunstiger ligt", "holds only if the flange is held or the load lies better"),
    (
        "overspanningen van de ligger te ongelijk: dwarskracht van de korte niet getoetst",
        "spans of the beam too unequal: shear of the short one not checked",
    ),
    ("overspanning van de ligger onbekend", "span of the beam unknown"),
    ("oplegging van de ligger onbekend", "support of the beam unknown"),
    ("ligger op een oplegging: moment niet getoetst", "beam on one support: moment not checked"),
    ("ligger te kort om te overspannen", "beam too short to span"),
    (
        "uitkragende ligger: kip van het vrije einde niet getoetst",
        "cantilevered beam: lateral torsional buckling of the free end not checked",
    ),
    ("kip of plooi van het lijf niet getoetst", "lateral torsional buckling or buckling of the web not checked"),
    ("wapening onbekend", "reinforcement unknown"),
    ("geen toets", "no check"),
    ("sterkte onbekend", "strength unknown"),
    ("doorsnede onbekend", "section unknown"),
    ("dikte onbekend", "thickness unknown"),
    ("lengte onbekend", "length unknown"),
    ("hoogte onbekend", "height unknown"),
    ("last onbekend", "load unknown"),
    ("zoals het er staat", "as it stands"),
)
_FIRST: tuple[Row, ...] = (
    ("fundering: tekeningen, sonderingen, paalgegevens", "foundation: drawings, soundings, pile data"),
    ("sterkte en afmetingen van de maatgevende delen", "strength and sizes of the governing parts"),
    ("delen zonder oordeel: constructietype, doorsnede, sterkte", "parts without a verdict: type of construction, section, strength"),
    ("welke kant overspannen deze vloeren? {doubt:doubt}", "which way do these floors span? {doubt}"),
    ("dragen deze wanden of kolommen? {doubt:doubt}", "do these walls or columns bear? {doubt}"),
    ("gewichten van {concept:id} laten berekenen of wegen", "have the weights of {concept} calculated or weighed"),
    ("sterkteonderzoek {group:group_key}", "survey of the strength of {group}"),
)
_CHANCE: tuple[Row, ...] = (
    (
        DEFINITION_NL,
        "probability that the ordinary check by calculation (design values, partial factors) of vertical load succeeds once the facts that "
        "are unknown now are established; no probability of failure and no probability that it will be built; foundation, stability and "
        "anchorage are outside it",
    ),
    (
        "van de {loaded:n} delen die de opbouw belast zijn er {judged:n} te toetsen, minder dan de helft",
        "of the {loaded} parts that the extension loads {judged} can be checked, less than half",
    ),
    ("sterkte {group:group_key}", "strength of {group}"),
    ("gewicht van {concept:id}", "weight of {concept}"),
    ("draagrichting: {doubt:doubt}", "span direction: {doubt}"),
    ("dragend of niet: {doubt:doubt}", "bearing or not: {doubt}"),
)
_PATHS: tuple[Row, ...] = (
    (
        "{doubt:doubt} als {said:said} genomen (kans {p:n} %): dan +{then:n}, anders +{other:n}",
        "{doubt} taken as {said} (probability {p} %): then +{then}, otherwise +{other}",
    ),
    (
        "{doubt:doubt} als overspannend in {deg:n} graden genomen (kans {p:n} %): dan +{then:n}, anders +{other:n}",
        "{doubt} taken as spanning at {deg} degrees (probability {p} %): then +{then}, otherwise +{other}",
    ),
    ("met een andere draagweg is dit product niet nagegaan", "with another load path this product was not looked into"),
    ("een andere draagweg laat {n:n} bouwlagen toe", "another load path allows {n} storeys"),
)
ROWS: tuple[Row, ...] = (
    *WORDS["subject"].items(),
    *WORDS["level"].items(),
    *WORDS["kind"].items(),
    *_WHOLE,
    *_PARTS,
    *_FIRST,
    *_CHANCE,
    *_PATHS,
)
