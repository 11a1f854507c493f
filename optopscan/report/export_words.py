"""The words in files for other programs (GLB, DXF, BCF), Dutch and English side by side; a missing word is a KeyError."""

from __future__ import annotations

from optopscan.report.words import LANGUAGES, Language

_WORDS: dict[str, tuple[str, str]] = {
    # names of files
    "file_glb": ("gebouw.glb", "building.glb"),
    # groups of the model in space
    "existing": ("bestaand", "existing"),
    "variant": ("variant {id}", "variant {id}"),
    "storey": ("bouwlaag {n}: {name}", "storey {n}: {name}"),
    "no_storey": ("zonder bouwlaag", "without storey"),
    "yes": ("dragend", "bearing"),
    "no": ("niet dragend", "not bearing"),
    "unknown": ("onbekend of het draagt", "not known whether it bears"),
    "new_storey": ("nieuwe laag {n}", "new storey {n}"),
    "modules": ("modules", "modules"),
    "walkways": ("galerijen, corridors en bordessen", "galleries, corridors and landings"),
    "transfer": ("verdeelconstructie", "transfer layer"),
    "columns": ("eigen kolommen, niet getoetst", "own columns, not checked"),
    # legend
    "band_low": ("voldoet, UC hooguit 0,8", "ok, UC at most 0.8"),
    "band_high": ("voldoet, UC hooguit 1,0", "ok, UC at most 1.0"),
    "band_over": ("voldoet niet, UC boven 1,0", "over, UC above 1.0"),
    "band_unknown": ("onbekend of het voldoet", "not known whether it is ok"),
    "band_none": ("niet getoetst: geen deel van de draagconstructie", "not checked: no part of the bearing structure"),
    "after_is": ("kleur: verticale toets van {scenario}", "colour: vertical check of {scenario}"),
    "after_none": ("kleur: geen toets met optopping", "colour: no check with extension"),
}


def say(key: str, language: Language, **values: object) -> str:
    """Return a word or sentence with its values filled in."""
    return _WORDS[key][LANGUAGES.index(language)].format(**values)
