"""The verdicts beside the vertical one, under one set of factors, in one place."""

from __future__ import annotations

from optopscan.model.sides import Sides
from optopscan.pipeline.bracing import stability_checks
from optopscan.pipeline.ground import foundation_checks
from optopscan.pipeline.outer_walls import wall_wind_checks
from optopscan.pipeline.side_case import SideCase
from optopscan.pipeline.top import anchorage_checks, robustness_checks, slab_as_floor
from optopscan.pipeline.wind import wind_frame


def side_checks(case: SideCase) -> Sides:
    """Return every verdict beside the vertical one."""
    frame = wind_frame(case)
    return Sides(
        stability=stability_checks(case, frame),
        wall_wind=wall_wind_checks(case, frame),
        anchorage=anchorage_checks(case, frame),
        foundation=foundation_checks(case, frame),
        robustness=robustness_checks(case),
        slab_as_floor=slab_as_floor(case),
    )
