"""Sets of files that replace others as one: whole and old, or whole and new, wherever the writer stops.

All happens inside the folder of the files, where a rename is one event of the file system:

1. *stage*: new contents go to ``.optopscan/<own name>/new``, and what they replace is kept in ``old`` beside them;
2. *commit*: ``<own name>`` is renamed ``commit``. From this event on the new set is the true one;
3. *move*: every new file is renamed to its place, and ``commit`` taken away.

Killed before 2, the old set stands, and the next writer removes what was staged. Killed after 2, `contents` reads the new
set from where it is, and the next writer finishes the moves. An error in 3 puts every old file back.
"""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

WORK = ".optopscan"
_COMMIT, _NEW, _OLD = "commit", "new", "old"
_TRIES = 5
# Where a folder cannot be locked, what is older than this has no writer any more.
_FORGOTTEN_S = 86_400.0


def replace(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files into a folder that exists, all or none.

    Parameters
    ----------
    folder
        Where they go.
    files
        Plain file name to contents.

    Raises
    ------
    OSError
        If one of them cannot be written; the folder then holds what it held.
    """
    recover(folder)
    with _own_place(folder) as place:
        for name in (_NEW, _OLD):
            (place / name).mkdir()
        for name, content in files.items():
            _write(place / _NEW / name, content)
        if len(files) == 1:  # one rename is whole by itself
            [name] = files
            os.replace(place / _NEW / name, folder / name)
        else:
            _replace_set(folder, place, tuple(files))


def recover(folder: Path) -> None:
    """Finish what a writer that is no more had committed, and remove what others had staged.

    A file that somebody has put in its place since then stays.

    Raises
    ------
    OSError
        If a file of the committed set cannot be moved.
    """
    work = folder / WORK
    if not work.is_dir():
        return
    commit = work / _COMMIT
    for name in _listed(commit / _NEW):
        if _untouched(folder / name, commit / _OLD / name):
            _move(commit / _NEW / name, folder / name)
    _take_away(commit, work / f"done-{os.getpid()}")
    for place in (work / name for name in _listed(work) if name != _COMMIT):
        _remove_forgotten(place)
    with contextlib.suppress(OSError):  # another writer may be at work in it
        work.rmdir()


def contents(path: Path) -> bytes:
    """Return the contents of a file as its last complete writer meant them.

    Raises
    ------
    OSError
        If it cannot be read.
    """
    commit = path.parent / WORK / _COMMIT
    if _untouched(path, commit / _OLD / path.name):
        with contextlib.suppress(FileNotFoundError, NotADirectoryError):  # moved already, or nothing was interrupted
            return (commit / _NEW / path.name).read_bytes()
    return path.read_bytes()


def _replace_set(folder: Path, place: Path, names: Sequence[str]) -> None:
    for name in names:
        if os.path.lexists(folder / name):
            _twin(folder / name, place / _OLD / name)
    # one is enough: file systems with a journal keep the order of what follows
    _sync(place / _NEW)
    commit = _committed(folder, place)
    try:
        for name in names:
            _move(commit / _NEW / name, folder / name)
    except BaseException:
        _put_back(folder, commit, names)
        _take_away(commit, place)
        raise
    _take_away(commit, place)
    _sync(folder)


def _committed(folder: Path, place: Path) -> Path:
    commit = folder / WORK / _COMMIT
    for left in reversed(range(_TRIES)):
        try:
            os.rename(place, commit)
        except OSError as error:
            if left == 0 or error.errno not in (errno.ENOTEMPTY, errno.EEXIST):
                raise
            recover(folder)  # another writer is between commit and done: help it
        else:
            break
    return commit


def _put_back(folder: Path, commit: Path, names: Sequence[str]) -> None:
    """Undo the moves. The new files return to where they were: killed in here, the new set is still whole."""
    for name in names:
        new, old = commit / _NEW / name, commit / _OLD / name
        if not new.exists():
            os.replace(folder / name, new)
            if os.path.lexists(old):
                _twin(old, folder / name)


def _twin(file: Path, twin: Path) -> None:
    """Make a second name of a file or, where the file system has none, a copy; complete or not there."""
    try:
        os.link(file, twin)
    except OSError:
        half = twin.with_name(f"{twin.name}.part")
        shutil.copy2(file, half)
        os.replace(half, twin)


def _untouched(target: Path, kept: Path) -> bool:
    """Return whether nobody has put another file at the target since its old one was kept."""
    try:
        now, then = target.lstat(), kept.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return not os.path.lexists(target)
    return os.path.samestat(now, then) or (now.st_size, now.st_mtime_ns) == (then.st_size, then.st_mtime_ns)


def _move(new: Path, target: Path) -> None:
    try:
        os.replace(new, target)
    except FileNotFoundError:
        if not target.exists():  # else another writer was so kind
            raise


def _take_away(commit: Path, name: Path) -> None:
    """Remove the committed set: under another name first, or half of it would be taken for a set."""
    with contextlib.suppress(OSError):  # then it stays for the next writer, who finds the same set in it
        os.rename(commit, name)
        shutil.rmtree(name, ignore_errors=True)


@contextlib.contextmanager
def _own_place(folder: Path) -> Iterator[Path]:
    """Give an empty folder of our own under ``.optopscan``, locked as long as we are there."""
    place, handle = _claimed(folder / WORK)
    try:
        yield place
    finally:
        with contextlib.suppress(OSError):  # what is left is removed by the next writer
            shutil.rmtree(place, ignore_errors=True)
            place.parent.rmdir()
        if handle is not None:
            os.close(handle)


def _claimed(work: Path) -> tuple[Path, int | None]:
    for left in reversed(range(_TRIES)):
        try:
            work.mkdir(exist_ok=True)
            place = Path(tempfile.mkdtemp(prefix="w", dir=work))
        except OSError as error:
            if error.errno != errno.ENOENT or left == 0:  # else another writer left, and took the empty folder along
                with contextlib.suppress(OSError):
                    work.rmdir()
                raise
            continue
        handle = _lock(place)
        if place.exists():
            return place, handle
        if handle is not None:
            os.close(handle)
    raise FileNotFoundError(errno.ENOENT, "the folder for unfinished files is taken away again and again", str(work))


def _remove_forgotten(place: Path) -> None:
    if sys.platform == "win32":
        if time.time() - place.stat().st_mtime > _FORGOTTEN_S:
            shutil.rmtree(place, ignore_errors=True)
        return
    handle = _lock(place)
    if handle is not None:
        shutil.rmtree(place, ignore_errors=True)
        os.close(handle)


def _lock(place: Path) -> int | None:
    """Return a handle that locks a folder until it is closed or its process ends; None where it is locked or cannot be."""
    if sys.platform == "win32":
        return None
    import fcntl

    try:
        handle = os.open(place, os.O_RDONLY)
    except OSError:
        return None
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(handle)
        return None
    return handle


def _listed(folder: Path) -> list[str]:
    try:
        return sorted(os.listdir(folder))
    except (FileNotFoundError, NotADirectoryError):
        return []


def _write(path: Path, content: bytes) -> None:
    with path.open("wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())


def _sync(folder: Path) -> None:
    """Have the names in a folder on disk, where a system can do that (Windows cannot)."""
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno != errno.EINVAL:  # a file system that has no such thing
            raise
    finally:
        os.close(handle)
