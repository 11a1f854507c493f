"""The words of the views, Dutch and English side by side; a missing word is a KeyError, never a blank."""

from __future__ import annotations

from typing import Literal

Language = Literal["nl", "en"]
LANGUAGES: tuple[Language, ...] = ("nl", "en")

_WORDS: dict[str, tuple[str, str]] = {
    "statement": ("Quickscan, geen constructieve toetsing", "Quickscan, geen constructieve toetsing (no structural verification)"),
    "none": ("geen extra bouwlaag: {why}", "no extra storey: {why}"),
    "none_why_unknown": ("reden niet vastgelegd", "reason not recorded"),
    "proven_is": ("+{n} aangetoond", "+{n} proven"),
    "not_judged": (
        "geen oordeel: geen enkel belast onderdeel kon worden getoetst; +{n} niet uitgesloten, niet aangetoond: {why}",
        "no verdict: not one loaded part could be checked; +{n} not excluded, not proven: {why}",
    ),
    "possible_is": ("+{n} mogelijk, niet aangetoond: {why}", "+{n} possible, not proven: {why}"),
    "proven": ("aangetoond", "proven"),
    "possible": ("mogelijk", "possible"),
    "not_proven_for": ("niet aangetoond door", "not proven because of"),
    "label": ("label", "label"),
    "label_A": ("label A: uit tekening, proef of opgave met bron", "label A: from drawings, tests or overrides with a source"),
    "label_B": ("label B: uit het model", "label B: from the model"),
    "label_C": ("label C: rust op aannamen", "label C: rests on assumptions"),
    "input": ("invoer sha256", "input sha256"),
    "level": ("niveau", "level"),
    "building": ("Gebouw", "Building"),
    "building_is": (
        "{name}; bouwjaar {year}; {storeys} bouwlagen; hoogte {height} m; plat dak {roof} m2, bouwdak {build} m2 op z {level} m",
        "{name}; built {year}; {storeys} storeys; height {height} m; flat roof {roof} m2, built on {build} m2 at z {level} m",
    ),
    "elements_are": (
        "{n} elementen: {yes} dragend, {unknown} onbekend of ze dragen",
        "{n} elements: {yes} bearing, {unknown} not known whether they bear",
    ),
    "attention": ("Let op", "Mind"),
    "unknown": ("onbekend", "unknown"),
    "storey": ("bouwlaag", "storey"),
    "existing": ("bestaand", "existing"),
    "h_existing_over": ("Bestaande toestand voldoet niet", "The building as it stands exceeds its resistance"),
    "existing_over": (
        "{n} van {total} onderdelen UC > 1 zonder optopping; controleer eerst de invoer. Hoogste:",
        "{n} of {total} parts have UC > 1 without extension; check the input first. Highest:",
    ),
    "h_existing_assumed": ("Bestaande toestand: sterkte aangenomen", "The building as it stands: strength assumed"),
    "existing_assumed": (
        "{n} van {total} onderdelen hebben zonder optopping UC > 1 met de aangenomen sterkte en voldoen met een "
        "hogere, aannemelijke sterkte: onbekend. Hoogste:",
        "{n} of {total} parts have UC > 1 without extension with the assumed strength and pass with a higher, "
        "plausible strength: unknown. Highest:",
    ),
    "h_why": ("Waarom niet meer", "Why not more"),
    "governing": ("maatgevend", "governing"),
    "then": ("daarna", "then"),
    "vertical_only": ("alleen verticaal", "vertical only"),
    "with_wind": ("met wind", "with wind"),
    "not_determined": ("niet bepaald", "not determined"),
    "no_governing": ("geen maatgevend onderdeel bepaald", "no governing part determined"),
    "h_concepts": ("Per concept", "Per concept"),
    "concept": ("concept", "concept"),
    "h_factor_sets": ("Met andere partiele factoren", "With other partial factors"),
    "other_factors": (
        "Met factorset {set} is de uitkomst anders: +{proven} aangetoond, +{possible} mogelijk",
        "With factor set {set} the answer is another: +{proven} proven, +{possible} possible",
    ),
    "factor_set": ("factorset", "factor set"),
    "h_states": ("Onderdelen per toestand", "Parts per state"),
    "state": ("toestand", "state"),
    "height": ("hoogte m", "height m"),
    "n_ok": ("voldoet", "ok"),
    "n_over": ("voldoet niet", "over"),
    "n_unknown": ("onbekend", "unknown"),
    "h_checks": ("Maatgevende toetsen", "Governing checks"),
    "h_take_down": ("Gewichtsberekening (karakteristiek, verdeling {name})", "Take-down (characteristic, {name} distribution)"),
    "d_simple": ("vrij opgelegd", "simple"),
    "d_continuous": ("doorgaand", "continuous"),
    "area": ("rustend m2", "carried m2"),
    "added": ("G erbij kN", "G added kN"),
    "added_m2": ("kN/m2", "kN/m2"),
    "sum_g": ("G som kN", "G sum kN"),
    "sum_q": ("Q vloeren kN", "Q floors kN"),
    "sum_roof": ("Q dak kN", "Q roof kN"),
    "direct": ("waarvan vloeren rechtstreeks op de grond", "of which floors straight on the soil"),
    "ground": ("totaal naar de grond", "total to the ground"),
    "applied": ("totaal aangebracht", "total applied"),
    "unsupported": ("niet ondersteund", "unsupported"),
    "take_down_note": (
        "Som: wat de voet van de bouwlaag passeert, vloeren elk volledig belast. kN/m2: G erbij gedeeld door het"
        " vloer- en dakoppervlak dat op de bouwlaag rust (wanden en vloer erboven samen).",
        "Sum: what passes the foot of the storey, every floor fully loaded. kN/m2: G added divided by the floor and"
        " roof area that rests on the storey (its walls and the floor above).",
    ),
    "by_axis_note": (
        "Per as: som aan de voet van de wanden en kolommen op die as (assen als op de plattegronden; een kolom telt bij de as met"
        " een cijfer). Na: de opbouw over het hele dak waar het op draagt; per onderdeel staat het in de gewichtsberekening.",
        "Per grid line: sum at the feet of the walls and columns on that line (lines as on the plans; a column counts on the line"
        " with a number). After: the extension over all of the roof that bears on it; the weight calculation has it per part.",
    ),
    "h_foundation": ("Fundering: {outcome}", "Foundation: {outcome}"),
    "foundation_basis": ("grondslag: {basis}", "basis: {basis}"),
    "foundation_none": ("geen funderingslijnen bepaald", "no foundation lines determined"),
    "line": ("lijn", "line"),
    "part": ("onderdeel", "part"),
    "length": ("lengte m", "length m"),
    "old": ("oud kN/m", "old kN/m"),
    "new": ("nieuw kN/m", "new kN/m"),
    "more_lines": ("en nog {n} lijnen in record.json", "and {n} more lines in record.json"),
    "h_variants": ("Varianten", "Variants"),
    "variant_stopped": ("{id}: tegengehouden door {text}", "{id}: stopped by {text}"),
    "variant_none": ("geen variant geplaatst", "no variant placed"),
    "variant": ("variant", "variant"),
    "storeys": ("lagen", "storeys"),
    "modules": ("modules", "modules"),
    "dwellings": ("woningen", "dwellings"),
    "types": ("typen", "types"),
    "gfa": ("bvo m2", "gfa m2"),
    "max_uc": ("max. UC", "max. UC"),
    "outcome": ("uitkomst", "outcome"),
    "ok": ("voldoet", "ok"),
    "over": ("voldoet niet", "over"),
    "no_place": ("geen plaats", "no place"),
    "h_investigate": ("Eerst onderzoeken", "Investigate first"),
    "gain": ("levert tot +{n} aangetoond", "may prove +{n}"),
    "h_chance": ("Kans op meer bouwlagen ({concept})", "Probability of more storeys ({concept})"),
    "chance_none": ("geen kans bepaald: {why}", "no probability: {why}"),
    "chance_means": ("wat het is: {what}", "what it is: {what}"),
    "chance_most": (
        "hoogstens: {judged} van de {loaded} belaste onderdelen tellen mee; de andere hebben geen toets of verdeling"
        " en kunnen de kans alleen verlagen",
        "at most: {judged} of the {loaded} loaded parts count; the others have no check or distribution and can only lower it",
    ),
    "chance_is": ("ten minste +{n}: {p} (standaardfout {error} of minder)", "at least +{n}: {p} (standard error {error} or less)"),
    "chance_is_most": (
        "ten minste +{n}: hoogstens {p} (standaardfout {error} of minder)",
        "at least +{n}: at most {p} (standard error {error} or less)",
    ),
    "at_most": ("<=", "<="),
    "chance_percentiles": (
        "met 90 % kans ten minste +{p10}, met 50 % +{p50}, met 10 % +{p90}",
        "with 90 % at least +{p10}, with 50 % +{p50}, with 10 % +{p90}",
    ),
    "chance_governing": ("maatgevend bij +{n}: {parts} van de trekkingen", "governing at +{n}: {parts} of the draws"),
    "chance_shares": ("waar +{n} van afhangt (aandeel in de variantie): {shares}", "what +{n} hangs on (share of the variance): {shares}"),
    "worth_needed": (
        "kans op +{n} nu {now}; bij een uitkomst {needed} (kans {good}) wordt die {then}",
        "probability of +{n} now {now}; with an outcome {needed} (chance {good}) it becomes {then}",
    ),
    "worth_good": (
        "kans op +{n} nu {now}; bij een gunstige uitkomst (kans {good}) wordt die {then}",
        "probability of +{n} now {now}; with a good outcome (chance {good}) it becomes {then}",
    ),
    "worth_half": (
        "kans op +{n} nu {now}; in de gunstige helft van de uitkomsten {then}",
        "probability of +{n} now {now}; in the favourable half of the outcomes {then}",
    ),
    "h_flags": ("Vlaggen", "Flags"),
    "judge": ("zelf te beoordelen: {what}", "judge yourself: {what}"),
    "triggered": ("aanleiding: {what}", "triggered by: {what}"),
    "h_assumptions": ("Uitgangspunten", "Assumptions"),
    "alternative": ("anders: {what}", "alternative: {what}"),
    "h_overrides": ("Correcties van de constructeur ({name})", "Corrections by the engineer ({name})"),
    "override_is": ("{field}: {old} -> {new} ({where}; {source}; {place})", "{field}: {old} -> {new} ({where}; {source}; {place})"),
    "override_elements": ("{n} elementen: {which}", "{n} elements: {which}"),
    "override_lines": ("funderingslijn {which}", "foundation line {which}"),
    "override_whole": ("hele gebouw", "whole building"),
    "override_unsourced": ("zonder bron: label A niet mogelijk", "no source: label A not possible"),
    "override_unused": ("nog niet gebruikt in een toets", "not used in a check yet"),
    "override_more": ("en nog {n} correcties in record.json", "and {n} more corrections in record.json"),
    "h_not_checked": ("Niet getoetst", "Not checked"),
    "h_issues": (
        "Meldingen: {serious} ernstig, {warning} waarschuwing, {info} ter informatie",
        "Issues: {serious} serious, {warning} warning, {info} info",
    ),
    "nothing": ("geen", "none"),
    "h_inputs": ("Invoer", "Input"),
    # capacity
    "next_storey": ("volgende bouwlaag stuit op {what}", "the next storey meets {what}"),
    "h_sides": ("Naast de verticale toets, {concept} (hoogste bekende UC)", "Beside the vertical check, {concept} (highest known UC)"),
    "s_stability": ("stabiliteit", "stability"),
    "s_wall_wind": ("wind op gevels", "wind on walls"),
    "s_anchorage": ("verankering", "anchorage"),
    "s_foundation": ("fundering", "foundation"),
    "s_robustness": ("robuustheid", "robustness"),
    "not_checked_short": ("niet getoetst", "not checked"),
    "slab_as_floor": (
        "dakvloer als vloer van de nieuwe bouwlaag, zonder verdeelconstructie: {outcome} (telt niet mee in het antwoord)",
        "roof slab as floor of the new storey, without transfer layer: {outcome} (not part of the answer)",
    ),
    "element_hint": (
        "de hele berekening van een onderdeel: optopscan capacity IFC... --element ID",
        "the whole calculation of a part: optopscan capacity IFC... --element ID",
    ),
    # plans
    "plan_storey": ("Bouwlaag {n}: dragende delen en de vloer die erop rust", "Storey {n}: bearing parts and the floor they carry"),
    "plan_foundation": ("Fundering: lijnen", "Foundation: lines"),
    "plan_roof": ("Dak: dragende lijnen en beletsels", "Roof: bearing lines and obstacles"),
    "z_range": ("z = {z0} tot {z1} m", "z = {z0} to {z1} m"),
    "scale": ("schaal 1:{n} (op 100 % afgedrukt)", "scale 1:{n} (printed at 100 %)"),
    "axes": ("x, y: modelassen; noord niet bekend", "x, y: model axes; north not known"),
    "axes_north": ("x, y: modelassen; N: noord volgens het model", "x, y: model axes; N: north as the model tells"),
    "l_yes": ("dragend", "bearing"),
    "l_opening": ("dragend element, opening", "bearing element, opening"),
    "l_unknown": ("onbekend of het draagt", "not known whether it bears"),
    "l_no": ("niet dragend", "not bearing"),
    "l_column": ("kolom", "column"),
    "l_beam": ("ligger of latei", "beam or lintel"),
    "l_trib": ("rust meest op één element; m2 belast", "rests mostly on one element; loaded m2"),
    "l_span": ("overspanningsrichting", "span direction"),
    "l_span_unknown": ("richting onbekend of twee richtingen", "direction unknown or two-way"),
    "l_unsupported": ("vloer zonder steun", "floor without support"),
    "l_ground": ("op de grond", "on the ground"),
    "l_rank": ("maatgevend (1) en volgende", "governing (1) and next"),
    "l_face": ("plat dak", "flat roof"),
    "l_head": ("dragende lijn onder het dak", "bearing line under the roof"),
    "l_obstacle": ("beletsel", "obstacle"),
    "l_own_column": ("eigen kolom, niet getoetst", "own column, not checked"),
    "l_own_column_meets": ("eigen kolom tegen een dragend deel", "own column at a bearing part"),
    "l_module": ("module", "module"),
    "l_footing": ("funderingsstrook met lijnnummer", "strip footing with line number"),
    "l_pile": ("paal", "pile"),
    # drawings of a variant
    "v_plan": ("Nieuwe bouwlaag {n} van {of}: {id}", "New storey {n} of {of}: {id}"),
    "v_section": ("Doorsnede A-A en aanzicht: {id}", "Section A-A and elevation: {id}"),
    "v_axes": ("hoogten in m boven het maaiveld van het model (z = {z} m)", "heights in m above the ground of the model (z = {z} m)"),
    "v_counts": ("{dwellings} woningen, {modules} modules, {m2} m2 bvo", "{dwellings} dwellings, {modules} modules, {m2} m2 gfa"),
    "v_uc": ("hoogste UC bij hertoets", "highest UC of the re-check"),
    "v_route": ("looproute naar het trappenhuis: hooguit {m} m", "route to the stair: at most {m} m"),
    "v_route_tip": ("{m} m naar het trappenhuis", "{m} m to the stair"),
    "v_type": ("{kind}: {here} hier, {total} in totaal", "{kind}: {here} here, {total} in all"),
    "v_type_all": ("{kind}: {total}", "{kind}: {total}"),
    "v_walkway": ("galerij, corridor of bordes", "gallery, corridor or landing"),
    "v_walking": ("looprichting naar het trappenhuis", "way to the stair"),
    "v_door": ("deur van de woning", "door of the dwelling"),
    "v_stair": ("trap", "stair"),
    "v_new_stair": ("nieuwe trap", "new stair"),
    "v_terrace": ("terras", "terrace"),
    "v_usable": ("bruikbaar dak na terugligging", "usable roof after setbacks"),
    "v_roof": ("bestaand dak", "existing roof"),
    "v_line_low": ("draaglijn, UC hooguit {uc}", "bearing line, UC at most {uc}"),
    "v_line_high": ("draaglijn, UC hooguit 1,0", "bearing line, UC at most 1.0"),
    "v_line_unknown": ("draaglijn, onbekend of die voldoet", "bearing line, not known whether it holds"),
    "v_line_over": ("draaglijn, voldoet niet", "bearing line, does not hold"),
    "v_full": ("(UC bij een vol dak met +{n}, tot de fundering)", "(UC of a full roof with +{n}, down to the foundation)"),
    "v_cut_floor": ("vloer, doorgesneden", "floor, cut"),
    "v_existing": ("bestaand gebouw, daarachter", "existing building, beyond"),
    "v_transfer": ("verdeelconstructie", "transfer layer"),
    "v_beyond": ("nieuwbouw daarachter", "new modules beyond"),
    "v_rule": ("grens uit een voorschrift", "limit of a rule"),
    "v_top_floor_m": ("vloer", "floor"),
    "v_building_height_m": ("gebouw", "building"),
    "v_level": ("bouwlaag {n}", "storey {n}"),
    "v_new": ("nieuwe laag {n}", "new storey {n}"),
    "v_top": ("bovenkant", "top"),
    "v_ground": ("maaiveld", "ground"),
    "v_back": ("terug {m}", "back {m}"),
    "v_a": ("Doorsnede A-A", "Section A-A"),
    "v_elevation": ("Aanzicht, stapels", "Elevation, stacks"),
}

# Fixed phrases that stages hand over in Dutch; anything else is shown as it was written.
_PHRASES: dict[str, str] = {
    "fundering": "foundation",
    "stabiliteit": "stability",
    "verankering": "anchorage",
    "robuustheid": "robustness",
    "nieuwbouw": "new build",
    "verbouw": "renovation",
    "afkeur": "rejection",
}

# Dutch titles of the registered issue codes; a code without one shows its English title.
_ISSUE_TITLES: dict[str, str] = {
    "OPT-101": "vorm kon niet worden berekend",
    "OPT-102": "GlobalId ontbreekt of komt dubbel voor",
    "OPT-103": "element bestaat uit delen",
    "OPT-104": "elementen van een constructieve klasse ontbreken",
    "OPT-105": "deelmodellen spreken elkaar tegen",
    "OPT-106": "bouwlaag zonder bruikbaar peil",
    "OPT-107": "element zonder vorm",
    "OPT-108": "zelfde element komt twee keer voor",
    "OPT-109": "met opzet weggelaten",
    "OPT-110": "vorm is niet gesloten",
    "OPT-111": "bestand verwijst naar wat er niet is",
    "OPT-112": "geometriekern liep vast op een element",
    "OPT-120": "twee elementen van een soort overlappen",
    "OPT-122": "bouwlagen afgeleid uit vloerpeilen",
    "OPT-123": "ongewone maat",
    "OPT-201": "materiaal onbekend",
    "OPT-202": "sterkteklasse aangenomen",
    "OPT-203": "dichtheid aangenomen",
    "OPT-220": "opgaven van een materiaal verschillen",
    "OPT-221": "druklaag op breedplaten aangenomen",
    "OPT-222": "wand uit losse bladen",
    "OPT-223": "opgegeven dichtheid niet gebruikt",
    "OPT-301": "dragend of niet kon niet worden bepaald",
    "OPT-302": "niets eronder draagt dit onderdeel",
    "OPT-303": "vloer zonder oplegging",
    "OPT-304": "fundering niet gemodelleerd",
    "OPT-305": "onderdelen dragen elkaar",
    "OPT-306": "gewicht staat niet boven zijn oplegging",
    "OPT-307": "draagt niets, telt mee als last",
    "OPT-310": "LoadBearing strijdig met de tekening",
    "OPT-311": "LoadBearing is een standaardwaarde, niet gebruikt",
    "OPT-312": "draagt mogelijk, maar niet in de constructie opgenomen",
    "OPT-320": "overspanningsrichting is een aanname",
    "OPT-321": "vloerstroken zonder oplegging aan een eind",
    "OPT-322": "plaatvloer ligt in het model op de grond",
    "OPT-330": "hangt naast zijn steunpunt",
    "OPT-331": "weg van de last naar het steunpunt is een gok",
    "OPT-332": "geacht op hoger gelegen grond te staan",
    "OPT-333": "vorm van een wand niet begrepen",
    "OPT-341": "twee correcties voor hetzelfde gegeven; de laatste telt",
    "OPT-342": "correctie zonder bron",
    "OPT-343": "opgegeven als dragend, maar zonder effect",
    "OPT-344": "correctie spreekt het model tegen",
    "OPT-345": "vloer kan niet overspannen zoals opgegeven",
    "OPT-346": "funderingsgegevens waaruit geen weerstand volgt",
    "OPT-401": "belasting aangenomen",
    "OPT-402": "negatieve reactie onder permanente belasting",
    "OPT-501": "geen toets voor dit onderdeel",
    "OPT-502": "bestaand onderdeel voldoet niet",
    "OPT-601": "dak te klein, of het product past er niet op",
    "OPT-602": "dakobject als beletsel genomen",
    "OPT-603": "indeling verworpen bij de hertoets",
    "OPT-604": "plat dak waarop niet wordt gebouwd",
}


def word(key: str, language: Language, **values: object) -> str:
    """Return a word or sentence with its values filled in."""
    return _WORDS[key][LANGUAGES.index(language)].format(**values)


def phrase(text: str, language: Language) -> str:
    """Return a fixed phrase in the language, or the text as it stands."""
    return _PHRASES.get(text, text) if language == "en" else text


def issue_title(code: str, english: str, language: Language) -> str:
    """Return what an issue code means."""
    return _ISSUE_TITLES.get(code, english) if language == "nl" else english


def number(value: float | None, digits: int, language: Language) -> str:
    """Return a number with fixed decimals, a decimal comma in Dutch, and "?" where it is unknown.

    Examples
    --------
    >>> number(1.25, 1, "nl"), number(None, 1, "nl")
    ('1,2', '?')
    """
    if value is None:
        return "?"
    text = f"{value:.{digits}f}"
    text = text.lstrip("-") if not text.strip("-0.") else text
    return text.replace(".", ",") if language == "nl" else text
