"""The words in files for other programs (GLB, DXF, BCF), Dutch and English side by side; a missing word is a KeyError."""

from __future__ import annotations

from optopscan.report.words import LANGUAGES, Language

_WORDS: dict[str, tuple[str, str]] = {
    # names of files
    "file_glb": ("gebouw.glb", "building.glb"),
    "file_storey": ("bouwlaag_{n}.dxf", "storey_{n}.dxf"),
    "file_roof": ("dakplan.dxf", "roof_plan.dxf"),
    # groups of the model in space
    "existing": ("bestaand", "existing"),
    "variant": ("variant {id}", "variant {id}"),
    "storey": ("bouwlaag {n}: {name}", "storey {n}: {name}"),
    "no_storey": ("zonder bouwlaag", "without storey"),
    "yes": ("dragend", "bearing"),
    "no": ("niet dragend", "not bearing"),
    "unknown": ("onbekend of het draagt", "not known whether it bears"),
    "new_storey": ("nieuwe laag {n}", "new storey {n}"),
    "modules": ("modules", "modules"),
    "walkways": ("galerijen, corridors en bordessen", "galleries, corridors and landings"),
    "transfer": ("verdeelconstructie", "transfer layer"),
    "columns": ("eigen kolommen, niet getoetst", "own columns, not checked"),
    # legend
    "band_low": ("voldoet, UC hooguit 0,8", "ok, UC at most 0.8"),
    "band_high": ("voldoet, UC hooguit 1,0", "ok, UC at most 1.0"),
    "band_over": ("voldoet niet, UC boven 1,0", "over, UC above 1.0"),
    "band_unknown": ("onbekend of het voldoet", "not known whether it is ok"),
    "band_none": ("niet getoetst: geen deel van de draagconstructie", "not checked: no part of the bearing structure"),
    "after_is": ("kleur: verticale toets van {scenario}", "colour: vertical check of {scenario}"),
    "after_none": ("kleur: geen toets met optopping", "colour: no check with extension"),
    # layers of drawings
    "lay_frame": ("KADER", "FRAME"),
    "lay_text": ("TEKST", "TEXT"),
    "lay_north": ("NOORDPIJL", "NORTH"),
    "lay_grid": ("STRAMIEN", "GRID"),
    "lay_grid_name": ("STRAMIEN_NAAM", "GRID_NAME"),
    "lay_dimension": ("MAATVOERING", "DIMENSIONS"),
    "lay_bearing": ("WAND_DRAGEND", "WALL_BEARING"),
    "lay_bearing_unknown": ("WAND_ONBEKEND", "WALL_UNKNOWN"),
    "lay_not_bearing": ("WAND_NIET_DRAGEND", "WALL_NOT_BEARING"),
    "lay_column": ("KOLOM_DRAGEND", "COLUMN_BEARING"),
    "lay_beam": ("LIGGER", "BEAM"),
    "lay_low": ("TOETS_VOLDOET_RUIM", "CHECK_OK_AMPLE"),
    "lay_high": ("TOETS_VOLDOET_KRAP", "CHECK_OK_TIGHT"),
    "lay_over": ("TOETS_VOLDOET_NIET", "CHECK_OVER"),
    "lay_unknown": ("TOETS_ONBEKEND", "CHECK_UNKNOWN"),
    "lay_rank": ("MAATGEVEND", "GOVERNING"),
    "lay_span": ("OVERSPANNING", "SPAN"),
    "lay_span_unknown": ("OVERSPANNING_ONBEKEND", "SPAN_UNKNOWN"),
    "lay_unsupported": ("VLOER_ZONDER_STEUN", "FLOOR_UNSUPPORTED"),
    "lay_roof": ("DAKRAND", "ROOF_EDGE"),
    "lay_roof_other": ("DAK_OVERIG", "ROOF_OTHER"),
    "lay_head": ("DRAAGLIJN", "BEARING_LINE"),
    "lay_head_unknown": ("DRAAGLIJN_ONBEKEND", "BEARING_LINE_UNKNOWN"),
    "lay_obstacle": ("BELETSEL", "OBSTACLE"),
    "lay_module": ("MODULES", "MODULES"),
    "lay_walkway": ("GALERIJ", "WALKWAY"),
    "lay_usable": ("BRUIKBAAR_DAK", "USABLE_ROOF"),
    "lay_stair": ("TRAP", "STAIR"),
    "lay_own_column": ("EIGEN_KOLOM", "OWN_COLUMN"),
    # texts of drawings
    "plan_storey": ("Bouwlaag {n}: draagconstructie", "Storey {n}: bearing structure"),
    "plan_roof": ("Dakplan", "Roof plan"),
    "scale": ("schaal 1:{n} op A3, maten in mm", "scale 1:{n} on A3, dimensions in mm"),
    "axes": (
        "lokaal assenstelsel; nulpunt in het IFC-model: x {x}, y {y}, z {z} m, gedraaid {deg} graden",
        "local axes; origin in the IFC model: x {x}, y {y}, z {z} m, turned {deg} degrees",
    ),
    "no_north": ("noord niet bekend", "north not known"),
    "z_range": ("z = {z0} tot {z1} m", "z = {z0} to {z1} m"),
    "beam": ("ligger of latei erboven", "beam or lintel above"),
    "span": ("overspanningsrichting van de vloer erboven", "span direction of the floor above"),
    "span_unknown": ("richting onbekend of twee richtingen", "direction unknown or two-way"),
    "unsupported": ("vloer zonder steun", "floor without support"),
    "roof": ("plat dak", "flat roof"),
    "roof_other": ("dakvloer", "roof slab"),
    "head": ("dragende lijn onder het dak", "bearing line under the roof"),
    "head_unknown": ("lijn waarvan onbekend is of die draagt", "line not known whether it bears"),
    "obstacle": ("beletsel", "obstacle"),
    "usable": ("bruikbaar dak na terugligging", "usable roof after setbacks"),
    "stairs": ("trap, streeplijn: nieuw", "stair, dashed: new"),
    "variant_short": ("V{n}", "V{n}"),
    "layers_off": (
        "per variant (V) en nieuwe laag (L) eigen tekenlagen; alleen V1, L1 staat aan",
        "layers of their own per variant (V) and new storey (L); only V1, L1 is on",
    ),
    "mass_unknown": ("onbekend", "unknown"),
}


def say(key: str, language: Language, **values: object) -> str:
    """Return a word or sentence with its values filled in."""
    return _WORDS[key][LANGUAGES.index(language)].format(**values)
