"""An interview's transcript: the cited words are marked, and each timestamp leads there."""

import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from datasette_ost.export import html
from tests.plugin.conftest import Serve
from tests.plugin.sample import SAMPLE, publish, write

NAMED = "participant: P07\n"
CUES = """\
WEBVTT

00:00:05.000 --> 00:00:08.000
Ada Kay: Tell me about the last time.

00:03:08.000 --> 00:03:12.000
Maria: It was a Friday, we were all on the sofa.

00:12:38.000 --> 00:12:44.000
Maria: So <b>we spend longer choosing than watching</b>, truly.

00:13:20.000 --> 00:13:24.000
Ada Kay: And then? <script>alert(1)</script>

00:13:30.000 --> 00:13:36.000
Maria: By the time we agree, somebody has gone to bed.
"""
UNTIMED = """\
Interviewer: Who sat where?
Tom: We watch on two screens.
Interviewer: Why?
Tom: No idea.
"""


@pytest.fixture(scope="module")
def transcript_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample with two transcripts, one of them without times."""
    folder = tmp_path_factory.mktemp("told")
    with_times = SAMPLE.replace(NAMED, f"{NAMED}transcript: talks/p07.vtt\n")
    write(folder, with_times.replace("segment: couples", "segment: couples\ntranscript: p08.txt"))
    (folder / "talks").mkdir()
    (folder / "talks/p07.vtt").write_text(CUES)
    (folder / "p08.txt").write_text(UNTIMED)
    return publish(folder, folder / "ost.db").path


async def page(serve: Serve, file: Path, address: str) -> str:
    server = await serve(file)
    answer = await server.client.get(f"/-/ost/{address}")
    assert answer.status_code == 200
    return str(answer.text)


def turn(text: str, position: int) -> str:
    found = re.search(rf'<li id="turn-{position}".*?</li>', text, re.DOTALL)
    assert found, position
    return found[0]


async def test_turns_are_read_in_order_under_pseudonyms(
    serve: Serve, transcript_file: Path
) -> None:
    text = await page(serve, transcript_file, "interview/p07")
    assert "<b>ak</b> Tell me about the last time." in turn(text, 1)
    assert "<b>P07</b> It was a Friday" in turn(text, 2)
    assert "<b>" not in turn(text, 3)
    assert "Maria" not in text
    assert "<script>alert(1)" not in text


async def test_quotes_are_marked_and_lead_to_the_snapshot(
    serve: Serve, transcript_file: Path
) -> None:
    text = await page(serve, transcript_file, "interview/p07")
    assert "<mark>we spend longer choosing than watching</mark>" in turn(text, 3)
    assert "<mark>By the time we agree, somebody has gone to bed</mark>" in turn(text, 5)
    for position in (3, 5):
        marks = re.findall(r'href="#([mq]-[^"]+)"', turn(text, position))
        assert marks
        assert all(f'id="{each}"' in text for each in marks)


async def test_every_timestamp_links_to_its_turn(serve: Serve, transcript_file: Path) -> None:
    text = await page(serve, transcript_file, "interview/p07")
    led = dict.fromkeys(re.findall(r'href="#t=(\d+)"', text.partition('id="transcript"')[0]))
    assert set(led) == {"190", "340", "761", "785", "1200", "1862"}
    places = {"190": 2, "340": 2, "761": 3, "785": 5, "1200": 5, "1862": 5}
    for second, position in places.items():
        assert f'<i id="t={second}"></i>' in turn(text, position)
    assert 'href="https://youtu.be/9RFaz9ZBXpk?t=758s"' in turn(text, 3)


async def test_quote_links_to_its_words_without_times(serve: Serve, transcript_file: Path) -> None:
    text = await page(serve, transcript_file, "interview/p08")
    before = text.partition('id="transcript"')[0]
    assert '<a class="stamp" href="#turn-2" rel="noreferrer">transcript</a>' in before
    assert '<span class="stamp">1:00</span>' in before
    assert "<mark>We watch on two screens</mark>" in turn(text, 2)


async def test_timestamps_on_other_pages_link_to_the_transcript(
    serve: Serve, transcript_file: Path
) -> None:
    text = await page(serve, transcript_file, "node/cant-agree")
    assert '<a class="stamp" href="/-/ost/interview/p08#t=120">2:00</a>' in text
    assert '<i id="t=120"></i>' in await page(serve, transcript_file, "interview/p08")


async def test_timestamp_without_transcript_and_recording_is_text(serve: Serve, file: Path) -> None:
    text = await page(serve, file, "interview/p08")
    assert '<span class="stamp">1:00</span>' in text
    assert "Transcript" not in text


def test_saved_page_has_the_transcript(transcript_file: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(transcript_file)) as connection:
        html(connection, tmp_path / "site")
    text = (tmp_path / "site/interview/p08.html").read_text()
    assert "<mark>We watch on two screens</mark>" in turn(text, 2)
    node = (tmp_path / "site/node/cant-agree.html").read_text()
    assert 'href="../interview/p08.html#t=120"' in node
