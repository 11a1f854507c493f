"""The parts of pages that are made, by the name that a marker calls them with."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from docs.make import clauses, commands, figures, lacking, values

PARTS: Mapping[str, Callable[..., str]] = {
    "commands": commands.reference,
    "clauses": clauses.reference,
    "clause": clauses.named,
    "values": values.engineering,
    "families": values.families,
    "product-fields": values.product_fields,
    "not-checked": lacking.not_checked,
    "refusals": lacking.refusals,
    "measured": figures.measured,
    "properties": figures.properties,
    "worked-cases": figures.worked_cases,
    "outside-values": figures.outside_values,
    "finite-elements": figures.finite_elements,
    "realised": figures.realised,
    "own-rules": figures.own_rules,
}
