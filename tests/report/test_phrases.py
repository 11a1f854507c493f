"""From Dutch of the stages to English of a view: every template by its own example, none against another, and none missing."""

import ast
import re
from collections import Counter
from pathlib import Path

import pytest

from optopscan.catalog.engineering import load_engineering
from optopscan.materials.planks import SOURCE as TOPPING_SOURCE
from optopscan.report.phrases import TABLES, book, of_catalogue, phrase
from optopscan.report.phrases.fields import FIELDS, PHRASE
from optopscan.report.phrases.template import Phrasebook, template
from optopscan.report.phrases.vocabulary import WORDS

PACKAGE = Path(__file__).resolve().parents[2] / "optopscan"
ROWS = [*dict.fromkeys((*(row for table in TABLES for row in table), *of_catalogue()))]
FITTING = {
    "blind": ("grotendeels niet in het model", "largely not in the model"),
    "free": ("aangenomen 7,5 m vrije ruimte", "an assumed 7.5 m of free space"),
    "stops": ("3 x te laag (B1: 2,00 m vrij, ten minste 2,1 m)", "3 x too low (B1: 2.00 m clear, at least 2.1 m)"),
    "numbers": ("geen daglicht", "no daylight"),
    "need": ("en alle steunpunten liggen op een lijn", "and all supports lie in one line"),
}
OTHER = ("geen toets", "no check")
NUMBER = re.compile(r"(?<![\w.])\d+(?:[.,]\d+)*")
NO = re.compile(
    r"\b(?:niet|geen|niets|nergens|zonder|onbekend\w*|nee|ongewapend\w*|ongeschoord|ongedraineerde|verloren|te (?:weinig|licht))\b", re.I
)
NO_EN = re.compile(r"\b(?:not|no(?!-)|nothing|none|without|unknown|cannot|unbraced|undrained|too (?:little|light))\b", re.I)

# Modules of stages whose Dutch goes into a record; what of it stays out is beside it.
STAGES = {
    "checks/answer.py": (),
    "checks/foundation.py": (),
    "checks/gates.py": (),
    "checks/stability.py": (),
    "checks/wall_wind.py": (),
    "checks/estimator/factors.py": (),
    "checks/defaults.py": (
        *("geen langsvoeg", "vloer aan een kant gecentreerd opgelegd", "vloeren in evenwicht, geen moment"),
        *("0,85 maal de hoogte (ingeklemd", "1,5 maal de hoogte (ongeschoord raamwerk"),
    ),
    "feasibility/flags.py": (),
    "feasibility/rules.py": (),
    "loads/actions.py": (),
    "model/estimate.py": (),
    "pipeline/bracing.py": (),
    "pipeline/checking.py": (),
    "pipeline/estimating.py": (),
    "pipeline/flagging.py": (),
    "pipeline/generating.py": (),
    "pipeline/ground.py": (),
    "pipeline/outer_walls.py": (),
    "pipeline/reading.py": (),
    "pipeline/top.py": (),
    "pipeline/topologies.py": (),
    "pipeline/ways.py": (),
    "pipeline/wind.py": (),
    "placement/per_wing.py": (),
    "placement/programme.py": (),
    "placement/variants.py": ("Geen module past",),
    "placement/access/findings.py": (),
    "placement/access/words.py": (),
    "placement/beyond/infill.py": (),
    "placement/beyond/stack.py": (),
    "placement/roof/rules.py": (),
    "placement/support/__init__.py": (),
    "placement/why/explain.py": (),
}
BETWEEN = re.compile(r"(?<=[.?!]) |[;:] ")
DUTCH = re.compile(
    r"\b(?:aan|als|alle|andere|bij|boven|dat|de|een|en|geen|geldt|het|hooguit|hun|maal|met|naar|naast|niet|niets|nodig|om|"
    r"onbekend\w*|onder|op|te|tot|tussen|uit|van|voor|waar|welke|wordt|worden|zijn|zonder|zoals|instelling|aanname|rekenwijze|"
    r"woning\w*|laag|lagen|bouwla\w+|dak\w*|gevel\w*|wand\w*|kolom\w*|vloer\w*|fundering\w*|lijn|jaar|sterkte|trappenhui\w*)\b",
    re.IGNORECASE,
)


def examples():
    """Yield every row with texts filled in: each field with each of its samples, the others with their first."""
    for row in ROWS:
        one = template(row)
        samples = {name: (FITTING.get(name, OTHER),) if kind == PHRASE else FIELDS[kind].samples for name, kind in one.kinds.items()}
        rounds = max((len(found) for found in samples.values()), default=1)
        for k in range(rounds):
            chosen = {name: found[min(k, len(found) - 1)] for name, found in samples.items()}
            nl = re.sub(r"\{(\w+):\w+\}", lambda found, chosen=chosen: chosen[found[1]][0], one.nl)
            yield one, nl, one.en.format(**{name: pair[1] for name, pair in chosen.items()})


EXAMPLES = list(examples())


def test_every_template_is_reached_by_its_own_example():
    assert len(ROWS) > 400
    for one, nl, en in EXAMPLES:
        assert phrase(nl, "en") == en, one.nl
        assert phrase(nl, "nl") == nl


def test_numbers_are_the_same_in_both_languages():
    for _, nl, en in EXAMPLES:
        before, after = (Counter(found.replace(",", ".") for found in NUMBER.findall(text)) for text in (nl, en))
        assert before == after, nl


def test_no_negation_is_lost():
    """A caution that loses its "niet" would say the opposite; the row itself is looked at, without what fills its fields."""
    for nl, en in ROWS:
        assert bool(NO.search(nl)) == bool(NO_EN.search(en)), (nl, en)


def test_two_templates_never_say_different_things_of_one_text():
    found = book()
    for _, nl, _ in EXAMPLES:
        told = {told for one in found.templates if (told := found.told(one, nl)) is not None} | {found.fixed.get(nl)}
        assert len(told - {None}) == 1, (nl, told)
    assert len({nl for nl, _ in ROWS}) == len(ROWS)


@pytest.mark.parametrize(
    ("nl", "en"),
    [
        (
            "stabiliteit: langsrichting: UC > 100 bij gebied I onbebouwd, 1,10 bij gebied II bebouwd, als losse wandschijven; "
            "dwarsrichting: tweede-orde-effecten niet verwaarloosbaar (5.4(2): 2,45 maal de grens)",
            "stability: along the building: UC > 100 in wind region I (open terrain), 1.10 in wind region II (built-up terrain), as "
            "separate wall panels; across the building: second-order effects not negligible (5.4(2): 2.45 times the limit)",
        ),
        (
            "getoetst met opgegeven grond- of paalgegevens; lijn 3: UC 1.20 (NEN 9997-1 6.5.2.2, bijlage D.4); geen grond- of paalgegevens "
            "van 2 funderingslijnen (4, 5)",
            "checked with stated soil or pile data; line 3: UC 1.20 (NEN 9997-1 6.5.2.2, annex D.4); no soil or pile data of 2 foundation "
            "lines (4, 5)",
        ),
        (
            "Plint: 6 ruimten, waarvan 0 berging of garage (0 m2) en 5 van onbekend gebruik. Geen woning met HSB 2.0 (fictief). Niet: 1 x "
            "al een woning (B2: ruimte keuken 1); 2 x te smal (B1: 2,0 m, ten minste 3,3 m).",
            "Plinth: 6 rooms, of which 0 storage or garage (0 m2) and 5 of unknown use. No dwelling with HSB 2.0 (fictief). Not: 1 x "
            "already a dwelling (B2: space keuken 1); 2 x too narrow (B1: 2.0 m, at least 3.3 m).",
        ),
        (
            "dakvloer van cellenbeton (0#2, 0#3, 0#4 en 5 meer); dakvloer van hout (0#9)",
            "roof slab of aerated concrete (0#2, 0#3, 0#4 and 5 more); roof slab of timber (0#9)",
        ),
        ("0.80 kN/m2 op bouwlagen zonder gemodelleerde binnenwanden, behalve waar opgegeven",
         "0.80 kN/m2 on storeys without inner walls in the model, except where given"),
        ("fundering: geen oordeel", "foundation: no verdict"),
    ],
)  # fmt: skip
def test_composed_texts(nl, en):
    assert phrase(nl, "en") == en


@pytest.mark.parametrize(
    "text",
    [
        "iets wat een stap zelf schreef",
        "fundering: iets wat niemand kent",
        "Geen woning met HSB. Een zin die niemand kent.",
        "Geen woning met HSB; een zinsdeel dat niemand kent.",
        "60 liggers (reden die niemand kent)",
        "9 stapels woningen rusten op delen met onbekende weerstand. Een zin die niemand kent.",
        "NEN-EN 1996-1-1, een toelichting van iemand",
        "getoetst met opgegeven grond- of paalgegevens; "
        + "; ".join(f"lijn {k}: zetting niet getoetst, blijvende last maal 1.2" for k in range(60))
        + "; lijn 61: iets wat niemand kent",
        "",
    ],
)
def test_a_text_without_a_template_stands_whole_and_as_it_was(text):
    assert phrase(text, "en") == text


def test_a_template_names_its_faults():
    with pytest.raises(ValueError, match="fields"):
        template(("{n:n} delen", "{m} parts"))
    with pytest.raises(ValueError, match="fields"):
        template(("{n:getal} delen", "{n} parts"))


def test_a_field_that_cannot_be_told_leaves_the_template():
    small = Phrasebook([("wand: {why:p}", "wall: {why}"), ("scheef", "raked")])
    assert small.english("wand: scheef") == "wall: raked"
    assert small.english("wand: krom") is None


@pytest.mark.parametrize("name", STAGES)
def test_every_dutch_text_of_the_stages_has_a_template(name):
    """Read the sources: what stands between the fields of a Dutch text stands so in a template, or is a word of a field."""
    known = [re.sub(r"\{\w+:\w+\}", "\0", nl) for nl, _ in ROWS]
    known += [word for table in WORDS.values() for word in table] + [nl for field in FIELDS.values() for nl, _ in field.samples]
    missing = {text for text in dutch_texts(PACKAGE / name) if not any(text in one or NUMBER.sub("\0", text) in one for one in known)}
    assert missing == set(STAGES[name])


def dutch_texts(path):
    """Yield what stands between the fields and the ends of sentences in every Dutch string of a module, docstrings apart."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    apart = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    apart |= {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in apart and not book().english(node.value):
            pieces = re.split(r"\{[\w:]*\}", node.value)
        elif isinstance(node, ast.JoinedStr):
            pieces = [part.value for part in node.values if isinstance(part, ast.Constant)]
        else:
            continue
        yield from (text for piece in pieces for part in BETWEEN.split(piece) if DUTCH.search(text := part.strip(" ;:.,()'")))


def test_what_a_record_takes_from_the_catalogue_is_known():
    values = load_engineering()
    texts = [text for flag in values.flags for text in (flag.nl, flag.trigger, flag.article)]
    texts += [text for rule in values.rules for text in (rule.nl, rule.article)]
    texts += [row.article for row in values.access.values()]
    texts += [row.nl for row in values.not_checked]
    texts += [row.source for row in values.imposed.values()]
    texts += [row.source for row in values.factor_sets]
    texts += [row.source for row in values.reinforcement.values()] + [TOPPING_SOURCE]
    assert [text for text in dict.fromkeys(texts) if text and book().english(text) is None] == []
