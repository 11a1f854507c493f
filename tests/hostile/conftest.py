"""The sound inputs come from the factories of the layers that read them."""

import sys
from pathlib import Path

for _folder in ("ifc", "portfolio"):
    sys.path.append(str(Path(__file__).resolve().parents[1] / _folder))
