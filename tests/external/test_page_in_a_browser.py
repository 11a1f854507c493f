"""The page in headless Chromium: no message on the console, the building drawn, a click finds the part."""

import json
import re
import subprocess

import pytest
from programs import program

from optopscan.report.page.render import render

pytestmark = pytest.mark.external

# Run after the viewer: picks the middle of the first wall that the viewer shows, and leaves what it found in the document.
PROBE = """
<script>
const view = document.getElementById("viewer");
const watch = new MutationObserver(done);
watch.observe(view, { attributes: true });
function done() {
  if (!view.dataset.ready || view.dataset.probed) return;
  view.dataset.probed = "yes";
  const out = { ready: view.dataset.ready, why: view.dataset.why || "" };
  if (view.dataset.ready === "yes") {
    const canvas = view.querySelector("canvas");
    const box = canvas.getBoundingClientRect();
    const found = [];
    for (let i = 1; i < 12 && found.length < 3; i++) {
      for (let j = 1; j < 12; j++) {
        view.optopscan.pick(box.left + (box.width * i) / 12, box.top + (box.height * j) / 12);
        const title = document.querySelector("#viewer-info h4");
        if (title && view.optopscan.state.picked >= 0) {
          found.push([view.optopscan.state.picked, title.textContent, document.querySelector("#viewer-info dl").textContent]);
          break;
        }
      }
    }
    out.found = found;
    const pixels = new Set();
    const copy = document.createElement("canvas");
    copy.width = canvas.width; copy.height = canvas.height;
    const pen = copy.getContext("2d");
    pen.drawImage(canvas, 0, 0);
    const data = pen.getImageData(0, 0, copy.width, copy.height).data;
    for (let k = 0; k < data.length; k += 4 * 97) pixels.add(data[k] + "," + data[k + 1] + "," + data[k + 2]);
    out.colours = pixels.size;
    const row = document.querySelector("tr[data-element]");
    row.click();
    out.clicked = [row.dataset.element, (document.querySelector("#viewer-info dd") || {}).textContent];
  }
  document.documentElement.dataset.probe = JSON.stringify(out);
}
done();
</script>
"""


@pytest.fixture(scope="module")
def seen(example, tmp_path_factory):
    """Return what the probe found, and the console's messages."""
    browser = program("chromium", "chromium-browser", "google-chrome")
    folder = tmp_path_factory.mktemp("page")
    [(_, content)] = render(*example)
    text = content.decode()
    # the policy would rightly refuse the probe
    text = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", text).replace("</body>", PROBE + "</body>")
    (folder / "page.html").write_text(text, encoding="utf-8")
    (folder / "plain.html").write_bytes(content)
    return {name: browse(browser, folder / f"{name}.html", folder) for name in ("page", "plain")}


def browse(browser, path, folder):
    flags = ("--headless=new", "--no-sandbox", "--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader")
    call = [browser, *flags, f"--user-data-dir={folder / path.stem}", "--virtual-time-budget=20000", "--enable-logging=stderr"]
    run = subprocess.run([*call, "--dump-dom", f"file://{path}"], capture_output=True, text=True, timeout=180, check=True)
    return run.stdout, [line for line in run.stderr.splitlines() if "CONSOLE" in line]


def probe(seen):
    found = re.search(r'data-probe="([^"]*)"', seen["page"][0])
    assert found, "the viewer never got ready"
    return json.loads(found[1].replace("&quot;", '"').replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">"))


def test_nothing_is_said_on_the_console(seen):
    assert seen["plain"][1] == []
    assert seen["page"][1] == []


def test_the_building_is_drawn_under_the_policy_of_the_page(seen):
    assert re.search(r'id="viewer"[^>]* data-ready="yes"', seen["plain"][0])
    assert "<canvas" in seen["plain"][0]


def test_a_click_finds_a_part_and_tells_its_facts(seen, example):
    found = probe(seen)
    assert found["ready"] == "yes", found["why"]
    assert found["colours"] > 5
    assert len(found["found"]) == 3
    for row, title, facts in found["found"]:
        element = example[0]["elements"][row]
        assert title == (element["name"] or element["ifc_class"])
        assert element["id"] in facts


def test_a_row_of_a_table_finds_its_part(seen):
    row, told = probe(seen)["clicked"]
    assert row == told
