"""Write a set of files while one event of the file system goes wrong; run as a script, so that the hook ends with it.

``python faulty_disk.py MODE FOLDER`` tries every event in turn and prints a line of JSON per try. The interpreter tells of
every open, rename, link, mkdir and removal before it happens (PEP 578); fsync, where a full disk often shows, is added.
"""

import errno
import json
import os
import shutil
import signal
import sys
from pathlib import Path

from optopscan.errors import UsageError
from optopscan.report.files import write_files
from optopscan.report.staging import WORK, contents

OLD = {"a.npz": b"old a", "b.json": b"old b", "c.txt": b"old c"}
NEW = {"a.npz": b"new array", "b.json": b"new record", "d.svg": b"new drawing", "c.txt": b"new c"}
CHANGES = {"open", "os.rename", "os.mkdir", "os.link", "shutil.copyfile", "os.truncate", "fsync"}
REMOVALS = {"os.remove", "os.rmdir", "shutil.rmtree"}
ERRORS = (errno.ENOSPC, errno.EROFS, errno.EACCES)


class Disk:
    """Counts the events while armed, and acts on one of them."""

    def __init__(self, *, no_links):
        self.act, self.at, self.events, self.no_links = None, -1, [], no_links
        sys.addaudithook(self.hook)
        os.fsync = lambda handle: self.hook("fsync", (handle,))  # a killed process needs none, and it is what takes time

    def hook(self, event, args):
        if self.act is None or event not in CHANGES | REMOVALS:
            return
        self.events.append(event)
        if self.no_links and event == "os.link":
            raise OSError(errno.EPERM, os.strerror(errno.EPERM))
        if self.at == len(self.events) - 1 or (self.at < 0 and -self.at <= len(self.events)):
            self.act()

    def during(self, act, at, work):
        self.act, self.at, self.events = act, at, []
        try:
            work()
        except UsageError as error:
            return str(error)
        except KeyboardInterrupt:
            return "interrupted"
        finally:
            self.act = None
        return ""


def fresh(folder, *, old):
    shutil.rmtree(folder, ignore_errors=True)
    if old:
        folder.mkdir()
        for name, content in OLD.items():
            (folder / name).write_bytes(content)


def held(folder, read):
    """Which set a folder holds: old, new, nothing, or mixed."""
    found = {}
    for name in sorted(OLD | NEW):
        try:
            found[name] = read(folder / name)
        except FileNotFoundError:
            continue
    return {(): "nothing", tuple(sorted(OLD.items())): "old", tuple(sorted(NEW.items())): "new"}.get(tuple(found.items()), "mixed")


def state(folder):
    seen = held(folder, Path.read_bytes)
    return {"seen": seen, "meant": held(folder, contents), "left": (folder / WORK).exists(), "folder": folder.exists()}


def later(folder):
    """What another run makes of it."""
    write_files(folder, {"other.txt": b"other"})
    again = state(folder)
    (folder / "other.txt").unlink()
    return again


def failing(number):
    def fail():
        raise OSError(number, os.strerror(number))

    return fail


def interrupt():
    raise KeyboardInterrupt


def tries(disk, mode, folder, *, old):
    at = 0
    while True:
        for act in [failing(number) for number in ERRORS] if mode == "fail" else [{"stuck": failing(errno.EROFS)}.get(mode, interrupt)]:
            fresh(folder, old=old)
            said = disk.during(act, -at - 1 if mode == "stuck" else at, lambda: write_files(folder, NEW))
            events = len(disk.events)
            if events <= at:
                return
            yield {"at": at, "event": disk.events[at], "said": said, **state(folder), "later": later(folder)}
        at += 1


def kills(disk, folder, *, old):
    at = 0
    while True:
        fresh(folder, old=old)
        child = os.fork()
        if child == 0:
            disk.during(lambda: os.kill(os.getpid(), signal.SIGKILL), at, lambda: write_files(folder, NEW))
            os._exit(0)
        if os.waitpid(child, 0)[1] == 0:
            return
        yield {"at": at, "event": "killed", "said": "", **state(folder), "later": later(folder)}
        at += 1


def main(mode, folder):
    mode, _, links = mode.partition(",")
    disk = Disk(no_links=links == "no-links")
    for old in (True, False):
        for row in kills(disk, folder, old=old) if mode == "kill" else tries(disk, mode, folder, old=old):
            print(json.dumps({**row, "old": old}))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
