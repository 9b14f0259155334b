"""The coach: its findings about guides and interviews."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from ost.coach.assessment import assess
from ost.coach.form import Form, clause
from ost.coach.guide import utterances
from ost.coach.model import FAULTS, QUIET, STRENGTHS, Assessment, Utterance

if TYPE_CHECKING:
    from click.testing import Result

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs/explanation/questions.md"


def assessed(text: str, context: str = "") -> Assessment:
    """The coach's findings for a single sentence."""
    return assess([Utterance(1, text, context=context)])[0]


def faults(text: str, context: str = "") -> set[str]:
    return {remark.fault for remark in assessed(text, context).remarks} - QUIET


FAULTY = {
    "generalising": """
        What are the main reasons patients don't turn up?
        What do you mainly look at when a claim comes in?
        Every time a delivery is short, what do you do?
        How do you usually plan your shift?
        What does a typical Monday look like for you?
        How often do you check the rota?
        What do you look at most often?
        What are the most common reasons people call you?
        On average, how long does it take?
        How many hours a week do you spend on it?
        When you travel, do you normally book a hotel?
        On most days, who opens the shop?
        Most Fridays, where do you eat?
        Whenever the scanner fails, what do you do?
        On a busy day, how many walk-ins do you get?
        On a normal Monday, who covers for you?
        What's your normal workflow for a review?
        """,
    "hypothetical": """
        Would you use a button for that?
        What would you change if you had a magic wand?
        If you could wave a wand, what would be different?
        What would make this easier for you?
        In what situations would your colleagues share it?
        Would it help to see the price first?
        How could we improve the lessons?
        How might this fit into your work?
        What do you wish you had known?
        Imagine it were free: what would you do?
        Imagine you lost your passport.
        """,
    "future": """
        How likely are you to recommend it?
        Will you buy it again?
        Do you plan to move next year?
        Are you going to hire more people?
        How long would you expect the delivery to take?
        """,
    "leading": """
        You must have been relieved when the bed came free.
        Why is the paper form so much easier than the app?
        Don't you find the form too long?
        Would you agree that it saves time?
        It sounds like you were frustrated, right?
        So you mean the bus was late?
        You always pay by card, correct?
        Would you say it is too slow?
        Was it annoying to wait?
        How easy was it to find the price?
        How did you feel when you gave up?
        Most nurses tell us the list is useless, how about you?
        Great, I love that!
        For example, do you find the reports helpful?
        Most farmers we talk to hate the rules, how about you?
        It sounds like the co-op lets you down?
        Why did you find the form confusing?
        Why don't teachers like the platform?
        What problems did the letter cause you?
        How much time do you waste on paperwork?
        I imagine that must have been scary, was it?
        You didn't like it much, did you?
        """,
    "double-barrelled": """
        Who makes the rota, and how do the others hear of it?
        Where do you buy it and who pays?
        How did you hear of the grant and why did you decide not to apply?
        What tools did you use, and where?
        Where did you park and why there?
        Where do you keep the contracts and who else can open them?
        What do you like and dislike about the self-checkout?
        """,
    "closed": """
        Do you have a car?
        Did the nurse call?
        For example, do you share the list?
        Do managers ever read the notes?
        In your team, is anyone else involved?
        Just out of curiosity, have they told you why?
        Does the school give you any time for it?
        Can you see a pupil's history in the system?
        """,
    "pitch": """
        We are working on a new rota, do you like it?
        If we offered a cheaper plan, would you take it?
        Our new app does this for you, what do you think?
        Our app lets parents book a slot; would they?
        Would you be interested in joining our beta?
        Let me walk you through our concept for the pharmacy.
        """,
}


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (line.strip(), fault)
        for fault, lines in FAULTY.items()
        for line in lines.strip().split("\n")
    ],
)
def test_question_that_gets_no_story_is_faulted(text: str, fault: str) -> None:
    found = assessed(text)
    assert fault in {remark.fault for remark in found.remarks}
    assert all(remark.phrase in text for remark in found.remarks)
    assert not found.strengths


@pytest.mark.parametrize(
    "text",
    [
        "Tell me about the last time you swapped a shift.",
        "What happened next?",
        "Can you walk me through that evening?",
        "Could you tell me more about the second call?",
        "Could you create an account?",
        "How would you describe your role?",
        "You said you usually call first: what about last Friday?",
        "Do you remember what you did then?",
        "Can you think of a time when the list was wrong?",
        "Have you got an example of a week that went badly?",
        "Do you pay by card or by invoice?",
        "Are you satisfied with it (-2 to +2)?",
        "Do you mind if I record this?",
        "Is it okay if my colleague takes notes?",
        "Do you have any questions for me before we start?",
        "Is there anything else you would like to add?",
        "Is there anyone else we should talk to?",
        "Would you be willing to talk to us again?",
        "May we contact you again?",
        "Can you hear me?",
        "Who else was there?",
        "And who else?",
        "After you'd hung up, what did you do?",
        "What had you tried once she'd left and you'd paid?",
        "What was the main reason you left that day?",
        "How long have you worked here?",
        "Thank you for your time.",
        "What were you hoping would happen when you tapped it?",
        "Come in whenever you are ready: where were you then?",
        "It sounds like you're saying the list was wrong. Is that right?",
    ],
)
def test_question_in_its_place_is_not_faulted(text: str) -> None:
    assert faults(text) == set()


def test_closed_question_with_an_open_one_in_the_same_breath_is_left_alone() -> None:
    assert not faults_of("- Did it hurt? How did you deal with that?\n")
    assert faults_of("- Did it hurt?\n- How did you deal with that?\n") == ["closed"]


def test_question_on_the_next_line_is_not_about_the_pitch_before_it() -> None:
    guide = "- If we offered pickup, would you sign up?\n- How would you rate the scanners?\n"
    assert faults_of(guide) == ["hypothetical", "pitch"]


def test_logistics_may_be_what_a_guide_is_about() -> None:
    assert faults_of("## Questions, logistics\n- Did it arrive?\n") == ["closed"]
    assert faults_of("## Logistics\n- Did they sign?\n") == []


def test_pitch_is_reported_at_the_question_after_it() -> None:
    assert faults_of("- We added a filter last week. What do you think?\n") == ["pitch"]
    assert faults_of("We are designing a portal. Which parts should it have?\n") == ["pitch"]


def faults_of(guide: str) -> list[str]:
    """The faults in a guide, in order."""
    found = assess(utterances(guide))
    return [remark.fault for each in found for remark in each.remarks if remark.fault not in QUIET]


PRAISED = {
    "story-prompt": """
        Tell me about the last time you swapped a shift.
        Tell me about your last delivery.
        When did you last call the ward?
        When was the last time you flew?
        Walk me through your most recent order.
        Take me back to the day you signed.
        Can you give me an example of a time when it failed?
        Think back to the last exam you set.
        I'd like to hear the story of how you found the flat.
        Describe a recent situation in which you had to choose.
        Could you tell us about yesterday's shift?
        Tell me about a time this season when the weather changed your plans.
        Tell me about a night when a guest complained.
        Let's go back to the day you opened the account.
        What's the most recent bill that you paid late?
        Walk me through the day the power went out.
        """,
    "timeline": """
        What happened next?
        And then?
        What did you do after that?
        How did it end?
        Who did you ask first?
        How did you get there?
        What steps did you take?
        How did you hear about it?
        """,
    "setting": """
        Where were you at that moment?
        Who else was there?
        When was that?
        Who was with you?
        """,
    "follow-up": """
        Tell me more about that.
        What was that like?
        Why is that?
        Why?
        What do you mean by late?
        Could you say more?
        How did that make you feel?
        In what way?
        Can you give me an example?
        """,
}


@pytest.mark.parametrize(
    ("text", "strength"),
    [(line.strip(), name) for name, lines in PRAISED.items() for line in lines.strip().split("\n")],
)
def test_questions_that_get_a_story_are_praised(text: str, strength: str) -> None:
    found = assessed(text)
    assert strength in found.strengths
    assert not found.remarks


@pytest.mark.parametrize(
    "text", ["Why did you choose it?", "How do you usually swap?", "Have you ever paid a fine?"]
)
def test_questions_that_miss_the_story_are_not_praised(text: str) -> None:
    assert not assessed(text).strengths


@pytest.mark.parametrize("fault", FAULTS)
def test_suggested_questions_are_praised(fault: str) -> None:
    found = assessed(FAULTS[fault].ask)
    assert found.strengths
    assert not found.remarks


def test_every_better_question_in_the_docs_is_praised_and_every_other_one_faulted() -> None:
    page = PAGE.read_text("utf-8")
    better = re.findall(r"^- Better: \*(.+)\*$", page, re.MULTILINE)
    instead = re.findall(r"^- Instead of: \*(.+)\*$", page, re.MULTILINE)
    assert len(better) == len(instead) == len(FAULTS)
    assert [text for text in better if not assessed(text).strengths] == []
    assert [text for text in instead if not assessed(text).remarks] == []


def test_every_fault_and_strength_is_explained() -> None:
    page = PAGE.read_text("utf-8")
    for name in (*FAULTS, *STRENGTHS):
        assert f"\n### {name}\n" in page


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("What happened?", Form.OPEN),
        ("If it broke, what did you do?", Form.OPEN),
        ("When you arrive, is anyone there?", Form.CLOSED),
        ("For example, do you share it?", Form.CLOSED),
        ("Could you show me?", Form.REQUEST),
        ("Please describe the room", Form.REQUEST),
        ("Anything else?", Form.SHORT),
        ("Ask about their commute", Form.STATEMENT),
        ("Do not mention the price.", Form.STATEMENT),
        ("How might we help them?", Form.STATEMENT),
        ("When you arrive, we shall wait.", Form.STATEMENT),
    ],
)
def test_form_of_a_sentence_is_that_of_its_main_clause(text: str, form: Form) -> None:
    assert clause(text).form is form


SCRIPT = """# Usability test

## Warm-up

- Do you work in an office?

## Task 1: the form

- How would you find the form?
- What do you see on this page?
- Could you create an account?
- Is the second step clear?

## Task 2: paying

- Where would you click to pay?
- What would make this page easier?

## Feedback

- Would you use it again?
- How do you usually pay?
"""


def test_coach_reviews_questions_but_not_tasks_of_a_usability_script(
    folder: Callable[[str], Path], run: Callable[[str], "Result"]
) -> None:
    found = assess(utterances(SCRIPT))
    told = {each.utterance.line: each.faulty for each in found}
    assert [line for line, faulty in told.items() if faulty] == [17, 21, 22]
    folder(f"-- script.md --\n{SCRIPT}-- guide.md --\n# Talk\n\n- What do you see on this page?\n")
    assert run("ost coach script.md").stdout.count("usability script") == 1
    assert "usability" not in run("ost coach guide.md").stdout


def test_heading_of_feedback_or_testing_makes_no_script() -> None:
    for heading in ("Feedback", "Testing your food", "The form", "Post-visit questions"):
        guide = f"# Talk\n\n## {heading}\n\n- Would you use an app?\n- How would you find it?\n"
        assert faults_of(guide) == ["hypothetical", "hypothetical"]


@given(some.text(max_size=200))
@settings(max_examples=200, deadline=None)
def test_any_text_is_assessed(text: str) -> None:
    for each in assess(utterances(text)):
        assert {remark.fault for remark in each.remarks} <= set(FAULTS)
        assert set(each.strengths) <= set(STRENGTHS)
        assert not (each.remarks and each.strengths)


def test_command_reviews_every_sentence(
    folder: Callable[[str], Path], run: Callable[[str], "Result"]
) -> None:
    folder("-- guide.md --\n# Rota\n\n- How do you usually swap?\n- What happened then?\n")
    found = json.loads(run("ost coach --format json guide.md").stdout)
    assert found[0] == {
        "path": "guide.md",
        "line": 3,
        "text": "How do you usually swap?",
        "speaker": "",
        "faults": found[0]["faults"],
        "strengths": [],
    }
    assert "generalising" in found[0]["faults"]
    assert found[1]["strengths"] == ["timeline"]
    assert run("ost coach nothing.md").exit_code == 2
