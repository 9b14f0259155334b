"""The quick scan of blocks gives what markdown-it-py gives, or refuses."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from ost.read import markdown, plain_inline
from ost.read.body import SpeakerNames
from ost.read.commonmark import blocks as parsed
from ost.read.grammar import blocks as read
from ost.read.plain_blocks import scan

PIECES = some.sampled_from(
    [
        *"abc 12.)#>-*+=_`~<[]|:!\\\t\"'&",
        *("\n",) * 12,
        "\n\n", "  ", "    ", "- ", "* ", "1. ", "2) ", "> ", ">", "# ", "## ", "### x", "---",
        "***", "===",
        "```", "[a]: b", "[[x]] ", "[12:41]", "word ", "\n- ", "\n  - ", "\n   ", "\n1. ",
        "\n2. ", "\n  > ", "\n> ",
        "\n  word", "\n## t\n", "<br>", "\u2028", "\x0c", "\xa0", "é", "😀", "\n10. ", "- [ ] ",
        "\n    - ",
    ]
)  # fmt: skip

PLAIN = some.sampled_from(
    [
        "# title\n", "## part\n", "words here\n", "- item\n", "  - nested\n", "    - deeper\n",
        "1. step\n", "2. step\n",
        "  > said\n", "> said\n", ">\n", "\n", "  more\n", "   under one\n", "* star\n",
        "+ plus\n", "1) one\n", "   > q\n", "| a | b |\n", "| --- | --- |\n", "  | c |\n",
        "3. three\n", "    - four in\n", "*emphasis* begins\n", "  1. in bullet\n", "\n\n",
        "---\n", "***\n", "## closed ##\n", "# #\n", "### c# ##  \n", "## \\#\n",
        "  ___ \n", ">     \n", "  >  \n",
    ]
)  # fmt: skip


@settings(max_examples=1500, deadline=None)
@given(some.lists(PIECES, max_size=40).map("".join))
def test_scanning_agrees_with_parsing_on_any_text(body: str) -> None:
    found = scan(body)
    assert found is None or (found, {}) == parsed(body)


@settings(max_examples=1500, deadline=None)
@given(some.lists(PLAIN, max_size=14).map("".join))
def test_scanning_agrees_with_parsing_on_plain_lines(body: str) -> None:
    found = scan(body)
    assert found is None or (found, {}) == parsed(body)


@pytest.mark.parametrize(
    "body",
    [
        "# P07\n\n## Story\n1. [03:10] Friday\n2. [05:40] scrolls\n\n## Insights\n- the phone\n",
        "- [[a]] words [12:41]\n  > By then. [13:05]\n- [[b]] more\n\n  and more\n  - deeper\n",
        "> We spend longer choosing. [12:41]\n> And so on.\n>\n> End.\n\nwords\nover two\n- a\n",
        ">          \n> After a callout's marker.\n\n---\n\n## Next\n- a\n\n***\n",
        "1. step\n  > said below a number\n2. a long\nline\n   - in it\n and on\n## Next\n",
        "words\n\n| part | who |\n| --- | --- |\n| queue | [[a]] |\n\n- item\n",
    ],
)
def test_a_plain_snapshot_is_scanned(body: str) -> None:
    assert (scan(body), {}) == parsed(body)


@pytest.mark.parametrize("depth", [9, 10, 11, 19, 20, 21, 39, 40, 41, 90])
def test_lists_may_be_deep(depth: int) -> None:
    body = "\n".join(f"{'  ' * level}- {level}" for level in range(depth)) + "\n"
    found, _ = read(body)
    assert (found, {}) == parsed(body)
    assert max(each.level for each in found) == min(depth, 40) - 1


@pytest.mark.parametrize(
    "body",
    [
        "```\n# no\n```\n",
        "a\n===\n",
        "> a\nlazy\n",
        "    code\n",
        "<div>\n",
        "[a]: b\n",
        "-\ta\n",
        "- - a\n",
        "* * *\n",
    ],
)
def test_unusual_blocks_are_refused(body: str) -> None:
    assert scan(body) is None


LINES = some.builds(
    "{}{}{}{}".format,
    some.sampled_from(["- ", "1. ", "> ", "  - ", "  > ", "   > ", "", "- [ ] ", "## "]),
    some.sampled_from(
        ["", "", "[12:41] ", "[1:02:03] ", "[99:99] ", "[1:61:00] ", "[[a]] ", "[[b-1]] "]
    ),
    some.lists(
        some.sampled_from(
            ["The queue", " is long", ", again", "…", " — P07", " -- Kim", " - by hand", ".", "!",
             ":", "5:07", " “no”", '"yes"', "'", "’", "é", "  ", " #tag", " ^id", "==", "(laughs)",
             "to", "[[a]]", "*so*", "_", "I: ", "Kim: ", "\xa0", "👎", "1", "%", "/", "-",
             " – by hand", "—P07", "привет", "、顧客。", "「no」",
             "ーさん: ", "$4 + 2", "\u200b", "\xad", "+ @"]
        ),
        max_size=5,
    ).map("".join),
    some.sampled_from(["", "", " [12:41]", " [1:02:03]", "[13:05]", " ", " [13:05] "]),
)  # fmt: skip


@settings(max_examples=400, deadline=None)
@given(some.lists(LINES, max_size=6).map("\n".join))
def test_lines_with_words_alone_say_what_all_lines_do(body: str) -> None:
    people = SpeakerNames(interviewers=frozenset(["i"]), participants=frozenset(["kim"]))
    found = markdown.read(body, 3, speakers=people)
    with pytest.MonkeyPatch.context() as refusing:
        refusing.setattr(plain_inline, "plain_line", lambda _: None)
        assert found == markdown.read(body, 3, speakers=people)
