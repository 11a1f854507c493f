"""Links where a file should come: what a link points at is never written, whoever put it there."""

import os

import pytest
from click.testing import CliRunner
from ifc_factory import house

from optopscan.cli.app import cli
from optopscan.errors import UsageError
from optopscan.report.files import write_files


@pytest.fixture
def elsewhere(tmp_path):
    path = tmp_path / "elsewhere" / "precious.txt"
    path.parent.mkdir()
    path.write_text("precious")
    return path


@pytest.mark.parametrize("target", ["precious.txt", "not-there.txt", "."])
def test_a_link_to_a_file_to_nothing_or_to_a_folder_is_not_written_through(tmp_path, elsewhere, target):
    out = tmp_path / "out"
    out.mkdir()
    (out / "b.txt").symlink_to(elsewhere.parent / target)
    with pytest.raises(UsageError, match=r"b\.txt: is a link and is not written through; remove it"):
        write_files(out, {"a.txt": b"a", "b.txt": b"b"})
    assert elsewhere.read_text() == "precious"
    assert sorted(path.name for path in elsewhere.parent.iterdir()) == ["precious.txt"]
    assert [path.name for path in out.iterdir()] == ["b.txt"]
    assert (out / "b.txt").is_symlink()


def test_a_folder_that_is_a_link_is_where_it_leads(tmp_path):
    (tmp_path / "large-disk").mkdir()
    (tmp_path / "out").symlink_to(tmp_path / "large-disk")
    write_files(tmp_path / "out", {"a.txt": b"a"})
    assert (tmp_path / "large-disk" / "a.txt").read_bytes() == b"a"


@pytest.mark.parametrize("name", ["../a.txt", "/tmp/a.txt", "a/b.txt", "a\\b.txt", "..", "a\0b"])
def test_a_name_that_leads_out_of_the_folder_is_refused(tmp_path, name):
    with pytest.raises(UsageError, match="no plain file name"):
        write_files(tmp_path / "out", {name: b"a"})
    assert not (tmp_path / "out").exists()


def test_a_command_says_it_in_one_line_before_anything_is_written(tmp_path, elsewhere):
    house(tmp_path / "house.ifc")
    out = tmp_path / "out"
    out.mkdir()
    (out / "vragen.csv").symlink_to(elsewhere)
    done = CliRunner().invoke(cli, ["inspect", str(tmp_path / "house.ifc"), "-o", str(out), "--quiet"], prog_name="optopscan")
    assert done.exit_code == 2
    [line] = done.stderr.splitlines()
    assert "vragen.csv: is a link" in line
    assert os.listdir(out) == ["vragen.csv"]
    assert elsewhere.read_text() == "precious"
