"""The calculation of one element as a constructeur would write it: loads, combinations, clause steps, unity checks (Dutch)."""

from __future__ import annotations

import dataclasses
import inspect
import math
import re
import textwrap
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from optopscan.checks.clause_functions import Clause, clause_functions, unit_of
from optopscan.checks.formula import Filled, figure, filled_in, formula_of
from optopscan.checks.trace import Step
from optopscan.model.sides import EXISTING
from optopscan.pipeline.calculating import Calculation, Combination, PartCalculation, SectionCheck
from optopscan.pipeline.load_rows import Extension, LoadRow
from optopscan.report.plain_words import group_name
from optopscan.report.tidy import clean, tidy
from optopscan.report.words import number, word
from optopscan.report.worked import formula_lines
from optopscan.units import GRAVITY_M_S2

WIDTH = 110
DIGITS = 5
SECTION_NL = {"head": "kop", "mid": "midden", "foot": "voet", "extra": "hele onderdeel"}
KIND_NL = {"pier": "penant", "lintel": "latei", "column": "kolom", "beam": "ligger", "footing": "strook of poer", "pile": "paal"}
SUBJECT_NL = {"stability": "stabiliteit", "wall_wind": "wind op de wand", "foundation": "fundering", "anchorage": "verankering"}
WORDS_NL = {"if": "als", "else": "anders", "and": "en", "or": "of", "not": "niet", "true": "ja", "false": "nee"}
CLAUSE_NL = (
    ("the Dutch annex", "nationale bijlage"),
    ("Dutch annex to", "nationale bijlage bij"),
    ("Dutch annex", "nationale bijlage"),
    ("[Aa]nnex", "bijlage"),
    ("table", "tabel"),
    ("figure", "figuur"),
    ("expression", "formule"),
    ("with", "met"),
    ("and", "en"),
    ("to", "t/m"),
    ("head", "kop"),
    ("mid", "midden"),
    ("foot", "voet"),
)
COMBINATION_NL = {"6.10a": "6.10a", "6.10b": "6.10b", "6.10b roof leading": "6.10b dak"}
CARRIES_ACROSS = ("beam", "lintel")
LEAST_KN = 0.005
SAME_VOLUME = 0.005
MOST_RESULTS = 8


def as_json(made: Calculation) -> dict[str, Any]:
    """Return the calculation as plain data; what is unknown is null."""
    data: dict[str, Any] = tidy(dataclasses.asdict(made))
    return data


def text(made: Calculation) -> str:
    """Return the calculation as plain text, part by part."""
    known = clause_functions()
    lines = [*_head(made)]
    for part in made.parts:
        lines += ["", *_part(made, part, known)]
    return "\n".join(lines)


def _kn(value: float, digits: int = 2) -> str:
    return number(None if math.isnan(value) else value, digits, "nl")


def _head(made: Calculation) -> list[str]:
    f = made.factors
    state = "bestaand, zonder optopping" if made.scenario == EXISTING else made.scenario
    material = group_name(made.material, "nl")
    gammas = f"gamma_G {_kn(f.gamma_ga)} (6.10a) en {_kn(f.gamma_gb)} (6.10b), gunstig {_kn(f.gamma_g_inf)}; gamma_Q {_kn(f.gamma_q)}"
    return [
        clean(f"Berekening {made.element} {made.name}{f', GlobalId {made.guid}' if made.guid else ''}"),
        word("statement", "nl"),
        "=" * WIDTH,
        f"toestand: {state}; niveau {made.level}, {f.consequence_class}",
        *_wrap(f"belastingfactoren: {gammas}; {f.source} ({f.id}, {f.confidence})"),
        clean(f"materiaal: {material}, {f'klasse {made.grade}' if made.grade else 'geen sterkteklasse in het model'}"),
    ]


def _part(made: Calculation, part: PartCalculation, known: Mapping[str, Clause]) -> list[str]:
    title = (
        f"Onderdeel {part.part}: {KIND_NL[part.kind]}, bouwlaag {part.storey + 1}, {_kn(1000 * part.thickness_m, 0)} x "
        f"{_kn(1000 * part.length_m, 0)} mm, van {_kn(part.z0_m)} tot {_kn(part.z1_m)} m"
    )
    told = (_loads(made, part), _combinations(part), _given_numbers(part), _steps(part, known), _checks(part), _sides(part))
    lines = [title, "-" * len(title)]
    for k, block in enumerate((block for block in told if block), 1):
        lines += [f"{k}. {block[0]}", *block[1:], ""]
    return [*lines, *_verdict(part)]


# -- loads ------------------------------------------------------------------------


def _loads(made: Calculation, part: PartCalculation) -> list[str]:
    """Return the loads at the foot, one column per floor level that brings something, and what they are made of."""
    used = [k for k in range(len(made.storey_names)) if any(abs(row.imposed_kn[k]) >= LEAST_KN for row in part.loads)]
    roof = any(abs(row.roof_kn) >= LEAST_KN for row in part.loads)
    heads = ["herkomst", "aandeel", "m2", "G", *(f"Q{k + 1}" for k in used), *(["Qdak"] if roof else [])]
    rows = [_load_row(row, used, roof=roof) for row in part.loads]
    sums = [sum(row.permanent_kn for row in part.loads), *(sum(row.imposed_kn[k] for row in part.loads) for k in used)]
    sums += [sum(row.roof_kn for row in part.loads)] if roof else []
    rows.append(["som", "", "", *map(_kn, sums)])
    names = [f"Q{k + 1} {made.storey_names[k]} (psi0 {_kn(part.psi0[k])})" for k in used] + (["Qdak dak (psi0 0)"] if roof else [])
    lines = [f"Belasting aan de voet, karakteristiek [kN], vloeren {word(f'd_{part.distribution}', 'nl')}"]
    lines += _table(heads, rows)
    lines += _wrap(f"waarin {'; '.join(names)}", indent="  ") if names else []
    for row in part.loads:
        lines += [line for told in _made_of(made, part, row) for line in _wrap(told, indent="  ", hang=" " * 4)]
    return lines + _eccentricity(part)


def _load_row(row: LoadRow, used: Sequence[int], *, roof: bool) -> list[str]:
    what = {"own": "eigen gewicht", "floor": "vloer ", "loose": "los: ", "part": "van boven: ", "extension": "optopping "}[row.origin]
    named = what if row.origin == "own" else f"{what}{clean(row.what)}"
    area = _kn(row.area_m2) if not math.isnan(row.area_m2) else ""
    share = _kn(row.share, 3) if row.origin in ("loose", "part") else ""
    cells = [_kn(row.permanent_kn), *(_kn(row.imposed_kn[k]) for k in used), *([_kn(row.roof_kn)] if roof else [])]
    return [named, share, area, *(cell if cell.strip("-0,") else "" for cell in cells)]


def _made_of(made: Calculation, part: PartCalculation, row: LoadRow) -> list[str]:
    """Return how a row comes about: what it weighs per m3 or per m2."""
    if row.origin == "own":
        volume = part.thickness_m * part.length_m * (part.z1_m - part.z0_m)
        if not volume > 0.0:
            return []
        stated = _density(made.density_kg_m3, row.permanent_kn / volume)
        sizes = f"{_kn(part.thickness_m, 3)} x {_kn(part.length_m, 3)} x {_kn(part.z1_m - part.z0_m, 3)} m"
        return [f"eigen gewicht: {sizes} x {_kn(row.permanent_kn / volume)} kN/m3 = {_kn(row.permanent_kn)} kN{stated}"]
    if row.origin == "floor" and row.area_m2 > 0.0:
        slab, finish = row.slab_kn / row.area_m2, (row.permanent_kn - row.slab_kn) / row.area_m2
        imposed = (sum(row.imposed_kn) + row.roof_kn) / row.area_m2
        return [
            f"vloer {clean(row.what)}: G = {_kn(row.area_m2)} m2 x ({_kn(slab)} plaat + {_kn(finish)} afwerking) = "
            f"{_kn(row.permanent_kn)} kN; Q = {_kn(row.area_m2)} x {_kn(imposed)} kN/m2"
        ]
    if row.origin == "extension" and part.extension is not None:
        return _extension(part.extension)
    return []


def _density(stated_kg_m3: float, used_kn_m3: float) -> str:
    """Return what the material weighs, and how the volume of the body differs from the sizes of the part."""
    if math.isnan(stated_kg_m3):
        return ""
    ratio = used_kn_m3 / (stated_kg_m3 * GRAVITY_M_S2 / 1000.0)
    body = "" if abs(ratio - 1.0) < SAME_VOLUME else f"; het lichaam in het model is {_kn(ratio)} maal deze maten"
    return f" (materiaal {_kn(stated_kg_m3, 0)} kg/m3{body})"


def _extension(added: Extension) -> list[str]:
    per_m2 = added.storeys * added.storey_kn_m2 + added.roof_kn_m2 + added.transfer_kn_m2 - added.removed_kn_m2
    made = f"{added.storeys} x {_kn(added.storey_kn_m2)} bouwlaag + {_kn(added.roof_kn_m2)} dak + {_kn(added.transfer_kn_m2)} tussenlaag"
    lines = [
        f"optopping: {made} - {_kn(added.removed_kn_m2)} weggenomen = {_kn(per_m2)} kN/m2; x {_kn(added.area_m2)} m2 dak dat hierheen "
        f"afdraagt = {_kn(added.permanent_kn + added.relief_kn)} kN",
    ]
    if added.storeys:
        lines.append(f"optopping, vloeren: {_kn(added.imposed_kn_m2)} kN/m2 (scheidingswanden inbegrepen) per nieuwe bouwlaag")
    if added.relief_kn:
        lines.append(f"waarvan omhoog: {_kn(added.relief_kn)} kN, telt met de gunstige factor")
    return lines


def _eccentricity(part: PartCalculation) -> list[str]:
    """Return the moment that the loads above leave across the part, where it plays a part."""
    if math.isnan(part.eccentricity_m):
        return ["  excentriciteit uit de lasten erboven: niet bekend (een vloer rust op deze wand alleen, buiten het middendeel)"]
    if part.eccentricity_m == 0.0:
        return []
    told = [
        f"{word(f'd_{d}', 'nl')}: wanden {_kn(abs(wall))} en vloeren {_kn(abs(floor))} kNm op G = {_kn(force)} kN"
        for d, wall, floor, force in part.moments
    ]
    return _wrap(f"excentriciteit uit de lasten erboven: M / G = {_kn(1000 * part.eccentricity_m, 1)} mm ({'; '.join(told)})", indent="  ")


# -- combinations -----------------------------------------------------------------


def _combinations(part: PartCalculation) -> list[str]:
    """Return the combinations of every section; sections with the same share of the own weight have the same force."""
    what = "last op dit stuk" if part.kind in CARRIES_ACROSS else "normaalkracht"
    lines = [f"Rekenwaarde van de {what} (ten hoogste twee bouwlagen volledig belast)"]
    for factor in dict.fromkeys(row.own_weight_factor for row in part.sections):
        rows = [row for row in part.sections if row.own_weight_factor == factor]
        names = " en ".join(SECTION_NL[row.section] for row in rows)
        lines.append(f"  {names}, met {_kn(factor, 1)} x eigen gewicht: G = {_kn(rows[0].permanent_kn)} kN")
        for combination in rows[0].combinations:
            lines += _combination(combination, governs=combination.name == rows[0].governing)
        lines.append(f"    kleinste: N = {_kn(rows[0].n_min_kn)} kN")
    return lines


def _combination(made: Combination, *, governs: bool) -> list[str]:
    relief = f" + {_kn(made.gamma_inf)} x ({_kn(made.relief_kn)})" if made.relief_kn else ""
    loads = " + ".join(f"{_kn(factor)} x {_kn(load)}" for _, factor, load in made.terms if load >= LEAST_KN)
    variable = f" + {_kn(made.gamma_q)} x ({loads})" if loads else ""
    name = f"{COMBINATION_NL[made.name]}:"
    told = f"{name:<11}{_kn(made.gamma_g)} x {_kn(made.permanent_kn)}{relief}{variable} = {_kn(made.n_kn)} kN"
    return _wrap(f"{told}{'  maatgevend' if governs else ''}", indent="    ", hang=" " * 15)


# -- clause steps -----------------------------------------------------------------

Given = tuple[str, str, str]
"""A number that no earlier step gave: name, value with unit, source."""


def _given_numbers(part: PartCalculation) -> list[str]:
    """Return what the resistance starts from, each number once with its source."""
    given = dict.fromkeys(row for step in part.steps for row in _given(step))
    lines = ["Gegevens van de weerstand, met hun herkomst"]
    for name, value, source in given:
        lines += _wrap(f"{f'{name} = {value}':<34} {source}", indent="  ", hang=" " * 37)
    return lines if given else []


def _steps(part: PartCalculation, known: Mapping[str, Clause]) -> list[str]:
    if not part.steps:
        return []
    lines = ["Weerstand, stap voor stap; [n] is de uitkomst van stap n"]
    for k, step in enumerate(part.steps, 1):
        lines += _step(k, step, known.get(step.function))
    return lines


def _given(step: Step) -> list[Given]:
    return [
        (name, _with_unit(name, value), clean(step.sources.get(name, "")))
        for name, value in step.inputs.items()
        if not _from_step(step, name)
    ]


def _from_step(step: Step, name: str) -> str:
    """Return "[4]" where an input is the result of step 4, else nothing."""
    match = re.match(r"stap (\d+)", step.sources.get(name, ""))
    return f"[{match[1]}]" if match else ""


def _step(k: int, step: Step, clause: Clause | None) -> list[str]:
    about = f", {SECTION_NL.get(step.section, step.section)}" if step.section else ""
    unit = clause.unit if clause is not None and clause.unit != "-" else ""
    filled = _filled(step, clause)
    plain = bool(filled) and all(row.value is not None for row in filled)
    earlier = "; ".join(f"{name} {_from_step(step, name)}" for name in step.inputs if _from_step(step, name))
    inputs = "; ".join(f"{name} = {_with_unit(name, value)} {_from_step(step, name)}".rstrip() for name, value in step.inputs.items())
    head = f"[{k}] {step.function}{about}: {_clause_nl(step.clause)}{f'; {earlier}' if earlier and plain else ''}"
    lines = _wrap(head, indent="  ", hang=" " * 6) + ([] if plain else _wrap(inputs, indent=" " * 6, hang=" " * 6))
    for row in filled:
        for line in formula_lines(row, decimal=",", digits=DIGITS, unit=unit if row is filled[-1] else ""):
            lines += _wrap_keeping(_in_dutch(line), " " * 6)
    result = step.result if isinstance(step.result, tuple) else (step.result,)
    shown = "; ".join(map(_figure, result)) if len(result) <= MOST_RESULTS else f"{len(result)} getallen, alle in de uitvoer met --json"
    # the last line of the formula has the result already, unless it is in words or gives only one of several
    return lines if plain and len(result) == 1 and shown == _last(filled) else [*lines, f"      -> {shown} {unit}".rstrip()]


def _last(filled: Sequence[Filled]) -> str:
    value = filled[-1].value
    return "" if value is None or np.ndim(value) else figure(value, digits=DIGITS, decimal=",")


def _filled(step: Step, clause: Clause | None) -> tuple[Filled, ...]:
    if clause is None:
        return ()
    values = {name: _typed(value) for name, value in step.inputs.items()}
    return filled_in(formula_of(clause.function), values, constants=vars(inspect.getmodule(clause.function)), decimal=",", digits=DIGITS)


def _in_dutch(formula: str) -> str:
    """Return a formula with its words in Dutch and a power as it is written by hand."""
    return re.sub(r"\b(if|else|and|or|not|true|false)\b", lambda m: WORDS_NL[m[1]], formula).replace(" ** ", "^")


def _clause_nl(clause: str) -> str:
    for english, dutch in CLAUSE_NL:
        clause = re.sub(rf"\b{english}\b", dutch, clause)
    return clause


def _with_unit(name: str, value: float | str) -> str:
    return f"{_figure(value)} {unit_of(name)}".rstrip()


def _typed(value: float | str) -> Any:
    return {"true": True, "false": False}.get(value, value) if isinstance(value, str) else value


def _figure(value: float | str) -> str:
    if isinstance(value, str):
        return {"true": "ja", "false": "nee"}.get(value, value)
    return "onbekend" if math.isnan(value) else figure(value, digits=DIGITS, decimal=",")


# -- verdict ----------------------------------------------------------------------


def _checks(part: PartCalculation) -> list[str]:
    title = "Unity check: N_Ed / N_Rd per doorsnede (ligger: de last op dit stuk en de grootste die kan)"
    if not any(row.clause for row in part.sections):
        return ["Unity check", "  geen toets voor dit onderdeel"]
    rows = [_check(row, governs=row.section == part.governing_section) for row in part.sections]
    lines = _table(["doorsnede", "toets", "N_Ed kN", "N_Rd kN", "UC", ""], rows, left=2)
    kept = "; ".join(f"{name} = {_with_unit(name, value)}" for name, value in part.inputs.items() if name not in ("section", "clause"))
    return [title, *lines, *_wrap(f"in het record bij de maatgevende doorsnede: {kept}", indent="  ", hang=" " * 4)]


def _check(row: SectionCheck, *, governs: bool) -> list[str]:
    low = f"{_kn(row.n_lo_kn)} - " if row.n_lo_kn > 0.0 else ""
    governing = "maatgevend" if governs and not math.isnan(row.uc) else ""
    return [SECTION_NL[row.section], _clause_nl(row.clause) or "-", _kn(row.n_max_kn), low + _kn(row.n_hi_kn), _uc(row.uc), governing]


def _uc(value: float) -> str:
    return "?" if math.isnan(value) else "> 998" if value > 998.0 else _kn(value, 4 if 1.0 < value < 1.005 else 3)


def _sides(part: PartCalculation) -> list[str]:
    lines = []
    for row in part.sides:
        told = ", ".join(f"{key} = {_figure(value)}" for key, value in sorted(row.inputs.items()))
        why = f"; {row.why}" if row.why else ""
        head = f"{SUBJECT_NL[row.subject]}: {_clause_nl(row.clause)} UC {_uc(row.uc)}, {word(row.outcome, 'nl')}{why}".replace("  ", " ")
        lines += _wrap(f"{head} ({told})" if told else head, indent="  ", hang=" " * 4)
    return ["Toetsen naast de verticale", *lines] if lines else []


def _verdict(part: PartCalculation) -> list[str]:
    before = f"UC bestaand {_uc(part.uc_existing)} ({word(part.outcome_existing, 'nl')}), op niveau afkeur {_uc(part.uc_afkeur)}"
    told = [f"{before}; in deze toestand {_uc(part.uc)}: {word(part.outcome, 'nl')}{_because(part)}"]
    if part.uc > 1.0 and part.bonded:
        told.append("kort einde in verband met een dwarswand: dat het als losse penant te zwaar belast is, bewijst niets; daarom onbekend")
    elif part.uc > 1.0 and not math.isnan(part.uc_best) and abs(part.uc_best - part.uc) > 1e-9:
        best = _uc(part.uc_best) if math.isfinite(part.uc_best) else "niet bepaald"
        told.append(f"met de hoogste aannemelijke sterkte: UC {best} (boven 1 is het 'voldoet niet', daaronder 'onbekend')")
    return ["Oordeel", *(line for row in told for line in _wrap(row, indent="  "))]


def _because(part: PartCalculation) -> str:
    return f" ({'; '.join(part.reasons)})" if part.reasons else ""


# -- layout -----------------------------------------------------------------------


def _wrap(told: str, indent: str = "", hang: str | None = None) -> list[str]:
    below = indent if hang is None else hang
    wrapper = textwrap.TextWrapper(
        WIDTH, initial_indent=indent, subsequent_indent=below, break_on_hyphens=False, break_long_words=False, replace_whitespace=False
    )
    return wrapper.wrap(told) or [""]


def _wrap_keeping(told: str, indent: str) -> list[str]:
    """Wrap a line that may begin with spaces of its own."""
    own = " " * (len(told) - len(told.lstrip()))
    return _wrap(told.lstrip(), indent=indent + own, hang=indent + own + "    ")


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]], left: int = 1) -> list[str]:
    cells = [list(heads), *(list(row) for row in rows)]
    widths = [max(len(row[k]) for row in cells) for k in range(len(heads))]
    spare = WIDTH - 2 - 2 * (len(widths) - 1) - sum(widths[1:])
    widths[0] = min(widths[0], max(spare, 16))
    lines = []
    for row in cells:
        first = row[0] if len(row[0]) <= widths[0] else row[0][: widths[0] - 1] + "~"
        shown = [told.ljust(w) if k < left else told.rjust(w) for k, (told, w) in enumerate(zip([first, *row[1:]], widths, strict=True))]
        lines.append(("  " + "  ".join(shown)).rstrip())
    return lines
