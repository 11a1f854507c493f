"""Progress is silent for short work, and shows the stage under way when a second is over."""

import time

from optopscan.cli.terminal import PATIENCE_S, Progress, say


def test_patience_is_a_second():
    assert PATIENCE_S == 1.0


def test_short_work_shows_nothing(capsys):
    with Progress() as progress:
        progress("reading")
    assert capsys.readouterr() == ("", "")


def test_long_work_shows_the_stage_under_way_and_later_ones(capsys):
    with Progress(patience_s=0.05) as progress:
        progress("opening")
        progress("reading")
        time.sleep(0.3)
        progress("checking")
    assert capsys.readouterr() == ("", "optopscan: reading\noptopscan: checking\n")


def test_quiet_shows_nothing(capsys):
    with Progress(quiet=True, patience_s=0.0) as progress:
        progress("reading")
        time.sleep(0.05)
        progress("checking")
    assert capsys.readouterr() == ("", "")


def test_nothing_after_the_end(capsys):
    with Progress(patience_s=0.05) as progress:
        progress("reading")
    time.sleep(0.15)
    assert capsys.readouterr() == ("", "")


def test_a_message_is_one_line(capsys):
    say("a.ifc: broken\r\n  here\x1b[2J")
    assert capsys.readouterr().err == "optopscan: a.ifc: broken here [2J\n"
