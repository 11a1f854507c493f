"""The formats by name, with what each is; here so that a help text needs no renderer."""

from __future__ import annotations

from collections.abc import Mapping

FORMATS: Mapping[str, str] = {
    "bcf": "one topic with a viewpoint per governing or missing thing, for a BIM viewer",
    "csv": "parts and foundation loads as tables for a Dutch spreadsheet",
    "dxf": "plans of storeys and roof with bearing lines and modules, for CAD",
    "glb": "the building and its variants in space, with names and outcomes",
    "html": "one offline page: answer, building in 3D, checks, variants",
    "ifc": "what is new, per variant put forward, to lay over the model (overlay)",
    "json": "the record itself",
    "pdf": "the calculation on paper, in the order in which it is checked (extra: pdf)",
    "png": "plans of foundation, storeys and roof",
    "saf": "bearing structure and loads for calculation programs (SAF workbook)",
    "txt": "the summary",
    "variants": "drawings of the placed variants",
    "xlsx": "the weight calculation with live formulas",
}
