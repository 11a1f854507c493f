"""A check of the record written out as by hand: design force, resistance, unity check, from its inputs alone.

Every line is "symbol = formula = numbers = value"; what the inputs do not hold is left out rather than guessed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

from optopscan.report.document import both
from optopscan.report.marks import uc_text
from optopscan.report.words import Language

Inputs = Mapping[str, Any]
MOST_FULL = 2
"""Floors that count in full in 6.10b; the others with psi0."""
DIGITS = 4
# A number with a decimal point that stands alone: not "6.10a", not "5.8.8"
_DECIMAL = re.compile(r"(?<![\w.])(\d+)\.(\d+)(?![\w.])")
_NL = {
    "bearing not settled": "niet zeker of het draagt",
    "resistance unknown": "weerstand onbekend",
    "load unknown": "belasting onbekend",
    "uplift under permanent load": "trek onder blijvende belasting",
    "passes only with a higher strength than assumed": "voldoet alleen met een hogere sterkte dan aangenomen",
    "passes only if its load lies better or is of shorter duration than permanent": (
        "voldoet alleen bij gunstiger of korter durende belasting"
    ),
    "passes only if enough of its load is of shorter duration than permanent": (
        "voldoet alleen als genoeg van de last korter duurt dan blijvend"
    ),
    "passes only on a larger bearing than the least: its size is unknown and would govern": (
        "voldoet alleen op een groter oplegvlak dan het kleinste: de maat is onbekend en zou maatgevend zijn"
    ),
    "passes only if its flange is held or its load lies better": "voldoet alleen met gesteunde flens of gunstiger last",
}
"""Why a part is unknown, as the checks say it, in Dutch; what is not here stands as it was written."""
_ASSUMED, _GIVEN, _STATED = "default", "given", "stated grade"


def lines(check: Mapping[str, Any], language: Language) -> list[str]:
    """Return the check line by line; the clause first, the unity check last."""
    given: Inputs = check["inputs"]
    told = [check["clause"]]
    told += _force(check, given, language)
    resistance = _RESISTANCE.get(_family(check["clause"]))
    if resistance is not None:
        told += resistance(given, language)
    else:
        told.append(both(language, f"weerstand: {_n(check['resistance'])} kN", f"resistance: {_n(check['resistance'])} kN"))
    told.append(_unity(check, language))
    if given.get("unknown"):
        why = "; ".join(_NL.get(one, one) if language == "nl" else one for one in str(given["unknown"]).split("; "))
        told.append(f"{both(language, 'onbekend', 'unknown')}: {why}")
    return [_DECIMAL.sub(r"\1,\2", line) if language == "nl" and " = " in line else line for line in told]


def _family(clause: str) -> str:
    for name in _RESISTANCE:
        if clause.startswith(name):
            return name
    return ""


def _n(value: float | None, digits: int = DIGITS) -> str:
    """Return a number with so many significant digits, without exponent."""
    if value is None:
        return "?"
    if value == 0:
        return "0"
    text = f"{value:.{digits}g}"
    return f"{float(text):.0f}" if "e" in text else text


def _force(check: Mapping[str, Any], given: Inputs, language: Language) -> list[str]:
    if "permanent_kn" not in given or "gamma_ga" not in given:
        return [f"N_Ed = {_n(check['n_kn'], 5)} kN ({check['combination']})"]
    floors = [(max(given[f"imposed_{k}_kn"], 0.0), given[f"psi0_{k}"]) for k in range(sum(key.startswith("psi0_") for key in given))]
    name, permanent, up = check["combination"], given["permanent_kn"], given["permanent_relief_kn"]
    gamma = given["gamma_ga"] if name == "6.10a" else given["gamma_gb"]
    gamma = gamma if permanent >= 0.0 else given["gamma_g_inf"]
    full = sorted(range(len(floors)), key=lambda k: (-(1.0 - floors[k][1]) * floors[k][0], k))[:MOST_FULL] if name == "6.10b" else []
    counted = Counter((1.0 if k in full else psi, q) for k, (q, psi) in enumerate(floors) if q > 0.0)
    terms = [
        " × ".join([*([str(n)] if n > 1 else []), *([_n(psi)] if psi != 1.0 else []), _n(q, 6)]) for (psi, q), n in sorted(counted.items())
    ]
    if name.endswith("roof leading") and given["imposed_roof_kn"] > 0.0:
        terms.append(_n(given["imposed_roof_kn"], 6))
    variable = f" + {_n(given['gamma_q'])} × ({' + '.join(terms)})" if terms else ""
    relief = f" + {_n(given['gamma_g_inf'])} × {_n(up, 6)}" if up else ""
    symbols = "γG·G + γQ·Σ ψ0·Q" if name == "6.10a" else "γG·G + γQ·(Σ ψ0·Q)" if not full else "γG·G + γQ·(Q + Σ ψ0·Q)"
    told = name.replace("roof leading", both(language, "dak overheersend", "roof leading"))
    return [f"N_Ed ({told}) = {symbols} = {_n(gamma)} × {_n(permanent, 6)}{relief}{variable} = {_n(check['n_kn'], 6)} kN"]


def _masonry(given: Inputs, language: Language) -> list[str]:
    told = _masonry_strength(given, language)
    told.append(f"h_ef = ρ·h = {_n(given['rho2'])} × {_n(given['h_mm'])} = {_n(given['h_ef_mm'])} mm")
    if "slenderness" in given:
        told.append(f"λ = h_ef / t = {_n(given['h_ef_mm'])} / {_n(given['t_mm'])} = {_n(given['slenderness'])}")
    if "e_load_mm" in given and "e_init_mm" in given:
        load, sum_mm = both(language, "e_last", "e_load"), given["e_load_mm"] + given["e_init_mm"]
        told.append(f"e = {load} + e_init = {_n(given['e_load_mm'])} + {_n(given['e_init_mm'])} = {_n(sum_mm)} mm")
    told.append(f"Φ = {_n(given['phi'], 5)} ({both(language, 'bijlage G', 'annex G') if given.get('section') == 'mid' else '1 − 2 e / t'})")
    numbers = f"{_n(given['phi'], 5)} × {_n(given['t_mm'])} × {_n(given['l_mm'])} × {_n(given['fd_mpa'], 6)} / 1000"
    told.append(f"N_Rd = Φ·t·l·f_d = {numbers} = {_n(given['n_rd_kn'], 6)} kN")
    return told


def _masonry_strength(given: Inputs, language: Language) -> list[str]:
    source = f" ({_strength_source(given, language)})" if given.get("strength_source") else ""
    told = []
    if "K" in given:
        told.append(f"f_k = K·f_b^α·f_m^β = {_n(given['fk_mpa'])} N/mm²{source}")
    else:
        told.append(f"f_k = {_n(given['fk_mpa'])} N/mm²{source}")
        numbers = f"{_n(given['area_factor'])} × {_n(given['fk_mpa'])} / {_n(given['gamma_M'])}"
        told.append(f"f_d = η_A·f_k / γ_M = {numbers} = {_n(given['fd_mpa'], 6)} N/mm²")
    return told


def _strength_source(given: Inputs, language: Language) -> str:
    told = str(given["strength_source"])
    if language == "en":
        return told
    return "aangenomen" if _ASSUMED in told else "uit de opgegeven klasse" if _STATED in told else "opgegeven" if _GIVEN in told else told


def _plain(given: Inputs, language: Language) -> list[str]:
    numbers = f"{_n(given['alpha_cc_pl'])} × {_n(given['fck_mpa'])} / {_n(given['gamma_C'])}"
    told = [f"f_ck = {_n(given['fck_mpa'])} N/mm² ({_strength_source(given, language)})"] if given.get("strength_source") else []
    told.append(f"f_cd,pl = α_cc,pl·f_ck / γ_C = {numbers} = {_n(given['fcd_pl_mpa'], 6)} N/mm²")
    if "l0_mm" in given and "beta" in given:
        told.append(f"l_0 = β·l_w = {_n(given['beta'])} × {_n(given['h_mm'])} = {_n(given['l0_mm'])} mm")
    if "e_load_mm" in given and "e_init_mm" in given:
        told.append(
            f"e_tot = e_0 + e_i = {_n(given['e_load_mm'])} + {_n(given['e_init_mm'])} = {_n(given['e_load_mm'] + given['e_init_mm'])} mm"
        )
    told.append(f"Φ = {_n(given['phi'], 5)}")
    numbers = f"{_n(given['phi'], 5)} × {_n(given['t_mm'])} × {_n(given['l_mm'])} × {_n(given['fcd_pl_mpa'], 6)} / 1000"
    return [*told, f"N_Rd = Φ·b·h·f_cd,pl = {numbers} = {_n(given['n_rd_kn'], 6)} kN"]


def _column(given: Inputs, language: Language) -> list[str]:
    told = []
    for key, symbol, unit in (("fcd_mpa", "f_cd", "N/mm²"), ("fyd_mpa", "f_yd", "N/mm²"), ("As_mm2", "A_s", "mm²"), ("l0_mm", "l_0", "mm")):
        if given.get(key) is not None:
            told.append(f"{symbol} = {_n(given[key])} {unit}")
    return [
        *told,
        both(
            language,
            "N_Rd: grootste N op de bezwijkkromme, tweede orde (5.8.8) en dubbele buiging (5.39); naar de veilige kant benaderd",
            "N_Rd: largest N on the failure curve, second order (5.8.8) and biaxial bending (5.39); from the safe side",
        ),
    ]


def _unity(check: Mapping[str, Any], language: Language) -> str:
    if check["uc"] is None:
        return both(language, "UC: onbekend", "UC: unknown")
    uc = uc_text(check["uc"], "en")
    if check["resistance"] is None or not check["resistance"] > 0.0:
        return f"UC = {uc}"
    return f"UC = N_Ed / N_Rd = {_n(check['n_kn'], 6)} / {_n(check['resistance'], 6)} = {uc}"


_RESISTANCE: Mapping[str, Callable[[Inputs, Language], list[str]]] = {
    "NEN-EN 1996-1-1 6.1.2.2": _masonry,
    "NEN-EN 1992-1-1 12.6.": _plain,
    "NEN-EN 1992-1-1 5.8.8": _column,
}
"""Start of a clause -> its formulas; any other clause gives its resistance as a value."""
