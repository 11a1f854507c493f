"""A synthetic country screened beside SQL of the same formula in DuckDB and PySpark: rows per second, peak memory, ratio, same counts.

    pip install duckdb pyarrow
    pip install pyspark                     # needs Java 17; left out where it cannot be imported, and said so
    python benchmarks/screening.py --rows 10800000 --pairs 5

Writes a seeded Parquet file with the attributes of 3D BAG, then runs all on it in turn, each in a process of its own: optopscan and
DuckDB with one thread, PySpark as ``local[2]``. All take the probabilities per kind of building from the same kernels (worked out
before the clock starts for the others, inside it for us), and everything else is worked out from the file by each: heights, storeys,
periods, kinds, filters of both presets, words, reasons, dwellings, counts per family. The counts must be equal. The clock of PySpark
starts when its session stands; its memory is that of the Java process.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

import numpy as np

SIZES = {"small": 200_000, "middle": 2_000_000, "country": 10_800_000}
ROW_GROUP = 131_072


def write_country(path: Path, rows: int, seed: int) -> None:
    """Write the country: no real building, plausible shares of years, heights, roofs and gaps in the data."""
    import pyarrow as pa
    from pyarrow import parquet

    rng = np.random.default_rng(seed)
    writer: parquet.ParquetWriter | None = None
    for start in range(0, rows, ROW_GROUP):
        n = min(ROW_GROUP, rows - start)
        year = np.clip(rng.normal(1968, 30, n), 1600, 2024).astype(np.int32)
        ground = np.round(rng.normal(1.0, 3.0, n), 3)
        storeys = rng.choice([1, 2, 3, 4, 5, 6, 8, 10, 13], n, p=[0.34, 0.4, 0.13, 0.06, 0.03, 0.02, 0.01, 0.005, 0.005])
        height = storeys * rng.normal(2.85, 0.15, n) + rng.uniform(0.0, 0.6, n)
        footprint = np.round(rng.lognormal(4.4, 0.9, n), 2)
        flat = np.where(rng.random(n) < 0.45, footprint, np.where(rng.random(n) < 0.3, footprint * rng.random(n), 0.0))
        told = np.where((storeys <= 5) & (rng.random(n) < 0.7), storeys.astype(float), np.nan)
        table = pa.table(
            {
                "identificatie": pa.array([f"NL.IMBAG.Pand.{k:016d}" for k in range(start, start + n)]),
                "oorspronkelijkbouwjaar": pa.array(np.where(rng.random(n) < 0.01, 1005, year), mask=rng.random(n) < 0.005),
                "status": pa.array(rng.choice(["Pand in gebruik", "Bouw gestart"], n, p=[0.97, 0.03])).dictionary_encode(),
                "b3_h_maaiveld": pa.array(ground),
                "b3_h_dak_50p": pa.array(np.round(ground + height, 3), mask=rng.random(n) < 0.03),
                "b3_opp_dak_plat": pa.array(np.round(flat, 2), mask=rng.random(n) < 0.02),
                "b3_opp_dak_schuin": pa.array(np.round(footprint - flat, 2)),
                "b3_opp_grond": pa.array(footprint),
                "b3_bouwlagen": pa.array(told, mask=np.isnan(told)),
                "b3_kas_warenhuis": pa.array(rng.random(n) < 0.01),
                "b3_pw_datum": pa.array(np.full(n, 2020, dtype=np.int32)),
            }
        )
        writer = writer or parquet.ParquetWriter(path, table.schema)
        writer.write_table(table)
    if writer is not None:
        writer.close()


def ours(path: Path) -> dict[str, object]:
    from optopscan.catalog.engineering import load_engineering
    from optopscan.catalog.load import concept_of, find_product
    from optopscan.portfolio.screening import Ask, screen

    values, concept = load_engineering(), concept_of(find_product("fictief.hsb-2d"))
    import pyarrow.compute
    import pyarrow.parquet  # noqa: F401

    clock, cpu = time.perf_counter(), time.process_time()
    found = screen([path], values, Ask(concept=concept))
    clock, cpu = time.perf_counter() - clock, time.process_time() - cpu
    groups = {
        f"{g.key[0]} {g.key[1]}": [int(g.sums[n]) for n in ("buildings", "niet", "mogelijk", "kansrijk", "onbekend")]
        for g in found.tally.groups()
    }
    dwellings = [int(sum(g.sums[n] for g in found.tally.groups())) for n in ("dwellings_lo", "dwellings_hi", "extra")]
    lost = {name: rows.lost.tolist() for name, rows in found.judge.losses.items()}
    return {"wall": clock, "cpu": cpu, "groups": groups, "dwellings": dwellings, "lost": lost}


def theirs(path: Path) -> dict[str, object]:
    import duckdb

    base = duckdb.connect()
    base.execute("SET threads = 1")
    kinds, shapes, prepared = prepare()
    base.execute("CREATE TABLE kinds (kind BIGINT, p1 DOUBLE, p2 DOUBLE, p3 DOUBLE, ratio DOUBLE, refused DOUBLE)")
    base.executemany("INSERT INTO kinds VALUES (?, ?, ?, ?, ?, ?)", kinds)
    base.execute("CREATE TABLE shapes (band BIGINT, storeys BIGINT, archetype BIGINT)")
    base.executemany("INSERT INTO shapes VALUES (?, ?, ?)", shapes)
    clock, cpu = time.perf_counter(), time.process_time()
    rows = base.execute(QUERY.format(source=f"read_parquet('{path}')", **prepared)).fetchall()
    clock, cpu = time.perf_counter() - clock, time.process_time() - cpu
    return {"wall": clock, "cpu": cpu, **counted(rows, prepared)}


def spark(path: Path) -> dict[str, object]:
    from pyspark.sql import SparkSession

    settings = {"spark.ui.enabled": "false", "spark.driver.memory": "2g", "spark.sql.shuffle.partitions": "2"}
    building = SparkSession.builder.master("local[2]")
    for name, value in settings.items():
        building = building.config(name, value)
    session = building.getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    java = session.sparkContext._gateway.proc.pid
    kinds, shapes, prepared = prepare()
    numbers = "kind BIGINT, p1 DOUBLE, p2 DOUBLE, p3 DOUBLE, ratio DOUBLE, refused DOUBLE"
    session.createDataFrame(kinds, numbers).createOrReplaceTempView("kinds")
    session.createDataFrame(shapes, "band BIGINT, storeys BIGINT, archetype BIGINT").createOrReplaceTempView("shapes")
    cpu, clock = cpu_of(java), time.perf_counter()
    rows = session.sql(QUERY.format(source=f"parquet.`{path}`", **prepared)).collect()
    clock, cpu = time.perf_counter() - clock, cpu_of(java) - cpu
    status = Path(f"/proc/{java}/status").read_text().splitlines()
    peak = next(int(line.split()[1]) / 1024 for line in status if line.startswith("VmHWM"))
    session.stop()
    return {"wall": clock, "cpu": cpu, **counted(rows, prepared), "peak_mb": peak}


def cpu_of(pid: int) -> float:
    """Return the processor time of a process so far [s]."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def counted(rows: list[tuple[object, ...]], prepared: dict[str, object]) -> dict[str, object]:
    """Return what a query found in the form of ours."""
    groups: dict[str, list[int]] = {}
    dwellings, lost = [0, 0, 0], {"optopscan": [0] * prepared["filters"], "stec-2023": [0] * prepared["stec"]}
    for archetype, storeys, word, stopped, stec, n, low, high, extra in rows:
        group = groups.setdefault(f"{archetype} {storeys}", [0] * 5)
        group[0] += n
        group[1 + word] += n
        dwellings = [a + int(b) for a, b in zip(dwellings, (low, high, extra), strict=True)]
        for name, k in (("optopscan", stopped), ("stec-2023", stec)):
            if k >= 0:
                lost[name][k] += n
    return {"groups": groups, "dwellings": dwellings, "lost": lost}


def prepare() -> tuple[list[list[object]], list[list[int]], dict[str, object]]:
    """Return the tables of kinds and of periods, from the same kernels, and what goes into the query; not timed."""
    from optopscan.catalog.engineering import load_engineering
    from optopscan.catalog.load import concept_of, find_product
    from optopscan.portfolio.chances import HEIGHTS, MOST_STOREYS, Screen

    values = load_engineering()
    screen = Screen(values, concept_of(find_product("fictief.hsb-2d")))
    answers = screen.prepare(np.arange(len(screen.answers.load_ratio)))
    rows = np.column_stack([np.arange(len(screen.answers.load_ratio)), answers.at_least, answers.load_ratio, answers.refused]).tolist()
    kinds = [[int(kind), *(None if v != v else v for v in row)] for kind, *row in rows]
    shapes = [[b, s + 1, int(a)] for b, row in enumerate(screen.archetype) for s, a in enumerate(row)]
    cuts = screen.cuts.tolist()
    band = "CASE " + " ".join(f"WHEN year < {cut} THEN {k}" for k, cut in enumerate(cuts)) + f" ELSE {len(cuts)} END"
    heights = [*enumerate(screen.storey_height_m.tolist())]
    usual = "CASE " + " ".join(f"WHEN band = {k} THEN {h}" for k, h in heights) + f" ELSE {heights[-1][1]} END"
    presets = [row.preset for row in values.screening_filters]
    counts = {"filters": presets.count("optopscan"), "stec": presets.count("stec-2023")}
    return kinds, shapes, {"band": band, "usual": usual, "most": MOST_STOREYS, "heights": HEIGHTS, **counts}


QUERY = """
WITH raw AS (
  SELECT CASE WHEN oorspronkelijkbouwjaar > 1200 AND oorspronkelijkbouwjaar < 2100 THEN oorspronkelijkbouwjaar END AS year,
         oorspronkelijkbouwjaar AS told_year, status = 'Pand in gebruik' AS in_use, b3_kas_warenhuis AS greenhouse,
         b3_h_dak_50p - b3_h_maaiveld AS h, b3_bouwlagen AS told, b3_opp_grond AS footprint, b3_opp_dak_plat AS flat,
         b3_opp_dak_plat / nullif(b3_opp_dak_plat + b3_opp_dak_schuin, 0) AS share
  FROM {source}),
banded AS (SELECT *, CASE WHEN year IS NULL THEN -1 ELSE {band} END AS band FROM raw),
counted AS (SELECT *, CASE WHEN h >= 2.0 THEN greatest(floor(h / ({usual}) + 0.5), 1) END AS n0 FROM banded),
storeyed AS (SELECT *, CASE WHEN told >= 1 AND told <= 5 AND abs(told - n0) <= 1 THEN told ELSE n0 END AS n FROM counted),
levelled AS (SELECT *, ceil((h / n - 2.4) / 0.1 - 1e-9) AS level FROM storeyed),
kinded AS (
  SELECT *, CASE WHEN band >= 0 AND n >= 1 AND n <= {most} AND level < {heights}
    THEN (band * {most} + CAST(n AS BIGINT) - 1) * {heights} + CAST(greatest(level, 0) AS BIGINT) ELSE -1 END AS kind FROM levelled),
looked AS (
  SELECT s.*, k.p1, k.p2, k.p3, k.ratio, k.refused, coalesce(a.archetype, -1) AS archetype
  FROM kinded s LEFT JOIN kinds k ON k.kind = s.kind LEFT JOIN shapes a ON a.band = s.band AND a.storeys = CAST(s.n AS BIGINT)),
judged AS (
  SELECT *,
    CASE WHEN NOT in_use THEN 0 WHEN greenhouse THEN 1 WHEN n IS NULL OR n < 3 THEN 2
      WHEN footprint IS NULL OR footprint < 70 THEN 3 WHEN n > 12 THEN 5 WHEN flat IS NULL OR flat < 70 THEN 6
      WHEN refused IS NULL OR refused > 0.5 THEN 7
      WHEN p1 IS NULL OR p1 < 0.3 THEN 8 WHEN ratio IS NULL OR ratio > 1.15 THEN 10 ELSE -1 END AS stopped,
    CASE WHEN NOT in_use THEN 0 WHEN n IS NULL OR n < 3 OR n > 8 THEN 1 WHEN share IS NULL OR share < 0.75 THEN 2
      WHEN told_year IS NULL OR told_year < 1965 THEN 3 ELSE -1 END AS stec
  FROM looked),
worded AS (
  SELECT *, CASE WHEN stopped = -1 THEN CASE WHEN p1 >= 0.7 AND NOT (told_year <= 1969) THEN 2 ELSE 1 END
    WHEN stopped = 5 OR (stopped = 2 AND n IS NULL) OR (stopped = 3 AND footprint IS NULL) OR (stopped = 6 AND flat IS NULL)
      OR (stopped = 7 AND refused IS NULL) OR (stopped = 8 AND p1 IS NULL) OR (stopped = 10 AND ratio IS NULL) THEN 3 ELSE 0 END AS word
  FROM judged),
done AS (
  SELECT *, archetype >= 0 AND (stopped = -1 OR stopped > 5) AS family,
    CASE WHEN word IN (1, 2) THEN CAST(p1 >= 0.3 AS INT) + CAST(p2 >= 0.3 AS INT) + CAST(p3 >= 0.3 AS INT) ELSE 0 END AS extra FROM worded)
SELECT CASE WHEN family THEN archetype ELSE -1 END, CASE WHEN family THEN CAST(n AS BIGINT) ELSE 0 END, word, stopped, stec, count(*),
  sum(CASE WHEN word = 2 THEN floor(flat / 75) ELSE 0 END),
  sum(CASE WHEN word IN (1, 2) THEN floor(flat / 55) * extra ELSE 0 END), sum(extra)
FROM done GROUP BY ALL
"""


def in_process(name: str, path: Path) -> dict[str, object]:
    """Run one of them in a process of its own and return what it found, with its peak memory [MB]."""
    done = subprocess.run([sys.executable, __file__, "--only", name, "--file", str(path)], capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=SIZES["small"])
    parser.add_argument("--pairs", type=int, default=3)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--only", choices=["ours", "theirs", "spark"])
    parser.add_argument("--file", type=Path)
    given = parser.parse_args()
    if given.only:
        found = {"ours": ours, "theirs": theirs, "spark": spark}[given.only](given.file)
        print(json.dumps({"peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, **found}))
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "land.parquet"
        write_country(path, given.rows, given.seed)
        print(f"{given.rows:,} rows, {path.stat().st_size / 1e6:.0f} MB Parquet, seed {given.seed}")
        peers = {"theirs": "DuckDB", "spark": "PySpark"}
        for name, module in (("theirs", "duckdb"), ("spark", "pyspark")):
            if importlib.util.find_spec(module) is None:
                print(f"{peers.pop(name)} left out: no module {module}")
        rounds = [{name: in_process(name, path) for name in ("ours", *peers)} for _ in range(given.pairs)]
    for key, name in {"ours": "optopscan", **peers}.items():
        wall, cpu = (median(one[key][what] for one in rounds) for what in ("wall", "cpu"))
        peak = max(one[key]["peak_mb"] for one in rounds)
        print(f"{name:<10} {wall:7.2f} s wall  {cpu:7.2f} s processor  {given.rows / wall / 1e6:6.2f} M rows/s  peak {peak:5.0f} MB")
    wrong = False
    for key, name in peers.items():
        ratios = (f"{what} {median(one['ours'][what] / one[key][what] for one in rounds):.3f}" for what in ("wall", "cpu"))
        print(f"time of optopscan over that of {name}: {', '.join(ratios)}")
        for what in ("groups", "dwellings", "lost"):
            same = all(one["ours"][what] == one[key][what] for one in rounds)
            print(f"same {what} as {name}: {'yes' if same else 'NO'}")
            if not same:
                print(rounds[0]["ours"][what], rounds[0][key][what], sep="\n")
                wrong = True
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
