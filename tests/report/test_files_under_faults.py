"""A set of files is whole, old or new, whatever the disk does and wherever the writer ends."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from optopscan.errors import UsageError
from optopscan.report import staging
from optopscan.report.files import write_files

ROOT = Path(__file__).resolve().parents[2]
LINKS = ("", ",no-links")
REMOVALS = ("os.remove", "os.rmdir", "shutil.rmtree")


def tried(mode, folder):
    script = Path(__file__).with_name("faulty_disk.py")
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, str(script), mode, str(folder / "out")], capture_output=True, text=True, env=environment, timeout=120
    )
    assert done.stderr == ""
    assert done.returncode == 0
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(rows) > 40
    return rows


def before(row):
    return "old" if row["old"] else "nothing"


@pytest.mark.parametrize("links", LINKS)
def test_one_event_that_fails(tmp_path, links):
    for row in tried(f"fail{links}", tmp_path):
        assert row["seen"] == row["meant"], row
        assert row["seen"] in (before(row), "new"), row
        if row["said"] and row["event"] not in REMOVALS:
            assert not row["left"], row
            assert row["folder"] == (row["seen"] != "nothing"), row  # none is left that was made for nothing
        if row["said"]:
            assert row["said"].startswith("cannot write to "), row
            assert "\n" not in row["said"]
            assert row["said"].endswith(" choose another output folder"), row
        else:
            assert row["seen"] == "new", row
        assert row["later"] == {"seen": row["seen"], "meant": row["seen"], "left": False, "folder": True}, row


@pytest.mark.parametrize("links", LINKS)
def test_a_disk_that_fails_from_some_event_on(tmp_path, links):
    # nothing can be put back on such a disk; it is complete once it works again
    for row in tried(f"stuck{links}", tmp_path):
        assert row["meant"] in (before(row), "new"), row
        assert row["said"] or row["meant"] == "new", row
        assert row["later"] == {"seen": row["meant"], "meant": row["meant"], "left": False, "folder": True}, row


@pytest.mark.parametrize("links", LINKS)
def test_ctrl_c_at_any_event(tmp_path, links):
    for row in tried(f"interrupt{links}", tmp_path):
        assert row["meant"] in (before(row), "new"), row
        assert row["later"] == {"seen": row["meant"], "meant": row["meant"], "left": False, "folder": True}, row


@pytest.mark.skipif(not hasattr(os, "fork"), reason="a process is forked for every event")
@pytest.mark.parametrize("links", LINKS)
def test_killed_at_any_event(tmp_path, links):
    rows = tried(f"kill{links}", tmp_path)
    for row in rows:
        assert row["meant"] in (before(row), "new"), row
        assert row["later"] == {"seen": row["meant"], "meant": row["meant"], "left": False, "folder": True}, row
    # the test is about this: some were killed between two renames
    assert [row for row in rows if row["seen"] == "mixed" and row["meant"] == "new"]


# after a writer that stopped between commit and move


@pytest.fixture
def interrupted(tmp_path):
    """A folder with a committed set of which nothing was moved."""
    commit = tmp_path / staging.WORK / "commit"
    for part, text in (("new", "new"), ("old", "old")):
        (commit / part).mkdir(parents=True)
        for name in ("a.txt", "b.txt"):
            (commit / part / name).write_text(text, encoding="utf-8")
    for name in ("a.txt", "b.txt"):
        os.link(commit / "old" / name, tmp_path / name)
    return tmp_path


def test_the_committed_set_is_the_one_that_is_read(interrupted):
    assert (interrupted / "a.txt").read_bytes() == b"old"
    assert staging.contents(interrupted / "a.txt") == b"new"


def test_a_file_that_somebody_put_there_since_is_not_replaced(interrupted):
    (interrupted / "a.txt").unlink()
    (interrupted / "a.txt").write_bytes(b"by hand")
    assert staging.contents(interrupted / "a.txt") == b"by hand"
    staging.recover(interrupted)
    assert (interrupted / "a.txt").read_bytes() == b"by hand"
    assert (interrupted / "b.txt").read_bytes() == b"new"
    assert not (interrupted / staging.WORK).exists()


@pytest.mark.skipif(sys.platform == "win32", reason="folders are not locked there")
def test_what_a_living_writer_has_staged_stays(tmp_path):
    with staging._own_place(tmp_path) as place:
        (place / "half.txt").write_bytes(b"")
        write_files(tmp_path, {"a.txt": b"a", "b.txt": b"b"})
        assert (place / "half.txt").exists()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.txt", "b.txt"]


def test_writers_at_once_leave_one_whole_set(tmp_path):
    code = (
        "import sys; from pathlib import Path; from optopscan.report.files import write_files\n"
        "for _ in range(60): write_files(Path(sys.argv[1]), {f'{n}.txt': sys.argv[2].encode() for n in range(5)})"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    writers = [
        subprocess.Popen([sys.executable, "-c", code, str(tmp_path), name], env=environment, stderr=subprocess.PIPE) for name in "abc"
    ]
    assert [(writer.communicate(timeout=120)[1], writer.returncode) for writer in writers] == [(b"", 0)] * 3
    assert len({path.read_bytes() for path in tmp_path.iterdir()}) == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == [f"{n}.txt" for n in range(5)]


# a real disk


@pytest.fixture
def small_disk(tmp_path):
    """A disk of 64 kB, where this user may mount one."""
    if sys.platform != "linux" or os.geteuid() != 0:
        pytest.skip("mounting takes root on Linux")
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k", "optopscan-test", str(tmp_path)], capture_output=True, check=False)
    if mounted.returncode:
        pytest.skip("mounting is not allowed here")
    yield tmp_path
    subprocess.run(["umount", "-l", str(tmp_path)], check=True)


def test_a_full_disk(small_disk):
    write_files(small_disk, {"a.txt": b"old", "b.txt": b"old"})
    with pytest.raises(UsageError, match=r"No space left on device; make room, or choose another output folder$"):
        write_files(small_disk, {"a.txt": b"new", "b.txt": b"new" * 40_000})
    assert {path.name: path.read_bytes() for path in small_disk.iterdir()} == {"a.txt": b"old", "b.txt": b"old"}


def test_a_disk_that_became_read_only(small_disk):
    write_files(small_disk, {"a.txt": b"old", "b.txt": b"old"})
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    with pytest.raises(UsageError, match=r"Read-only file system; choose another output folder$"):
        write_files(small_disk, {"a.txt": b"new", "b.txt": b"new"})
    assert {path.name: path.read_bytes() for path in small_disk.iterdir()} == {"a.txt": b"old", "b.txt": b"old"}
