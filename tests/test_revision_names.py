"""The words that name a revision, and one line for everything else."""

import json

import pytest

from tests.scratch import Scratch
from tests.test_diff_command import Run

FILES = "-- ost.toml --\n-- content/top.md --\n---\nkind: outcome\n---\n# Top\n"
LATER = "-- content/top.md --\n---\nkind: outcome\n---\n# The top\n"


@pytest.fixture
def tagged(scratch: Scratch) -> Scratch:
    """Two commits, tags of every type of object, a branch with nothing in common."""
    scratch.commit(FILES, "The beginning")
    scratch.git("tag", "-a", "-m", "A version", "version")
    scratch.git("tag", "-a", "-m", "A file", "file", "HEAD:content/top.md")
    scratch.git("tag", "folder", "HEAD:content")
    scratch.git("checkout", "-q", "--orphan", "other")
    scratch.commit(LATER, "Elsewhere")
    scratch.git("checkout", "-q", "main")
    scratch.commit(LATER, "And on")
    return scratch


@pytest.mark.parametrize(
    "revision", ["version", ":/beginning", "HEAD^{/beginning}", "version^{}", "HEAD~1", "main~1"]
)
def test_every_name_of_a_commit_is_a_revision(tagged: Scratch, run: Run, revision: str) -> None:
    assert "outcome reworded: Top → The top" in run(f"ost diff '{revision}..'").output
    assert run(f"ost diff '{revision}..main'").output == run(f"ost diff '{revision}'").output


def complaint(run: Run, line: str) -> str:
    ended = run(line)
    assert (ended.exit_code, ended.stdout, ended.stderr.count("\n")) == (2, "", 1), ended.output
    return ended.stderr


@pytest.mark.parametrize("command", ["ost diff {}..", "ost tree --at {}", "ost check --since {}"])
def test_object_that_is_not_a_commit_is_named_by_its_type(
    tagged: Scratch, run: Run, command: str
) -> None:
    ids = {tagged.git("rev-parse", f"HEAD:{name}"): name for name in ("content/top.md", "content")}
    for blob in ("file", "HEAD:content/top.md", *ids):
        kind = "folder" if ids.get(blob) == "content" else "file"
        assert complaint(run, command.format(blob)) == f"ost: '{blob}' is a {kind}, not a commit\n"
    assert "'folder' is a folder" in complaint(run, command.format("folder"))
    for missing in ("0" * 40, "f" * 40, ":/never", "@{u}", "HEAD~999", "HEAD^3"):
        assert "no revision" in complaint(run, command.format(missing))


def test_empty_name_is_never_head(tagged: Scratch, run: Run) -> None:
    """As of a variable that a workflow did not set."""
    for line in ("ost check --since ''", "ost tree --at ' '", "ost diff ''", "ost diff HEAD ''"):
        assert "empty" in (said := complaint(run, line)) or "not the name" in said


def test_path_above_is_not_a_range(
    tagged: Scratch, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tagged.folder / "content")
    (tagged.folder / "content/top.md").write_text("---\nkind: outcome\n---\n# Higher\n")
    for path in ("..", "../", "../content", "../../" + tagged.folder.name):
        said = run(f"ost diff HEAD {path}").output
        assert "Higher" in said, path
        assert path == ".." or run(f"ost diff {path}").output == said


def test_two_revisions_are_one_word(tagged: Scratch, run: Run) -> None:
    """As git's own diff takes two, the message says how it is written here."""
    for line in ("ost diff version HEAD", "ost diff HEAD~1 main"):
        assert "second revision; write both as one word, as in A.." in complaint(run, line)
    tagged.git("branch", "top")
    assert "The top" in run("ost diff version top").output


def test_unrelated_revisions_get_advice(tagged: Scratch, run: Run) -> None:
    for line, newest in (("ost diff other...main", "main"), ("ost check --since other...", "HEAD")):
        assert complaint(run, line) == (
            f"ost: other and {newest} have no commit in common here; "
            "use two dots to compare them as they are\n"
        )


def test_since_has_no_other_end(tagged: Scratch, run: Run) -> None:
    said = complaint(run, "ost check --since HEAD~1..other")
    assert said == "ost: --since takes one revision; leave out 'other'\n"
    assert run("ost check --since HEAD~1...main").exit_code == 0


def test_finding_about_a_file_says_which(
    tagged: Scratch, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tagged.folder / "content/odd.md").write_bytes(b"---\nkind: outcome\n---\n# Caf\xe9\n")
    assert "error OST002 content/odd.md:4: the byte 0xe9 is not UTF-8" in run("ost diff").output
    assert "- ❌ OST002 `content/odd.md:4`: the byte" in run("ost diff --format markdown").output
    (found,) = json.loads(run("ost diff --format json").output)["diagnostics"]["new"]
    assert found["path"] == "odd.md"  # as in the JSON of `ost check`
    monkeypatch.chdir(tagged.folder / "content")
    assert "error OST002 odd.md:4: the byte 0xe9 is not UTF-8" in run("ost diff").output
    assert "`content/odd.md:4`" in run("ost diff --format markdown").output
    monkeypatch.chdir(tagged.folder)
    (tagged.folder / "content/odd.md").write_bytes(b"\xff")
    said = run("ost diff").output
    assert "\n\n\n" not in said
    assert "error OST002 content/odd.md:1: the byte 0xff is not UTF-8" in said
