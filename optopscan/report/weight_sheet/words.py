"""The words of the weight calculation, Dutch and English side by side."""

from __future__ import annotations

from optopscan.report.words import LANGUAGES, Language

FILE_NAMES: dict[Language, str] = {"nl": "gewichtsberekening.xlsx", "en": "weight_calculation.xlsx"}

_WORDS: dict[str, tuple[str, str]] = {
    "title": ("Gewichtsberekening {name}", "Weight calculation {name}"),
    # names of sheets: no signs that a formula would need quotes for, except the first
    "s_first": ("Blad 1", "Sheet 1"),
    "s_floors": ("Vloeren", "Floors"),
    "s_storeys": ("Bouwlagen", "Storeys"),
    "s_parts": ("Lastenafdracht", "Takedown"),
    "s_combinations": ("Combinaties", "Combinations"),
    "s_checks": ("Toetsen", "Checks"),
    "s_foundation": ("Fundering", "Foundation"),
    "s_sources": ("Herkomst", "Sources"),
    # first sheet
    "building": ("gebouw", "building"),
    "file": ("bronbestand", "source file"),
    "program": ("programma", "program"),
    "level": ("niveau en gevolgklasse", "level and consequence class"),
    "leading": ("opbouw in deze berekening", "extension in this calculation"),
    "leading_is": ("{concept}, {n} bouwlagen over het hele dak", "{concept}, {n} storeys over the whole roof"),
    "leading_none": ("geen product met opgegeven lasten", "no product with stated loads"),
    "contents": (
        "Bladen: {floors} (lasten per m2), {storeys} (som per bouwlaag), {parts} (per onderdeel, kN/m, voor en na), {combinations} "
        "(6.10a en 6.10b), {checks} (maatgevende UC), {foundation} (lijnen), {sources} (waar elke last vandaan komt).",
        "Sheets: {floors} (loads per m2), {storeys} (sum per storey), {parts} (per part, kN/m, before and after), {combinations} "
        "(6.10a and 6.10b), {checks} (governing UC), {foundation} (lines), {sources} (where every load comes from).",
    ),
    "how": (
        "Blauw op geel is invoer: verander een factor of vloerlast en alles rekent mee. De aandelen van het draagschema blijven vast; "
        "uitkomsten ('voldoet') zijn die van de quickscan en veranderen niet mee. Verdeling van vloeren: {distribution}.",
        "Blue on yellow is input: change a factor or floor load and all follows. The shares of the support graph stay; "
        "outcomes ('ok') are those of the quickscan and do not follow. Distribution of floors: {distribution}.",
    ),
    "values": ("Waarden waarmee de formules rekenen", "Values that the formulas use"),
    "value": ("waarde", "value"),
    "unit": ("eenheid", "unit"),
    "symbol": ("naam in de formules", "name in the formulas"),
    "source": ("bron", "source"),
    "what": ("wat", "what"),
    "confidence": ("zekerheid", "confidence"),
    "alternative": ("anders", "alternative"),
    "v_gamma_Ga": ("belastingfactor G in 6.10a", "partial factor G in 6.10a"),
    "v_gamma_Gb": ("belastingfactor G in 6.10b", "partial factor G in 6.10b"),
    "v_gamma_Q": ("belastingfactor Q", "partial factor Q"),
    "v_gamma_G_inf": ("belastingfactor G, gunstig", "partial factor G, favourable"),
    "v_psi0_vloer": ("psi0 bestaande vloeren", "psi0 existing floors"),
    "v_psi0_nieuw": ("psi0 nieuwe vloeren", "psi0 new floors"),
    "v_n_lagen": ("nieuwe bouwlagen", "new storeys"),
    "v_g_laag": ("G van een nieuwe bouwlaag (bovenwaarde)", "G of a new storey (upper value)"),
    "v_g_dak": ("G van het nieuwe dak (bovenwaarde)", "G of the new roof (upper value)"),
    "v_g_tussen": ("G van de tussenlaag (bovenwaarde)", "G of the transfer layer (upper value)"),
    "v_g_weg": ("G die van het oude dak af gaat", "G taken off the old roof"),
    "v_q_nieuw": ("Q van een nieuwe bouwlaag, met scheidingswanden", "Q of a new storey, partitions included"),
    "v_g_opbouw": ("G van de opbouw, samen", "G of the extension, together"),
    "v_A_dak": ("dak dat op dragende delen rust", "roof that rests on bearing parts"),
    "of_model": ("model", "model"),
    "of_product": ("productbestand {concept}", "product file {concept}"),
    "of_use": ("NEN-EN 1991-1-1, zie uitgangspunten", "NEN-EN 1991-1-1, see assumptions"),
    "of_sum": ("som", "sum"),
    "assumptions": ("Uitgangspunten", "Assumptions"),
    "not_checked": ("Niet getoetst", "Not checked"),
    # floors
    "floors_note": (
        "Karakteristiek, kN/m2. Afwerking: wat naast de plaat permanent op de vloer ligt; op daken de dakopbouw.",
        "Characteristic, kN/m2. Finish: what lies on the slab permanently; on roofs the build-up of the roof.",
    ),
    "floor": ("vloer", "floor"),
    "kind": ("soort", "kind"),
    "k_floor": ("vloer", "floor"),
    "k_roof": ("dak", "roof"),
    "k_ground": ("op de grond", "on the ground"),
    "top": ("bovenkant m", "top m"),
    "area": ("m2", "m2"),
    "slab": ("plaat", "slab"),
    "finish": ("afwerking", "finish"),
    "g": ("G", "G"),
    "q": ("Q vloer", "Q floor"),
    "q_roof": ("Q dak", "Q roof"),
    # storeys
    "storeys_note": (
        "Karakteristiek, kN: wat op de dragende delen van een bouwlaag komt, en de som van boven. Overig: niet dragende wanden en gevels, "
        "trappen, afronding. Q dak telt nooit samen met de vloeren in 6.10 (psi0 = 0).",
        "Characteristic, kN: what comes on the bearing parts of a storey, and the sum from the top. Other: walls and facades that bear "
        "nothing, stairs, rounding. Q roof never goes with the floors in 6.10 (psi0 = 0).",
    ),
    "storey": ("bouwlaag", "storey"),
    "own": ("eigen gewicht", "own weight"),
    "floors": ("vloeren", "floors"),
    "other": ("overig", "other"),
    "g_here": ("G hier", "G here"),
    "g_down": ("G cumulatief", "G cumulative"),
    "q_here": ("Q hier", "Q here"),
    "q_down": ("Q cumulatief", "Q cumulative"),
    "roof_down": ("Q dak cum.", "Q roof cum."),
    "g_after": ("G na cum.", "G after cum."),
    "q_after": ("Q na cum.", "Q after cum."),
    "extension": ("opbouw", "extension"),
    "to_ground": ("naar de grond via de dragende delen", "to the ground by the bearing parts"),
    "direct": ("vloeren op de grond, zonder dragend deel", "floors on the ground, by no part"),
    "ground": ("totaal op de grond", "total on the ground"),
    "in_record": ("volgens de quickscan", "as in the quickscan"),
    # parts
    "parts_note": (
        "Karakteristiek aan de voet van elk onderdeel, van dak naar fundering. Na: met de opbouw van Blad 1. kN/m = (G + Q) / "
        "lengte, van wanden, liggers en stroken.",
        "Characteristic at the foot of every part, from roof to foundation. After: with the extension of Sheet 1. kN/m = (G + Q) "
        "/ length, of walls, beams and strips.",
    ),
    "part": ("onderdeel", "part"),
    "element": ("element", "element"),
    "line": ("lijn", "line"),
    "x": ("x m", "x m"),
    "y": ("y m", "y m"),
    "length": ("lengte m", "length m"),
    "g_kn": ("G kN", "G kN"),
    "q_kn": ("Q vloeren kN", "Q floors kN"),
    "roof_kn": ("Q dak kN", "Q roof kN"),
    "kn_m": ("kN/m", "kN/m"),
    "roof_m2": ("dak m2", "roof m2"),
    "g_after_kn": ("G na kN", "G after kN"),
    "q_after_kn": ("Q na kN", "Q after kN"),
    "kn_m_after": ("kN/m na", "kN/m after"),
    "ratio": ("na / voor", "after / before"),
    "uc_before": ("UC bestaand", "UC existing"),
    "uc_after": ("UC na", "UC after"),
    "outcome": ("uitkomst", "outcome"),
    "p_pier": ("penant", "pier"),
    "p_lintel": ("latei", "lintel"),
    "p_column": ("kolom", "column"),
    "p_beam": ("ligger", "beam"),
    "p_footing": ("strook of poer", "footing"),
    "p_pile": ("paal", "pile"),
    # combinations
    "combinations_note": (
        "Rekenwaarde aan de voet, kN. 6.10a: gamma_Ga G + gamma_Q psi0 som Q. 6.10b: gamma_Gb G + gamma_Q (psi0 som Q + (1 - psi0) maal de "
        "twee grootste bouwlagen), of met het dak in plaats daarvan. Omhoog: G van de opbouw die ontlast, telt met gamma_G_inf.",
        "Design value at the foot, kN. 6.10a: gamma_Ga G + gamma_Q psi0 sum Q. 6.10b: gamma_Gb G + gamma_Q (psi0 sum Q + (1 - "
        "psi0) times the "
        "two largest storeys), or with the roof instead. Upward: G of the extension that relieves, counts with gamma_G_inf.",
    ),
    "before": ("bestaand", "existing"),
    "after": ("na", "after"),
    "sum_q": ("som Q", "sum Q"),
    "q1": ("grootste Q", "largest Q"),
    "q2": ("tweede Q", "second Q"),
    "n_a": ("6.10a", "6.10a"),
    "n_b": ("6.10b", "6.10b"),
    "n_roof": ("6.10b dak", "6.10b roof"),
    "n_ed": ("N_Ed", "N_Ed"),
    "up": ("omhoog", "upward"),
    "q_new": ("Q nieuwe laag", "Q new storey"),
    # checks
    "checks_note": (
        "De onderdelen met de hoogste UC, bestaand en na. UC = N_Ed / N_Rd rekent mee; 'UC quickscan' en de uitkomst niet. "
        "e uit de lasten (e_last) is die van de quickscan.",
        "The parts with the highest UC, existing and after. UC = N_Ed / N_Rd follows; 'UC quickscan' and the outcome do not. "
        "e from the loads (e_load) is that of the quickscan.",
    ),
    "c_loads": ("Normaalkracht in de getoetste doorsnede, kN", "Axial force in the section that is checked, kN"),
    "state": ("toestand", "state"),
    "section": ("doorsnede", "section"),
    "x_head": ("kop", "head"),
    "x_mid": ("midden", "mid"),
    "x_foot": ("voet", "foot"),
    "x_extra": ("hele onderdeel", "whole part"),
    "distribution": ("vloeren", "floors"),
    "d_simple": ("vrij opgelegd", "simple"),
    "d_continuous": ("doorgaand", "continuous"),
    "n_quickscan": ("N_Ed quickscan", "N_Ed quickscan"),
    "uc": ("UC", "UC"),
    "uc_quickscan": ("UC quickscan", "UC quickscan"),
    "clause": ("artikel; sterkte", "clause; strength"),
    "c_masonry": (
        "Metselwerk, NEN-EN 1996-1-1 6.1.2: N_Rd = phi t l f_d; f_d = f_k / gamma_M (maal 0,7 + 3A onder 0,1 m2); kop en voet "
        "phi = 1 - 2 e / t; midden phi = A1 exp(-u^2 / 2), A1 = 1 - 2 e / t, u = (lambda / wortel(E/f_k) - 0,063) / (0,73 - 1,17 e / t)",
        "Masonry, NEN-EN 1996-1-1 6.1.2: N_Rd = phi t l f_d; f_d = f_k / gamma_M (times 0.7 + 3A below 0.1 m2); head and foot "
        "phi = 1 - 2 e / t; mid phi = A1 exp(-u^2 / 2), A1 = 1 - 2 e / t, u = (lambda / sqrt(E/f_k) - 0.063) / (0.73 - 1.17 e / t)",
    ),
    "c_concrete": (
        "Ongewapend beton, NEN-EN 1992-1-1 12.6: N_Rd = phi b h_w f_cd,pl; f_cd,pl = alpha_cc,pl f_ck / gamma_C; kop en voet "
        "phi = 1 - 2 e / h_w; midden phi = 1,14 (1 - 2 e / h_w) - 0,02 l_0 / h_w, hooguit 1 - 2 e / h_w",
        "Plain concrete, NEN-EN 1992-1-1 12.6: N_Rd = phi b h_w f_cd,pl; f_cd,pl = alpha_cc,pl f_ck / gamma_C; head and foot "
        "phi = 1 - 2 e / h_w; mid phi = 1.14 (1 - 2 e / h_w) - 0.02 l_0 / h_w, at most 1 - 2 e / h_w",
    ),
    "c_other": (
        "Andere toetsen: N_Rd als waarde uit de quickscan (een kromme of een reeks stappen; de hele berekening: optopscan "
        "capacity --element)",
        "Other checks: N_Rd as a value of the quickscan (a curve or a row of steps; the whole calculation: optopscan capacity --element)",
    ),
    "none": ("geen", "none"),
    # foundation
    "foundation_note": (
        "Karakteristiek op elke funderingslijn (paal, poer of strook), zonder Q dak; kN/m alleen van stroken en wanden. r_char "
        "en r_psi: verhouding na / voor van de quickscan, voorzichtig (zonder "
        "onbewezen ballast, de verdeling met de grootste toename). Alleen vergelijken toont niets aan. Uitkomst: {outcome}; {basis}.",
        "Characteristic on every foundation line (pile, pad or strip), without Q roof; kN/m of strips and walls only. r_char and "
        "r_psi: ratio after / before of the quickscan, cautious "
        "(without unproven ballast, the distribution with the largest increase). Comparing proves nothing. Outcome: {outcome}; {basis}.",
    ),
    "parts_n": ("delen", "parts"),
    "g_old": ("G oud kN", "G old kN"),
    "q_old": ("Q oud kN", "Q old kN"),
    "old": ("oud kN/m", "old kN/m"),
    "g_new": ("G nieuw kN", "G new kN"),
    "q_new_kn": ("Q nieuw kN", "Q new kN"),
    "new": ("nieuw kN/m", "new kN/m"),
    "new_old": ("nieuw / oud", "new / old"),
    "no_lines": ("geen funderingslijnen in het model", "no foundation lines in the model"),
    # sources
    "sources_note": (
        "Waar elke last vandaan komt, karakteristiek in kN, van dak naar fundering. Vloer: m2 maal de last per m2. Van boven: "
        "aandeel van de "
        "last aan de voet van dat onderdeel. Q1, Q2 ...: vloeren van bouwlaag 1, 2 ...; minder dan 0,05 kN staat er niet.",
        "Where every load comes from, characteristic in kN, from roof to foundation. Floor: m2 times the load per m2. From "
        "above: share of the "
        "load at the foot of that part. Q1, Q2 ...: floors of storey 1, 2 ...; less than 0.05 kN is not shown.",
    ),
    "origin": ("herkomst", "origin"),
    "share": ("aandeel", "share"),
    "o_own": ("eigen gewicht", "own weight"),
    "o_floor": ("vloer", "floor"),
    "o_other": ("overig", "other"),
    "rounding": ("afronding", "rounding"),
    "ground_share": ("deel naar grond", "share to ground"),
    "o_above": ("van boven", "from above"),
    "o_sum": ("aan de voet", "at the foot"),
    "ok": ("voldoet", "ok"),
    "over": ("voldoet niet", "over"),
    "unknown": ("onbekend", "unknown"),
}


def told(key: str, language: Language, **values: object) -> str:
    """Return a word or sentence with its values filled in."""
    return _WORDS[key][LANGUAGES.index(language)].format(**values)
