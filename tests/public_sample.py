"""A project that names a person in every possible place, for the public profile."""

import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

from ost.project import Project
from ost.project.history import publish
from ost.settings import config
from tests.scratch import Scratch

DAY = date(2026, 11, 20)

SECRETS = (
    "Zelda",
    "Quixley",
    "qxz",
    "P07x",
    "wealthy-widows",
    "hidden-folder",
    "recording.example",
    "whispered",
    "murmured",
    "overheard",
    "scribbled",
    "background-story",
    "old-talk",
    "zelda-talk",
    "gone-talk",
    "Adalwolf",
    "forge.example",
    "ticket-of-yolanda",
)
"""Words that must not be in anything public; each is somewhere in `FILES`."""

KEPT = ("Evenings begin sooner", "We cannot agree", "Vote by phone", "everybody votes", "the cards")
"""The team's own words, which stay."""

FILES = """\
-- ost.toml --
title = "Film nights"
edit_url = "https://forge.example/edit/{path}#L{line}"
-- content/goal.md --
---
kind: outcome
metric: evenings
baseline: 1
target: 2
measurements: {2026-10-01: 1.2}
---
# Evenings begin sooner

Zelda Quixley asked for it.
-- content/agree.md --
---
kind: opportunity
parent: goal
status: target
moment: what Zelda does on Friday, in Quixley's words and Zeldas own
---
# We cannot agree, says Zelda Quixley

Heard in [[zelda-talk|what Zelda whispered]].

> She whispered.
-- content/vote.md --
---
kind: solution
parent: agree
status: testing
differs: everybody votes, see [[zelda-talk]] and [[old-talk|Zelda]]
generated: {by: Adalwolf, at: 2026-10-01}
verified: [{by: Adalwolf, at: 2026-10-02}]
---
# Vote by phone
-- content/choose.md --
---
kind: decision
parent: agree
on: 2026-10-05
chose: [vote]
because: P07x asked for the cards
---
# We vote
-- content/hidden-folder/zelda-talk.md --
---
kind: interview
aliases: [old-talk]
date: 2026-10-02
participant: [Zelda Quixley, P07x]
segment: wealthy-widows
interviewers: {pm: qxz, designer: Adalwolf}
recording: https://recording.example/1
transcript: zelda.vtt
recruited: sales
consent: research
---
# Zelda Quixley and P07x

## Quick facts
- background-story

## Memorable quote
> We murmured all evening. [0:02]

## Story
1. [0:01] scribbled on paper

## Opportunities
- [[agree]] overheard at the door [0:02]
  > She whispered. [0:03]
- against [[vote]] overheard too
-- content/hidden-folder/zelda.vtt --
WEBVTT

00:00:01.000 --> 00:00:04.000
<v Zelda Quixley>We murmured all evening. She whispered.
-- content/gone-talk.md --
---
kind: interview
date: 2026-10-01
participant: Zelda Quixley
---
# Zelda Quixley alone
## Opportunities
- [[agree]] overheard
-- content/ticket-of-yolanda.md --
---
kind: signal
date: 2026-10-03
source: Zelda Quixley
---
# Zelda Quixley writes
- [[agree]] overheard by mail
"""


def project(folder: Path, settings: str = '[publish]\nprofile = "public"\n') -> Project:
    """The project in a repository in which things have changed, up to date."""
    scratch, lasting = Scratch(folder), FILES.partition("-- content/gone-talk")[0]
    changed = lasting.replace("P07x asked for", "Zelda Quixley asked for").replace(
        "testing", "idea"
    )
    for files, message in (
        (FILES, "Zelda Quixley came by"),
        ("-- content/gone-talk.md --\ngone\n", "Zelda Quixley withdrew (#12)"),
        (changed, "Reworded"),
    ):
        scratch.commit(files, message)
        day = f"2026-10-{scratch.day:02}"
        author = "--author=Adalwolf <adalwolf@example.org>"
        scratch.git("commit", "-q", "--amend", "--no-edit", author, day=day)
    with (folder / "ost.toml").open("a") as file:
        file.write(settings)
    root, read = config.load(folder)
    made = Project(root, read, DAY)
    made.refresh()
    return made


def published(made: Project, output: Path, *, history: bool = False) -> Path:
    """The project as one file."""
    return publish(made, output)[0].path if history else made.publish(output).path


def leaks(*contents: bytes) -> list[str]:
    """The secrets in some bytes, however they are written."""
    whole = b"\n".join(contents).lower()
    ways = ("utf-8", "utf-16-le")
    return [each for each in SECRETS if any(each.lower().encode(way) in whole for way in ways)]


def rows(file: Path, sql: str) -> list[tuple[object, ...]]:
    """The words of a file."""
    with closing(sqlite3.connect(file)) as connection:
        return connection.execute(sql).fetchall()
