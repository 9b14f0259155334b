"""`ost new` works out the parent that a person means, the fields of an interview, and the nodes
that a text mentions.
"""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from ost.edit.choice import OFFERED, Candidate, choose, matches
from ost.edit.presets import presets
from ost.edit.stubs import link_item
from ost.read.parse import parse
from ost.tree.model import Interview
from ost.tree.tree import Tree

if TYPE_CHECKING:
    from click.testing import Result

NODES = {
    "cant-agree": Candidate("We cannot agree on what to watch", "More film"),
    "cant-agree-when": Candidate("We cannot agree when to start", "More film"),
    "asleep": Candidate("The kids fall asleep", "More film"),
    "7": Candidate("Seven"),
}


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("cant-agree", ["cant-agree"]),  # an id, though it begins another
        ("[[asleep]]", ["asleep"]),
        ("CANT-AGREE-W", ["cant-agree-when"]),
        ("the kids fall asleep", ["asleep"]),
        ("the kids", ["asleep"]),
        ("start film", ["cant-agree-when"]),
        ("we cannot", ["cant-agree", "cant-agree-when"]),
        ("penguins", []),
        ("", list(NODES)),
        ("ASLEEP 🦀", []),
    ],
)
def test_words_mean_the_nodes_they_fit_best(written: str, expected: list[str]) -> None:
    assert list(matches(written, NODES)) == expected


def choosing(*answers: str, nodes: dict[str, Candidate] = NODES) -> tuple[str, list[str]]:
    waiting, remarks = iter(answers), list[str]()

    def show(listed: Sequence[str], remark: str) -> None:
        assert len(listed) <= OFFERED
        remarks.append(remark)

    return choose(nodes, lambda: next(waiting), show), remarks


def test_wrong_answer_asks_again_and_words_shorten_the_list() -> None:
    assert choosing("3")[0] == "asleep"
    assert choosing("7")[0] == "7"
    assert choosing("99", "0", "penguins", "we cannot", "2") == (
        "cant-agree-when",
        ["", "no number 99", "no number 0", "nothing fits 'penguins'", ""],
    )


def test_long_list_is_cut_and_every_node_can_be_reached() -> None:
    nodes = {f"node-{number:03}": Candidate(f"Need {number:03}") for number in range(300)}
    assert choosing("need 299", nodes=nodes) == (
        "node-299",
        ["and 285 more; type words of the title to list fewer"],
    )


INTERVIEWS = """\
-- p06.md --
---
kind: interview
date: 2026-10-20
participant: P06
segment: couples
interviewers: {pm: ak, engineer: rs}
---
# P06
-- p07.md --
---
kind: interview
date: 2026-10-03
participant: P07
segment: families
interviewers: {pm: old}
---
# P07
-- p08.md --
---
kind: interview
date: 2026-10-30
participant: P08
interviewers: {pm: bot}
generated: {by: bot}
---
# P08
"""


def test_interview_takes_what_title_and_last_time_say(tree: Callable[[str], Tree]) -> None:
    interviews = list(tree(INTERVIEWS).nodes(Interview))
    assert presets("P07: film night, 2026-11-03", interviews) == {
        "participant": "P07",
        "date": "2026-11-03",
        "segment": "families",
        "interviewers": "{pm: ak, engineer: rs}",
    }
    assert presets("Film night", []) == {}


@pytest.mark.parametrize(
    ("item", "linked"),
    [
        ("- the remote was lost", "- [[x]] the remote was lost"),
        ("  2. *lost* [12:41]", "  2. [[x]] *lost* [12:41]"),
        ("* [ ] lost", "* [ ] [[x]] lost"),
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_item_gets_its_link_and_no_other_byte_changes(item: str, linked: str, end: str) -> None:
    text = f"---\nkind: interview\n---\n# P07\n\n## Opportunities\n{item}\n\n## Insights\n".replace(
        "\n", end
    )
    reading = parse(text.replace("\r\n", "\n"))
    at = next(item.at for part in reading.entries[0].sections for item in part.items)
    assert link_item(text, "p07.md", at, "x") == text.replace(item, linked)


FILES = """\
-- more.md --
---
kind: outcome
---
# More evenings begin with a film
-- p07.md --
---
kind: interview
date: 2026-10-03
participant: P07
---
# P07

## Opportunities
- [[cant-agree|we cannot agree]] four people [12:41]
- [[too-many-apps]] and [[more]]
- the remote was lost in the sofa [13:00]

See [the web](https://example.org) and [[cant-agree]].
"""

RunCommand = Callable[[str], "Result"]


def test_new_makes_a_node_of_every_link_to_nothing(
    folder: Callable[[str], Path], run: RunCommand
) -> None:
    home = folder(FILES)
    before = (home / "p07.md").read_bytes()
    result = run("ost new opportunity --from p07.md")
    assert result.exit_code == 0
    assert "under 'More evenings begin with a film'" in result.output
    made = {each.stem: each.read_text("utf-8") for each in home.glob("opportunities/*.md")}
    assert set(made) == {"cant-agree", "too-many-apps"}
    assert "# We cannot agree\n" in made["cant-agree"]
    assert "# Too many apps\n" in made["too-many-apps"]
    assert (home / "p07.md").read_bytes() == before
    assert "every link in p07 leads to a node" in run("ost new opportunity --from p07").output


def test_new_makes_a_node_of_a_moment_and_links_it(
    folder: Callable[[str], Path], run: RunCommand
) -> None:
    home = folder(FILES)
    result = run("ost new opportunity --from p07#3")
    assert result.exit_code == 0
    assert "linked in p07.md:11" in result.output
    assert "- [[the-remote-was-lost-in]] the remote was lost" in (home / "p07.md").read_text(
        "utf-8"
    )
    assert "1 person" in run("ost show the-remote-was-lost-in").output


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("ost new opportunity --from p07#9", "has 3 items under Opportunities; 9 is none of them"),
        ("ost new opportunity --from p07#x", "write the item's number after #"),
        ("ost new opportunity --from nothing", "no node 'nothing'"),
        ("ost new opportunity Title --from p07#3", "leave them out"),
        ("ost new solution A --parent more", "needs a parent of kind opportunity"),
        ("ost new opportunity A --parent more --set status=opne", "--set status: 'opne' is"),
        ("ost new interview P09 --set date=yesterday", "--set date: a day such as 2026-11-03"),
    ],
)
def test_new_refuses_what_it_cannot_use(
    folder: Callable[[str], Path], run: RunCommand, line: str, message: str
) -> None:
    folder(FILES)
    result = run(line)
    assert result.exit_code == 2
    assert message in result.output
