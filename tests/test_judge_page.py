"""Docstrings into pages."""

from typing import Annotated, Literal

from msgspec import Meta

from ost.judge.check import all_rules
from ost.judge.page import Example, family, markdown, page, reference
from ost.judge.rule import Rule


class TooLong(Rule, frozen=True):
    """A page is too long.

    Why: nobody reads it.

    Not even twice.

    Source: a reader
    <https://example.org>

    Bad:

        -- a.md -- OST999
        # A

    Options:

        limit = 3

    Good: a page of one line.
    """

    code = "OST499"
    limit: Annotated[int, Meta(description="Lines.")] = 7
    by: Annotated[Literal["lines", "words"], Meta(description="What is counted.")] = "lines"
    files: Annotated[tuple[str, ...], Meta(description="Which.")] = ("a", "b")


PAGE = """\
## too-long

`OST499` · wording · error

A page is too long.

Nobody reads it.

Not even twice.

Source: a reader <https://example.org>

| option | holds | default | meaning |
| --- | --- | --- | --- |
| `limit` | whole number | `7` | Lines. |
| `by` | `lines` or `words` | `"lines"` | What is counted. |
| `files` | list of texts | `["a", "b"]` | Which. |

Bad:

```text
-- a.md -- OST999
# A
```

With these settings:

```toml
[rules.too-long]
limit = 3
```

Good: a page of one line.
"""


def test_a_docstring_is_a_page() -> None:
    told = page(TooLong)
    assert markdown(told, level=2) == PAGE
    assert told.examples == (
        Example("Bad", "-- a.md -- OST999\n# A\n"),
        Example("Good", "", "a page of one line.", "limit = 3"),
    )
    assert list(told.examples[0].files()) == [("a.md", "# A\n", "OST999")]


def test_the_reference_holds_every_rule() -> None:
    text = reference(all_rules())
    for rule in all_rules():
        assert f"\n## {rule.name()}\n\n`{rule.code}` · " in text
        assert f"| {rule.code} | [{rule.name()}](#{rule.name()}) |" in text


def test_families() -> None:
    assert [family(each) for each in ("OST001", "OST303", "ACME1", "ACME")] == [
        "reading",
        "solutions",
        "shape",
        "further",
    ]
