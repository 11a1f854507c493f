"""The business case for a terminal: three columns, what would have to be true, and what is missing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from optopscan.feasibility.choose import UNKNOWN
from optopscan.report.feasibility.words import confidence, said, short, unit
from optopscan.report.layout import heading, item, table, wrap
from optopscan.report.words import Language, number

Data = Mapping[str, Any]
FILE_NAMES = {"nl": "haalbaarheid.txt", "en": "feasibility.txt"}
MILLION_FROM = 1e6
_COLUMN_ROWS = ("dwellings", "cost", "rent_year", "upkeep_year", "income", "gap", "gap_per_dwelling")
_CARBON_ROWS = ("emitted", "stored", "extend_emitted", "rebuild_emitted", "rebuild_stored")


def text(data: Data, language: Language = "nl") -> str:
    """Return the page of a business case (`optopscan.report.feasibility.data`); nothing is computed here."""
    sections = (_head, _columns, _costs, _closing, _foundation, _combinations, _consents, _parking, _carbon, _missing, _used, _excluded)
    lines: list[str] = []
    for section in sections:
        made = section(data, language)
        lines += [*made, ""] if made else []
    return "\n".join(lines).rstrip() + "\n"


def shown(one: Data, language: Language, digits: int = 0) -> str:
    """Return an amount as "lo - hi", "at least lo" or "unknown"."""
    if one["missing"]:
        least = one["at_least"]
        return said("unknown", language) if least is None else said("at_least", language, value=_number(least, digits, language))
    lo, hi = (_number(one[key], digits, language) for key in ("lo", "hi"))
    return lo if lo == hi else f"{lo} - {hi}" if not (one["lo"] or 0.0) < 0.0 else f"{lo} {said('to', language)} {hi}"


def _number(value: float, digits: int, language: Language) -> str:
    if abs(value) >= MILLION_FROM:
        return said("million", language, value=number(value / MILLION_FROM, 2, language))
    text = f"{value:,.{digits}f}"
    if not text.strip("-0.,"):
        text = text.lstrip("-")
    return text.translate(str.maketrans(",.", ".,")) if language == "nl" else text


def label(name: str, data: Data, language: Language) -> str:
    """Return what a missing id is, in words."""
    known = {row["id"]: row[language] for row in data["assumptions"]}
    if name.startswith("amount:"):
        key = name.removeprefix("amount:")
        return said("missing_amount", language, name=known.get(key, key))
    return str(known.get(name, name))


def _head(data: Data, language: Language) -> list[str]:
    variant = data["variant"]
    lines = [said("statement", language), "", *heading(said("title", language, building=data["building"]))]
    gfa = number(variant["gfa_m2"], 0, language)
    told = {"id": variant["id"], "dwellings": variant["dwellings"], "storeys": variant["storeys"], "gfa": gfa}
    lines += wrap(said("variant", language, **told))
    lines += wrap(said(f"outcome_{variant['outcome']}", language))
    if variant["unknown"]:
        names = [UNKNOWN.get(name, (name, name))[0 if language == "nl" else 1] for name in variant["unknown"]]
        lines += wrap(said("unknown_of", language, names=", ".join(names)))
    if variant["fictitious"]:
        lines += wrap(said("fictitious", language))
    if variant["others_put_forward"]:
        lines += wrap(said("others", language, ids=", ".join(variant["others_put_forward"])))
    return lines


def _columns(data: Data, language: Language) -> list[str]:
    columns: Sequence[Data] = data["columns"]
    head = ["", *(said(column["key"], language) for column in columns)]
    rows = [[said(key, language), *(shown(column[key], language) for column in columns)] for key in _COLUMN_ROWS]
    return [*heading(said("h_columns", language)), *table(head, rows)]


def _costs(data: Data, language: Language) -> list[str]:
    known = {row["id"]: row for row in data["assumptions"]}
    rows = []
    for post in data["columns"][-1]["costs"]:
        row = known[post["assumption"]]
        price = shown(post["price"], language)
        if not post["price"]["missing"]:
            price += f" {unit(row['unit'], language)}"
        rows.append([short(row["id"], language), shown(post["amount"], language), price, shown(post["eur"], language)])
    head = [said(key, language) for key in ("post", "amount", "price")] + ["EUR"]
    doubtful = [row for post in data["columns"][-1]["costs"] if (row := known[post["assumption"]])["confidence"] == "uncertain"]
    names = ", ".join(short(row["id"], language) for row in doubtful if row["lo"] is not None)
    note = wrap(said("uncertain", language, names=names)) if names else []
    return [*heading(said("h_costs", language)), *table(head, rows), *note]


def _closing(data: Data, language: Language) -> list[str]:
    closing = data["closing"]
    lines = heading(said("h_closing", language))
    lines += item(said("closing_cost", language, value=shown(closing["cost"], language)))
    lines += item(said("closing_gap", language, value=shown(closing["gap"], language)))
    contribution = closing["contribution"]
    none = not contribution["missing"] and contribution["hi"] == 0.0
    lines += item(said("contribution_none" if none else "contribution", language, value=shown(contribution, language)))
    lines += item(said("rent_month", language, value=shown(closing["rent_month"], language)))
    missing = sorted({*contribution["missing"], *closing["rent_month"]["missing"]})
    if missing:
        lines += item(said("lacks", language, names=", ".join(missing)))
    return lines


def _foundation(data: Data, language: Language) -> list[str]:
    made = data["foundation"]
    told = said(f"foundation_{made['basis']}", language, n=made["lines"], value=shown(made["lines_strengthened"], language))
    return [*heading(said("h_foundation", language)), *wrap(told)]


def _combinations(data: Data, language: Language) -> list[str]:
    if not data["combinations"]:
        return []
    lines = [*heading(said("h_combinations", language)), *wrap(said("combine_saving", language))]
    for row in data["combinations"]:
        state = said("combine_" + row["coincides"], language)
        basis = f"{row['source']}; {confidence(row['confidence'], language)}"
        lines += item(f"[{state}] {row[language]} {row['ask_' + language]} ({basis})")
    return lines


def _consents(data: Data, language: Language) -> list[str]:
    lines = heading(said("h_consent", language))
    n = shown(data["columns"][0]["dwellings"], language)
    for row in data["consents"]:
        told = [f"{row['article']}, {confidence(row['confidence'], language)}"]
        if row["applies"] == "no":
            told.append(said("consent_no", language, n=row["from_dwellings"]))
        elif row["needed_lo"] is not None:
            lo, hi = row["needed_lo"], row["needed_hi"]
            told.append(said("consent_needed", language, value=lo if lo == hi else f"{lo} - {hi}", n=n))
        elif row["applies"] == "ask" and row["share"] is not None:
            told.append(said("consent_size", language, n=row["from_dwellings"]))
        if row["planning"]:
            told.append(said("consent_planning", language))
        lines += item(f"{row[language]} ({'; '.join(told)})")
    return lines


def _parking(data: Data, language: Language) -> list[str]:
    return [*heading(said("h_parking", language)), *wrap(said("parking", language, value=shown(data["parking_places"], language, 1)))]


def _carbon(data: Data, language: Language) -> list[str]:
    rows = [[said(key, language), shown(data["carbon_kg"][key], language)] for key in _CARBON_ROWS]
    return [*heading(said("h_carbon", language)), *table(["", "kg CO2"], rows)]


def _missing(data: Data, language: Language) -> list[str]:
    known = {row["id"]: row for row in data["assumptions"]}
    amounts = [column[key] for column in data["columns"] for key in ("cost", "income")]
    amounts += [*data["closing"].values(), *data["carbon_kg"].values(), data["parking_places"]]
    names = sorted({name for one in amounts for name in one["missing"]})
    if not names:
        return []
    lines = heading(said("h_missing", language))
    for name in names:
        why = known[name]["unknown"] if name in known else said("not_in_record", language)
        lines += item(f"{name}: {label(name, data, language)} ({why})")
    return lines


def _used(data: Data, language: Language) -> list[str]:
    used = {post["assumption"] for column in data["columns"] for post in column["costs"]}
    rows = [row for row in data["assumptions"] if row["lo"] is not None and (row["own"] or row["group"] != "works" or row["id"] in used)]
    lines = heading(said("h_used", language))
    for row in rows:
        value = shown({**row, "missing": [], "at_least": None}, language, 2)
        date = f", {row['price_date']}" if row["price_date"] else ""
        told = f"{value} {unit(row['unit'], language)} ({row['source']}; {confidence(row['confidence'], language)}{date})"
        lines += item(f"{row['id']}: {row[language]}: {told}")
    return lines


def _excluded(data: Data, language: Language) -> list[str]:  # noqa: ARG001 - as every section
    return [*heading(said("h_excluded", language)), *wrap(said("excluded", language))]
