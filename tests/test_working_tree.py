"""The stored records of the files equal those of a tree built from all of them."""

import random
from pathlib import Path

import pytest

from ost.history import record
from ost.history.record import Record
from ost.project import Project, working_tree
from ost.project.encoding import no_collector
from ost.project.sides import working
from ost.settings.config import Settings
from ost.tree.model import Node
from ost.tree.tree import Tree
from tests.test_incremental import IDS, TODAY, edit, written


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
