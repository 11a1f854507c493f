"""The words of the business case, Dutch and English side by side."""

from __future__ import annotations

from optopscan.report.words import Language

WORDS: dict[str, tuple[str, str]] = {
    "statement": ("Quickscan, geen raming en geen advies.", "Quickscan, no estimate and no advice."),
    "title": ("Haalbaarheid van {building}", "Feasibility of {building}"),
    "variant": (
        "Variant {id}: nieuwe woningen {dwellings}, nieuwe bouwlagen {storeys}, bvo {gfa} m2.",
        "Variant {id}: new dwellings {dwellings}, new storeys {storeys}, gross floor area {gfa} m2.",
    ),
    "fictitious": ("Het product is fictief: zijn prijs is een voorbeeld.", "The product is fictitious: its price is an example."),
    "outcome_ok": (
        "De onderdelen van deze variant voldoen; of het gebouw voldoet staat in de scan.",
        "The parts of this variant hold; whether the building does stands in the scan.",
    ),
    "outcome_unknown": (
        "Constructief is deze variant mogelijk, niet aangetoond; kosten van wat nog blijkt zijn dan onbekend.",
        "Structurally this variant is possible, not proven; the cost of what is yet to appear is then unknown.",
    ),
    "outcome_over": ("Constructief voldoet deze variant niet.", "Structurally this variant does not hold."),
    "unknown_of": ("Niet aangetoond door: {names}.", "Not proven because of: {names}."),
    "others": ("Ook voorgesteld: {ids} (kies met --variant).", "Also put forward: {ids} (choose with --variant)."),
    "h_columns": ("Drie keuzes, EUR", "Three choices, EUR"),
    "leave": ("laten", "leave"),
    "renovate": ("renoveren", "renovate"),
    "extend": ("renoveren + optoppen", "renovate + extend"),
    "dwellings": ("woningen", "dwellings"),
    "cost": ("kosten", "costs"),
    "rent_year": ("huur per jaar", "rent per year"),
    "upkeep_year": ("lasten per jaar", "charges per year"),
    "income": ("opbrengst, contante waarde", "income, present value"),
    "gap": ("gat: kosten min opbrengst", "gap: costs less income"),
    "gap_per_dwelling": ("gat per woning", "gap per dwelling"),
    "h_costs": ("Kosten van renoveren + optoppen", "Costs of renovating + extending"),
    "post": ("post", "item"),
    "amount": ("hoeveelheid", "amount"),
    "price": ("prijs", "price"),
    "uncertain": ("Onzekere prijzen: {names}.", "Uncertain prices: {names}."),
    "h_closing": ("Wat waar zou moeten zijn, optopping alleen", "What would have to be true, extension alone"),
    "closing_cost": ("Kosten van de optopping, EUR: {value}.", "Costs of the extension, EUR: {value}."),
    "closing_gap": ("Gat van de optopping, EUR: {value}.", "Gap of the extension, EUR: {value}."),
    "contribution": (
        "Bijdrage per nieuwe woning waarbij het gat sluit, EUR: {value}.",
        "Contribution per new dwelling at which the gap closes, EUR: {value}.",
    ),
    "contribution_none": (
        "Er is geen bijdrage nodig: de opbrengst dekt de kosten in elk geval binnen deze aannamen.",
        "No contribution is needed: within these assumptions income covers costs in any case.",
    ),
    "rent_month": (
        "Netto huur per nieuwe woning waarbij geen bijdrage nodig is, EUR per maand: {value}.",
        "Net rent per new dwelling at which no contribution is needed, EUR a month: {value}.",
    ),
    "lacks": ("Nodig daarvoor: {names}.", "Needed for that: {names}."),
    "h_foundation": ("Fundering", "Foundation"),
    "foundation_all": (
        "Onbekend: gerekend van 0 tot alle {n} lijnen versterkt. De scan heeft belastingen vergeleken, niet getoetst.",
        "Unknown: counted from 0 to all {n} lines strengthened. The scan compared loads, it checked nothing.",
    ),
    "foundation_threshold": (
        "{value} van {n} lijnen boven uw drempel; uw keuze, geen toets. De vergelijking is die van het lichtste product in de "
        "scan bij zoveel lagen als mogelijk, niet van deze variant.",
        "{value} of {n} lines above your threshold; your choice, no check. The comparison is that of the lightest product in the "
        "scan with as many storeys as possible, not of this variant.",
    ),
    "foundation_checked": ("Getoetst en voldoet: geen versterking gerekend.", "Checked and ok: no strengthening counted."),
    "foundation_missing": ("De scan vond geen funderingslijnen: onbekend.", "The scan found no foundation lines: unknown."),
    "foundation_own": (
        "Het product staat op eigen kolommen: de oude fundering blijft buiten beschouwing, de nieuwe telt.",
        "The product stands on columns of its own: the old foundation is left out, the new one counts.",
    ),
    "h_consent": ("Instemming", "Consent"),
    "consent_needed": ("nodig: {value} van {n}", "needed: {value} of {n}"),
    "consent_size": ("vanaf {n} woningen; aantal woningen niet bekend", "from {n} dwellings; number of dwellings not known"),
    "consent_no": ("geldt niet: minder dan {n} woningen", "does not apply: fewer than {n} dwellings"),
    "consent_planning": ("reken hiermee", "plan with this"),
    "h_combinations": ("Wat met de renovatie samenvalt", "What coincides with the renovation"),
    "combine_yes": ("hoort bij deze variant", "part of this variant"),
    "combine_no": ("niet in deze variant", "not in this variant"),
    "combine_unknown": ("onbekend of deze variant het heeft", "not known whether this variant has it"),
    "combine_ask": ("vraag: geen model zegt het", "a question: no model tells"),
    "combine_saving": (
        "Er is geen besparing gerekend: daarvoor is geen gepubliceerd bedrag gevonden.",
        "No saving is counted: no published number was found.",
    ),
    "h_parking": ("Parkeren", "Parking"),
    "parking": ("Extra parkeerplaatsen: {value}.", "Extra parking places: {value}."),
    "h_carbon": ("CO2 in kg; uitstoot en opslag worden niet verrekend", "CO2 in kg; emitted and stored are not netted"),
    "emitted": ("optopping, uitstoot", "extension, emitted"),
    "stored": ("optopping, opslag", "extension, stored"),
    "extend_emitted": ("renoveren + optoppen, uitstoot", "renovate + extend, emitted"),
    "rebuild_emitted": ("slopen + even groot nieuw bouwen, uitstoot", "demolish + rebuild as large, emitted"),
    "rebuild_stored": ("slopen + even groot nieuw bouwen, opslag", "demolish + rebuild as large, stored"),
    "h_missing": ("Wat nog ontbreekt", "What is missing"),
    "missing_amount": ("hoeveelheid van: {name}", "amount of: {name}"),
    "not_in_record": (
        "niet in deze variant uitgewerkt; `optopscan place` doet dat voor wat het voorstelt",
        "not worked out in this variant; `optopscan place` does so for what it puts forward",
    ),
    "h_excluded": ("Niet meegeteld", "Not counted"),
    "excluded": (
        "grond, rente tijdens de bouw, huurderving tijdens het werk, subsidie, verkoop, waarde na de termijn, en wat de scan niet toetst",
        "land, interest during construction, rent lost during the works, subsidy, sale, value after the term, and what the scan leaves out",
    ),
    "h_used": ("Aannamen met een waarde", "Assumptions with a value"),
    "what": ("aanname", "assumption"),
    "unit": ("eenheid", "unit"),
    "value": ("waarde", "value"),
    "confidence": ("zekerheid", "confidence"),
    "source": ("bron", "source"),
    "unknown": ("onbekend", "unknown"),
    "at_least": ("ten minste {value}", "at least {value}"),
    "million": ("{value} mln", "{value} mln"),
    "to": ("tot", "to"),
}
UNITS = {
    "dwellings": "woningen",
    "years": "jaar",
    "pieces": "stuks",
    "places": "plaatsen",
    "ratio": "verhouding",
    "share": "deel",
    "%/year": "%/jaar",
    "EUR/dwelling": "EUR/woning",
    "EUR/dwelling/month": "EUR/woning/maand",
    "EUR/dwelling/year": "EUR/woning/jaar",
    "EUR/piece": "EUR/stuk",
    "EUR/storey": "EUR/bouwlaag",
    "EUR/stop": "EUR/stopplaats",
    "EUR/place": "EUR/plaats",
    "places/dwelling": "plaatsen/woning",
}
SHORT: dict[str, tuple[str, str]] = {
    "keep-works": ("noodzakelijk werk", "works that cannot wait"),
    "renovation": ("renovatie", "renovation"),
    "product-price": ("product met zijn dak", "product with its roof"),
    "gallery": ("galerij of corridor", "gallery or corridor"),
    "stair": ("trappenhuis", "stairwell"),
    "lift": ("nieuwe lift", "new lift"),
    "lift-stop": ("lift doortrekken", "lift extended"),
    "roof-pv": ("zonnepanelen", "solar panels"),
    "roof-green": ("sedumdak", "sedum roof"),
    "transfer-layer": ("tussenlaag", "transfer layer"),
    "strengthen-part": ("wanden, kolommen versterken", "walls, columns strengthened"),
    "foundation-line": ("fundering: stroken", "foundation: strips"),
    "strengthen-pile": ("fundering: palen", "foundation: piles"),
    "own-foundation": ("fundering eigen kolommen", "foundation of own columns"),
    "parking-price": ("parkeerplaatsen", "parking places"),
    "design-fees": ("ontwerp, advies en leges", "design and fees"),
    "vat": ("btw", "VAT"),
    "temporary-housing": ("tijdelijk onderdak", "temporary housing"),
}
CONFIDENCE = {"sourced": "uit bron", "expert": "vakkennis", "uncertain": "onzeker", "stated": "opgave"}


def said(key: str, language: Language, **values: object) -> str:
    """Return a word or sentence with its values filled in."""
    return WORDS[key][0 if language == "nl" else 1].format(**values)


def short(name: str, language: Language) -> str:
    """Return the name of an item of cost in a few words."""
    return SHORT[name][0 if language == "nl" else 1]


def unit(name: str, language: Language) -> str:
    """Return a unit as written in a report."""
    return UNITS.get(name, name) if language == "nl" else name


def confidence(name: str, language: Language) -> str:
    """Return how sure a value is."""
    return CONFIDENCE.get(name, name) if language == "nl" else name
