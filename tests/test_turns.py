"""The published transcript, turn by turn: quotes at their place, and no names."""

import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from ost.project import Project
from ost.settings import config
from tests.conftest import files
from tests.test_incremental import rows, rows_of_clean_build

PROJECT = """\
-- ost.toml --
content = "."
-- need.md --
---
kind: opportunity
---
# I want it louder
-- talks/p01.md --
---
kind: interview
participant: P01
interviewers: {pm: ak, designer: tm}
transcript: p01.vtt
---
# P01: a talk

## Memorable quote
> Nobody heard a word of it.

## Opportunities
- [[need]] at the back [00:31]
  > I could not hear anything from the back, so I left.
"""

CUES = (
    (0, "Ada Kay", "Tell me about the last concert."),
    (5, "Tom Moss", "Which one do you mean?"),
    (9, "Maria Gonzalezova", "It was in May."),
    (12, "Maria Gonzalezova", "Nobody heard a word of it."),
    (30, "Tom Moss", "And then?"),
    (33, "Maria Gonzalezova", "I couldn't hear anything from the back so I left."),
    (99, "Maria Gonzalezova", "That was it."),
)


def vtt(cues: tuple[tuple[int, str, str], ...] = CUES) -> str:
    said = [
        f"00:{at // 60:02}:{at % 60:02}.000 --> 00:{at // 60:02}:{at % 60:02}.900\n{who}: {words}"
        for at, who, words in cues
    ]
    return "\n\n".join(["WEBVTT", *said]) + "\n"


def opened(folder: Path) -> Project:
    return Project(*config.load(folder), date(2026, 11, 23))


@pytest.fixture
def project(tmp_path: Path) -> Project:
    for path, text in files(PROJECT).items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text(text)
    (tmp_path / "talks/p01.vtt").write_text(vtt())
    return opened(tmp_path)


def asked(project: Project, sql: str) -> list[tuple[object, ...]]:
    project.refresh()
    with closing(sqlite3.connect(project.folder / "state.db")) as db:
        return db.execute(sql).fetchall()


TURNS = "select position, second, speaker, text from turn where interview = 'p01'"
QUOTED = "select text, turn from quote order by position"


def edit(project: Project, path: str, old: str, new: str) -> None:
    file = project.root / path
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new))


def test_turns_are_joined_and_call_no_speaker_by_name(project: Project) -> None:
    edit(project, "talks/p01.vtt", "Tom Moss: Which", "Interviewer: Which")
    assert asked(project, TURNS) == [
        (1, 0, "ak", "Tell me about the last concert."),
        (2, 5, "Interviewer", "Which one do you mean?"),
        (3, 9, "P01", "It was in May. Nobody heard a word of it."),
        (4, 30, "tm", "And then?"),
        (5, 33, "P01", "I couldn't hear anything from the back so I left."),
        (6, 99, "P01", "That was it."),
    ]


def test_speakers_are_numbered_where_it_is_not_sure_who_is_who(project: Project) -> None:
    edit(project, "talks/p01.md", ", designer: tm", "")
    assert {row[2] for row in asked(project, TURNS)} == {"ak", "Speaker 1", "Speaker 2"}
    with closing(sqlite3.connect(project.folder / "state.db")) as db:
        assert "Gonzalezova" not in "".join(db.iterdump())


def test_quotes_have_the_places_of_their_words_in_the_transcript(project: Project) -> None:
    assert asked(project, QUOTED) == [
        ("Nobody heard a word of it.", 3),
        ("I could not hear anything from the back, so I left.", 5),
    ]


@pytest.mark.parametrize(
    ("path", "old", "new", "turns"),
    [
        ("talks/p01.vtt", "It was in May.", "", 6),
        ("talks/p01.vtt", "Ada Kay: Tell", "Kim: Tell", 6),
        ("talks/p01.md", "participant: P01", "participant: P07", 6),
        ("talks/p01.md", "pm: ak", "pm: kk", 6),
        ("talks/p01.md", "> Nobody heard a word of it.", "> It was in May.", 6),
        ("talks/p01.md", "participant: P01", "consent: withdrawn", 0),
        ("talks/p01.md", "transcript: p01.vtt", "transcript: other.vtt", 0),
    ],
)
def test_every_edit_gives_the_rows_of_a_clean_build(
    project: Project, path: str, old: str, new: str, turns: int
) -> None:
    before = asked(project, f"{TURNS} union all select *, '', '' from ({QUOTED})")
    edit(project, path, old, new)
    after = asked(project, f"{TURNS} union all select *, '', '' from ({QUOTED})")
    assert before != after
    assert len(asked(project, TURNS)) == turns
    changed, clean = rows(project), rows_of_clean_build(project)
    for table in ("turn", "quote", "quote_fts"):
        assert changed[table] == clean[table]


def test_transcript_that_comes_and_goes(project: Project) -> None:
    (project.root / "talks/p01.vtt").unlink()
    assert asked(project, TURNS) == []
    assert [row[1] for row in asked(project, QUOTED)] == [None, None]
    (project.root / "p01.vtt").write_text(vtt(CUES[:3]))
    assert len(asked(project, TURNS)) == 3
    (project.root / "p01.vtt").write_text(vtt(CUES[:4]))
    assert [row[1] for row in asked(project, QUOTED)] == [3, None]
    changed, clean = rows(project), rows_of_clean_build(project)
    assert (changed["turn"], changed["quote"]) == (clean["turn"], clean["quote"])


def test_project_may_keep_its_transcripts(project: Project) -> None:
    (project.root / "ost.toml").write_text('content = "."\n[publish]\ntranscripts = false\n')
    kept = opened(project.root)
    assert asked(kept, TURNS) == []
    edit(kept, "talks/p01.vtt", "It was in May.", "It was in Juneau.")
    assert asked(kept, TURNS) == []
    with closing(sqlite3.connect(kept.folder / "state.db")) as db:
        assert "Juneau" not in "".join(db.iterdump())
