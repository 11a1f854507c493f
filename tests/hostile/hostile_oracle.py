"""What must hold after any command on any input: exit code, one line, whole files inside the folder, and never an unfounded ok."""

import csv
import io
import json
import re
import struct
import zipfile
from pathlib import Path
from xml.etree import ElementTree

OUTCOMES = {"ok", "over", "unknown"}
KILLED = {
    -11: "segfault",
    -6: "abort",
    -9: "killed",
    -24: "more work than any input is worth (CPU limit)",
    -25: "file larger than any output",
}
_FORMULA = re.compile(r"^[=+@\t\r]|^-(?![\d,.]*$)")
_SCRIPT = re.compile(r"<script>hostile|<svg onload=hostile|<img src=x onerror=hostile")


def faults(case, code, stdout, stderr, folder, given):
    """Return what is wrong with one run, as short texts; empty: nothing.

    Parameters
    ----------
    case
        The case.
    code
        Exit code; negative: ended by that signal.
    stdout, stderr
        What was printed, bytes.
    folder
        Folder of the case.
    given
        Names that stood in the folder before.
    """
    found = []
    if code not in (0, 1, 2, 3):
        found.append(f"exit {code} ({KILLED.get(code, 'no code of ours')})")
    if b"Traceback (most recent call last)" in stderr:
        found.append("traceback")
    if found:
        return found
    lines = stderr.decode("utf-8", "replace").splitlines()
    if code in (2, 3) and (len(lines) != 1 or not lines[0].startswith("optopscan: ")):
        found.append(f"{len(lines)} lines on stderr for exit {code}")
    if any(not line.isprintable() for line in lines):
        found.append("control characters on stderr")
    return found + _files(code, folder, given, case.kind in ("record", "npz")) + (_printed(case, stdout) if code in (0, 1) else [])


def _files(code, folder, given, made_from_record):
    found = []
    for path in sorted(folder.rglob("*")):
        inside = path.relative_to(folder)
        if path.name.startswith(".") and path.name.endswith(".part"):
            found.append(f"left behind: {inside}")
        elif path.is_symlink():
            found.append(f"a link: {inside}")
        elif path.is_file() and inside.parts[0] not in given:
            if (code in (2, 3) and inside.parts[0] != "out") or code in (2, 3):
                found.append(f"exit {code} but wrote {inside}")
            elif inside.parts[0] not in ("out", "drawing.svg", "built.ifc"):
                found.append(f"wrote outside its folder: {inside}")
            else:
                found += content(path, made_from_record)
    return found


def _printed(case, stdout):
    if "--json" not in case.args and case.args[0] != "scan":
        return []
    try:
        data = strict(stdout)
    except ValueError as error:
        return [f"stdout is no JSON ({error})"] if "--json" in case.args else []
    if case.args[0] == "scan":
        return schema_faults(data) + unsafe(data)
    return unsafe(data) if case.args[0] in ("capacity", "place", "portfolio") and isinstance(data, dict) else []


def content(path, made_from_record):
    """Return what is wrong with a file."""
    return content_of(path.name, path.read_bytes(), made_from_record)


def content_of(name, data, made_from_record=False):
    """Return what is wrong with a file of this name and contents."""
    end = Path(name).suffix
    try:
        if end == ".json":
            made = strict(data)
            if name != "record.json":
                return []
            # what a record that was read says of safety is the word of whoever changed it
            return schema_faults(made) + ([] if made_from_record else unsafe(made))
        if end in (".svg", ".xml", ".ids"):
            ElementTree.fromstring(data)
        elif end in (".xlsx", ".bcf", ".npz", ".bcfzip"):
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                if archive.testzip() is not None or any(_escapes(one) for one in archive.namelist()):
                    return [f"{name}: a zip with damage or with names outside it"]
        elif end == ".csv":
            return _cells(name, data)
        elif end == ".html":
            return [f"{name}: a script of the input in it"] if _SCRIPT.search(data.decode("utf-8")) else []
        elif end == ".ifc":
            return [] if data.rstrip().endswith(b"END-ISO-10303-21;") else [f"{name}: cut off"]
        elif end == ".glb":
            return [] if data[:4] == b"glTF" and struct.unpack("<I", data[8:12])[0] == len(data) else [f"{name}: cut off"]
        elif end == ".png":
            return [] if data.endswith(b"IEND\xaeB`\x82") else [f"{name}: cut off"]
        elif end in (".txt", ".dxf", ".toml", ".geojson"):
            data.decode("utf-8")
    except (ValueError, ElementTree.ParseError, zipfile.BadZipFile) as error:
        return [f"{name}: not sound ({error})"]
    return []


def _escapes(name):
    return name.startswith(("/", "\\")) or ".." in name.replace("\\", "/").split("/")


def _cells(name, data):
    text = data.decode("utf-8-sig")
    head = text.partition("\n")[0]
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=";" if head.count(";") >= head.count(",") else ",")
    bad = next((cell for row in rows for cell in row if _FORMULA.match(cell) and not _is_number(cell)), None)
    return [] if bad is None else [f"{name}: a cell that a spreadsheet runs: {bad[:40]!r}"]


def _is_number(cell):
    try:
        float(cell.replace(".", "").replace(",", "."))
    except ValueError:
        return False
    return True


def strict(data):
    """Return JSON; NaN and infinity are none."""

    def refuse(word):
        raise ValueError(f"{word} in JSON")

    return json.loads(data, parse_constant=refuse)


def schema_faults(record):
    """Return the first thing that is not as the published schema says."""
    from hostile_schema import validator

    return [f"record against its schema: {error.json_path} {error.message[:80]}" for error in list(validator().iter_errors(record))[:1]]


def unsafe(record):
    """Return what makes an answer unsafe: an outcome that is none of the three, an ok without a number or above its limit."""
    found, outcomes = [], set()
    for node in _nodes(record):
        if "outcome" in node:
            outcomes.update(map(str, node["outcome"] if isinstance(node["outcome"], list) else [node["outcome"]]))
        if node.get("outcome") == "ok" and "uc" in node and not _holds(node["uc"]):
            found.append(f"ok with uc {node['uc']} ({str(node)[:80]})")
        if isinstance(node.get("outcome"), list) and isinstance(node.get("uc"), list):
            found += [
                f"ok with uc {uc} in part_uc" for uc, end in zip(node["uc"], node["outcome"], strict=True) if end == "ok" and not _holds(uc)
            ]
    answer = record.get("extra_storeys", {})
    if not outcomes <= OUTCOMES:
        found.append(f"outcomes {sorted(outcomes - OUTCOMES)}")
    if answer.get("proven", 0) > answer.get("possible", 0):
        found.append("proven above possible")
    if answer.get("proven", 0) > 0 and answer.get("foundation", {}).get("outcome") != "ok":
        found.append("proven storeys on a foundation that is not ok")
    return found


def _holds(uc):
    return uc is not None and uc <= 1.0 + 1e-4


def _nodes(tree):
    todo = [tree]
    while todo:
        node = todo.pop()
        if isinstance(node, dict):
            yield node
            todo += node.values()
        elif isinstance(node, list):
            todo += node
