"""A revision's tree includes checked-out submodules, as the files on disk do."""

import json

import pytest

from tests.scratch import Scratch
from tests.test_diff_command import Run

NEED = "---\nkind: opportunity\n---\n# Search is slow\n"
IDEA = "---\nkind: solution\nparent: slow-search\n---\n# {}\n"
FILES = f"-- notes/slow-search.md --\n{NEED}-- notes/cache.md --\n{IDEA.format('Cache')}"


@pytest.fixture
def inner(scratch: Scratch) -> Scratch:
    """A repository of notes: the submodule's source."""
    inner = Scratch(scratch.folder.parent / "inner")
    inner.commit(FILES)
    return inner


def put(outer: Scratch, inner: Scratch, path: str) -> Scratch:
    """Adds the notes as a submodule; gives its checkout."""
    outer.git("submodule", "--quiet", "add", str(inner.folder), path)
    outer.commit()
    return Scratch(outer.folder / path)


def shown_changes(run: Run, asked: str) -> list[tuple[str, str]]:
    ended = run(f"ost diff --format json {asked}")
    assert ended.exit_code == 0, ended.output
    return [(each["change"], each["node"]) for each in json.loads(ended.stdout)["changes"]]


def test_submodule_in_the_content_is_read(scratch: Scratch, inner: Scratch, run: Run) -> None:
    scratch.commit("-- ost.toml --\n-- content/top.md --\n---\nkind: outcome\n---\n# Top\n")
    checkout = put(scratch, inner, "content/team")
    assert shown_changes(run, "HEAD") == []
    assert shown_changes(run, "HEAD~1..HEAD") == [("added", "slow-search"), ("added", "cache")]
    checkout.commit(f"-- notes/lists.md --\n{IDEA.format('Lists')}")
    assert shown_changes(run, "HEAD") == [("added", "lists"), ("rivals", "slow-search")]
    scratch.commit()
    assert shown_changes(run, "HEAD") == []
    assert shown_changes(run, "HEAD..HEAD~1") == [("removed", "lists"), ("rivals", "slow-search")]


def test_content_may_be_in_a_submodule(scratch: Scratch, inner: Scratch, run: Run) -> None:
    scratch.commit('-- ost.toml --\ncontent = "kb/notes"\n-- kb/notes/a.md --\n# A\n')
    scratch.git("rm", "-rq", "kb")
    put(scratch, inner, "kb")
    assert shown_changes(run, "HEAD") == []
    assert "■ Cache" in run("ost tree --at HEAD").output
    assert "HEAD:kb/notes/slow-search.md:4:3" in run("ost check --at HEAD").output


def test_submodule_in_a_submodule_is_read(scratch: Scratch, inner: Scratch, run: Run) -> None:
    between = Scratch(scratch.folder.parent / "between")
    put(between, inner, "deep")
    put(scratch, between, "team")
    scratch.git("submodule", "--quiet", "update", "--init", "--recursive")
    assert shown_changes(run, "HEAD") == []
    assert "■ Cache" in run("ost tree --at HEAD").output


def test_submodule_that_is_not_checked_out_is_empty_on_both_sides(
    scratch: Scratch, inner: Scratch, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(scratch, inner, "team")
    scratch.git("clone", "-q", str(scratch.folder), "../clone")
    monkeypatch.chdir(scratch.folder.parent / "clone")
    assert shown_changes(run, "HEAD") == []
    Scratch(scratch.folder.parent / "clone").git("submodule", "--quiet", "update", "--init")
    assert shown_changes(run, "HEAD") == []
    assert "■ Cache" in run("ost tree --at HEAD").output


def test_commit_that_a_submodule_lacks_is_one_line(
    scratch: Scratch, inner: Scratch, run: Run
) -> None:
    put(scratch, inner, "team")
    scratch.git("update-index", "--cacheinfo", f"160000,{'1' * 40},team")
    scratch.git("commit", "-qm", "Points nowhere")
    ended = run("ost diff HEAD~1..HEAD")
    assert ended.exit_code == 2
    assert ended.stderr == (
        "ost: commit 111111111111 of submodule team is missing here, and ost fetches nothing; "
        "`git -C team fetch` may get it\n"
    )


def test_submodule_paths_outside_the_repository_are_ignored(
    scratch: Scratch, inner: Scratch, run: Run
) -> None:
    """Only folders in the repository are looked into, and no link is followed."""
    put(scratch, inner, "team")
    for path in ("../inner", "/etc", "linked", "team/../team"):
        scratch.git("config", "--file", ".gitmodules", f"submodule.{path}.path", path)
    (scratch.folder / "linked").symlink_to("../inner")
    scratch.commit()
    assert shown_changes(run, "HEAD") == []
    assert run("ost tree --at HEAD").output.count("Cache") == 1
