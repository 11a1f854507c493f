"""Does an element carry? Signals with weights in log-odds, summed to a probability.

In order: what the element is, is called and is made of; what touches it; whether the
floor could do without it; what the file says of bearing, believed as far as it fits
what is drawn; and what follows from walls above that carry. `weights` holds the numbers.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from optopscan.materials.assign import bearing_thickness_m
from optopscan.model.arrays import BoolArray, FloatArray
from optopscan.model.building import Elements
from optopscan.model.structure import Bearing, BearingState, Evidence, Materials
from optopscan.structure.bearing import words
from optopscan.structure.bearing.bars import SLENDER, STRIP_M, Bars, measure_bars
from optopscan.structure.bearing.contacts import floor_rows, measure_walls
from optopscan.structure.bearing.ledger import Ledger
from optopscan.structure.bearing.said import add_flags
from optopscan.structure.bearing.walls import THIN_M, UprightWalls, look
from optopscan.structure.bearing.weights import NO_UP_TO, TEMPERATURE, WEIGHTS, YES_FROM, Weight
from optopscan.structure.fields import NOT_STRUCTURAL

BOARD = NOT_STRUCTURAL | frozenset(("gypsum-block",))
STONE = frozenset(("clay", "calcium-silicate", "concrete-block", "masonry", "natural-stone", "lightweight-concrete", "aerated-concrete"))
TIMBER = ("timber", "timber-frame")
PRIOR = {
    "wall": "prior_wall",
    "column": "prior_column",
    "beam": "prior_beam",
    "member": "prior_member",
    "footing": "prior_foundation",
    "pile": "prior_foundation",
    "slab": "prior_floor",
    "roof": "prior_floor",
}
THICKNESS = (
    (0.0695, "t_under_70"),
    (0.0895, "t_70_90"),
    (0.1145, "t_90_115"),
    (0.1395, "t_115_140"),
    (0.1795, "t_140_180"),
    (np.inf, "t_over_180"),
)
MAX_PASS = 30  # at most one storey per pass


def infer_bearing(
    elements: Elements,
    materials: Materials,
    *,
    weights: Mapping[str, Weight] = WEIGHTS,
    temperature: float = TEMPERATURE.value,
) -> Bearing:
    """Return yes, no or unknown with probability and evidence for each element.

    Parameters
    ----------
    elements, materials
        As read; (n_element).
    weights, temperature
        Log-odds per signal and the number they are all divided by.

    Returns
    -------
    Bearing
        ``yes`` from a probability of 0.8, ``no`` up to 0.2, ``unknown`` between.
    """
    ledger = Ledger(len(elements), weights, temperature)
    slabs = floor_rows(elements, materials.group, NOT_STRUCTURAL)
    core = _core_thickness_m(elements)
    _nature(elements, materials, core, set(slabs.tolist()), ledger)
    bars = measure_bars(elements, slabs)
    bar_carries = _bars(elements, bars, materials, ledger)
    walls = measure_walls(elements)
    seen = look(elements, walls, slabs, materials.group, core, bar_carries)
    _walls(seen, ledger)
    without_flags = ledger.copy()
    _spans(seen, without_flags)
    add_flags(elements, ledger, without_flags.probability())
    _spans(seen, ledger)
    _follow(seen, ledger)
    probability = ledger.probability()
    _veto(elements, materials, core, probability, ledger)
    probability = np.round(probability, 6)
    return Bearing(state=tuple(_state(p) for p in probability.tolist()), probability=probability, evidence=ledger.rows())


def _state(p: float) -> BearingState:
    if p >= YES_FROM:
        return "yes"
    return "no" if p <= NO_UP_TO else "unknown"


def _core_thickness_m(elements: Elements) -> FloatArray:
    """Return the thickness of the layer that would carry; the whole where the layers do not say."""
    whole = np.asarray(elements.thickness_m, dtype=np.float64)
    if not any(k == "wall" and len(layers) > 1 for k, layers in zip(elements.kind, elements.layers, strict=True)):
        return whole
    core = bearing_thickness_m(elements)
    return np.where(np.isfinite(core), core, whole)


def _nature(elements: Elements, materials: Materials, core_m: FloatArray, floors: set[int], ledger: Ledger) -> None:
    """Add what an element is, is called, is classified as and is made of."""
    for i, kind in enumerate(elements.kind):
        if kind not in PRIOR:
            continue
        ledger.add(i, PRIOR[kind], kind)
        code = words.classified(elements, i)
        if code and kind not in ("footing", "pile"):
            ledger.add(i, *code)
        if kind in ("slab", "roof") and i not in floors:
            ledger.add(i, "finish", f"{materials.group[i]}, {1000 * elements.thickness_m[i]:.0f} mm")
        elif kind == "wall":
            _wall_nature(elements, materials, core_m, i, ledger)


def _wall_nature(elements: Elements, materials: Materials, core_m: FloatArray, i: int, ledger: Ledger) -> None:
    named = words.name_signal(f"{elements.name[i]} | {elements.type_name[i]}")
    if named:
        ledger.add(i, *named)
    typed = words.type_signal(elements.predefined_type[i])
    if typed:
        ledger.add(i, typed, str(elements.predefined_type[i]))
    group = materials.group[i]
    key = "board" if group in BOARD else ("stone" if group in STONE else ("concrete" if group == "concrete" else ""))
    if key:
        ledger.add(i, key, group)
    strength = words.states_strength(elements, i, materials.grade[i])
    if strength and key != "board":
        ledger.add(i, "strength_class", strength)
    # A timber wall is as thick as its insulation; that says nothing of what it carries.
    if np.isfinite(core_m[i]) and not (group in TIMBER and core_m[i] >= THIN_M):
        ledger.add(i, next(name for limit, name in THICKNESS if core_m[i] < limit), f"{1000 * core_m[i]:.0f} mm")


def _bars(elements: Elements, bars: Bars, materials: Materials, ledger: Ledger) -> BoolArray:
    """Add what rests on columns, beams and members; return which of them count as support (n_element)."""
    for k, i in enumerate(bars.row.tolist()):
        if elements.thickness_m[i] < STRIP_M:
            ledger.add(i, "bar_strip", f"{1000 * elements.thickness_m[i]:.0f} mm")
        word = words.trim_word(f"{elements.name[i]} | {elements.type_name[i]}")
        if word:
            ledger.add(i, "name_trim", word)
        if bars.carries[k]:
            ledger.add(i, "bar_carries", "in touch with its head" if bars.upright[k] else "in touch with its top")
        elif bars.upright[k]:
            ledger.add(i, "bar_bare" if bars.reached[k] else "bar_bare_top", f"top at {elements.z1_m[i]:.2f} m")
        if bars.stands[k] and bars.upright[k]:
            ledger.add(i, "bar_stacked", f"foot at {elements.z0_m[i]:.2f} m")
        if materials.grade[i] and bars.upright[k]:
            ledger.add(i, "strength_class", str(materials.grade[i]))
        if bars.upright[k] and bars.slender[k] > SLENDER:
            ledger.add(i, "bar_slender", f"length / thickness {bars.slender[k]:.0f}")
    out = np.zeros(len(elements), dtype=bool)
    out[bars.row] = ledger.probability()[bars.row] >= 0.5
    return out


def _walls(seen: UprightWalls, ledger: Ledger) -> None:
    for row, key, value in seen.contact_signals():
        ledger.add(row, key, value)


def _spans(seen: UprightWalls, ledger: Ledger) -> None:
    """Add whether the floor needs the wall, given which other walls surely or probably carry."""
    p = ledger.probability()[seen.walls.row]
    for row, key, value in seen.span_signals(sure=p >= YES_FROM, probable=p >= 0.3):
        ledger.add(row, key, value)


def _follow(seen: UprightWalls, ledger: Ledger) -> None:
    """Let walls follow from what they hold up or are part of, from the roof down, to a fixpoint."""
    for _ in range(MAX_PASS):
        p = ledger.probability()[seen.walls.row]
        new = [signal for signal in seen.followers(p) if not ledger.has(signal[0], signal[1])]
        for row, key, value in new:
            ledger.add(row, key, value)
        if not new:
            return


def _veto(elements: Elements, materials: Materials, core_m: FloatArray, probability: FloatArray, ledger: Ledger) -> None:
    """A board or a leaf under 70 mm never becomes yes, whatever a property says.

    Where a property or a name says that it carries and the wall is at least half a brick
    thick it stays unknown: it may hide a post or frame.
    """
    for i, kind in enumerate(elements.kind):
        if kind != "wall" or not (core_m[i] < 0.0695 or materials.group[i] in BOARD):
            continue
        spoken = ledger.has(i, "says_true") or ledger.has(i, "name_bearing")
        most = 0.5 - 1e-6 if spoken and elements.thickness_m[i] >= THIN_M - 0.025 else NO_UP_TO
        if probability[i] > most:
            probability[i] = most
            ledger.note(i, Evidence(signal="veto", value=materials.group[i], weight=0.0, text="too thin or too soft to carry a floor"))
