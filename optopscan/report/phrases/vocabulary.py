"""Words that fill the fields of templates, Dutch to English, by the type of the field."""

from __future__ import annotations

from collections.abc import Mapping

from optopscan.materials.recognise import DUTCH
from optopscan.report.export_words import say
from optopscan.report.plain_words import group_name

_GROUPS = (
    *("clay", "masonry", "calcium-silicate", "concrete", "concrete-block", "aerated-concrete", "gypsum-block", "metal-stud", "mortar"),
    *("gravel", "steel", "timber", "unknown"),
)
_KINDS = ("pier", "lintel", "column", "beam", "footing", "pile")
_WIND = ("noord", "noordoost", "oost", "zuidoost", "zuid", "zuidwest", "west", "noordwest")
_WIND_EN = ("north", "north-east", "east", "south-east", "south", "south-west", "west", "north-west")

WORDS: Mapping[str, Mapping[str, str]] = {
    "subject": {
        "fundering": "foundation",
        "stabiliteit": "stability",
        "verankering van de opbouw": "anchorage of the extension",
        "wind op dragende gevels": "wind on bearing facades",
        "robuustheid": "robustness",
    },
    "level": {"nieuwbouw": "new build", "verbouw": "renovation", "afkeur": "rejection"},
    "kind": {say(f"parts_{kind}", "nl"): say(f"parts_{kind}", "en") for kind in _KINDS},
    "group": {**{nl: group for group, nl in DUTCH.items()}, **{group_name(group, "nl"): group for group in _GROUPS}},
    "group_key": {group: group for group in dict.fromkeys((*DUTCH, *_GROUPS))},
    "direction": {"langsrichting": "along the building", "dwarsrichting": "across the building"},
    "site": {
        f"gebied {region} {nl}": f"wind region {region} ({en})"
        for region in ("I", "II", "III")
        for nl, en in (("kust", "coast"), ("onbebouwd", "open terrain"), ("bebouwd", "built-up terrain"))
    },
    "said": {"dragend": "bearing", "niet dragend": "not bearing"},
    "bearing_group": {"cellenbeton": "aerated concrete", "hout": "timber", "staal": "steel"},
    "weight": {"vloer": "floor", "wanden": "walls", "dak": "roof", "tussenlaag": "transfer layer"},
    "support": {
        "overspanning van het frame": "span of the frame",
        "kolomafstand": "distance of the columns",
        "vrije ruimte van de kolommen": "free space of the columns",
        "plaats van de kolommen": "place of the columns",
    },
    "used": {"al een woning": "already a dwelling", "verkeersruimte": "traffic space", "andere functie": "another use"},
    "side": {
        **{f"{nl}zijde": f"{en} side" for nl, en in zip(_WIND, _WIND_EN, strict=True)},
        "hofzijde": "court side",
        "buitenzijde": "outer side",
    },
}
"""Type of a field -> its words. Both names of a material that the program uses in Dutch lead to one."""

CLAUSE_WORDS: Mapping[str, str] = {
    "nationale bijlage": "national annex",
    "bijlage": "annex",
    "tabel": "table",
    "klasse": "class",
    "lid": "paragraph",
    "afdeling": "section",
    "bestaande bouw": "existing buildings",
    "en": "and",
    "met": "with",
}
"""Words between the numbers of an article."""
