"""The quick scan of words gives what markdown-it-py gives, or refuses."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from ost.read.commonmark import inline as parsed
from ost.read.grammar import inline
from ost.read.inline import InlineText
from ost.read.plain_inline import scan

PIECES = some.sampled_from(
    [
        *"ab1 .!?:*_~<>[]()|#\\`&;\n\"'-",
        "**", "**bold**", "*em*", " *a b* ", "__", "~~", " * ", "a_b", "a*b", "`c`", "``", "!",
        "[[x]]", "[[x|y z]]", "[[x#h]]", "![[p.png]]", "[[a\\|b]]", "[[", "]]",
        "](", "](b.md)", "[w](b.md)", "[r]", "[ ] ", "\\[", "(x)", "http://x.y/a_b", "<http://x.y>",
        "[12:41]", "(12:41)", "[1:02:03](u)", "[12:41-13:05]", "[12:41]–[13:05]", " - ",
        '<a data-t="12:41">[x]</a>', "<br>", "<!-- c -->", "&amp;", "& ", "< ",
        "_é é_", "**я!** ", "__顧__", "R&D;", "&x y;", "&#9;", "ё", "…", "—", "“q”", "\u200b",
        "é", "😀", "\xa0", "\u2028", "word ", "  \n",
    ]
)  # fmt: skip


@settings(max_examples=2000, deadline=None)
@given(some.lists(PIECES, max_size=14).map("".join))
def test_scanning_agrees_with_parsing(content: str) -> None:
    found = scan(content)
    assert found is None or found == parsed(content, {})


@settings(max_examples=1000, deadline=None)
@given(some.lists(PIECES, max_size=14).map("".join))
def test_offsets_cut_out_what_they_claim(content: str) -> None:
    found = inline(content, {})
    for link in found.links:
        assert 0 <= link.start <= link.target_start <= link.target_end <= link.end <= len(content)
        if "\\" not in content and "&" not in content:
            written = content[link.target_start : link.target_end]
            assert " ".join(written.split()) == link.target
    for stamp in found.stamps:
        assert stamp.written in content[stamp.start : stamp.end]


def read(content: str) -> str:
    """Words, then links as `form target words heading`, then timestamps."""
    found = inline(content, {})
    links = [f"{each.form}/{each.target}/{each.words}/{each.heading}" for each in found.links]
    return " ".join([f"<{found.text}>", *links, *(each.written for each in found.stamps)])


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("plain words  and\n more", "<plain words and more>"),
        ("[[a]] b", "<a b> wiki/a//"),
        ("[[a-1]] b, c. [12:41]", "<a-1 b, c.> wiki/a-1// 12:41"),
        ("[[ a b | two words ]]", "<two words> wiki/a b/two words/"),
        ("[[f/a#part|w]]", "<w> wiki/f/a/w/part"),
        ("[[a\\|in a table]]", "<in a table> wiki/a/in a table/"),
        ("![[p.png]]", "<p.png> wiki/p.png//"),
        ("![[p07|200]]", "<p07> wiki/p07//"),
        ("![[p07|200x80]]", "<p07> wiki/p07//"),
        ("[[#part]] [[]] [[|w]]", "<[[#part]] [[]] [[|w]]>"),
        ("[[a\nb]] [[a]b]]", "<a b [[a]b]]> wiki/a b//"),
        ("[[[a]]] [[a]]]", "<[a] a]> wiki/a// wiki/a//"),
        ("[w](b.md)", "<w> markdown/b.md/w/"),
        ('[w *e*](<b c.md#h> "t")', "<w e> markdown/b c.md/w e/h"),
        ("[a\nb](c.md)", "<a b> markdown/c.md/a b/"),
        ("[w](../b.md) [x](https://e.org/b.md) [m](mailto:a@b) [h](#h) [n](//e.org/b)",
         "<w x m h n> markdown/../b.md/w/"),
        ("![alt *x*](p.png) words ![](p.png)", "<alt x words>"),
        ("[](a.md) [out](https://e.org) [see [[b]]](c.md) <https://e.org>",
         "<out see b https://e.org> markdown/a.md// markdown/c.md/see b/ wiki/b//"),
        ("`[[a]]` ``[12:41] ` `` \\[[a]] \\[12:41]", "<[[a]] [12:41] ` [[a]] [12:41]>"),
        ("`a\n[[b]]` d", "<a [[b]] d>"),
        ("<b>a</b>b<br>c<BR/>d<span x='>'>e</span><p>f</p>g</kbd>", "<ab c de f g>"),
        ("<name> <b-c> </ b> <script>d</script> <!DOCTYPE e> <?f ?> <img src=x> <big",
         "<<name> <b-c> </ b> <script>d</script> <!DOCTYPE e> <?f ?> <img src=x> <big>"),
        ("<b>bold</b> &amp; 1 < 2 &c <https://e.org/[[a]]>", "<bold & 1 < 2 &c https://e.org/[[a]]>"),
        ("*a* **b** _c_ __d__ ~~e~~ snake_case 2 * 3", "<a b c d e snake_case 2 * 3>"),
        ("[12:41] (1:02:03) [61:00] at 12:41", "<at 12:41> 12:41 1:02:03 61:00"),
        ("[12:41-13:05] (1:00–2:00) a", "<a> 12:41 13:05 1:00 2:00"),
        ("[12:41]–[13:05] a [14:00] - [15:00]", "<a> 12:41 13:05 14:00 15:00"),
        ("[12:41](https://youtu.be/x?t=761) a", "<a> 12:41"),
        ('a <a class="yt" data-t="14:38:00">[14:38:00]</a>.', "<a .> 14:38:00"),
        ("a <A data-t='7' x>7 s</A> <a data-t=1:00>b</a>", "<a> 7 1:00"),
        ('<a href="x" data-test="1:00">b</a>', '<<a href="x" data-test="1:00">b</a>>'),
        ("[112:4] [1:2] [::] (12:411)", "<[112:4] [1:2] [::] (12:411)>"),
        ("see [w](12:41)", "<see w>"),
    ],
)  # fmt: skip
def test_words_equal_those_of_markdown_it(content: str, expected: str) -> None:
    assert read(content) == expected


@pytest.mark.parametrize(
    "content",
    [
        "a [[b]] c [12:41]",
        "**Asking** [x] things (12:41), & more",
        "a_b [sic] 2 * 3",
        "Заказ — это «долго», and R&D said _no_! [12:41]",
        'x <a data-t="1:00">1:00</a>',
    ],
)
def test_plain_words_need_no_parser(content: str) -> None:
    assert scan(content) == parsed(content, {})


def test_link_definitions_resolve_references() -> None:
    found = inline("[w] and [x][W] [[w]]", {"W": {"href": "b.md", "title": ""}})
    assert isinstance(found, InlineText)
    assert [(each.target, each.words, each.reference) for each in found.links] == [
        ("b.md", "w", "W"),
        ("b.md", "x", "W"),
        ("w", "", ""),
    ]
