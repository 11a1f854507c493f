"""What `inspect -o` writes: drawings, `inspect.json`, and the questions as a table for a spreadsheet."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from optopscan import __version__
from optopscan.errors import UsageError
from optopscan.materials.recognise import DUTCH
from optopscan.pipeline.inspecting import Inspection
from optopscan.report.files import write_files
from optopscan.report.inspection.text import where
from optopscan.report.tidy import clean, tidy
from optopscan.report.words import number

SCHEMA = "optopscan/inspect/1"
JSON_NAME, QUESTIONS_NAME = "inspect.json", "vragen.csv"
_OURS = re.compile(r"inspect_(fundering|bouwlaag_\d+)\.(svg|png)")
# A spreadsheet takes a cell that begins like this for a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_HEADS = ("nr", "wat", "waar", "aantal", "gebruikte waarde", "bron", "alternatief", "zekerheid", "invloed kN", "score kN", "elementen")
_WHAT = {
    "bearing": "draagt het",
    "material": "materiaal",
    "strength": "sterkte",
    "density": "volumegewicht",
    "thickness": "dikte",
    "span": "overspanningsrichting",
    "finish": "vloerafwerking",
    "use": "gebruik",
    "roof-finish": "dakopbouw",
    "foundation": "fundering",
    "topping": "druklaag",
    "support": "oplegging",
}
_EXACT = {
    "yes": "dragend",
    "no": "niet dragend",
    "unknown": "onbekend",
    "not stated": "niet vermeld",
    "not known": "niet bekend",
    "any": "van alles",
    "setting": "instelling",
    "two ways": "twee richtingen",
    "one way": "één richting",
    "the other direction": "de andere richting",
    "given in an override": "opgegeven in een correctie",
    "direction of its planks": "richting van de platen",
    "joints between its planks": "naden tussen de platen",
    "planks beside it": "platen ernaast",
    "main bars at the bottom": "hoofdwapening onderin",
    "joists": "balklaag",
    "square to the facade it hangs on": "haaks op de gevel waaraan hij hangt",
    "span between supports": "overspanning tussen steunpunten",
    "near-square bay, columns, or right above a support": "bijna vierkant veld, kolommen, of recht boven een oplegging",
    "footings or piles as modelled, soil unknown": "stroken of palen uit het model, grond onbekend",
    "not modelled: line loads at the lowest feet": "niet gemodelleerd: lijnlasten onder de laagste voeten",
    "drawing, soil or pile data": "tekening, sondering of paalgegevens",
    "carried by nothing": "niets draagt het",
    "a wall, beam or column that is not modelled or was not recognised": "een wand, ligger of kolom die niet gemodelleerd of herkend is",
    "no signal": "geen aanwijzing",
    "stated in the model": "opgegeven in het model",
}
_DEFAULT_OF = re.compile(r"^default of ([\w-]+),")
_PHRASES = (
    (r"^inferred \(", "afgeleid ("),
    (r"^default of (.*), built (\d+)$", r"standaardwaarde \1, bouwjaar \2"),
    (r"^default of (.*), build year unknown$", r"standaardwaarde \1, bouwjaar onbekend"),
    (r"^material unknown, heavy side: ", "materiaal onbekend, aan de zware kant: "),
    (r"^screed 50 mm", "dekvloer 50 mm"),
    (r"^no ballast", "zonder ballast"),
    (r"^office", "kantoor"),
    (r" to (?=[\d.]+ (?:kg|N))", " tot "),
    (r" and (?=\d+ deg$)", " en "),
    (r" deg$", " graden"),
    (r" over (?=\d+ m2$)", " op "),
)


def files(inspection: Inspection) -> dict[str, bytes]:
    """Return every file of an inspection by name."""
    from optopscan.report.inspection.sheets import render  # matplotlib: only where something is drawn

    text = json.dumps(as_json(inspection), sort_keys=True, ensure_ascii=False, allow_nan=False, indent=1) + "\n"
    return {**render(inspection), QUESTIONS_NAME: questions_csv(inspection), JSON_NAME: text.encode()}


def write(inspection: Inspection, folder: Path) -> tuple[Path, ...]:
    """Write every file, all or none; drawings of an earlier run that are not drawn now are removed.

    Raises
    ------
    UsageError
        If the folder cannot be written.
    """
    made = files(inspection)
    paths = write_files(folder, made)
    try:
        for old in sorted(folder.iterdir()):
            if _OURS.fullmatch(old.name) and old.name not in made and old.is_file():
                old.unlink(missing_ok=True)
    except OSError as error:
        what = f"a drawing of an earlier run cannot be removed ({error.strerror or error})"
        raise UsageError(f"{folder}: {what}; remove the files inspect_*.svg and .png, and run again") from error
    return paths


def questions_csv(inspection: Inspection) -> bytes:
    """Return the questions as a table for a Dutch spreadsheet: semicolons, decimal commas, UTF-8 with a mark.

    Text that a spreadsheet would take for a formula gets an apostrophe in front.
    """
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(_HEADS)
    elements = inspection.building.elements
    for row, q in enumerate(inspection.questions, start=1):
        told = (where(elements, q, "nl"), _comma(_dutch(q.value)), _dutch(q.source), _comma(_dutch(q.alternative)))
        figures = (number(q.confidence, 3, "nl"), number(q.influence_kn, 1, "nl"), number(q.score, 1, "nl"))
        ids = " ".join(elements.id[i] for i in q.elements)
        writer.writerow((row, _WHAT[q.what], _safe(told[0]), len(q.elements) or "", *map(_safe, told[1:]), *figures, _safe(ids)))
    return ("\ufeff" + out.getvalue()).encode("utf-8")


def _safe(text: str) -> str:
    clear = clean(text)
    return f"'{clear}" if clear.startswith(_FORMULA) else clear


def _dutch(text: str) -> str:
    """Return a fixed phrase in Dutch; names out of the model and the tables stay as they are."""
    if text in _EXACT:
        return _EXACT[text]
    group = _DEFAULT_OF.search(text)
    if group:
        text = text.replace(group.group(1), DUTCH.get(group.group(1), group.group(1)), 1)
    for pattern, other in _PHRASES:
        text = re.sub(pattern, other, text)
    return text


def _comma(text: str) -> str:
    """Return a value with decimal commas; the numbers of clauses and of versions have more points."""
    return re.sub(r"(?<![\d.])(\d+)\.(\d+)(?![\d.])", r"\1,\2", text)


# -- json -----------------------------------------------------------------------


def as_json(inspection: Inspection) -> dict[str, Any]:
    """Return the inspection as JSON can hold it: one row per element with its evidence, questions, issues."""
    building, elements = inspection.building, inspection.building.elements
    storeys = zip(building.storeys.name, building.storeys.elevation_m, strict=True)
    data: Mapping[str, Any] = {
        "schema": SCHEMA,
        "tool": {"version": __version__},
        "note": "quickscan, not a design check",
        "missing": inspection.missing,
        "inputs": [{"name": f.name, "sha256": f.sha256, "ifc_schema": f.ifc_schema, "length_unit": f.length_unit} for f in building.inputs],
        "building": {
            "name": building.name,
            "build_year": building.build_year,
            "storeys": [{"name": name, "elevation_m": z} for name, z in storeys],
        },
        "elements": [_element(inspection, i) for i in range(len(elements))],
        "questions": [
            {
                "what": q.what,
                "elements": [elements.id[i] for i in q.elements],
                "value": q.value,
                "source": q.source,
                "confidence": q.confidence,
                "influence_kn": q.influence_kn,
                "alternative": q.alternative,
                "score_kn": q.score,
            }
            for q in inspection.questions
        ],
        "issues": [{"code": x.code, "id": x.id, "message": x.message, "severity": x.severity} for x in inspection.issues],
    }
    found: dict[str, Any] = tidy(data)
    return found


def _element(inspection: Inspection, i: int) -> dict[str, Any]:
    elements, materials, bearing = inspection.building.elements, inspection.materials, inspection.bearing
    return {
        "id": elements.id[i],
        "guid": elements.guid[i],
        "ifc_class": elements.ifc_class[i],
        "kind": elements.kind[i],
        "name": elements.name[i],
        "storey": int(elements.storey[i]),
        "z0_m": elements.z0_m[i],
        "z1_m": elements.z1_m[i],
        "thickness_m": elements.thickness_m[i],
        "volume_m3": elements.volume_m3[i],
        "self_weight_kn": materials.self_weight_kn[i],
        "geometry_source": elements.geometry_source[i],
        "material": {"group": materials.group[i], "grade": materials.grade[i], "source": materials.source[i]},
        "bearing": bearing.state[i],
        "bearing_probability": bearing.probability[i],
        "evidence": [{"signal": e.signal, "value": e.value, "weight": e.weight, "text": e.text} for e in bearing.evidence[i]],
    }
