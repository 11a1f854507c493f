"""The recipes: followed to the letter in a copy of the repository they work, and touch only the files that they name."""

import re
import shutil
import subprocess

import pytest
from page_steps import ROOT, files_named, follow

PAGES = sorted((ROOT / "docs" / "recipes").glob("*.md"))


def git(folder, *words):
    identity = ("-c", "user.name=recipe", "-c", "user.email=recipe@example.org", "-c", "core.excludesFile=", "-c", "gc.auto=0")
    return subprocess.run(["git", *identity, *words], cwd=folder, capture_output=True, text=True, check=True).stdout


LEFT_BEHIND = shutil.ignore_patterns(".git", ".venv", "__pycache__", "build", "dist", "out", "*.egg-info", ".*_cache", ".hypothesis")


@pytest.fixture
def copy(tmp_path):
    """The tree, without what tools leave in it, as a repository of its own with one commit."""
    folder = tmp_path / "clone"
    shutil.copytree(ROOT, folder, ignore=LEFT_BEHIND)
    git(folder, "init", "-q")
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "before")
    return folder


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_recipe(page, copy):
    follow(page, copy)
    touched = {line[3:] for line in git(copy, "status", "--porcelain", "--untracked-files=all").splitlines()}
    listed = set(re.findall(r"`([^`]+)`", page.read_text(encoding="utf-8").split("## Files touched\n", 1)[1]))
    assert touched == listed
    assert set(files_named(page)) <= listed


def test_there_are_three():
    assert [page.stem for page in PAGES] == ["clause", "exporter", "product"]
