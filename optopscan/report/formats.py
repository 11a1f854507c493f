"""The formats by name, with what each is; here so that a help text needs no renderer."""

from __future__ import annotations

from collections.abc import Mapping

FORMATS: Mapping[str, str] = {
    "html": "one offline page: answer, building in 3D, checks, variants",
    "json": "the record itself",
    "pdf": "the calculation on paper, in the order in which it is checked (extra: pdf)",
    "png": "plans of foundation, storeys and roof",
    "txt": "the summary",
    "variants": "drawings of the placed variants",
}
