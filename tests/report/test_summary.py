"""The text summary: answer first, possible never alone, numbers from the record."""

import numpy as np
import pytest
from report_factory import extra_storeys, scan_result

from optopscan.issues import CODES
from optopscan.model.result import Bottleneck, FactorSetAnswer, FoundationLine
from optopscan.report import marks, words
from optopscan.report.record import build as records
from optopscan.report.summary import WIDTH, text


def summary(language="nl", **changes):
    return text(records.build(scan_result(**changes))[0], language)


def test_the_answer_comes_first():
    lines = summary().splitlines()
    assert lines[0] == "+1 mogelijk, niet aangetoond: fundering, doorsnede wanden 2e verdieping"
    assert lines[1] == "Quickscan, geen constructieve toetsing"
    assert "label C" in lines[3]
    assert "3f2a3f2a3f2a" in lines[3]


def test_english():
    lines = summary("en").splitlines()
    assert lines[0] == "+1 possible, not proven: foundation, doorsnede wanden 2e verdieping"
    assert lines[1].startswith("Quickscan, geen constructieve toetsing")


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"proven": 1, "possible": 2}, "+1 aangetoond; +2 mogelijk, niet aangetoond: fundering, doorsnede wanden 2e verdieping"),
        ({"proven": 2, "possible": 2, "vertical_only": 2}, "+2 aangetoond"),
        (
            {"possible": 0, "per_concept": (), "factor_set_alternatives": (), "why_not_proven": ()},
            "Geen extra bouwlaag: wand 0, EN 1996-1-1 6.1.2, UC 1,07",
        ),
        (
            {"possible": 0, "per_concept": (), "factor_set_alternatives": (), "why_not_proven": ("hellend dak",), "governing": None},
            "Geen extra bouwlaag: hellend dak",
        ),
        (
            {"possible": 0, "per_concept": (), "factor_set_alternatives": (), "why_not_proven": (), "governing": None},
            "Geen extra bouwlaag: reden niet vastgelegd",
        ),
    ],
)
def test_answers(changes, expected):
    assert summary(extra_storeys=extra_storeys(**changes)).splitlines()[0] == expected


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_possible_is_always_followed_by_its_unknowns(language):
    said = summary(language).split("\n\n")
    column = words.word("possible", language)
    for block in said:
        # "label A niet mogelijk" says nothing of storeys
        if column in block.replace(words.word("override_unsourced", language), ""):
            assert "doorsnede wanden 2e verdieping" in block


def test_sections_stand_in_the_order_of_reading():
    said = summary()
    order = [
        "+1 mogelijk",
        "Waarom niet meer",
        "Per concept",
        "Onderdelen per toestand",
        "Maatgevende toetsen",
        "Gewichtsberekening",
        "Fundering:",
        "Varianten",
        "Eerst onderzoeken",
        "Vlaggen",
        "Uitgangspunten",
        "Niet getoetst",
        "Meldingen:",
        "Invoer",
    ]
    places = [said.index("\n" + name) if place else said.index(name) for place, name in enumerate(order)]
    assert places == sorted(places)


def test_existing_failures_come_before_the_reasons():
    result = scan_result()
    uc = np.array(result.part_uc["bestaand"])
    uc[3], uc[5] = 1.0004, 1.31
    said = summary(part_uc={"bestaand": uc})
    assert "Bestaande toestand voldoet niet" not in summary()
    assert said.index("Bestaande toestand voldoet niet") < said.index("Waarom niet meer")
    assert "2 van 17 onderdelen UC > 1" in said
    assert said.index("UC 1,31") < said.index("UC 1,0004")


def test_numbers_of_the_take_down_in_dutch():
    # the hand calculation of test_record: 720 and 862 kN, 9.0 and 10.775 kN/m2
    rows = [line.split() for line in summary().splitlines()]
    assert ["2", "80,0", "720,0", "9,00", "720,0", "0,0", "80,0"] in rows
    assert ["1", "80,0", "862,0", "10,78", "1582,0", "140,0", "80,0"] in rows


def test_unknown_parts_are_counted_apart():
    # linspace(0.35, 0.92, 17) * 1.12 passes 1 above 0.8929: rows 16 (0.92, made unknown) and none below 0.884 -> 16 ok, 1 unknown
    rows = [line.split() for line in summary().splitlines()]
    assert ["hsb-2d+1", "+1", "8,9", "16", "0", "1", "0,99"] in rows
    assert ["bestaand", "+0", "5,6", "17", "0", "0", "0,92"] in rows


def test_foundation_lines_show_the_ten_worst_and_say_how_many_are_left():
    lines = tuple(
        FoundationLine(part="f0", line=n, length_m=1.0, old_kn_m=10.0, new_kn_m=11.0, r_char=1.0 + n / 100, r_psi=1.0) for n in range(12)
    ) + (FoundationLine(part="f1", line=12, length_m=1.0, old_kn_m=10.0, new_kn_m=11.0, r_char=float("nan"), r_psi=1.0),)
    said = summary(extra_storeys=extra_storeys(foundation_lines=lines))
    shown = [line.split()[0] for line in said.splitlines() if line.startswith("  ") and line.endswith(" 1,00")]
    assert shown == ["12", "11", "10", "9", "8", "7", "6", "5", "4", "3"]
    assert "en nog 3 lijnen" in said


@pytest.mark.parametrize("language", words.LANGUAGES)
@pytest.mark.parametrize("size", [(2, 2), (6, 4)])
def test_no_line_is_wider_than_the_page(language, size):
    flags = ("een zeer lange naam " * 12,)
    said = summary(language, bays=size[0], storeys=size[1], not_checked=flags)
    assert max(map(len, said.splitlines())) <= WIDTH
    assert said.endswith("\n")
    assert not said.endswith("\n\n")


def test_control_characters_do_not_reach_the_terminal():
    said = summary(not_checked=("rood\x1b[31m\x07",))
    assert "rood[31m" in said
    assert all(char == "\n" or char.isprintable() for char in said)


@pytest.mark.parametrize(
    ("uc", "expected"), [(None, "?"), (0.994, "0,99"), (1.0, "1,00"), (1.0004, "1,0004"), (1.006, "1,01"), (999.0, "> 998")]
)
def test_a_utilisation_over_one_never_reads_as_one(uc, expected):
    assert marks.uc_text(uc, "nl") == expected


def test_a_part_that_is_not_in_the_model_is_named_by_its_id():
    answer = extra_storeys(governing=Bottleneck(part="weg", clause="c", uc=1.2))
    assert "maatgevend: weg, c, UC 1,20" in summary(extra_storeys=answer)


def test_every_issue_code_of_the_skeleton_has_a_dutch_title():
    missing = [code for code in CODES if words.issue_title(code, "", "nl") == ""]
    assert missing == []


def test_first_screen_says_where_other_factors_give_another_answer():
    same = summary(extra_storeys=extra_storeys(factor_set_alternatives=(FactorSetAnswer(factor_set="brug", proven=0, possible=1),)))
    assert "is de uitkomst anders" not in same
    other = summary(extra_storeys=extra_storeys(factor_set_alternatives=(FactorSetAnswer(factor_set="brug", proven=0, possible=2),)))
    assert "Met factorset brug is de uitkomst anders: +0 aangetoond, +2 mogelijk" in other.split("Waarom niet meer")[0]
