"""`ost coach FOLDER`: all guides and transcripts in it."""

import json
from collections.abc import Callable
from pathlib import Path

from click.testing import Result

Run = Callable[[str], Result]
TREE = """
-- content/guides/film.md --
---
kind: guide
---
# Film nights

- Would you use a button that decides for you?
- Tell me about the last time you chose a film together.
-- content/p07.md --
---
kind: interview
participant: P07
transcript: p07.vtt
interviewers: {pm: AB}
---
# P07
-- content/p08.md --
---
kind: interview
participant: P08
transcript: gone.vtt
---
# P08
-- content/p07.vtt --
WEBVTT

00:01.000 --> 00:04.000
<v AB>Tell me about the last film night. What happened?

00:05.000 --> 00:09.000
<v P07>We sat down and looked for an hour.

00:10.000 --> 00:12.000
<v AB>Do you usually look for an hour?
-- notes/Interview guide.md --
# Questions

- How often do you watch films?
-- notes/meeting.md --
# A meeting

- Who buys the bread?
-- .hidden/guide.md --
# Guide

- Would you pay?
"""


def test_every_guide_and_transcript_has_a_line(folder: Callable[[str], Path], run: Run) -> None:
    folder(TREE)
    ended = run("ost coach .")
    said = ended.stdout
    assert ended.exit_code == 0
    for path in ("content/guides/film.md", "content/p07.vtt", "notes/Interview guide.md"):
        assert said.count(f"\n{path}") + said.startswith(path) == 1
    assert "hypothetical 1" in said
    assert "meeting.md" not in said
    assert "hidden" not in said
    assert "questions in 3 files" in said
    assert "`ost coach " in said
    assert "gone.vtt" in ended.stderr


def test_programs_get_the_sentences_of_all(folder: Callable[[str], Path], run: Run) -> None:
    folder(TREE)
    found = json.loads(run("ost coach content --format json").stdout)
    assert {each["path"] for each in found} == {"content/guides/film.md", "content/p07.vtt"}
    one = json.loads(run("ost coach content/guides/film.md --format json").stdout)
    assert [each for each in found if each["path"].endswith("film.md")] == one


def test_a_folder_without_any_says_so(folder: Callable[[str], Path], run: Run) -> None:
    home = folder("-- a.md --\n# A\n")
    assert run("ost coach .").stdout == "no guides or transcripts in .\n"
    (home / "empty").mkdir()
    assert "no guides" in run("ost coach empty").stdout
    assert "cannot be read" in run("ost coach nothing").output


def test_a_binary_file_is_not_a_guide(folder: Callable[[str], Path], run: Run) -> None:
    home = folder("-- a.md --\n# A\n")
    (home / "picture.md").write_bytes(b"\x89PNG\0\0 Why? How?")
    ended = run("ost coach picture.md")
    assert (ended.exit_code, ended.stderr) == (
        2,
        "ost: picture.md: contains NUL bytes, so it is not text\n",
    )
