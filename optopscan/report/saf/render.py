"""The bearing structure with its characteristic loads as a workbook in the Structural Analysis Format (SAF 2.2).

A frame program takes it over; nothing is designed here. All weight is in load objects: no self weight may be generated
beside them. Own weight and what else enters on a part lies along its top, floors carry their load per m2, the extension
lies along the tops of what bears the roof.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from optopscan.report.load_path import LoadPath, known, load_path
from optopscan.report.marks import answer, stamp
from optopscan.report.record.arrays import Arrays
from optopscan.report.saf.model import Nodes, Placed, join_lines, material, place_parts, surface
from optopscan.report.saf.tables import VERSION, Tables, Value, pairs
from optopscan.report.spreadsheet.workbook import Book
from optopscan.report.words import Language, word

FILE_NAMES: dict[Language, str] = {"nl": "constructie_saf.xlsx", "en": "structure_saf.xlsx"}
LEAST_KN = 0.005
"""Loads below this are rounding of the record."""
USES = {"dwelling": "Domestic", "office": "Offices", "shop": "Shopping", "storage": "Storage"}
HINGED: Mapping[str, Value] = {"ux": "Rigid", "uy": "Rigid", "uz": "Rigid", "fix": "Free", "fiy": "Free", "fiz": "Free"}
WHOLE: Mapping[str, Value] = {"Coordinate definition": "Relative", "Origin": "From start", "Start point [m]": 0.0, "End point [m]": 1.0}
ALL_WEIGHT = "all own weight is in load objects; generate no self weight"


def render(record: Mapping[str, Any], arrays: Arrays, language: Language = "nl") -> list[tuple[str, bytes]]:  # noqa: ARG001
    """Return the workbook; its words are those of the format, English.

    Raises
    ------
    UsageError
        If the record is of a version that does not tell factors and floor loads.
    """
    path = load_path(record)
    tables, unplaced = made_tables(record, path)
    name = record["building"]["name"] or record["inputs"][0]["name"]
    book = Book(record, language, f"SAF {name}")
    pairs(book, "Project", _project(record, path, tables, language, name))
    pairs(book, "Model", _model(record, tables, name, unplaced))
    tables.write(book)
    return [(FILE_NAMES[language], book.bytes())]


def made_tables(record: Mapping[str, Any], path: LoadPath) -> tuple[Tables, int]:
    """Return every object of the model, by sheet, and how many parts have no known place and are left out."""
    tables = Tables(record["input_sha256"])
    nodes = Nodes(tables)
    placed = place_parts(record, path, tables, nodes)
    for k, z in enumerate(record["building"]["levels_z_m"], 1):
        tables.add("StructuralStorey", {"Name": f"bouwlaag {k}", "Height level [m]": float(z)})
    loads = _Loads(tables, record, path)
    _floors(record, path, tables, nodes, loads)
    join_lines(tables, nodes)
    _supports(path, placed, tables)
    loads.on_parts(placed)
    loads.extension(placed)
    return tables, sum(member is None for member in placed)


def _project(record: Mapping[str, Any], path: LoadPath, tables: Tables, language: Language, name: str) -> dict[str, str]:
    chosen = path.leading
    extension = f"{chosen.concept}, {chosen.storeys} storeys over the whole roof" if chosen.concept else "none with stated loads"
    return {
        "Name": name,
        "Description": f"{stamp(record, language)}. {answer(record, language)}",
        "Project kind": "Reconstruction",
        "Building type": str(record["settings"].get("existing_use", "")),
        "Status": f"{word('statement', language)}; extension in this model: {extension}",
        "Id": tables.id_of("Project", name),
    }


def _model(record: Mapping[str, Any], tables: Tables, name: str, unplaced: int) -> dict[str, str]:
    lost = f"; {unplaced} parts without a known place are left out" if unplaced else ""
    return {
        "Name": name,
        "Description": f"Axes of the model, m; {ALL_WEIGHT}; characteristic loads; supports hinged and rigid, stiffness not known{lost}",
        "Discipline": "Load-bearing structure",
        "Level of detail": "Draft",
        "Source type": "Structural analysis model",
        "Source application": f"optopscan {record['tool']['version']}",
        "SAF Version": VERSION,
        "Global coordinate system": "Z vertical",
        "LCS of cross-section": "ZYX",
        "System of units": "Metric",
        "National code": "EC-NEN-EN",
        "Id": tables.id_of("Model", name),
    }


class _Loads:
    """Load cases as they turn up, and the loads in them."""

    def __init__(self, tables: Tables, record: Mapping[str, Any], path: LoadPath) -> None:
        self._tables, self._record, self._path = tables, record, path
        self._count = 0
        use = USES.get(str(record["settings"].get("existing_use", "")), "Domestic")
        self._groups = {
            "G": ("LG1 G", "Permanent", "Standard", ""),
            "Q": ("LG2 Q", "Variable", "Standard", use),
            "roof": ("LG3 roof", "Variable", "Exclusive", "Roofs"),
            "new": ("LG4 Q new", "Variable", "Standard", "Domestic"),
        }

    def _case(self, name: str, group: str, description: str, duration: str = "") -> str:
        tables = self._tables
        if all(row["Name"] != name for row in tables.rows["StructuralLoadCase"]):
            label, kind, relation, load_type = self._groups[group]
            if all(row["Name"] != label for row in tables.rows["StructuralLoadGroup"]):
                tables.add("StructuralLoadGroup", {"Name": label, "Load group type": kind, "Relation": relation, "Load type": load_type})
            values: dict[str, Value] = {"Name": name, "Description": description, "Action type": kind, "Load group": label}
            values |= {"Load type": "Standard" if kind == "Permanent" else "Static", "Duration": duration}
            tables.add("StructuralLoadCase", values)
        return name

    def permanent(self) -> str:
        """Return the case of all permanent load of the building as it stands."""
        return self._case("G", "G", f"permanent load of the building; {ALL_WEIGHT}")

    def floor(self, level: int) -> str:
        """Return the case of the imposed load on the floors of a storey."""
        return self._case(f"Q{level + 1}", "Q", f"imposed load, floors of storey {level + 1}; psi0 {self._path.basis['psi0']:g}", "Medium")

    def roof(self) -> str:
        """Return the case of the imposed load on the roof."""
        return self._case("Qroof", "roof", "imposed load of the existing roof; psi0 0", "Short")

    def on_surface(self, member: str, case: str, kn_m2: float) -> None:
        """Put a load on a floor."""
        values: dict[str, Value] = {"Direction": "Z", "Type": "Standard", "Force action": "On 2D member", "Value [kN/m2]": -kn_m2}
        values |= {"2D Member": member, "Load case": case, "Coordinate system": "Global", "Location": "Length"}
        self._tables.add("StructuralSurfaceAction", {"Name": self._name("SF"), **values})

    def on_part(self, placed: Placed, case: str, kn: float) -> None:
        """Put a load along the top of a part, or in the node of a column or pad."""
        if not math.isfinite(kn) or abs(kn) < LEAST_KN:
            return
        values: dict[str, Value] = {"Type": "Standard", "Direction": "Z", "Load case": case, "Coordinate system": "Global"}
        if placed.point:
            values |= {"Force action": "In node", "Reference node": placed.top, "Value [kN]": -kn}
            self._tables.add("StructuralPointAction", {"Name": self._name("PF"), **values})
            return
        where: dict[str, Value] = {"Force action": "On edge", "2D Member": placed.name, "Edge": 3} if placed.surface else {}
        where = where or {"Force action": "On beam", "Member": placed.name}
        values |= {**where, "Distribution": "Uniform", "Value 1 [kN/m]": -kn / placed.length_m, "Location": "Length", "Extent": "Full"}
        values |= {**WHOLE, "Eccentricity ey [mm]": 0.0, "Eccentricity ez [mm]": 0.0}
        self._tables.add("StructuralCurveAction", {"Name": self._name("LF"), **values})

    def on_parts(self, placed: Sequence[Placed | None]) -> None:
        """Put own weight and what else enters on every part."""
        for part, member in zip(self._path.parts, placed, strict=True):
            if member is None:
                continue
            self.on_part(member, self.permanent(), part.own + part.other_g)
            for level, kn in enumerate(part.other_q):
                if abs(kn) >= LEAST_KN:
                    self.on_part(member, self.floor(level), kn)
            if abs(part.other_roof) >= LEAST_KN:
                self.on_part(member, self.roof(), part.other_roof)

    def extension(self, placed: Sequence[Placed | None]) -> None:
        """Put the leading product on the tops of what bears the roof."""
        chosen, area = self._path.leading, [0.0] * len(placed)
        row_of = {part.id: part.row for part in self._path.parts}
        for head in self._record["roof"]["heads"]:
            area[row_of[head["part"]]] += known(head.get("bears_roof_m2"))
        if not chosen.concept:
            return
        permanent = self._case("Gnew", "G", f"permanent load of the extension: {chosen.concept}, {chosen.storeys} storeys")
        cases = [
            self._case(f"Qnew{k}", "new", f"imposed load of new storey {k}; psi0 {self._path.basis['psi0_new']:g}", "Medium")
            for k in range(1, chosen.storeys + 1)
        ]
        for member, m2 in zip(placed, area, strict=True):
            if member is not None and m2 > 0.0:
                self.on_part(member, permanent, chosen.per_m2 * m2)
                for case in cases:
                    self.on_part(member, case, self._path.basis["new_imposed_kn_m2"] * m2)

    def _name(self, prefix: str) -> str:
        self._count += 1
        return f"{prefix}{self._count}"


def _floors(record: Mapping[str, Any], path: LoadPath, tables: Tables, nodes: Nodes, loads: _Loads) -> None:
    """Add every floor that does not lie on the ground, with its loads per m2 (the mean where a floor has several)."""
    elements = {row["id"]: row for row in record["elements"]}
    for k, field in enumerate(record["floors"]):
        mine = [load for load in path.floors if load.floor == k]
        pieces = [[_tidied(ring) for ring in piece] for piece in field["polygon"]]
        areas = [_area(piece) for piece in pieces]
        if field["kind"] == "ground" or not mine or sum(areas) <= 0.0:
            continue
        made_of = material(elements[field["elements"][0]], tables)
        z, thickness = known(field["z1_m"]), 1000.0 * (known(field["z1_m"]) - known(field["z0_m"]))
        for n, (piece, area) in enumerate(zip(pieces, areas, strict=True), 1):
            name = f"V{k + 1}" if len(pieces) == 1 else f"V{k + 1}_{n}"
            outer = [nodes.at(x, y, z) for x, y in piece[0]]
            surface(tables, name, "Plate", made_of, thickness, outer, area, f"bouwlaag {field['storey'] + 1}", (1.0, 0.0, 0.0), "Top")
            for hole, ring in enumerate(piece[1:], 1):
                names = [nodes.at(x, y, z) for x, y in ring]
                values: dict[str, Value] = {"Name": f"O{name}_{hole}", "2D Member": name, "Nodes": "; ".join(names)}
                values |= {"Edges": "; ".join(["Line"] * len(names)), "Area [m2]": round(abs(_ring_area(ring)), 4)}
                tables.add("StructuralSurfaceMemberOpening", values)
            for case, kn in (
                (loads.permanent, sum(load.area_m2 * (load.slab + load.finish) for load in mine)),
                (lambda level=field["storey"]: loads.floor(level), sum(load.area_m2 * load.imposed for load in mine)),
                (loads.roof, sum(load.area_m2 * load.on_roof for load in mine)),
            ):
                if kn > LEAST_KN:
                    loads.on_surface(name, case(), kn / sum(areas))


def _tidied(ring: Sequence[Sequence[float]]) -> list[tuple[float, float]]:
    """Return a ring to the millimetre, as nodes are, without points that fall together."""
    points = [(round(x, 3), round(y, 3)) for x, y in ring]
    return [point for k, point in enumerate(points) if point != points[k - 1]]


def _ring_area(ring: Sequence[tuple[float, float]]) -> float:
    return 0.5 * sum(ring[k - 1][0] * y - x * ring[k - 1][1] for k, (x, y) in enumerate(ring))


def _area(piece: Sequence[Sequence[tuple[float, float]]]) -> float:
    return abs(_ring_area(piece[0])) - sum(abs(_ring_area(ring)) for ring in piece[1:])


def _supports(path: LoadPath, placed: Sequence[Placed | None], tables: Tables) -> None:
    """Hold everything that stands on the ground, hinged."""
    held: set[str] = set()
    for part, member in zip(path.parts, placed, strict=True):
        if member is None or part.ground <= 0.0:
            continue
        name = f"S{part.id.replace('#', '_').replace('/', '_')}"
        common: dict[str, Value] = {"Name": name, "Type": "Hinged", **HINGED}
        if member.point:
            if member.bottom not in held:
                held.add(member.bottom)
                tables.add("StructuralPointSupport", {**common, "Node": member.bottom})
        elif member.surface:
            values: dict[str, Value] = {
                "Boundary condition": "On edge",
                "2D Member": member.name,
                "Edge": 1,
                "Coordinate system": "Global",
                **WHOLE,
            }
            tables.add("StructuralEdgeConnection", {**common, **values})
        else:
            tables.add("StructuralCurveConnection", {**common, "Member": member.name, "Coordinate system": "Global", **WHOLE})
