"""What the file says of bearing, believed as far as it fits what is drawn.

Tools write False by default, some write True. A value that stands on every element says
little: all False is silence, all True a hint. A value that often stands where what is
drawn plainly says the opposite is a default, and hardly counts.
"""

from __future__ import annotations

from optopscan.model.arrays import FloatArray
from optopscan.model.building import Elements
from optopscan.structure.bearing.ledger import Ledger
from optopscan.structure.bearing.weights import NO_UP_TO, YES_FROM
from optopscan.structure.bearing.words import FAMILIES, vendor_flags

DEFAULT_SHARE = 0.2  # so many plain contradictions make a value a default of the tool


def add_flags(elements: Elements, ledger: Ledger, drawn: FloatArray) -> None:
    """Add LoadBearing and vendor properties; ``drawn`` is the probability without them (n_element)."""
    for kinds in FAMILIES:
        rows = [i for i, k in enumerate(elements.kind) if k in kinds]
        said = {i: bool(elements.load_bearing[i]) for i in rows if elements.load_bearing[i] is not None}
        keys = _keys(said, drawn, kinds)
        for i, value in said.items():
            if (key := keys[value]) is not None:
                ledger.add(i, key, f"LoadBearing = {value}")
        _vendor(elements, rows, said, keys, ledger, drawn)


def _keys(said: dict[int, bool], drawn: FloatArray, kinds: tuple[str, ...]) -> dict[bool, str | None]:
    """Return the signal that True and False give in this family of elements."""
    false = [i for i, value in said.items() if not value]
    true = [i for i, value in said.items() if value]
    yes = "true_by_default" if _is_default(true, drawn, value=True) else ("says_true" if false else "all_true")
    if not false or not true:
        return {True: yes, False: None}
    if "slab" in kinds:
        return {True: yes, False: "floor_says_false"}
    return {True: yes, False: "false_by_default" if _is_default(false, drawn, value=False) else "says_false"}


def _is_default(rows: list[int], drawn: FloatArray, *, value: bool) -> bool:
    plain = sum(bool(drawn[i] <= NO_UP_TO if value else drawn[i] >= YES_FROM) for i in rows)
    return plain > DEFAULT_SHARE * len(rows)


def _vendor(
    elements: Elements, rows: list[int], said: dict[int, bool], keys: dict[bool, str | None], ledger: Ledger, drawn: FloatArray
) -> None:
    """Add vendor properties; one that repeats LoadBearing of the same element says nothing new."""
    found: dict[str, dict[int, tuple[bool, str]]] = {}
    for i in rows:
        for name, value, text in vendor_flags(elements, i):
            found.setdefault(name, {})[i] = (value, text)
    done: set[int] = set()
    for name in sorted(found):
        false = [i for i, (value, _) in found[name].items() if not value]
        true = [i for i, (value, _) in found[name].items() if value]
        no_counts = bool(true) and not _is_default(false, drawn, value=False)
        yes_counts = not _is_default(true, drawn, value=True)
        for i, (value, text) in found[name].items():
            repeats = i in said and said[i] == value and keys[value] is not None
            if i in done or repeats or not (yes_counts if value else no_counts):
                continue
            done.add(i)
            ledger.add(i, "vendor_true" if value else "vendor_false", text)
