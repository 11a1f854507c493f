"""The counts of a screening are those of SQL that another engine runs on the same table."""

import pytest

pytest.importorskip("pyarrow")
pytest.importorskip("duckdb")

from benchmarks.screening import ours, theirs, write_country


def test_the_same_counts_from_another_engine(tmp_path):
    path = tmp_path / "land.parquet"
    write_country(path, 20_000, seed=3)
    mine, other = ours(path), theirs(path)
    assert len(mine["groups"]) > 10
    for what in ("groups", "dwellings", "lost"):
        assert mine[what] == other[what]
