"""Checks of the record computed anew, typed from the standards; nothing of the program is used here.

Each function takes the inputs of one check as the record holds them and gives the resistance [kN]. Lengths in mm,
strengths in N/mm2. `design_force` gives the axial force. A number that the record lacks is a KeyError.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping

Inputs = Mapping[str, float | str]
E_S = 200000.0


# EN 1990 with the Dutch annex


def design_force(given: Inputs) -> tuple[float, str]:
    """6.10a, 6.10b with the two storeys that bring most in full, and 6.10b with the roof leading; the largest counts."""
    storeys = range(sum(key.startswith("psi0_") for key in given))
    loads = [max(given[f"imposed_{k}_kn"], 0.0) for k in storeys]
    reduced = [given[f"psi0_{k}"] * load for k, load in enumerate(loads)]
    dead, up = given["permanent_kn"], given["gamma_g_inf"] * given["permanent_relief_kn"]
    more = sorted((full - part for full, part in zip(loads, reduced, strict=True)), reverse=True)[:2]

    def permanent(gamma: float) -> float:
        return (gamma if dead >= 0.0 else given["gamma_g_inf"]) * dead + up

    found = {
        "6.10a": permanent(given["gamma_ga"]) + given["gamma_q"] * sum(reduced),
        "6.10b": permanent(given["gamma_gb"]) + given["gamma_q"] * (sum(reduced) + sum(more)),
        "6.10b roof leading": permanent(given["gamma_gb"]) + given["gamma_q"] * (sum(reduced) + max(given["imposed_roof_kn"], 0.0)),
    }
    name = max(found, key=found.__getitem__)
    return found[name], name


# EN 1996-1-1 with the Dutch annex


def masonry_fd(given: Inputs) -> float:
    """3.6.1.2, 2.4.3, (6.3); f_k from the unit and mortar where the record has them."""
    fk = given["fk_mpa"]
    if "K" in given:
        thin = given["mortar"] == "TL"
        fb, fm = min(given["fb_mpa"], 50.0 if thin else 75.0), min(given["fm_mpa"], 20.0)
        fm = fm if thin else min(fm, 2.0 * fb)
        made = given["longitudinal_joint_factor"] * given["K"] * fb ** given["alpha"] * fm ** given["beta"]
        if abs(made - fk) > 1e-4 * fk:
            raise ValueError(f"f_k {fk} is not {made} of its unit and mortar")
    small = min(0.7 + 3.0 * given["t_mm"] * given["l_mm"] * 1e-6, 1.0)
    return fk / given["gamma_M"] * small


def masonry_end(given: Inputs) -> float:
    """6.1.2.2(1)(i): (6.4), (6.5), (6.2)."""
    t, height = given["t_mm"], given["rho2"] * given["h_mm"]
    if height / t > 27.0:
        return 0.0
    e = max(abs(given["e_load_mm"]) + height / 450.0, 0.05 * t)
    return max(1.0 - 2.0 * e / t, 0.0) * t * given["l_mm"] * masonry_fd(given) / 1000.0


def annex_g(e: float, t: float, slenderness: float, e_over_fk: float) -> float:
    a_1 = 1.0 - 2.0 * e / t
    if a_1 <= 0.0:
        return 0.0
    lam = slenderness / math.sqrt(e_over_fk)
    u = (lam - 0.063) / (0.73 - 1.17 * e / t)
    return a_1 * math.exp(-(u**2) / 2.0)


def creep(given: Inputs, slenderness: float, e_m: float) -> float:
    """(6.8) with the Dutch lambda_c = 27."""
    return 0.0 if slenderness <= 27.0 else 0.002 * given["phi_inf"] * slenderness * math.sqrt(given["t_mm"] * e_m)


def masonry_mid(given: Inputs) -> float:
    """6.1.2.2(1)(ii): (6.6) to (6.8), annex G, (6.2)."""
    t, height = given["t_mm"], given["rho2"] * given["h_mm"]
    if height / t > 27.0:
        return 0.0
    e_m = abs(given["e_load_mm"]) + height / 450.0
    e_mk = max(e_m + creep(given, height / t, e_m), 0.05 * t)
    return annex_g(e_mk, t, height / t, given["E_over_fk"]) * t * given["l_mm"] * masonry_fd(given) / 1000.0


def masonry_least(given: Inputs) -> float:
    """Dutch annex to 5.5.1.1(5): at least 10 mm or h / 300, the whole height between the floors."""
    t, height = given["t_mm"], given["h_mm"]
    e = max(10.0, height / 300.0, 0.05 * t)
    e += creep(given, height / t, e)
    return annex_g(e, t, height / t, given["E_over_fk"]) * t * given["l_mm"] * masonry_fd(given) / 1000.0


# EN 1992-1-1


def plain_wall(given: Inputs, phi: float) -> float:
    fcd = given["alpha_cc_pl"] * given["fck_mpa"] / given["gamma_C"]
    return phi * given["t_mm"] * given["l_mm"] * fcd / 1000.0


def plain_section(given: Inputs) -> float:
    """12.6.1 (12.2): the part of the rectangle that is centred on the force."""
    return plain_wall(given, max(1.0 - 2.0 * abs(given["e_load_mm"]) / given["t_mm"], 0.0))


def plain_slender(given: Inputs) -> float:
    """12.6.5.2: (12.10), (12.11), e_i = l_0 / 400, l_0 = beta l_w."""
    t, l_0 = given["t_mm"], given["beta"] * given["h_mm"]
    share = 1.0 - 2.0 * (abs(given["e_load_mm"]) + l_0 / 400.0) / t
    return plain_wall(given, max(min(1.14 * share - 0.02 * l_0 / t, share), 0.0))


class Rectangle:
    """A rectangle with half of the steel at each of two faces: 6.1 with the rectangular stress block of 3.1.7(3)."""

    def __init__(self, width: float, depth: float, steel: float, edge: float, fcd: float, fyd: float) -> None:
        self.width, self.depth, self.fcd, self.fyd = width, depth, fcd, fyd
        self.bars = ((edge, steel / 2.0), (depth - edge, steel / 2.0))

    def forces(self, x: float) -> tuple[float, float]:
        """N [kN] and M [kNm] with the neutral axis at x: 3.5 per mille at the edge, beyond the depth 1.75 at half of it."""
        block = min(0.8 * x, self.depth)
        n = self.width * block * self.fcd
        m = n * (self.depth - block) / 2.0
        turn = 0.0035 / x if x <= self.depth else 0.00175 / (x - self.depth / 2.0)
        for place, area in self.bars:
            stress = max(min(E_S * turn * (x - place), self.fyd), -self.fyd)
            # what the bar displaces, growing from the neutral axis to the edge of the block, so that N never jumps
            stress -= self.fcd * min(max((x - place) / (0.2 * x), 0.0), 1.0)
            n += area * stress
            m += area * stress * (self.depth / 2.0 - place)
        return n / 1000.0, m / 1e6

    def moment(self, n: float) -> float:
        """M_Rd [kNm] at N [kN]; N rises with the neutral axis."""
        low, high = 1e-6 * self.depth, 1e6 * self.depth
        for _ in range(200):
            x = math.sqrt(low * high)
            low, high = (x, high) if self.forces(x)[0] < n else (low, x)
        return max(self.forces(math.sqrt(low * high))[1], 0.0)


def column(given: Inputs) -> float:
    """5.8.8 about both axes and 5.8.9, solved for N: rectangle, braced, the same moment over the whole height."""
    if given["section_shape"] != "rectangle":
        raise KeyError("only rectangles are typed here")
    depths = {"y": given["h_section_mm"], "z": given["b_mm"]}
    area, steel = depths["y"] * depths["z"], given["As_mm2"]
    fcd, fyd = given["fcd_mpa"], given["fyd_mpa"]
    squash = (area * fcd + steel * fyd) / 1000.0
    omega = steel * fyd / (area * fcd)
    edge = given["bar_distance_mm"]
    across = {"y": depths["z"], "z": depths["y"]}
    sections = {axis: Rectangle(across[axis], depths[axis], steel, edge, fcd, fyd) for axis in depths}

    def second_order(axis: str, n: float) -> float:
        depth, relative = depths[axis], 1000.0 * n / (area * fcd)
        lam = given["l0_mm"] / (depth / math.sqrt(12.0))
        # (5.13N) with A = 0.7, C = 0.7
        if lam <= 20.0 * 0.7 * math.sqrt(1.0 + 2.0 * omega) * 0.7 / math.sqrt(relative):
            return 0.0
        k_r = min(max((1.0 + omega - relative) / (1.0 + omega - 0.4), 0.0), 1.0)
        k_phi = max(1.0 + (0.35 + given["fck_mpa"] / 200.0 - lam / 150.0) * given["phi_ef"], 1.0)
        effective = depth / 2.0 + (depth / 2.0 - edge)
        return k_r * k_phi * fyd / E_S / (0.45 * effective) * given["l0_mm"] ** 2 / given["curvature_c"]

    def moment(axis: str, n: float, *, imperfection: bool) -> float:
        # the load at a fixed distance acts over the whole height, so both ends have the same moment
        e = given[f"e_load_{axis}_mm"] + (given["e_init_column_mm"] if imperfection else 0.0)
        least = max(depths[axis] / 30.0, 20.0) if imperfection else 0.0
        return n * max(e + second_order(axis, n), least) / 1000.0

    def used(n: float) -> float:
        resistance = {axis: sections[axis].moment(n) for axis in depths}
        if min(resistance.values()) <= 0.0:
            return math.inf
        share = n / squash
        exponent = 1.0 if share <= 0.1 else 1.0 + (share - 0.1) / 0.6 * 0.5 if share <= 0.7 else 1.5 + (share - 0.7) / 0.3 * 0.5
        worst = 0.0
        for leaning in depths:
            m = {axis: moment(axis, n, imperfection=axis == leaning) for axis in depths}
            shares = [m[axis] / resistance[axis] for axis in depths]
            flat = [m["y"] / depths["y"], m["z"] / depths["z"]]
            alike = max(depths.values()) <= 2.0 * min(depths.values())
            apart = alike and min(flat) <= 0.2 * max(flat)
            worst = max(worst, *shares, 0.0 if apart else sum(one**exponent for one in shares))
        return worst

    low, high = 0.0, squash
    for _ in range(60):
        n = 0.5 * (low + high)
        low, high = (n, high) if used(n) <= 1.0 else (low, n)
    return low


# EN 1993-1-1


def steel_column(given: Inputs) -> float:
    """6.3.1: (6.46) to (6.49) about both axes."""
    least = 1.0
    for axis in "yz":
        critical = math.pi**2 * given["E_mpa"] * given[f"I_{axis}_mm4"] / given["L_cr_mm"] ** 2
        lam = math.sqrt(given["A_mm2"] * given["fy_mpa"] / critical)
        phi = 0.5 * (1.0 + given[f"alpha_{axis}"] * (lam - 0.2) + lam**2)
        least = min(least, 1.0 if lam <= 0.2 else 1.0 / (phi + math.sqrt(phi**2 - lam**2)))
    return least * given["A_mm2"] * given["fy_mpa"] / given["gamma_M1"] / 1000.0


DRAWN = {"NEN-EN 1992-1-1 5.8.8, 5.8.9": 1e-3}
"""Clauses that the program solves on a failure curve of straight lines, inside the true one: lower by this share at most."""
RESISTANCE: dict[str, Callable[[Inputs], float]] = {
    "NEN-EN 1996-1-1 6.1.2.2(1)(i) head": masonry_end,
    "NEN-EN 1996-1-1 6.1.2.2(1)(ii) mid": masonry_mid,
    "NEN-EN 1996-1-1 6.1.2.2(1)(i) foot": masonry_end,
    "NEN-EN 1996-1-1 NB 5.5.1.1(5)": masonry_least,
    "NEN-EN 1992-1-1 12.6.1 head": plain_section,
    "NEN-EN 1992-1-1 12.6.5.2": plain_slender,
    "NEN-EN 1992-1-1 12.6.1 foot": plain_section,
    "NEN-EN 1992-1-1 5.8.8, 5.8.9": column,
    "NEN-EN 1993-1-1 6.3.1": steel_column,
}
"""Clause as the record names it -> the resistance [kN] from the inputs of a check."""
