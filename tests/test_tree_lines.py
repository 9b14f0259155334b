"""Lines of one-file trees that are not nodes: fields, diagrams, a team's words."""

import pytest

from ost.read.parse import parse
from ost.read.vocabulary import vocabulary


@pytest.mark.parametrize(
    ("label", "lines", "fields"),
    [
        ("Solution", "status: in progress\n  differs: it asks", "status=building differs=it asks"),
        ("Solution", "because: too slow\n  Status: dropped", "because=too slow status=dropped"),
        ("Opportunity", "**status:** target", "status=target"),
        ("Opportunity", "- moment:: at the gate", "moment=at the gate"),
        ("Assumption", "importance: High\n  risk: usability", "importance=high risk=usability"),
        ("Outcome", "status: met\n  metric: evenings", "status=met metric=evenings"),
        ("Solution", "status: nobody knows\n  owner: ak", ""),
    ],
)
def test_lines_below_the_words_of_an_item_are_its_fields(
    label: str, lines: str, fields: str
) -> None:
    entry = parse(f"---\nkind: tree\n---\n- {label}: It is\n  {lines}\n").entries[0]
    assert entry.title is not None
    assert entry.title.text == "It is"
    found = [f"{each.name}={getattr(each.value, 'text', '')}" for each in entry.fields]
    assert " ".join(found) == fields


def test_field_lines_are_not_text() -> None:
    item = "- Opportunity: A {status: open}\n  - status: target\n  - moment: at home\n  Words.\n"
    entry = parse(f"---\nkind: tree\n---\n{item}").entries[0]
    assert [each.name for each in entry.fields] == ["status", "moment"]
    assert entry.body == "# A\n\n- status: target\n\nWords.\n"


def test_kind_of_risk_in_parentheses_is_a_field() -> None:
    entry = parse("---\nkind: tree\n---\n- Assumption: They look (Usability)\n").entries[0]
    assert entry.id == "they-look"
    assert [(each.name, getattr(each.value, "text", "")) for each in entry.fields] == [
        ("risk", "usability")
    ]


@pytest.mark.parametrize(
    "diagram",
    [
        'graph TD\n  O["Outcome: More"] --> P["Opportunity: We"]',
        "mindmap\n  root((Outcome: More))\n    Opportunity: We",
        "digraph {\n  more -> we\n}",
    ],
)
def test_lines_of_a_diagram_language_are_not_nodes(diagram: str) -> None:
    reading = parse(f"---\nkind: tree\n---\n# Co-op\n\n```\n{diagram}\n```\n")
    assert reading.entries == ()
    assert "`ost import`" in reading.diagnostics[0].message


def test_a_drawing_may_hold_arrows() -> None:
    picture = "```\nOutcome: More\n└── Opportunity: From mail -> text\n```"
    found = [each.id for each in parse(f"---\nkind: tree\n---\n{picture}\n").entries]
    assert found == ["more", "from-mail-text"]


def test_a_team_s_words_are_compared_composed() -> None:
    words = vocabulary((("solution", ("L\u00f6sung",)), ("opportunity", ("Bedu\u0308rfnis",))))
    body = "- Bed\u00fcrfnis: A\n  - Lo\u0308sung: B\n  - L\u00f6sung: C\n"
    entries = parse(f"---\nkind: tree\n---\n# Outcome: O\n{body}", words).entries
    assert [each.id for each in entries] == ["o", "a", "b", "c"]
    assert parse("---\nkind: Lo\u0308sung\n---\n# A\n", words).diagnostics == ()
