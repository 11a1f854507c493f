"""optopscan: quickscan of light timber storeys on existing buildings."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from optopscan.model.result import ScanResult
    from optopscan.pipeline import scan
    from optopscan.settings import Settings

__version__ = "0.1.0"
__all__ = ["ScanResult", "Settings", "__version__", "scan"]


def __getattr__(name: str) -> object:
    # Lazy, because the command line imports this package before it knows whether it needs numpy.
    home = {"ScanResult": "optopscan.model.result", "Settings": "optopscan.settings", "scan": "optopscan.pipeline"}.get(name)
    if home is None:
        raise AttributeError(f"module 'optopscan' has no attribute {name!r}")
    import importlib

    found: object = getattr(importlib.import_module(home), name)
    return found
