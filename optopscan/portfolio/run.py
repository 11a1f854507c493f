"""A run over many buildings: what was done before is kept, what is left is done, the table is made from both."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from optopscan import __version__
from optopscan.catalog.data import data_root, toml_files
from optopscan.portfolio.buildings import Building, key_of
from optopscan.portfolio.cluster import run_on_cluster
from optopscan.portfolio.local import run_local
from optopscan.portfolio.row import CRASHED, REFUSED, SCANNED, VERSION, Row, failed, ready, scan_row
from optopscan.report.files import write_files
from optopscan.report.names import as_text
from optopscan.settings import Settings

KEPT = "rows"
RECORDS = "records"


@dataclass(frozen=True, kw_only=True)
class Task:
    """One building to scan, with the key under which its row is kept."""

    key: str
    building: Building


def run(
    buildings: Sequence[Building],
    settings: Settings,
    folder: Path,
    *,
    workers: int = 1,
    scheduler: str | None = None,
    records: bool = False,
    told: Callable[[int, int], None] = lambda _done, _all: None,
) -> list[Row]:
    """Scan the buildings and return one row each, in their order, with ``name``, ``files``, ``record`` and what the list told.

    Parameters
    ----------
    folder
        Keeps the row of every building under its key; a run that was stopped goes on where it was. Rows are written whole or
        not at all, and a key never has two. What crashed is tried again.
    workers
        Processes at once on this machine.
    scheduler
        Address of a Dask scheduler, instead of processes here.
    records
        Also keep every record, in ``records/<key>``.
    told
        Called with how many rows are there and how many there will be.

    Raises
    ------
    UsageError
        If the folder cannot be written, or the scheduler does not answer.
    """
    about = (__version__, str(VERSION), _catalogue_hash())
    keys = [key_of(building, settings, about) for building in buildings]
    kept = folder / KEPT
    rows = {key: row for key in dict.fromkeys(keys) if key is not None and (row := _read(kept, key)) is not None}
    # A crash may be the machine's and not the model's (memory, an interrupted run): it is tried again.
    rows = {key: row for key, row in rows.items() if row["status"] != CRASHED}
    if records:
        rows = {key: row for key, row in rows.items() if row["status"] != SCANNED or (folder / RECORDS / key / "record.json").exists()}
    left = {
        key: Task(key=key, building=building) for key, building in zip(keys, buildings, strict=True) if key is not None and key not in rows
    }
    whole = len(rows) + len(left)
    told(len(rows), whole)

    def done(task: Task, row: Row) -> None:
        write_files(kept, {f"{task.key}.json": _dumps(row)})
        rows[task.key] = row
        told(len(rows), whole)

    alone = replace(settings, threads=1) if workers > 1 or scheduler else settings
    work = partial(_work, settings=alone, records=folder / RECORDS if records else None)
    if left and scheduler:
        run_on_cluster(left.values(), work, done, scheduler)
    elif left:
        run_local(left.values(), work, done, workers, ready)
    unread = failed(REFUSED, "a file is missing or cannot be read; check the path")
    return [
        {
            "name": building.name,
            "files": [as_text(path.name) for path in building.files],
            **building.told,
            **(rows[key] if key is not None else unread),
            "record": f"{RECORDS}/{key}/record.json" if records and key is not None and rows[key]["status"] == SCANNED else None,
        }
        for key, building in zip(keys, buildings, strict=True)
    ]


def _work(task: Task, settings: Settings, records: Path | None) -> Row:
    return scan_row(task.building, settings, None if records is None else records / task.key)


def _read(kept: Path, key: str) -> Row | None:
    """Return a kept row; one that is damaged or belongs to another key is made again."""
    try:
        content = json.loads((kept / f"{key}.json").read_bytes())
        row = content["row"]
        whole = content["sha256"] == _hash(row)
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return dict(row) if whole else None


def _dumps(row: Row) -> bytes:
    return json.dumps({"row": row, "sha256": _hash(row)}, sort_keys=True, ensure_ascii=False, allow_nan=False).encode()


def _hash(row: Any) -> str:
    return hashlib.sha256(json.dumps(row, sort_keys=True, allow_nan=False).encode()).hexdigest()


def _catalogue_hash() -> str:
    """Return one hash over the products and the engineering tables that a scan reads."""
    told = hashlib.sha256()
    for file in toml_files(data_root()):
        told.update(file.name.encode() + b"\0" + file.read_bytes())
    return told.hexdigest()
