"""Red flags out of real scans, and the standing list that only a check with numbers shortens."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from optopscan.catalog.engineering import load_engineering
from optopscan.model.sides import FoundationCheck, Sides
from optopscan.pipeline.flagging import not_checked, signals
from optopscan.settings import Settings

VALUES = load_engineering()


def raised(scan):
    return {flag.code: flag for flag in scan.flags if not flag.asks}


def test_gallery_flat_shows_its_galleries_and_its_second_roof(scan_of):
    found = raised(scan_of("galerijflat_1972"))
    assert found["cantilevered-gallery"].triggered_by.startswith("4 galerij- of balkonplaten")
    assert found["partial-extension"].triggered_by == "ook plat dak op z 15,60 m"
    assert found["roof-finish-removed"].triggered_by.startswith("optopping met")
    assert "weak-roof" not in found


def test_brick_block_of_1958(scan_of):
    found = raised(scan_of("portiekflat_1958"))
    assert found["timber-piles"].triggered_by == "build_year = 1958"
    assert "cantilevered-gallery" not in found


def told(scan, materials=None, building=None, settings=None):
    return signals(
        scan.structure, building or scan.building, materials or scan.materials, scan.bearing, settings or Settings(place=False), storeys=1
    )


def test_roof_of_timber_and_walls_of_hollow_block(scan_of):
    scan = scan_of("galerijflat_1972")
    group = tuple(
        "timber" if kind in ("slab", "roof") else "concrete-block" if kind == "wall" else old
        for kind, old in zip(scan.building.elements.kind, scan.materials.group, strict=True)
    )
    found = told(scan, materials=replace(scan.materials, group=group))
    assert found["weak-roof"].startswith("dakvloer van hout")
    assert found["system-building"].startswith("dragende wanden van betonblokken")


def test_name_of_a_building_system_as_a_word_only(scan_of):
    scan = scan_of("galerijflat_1972")
    elements = scan.building.elements
    named = replace(elements, name=("wand MUWI 200", *elements.name[1:]))
    rows = told(scan, building=replace(scan.building, elements=named))
    bears = scan.bearing.state[0] != "no" and elements.kind[0] in ("wall", "column", "slab", "roof")
    assert ("muwi" in rows.get("system-building", "")) is bears
    durable = replace(elements, name=tuple(f"duurzaam {name}" for name in elements.name))
    assert "system-building" not in told(scan, building=replace(scan.building, elements=durable))


def test_setback_is_a_partial_extension(scan_of):
    assert "terugligging 1,5 m" in told(scan_of("kantoor_1980"), settings=Settings(place=False, setback_m=1.5))["partial-extension"]


def test_only_a_check_with_numbers_shortens_the_standing_list(scan_of):
    everything = {row.nl for row in VALUES.not_checked}
    assert set(not_checked(VALUES, Sides())) == everything
    scan = scan_of("galerijflat_1972")
    left = set(scan.not_checked)
    by_id = {row.id: row.nl for row in VALUES.not_checked}
    # stability was worked out with its shear panels; of the foundation and the connectors nothing is known
    assert by_id["stability"] not in left
    assert {by_id["foundation"], by_id["anchorage"], by_id["robustness"], by_id["hoisting"]} <= left
    row = FoundationCheck(
        scenario="existing", line=0, part="p", clause="6.5.2", e_d_kn=1.0, r_d_kn=np.nan, uc=np.nan, outcome="unknown", why="x", inputs={}
    )
    assert by_id["foundation"] in not_checked(VALUES, Sides(foundation=(row,)))
    fits = replace(row, r_d_kn=2.0, uc=0.5, outcome="ok", why="")
    assert by_id["foundation"] not in not_checked(VALUES, Sides(foundation=(fits,)))
    # the entry names settlement too: a bearing check alone does not cover it
    assert by_id["foundation"] in not_checked(VALUES, Sides(foundation=(fits, replace(fits, outcome="unknown", why="zetting"))))
    lame = replace(scan.sides.stability[0], uc=np.nan, outcome="unknown", why="geen doorgaande stabiliteitswand op bouwlaag 3")
    assert np.isfinite(lame.base_moment_after_knm)
    assert lame.system
    assert by_id["stability"] in not_checked(VALUES, Sides(stability=(*scan.sides.stability, lame)))
