"""Comments are for writers: they become blanks wherever a text is read, and nothing moves."""

import pytest

from ost.read.comments import hide_comments
from ost.read.parse import parse

SECRET = "SECRET"


@pytest.mark.parametrize(
    "text",
    [
        "<!-- SECRET -->",
        "a <!-- SECRET --> b",
        "- <!-- SECRET --> [[x]] words [12:41]",
        "- words<!--SECRET-->more",
        "<!-- SECRET\n\n## SECRET\n- [[SECRET]]\n-->\nafter",
        "%%SECRET%%",
        "a %%SECRET%% b",
        "%%\nSECRET\n\n- [[SECRET]]\n%%\nafter",
        "> quote <!-- SECRET --> goes on",
        "> %%SECRET%%",
        "| a | <!-- SECRET --> |\n|---|---|\n| [[x]] | %%SECRET%% |",
        "> a `b\n> | it`s | c |\n> |---|---|\n> | it`s | %%SECRET%% | don`t |",
        "# Title <!-- SECRET -->",
        "before\n\n<!-- SECRET\nnever ends",
        "before %%SECRET\nnever ends",
        "<!-- a --><!-- SECRET --> words",
        "1. [03:10] <!-- SECRET --> Friday",
        "<!-- `SECRET` -->",
        "<!-- SECRET `-->` tick",
        "```\ncode\n```\n<!-- SECRET -->",
        "`code` <!-- SECRET --> `code`",
        "<!-- SECRET\n``` -->\nafter",
        "words\n    <!-- SECRET -->",
        "- item\n\n    <!-- SECRET --> of it",
        "> ```\n> code\n\n<!-- SECRET -->",
        "- ```\n  code\n\n%%SECRET%%",
        "- a ` tick\n- <!-- SECRET --> ` another",
        "    ```\n\nwords\n\n<!-- SECRET -->",
        "a <!--\n\n```\n\n--> b\n\n<!-- SECRET -->\n",
        "`code`\n\n%%\n```\n%%\n\n%%SECRET%%",
        "<!---SECRET-->",
        "grew 100%% <!-- SECRET -->",
    ],
)
def test_comments_are_nowhere_in_a_reading(text: str) -> None:
    shown = hide_comments(text).text
    assert SECRET not in shown
    assert len(shown) == len(text)
    assert [i for i, each in enumerate(shown) if each == "\n"] == [
        i for i, each in enumerate(text) if each == "\n"
    ]
    reading = parse(f"---\nkind: interview\n---\n# T\n\n## Opportunities\n{text}\n")
    assert SECRET not in repr(reading.entries)


@pytest.mark.parametrize(
    "text",
    [
        "`<!-- SHOWN -->`",
        "``a ` <!-- SHOWN -->``",
        "```html\n<!-- SHOWN -->\n```",
        "~~~\n%%SHOWN%%\n~~~",
        "- ```\n  <!-- SHOWN -->\n  ```",
        "`%%SHOWN%%`",
        r"\<!-- SHOWN -->",
        "    <!-- SHOWN -->",
        "    code\n\n    %%SHOWN%%",
        "\t%%SHOWN%%",
        "> words\n\n>     %%SHOWN%%",
        "- item\n\n      %%SHOWN%%",
        "-     <!-- SHOWN -->",
        "%%a%%\n\n    code %%SHOWN%%",
        "`code`\n\n<!--\n```\n-->\n\n    %%SHOWN%%",
        "a <!--\n\n> b --> c `x`\n\n    %%SHOWN%%",
        "grew 100%% SHOWN and 50%% more",
        "<!--> SHOWN -->",
        "<!-- a --> SHOWN",
        "SHOWN <!-- a -->",
        "%%a%% SHOWN %%b%%",
    ],
)
def test_text_that_only_looks_like_a_comment_is_shown(text: str) -> None:
    assert "SHOWN" in hide_comments(text).text


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("- <!-- c --> [[x]] four", "x four"),
        ("- [[x]] <!-- c --> four", "x four"),
        ("- %%c%%[[x]] four", "x four"),
        ("- <!-- a --><!-- b --> [[x]] four", "x four"),
        ("1. <!-- c --> [[x]] four", "x four"),
    ],
)
def test_an_item_stays_one_with_its_link_in_place(line: str, words: str) -> None:
    text = f"---\nkind: interview\n---\n# T\n\n## Opportunities\n{line}\n"
    (entry,) = parse(text).entries
    (item,) = entry.sections[0].items
    assert item.text == words
    at = item.links[0].at
    assert line[at.column : at.end_column] == "[[x]]"


@pytest.mark.parametrize("mark", ["<!--", "%%"])
def test_unclosed_comment_is_reported_where_it_starts(mark: str) -> None:
    reading = parse(f"---\nkind: opportunity\n---\n# T\n\nwords\n{mark} more\n\nlast\n")
    assert [(each.code, each.at.line) for each in reading.diagnostics] == [("OST040", 6)]
    assert "last" not in reading.entries[0].body


def test_front_matter_has_no_comments_of_ours() -> None:
    (entry,) = parse("---\nkind: opportunity\ntitle: a <!-- b --> %%c%%\n---\n").entries
    field = entry.field("title")
    assert field is not None
    assert getattr(field.value, "text", "") == "a <!-- b --> %%c%%"
