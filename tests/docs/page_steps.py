"""Follow a page of the documentation: run its commands, write its files, and hold its outputs against the real ones.

A marker stands right above a fenced block and says what the block is:

    <!-- run -->              commands for a shell; ``run: exit 1`` where they end with another code than 0
    <!-- output -->           what the last commands print; ``...`` stands for anything
    <!-- file: NAME -->       the whole content of a new file
    <!-- append: NAME -->     lines that go at the end of a file
    <!-- after: NAME -->      a line that is in the file once, and what comes right behind it
"""

from __future__ import annotations

import doctest
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
BLOCK = re.compile(r"^<!-- (run|output|file|append|after)(?:: (.+?))? -->\n```\w*\n(.*?)^```$", flags=re.MULTILINE | re.DOTALL)
MARKER = re.compile(r"^<!-- (?!generated: )(.*?) -->$", flags=re.MULTILINE)


class Step(NamedTuple):
    kind: str
    of: str
    text: str
    line: int


def steps(page: Path) -> list[Step]:
    text = page.read_text(encoding="utf-8")
    found = [Step(match[1], match[2] or "", match[3], text.count("\n", 0, match.start()) + 1) for match in BLOCK.finditer(text)]
    assert len(found) == len(MARKER.findall(text)), f"{page.name}: a marker without a block behind it"
    return found


def follow(page: Path, folder: Path) -> None:
    """Do the steps of a page in their order; a folder that holds the package is what its commands run."""
    environment = clean_environment(folder, folder if (folder / "optopscan").is_dir() else ROOT)
    printed = ""
    for step in steps(page):
        where = f"{page.name}:{step.line}"
        if step.kind == "run":
            printed = run(step, folder, environment, where)
        elif step.kind == "output":
            assert same(step.text, printed), f"{where}: printed\n{printed}"
        else:
            write(step, folder, where)


def clean_environment(folder: Path, tree: Path) -> dict[str, str]:
    """No settings from outside, and an `optopscan` that is the one under test."""
    programs = folder.parent / "bin"
    programs.mkdir(exist_ok=True)
    for name, command in (("optopscan", "-m optopscan"), ("python", "")):
        (programs / name).write_text(f'#!/bin/sh\nexec "{sys.executable}" {command} "$@"\n')
        (programs / name).chmod(0o755)
    kept = {name: value for name, value in os.environ.items() if not name.startswith("OPTOPSCAN_")}
    return {
        **kept,
        "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str(tree),
        "LC_ALL": "C.UTF-8",
        "PYTHONDONTWRITEBYTECODE": "1",
    }


def run(step: Step, folder: Path, environment: dict[str, str], where: str) -> str:
    expected = int(step.of.removeprefix("exit ")) if step.of else 0
    command = ["bash", "-euo", "pipefail", "-c", step.text]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == expected, f"{where}: ended with {done.returncode}\n{done.stdout}{done.stderr}"
    return done.stdout


def same(told: str, printed: str) -> bool:
    return doctest.OutputChecker().check_output(told, printed, doctest.ELLIPSIS)


def write(step: Step, folder: Path, where: str) -> None:
    path = folder / step.of
    if step.kind == "file":
        assert not path.exists(), f"{where}: {step.of} is there already"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(step.text, encoding="utf-8")
        return
    before = path.read_text(encoding="utf-8")
    if step.kind == "append":
        path.write_text(before + step.text, encoding="utf-8")
        return
    line, _, rest = step.text.partition("\n")
    assert before.count(f"{line}\n") == 1, f"{where}: {step.of} has this line {before.count(line)} times: {line}"
    path.write_text(before.replace(f"{line}\n", f"{line}\n{rest}"), encoding="utf-8")


def files_named(page: Path) -> Iterator[str]:
    """Files that a page says to make or change."""
    yield from dict.fromkeys(step.of for step in steps(page) if step.kind in ("file", "append", "after"))
