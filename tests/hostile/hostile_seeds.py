"""The sound inputs that cases are mutations of, written into one folder."""

import io
import json
import shutil
import zipfile
from pathlib import Path

from city_files import feature, write_document, write_sequence
from hostile_block import block
from ifc_factory import house

from optopscan.catalog.data import data_root

SCAN = ("--samples", "0", "--max-extra-storeys", "1", "--concept", "fictief.hsb-2d")
SURROUNDINGS = """\
north_deg = 12.0
source = "kadaster"
[plot]
polygon = [[-5, -8], [70, -8], [70, 25], [-5, 25]]
[[neighbour]]
name = "flat aan de overkant"
polygon = [[0, 40], [60, 40], [60, 52], [0, 52]]
height_m = 11.5
"""
OVERRIDES = """\
[building]
build_year = 1968
floor_finish_kn_m2 = 0.8
source = "tekening 12"
[[override]]
match = { class = "IfcSlab" }
set = { density_kg_m3 = 2400, span = "x" }
source = "boring"
[[override]]
match = { thickness_m = 0.1 }
set = { bearing = "no" }
[[foundation]]
set = { kind = "strip", width_m = 0.8, depth_m = 1.0, soil = "sand", friction_angle_deg = 32.5 }
source = "sondering"
"""
CONFIG = """\
level = "verbouw"
floor_finish_kn_m2 = 0.8
setback_m = 1.5
max_extra_storeys = 1
samples = 0
concepts = ["fictief.hsb-2d"]
place = false
"""
AREAS = {
    "type": "FeatureCollection",
    "features": [
        {
            "type": "Feature",
            "properties": {"naam": "noord"},
            "geometry": {
                "type": "Polygon",
                "coordinates": [[[84000, 445000], [86000, 445000], [86000, 447000], [84000, 447000], [84000, 445000]]],
            },
        }
    ],
}


def write_seeds(folder, run):
    """Write every sound input; ``run`` runs one command of the program in this process.

    Returns
    -------
    Path
        The folder.
    """
    folder.mkdir(parents=True, exist_ok=True)
    house(folder / "house.ifc")
    house(folder / "house2x3.ifc", schema="IFC2X3", unit="foot")
    (folder / "block.ifc").write_bytes(block())
    with zipfile.ZipFile(folder / "house.ifczip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(folder / "house.ifc", "house.ifc")
    _texts(folder)
    _city(folder)
    run("scan", str(folder / "house.ifc"), "-o", str(folder / "earlier"), "--no-place", *SCAN)
    run("scan", str(folder / "block.ifc"), "-o", str(folder / "scan"), "--no-place", *SCAN)
    run("place", str(folder / "scan" / "record.json"), "-o", str(folder / "placed"), "--access", "gallery", "--goal", "area")
    record = folder / "placed" / "record.json"
    run("feasibility", str(record), "--write-assumptions", str(folder / "assumptions.toml"))
    return folder


def _texts(folder):
    root = data_root()
    for name in ("concepts/hsb-2d-paneel.toml", "concepts/tafel-staal.toml"):
        (folder / Path(name).name).write_bytes((root / name).read_bytes())
    (folder / "filters.toml").write_bytes((root / "engineering" / "screening_filters.toml").read_bytes())
    families = Path(__file__).resolve().parents[2] / "examples" / "families"
    shutil.copy(families / "tunnel-1975.toml", folder / "family.toml")
    (folder / "surroundings.toml").write_text(SURROUNDINGS, encoding="utf-8")
    (folder / "overrides.toml").write_text(OVERRIDES, encoding="utf-8")
    (folder / "optopscan.toml").write_text(CONFIG, encoding="utf-8")
    (folder / "list.csv").write_text("files,name,wijk\nhouse.ifc,huis,=1+1\nnone.ifc,weg,\n", encoding="utf-8")
    (folder / "join.csv").write_text("identificatie;monument\nNL.IMBAG.Pand.1;ja\nNL.IMBAG.Pand.2;nee\n", encoding="utf-8")
    (folder / "areas.geojson").write_text(json.dumps(AREAS), encoding="utf-8")
    (folder / "areas.csv").write_text("identificatie;gebied\nNL.IMBAG.Pand.1;noord\nNL.IMBAG.Pand.2;zuid\n", encoding="utf-8")
    ids = Path(__file__).resolve().parents[2] / "optopscan" / "ifc" / "ids" / "optopscan-required.ids"
    shutil.copy(ids, folder / "own.ids")


def _city(folder):
    buildings = [
        feature(f"NL.IMBAG.Pand.{k}", at=(30.0 * k, 0.0), year=1950 + 5 * k, height=(6.0, 9.0, 12.0)[k % 3], tilt=(0.0, 3.0)[k % 2])
        for k in range(12)
    ]
    write_sequence(folder / "city.city.jsonl", buildings)
    write_document(folder / "city.city.json", buildings)


def zip_of(members):
    """Return a zip file as bytes."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return held.getvalue()
