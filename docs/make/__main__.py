"""Build the site: ``python -m docs.make [--out build]`` leaves it in ``build/site``, and refuses one that needs a network."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path

import click

from docs.make import ROOT, offline, stage


@click.command()
@click.option("--out", type=click.Path(path_type=Path), default=ROOT / "build", help="Folder of the site.  [default: build]")
def build(out: Path) -> None:
    """Fill in the pages, build the site in strict mode, and look that no page loads anything from elsewhere."""
    if importlib.util.find_spec("zensical") is None:
        raise click.ClickException("the site is built with Zensical: pip install -c constraints.txt -e '.[docs]'")
    config = stage.stage(out)
    command = [sys.executable, "-m", "zensical", "build", "--strict", "--clean", "-f", str(config)]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        raise click.ClickException(f"Zensical: {done.stderr}{done.stdout}".strip())
    site = out / "site"
    loaded = offline.loaded_from_elsewhere(site)
    if loaded:
        raise click.ClickException("pages load what is not in the site:\n" + "\n".join(loaded))
    click.echo(site / "index.html")


if __name__ == "__main__":
    build()
