"""Write the example buildings: typical Dutch types, no real addresses.

Usage: ``python examples/make_examples.py [FOLDER]`` (default: ``ifc`` beside this file).
The same bytes come out every time. What each example shows is in ``ifc/README.md``;
what it must weigh and carry is worked out by hand in ``tests/examples/expectations.py``.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import galerijflat_1972
import kantoor_1980
import portiekflat_1958

from optopscan.ifc.author import Author

EXAMPLES: dict[str, Callable[[], Author]] = {
    "galerijflat_1972.ifc": galerijflat_1972.build,
    "kantoor_1980.ifc": kantoor_1980.build,
    "portiekflat_1958.ifc": portiekflat_1958.build,
}


def main(folder: Path) -> None:
    """Write every example into ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, build in EXAMPLES.items():
        build().write(folder / name)
        print(folder / name)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent / "ifc")
