"""`ost retire` and `ost target`: a status and its reason, written where the node is."""

import pytest

from ost.edit import status
from ost.edit.rewrite import after
from ost.errors import Misuse
from ost.tree.model import Decision, NodeId
from tests.conftest import files
from tests.test_move import DAY, content, made

TEXTS = files("""\
-- aim.md --
---
kind: outcome
---
# More evenings
-- cant.md --
---
kind: opportunity
parent: aim # here
---
# We can't agree
-- late.md --
---
kind: opportunity
parent: aim
status: open   # for now
---
# It is late
-- gone.md --
---
kind: opportunity
parent: aim
status: parked
---
# Gone
-- veto.md --
---
{kind: solution, parent: cant, status: "idea"}
---
# Veto
-- vote.md --
---
kind: solution
parent: cant
because:
status: testing
---
# Vote
-- said.md --
---
kind: solution
parent: cant
because: it was cheap
---
# Said
-- tree.md --
---
kind: tree
---
# Outcome: More
- opportunity: Loud (next)
  - solution: Quiet {status: testing} ^quiet
""")


@pytest.mark.parametrize(
    ("node", "path", "before", "expected"),
    [
        ("cant", "cant.md", "aim # here\n", 'aim # here\nstatus: parked\nbecause: "no: one"\n'),
        ("late", "late.md", "open   # for now\n", 'parked   # for now\nbecause: "no: one"\n'),
        ("veto", "veto.md", '"idea"}', 'dropped, because: "no: one"}'),
        ("vote", "vote.md", "because:\nstatus: testing", 'because: "no: one"\nstatus: dropped'),
        (
            "loud",
            "tree.md",
            "Loud (next)",
            'Loud (next) {status: parked, because: "no: one"}',
        ),
        ("quiet", "tree.md", "{status: testing}", '{status: dropped, because: "no: one"}'),
    ],
)
def test_retired_with_a_reason(node: str, path: str, before: str, expected: str) -> None:
    now = made(TEXTS, status.retire(content(TEXTS), node, " no:  one\n"))
    assert now == {**TEXTS, path: TEXTS[path].replace(before, expected)}


@pytest.mark.parametrize(
    ("node", "because", "words"),
    [
        ("gone", "x", "already parked"),
        ("aim", "x", "an outcome cannot be retired; only opportunities and solutions can"),
        ("said", "x", "already has a reason"),
        ("cant", " ", "at least one word"),
        ("none", "x", "no node 'none'"),
    ],
)
def test_retire_refuses_other_nodes(node: str, because: str, words: str) -> None:
    with pytest.raises(Misuse, match=words):
        status.retire(content(TEXTS), node, because)


def test_target_is_decided_over_its_siblings() -> None:
    folder = content(TEXTS)
    over = status.siblings(folder, "cant")
    assert over == ("late",)
    draft = status.decision(
        folder, "cant", "it ends: always", over=over, title="First: agree", today=DAY
    )
    rewrite = status.target(folder, "cant", "it ends: always", over=over, draft=draft)
    now = made(TEXTS, rewrite)
    assert now["cant.md"] == TEXTS["cant.md"].replace("# here\n", "# here\nstatus: target\n")
    assert now["decisions/first-agree.md"] == (
        "---\nkind: decision\nparent: aim\non: 2026-11-26\nchose: [cant]\nover: [late]\n"
        'door: # one-way | two-way\nbecause: "it ends: always"\n---\n# First: agree\n'
    )
    decided = after(folder, rewrite).tree.by_id[NodeId("first-agree")]
    assert isinstance(decided, Decision)
    assert (decided.because, decided.on) == ("it ends: always", DAY)


@pytest.mark.parametrize(
    ("node", "over", "words"),
    [
        ("veto", ("late",), "only an opportunity"),
        ("cant", ("veto",), "not another opportunity"),
        ("cant", ("cant",), "not another opportunity"),
        ("cant", ("none",), "no node"),
    ],
)
def test_target_refuses_other_nodes(node: str, over: tuple[str, ...], words: str) -> None:
    folder = content(TEXTS)
    draft = status.decision(folder, "cant", "x", over=over, title="T", today=DAY)
    with pytest.raises(Misuse, match=words):
        status.target(folder, node, "x", over=over, draft=draft)
