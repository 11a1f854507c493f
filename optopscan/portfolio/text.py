"""Numbers and lines in Dutch that all views of a screening share, and the summary for the terminal."""

from __future__ import annotations

from typing import Any

from optopscan.report.tidy import clean

STEP_NL = {
    "theoretical": "theoretisch",
    "flat": "plat dak",
    "structure": "draagconstructie",
    "foundation": "fundering",
    "rules": "regels",
    "owner": "eigenaar",
}
BASIS_NL = {"measured": "gemeten", "calculated": "berekend", "declared": "opgave", "assumed": "aanname"}
EFFECT_NL = {"drop": "valt af", "remark": "let op", "grant": "toegekend"}


def number(value: float | int | None, digits: int = 0) -> str:
    """Return a number in Dutch, with a point between thousands; "-" for none."""
    if value is None:
        return "-"
    return f"{value:,.{digits}f}".replace(",", " ").replace(".", ",").replace(" ", ".")


def range_of(pair: dict[str, int]) -> str:
    """Return a range in Dutch."""
    return number(pair["lo"]) if pair["lo"] == pair["hi"] else f"{number(pair['lo'])} tot {number(pair['hi'])}"


def tonnes_of(carbon: dict[str, Any]) -> str:
    """Return the CO2 of a group in Dutch, emitted and stored apart: they are not netted."""
    told = []
    for key, name in (("emitted_t", "uitstoot"), ("stored_t", "opslag")):
        pair = carbon[key]
        told.append(f"{name} onbekend" if pair is None else f"{name} {range_of(pair)} t")
    return ", ".join(told)


def carbon_basis(record: dict[str, Any]) -> str:
    """Return where the CO2 of a screening comes from, in one sentence."""
    stated, told = record["carbon"], []
    for key, name in (("emitted_kg_m2", "uitstoot A1-A3"), ("stored_kg_m2", "opslag in hout")):
        row = stated[key]
        if row["lo"] is None:
            told.append(f"{name} onbekend ({row['source']})")
        else:
            told.append(f"{name} {number(row['lo'])} tot {number(row['hi'])} kg/m² bvo ({BASIS_NL[row['basis']]}: {row['source']})")
    fictitious = " (fictief product)" if stated["fictitious"] else ""
    return (
        f"CO2 van de nieuwe woningen met {stated['product']}{fictitious}: {'; '.join(told)}. Uitstoot en opslag worden niet verrekend; "
        "versterking, ontsluiting, gebruik en een vergelijking met sloop en nieuwbouw zitten er niet in"
    )


def headline(record: dict[str, Any]) -> str:
    """Return the answer in one line."""
    totals = record["totals"]
    if record["withheld"]:
        least = record["settings"]["least_group"]
        return f"{totals['buildings']} gebouwen: te weinig om te publiceren (ten minste {least}); voeg bestanden toe"
    return counted(totals)


def counted(group: dict[str, Any]) -> str:
    """Return how many buildings of a group have each word."""
    words = ", ".join(f"{number(group['words'][word])} {word}" for word in ("kansrijk", "mogelijk", "niet", "onbekend"))
    return f"{number(group['buildings'])} gebouwen: {words}"


def dated(record: dict[str, Any]) -> str:
    """Return how old the data are, or that this is not known."""
    data = record["data"]
    told = [*(f"peildatum {one}" for one in data["reference_dates"]), *(f"uitgave {one}" for one in data["releases"])]
    years = data["survey_years"]
    if years:
        told.append(f"hoogtemeting {years[0]}" if years[0] == years[1] else f"hoogtemeting {years[0]} tot {years[1]}")
    return "; ".join(told) if told else "datum van de brongegevens onbekend"


def summary(record: dict[str, Any]) -> str:
    """Return the summary for the terminal."""
    lines = [headline(record), record["status"], dated(record), *record["attribution"]]
    if not record["withheld"]:
        totals = record["totals"]
        lines += [f"woningen: {range_of(totals['dwellings'])} (kansrijk met +1, tot alles wat mogelijk is)"]
        lines += [f"CO2 daarvan: {tonnes_of(totals['carbon'])}", ""]
        for funnel in record["funnels"]:
            lines += _funnel(funnel)
        lines.append("families (gebouwen, kansrijk + mogelijk, kans op +1):")
        lines += [
            f"  {row['family']}: {number(row['buildings'])}, {number(row['series'])}, {number(row['p_at_least_1'], 1)}"
            for row in record["families"]
        ]
    lines += ["", f"kans: {record['meaning']}", "niet getoetst: " + "; ".join(record["not_checked"])]
    return "\n".join(line[: len(line) - len(line.lstrip())] + clean(line) for line in lines)


def _funnel(funnel: dict[str, Any]) -> list[str]:
    lines = [f"trechter {funnel['preset']}: {number(funnel['start'])} gebouwen, {number(funnel['left'])} over"]
    for row in funnel["rows"]:
        count = row["lost"] if row["effect"] == "drop" else row["noted"]
        if count:
            unknown = f", waarvan {number(row['lost_for_want_of_a_fact'])} onbekend" if row["lost_for_want_of_a_fact"] else ""
            lines.append(f"  {STEP_NL[row['step']]}: {EFFECT_NL[row['effect']]} {number(count)}{unknown}: {row['nl']}")
    granted = ", ".join(f"{storeys} bij {number(n)}" for storeys, n in funnel["granted"].items())
    return [*lines, *([f"  toegekend: {granted}"] if granted else []), ""]
