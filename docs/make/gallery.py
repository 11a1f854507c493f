"""Draw the pictures of the gallery from the examples: ``python -m docs.make.gallery`` (half a minute)."""

from __future__ import annotations

import io
import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image

from docs.make import DOCS, ROOT

EXAMPLES = ROOT / "examples" / "ifc"
FLAT, OFFICE = str(EXAMPLES / "galerijflat_1972.ifc"), str(EXAMPLES / "kantoor_1980.ifc")
PRODUCT = ["--concept", "fictief.hsb-3d", "--samples", "0"]
PLACED = ["--max-extra-storeys", "1", "--access", "corridor", "--goal", "dwellings"]
# picture -> (command, name of what it draws)
PICTURES = {
    "inspect": (["inspect", FLAT], "inspect_bouwlaag_3.png"),
    "storey": (["scan", FLAT, *PRODUCT, "--no-place", "--lang", "en"], "plan_storey_2.png"),
    "variant": (["place", OFFICE, *PRODUCT, *PLACED, "--lang", "en"], "*_laag1.png"),
    "section": (["place", OFFICE, *PRODUCT, *PLACED, "--lang", "en"], "*_doorsnede.png"),
    "product": (["catalog", "show", "fictief.hsb-3d"], "product.png"),
}
WIDTH_PX, COLOURS = 1400, 64


def small(data: bytes) -> bytes:
    """Return a picture not wider than a page and with few colours, so that the repository stays small."""
    with Image.open(io.BytesIO(data)) as picture:
        ratio = min(1.0, WIDTH_PX / picture.width)
        size = (round(picture.width * ratio), round(picture.height * ratio))
        made = picture.convert("RGB").resize(size, Image.Resampling.LANCZOS).quantize(COLOURS, dither=Image.Dither.NONE)
    out = io.BytesIO()
    made.save(out, "PNG", optimize=True)
    return out.getvalue()


def main() -> None:
    """Run each command once and keep what it drew."""
    with tempfile.TemporaryDirectory() as name:
        done: dict[str, Path] = {}
        for picture, (command, drawn) in PICTURES.items():
            key = " ".join(command)
            if key not in done:
                done[key] = Path(name) / picture
                out = done[key] / "product.png" if command[0] == "catalog" else done[key]
                done[key].mkdir()
                subprocess.run(
                    [sys.executable, "-m", "optopscan", *command, "-o", str(out)], check=True, stdout=subprocess.DEVNULL, cwd=ROOT
                )
            (found,) = sorted(done[key].glob(drawn))
            (DOCS / "pictures" / f"{picture}.png").write_bytes(small(found.read_bytes()))


if __name__ == "__main__":
    main()
