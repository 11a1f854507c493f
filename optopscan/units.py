"""Conversions at the border; inside the package every name carries its unit.

Inside: metres, kN, kN/m2 for geometry and loads; clause functions in `codes`
keep the unit of the standard (mm, N/mm2) and say so in the argument name.
Downwards and compression are positive.
"""

GRAVITY_M_S2 = 9.81
MM_PER_M = 1000.0


def weight_kn(mass_kg: float) -> float:
    """Return the weight [kN] of a mass [kg].

    Examples
    --------
    >>> weight_kn(1000.0)
    9.81
    """
    return mass_kg * GRAVITY_M_S2 / 1000.0
