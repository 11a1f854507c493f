"""The tutorials: every command is run in the order of its page, and prints what the page shows."""

from pathlib import Path

import pytest
from page_steps import ROOT, follow, same, steps

PAGES = sorted((ROOT / "docs" / "tutorials").glob("*.md"))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_tutorial(page, tmp_path):
    folder = tmp_path / "clone"
    folder.mkdir()
    (folder / "examples").symlink_to(ROOT / "examples")
    follow(page, folder)


def test_there_is_a_tutorial_for_each_kind_of_user():
    assert [page.stem for page in PAGES] == ["architect", "constructeur", "manufacturer", "municipality"]
    for page in PAGES:
        kinds = [step.kind for step in steps(page)]
        assert kinds.count("run") >= 3, page
        assert kinds.count("output") >= 3, page


def test_a_number_that_changed_is_seen():
    assert same("a\n...\nUC 1.42, x\n", "a\nb\nUC 1.42, x\n")
    assert not same("a\n...\nUC 1.42, x\n", "a\nb\nUC 1.43, x\n")
    assert not same("a\n", "a\nb\n")


def test_a_command_that_fails_is_seen(tmp_path):
    page = tmp_path / "page.md"
    page.write_text("<!-- run -->\n```sh\nfalse\n```\n")
    with pytest.raises(AssertionError, match=r"page\.md:1: ended with 1"):
        follow(page, Path(tmp_path))
