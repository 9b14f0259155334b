"""Words that pages show are found at every door, and addresses at none."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from datasette_ost.page import PageRequest
from datasette_ost.pages.search import read
from ost.excerpt.part import part
from ost.mcp.search import search
from ost.project import Project
from ost.project.root import project_of
from tests.conftest import DAY
from tests.plugin.sample import write

FILES = """\
-- ost.toml --
content = "."
-- need.md --
---
kind: opportunity
---
# I cannot [agree](https://antelope.example)

See [[p07|the night]], [site](https://zebra.example/a_gnu "giraffe"), ![a picture](tapir.png),
<https://lynx.example>, [words][ref], `ibex`, [[p07#Story]] and [*else* [[p07|bison]]](p07.md),
%%hidden%% and finch. ^heron

| head |
| ---- |
| [cell](https://panther.example) | yak |

> [quoted](https://puma.example) – said 😀 [9:99](https://civet.example) and oryx

[ref]: other.md
  "okapi"
-- p07.md --
---
kind: interview
---
# P07: the film

## Opportunities

- [[need|moose]]: no one [agrees](https://weasel.example)
  > Four [people](https://badger.example).
-- tree.md --
---
kind: tree
---
# Outcome: Grow ^grow

- Opportunity: Other ^other

  Its [text](https://jackal.example) of a [[need|walrus]] here.
"""
SHOWN = [
    *("agree", "night", "site", "picture", "lynx", "words", "ibex", "bison", "finch", "cell"),
    *("quoted", "oryx", "moose", "agrees", "people", "text", "walrus"),
]
UNSEEN = [
    *("antelope", "zebra", "gnu", "giraffe", "tapir", "okapi", "hidden", "panther", "puma"),
    *("civet", "weasel", "badger", "jackal", "https", "ref", "heron", "story"),
]


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    home = tmp_path_factory.mktemp("words")
    write(home, FILES)
    made = project_of(home, DAY)
    made.refresh()
    return made


def found(connection: sqlite3.Connection, word: str) -> set[str]:
    """What the page and the assistant's tool find: nodes, and interviews with such words."""
    page = read(connection, PageRequest(args={"q": word}))
    tool = search(connection, word, "", 20)
    nodes = {each.node.id for each in page.nodes} | {each.source.id for each in page.words}
    assert nodes == {each.id for each in tool.nodes} | {each.source for each in tool.words}
    assert sum(page.kinds.values()) == len(page.nodes)
    return nodes


@pytest.mark.parametrize("word", SHOWN)
def test_words_that_are_shown_are_found(project: Project, word: str) -> None:
    with closing(project.connect()) as connection:
        assert found(connection, word)


def test_addresses_are_found_nowhere(project: Project) -> None:
    with closing(project.connect()) as connection:
        assert [word for word in UNSEEN if found(connection, word)] == ["https"]  # of `<https://…>`
        assert found(connection, "https") == {"need"}
        copy = part(connection, ["need", "other"])
    assert [word for word in UNSEEN if found(copy, word)] == ["https"]
    assert found(copy, "walrus") == {"other"}


def test_match_behind_an_address_is_marked(project: Project) -> None:
    with closing(project.connect()) as connection:
        (hit,) = read(connection, PageRequest(args={"q": "finch"})).nodes
    assert "\ue000finch\ue001" in hit.found


def test_edit_takes_words_and_addresses_from_the_index(tmp_path: Path) -> None:
    write(tmp_path, FILES)
    project = project_of(tmp_path, DAY)
    project.refresh()
    text = (tmp_path / "need.md").read_text("utf-8")
    edited = text.replace("finch", "a [robin](https://magpie.example)").replace("zebra", "quagga")
    (tmp_path / "need.md").write_text(edited, "utf-8")
    project.refresh()
    with closing(project.connect()) as connection:
        words = ("robin", "finch", "magpie", "zebra", "quagga", "bison")
        assert [bool(found(connection, word)) for word in words] == [True, *[False] * 4, True]
