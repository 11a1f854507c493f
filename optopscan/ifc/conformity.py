"""When reading trips: is it the file, or is it us?

Looking through a whole file for what its schema forbids takes longer than reading it, so nobody pays for that
while all goes well. Something of the wrong kind in an attribute (a layer where a material should be) shows itself as an error
somewhere in the reader; only then the file is held against its schema, and what it breaks is what is said. A file that
breaks nothing keeps the traceback: then the bug is ours.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from optopscan.errors import UnreadableInput

# What reading an attribute that is not what it should be ends in.
_TRIPPED = (AttributeError, TypeError, ValueError, LookupError, ArithmeticError, RuntimeError)
# What an object lacks (OwnerHistory, CompositionType) many exporters leave out; the reader bears that, so it excuses nothing.
# A relation that lacks one of its ends is another matter.
_LACKING = "not optional"
_END = ("Relating", "Related")
_STEP = re.compile(r"#(\d+)=(\w+)")


@contextmanager
def breach_first(files: Sequence[tuple[str, Any]]) -> Iterator[None]:
    """Refuse a file (name, model) that breaks its schema when reading it goes wrong.

    Raises
    ------
    UnreadableInput
        Instead of the error that was met, naming the entity and the attribute.
    """
    try:
        yield
    except _TRIPPED as error:
        for name, model in files:
            found = breach(model)
            if found is not None:
                raise UnreadableInput(f"{name}: {found}; export it again") from error
        raise


def breach(model: Any) -> str | None:
    """Return what the schema of a file forbids: what is of the wrong kind first, then what lacks; None where it forbids nothing."""
    try:
        found = sorted(_breaches(model))
    except (RuntimeError, TypeError, UnicodeDecodeError) as error:
        # of the parser, which reads an entity when it is first looked at, or of a list that is none, or half a sign of two
        return f"cannot be parsed ({error})"
    if not found:
        return None
    _, number, kind, attribute = found[0]
    return f"not as {model.schema} says (#{number} {kind}{f', {attribute}' if attribute else ''})"


def _breaches(model: Any) -> Iterator[tuple[bool, int, str, str]]:
    """Yield (whether something lacks, step id, class, attribute) of each."""
    import ifcopenshell.validate as validation  # half a second that no sound file waits for

    log = validation.json_logger()  # type: ignore[no-untyped-call]
    validation.validate(model, log)
    for row in log.statements:
        step, lacking = _STEP.search(str(row.get("instance", ""))), _LACKING in str(row.get("message", ""))
        attribute = str(row.get("attribute", "")).rpartition(".")[2]
        if step is not None and not (lacking and not attribute.startswith(_END) and model.by_id(int(step[1])).is_a("IfcRoot")):
            yield lacking, int(step[1]), step[2], attribute
