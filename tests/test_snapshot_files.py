"""The files and encodings that `ost snapshot` reads as transcripts, and those that it refuses in
one line.
"""

import json
import random
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from ost.exchange.snapshots.speech import why_not
from ost.read import transcripts
from tests.test_snapshot import FORMS, TALK

if TYPE_CHECKING:
    from click.testing import Result

Run = Callable[[str], "Result"]
ROOT = Path(__file__).parent.parent


def refused(text: str, suffix: str) -> str:
    return why_not(text, transcripts.read(text, suffix), suffix)


@pytest.mark.parametrize("form", FORMS)
def test_every_form_of_a_transcript_is_read(form: str) -> None:
    assert refused(FORMS[form](TALK), f".{form.rpartition('.')[2]}") == ""


@pytest.mark.parametrize(
    "words",
    [
        "We spend longer choosing than watching.\nBy then somebody has gone to bed.",
        "so we sat there and scrolled and scrolled and in the end nobody wanted to decide",
        "我们花在挑选上的时间比看电影的时间还长。最后总有人去睡觉了。",
        "אנחנו מבזבזים יותר זמן על בחירה מאשר על צפייה.\nואז מישהו הולך לישון.",
        "نقضي وقتا في الاختيار أطول من المشاهدة ثم ينام أحدنا",
        "Anna: Ja.\nTom: Und dann?\nAnna: Dann nichts 🙃.\nTom: Warum?",
        "เราใช้เวลาเลือกนานกว่าดูหนัง แล้วก็มีคนไปนอน",
        "I paid $5, twice (on Friday + Saturday), and got 50 % back; support said: no.",
    ],
)
@pytest.mark.parametrize("suffix", [".txt", ".md", "", ".TXT"])
def test_plain_transcript_in_any_script_is_read(words: str, suffix: str) -> None:
    assert refused(words, suffix) == ""


FILES = (
    "ost.toml",
    "pyproject.toml",
    "Makefile",
    "action.yml",
    "README.md",
    "ARCHITECTURE.md",
    "ost/lsp/actions.py",
    "ost/errors.py",
    "ost/judge/rules/altered_quote.py",
    "plugins/datasette_ost/static/tree.js",
    "plugins/datasette_ost/static/ost.css",
    "docs/reference/front-matter.schema.json",
    "docs/how-to/editors.md",
    "editors/vscode/package.json",
)


@pytest.mark.parametrize("path", FILES)
def test_other_files_are_refused_by_any_name(path: str) -> None:
    text = (ROOT / path).read_text("utf-8")
    assert "is not a transcript" in refused(text, Path(path).suffix)
    # Without times nobody says so many signs, whatever the file is called.
    if not path.startswith("ost/"):
        assert "is not a transcript" in refused(text, ".txt")


@pytest.mark.parametrize(
    ("text", "suffix"),
    [
        ("date,participant,segment\n2026-11-03,P07,families\n2026-11-04,P08,singles\n", ".txt"),
        (json.dumps([{"speaker": "P07", "text": "twenty minutes"}] * 9, indent=1), ".txt"),
        ("name: ost\nversion: 3\nport: 80\nhost: localhost\nname: b\nversion: 4\n", ".txt"),
        ("<html><body><p>We spend longer choosing.</p></body></html>", ".txt"),
        ("WEBVTT\n\n1\nAnna speaks for a while\n", ".png"),
    ],
)
def test_data_is_refused(text: str, suffix: str) -> None:
    assert "is not a transcript" in refused(text, suffix)


def test_bytes_that_are_not_text_are_refused(folder: Callable[[str], Path], run: Run) -> None:
    home = folder("-- a.md --\n---\nkind: outcome\n---\n# More film\n")
    (home / "call.vtt").write_bytes(b"\x89PNG\r\n\x1a\n" + random.Random(7).randbytes(4000))
    ended = run("ost snapshot call.vtt")
    assert (ended.exit_code, ended.stderr) == (
        2,
        "ost: call.vtt is not text; nothing was written\n",
    )
    ended = run("ost snapshot a.md")
    assert ended.stderr == (
        "ost: a.md is a node (`kind: outcome`), not a transcript; nothing was written\n"
    )
    (home / "notes.toml").write_text("[rules]\nselect = ['OST3']\n", "utf-8")
    ended = run("ost snapshot notes.toml")
    assert ended.stderr == (
        "ost: notes.toml is not a transcript: it has no times of captions (0:05 --> 0:09), "
        "speakers who take turns (Anna: …) or sentences; nothing was written\n"
    )
    assert not list(home.glob("interviews/*"))


SPOKEN = (
    "1\n00:00:01,000 --> 00:00:05,000\n"
    "They said so again: 我们花在挑选上的时间比看电影的时间还长。\n"
)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-8-sig"])
def test_wide_encodings_are_known_by_their_look(
    folder: Callable[[str], Path], run: Run, encoding: str
) -> None:
    home = folder("-- a.md --\n---\nkind: outcome\n---\n# More film\n")
    (home / "call.srt").write_bytes(SPOKEN.encode(encoding))
    ended = run("ost snapshot call.srt --output -")
    assert "我们花在挑选上的时间比看电影的时间还长" in ended.output


def test_other_encoding_can_be_named(folder: Callable[[str], Path], run: Run) -> None:
    home = folder("-- a.md --\n---\nkind: outcome\n---\n# More film\n")
    (home / "call.srt").write_bytes(SPOKEN.encode("gb18030"))
    assert "name another with --encoding" in run("ost snapshot call.srt").output
    named = run("ost snapshot call.srt --output - --encoding gb18030")
    assert "我们花在挑选上的时间比看电影的时间还长" in named.output
    wrong = run("ost snapshot call.srt --output - --encoding utf-8")
    assert wrong.exit_code == 2
    assert "call.srt is not utf-8: see byte " in wrong.stderr


def test_second_with_one_digit_is_a_time() -> None:
    read = transcripts.read("1\n00:00:0,000 --> 00:00:01,000\nHello there\n", ".srt")
    assert [(turn.start, turn.end, turn.text) for turn in read.turns] == [(0, 1, "Hello there")]
