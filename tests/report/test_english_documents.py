"""English views hold no Dutch but names and the statement: a record put together by hand with every text that a stage can write."""

import copy

import pytest
from dutch_words import dutch_in, said
from report_factory import scan_result
from test_phrases import EXAMPLES

from optopscan.catalog.engineering import load_engineering
from optopscan.checks.answer import REASON_NL
from optopscan.checks.gates import NOT_CHECKED
from optopscan.feasibility.flags import raised_flags
from optopscan.report.record import build as records

FLAGS = load_engineering().flags
SIDES = {
    "stability": "langsrichting: UC 1,07 bij gebied I onbebouwd, 0,76 bij gebied II bebouwd, als losse wandschijven",
    "wall_wind": "3 dragende gevelpenanten zonder oordeel: geen toets voor dit materiaal",
    "anchorage": "koppeling te licht, nodig tot 9,1 kN/m trek en 2,7 kN/m afschuiving",
    "robustness": "van 4 naar 5 bouwlagen: CC2a wordt CC2b; trekbanden, tweede draagweg of sleutelelementen",
}
ROW = {"outcome": "unknown"}


@pytest.fixture(scope="module")
def made():
    return records.build(scan_result())[0]


@pytest.fixture
def record(made):
    """Return the record of the factory with texts of the stages at every place that a view shows."""
    found = copy.deepcopy(made)
    extra = found["extra_storeys"]
    extra["why_not_proven"] = [
        *NOT_CHECKED.values(),
        "bestaande toestand: 6 delen voldoen in dit model niet op niveau afkeur (hoogste UC 2,43, p0-0-0); controleer eerst de invoer",
        "een deel van de nieuwe last vindt geen weg naar de grond",
        *(f"12 wanddelen ({reason})" for _, reason in REASON_NL),
        *(f"{subject}: {SIDES[key]}" for subject, key in (("stabiliteit", "stability"), ("wind op dragende gevels", "wall_wind"))),
    ]
    extra["foundation"]["basis"] = "getoetst met opgegeven grond- of paalgegevens; lijn 1: UC 1.20 (NEN 9997-1 6.5.2.2, bijlage D.4)"
    for row in extra["foundation"]["checks"]:
        row["clause"] = "NEN 9997-1 6.5.2.2, bijlage D.3"
    extra["investigate_first"][0]["what"] = "drie proefstukken of kernen uit de kalkzandsteen"
    extra["investigate_first"][1]["what"] = "fundering: tekeningen, sonderingen, paalgegevens"
    for name, why in SIDES.items():
        for row in found[name]:
            row["why"] = why
    found["flags"] = [
        {"code": flag.code, "article": flag.article, "text": flag.text, "triggered_by": flag.triggered_by, "asks": flag.asks, **ROW}
        for flag in raised_flags(FLAGS, {}, {"weak-roof": "dakvloer van hout (0#5)", "extension": "optopping met 2 bouwlagen"})
    ]
    found["not_checked"] = [row.nl for row in load_engineering().not_checked]
    texts = [nl for _, nl, _ in EXAMPLES]
    keys = ("what", "value", "source", "confidence", "alternative")
    found["assumptions"] = [dict(zip(keys, [*texts[k : k + 5], *texts[:5]], strict=False)) for k in range(0, len(texts), 5)]
    for row in found["issues"]:
        row["message"] = "Geen bruikbaar plat dak na terugligging en obstakels."
    for row in found["variants"]:
        row["why"] = "Geen module past: overspanning tussenlaag 6,5 m > 6,0 m."
    for row in found["beyond_roof"]:
        row["why"] = "Geen woning met Voorbeeld HSB. Nog 2 als de ruimten van onbekend gebruik bergingen zijn."
    return found


def test_english_views_hold_no_dutch(record):
    assert dutch_in(record) == []


def test_the_search_finds_dutch_wherever_a_view_shows_what_a_stage_wrote(record):
    """The guard itself: a sentence that nobody knows is found at every one of these places."""
    strange = "een zin die niemand kent"
    places = [
        (record["extra_storeys"], "why_not_proven", [strange]),
        (record["extra_storeys"]["foundation"], "basis", strange),
        (record["extra_storeys"]["investigate_first"][0], "what", strange),
        (record["extra_storeys"]["estimates"][0], "definition", strange),
        (record["extra_storeys"]["estimates"][0]["influences"][0], "what", strange),
        *((record[name][0], "why", strange) for name in SIDES if name != "stability"),
        *((record["flags"][0], key, strange) for key in ("text", "article", "triggered_by")),
        *((record["assumptions"][0], key, strange) for key in ("what", "value", "source", "confidence", "alternative")),
        (record, "not_checked", [strange]),
        (record["variants"][0], "why", strange),
        (record["beyond_roof"][0], "why", strange),
    ]
    for place, key, value in places:
        kept, place[key] = place[key], value
        assert any(strange in " ".join(text.split()) for text in said(record)), key
        assert dutch_in(record), key
        place[key] = kept


def test_what_nothing_fits_says_is_the_reason_of_the_record(record):
    told = " ".join(" ".join(text.split()) for text in said(record))
    assert "No module fits: span of the transfer layer 6.5 m > 6.0 m." in told
