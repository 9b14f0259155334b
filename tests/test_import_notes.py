"""Interview notes: words belong to their person, names become pseudonyms, and no line is lost."""

import re

import pytest

from ost.exchange.foreign.drafts import Drafts, drafts
from ost.exchange.foreign.imports import Here, Material, Terms
from ost.exchange.importers import notes
from ost.read.parse import parse

HEADINGS = """\
# Round 45

Date: 3 Nov 2026
Interviewer: Tom Keller (PM), Jo Tan (designer)

## Participant 3 (family with two teenagers)

**Segment:** families
**Phone:** +49 151 23456789

### Background
- three streaming services

### Quotes
> We spend longer choosing than watching. [12:41]

### What happened
1. scrolls for twenty minutes [05:40]

### Pain points
- four people, three vetoes

### Their own heading
12:41 the phone is the remote

## Participant 4: lives alone

Segment – singles

## Summary
All were tired.
"""


def read(text: str, name: str = "round.md", here: Here | None = None, **terms: object) -> Drafts:
    here = here or Here()
    material = Material(name, {name: text})
    return drafts(notes.read(material, Terms(**terms), here), here)  # type: ignore[arg-type]


def texts(found: Drafts) -> list[str]:
    return [each.source.text for each in found.drafts]


def field(text: str, name: str) -> str:
    found = re.search(rf"^{name}: (.*)$", text, re.MULTILINE)
    return found[1] if found else ""


def test_headings_divide_notes_and_name_the_parts() -> None:
    found = read(HEADINGS)
    first, second = texts(found)
    assert (
        first
        == """\
---
kind: interview
participant: P03
date: 2026-11-03
segment: families
interviewers: {pm: tk, designer: jt}
aliases: [round-397b6e68]
---
# P03: Participant 3 (family with two teenagers)

## Quick facts

- **Phone:** …
- three streaming services

## Memorable quote

> We spend longer choosing than watching. [12:41]

## Story

1. scrolls for twenty minutes [05:40]

### Their own heading

[12:41] the phone is the remote

## Opportunities

- four people, three vetoes
"""
    )
    assert field(second, "segment") == "singles"
    assert field(second, "participant") == "P04"
    assert [(each.line, each.text) for each in found.unread] == [
        (1, "# Round 45"), (30, "## Summary"), (31, "All were tired."),
    ]  # fmt: skip
    assert [parse(each).diagnostics for each in texts(found)] == [(), ()]


NAMED = """\
# Interview with Anna Berg
Date: 03.11.2026
Customer: Anna Berg
Email: anna.berg@example.org

Tom: What happened last Friday?
Anna: We sat down and I said to Ben "choose". [00:19]
Tom: And then?
Anna: Then we gave up.

# Interview with Ben Sommer

Date: 4 November 2026
Tom: When did you last watch?
Ben: Yesterday, with Anna.
"""


def test_names_become_the_same_pseudonyms_everywhere() -> None:
    found = read(NAMED, here=Here(participants=("P06", "P09")))
    first, second = texts(found)
    written = first + second + "".join(each.source.path for each in found.drafts)
    for name in ("Anna", "Berg", "Ben", "Sommer", "Tom", "example"):
        assert name not in written
    assert '- P10: We sat down and I said to P11 "choose". [00:19]' in first
    assert "- Interviewer: And then?" in first
    assert "- P11: Yesterday, with P10." in second
    assert "# Interview with P11\n" in second
    assert "Anna Berg is P10" in found.notes


def test_terms_fix_who_is_who() -> None:
    found = read(NAMED, people={"Anna Berg": "P41", "Anna": "P41"})
    assert [field(each, "participant") for each in texts(found)] == ["P41", "P42"]
    assert "with P41." in texts(found)[1]


ROWS = """\
| Participant | Segment | Date | Quote | Pain points |
|---|---|---|---|---|
| Anna Berg | families | 2026-11-03 | "We never agree" | cannot agree<br>too many apps |
| Ben Sommer | singles | 2026-11-04 | | scrolls |

It was fun.
"""
COLUMNS = """\
| Topic | P07 | P08 |
|---|---|---|
| Segment | families | singles |
| Last time | Friday | Monday |
"""
TURNS = """\
Moderator: How do you choose a film?
P1: I scroll.
P2: We vote.
Moderator: And what is hard?
P2: The kids.
"""
RECORDS = """\
Name: Anna Berg
Date: Nov 3, 2026
Notes:
She scrolls.

Date: Nov 4, 2026
Name: Xiu Li
Notes:
She does not.
"""
BOLD = "**P07**\nteacher\n- uses three apps\n\n**P08**\n- retired\n"
SHEET = 'Participant,Segment,Story\nAnna Berg,families,"sat down\nscrolled"\nBen Weiss,singles,x\n'
GERMAN = """\
## Gespräch mit Sabine Maier
Datum: 3. November 2026
Zielgruppe: Familien
### Bedürfnisse
- schnell wählen
## Gespräch mit Jürgen
Datum: 4.11.2026
"""


@pytest.mark.parametrize(
    ("text", "people", "parts"),
    [
        (ROWS, ["P01", "P02"], ["## Opportunities\n\n- cannot agree\n- too many apps"]),
        (COLUMNS, ["P07", "P08"], ["segment: families", "### Last time\n\n- Friday"]),
        (TURNS, ["P1", "P2"], ["- Moderator: How do you choose a film?\n- P1: I scroll."]),
        (RECORDS, ["P01", "P02"], ["date: 2026-11-03", "## Insights\n\nShe scrolls."]),
        (BOLD, ["P07", "P08"], ["## Story\n\nteacher\n- uses three apps"]),
        (GERMAN, ["P01", "P02"], ["date: 2026-11-03\nsegment: Familien", "- schnell wählen"]),
    ],
)
def test_people_are_distinguished(text: str, people: list[str], parts: list[str]) -> None:
    found = read(text)
    assert [field(each, "participant") for each in texts(found)] == people
    for part in parts:
        assert part in texts(found)[0]
    assert notes.recognise(Material("round.md", {"round.md": text})) > 1


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("## Anna Berg, 2026-11-03\nShe waits.\n\n## Tom Ode (5 Nov 2026)\nHe waits.\n", "03 05"),
        ("# Calls of 2026-11-03\n\n## P1\nShe waits.\n\n## P2\nHe waits.\n", "03 03"),
        ("## Anna Berg, 2026-11-03\nDate: 2026-11-04\n\n## Tom Ode\nHe waits.\n", "04 -"),
    ],
    ids=["of each", "of all", "of a label"],
)
def test_day_in_a_heading_is_the_interviews(text: str, days: str) -> None:
    found = [re.search(r"^date: 2026-11-(\d\d)$", each, re.MULTILINE) for each in texts(read(text))]
    assert [each[1] if each else "-" for each in found] == days.split()


def test_sheet_has_a_person_in_each_row() -> None:
    first, _ = texts(read(SHEET, "round.csv"))
    assert "segment: families" in first
    assert "- sat down\n- scrolled" in first
    assert notes.recognise(Material("round.csv", {"round.csv": SHEET})) == 1


def test_one_interview_stays_one() -> None:
    (text,) = texts(read("# Interview with P07 and P08\nDate: 2026-11-03\n\nP07: x\nP08: y\n"))
    assert field(text, "participant") == "[P07, P08]"
    (text,) = texts(read("---\ndate: 2026-11-03\nodd: x\n---\n# Interview with P07\n\nP07: Hm.\n"))
    assert (field(text, "date"), field(text, "participant")) == ("2026-11-03", "P07")
    assert "- P07: Hm." in text


def test_person_below_several_headings_has_one_draft() -> None:
    text = "# First\n## P07\na\n## P08\nb\n# Second\n## P07\nc\n"
    first, second = texts(read(text))
    assert "### First\n\na" in first.replace("\n\n\n", "\n\n")
    assert "### Second" in first
    assert "b" in second


def test_numbers_of_other_notes_are_other_people() -> None:
    here = Here(participants=("P03",))
    assert [field(each, "participant") for each in texts(read(HEADINGS, here=here))] == [
        "P04", "P05",
    ]  # fmt: skip


def test_second_import_finds_the_drafts() -> None:
    found = read(NAMED)
    ids = {field(each, "aliases").strip("[]"): "there" for each in texts(found)}
    again = read(NAMED, here=Here(ids=ids))
    assert again.drafts == ()
    assert len(again.present) == 1


def test_interviewers_without_a_role_are_initials() -> None:
    (text,) = texts(read("# Call with P07\nInterviewer: Tom Keller\nConsent: research\n- x\n"))
    assert "- Interviewer: tk" in text
    assert field(text, "consent") == "research"


@pytest.mark.parametrize(
    "text",
    ["", "words\n", "# Report\n\n## Participants\n\nWe talked to five.\n", "## User needs\n\nx\n"],
)
def test_other_texts_are_not_notes(text: str) -> None:
    assert notes.recognise(Material("a.md", {"a.md": text})) == 0
    assert notes.recognise(Material("a.pdf", {"a.pdf": TURNS})) == 0


LABELS = """\
# Session
Participants: Anna Berg and Ben Weiss
Recording: see https://example.org/v/1 (private)
Length: 42:10
Recruited: support
Guide: the long one
Interviewers: Tom (PM), Jo
Duration: about an hour
Consent: research
"""


def test_labels_fill_the_fields_that_take_them() -> None:
    (text,) = texts(read(LABELS))
    assert field(text, "participant") == "[P01, P02]"
    assert field(text, "recording") == "https://example.org/v/1"
    assert field(text, "duration") == "42:10"
    assert field(text, "recruited") == "support"
    assert field(text, "interviewers") == "{pm: t}"
    assert "- Guide: the long one\n- Duration: about an hour" in text
    assert field(text, "consent") == "research"


GOOGLE = """\
# **Interview notes**

**Participant:** Sam Okafor\x20\x20
**Interviewer:** Jo Tan (PM)

### **Background**

* Okafor bills 300 customers

### **Needs / pain points**

* the PO number is missing

[image1]: <data:image/png;base64,iVBORw0KGgo=>
"""
NOTION = """\
# 🗣️ Interview – Frau Lindqvist (ward)

## 🧾 TL;DR
gaps show on the day itself

## 📖 Ablauf
1. Lindqvist rings eleven people
"""
PLAIN = """\
Fecha: 12 de noviembre de 2026
Participante: P04

Lo que pasó
- pidió tres firmas

Citas
- "Al final vine yo"
"""


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (GOOGLE, ["Quick facts", "* P01 bills 300", "Opportunities", "* the PO number is missing"]),
        (NOTION, ["Story", "1. P01 rings eleven", "Opportunities", "Insights", "gaps show on the"]),
        (PLAIN, ["Memorable quote", '- "Al final', "Story", "- pidió tres", "Opportunities"]),
    ],
)
def test_headings_of_other_tools_name_the_parts(text: str, parts: list[str]) -> None:
    assert notes.recognise(Material("a.md", {"a.md": text})) >= 2
    found = read(text)
    (made,) = texts(found)
    places = [made.find(f"## {each}" if each[0].isupper() else each) for each in parts]
    assert -1 not in places
    assert places == sorted(places)
    assert not [each for each in ("Okafor", "Lindqvist", "base64", "# **") if each in made]


def test_folder_of_notes_has_one_set_of_pseudonyms() -> None:
    material = Material(
        "round",
        {
            "a.md": "# Interview with Anna Berg\n\nAnna: I scroll.\n",
            "anna-berg.md": "# Interview with Anna Berg\n\nTom Keller: Hm?\nAnna: Yes.\n",
        },
        folder=True,
    )
    found = drafts(notes.read(material, Terms(), Here()), Here())
    assert [field(each, "participant") for each in texts(found)] == ["P01", "P01"]
    assert "anna" not in "".join(each.source.path + each.source.text for each in found.drafts)
