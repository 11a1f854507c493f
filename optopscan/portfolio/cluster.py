"""Buildings on a Dask cluster that is there already (extra ``cluster``): its scheduler hands them out, its workers may be lost."""

from __future__ import annotations

import importlib
from collections.abc import Iterable
from typing import Any

from optopscan.errors import MissingExtra, UsageError
from optopscan.portfolio.local import Done, Work, run_alone
from optopscan.portfolio.row import CRASHED, failed

CONNECT_S = 20


def run_on_cluster(tasks: Iterable[Any], work: Work, done: Done, address: str) -> None:
    """Call ``work`` on every task on the cluster at ``address`` and ``done`` with each row as it comes.

    The models must be readable by the workers under the same paths.

    Raises
    ------
    MissingExtra
        If Dask is not installed.
    UsageError
        If no scheduler answers at the address.
    """
    try:
        distributed: Any = importlib.import_module("distributed")
    except ImportError as error:
        raise MissingExtra('--scheduler needs Dask: pip install "optopscan[cluster]"') from error
    try:
        client = distributed.Client(address, timeout=CONNECT_S)
    except (OSError, ValueError, TimeoutError) as error:
        raise UsageError(f"--scheduler {address}: no scheduler answers ({_line(error)}); check the address") from error
    with client:
        # each in a process of its own, so that a crash takes no worker along; a worker lost all the same is the scheduler's to mend
        futures = {client.submit(run_alone, work, task, pure=False): task for task in tasks}
        for future in distributed.as_completed(list(futures)):
            task = futures.pop(future)
            done(task, _result(future))
            future.release()


def _result(future: Any) -> Any:
    error = future.exception()
    if error is not None:
        return failed(CRASHED, f"lost on the cluster: {_line(error)}")
    return future.result()


def _line(error: BaseException) -> str:
    return f"{type(error).__name__} {' '.join(str(error).split())[:160]}".strip()
