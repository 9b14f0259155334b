"""Everything in a snapshot is on its page once: as evidence, or as text below it."""

import html
import re
from collections import Counter
from pathlib import Path

import pytest

from tests.plugin.conftest import Serve
from tests.plugin.sample import publish, write

NODES = """\
-- ost.toml --
content = "."
-- grow.md --
---
kind: outcome
---
# More patients are seen
-- late.md --
---
kind: opportunity
parent: grow
---
# I do not know when
-- p07.md --
---
kind: interview
participant: P07
---
# P07: waiting
"""
SNAPSHOT = """
w01 before everything

## Quick facts
- w02 alone

## Memorable quote
> w03 said three times. [02:00]

w04 behind the quote

> w05 said again. [02:10]

## Story
w06 above the steps

1. [01:00] w07 first
   - w08 below a step
   > w09 said there. [01:10]
2. [01:40] w10 second

w11 below the steps

## Opportunities
w12 above the moments

- [[late]] w13 waits[^1] [03:10]
  > w14 said it. [03:20]
  - w15 below a moment
    > w16 said below it.
- w17 linked to nothing
- against [[late]] w18 was quick
  w19 goes on

| w20 head | when |
|---|---|
| [[late]] w21 row | [05:00] |
| w22 row without a link | [06:00] |

[^1]: w23 in a footnote

```
w24 in code
```

### [[late]] w25 as a heading
w26 below the heading

- w27 in its list
  > w28 said in its list.

1. [[late]]
2. w29 behind a link alone

## Insights
- w30 learned
  > w31 said at the end.
"""
SIGNAL = """
w01 [[late]] before

## Details
w02 with [[late]] in it

- w03 and [[grow]] here
"""


@pytest.mark.parametrize(
    ("front", "body", "words"),
    [("interview", SNAPSHOT, 31), ("signal", SIGNAL, 3)],
)
async def test_every_word_of_a_snapshot_is_on_its_page(
    tmp_path: Path, serve: Serve, front: str, body: str, words: int
) -> None:
    write(tmp_path, NODES.replace("kind: interview", f"kind: {front}") + body)
    server = await serve(publish(tmp_path, tmp_path / "ost.db").path)
    page = (await server.client.get("/-/ost/interview/p07", follow_redirects=True)).text
    main = page[page.index("<main") : page.index("</main")]
    shown = html.unescape(re.sub(r"<[^>]+>", " ", main))
    count = Counter(re.findall(r"\bw\d\d\b", shown))
    assert sorted(count) == [f"w{n:02}" for n in range(1, words + 1)]
    # The words of a heading stand above what is left below it, too.
    assert [each for each in count if count[each] > 1] == ["w25"][: front == "interview"]
    assert "<li>\n</li>" not in main
