"""Typical blocks, each loaded once per session for the same settings: what the tests ask is what products make of them."""

from __future__ import annotations

import importlib
from dataclasses import replace

import pytest

MODULE = importlib.import_module("optopscan.matching.match")
KEPT: dict[object, object] = {}
LOADED = MODULE.loaded
"""As the program does it."""


def kept(block, settings):
    """Return a loaded block of a family, kept by its sizes and the settings; it is frozen, and no product goes into it.

    How many storeys are asked does not go into it either (`test_how_many_storeys_are_asked_loads_nothing`): only the settings
    that go along with it say so.
    """
    if block.family is None:
        return LOADED(block, settings)
    key = (block.id, block.family.file.model_dump_json(), repr(block.dimensions), repr(replace(settings, max_extra_storeys=1)))
    if key not in KEPT:
        KEPT[key] = LOADED(block, settings)
    made, asked = KEPT[key], {"max_extra_storeys": settings.max_extra_storeys}
    known = replace(made.known, settings=replace(made.known.settings, **asked))
    return replace(made, known=known, relief=replace(made.relief, **asked))


@pytest.fixture(scope="session", autouse=True)
def blocks_loaded_once():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(MODULE, "loaded", kept)
        yield


@pytest.fixture
def loaded_apart():
    """Load a block as the program does it, whatever was kept."""
    return LOADED
