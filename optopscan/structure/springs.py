"""How stiff what carries a floor is: springs of walls and columns, ribs of beams, plates of floors."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from optopscan.model.arrays import FloatArray, IntArray
from optopscan.model.structure import Materials
from optopscan.structure.contacts import ContactSearch
from optopscan.structure.plate import POISSON, FloorPlate, PlateSupports

# Short-term moduli [kN/m2] in whole figures: walls are tens of times stiffer than the floors on them,
# so that twice or half of these changes a reaction by a few per cent at most.
MODULUS_KN_M2 = {"concrete": 30e6, "steel": 210e6, "timber": 10e6, "clay": 4e6, "calcium-silicate": 6e6}
MODULUS_OTHER_KN_M2 = 4e6
STEEL_FILL = 0.3  # second moment of an I section over that of the rectangle around it
ACROSS_PLANKS = 0.3  # only the topping above the joints, about two thirds of the thickness, bends across planks: (2/3)^3
REST_M = 0.5  # a beam bears on this much of a wall
BEAM_MIDDLE = 48.0  # E I / l3 of a simply supported beam loaded in its middle
BEAM_UNIFORM = 76.8  # E I / l4 of one with uniform load
ROUND_M = 5  # decimals in which two floors are the same


class Stiffness:
    """Springs and ribs of all groups, and the plates of floors that were asked for.

    Parameters
    ----------
    touch
        Contacts between all groups, with their plan shapes.
    materials
        Materials of the elements.
    """

    def __init__(self, touch: ContactSearch, materials: Materials) -> None:
        self._groups = groups = touch.groups
        self._search = touch
        material = [materials.group[i] for i in groups.element.tolist()]
        self._concrete = np.array([m == "concrete" for m in material], dtype=bool)
        self._steel = np.array([m == "steel" for m in material], dtype=bool)
        self._modulus = np.array([MODULUS_KN_M2.get(m, MODULUS_OTHER_KN_M2) for m in material])
        self._spring = self._springs(touch.shapes)
        # Storeys repeat: a floor with the same outline on the same walls is solved once.
        self._plates: dict[tuple[bytes, ...], FloorPlate] = {}

    def _springs(self, shapes: Sequence[BaseGeometry]) -> FloatArray:
        """Return E A / h of points [kN/m] and of lines per metre [kN/m2]."""
        gr = self._groups
        height = np.maximum(gr.z1_m - gr.z0_m, 0.5)
        point = gr.length_m < 0.05
        width = np.where(point, shapely.area(np.array(shapes, dtype=object)), gr.thickness_m)
        spring = self._modulus * np.maximum(width, 0.01) / height
        lintel = np.array([kind == "lintel" for kind in gr.kind], dtype=bool)
        bending = BEAM_UNIFORM * self._ribs(np.zeros(len(gr))) / np.maximum(gr.length_m, 0.1) ** 4
        return np.asarray(np.where(lintel, np.minimum(spring, bending), spring))

    def _ribs(self, more_m: FloatArray) -> FloatArray:
        """Return E I of bars as rectangles ``more_m`` deeper than they are [kNm2]."""
        gr = self._groups
        second = gr.thickness_m * (gr.z1_m - gr.z0_m + more_m) ** 3 / 12.0
        return np.asarray(self._modulus * second * np.where(self._steel, STEEL_FILL, 1.0))

    def _rests(self, g: int, carriers: frozenset[int], rib_knm2: FloatArray) -> tuple[tuple[float, float], ...] | None:
        """Return what holds a beam (place, spring); None where it is no beam, or nothing is known to hold it."""
        gr = self._groups
        contacts = self._search.contacts(g) if gr.kind[g] == "beam" and gr.length_m[g] > REST_M else []
        rests: list[tuple[float, float]] = []
        for c in contacts:
            if gr.kind[c.group] == "beam":
                if c.group not in carriers:  # else the plate holds them together
                    stiff = BEAM_MIDDLE * float(rib_knm2[c.group]) / max(float(gr.length_m[c.group]), REST_M) ** 3
                    rests.append((c.a_m, stiff))
            elif gr.length_m[c.group] < 0.05:
                rests.append((c.a_m, float(self._spring[c.group])))
            else:
                n = max(1, int(np.ceil((c.b_m - c.a_m) / REST_M)))
                step = (c.b_m - c.a_m) / n
                bears = step if c.along and step > 0 else min(REST_M, float(gr.length_m[c.group]))
                rests.extend((c.a_m + (k + 0.5) * step, float(self._spring[c.group]) * bears) for k in range(n))
        return tuple(sorted(rests)) if contacts else None

    def plate(
        self,
        *,
        polygon: BaseGeometry,
        soffit_m: float,
        thickness_m: float,
        supports: IntArray,
        angle_deg: float,
        planks: Sequence[tuple[BaseGeometry, float]],
    ) -> tuple[FloorPlate, IntArray]:
        """Return the plate of a concrete floor in axes turned to ``angle_deg``, and the group of each of its supports."""
        gr = self._groups
        c, s = float(np.cos(np.radians(angle_deg))), float(np.sin(np.radians(angle_deg)))
        u0, u1 = (x[supports] * c + y[supports] * s for x, y in ((gr.x0_m, gr.y0_m), (gr.x1_m, gr.y1_m)))
        v0, v1 = (-x[supports] * s + y[supports] * c for x, y in ((gr.x0_m, gr.y0_m), (gr.x1_m, gr.y1_m)))
        table = np.round(np.column_stack([u0, v0, u1, v1]), ROUND_M) + 0.0
        order = np.lexsort((supports, *table.T[::-1]))
        rows = supports[order]
        # A concrete beam under a concrete floor is cast with it: the rib counts over its full depth.
        cast = self._concrete & (gr.z1_m <= soffit_m + 0.05)
        ribs = self._ribs(np.where(cast, thickness_m, 0.0))
        carriers = frozenset(supports.tolist())
        rests = tuple(self._rests(int(g), carriers, ribs) for g in rows)
        on = PlateSupports(
            u0=table[order, 0],
            v0=table[order, 1],
            u1=table[order, 2],
            v1=table[order, 3],
            thickness_m=gr.thickness_m[rows],
            n_part=gr.n_part[rows],
            spring=self._spring[rows],
            rib_knm2=np.where([r is not None for r in rests], ribs[rows], 0.0),
            rests=rests,
        )
        turned = shapely.transform(polygon, lambda xy: np.round(xy @ np.array([[c, -s], [s, c]]), ROUND_M) + 0.0)
        bending = MODULUS_KN_M2["concrete"] * round(thickness_m, 4) ** 3 / 12.0 / (1.0 - POISSON**2)
        d_u, d_v = _bending(bending, planks, angle_deg, float(polygon.area))
        numbers = (on.thickness_m, on.n_part, on.spring, on.rib_knm2, np.array([d_u, d_v]))
        flat = np.array([(k, *rest) for k, own in enumerate(rests) for rest in own or ()])
        key = (table[order].tobytes(), shapely.to_wkb(turned), *(np.round(n, 4).tobytes() for n in numbers), np.round(flat, 4).tobytes())
        if key not in self._plates:
            self._plates[key] = FloorPlate(turned, on, d_u, d_v)
        return self._plates[key], rows


def _bending(full_knm: float, planks: Sequence[tuple[BaseGeometry, float]], angle_deg: float, area_m2: float) -> tuple[float, float]:
    """Return the bending stiffness along and across the main direction: planks bend less across their length."""
    along = across = 0.0
    for shape, deg in planks:
        if abs(np.cos(np.radians(deg - angle_deg))) > np.cos(np.radians(45.0)):
            along += shape.area
        else:
            across += shape.area
    if along + across < 0.5 * area_m2:
        return full_knm, full_knm
    return (full_knm, ACROSS_PLANKS * full_knm) if along >= across else (ACROSS_PLANKS * full_knm, full_knm)
