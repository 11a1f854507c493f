"""How checks call clause functions: plain, or through something that notes every call."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol, TypeVar

F = TypeVar("F", bound=Callable[..., Any])


class Clauses(Protocol):
    """Gives back the clause function that a check asks for, to be called at once.

    A check writes ``clause(en1996.end_factor)(e_mm=e, thickness_mm=t)``, so that one run can be
    noted step by step (`optopscan.checks.trace`) with the same functions and no second calculation.
    """

    def __call__(self, function: F, section: str = "", /) -> F:
        """Return ``function`` or a stand-in with the same signature; ``section`` says for which section of the part."""


def plain(function: F, _section: str = "", /) -> F:
    """Return the function itself."""
    return function
