"""Corrections through the chain: each fact moves the number that it should, by as much as a hand calculation says.

The brick block (`BrickBlock`): walls 6.0 x 2.6 x 0.21246 m, 3.3144 m3, of clay 1900 kg/m3: 61.78 kN each (3.96 kN/m2).
Walls 4.2 m apart, so that every inner wall carries 4.2 x 6.0 = 25.2 m2 of each floor (simple distribution).
"""

import dataclasses
import re

import numpy as np
import pytest
from chain_models import Bays, BrickBlock, Row, write
from click.testing import CliRunner

from optopscan.catalog.faults import CatalogError
from optopscan.catalog.overrides import read_overrides
from optopscan.cli.app import cli
from optopscan.ifc.author import rectangle
from optopscan.ifc.read import read
from optopscan.model.overrides import Match
from optopscan.pipeline import scan, understand
from optopscan.pipeline.inspecting import inspect
from optopscan.pipeline.matching import matched
from optopscan.report.inspection.override_template import Known, select, template
from optopscan.report.record import build as record
from optopscan.report.tidy import dumps
from optopscan.settings import Settings

AREA_M2 = 4.2 * 6.0
WALL_M3 = 6.0 * 2.6 * 0.21246
# Whole walls as parts and large cells: the block is regular, so nothing but time depends on them.
COARSE = Settings(part_length_max_m=6.0, cell_size_m=1.05)
FAST = dataclasses.replace(COARSE, place=False, max_extra_storeys=1, concepts=("fictief.hsb-2d",))


def told(text):
    return read_overrides("correcties.toml", text.encode())


def one(match, values, source='source = "tekening 12-B"'):
    return told(f"[[override]]\nmatch = {{ {match} }}\nset = {{ {values} }}\n{source}\n")


@pytest.fixture(scope="module")
def block_path(tmp_path_factory):
    return BrickBlock().write(tmp_path_factory.mktemp("blok") / "blok.ifc")


@pytest.fixture(scope="module")
def block(block_path):
    return inspect([block_path], COARSE)


@pytest.fixture(scope="module")
def scanned(block_path):
    return scan([block_path], FAST)


@pytest.fixture(scope="module")
def corrected(block_path):
    return lambda match, values, **how: inspect([block_path], COARSE, overrides=one(match, values, **how))


def row_of(seen, name):
    return seen.building.elements.name.index(name)


def parts_of(seen, name):
    return np.flatnonzero(np.asarray(seen.structure.parts.element) == row_of(seen, name))


def foot(seen, name):
    """Return permanent, imposed per level and roof load at the foot of an element [kN], simple distribution."""
    down, rows = seen.loads.take_downs["simple"], parts_of(seen, name)
    return down.permanent_foot_kn[rows].sum(), down.imposed_foot_kn[rows].sum(axis=0), down.roof_foot_kn[rows].sum()


def codes(seen):
    return {issue.code for issue in seen.issues}


# materials and weights


def test_density(block, corrected):
    found = corrected('kind = "wall"', "density_kg_m3 = 2090")
    weights = found.materials.self_weight_kn[[row_of(found, "muur 2-0"), row_of(found, "vloer 0")]]
    assert weights[0] == pytest.approx(1.1 * 61.78, rel=1e-3)
    assert weights[1] == block.materials.self_weight_kn[row_of(block, "vloer 0")]
    more = found.loads.take_downs["simple"].ground_permanent_kn - block.loads.take_downs["simple"].ground_permanent_kn
    assert more == pytest.approx(20 * 0.1 * WALL_M3 * 1900 * 9.81 / 1000, rel=1e-9)
    assert found.materials.source[row_of(found, "muur 2-0")].endswith("density override: tekening 12-B")


def test_density_far_from_the_material_is_said(corrected):
    assert "OPT-344" in codes(corrected('kind = "wall"', "density_kg_m3 = 800"))


def test_material_brings_its_own_weight_and_default_strength(corrected):
    found = corrected('name = "muur 0-0"', 'material = "calcium-silicate"')
    i = row_of(found, "muur 0-0")
    # 1850 kg/m3 (catalogue); without a build year the lowest default of the group, 4.5 N/mm2
    assert (found.materials.group[i], found.materials.strength_default_mpa[i]) == ("calcium-silicate", 4.5)
    assert found.materials.self_weight_kn[i] == pytest.approx(WALL_M3 * 1850 * 9.81 / 1000, rel=1e-9)
    assert found.materials.source[i] == "override: tekening 12-B"
    # the strength that the old material was given is asked for the new one
    messages = [x.message for x in found.issues if (x.code, x.id) == ("OPT-202", found.building.elements.id[i])]
    assert messages == ["calcium-silicate (override): strength class not stated, 4.5 N/mm2 taken"]


def test_material_of_a_layered_wall_replaces_the_layer_that_carries(tmp_path):
    """100 mm brick and 100 mm insulation: only the brick becomes calcium silicate, 1850 instead of 1900 over half the body."""

    def draw(author, storeys):
        for y in (0.0, 4.0):
            author.wall(
                storeys[0], f"muur {y:.0f}", (0, y), (6, y), z0_m=0.0, height_m=2.6,
                layers=[("baksteen", 0.1), ("isolatie", 0.1)],
            )  # fmt: skip
        author.roof_slab(storeys[0], "dak", rectangle(0, 0, 6, 4), z_top_m=2.8, thickness_m=0.2, material="beton C20/25")

    path = write(tmp_path / "spouw.ifc", levels=[("00", 0.0)], draws=[draw])
    before, after = inspect([path], COARSE), inspect([path], COARSE, overrides=one('kind = "wall"', 'material = "calcium-silicate"'))
    i = row_of(before, "muur 0")
    lighter = before.materials.self_weight_kn[i] - after.materials.self_weight_kn[i]
    assert lighter == pytest.approx(6 * 2.6 * 0.1 * (1900 - 1850) * 9.81 / 1000, rel=1e-9)


def test_strength_with_a_source_halves_the_utilisation(block_path, scanned):
    """Clay of an unknown year: fk 3.0 N/mm2 (catalogue). With 6.0 every resistance doubles: N_Rd = phi t l fk / gamma_M."""
    before = scanned
    after = scan([block_path], FAST, overrides=one('kind = "wall"', "fk_mpa = 6.0"))
    walls = np.isfinite(before.part_uc["existing"])
    assert walls.sum() == 20
    assert after.part_uc["existing"][walls] == pytest.approx(0.5 * before.part_uc["existing"][walls], rel=1e-9)
    assert {check.inputs["strength_source"] for check in after.checks} == {"fk given"}
    assert after.materials.strength_known[[i for i, kind in enumerate(after.building.elements.kind) if kind == "wall"]].all()
    walls_of = [i for i, kind in zip(after.building.elements.id, after.building.elements.kind, strict=True) if kind == "wall"]
    assert not {x.id for x in after.issues if x.code == "OPT-202"} & set(walls_of)
    assert not any("sterkte clay" in x.what for x in after.assumptions)


def test_strength_without_a_source_takes_the_place_of_the_default(block_path):
    found = inspect([block_path], COARSE, overrides=one('kind = "wall"', "fk_mpa = 6.0", source=""))
    i = row_of(found, "muur 0-0")
    assert found.materials.strength_default_mpa[i] == 6.0
    assert not found.materials.strength_known[i]
    assert {"OPT-202", "OPT-342"} <= codes(found)


def test_grade(corrected):
    found = corrected('name = "muur 0-*"', 'material = "calcium-silicate", grade = "CS20"')
    i = row_of(found, "muur 0-3")
    assert (found.materials.grade[i], found.materials.strength_mpa[i]) == ("CS20", 20.0)
    assert found.materials.grade[row_of(found, "muur 1-0")] is None


def test_thinner_than_drawn(block, corrected):
    """What is not bearing may be finish: it stays as weight."""
    found = corrected('name = "muur 2-0"', "thickness_m = 0.15")
    assert set(found.structure.parts.thickness_m[parts_of(found, "muur 2-0")]) == {0.15}
    assert found.materials.self_weight_kn[row_of(found, "muur 2-0")] == block.materials.self_weight_kn[row_of(block, "muur 2-0")]
    assert set(np.round(found.structure.parts.thickness_m[parts_of(found, "muur 1-0")], 5)) == {0.21246}


def test_thicker_than_drawn_weighs_more(corrected):
    found = corrected('name = "muur 2-0"', "thickness_m = 0.3")
    assert found.materials.self_weight_kn[row_of(found, "muur 2-0")] == pytest.approx(61.78 * 0.3 / 0.21246, rel=1e-3)
    assert set(found.structure.parts.thickness_m[parts_of(found, "muur 2-0")]) == {0.3}
    assert "OPT-344" in codes(found)


def test_thickness_and_capacity(block_path, scanned):
    """Half the slenderness and more: a wall said to be 100 mm thinner than drawn takes less, whatever else is equal."""
    before = scanned
    after = scan([block_path], FAST, overrides=one('kind = "wall"', "thickness_m = 0.15"))
    rows = np.isfinite(before.part_uc["existing"])
    assert (after.part_uc["existing"][rows] > before.part_uc["existing"][rows]).all()
    assert {check.inputs["t_mm"] for check in after.checks} == {150.0}


def test_thickness_said_to_be_unknown_gives_no_verdict(block_path):
    after = scan([block_path], FAST, overrides=one('name = "muur 2-0"', 'thickness_m = "unknown"'))
    rows = [k for k, i in enumerate(after.structure.parts.element) if after.building.elements.name[i] == "muur 2-0"]
    assert {after.part_outcome["existing"][k] for k in rows} == {"unknown"}


# bearing


def test_bearing_no_makes_a_wall_a_load(block, corrected):
    """Without the middle wall of the top storey the roof spans 8.4 m: 2.1 m more of it on either neighbour."""
    found = corrected('name = "muur 2-3"', 'bearing = "no"')
    i = row_of(found, "muur 2-3")
    assert not len(parts_of(found, "muur 2-3"))
    at = np.flatnonzero(np.asarray(found.structure.loose.element) == i)
    assert found.structure.loose.weight_kn[at] == pytest.approx([61.78], rel=1e-3)
    roof = 0.118 * 2550 * 9.81 / 1000 + 0.15 + 0.9
    assert foot(found, "muur 1-3")[0] - foot(block, "muur 1-3")[0] == pytest.approx(2.1 * 6.0 * roof, rel=2e-3)
    assert foot(found, "muur 2-2")[0] < foot(block, "muur 2-2")[0]
    totals = [seen.loads.take_downs["simple"].ground_permanent_kn for seen in (found, block)]
    assert totals[0] == pytest.approx(totals[1], rel=1e-9)
    evidence = found.bearing.evidence[i]
    assert (evidence[0].signal, evidence[0].text) == ("override", "override: tekening 12-B")
    assert evidence[1:] == block.bearing.evidence[row_of(block, "muur 2-3")]
    assert (found.bearing.state[i], found.bearing.probability[i]) == ("no", 0.0)
    assert "OPT-344" in codes(found)


def test_bearing_unknown_keeps_the_wall_and_takes_its_verdict_away(block_path):
    after = scan([block_path], FAST, overrides=one('name = "muur 2-0"', 'bearing = "unknown"'))
    i = after.building.elements.name.index("muur 2-0")
    rows = np.flatnonzero(np.asarray(after.structure.parts.element) == i)
    assert len(rows)
    assert not after.structure.parts.bearing_known[rows].any()
    assert {after.part_outcome["existing"][k] for k in rows} == {"unknown"}


def hanging_wall(path):
    """Two bearing walls of two storeys, 8 m apart, and half-way a wall under the roof that stands on nothing."""
    walls = [(f"{name} {k}", y, 2.6 * k, 0.214) for name, y in (("links", 0.0), ("rechts", 8.0)) for k in (0, 1)]

    def draw(author, storeys):
        for name, y, z0, thick in (*walls, ("midden", 4.0, 2.6, 0.1)):
            author.wall(
                storeys[0], name, (0, y), (6, y), z0_m=z0, height_m=2.6, thickness_m=thick, material="kalkzandsteen CS20"
            )  # fmt: skip
        author.roof_slab(storeys[0], "dak", rectangle(0, 0, 6, 8), z_top_m=5.4, thickness_m=0.2, material="beton C20/25")

    return write(path, levels=[("00", 0.0)], draws=[draw])


def test_wall_said_to_bear_on_nothing_never_gives_ok(tmp_path):
    path = hanging_wall(tmp_path / "hangend.ifc")
    without = scan([path], FAST, overrides=one('name = "midden"', 'bearing = "no"'))
    after = scan([path], FAST, overrides=one('name = "midden"', 'bearing = "yes"'))
    assert not any(x.code == "OPT-343" for x in without.issues)
    assert any(x.code == "OPT-343" and "nothing below carries it" in x.message for x in after.issues)
    rows = [k for k, i in enumerate(after.structure.parts.element) if after.building.elements.name[i] == "midden"]
    assert rows
    for outcome in after.part_outcome.values():
        assert {outcome[k] for k in rows} == {"unknown"}
    assert any("niets eronder draagt" in text for text in after.extra_storeys.why_not_proven)
    assert after.extra_storeys.proven == 0


def test_bearing_of_what_cannot_bear_is_refused(block_path, tmp_path):
    path = Row().write(tmp_path / "rij.ifc")
    with pytest.raises(CatalogError, match=r"correcties.toml:3: override\[1\].set.bearing: not for 1 proxy; expected .*wall"):
        inspect([path], COARSE, overrides=one('name = "schoorsteen"', "bearing = true"))


def test_bearing_given_to_a_board_stays_without_a_verdict(tmp_path):
    after = scan([Row().write(tmp_path / "rij.ifc")], FAST, overrides=one('name = "binnenwand"', "bearing = true"))
    i = after.building.elements.name.index("binnenwand")
    rows = np.flatnonzero(np.asarray(after.structure.parts.element) == i)
    assert len(rows)
    assert {after.part_outcome["existing"][k] for k in rows} == {"unknown"}
    assert any(x.code == "OPT-344" and x.id == after.building.elements.id[i] for x in after.issues)


# floors and roofs


def test_floor_finish_of_one_floor(block, corrected):
    found = corrected('name = "vloer 1"', "floor_finish_kn_m2 = 1.0")
    assert foot(found, "muur 2-0")[0] - foot(block, "muur 2-0")[0] == pytest.approx((1.0 - 0.5) * AREA_M2, rel=1e-6)
    assert foot(found, "muur 2-2")[0] == pytest.approx(foot(block, "muur 2-2")[0], rel=1e-9)  # above that floor


@pytest.mark.parametrize("storey", ['"02"', "2"])
def test_use_of_one_storey(block, corrected, storey):
    """Office instead of dwelling: 2.5 for 1.75 kN/m2 on the floor that the file puts on storey 02 (level 2), psi0 0.5."""
    found = corrected(f"storey = {storey}", 'use = "office"')
    more = foot(found, "muur 2-0")[1] - foot(block, "muur 2-0")[1]
    assert more == pytest.approx([0.0, 0.0, (2.5 - 1.75) * AREA_M2, 0.0, 0.0], abs=1e-6)
    assert (block.loads.use.psi0, found.loads.use.psi0) == (0.4, 0.5)


def test_partitions(block, corrected):
    found = corrected('name = "vloer 0"', "partitions_kn_m2 = 0")
    more = foot(found, "muur 2-0")[1] - foot(block, "muur 2-0")[1]
    assert more == pytest.approx([0.0, -0.8 * AREA_M2, 0.0, 0.0, 0.0], abs=1e-6)


def test_roof_build_up_and_ballast(block, corrected):
    found = corrected('name = "vloer 3"', "roof_membrane_kn_m2 = 0.5, roof_ballast_kn_m2 = 0.2")
    for name in ("muur 2-3", "muur 2-0"):
        assert foot(found, name)[0] - foot(block, name)[0] == pytest.approx((0.5 - 0.15 + 0.2 - 0.9) * AREA_M2, rel=1e-6)
    # what lies on the roof without proof does not count as old load of the foundation
    lean = [seen.loads.lean["simple"].ground_permanent_kn for seen in (found, block)]
    assert lean[0] - lean[1] == pytest.approx((0.5 - 0.15) * 6.0 * 16.8, rel=1e-6)


def test_less_ballast_gives_no_more_relief_than_lies_there(block_path):
    """The stripped roof with the setting takes 0.9 kN/m2 off; a roof said to carry 0.2 is relieved of 0.2."""
    settings = dataclasses.replace(FAST, roof_ballast_evidence=True)
    after = scan([block_path], settings, overrides=one('name = "vloer 3"', "roof_ballast_kn_m2 = 0.2"))
    before = scan([block_path], settings)
    relief = {}
    for result in (before, after):
        check = next(x for x in result.checks if x.scenario.endswith("+0"))
        k = result.structure.parts.id.index(check.part)
        down = result.take_downs[check.inputs["distribution"]]
        area = down.influence_foot[k] @ result.structure.heads.trib_area_m2
        relief[result is after] = check.inputs["permanent_relief_kn"] / area
    assert relief[False] == pytest.approx(-0.9, rel=1e-3)
    assert relief[True] == pytest.approx(-0.2, rel=1e-3)


def test_load_on_what_is_no_floor(corrected):
    with pytest.raises(CatalogError, match=r"set.floor_finish_kn_m2: matches no floor; got 20 wall"):
        corrected('kind = "wall"', "floor_finish_kn_m2 = 1.0")
    with pytest.raises(CatalogError, match=r"set.floor_finish_kn_m2: matches no floor; got 1 elements"):
        corrected('name = "vloer 3"', "floor_finish_kn_m2 = 1.0")
    with pytest.raises(CatalogError, match=r"set.roof_ballast_kn_m2: matches no roof"):
        corrected('name = "vloer 0"', "roof_ballast_kn_m2 = 1.0")


def test_gallery_never_gets_less_than_its_own_load(tmp_path):
    def draw(author, storeys):
        for y in (0.0, 4.0):
            author.wall(storeys[0], f"muur {y:.0f}", (0, y), (6, y), z0_m=0, height_m=2.6, thickness_m=0.214, material="kalkzandsteen")
        author.slab(storeys[0], "galerij", rectangle(0, 0, 6, 4), z_top_m=2.8, thickness_m=0.2, material="beton")

    path = write(tmp_path / "galerij.ifc", levels=[("00", 0.0)], draws=[draw])
    before, after = inspect([path], COARSE), inspect([path], COARSE, overrides=one('kind = "slab"', 'use = "dwelling"'))
    assert after.loads.actions.cells.imposed_kn.sum() == pytest.approx(before.loads.actions.cells.imposed_kn.sum())


# span


def room(path, **how):
    """A floor of 8 x 4 m on four walls: it spans 4 m, onto the long ones."""

    def draw(author, storeys):
        for name, start, end in (("zuid", (0, 0), (8, 0)), ("noord", (0, 4), (8, 4)), ("west", (0, 0), (0, 4)), ("oost", (8, 0), (8, 4))):
            author.wall(storeys[0], name, start, end, z0_m=0, height_m=2.6, thickness_m=0.2, material="kalkzandsteen CS20")
        author.roof_slab(storeys[0], "dak", rectangle(0, 0, 8, 4), z_top_m=2.8, thickness_m=0.2, material="kanaalplaat beton")

    return write(path, levels=[("00", 0.0)], draws=[draw], **how)


def on_short_walls(seen):
    """Return the share of the roof that the short walls carry."""
    cells, n = seen.structure.cells, len(seen.structure.parts)
    load = seen.structure.shares["simple"].cells[:, :n].T @ cells.area_m2
    names = [seen.building.elements.name[i] for i in seen.structure.parts.element]
    return sum(w for w, name in zip(load, names, strict=True) if name in ("west", "oost")) / load.sum()


def test_span_turns_the_load_to_the_other_walls(tmp_path):
    path = room(tmp_path / "kamer.ifc")
    free = inspect([path], COARSE)
    guid = free.building.elements.guid[row_of(free, "zuid")]
    shares = {
        text: on_short_walls(inspect([path], COARSE, overrides=one('name = "dak"', text)))
        for text in ('span = "auto"', 'span = "y"', 'span = "x"', "span_deg = 180", f'span = "along:{guid}"')
    }
    # the strip of floor on a wall itself stays with it, 0.1 m of 4 m on either long wall
    assert shares['span = "auto"'] == on_short_walls(free) < 0.06
    assert shares['span = "y"'] == pytest.approx(on_short_walls(free))
    assert shares['span = "x"'] > 0.93
    assert shares["span_deg = 180"] == shares[f'span = "along:{guid}"'] == shares['span = "x"']


def test_span_counts_from_the_axes_of_the_model(tmp_path):
    """Turned by 30 degrees the long side lies at 30 degrees in the model, whatever the frame of the building."""
    path = room(tmp_path / "gedraaid.ifc", rotation_deg=30.0)
    along = inspect([path], COARSE, overrides=one('name = "dak"', "span_deg = 30"))
    across = inspect([path], COARSE, overrides=one('name = "dak"', "span_deg = 120"))
    assert on_short_walls(along) > 0.93
    assert on_short_walls(across) < 0.06


def test_span_without_supports_is_said(corrected):
    assert "OPT-345" in codes(corrected('name = "vloer 1"', 'span = "x"'))
    assert "OPT-345" not in codes(corrected('name = "vloer 1"', 'span = "y"'))


def test_span_along_what_is_not_there(corrected):
    with pytest.raises(CatalogError, match=r"correcties.toml:3: override\[1\].set.span: no element with an axis; got niets"):
        corrected('name = "vloer 1"', 'span = "along:niets"')


# foundation


def test_foundation_without_enough_of_it_is_kept_and_gives_no_verdict(tmp_path):
    text = """
    [[foundation]]
    set = { kind = "strip", width_m = 0.7, soil = "sand" }
    source = "tekening F-1"
    [[foundation]]
    match = { name = "strook A" }
    set = { kind = "strip", width_m = 0.9 }
    source = "tekening F-2"
    """
    path = Row().write(tmp_path / "rij.ifc")
    before, after = scan([path], FAST), scan([path], FAST, overrides=told(text))
    assert after.extra_storeys.foundation_outcome == "unknown"
    assert after.extra_storeys.foundation_lines == before.extra_storeys.foundation_lines
    parts = after.structure.parts
    names = [after.building.elements.name[i] for i in parts.element]
    line = {name: int(n) for name, n in zip(names, parts.line, strict=True) if n >= 0}
    assert after.corrections.foundation_of(line["strook A"]) == {"kind": "strip", "width_m": 0.9, "soil": "sand"}
    assert after.corrections.foundation_of(line["strook B"]) == {"kind": "strip", "width_m": 0.7, "soil": "sand"}
    widths = [row for row in after.corrections.applied if row.field == "foundation.width_m"]
    assert [(row.old, row.new, row.used) for row in widths] == [("0.8 m, 1.2 m", "0.7 m", True), ("0.8 m", "0.9 m", True)]
    messages = [x.message for x in after.issues if x.code == "OPT-346"]
    assert len(messages) == 2
    assert all("hoek van inwendige wrijving" in text for text in messages)
    assert any(x.code == "OPT-341" and "width_m" in x.message for x in after.issues)


@pytest.mark.parametrize(
    ("match", "message"),
    [
        ("line = 9", r"foundation\[1\].match.line: no such line; got 9; expected 0 to 4"),
        ('name = "vloer 3"', r"foundation\[1\].match: no foundation line under the matched elements"),
        ('name = "strook Q"', r"foundation\[1\].match.name: matches nothing"),
    ],
)
def test_foundation_of_nothing(block_path, match, message):
    with pytest.raises(CatalogError, match=message):
        inspect([block_path], COARSE, overrides=told(f'[[foundation]]\nmatch = {{ {match} }}\nset = {{ kind = "strip" }}\n'))


# the building as a whole


def test_build_year_and_use_of_the_building(block_path):
    text = '[building]\nbuild_year = 1950\nuse = "office"\nfloor_finish_kn_m2 = 1.0\nsource = "vergunning"\n'
    after = scan([block_path], FAST, overrides=told(text))
    # clay from 1945: fk 3.8 N/mm2 (catalogue); unknown year 3.0
    assert set(after.materials.strength_default_mpa[[k == "wall" for k in after.building.elements.kind]]) == {3.8}
    assert (after.building.build_year, after.settings.existing_use, after.settings.floor_finish_kn_m2) == (1950, "office", 1.0)
    rows = {row.field: (row.old, row.new, row.source) for row in after.corrections.applied}
    assert rows["build_year"] == ("unknown", "1950", "vergunning")
    assert rows["use"] == ("dwelling", "office", "vergunning")
    clash = scan([block_path], dataclasses.replace(FAST, build_year=1960), overrides=told("[building]\nbuild_year = 1950\n"))
    assert clash.settings.build_year == 1950
    assert {"OPT-341", "OPT-342"} <= {x.code for x in clash.issues}


# which counts, and what is said about it


def test_later_wins_and_both_are_named(block_path):
    text = """
    [[override]]
    match = { kind = "wall" }
    set = { fk_mpa = 5.0 }
    source = "a"
    [[override]]
    match = { name = "muur 2-*" }
    set = { fk_mpa = 4.0 }
    source = "b"
    """
    found = inspect([block_path], COARSE, overrides=told(text))
    assert found.materials.fk_mpa[row_of(found, "muur 2-1")] == 4.0
    assert found.materials.fk_mpa[row_of(found, "muur 1-1")] == 5.0
    (clash,) = [x.message for x in found.issues if x.code == "OPT-341"]
    assert clash == "correcties.toml:2 and correcties.toml:6: strength of 4 elements"
    rows = [(row.place, len(row.elements)) for row in found.corrections.applied]
    assert rows == [("correcties.toml:4", 16), ("correcties.toml:8", 4)]


def test_matching_looks_at_the_model_not_at_earlier_overrides(block_path):
    text = """
    [[override]]
    match = { name = "muur 2-0" }
    set = { material = "calcium-silicate" }
    [[override]]
    match = { material = "clay" }
    set = { density_kg_m3 = 2000 }
    """
    found = inspect([block_path], COARSE, overrides=told(text))
    assert found.materials.density_kg_m3[row_of(found, "muur 2-0")] == 2000.0


def test_without_a_source_the_label_falls(tmp_path):
    path = Bays().write(tmp_path / "rij.ifc", stone=["kalkzandsteen CS20"] * 3, thickness_m=[0.214] * 3)
    values = 'grade = "CS16"'
    labels = [scan([path], FAST, overrides=one('kind = "wall"', values, source=s)) for s in ('source = "kern"', "", 'source = " "')]
    assert [found.extra_storeys.label for found in labels] == ["B", "C", "C"]
    assert ["OPT-342" in {x.code for x in found.issues} for found in labels] == [False, True, True]
    # to repeat what the model says is no new fact
    assert scan([path], FAST, overrides=one('kind = "wall"', 'grade = "CS20"', source="")).extra_storeys.label == "B"


def test_label_a_when_documents_state_strength_and_thickness_of_all_that_counts(tmp_path):
    path = Bays().write(tmp_path / "rij.ifc", stone=["kalkzandsteen CS20"] * 3, thickness_m=[0.214] * 3)
    values = 'grade = "CS16", thickness_m = 0.2'
    label = {s: scan([path], FAST, overrides=one('kind = "wall"', values, source=s)).extra_storeys.label for s in ('source = "kern"', "")}
    assert label == {'source = "kern"': "A", "": "C"}
    # one wall of which nobody has a drawing takes the A away
    some = one('kind = "wall", name = "wand 0"', values, source='source = "kern"')
    assert scan([path], FAST, overrides=some).extra_storeys.label == "B"
    # nor does paper tell enough of a wall of which nobody knows whether it bears
    unsettled = told(
        """
        [[override]]
        match = { kind = "wall" }
        set = { grade = "CS16", thickness_m = 0.2 }
        source = "kern"
        [[override]]
        match = { kind = "wall", name = "wand 1" }
        set = { bearing = "unknown" }
        source = "tekening"
        """
    )
    found = scan([path], FAST, overrides=unsettled)
    assert not found.structure.parts.bearing_known.all()
    assert found.extra_storeys.label == "B"


@pytest.mark.parametrize(
    ("match", "values", "message"),
    [
        ('name = "muur 9-*"', "bearing = true", r"correcties.toml:2: override\[1\].match.name: matches nothing; got .muur 9-.*"),
        ('class = "IfcWal"', "bearing = true", r"match.class: matches nothing; got .IfcWal.; the model has .*did you mean IfcWall"),
        ("thickness_m = 0.3", "bearing = true", r"match.thickness_m: matches nothing; got 0.3; nearest in the model 0.118, 0.17, 0.212"),
        ('storey = "09"', "bearing = true", r"match.storey: matches nothing; got .09.; storeys are 0 .00., 1 .01."),
        ('kind = "wall", storey = 4', "bearing = true", r"match: matches nothing; each key alone fits some elements \(storey 1, kind 20\)"),
        ('kind = "wall"', "fck_mpa = 20", r"set.fck_mpa: no strength of the matched elements; got 20 of clay; expected concrete"),
        ('kind = ["wall", "slab"]', 'grade = "CS12"', r"set.grade: .* got 20 of clay, 4 of concrete; expected calcium-silicate"),
    ],
)
def test_what_matches_nothing_or_cannot_be(corrected, match, values, message):
    with pytest.raises(CatalogError, match=message):
        corrected(match, values)


def test_faults_beside_the_model_come_at_once(block_path):
    text = """
    [[override]]
    match = { name = "niets" }
    set = { bearing = true }
    [[override]]
    match = { kind = "wall" }
    set = { fck_mpa = 20, floor_finish_kn_m2 = 1 }
    """
    with pytest.raises(CatalogError) as caught:
        inspect([block_path], COARSE, overrides=told(text))
    assert [fault.line for fault in caught.value.faults] == [3, 7, 7]


def test_one_guid_in_two_files_is_both_elements(tmp_path):
    """Two aspect models whose makers copied the GlobalIds: the id of the record tells them apart."""
    stone, thick = ["kalkzandsteen CS20"] * 2, [0.214] * 2
    a = Bays().write(tmp_path / "a.ifc", stone=stone, thickness_m=thick)
    b = Bays().write(tmp_path / "b.ifc", stone=stone, thickness_m=thick, height_m=5.4)
    building, _ = read([a, b], Settings())
    names = building.elements.name
    both = [i for i in range(len(names)) if names[i] == "wand 0"]
    guid = {building.elements.guid[i] for i in both}
    assert (len(both), len(guid)) == (2, 1)
    by_guid = understand(building, Settings(), one(f'guid = "{guid.pop()}"', "density_kg_m3 = 1800"))
    assert by_guid.corrections.applied[0].elements == tuple(both)
    by_id = understand(building, Settings(), one(f'id = "{building.elements.id[both[1]]}"', "density_kg_m3 = 1800"))
    assert by_id.corrections.applied[0].elements == (both[1],)


# record, command line, template


def test_record_lists_what_was_replaced_and_is_the_same_twice(block_path, scanned):
    overrides = one('name = "muur 2-0"', 'bearing = "yes", density_kg_m3 = 2000')
    texts = []
    for _ in range(2):
        result = scan([block_path], FAST, overrides=overrides)
        made, _ = record.build(result)
        texts.append(dumps(made))
    assert texts[0] == texts[1]
    told_of = made["overrides"]
    assert (told_of["name"], told_of["sha256"]) == ("correcties.toml", overrides.sha256)
    density = next(row for row in told_of["applied"] if row["field"] == "density_kg_m3")
    assert (density["old"], density["new"]) == ("1900 kg/m3, of the material", "2000 kg/m3")
    assert density["elements"] == [result.building.elements.id[result.building.elements.name.index("muur 2-0")]]
    plain, _ = record.build(scanned)
    assert plain["overrides"] == {"name": None, "sha256": None, "applied": []}


def run(*args):
    return CliRunner().invoke(cli, [str(arg) for arg in args], prog_name="optopscan")


def test_command_line(block_path, tmp_path):
    wrong, right = tmp_path / "fout.toml", tmp_path / "goed.toml"
    wrong.write_text('[[override]]\nmatch = { name = "muur 9-9" }\nset = { bearing = true }\n')
    right.write_text('[[override]]\nmatch = { name = "muur 2-0" }\nset = { density_kg_m3 = 2000 }\nsource = "proef 3"\n')
    for command in ("scan", "inspect"):
        result = run(command, "--quiet", block_path, "--overrides", wrong)
        assert (result.exit_code, result.stdout) == (2, "")
        assert result.stderr.startswith("optopscan: fout.toml:2: override[1].match.name: matches nothing; ")
        assert result.stderr.count("\n") == 1
    shown = run("scan", "--quiet", "--no-place", "--max-extra-storeys", "0", block_path, "--overrides", right).stdout
    line = "- density_kg_m3: 1900 kg/m3, of the material -> 2000 kg/m3 (1 elementen: muur 2-0 "
    assert line in shown
    assert "proef 3; goed.toml:3)" in " ".join(shown.split())


def test_template_is_not_written_over_a_file(block_path, tmp_path):
    target = tmp_path / "correcties.toml"
    assert run("inspect", "--quiet", block_path, "--write-overrides", target).exit_code == 0
    first = target.read_bytes()
    target.write_text("mijn werk")
    result = run("inspect", "--quiet", block_path, "--write-overrides", target)
    assert (result.exit_code, target.read_text()) == (2, "mijn werk")
    assert result.stderr == f"optopscan: {target}: exists and is not replaced; name another file, or use --force\n"
    assert run("inspect", "--quiet", block_path, "--write-overrides", target, "--force").exit_code == 0
    assert target.read_bytes() == first
    assert sorted(path.name for path in tmp_path.iterdir()) == ["correcties.toml"]  # no half file is left


def written(path):
    seen = inspect([path], COARSE)
    return seen, template(
        Known(building=seen.building, materials=seen.materials, bearing=seen.bearing, settings=seen.settings, questions=seen.questions)
    )


def uncommented(text):
    return re.sub(r"(?m)^# ?", "", text)


def plain_names(path, names):
    """A block whose elements have names that TOML, patterns and terminals take for something else."""

    def draw(author, storeys):
        for k, name in enumerate(names):
            author.wall(storeys[0], name, (0, 4.0 * k), (6, 4.0 * k), z0_m=0, height_m=2.6, thickness_m=0.1 + 0.05 * k, material="baksteen")
        plan = rectangle(0, 0, 6, 4.0 * (len(names) - 1))
        author.roof_slab(storeys[0], "dak", plan, z_top_m=2.8, thickness_m=0.2, material="beton")

    return write(path, levels=[('0 "begane" *\n[grond]', 0.0)], draws=[draw], name="blok\n[building]\nbuild_year = 1700")


NAMES = ('wand "1"', "wand [2]*", "a\\b'c", "\n[building]\n", "wand #5 }")


@pytest.mark.parametrize(
    "make", [lambda path: Row().write(path), lambda path: BrickBlock().write(path), lambda path: plain_names(path, NAMES)]
)
def test_template_as_it_stands_gives_the_same_answer(tmp_path, make):
    path = make(tmp_path / "model.ifc")
    _, text = written(path)
    assert all(line.startswith("#") for line in text.splitlines())
    assert told(text) == dataclasses.replace(told(""), sha256=told(text).sha256)  # commented it changes nothing
    overrides = told(uncommented(text))
    assert len(overrides.elements) + len(overrides.foundations) >= 3
    before, after = scan([path], FAST), scan([path], FAST, overrides=overrides)
    assert repr(after.extra_storeys) == repr(before.extra_storeys)
    assert after.part_outcome == before.part_outcome
    for name, down in before.take_downs.items():
        for column in ("permanent_foot_kn", "imposed_foot_kn", "roof_foot_kn"):
            assert np.array_equal(getattr(after.take_downs[name], column), getattr(down, column))


def test_template_asks_what_matters_most_first_and_names_exactly_the_elements(block_path):
    _, text = written(block_path)
    scores = [
        float(found)
        for found in re.findall(r"(?m)score ([\d.]+) kN$", re.sub(r"(?ms)^## \d+\. (?:use|finish|roof).*?^# \[b.*?^#$", "", text))
    ]
    assert scores == sorted(scores, reverse=True)
    assert "## storey 2: 02, 5.54 m" in text
    rows = {key: sum(key in row.values for row in told(uncommented(text)).elements) for key in ("bearing", "fk_mpa", "density_kg_m3")}
    # all twenty walls are alike: one table for each fact, not twenty
    assert rows["fk_mpa"] == 1
    found = inspect([block_path], COARSE, overrides=told(uncommented(text)))
    walls = tuple(i for i, kind in enumerate(found.building.elements.kind) if kind == "wall")
    assert [row.elements for row in found.corrections.applied if row.field == "fk_mpa"] == [walls]


@pytest.mark.parametrize(
    ("names", "keys"),
    [
        (["muur 2-0"], {"name"}),
        (["muur 2-0", "muur 1-0"], {"guid"}),  # alike with others: no rule tells them apart
        (["muur 0-2", "muur 1-2", "muur 2-2", "muur 3-2", "muur 4-2"], {"material", "thickness_m", "storey"}),
        (["vloer 0", "vloer 1", "vloer 2"], {"material", "thickness_m"}),
        (["vloer 0", "muur 0-0"], {"guid"}),
    ],
)
def test_rule_of_the_template_names_these_elements_and_no_other(block, names, keys):
    known = Known(building=block.building, materials=block.materials, bearing=block.bearing, settings=COARSE, questions=())
    rows = sorted(row_of(block, name) for name in names)
    chosen = select(rows, known)
    assert set(chosen) == keys
    assert matched(Match(**{key: tuple(values) for key, values in chosen.items()}), block.building, block.materials).tolist() == rows


def test_what_is_answered_with_a_source_is_asked_no_more(block_path):
    before = inspect([block_path], COARSE)
    after = inspect([block_path], COARSE, overrides=one('kind = "wall"', 'fk_mpa = 5.0, bearing = "yes"'))
    assert {row.what for row in before.questions} - {row.what for row in after.questions} == {"bearing", "strength"}


def test_topping_that_was_assumed_stays_until_a_thickness_is_given(tmp_path):
    """Three planks of 60 mm without topping: a density is that of the plank; a thickness is that of the whole floor.

    One plank is 6.0 x 2.0 x 0.06 m = 0.72 m3. Of 2400 kg/m3 it weighs 16.95 kN; a floor of 0.2 m weighs
    6.0 x 2.0 x 0.2 m3 x 2550 kg/m3 = 60.04 kN.
    """

    def draw(author, storeys):
        for x in (0.0, 6.0):
            author.wall(storeys[0], f"muur {x:.0f}", (x, 0), (x, 6), z0_m=0.0, height_m=2.6, thickness_m=0.214, material="kalkzandsteen")
        for k in range(3):
            plan = rectangle(0, 2.0 * k, 6, 2.0 * k + 2.0)
            author.slab(storeys[0], f"breedplaat {k}", plan, z_top_m=2.66, thickness_m=0.06, material="beton")

    path = write(tmp_path / "planken.ifc", levels=[("00", 0.0)], draws=[draw])
    free = inspect([path], COARSE)
    dense = inspect([path], COARSE, overrides=one('kind = "slab"', "density_kg_m3 = 2400"))
    thick = inspect([path], COARSE, overrides=one('kind = "slab"', "thickness_m = 0.2"))
    i = row_of(free, "breedplaat 1")
    assert "OPT-221" in codes(free) & codes(dense) - codes(thick)
    lighter = free.materials.self_weight_kn[i] - dense.materials.self_weight_kn[i]
    assert lighter == pytest.approx(0.72 * (2550 - 2400) * 9.81 / 1000, rel=1e-9)
    assert thick.materials.self_weight_kn[i] == pytest.approx(60.04, rel=1e-3)
