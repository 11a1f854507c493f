"""A small wing, scanned once, and variants on it, each set of settings generated once."""

from __future__ import annotations

from dataclasses import replace

import pytest
import small_wing

from optopscan.catalog.engineering import load_engineering
from optopscan.pipeline import scan
from optopscan.pipeline.generating import generate
from optopscan.settings import Settings

ONE = {"max_extra_storeys": 1, "access": "gallery", "mix": (100.0, 0.0)}
"""One storey along a gallery, small dwellings only: one goal, so quick."""


@pytest.fixture(scope="session")
def values():
    return load_engineering()


@pytest.fixture(scope="session")
def wing(tmp_path_factory):
    """What placing on the wing starts from, with one product and no draws."""
    path = small_wing.write(tmp_path_factory.mktemp("vleugel") / "vleugel.ifc")
    return scan([path], Settings(place=False, samples=0, concepts=(small_wing.CONCEPT,), max_extra_storeys=2)).ground


@pytest.fixture(scope="session")
def told(wing):
    """Return the ground of the wing with other settings."""
    return lambda **changes: replace(wing, settings=replace(wing.settings, **changes))


@pytest.fixture(scope="session")
def offered(wing, values):
    """Everything that is tried when nothing is asked."""
    return generate(wing, values)


@pytest.fixture(scope="session")
def made(told, values):
    """Return what is generated with some settings on top of `ONE`."""
    kept = {}

    def get(**changes):
        key = repr(sorted(changes.items()))
        if key not in kept:
            kept[key] = generate(told(**{**ONE, **changes}), values)
        return kept[key]

    return get
