"""What was noticed while the support graph was built, as issues."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from optopscan.issues import Issue, issue
from optopscan.model.building import Elements
from optopscan.model.structure import Bearing, Fields, Loose, Parts, Shares


def notes(
    elements: Elements,
    bearing: Bearing,
    fields: Fields,
    carriers: Sequence[Sequence[int]],
    parts: Parts,
    shares: Shares,
    loose: Loose,
    stuck: Sequence[int],
) -> list[Issue]:
    """Return what the reader should know about bearing, supports and foundation."""
    n = len(parts)
    notes = []
    for i, state in enumerate(bearing.state):
        if state == "unknown" and elements.kind[i] in ("wall", "column", "beam", "member", "slab", "roof"):
            notes.append(issue("OPT-301", elements.id[i], f"bearing probability {bearing.probability[i]:.2f}"))
    lost = np.asarray(shares.parts[:, [n + 1]].todense()).ravel()
    for i in np.flatnonzero(lost > 1e-9).tolist():
        notes.append(issue("OPT-302", parts.id[i], f"{parts.kind[i]} at z {parts.z0_m[i]:.2f} m: nothing below carries it"))
    for f, rows in enumerate(carriers):
        if not rows and fields.kind[f] != "ground":
            first = elements.id[fields.elements[f][0]]
            notes.append(issue("OPT-303", first, f"floor of {fields.polygon[f].area:.1f} m2 at z {fields.z1_m[f]:.2f} m has no support"))
    hanging = np.asarray(shares.loose[:, [n + 1]].todense()).ravel()
    for k in np.flatnonzero(hanging > 1e-9).tolist():
        i = int(loose.element[k])
        notes.append(issue("OPT-302", elements.id[i], f"{elements.kind[i]} of {loose.weight_kn[k]:.1f} kN rests on nothing"))
    if not any(k in ("footing", "pile") for k in parts.kind):
        notes.append(issue("OPT-304", "", "no footing or pile in the model; reactions are given at the lowest feet"))
    notes.extend(issue("OPT-305", elements.id[int(parts.element[i])], "parts carry each other; outcome unknown") for i in stuck)
    return notes
