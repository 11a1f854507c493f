"""The text summary: a constructeur reads it top-down, answer first, then why, then on what it rests."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from optopscan.issues import CODES
from optopscan.report import chances
from optopscan.report.layout import WIDTH
from optopscan.report.layout import heading as _heading
from optopscan.report.layout import item as _item
from optopscan.report.layout import table as _table
from optopscan.report.layout import wrap as _wrap
from optopscan.report.marks import HASH_LENGTH, answer, part_text, uc_text, unknowns
from optopscan.report.phrases import phrase
from optopscan.report.record.arrays import Arrays
from optopscan.report.record.build import names_of
from optopscan.report.variants.reasons import variant_why
from optopscan.report.words import Language, issue_title, number, word

FILE_NAMES: dict[Language, str] = {"nl": "samenvatting.txt", "en": "summary.txt"}
_TOP_LINES = 10
_TOP_REMEDIES = 3
_TOP_OVER = 5
_TOP_CHECKS = 5
_TOP_ISSUES = 10
_TOP_OVERRIDES = 20
_TOP_ELEMENTS = 3

Record = Mapping[str, Any]


def text(record: Record, language: Language = "nl") -> str:
    """Return the summary as plain text, at most 100 columns wide, newline at the end.

    Parameters
    ----------
    record
        A record as `record.build` makes it.
    language
        "nl" or "en"; a text of a stage without a template (`optopscan.report.phrases`) is shown as written.
    """
    return "\n\n".join("\n".join(block) for block in blocks(record, language).values() if block) + "\n"


def blocks(record: Record, language: Language) -> dict[str, list[str]]:
    """Return the lines of every block of the summary by name, in order; an empty one has nothing to tell."""
    parts = names_of(record)
    return {
        "head": _head(record, language),
        "existing": _existing(record, language, parts),
        "why": _why(record, language, parts),
        "chance": _chance(record, language),
        "concepts": _concepts(record, language),
        "scenarios": _scenarios(record, language),
        "checks": _checks(record, language, parts),
        "take_down": _take_down(record, language),
        "foundation": _foundation(record, language),
        "variants": _variants(record, language),
        "investigate": _investigate(record, language),
        "flags": _flags(record, language),
        "overrides": _overrides(record, language),
        "assumptions": _assumptions(record, language),
        "not_checked": _not_checked(record, language),
        "issues": _issues(record, language),
        "inputs": _inputs(record, language),
    }


def render(record: Record, arrays: Arrays, language: Language = "nl") -> list[tuple[str, bytes]]:  # noqa: ARG001
    """Return the summary as a view among views."""
    return [(FILE_NAMES[language], text(record, language).encode())]


def _head(record: Record, language: Language) -> list[str]:
    extra, building = record["extra_storeys"], record["building"]
    settings = record["settings"]
    facts = [
        word(f"label_{extra['label']}", language),
        f"{word('input', language)} {record['input_sha256'][:HASH_LENGTH]}",
        f"optopscan {record['tool']['version']}",
        f"{word('level', language)} {phrase(str(settings.get('level', '?')), language)}",
        str(settings.get("consequence_class", "?")),
    ]
    year = building["build_year"] or settings.get("build_year") or word("unknown", language)
    place = word(
        "building_is",
        language,
        name=building["name"] or word("unknown", language),
        year=year,
        storeys=len(record["take_down"]["storeys"]),
        height=number(building["height_m"], 1, language),
        roof=number(building["flat_roof_area_m2"], 0, language),
        build=number(building["build_roof_area_m2"], 0, language),
        level=number(building["build_roof_z_m"], 2, language),
    )
    counts = word("elements_are", language, n=building["n_element"], yes=building["n_bearing"], unknown=building["n_bearing_unknown"])
    lines = [
        *_wrap(answer(record, language)),
        word("statement", language),
        "=" * WIDTH,
        *_wrap(" · ".join(facts)),
        *_wrap(place),
        *_wrap(counts),
    ]
    raised = [flag["code"] for flag in record["flags"] if not flag["asks"]]
    if raised:
        lines += _wrap(f"{word('attention', language)}: {', '.join(raised)}")
    return lines + _other_factors(record, language)


def _other_factors(record: Record, language: Language) -> list[str]:
    """Return a line for every other set of partial factors under which the answer is another."""
    extra = record["extra_storeys"]
    own = (extra["proven"], extra["possible"])
    differing = [row for row in extra["factor_set_alternatives"] if (row["proven"], row["possible"]) != own]
    told = [word("other_factors", language, set=row["set"], proven=row["proven"], possible=row["possible"]) for row in differing]
    return [line for text in told for line in _wrap(text)]


def _existing(record: Record, language: Language, parts: Mapping[str, Any]) -> list[str]:
    """Return the parts that fail as they stand, then those that fail only with the strength that was assumed."""
    over, assumed = _existing_over(record)
    lines: list[str] = []
    for highest, title, told in ((over, "h_existing_over", "existing_over"), (assumed, "h_existing_assumed", "existing_assumed")):
        if not highest:
            continue
        worst = sorted(highest.items(), key=lambda item: (-item[1], item[0]))
        lines += [*([""] if lines else []), *_heading(word(title, language))]
        lines += _wrap(word(told, language, n=len(worst), total=len(record["parts"])))
        for part, uc in worst[:_TOP_OVER]:
            lines += _item(f"UC {uc_text(uc, language)}  {part_text(record, part, language, parts)}")
    return lines


def _existing_over(record: Record) -> tuple[dict[str, float], dict[str, float]]:
    """Return part and highest UC in the states without storeys: over, and above 1 but unknown."""
    states = {row["id"] for row in record["scenarios"] if row["storeys"] == 0}
    over: dict[str, float] = {}
    assumed: dict[str, float] = {}
    for column in record["part_uc"]:
        if column["scenario"] not in states:
            continue
        outcomes = column.get("outcome") or ["over"] * len(column["uc"])
        for part, uc, outcome in zip(record["parts"], column["uc"], outcomes, strict=True):
            if uc is not None and uc > 1.0:
                into = over if outcome == "over" else assumed
                into[part["id"]] = max(uc, into.get(part["id"], 0.0))
    for check in record["checks"]:
        if check["scenario"] in states and check["outcome"] == "over":
            over[check["part"]] = max(check["uc"] or 0.0, over.get(check["part"], 0.0))
    return over, {part: uc for part, uc in assumed.items() if part not in over}


def _why(record: Record, language: Language, parts: Mapping[str, Any]) -> list[str]:
    extra = record["extra_storeys"]
    lines = _heading(word("h_why", language))
    if extra["possible"] > extra["proven"]:
        lines += _item(f"{word('not_proven_for', language)}: {unknowns(record, language)}")
    if extra["governing"] is None:
        lines += _item(word("no_governing", language))
    else:
        lines += _item(f"{word('governing', language)}: {bottleneck(record, extra['governing'], language, parts)}")
    for row in extra["next_bottlenecks"]:
        lines += _item(f"{word('then', language)}: {bottleneck(record, row, language, parts)}")
    wind = word("not_determined", language) if extra["with_wind"] is None else f"+{extra['with_wind']}"
    lines += _item(f"{word('vertical_only', language)}: +{extra['vertical_only']}; {word('with_wind', language)}: {wind}")
    return lines


def _chance(record: Record, language: Language) -> list[str]:
    title = chances.heading(record, language)
    if not title:
        return []
    lines = [*_heading(title), *(line for text in chances.lines(record, language) for line in _item(text))]
    head, rows = chances.others(record, language)
    return [*lines, *_table(head, rows)] if len(rows) > 1 else lines


def bottleneck(record: Record, row: Mapping[str, Any], language: Language, parts: Mapping[str, Any]) -> str:
    """Return what stops a storey in one phrase: part, clause, utilisation, state."""
    told = [part_text(record, row["part"], language, parts), row["clause"], f"UC {uc_text(row['uc'], language)}", row["scenario"]]
    return ", ".join(text for text in told if text)


def _concepts(record: Record, language: Language) -> list[str]:
    extra = record["extra_storeys"]
    header = ["concept", "proven", "possible", "vertical_only"]
    rows = [[row["concept"], *(f"+{row[key]}" for key in header[1:])] for row in extra["per_concept"]]
    lines = _heading(word("h_concepts", language))
    if not rows:
        return [*lines, *_item(word("nothing", language))]
    lines += _table([word(key, language) for key in header], rows)
    lines += _possible_note(record, language, extra["per_concept"])
    if extra["factor_set_alternatives"]:
        lines += ["", word("h_factor_sets", language) + ":"]
        sets = [[row["set"], f"+{row['proven']}", f"+{row['possible']}"] for row in extra["factor_set_alternatives"]]
        lines += _table([word(key, language) for key in ("factor_set", "proven", "possible")], sets)
        lines += _possible_note(record, language, extra["factor_set_alternatives"])
    return lines


def _possible_note(record: Record, language: Language, rows: Iterable[Mapping[str, Any]]) -> list[str]:
    if all(row["possible"] == row["proven"] for row in rows):
        return []
    return _wrap(f"{word('possible', language)}: {word('not_proven_for', language)} {unknowns(record, language)}", indent="  ")


def _scenarios(record: Record, language: Language) -> list[str]:
    """Return how many parts are ok, over and unknown in each state; unknown is never counted as ok."""
    columns = {row["scenario"]: row for row in record["part_uc"]}
    rows = []
    for row in record["scenarios"]:
        if row["id"] in columns:
            column = columns[row["id"]]
            known = [uc for uc in column["uc"] if uc is not None]
            over = sum(uc > 1.0 for uc in known)
            counts = (len(known) - over, over, len(column["uc"]) - len(known))
            if "outcome" in column:
                seen = Counter(column["outcome"])
                counts = (seen["ok"], seen["over"], seen["unknown"])
            told = [number(row["height_m"], 1, language), *map(str, counts), uc_text(max(known, default=None), language)]
            rows.append([row["id"], f"+{row['storeys']}", *told])
    if not rows:
        return []
    heads = ("state", "storeys", "height", "n_ok", "n_over", "n_unknown", "max_uc")
    return [*_heading(word("h_states", language)), *_table([word(key, language) for key in heads], rows)]


def _checks(record: Record, language: Language, parts: Mapping[str, Any]) -> list[str]:
    ranked = sorted(record["checks"], key=lambda row: (-(row["uc"] or 0.0), row["scenario"], row["part"]))
    if not ranked:
        return []
    lines = _heading(word("h_checks", language))
    for row in ranked[:_TOP_CHECKS]:
        inputs = ", ".join(f"{key} = {phrase(str(value), language)}" for key, value in sorted(row["inputs"].items()))
        lines += _item(
            f"UC {uc_text(row['uc'], language)} ({word(row['outcome'], language)})  {part_text(record, row['part'], language, parts)}; "
            f"{row['clause']}; {row['scenario']}; {row['combination']}; N = {number(row['n_kn'], 1, language)} kN, "
            f"M = {number(row['m_knm'], 2, language)} kNm; R = {number(row['resistance'], 1, language)}; {inputs}"
        )
    return lines


def _take_down(record: Record, language: Language) -> list[str]:
    loads = record["take_down"]
    keys = ("carried_area_m2", "added_permanent_kn", "added_permanent_kn_m2", "permanent_kn", "imposed_kn", "roof_kn")
    heads = ("storey", "area", "added", "added_m2", "sum_g", "sum_q", "sum_roof")
    digits = (1, 1, 2, 1, 1, 1)
    rows = [
        [str(row["storey"] + 1), *(number(row[key], places, language) for key, places in zip(keys, digits, strict=True))]
        for row in loads["storeys"]
    ]
    lines = _heading(word("h_take_down", language, name=word(f"d_{loads['distribution']}", language)))
    lines += _table([word(key, language) for key in heads], rows)
    pairs = [("ground", loads["ground_permanent_kn"], loads["ground_imposed_kn"])]
    if loads["permanent_kn"] is not None or loads["imposed_kn"] is not None:
        pairs.insert(0, ("applied", loads["permanent_kn"], loads["imposed_kn"]))
    for key, permanent, imposed in pairs:
        lines.append(f"  {word(key, language)}: G {number(permanent, 1, language)} kN, Q {number(imposed, 1, language)} kN")
    lines.append(f"  {word('direct', language)}: G {number(loads['direct_to_ground_kn'], 1, language)} kN")
    lines.append(f"  {word('unsupported', language)}: {number(loads['unsupported_kn'], 1, language)} kN")
    return lines + _wrap(word("take_down_note", language), indent="  ")


def _foundation(record: Record, language: Language) -> list[str]:
    foundation = record["extra_storeys"]["foundation"]
    lines = _heading(word("h_foundation", language, outcome=word(foundation["outcome"], language)))
    if foundation["basis"]:
        lines += _item(word("foundation_basis", language, basis=phrase(foundation["basis"], language)))
    if not foundation["lines"]:
        return [*lines, *_item(word("foundation_none", language))]
    # Unknown ratios first: they are the ones to look at.
    ranked = sorted(foundation["lines"], key=lambda row: (row["r_char"] is not None, -(row["r_char"] or 0.0), row["line"], row["part"]))
    keys, digits = ("length_m", "old_kn_m", "new_kn_m", "r_char", "r_psi"), (1, 1, 1, 2, 2)
    rows = [
        [str(row["line"]), row["part"], *(number(row[key], places, language) for key, places in zip(keys, digits, strict=True))]
        for row in ranked[:_TOP_LINES]
    ]
    head = [*(word(key, language) for key in ("line", "part", "length", "old", "new")), "r_char", "r_psi"]
    lines += _table(head, rows, left=2)
    if len(ranked) > _TOP_LINES:
        lines.append("  " + word("more_lines", language, n=len(ranked) - _TOP_LINES))
    return lines


def _variants(record: Record, language: Language) -> list[str]:
    lines = _heading(word("h_variants", language))
    if not record["variants"]:
        return [*lines, *_item(word("variant_none", language))]
    rows = [
        [
            row["id"],
            row["concept"],
            f"+{row['storeys']}",
            str(row["modules"]),
            str(row["dwellings"]),
            " ".join(f"{count}x{kind}" for kind, count in sorted(row["dwellings_by_type"].items())),
            number(row["gfa_m2"], 0, language),
            uc_text(row["max_uc"], language),
            word(row["outcome"] if row["modules"] else "no_place", language),
        ]
        for row in record["variants"]
    ]
    heads = ("variant", "concept", "storeys", "modules", "dwellings", "types", "gfa", "max_uc", "outcome")
    lines += _table([word(key, language) for key in heads], rows, left=2)
    for row in record["variants"]:
        if row["why"]:
            lines += _item(f"{row['id']}: {variant_why(row, language)}")
        for reason in row.get("why_not", [])[:1]:
            lines += _item(word("variant_stopped", language, id=row["id"], text=reason[f"text_{language}"]))
        for remedy in row.get("remedies", [])[:_TOP_REMEDIES]:
            lines += _item(f"{row['id']}: {remedy[f'text_{language}']}")
    return lines


def _investigate(record: Record, language: Language) -> list[str]:
    rows = record["extra_storeys"]["investigate_first"]
    if not rows:
        return []
    lines = _heading(word("h_investigate", language))
    for row in rows:
        shown = ", ".join(row["parts"][:_TOP_OVER]) + (" ..." if len(row["parts"]) > _TOP_OVER else "")
        gain = chances.worth(row, language) or word("gain", language, n=row["gain"])
        lines += _item(f"{phrase(row['what'], language)} ({gain}){': ' + shown if shown else ''}")
    return lines


def _flags(record: Record, language: Language) -> list[str]:
    if not record["flags"]:
        return []
    lines = _heading(word("h_flags", language))
    for row in record["flags"]:
        asked = word("judge" if row["asks"] else "triggered", language, what=phrase(row["triggered_by"], language))
        told = [*([phrase(row["article"], language)] if row["article"] else []), asked]
        lines += _item(f"{row['code']}: {phrase(row['text'], language)} ({'; '.join(told)})")
    return lines


def _overrides(record: Record, language: Language) -> list[str]:
    """Return what the engineer corrected: old and new value, where, and on what ground."""
    told = record["overrides"]
    if told["name"] is None:
        return []
    lines = _heading(word("h_overrides", language, name=told["name"]))
    names = {row["id"]: row["name"] for row in record["elements"]}
    for row in told["applied"][:_TOP_OVERRIDES]:
        source = ", ".join(text for text in (row["source"], row["date"]) if text and row["source"])
        ground = [source or word("override_unsourced", language), *([] if row["used"] else [word("override_unused", language)])]
        told_row = {key: row[key] for key in ("field", "old", "new", "place")}
        where = _override_where(row, names, language)
        lines += _item(word("override_is", language, **told_row, where=where, source="; ".join(ground)))
    if len(told["applied"]) > _TOP_OVERRIDES:
        lines += _item(word("override_more", language, n=len(told["applied"]) - _TOP_OVERRIDES))
    return lines if told["applied"] else [*lines, *_item(word("nothing", language))]


def _override_where(row: Mapping[str, Any], names: Mapping[str, str], language: Language) -> str:
    shown = [f"{names.get(one, '')} {one}".strip() for one in row["elements"][:_TOP_ELEMENTS]]
    dots = ["..."] if len(row["elements"]) > _TOP_ELEMENTS else []
    if row["lines"]:
        return word("override_lines", language, which=", ".join(map(str, row["lines"])))
    if row["elements"]:
        return word("override_elements", language, n=len(row["elements"]), which=", ".join([*shown, *dots]))
    return word("override_whole", language)


def _assumptions(record: Record, language: Language) -> list[str]:
    lines = _heading(word("h_assumptions", language))
    for row in record["assumptions"]:
        told = [phrase(row["source"] or "", language), phrase(row["confidence"], language)]
        if row["alternative"]:
            told.append(word("alternative", language, what=phrase(row["alternative"], language)))
        lines += _item(f"{phrase(row['what'], language)}: {phrase(row['value'], language)} ({'; '.join(text for text in told if text)})")
    return lines if record["assumptions"] else [*lines, *_item(word("nothing", language))]


def _not_checked(record: Record, language: Language) -> list[str]:
    rows = [phrase(text, language) for text in record["not_checked"]] or [word("nothing", language)]
    return [*_heading(word("h_not_checked", language)), *(line for text in rows for line in _item(text))]


def _issues(record: Record, language: Language) -> list[str]:
    severity = Counter(row["severity"] for row in record["issues"])
    counts = {name: severity[name] for name in ("serious", "warning", "info")}
    lines = _heading(word("h_issues", language, **counts))
    serious = [row for row in record["issues"] if row["severity"] == "serious"]
    for row in serious[:_TOP_ISSUES]:
        lines += _item(f"{row['code']} {row['id']}: {phrase(row['message'], language)}")
    codes = Counter(row["code"] for row in record["issues"])
    for code, count in sorted(codes.items()):
        title = CODES[code].title if code in CODES else ""
        lines += _item(f"{code} {count}x {issue_title(code, title, language)}".rstrip())
    return lines


def _inputs(record: Record, language: Language) -> list[str]:
    lines = _heading(word("h_inputs", language))
    for row in record["inputs"]:
        lines += _item(f"{row['name']} ({row['ifc_schema']}, {row['length_unit']}, {row['exporter'] or '?'}), sha256 {row['sha256']}")
    return lines
