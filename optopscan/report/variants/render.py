"""Drawings of the variants put forward: a plan per new storey and a section, each as SVG and as PNG."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from optopscan.report.names import file_part
from optopscan.report.plans.sheet import Sheet, drawn
from optopscan.report.record.arrays import Arrays
from optopscan.report.variants import data as variant_data
from optopscan.report.variants import plan as variant_plan
from optopscan.report.variants import section as variant_section
from optopscan.report.words import Language

Record = Mapping[str, Any]


def render(record: Record, arrays: Arrays, language: Language = "nl") -> list[tuple[str, bytes]]:  # noqa: ARG001
    """Return (file name, contents) of ``variant_<id>_laag<n>`` and ``variant_<id>_doorsnede``, as .svg and .png.

    Parameters
    ----------
    record, arrays
        As `record.build` or `record.read` gives them; the arrays are not needed.
    language
        "nl" or "en".
    """

    def files() -> Iterator[tuple[str, bytes]]:
        taken: set[str] = set()
        for variant in variant_data.drawn_variants(record):
            name = file_part(variant["id"], taken)
            for part, sheet in _sheets(record, variant, language):
                yield f"variant_{name}_{part}.svg", sheet.svg()
                yield f"variant_{name}_{part}.png", sheet.png()

    return drawn(lambda: list(files()))


def _sheets(record: Record, variant: Mapping[str, Any], language: Language) -> Iterator[tuple[str, Sheet]]:
    yield from variant_plan.sheets(record, variant, language)
    yield "doorsnede", variant_section.section_sheet(record, variant, language)
