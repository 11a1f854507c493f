"""The document of a run: read back as it was written, refused with one line when it is anything else."""

import json

import pytest

from optopscan.errors import UnreadableInput
from optopscan.portfolio import kept
from optopscan.settings import Settings
from tests.portfolio.stock_rows import scanned, unread

ROWS = [scanned("a", 0, 1), unread("b")]


@pytest.fixture
def folder(tmp_path):
    (tmp_path / kept.NAME).write_bytes(kept.written(kept.document(ROWS, Settings())))
    return tmp_path


def test_a_run_is_read_from_its_folder_its_document_and_a_table_in_it(folder):
    runs = [kept.read(place) for place in (folder, folder / kept.NAME, folder / "portfolio.csv")]
    assert list(runs[0].rows) == ROWS
    assert {run.sha256 for run in runs} == {runs[0].sha256}
    assert runs[0].settings["max_extra_storeys"] == 3


def test_how_the_machine_works_is_not_in_the_document():
    assert kept.document(ROWS, Settings(threads=1)) == kept.document(ROWS, Settings(threads=2))


def changed(**more):
    return {**kept.document(ROWS, Settings()), **more}


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"{", "is not JSON"),
        (b"\xff\xfe", "is not JSON"),
        (b"[" * 100_000, "is not JSON"),
        (b"[]", "is not a document of optopscan/portfolio/1"),
        (changed(schema="optopscan/portfolio/9"), "is not a document"),
        (changed(rows=[]), "holds no rows"),
        (changed(tool={}), "which version"),
        (changed(rows=[{"name": "a"}]), "row 1 has no status"),
        (changed(rows=[{**ROWS[0], "name": 3}]), "row 1 has no name"),
        (changed(rows=[ROWS[1], {key: value for key, value in ROWS[0].items() if key != "stops"}]), "row 2 (a): stops is missing"),
        (changed(rows=[{**ROWS[0], "possible": "3"}]), "possible is not what it should be"),
        (changed(rows=[{**ROWS[0], "possible": True}]), "possible is not what it should be"),
        (changed(rows=[{**ROWS[0], "unknowns": [1]}]), "unknowns is not what it should be"),
    ],
)
def test_anything_else_is_one_line(folder, content, said):
    (folder / kept.NAME).write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
    with pytest.raises(UnreadableInput) as error:
        kept.read(folder)
    assert said in str(error.value)
    assert "\n" not in str(error.value)


def test_a_folder_without_a_run_says_what_to_do(tmp_path):
    with pytest.raises(UnreadableInput, match="run it again: what is done is kept"):
        kept.read(tmp_path)
