"""The sun against published tables and an independent ephemeris."""

import numpy as np
import pytest

from optopscan.feasibility.sun_position import sun_position

DE_BILT = {"latitude_deg": 52.1, "longitude_deg": 5.18}
RISE_DEG = -0.8333  # upper limb at the horizon with mean refraction: the convention of the almanacs


def day(year, month, date):
    hours = np.arange(0.0, 24.0, 1 / 120)
    altitude, azimuth = sun_position(year, month, date, hours, **DE_BILT)
    return hours, altitude, azimuth


@pytest.mark.parametrize(
    ("month", "date", "noon_deg", "rises_ut", "sets_ut"),
    [
        # SPA of NREL (Reda and Andreas 2004) for 2026: altitude at transit, sunrise, sunset
        (2, 19, 26.723, (6, 46, 35), (17, 0, 21)),
        (3, 21, 38.244, (5, 39, 48), (17, 54, 4)),
        (6, 21, 61.337, (3, 18, 27), (20, 3, 43)),
        (10, 21, 27.106, (6, 14, 33), (16, 32, 27)),
        (12, 21, 14.461, (7, 45, 33), (15, 29, 6)),
    ],
)
def test_noon_sunrise_and_sunset(month, date, noon_deg, rises_ut, sets_ut):
    hours, altitude, azimuth = day(2026, month, date)
    assert altitude.max() == pytest.approx(noon_deg, abs=0.01)
    assert azimuth[altitude.argmax()] == pytest.approx(180.0, abs=0.3)
    up = hours[altitude > RISE_DEG]
    for got, (h, m, s) in ((up[0], rises_ut), (up[-1], sets_ut)):
        assert got == pytest.approx(h + m / 60 + s / 3600, abs=1 / 60)


@pytest.mark.parametrize(
    ("month", "date", "rises_cet"),
    # KNMI for De Bilt in 2023, as printed in a newspaper: winter time
    [(2, 4, "8.16"), (2, 18, "7.50"), (3, 4, "7.20"), (3, 18, "6.48"), (3, 25, "6.32")],
)
def test_sunrise_as_printed(month, date, rises_cet):
    hours, altitude, _ = day(2023, month, date)
    h, m = map(int, rises_cet.split("."))
    assert hours[altitude > RISE_DEG][0] + 1.0 == pytest.approx(h + m / 60, abs=3 / 60)


def test_worked_example_of_nrel():
    """NREL/TP-560-34302, table A5.1: 17 October 2003 12:30:30 at UT-7, zenith 50.1116 with refraction 0.0163, azimuth 194.3402."""
    altitude, azimuth = sun_position(2003, 10, 17, np.array([19.5 + 30 / 3600]), latitude_deg=39.742476, longitude_deg=-105.1786)
    assert altitude[0] == pytest.approx(90 - 50.11162 - 0.01633, abs=0.01)
    assert azimuth[0] == pytest.approx(194.34024, abs=0.01)


def test_the_sun_goes_from_east_by_south_to_west():
    _, altitude, azimuth = day(2026, 3, 21)
    assert (np.diff(azimuth[altitude > 0]) > 0).all()
    assert azimuth[altitude > 0][0] == pytest.approx(90, abs=2)
    assert azimuth[altitude > 0][-1] == pytest.approx(270, abs=2)
