"""Schemes for tests: one with numbers, changed where a test needs it."""

from optopscan.feasibility.scheme import Scheme


def scheme(**changed):
    made = {
        "id": "v1",
        "concept": "fictief.hsb-3d",
        "storeys": 1,
        "access": "gallery",
        "mix": "",
        "setback_m": 0.0,
        "dwellings": 10,
        "dwellings_by_type": {"2K-52": 10},
        "gfa_m2": 648.0,
        "roof_m2": 648.0,
        "max_uc": 0.9,
        "outcome": "ok",
    }
    return Scheme(**{**made, **changed})
