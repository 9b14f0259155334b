"""One text at a time: front matter in every form, Markdown with its places."""

import pytest

from ost.read.document import Entry
from ost.read.parse import parse
from ost.read.place import Lines
from tests.values import plain


def entry_of(text: str) -> Entry:
    """The one entry of a text without remarks."""
    reading = parse(text)
    assert reading.diagnostics == ()
    (entry,) = reading.entries
    return entry


def test_indenting_tab_is_read_as_a_blank_and_reported() -> None:
    reading = parse("---\nkind: outcome\na:\n\t- x\n\t- y\n---\n# A\n")
    (remark,) = reading.diagnostics
    assert (remark.code, remark.at.line, remark.severity.value) == ("OST001", 3, "warning")
    field = reading.entries[0].field("a")
    assert field is not None
    assert plain(field.value) == ["x", "y"]


def remarks(text: str) -> list[str]:
    """Where and what: `line:column code words-at-that-place`."""
    lines = Lines(text)
    return [
        f"{each.at.line + 1}:{each.at.column + 1} {each.code} {lines.cut(each.at)}"
        for each in parse(text).diagnostics
    ]


@pytest.mark.parametrize(
    ("front", "expected"),
    [
        ("a: b", "b"),
        ("a: 'it''s'", "it's"),
        ('a: "x"', "x"),
        ("a: [[x]]", [["x"]]),
        ('a: "[[x|words]]"', "[[x|words]]"),
        ("a: [x, y]", ["x", "y"]),
        ("a:\n  - x\n  - y", ["x", "y"]),
        ("a:\n- x\n- y", ["x", "y"]),
        ("a:\n  -\tx", ["x"]),
        ("a: {b: c}", {"b": "c"}),
        ("a:\n  b: c", {"b": "c"}),
        ("a: 2026-11-03", "date 2026-11-03"),
        ("a: '2026-11-03'", "2026-11-03"),
        ("a: 12", "int 12"),
        ("a: 1.5", "float 1.5"),
        ("a: yes", "bool yes"),
        ("a:", "null "),
        ("a: ~", "null ~"),
        ("a: |\n  two\n  lines", "two\nlines\n"),
        ("a: >-\n  two\n  lines", "two lines"),
        ("a: x # a comment", "x"),
        ("b: &n [x]\na: *n", ["x"]),
        ("b: &n {x: y}\na:\n  <<: *n\n  z: w", {"x": "y", "z": "w"}),
        ("? a\n: x", "x"),
        ("'a': x", "x"),
        ("a: 😀 x", "😀 x"),
        ("a: [[x|one, two]]", [["x|one, two"]]),
        ("a: [[[x]], [[y]]]", [[["x"]], [["y"]]]),
        ("a: 12:41", "12:41"),
        ("a: 'y'\n\n# a comment\nb: z", "y"),
        ("b: &n {x: 1}\na: {<<: *n, x: 2}", {"x": "int 2"}),
        ("b: [&m {x: y}, &n {x: z, v: w}]\na: {<<: [*m, *n]}", {"x": "y", "v": "w"}),
        ('a: "x\\ty"', "x\ty"),
        ("a: |\n  one\n  ---\n  two", "one\n---\ntwo\n"),
    ],
)
def test_front_matter_in_every_form_people_write(front: str, expected: object) -> None:
    field = entry_of(f"---\nkind: guide\n{front}\n---\n# T\n").field("a")
    assert field is not None
    assert plain(field.value) == expected


@pytest.mark.parametrize(
    ("front", "expected"),
    [
        ("title: Foo: bar", "Foo: bar"),
        ("title: [[x]] [[y]]", "[[x]] [[y]]"),
        ("title: @home", "@home"),
        ("title: 'open", "'open"),
        ("title: %x", "%x"),
        ("title: [[x]], [[y]]", "[[x]], [[y]]"),
        ("title: 'it's'", "it's"),
        ("title: it: is # so", "it: is"),
        ("title:it is", "it is"),
        ("title: [a", "[a"),
        ("title: Foo\nwords without a key", "Foo"),
        ("title: Foo\n  status: open", "Foo"),
        ("date: *nobody\ntitle: Foo", "Foo"),
    ],
)
def test_invalid_yaml_is_kept_as_written(front: str, expected: str) -> None:
    reading = parse(f"---\nkind: guide\n{front}\nparent: better\n---\n# T\n")
    assert [each.code for each in reading.diagnostics] == ["OST001"]
    assert reading.diagnostics[0].at.line in (2, 3, 4)
    title, parent = reading.entries[0].field("title"), reading.entries[0].field("parent")
    assert title is not None
    assert parent is not None
    assert (plain(title.value), plain(parent.value)) == (expected, "better")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ["1:1 OST018 "]),
        ("  \n\n", ["1:1 OST018 "]),
        ("# Notes\n", ["1:1 OST005 # Notes"]),
        ("---\ntags: [a]\n---\n# Notes\n", ["1:1 OST005 ---"]),
        ("words --- more\n---\nkind: guide\n---\n", ["1:1 OST005 words --- more"]),
        ("---\nkind: gide\n---\n# T\n", ["2:7 OST006 gide"]),
        ("---\nkind: [guide]\n---\n# T\n", ["2:7 OST006 [guide]"]),
        ("---\nkind: guide\nkind: test\n---\n# T\n", ["3:1 OST009 kind"]),
        ("---\nkind: guide\n---\n", ["1:1 OST015 ---"]),
        ("---\nkind: guide\n# T\n", ["1:1 OST017 ---"]),
        ("---\nkind: guide\n---\n# T\nat [12:75]\n", ["5:4 OST016 [12:75]"]),
        (
            "---\nkind: guide\n---\n# T\n<<<<<<< a\nx\n=======\ny\n>>>>>>> b\n",
            ["5:1 OST004 <<<<<<<"],
        ),
        ("---\nkind: guide\n---\n# T\n<<<<<<< a\nx\n=======\ny\n", ["5:1 OST004 <<<<<<<"]),
        ("---\nkind: guide\n---\n# T\nx\n=======\ny\n>>>>>>> b\n", ["6:1 OST004 ======="]),
        ("---\nkind: guide\na: [&a [*a]]\n---\n# T\n", ["3:4 OST014 [&a [*a]]"]),
        ("---\nkind: guide\n[a]: b\n---\n# T\n", ["3:1 OST001 [a]"]),
        ("---\n&a {kind: guide, <<: *a}\n---\n# T\n", ["2:4 OST014 {kind: guide, <<: *a}"]),
        (
            f"---\nkind: guide\na: {'[' * 60 + ']' * 60}\n---\n# T\n",
            [f"3:4 OST001 {'[' * 60 + ']' * 60}"],
        ),
        ("---\nkind: guide\ntitle: A: b\n---\n", ["3:9 OST001 :"]),
        ("---\nkind: guide\n  title: A\n---\n", ["3:3 OST001 title"]),
        ("---\nkind: guide\ntitle: @a\nfor: it: is\n---\n", ["3:8 OST001 @", "4:8 OST001 :"]),
        ("---\nkind:guide\n---\n# T\n", ["2:1 OST001 kind"]),
        ("---\n- kind: guide\n---\n# T\n", ["2:1 OST001 - kind: guide"]),
        ("---\nkind: guide\na: \x07\n---\n# T\n", ["3:4 OST001 \x07"]),
        ("---\nkind: guide\na: {b: 1, b: 2}\n---\n# T\n", ["3:11 OST009 b"]),
        ("---\nkind: guide\na: {<<: x}\n---\n# T\n", ["3:9 OST001 x"]),
        ("---\nkind: guide\nparent: x\n\n# T\n\nwords\n\n---\n\nmore\n", ["1:1 OST017 ---"]),
        ("---\n\nA rule above words.\n", ["1:1 OST005 ---"]),
        ("---\ntitle: {{x}}: [\n---\nnot ours\n", ["1:1 OST044 ---"]),
        ("---\nknd: guide\n---\n# T\n", ["1:1 OST005 ---"]),
        ("\n\n---\nkind: guide\n---\n# T\n", []),
        ("\ufeff---\nkind: guide\n---\n# T\n", []),
        ("---\r\nkind: Guide\r\nparent: [[x]]\r\n---\r\n# T\r\n", []),
        (
            "---\n<<<<<<< a\nkind: guide\n=======\nkind: test\n>>>>>>> b\n---\n# T\n",
            ["2:1 OST004 <<<<<<<"],
        ),
        ("---\nkind: guide\na: " + "[" * 5000 + "\n---\n# T\n", ["3:4 OST001 ["]),
        ("---\nkind: tree\n---\n", ["1:1 OST018 ---"]),
        ("---\nkind: tree\n---\n- outcome: O {status: active\n", ["4:14 OST001 {"]),
        ("---\nkind: tree\n---\n- outcom: O\n- tests: two\n", ["4:3 OST006 outcom"]),
        ("---\nkind: tree\n---\n- outcome:\n", ["4:1 OST042 - outcome:"]),
        ("---\nkind: tree\n---\n- outcome: O\n  - at [12:75]\n", ["5:8 OST016 [12:75]"]),
    ],
)
def test_each_fault_is_one_remark_at_its_place(text: str, expected: list[str]) -> None:
    assert remarks(text) == expected


def test_salvaged_values_keep_their_shape() -> None:
    text = (
        "---\nkind: guide\nfor: x: y\ncriterion:\n  measure: 7\n  measure: 8\n  at_least: @7\n"
        "aliases:\n  - a\n  - b: [\nallow:\n  - rule: x\n    because: a\n  - rule: @y\n---\n# T\n"
    )
    reading = parse(text)
    assert remarks(text) == ["3:7 OST001 :", "7:13 OST001 @", "10:8 OST001 [", "14:11 OST001 @"]
    assert {each.name: plain(each.value) for each in reading.entries[0].fields} == {
        "kind": "guide",
        "for": "x: y",
        "criterion": {"measure": "int 7", "at_least": "@7"},
        "aliases": ["a", "b: ["],
        "allow": [{"rule": "x", "because": "a"}, "rule: @y"],
    }


def test_merge_bomb_is_one_quick_diagnostic() -> None:
    rows = [
        "a0: &a0 {x: y}",
        *(f"a{n}: &a{n} {{<<: [*a{n - 1}, *a{n - 1}]}}" for n in range(1, 45)),
    ]
    text = "---\nkind: guide\n" + "\n".join(rows) + "\n---\n# T\n"
    reading = parse(text)
    assert [each.code for each in reading.diagnostics] == ["OST014"]
    assert len(reading.entries[0].fields) > 10


def test_alias_bomb_is_one_quick_diagnostic() -> None:
    rows = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    rows += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 12)]
    text = "---\nkind: guide\n" + "\n".join(rows) + "\n---\n# T\n"
    reading = parse(text)
    assert [each.code for each in reading.diagnostics] == ["OST014"]
    assert reading.entries[0].title is not None
    assert reading.entries[0].field("a1") is not None


def test_dashes_in_the_body_are_not_front_matter() -> None:
    entry = entry_of("---\nkind: guide\n---\n# T\n\nabove\n\n---\n\nbelow: [[x]]\n")
    assert [each.target for each in entry.links] == ["x"]
    assert [each.name for each in entry.fields] == ["kind"]


@pytest.mark.parametrize("end", ["---", "...", "---   "])
def test_front_matter_ends(end: str) -> None:
    assert entry_of(f"---\nkind: guide\n{end}\n# T\n").title is not None


BODY = "---\nkind: interview\n---\n# P07\n\n"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("[[x]]", [("x", "wiki", "", "")]),
        ("[[x|the x]]", [("x", "wiki", "the x", "")]),
        ("[[x#part]]", [("x", "wiki", "", "part")]),
        ("[[ x | the x ]]", [("x", "wiki", "the x", "")]),
        ("![[x.png]]", [("x.png", "wiki", "", "")]),
        ("[[a/b]] and [[c]]", [("a/b", "wiki", "", ""), ("c", "wiki", "", "")]),
        ("[w](a/b.md)", [("a/b.md", "markdown", "w", "")]),
        ("[w](b.md#part 'title')", [("b.md", "markdown", "w", "part")]),
        ("[w](<b c.md>)", [("b c.md", "markdown", "w", "")]),
        ("[w](https://example.org) [w](mailto:a@b.c) [w](#part)", []),
        ("`[[x]]` ``a ` [[x]]``", []),
        (r"\[[x]]", []),
        ("<!-- [[x]] -->", []),
        ("😀 [[x]]", [("x", "wiki", "", "")]),
        ("**[[x]]**", [("x", "wiki", "", "")]),
    ],
)
def test_links_are_read_with_their_places(
    words: str, expected: list[tuple[str, str, str, str]]
) -> None:
    text = f"{BODY}{words}\n"
    entry = entry_of(text)
    assert [(each.target, each.form, each.words, each.heading) for each in entry.links] == expected
    assert all(Lines(text).cut(each.target_at) == each.target for each in entry.links)


@pytest.mark.parametrize(
    ("words", "expected", "left"),
    [
        ("they met [12:41]", [761], "they met"),
        ("[1:02:03] they met", [3723], "they met"),
        ("they (02:00) met", [120], "they met"),
        ("[12:41-13:05] long", [761, 785], "long"),
        ("[12:41]–[13:05] long", [761, 785], "long"),
        ("[12:41](https://example.org) met", [761], "met"),
        ('<a class="yt" data-t="00:14:38">[14:38:00]</a> met', [878], "met"),
        ("at 12:41 and [ref] and `[12:41]`", [], "at 12:41 and [ref] and [12:41]"),
    ],
)
def test_timestamps_are_removed_from_words(words: str, expected: list[int], left: str) -> None:
    (section,) = entry_of(f"{BODY}words {words}\n").sections
    assert [each.second for each in section.stamps] == expected
    assert section.text == f"words {left}"


@pytest.mark.parametrize(
    ("words", "items"),
    [
        ("[01:00] they met\n[01:40] they left", [("they met", [60]), ("they left", [100])]),
        ("**[01:00]** they met\nand ate [01:10]", [("they met and ate", [60, 70])]),
        ("(1:02:03) met\n\nthen [01:10] left", [("met", [3723])]),
        ('[01:00] "We met there."', [('"We met there."', [60])]),
        ("[01:00]", []),
        ("then\n[01:00] they met", []),
    ],
)
def test_line_that_begins_with_a_time_is_an_item(
    words: str, items: list[tuple[str, list[int]]]
) -> None:
    (section,) = entry_of(f"{BODY}{words}\n").sections
    found = [(each.text, [stamp.second for stamp in each.stamps]) for each in section.items]
    assert found == items


SNAPSHOT = """\
---
kind: interview
---
# P07: film night

before

## Memorable quote
> We spend longer *choosing*
> than watching. [12:41]

## Story
1. [03:10] Friday,
   everyone on the sofa
2. [05:40] scrolls

## Opportunities
- [[cant-agree]] four people [12:41]
  > By then. [13:05]
  - and again [[other]]
- nothing
"""


def test_snapshot_is_read_by_sections() -> None:
    entry = entry_of(SNAPSHOT)
    lines = Lines(SNAPSHOT)
    before, quote, story, opportunities = entry.sections
    assert [each.title for each in entry.sections] == [
        "",
        "Memorable quote",
        "Story",
        "Opportunities",
    ]
    assert before.text == "before"
    assert [(each.text, each.stamps[0].second) for each in quote.quotes] == [
        ("We spend longer choosing than watching.", 761)
    ]
    assert lines.cut(quote.quotes[0].at) == "> We spend longer *choosing*\n> than watching. [12:41]"
    assert [(each.text, each.ordered, each.stamps[0].second) for each in story.items] == [
        ("Friday, everyone on the sofa", True, 190),
        ("scrolls", True, 340),
    ]
    assert [(each.text, each.depth, len(each.quotes)) for each in opportunities.items] == [
        ("cant-agree four people", 0, 1),
        ("and again other", 1, 0),
        ("nothing", 0, 0),
    ]
    assert [each.target for each in entry.links] == ["cant-agree", "other"]
    assert entry.title is not None
    assert lines.cut(entry.title.at) == "P07: film night"


def test_links_in_front_matter_have_their_places() -> None:
    text = (
        "---\nkind: guide\nparent: [[a]]\nother: see [[b|the b]] and [[c#d]]\n"
        "list: [[[e]], '[[f]]']\nfolded: >\n  see\n  [[g]]\n---\n# [[h]] T\n\n[[i]]\n"
    )
    entry = parse(text).entries[0]
    assert [(each.relation, each.target) for each in entry.links] == [
        ("parent", "a"),
        ("other", "b"),
        ("other", "c"),
        ("list", "e"),
        ("list", "f"),
        ("folded", "g"),
        ("mentions", "h"),
        ("mentions", "i"),
    ]
    assert all(Lines(text).cut(each.target_at) == each.target for each in entry.links)


def test_link_definitions_have_the_place_of_their_target() -> None:
    text = f"{BODY}See [the other].\n\n[the other]: ../b.md 'title'\n"
    (link,) = entry_of(text).links
    assert (link.target, link.words) == ("../b.md", "the other")
    assert Lines(text).cut(link.at) == "[the other]"
    assert Lines(text).cut(link.target_at) == "../b.md"


def test_places_below_tabs_and_in_nested_quotes() -> None:
    text = f"{BODY}- a\n\t- b [[x]]\n\t\tand [12:41]\n\n> > [[y]]\n\n1. > [[z]]\n"
    entry = entry_of(text)
    lines = Lines(text)
    assert [lines.cut(each.at) for each in entry.links] == ["[[x]]", "[[y]]", "[[z]]"]
    assert [lines.cut(each.at) for each in entry.sections[0].items[1].stamps] == ["[12:41]"]
