"""Markdown as HTML: what leads where, and that nothing else gets through."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ost.render import clock, render, render_line, without_title

KNOWN = {"p07", "a b", "notes/p07.md", "file.md"}


def resolve(target: str) -> str | None:
    return f"/n/{target}" if target in KNOWN else None


def play(second: int) -> str | None:
    return f"https://v.example/?a=1&t={second}"


def html(text: str) -> str:
    return render_line(text, resolve=resolve, play=play)


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
    "[12:41]": stamp(761, "12:41"),
    "[1:02:03]": stamp(3723, "1:02:03"),
    "(12:41)": stamp(761, "12:41"),
    "at (12:41), (12:50)": f"at {stamp(761, '12:41')}, {stamp(770, '12:50')}",
    '<a class="t" data-t="12:41">[12:41]</a>': stamp(761, "12:41"),
    '<a data-t="761">here</a>': stamp(761, "12:41"),
    "[12:41](https://a.example)": (
        '<a href="https://a.example" rel="noreferrer nofollow">12:41</a>'
    ),
    "`[12:41]`": "<code>[12:41]</code>",
    "[see (12:41)](https://a.example)": (
        '<a href="https://a.example" rel="noreferrer nofollow">see '
        '<span class="stamp">12:41</span></a>'
    ),
    "[words](file.md)": '<a href="/n/file.md">words</a>',
    "[words](other.md)": '<span class="missing">words</span>',
    "[words](notes/p07.md#story)": '<a href="/n/notes/p07.md">words</a>',
    "[words](#story)": '<span class="missing">words</span>',
    "[words](//evil.example)": '<span class="missing">words</span>',
    "[words](ftp://a.example)": '<span class="missing">words</span>',
    "[words](javascript:alert)": "[words](javascript:alert)",
    "![words](https://a.example/x.png)": (
        '<a href="https://a.example/x.png" rel="noreferrer nofollow">words</a>'
    ),
    "![words](x.png)": '<span class="missing">words</span>',
    "<b>": "&lt;b&gt;",
    "<javascript:alert>": "&lt;javascript:alert&gt;",
}


@pytest.mark.parametrize("line", LINES)
def test_line(line: str) -> None:
    assert html(line) == LINES[line]


def test_second_without_recording_is_not_a_link() -> None:
    assert render_line("[12:41]", resolve=resolve, play=lambda _: None) == (
        '<span class="stamp">12:41</span>'
    )


def test_blocks() -> None:
    text = "| a | b |\n| - | - |\n| 1 | [[p07\\|x]] |\n\n- item\n  > said [00:10]\n"
    made = render(text, resolve=resolve, play=play)
    assert "<td>1</td>" in made
    assert '<a class="wiki" href="/n/p07">x</a>' in made
    assert f"<p>said {stamp(10, '0:10')}</p>" in made


@pytest.mark.parametrize(
    ("body", "rest"),
    [
        ("# Title\ntext\n", "text\n"),
        ("\n\n# Title\n\ntext", "\ntext"),
        ("text\n# Later\n", "text\n# Later\n"),
        ("# Title", ""),
        ("## Section\n", "## Section\n"),
    ],
)
def test_title_is_left_out(body: str, rest: str) -> None:
    assert without_title(body) == rest


@pytest.mark.parametrize(
    ("second", "shown"), [(0, "0:00"), (59, "0:59"), (761, "12:41"), (3723, "1:02:03")]
)
def test_clock(second: int, shown: str) -> None:
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
def test_nothing_gets_through(text: str) -> None:
    made = render(text, resolve=resolve, play=play).lower()
    assert "<script" not in made
    assert 'href="javascript' not in made
    assert 'href="data' not in made
    assert "<img" not in made
