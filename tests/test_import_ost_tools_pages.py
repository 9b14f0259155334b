"""Nodes in headings, lists and tables of an ost-tools page."""

from tests.foreign import imported, left_out, shape

HEADINGS = """\
-- top.md --
---
type: goal
---
-- need.md --
---
type: opportunity
---
## Goals

- [[top]]
- a wish

## Solution

One that has words below it.

## Ideas

Only words, so this is text.

```python
x = 1
```

| a | b |
|---|---|
| c | d |

## Solutions considered

- [[elsewhere]]
- [type:: dashboard] Numbers
- [type:: problem_statement] We argue - a lot
- [x] [type:: solution] **Named** ^here

  With a text.

| solution | status |
|---|---|
| In a table | archived |

#### [type:: assumption] Deep ^leap

Below [[need#^here]].
-- elsewhere.md --
---
type: solution
---
-- tested.md --
---
type: experiment
parent: "[[need#^here]]"
---
"""


def test_headings_say_what_their_lists_and_tables_hold() -> None:
    found = imported("ost-tools", HEADINGS)
    assert shape(found) == [
        "outcome top",
        "opportunity need < top",
        "solution Solution < need",
        "solution Named < need",
        "solution In a table < need | status: dropped",
        "assumption Deep < need",
        "solution elsewhere < need",
        "test tested < tested",
        "assumption tested < Named",
    ]
    bodies = {each.title: each.body for each in found.nodes}
    assert bodies["need"].startswith("- a wish\n\n## Ideas\n\nOnly words, so this is text.")
    assert bodies["need"].endswith("- [type:: problem_statement] We argue - a lot")
    assert "```python\nx = 1\n```\n\n| a | b |" in bodies["need"]
    assert bodies["Solution"] == "One that has words below it."
    assert bodies["Named"] == "With a text."
    assert not found.unread
    assert left_out(found) == ("nodes of the type 'dashboard'",)
