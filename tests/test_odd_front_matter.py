"""Odd bytes, tags, tabs, times and aliases are reported, each at its line."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

Run = Callable[[str], Result]
OPPORTUNITY = "---\nkind: opportunity\n{}\n---\n# Hard to choose together every Friday\n"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("---\nkind: outcome\n---\n# O\0ne\n", "a.md:4:4: OST046 there is a NUL byte"),
        ("---\nkind: outcome\n---\n# One\n\nx\x07\0\n", "a.md:6:2: OST046 there is a control"),
        ("---\nkind: outcome\nmetric: !!python/object/apply:os.system [id]\n---\n# One\n",
         "a.md:3:9: OST001 the tag '!!python/object/apply:os.system' means nothing"),
        ("---\nkind: outcome\nmetric: !secret words\n---\n# One\n",
         "a.md:3:9: OST001 the tag '!secret'"),
        ("---\nkind: outcome\ntags: [a, !!python/name:os.system b]\n---\n# One\n",
         "a.md:3:11: OST001 the tag"),
        ("---\n- one\n- two\n---\n# One\n", "a.md:2:1: OST001 this is a list"),
        ("---\njust some words\n---\n# One\n", "a.md:2:1: OST001 these are words"),
        (OPPORTUNITY.format("tags:\n\t- a"), "a.md:4:1: OST001 a tab indents"),
        (OPPORTUNITY.format("lenses:\n  \tsize: big"), "a.md:4:3: OST001 a tab indents"),
        ("---\nkind: signal\ndate: 2026-10-11 25:00\n---\n# One\n",
         "a.md:3:7: OST008 there is no such time of day: '2026-10-11 25:00'"),
        ("---\nkind: signal\ndate: 2026-10-11T12:75:00\n---\n# One\n",
         "a.md:3:7: OST008 there is no such time"),
        ("---\nkind: interview\ndate: 2026-02-30\n---\n# One\n",
         "a.md:3:7: OST008 there is no such day: '2026-02-30'"),
        ("---\nkind: interview\ndate: 2026-13-01\n---\n# One\n", "a.md:3:7: OST008 there is"),
        ("---\nkind: interview\n---\n# One\n\n## Story\n\n1. words [12:75]\n",
         "a.md:8:10: OST016 '12:75'"),
    ],
)  # fmt: skip
def test_finding_is_reported_at_its_line(
    text: str, said: str, folder: Callable[[str], Path], run: Run
) -> None:
    home = folder("")
    (home / "a.md").write_bytes(text.encode())
    assert said in run("ost check --format concise").output


@pytest.mark.parametrize(
    "text",
    [
        "---\nkind: signal\ndate: 2026-10-11 23:59\n---\n# One\n",
        "---\nkind: signal\ndate: 2026-10-11T24:00:00\n---\n# One\n",
        "---\nkind: outcome\nmetric: !!str 12\n---\n# One\n",
        "---\nkind: outcome\nmetric: |\n  one\n  \ttwo\n---\n# One\n",
        "---\nkind: outcome\nmetric:\tone\n---\n# One\n",
        "---\nkind: outcome\n\n\t\n---\n# One\n",
        "---\n# a comment alone\n---\n# One\n",
        "---\n---\n# One\n",
        "# One\n\n---\nwords\n---\n",
    ],
)
def test_valid_front_matter_is_not_reported(
    text: str, folder: Callable[[str], Path], run: Run
) -> None:
    folder(f"-- a.md --\n{text}")
    said = run("ost check --format concise").output
    assert not [code for code in ("OST001", "OST046", "OST008") if code in said]


def test_an_alias_that_is_another_node(folder: Callable[[str], Path], run: Run) -> None:
    home = folder(
        f"-- a.md --\n{OPPORTUNITY.format('aliases: [old, b, a]')}"
        f"-- b.md --\n{OPPORTUNITY.format('aliases: older')}"
    )
    said = run("ost check --format concise").output
    assert said.count(": OST047 ") == 1
    assert "a.md:3:16: OST047 alias 'b' is the id of another node" in said
    (home / "b.md").rename(home / "c.md")
    assert "OST047" not in run("ost check --format concise --paranoid").output
    (home / "older.md").write_text(OPPORTUNITY.format("tags: [x]"))
    assert "c.md:3:10: OST047 alias 'older'" in run("ost check --format concise --paranoid").output
