"""Axial resistance per part at head, mid-height and foot, with all that recomputes it.

Which check applies follows from part kind and material group (`table.CHECKS`):

=============================  ============================================================
pier, masonry                  EN 1996-1-1 6.1.2 at head, mid, foot; Dutch minimum eccentricity
pier, concrete                 EN 1992-1-1 12.6.1 at head and foot, 12.6.5.2 at mid
column, steel                  EN 1993-1-1 6.3.1, 6.3.3 (section named in the model)
column, concrete               EN 1992-1-1 5.8.8, 5.8.9 (bars assumed: lower and upper)
beam, steel                    EN 1993-1-1 6.2.5, 6.2.6, 6.3.2 (load per metre over the largest span)
column, timber                 EN 1995-1-1 6.3.2 (rectangles; class named or default)
beam, timber                   EN 1995-1-1 6.1.5, 6.1.6, 6.1.7, 6.3.3 (load per metre over the largest span)
everything else                no check: unknown
=============================  ============================================================

A column or beam on a wall has one check more, at its foot: EN 1996-1-1 6.1.3 on masonry, EN 1992-1-1 6.7 on
concrete, with the least bearing.

Load enters at a fixed distance from the axis, so the reduction factors do not
depend on N and the admissible force runs from zero to one limit. A fixed moment
gives an interval instead: `optopscan.checks.wall_wind`.
"""

from __future__ import annotations

from optopscan.checks.resistance.result import EXTRA as EXTRA
from optopscan.checks.resistance.result import FOOT as FOOT
from optopscan.checks.resistance.result import HEAD as HEAD
from optopscan.checks.resistance.result import MID as MID
from optopscan.checks.resistance.result import OWN_WEIGHT_FACTOR as OWN_WEIGHT_FACTOR
from optopscan.checks.resistance.result import SECTIONS as SECTIONS
from optopscan.checks.resistance.result import Resistance as Resistance
from optopscan.checks.resistance.table import part_resistance as part_resistance
