"""Quotes are looked up in transcripts: what counts as said, and what does not."""

import re
import time
from collections.abc import Callable
from datetime import date

import pytest

from ost.judge.quotes import CheckedQuote, check_interview, check_quotes
from ost.read.document import Document, Quote, Stamp
from ost.read.parse import parse
from ost.read.place import START
from ost.read.transcripts import read
from ost.tree.build import build
from ost.tree.model import NodeId

TALK = """WEBVTT

00:10.000 --> 00:14.000
Ann: So tell me about the last film night.

00:15.000 --> 00:25.000
P07: Well, um, we, we all sat down at eight, and it took, I don't know, forty minutes.

00:25.000 --> 00:26.000
Ann: Wow.

00:26.000 --> 00:40.000
P07: Until somebody gave up and went to bed. It cost us 1,200 euros, the big TV.

10:00.000 --> 10:04.000
P07: We all sat down at eight again last week.
"""


def look(text: str, *seconds: int) -> str:
    """The verdict on a quote, and the second at which someone said it."""
    stamps = tuple(Stamp(each, "", START) for each in seconds)
    (found,) = check_quotes((Quote(text, stamps, (), START),), read(TALK, ".vtt"))
    return f"{found.found} {found.second}"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We all sat down at eight, and it took", "verbatim"),
        ("we all sat down at eight AND it took \u2026 forty minutes", "verbatim"),
        ("it took ... forty minutes until somebody gave up", "verbatim"),
        ("it took [the four of us], I don\u2019t know, forty minutes", "verbatim"),
        ("forty minutes. Until somebody gave up", "verbatim"),
        ("it cost us 1200 euros", "verbatim"),
        ("it cost us €1,200, the big TV", "verbatim"),
        ("it cost us 1,200 €, the big TV", "verbatim"),
        ("it cost us EUR 1200", "verbatim"),
        ("it cost us $1,200, the big TV", "altered"),
        ("it cost us €1,250, the big TV", "altered"),
        ("It took (laughs) I don't know, forty minutes", "verbatim"),
        ("it took \u2014 I don't know \u2014 forty minutes", "verbatim"),
        ("It took \u2014 until somebody gave up and went to bed", "altered"),
        ("It took (well) until somebody gave up and went to bed", "altered"),
        ("(I would pay ten euros a month for that)", "nowhere"),
        ("we all sat down at 8, and it took", "verbatim"),
        ("it took, I do not know, 40 minutes", "verbatim"),
        ("It took forty minutes. We all sat down at eight again.", "altered"),
        ("We all sat down at eight again ... it cost us 1,200 euros", "altered"),
        ("somebody gave up \u2014 we all sat down at eight again", "altered"),
        ("somebody gave up and we all sat down at eight again last week", "altered"),
        ("P07: we all sat down at eight", "verbatim"),
        ("We all sat down at nine, and it took", "altered"),
        ("we all sat down at eight, and it never took", "altered"),
        ("until somebody went to bed", "altered"),
        ("the big TV was in the other room and nobody used it", "nowhere"),
        ("I would pay ten euros a month for that", "nowhere"),
        ("minutes forty bed to went up gave", "nowhere"),
    ],
)
def test_real_quotes_are_distinguished_from_invented_ones(text: str, expected: str) -> None:
    assert look(text).split()[0] == expected


def test_place_nearest_to_the_timestamp_counts() -> None:
    assert look("we all sat down at eight", 12) == "verbatim 15"
    assert look("we all sat down at eight", 605) == "verbatim 600"


def test_empty_quotes_and_transcripts_are_silent() -> None:
    silent = Quote("\u2026", (), (), START)
    spoken = Quote("words", (), (), START)
    assert check_quotes((silent,), read(TALK, ".vtt")) == ()
    assert check_quotes((spoken,), read("", ".vtt"))[0].found == "nowhere"


def one(text: str, talk: str, snapshot: str = "") -> CheckedQuote:
    """What becomes of a quote in an interview's transcript."""
    entry = f"---\nkind: interview\ntranscript: talk.txt\n{snapshot}---\n# P07\n\n> {text}\n"
    tree = build(
        [Document("p07.md", parse(entry))],
        as_of=date(2026, 11, 30),
        transcripts={"talk.txt": read(talk, ".txt")},
    )
    (found,) = check_interview(tree.by_id[NodeId("p07")], tree)
    return found


@pytest.mark.parametrize(
    ("said", "quoted"),
    [
        ("I don't think it's worth it", "I do not think it is worth it"),
        ("We cannot find it and won't ask", "we can't find it and will not ask"),
        ("They're going to say they've had enough", "they are gonna say they have had enough"),
        ("I'd never seen it", "I had never seen it"),
        ("I'd never pay", "I would never pay"),
        ("She's been there and that's it", "she has been there, and that is it"),
        (
            "Let\u2019s go, I dunno, \u2018cause we wanna",
            "let us go, I don\u2019t know, cause we want to",
        ),
        ("We dont know what youre after", "We do not know what you're after"),
        ("That is about 20 % of it", "that's about twenty percent of it"),
    ],
)
def test_contractions_and_long_forms_are_the_same_words(said: str, quoted: str) -> None:
    assert one(quoted, f"P07: {said} today.\n").found == "verbatim"
    assert one(said, f"P07: {quoted} today.\n").found == "verbatim"


@pytest.mark.parametrize(
    ("said", "quoted"),
    [("We would put it away", "We had put it away"), ("It is broken", "It has broken")],
)
def test_two_long_forms_of_one_contraction_are_different_words(said: str, quoted: str) -> None:
    assert one(quoted, f"P07: {said} every evening.\n").found == "altered"


def test_difference_is_shown_word_by_word() -> None:
    talk = "P07: We really spend longer choosing than watching every Friday evening.\n"
    found = one("We spend longer choosing than enjoying every single Friday evening", talk)
    assert found.changes == (
        "'really' left out",
        "'enjoying' for 'watching'",
        "'single' added",
    )


def test_marked_gap_is_not_a_difference() -> None:
    talk = "P07: We really spend a lot longer choosing than watching every Friday evening.\n"
    found = one("We ... spend longer choosing than enjoying ... Friday evening", talk)
    assert found.changes == ("'a lot' left out", "'enjoying' for 'watching every'")


CONVERSATION = """Ann: So you were frustrated because nobody could agree?
P07: Well, yes. By the time we agree somebody has gone to bed.
Ann: And what happened next?
P07: I went to bed as well, and nobody could agree on Sunday either.
Ann: How did the evening end?
P07: With a book.
"""


@pytest.mark.parametrize(
    ("quoted", "snapshot", "asked"),
    [
        ("you were frustrated because nobody could agree", "participant: P07\n", True),
        ("you were frustrated because nobody would agree", "participant: P07\n", True),
        ("you were frustrated because nobody could agree", "interviewers: {pm: Ann}\n", True),
        ("nobody could agree", "participant: P07\n", False),
        ("By the time we agree somebody has gone to bed", "participant: P07\n", False),
        ("nobody could agree? Well, yes", "participant: P07\n", False),
    ],
)
def test_interviewer_only_quotes_are_reported(quoted: str, snapshot: str, *, asked: bool) -> None:
    assert one(quoted, CONVERSATION, snapshot).asked is asked


def test_unnamed_interviewer_is_found_by_questions() -> None:
    assert one("what happened next", CONVERSATION.replace("P07", "Bo")).asked
    unsure = CONVERSATION.replace("P07:", "Bo:").replace("?", ".")
    assert not one("what happened next", unsure).asked


def test_transcript_without_names_has_no_interviewer() -> None:
    silent = re.sub(r"(?m)^\w+: ", "", CONVERSATION)
    assert not one("what happened next", silent, "participant: P07\n").asked


GROWING: dict[str, Callable[[int], tuple[str, str]]] = {
    "gaps": lambda size: ("and then we go and then we stop", " ... ".join(["and then we"] * size)),
    "gaps, not said": lambda size: ("and then we go", " ... ".join(["then we"] * 30) + " zebra"),
    "long, altered": lambda size: ("a b c b a c b", "a b c a b c c " * (size // 8)),
    "long, as it stands": lambda size: ("we go", "we go " * (size // 2)),
    "sentences": lambda size: ("Yes. We did. No.", "We did. No. " * size + "Zebra crossing now"),
}


@pytest.mark.parametrize("kind", GROWING)
def test_time_of_a_quote_grows_with_its_length_and_the_transcripts(kind: str) -> None:
    took = []
    for size in (400, 800, 1600):
        line, text = GROWING[kind](size)
        transcript = read(f"Ann: {line}\n" * size, ".txt")
        times = []
        for _ in range(3):  # the quickest is the least disturbed by whatever else runs
            began = time.process_time()
            check_quotes((Quote(text, (), (), START),), transcript)
            times.append(time.process_time() - began)
        took.append(min(times) + 0.02)
    assert took[2] < 10 * took[0], took
