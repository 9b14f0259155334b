"""Files that git ignores, and copies by synchronising programs, are not read."""

import subprocess
from pathlib import Path

import pytest

from ost.project.copies import original
from ost.project.exclusion import Exclusions
from ost.project.scan import look


def made(home: Path, *paths: str) -> None:
    for path in paths:
        (home / path).parent.mkdir(parents=True, exist_ok=True)
        (home / path).write_text("x", "utf-8")


def git(home: Path, *arguments: str) -> None:
    command = ["git", "-c", "user.name=a", "-c", "user.email=a@example.org", *arguments]
    subprocess.run(command, cwd=home, check=True, capture_output=True)


def read(content: Path, exclude: tuple[str, ...] = ()) -> set[str]:
    looked = look(str(content), {}, 0, Exclusions(str(content), exclude))
    return {path for path, entry in looked.changed.items() if entry and isinstance(entry[1], int)}


PATHS = ("a.md", "b.bak.md", "drafts/c.md", "x/drafts/d.md", "x/keep.md", "x/y/e.md", "talk.txt")


@pytest.mark.parametrize("with_git", [True, False])
@pytest.mark.parametrize(
    "rules",
    [
        "*.bak.md\ndrafts/",
        "drafts",
        "/drafts/",
        "x/",
        "x/*\n!x/keep.md",
        "*.md\n!a.md",
        "**/e.md",
        "x/**/e.md",
        "x/**",
        "[ab]*.md",
        "?.md",
        "*.txt",
        "# a.md\n\n  \na.md  ",
        "\\#a.md\na.md",
        "y",
        "x/y/e.md",
        "!a.md\n*.log\nnode_modules/",
    ],
)
def test_files_that_git_ignores_are_not_read(tmp_path: Path, rules: str, *, with_git: bool) -> None:
    made(tmp_path, *PATHS)
    (tmp_path / ".gitignore").write_text(rules + "\n", "utf-8")
    git(tmp_path, "init", "-q")
    asked = ["git", "ls-files", "-o", "--exclude-standard"]
    listed = subprocess.run(asked, cwd=tmp_path, check=True, capture_output=True, text=True)
    if not with_git:
        __import__("shutil").rmtree(tmp_path / ".git")
    assert read(tmp_path) == set(listed.stdout.split()) - {".gitignore"}


def test_rules_of_a_folder_count_below_it_and_more_than_those_above(tmp_path: Path) -> None:
    made(tmp_path, *PATHS)
    git(tmp_path, "init", "-q")
    (tmp_path / ".gitignore").write_text("*.md\n", "utf-8")
    (tmp_path / "x" / ".gitignore").write_text("!*.md\ndrafts/\n", "utf-8")
    assert read(tmp_path) == {"x/keep.md", "x/y/e.md", "talk.txt"}


def test_rules_from_above_the_content_and_of_this_copy_alone_count_too(tmp_path: Path) -> None:
    made(tmp_path, "notes/a.md", "notes/b.md", "notes/c.md")
    git(tmp_path, "init", "-q")
    (tmp_path / ".gitignore").write_text("/notes/a.md\n", "utf-8")
    (tmp_path / ".git/info/exclude").write_text("b.md\n", "utf-8")
    assert read(tmp_path / "notes") == {"c.md"}


def test_content_in_an_ignored_folder_is_read_on_request(tmp_path: Path) -> None:
    made(tmp_path, "scratch/a.md")
    git(tmp_path, "init", "-q")
    (tmp_path / ".gitignore").write_text("scratch/\n", "utf-8")
    assert read(tmp_path / "scratch") == {"a.md"}


def test_tracked_files_are_read_even_if_ignored(tmp_path: Path) -> None:
    made(tmp_path, "a.md", "drafts/b.md", "drafts/c.md")
    git(tmp_path, "init", "-q")
    (tmp_path / ".gitignore").write_text("a.md\ndrafts/b.md\n", "utf-8")
    git(tmp_path, "add", "-f", "a.md")
    assert read(tmp_path) == {"a.md", "drafts/c.md"}


def test_settings_may_take_files_in_again(tmp_path: Path) -> None:
    made(tmp_path, "a.md", "b.md", "p07.md", "p07 2.md")
    (tmp_path / ".gitignore").write_text("a.md\n", "utf-8")
    assert read(tmp_path, ("b.md",)) == {"p07.md"}
    assert read(tmp_path, ("!a.md", "!p07 2.md")) == {"a.md", "b.md", "p07.md", "p07 2.md"}


@pytest.mark.parametrize(
    "name",
    [
        "p07 2.md",
        "p07 (1).md",
        "p07 copy.md",
        "p07 copy 2.md",
        "p07 - Copy.md",
        "p07 - Copy (2).md",
        "p07 - Kopie.md",
        "Copy of p07.md",
        "p07 (conflicted copy 2026-11-03).md",
        "p07 (Anna's conflicted copy 2026-11-03).md",
        "p07.sync-conflict-20261103-101112-ABCDEFG.md",
        "p07.orig.md",
        "p07~.md",
        "p07_conflict-20261103.md",
    ],
)
def test_copy_is_recognized_by_the_file_next_to_it(name: str) -> None:
    assert original(name, {"p07.md", name}) == "p07.md"
    assert original(name, {name}) == ""


@pytest.mark.parametrize("name", ["p08.md", "p07-2.md", "p07 film night.md", "p0712.md", "p07.md"])
def test_other_names_are_not_copies(name: str) -> None:
    assert original(name, {"p07.md", name}) == ""


def test_copies_are_reported(tmp_path: Path) -> None:
    from ost.project.files import contents
    from ost.project.sources import reading

    made(tmp_path, "p07.md", "p07 2.md")
    looked = look(str(tmp_path), {})
    entry = looked.changed["p07 2.md"]
    assert entry is not None
    name, data = contents(str(tmp_path), "p07 2.md", entry[1])
    (remark,) = reading(name, data).diagnostics
    assert remark.code == "OST045"
    assert "'p07.md'" in remark.message
