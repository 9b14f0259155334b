"""Search finds parts of words in scripts without blanks, in quotes and moments too."""

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from datasette_ost.page import PageRequest
from datasette_ost.pages.search import read

TREE = """
-- o.md --
---
kind: outcome
---
# 更多电影之夜
-- choose.md --
---
kind: opportunity
parent: o
---
# 我们无法决定一起看什么电影
-- p07.md --
---
kind: interview
participant: P07
---
# 和两个孩子

## Opportunities

- [[choose]] 我们花一个小时选择100%的片子
  > 等我们选好了大家都已经睡着了
"""


@pytest.mark.parametrize(
    ("asked", "kinds"),
    [
        ("一个小时", ["moment"]),
        ("已经睡着", ["quote"]),
        ("选", ["quote", "moment"]),
        ("大家 睡着", ["quote"]),
        ("100%的", ["moment"]),
        ("一百%的", []),
        ("没有这个", []),
    ],
)
def test_words_inside_of_words(
    asked: str,
    kinds: list[str],
    folder: Callable[[str], Path],
    run: Callable[[str], Result],
) -> None:
    home = folder(TREE)
    run("ost build --output t.db")
    connection = sqlite3.connect(home / "t.db")
    found = read(connection, PageRequest(args={"q": asked}))
    assert [each.kind for each in found.words] == kinds
    assert all(each.source.id == "p07" for each in found.words)
    assert [
        each.node.id for each in read(connection, PageRequest(args={"q": "无法决定"})).nodes
    ] == ["choose"]
    connection.close()
