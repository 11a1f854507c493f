"""Words of a product sheet: every key of the product file with its label and unit, in Dutch and English."""

from __future__ import annotations

from optopscan.report.words import LANGUAGES, Language

Words = tuple[str, str]

TABLES: dict[str, Words] = {
    "product": ("Product", "Product"),
    "market": ("Markt", "Market"),
    "system": ("Bouwwijze", "System"),
    "geometry": ("Maten van een module", "Sizes of a module"),
    "structure": ("Constructie", "Structure"),
    "supports": ("Steunen van een module", "Supports of a module"),
    "connectors": ("Verbindingen", "Connectors"),
    "unit_types": ("Woningtypen", "Dwelling types"),
    "performance": ("Prestaties", "Performance"),
    "cost_time": ("Kosten en tijd", "Cost and time"),
    "logistics": ("Vervoer en plaatsen", "Transport and placing"),
    "evidence": ("Onderbouwing", "Evidence"),
}

LABELS: dict[str, Words] = {
    "schema": ("schema", "schema"),
    "id": ("id", "id"),
    "name": ("naam", "name"),
    "supplier": ("maker", "maker"),
    "version": ("versie", "version"),
    "date": ("datum", "date"),
    "fictief": ("fictief", "fictitious"),
    "status": ("status", "status"),
    "licence": ("licentie", "licence"),
    "access": ("ontsluiting", "access"),
    "woningtype": ("woningtype", "kind of dwelling"),
    "pmc": ("PMC", "PMC"),
    "huurklasse": ("huurklasse", "rent class"),
    "doelgroep": ("doelgroep", "who lives there"),
    "basiseisen": ("basiseisen", "basic requirements"),
    "meerwaarde": ("meerwaarde", "beyond the basics"),
    "concept_url": ("webpagina", "web page"),
    "kind": ("soort", "kind"),
    "material": ("materiaal", "material"),
    "max_storeys": ("lagen, ten hoogste", "storeys at most"),
    "floor": ("vloer", "floor"),
    "stackable": ("stapelbaar", "stackable"),
    "demountable": ("losmaakbaar", "demountable"),
    "width_m": ("breedte", "width"),
    "length_m": ("lengte", "length"),
    "height_m": ("hoogte van een laag", "height of a storey"),
    "width_options_m": ("breedten", "widths"),
    "length_lo_m": ("kortste lengte", "shortest length"),
    "length_hi_m": ("langste lengte", "longest length"),
    "grid_m": ("maatstap", "grid"),
    "clear_height_m": ("vrije hoogte", "clear height"),
    "overhang_max_m": ("overstek, ten hoogste", "overhang at most"),
    "facade_sides": ("gevels", "facades"),
    "entrance_sides": ("voordeur", "front door"),
    "mirror": ("te spiegelen", "can be mirrored"),
    "g_floor_kn_m2": ("vloer, plafond, installaties", "floor, ceiling, services"),
    "g_wall_kn_m": ("wanden per m omtrek", "walls per m of perimeter"),
    "g_roof_kn_m2": ("dak van de bovenste laag", "roof of the top storey"),
    "g_transfer_kn_m2": ("tussenlaag", "transfer layer"),
    "g_gallery_kn_m2": ("galerij of corridor", "gallery or corridor"),
    "g_balcony_kn_m2": ("balkon", "balcony"),
    "g_stair_kn_m2": ("trap per laag", "stair per storey"),
    "g_lift_kn": ("lift per laag", "lift per storey"),
    "transfer_depth_m": ("hoogte tussenlaag", "depth of the transfer layer"),
    "transfer_span_max_m": ("overspanning tussenlaag", "span of the transfer layer"),
    "transfer_span_to_depth_max": ("overspanning / hoogte", "span / depth"),
    "transfer_takes_moment": ("tussenlaag neemt moment op", "transfer layer takes moment"),
    "support_system": ("draagt op", "stands on"),
    "supports": ("steunen", "supports"),
    "support_offset_max_m": ("steun naast wandas", "support beside wall axis"),
    "frame_span_max_m": ("overspanning eigen kolommen", "span between own columns"),
    "column_distance_m": ("afstand eigen kolommen", "distance of own columns"),
    "column_clearance_m": ("vrije strook voor kolommen", "free strip for columns"),
    "columns": ("eigen kolommen", "own columns"),
    "mass_module_kg": ("massa module zonder dak", "mass of a module, no roof"),
    "own_stability": ("zelf stabiel", "stable on its own"),
    "lateral": ("wind op het product naar", "wind on the product goes to"),
    "connector_uplift_kn_m": ("verankering, opwaaien", "anchorage, uplift"),
    "connector_shear_kn_m": ("verankering, schuiven", "anchorage, sliding"),
    "code": ("code", "code"),
    "x0_m": ("x0", "x0"),
    "y0_m": ("y0", "y0"),
    "x1_m": ("x1", "x1"),
    "y1_m": ("y1", "y1"),
    "g_kn": ("last per laag", "load per storey"),
    "uplift_kn": ("trek per stuk", "uplift each"),
    "shear_kn": ("afschuiving per stuk", "shear each"),
    "distance_m": ("hart op hart", "distance"),
    "dry": ("droog", "dry"),
    "modules": ("modules", "modules"),
    "gbo_m2": ("GBO", "usable area"),
    "gfa_m2": ("BVO", "gross area"),
    "rooms": ("kamers", "rooms"),
    "persons": ("personen", "persons"),
    "bedrooms": ("slaapkamers", "bedrooms"),
    "outdoor_m2": ("buiten", "outdoor"),
    "daylight_depth_m": ("daglichtdiepte", "daylight depth"),
    "accessibility": ("toegankelijkheid", "accessibility"),
    "carbon_emitted_kg_m2": ("CO2 uitstoot A1-A3", "CO2 emitted A1-A3"),
    "carbon_stored_kg_m2": ("CO2 opgeslagen", "CO2 stored"),
    "mpg_eur_m2_year": ("MPG", "MPG"),
    "beng1_kwh_m2": ("BENG 1", "BENG 1"),
    "beng2_kwh_m2": ("BENG 2", "BENG 2"),
    "beng3_percent": ("BENG 3", "BENG 3"),
    "rc_facade_m2k_w": ("Rc gevel", "Rc facade"),
    "rc_roof_m2k_w": ("Rc dak", "Rc roof"),
    "rc_floor_m2k_w": ("Rc vloer", "Rc floor"),
    "fire_r_min": ("brand, bezwijken (R)", "fire, collapse (R)"),
    "fire_ei_min": ("brand, tussen woningen (EI)", "fire, between dwellings (EI)"),
    "fire_class": ("brandklasse gevel", "fire class of the facade"),
    "sound_air_db": ("luchtgeluid DnT,A,k", "airborne sound DnT,A,k"),
    "sound_impact_db": ("contactgeluid LnT,A", "impact sound LnT,A"),
    "biobased_share": ("aandeel biobased", "biobased share"),
    "detachability_share": ("losmaakbaarheidsindex", "detachability index"),
    "pv_wp_m2": ("zonnepanelen", "solar panels"),
    "connection_kw": ("aansluiting per woning", "grid connection per dwelling"),
    "ventilation": ("ventilatie", "ventilation"),
    "heating": ("verwarming", "heating"),
    "deviates": ("bewust onder de regels", "knowingly short of the rules"),
    "cost_eur_m2": ("prijs per m2 BVO, excl. btw", "price per m2 gross, excl. VAT"),
    "price_dwelling_eur": ("prijs per woning", "price of a dwelling"),
    "price_date": ("prijspeil", "price level"),
    "price_excludes": ("niet in de prijs", "not in the price"),
    "series_min_dwellings": ("kleinste serie, woningen", "smallest series, dwellings"),
    "lead_time_weeks": ("levertijd", "lead time"),
    "onsite_days_per_dwelling": ("dagen op de bouw per woning", "days on site per dwelling"),
    "modules_per_day": ("modules per dag", "modules per day"),
    "transport_width_m": ("breedste lading", "widest load"),
    "transport_length_m": ("langste lading", "longest load"),
    "transport_height_m": ("hoogste lading", "highest load"),
    "transport_mass_kg": ("zwaarste lading", "heaviest load"),
    "exemption": ("ontheffing op de weg", "exemption on the road"),
    "hoist_mass_kg": ("zwaarste hijslast", "heaviest hoist"),
    "crane_radius_m": ("vlucht van de kraan", "crane radius"),
    "decant": ("bewoners eruit", "people move out"),
    "refs": ("documenten", "documents"),
    "ifc": ("IFC-model", "IFC model"),
    "image": ("beeld", "picture"),
    "contact": ("contact", "contact"),
}

# The longest ending counts
UNITS: dict[str, Words] = {
    "_eur_m2_year": ("EUR/m2 per jaar", "EUR/m2 a year"),
    "_kn_m2": ("kN/m2", "kN/m2"),
    "_kg_m2": ("kg/m2", "kg/m2"),
    "_kwh_m2": ("kWh/m2 per jaar", "kWh/m2 a year"),
    "_eur_m2": ("EUR/m2", "EUR/m2"),
    "_m2k_w": ("m2K/W", "m2K/W"),
    "_wp_m2": ("Wp/m2", "Wp/m2"),
    "_options_m": ("m", "m"),
    "_kn_m": ("kN/m", "kN/m"),
    "_percent": ("%", "%"),
    "_weeks": ("weken", "weeks"),
    "_eur": ("EUR", "EUR"),
    "_min": ("min", "min"),
    "_kn": ("kN", "kN"),
    "_kg": ("kg", "kg"),
    "_kw": ("kW", "kW"),
    "_db": ("dB", "dB"),
    "_m2": ("m2", "m2"),
    "_m": ("m", "m"),
}

VALUES: dict[str, Words] = {
    "measured": ("gemeten", "measured"),
    "calculated": ("berekend", "calculated"),
    "declared": ("opgegeven", "declared"),
    "assumed": ("aangenomen", "assumed"),
    "module-3d": ("module (3D)", "module (3D)"),
    "panel-2d": ("panelen (2D)", "panels (2D)"),
    "core-panel": ("kern en panelen", "core and panels"),
    "walls": ("wanden van het gebouw", "walls of the building"),
    "facade-frame": ("gevelframe, eigen kolommen", "facade frame, own columns"),
    "table": ("tafel, eigen kolommen", "table, own columns"),
    "line-long": ("lange zijden", "long sides"),
    "line-short": ("korte zijden", "short sides"),
    "point": ("punten", "points"),
    "outside": ("buiten het gebouw", "outside the building"),
    "through": ("door het gebouw", "through the building"),
    "own-walls": ("eigen wanden", "own walls"),
    "own-core": ("eigen kern", "own core"),
    "old-building": ("bestaand gebouw", "old building"),
    "true": ("ja", "yes"),
    "false": ("nee", "no"),
}

SENTENCES: dict[str, Words] = {
    "fictitious": ("FICTIEF PRODUCT: van geen fabrikant", "FICTIEF (fictitious product of no maker)"),
    "unknown": ("onbekend: {why}", "unknown: {why}"),
    "to": ("{lo} tot {hi}", "{lo} to {hi}"),
    "storey": ("een laag van {w} x {l} m: vloer en wanden", "a storey of {w} x {l} m: floor and walls"),
    "storey_is": ("{value} kN/m2 BVO, een oordeel rekent met {hi}", "{value} kN/m2 gross, a verdict takes {hi}"),
    "first": ("eerste laag met dak en tussenlaag", "first storey with roof and transfer layer"),
    "usable": ("te gebruiken voor aangetoond", "usable for proven"),
    "usable_yes": ("ja: gewicht en draagwijze bekend", "yes: weight and supports are known"),
    "usable_unknown": ("nee: {what} onbekend", "no: {what} unknown"),
    "usable_own": ("nee: eigen kolommen en fundering, niet getoetst", "no: columns and foundation of its own, not checked"),
    "usable_beyond": ("niet voor een dak", "not for a roof"),
    "anchorage": ("verankering per m steun", "anchorage per m of support"),
    "anchorage_is": ("trek {up}, afschuiving {shear} kN/m (rekenwaarde)", "uplift {up}, shear {shear} kN/m (design value)"),
    "summary": ("In het kort", "In short"),
    "sources": ("Bronnen", "Sources"),
    "plan": ("plattegrond van een module 1:{n}, last per laag", "plan of a module 1:{n}, load per storey"),
    "stack": ("doorsnede 1:{n}", "section 1:{n}"),
    "no_supports": ("plaats van de steunen niet opgegeven; getekend als {word}", "places of supports not stated; drawn as {word}"),
    "upper": ("boven", "upper"),
    "old": ("bestaand", "existing"),
    "on": ("{what} (vervolg)", "{what} (continued)"),
    "footer": (
        "Quickscan, geen constructieve toetsing · productblad uit {schema}, id {id}; gegevens van de maker · optopscan {tool}",
        "Quickscan, geen constructieve toetsing · product sheet from {schema}, id {id}; data of the maker · optopscan {tool}",
    ),
}


def say(key: str, language: Language, **values: object) -> str:
    """Return a sentence of the sheet with its values filled in."""
    return SENTENCES[key][LANGUAGES.index(language)].format(**values)


def label(key: str, language: Language) -> str:
    """Return the label of a key of the product file."""
    return LABELS[key][LANGUAGES.index(language)]


def title(table: str, language: Language) -> str:
    """Return the heading of a table of the product file."""
    return TABLES[table][LANGUAGES.index(language)]


def unit(key: str, language: Language) -> str:
    """Return the unit that the ending of a key says, empty without one.

    Examples
    --------
    >>> unit("g_floor_kn_m2", "nl"), unit("max_storeys", "nl")
    ('kN/m2', '')
    """
    return next((words[LANGUAGES.index(language)] for ending, words in UNITS.items() if key.endswith(ending)), "")


def value_word(word: str, language: Language) -> str:
    """Return a word of the file in the language; words of the market stay as they are."""
    return VALUES[word][LANGUAGES.index(language)] if word in VALUES else word
