"""The typical block of every family: bearing as the author knows it, loads as by hand, an answer, same bytes, marked."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace

import ifcopenshell
import pytest
from family_scans import FAMILIES, loaded, misread, written
from hand_sums import FOLDER, line, total_kn

from optopscan.catalog.engineering import load_engineering
from optopscan.errors import UsageError
from optopscan.families import author_block, author_family, typical

IDS = sorted(FAMILIES)
each = pytest.mark.parametrize("family_id", IDS)


def test_the_nine_families_are_there() -> None:
    assert len(IDS) == 9
    assert sorted(path.stem for path in FOLDER.glob("*.toml")) == IDS


@each
def test_bearing_is_read_as_the_author_knows_it(family_id: str) -> None:
    block = loaded(family_id)
    truth = dict(block.authored.bearing)
    assert misread(block.result.building, block.result.bearing, truth) == []
    # Both kinds are there, so an answer that is the same for all walls fails.
    assert {True, False} <= set(truth.values())


def test_a_wrong_truth_is_noticed() -> None:
    block = loaded("gietbouw-portiek")
    truth = {**block.authored.bearing, "bouwmuur as 2-0": False, "een wand die er niet is": True}
    assert misread(block.result.building, block.result.bearing, truth) == [
        ("bouwmuur as 2-0", "yes"),
        ("een wand die er niet is", "not read"),
    ]


@each
def test_whole_weight_by_hand(family_id: str) -> None:
    take = loaded(family_id).result.take_downs["simple"]
    assert take.ground_permanent_kn == pytest.approx(total_kn(family_id), rel=0.02)
    assert take.unsupported_kn == 0.0


@each
def test_inner_bearing_line_by_hand(family_id: str) -> None:
    """Permanent and imposed load that leave the lowest piece of one inner line; partitions are drawn but for the office."""
    hand, use = line(family_id), load_engineering().use(FAMILIES[family_id].file.existing_use)
    permanent, imposed = loaded(family_id).leaving(f"{hand.element}-0")
    assert permanent == pytest.approx(hand.permanent_kn, rel=0.02)
    floor = use.q_k_kn_m2 + (0.8 if family_id == "kantoor-betonskelet" else 0.0)
    expected = sum(hand.floors_m2[:-1]) * floor + hand.floors_m2[-1] * 1.0
    assert imposed.sum() == pytest.approx(expected, rel=0.02)


@each
def test_a_scan_gives_an_answer(family_id: str) -> None:
    result = loaded(family_id).result
    answer = result.extra_storeys
    assert 0 <= answer.proven <= answer.possible <= 1
    assert answer.proven == 0  # no soil data, so nothing is proven
    assert answer.why_not_proven
    assert not [issue for issue in result.issues if issue.code in ("OPT-302", "OPT-303", "OPT-305")]


@each
def test_the_file_says_that_it_is_no_real_building(family_id: str, tmp_path) -> None:
    family = FAMILIES[family_id]
    model = ifcopenshell.open(str(written(author_family(family, typical(family)), tmp_path)))
    sets = {p.Name: {v.Name: v.NominalValue.wrappedValue for v in p.HasProperties} for p in model.by_type("IfcPropertySet")}
    assert sets["Pset_OptopscanFamily"] == {
        "Family": family_id, "Typical": True, "Real": False, "Note": "typisch, niet echt: geen adres, tekening of meting",
    }  # fmt: skip
    assert not model.by_type("IfcPostalAddress")
    year = int(sets["Pset_BuildingCommon"]["YearOfConstruction"])
    assert family.file.period.from_year <= year <= family.file.period.to_year


def test_same_bytes_in_other_processes() -> None:
    code = (
        "import hashlib; from optopscan.families import *\n"
        "print(hashlib.sha256(b''.join(author_family(f, d) for f in load_families() for d in sample(f, 3)[1:2])).hexdigest())"
    )
    found = set()
    for seed in ("0", "1"):
        env = {**os.environ, "PYTHONHASHSEED": seed}
        done = subprocess.run([sys.executable, "-c", code], env=env, cwd=FOLDER.parents[1], capture_output=True, text=True, check=True)
        found.add(done.stdout)
    assert len(found) == 1


def test_another_name_gives_other_identifiers(tmp_path) -> None:
    family = FAMILIES["school-gang"]
    guids = []
    for name in (None, "tweede"):
        model = ifcopenshell.open(str(written(author_family(family, typical(family), name=name), tmp_path)))
        guids.append({wall.GlobalId for wall in model.by_type("IfcWall")})
    assert len(guids[0]) == len(guids[1])
    assert not guids[0] & guids[1]


def test_sizes_without_room_are_refused_in_one_line() -> None:
    family = FAMILIES["gietbouw-portiek"]
    with pytest.raises(UsageError, match=r"^gietbouw-portiek: cannot be built with these sizes \(.*\); change the ranges of the family$"):
        author_block(family, replace(typical(family), storey_height_m=2.0))
