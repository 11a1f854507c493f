"""Dutch sentences of a scheme."""

from __future__ import annotations

import math
from collections.abc import Sequence

from optopscan.placement.access.layouts import Layout
from optopscan.placement.access.outline import LongSide
from optopscan.placement.access.rules import Core, Kind

COMPASS = ("noord", "noordoost", "oost", "zuidoost", "zuid", "zuidwest", "west", "noordwest")
ROUND = 0.3  # a long side that looks all ways has no compass word
LEAST_M, LEAST_M2 = 0.5, 1.0


def side_word(side: LongSide, north_deg: float) -> str:
    """Return the name of a long side, as "noordzijde" or "hofzijde"."""
    x, y = side.facing.tolist()
    if math.hypot(x, y) < ROUND:
        return "hofzijde" if side.around_court else "buitenzijde"
    bearing = (math.degrees(math.atan2(x, y)) - north_deg) % 360.0
    return f"{COMPASS[round(bearing / 45.0) % 8]}zijde"


def number(value: float, digits: int = 0) -> str:
    """Return a number with a decimal comma."""
    return f"{value:.{digits}f}".replace(".", ",")


def scheme_text(
    kind: Kind, layout: Layout, *, stairs_new: int, cores: Sequence[Core], width_m: float, length_m: float, north_deg: float = 0.0
) -> str:
    """Return what a scheme is, what it needs, and what it leaves out."""
    sentences = []
    old = [row for row, _, _ in layout.stairs if row >= 0 and "stair" in cores[row].kind]
    if kind == "portiek":
        sentences.append(f"Portiek: {_count(len(old), 'bestaand trappenhuis', 'bestaande trappenhuizen')} verlengd, met een bordes.")
    else:
        name = "Galerij" if kind == "gallery" else "Corridor"
        where = f" langs de {side_word(layout.sides[0], north_deg)}" if kind == "gallery" else ""
        sentences.append(f"{name}{where}: {number(length_m)} m lang, {number(width_m, 2)} m breed.")
        if old:
            sentences.append(f"{_count(len(old), 'bestaand trappenhuis', 'bestaande trappenhuizen')} verlengd.")
    doubtful = sum(not cores[row].certain for row in old)
    if doubtful:
        sentences.append(f"Van {doubtful} daarvan is niet zeker dat het een trappenhuis tot het dak is.")
    if stairs_new:
        where = "aan de kopgevel" if layout.sides and not layout.sides[0].closed else "tegen de gevel"
        sentences.append(f"{_count(stairs_new, 'nieuw trappenhuis', 'nieuwe trappenhuizen')} {where}, op eigen fundering.")
    if not layout.side_met:
        sentences.append("Op de gevraagde zijde ligt geen lange zijde; daarom zijn alle zijden bekeken.")
    if layout.one_sided:
        sentences.append("Niet overal past aan weerszijden een woning; daar ligt de corridor langs de gevel.")
    if layout.lost_m > LEAST_M:
        sentences.append(f"{number(layout.lost_m)} m is onderbroken door obstakels en bereikt geen trap; dat telt niet mee.")
    if layout.unserved_m2 > LEAST_M2:
        sentences.append(f"Dakdelen van samen {number(layout.unserved_m2)} m2 hebben geen ontsluiting.")
    return " ".join(sentences)


def _count(count: int, one: str, more: str) -> str:
    return f"{count} {one if count == 1 else more}"
