"""Words of a match in Dutch and English. Why a product fits or not, and names of families, are Dutch in both, as the checks write them."""

from __future__ import annotations

from optopscan.matching.matrix import OUTCOME_NL, Outcome
from optopscan.report.words import LANGUAGES, Language

OUTCOME_EN: dict[Outcome, str] = {
    "fits": "fits",
    "fits-if": "fits, if",
    "fails": "does not fit",
    "refused": "excluded",
    "unknown": "unknown",
}
_SHORT: dict[Outcome, tuple[str, str]] = {
    "fits": ("past", "fits"),
    "fits-if": ("mits", "if"),
    "fails": ("niet", "no"),
    "refused": ("uit", "out"),
    "unknown": ("?", "?"),
}
_WORDS: dict[str, tuple[str, str]] = {
    "title": ("Waar past welk product?", "Which product fits where?"),
    "product": ("product", "product"),
    "roofs": ("daken", "roofs"),
    "all_roofs": ("alle daken", "all roofs"),
    "shown": ("aangetoond", "shown"),
    "dwellings": ("woningen", "dwellings"),
    "block": ("blok", "block"),
    "outcome": ("uitkomst", "outcome"),
    "storeys": ("bouwlagen", "storeys"),
    "why": ("waarom", "why (Dutch)"),
    "why_per_product": ("Waarom, per product", "Why, per product"),
    "matrix": ("Matrix: producten tegen families en modellen", "Matrix: products against families and models"),
    "field": ("{product}, {group}: {parts}", "{product}, {group}: {parts}"),
    "summary": ("{product}: {share} van {n} daken, aangetoond {shown}", "{product}: {share} of {n} roofs, shown {shown}"),
    "of_storeys": ("{proven} aangetoond, {possible} mogelijk", "{proven} shown, {possible} possible"),
    "models": ("modellen", "models"),
    "blocks": (", {n} blokken", ", {n} blocks"),
    "typical": (", het typische blok", ", the typical block"),
    "excluded": ("; uitgesloten: {why}", "; excluded: {why}"),
    "opens": (
        "De ene eigenschap die de meeste daken opent (nagerekend met het gewijzigde product)",
        "The one property that opens most roofs (matched again with the changed product)",
    ),
    "anchors": (
        "Mits verankering, rekenwaarde per m steun; het meeste dat een dak vraagt bij het aantal bouwlagen dat mogelijk is",
        "If anchored, design value per m of support; the most that a roof asks at the storeys that are possible",
    ),
    "pull_and_shear": ("{pull} kN/m trek tegelijk met {shear} kN/m afschuiving", "{pull} kN/m uplift together with {shear} kN/m shear"),
    "shear": ("{shear} kN/m afschuiving, geen trek", "{shear} kN/m shear, no uplift"),
    "anchor": ("{product}: >= {need} op {on}; opgegeven {stated}", "{product}: >= {need} on {on}; stated {stated}"),
    "on": ("{k} van {n} daken", "{k} of {n} roofs"),
    "this_roof": ("dit dak", "this roof"),
    "both": ("{pull} en {shear}", "{pull} and {shear}"),
    "stated_little": ("niets of niet alles", "nothing or not all"),
    "not_laid_out": (
        "Indeling niet geprobeerd: of modules op deze daken passen is niet bekend, alleen wat de wanden dragen.",
        "Nothing laid out: whether modules fit on these roofs is not known, only what the walls carry.",
    ),
}
_NOTES = (
    (
        "past: aangetoond en ingedeeld. mits: niets bekend dat overschreden wordt; de voorwaarden staan in match.csv.",
        "niet: houdt niet over het hele dak, of er is geen indeling. uit: familie uitgesloten. ?: geen oordeel, telt niet als passend.",
        "Getal: bouwlagen, bij past de aangetoonde, bij mits de mogelijke; bij meer blokken het deel van de blokken met past of mits.",
        "Andere wegen van de lasten zijn niet doorgerekend (scan doet dat). Families zijn typisch, geen echte gebouwen.",
        "Quickscan, geen constructieve toetsing.",
    ),
    (
        "fits: shown and laid out. if: nothing is known to be exceeded; the conditions are in match.csv (in Dutch).",
        "no: does not hold over the whole roof, or cannot be laid out. out: family excluded. ?: no verdict, never counted as a fit.",
        "Number: storeys, shown ones of a fit, possible ones of a conditional fit; of several blocks the share that fits or fits if.",
        "Other paths of the loads were not worked out (scan does that). Families are typical, no real buildings.",
        "Quickscan, not a structural check.",
    ),
)


def say(key: str, language: Language, **values: object) -> str:
    """Return a word or sentence with its values filled in."""
    return _WORDS[key][LANGUAGES.index(language)].format(**values)


def outcome_word(outcome: Outcome, language: Language) -> str:
    """Return an outcome in words."""
    return OUTCOME_NL[outcome] if language == "nl" else OUTCOME_EN[outcome]


def short_word(outcome: Outcome, language: Language) -> str:
    """Return an outcome as it stands in a field."""
    return _SHORT[outcome][LANGUAGES.index(language)]


def notes_of(language: Language, *, placed: bool) -> tuple[str, ...]:
    """Return what the words and numbers mean and what was not looked at, the disclaimer last."""
    told = _NOTES[LANGUAGES.index(language)]
    return told if placed else (say("not_laid_out", language), *told)
