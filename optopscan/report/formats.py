"""The formats by name, with what each is; here so that a help text needs no renderer."""

from __future__ import annotations

from collections.abc import Mapping

FORMATS: Mapping[str, str] = {
    "bcf": "one topic with a viewpoint per governing or missing thing, for a BIM viewer",
    "dxf": "plans of storeys and roof with bearing lines and modules, for CAD",
    "glb": "the building and its variants in space, with names and outcomes",
    "html": "one offline page: answer, building in 3D, checks, variants",
    "json": "the record itself",
    "pdf": "the calculation on paper, in the order in which it is checked (extra: pdf)",
    "png": "plans of foundation, storeys and roof",
    "txt": "the summary",
    "variants": "drawings of the placed variants",
}
