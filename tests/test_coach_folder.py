"""`ost coach FOLDER`: all guides and transcripts in it."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from ost.cli import reviews
from ost.cli.workspace import find_project
from ost.read import markdown
from ost.read.body import SpeakerNames
from ost.read.parse import declared, parse

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


HEADS = (
    "---\nkind: guide\n---\n# Film\n",
    "---\nkind: interview\ntranscript: a.vtt\n---\n# P1\n\n## Opportunities\n\n- [[a]] b\n",
    "\ufeff---\ntype: Interview\ninterviewers: [ab]\n---\n",
    "---\nkind: tree\n---\n# Outcome: More {status: open} ^a\n\n- Opportunity: I cannot ^b\n",
    "---\nkind: tree\n---\n",
    "---\nkind: [a, b]\n---\n# A\n",
    "---\nkind: strange\nkind: guide\n---\n# A\n",
    "---\ntitle: a\n---\n# A\n\nkind: guide\n",
    "---\nkind: guide\n<<<<<<< HEAD\ntitle: a\n---\n=======\ntitle: b\n>>>>>>> other\n---\n# A\n",
    "---\nkind: guide\n<<<<<<< HEAD\n---\n# A\n=======\nstatus: b\n---\n# B\n>>>>>>> other\n",
    "---\nkind: guide\n",
    "---\nkind: '{{kind}}'\n---\n# A\n",
    "---\nkind: guide\ntitle: |\n  a\n  ---\n  b\n---\n%%\n---\n",
    "# A guide\n",
    "",
)


@pytest.mark.parametrize("text", HEADS)
def test_front_matter_alone_tells_what_a_file_is(text: str) -> None:
    whole = next((each for each in parse(text).entries if each.kind), None)
    found = declared(text)
    assert (found is None) == (whole is None)
    if found is not None and whole is not None:
        assert (found.kind, found.id) == (whole.kind, whole.id)
        assert found.fields == whole.fields


def test_folder_is_searched_without_reading_what_snapshots_say(
    folder: Callable[[str], Path], run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of each file, its front matter; the project around a folder is looked for once."""
    folder(
        "".join(
            f"-- content/talks/p{number}.md --\n---\nkind: interview\n---\n# P{number}\n\nSo.\n"
            for number in range(30)
        )
    )
    bodies: list[str] = []
    asked: list[Path] = []

    def read(body: str, first: int, speakers: SpeakerNames) -> object:
        bodies.append(body)
        return read_body(body, first, speakers=speakers)

    def look(path: Path) -> tuple[Path, str]:
        asked.append(path)
        return find_project(path)

    read_body = markdown.read
    monkeypatch.setattr(markdown, "read", read)
    monkeypatch.setattr(reviews, "find_project", look)
    assert run("ost coach content").exit_code == 0
    assert not any(each.strip() for each in bodies)
    assert len(asked) <= 2


def test_a_binary_file_is_not_a_guide(folder: Callable[[str], Path], run: Run) -> None:
    home = folder("-- a.md --\n# A\n")
    (home / "picture.md").write_bytes(b"\x89PNG\0\0 Why? How?")
    ended = run("ost coach picture.md")
    assert (ended.exit_code, ended.stderr) == (
        2,
        "ost: picture.md: contains NUL bytes, so it is not text\n",
    )
