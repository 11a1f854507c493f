"""What the pages of a site load from elsewhere; a link that a reader may follow is no load."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

# Attributes by which a page fetches something by itself. `href` does so on <link> only.
LOADING = {"src", "srcset", "poster", "data", "background"}
NOT_FETCHED = {"canonical", "prev", "next", "alternate"}
ELSEWHERE = re.compile(r"^\s*(?:[a-z][a-z0-9+.-]*:)?//", flags=re.IGNORECASE)
CSS_LOAD = re.compile(r"""(?:url\(|@import)\s*["']?\s*((?:https?:)?//[^"')\s]+)""", flags=re.IGNORECASE)
# The script of the theme fetches a library for these when a page has one; names of classes and components.
FETCHES_FOR = {"mermaid", "glightbox", "pyodide", "source"}


class _Loads(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        loads = [value for name, value in given.items() if name in LOADING]
        if tag == "link" and not set(given.get("rel", "").split()) & NOT_FETCHED:
            loads.append(given.get("href", ""))
        self.found += [value for value in loads if ELSEWHERE.match(value)]
        self.found += CSS_LOAD.findall(given.get("style", ""))
        awake = FETCHES_FOR & {*given.get("class", "").split(), given.get("data-md-component", "")}
        self.found += [f"script of the theme for {name}" for name in sorted(awake)]


def loaded_from_elsewhere(site: Path) -> list[str]:
    """Return ``page: address`` for everything that a page or style sheet fetches from another host."""
    found: list[str] = []
    for path in sorted(site.rglob("*")):
        name = path.relative_to(site).as_posix()
        if path.suffix == ".html":
            parser = _Loads()
            text = path.read_text(encoding="utf-8")
            parser.feed(text)
            styles = re.findall(r"<style[^>]*>(.*?)</style>", text, flags=re.DOTALL)
            found += [f"{name}: {address}" for address in [*parser.found, *CSS_LOAD.findall("\n".join(styles))]]
        elif path.suffix == ".css":
            found += [f"{name}: {address}" for address in CSS_LOAD.findall(path.read_text(encoding="utf-8"))]
    return found
