"""The picture pair of the guide: the layout that knows the roof only is rejected, ours holds and none that holds is larger."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def example():
    spec = importlib.util.spec_from_file_location("blind_against_aware", ROOT / "benchmarks" / "blind_against_aware.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def site(example):
    return example.Site.build()


def test_the_roof_only_layout_is_rejected(site):
    assert site.blind.dwellings == 14  # 7 bays of 2 storeys
    assert site.blind.outcome == "over"
    assert site.blind.max_uc > 1.0


def test_ours_holds(site):
    assert (site.aware.dwellings, site.aware.outcome) == (12, "ok")
    assert site.aware.max_uc <= 1.0


def test_no_layout_with_more_dwellings_holds(site):
    """Seven bays of at most two storeys: 14 dwellings one way, 13 in seven ways."""
    larger = list(site.larger(site.aware.dwellings))
    assert sorted(layout.dwellings for layout in larger) == [13] * 7 + [14]
    assert {layout.outcome for layout in larger} == {"over"}


def test_the_picture_in_the_docs_is_that_of_the_run(example, site):
    made = example.picture(site)
    assert made == (ROOT / "docs" / "pictures" / "blind_against_aware.png").read_bytes(), (
        "run: benchmarks/blind_against_aware.py docs/pictures"
    )
    guide = (ROOT / "docs" / "guide" / "variants.md").read_text(encoding="utf-8")
    assert f"{site.blind.dwellings} dwellings at UC {site.blind.max_uc:.2f}" in guide
    assert f"{site.aware.dwellings} at UC {site.aware.max_uc:.2f}" in guide
