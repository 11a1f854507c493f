"""What the quickscan asks of a model, as data, and the IDS files made from it.

Two files are published in the folder ids: *required* (what the scan would otherwise
guess) and *recommended* (what narrows the answer). `document` makes them; a test keeps the
published files equal to what it makes. IDS 1.0 does not imply subtypes and validates a
class per schema, so each requirement on walls, slabs and so on is written once per
schema under one id.

Paragraphs are those of the BIM Basis ILS 2.0 (digiGO, 2020): 3.1 bestandsnaam, 3.2
lokale positie, 3.3 bouwlagen, 3.4 entiteiten, 3.5 structuur en naamgeving, 3.6
classificatie, 3.7 propertysets, 3.8 doublures, 4.3 dragend, 4.4 uitwendig, 4.7 materiaal.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any, Literal

from optopscan.errors import UsageError

Published = Literal["required", "recommended"]
PUBLISHED: tuple[Published, ...] = ("required", "recommended")
PARAGRAPHS = {
    "3.1": "Bestandsnaam",
    "3.2": "Lokale positie",
    "3.3": "Bouwlaagindeling en naamgeving",
    "3.4": "Gebruik van entiteiten",
    "3.5": "Structuur en naamgeving",
    "3.6": "Classificatie",
    "3.7": "Propertysets",
    "3.8": "Doublures en doorsnijdingen",
    "4.3": "Dragend / niet-dragend",
    "4.4": "Inwendig / uitwendig",
    "4.7": "Materiaal",
    "": "Buiten de BIM Basis ILS",
}
SCHEMAS = ("IFC2X3", "IFC4", "IFC4X3_ADD2")
_DATE = "2026-11-23"
_FOLDER = Path(__file__).parent / "ids"

# class -> its "standard case" subtypes per schema; IFC4X3 dropped them
_SUBTYPES = {
    ("IFCWALL", "IFC2X3"): ("IFCWALLSTANDARDCASE",),
    ("IFCWALL", "IFC4"): ("IFCWALLSTANDARDCASE", "IFCWALLELEMENTEDCASE"),
    ("IFCSLAB", "IFC4"): ("IFCSLABSTANDARDCASE", "IFCSLABELEMENTEDCASE"),
    ("IFCCOLUMN", "IFC4"): ("IFCCOLUMNSTANDARDCASE",),
    ("IFCBEAM", "IFC4"): ("IFCBEAMSTANDARDCASE",),
}
_CLASSES = {"IFCWALL": "Wand", "IFCSLAB": "Vloer", "IFCCOLUMN": "Kolom", "IFCBEAM": "Balk"}
_YEAR = r".*(1[5-9]|20)[0-9]{2}.*"

Facets = Callable[[ModuleType, tuple[str, ...]], tuple[list[Any], list[Any]]]


@dataclass(frozen=True, kw_only=True)
class Requirement:
    """One thing asked of a model.

    ``classes`` are the IFC classes it is about; ``facets`` returns the applicability and
    requirement facets for given entity names; ``must_exist``: at least one must be there.
    """

    id: str
    part: Published
    paragraph: str
    title: str
    remedy: str
    entity: str
    facets: Facets
    must_exist: bool = False
    schemas: tuple[str, ...] = SCHEMAS


def _entity(ids: ModuleType, names: tuple[str, ...]) -> Any:
    if len(names) == 1:
        return ids.Entity(name=names[0])
    return ids.Entity(name=ids.Restriction(options={"enumeration": list(names)}))


def _attributes(*required: str) -> Facets:
    return lambda ids, names: ([_entity(ids, names)], [ids.Attribute(name=name) for name in required])


def _property(pset: str, name: str, data_type: str | None = None, pattern: str | None = None) -> Facets:
    def make(ids: ModuleType, names: tuple[str, ...]) -> tuple[list[Any], list[Any]]:
        value = ids.Restriction(options={"pattern": pattern}) if pattern else None
        return [_entity(ids, names)], [ids.Property(propertySet=pset, baseName=name, dataType=data_type, value=value)]

    return make


def _of_bearing(pset: str, required: Callable[[ModuleType], Any]) -> Facets:
    def make(ids: ModuleType, names: tuple[str, ...]) -> tuple[list[Any], list[Any]]:
        bearing = ids.Property(propertySet=pset, baseName="LoadBearing", dataType="IFCBOOLEAN", value="true")
        return [_entity(ids, names), bearing], [required(ids)]

    return make


def _in_storey(ids: ModuleType) -> Any:
    return ids.PartOf(name="IFCBUILDINGSTOREY", relation="IFCRELCONTAINEDINSPATIALSTRUCTURE")


def _material(ids: ModuleType) -> Any:
    return ids.Material()


def _classified(ids: ModuleType, names: tuple[str, ...]) -> tuple[list[Any], list[Any]]:
    code = ids.Restriction(options={"pattern": r"\(?[0-9]{2}.*"})
    return [_entity(ids, names)], [ids.Classification(value=code, system=ids.Restriction(options={"pattern": ".*[Ss][Ff][Bb].*"}))]


def _exists(ids: ModuleType, names: tuple[str, ...]) -> tuple[list[Any], list[Any]]:
    return [_entity(ids, names)], [ids.Attribute(name="GlobalId")]


def _per_class(
    number: str, part: Published, paragraph: str, title: str, remedy: str, make: Callable[[str], Facets], classes: Iterable[str] = _CLASSES
) -> list[Requirement]:
    return [
        Requirement(
            id=f"{number}{chr(ord('a') + i)}",
            part=part,
            paragraph=paragraph,
            title=title.format(_CLASSES[entity]),
            remedy=remedy,
            entity=entity,
            facets=make(entity),
        )
        for i, entity in enumerate(classes)
    ]


_PSETS = {"IFCWALL": "Pset_WallCommon", "IFCSLAB": "Pset_SlabCommon", "IFCCOLUMN": "Pset_ColumnCommon", "IFCBEAM": "Pset_BeamCommon"}


REQUIREMENTS: tuple[Requirement, ...] = (
    Requirement(
        id="R01",
        part="required",
        paragraph="3.5",
        title="Het model heeft een gebouw (IfcBuilding)",
        remedy="Exporteer met de ruimtelijke structuur: project, terrein, gebouw, bouwlagen.",
        entity="IFCBUILDING",
        facets=_exists,
        must_exist=True,
    ),
    Requirement(
        id="R02",
        part="required",
        paragraph="3.7",
        title="Het bouwjaar is gegeven (Pset_BuildingCommon.YearOfConstruction)",
        remedy="Vul het bouwjaar in, of geef het aan de scan met --build-year: sterkte en regels hangen ervan af.",
        entity="IFCBUILDING",
        facets=_property("Pset_BuildingCommon", "YearOfConstruction", pattern=_YEAR),
    ),
    Requirement(
        id="R03",
        part="required",
        paragraph="3.3",
        title="Elke bouwlaag heeft een naam en een peil",
        remedy="Geef elke IfcBuildingStorey Name en Elevation, bijvoorbeeld '01 eerste verdieping' op 2900 mm.",
        entity="IFCBUILDINGSTOREY",
        facets=_attributes("Name", "Elevation"),
        must_exist=True,
    ),
    *_per_class(
        "R10",
        "required",
        "4.3",
        "{}: dragend of niet-dragend is ingevuld (LoadBearing)",
        "Vul LoadBearing in: zonder die waarde beslist de scan op vorm, materiaal en plaats.",
        lambda entity: _property(_PSETS[entity], "LoadBearing", "IFCBOOLEAN"),
    ),
    *_per_class(
        "R11",
        "required",
        "4.7",
        "{}, dragend: heeft een materiaal",
        "Geef dragende elementen een materiaal met naam: gewicht en sterkte komen daaruit.",
        lambda entity: _of_bearing(_PSETS[entity], _material),
    ),
    *_per_class(
        "R12",
        "required",
        "3.3",
        "{}, dragend: staat in een bouwlaag",
        "Ken elk element toe aan de bouwlaag waarop het staat.",
        lambda entity: _of_bearing(_PSETS[entity], _in_storey),
    ),
    Requirement(
        id="A01",
        part="recommended",
        paragraph="3.4",
        title="De fundering is gemodelleerd: stroken, poeren of balken (IfcFooting)",
        remedy="Lever het funderingsmodel mee, of beschrijf de fundering in een correctiebestand.",
        entity="IFCFOOTING",
        facets=_exists,
        must_exist=True,
    ),
    Requirement(
        id="A02",
        part="recommended",
        paragraph="3.7",
        title="Het aantal bouwlagen is gegeven (NumberOfStoreys)",
        remedy="Vul Pset_BuildingCommon.NumberOfStoreys in.",
        entity="IFCBUILDING",
        facets=_property("Pset_BuildingCommon", "NumberOfStoreys"),
    ),
    Requirement(
        id="A03",
        part="recommended",
        paragraph="3.4",
        title="Geen onbepaalde elementen (IfcBuildingElementProxy)",
        remedy="Gebruik wand, vloer, kolom of balk; een proxy wordt op zijn vorm ingedeeld.",
        entity="IFCBUILDINGELEMENTPROXY",
        facets=_exists,
    ),
    *_per_class(
        "A10",
        "recommended",
        "4.4",
        "{}: binnen of buiten is ingevuld (IsExternal)",
        "Vul IsExternal in: het scheidt gevels van woningscheidende wanden.",
        lambda entity: _property(_PSETS[entity], "IsExternal", "IFCBOOLEAN"),
        ("IFCWALL", "IFCSLAB"),
    ),
    *_per_class(
        "A20",
        "recommended",
        "3.6",
        "{}: heeft een NL-SfB-code",
        "Classificeer met NL-SfB, vier cijfers: 21.2 is een dragende buitenwand, 22.1 een niet-dragende binnenwand.",
        lambda _: _classified,
    ),
    *_per_class(
        "A30",
        "recommended",
        "4.7",
        "{}: heeft een materiaal",
        "Geef elk element een materiaal: ook wat niet draagt weegt.",
        lambda _: lambda ids, names: ([_entity(ids, names)], [ids.Material()]),
    ),
    Requirement(
        id="A40",
        part="recommended",
        paragraph="4.7",
        title="Vloer: de betonsterkteklasse is gegeven (Pset_ConcreteElementGeneral.StrengthClass)",
        remedy="Vul de sterkteklasse in, of noem haar in de naam van het materiaal: 'beton C20/25'.",
        entity="IFCSLAB",
        facets=_property("Pset_ConcreteElementGeneral", "StrengthClass"),
        schemas=("IFC4", "IFC4X3_ADD2"),
    ),
)
PROHIBITED = frozenset({"A03"})


def library() -> ModuleType:
    """Return ifctester's module of IDS facets.

    Raises
    ------
    UsageError
        If the extra is not installed.
    """
    try:
        from ifctester import ids
    except ImportError as error:
        raise UsageError("check-model needs ifctester, which is not installed; run pip install 'optopscan[ids]'") from error
    return ids  # type: ignore[no-any-return]


def published(part: Published) -> Path:
    """Return the path of a published IDS file."""
    return _FOLDER / f"optopscan-{part}.ids"


def document(part: Published) -> str:
    """Return the text of an IDS file, made from `REQUIREMENTS`."""
    ids = library()
    titles = {"required": "optopscan: nodig voor een quickscan", "recommended": "optopscan: maakt de quickscan scherper"}
    made = ids.Ids(
        title=titles[part],
        version="1",
        date=_DATE,
        purpose="Quickscan optoppen op een bestaand gebouw, geen constructieve toetsing",
        description="Wat de quickscan van een model vraagt, per paragraaf van de BIM Basis ILS.",
    )
    for requirement in REQUIREMENTS:
        if requirement.part == part:
            made.specifications += [_specification(ids, requirement, names, schemas) for names, schemas in _per_schema(requirement)]
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{made.to_string().strip()}\n'


def _per_schema(requirement: Requirement) -> list[tuple[tuple[str, ...], list[str]]]:
    """Return the entity names with the schemas in which they hold."""
    found: dict[tuple[str, ...], list[str]] = {}
    for schema in requirement.schemas:
        names = (requirement.entity, *_SUBTYPES.get((requirement.entity, schema), ()))
        found.setdefault(names, []).append(schema)
    return sorted(found.items(), key=lambda item: item[1])


def _specification(ids: ModuleType, requirement: Requirement, names: tuple[str, ...], schemas: list[str]) -> Any:
    prohibited = requirement.id in PROHIBITED
    made = ids.Specification(
        name=f"{requirement.id} {requirement.title}",
        minOccurs=1 if requirement.must_exist else 0,
        maxOccurs=0 if prohibited else "unbounded",
        ifcVersion=schemas,
        identifier=requirement.id,
        description=f"BIM Basis ILS {requirement.paragraph} {PARAGRAPHS[requirement.paragraph]}",
        instructions=requirement.remedy,
    )
    applicability, required = requirement.facets(ids, names)
    made.applicability = applicability
    made.requirements = [] if prohibited else required
    return made
