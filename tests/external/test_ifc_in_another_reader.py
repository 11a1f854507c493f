"""The IFC files of a variant in web-ifc, a reader that shares nothing with ours: modules, storeys and bodies are all there."""

import dataclasses
import json
import subprocess
from pathlib import Path

import ifcopenshell
import pytest
from programs import program

from optopscan.catalog.engineering import load_engineering
from optopscan.pipeline import scan
from optopscan.pipeline.generating import generate
from optopscan.report import ifc_overlay
from optopscan.report.record.build import build, with_variants
from optopscan.settings import Settings

pytestmark = pytest.mark.external

ROOT = Path(__file__).resolve().parents[2]
WEB_IFC = "web-ifc@0.0.78"
COUNT = """
import * as W from "web-ifc"; import fs from "fs";
const api = new W.IfcAPI(); await api.Init(); const out = {};
for (const file of process.argv.slice(2)) {
  const id = api.OpenModel(new Uint8Array(fs.readFileSync(file)));
  const n = (type) => api.GetLineIDsWithType(id, type).size();
  let bodies = 0, triangles = 0;
  api.StreamAllMeshes(id, (mesh) => {
    bodies++;
    for (let k = 0; k < mesh.geometries.size(); k++) {
      const shape = api.GetGeometry(id, mesh.geometries.get(k).geometryExpressID);
      triangles += shape.GetIndexDataSize() / 3;
    }
  });
  out[file] = { IfcElementAssembly: n(W.IFCELEMENTASSEMBLY), IfcBuildingStorey: n(W.IFCBUILDINGSTOREY), IfcSlab: n(W.IFCSLAB),
    IfcPropertySet: n(W.IFCPROPERTYSET), bodies, triangles, schema: api.GetModelSchema(id) };
}
console.log(JSON.stringify(out));
"""


@pytest.fixture(scope="module")
def reader(tmp_path_factory):
    """Return how to count with web-ifc, put into a folder of its own by npm."""
    node, npm = program("node"), program("npm")
    folder = tmp_path_factory.mktemp("web-ifc")
    (folder / "package.json").write_text('{"private": true}')
    (folder / "count.mjs").write_text(COUNT)
    done = subprocess.run([npm, "install", "--silent", WEB_IFC], cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode:
        subprocess.run([npm, "install", "--silent", "web-ifc"], cwd=folder, capture_output=True, text=True, check=True)

    def count(*paths):
        run = subprocess.run([node, "count.mjs", *map(str, paths)], cwd=folder, capture_output=True, text=True, timeout=300, check=True)
        return [json.loads(run.stdout.splitlines()[-1])[str(path)] for path in paths]

    return count


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    """Return the overlay and the merged model of one variant of an example."""
    folder, source = tmp_path_factory.mktemp("ifc"), ROOT / "examples" / "ifc" / "kantoor_1980.ifc"
    asked = Settings(samples=0, concepts=("fictief.clt-3d",), max_extra_storeys=1, access="none")
    result = scan([source], dataclasses.replace(asked, place=False))
    ground = dataclasses.replace(result.ground, settings=dataclasses.replace(result.ground.settings, place=True))
    generated = generate(ground, load_engineering())
    record, arrays = build(result)
    record = with_variants(record, generated.variants, ground.settings, generated.issues)
    [(_, overlay), *_] = ifc_overlay.render(record, arrays)
    variant = next(one for one in record["variants"] if one["drawing"] and one["drawing"]["top"])
    (folder / "overlay.ifc").write_bytes(overlay)
    (folder / "merged.ifc").write_bytes(ifc_overlay.write_merged(record, arrays, source, variant["id"]))
    return variant, source, folder / "overlay.ifc", folder / "merged.ifc"


def test_both_readers_count_the_same(reader, files):
    variant, source, overlay, merged = files
    found = reader(overlay, merged, source)
    for path, seen in zip((overlay, merged, source), found, strict=True):
        model = ifcopenshell.open(path)
        for name in ("IfcElementAssembly", "IfcBuildingStorey", "IfcSlab", "IfcPropertySet"):
            assert seen[name] == len(model.by_type(name, include_subtypes=False)), (path.name, name)
        assert seen["schema"] == model.schema_identifier
    new, whole, old = found
    assert new["IfcElementAssembly"] == whole["IfcElementAssembly"] == variant["modules"] + len(variant["walkways"])
    assert whole["bodies"] == old["bodies"] + new["bodies"]
    assert new["triangles"] >= 12 * variant["modules"]
