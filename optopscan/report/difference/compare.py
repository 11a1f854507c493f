"""Two records of one building side by side: what changed in the input, what moved in the answer, which part explains it.

Elements are the same where they share a GlobalId that is unique in both records, else a name, class and place. Nothing is
checked anew: every number stands in one of the two records.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from optopscan.report.leading import part_columns, state_about

Record = Mapping[str, Any]
PLACE_M = 0.01
SAME = 1e-6
# A probability is an estimate: what differs beyond these decimals says nothing
CHANCE_DIGITS = 2
# What of an element is compared: key of the row -> how it is taken from it
FACTS: Mapping[str, Callable[[Mapping[str, Any]], Any]] = {
    "bearing": lambda row: row["bearing"],
    "material": lambda row: row["material"]["group"],
    "grade": lambda row: row["material"]["grade"],
    "density_kg_m3": lambda row: row["material"]["density_kg_m3"],
    "thickness_m": lambda row: row["thickness_m"],
    "length_m": lambda row: row["length_m"],
    "height_m": lambda row: row["height_m"],
    "volume_m3": lambda row: row["volume_m3"],
    "self_weight_kn": lambda row: row["self_weight_kn"],
    "storey": lambda row: row["storey"],
    "z0_m": lambda row: row["geometry"]["z0_m"],
    "z1_m": lambda row: row["geometry"]["z1_m"],
}
_TOTALS = ("self_weight_kn", "permanent_kn", "imposed_kn", "ground_permanent_kn", "ground_imposed_kn", "unsupported_kn")


@dataclass(frozen=True, kw_only=True)
class Change:
    """One value that is not the same: where, what, before and after (None: absent)."""

    where: str
    what: str
    before: Any
    after: Any


@dataclass(frozen=True, kw_only=True)
class Reason:
    """Why the answer of a state moved: its governing part, and what of that part moved.

    ``uc``, ``n_kn`` and ``resistance`` are (before, after); None is unknown. ``changes`` are those of its element and of what loads
    it, the engineer's corrections among them; ``inputs`` what of its own check is another number, where both records hold it.
    """

    state: str
    part: str
    name: str
    uc: tuple[float | None, float | None]
    n_kn: tuple[float | None, float | None]
    resistance: tuple[float | None, float | None]
    changes: tuple[Change, ...]
    inputs: tuple[Change, ...]


@dataclass(frozen=True, kw_only=True)
class Difference:
    """What a comparison found; all empty where the records say the same. ``n_same`` of ``n_element`` elements are in both."""

    n_same: int
    n_element: int

    input: tuple[Change, ...]
    elements: tuple[Change, ...]
    added: tuple[str, ...]
    removed: tuple[str, ...]
    answer: tuple[Change, ...]
    loads: tuple[Change, ...]
    reasons: tuple[Reason, ...]
    moved_parts: int

    @property
    def same(self) -> bool:
        """Whether nothing differs."""
        return not (self.input or self.elements or self.added or self.removed or self.answer or self.loads or self.moved_parts)


def difference(before: Record, after: Record) -> Difference:
    """Return what differs between two records, the first one the older."""
    pairs = matched(before, after)
    changes = tuple(_element_changes(before, after, pairs))
    corrected = tuple(_corrected(before, after))
    kept_before, kept_after = {a for a, _ in pairs}, {b for _, b in pairs}
    moved = _moved_parts(before, after, pairs)
    return Difference(
        n_same=len(pairs),
        n_element=max(len(before["elements"]), len(after["elements"])),
        input=tuple(_input(before, after)),
        elements=changes,
        added=tuple(_name(row) for row in after["elements"] if row["id"] not in kept_after),
        removed=tuple(_name(row) for row in before["elements"] if row["id"] not in kept_before),
        answer=tuple(_answer(before, after)),
        loads=tuple(_changed("", {key: before["take_down"][key] for key in _TOTALS}, {key: after["take_down"][key] for key in _TOTALS})),
        reasons=tuple(_reasons(before, after, pairs, (*changes, *corrected))),
        moved_parts=len(moved),
    )


def matched(before: Record, after: Record) -> list[tuple[str, str]]:
    """Return the ids of elements that are the same in both, in the order of the first record."""
    first, second = _keys(before["elements"]), _keys(after["elements"])
    found: dict[str, str] = {}
    taken: set[str] = set()
    for by in range(2):
        here = _unique((keys[by], id_) for id_, keys in first.items() if id_ not in found)
        there = _unique((keys[by], id_) for id_, keys in second.items() if id_ not in taken)
        for key, id_ in here.items():
            if key is not None and key in there:
                found[id_] = there[key]
                taken.add(there[key])
    return [(row["id"], found[row["id"]]) for row in before["elements"] if row["id"] in found]


def _keys(elements: Iterable[Mapping[str, Any]]) -> dict[str, tuple[Any, Any]]:
    return {row["id"]: (row["guid"], _place(row)) for row in elements}


def _place(row: Mapping[str, Any]) -> Any:
    geometry = row["geometry"]
    points = geometry["footprint"]
    if not points:
        return None
    spot = [sum(point[k] for point in points) / len(points) for k in (0, 1)] + [geometry["z0_m"] or 0.0]
    return (row["ifc_class"], row["name"], *(round(value / PLACE_M) for value in spot))


def _unique(pairs: Iterable[tuple[Any, str]]) -> dict[Any, str]:
    rows = list(pairs)
    count = Counter(key for key, _ in rows)
    return {key: id_ for key, id_ in rows if key is not None and count[key] == 1}


def _name(row: Mapping[str, Any]) -> str:
    return f"{row['name'] or row['ifc_class']} ({row['guid'] or row['id']})"


def _input(before: Record, after: Record) -> Iterable[Change]:
    yield from _changed("tool", before["tool"], after["tool"])
    yield from _changed("input", _files(before), _files(after))
    yield from _changed("settings", before["settings"], after["settings"])
    yield from _changed("overrides", _overrides(before), _overrides(after))
    yield from _changed("assumption", _assumptions(before), _assumptions(after))


def _files(record: Record) -> dict[str, Any]:
    return {row["name"]: row["sha256"][:12] for row in record["inputs"]}


def _overrides(record: Record) -> dict[str, Any]:
    return {f"{row['place']}: {row['field']}": row["new"] for row in record["overrides"]["applied"]}


def _assumptions(record: Record) -> dict[str, Any]:
    return {row["what"]: row["value"] for row in record["assumptions"]}


def _changed(where: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterable[Change]:
    for what in sorted({*before, *after}):
        if not _alike(before.get(what), after.get(what)):
            yield Change(where=where, what=what, before=before.get(what), after=after.get(what))


def _alike(a: Any, b: Any) -> bool:
    if isinstance(a, float | int) and isinstance(b, float | int) and not isinstance(a, bool):
        return abs(a - b) <= SAME * max(1.0, abs(a), abs(b))
    return bool(a == b)


def _element_changes(before: Record, after: Record, pairs: Iterable[tuple[str, str]]) -> Iterable[Change]:
    first = {row["id"]: row for row in before["elements"]}
    second = {row["id"]: row for row in after["elements"]}
    for a, b in pairs:
        was, will = ({key: take(row) for key, take in FACTS.items()} for row in (first[a], second[b]))
        yield from _changed(_name(second[b]), was, will)


def _corrected(before: Record, after: Record) -> Iterable[Change]:
    """Return per element the corrections that only one of the records has."""
    rows = [
        {(_name_of(record, id_), row["field"]): row for row in record["overrides"]["applied"] for id_ in row["elements"]}
        for record in (before, after)
    ]
    for key in sorted({*rows[0], *rows[1]}):
        was, will = (found.get(key) for found in rows)
        values = [None if row is None else row["new"] for row in (was, will)]
        if values[0] != values[1]:
            told = will or was or {}
            yield Change(where=key[0], what=f"{key[1]} ({told['place']})", before=values[0], after=values[1])


def _name_of(record: Record, id_: str) -> str:
    return next((_name(row) for row in record["elements"] if row["id"] == id_), id_)


def _answer(before: Record, after: Record) -> Iterable[Change]:
    keys = ("proven", "possible", "vertical_only", "with_wind", "label")
    first, second = before["extra_storeys"], after["extra_storeys"]
    yield from _changed("", {key: first[key] for key in keys}, {key: second[key] for key in keys})
    yield from _changed("why_not_proven", dict.fromkeys(first["why_not_proven"], True), dict.fromkeys(second["why_not_proven"], True))
    for key in ("proven", "possible"):
        yield from _changed(
            key, {row["concept"]: row[key] for row in first["per_concept"]}, {row["concept"]: row[key] for row in second["per_concept"]}
        )
    chance = [{f"+{row['storeys']}": round(row["at_least"], CHANCE_DIGITS) for row in one["probability"]} for one in (first, second)]
    yield from _changed("probability", *chance)
    for key in ("dwellings", "outcome"):
        yield from _changed(key, {row["id"]: row[key] for row in before["variants"]}, {row["id"]: row[key] for row in after["variants"]})
    yield from _changed(
        "flag", {row["code"]: row["triggered_by"] for row in before["flags"]}, {row["code"]: row["triggered_by"] for row in after["flags"]}
    )


def _parts_of(record: Record) -> dict[tuple[str, int], str]:
    """Return part ids by element and place among its parts."""
    seen: Counter[str] = Counter()
    found = {}
    for part in record["parts"]:
        found[part["element"], seen[part["element"]]] = part["id"]
        seen[part["element"]] += 1
    return found


def _moved_parts(before: Record, after: Record, pairs: Iterable[tuple[str, str]]) -> list[str]:
    """Return the parts whose utilisation or outcome moved in a state that both have, or that only one has."""
    same = dict(pairs)
    first, second = _parts_of(before), _parts_of(after)
    states = sorted({row["scenario"] for row in before["part_uc"]} & {row["scenario"] for row in after["part_uc"]})
    columns = {state: (part_columns(before, state), part_columns(after, state)) for state in states}
    moved = []
    for (element, k), part in first.items():
        other = second.get((same.get(element, ""), k))
        if other is None:
            moved.append(part)
            continue
        for (uc0, out0), (uc1, out1) in columns.values():
            if not _alike(uc0[part], uc1[other]) or out0[part] != out1[other]:
                moved.append(part)
                break
    return moved


def _reasons(before: Record, after: Record, pairs: Iterable[tuple[str, str]], changes: Iterable[Change]) -> Iterable[Reason]:
    """Return one reason per governing part of either record, where its utilisation moved in the state that it governs."""
    back = {b: a for a, b in pairs}
    forth = dict(pairs)
    first, second = _parts_of(before), _parts_of(after)
    place0, place1 = {part: key for key, part in first.items()}, {part: key for key, part in second.items()}
    told: dict[str, list[Change]] = {}
    for change in changes:
        told.setdefault(change.where, []).append(change)
    seen = set()
    wanted = [(row, True) for row in _governing(after)] + [(row, False) for row in _governing(before)]
    for row, newer in wanted:
        element, k = (place1 if newer else place0)[row["part"]]
        old = first.get((back.get(element, ""), k)) if newer else row["part"]
        new = row["part"] if newer else second.get((forth.get(element, ""), k))
        state = row["scenario"] or state_about(after if newer else before)
        if (old, new) in seen:  # the first state in which it governs is the one to look at
            continue
        uc = (_uc(before, state, old), _uc(after, state, new))
        if _alike(*uc):
            continue
        seen.add((old, new))
        names = {one["id"]: _name(one) for one in (after if newer else before)["elements"]}
        above = {names.get(one, "") for one in ([element, *_loading(after if newer else before, row["part"])])}
        check0, check1 = _check(before, state, old), _check(after, state, new)
        yield Reason(
            state=state,
            part=row["part"],
            name=names[element],
            uc=uc,
            n_kn=(check0.get("n_kn"), check1.get("n_kn")),
            resistance=(check0.get("resistance"), check1.get("resistance")),
            inputs=tuple(_changed("", check0["inputs"], check1["inputs"])) if check0 and check1 else (),
            changes=tuple(change for name in sorted(above) for change in told.get(name, ())),
        )


def _governing(record: Record) -> list[Mapping[str, Any]]:
    extra = record["extra_storeys"]
    rows = [extra["governing"], *(row["governing"] for row in extra["per_concept"]), *extra["next_bottlenecks"]]
    return [row for row in rows if row is not None]


def _uc(record: Record, state: str, part: str | None) -> float | None:
    value: float | None = part_columns(record, state)[0].get(part or "")
    return value


def _check(record: Record, state: str, part: str | None) -> Mapping[str, Any]:
    return next((row for row in record["checks"] if row["part"] == part and row["scenario"] == state), {})


def _loading(record: Record, part: str) -> list[str]:
    """Return the elements of all parts that bring load to a part, from the shares of what supports what."""
    below: dict[str, list[Mapping[str, Any]]] = {}
    for row in record["parts"]:
        for support in row["supported_by"]:
            below.setdefault(support["part"], []).append(row)
    found: dict[str, None] = {}
    waiting, seen = [part], {part}
    while waiting:
        for row in below.get(waiting.pop(), ()):
            if row["id"] not in seen:
                seen.add(row["id"])
                waiting.append(row["id"])
                found[row["element"]] = None
    return list(found)
