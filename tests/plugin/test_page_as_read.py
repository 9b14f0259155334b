"""A page shows the links, timestamps and words that the reading finds, whatever is beside what."""

import re
from collections import Counter
from datetime import date
from random import Random

import pytest

import ost.render
from ost.notation import Notation, notation
from ost.read.document import Document, Entry
from ost.read.parse import parse
from ost.render import plain, render
from ost.tree.build import build
from ost.tree.model import NodeId
from ost.tree.notation import columns
from ost.tree.sections import SECTIONS

FRONT = "---\nkind: interview\n---\n"
OTHERS = [Document(f"{name}.md", parse("---\nkind: opportunity\n---\n# T\n")) for name in "bc"]

INLINE = [
    *"""
word   two words   *em*   **strong**   `code`   `` a ` b ``   `[[b]]`   `[05:07]`   [[b]]   [[b|w]]
[[b#h|x y]]   ![[b]]   ![[b|10x20]]   [[c\\|cw]]   [[nowhere]]   [[nowhere|nw]]   <b.md>
[md](b.md)   [md *x*](b.md 'title [[c]]')   [md](<b.md>)   [md](b.md#h)   [ext](https://e.example/x_y)
\\[[b]]   <https://e.example/[[b]]>   ![pic](p.png)   ![pic [[b]]](p.png)   [see [[b]] there](c.md)
[[b\\]]   [see [05:07] there](c.md)   [[b|at [05:08]]]   [ref]   [ref][]   [words][ref]   [\\[b]]
\\[05:07]   &#91;[b]]   &amp;   <b>bold</b>   <br>   <kbd>k</kbd>   <i>half
<span title='[[b]]'>s</span>   <a data-t='05:09' href='x'>a</a>   [99:99]   [12:41]   [12:41-13:05]
[12:41–13:05]   [13:05-12:41]
(05:07)   [1:02:03]   [12:41](https://v.example/)   [99:99](https://v.example/)   [12:41]–[13:05]
[12m41s]   [05:07](b.md)   [1h 2m 3s]   (12'43")   [12:41 to 13:05]   ==mark==   ==[[b]]==   ^blk
#tag   ~~[[b]]~~   😀   é   שלום   ［［b］］   ［05:07］   “a quotation of words”   — P07   P07:
against   Interviewer:   [ ]   \\   |   `   *   _   <   >   !   [   ]   []   [[]]   [[ b ]]   [[b|]]
[[|b]]   [[#h]]   [[b]], [[c]] and   {status: x}   <!-- hush -->
%%hush [[b]]%%   P07%%hush%%   ;%%hush%%
""".strip().replace("\n", "   ").split("   "),
    *("\u200b", "\u00a0", "\u2028", "\u2029", "\x85", "\t", "\ufeff", "\u202e", "[[b\nc]]"),
    *("<!-- hush\n\n- hush [[b]]\n\n## hush\n-->", "%% hush\n\n> hush [05:07]\n\n%%"),
]  # fmt: skip
BEGINNINGS = [
    "",
    *(
        "- ",
        "* ",
        "1. ",
        "2) ",
        "> ",
        ">> ",
        "> - ",
        "- > ",
        "## ",
        "### ",
        "    ",
        "  - ",
        "    - ",
    ),
    *("\t", "- [ ] ", "• ", "> [!note] ", "> [!quote]- ", "## Opportunities ", "#\u00a0", "| "),
]
BLOCKS = [
    *(
        "",
        "",
        "",
        "## Opportunities",
        "## Story",
        "Heading\n===",
        "Heading [[b]]\n---",
        "---",
        "```",
    ),
    *("~~~", "| a | b |\n| - | - |", "| - | - |", "|-|", "| a | [[b|x]] | c |", "| [05:09] |"),
    *("a | b", "- | -", "# a | b\n| - | - |", "[ref]: b.md", "[ref]: c.md[[b]]", "[ref]: [[b]]"),
    *("[f]: [05:07 to 06:00]", "[^1]: foot [[b]]", "<div>", "- [[b]]: said this [05:10]"),
    *("  > a quote [05:11]", "> a quote of someone. — P07", "1. [05:10] They sat", "    [[c]]"),
]


def body(random: Random) -> str:
    lines = []
    for _ in range(random.randint(1, 9)):
        words = [random.choice(INLINE) for _ in range(random.randint(0, 5))]
        written = random.choice(BEGINNINGS) + random.choice((" ", " ", "")).join(words)
        lines.append(random.choice((written, written, random.choice(BLOCKS))))
    return "\n".join(("# T", "", *lines, ""))


def read(text: str) -> tuple[Entry, Counter[str], Notation]:
    """The entry, the nodes its text links to, and the notation that is published."""
    own = NodeId("own")
    document = Document("own.md", parse(FRONT + text))
    tree = build([*OTHERS, document], as_of=date(2026, 11, 1))
    edges = tree.outgoing.get(own, ())
    marks = notation(columns(tree.by_id[own], edges, (), SECTIONS, {})[1])
    return document.reading.entries[0], Counter(each.target for each in edges), marks


def shown(text: str, marks: Notation, sign: str) -> Counter[str]:
    made = render(
        text, marks, resolve=lambda node: f"/n/{node}", play=lambda second: f"/p/{second}"
    )
    return Counter(re.findall(f'href="/{sign}/([^"]*)"', made))


@pytest.fixture
def every(monkeypatch: pytest.MonkeyPatch) -> None:
    """Links inside of other links are shown as links, too, so that all can be counted."""
    monkeypatch.setattr(ost.render, "_in_link", lambda _: False)


@pytest.mark.usefixtures("every")
def test_pages_link_and_play_what_is_read() -> None:
    random = Random(11)
    for _ in range(120):
        text = body(random)
        entry, links, marks = read(text)
        assert shown(entry.body, marks, "n") == links, text
        seconds: dict[object, int] = {}
        for holder in (*entry.interviewer_quotes, *entry.holders()):
            for stamp in holder.stamps:
                seconds.setdefault(stamp.at, stamp.second)
        assert shown(entry.body, marks, "p") == Counter(map(str, seconds.values())), text


WHOLE = re.compile(r"(`+|~~~|^[> ]*(?:    |[ ]*\t))", re.MULTILINE)
"""What may begin code, in which nothing is a comment."""


def test_no_comment_is_read_or_shown() -> None:
    random = Random(12)
    for _ in range(70):
        text = body(random)
        entry, _, marks = read(text)
        if not WHOLE.search(text):
            assert "hush" not in plain(entry.body, marks), text
            assert "hush" not in str(entry.sections), text


CASES = {
    "| a | b |\n| - | - |\n| x | y | [[b]] [05:07] |": ("", "a b x y"),
    "| a |\n| - |\n| [[b|x]] | y [[c]] |": ("b", "a x"),
    "| [[b|x]] | [[c|y]] | z |\n| - | - |": ("b c", "| x | y | z | | - | - |"),
    "| a | b |\n| - | - |\n| x | y |\n    [[b]]\nafter [[c]]": ("c", "a b x y [[b]] after c"),
    "# x | y [[b]]\n| - | - |": ("b", "x | y b | - | - |"),
    "[x]: c.md[[b]]": ("b", "[x]: c.mdb"),
    "[x]: [[b]]\n\n[x]": ("b", "[x]: b [x]"),
    "[x]: [[b c]]": ("", "[x]: b c"),
    "[x]: c.md\n\n[x]": ("c", "x"),
    "[x]: https://e.example/?a[]=1\n\n[x]": ("", "x"),
    "at [99:99](https://v.example/) and": ("", "at 99:99 and"),
    "P07%%hush%% 2026%%hush%% 100%% x 50%% y": ("", "P07 2026 100%% x 50%% y"),
    "a `b\n#\u00a0c <!-- hush --> d` e": ("", "a `b c d` e"),
    "> [!note]\n`\n> ]\n[[b]]`": ("b", "` ] b`"),
}


@pytest.mark.parametrize(("text", "expected"), CASES.items())
def test_what_is_read_is_what_is_shown(text: str, expected: tuple[str, str]) -> None:
    written = f"# T\n\n{text}\n"
    entry, links, marks = read(written)
    assert (" ".join(sorted(links)), plain(entry.body, marks)) == expected
    assert shown(entry.body, marks, "n") == links


def test_words_of_a_moment_are_those_of_the_page() -> None:
    text = "# T\n\n## Opportunities\n\n| a |\n| - |\n| [[b]] at [99:99](https://v.example) | no |\n"
    entry, _, marks = read(text)
    (item,) = entry.sections[0].items
    assert item.text == "b at 99:99"
    assert item.text in plain(entry.body, marks)
