"""The coach's reading of a transcript: the interviewer, the questions, and the shape."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from ost.coach.interview import InterviewReview, review_transcript, transcript_in_text
from ost.coach.speakers import interviewers
from ost.read.transcripts import read

if TYPE_CHECKING:
    from click.testing import Result

TALK = """Ann: Thank you for coming. Tell me about the last time you swapped a shift.
P07: On Friday. I usually ask Bea, but she was away.
Ann: You said usually: what happened on Friday?
P07: The list was on paper and I was stuck in the car, it was so frustrating.
Ann: Which phone do you own?
P07: An old one.
Ann: Where were you when Bea called?
P07: On the motorway.
"""


def review(text: str, suffix: str = ".txt", names: tuple[str, ...] = ()) -> InterviewReview:
    """The coach's findings in a transcript."""
    return review_transcript(read(text, suffix), names)


def asked(text: str) -> list[str]:
    """The questions of the interviewer in a conversation of two."""
    return [each.utterance.text for each in review(text).assessments]


def test_shape_of_an_interview() -> None:
    shape = review(TALK).shape
    assert shape is not None
    assert shape.interviewer == "Ann"
    assert shape.story is not None
    assert shape.story.line == 1
    assert (shape.usual, shape.brought_back) == (1, 1)
    assert shape.setting == 1
    assert not shape.read_out
    assert shape.share is not None
    assert 0.4 < shape.share < 0.6


@pytest.mark.parametrize(
    ("opening", "told"),
    [
        ("Tell me about your last shift.", True),
        ("When did you last swap a shift?", True),
        ("Can you think of a time when the list was wrong?", True),
        ("Tell me about your job.", False),
        ("How do you usually swap a shift?", False),
        ("The last time we spoke you were ill.", False),
        ("What happened next?", False),
    ],
)
def test_story_is_opened_by_a_request_for_one_instance(opening: str, told: bool) -> None:
    shape = review(f"Interviewer: {opening}\nP07: Well, it was long ago.\n" * 3).shape
    assert shape is not None
    assert (shape.story is not None) == told


@pytest.mark.parametrize(
    ("text", "names", "expected"),
    [
        (TALK, (), ("Ann",)),
        (
            "Interviewer: So.\nP: So?\nP: What? Why? Who?\nInterviewer: Well.\n",
            (),
            ("Interviewer",),
        ),
        ("Bea: Who? What? Why?\nAnn Lee: So.\nBea: So.\nAnn Lee: Well.\n", ("al",), ("Ann Lee",)),
        ("Bea: Who? What? Why?\nAnn Lee: So.\nBea: So.\nAnn Lee: Well.\n", ("ann",), ("Ann Lee",)),
        (TALK, ("P07",), ("P07",)),
        ("Ann: Who?\nBea: What?\nAnn: Where?\nBea: Why?\n", (), ()),
        ("Ann: Who?\nBea: It was Cem.\nAnn: And then?\nBea: He left.\n", (), ("Ann",)),
        ("Ann: Who?\nBea: It was Cem.\nAnn: I see.\nBea: He left.\n", (), ()),
        ("Entrevistadora: Ya.\nEva: ¿Sí? ¿No? ¿Y?\n" * 2, (), ("Entrevistadora",)),
        ("Nobody is named here. Who is it? Who?\n", (), ()),
    ],
)
def test_interviewer_is_recognised(
    text: str, names: tuple[str, ...], expected: tuple[str, ...]
) -> None:
    assert interviewers(read(text, ".txt").turns, names) == expected


def test_meeting_has_no_interviewer() -> None:
    people = ("Ann", "Bea", "Cem", "Dan", "Eve", "Fay", "Gus")
    said = "".join(f"{name}: I have looked at the list and it is long.\n" for name in people * 3)
    chair = "Ann: Who is next? What do you think? How is it going?\n"
    assert review(chair + said + chair).assessments == ()


CAPTIONS = """WEBVTT

00:01.000 --> 00:04.000
Interviewer: Tell me about the last time

00:04.000 --> 00:06.000
you swapped a shift.

00:06.000 --> 00:09.000
P07: It was on Friday, and

00:09.000 --> 00:12.000
would you believe it, nobody came.

00:12.000 --> 00:15.000
Interviewer: What happened next?
"""


def test_unnamed_captions_belong_to_whoever_was_named_last() -> None:
    found = review(CAPTIONS, ".vtt")
    assert [each.utterance.text for each in found.assessments] == [
        "Tell me about the last time you swapped a shift.",
        "What happened next?",
    ]
    assert found.shape is not None
    assert found.shape.story is not None


def test_shares_need_named_turns() -> None:
    assert review(CAPTIONS, ".vtt").shape.share is None  # type: ignore[union-attr]
    named = CAPTIONS.replace("\nyou swapped", "\nInterviewer: you swapped").replace(
        "\nwould you", "\nP07: would you"
    )
    share = review(named, ".vtt").shape.share  # type: ignore[union-attr]
    assert share is not None
    assert 0.5 < share < 0.7


def test_dash_in_a_caption_is_an_unnamed_speaker() -> None:
    dashed = CAPTIONS.replace("\nyou swapped a shift.", "\n- Would you like some tea with it?")
    assert not any("tea" in each.utterance.text for each in review(dashed, ".vtt").assessments)


@pytest.mark.parametrize(
    "said",
    [
        "Can you hear me?",
        "Is my microphone on?",
        "How are you doing today?",
        "How was your weekend?",
        "Are we recording?",
        "Oh, really?",
        "Did it?",
        "Where was I?",
        "Should I say that again?",
        "“Would you recommend the ward to a friend or to your family?”",
        "Let me read it out. Would you recommend this ward to a friend? Is it too loud?",
        "Bea, do you want to add anything?",
        "Do you have another question, Bea?",
    ],
)
def test_words_to_colleagues_are_not_reviewed(said: str) -> None:
    talk = (
        f"Interviewer: {said}\nP07: Yes, and it went on like that for a long while, I must say.\n"
        "Interviewer: What happened next?\nP07: Then we all went home and had a good rest.\n"
        "Bea: Fine.\nP07: Good.\nBea: Bye.\n"
    )
    assert [text for text in asked(talk) if not text.startswith("Let me")] == [
        "What happened next?"
    ]


def test_follow_up_is_not_a_supposition() -> None:
    talk = (
        "Interviewer: When you gave up, what did you do?\nP07: I went home.\n"
        "Interviewer: Great point, I love that!\nP07: Thanks.\n"
    )
    found = {each.utterance.line: each for each in review(talk).assessments}
    assert not found[1].faulty
    assert [remark.fault for remark in found[3].remarks] == ["leading"]


@pytest.mark.parametrize(
    "text",
    [
        "# Guide\n\n- Who was there?\n- Note: be quiet.\n" * 5,
        "**Goal:** Trust.\n**Question:** Who was there?\n" * 5,
        "Ask: Who was there?\n\nProbe: What did they say?\n\n" * 5,
        "**Interviewer:** What happened?\n\n**Interviewer:** And then?\n\n" * 3,
        "Warm-up: Who are you?\nDeep dive: What happened?\nRisk: They leave.\n" * 3,
        "Opening: What happened?\nClosing: What else?\n" * 4,
        "---\n" + "text: Who was there?\nHref: a page\nText: So it was.\n" * 4 + "---\n# Note\n",
        "href: a page\ntext: So it was.\n" * 4,
    ],
)
def test_guide_is_never_an_interview(text: str) -> None:
    assert transcript_in_text(text) is None


@pytest.mark.parametrize(
    "text",
    [
        TALK,
        "# Interview\n\n_3 May_\n\n" + TALK.replace("\n", "\n\n"),
        TALK.replace("Ann:", "**Ann:**").replace("P07:", "**P07:**"),
        TALK.replace("Ann:", "**Ann**:").replace("P07:", "**P07**:"),
        TALK.replace("Ann:", "Q:").replace("P07:", "A:"),
        TALK.replace("Ann:", "interviewer:"),
        "---\ntitle: A talk\ndate: 2026-05-03\n---\n" + TALK,
    ],
)
def test_markdown_interview_is_distinguished_from_a_guide(text: str) -> None:
    found = transcript_in_text(text)
    assert found is not None
    assert review_transcript(found).shape is not None


def test_guide_node_is_a_guide_whatever_it_looks_like(
    folder: Callable[[str], Path], run: Callable[[str], "Result"]
) -> None:
    folder(f"-- guide.md --\n---\nkind: guide\n---\n# Guide\n\n{TALK}-- talk.md --\n{TALK}")
    assert "How it went" not in run("ost coach guide.md").stdout
    assert "How it went (Ann asks)" in run("ost coach talk.md").stdout


@pytest.mark.parametrize(
    "field", ["{pm: al, engineer: rs}", "[Ann Lee]", "ann-lee", "\n  pm: Ann Lee"]
)
def test_snapshot_names_who_interviewed(
    field: str, folder: Callable[[str], Path], run: Callable[[str], "Result"]
) -> None:
    talk = "Bea: Who? What? Where?\nAnn Lee: Would you use it?\n" * 3
    folder(
        f"-- talk.txt --\n{talk}-- p07.md --\n---\nkind: interview\n"
        f"transcript: talk.txt\ninterviewers: {field}\n---\n# P07\n"
    )
    found = json.loads(run("ost coach --format json p07.md").stdout)
    assert {each["speaker"] for each in found} == {"Ann Lee"}
    assert "How it went (Ann Lee asks)" in run("ost coach p07.md").stdout


@given(some.text(max_size=200))
@settings(max_examples=100, deadline=None)
def test_any_text_is_listened_to(text: str) -> None:
    review_transcript(read(text, ".txt"))
    transcript_in_text(text)
