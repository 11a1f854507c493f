"""The tallest building near each one: over every block and file of a screening, and only where somebody asks."""

import numpy as np
import pytest

from optopscan.catalog.engineering import load_engineering
from optopscan.catalog.filter_rows import load_filters
from optopscan.catalog.load import concept_of, find_product
from optopscan.portfolio import screening
from optopscan.portfolio.block import blocks_of
from optopscan.portfolio.cityjson import open_city
from optopscan.portfolio.neighbours import Neighbours
from optopscan.portfolio.screening import Ask, start, walk
from tests.portfolio.city_files import feature, write_sequence

VALUES = load_engineering()
ASK = Ask(concept=concept_of(find_product("fictief.hsb-2d")), samples=64)


def heights(paths, ask=ASK):
    """Return the tallest neighbour by building, as output per building has it."""
    found = {}
    walk(
        start(VALUES, ask),
        paths,
        each=lambda judged: found.update(zip(judged.block.id, judged.columns["neighbour_m"].tolist(), strict=True)),
    )
    return found


def test_the_seam_between_two_blocks_hides_no_neighbour(tmp_path):
    """Three in a row, one per block: the middle one stands between a low and a tall one."""
    made = [feature("a", height=8.0), feature("b", at=(30, 0)), feature("c", at=(60, 0), height=30.0), feature("d", at=(900, 0))]
    path = write_sequence(tmp_path / "s.jsonl", made)
    near = Neighbours(within_m=15.0)
    blocks = list(blocks_of(open_city(path)[1], VALUES, size=1))
    for block in blocks:
        near.add(block)
    assert [near.tallest(block).tolist() for block in blocks[:3]] == [[11.0], [30.0], [11.0]]
    assert np.isnan(near.tallest(blocks[3])).all()


def test_neighbours_in_another_file_count_and_a_building_in_two_tiles_is_not_its_own(tmp_path):
    one = write_sequence(tmp_path / "one.jsonl", [feature("a", height=8.0)])
    two = write_sequence(tmp_path / "two.jsonl", [feature("b", at=(30, 0), height=20.0), feature("a", height=8.0)])
    assert heights([one, two]) == {"a": 20.0, "b": 8.0}


def test_files_in_another_reference_system_are_not_near(tmp_path):
    one = write_sequence(tmp_path / "one.jsonl", [feature("a")])
    two = write_sequence(tmp_path / "two.jsonl", [feature("b", at=(30, 0))], referenceSystem="https://www.opengis.net/def/crs/EPSG/0/28992")
    assert all(np.isnan(value) for value in heights([one, two]).values())


@pytest.mark.parametrize(("column", "read"), [("height_m", 1), ("neighbour_m", 2)])
def test_files_are_read_twice_only_where_a_filter_asks_for_neighbours(tmp_path, monkeypatch, column, read):
    path = write_sequence(tmp_path / "s.jsonl", [feature("a"), feature("b", at=(30, 0))])
    filters = tmp_path / "f.toml"
    filters.write_text(
        f'schema = "optopscan/engineering/1"\n[[screening_filter]]\npreset = "p"\nid = "h"\nstep = "rules"\ncolumn = "{column}"\n'
        'at_most = 11.5\nunknown = "drop"\nnl = "te hoog"\nsource = "x"\nconfidence = "expert"\n'
    )
    opened = []
    monkeypatch.setattr(screening, "open_city", lambda path: opened.append(path) or open_city(path))
    found = walk(start(VALUES, Ask(concept=ASK.concept, samples=64, filters=load_filters(str(filters)))), [path])
    assert len(opened) == read
    assert found.judge.losses["p"].left.tolist() == [2]
