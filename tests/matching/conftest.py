"""Typical blocks, each loaded once per session for the same settings: what the tests ask is what products make of them."""

from __future__ import annotations

import importlib

import pytest

MODULE = importlib.import_module("optopscan.matching.match")
KEPT: dict[object, object] = {}


@pytest.fixture(scope="session", autouse=True)
def blocks_loaded_once():
    """Keep the loaded blocks of families by their sizes and the settings; a loaded block is frozen, and no product goes into it."""
    load = MODULE.loaded

    def loaded(block, settings):
        if block.family is None:
            return load(block, settings)
        key = (block.id, block.family.file.model_dump_json(), repr(block.dimensions), repr(settings))
        if key not in KEPT:
            KEPT[key] = load(block, settings)
        return KEPT[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(MODULE, "loaded", loaded)
        yield
