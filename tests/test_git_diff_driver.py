"""`ost git-diff-driver`: git's diff of a file describes the tree."""

import sys
from contextlib import suppress
from subprocess import CalledProcessError

import pytest

from tests.scratch import Scratch
from tests.test_diff import TREE
from tests.test_diff_command import edit


@pytest.fixture
def repository(scratch: Scratch) -> Scratch:
    scratch.commit(f"-- .gitattributes --\n*.md diff=ost\n{TREE}")
    scratch.git("config", "diff.ost.command", f"{sys.executable} -m ost git-diff-driver")
    return scratch


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("status", "solution “Everybody vetoes on their own phone”: candidate → testing"),
        ("reworded", "Draw lots from three → Draw lots"),
        ("moved", "solution “Draw lots from three” moved"),
        ("removed", "solution “Draw lots from three” removed"),
        ("added", "new opportunity “Trailers give the story away”"),
        ("bar changed", "at least 8 of 10 families → at least 6 of 10 families"),
        ("text", "text of opportunity “We cannot agree what to watch”"),
        ("keys in another order", "no change to the tree"),
    ],
)
def test_git_diff_speaks_of_the_tree(repository: Scratch, name: str, expected: str) -> None:
    edit(repository, name)
    repository.git("add", "-A")
    assert expected in repository.git("diff", "--cached", "--ext-diff")


def test_git_log_speaks_of_the_tree(repository: Scratch) -> None:
    edit(repository, "heard")
    repository.commit()
    said = repository.git("log", "-p", "--ext-diff", "-1")
    assert "ost p03.md\n  new interview “P03”" in said


MOMENT = "- [[lots]] never said before [9:00]\n- against [[not-there-yet]] it is fine\n"


def test_driver_reports_moments_without_the_other_files(repository: Scratch) -> None:
    """The edit of every week: a moment more in an interview."""
    interview = "---\nkind: interview\nparticipant: P9\n---\n# P9\n\n## Opportunities\n"
    repository.commit(f"-- p9.md --\n{interview}- [[lots]] once [1:00]\n")
    (repository.folder / "p9.md").write_text(f"{interview}- [[lots]] once [1:00]\n{MOMENT}")
    there = "P9 mentioned “lots”: never said before"
    assert repository.git("diff", "--ext-diff").split("\n  ")[1:] == [
        "P9 contradicted “not-there-yet”: it is fine",
        there,
    ]
    assert "P9 no longer mentions “lots”" in repository.git("diff", "-R", "--ext-diff")
    (repository.folder / "lots.md").write_text("---\nkind: solution\n---\n# Lots\n\n[[p9]]\n")
    repository.git("add", "-A")
    assert repository.git("diff", "--cached", "--ext-diff", "p9.md").count(there) == 1


def test_file_with_conflicts_says_so(repository: Scratch) -> None:
    """All that git gives of one is its name."""
    for branch, title in (("other", "Theirs"), ("ours", "Ours")):
        repository.git("checkout", "-q", "-b", branch, "main")
        repository.commit(f"-- lots.md --\n---\nkind: solution\n---\n# {title}\n")
    with suppress(CalledProcessError):
        repository.git("merge", "other")
    said = repository.git("diff", "--cached", "--ext-diff")
    assert said == "ost lots.md\n  not merged yet; resolve its conflicts"


def test_renamed_file_is_compared(repository: Scratch) -> None:
    repository.git("mv", "lots.md", "draw.md")
    said = repository.git("diff", "--cached", "-M", "--ext-diff")
    assert "id of solution “Draw lots from three”: lots → draw" in said


def test_binary_and_large_files_are_one_line(repository: Scratch) -> None:
    (repository.folder / "lots.md").write_bytes(b"\xff\x00\xfe" * 10)
    (repository.folder / "veto.md").write_bytes(b"x" * 6_000_000)
    repository.git("add", "-A")
    assert repository.git("diff", "--cached", "--ext-diff").count("ost ") == 2
