"""The coach: what is said in guides and talks, and what it has to say about it."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from ost.coach.guide import said_in
from ost.coach.labels import heard
from ost.coach.saying import FAULTS, STRENGTHS, Said
from ost.coach.talk import interviewer, listen, written_down
from ost.read.transcripts import read

if TYPE_CHECKING:
    from click.testing import Result

ROOT = Path(__file__).parent.parent


def faults(text: str) -> set[str]:
    """The faults of one sentence."""
    return {each.fault for each in heard([Said(1, text)])[0].remarks}


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("How do you usually plan your shift?", "generalising"),
        ("What does a typical Monday look like for you?", "generalising"),
        ("How often do you check the rota?", "generalising"),
        ("Would you use a button for that?", "hypothetical"),
        ("What would you change if you had a magic wand?", "hypothetical"),
        ("How likely are you to recommend it?", "future"),
        ("Will you buy it again?", "future"),
        ("Don't you find the form too long?", "leading"),
        ("Would you agree that it saves time?", "leading"),
        ("Who makes the rota, and how do the others hear of it?", "double-barrelled"),
        ("Do you have a car?", "closed"),
        ("Did the nurse call?", "closed"),
        ("What is your favourite part?", "out-of-context"),
        ("We are working on a new rota, do you like it?", "pitch"),
        ("On a scale of 1 to 10, how was it?", "rating"),
    ],
)
def test_a_question_that_gets_no_story(text: str, fault: str) -> None:
    assert fault in faults(text)


@pytest.mark.parametrize(
    "text",
    [
        "Tell me about the last time you swapped a shift.",
        "What happened next?",
        "Where were you when the call came?",
        "Can you walk me through that evening?",
        "Could you tell me more about the second call?",
        "Who else was there?",
        "You said you usually call first: what about last Friday?",
        "What did you do then?",
        "Do you mind if I record this?",
        "Do you have any questions for me before we start?",
        "Thank you for your time.",
    ],
)
def test_a_question_that_is_left_alone(text: str) -> None:
    assert faults(text) == set()


@pytest.mark.parametrize(
    ("text", "strength"),
    [
        ("Tell me about the last time you swapped a shift.", "story-prompt"),
        ("When did you last call the ward?", "story-prompt"),
        ("What happened next?", "timeline"),
        ("Where were you at that moment?", "setting"),
        ("Tell me more about that.", "follow-up"),
    ],
)
def test_what_a_coach_praises(text: str, strength: str) -> None:
    assert strength in heard([Said(1, text)])[0].strengths


def test_what_is_said_in_a_guide_stands_in_its_lines() -> None:
    guide = (
        "# Rota talk\n\n## Goals\n\n- What do nurses need?\n\n## Questions\n\n"
        "1. Tell me about the last\n   shift you swapped. What happened?\n"
        "   - **Probe:** who helped?\n\n| First | Second |\n| --- | --- |\n"
        "| Who called? | And then?<br>Who came? |\n\n## Notes to the interviewer\n\nDo not hurry.\n"
    )
    assert [(each.line, each.text) for each in said_in(guide)][:7] == [
        (9, "Tell me about the last shift you swapped."),
        (9, "What happened?"),
        (11, "who helped?"),
        (13, "First"),
        (13, "Second"),
        (15, "Who called?"),
        (15, "And then?"),
    ]
    assert "Do not hurry." not in {each.text for each in said_in(guide)}


def test_a_line_is_what_the_rest_of_the_program_takes_for_one() -> None:
    (one, two) = said_in("- What happened\x0c\u2028 then?\n- Who was there?\n")
    assert (one.line, two.line) == (1, 2)


@pytest.mark.parametrize(
    "text",
    [
        "# Leitfaden\n\n- Wie planen Sie sonst Ihre Schicht, und wer hilft Ihnen dabei?\n",
        "# Guide\n\n- Comment organisez-vous votre semaine d'habitude avec vos coll\u00e8gues ?\n",
        "# \u6307\u5357\n\n- \u4f60\u901a\u5e38\u600e\u4e48\u5b89\u6392\uff1f\n",
    ],
)
def test_the_coach_is_silent_in_other_languages(text: str) -> None:
    assert said_in(text) == []


TALK = """Ann: Thank you for coming. Tell me about the last time you swapped a shift.
P07: On Friday. I usually ask Bea, but she was away.
Ann: You said usually: what happened on Friday?
P07: The list was on paper and I was stuck in the car, it was so frustrating.
Ann: Which phone do you own?
P07: An old one.
Ann: Where were you when Bea called?
P07: On the motorway.
"""


def test_the_shape_of_a_talk() -> None:
    shape = listen(read(TALK, ".txt")).shape
    assert shape is not None
    assert shape.interviewer == "Ann"
    assert shape.story is not None
    assert shape.story.line == 1
    assert (shape.usual, shape.brought_back) == (1, 1)
    assert [each.line for each in shape.passed_over] == [4]
    assert shape.setting == 1
    assert not shape.read_out
    assert round(sum(part for _, part in shape.shares), 6) == 1


@pytest.mark.parametrize(
    ("text", "names", "expected"),
    [
        (TALK, (), "Ann"),
        ("Interviewer: So.\nP: So?\nP: What? Why? Who?\nInterviewer: Well.\n", (), "Interviewer"),
        (
            "Bea: Who? What? Where? Why?\nAnn Lee: So.\nBea: So.\nAnn Lee: Well.\n",
            ("al",),
            "Ann Lee",
        ),
        ("Ann: Who?\nBea: What?\nAnn: Where?\nBea: Why?\n", (), ""),
        ("Nobody is named here. Who is it? Who?\n", (), ""),
    ],
)
def test_who_interviews(text: str, names: tuple[str, ...], expected: str) -> None:
    assert interviewer(read(text, ".txt"), names) == expected


def test_a_talk_in_markdown_is_told_from_a_guide() -> None:
    assert written_down(TALK * 2)
    assert not written_down("# Guide\n\n- Who was there?\n- Note: be quiet.\n" * 5)


@given(some.text(max_size=200))
@settings(max_examples=200, deadline=None)
def test_any_text_is_heard(text: str) -> None:
    for each in heard(said_in(text)):
        assert {remark.fault for remark in each.remarks} <= set(FAULTS)
        assert set(each.strengths) <= set(STRENGTHS)
    listen(read(text, ".txt"))


def test_the_command_tells_every_sentence(
    folder: Callable[[str], Path], run: Callable[[str], "Result"]
) -> None:
    folder(
        "-- guide.md --\n# Rota\n\n- How do you usually swap?\n- What happened then?\n"
        f"-- talk.txt --\n{TALK}"
        "-- p07.md --\n---\nkind: interview\ntranscript: talk.txt\n---\n# P07\n"
    )
    found = json.loads(run("ost coach --format json guide.md p07.md").stdout)
    assert found[0] == {
        "path": "guide.md",
        "line": 3,
        "text": "How do you usually swap?",
        "speaker": "",
        "faults": found[0]["faults"],
        "strengths": [],
    }
    assert "generalising" in found[0]["faults"]
    assert {each["speaker"] for each in found if each["path"] == "talk.txt"} == {"Ann"}
    assert run("ost coach nothing.md").exit_code == 2
    assert "How it went" in run("ost coach p07.md").stdout


def test_every_fault_and_strength_is_explained() -> None:
    page = (ROOT / "docs/explanation/questions.md").read_text("utf-8")
    for each in (*FAULTS, *STRENGTHS):
        assert f"\n### {each}\n" in page
