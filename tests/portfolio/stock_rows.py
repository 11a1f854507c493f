"""Rows of a run that tests count with."""

from optopscan.portfolio.row import SCANNED, failed


def scanned(name, proven=0, possible=0, **more):
    """Return the row of a scanned building."""
    return {
        "name": name,
        "files": [f"{name}.ifc"],
        "record": None,
        **failed(SCANNED, "waarom"),
        "proven": proven,
        "possible": possible,
        "judged": True,
        "stops": ["stabiliteit"],
        "unknowns": ["fundering"] if possible > proven else [],
        "not_checked": ["brand"],
        "flags": [],
        "label": "B",
        "storeys": 4,
        "bearing_material": "calcium-silicate",
        **more,
    }


def unread(name, status="refused", why="no IFC header"):
    """Return the row of a building without an answer."""
    return {"name": name, "files": [f"{name}.ifc"], "record": None, **failed(status, why)}
