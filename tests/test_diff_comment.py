"""The comment on a pull request: short enough, harmless, and empty without changes."""

import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from ost.exchange.differences import markdown, text
from ost.exchange.differences.difference import ComparedSide, Difference, NamedDifference, Rules
from ost.exchange.differences.mermaid import draw
from ost.exchange.reports.finding import Finding
from ost.exchange.reports.paint import plain
from ost.history.diff import compare
from ost.history.record import records
from ost.history.sentences import Both
from ost.read.diagnostic import Severity
from tests.conftest import files
from tests.test_diff import CASES, TREE, tree

GOLDEN = Path(__file__).parent / "golden/diff.md"
POINT = ComparedSide(revision="a" * 40, date="2026-10-01")


def named_difference(
    before: Mapping[str, str], after: Mapping[str, str], new: tuple[Finding, ...] = ()
) -> NamedDifference:
    both = Both(records(tree(dict(before))), records(tree(dict(after))))
    difference = Difference(
        before=POINT, after=POINT, changes=compare(*both), diagnostics=Rules(new=new)
    )
    return NamedDifference(difference=difference, both=both, called="ost diff main...")


def edited(*names: str) -> NamedDifference:
    texts = dict(files(TREE))
    for name in names:
        for path, old, new in CASES[name][0]:
            if old == "*":
                del texts[path]
            else:
                texts[path] = texts[path].replace(old, new, 1) if old else new
    return named_difference(files(TREE), texts)


def finding(number: int, severity: Severity = Severity.WARNING) -> Finding:
    return Finding(
        path="a.md", line=1, column=1, end_line=1, end_column=2, code="OST301",
        name="single-solution", severity=severity, message=f"remark {number}", node="a",
    )  # fmt: skip


def large(many: int, title: str = "Need {}") -> NamedDifference:
    """That many nodes in which everything changed."""
    before = {"top.md": "---\nkind: outcome\n---\n# Top\n"}
    after = dict(before)
    for number in range(many):
        head = "---\nkind: opportunity\nparent: top\nstatus: {}\n---\n"
        before[f"n{number}.md"] = head.format("open") + f"# {title.format(number)}\n"
        after[f"n{number}.md"] = head.format("parked") + f"# {title.format(number)}\n\nMore.\n"
    return named_difference(before, after, tuple(finding(number) for number in range(many)))


def test_comment_is_empty_without_changes() -> None:
    assert markdown.render(named_difference(files(TREE), files(TREE))) == ""
    assert text.render(named_difference(files(TREE), files(TREE)), plain) == ""


def test_comment_reads_like_this(request: pytest.FixtureRequest) -> None:
    story = ("measured", "bar moved", "withdrawn", "consent", "heard", "goal")
    shown = markdown.render(edited(*story))
    if request.config.getoption("--update"):
        GOLDEN.write_text(shown, "utf-8")
    assert shown == GOLDEN.read_text("utf-8")


def test_comment_begins_with_what_matters() -> None:
    shown = markdown.render(edited("bar moved", "withdrawn", "status"))
    marker, title, _, headline, _, *look = shown.split("\n")
    assert marker == "<!-- ost-diff -->"
    assert title.startswith("### ")
    assert headline.endswith("**2 things need a look**.")
    assert "bar moved with the result" in look[0]
    assert "By the bar set before, this test is **refuted**." in look[0]
    assert "lost its only evidence" in look[1]


def test_target_names_its_people_and_its_decision() -> None:
    shown = markdown.render(edited("target"))
    assert "**New target: *We cannot agree what to watch***, heard from 2 people" in shown


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (("goal",), "1 goal changed"),
        (("measured",), "1 outcome was measured"),
        (("bar changed",), "1 bar was changed, **1 thing needs a look**"),
        (("decided",), "1 node is new, 1 decision was made"),
        (("rekinded",), "1 node is of another kind"),
        (("waived",), "1 rule was waived"),
        (("heard again from the same person",), "1 opportunity was mentioned again"),
        (("bet",), "1 bet changed"),
        (("text",), "Only details changed"),
    ],
)
def test_headline_names_what_changed(names: tuple[str, ...], expected: str) -> None:
    """A new goal counts, and a decision that chose one thing over another counts once."""
    assert f"\n\n{expected}.\n" in markdown.render(edited(*names))


def test_headline_is_one_sentence_of_some_words() -> None:
    story = ("measured", "goal", "bar changed", "rekinded", "waived", "decided", "status")
    said = markdown.render(edited(*story)).split("\n")[3]
    assert said.count(",") == 5
    assert said.endswith(" and more, **1 thing needs a look**.")


def test_headline_without_a_change_is_about_rules() -> None:
    """What rules say can change where the tree does not."""
    same = dict(files(TREE))
    assert "No changes in the tree, only the findings changed." in markdown.render(
        named_difference(same, same, (finding(1),))
    )
    error = finding(1, Severity.ERROR)
    assert "No changes in the tree, **1 thing needs a look**." in markdown.render(
        named_difference(same, same, (error,))
    )


def test_target_names_the_decision_that_chose_it_before() -> None:
    shown = markdown.render(edited("target"))
    assert "heard from 2 people; `agreeing` chose it before" in shown
    other = markdown.render(edited("target", "decided otherwise"))
    assert "heard from 2 people; no decision says why" in other


def test_cuts_come_in_a_fixed_order() -> None:
    found = large(200, "Need {} of somebody who has to wait much too long for it")
    whole = markdown.render(found, 10_000_000)
    sizes: list[str] = []
    limit = len(whole.encode())
    while (shown := markdown.render(found, limit)) and len(sizes) < 10:
        size = len(shown.encode())
        assert size <= limit
        sizes.append(shown)
        limit = size - 1
        if limit < 400:
            break
    rest, fewer, rows, pictures = sizes[1], sizes[2], sizes[3], sizes[4:]
    assert "- text: 200" in rest
    assert "remark 30" in rest
    assert "remark 30" not in fewer
    assert "and 190 more new findings" in fewer
    assert "| 🟡 | status | 200 × opportunity |" not in fewer
    assert "| 🟡 | status | 200 × opportunity |" in rows
    assert "```mermaid" in rows
    assert all("```mermaid" not in each for each in pictures)
    assert all("200 nodes changed status" in each for each in sizes)


def test_comment_is_never_too_long() -> None:
    found = large(3000, "Need {} 🦆 " + "ü" * 200)
    assert len(markdown.render(found).encode()) <= 60_000


def test_comment_shortens_the_list_last() -> None:
    before = dict(files(TREE))
    after = dict(before)
    for number in range(2000):
        name = f"x{number}.md"
        before[name] = (
            f"---\nkind: interview\nparticipant: X{number}\nconsent: yes\n---\n# X {number}\n"
        )
        after[name] = before[name].replace("consent: yes", "consent: no")
    shown = markdown.render(named_difference(before, after))
    assert len(shown.encode()) <= 60_000
    assert "2,000 things need a look" in shown
    assert "```mermaid" not in shown
    assert "and more: `ost diff main...`" in shown


HOSTILE = (
    "@everyone look --> </details> <img src=x onerror=alert(1)> | a | `b` **c** [d](http://e) "
    '# f "g" ]; click n0 href "javascript:alert(1)" \x1b[31m \u202e %%{init: {}}%% end ```'
)


def test_titles_are_only_text() -> None:
    after = dict(files(TREE))
    after["bad.md"] = f"---\nkind: opportunity\nparent: more-evenings\n---\n# {HOSTILE}\n"
    after["lots.md"] = after["lots.md"].replace("Draw lots from three", HOSTILE)
    after["veto.md"] = after["veto.md"].replace("parent:", f"differs: '{HOSTILE}'\nparent:")
    found = named_difference(files(TREE), after)
    shown = markdown.render(found)
    outside = re.sub(r"```mermaid\n.*?\n```", "", shown, flags=re.DOTALL)
    inside = re.findall(r"```mermaid\n(.*?)\n```", shown, flags=re.DOTALL)
    assert len(inside) == 1
    for word in ("<img", "</details> ", "\x1b", "\u202e", "`b`", "@everyone", "[d]("):
        assert word not in outside.replace("\\" + word[:1], "")
    for row in re.findall(r"^\|.*$", outside, flags=re.MULTILINE):
        assert len(re.findall(r"(?<!\\)\|", row)) == 5
    for line in inside[0].split("\n"):
        assert line.count('"') in {0, 2}
        assert "javascript:" not in line
        assert "%%" not in line
        assert "`" not in line
    assert "\x1b" not in text.render(found, plain)


def test_picture_has_no_more_than_forty_nodes() -> None:
    found = large(200)
    drawn = draw(found.difference.changes, found.both)
    assert len(re.findall(r"^  n\d+\S*\"", drawn, flags=re.MULTILINE)) <= 40
    assert len(drawn) < 50_000
    assert "1\N{ONE DOT LEADER} first" in draw(
        large(1, "1. first {}").difference.changes, large(1, "1. first {}").both
    )


@pytest.mark.parametrize(
    ("title", "label"),
    [
        ("- first", "#45; first"),
        ("+ first", "#43; first"),
        ("snake_case {}", "snake#95;case 0"),
        ("a\\nb", "a\N{FULLWIDTH REVERSE SOLIDUS}nb"),
        ("fa:fa-car", "fa\N{ZERO WIDTH SPACE}#58;fa-car"),
    ],
)
def test_titles_are_not_mermaid_notation(title: str, label: str) -> None:
    found = large(1, title)
    assert f'"{label}<br/>' in draw(found.difference.changes, found.both)


def test_picture_grows_to_the_right_with_many_siblings() -> None:
    for many, way in ((6, "TD"), (7, "LR")):
        found = large(many)
        assert draw(found.difference.changes, found.both).startswith(f"flowchart {way}\n")


def test_node_below_a_circle_is_drawn() -> None:
    before = {
        "a.md": "---\nkind: opportunity\nparent: b\n---\n# A\n",
        "b.md": "---\nkind: opportunity\nparent: a\n---\n# B\n",
    }
    after = before | {"a.md": before["a.md"].replace("# A", "# Other")}
    found = named_difference(before, after)
    assert "n1" in draw(found.difference.changes, found.both)


def test_bar_that_came_with_its_result_accuses_no_one() -> None:
    """A squash: which was first cannot be known from this change, and nothing else is said."""
    bar, result = "criterion: {measure: families, at_least: 8, of: 10}\n", "result: {measure: 9}\n"
    test = files(TREE)["ask-ten.md"]
    bare = {**files(TREE), "ask-ten.md": test.replace(bar, "")}
    gone = {name: text for name, text in files(TREE).items() if name != "ask-ten.md"}
    full = {**files(TREE), "ask-ten.md": test.replace(bar, bar + result)}
    for before in (bare, gone):
        shown = markdown.render(named_difference(before, full))
        assert "git cannot show which came first" in shown
        assert "moved with the result" not in shown
    planned = markdown.render(named_difference(bare, files(TREE)))
    assert "git cannot show which came first" not in planned
