"""The registry, and the same bytes everywhere."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest
from report_factory import scan_result

from optopscan.errors import UsageError
from optopscan.report import views
from optopscan.report.record import build as records

HERE = Path(__file__).parent

PRINT_HASHES = """
import hashlib, sys
sys.path[:0] = sys.argv[1:3]
from report_factory import scan_result
from optopscan.report import views
from optopscan.report.record import build as record
for name, content in sorted(views.render(*record.build(scan_result())).items()):
    print(name, hashlib.sha256(content).hexdigest())
"""


def hashes(content):
    return "".join(f"{name} {hashlib.sha256(data).hexdigest()}\n" for name, data in sorted(content.items()))


def test_same_bytes_in_another_process_another_folder_and_with_other_hash_seeds(tmp_path):
    here = hashes(views.render(*records.build(scan_result())))
    for seed in ("0", "4242"):
        run = subprocess.run(
            [sys.executable, "-c", PRINT_HASHES, str(HERE.parents[1]), str(HERE)],
            cwd=tmp_path,
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        )
        assert run.stdout == here


def test_a_view_of_a_record_from_disk_equals_the_first(tmp_path):
    record, arrays = records.build(scan_result())
    first = views.render(record, arrays)
    views.write(record, arrays, tmp_path)
    again = views.render(*records.read(tmp_path / "record.json"))
    assert again == first
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == first


def test_only_the_formats_asked_for():
    built = records.build(scan_result())
    assert list(views.render(*built, formats=["txt"])) == ["samenvatting.txt"]
    assert list(views.render(*built, formats=["txt"], language="en")) == ["summary.txt"]
    with pytest.raises(UsageError, match="unknown format docx"):
        views.render(*built, formats=["txt", "docx"])


def test_text_needs_no_matplotlib():
    code = PRINT_HASHES.replace("record.build(scan_result())", "record.build(scan_result()), formats=['txt', 'json']")
    code += "\nprint(sorted(name for name in sys.modules if name.split('.')[0] in ('matplotlib', 'ifcopenshell')))"
    run = subprocess.run([sys.executable, "-c", code, str(HERE.parents[1]), str(HERE)], capture_output=True, text=True, check=True)
    assert run.stdout.splitlines()[-1] == "[]"
