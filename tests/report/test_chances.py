"""The block on probabilities: always with its definition, never as more than it is."""

from report_factory import estimate_of, extra_storeys, scan_result

from optopscan.report import chances, summary
from optopscan.report.record import build as record


def built(**changes):
    return record.build(scan_result(extra_storeys=extra_storeys(**changes)))[0]


def test_each_probability_comes_with_its_definition_error_and_what_is_left_out():
    text = "\n".join(chances.lines(built(), "nl"))
    assert "geen faalkans" in text
    assert "hoogstens: 8 van de 9" in text
    assert "ten minste +1: hoogstens 0,62 (standaardfout 0,001" in text
    assert "met 90 % kans" not in text
    assert "p0-0-0 83 %" in text
    assert "sterkte van de kalkzandsteen 90 %" in text


def test_at_most_is_said_only_where_parts_are_left_out():
    whole = built(estimates=(estimate_of("hsb-2d", judged=9),))
    text = "\n".join(chances.lines(whole, "nl"))
    assert "hoogstens" not in text
    assert "ten minste +1: 0,62" in text
    assert "met 90 % kans ten minste +0, met 50 % +1, met 10 % +1" in text


def test_no_probability_says_why():
    none = built(estimates=(estimate_of("hsb-2d", at_least=(), unsettled="te weinig delen te toetsen"),))
    assert chances.lines(none, "nl") == ["geen kans bepaald: te weinig delen te toetsen"]
    assert chances.lines(built(estimates=()), "nl") == []
    assert "Kans op" not in summary.text(built(estimates=()))


def test_what_an_investigation_is_worth():
    rows = built()["extra_storeys"]["investigate_first"]
    assert chances.worth(rows[0], "nl") == "kans op +1 nu 0,62; bij een uitkomst >= 5,2 N/mm2 (kans 0,55) wordt die 0,91"
    assert chances.worth(rows[1], "nl") == ""
    assert "it becomes 0.91" in chances.worth(rows[0], "en")
    assert "in de gunstige helft" in chances.worth({**rows[0], "p_good": 0.0}, "nl")
    assert "bij een gunstige uitkomst" in chances.worth({**rows[0], "needed": None}, "nl")
    assert "<= 0,8 kN/m2" in chances.worth({**rows[0], "needed": 0.8, "unit": "kN/m2"}, "nl")


def test_summary_compares_the_concepts_that_have_a_probability():
    head, rows = chances.others(built(estimates=(estimate_of("hsb-2d"), estimate_of("clt-3d", judged=9))), "nl")
    assert head == ["concept", "+1", "+2"]
    assert rows == [["hsb-2d", "<= 0,62", "<= 0,08"], ["clt-3d", "0,62", "0,08"]]
    assert "<= 0,62  <= 0,08" in summary.text(built(estimates=(estimate_of("hsb-2d"), estimate_of("clt-3d"))))
    assert "<= 0,62" not in summary.text(built())
