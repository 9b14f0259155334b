"""Properties of the judge for any files."""

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from ost.judge.check import all_rules, check, configure
from ost.read.document import Document
from ost.read.parse import parse
from ost.read.place import Lines
from ost.tree.build import build
from ost.tree.model import KINDS
from ost.tree.tree import Tree

RULES = configure(all_rules())
SCOPED = configure(all_rules(), {"single-solution": {"scope": "all"}})
IDS = ("a", "b", "c", "d", "e")

links = st.sampled_from(IDS).map(lambda each: f"[[{each}]]")
words = st.sampled_from(
    [
        "",
        "x",
        "she waits",
        "against",
        "[12:41]",
        "(99:99)",
        "[1:02:03]",
        "+49 151 23456789",
        "j@x.org",
    ]
)
said = st.lists(st.one_of(words, links, st.text(max_size=6)), max_size=4).map(" ".join)
values = st.one_of(
    st.sampled_from(
        [
            "target",
            "testing",
            "dropped",
            "parked",
            "supported",
            "refuted",
            "2026-01-02",
            "10:00",
            "7",
            "nan",
            "''",
            "[]",
            "{}",
            "{measure: 4, of: 0}",
            "{measure: x, at_least: 7, of: 10}",
            "{at_least: -1e308, of: 1e-308}",
            "{measure: 1e308, of: 1e308}",
            "[{rule: single-solution, because: x}, orphan, {rule: OST201, until: 2020-01-01}]",
        ]
    ),
    st.lists(st.sampled_from(IDS), max_size=3).map(lambda each: f"[{', '.join(each)}]"),
    said,
)
keys = st.sampled_from(
    [
        "parent",
        "status",
        "criterion",
        "result",
        "verdict",
        "started",
        "duration",
        "participant",
        "allow",
        "aliases",
        "chose",
        "title",
        "by",
    ]
)
headings = st.sampled_from(
    ["# A title", "## Opportunities", "## Memorable quote", "## Story", "## Insights", "##", "text"]
)
lines = st.tuples(st.sampled_from(["", "- ", "  - ", "> ", "  > ", "1. "]), said).map("".join)


@st.composite
def files(draw: st.DrawFn, *kinds: str) -> str:
    """A file of ours, more or less."""
    kind = draw(st.sampled_from([*KINDS, *kinds]))
    front = draw(st.dictionaries(keys, values, max_size=5))
    body = draw(st.lists(st.one_of(headings, lines), max_size=8))
    if kind == "tree":
        nested = draw(
            st.lists(st.tuples(st.integers(0, 3), st.sampled_from([*KINDS]), said), max_size=6)
        )
        body += [f"{'  ' * depth}- {each}: {text}" for depth, each, text in nested]
    fields = "".join(f"{key}: {value}\n" for key, value in front.items())
    text = f"---\nkind: {kind}\n{fields}---\n" + "\n".join(body)
    return text.replace("\r", "\n")  # as sources are


projects = st.dictionaries(st.sampled_from(IDS), files("tree", "oportunity"), min_size=1)
plain = st.dictionaries(st.sampled_from(IDS), files(), min_size=1)


def tree_of(texts: dict[str, str]) -> Tree:
    documents = (Document(f"{name}.md", parse(text)) for name, text in texts.items())
    return build(documents, as_of=date(2026, 11, 30))


@settings(max_examples=200, deadline=None)
@given(projects)
def test_rules_never_raise_and_places_lie_in_the_file(texts: dict[str, str]) -> None:
    tree = tree_of(texts)
    for rule in (*RULES, *SCOPED):
        for node in tree.by_id.values():
            if isinstance(node, rule.kinds):
                list(rule.check(node, tree))
    for each in check(tree, RULES):
        file = Lines(texts[each.path.removesuffix(".md")])
        first, last = file.line(each.at.line), file.line(each.at.end_line)
        assert 0 <= each.at.column <= len(first), each
        assert 0 <= each.at.end_column <= len(last), each
        assert each.at.column <= each.at.end_column or each.at.line < each.at.end_line, each


@settings(max_examples=40, deadline=None)
@given(plain, st.sets(st.sampled_from([each.code for each in RULES]), max_size=9))
def test_waiving_what_is_found_silences_all_findings_of_a_node(
    texts: dict[str, str], others: set[str]
) -> None:
    """Waives the rules with findings and some others: reading waivers of all rules takes long."""
    unwaived = {name: text.replace("\nallow:", "\nallowed:") for name, text in texts.items()}
    said = others | {each.code for each in check(tree_of(unwaived), RULES)}
    waivers = "".join(f"  - {{rule: {code}, because: x}}\n" for code in sorted(said))
    written = {
        name: text.replace("---\nkind", f"---\nallow:\n{waivers}kind", 1)
        for name, text in unwaived.items()
    }
    left = {each.code for each in check(tree_of(written), RULES) if each.node}
    assert left <= {"OST031"}
