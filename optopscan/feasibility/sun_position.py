"""Where the sun stands: the low-precision algorithm of Meeus that the NOAA solar calculator uses."""

from __future__ import annotations

import datetime

import numpy as np

from optopscan.model.arrays import FloatArray


def sun_position(
    year: int, month: int, day: int, hours_ut: FloatArray, *, latitude_deg: float, longitude_deg: float
) -> tuple[FloatArray, FloatArray]:
    """Return altitude and azimuth of the centre of the sun, without refraction.

    Parameters
    ----------
    hours_ut
        Hours of universal time since the start of the day (n,); may lie outside 0..24.
    latitude_deg, longitude_deg
        North and east positive.

    Returns
    -------
    tuple
        Altitude above the horizon and azimuth clockwise from north [deg], each (n,). Within 0.02 degrees of the sun
        between 1900 and 2100.

    Notes
    -----
    Source: J. Meeus, Astronomical Algorithms, chapters 12, 22, 25 and 28 (low accuracy), as in the NOAA Solar Calculator.
    """
    days = datetime.date(year, month, day).toordinal() - datetime.date(2000, 1, 1).toordinal() - 0.5
    t = (days + hours_ut / 24.0) / 36525.0
    mean_longitude = np.radians((280.46646 + t * (36000.76983 + 0.0003032 * t)) % 360.0)
    anomaly = np.radians((357.52911 + t * (35999.05029 - 0.0001537 * t)) % 360.0)
    eccentricity = 0.016708634 - t * (0.000042037 + 0.0000001267 * t)
    centre = np.radians(
        (1.914602 - t * (0.004817 + 0.000014 * t)) * np.sin(anomaly)
        + (0.019993 - 0.000101 * t) * np.sin(2.0 * anomaly)
        + 0.000289 * np.sin(3.0 * anomaly)
    )
    node = np.radians(125.04 - 1934.136 * t)
    longitude = mean_longitude + centre - np.radians(0.00569 + 0.00478 * np.sin(node))
    tilt = np.radians(23.439291 - 0.0130042 * t + 0.00256 * np.cos(node))
    declination = np.arcsin(np.sin(tilt) * np.sin(longitude))
    y = np.tan(tilt / 2.0) ** 2
    equation_of_time = (
        y * np.sin(2.0 * mean_longitude)
        - 2.0 * eccentricity * np.sin(anomaly)
        + 4.0 * eccentricity * y * np.sin(anomaly) * np.cos(2.0 * mean_longitude)
        - 0.5 * y**2 * np.sin(4.0 * mean_longitude)
        - 1.25 * eccentricity**2 * np.sin(2.0 * anomaly)
    )
    hour_angle = np.radians(15.0 * (hours_ut - 12.0) + longitude_deg) + equation_of_time
    latitude = np.radians(latitude_deg)
    east = -np.cos(declination) * np.sin(hour_angle)
    north = np.sin(declination) * np.cos(latitude) - np.cos(declination) * np.cos(hour_angle) * np.sin(latitude)
    up = np.sin(declination) * np.sin(latitude) + np.cos(declination) * np.cos(hour_angle) * np.cos(latitude)
    return np.degrees(np.arcsin(np.clip(up, -1.0, 1.0))), np.degrees(np.arctan2(east, north)) % 360.0
