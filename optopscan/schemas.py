"""Names and versions of the files that optopscan reads again, and how an older one is brought to today's form.

A schema is called ``optopscan/<kind>/<major>``. Within a major, keys are only added and readers pass over what they do
not know; anything else (`docs/schemas.md` lists what) raises the major and adds a `Migration` here. A file of the same
major is read as it is, an older one is migrated step by step, a newer one is refused in one line.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from optopscan.errors import UnreadableInput

Data = dict[str, Any]

CURRENT: Mapping[str, int] = {
    "assumptions": 1,
    "catalog": 1,
    "engineering": 1,
    "family": 1,
    "overrides": 1,
    "record": 1,
    "surroundings": 1,
}
_NAME = re.compile(r"optopscan/([a-z-]+)/(0|[1-9][0-9]{0,5})")


class NewerSchema(UnreadableInput):
    """A file has the form of a later optopscan."""


@dataclass(frozen=True, kw_only=True)
class Migration:
    """One step: files of a kind from ``major`` to the next.

    ``step`` returns a new document and leaves its argument alone; ``schema`` is set afterwards.
    """

    kind: str
    major: int
    step: Callable[[Data], Data]


MIGRATIONS: tuple[Migration, ...] = ()
"""Every step there is; majors of today are the first of their kind."""


def schema_id(kind: str) -> str:
    """Return the schema of today of a kind of file, as "optopscan/record/1"."""
    return f"optopscan/{kind}/{CURRENT[kind]}"


def upgraded(data: Data, *, migrations: Sequence[Migration] = MIGRATIONS, current: Mapping[str, int] = CURRENT) -> Data:
    """Return a document in the form of today.

    One whose ``schema`` is not ours, missing, or too old to migrate comes back as it is: its reader says what it expects.

    Parameters
    ----------
    data
        The document as read.
    migrations
        Steps between majors.
    current
        Kind to the major of today.

    Raises
    ------
    NewerSchema
        If its major is above that of today.
    """
    found = _NAME.fullmatch(str(data.get("schema")))
    if found is None or found[1] not in current:
        return data
    kind, major, today = found[1], int(found[2]), current[found[1]]
    if major > today:
        what = f"schema optopscan/{kind}/{major} is of a newer optopscan, this one reads up to {today}"
        raise NewerSchema(f"{what}; use that version, or make the file again")
    steps = {row.major: row.step for row in migrations if row.kind == kind}
    if not all(one in steps for one in range(major, today)):
        return data
    for one in range(major, today):
        data = {**steps[one](data), "schema": f"optopscan/{kind}/{one + 1}"}
    return data
