"""Dutch in an English view: what a view says, without names of the model and of products, searched for words that no English has."""

import dataclasses
import functools
import re

from optopscan.catalog.load import load_concepts
from optopscan.report import capacity_text, chances, summary
from optopscan.report.bcf.topics import topics
from optopscan.report.sections import ANSWER_FIRST, CALCULATION, document
from optopscan.report.words import word

DUTCH = re.compile(
    r"\b(?:aan|al|alle|alleen|als|andere|bij|boven|daar|dat|de|deze|een|en|enkele|geen|het|hooguit|hoogstens|hun|kan|maal|meer|met|mogelijk|"
    r"naar|naast|nergens|niet|niets|nodig|nog|onbekend\w*|onder|op|tot|tussen|uit|van|volgens|voor|vrije|waar|waarvan|wordt|worden|zijn|"
    r"zoals|zonder|aanname|belasting|bouwla\w+|dak\w*|delen|dragen\w*|draag\w*|fundering\w*|gebied|gevel\w*|getoetst|grond\w*|instelling|"
    r"jaar|koppeling|lagen|lijn|liggers|nieuwe|oordeel|opgegeven|opgegeven|palen|rekenwijze|ruimte\w*|sterkte|stroken|toets\w*|vloer\w*|"
    r"wand\w*|wapening|weerstand|woning\w*)\b",
    re.IGNORECASE,
)
QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"")


def said(record):
    """Return all that page, paper, summary, capacity and BCF say of a record in English, one text each."""
    texts = []
    for order in (ANSWER_FIRST, CALCULATION):
        made = document(record, "en", order)
        texts += [text for part in (made.headline, made.because, made.facts, made.stamp, made.sections) for text in texts_of(part)]
    texts += ["\n".join(lines) for lines in summary.blocks(record, "en").values()] + [capacity_text.text(record, "en")]
    texts += [text for topic in topics(record, "en") for text in (topic.title, topic.text)]
    return [*texts, *chances.lines(record, "en")]


def texts_of(value):
    """Yield the texts of a block of a document, however deep; the key of a section is no text."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | tuple):
        for one in value:
            yield from texts_of(one)
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            if field.name not in ("key", "name"):
                yield from texts_of(getattr(value, field.name))


def dutch_in(record):
    """Return the Dutch words in the English views of a record, with the text around them."""
    found = []
    apart = names_in(record)
    for text in said(record):
        flat = " ".join(text.split())
        for name in (word("statement", "en"), *apart):
            flat = flat.replace(name, "*")
        flat = QUOTED.sub("*", flat)
        found += [f"{hit[0]}: {flat[max(hit.start() - 60, 0) : hit.end() + 60]}" for hit in DUTCH.finditer(flat) if not hit[0].isupper()]
    return list(dict.fromkeys(found))


def names_in(record):
    """Return what is called by name or key in a record, the longest first."""
    names = {record["building"]["name"], record["overrides"]["name"]}
    names |= {row[key] for row in record["elements"] for key in ("name", "type_name", "guid")}
    names |= {row["name"] for row in (*record["building"]["storeys"], *record["inputs"])}
    names |= {row["id"] for row in (*record["scenarios"], *record["variants"])}
    names |= {str(row[key]) for row in record["overrides"]["applied"] for key in ("source", "old", "new", "place")}
    names = {name for name in names if name} | products()
    return sorted((" ".join(name.split()) for name in names if name), key=lambda name: (-len(name), name))


@functools.cache
def products():
    """Return names and ids of the products of the catalogue."""
    return {text for concept in load_concepts() for text in (concept.id, concept.name)}
