"""Copy the pages to the folder that the site is built from, with the generated parts in them."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

from docs.make import DOCS
from docs.make.generated import PARTS

MARKER = re.compile(r"^<!-- generated: ([\w-]+)((?: [\w.]+)*) -->$", flags=re.MULTILINE)


def pages() -> Iterator[Path]:
    """Yield the pages, in the order of their names."""
    yield from sorted(DOCS.rglob("*.md"))


def filled(text: str) -> str:
    """Return a page with every marker replaced by its part.

    Raises
    ------
    KeyError
        If a marker names no part.
    """
    return MARKER.sub(lambda match: PARTS[match[1]](*match[2].split()).rstrip("\n"), text)


def stage(folder: Path) -> Path:
    """Write the filled pages and pictures into ``folder``/pages, emptied first, and the configuration beside it; return that."""
    target = folder / "pages"
    shutil.rmtree(target, ignore_errors=True)
    for page in pages():
        made = target / page.relative_to(DOCS)
        made.parent.mkdir(parents=True, exist_ok=True)
        made.write_text(filled(page.read_text(encoding="utf-8")), encoding="utf-8")
    (target / "pictures").mkdir()
    for picture in sorted((DOCS / "pictures").glob("*.png")):
        shutil.copyfile(picture, target / "pictures" / picture.name)
    shutil.copyfile(DOCS / "style.css", target / "style.css")
    config = folder / "zensical.toml"
    shutil.copyfile(DOCS / "zensical.toml", config)
    return config
