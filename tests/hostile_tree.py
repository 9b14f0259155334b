"""A tree whose titles are hostile to every format, and its exports."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from ost.exchange import escape

if TYPE_CHECKING:
    from click.testing import Result

Files = Callable[[str], Path]
Run = Callable[[str], "Result"]

HOSTILE = [
    'He said "no" and \\ left',
    "a] b[ c{ d} e( f) |g|",
    "</outline><script>alert(1)</script>",
    "&lt; &amp; &#35; #quot; #9829;",
    "emoji 👩‍👩‍👧 🎬 done",
    "עברית ועוד عربي \u202e flipped",
    "1. a list & a *star* _under_ `code`",
    "=SUM(A1:A9)",
    "-- > %% %%{init: {}}%% end",
    "Ends in a status @done",
    "{#id} [Solution] [[need]] @next",
    "\\N \\G \\l \\",
    "'; drop table node; --",
    "style fill:red click n1 href",
    "x" * 90,
    "家族で何を観るか決められない",
    "word " * 38 + "end",
    "]]> <![CDATA[ --> ]] | end",
    "key: value, [a, b], {c: d} & *e !f %g @h",
]

SECRET = "whispered"


def _above(number: int) -> str:
    """The parents of the nodes: four levels, as deep as every format goes."""
    return "top" if number < 4 or number >= 16 else f"n{number - 4}"


def literal(title: str) -> str:
    """The title in Markdown, in which all these signs mean something."""
    return re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", title)


def content() -> str:
    """A tree whose titles are hostile, with a further parent, interviews, and comments."""
    parts = ["-- top.md --\n---\nkind: outcome\nbaseline: 3\ntarget: 9\n---\n# Top\n"]
    for number, title in enumerate(HOSTILE):
        parent = _above(number)
        parts.append(
            f"-- n{number}.md --\n---\nkind: opportunity\nparent: {parent}\n"
            f"tags: ['{number}: x']\n---\n# {literal(title)}\n\n"
            f"Words of {number}, see [[n0]] and [top](top.md). %% {SECRET} %%\n"
            f"<!-- {SECRET} -->\n## [Outcome] Not a card\n- start: 5\n"
        )
    parts.append(
        "-- idea.md --\n---\nkind: solution\nparent: [n0, n1]\nstatus: dropped\n---\n# Idea\n"
        "-- belief.md --\n---\nkind: assumption\nparent: idea\n---\n# Belief\n"
        "-- index.md --\n---\nkind: opportunity\nparent: top\nstatus: target\n---\n# Index\n"
        "-- talk.md --\n---\nkind: interview\nparticipant: P1\ndate: 2026-10-01\n"
        "consent: research\n---\n# P1: a talk\n\n## Opportunities\n"
        f'- [[n0]] =cmd() "quoted" [1:05] <!-- {SECRET} -->\n  > I, we, all. [1:07]\n'
        "- [[n2]] takes an hour\n"
    )
    return "".join(parts)


def exported(run: Run, name: str, *more: str) -> str:
    ended = run(" ".join(("ost export", name, "-", *more)))
    assert ended.exit_code == 0, ended.output
    return ended.stdout


def titles() -> list[str]:
    return [*HOSTILE, "Top", "Idea", "Belief", "Index"]


def shown(title: str) -> str:
    """A title as other programs are given it."""
    return escape.terminal(title)


PARENTS = {(f"n{number}", _above(number)) for number in range(len(HOSTILE))} | {
    ("idea", "n0"),
    ("idea", "n1"),
    ("belief", "idea"),
    ("index", "top"),
}
