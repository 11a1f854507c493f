"""The same command with three hash seeds, 1, 2 and 4 threads, in three folders: the same bytes in every view, no folder in any."""

from pathlib import Path

import pytest
from chain_models import Row

from optopscan.report import summary
from optopscan.report.formats import FORMATS
from optopscan.report.record import build as records

ROOT = Path(__file__).resolve().parents[2]
WAIT_S = 900
TWINS = (("0", 1, "hier"), ("1", 2, "daar ginds"), ("2", 4, "elders"))
"""Hash seed, threads and folder of the commands that must write the same."""


def ended(process):
    out, err = process.communicate(timeout=WAIT_S)
    assert process.returncode == 0, err.decode()
    return out


def files_in(folder):
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


@pytest.fixture(scope="module")
def twin_of_example(tmp_path_factory, start):
    """Start a scan of one example as a command; it runs while the same is scanned in this process."""
    folder = tmp_path_factory.mktemp("elders")
    return start("scan", "--no-place", str(ROOT / "examples/ifc/kantoor_1980.ifc"), "-o", "uit", cwd=folder, seed="4711"), folder / "uit"


@pytest.fixture(scope="module")
def twins_of_block(tmp_path_factory, start):
    """Start one command with every view on copies of one model, each from its own folder, with other hash seeds and threads."""
    running = []
    views = [word for name in FORMATS for word in ("-f", name)]
    for seed, threads, name in TWINS:
        folder = tmp_path_factory.mktemp(name) / "dieper"
        (folder / "model").mkdir(parents=True)
        path = Row().write(folder / "model" / "blok.ifc")
        named = path if seed == "1" else "model/blok.ifc"  # once absolute, else relative
        few = ("--concept", "fictief.hsb-3d", "--max-extra-storeys", "1")  # for time: every view is drawn, of one product
        asked = ("scan", str(named), "-o", "uit", "--threads", str(threads), *few, *views)
        running.append((start(*asked, cwd=folder, seed=seed, threads=threads), folder))
    return running


@pytest.fixture(scope="module")
def twins(twins_of_block):
    return [(ended(process), files_in(folder / "uit"), folder) for process, folder in twins_of_block]


def test_stdout_and_every_file_are_the_same(twins):
    (out, files, _), *others = twins
    assert out
    assert {"record.json", "record.npz", "samenvatting.txt"} < set(files)
    assert {".png", ".html", ".pdf", ".xlsx", ".dxf", ".glb", ".bcfzip", ".csv"} <= {Path(name).suffix for name in files}
    for other_out, other_files, _ in others:
        assert out == other_out
        assert sorted(files) == sorted(other_files)
        assert [name for name in files if files[name] != other_files[name]] == []
    assert files["samenvatting.txt"] == out


def test_no_file_names_the_folder_it_was_made_in(twins):
    for out, files, folder in twins:
        for name, content in {"stdout": out, **files}.items():
            assert str(folder).encode() not in content, name
            assert folder.name.encode() not in content, name
            assert str(folder.parent).encode() not in content, name


def test_an_example_scanned_here_and_by_the_command_elsewhere(twin_of_example, scan_of):
    process, folder = twin_of_example
    record, arrays = records.build(scan_of("kantoor_1980"))
    text = summary.text(record, "nl").encode()
    expected = {**records.files(record, arrays), "samenvatting.txt": text}
    assert ended(process) == text
    found = files_in(folder)
    assert [name for name in expected if found[name] != expected[name]] == []
