"""The files that a scan finds, and those that it considers changed."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from ost.disk.fence import OUTSIDE, Fence
from ost.project import scan
from ost.project.exclusion import Exclusions
from ost.project.patterns import excluding
from ost.project.scan import ScanResult, look


def found(looked: ScanResult) -> dict[str, object]:
    """Each path with its state: None if it is gone, a word if it cannot be read, else True."""
    return {
        path: entry and (entry[1] if isinstance(entry[1], str) else True)
        for path, entry in sorted(looked.changed.items())
    }


def put(root: Path, *paths: str) -> None:
    for path in paths:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text("words")


@pytest.fixture
def trust_all_files(monkeypatch: pytest.MonkeyPatch) -> None:
    """Takes every file for older than it is."""
    monkeypatch.setattr(scan, "_FRESH", -(10**18))


def test_scan_reads_markdown_outside_of_tool_folders(tmp_path: Path) -> None:
    put(tmp_path, "a.md", "b/c.markdown", "b/d.png", ".git/e.md", "node_modules/f.md", "v/g.md")
    (tmp_path / "v" / "pyvenv.cfg").write_text("")
    assert found(look(str(tmp_path), {})) == {"a.md": True, "b/c.markdown": True}


def test_unreadable_file_is_reported(tmp_path: Path) -> None:
    put(tmp_path, "a/b.md")
    (tmp_path / "gone.md").symlink_to("nowhere.md")
    (tmp_path / "round.md").symlink_to("round.md")
    (tmp_path / "a" / "up").symlink_to(tmp_path)
    (tmp_path / "again").symlink_to(tmp_path / "a")
    os.mkfifo(tmp_path / "pipe.md")
    assert found(look(str(tmp_path), {})) == {
        "a/b.md": True,
        "a/up": "loop",
        "gone.md": "missing",
        "pipe.md": "special",
        "round.md": "loop",
    }


def test_folders_elsewhere_in_the_project_are_followed(tmp_path: Path) -> None:
    put(tmp_path, "content/a.md", "elsewhere/b.md")
    (tmp_path / "content" / "linked").symlink_to(tmp_path / "elsewhere")
    looked = look(str(tmp_path / "content"), {}, fence=Fence(tmp_path, "content"))
    assert found(looked) == {"a.md": True, "linked/b.md": True}
    assert found(look(str(tmp_path / "content"), {})) == {"a.md": True, "linked": "outside"}


Change = Callable[[Path], object]


@pytest.mark.usefixtures("trust_all_files")
@pytest.mark.parametrize(
    ("change", "seen"),
    [
        (lambda root: None, {}),
        (lambda root: put(root, "c/new.md"), {"c/new.md": True}),
        (lambda root: put(root, "new/deep/new.md"), {"new/deep/new.md": True}),
        (lambda root: put(root, "a.txt"), {"a.txt": True}),
        (lambda root: put(root, "a.png"), {}),
        (lambda root: (root / "a.md").unlink(), {"a.md": None}),
        (lambda root: (root / "c").rename(root / "d"), {"c/d.md": None, "d/d.md": True}),
        (lambda root: (root / "a.md").rename(root / "b.md"), {"a.md": None, "b.md": True}),
        (lambda root: (root / "a.md").write_text("other"), {"a.md": True}),
        (lambda root: (root / "a.md").chmod(0o600), {"a.md": True}),
    ],
)
def test_scan_finds_changed_files(tmp_path: Path, change: Change, seen: dict[str, object]) -> None:
    put(tmp_path, "a.md", "c/d.md")
    looked = look(str(tmp_path), {})
    change(tmp_path)
    assert found(look(str(tmp_path), looked.folders)) == seen


CAME = {"h/d.md": True, "h/deep/g.md": True}
WENT = {"c/d.md": None, "c/deep/g.md": None}


@pytest.mark.usefixtures("trust_all_files")
@pytest.mark.parametrize(
    ("edited", "seen"),
    [
        (["e/f.md"], {"e/f.md": True}),
        (["e/f.md", "a.md"], {"a.md": None, "e/f.md": True, **WENT, **CAME}),
        (["c"], {"a.md": None, **WENT, **CAME}),
        (["."], {"a.md": None, **WENT, **CAME}),
        (["nowhere/known/x.md"], {"a.md": None, **WENT, "e/f.md": True, **CAME}),
        ([], {}),
    ],
)
def test_look_around_what_was_edited(
    tmp_path: Path, edited: list[str], seen: dict[str, object]
) -> None:
    """The scan finds the content of these paths' folders; the next one finds other changes."""
    put(tmp_path, "a.md", "c/d.md", "c/deep/g.md", "e/f.md", "e/i.md")
    before = look(str(tmp_path), {}).folders
    (tmp_path / "c").rename(tmp_path / "h")
    (tmp_path / "a.md").unlink()
    (tmp_path / "e/f.md").write_text("other")
    whole = look(str(tmp_path), before)
    around = look(str(tmp_path), before, edited=edited)
    assert found(around) == seen
    rest = look(str(tmp_path), around.folders)
    assert {**found(around), **found(rest)} == found(whole)
    assert rest.folders == whole.folders


def test_an_edit_of_one_size_with_its_time_restored_is_seen(tmp_path: Path) -> None:
    for number in range(25):
        path = tmp_path / f"{number}.md"
        path.write_text("before")
        looked = look(str(tmp_path), {})
        before = path.stat()
        path.write_text("behind")
        os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
        assert f"{number}.md" in look(str(tmp_path), looked.folders).changed


@pytest.mark.usefixtures("trust_all_files")
def test_two_processes_see_what_one_sees(tmp_path: Path) -> None:
    put(tmp_path, *(f"{folder}/{number}.md" for folder in "abcdef" for number in range(3)))
    looked = look(str(tmp_path), {})
    put(tmp_path, "a/new.md", "f/new.md", "g/new.md")
    (tmp_path / "b" / "1.md").unlink()
    one = look(str(tmp_path), looked.folders)
    assert look(str(tmp_path), looked.folders, files=10**6) == one
    assert found(one) == {"a/new.md": True, "b/1.md": None, "f/new.md": True, "g/new.md": True}


@pytest.mark.parametrize(
    ("pattern", "path", "out"),
    [
        ("drafts/**", "drafts/a.md", True),
        ("drafts", "drafts/deep/a.md", True),
        ("drafts", "deep/drafts/a.md", True),
        ("/drafts", "deep/drafts/a.md", False),
        ("drafts/*.md", "drafts/deep/a.md", False),
        ("**/a.md", "a.md", True),
        ("**/a.md", "deep/er/a.md", True),
        ("*.tmp.md", "deep/a.tmp.md", True),
        ("?.md", "ab.md", False),
        ("./drafts/", "drafts/a.md", True),
        ("a+b.md", "aab.md", False),
    ],
)
def test_patterns_exclude_files(pattern: str, path: str, *, out: bool) -> None:
    excluded = excluding([pattern])
    assert excluded is not None
    assert bool(excluded(path)) is out


def test_blank_patterns_exclude_nothing() -> None:
    assert excluding([" ", ""]) is None


@pytest.mark.usefixtures("trust_all_files")
def test_newly_excluded_folder_disappears_with_its_files(tmp_path: Path) -> None:
    put(tmp_path, "a.md", "b/c.md", "b/d/e.md", "b2/f.md")
    first = look(str(tmp_path), {})
    (tmp_path / "b" / "new.md").write_text("words")
    left = look(str(tmp_path), first.folders, excluded=lambda path: path == "b")
    assert found(left) == {"b/c.md": None, "b/d/e.md": None}
    assert sorted(left.folders) == ["", "b2"]
    again = look(str(tmp_path), left.folders)
    assert found(again) == {"b/c.md": True, "b/d/e.md": True, "b/new.md": True}


@pytest.mark.usefixtures("trust_all_files")
def test_folder_that_becomes_an_outside_link_disappears(tmp_path: Path) -> None:
    put(tmp_path, "project/a.md", "project/b/c.md", "other/c.md", "other/d.md")
    root = str(tmp_path / "project")
    first = look(root, {})
    (tmp_path / "project/b").rename(tmp_path / "before")
    (tmp_path / "project/b").symlink_to(tmp_path / "other")
    assert found(look(root, first.folders)) == {"b": OUTSIDE, "b/c.md": None}


@pytest.mark.parametrize(
    ("said", "rules", "gone"),
    [
        (".gitignore", "late/\n", {"a/late/b.md", "late/c.md"}),
        ("a/.gitignore", "b.md\n", {"a/late/b.md"}),
        ("a/late/pyvenv.cfg", "", {"a/late/b.md"}),
    ],
)
def test_look_around_a_file_that_says_what_is_read_sees_all_that_it_is_about(
    tmp_path: Path, said: str, rules: str, gone: set[str]
) -> None:
    put(tmp_path, "a/late/b.md", "late/c.md", "d.md")
    before = look(str(tmp_path), {}).folders
    (tmp_path / said).write_text(rules)
    excluded = Exclusions(str(tmp_path), ())
    around = found(look(str(tmp_path), before, excluded=excluded, edited=[said]))
    assert {path for path, state in around.items() if state is None} == gone
