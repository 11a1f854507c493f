"""Words of the data in Dutch: materials, and how sure a value is. What is not here is shown as it is."""

from __future__ import annotations

from optopscan.report.words import Language

_GROUPS = {
    "clay": "baksteen",
    "masonry": "metselwerk",
    "calcium-silicate": "kalkzandsteen",
    "concrete": "beton",
    "concrete-block": "betonsteen",
    "aerated-concrete": "cellenbeton",
    "gypsum-block": "gipsblokken",
    "metal-stud": "metal-stud",
    "mortar": "mortel",
    "gravel": "grind",
    "steel": "staal",
    "timber": "hout",
    "unknown": "onbekend",
}
_CONFIDENCE = {"sourced": "met bron", "expert": "deskundig oordeel", "uncertain": "onzeker"}


def group_name(group: str, language: Language) -> str:
    """Return a material group in the language."""
    return _GROUPS.get(group, group) if language == "nl" else group


def confidence_name(confidence: str, language: Language) -> str:
    """Return how sure a value is in the language."""
    return _CONFIDENCE.get(confidence, confidence) if language == "nl" else confidence
