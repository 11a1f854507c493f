"""Mutations of an IFC file as a graph of entities: references, cycles, numbers, names, counts, kinds."""

import re

from hostile_bytes import PAYLOADS, bytes_changed

_ENTITY = re.compile(r"^#(\d+)\s*=\s*([A-Z0-9]+)\s*\((.*)\);\s*$")
_REFERENCE = re.compile(r"#\d+")
_NUMBER = re.compile(r"(?<![#\w'.])-?\d+\.\d*(?:E[-+]?\d+)?")
_TEXT = re.compile(r"'(?:[^']|'')*'")
NUMBERS = (
    "0.",
    "-0.",
    "-1.",
    "1.",
    "1.E308",
    "-1.E308",
    "1.E-320",
    "9.E999",
    "NAN",
    "1.E15",
    "1.E30",
    "-5.E6",
    "1.E-9",
    "123456789012345678901234567890.",
    "$",
    "*",
    "()",
    "'x'",
    ".T.",
)
KINDS = (
    "IFCWALL",
    "IFCSLAB",
    "IFCCOLUMN",
    "IFCBEAM",
    "IFCROOF",
    "IFCFOOTING",
    "IFCPILE",
    "IFCSPACE",
    "IFCBUILDINGSTOREY",
    "IFCOPENINGELEMENT",
    "IFCBUILDINGELEMENTPROXY",
    "IFCCARTESIANPOINT",
    "IFCDIRECTION",
    "IFCPOLYLINE",
    "IFCMATERIAL",
    "IFCRELAGGREGATES",
    "IFCPROJECT",
    "IFCNONSENSE",
)


class Step:
    """A file as header, entities [number, kind, arguments as text] and footer."""

    def __init__(self, data):
        lines = data.decode("utf-8", "replace").splitlines()
        found = [(k, _ENTITY.match(line)) for k, line in enumerate(lines)]
        rows = [k for k, match in found if match]
        self.head, self.foot = (lines[: rows[0]], lines[rows[-1] + 1 :]) if rows else (lines, [])
        self.rows = [[int(match[1]), match[2], match[3]] for _, match in found if match]

    def data(self):
        """Return the file."""
        rows = [f"#{number}={kind}({arguments});" for number, kind, arguments in self.rows]
        return "\n".join([*self.head, *rows, *self.foot, ""]).encode("utf-8", "surrogatepass")

    def some(self, rng, *kinds):
        """Return a row, of one of the kinds where there is one."""
        chosen = [row for row in self.rows if row[1] in kinds] or self.rows
        return rng.choice(chosen)


def _swap_one(rng, row, pattern, new):
    found = list(pattern.finditer(row[2]))
    if found:
        one = rng.choice(found)
        row[2] = row[2][: one.start()] + new + row[2][one.end() :]


def dropped(rng, step):
    """Entities that others need are gone."""
    for _ in range(rng.choice((1, 1, 5))):
        if len(step.rows) > 1:
            step.rows.pop(rng.randrange(len(step.rows)))


def redirected(rng, step):
    """A reference goes to another entity, to itself or to nothing."""
    row = step.some(rng)
    _swap_one(rng, row, _REFERENCE, rng.choice((f"#{step.some(rng)[0]}", f"#{row[0]}", "#999999", "#0", "$", "*")))


def cyclic_placement(rng, step):
    """Placements stand on each other."""
    rows = [row for row in step.rows if row[1] == "IFCLOCALPLACEMENT"]
    if rows:
        one, two = rng.choice(rows), rng.choice(rows)
        for low, high in ((one, two), (two, one)):
            low[2] = f"#{high[0]},{low[2].rpartition(',')[2]}"


def cyclic_structure(rng, step):
    """A whole is part of itself, at once or by way of its parts."""
    row = step.some(rng, "IFCRELAGGREGATES", "IFCRELCONTAINEDINSPATIALSTRUCTURE", "IFCRELVOIDSELEMENT")
    references = _REFERENCE.findall(row[2])
    if references:
        number = max(other[0] for other in step.rows) + 1
        step.rows.append(
            [number, row[1], row[2].replace(references[-1], "#swap").replace(references[0], references[-1]).replace("#swap", references[0])]
        )
        _swap_one(rng, row, _REFERENCE, rng.choice(references))


def other_number(rng, step):
    """Numbers that no building has."""
    for _ in range(rng.choice((1, 1, 4))):
        row = step.some(
            rng,
            "IFCCARTESIANPOINT",
            "IFCEXTRUDEDAREASOLID",
            "IFCRECTANGLEPROFILEDEF",
            "IFCMATERIALLAYER",
            "IFCDIRECTION",
            "IFCBUILDINGSTOREY",
        )
        _swap_one(rng, row, _NUMBER, rng.choice(NUMBERS))


def negated(rng, step):
    """A thickness, depth or coordinate turned round, or made a thousand times what it was."""
    row = step.some(rng, "IFCEXTRUDEDAREASOLID", "IFCRECTANGLEPROFILEDEF", "IFCMATERIALLAYER", "IFCCARTESIANPOINT")
    found = list(_NUMBER.finditer(row[2]))
    if found:
        one = rng.choice(found)
        row[2] = row[2][: one.start()] + f"{float(one.group()) * rng.choice((-1.0, 1000.0, 0.001, 1e9)):#.12G}" + row[2][one.end() :]


def crossed_outline(rng, step):
    """An outline that crosses itself, turns back or closes twice."""
    row = step.some(rng, "IFCPOLYLINE")
    references = _REFERENCE.findall(row[2])
    if len(references) > 2:
        rng.shuffle(references)
        row[2] = f"({','.join(references * rng.choice((1, 1, 2)))})"


def same_number(rng, step):
    """Two entities with one number."""
    step.rows.append([step.some(rng)[0], *step.some(rng)[1:]])


def copied(rng, step):
    """The same thing again and again, on the same place and in the same storey."""
    row, number = step.some(rng, "IFCWALL", "IFCSLAB", "IFCRELAGGREGATES", "IFCOPENINGELEMENT"), max(row[0] for row in step.rows)
    step.rows += [[number + k, row[1], row[2]] for k in range(1, rng.choice((2, 10, 150)))]


def fewer_arguments(rng, step):
    """Arguments lost, added or swapped."""
    row = step.some(rng)
    parts = row[2].split(",")
    done = rng.randrange(3)
    if done == 0:
        parts.pop(rng.randrange(len(parts)))
    elif done == 1:
        parts.insert(rng.randrange(len(parts) + 1), rng.choice(("$", "*", "#1", "1.", "'x'", ".T.", "()")))
    else:
        rng.shuffle(parts)
    row[2] = ",".join(parts)


def other_kind(rng, step):
    """An entity of another kind with the old arguments."""
    step.some(rng)[1] = rng.choice((*KINDS, step.some(rng)[1]))


def other_text(rng, step):
    """Names that are more than a name, in bad escapes too."""
    row = step.some(
        rng,
        "IFCWALL",
        "IFCSLAB",
        "IFCBUILDINGSTOREY",
        "IFCMATERIAL",
        "IFCBUILDING",
        "IFCPROJECT",
        "IFCSPACE",
        "IFCPROPERTYSINGLEVALUE",
        "IFCAPPLICATION",
    )
    new = rng.choice((*PAYLOADS, "\\X2\\D83D", "\\X4\\FFFFFFFF\\X0\\", "\\S\\", "\\PZ\\", "\\X\\G1"))
    _swap_one(rng, row, _TEXT, "'" + new.replace("'", "''").replace("\n", " ") + "'")


def emptied(rng, step):
    """Lists without anything in them, or nested as deep as a well."""
    row = step.some(rng)
    _swap_one(rng, row, re.compile(r"\([^()]*\)"), rng.choice(("()", "$", "(" * 400 + ")" * 400, "((),())")))


def other_unit(rng, step):
    """Lengths in another unit, or in none."""
    row = step.some(rng, "IFCSIUNIT", "IFCCONVERSIONBASEDUNIT", "IFCUNITASSIGNMENT")
    row[2] = row[2].replace(".MILLI.", rng.choice((".EXA.", ".ATTO.", "$", ".NONSENSE."))) if ".MILLI." in row[2] else "$"


def out_of_order(rng, step):
    """Entities in another order."""
    rng.shuffle(step.rows)


GRAPH = (
    dropped,
    redirected,
    redirected,
    cyclic_placement,
    cyclic_structure,
    other_number,
    other_number,
    negated,
    crossed_outline,
    same_number,
    copied,
    fewer_arguments,
    other_kind,
    other_text,
    emptied,
    other_unit,
    out_of_order,
)


def ifc_changed(rng, data):
    """Return the file after mutations of its graph, now and then of its bytes as well."""
    step = Step(data)
    for _ in range(rng.choice((1, 1, 1, 2, 4))):
        if step.rows:
            rng.choice(GRAPH)(rng, step)
    made = step.data()
    return bytes_changed(rng, made) if rng.random() < 0.15 else made
