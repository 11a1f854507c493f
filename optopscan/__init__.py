"""optopscan: quickscan of light timber storeys on existing buildings."""

__version__ = "0.1.0"
