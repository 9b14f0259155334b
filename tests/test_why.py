"""`ost why`: from a node, a commit, a file or a ticket to what people said."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from ost.answers.trailers import candidates, trailers
from tests.scratch import Scratch
from tests.test_diff import TREE

if TYPE_CHECKING:
    from click.testing import Result

Run = Callable[[str], "Result"]


@pytest.fixture
def tree(scratch: Scratch) -> Scratch:
    text = TREE.replace(
        "parent: cant-agree\nstatus: candidate",
        "parent: cant-agree\nstatus: testing\nlinks: [https://example.org/browse/FILM-12]",
    )
    scratch.commit("-- ost.toml --\n" + text)
    return scratch


def why(run: Run, line: str) -> Any:
    ended = run(f"ost why --format json {line}")
    assert ended.exit_code == 0, ended.output
    return json.loads(ended.stdout)


def test_chain_of_a_solution(tree: Scratch, run: Run) -> None:
    (chain,) = why(run, "veto")
    assert [each["id"] for each in chain["way"]] == ["veto", "cant-agree", "more-evenings"]
    assert chain["rivals"] == ["Draw lots from three"]
    assert [each["id"] for each in chain["decisions"]] == ["agreeing"]
    assert chain["decisions"][0]["over"] == ["I forget what friends told me to watch"]
    voices = {each["participant"]: each for each in chain["voices"]}
    assert voices["P01"]["words"] == "By the time we agree somebody has gone to bed."
    assert (voices["P01"]["quoted"], voices["P01"]["second"]) == (True, 785)
    assert (voices["P02"]["quoted"], voices["P02"]["second"]) == (False, 120)
    assert chain["tests"][0]["criterion"] == {"measure": "families", "at_least": 8, "of": 10}
    assert chain["weakest"] == (
        "“Everybody has a phone at hand” is not tested, but the solution is already being built"
    )


def test_chain_of_what_is_below_a_solution_is_the_solutions(tree: Scratch, run: Run) -> None:
    for node in ("phones", "ask-ten"):
        (chain,) = why(run, node)
        assert chain["node"] == node
        assert chain["way"][0]["id"] == "veto"


def test_chain_in_words(tree: Scratch, run: Run) -> None:
    said = run("ost why veto").stdout
    assert "└ for opportunity: We cannot agree what to watch" in said
    assert "P01: “By the time we agree somebody has gone to bed.” [13:05]" in said
    assert "weakest link: " in said
    comment = run("ost why veto --format markdown").stdout
    assert comment.startswith("<!-- ost-why -->\n")
    assert "**Weakest link:**" in comment


WEAK: tuple[tuple[str, dict[str, tuple[str, str]], str], ...] = (
    ("p01.md p02.md", {}, "no customer has mentioned “We cannot agree what to watch”"),
    ("p02.md", {}, "only one person has mentioned “We cannot agree what to watch”"),
    ("agreeing.md", {}, "no decision says why it was chosen"),
    ("lots.md", {}, "it has no live alternative to compare it with"),
    (
        "",
        {"ask-ten.md": ("started:", "verdict: refuted\nstarted:")},
        "it rests on “Everybody has a phone at hand”, which was refuted",
    ),
    (
        "",
        {"veto.md": ("parent: cant-agree\n", "")},
        "there is no opportunity above it, so it answers no known need",
    ),
    (
        "",
        {"p02.md": ("- [[", "- against [["), "p01.md": ("- [[cant", "- against [[cant")},
        "no customer has mentioned “We cannot agree what to watch”",
    ),
)


@pytest.mark.parametrize(("without", "edits", "expected"), WEAK)
def test_weakest_link_is_named(
    tree: Scratch, run: Run, without: str, edits: dict[str, tuple[str, str]], expected: str
) -> None:
    for name in without.split():
        (tree.folder / name).unlink()
    for name, (old, new) in edits.items():
        text = (tree.folder / name).read_text()
        assert old in text
        (tree.folder / name).write_text(text.replace(old, new, 1))
    (chain,) = why(run, "veto")
    assert chain["weakest"] == expected


def test_decision_is_suspect_since_it_was_made(tree: Scratch, run: Run) -> None:
    need = tree.folder / "cant-agree.md"
    need.write_text(need.read_text().replace("cannot agree what to watch", "want to go to bed"))
    tree.commit()
    (chain,) = why(run, "veto")
    assert chain["decisions"][0]["suspect"] == ["cant-agree reworded"]
    assert "suspect" in chain["weakest"]
    decision = tree.folder / "agreeing.md"
    decision.write_text(decision.read_text() + "\nLooked at again.\n")
    tree.commit()
    (chain,) = why(run, "veto")
    assert chain["decisions"][0]["suspect"] == []


def test_ticket_finds_its_node(tree: Scratch, run: Run) -> None:
    for ticket in ("FILM-12", "film-12", "https://example.org/browse/FILM-12/"):
        (chain,) = why(run, ticket)
        assert chain["node"] == "veto"
        assert "link of veto" in chain["asked"]
    assert run("ost why ILM-12").exit_code == 2
    assert run("ost why 2").exit_code == 2


@pytest.fixture
def code(tree: Scratch, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Scratch:
    """A repository of code beside the tree's."""
    made = Scratch(tmp_path / "code")
    made.commit("-- readme.txt --\nhello\n", "Begin")
    made.commit("-- src/veto.py --\npass\n", "Veto\n\nSome words.\n\nSolution: [[veto]]")
    made.commit(
        "-- src/lots.py --\npass\n",
        "Lots\n\nSolution: https://tree.example.org/ost/node/lots?x=1\nSigned-off-by: Ada",
    )
    monkeypatch.chdir(made.folder)
    return made


TREE_IS = "--tree ../repository"


def nodes(found: Any) -> list[str]:
    return [each["node"] for each in found]


def test_code_repository_asks_a_tree_elsewhere(code: Scratch, run: Run) -> None:
    assert nodes(why(run, f"--range HEAD~2..HEAD {TREE_IS}")) == ["lots", "veto"]
    assert nodes(why(run, f"HEAD~2..HEAD {TREE_IS}")) == ["lots", "veto"]
    assert nodes(why(run, f"src/veto.py {TREE_IS}")) == ["veto"]
    assert nodes(why(run, f"HEAD~1 {TREE_IS}")) == ["veto"]
    assert nodes(why(run, f"src {TREE_IS}")) == ["lots", "veto"]
    assert "named by" in why(run, f"HEAD {TREE_IS}")[0]["asked"]


def test_code_repository_asks_a_published_file(code: Scratch, run: Run, tmp_path: Path) -> None:
    run(f"ost build {tmp_path}/repository -o {tmp_path}/tree.db")
    run(f"ost build {tmp_path}/repository -o {tmp_path}/published")
    live = why(run, f"HEAD {TREE_IS}")
    assert why(run, "HEAD --tree ../tree.db") == live
    assert why(run, "HEAD --tree ../published") == live
    ended = run("ost why HEAD --tree readme.txt")
    assert ended.exit_code == 2
    assert "published" in ended.stderr


def test_comment_without_a_trailer_says_how_to_add_one(code: Scratch, run: Run) -> None:
    for what in ("readme.txt", "HEAD~2", "--range HEAD..HEAD"):
        ended = run(f"ost why {what} {TREE_IS}")
        assert ended.exit_code == 0
        assert "Solution: [[its-id]]" in ended.stdout
    comment = run(f"ost why HEAD~2 {TREE_IS} --format markdown").stdout
    assert "Solution: [[its-id]]" in comment
    assert why(run, f"HEAD~2 {TREE_IS}") == []


def test_dangling_trailer_is_reported(code: Scratch, run: Run) -> None:
    """People who have already written the line need no advice on how to write it."""
    code.commit("-- c.py --\npass\n", "C\n\nSolution: [[vetos]], [[]]\nTest: run the checks")
    ended = run(f"ost why HEAD {TREE_IS} --format json")
    assert json.loads(ended.stdout) == []
    assert "names 'vetos', which is not a node of the tree; did you mean 'veto'?" in ended.stderr
    assert "checks" not in ended.stderr
    assert nodes(why(run, f"HEAD~3..HEAD {TREE_IS}")) == ["lots", "veto"]


def test_comment_names_dangling_links(code: Scratch, run: Run) -> None:
    code.commit("-- c.py --\npass\n", "C\n\nSolution: [[vetos]], https://x.org/ost/node/lot")
    said = run(f"ost why HEAD {TREE_IS} --format markdown").stdout
    assert "names 'vetos', which is not a node of the tree; did you mean 'veto'?" in said
    assert "ost/node/lot', which is not a node of the tree; did you mean 'lots'?" in said
    assert "No commit here" not in said
    said = run(f"ost why HEAD~2..HEAD {TREE_IS} --format markdown").stdout
    assert said.index("did you mean") < said.index("**solution**")
    code.commit("", "D\n\n" + "".join(f"Solution: [[no{at}]]\n" for at in range(9)))
    assert "and 4 more" in run(f"ost why HEAD {TREE_IS} --format markdown").stdout


def test_words_that_are_not_ids_name_no_node(code: Scratch, run: Run) -> None:
    code.commit("", "C\n\nWhy: a veto helps\nTest: lots\nSolution: veto lots")
    assert nodes(why(run, f"HEAD {TREE_IS}")) == ["lots", "veto"]
    code.commit("", "C\n\nWhy: a veto helps lots")
    assert nodes(why(run, f"HEAD {TREE_IS}")) == []


def test_address_that_a_node_links_is_a_ticket(code: Scratch, run: Run) -> None:
    code.commit("", "C\n\nWhy: https://example.org/browse/FILM-12")
    assert nodes(why(run, f"HEAD {TREE_IS}")) == ["veto"]


def test_former_ids_are_known(
    code: Scratch, tree: Scratch, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = (tree.folder / "veto.md").read_text().replace("---\n", "---\naliases: [Old_veto]\n", 1)
    tree.commit(f"-- veto.md --\n{text}")
    code.commit("", "C\n\nSolution: [[old veto]]")
    assert nodes(why(run, f"HEAD {TREE_IS}")) == ["veto"]
    tree.git("mv", "lots.md", "many.md")
    tree.commit()
    run("ost build ../repository --history -o ../tree.db")
    code.commit("", "D\n\nSolution: lots")
    assert nodes(why(run, "HEAD --tree ../tree.db")) == ["many"], "history knows what no file says"


def test_file_is_followed_through_its_life(code: Scratch, run: Run) -> None:
    code.git("mv", "src/veto.py", "src/no.py")
    code.commit("", "Moved")
    assert nodes(why(run, f"src/no.py {TREE_IS}")) == ["veto"]
    assert nodes(why(run, f"src/veto.py {TREE_IS}")) == ["veto"]
    code.commit("-- src/lots.py --\ngone\n", "No more")
    assert nodes(why(run, f"src/lots.py {TREE_IS}")) == ["lots"]
    assert "outside" in run(f"ost why ../repository/ost.toml {TREE_IS}").stderr


def test_merge_is_what_it_brought(code: Scratch, run: Run) -> None:
    code.git("checkout", "-q", "-b", "side")
    code.commit("", "Side\n\nSolution: [[veto]]")
    code.git("checkout", "-q", "main")
    code.git("merge", "-q", "--no-ff", "-m", "Merge pull request #1 from side", "side")
    assert nodes(why(run, f"HEAD {TREE_IS}")) == ["veto"]


def test_file_of_a_shallow_clone_says_where_history_begins(
    code: Scratch, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    code.git("clone", "-q", "--depth", "1", f"file://{code.folder}", "../shallow")
    monkeypatch.chdir(code.folder.parent / "shallow")
    ended = run(f"ost why src/veto.py {TREE_IS}")
    assert "this clone is shallow" in ended.stderr


def test_why_reports_usage_errors(code: Scratch, run: Run) -> None:
    for line in ("", "veto --range A..B", "--range HEAD", "nothing", "--range nope..HEAD", "-x"):
        ended = run(f"ost why {TREE_IS} {line}")
        assert ended.exit_code == 2, line
        assert ended.stderr.count("\n") == 1
    assert run("ost why veto --tree ../nowhere").exit_code == 2


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("Solution: [[veto]]", ["[[veto]]"]),
        ("words\n\nsolution: veto\r\n", ["veto"]),
        ("Solution: [[a b]], [[c|words]]", ["[[a b]]", "[[c|words]]"]),
        ("Opportunity: https://x.org/node/a", ["https://x.org/node/a"]),
        ("No Solution: x\nThe solution is: y", []),
        ("Solution:", []),
        ("Decision: x, y", ["x", "y"]),
        ("Solutions: x and [[y]] & z.", ["x", "[[y]]", "z"]),
        ("- Solution: `veto`", ["veto"]),
        ("* **Solution:** [[veto]]", ["[[veto]]"]),
        ("> Solution: veto", ["veto"]),
        ("commit 1\n\n    Words\n    \n    Solution: [[veto]]\n\ncommit 2", ["[[veto]]"]),
        ("Solution: [words](https://x.org/node/a)", ["https://x.org/node/a"]),
        (
            "Solution: <https://x.org/node/a>, https://x.org/node/b.",
            [
                "https://x.org/node/a",
                "https://x.org/node/b",
            ],
        ),
        ("Solution:\n  [[a]],\n  b\nwords", ["[[a]]", "b"]),
        ("Solution:\n- [[a]]\n- [[b]]\n- words", ["[[a]]", "[[b]]"]),
        ("Solution: a\n  Opportunity: b", ["a", "b"]),
        ("Why:\u00a0people veto", ["people veto"]),
        ("Solution: [[a]]\r\nCo-authored-by: B <b@x.org>\r\n", ["[[a]]"]),
    ],
)
def test_trailers_are_read_in_every_form(body: str, expected: list[str]) -> None:
    assert trailers("", body) == expected


@pytest.mark.parametrize(
    ("subject", "expected"),
    [
        ("Solution: [[veto]]", ["[[veto]]"]),
        ("Skip it Solution: [[veto]]", ["[[veto]]"]),
        ("Skip it (Opportunity: https://x.org/node/a)", ["https://x.org/node/a"]),
        ("test: veto", []),
        ("A resolution: [[veto]]", []),
    ],
)
def test_trailers_of_a_message_of_one_line(subject: str, expected: list[str]) -> None:
    assert trailers(subject, "") == expected


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://x.org/ost/node/veto.json?x=1#heard", ["veto"]),
        ("https://x.org/ost/node/a+b~C3~A9", ["a+b~C3~A9", "a bé"]),
        ("https://x.org/ost/tree/lots?at=veto#veto", ["veto", "lots"]),
        ("https://x.org/o/lots/blob/main/content/veto.md", ["veto"]),
        ("https://x.org/o/lots/blob/main/content/tree.md#veto", ["veto", "tree"]),
    ],
)
def test_address_means_the_node_that_it_ends_in(address: str, expected: list[str]) -> None:
    assert candidates(address) == expected


def test_link_gives_candidate_ids() -> None:
    assert candidates("[[a|words]]") == ["a"]
    assert candidates("[[a#part]]") == ["a"]
    assert candidates("https://x.org/ost/a%20b.html?x#y")[0] == "a b"
    assert candidates("[[]]") == []
