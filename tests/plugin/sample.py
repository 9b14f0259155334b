"""A small project with every kind of node, and with hostile text."""

from datetime import date
from pathlib import Path

from ost.project import Project
from ost.project.results import Published
from ost.settings import config
from tests.conftest import files

DAY = date(2026, 11, 20)
HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)>"

SAMPLE = """\
-- ost.toml --
title = "Film nights"
edit_url = "https://forge.example/edit/{path}#L{line}"
-- more-film-nights.md --
---
kind: outcome
order: [cant-agree]
measure: product
metric: evenings on which a film starts within ten minutes
unit: evenings a week
baseline: 1.1
target: 1.6
by: 2027-03-31
measurements: {2026-09-01: 1.1, 2026-10-01: 1.2, 2026-11-01: 1.25}
---
# More evenings begin with a film
-- cant-agree.md --
---
kind: opportunity
parent: more-film-nights
status: target
need: pain
lenses: {size: every household, customer: "<b>first</b>"}
---
# We cannot agree on what to watch

Four people, three vetoes: see [[p07|the film night]], [[old-name]], [[nowhere]] and
[a dead link](javascript:alert(1)), [a live one](https://example.org/?a=1&b=2).

<script>alert("stored")</script>
-- nothing-for-mixed-ages.md --
---
kind: opportunity
parent: cant-agree
allow:
  - rule: unheard-opportunity
    because: heard in support
    until: 2027-03-01
---
# Nothing suits all ages
-- everybody-vetoes.md --
---
kind: solution
parent: cant-agree
status: testing
differs: everybody may say no
aliases: [old-name]
---
# Everybody vetoes on their own phone
-- one-chooser.md --
---
kind: solution
parent: cant-agree
differs: one person chooses, in turn
---
# One person chooses, in turn
-- a-film-a-day.md --
---
kind: solution
parent: cant-agree
status: dropped
differs: nobody chooses
because: nobody wanted it
---
# The service chooses
-- all-take-part.md --
---
kind: assumption
parent: everybody-vetoes
risk: usability
importance: high
---
# Everybody on the sofa takes part
-- veto-on-paper.md --
---
kind: test
parent: all-take-part
method: prototype
criterion: {measure: families in which all vote, at_least: 7, of: 10}
result: {measure: 8, of: 10}
ended: 2026-11-10
verdict: supported
---
# Veto cards on paper with ten families
-- go-with-vetoes.md --
---
kind: decision
parent: cant-agree
on: 2026-11-12
chose: [everybody-vetoes]
over: [a-film-a-day]
door: two-way
because: the cards worked
---
# We build the veto
-- p07.md --
---
kind: interview
date: 2026-11-03
participant: P07
segment: families
recording: https://youtu.be/9RFaz9ZBXpk
duration: "45:00"
consent: research
interviewers: {pm: ak, designer: jt}
recruited: in-product
---
# P07: film night with two teenagers

## Quick facts
- two teenagers, three streaming services

## Memorable quote
> We spend longer choosing than watching. [12:41]

## Story
1. [03:10] Friday, everyone on the sofa, opens the app on the TV
2. [05:40] scrolls for twenty minutes while the children drift off

## Opportunities
- [[cant-agree]] four people, three vetoes [12:41]
  > By the time we agree, somebody has gone to bed. [13:05]
- against [[cant-agree]] on birthdays it is no question [20:00]

## Insights
- the phone is the remote when the TV app is slow (31:02)
-- p08.md --
---
kind: interview
date: 2026-11-10
participant: P08
segment: couples
illustrative: true
consent: research
---
# P08: two people, two tastes

## Quick facts
- a couple

## Memorable quote
> We watch on two screens.

## Story
1. [01:00] one sofa, two screens

## Opportunities
- [[cant-agree]] they gave up agreeing [02:00]

## Insights
- agreeing is not the aim
-- ticket-12.md --
---
kind: signal
date: 2026-10-01
source: support
links: [https://tickets.example/12]
---
# Twelve tickets ask for a shared list

## Opportunities
- [[cant-agree]] asked for a list to vote on
-- guide.md --
---
kind: guide
---
# Film night guide

- Tell me about the last time you watched something together.
"""

HOSTILE_FILES = f"""\
-- hostile.md --
---
kind: opportunity
parent: more-film-nights
need: pain
moment: "{HOSTILE}"
other_ways: ["{HOSTILE}"]
tags: ["{HOSTILE}"]
---
# {HOSTILE}

{HOSTILE} [x](javascript:alert(3)) [y](data:text/html,<script>alert(4)</script>)
-- p09.md --
---
kind: interview
date: 2026-11-15
participant: "P09{HOSTILE}"
segment: "{HOSTILE}"
recording: "javascript:alert(5)"
consent: "{HOSTILE}"
---
# P09 {HOSTILE}

## Memorable quote
> {HOSTILE} quoted [00:10]

## Story
1. [00:20] {HOSTILE} stepped

## Opportunities
- [[hostile]] {HOSTILE} noted [00:30]
  > {HOSTILE} said [00:40]
"""


def write(folder: Path, text: str) -> None:
    """Writes a txtar text's files."""
    for path, body in files(text).items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(body, "utf-8")


def publish(folder: Path, output: Path) -> Published:
    """Compiles a folder, as `ost build` does."""
    root, settings = config.load(folder)
    project = Project(root, settings, DAY)
    project.refresh()
    return project.publish(output)


def large(opportunities: int = 150) -> str:
    """A tree in one file: for each 10 opportunities some 660 nodes, six levels deep."""
    lines = [
        "-- large.md --",
        "---",
        "kind: tree",
        "---",
        "# A large tree",
        "## outcome: All of it ^all",
    ]
    for number in range(opportunities):
        top, inner = divmod(number, 10)
        if not inner:
            lines.append(f"- opportunity: Area {top} in which people need many things ^o{top}")
        lines.append(f"  - opportunity: Need {number}, as somebody might say it ^n{number}")
        for solution in range(5):
            own = f"{number}-{solution}"
            lines.append(f"    - solution: Way {solution} to meet need {number} ^s{own}")
            for assumption in range(6):
                lines.append(
                    f"      - assumption: People would do it {assumption} ^a{own}-{assumption}"
                )
                lines.append(f"        - test: A quick try {assumption} ^t{own}-{assumption}")
    return "\n".join(lines) + "\n"
