"""Programs that pip does not install: a test that needs one skips without it, and fails where OPTOPSCAN_EXTERNAL=1 promises it."""

from __future__ import annotations

import os
import shutil

import pytest


def program(*names: str) -> str:
    """Return the path of the first program found; skip, or fail where it was promised."""
    for name in names:
        found = shutil.which(name)
        if found:
            return found
    told = f"none of {', '.join(names)} is installed"
    if os.environ.get("OPTOPSCAN_EXTERNAL") == "1":
        pytest.fail(told)
    pytest.skip(told)
