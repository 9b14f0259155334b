"""Docstrings into pages."""

from datetime import date
from enum import StrEnum
from typing import Annotated, Literal

from msgspec import Meta

from ost.judge.check import all_rules
from ost.judge.page import Example, family, markdown, page, reference
from ost.judge.rule import Rule
from ost.judge.severities import USUAL, Severities


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


def test_codes_belong_to_families() -> None:
    assert [family(each) for each in ("OST001", "OST303", "ACME1", "ACME")] == [
        "reading",
        "solutions",
        "shape",
        "further",
    ]


class Weight(StrEnum):
    HEAVY = "heavy"
    LIGHT = "light"


class Stranger(Rule, frozen=True):
    """
    A docstring begins on the line below.

    Bad:
        -- a.md --
        # A
    """

    code = "X401"
    since: date = date(2026, 2, 1)
    words: frozenset[str] = frozenset({"b", "a"})
    weight: Weight = Weight.LIGHT
    most: int | None = None
    own: Severities = USUAL


STRANGER = """\
# stranger

`X401` · wording · error

A docstring begins on the line below.

| option | holds | default | meaning |
| --- | --- | --- | --- |
| `since` | day | `2026-02-01` |  |
| `words` | list of texts | `["a", "b"]` |  |
| `weight` | `heavy` or `light` | `"light"` |  |
| `most` | whole number | `none` |  |
"""


def test_a_page_has_options_of_any_type_and_no_empty_parts() -> None:
    shown = markdown(page(Stranger))
    assert shown.startswith(STRANGER)
    assert "| `own` | Severities |" in shown
    assert shown.endswith("Bad:\n\n```text\n-- a.md --\n# A\n```\n")
