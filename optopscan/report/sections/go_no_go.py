"""Go / no-go: one light per subject with what was found and what to do next."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from optopscan.model.sides import EXISTING
from optopscan.model.verdict import worst
from optopscan.report.document import Light, Lights, Paragraph, Record, Section, both, tone_of
from optopscan.report.leading import OF_THE_NEW, leading, part_columns, side_rows, state_about, states_up_to
from optopscan.report.marks import uc_text
from optopscan.report.phrases import phrase
from optopscan.report.words import Language, word

# Subject -> what to do where it is unknown, and where it is over
_ACTIONS: Mapping[str, tuple[tuple[str, str], tuple[str, str]]] = {
    "existing": (
        ("sterkte en maten van de zwaarste delen laten vaststellen", "have strength and sizes of the most loaded parts established"),
        ("invoer controleren; daarna versterken of lichter", "check the input; then strengthen or go lighter"),
    ),
    "vertical": (
        ("sterkte en maten van de maatgevende delen laten vaststellen", "have strength and sizes of the governing parts established"),
        ("minder bouwlagen, lichter concept of versterken", "fewer storeys, a lighter concept or strengthening"),
    ),
    "stability": (
        ("schijfwerking en windgegevens door de constructeur laten toetsen", "have diaphragm action and wind data checked by an engineer"),
        ("stabiliteit aanvullen", "add stability"),
    ),
    "wall_wind": (
        ("inklemming en voorspanning van gevelwanden nagaan", "look into fixity and axial load of outer walls"),
        ("gevelwanden steunen", "support outer walls"),
    ),
    "anchorage": (
        ("verankering van het product opvragen", "ask for the connectors of the product"),
        ("zwaardere verankering", "heavier connectors"),
    ),
    "foundation": (
        ("funderingstekening, sonderingen en paalgegevens opvragen", "ask for foundation drawings, soundings and pile data"),
        ("fundering versterken of eigen fundering", "strengthen the foundation or found separately"),
    ),
    "robustness": (
        ("tweede draagweg laten beoordelen (CC2b)", "have the second load path judged (CC2b)"),
        ("tweede draagweg maken", "make a second load path"),
    ),
    "roof": (
        ("rust op delen met onbekende weerstand; zie varianten", "rests on parts of unknown resistance; see the variants"),
        ("ander product of ander dak; zie varianten", "another product or roof; see the variants"),
    ),
}


def section(record: Record, language: Language) -> Section:
    """Return the traffic lights of the state that the answer is about."""
    state, concept = state_about(record), leading(record)
    rows = [
        _vertical(record, [EXISTING], "existing", language),
        *([_vertical(record, states_up_to(record)[1:], "vertical", language)] if state != EXISTING else []),
        *(_side(record, subject, language) for subject in ("stability", "wall_wind", "anchorage", "foundation", "robustness")),
        _roof(record, language),
        *_rules(record, language),
    ]
    about = both(language, "bestaande toestand", "existing state") if state == EXISTING else state
    told = both(language, f"Stoplichten voor alle toestanden tot en met {about}", f"Traffic lights for all states up to {about}")
    if concept is not None and state != EXISTING:
        told += both(language, f" (concept {concept})", f" (concept {concept})")
    told += both(
        language,
        ". Groen: voldoet in alle toetsen die zijn gedaan. Oranje: onbekend, dus niet goed. Rood: voldoet niet.",
        ". Green: holds in every check that was made. Amber: unknown, so not good. Red: does not hold.",
    )
    title = both(language, "Doorgaan of niet", "Go or no-go")
    return Section(key="go_no_go", title=title, blocks=(Paragraph(text=told), Lights(rows=tuple(rows))))


def _vertical(record: Record, states: Sequence[str], subject: str, language: Language) -> Light:
    """Return the worst of every part over the states; a state that was not checked leaves all of them unknown."""
    columns = [part_columns(record, state) for state in states]
    known = [uc for values, _ in columns for uc in values.values() if uc is not None]
    outcomes = {part["id"]: _worst(found.get(part["id"], "unknown") for _, found in columns) for part in record["parts"]}
    outcome = _worst(outcomes.values())
    n = {name: sum(one == name for one in outcomes.values()) for name in ("ok", "over", "unknown")}
    most = uc_text(max(known, default=None), language)
    found = both(
        language,
        f"{n['ok']} delen voldoen, {n['unknown']} onbekend, {n['over']} voldoen niet; hoogste UC {most}",
        f"{n['ok']} parts hold, {n['unknown']} unknown, {n['over']} do not; highest UC {most}",
    )
    if subject == "existing":
        name = both(language, "bestaand gebouw, verticaal", "existing building, vertical")
    else:
        name = both(language, "met optopping, verticaal", "with extension, vertical")
    return _light(subject, name, outcome, found, language)


def _worst(outcomes: Iterable[str]) -> str:
    """Return the worst outcome; anything that is not a clear yes or no is unknown, and so is nothing at all."""
    tones = {tone_of(one) for one in outcomes}
    return next((one for one in ("over", "unknown") if one in tones), "ok") if tones else "unknown"


def _side(record: Record, subject: str, language: Language) -> Light:
    """Return a subject over every state that it is about; one state without a row leaves it unknown."""
    name = word(f"s_{subject}", language)
    by_state = {state: side_rows(record, subject, state) for state in _states_of(record, subject)}
    rows = [row for found in by_state.values() for row in found]
    if subject == "foundation":
        return _foundation(record, rows, name, language)
    missing = [state for state, found in by_state.items() if not found]
    outcome = _worst([*(row["outcome"] for row in rows), *("unknown" for _ in missing)])
    if not rows or (missing and outcome == "unknown" and all(row["outcome"] == "ok" for row in rows)):
        return _light(subject, name, outcome, word("not_checked_short", language), language)
    known = [row["uc"] for row in rows if row.get("uc") is not None]
    why = next((row["why"] for row in reversed(rows) if row["outcome"] == outcome and row.get("why")), "")
    found = phrase(why, language) or (f"UC {uc_text(max(known), language)}" if known else word(outcome, language))
    return _light(subject, name, outcome, found, language)


def _states_of(record: Record, subject: str) -> list[str]:
    """Return the states in which a subject is judged: anchorage and robustness are of what is new, nothing else of a stripped roof."""
    built = {row["id"] for row in record["scenarios"] if row["storeys"]}
    states = [state for state in states_up_to(record) if state in built]
    return states if subject in OF_THE_NEW else [EXISTING, *states]


def _foundation(record: Record, rows: Sequence[Mapping[str, Any]], name: str, language: Language) -> Light:
    made = record["extra_storeys"]["foundation"]
    outcome = worst([made["outcome"], *(row["outcome"] for row in rows)])
    ratios = [row["r_char"] for row in made["lines"] if row["r_char"] is not None]
    more = ""
    if ratios:
        share = f"{100.0 * (max(ratios) - 1.0):.0f}"
        more = both(language, f"; belasting tot {share} % hoger", f"; load up to {share} % higher")
    return _light("foundation", name, outcome, (phrase(made["basis"], language) or word(made["outcome"], language)) + more, language)


def _roof(record: Record, language: Language) -> Light:
    placed = [row for row in record["variants"] if row["modules"]]
    name = both(language, "dak en modules", "roof and modules")
    if not placed:
        return _light("roof", name, "unknown" if not record["variants"] else "over", word("variant_none", language), language)
    best = max(placed, key=lambda row: (row["outcome"] == "ok", row["dwellings"]))
    found = both(
        language,
        f"tot {best['dwellings']} woningen in {best['modules']} modules ({best['id']})",
        f"up to {best['dwellings']} dwellings in {best['modules']} modules ({best['id']})",
    )
    return _light("roof", name, best["outcome"], found, language)


def _rules(record: Record, language: Language) -> list[Light]:
    raised = [flag["code"] for flag in record["flags"] if not flag["asks"]]
    if not raised:
        return []
    found = both(language, f"{len(raised)} regels spelen: ", f"{len(raised)} rules apply: ") + ", ".join(raised)
    action = both(language, "per regel beoordelen; zie Regels", "judge each rule; see Rules")
    return [Light(subject=both(language, "regels", "rules"), tone="unknown", found=found, action=action)]


def _light(subject: str, name: str, outcome: str, found: str, language: Language) -> Light:
    tone = tone_of(outcome)
    unknown, over = _ACTIONS[subject]
    action = both(language, "geen", "none") if tone == "ok" else both(language, *(over if tone == "over" else unknown))
    return Light(subject=name, tone=tone, found=found, action=action)
