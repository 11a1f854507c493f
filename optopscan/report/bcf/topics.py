"""What is worth a topic in a BCF: governing parts, what keeps possible from proven, serious issues, what to investigate first."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from optopscan.checks.answer import PART_NL
from optopscan.checks.gates import SUBJECT_NL
from optopscan.issues import CODES
from optopscan.model.sides import Subject
from optopscan.report.element_state import Band, State, part_states, shown_scenario
from optopscan.report.export_words import say
from optopscan.report.marks import brief, part_text, stamp, uc_text
from optopscan.report.phrases import phrase
from optopscan.report.words import Language, issue_title, number, word

Record = Mapping[str, Any]
Row = Mapping[str, Any]

Kind = Literal["governing", "unknown", "serious", "investigate"]
KINDS: tuple[Kind, ...] = ("governing", "unknown", "serious", "investigate")
_SIDES: tuple[Subject, ...] = ("stability", "wall_wind", "anchorage")
_EXISTING = "bestaande toestand"
_COUNTED = re.compile(r"^\d+ (?P<what>.+?) \(")


@dataclass(frozen=True, kw_only=True)
class Topic:
    """One topic: ``key`` names it among its kind in every run, ``elements`` are rows of the record, in its order.

    ``band`` is the verdict that colours them: only of a governing part there is one, elsewhere something is unknown.
    """

    kind: Kind
    key: str
    title: str
    text: str
    elements: tuple[int, ...]
    band: Band = "unknown"


def topics(record: Record, language: Language) -> list[Topic]:
    """Return the topics, the governing part first."""
    told = _Told(record, language)
    return [*told.governing(), *told.unknown(), *told.serious(), *told.investigate()]


class _Told:
    def __init__(self, record: Record, language: Language) -> None:
        self.record, self.language = record, language
        self.row_of = {element["id"]: row for row, element in enumerate(record["elements"])}
        self.part_of = {part["id"]: row for row, part in enumerate(record["parts"])}
        self.element_of = {part["id"]: record["elements"][self.row_of[part["element"]]] for part in record["parts"]}
        self.states = part_states(record)
        self.stamp = stamp(record, language)

    def governing(self) -> list[Topic]:
        extra = self.record["extra_storeys"]
        rows = [row for row in (extra["governing"], *extra["next_bottlenecks"]) if row is not None]
        return [self._governing(rank, row) for rank, row in enumerate(rows, start=1)]

    def _governing(self, rank: int, row: Row) -> Topic:
        name = row["part"]
        state = self.states[self.part_of[name]] if name in self.part_of else None
        before, after = uc_text(state.uc_before if state else None, self.language), uc_text(row["uc"], self.language)
        which = part_text(self.record, name, self.language, self.element_of)
        element = self.element_of.get(name)
        short = (element["name"] or element["ifc_class"]) if element else name
        lines = [
            which,
            f"{row['clause']}, {row['scenario']}",
            say("uc_before", self.language, uc=before, outcome=self._outcome(state.outcome_before if state else None)),
            say("uc_after", self.language, uc=after, outcome=self._outcome(state.outcome_after if state else None)),
        ]
        title = say("topic_governing", self.language, n=rank, what=short, before=before, after=after)
        made = self._topic("governing", self._part_key(name), title, lines, self._elements([name]))
        return replace(made, band=_band(row["uc"], state))

    def _outcome(self, outcome: str | None) -> str:
        return word({"ok": "n_ok", "over": "n_over"}.get(outcome or "", "n_unknown"), self.language)

    def _part_key(self, name: str) -> str:
        """Return what names a part in a later model too: the GlobalId of its element and its number there."""
        element = self.element_of.get(name)
        guid = element["guid"] if element else None
        return f"{guid}/{name.rsplit('/', 1)[-1]}" if guid else name

    def unknown(self) -> list[Topic]:
        """Return a topic per reason why possible is not proven."""
        found = []
        for text in self.record["extra_storeys"]["why_not_proven"]:
            parts, how = self._behind(text)
            elements = self._elements(parts)
            lines = [phrase(text, self.language)]
            if elements:
                lines.append(say("selected", self.language, n=len(elements), how=how))
            # figures and ids differ from model to model, the subject does not
            key = re.sub(r"\d+", "", brief(text)).strip()
            title = say("topic_unknown", self.language, what=phrase(brief(text), self.language))
            made = self._topic("unknown", key, title, lines, elements)
            found.append(replace(made, band="over") if text.startswith(_EXISTING) else made)
        return found

    def _behind(self, text: str) -> tuple[list[str], str]:
        """Return the parts that a reason is about, as far as the record tells, and how they were picked."""
        scenario = shown_scenario(self.record)
        if text.startswith(SUBJECT_NL["foundation"]):
            return [row["part"] for row in self.record["extra_storeys"]["foundation"]["lines"]], say("by_line", self.language)
        if text.startswith(_EXISTING):
            both = zip(self.record["parts"], self.states, strict=True)
            return [part["id"] for part, state in both if state.outcome_before == "over"], say("by_existing", self.language)
        for subject in _SIDES:
            if text.startswith(SUBJECT_NL[subject]):
                rows = [row for row in self.record[subject] if row["scenario"] == scenario and row["outcome"] != "ok"]
                return [name for row in rows for name in _named(row)], say("by_row", self.language, scenario=scenario)
        counted = _COUNTED.match(text)
        kind = next((kind for kind, name in PART_NL.items() if counted and counted["what"] == name), None)
        if kind is None:
            return [], ""
        parts = self.record["parts"]
        names = [
            part["id"] for part, state in zip(parts, self.states, strict=True) if part["kind"] == kind and state.outcome_after == "unknown"
        ]
        return names, say("by_kind", self.language, kind=say(f"parts_{kind}", self.language), scenario=scenario)

    def serious(self) -> list[Topic]:
        """Return a topic per serious issue."""
        found = []
        for row in self.record["issues"]:
            if row["severity"] != "serious":
                continue
            code = CODES.get(row["code"])
            title = issue_title(row["code"], code.title if code else row["code"], self.language)
            lines = [phrase(row["message"], self.language), *([code.remedy] if code else [])]
            about = [row["id"]] if row["id"] in self.part_of else []
            elements = self._elements(about) or tuple(sorted({self.row_of[row["id"]]} if row["id"] in self.row_of else ()))
            guid = self.record["elements"][elements[0]]["guid"] if elements else None
            key = f"{row['code']}|{guid or row['id']}|{row['message']}"
            found.append(self._topic("serious", key, f"{row['code']}: {title}", lines, elements))
        return found

    def investigate(self) -> list[Topic]:
        """Return a topic per entry of what to investigate first."""
        found = []
        for row in self.record["extra_storeys"]["investigate_first"]:
            lines = [say("gain", self.language, n=row["gain"])]
            if row["p_now"] is not None and row["p_then"] is not None:
                now, then = (number(row[name], 2, self.language) for name in ("p_now", "p_then"))
                lines.append(say("chance", self.language, now=now, then=then))
            if row["needed"] is not None:
                lines.append(say("needed", self.language, value=f"{number(row['needed'], 2, self.language)} {row['unit']}".strip()))
            lines += [part_text(self.record, name, self.language, self.element_of) for name in row["parts"] if name in self.part_of]
            title = say("topic_investigate", self.language, what=phrase(row["what"], self.language))
            found.append(self._topic("investigate", row["what"], title, lines, self._elements(row["parts"])))
        return found

    def _elements(self, parts: Iterable[str]) -> tuple[int, ...]:
        """Return the elements of parts, each once, in the order of the record."""
        known = {self.record["parts"][self.part_of[name]]["element"] for name in parts if name in self.part_of}
        return tuple(sorted(self.row_of[name] for name in known))

    def _topic(self, kind: Kind, key: str, title: str, lines: Sequence[str], elements: tuple[int, ...]) -> Topic:
        return Topic(kind=kind, key=key, title=title, text="\n".join([*lines, "", self.stamp]), elements=elements)


def _band(uc: float | None, state: State | None) -> Band:
    """Return the band of a governing part; its utilisation may be of another verdict than the vertical one, and above 1 is never green."""
    if state is None or (state.band in ("low", "high") and (uc is None or uc > 1.0)):
        return "unknown"
    return state.band


def _named(row: Row) -> list[str]:
    """Return the parts that a verdict beside the vertical one names."""
    names = [*row.get("system", ()), row.get("part"), row.get("support")]
    return [name for name in names if name]
