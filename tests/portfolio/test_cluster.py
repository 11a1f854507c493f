"""Buildings on a Dask cluster: the same rows, and a crash loses only its own building."""

import os
import signal

import pytest

from optopscan.errors import UsageError
from optopscan.portfolio.cluster import run_on_cluster

distributed = pytest.importorskip("distributed")


def work(task):
    if task == 3:
        os.kill(os.getpid(), signal.SIGKILL)
    return {"status": "scanned", "n": task}


@pytest.fixture(scope="module")
def cluster():
    with distributed.LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None) as made:
        yield made.scheduler_address


def test_rows_are_the_same_and_a_crash_loses_only_its_own(cluster):
    rows = {}
    run_on_cluster(range(8), work, rows.__setitem__, cluster)
    assert sorted(rows) == list(range(8))
    lost = {task for task, row in rows.items() if row["status"] == "crashed"}
    assert 3 in lost
    assert len(lost) == 1
    assert "SIGKILL" in rows[3]["why"]
    assert all(rows[task]["n"] == task for task in range(8) if task not in lost)


def test_an_address_where_nobody_answers_is_one_line(monkeypatch):
    monkeypatch.setattr("optopscan.portfolio.cluster.CONNECT_S", 0.5)
    with pytest.raises(UsageError, match="no scheduler answers"):
        run_on_cluster([1], work, print, "tcp://127.0.0.1:1")
