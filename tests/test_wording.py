"""Invented titles from many trades, good and bad, and the findings of the wording rules."""

from datetime import date

import pytest

from ost.judge.check import all_rules, check, configure
from ost.read.document import Document
from ost.read.parse import parse
from ost.tree.build import build

WORDING = configure(each for each in all_rules() if each.code[3] == "4")


def wording_findings(kind: str, title: str) -> list[str]:
    """The findings of the wording rules about a title: names, each with the words it points at."""
    text = f"---\nkind: {kind}\n---\n# {title}\n"
    tree = build([Document("node.md", parse(text))], as_of=date(2026, 11, 30))
    names = {each.code: each.name() for each in WORDING}
    lines = text.split("\n")
    return [
        f"{names[each.code]}: {lines[each.at.line][each.at.column : each.at.end_column]}"
        for each in check(tree, WORDING)
    ]


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Add a filter for families", "build-verb: Add"),
        ("We need to show prices earlier", "build-verb: We need to show"),
        ("Allow nurses to hand over by voice", "build-verb: Allow"),
        ("Give drivers a better map", "build-verb: Give drivers a"),
        ("Automate the month-end report", "build-verb: Automate"),
        ("Let users sort their invoices", "build-verb: Let users sort"),
        ("I want an export to a spreadsheet", "disguised-solution: want an export"),
        ("Warehouse staff need a dashboard", "disguised-solution: need a dashboard"),
        ("I wish there was a dark mode", "disguised-solution: wish there was a dark mode"),
        ("Teachers would like a mobile app", "disguised-solution: would like a mobile app"),
        ("Low conversion on the second page", "company-words: conversion"),
        ("Churn after the first invoice", "company-words: Churn"),
        ("Our users forget their contract", "company-words: Our users"),
        ("NPS is down among small firms", "company-words: NPS"),
        ("I am really frustrated", "bare-feeling: I am really frustrated"),
        ("Users feel overwhelmed.", "bare-feeling: Users feel overwhelmed."),
        ("Booking is not intuitive on the phone", "vague-opportunity: intuitive"),
        ("The form is not user-friendly for me", "vague-opportunity: user-friendly"),
        ("Slow search", "vague-opportunity: Slow search"),
    ],
)
def test_opportunity_that_a_coach_would_question(title: str, expected: str) -> None:
    assert expected in wording_findings("opportunity", title)


@pytest.mark.parametrize(
    "title",
    [
        "I don't know which form is mine",
        "We cannot agree on what to watch",
        "Is this show any good?",
        "Who is in this show?",
        "I'm out of episodes of my favourite show",
        "The sign-up process was confusing, and I almost gave up",
        "I can't tell whether my parcel was handed over",
        "My handover note is read after I have left",
        "I have to type the same address three times",
        "When a patient moves beds, I lose track of their tests",
        "I find out about a delay from the customer",
        "Nobody tells me that the ward is full until I stand in it",
        "I feel stupid when the card is declined in front of everyone",
        "I am tired of asking who changed the plan",
        "My conversion of the recipe to cups never works out",
        "It takes a week until my manager sees the report",
        "I need something to eat between two meetings",
        "I want to know who else applied",
        "Night shifts make it hard to reach my children",
        "I can't compare two offers that are laid out differently",
        "Building permits take longer than the building",
        "Design reviews come after the code is written",
        "I need to leave the till to look up a price",
        "Adding up my hours costs me Sunday evening",
        "I pay for three services and watch one",
        "The bus app shows a bus that never comes",
        "I would rather call than fill in the form again",
        "Im Formular finde ich mein Feld nicht",
        "Je ne trouve pas le bon formulaire",
        "\u6211\u4e0d\u77e5\u9053\u9009\u4ec0\u4e48",
    ],
)
def test_a_good_opportunity_is_left_alone(title: str) -> None:
    assert wording_findings("opportunity", title) == []


@pytest.mark.parametrize(
    ("kind", "title", "expected"),
    [
        ("outcome", "Launch the new app by June", "output-as-outcome: Launch the new app"),
        ("outcome", "Migrate billing to the new platform", "output-as-outcome: Migrate billing"),
        ("outcome", "Redesign onboarding", "output-as-outcome: Redesign onboarding"),
        (
            "outcome",
            "More drivers finish on time and fewer parcels return",
            "two-outcomes-in-one: More drivers finish on time and fewer",
        ),
        ("assumption", "Nurses won't speak aloud", "negative-assumption: won't"),
        ("assumption", "Drivers never skip the photo", "negative-assumption: never"),
        ("assumption", "Users will love it", "vague-assumption: Users will love it"),
        ("assumption", "People have time for this", "vague-assumption: People have time for this"),
        ("outcome", "More teams talk to a customer every week", ""),
        ("outcome", "Families spend more evenings watching and talking", ""),
        ("outcome", "Teams ship sooner", ""),
        ("outcome", "Fewer patients wait for more than an hour", ""),
        ("assumption", "Four of five nurses speak the handover aloud on the ward", ""),
        ("assumption", "The lookup does not take longer than a second on a slow phone", ""),
        ("assumption", "A driver can take the photo with gloves on", ""),
    ],
)
def test_outcomes_and_assumptions(kind: str, title: str, expected: str) -> None:
    assert wording_findings(kind, title) == ([expected] if expected else [])
