"""All variants as a table for a spreadsheet: one row each, the unit in every head, nothing where nothing is known."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from optopscan.catalog.worth_rows import Effect
from optopscan.feasibility.choose import UNKNOWN, Choice
from optopscan.feasibility.sun import WHY
from optopscan.feasibility.worth import Worth
from optopscan.report.spreadsheet.csv_text import table, words
from optopscan.report.words import Language, number

NAME = "variants.csv"
_LANGUAGE: tuple[Language, Language] = ("nl", "en")
_OUTCOME = {"ok": ("voldoet", "ok"), "over": ("voldoet niet", "over"), "unknown": ("onbekend", "unknown")}
_YES = (("nee", "no"), ("ja", "yes"))


@dataclass(frozen=True, kw_only=True)
class _Row:
    """A variant in one language; ``choice`` is the sentence that puts it forward, empty for most."""

    worth: Worth
    on_front: bool
    choice: str
    lang: int


def variants_csv(worths: Sequence[Worth], on_front: Sequence[bool], choices: Sequence[Choice] = (), language: Language = "nl") -> bytes:
    """Return every variant in the order given.

    Dutch: semicolons and decimal commas; English: commas and points. UTF-8 with a mark, so that a spreadsheet reads it
    as such. A value that is not known is empty and the last column says why. Text that a spreadsheet would take for a
    formula gets an apostrophe in front.

    Parameters
    ----------
    on_front
        Per variant whether no other beats it (`optopscan.feasibility.pareto.front`).
    """
    lang = _LANGUAGE.index(language)
    told: Mapping[str, str] = {choice.id: (choice.nl, choice.en)[lang] for choice in choices}
    made = [[heads[lang] for *heads, _ in _COLUMNS]]
    for worth, front in zip(worths, on_front, strict=True):
        row = _Row(worth=worth, on_front=bool(front), choice=told.get(worth.scheme.id, ""), lang=lang)
        made.append([cell(row) for *_, cell in _COLUMNS])
    return table(made, language)


def why_unknown(worth: Worth, lang: int) -> tuple[str, ...]:
    """Return why cells of a variant are empty or its outcome unknown; lang 0 is Dutch, 1 English."""
    scheme, undone = worth.scheme, ("niet berekend", "not worked out")
    why = []
    if scheme.outcome == "unknown":
        why.append(", ".join(UNKNOWN.get(name, (name, name))[lang] for name in scheme.unknown) or ("niet aangetoond", "not proven")[lang])
    if math.isnan(scheme.max_uc):
        why.append(("UC niet bekend", "UC not known")[lang])
    for part, name in ((worth.cost, ("kosten", "cost")), (worth.carbon, ("CO2", "CO2")), (worth.sun, ("zon", "sun"))):
        if part is None:
            why.append(f"{name[lang]} {undone[lang]}")
    if worth.cost is not None:
        why.extend(worth.cost.why)
    if worth.carbon is not None:
        why.extend(worth.carbon.why)
    if worth.sun is not None and worth.sun.why:
        why.append(WHY[worth.sun.why][lang])
    return tuple(why)


def _number(digits: int, value: Callable[[Worth], float]) -> Callable[[_Row], str]:
    def cell(row: _Row) -> str:
        found = value(row.worth)
        return "" if math.isnan(found) else number(found, digits, _LANGUAGE[row.lang])

    return cell


def _text(value: Callable[[_Row], str]) -> Callable[[_Row], str]:
    return lambda row: words(value(row))


def _codes(effect: Effect) -> Callable[[_Row], str]:
    return _text(lambda row: " ".join(finding.code for finding in row.worth.findings if finding.effect == effect))


def _types(row: _Row) -> str:
    return " ".join(f"{code}:{n}" for code, n in sorted(row.worth.scheme.dwellings_by_type.items()))


def _cost(end: str) -> Callable[[Worth], float]:
    return lambda w: math.nan if w.cost is None else float(getattr(w.cost, end))


def _carbon(name: str) -> Callable[[Worth], float]:
    return lambda w: math.nan if w.carbon is None else float(getattr(w.carbon, name))


def _sun(name: str) -> Callable[[Worth], float]:
    return lambda w: math.nan if w.sun is None or w.sun.why else float(getattr(w.sun, name))


# (Dutch head, English head, cell); the order is part of the file: new columns go before the last one
_COLUMNS: tuple[tuple[str, str, Callable[[_Row], str]], ...] = (
    ("variant", "variant", _text(lambda row: row.worth.scheme.id)),
    ("product", "product", _text(lambda row: row.worth.scheme.concept)),
    ("bouwlagen", "storeys", _number(0, lambda w: w.scheme.storeys)),
    ("ontsluiting", "access", _text(lambda row: row.worth.scheme.access)),
    ("mix", "mix", _text(lambda row: row.worth.scheme.mix)),
    ("terugligging_m", "setback_m", _number(2, lambda w: w.scheme.setback_m)),
    ("woningen", "dwellings", _number(0, lambda w: w.scheme.dwellings)),
    ("woningen_per_type", "dwellings_by_type", _text(_types)),
    ("bvo_m2", "gfa_m2", _number(1, lambda w: w.scheme.gfa_m2)),
    ("nieuw_dak_m2", "new_roof_m2", _number(1, lambda w: w.scheme.roof_m2)),
    ("hoogste_uc", "max_uc", _number(3, lambda w: w.scheme.max_uc)),
    ("uitkomst", "outcome", _text(lambda row: _OUTCOME[row.worth.scheme.outcome][row.lang])),
    ("kosten_laag_eur_excl_btw", "cost_lo_eur_excl_vat", _number(0, _cost("lo_eur"))),
    ("kosten_hoog_eur_excl_btw", "cost_hi_eur_excl_vat", _number(0, _cost("hi_eur"))),
    ("co2_uitstoot_kg", "carbon_emitted_kg", _number(0, _carbon("emitted_kg"))),
    ("co2_opslag_kg", "carbon_stored_kg", _number(0, _carbon("stored_kg"))),
    ("zonverlies_gemiddeld_h", "sun_lost_mean_h", _number(2, _sun("lost_mean_h"))),
    ("zonverlies_hoogste_h", "sun_lost_max_h", _number(2, _sun("lost_max_h"))),
    ("punten_onder_zonnorm", "points_below_sun_norm", _number(0, _sun("below"))),
    ("grond_met_zonverlies_m2", "ground_losing_sun_m2", _number(0, _sun("ground_m2"))),
    ("verboden_door", "stopped_by", _codes("stop")),
    ("vraagt", "needs", _codes("needs")),
    ("na_te_gaan", "to_be_asked", _codes("ask")),
    ("op_front", "on_front", _text(lambda row: _YES[row.on_front][row.lang])),
    ("voorgesteld_omdat", "put_forward_because", _text(lambda row: row.choice)),
    ("waarom_onbekend", "why_unknown", _text(lambda row: "; ".join(why_unknown(row.worth, row.lang)))),
)
