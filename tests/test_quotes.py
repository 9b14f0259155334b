"""Quotes are looked for in transcripts: what counts as said, and what does not."""

import pytest

from ost.judge.quotes import checked
from ost.read.document import Quote, Stamp
from ost.read.place import START
from ost.read.transcripts import read

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
    """What a quote is taken for, and the second at which it was said."""
    stamps = tuple(Stamp(each, "", START) for each in seconds)
    (found,) = checked((Quote(text, stamps, (), START),), read(TALK, ".vtt"))
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
        ("It took (laughs) I don't know, forty minutes", "verbatim"),
        ("it took \u2014 I don't know \u2014 forty minutes", "verbatim"),
        ("It took \u2014 until somebody gave up and went to bed", "altered"),
        ("It took (well) until somebody gave up and went to bed", "altered"),
        ("(I would pay ten euros a month for that)", "nowhere"),
        ("We all sat down at nine, and it took", "altered"),
        ("we all sat down at eight, and it never took", "altered"),
        ("until somebody went to bed", "altered"),
        ("the big TV was in the other room and nobody used it", "nowhere"),
        ("I would pay ten euros a month for that", "nowhere"),
        ("minutes forty bed to went up gave", "nowhere"),
    ],
)
def test_what_was_said_is_told_from_what_was_not(text: str, expected: str) -> None:
    assert look(text).split()[0] == expected


def test_of_several_places_the_nearest_to_the_timestamp_counts() -> None:
    assert look("we all sat down at eight", 12) == "verbatim 15"
    assert look("we all sat down at eight", 605) == "verbatim 600"


def test_a_quote_without_words_and_an_empty_transcript_say_nothing() -> None:
    silent = Quote("\u2026", (), (), START)
    spoken = Quote("words", (), (), START)
    assert checked((silent,), read(TALK, ".vtt")) == ()
    assert checked((spoken,), read("", ".vtt"))[0].found == "nowhere"
