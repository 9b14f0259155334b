"""Markdown as HTML: links lead to the right place, and nothing harmful passes."""

import re
from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from ost.notation import Notation, SilentMark, StampMark, notation, sections
from ost.read.document import Document
from ost.read.parse import parse
from ost.recording import clock
from ost.render import render, render_parts
from ost.tree.build import build
from ost.tree.model import NodeId
from ost.tree.notation import columns
from ost.tree.sections import SECTIONS

KNOWN = ("p07.md", "a b.md", "file.md")
FRONT = "---\nkind: opportunity\n---\n"


def resolve(node: str) -> str | None:
    return f"/n/{node}"


def play(second: int) -> str | None:
    return f"https://v.example/?a=1&t={second}"


def located(text: str) -> Notation:
    """The notation that the reading finds in a text."""
    others = [Document(path, parse(f"{FRONT}# A node\n")) for path in KNOWN]
    tree = build([Document("own.md", parse(FRONT + text)), *others], as_of=date(2026, 11, 1))
    own = NodeId("own")
    return notation(columns(tree.by_id[own], tree.outgoing.get(own, ()), (), SECTIONS, {})[1])


def html(text: str) -> str:
    made = render(text, located(text), resolve=resolve, play=play)
    return made.removeprefix("<p>").removesuffix("</p>\n")


def stamp(second: int, shown: str) -> str:
    address = f"https://v.example/?a=1&amp;t={second}"
    return f'<a class="stamp" href="{address}" rel="noreferrer">{shown}</a>'


LINES = {
    "[[p07]]": '<a class="wiki" href="/n/p07">p07</a>',
    "[[p07|the film night]]": '<a class="wiki" href="/n/p07">the film night</a>',
    "[[p07#Story]]": '<a class="wiki" href="/n/p07">p07</a>',
    "[[p07#Story|there]]": '<a class="wiki" href="/n/p07">there</a>',
    "[[ a b ]]": '<a class="wiki" href="/n/a b">a b</a>',
    "[[nowhere|words]]": '<span class="missing">words</span>',
    "`[[p07]]`": "<code>[[p07]]</code>",
    "[[p07|<b>]]": '<a class="wiki" href="/n/p07">&lt;b&gt;</a>',
    "[[": "[[",
    "[a [[p07]] b](https://example.org)": (
        '<a href="https://example.org" rel="noreferrer nofollow">a p07 b</a>'
    ),
    "[a [[p07]] b](nowhere.md)": (
        '<span class="missing">a <a class="wiki" href="/n/p07">p07</a> b</span>'
    ),
    "[at [12:41] b](nowhere.md)": f'<span class="missing">at {stamp(761, "12:41")} b</span>',
    "[12:41]": stamp(761, "12:41"),
    "[1:02:03]": stamp(3723, "1:02:03"),
    "(12:41)": stamp(761, "12:41"),
    "at (12:41), (12:50)": f"at {stamp(761, '12:41')}, {stamp(770, '12:50')}",
    '<a class="t" data-t="12:41">[12:41]</a>': stamp(761, "12:41"),
    '<a data-t="761">here</a>': stamp(761, "12:41"),
    "[12:41](https://a.example)": (
        '<a href="https://a.example" rel="noreferrer nofollow"><span class="stamp">12:41</span></a>'
    ),
    "[99:99]": "[99:99]",
    "(99:99)": "(99:99)",
    "[12:41-99:99]": f"[{stamp(761, '12:41')}-99:99]",
    "[12:41-13:05]": stamp(761, "12:41–13:05"),
    "[12:41]–[13:05]": stamp(761, "12:41–13:05"),
    "(12:41 to 13:05)": stamp(761, "12:41–13:05"),
    "[[12:41]]": stamp(761, "12:41"),
    "[12m41s]": stamp(761, "12:41"),
    "[1h 2m 3s]": stamp(3723, "1:02:03"),
    "[12'41\"]": stamp(761, "12:41"),
    "[00:05:07.500]": stamp(307, "5:07"),
    "[05:07]": stamp(307, "5:07"),
    "![[p07]]": '<a class="wiki" href="/n/p07">p07</a>',
    "`![[p07]]` and [[p07]]": '<code>![[p07]]</code> and <a class="wiki" href="/n/p07">p07</a>',
    "\\[[p07]]": "[[p07]]",
    "**[[p07]]**": '<strong><a class="wiki" href="/n/p07">p07</a></strong>',
    "==marked== words ^block-id": "marked words",
    "`==code==` ^block-id": "<code>==code==</code>",
    "[w][d]\n\n[d]: file.md": '<a href="/n/file">w</a>',
    "[words](<a b.md>)": '<a href="/n/a b">words</a>',
    "[words](a%20b.md)": '<a href="/n/a b">words</a>',
    "`[12:41]`": "<code>[12:41]</code>",
    "[see (12:41)](https://a.example)": (
        '<a href="https://a.example" rel="noreferrer nofollow">see '
        '<span class="stamp">12:41</span></a>'
    ),
    "[words](file.md)": '<a href="/n/file">words</a>',
    "[words](other.md)": '<span class="missing">words</span>',
    "[words](p07.md#story)": '<a href="/n/p07">words</a>',
    "[words](#story)": '<span class="missing">words</span>',
    "[words](//evil.example)": '<span class="missing">words</span>',
    "[words](ftp://a.example)": '<span class="missing">words</span>',
    "[words](javascript:alert)": '<span class="missing">words</span>',
    "![words](https://a.example/x.png)": (
        '<a href="https://a.example/x.png" rel="noreferrer nofollow">words</a>'
    ),
    "![words](x.png)": '<span class="missing">words</span>',
    "<b>": "",
    "<b onclick='x'>a</b> *b</b>*<BR/><kbd>c<u>d</kbd>": (
        "<b>a</b> <em>b</em><br />\n<kbd>cd</kbd>"
    ),
    "<b>**a</b>** <p>b</p><span>c</span>": "<strong>a</strong> \nb\nc",
    "<script>a</script> <name>": "&lt;script&gt;a&lt;/script&gt; &lt;name&gt;",
    "<javascript:alert>": '<span class="missing">javascript:alert</span>',
}


@pytest.mark.parametrize("line", LINES)
def test_line_of_a_text_is_rendered(line: str) -> None:
    assert html(line) == LINES[line]


def test_second_without_recording_is_not_a_link() -> None:
    made = render("[12:41]", located("[12:41]"), resolve=resolve, play=lambda _: None)
    assert made == '<p><span class="stamp">12:41</span></p>\n'


def test_blocks() -> None:
    text = "| a | b |\n| - | - |\n| 1 | [[p07\\|x]] |\n\n- item\n  > said [00:10]\n"
    made = render(text, located(text), resolve=resolve, play=play)
    assert "<td>1</td>" in made
    assert '<a class="wiki" href="/n/p07">x</a>' in made
    assert f"<p>said {stamp(10, '0:10')}</p>" in made


@pytest.mark.parametrize(
    ("body", "rest"),
    [
        ("# Title\ntext\n", "<p>text</p>"),
        ("\n\n# Title\n\ntext", "<p>text</p>"),
        ("Title\n===\n\ntext", "<p>text</p>"),
        ("text\n# Later\n", "<p>text</p>"),
        ("# Title [[p07]]\n# Other", "<h1>Other</h1>"),
        ("# Title", ""),
        ("## Section\n", "<h2>Section</h2>"),
        ("```\n# Code\n```\n", "<pre><code># Code\n</code></pre>"),
        ("[[p07]] [[nowhere]] [12:41] ![[p07]]\n\n# Title", None),
    ],
)
def test_title_is_left_out(body: str, rest: str | None) -> None:
    made = render(body, located(body), resolve=resolve, play=play)
    assert "Title" not in made
    assert rest is None or made.strip() == rest


def test_parts_are_under_their_headings() -> None:
    text = "# T\n\nbefore [[p07]]\n\n## One\n\n[12:41]\n\nTwo\n---\n\n```\n## no\n```\n\n- # in\n"
    found = list(render_parts(text, located(text), resolve=resolve, play=play))
    assert [line for line, _ in found] == [-1, 4, 8]
    assert "before" in found[0][1]
    assert stamp(761, "12:41") in found[1][1]
    assert "## no" in found[2][1]
    assert "<h1>in</h1>" in found[2][1]


def test_marks_of_a_file_from_elsewhere_break_nothing() -> None:
    lies = Notation(
        title=(900,),
        stamps=(StampMark(-5, 3, 1), StampMark(2, 90, 1), StampMark(0, 2, 5)),
        silent=(SilentMark(1, 4), SilentMark(3, 3)),
    )
    assert render("some words", lies, play=play) == f"<p>{stamp(5, '0:05')}me words</p>\n"
    for text in (None, "", "[]", "{", '{"links": [[1]]}', '{"stamps": "x"}', "\ud800"):
        assert notation(text) == Notation()
        assert sections(text) == ()


@pytest.mark.parametrize(
    ("second", "shown"), [(0, "0:00"), (59, "0:59"), (761, "12:41"), (3723, "1:02:03")]
)
def test_seconds_become_clock_times(second: int, shown: str) -> None:
    assert clock(second) == shown


PIECES = st.sampled_from(
    [
        "[[",
        "]]",
        "|",
        "[",
        "](",
        ")",
        "<",
        ">",
        "javascript:",
        "data:",
        "12:41",
        "a",
        " ",
        "\n",
        "`",
        "(",
        "!",
        "&",
        '"',
        "'",
        "#",
        "<script>",
        "https://a.example",
        "onerror=",
        "data-t=",
    ]
)


@given(st.lists(PIECES, max_size=30).map("".join))
def test_html_in_content_is_escaped(text: str) -> None:
    made = render(text, located(text), resolve=resolve, play=play).lower()
    assert "\ue000" not in made
    assert "<script" not in made
    assert 'href="javascript' not in made
    assert 'href="data' not in made
    assert "<img" not in made


BLOCKS = st.lists(
    st.sampled_from(
        [
            "# T",
            "## A",
            "### [[p07]]",
            "S\n---",
            "T\n===",
            "> # q",
            "- # i",
            "```\n# c\n```",
            "    # c",
            "",
            "",
            "x [12:41] ^id",
            "- a\n\n  ## in",
            "1. [[p07|w]] ==m==",
            "| a |\n| - |\n| [1:02] |",
            "![[p07]] (5:07)",
            "<!-- # no -->",
            "> [!note] t\n> ## x",
            "• # b",
            "[w](file.md)",
            "\t# t",
            "##",
        ]
    ),
    max_size=12,
).map("\n".join)


@given(BLOCKS)
def test_sections_and_marks_have_their_places_in_the_file(text: str) -> None:
    # The reading parts a paragraph into cells or bullets, which `---` below would make a heading.
    parted = "| a |" in text or "•" in text
    assume(not parted or not re.search(r"^(-+|=+)$", text, re.MULTILINE))
    entry = parse(FRONT + text).entries[0]
    tree = build([Document("own.md", parse(FRONT + text))], as_of=date(2026, 11, 1))
    headed, marks = columns(tree.by_id[NodeId("own")], (), (), SECTIONS, {})
    body, found = entry.body, notation(marks)
    lines = [body.count("\n", 0, each.start) for each in sections(headed) if each.start is not None]
    shown = [line for line, _ in render_parts(body, found)]
    assert shown == [-1, *lines]
    for stamp_mark in found.stamps:
        assert body[stamp_mark.start : stamp_mark.end] in ("[12:41]", "[1:02]", "(5:07)")
    for link in found.links:
        assert body[link.start : link.end].startswith(("[[p07", "![[p07"))
