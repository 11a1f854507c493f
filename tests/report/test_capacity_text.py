"""The capacity view: storeys per concept with what stops the next, verdicts beside the vertical one, what to look at first."""

import dataclasses

import pytest
from report_factory import extra_storeys, scan_result

from optopscan.model.result import Bottleneck
from optopscan.report import capacity_text, summary
from optopscan.report.record import build as record


def of(**changes):
    return record.build(scan_result(**changes))[0]


def with_stops():
    answer = extra_storeys()
    stop = Bottleneck(part="p1-0-1", clause="EN 1996-1-1 6.1.2", uc=1.31, scenario="hsb-2d+1")
    rows = (dataclasses.replace(answer.per_concept[0], governing=stop, with_wind=1), answer.per_concept[1])
    return of(extra_storeys=dataclasses.replace(answer, per_concept=rows))


def block(text, title):
    return next(part for part in text.split("\n\n") if part.startswith(title))


def test_the_answer_stands_first_and_possible_never_without_its_unknowns():
    first = capacity_text.text(with_stops()).splitlines()[0]
    assert first == "+1 mogelijk, niet aangetoond: fundering, doorsnede wanden 2e verdieping"


def test_every_concept_tells_what_its_next_storey_meets():
    shown = block(capacity_text.text(with_stops()), "Per concept")
    assert "hsb-2d" in shown
    flat = " ".join(shown.split())
    assert "- hsb-2d: volgende bouwlaag stuit op" in flat
    assert "EN 1996-1-1 6.1.2, UC 1,31, hsb-2d+1" in flat
    assert "- clt-3d: geen maatgevend onderdeel bepaald" in flat
    row = next(line for line in shown.splitlines() if line.startswith("  hsb-2d"))
    assert row.split() == ["hsb-2d", "+0", "+1", "+2", "+1"]


def test_verdicts_beside_the_vertical_one_stand_per_state():
    shown = block(capacity_text.text(with_stops()), "Naast de verticale toets, hsb-2d")
    state = next(line for line in shown.splitlines() if line.startswith("  hsb-2d+1"))
    assert state.split("  ")[1:][0] == "hsb-2d+1"
    assert state.count("onbekend") == 5
    assert "0,80" in state
    assert "dakvloer als vloer" in shown


def test_what_was_not_checked_says_so_and_is_never_ok():
    sides = dataclasses.replace(scan_result().sides, stability=(), foundation=())
    shown = block(capacity_text.text(of(sides=sides)), "Naast de verticale toets")
    state = next(line for line in shown.splitlines() if line.startswith("  hsb-2d+1"))
    assert state.count("niet getoetst") == 2
    assert "voldoet" not in state


def test_probability_is_the_block_of_the_summary():
    made = with_stops()
    told = summary.blocks(made, "nl")["chance"]
    assert told
    assert "\n".join(told) in capacity_text.text(made)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_lines_fit_and_what_to_investigate_and_what_was_not_checked_are_there(language):
    shown = capacity_text.text(with_stops(), language)
    assert max(map(len, shown.splitlines())) <= 100
    assert "funderingsonderzoek" in shown
    assert "hijsen en verbinden van modules" in shown


def test_english_has_english_words():
    shown = capacity_text.text(with_stops(), "en")
    assert "the next storey meets" in shown
    assert "Beside the vertical check, hsb-2d" in shown


def test_json_is_a_part_of_the_record():
    made = with_stops()
    data = capacity_text.as_json(made)
    assert {"elements", "parts", "roof", "variants"} & set(data) == set()
    assert all(made[key] == value for key, value in data.items())
    assert data["extra_storeys"]["per_concept"][0]["governing"]["uc"] == 1.31
