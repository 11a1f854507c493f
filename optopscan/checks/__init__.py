"""Resistance, utilisation and extra storeys, from the clause functions in codes."""
