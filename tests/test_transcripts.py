"""Transcripts in the notations that people and programs use."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as some

from ost.read.place import Lines
from ost.read.transcripts import read, seconds


def turns(text: str, suffix: str = ".txt") -> list[tuple[str, float | None, str]]:
    """The turns as (speaker, start, text)."""
    return [(each.speaker, each.start, each.text) for each in read(text, suffix).turns]


@pytest.mark.parametrize(
    ("suffix", "text", "expected"),
    [
        (
            ".vtt",
            (
                "WEBVTT\n\nNOTE by hand\nand more\n\nintro\n00:01.000 --> 00:02.500 align:start\n"
                "<v Ann Lee>Hello <i>there</i></v>\n"
            ),
            [("Ann Lee", 1.0, "Hello there")],
        ),
        (
            ".vtt",
            (
                "WEBVTT\n\n1\n01:00:01.000 --> 01:00:02.000\nAnn: Tea &amp; milk?\n\n"
                "2\n01:00:03.000 --> 01:00:04.000\nBob: Both.\n"
            ),
            [("Ann", 3601.0, "Tea & milk?"), ("Bob", 3603.0, "Both.")],
        ),
        (
            ".srt",
            (
                "1\n00:00:01,500 --> 00:00:02,000\nOne line\nand one more\n2\n"
                "00:00:03,000 --> 00:00:04,000\nNo blank line before\n"
            ),
            [("", 1.5, "One line"), ("", 1.5, "and one more"), ("", 3.0, "No blank line before")],
        ),
        (
            ".vtt",
            (
                "WEBVTT\n\n00:01.000 --> 00:02.000\nso we\n\n00:02.000 --> 00:03.000\nso we\n"
                "went home\n\n00:03.000 --> 00:04.000\nwent home\n"
            ),
            [("", 1.0, "so we"), ("", 2.0, "went home")],
        ),
        (
            ".txt",
            "Ann Lee  0:03\nHello.\n\nBob  1:02:03\nHi.\n",
            [
                ("Ann Lee", 3.0, "Hello."),
                ("Bob", 3723.0, "Hi."),
            ],
        ),
        (
            ".txt",
            "[00:12:41] Ann: And then?\n[00:12:44] P07: We left.\n",
            [
                ("Ann", 761.0, "And then?"),
                ("P07", 764.0, "We left."),
            ],
        ),
        (".txt", "00:01:18\tAnn Lee:\tHello\n", [("Ann Lee", 78.0, "Hello")]),
        (
            ".txt",
            "**Ann:** And then?\n\n**Bob:** We left.\n\nFor good.\n",
            [
                ("Ann", None, "And then?"),
                ("Bob", None, "We left."),
                ("Bob", None, "For good."),
            ],
        ),
        (
            ".txt",
            "Interviewer: And then?\nP: There was one thing: the remote.\n",
            [
                ("Interviewer", None, "And then?"),
                ("P", None, "There was one thing: the remote."),
            ],
        ),
        (".txt", "[Speaker 1] [00:05] Well, no.\n", [("Speaker 1", 5.0, "Well, no.")]),
        (
            ".txt",
            "Ann Lee  00:03\nHello.\n\nBob - 14:02\nHi.\n\nAnn Lee  01:02:03\nBye.\n",
            [("Ann Lee", 3.0, "Hello."), ("Bob", 842.0, "Hi."), ("Ann Lee", 3723.0, "Bye.")],
        ),
        (
            ".txt",
            "[00:00:04.480 --> 00:00:11.200]   We were out of gloves.\n",
            [("", 4.48, "We were out of gloves.")],
        ),
        (
            ".txt",
            "[00:01 - 00:04] Ann: Well?\n00:05 --> 00:06 Bob: No.\n[0:07] Ann (laughs): Oh.\n",
            [("Ann", 1.0, "Well?"), ("Bob", 5.0, "No."), ("Ann", 7.0, "Oh.")],
        ),
        (
            ".srt",
            (
                "1\n00:00:01,000 --> 00:00:02,000\n[SPEAKER_00]: Well?\n\n"
                "2\n00:00:02,000 --> 00:00:03,000\n[SPEAKER_01] No.\n"
            ),
            [("SPEAKER_00", 1.0, "Well?"), ("SPEAKER_01", 2.0, "No.")],
        ),
        (
            ".txt",
            (
                "Lee, Ann started transcription\n\n00:05:00\n\nAnn: Well?\nBob: No.\nAnn: Oh.\n"
                "Bob: Yes.\nMeeting ended after 00:12:20 👋\n"
            ),
            [
                ("Ann", 300.0, "Well?"),
                ("Bob", None, "No."),
                ("Ann", None, "Oh."),
                ("Bob", None, "Yes."),
            ],
        ),
        (
            ".txt",
            "Entrevistadora: ¿Y qué hizo?\nEnfermera: Vine yo.\nEnfermera: Sola.\n",
            [
                ("Entrevistadora", None, "¿Y qué hizo?"),
                ("Enfermera", None, "Vine yo."),
                ("Enfermera", None, "Sola."),
            ],
        ),
        (
            ".txt",
            "A line.\nNote: said once, no speaker.\n",
            [
                ("", None, "A line."),
                ("", None, "Note: said once, no speaker."),
            ],
        ),
    ],
)
def test_turns_are_read_in_every_notation(
    suffix: str, text: str, expected: list[tuple[str, float | None, str]]
) -> None:
    assert turns(text, suffix) == expected


def test_the_end_of_a_line_with_two_times_is_read() -> None:
    ends = [turn.end for turn in read("[0:01 --> 0:04] So.\n[0:05] Ann: No.\n", ".txt").turns]
    assert ends == [4.0, None]


@pytest.mark.parametrize(
    ("clock", "expected"),
    [("12:41", 761), ("1:02:03.5", 3723.5), ("00:00:01,250", 1.25), ("00:02:03:12", 123)],
)
def test_clock_times_are_read(clock: str, expected: float) -> None:
    assert seconds(clock) == expected


@given(
    some.lists(
        some.one_of(
            some.sampled_from(
                [
                    "WEBVTT",
                    "NOTE",
                    "1",
                    "",
                    "00:01.000 --> 00:02.000",
                    "Ann: hello",
                    "<v Ann>hi",
                    "[00:12] Ann: hi",
                    "Ann 0:12",
                    "**Bob:** so",
                    "99:99:99,9 --> 1:00",
                    "<",
                    "&lt;",
                ]
            ),
            some.text(max_size=12),
        ),
        max_size=12,
    ).map("\n".join),
    some.sampled_from([".vtt", ".srt", ".txt"]),
)
@example("<v \n-->", ".vtt")
@settings(max_examples=300, deadline=None)
def test_any_text_is_read_and_places_lie_in_it(text: str, suffix: str) -> None:
    lines = Lines(text)
    for turn in read(text, suffix).turns:
        assert turn.text.split()
        assert lines.cut(turn.at).split()


def test_no_text_takes_more_than_linear_time() -> None:
    for piece in ("<v ", "[00:00] ", "Ann ", "**", "00:00:00 --> ", "a: ", "(1:00", "<a "):
        read(piece * 20_000, ".txt")
        read(piece * 20_000, ".vtt")
        read(f"{piece}\n" * 20_000, ".vtt")
