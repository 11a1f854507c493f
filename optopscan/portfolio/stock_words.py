"""The words about a stock, Dutch and English side by side; a missing word is a KeyError, never a blank."""

from __future__ import annotations

from optopscan.report.plain_words import group_name
from optopscan.report.words import LANGUAGES, Language

_WORDS: dict[str, tuple[str, str]] = {
    "title": ("Optoppen: gescande gebouwen", "Extension: scanned buildings"),
    "statement": ("Quickscan, geen constructieve toetsing", "Quickscan, geen constructieve toetsing (no structural verification)"),
    "headline": (
        "{n} gebouwen: {proven} met een aangetoonde bouwlaag, {possible} met een mogelijke, {none} zonder, {unknown} onbekend",
        "{n} buildings: {proven} with a proven storey, {possible} with a possible one, {none} without, {unknown} unknown",
    ),
    "because": (
        "mogelijk is niet aangetoond; het vaakst onbekend: {what}",
        "possible is not proven; most often unknown: {what}",
    ),
    "answers": ("Antwoord", "Answer"),
    "answer": ("antwoord", "answer"),
    "proven": ("aangetoond", "proven"),
    "possible": ("mogelijk, niet aangetoond", "possible, not proven"),
    "none": ("geen extra bouwlaag", "no extra storey"),
    "unknown": ("onbekend", "unknown"),
    "proven_is": (
        "ten minste één extra bouwlaag: elke toets die dit programma doet voldoet",
        "at least one extra storey: every check that this program makes is satisfied",
    ),
    "possible_is": (
        "niets is aantoonbaar overschreden, maar er is nog iets onbekend",
        "nothing is known to be exceeded, but something is not known yet",
    ),
    "none_is": (
        "bij één bouwlaag wordt iets overschreden, of er is geen dak voor",
        "one storey exceeds something, or there is no roof for it",
    ),
    "unknown_is": (
        "geen oordeel: niet te scannen ({failed}) of geen enkel belast onderdeel te toetsen ({open})",
        "no verdict: cannot be scanned ({failed}) or not one loaded part can be checked ({open})",
    ),
    "buildings": ("gebouwen", "buildings"),
    "share": ("deel", "share"),
    "means": ("betekenis", "meaning"),
    "reach": ("Gebouwen naar bouwlagen", "Buildings by storeys"),
    "storeys_more": ("ten minste", "at least"),
    "reach_proven": ("aangetoond", "proven"),
    "reach_possible": ("mogelijk (met aangetoond)", "possible (proven included)"),
    "stops": ("Wat de volgende bouwlaag tegenhoudt", "What stops the next storey"),
    "stops_note": (
        "Wat één bouwlaag boven het mogelijke wordt overschreden; een gebouw kan meer dan eens tellen. Bij {n} gevraagde bouwlagen.",
        "What is exceeded one storey above what is possible; a building may count more than once. With {n} storeys asked for.",
    ),
    "stop": ("wat", "what"),
    "missing": ("Onderzoek eerst", "Investigate first"),
    "missing_note": (
        "Feiten die mogelijk van aangetoond scheiden. Bovenaan staat steeds wat de meeste gebouwen zonder onbekende achterlaat, "
        "bij gelijke stand het feit dat het vaakst ontbreekt. Bekend is niet hetzelfde als goed: het antwoord kan dan ook nee worden.",
        "Facts between possible and proven. The order gives each time the fact that leaves most buildings without anything unknown, "
        "among equals the one that is missing most often. Known is not the same as good: the answer may then also be no.",
    ),
    "fact": ("feit", "fact"),
    "lacking": ("ontbreekt bij", "missing for"),
    "alone": ("als enige", "as the only one"),
    "settled": ("niets meer onbekend, met wat erboven staat", "nothing unknown left, with what stands above it"),
    "families": ("Families en series", "Families and series"),
    "families_note": (
        "Gebouwen met hetzelfde dragende materiaal (naar volume van wanden en kolommen) en evenveel bouwlagen. Serie: die met een "
        "aangetoonde of mogelijke bouwlaag.",
        "Buildings of one bearing material (by volume of walls and columns) and number of storeys. Series: those with a proven "
        "or possible storey.",
    ),
    "family": ("familie", "family"),
    "family_is": ("{material}, {n} bouwlagen", "{material}, {n} storeys"),
    "series": ("serie", "series"),
    "dwellings": ("woningen", "dwellings"),
    "dwellings_is": ("{lo} aangetoond, tot {hi} mogelijk ({n} gebouwen)", "{lo} proven, up to {hi} possible ({n} buildings)"),
    "dwellings_none": ("niet bepaald: geen indeling geprobeerd", "not determined: no layout was tried"),
    "often": ("vaakst tegengehouden door", "most often stopped by"),
    "list": ("Per gebouw", "Per building"),
    "list_note": (
        "Mogelijk altijd met wat onbekend is. De naam leidt naar het record, waar het is bewaard.",
        "Possible always with what is unknown. The name leads to the record, where it was kept.",
    ),
    "building": ("gebouw", "building"),
    "stopped": ("houdt de volgende tegen", "stops the next"),
    "open": ("onbekend", "unknown"),
    "label": ("label", "label"),
    "failed": ("Niet gescand", "Not scanned"),
    "failed_note": ("Geen antwoord; deze gebouwen tellen als onbekend.", "No answer; these buildings count as unknown."),
    "reason": ("reden", "reason"),
    "refused": ("niet te scannen", "cannot be scanned"),
    "crashed": ("mislukt", "failed"),
    "status": ("status", "status"),
    "basis": ("Wat dit is", "What this is"),
    "basis_is": (
        "Elk gebouw is gescand uit zijn model; label A: uit tekening, proef of opgave met bron, B: uit het model, C: rust op aannamen. "
        "Een constructeur beslist.",
        "Every building was scanned from its model; label A: from drawings, tests or overrides with a source, B: from the model, C: rests "
        "on assumptions. A structural engineer decides.",
    ),
    "labels": ("label", "label"),
    "not_checked": ("Niet getoetst", "Not checked"),
    "settings": ("Instellingen", "Settings"),
    "hash": ("sha256 van de run", "sha256 of the run"),
    "version": ("versie", "version"),
    "nothing": ("geen", "none"),
    "file_page": ("overzicht.html", "overview.html"),
    "file_answers": ("antwoorden.csv", "answers.csv"),
    "file_stops": ("tegenhouders.csv", "stops.csv"),
    "file_missing": ("onderzoek_eerst.csv", "investigate_first.csv"),
    "file_families": ("families_gescand.csv", "families_scanned.csv"),
    "stamp": ("status_uitkomst", "statement"),
    "dwellings_lo": ("woningen_aangetoond", "dwellings_proven"),
    "dwellings_hi": ("woningen_mogelijk", "dwellings_possible"),
}


def say(key: str, language: Language, **values: object) -> str:
    """Return a word or sentence with its values filled in."""
    return _WORDS[key][LANGUAGES.index(language)].format(**values)


def count(value: int, language: Language) -> str:
    """Return a whole number with a point or comma between thousands."""
    return f"{value:,}".replace(",", ".") if language == "nl" else f"{value:,}"


def percent(part: int, whole: int) -> str:
    """Return a share in whole percents; never 0 % of something, nor 100 % of not all."""
    if not whole:
        return "-"
    if 0 < part < whole:
        return f"{min(max(round(100 * part / whole), 1), 99)} %"
    return f"{100 * part // whole} %"


def material(group: str | None, language: Language) -> str:
    """Return a bearing material; one that is not known is unknown."""
    return group_name(group or "unknown", language)
