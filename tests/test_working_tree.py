"""Records that are updated, of the files and of revisions, equal those of trees built from all
files; so do the findings.
"""

import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import replace

from ost.history import record
from ost.history.git import Repository
from ost.history.record import Encoded, Record
from ost.limits import LARGEST_FILE
from ost.project import Project, working_tree
from ost.project.encoding import no_collector
from ost.project.revision import Revision
from ost.project.root import project_of
from ost.project.sides import committed, working
from ost.read.diagnostic import Diagnostic
from ost.settings.config import Settings
from ost.tree.model import Node
from ost.tree.tree import Tree
from tests.scratch import Scratch
from tests.test_incremental import IDS, TODAY, edit, rows_of, written


@pytest.mark.parametrize("seed", range(3))
def test_updated_records_equal_those_of_the_whole_tree(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    content = tmp_path / "content"
    for folder in "ab":
        (content / folder).mkdir(parents=True)
    (tmp_path / "ost.toml").write_text("")
    for node_id in IDS:
        (content / chance.choice("ab") / f"{node_id}.md").write_text(written(chance, node_id))
    story: list[object] = []
    for _ in range(12):
        made = Project(tmp_path, Settings(content="content"), TODAY)
        found = working(made).records.encoded
        with no_collector():
            everything = made.everything()
            whole = record.records(everything.tree(everything.documents)).encoded
        assert found == whole, story
        story.append(edit(chance, content))


@pytest.mark.parametrize("seed", range(2))
def test_revision_derived_from_the_state_equals_one_built_from_all_files(
    tmp_path: Path, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its records, findings and tables, judged on the commit's own day and on today's."""
    chance = random.Random(seed)
    scratch, content = Scratch(tmp_path / "tree"), tmp_path / "tree" / "content"
    for folder in "ab":
        (content / folder).mkdir(parents=True)
    (scratch.folder / "ost.toml").write_text("")
    for node_id in IDS:
        (content / chance.choice("ab") / f"{node_id}.md").write_text(written(chance, node_id))
    commits = []
    for _ in range(2):
        for _ in range(4):
            edit(chance, content)
        commits.append(scratch.commit())
    edit(chance, content)
    project = Project(scratch.folder, Settings(content="content"), TODAY)
    working(project)
    repository = Repository(scratch.folder)
    days = zip(commits, (TODAY, None), strict=True)
    past = [Revision(repository, repository.commit(each), "", day) for each, day in days]
    with monkeypatch.context() as patched:
        patched.setattr(Revision, "everything", pytest.fail)  # none is built from all files
        found = [_said(each, project.settings) for each in past]
    shutil.rmtree(project.folder)
    assert found == [_said(each, project.settings) for each in past]


@pytest.mark.parametrize(
    "words", ["[sections]\nopportunities = ['Bedarf']", "[kinds]\ninterview = ['talk']"]
)
def test_revision_with_other_words_is_read_by_its_own(tmp_path: Path, words: str) -> None:
    """The state says what the files mean by the words of today."""
    scratch = Scratch(tmp_path / "tree")
    need = "-- need.md --\n---\nkind: opportunity\n---\n# Slow\n"
    talk = "-- talk.md --\n---\nkind: talk\n---\n# Ann\n\n## Bedarf\n\n- [[need]] it is slow\n"
    talk = talk if "kinds" in words else talk.replace("kind: talk", "kind: interview")
    first = scratch.commit(f"-- ost.toml --\n{words}\n{need}{talk}")
    scratch.commit("-- ost.toml --\n")
    project = project_of(scratch.folder, TODAY)
    working(project)
    repository = Repository(scratch.folder)
    revision = Revision(repository, repository.commit(first), "", TODAY)
    found = _said(revision, project.settings)
    shutil.rmtree(project.folder)
    assert found == _said(revision, project.settings)


@pytest.mark.parametrize("look", [committed, lambda revision, _: revision.refresh()])
def test_reading_a_revision_does_not_make_the_next_build_a_full_one(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    look: Callable[[Revision, Settings], object],
) -> None:
    """It adds readings of the older files to the cache."""
    scratch = Scratch(tmp_path / "tree")
    first = scratch.commit("-- ost.toml --\n-- need.md --\n---\nkind: opportunity\n---\n# Slow\n")
    scratch.write("-- need.md --\n---\nkind: opportunity\n---\n# Slower\n")
    project = project_of(scratch.folder, TODAY)
    working(project)
    repository = Repository(scratch.folder)
    look(Revision(repository, repository.commit(first), "", TODAY), project.settings)
    monkeypatch.setattr("ost.project.full_build.full_build", pytest.fail)
    scratch.write("-- need.md --\n---\nkind: opportunity\n---\n# Slowest\n")
    assert working(project).records["need"].title == "Slowest"


def test_revision_names_files_that_are_too_large_as_the_state_does(tmp_path: Path) -> None:
    scratch = Scratch(tmp_path / "tree")
    for name in ("large.md", "large.vtt"):
        (scratch.folder / name).write_bytes(b" " * (LARGEST_FILE + 1))
    first = scratch.commit("-- ost.toml --\n-- need.md --\n---\nkind: opportunity\n---\n# Slow\n")
    scratch.commit("-- need.md --\n---\nkind: opportunity\n---\n# Slower\n")
    project = project_of(scratch.folder, TODAY)
    working(project)
    repository = Repository(scratch.folder)
    revision = Revision(repository, repository.commit(first), "", TODAY)
    found = _said(revision, project.settings)
    shutil.rmtree(project.folder)
    assert found == _said(revision, project.settings)
    assert "5.0 MB is too large for one file; split it" in [each.message for each in found[1]]


def test_records_of_the_state_are_of_its_own_day(tmp_path: Path) -> None:
    """A revision may be the first to need them, and a waiver of its day may have ended since."""
    scratch = Scratch(tmp_path / "tree")
    waiver = "allow: {rule: orphan, because: so it is, until: 2026-10-20}\n"
    first = scratch.commit(
        f"-- ost.toml --\n-- need.md --\n---\nkind: opportunity\n{waiver}---\n# Slow\n"
    )
    project = project_of(scratch.folder, TODAY)
    project.refresh()
    repository = Repository(scratch.folder)
    committed(Revision(repository, repository.commit(first), ""))
    found = working(project).records
    assert [each.active for each in found["need"].waivers] == [False]


def _said(
    revision: Revision, settings: Settings
) -> tuple[Encoded, list[Diagnostic], dict[str, list[tuple[object, ...]]]]:
    """A revision's records, its findings without what no comparison shows, and its tables."""
    side = committed(revision, settings)
    plain = (replace(each, fix=None, related=()) for each in side.diagnostics)
    findings = sorted(plain, key=lambda each: (each.order, each.node))
    revision.refresh()
    return side.records.encoded, findings, rows_of(revision.folder / "state.db")


def test_diff_reads_only_nodes_that_may_differ(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = tmp_path / "content"
    content.mkdir()
    (tmp_path / "ost.toml").write_text("")
    for number in range(30):
        parent = f"parent: need{number - 1}\n" if number else ""
        text = f"---\nkind: opportunity\n{parent}---\n# Need {number}\n"
        (content / f"need{number}.md").write_text(text)
    working(Project(tmp_path, Settings(content="content"), TODAY))
    looked = []

    def note(node: Node, tree: Tree, people: tuple[str, ...]) -> Record:
        looked.append(node.id)
        return record.record_of(node, tree, people)

    monkeypatch.setattr(working_tree, "record_of", note)
    (content / "need20.md").write_text("---\nkind: opportunity\nparent: need19\n---\n# Another\n")
    working(Project(tmp_path, Settings(content="content"), TODAY))
    assert looked == ["need20"]
