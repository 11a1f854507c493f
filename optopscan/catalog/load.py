"""Read, check and publish product files."""

from __future__ import annotations

import functools
from collections.abc import Hashable, Iterable
from importlib.resources.abc import Traversable
from os import PathLike
from pathlib import Path
from typing import Literal, cast

from optopscan.catalog import engineering
from optopscan.catalog.concept import UNSTATED, Concept, UnitType
from optopscan.catalog.data import CONCEPTS, data_root, toml_files
from optopscan.catalog.faults import CatalogError, Document, Fault, check, merged
from optopscan.catalog.numbers import dependable, furthest, quantity, stated
from optopscan.catalog.outside import outside_verdict
from optopscan.catalog.plausibility import relations
from optopscan.catalog.product import Product, UnitRow
from optopscan.catalog.schema import schema as schema
from optopscan.catalog.sources import document_of, expanded, repeated
from optopscan.catalog.wording import did_you_mean
from optopscan.errors import UsageError


def load_concepts(folder: str | PathLike[str] | None = None) -> tuple[Concept, ...]:
    """Read every product of a folder, sorted by id.

    Parameters
    ----------
    folder
        Folder with one TOML file per product; None reads the catalogue that comes with optopscan.

    Raises
    ------
    CatalogError
        With every fault of every file.
    UsageError
        If the folder does not exist or holds no TOML file.
    """
    return _shipped(cast(Hashable, data_root())) if folder is None else _concepts(expanded([folder], "product"))


@functools.cache
def _shipped(root: Hashable) -> tuple[Concept, ...]:
    # The products that come with the package do not change while a program runs, and nothing can change a concept.
    return _concepts(toml_files(cast(Traversable, root) / CONCEPTS))


def _concepts(files: Iterable[Traversable]) -> tuple[Concept, ...]:
    read = [_read(file) for file in files]
    faults = [*(fault for _, _, found in read for fault in found), *repeated(document for document, _, _ in read)]
    if faults:
        raise CatalogError(faults)
    return tuple(sorted((concept_of(product) for _, product, _ in read if product is not None), key=lambda concept: concept.id))


def load_concept(path: str | PathLike[str]) -> Concept:
    """Read one product file.

    Raises
    ------
    CatalogError
        With every fault of the file.
    UsageError
        If the file cannot be opened.
    """
    return concept_of(_whole(Path(path)))


def _whole(file: Traversable) -> Product:
    _, product, faults = _read(file)
    if product is None:
        raise CatalogError(faults)
    return product


def load_product(path: str | PathLike[str]) -> Product:
    """Read everything that one product file states.

    Raises
    ------
    CatalogError
        With every fault of the file.
    UsageError
        If the file cannot be opened.
    """
    return _whole(Path(path))


def find_product(concept_id: str) -> Product:
    """Return everything that a product of the catalogue states.

    Raises
    ------
    CatalogError
        With every fault of the catalogue.
    UsageError
        If no product has this id.
    """
    known = {product.id: product for product in map(_whole, toml_files(data_root() / CONCEPTS))}
    if concept_id not in known:
        raise UsageError(f"{concept_id}: no such concept{did_you_mean(concept_id, known) or '; use one of ' + ', '.join(sorted(known))}")
    return known[concept_id]


def lint(paths: Iterable[str | PathLike[str]]) -> tuple[Fault, ...]:
    """Return all faults of product and engineering files, sorted by file and line.

    Parameters
    ----------
    paths
        TOML files, or folders that are searched with their sub-folders.

    Raises
    ------
    UsageError
        If a path does not exist or a folder holds no TOML file.
    """
    faults: list[Fault] = []
    documents: list[Document] = []
    for file in expanded(paths, "product"):
        document = document_of(file, "product")
        if engineering.is_engineering(document):
            faults.extend(engineering.faults_of(document))
        else:
            documents.append(document)
            faults.extend(_check(document)[1])
    return tuple(sorted({*faults, *repeated(documents)}))


def _read(file: Traversable) -> tuple[Document, Product | None, tuple[Fault, ...]]:
    document = document_of(file, "product")
    product, faults = _check(document)
    return document, product, faults


def _check(document: Document) -> tuple[Product | None, tuple[Fault, ...]]:
    record, faults = check(document, Product)
    faults = merged(faults, relations(document, faults) if document.usable else ())
    return (record if isinstance(record, Product) and not faults else None), faults


def concept_of(product: Product) -> Concept:
    """Return what the rest of the package takes from a product."""
    size, structure, date = product.geometry, product.structure, product.date
    return Concept(
        id=product.id,
        name=product.name,
        supplier=product.supplier,
        fictitious=product.fictief,
        access=tuple(product.access),
        system_kind=product.system.kind,
        system_material=product.system.material,
        max_storeys=product.system.max_storeys,
        width_m=size.width_m.value,
        length_m=size.length_m.value,
        height_m=size.height_m.value,
        width_options_m=tuple(sorted(size.width_options_m)),
        length_lo_m=size.length_lo_m.value,
        length_hi_m=size.length_hi_m.value,
        overhang_max_m=size.overhang_max_m.value,
        g_floor_kn_m2=quantity(structure.g_floor_kn_m2, date=date),
        g_wall_kn_m=quantity(structure.g_wall_kn_m, date=date),
        g_roof_kn_m2=quantity(structure.g_roof_kn_m2, date=date),
        g_transfer_kn_m2=quantity(structure.g_transfer_kn_m2, date=date),
        transfer_depth_m=structure.transfer_depth_m.value,
        transfer_span_max_m=structure.transfer_span_max_m.value,
        transfer_takes_moment=structure.transfer_takes_moment,
        g_gallery_kn_m2=UNSTATED if structure.g_gallery_kn_m2 is None else quantity(structure.g_gallery_kn_m2, date=date),
        connector_uplift_kn_m=_per_metre(product, "uplift"),
        connector_shear_kn_m=_per_metre(product, "shear"),
        transfer_span_to_depth_max=stated(structure.transfer_span_to_depth_max),
        frame_span_max_m=stated(structure.frame_span_max_m),
        column_distance_m=stated(structure.column_distance_m),
        column_clearance_m=stated(structure.column_clearance_m),
        columns=structure.columns or "none",
        outside_verdict=outside_verdict(product),
        support_system=structure.support_system,
        supports=structure.supports,
        support_offset_max_m=structure.support_offset_max_m.value,
        unit_types=tuple(_unit_type(row) for row in product.unit_types),
        cost_eur_m2=quantity(product.cost_time.cost_eur_m2, date=date),
        carbon_emitted_kg_m2=quantity(product.performance.carbon_emitted_kg_m2, date=date),
        carbon_stored_kg_m2=quantity(product.performance.carbon_stored_kg_m2, date=date),
    )


def _unit_type(row: UnitRow) -> UnitType:
    return UnitType(code=row.code, modules=row.modules, gbo_m2=row.gbo_m2, gfa_m2=row.gfa_m2, rooms=row.rooms, persons=row.persons)


def _per_metre(product: Product, what: Literal["uplift", "shear"]) -> float:
    """Return the anchorage per metre of support [kN/m]: as stated, else from the connectors; nan where any of it is unknown."""
    own = getattr(product.structure, f"connector_{what}_kn_m")
    if own is not None or not product.connectors:
        return dependable(own)
    return sum(dependable(getattr(row, f"{what}_kn")) / furthest(row.distance_m) for row in product.connectors)
