"""Recordings that are files: sent in pieces, from one folder only, and played from a second."""

import wave
from pathlib import Path

import pytest
from datasette.app import Datasette
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from datasette_ost.server.recordings import PIECE
from datasette_ost.view.player import recording_file
from tests.plugin.browser import available, needed, until  # noqa: F401 - `needed` asks
from tests.plugin.conftest import Serve
from tests.plugin.sample import publish, write
from tests.plugin.test_following import running

TALK = """\
-- talks/p01.md --
---
kind: interview
participant: P01
recording: {recording}
---
# P01: a talk

## Story
1. [00:03] it begins
2. [00:07] it goes on

## Opportunities
- [[need]] Said loudly [00:09]
-- need.md --
---
kind: opportunity
---
# I want it louder
"""
ADDRESS = "/-/ost/recording/p01"


def sound(path: Path, seconds: int = 12) -> bytes:
    """A recording of silence."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with wave.open(str(path), "wb") as made:
        made.setnchannels(1)
        made.setsampwidth(2)
        made.setframerate(8000)
        made.writeframes(b"\0\0" * 8000 * seconds)
    return path.read_bytes()


def project(folder: Path, recording: str) -> Path:
    write(folder / "content", TALK.format(recording=recording))
    return publish(folder / "content", folder / "ost.db").path


@pytest.fixture
async def server(serve: Serve, tmp_path: Path) -> Datasette:
    file = project(tmp_path, "audio/p01.wav")
    sound(tmp_path / "content/talks/audio/p01.wav")
    return await serve(file, plugin={"recordings": str(tmp_path / "content")})


async def test_recording_is_sent_in_pieces(server: Datasette, tmp_path: Path) -> None:
    data = (tmp_path / "content/talks/audio/p01.wav").read_bytes()
    size = len(data)
    for asked, first, last in (
        ("bytes=0-", 0, size - 1),
        ("bytes=100-199", 100, 199),
        ("bytes=100-99999999", 100, size - 1),
        ("bytes=-50", size - 50, size - 1),
    ):
        answer = await server.client.get(ADDRESS, headers={"Range": asked})
        assert answer.status_code == 206
        assert answer.headers["content-range"] == f"bytes {first}-{last}/{size}"
        assert answer.headers["content-type"] == "audio/wav"
        assert answer.content == data[first : last + 1]
    for asked in (f"bytes={size}-", "bytes=5-4", "bytes=-0"):
        answer = await server.client.get(ADDRESS, headers={"Range": asked})
        assert answer.status_code == 416
        assert answer.headers["content-range"] == f"bytes */{size}"
    for asked in ("", "bytes=-", "bytes=a-b", "pages=1-2", "bytes=0-1,5-6"):
        answer = await server.client.get(ADDRESS, headers={"Range": asked} if asked else {})
        assert answer.status_code == 200
        assert answer.content == data
        assert answer.headers["x-content-type-options"] == "nosniff"


async def test_a_long_one_comes_piece_by_piece(server: Datasette, tmp_path: Path) -> None:
    data = sound(tmp_path / "content/talks/audio/p01.wav", 300)
    taken = b""
    while len(taken) < len(data):
        answer = await server.client.get(ADDRESS, headers={"Range": f"bytes={len(taken)}-"})
        assert 0 < len(answer.content) <= PIECE
        taken += answer.content
    assert taken == data


async def test_the_page_has_a_player(server: Datasette) -> None:
    page = (await server.client.get("/-/ost/interview/p01")).text
    assert f'<audio controls preload="metadata" src="{ADDRESS}"></audio>' in page
    assert "/player.js?" in page


@pytest.mark.parametrize(
    "recording",
    [
        "../../outside.wav",
        "link.wav",
        "talks/folder.wav",
        "secret.txt",
        "p01.md",
        "nowhere.wav",
        "https://example.org/p01.mp4",
        '"\\0.wav"',
    ],
)
async def test_server_sends_only_recordings_of_snapshots(
    serve: Serve, tmp_path: Path, recording: str
) -> None:
    file = project(tmp_path, recording)
    sound(tmp_path / "outside.wav")
    (tmp_path / "content/talks/link.wav").symlink_to(tmp_path / "outside.wav")
    (tmp_path / "content/talks/folder.wav").mkdir()
    (tmp_path / "content/secret.txt").write_text("a secret")
    server = await serve(file, plugin={"recordings": str(tmp_path / "content")})
    answer = await server.client.get(ADDRESS)
    assert answer.status_code == 404
    assert "data-player" not in (await server.client.get("/-/ost/interview/p01")).text
    assert (await server.client.get("/-/ost/recording/nobody")).status_code == 404


async def test_timestamps_on_other_pages_link_to_it(server: Datasette) -> None:
    for page in ("node/need", "panel/need", "person/P01", "search?q=loudly"):
        html = (await server.client.get(f"/-/ost/{page}")).text
        assert '<a class="stamp" href="/-/ost/interview/p01#t=9">0:09</a>' in html, page
    assert (
        '<span class="stamp">0:09</span>' in (await server.client.get("/-/ost/interview/p01")).text
    )


async def test_recordings_need_a_named_folder(serve: Serve, tmp_path: Path) -> None:
    file = project(tmp_path, "p01.wav")
    sound(tmp_path / "content/talks/p01.wav")
    server = await serve(file)
    assert (await server.client.get(ADDRESS)).status_code == 404
    assert recording_file("", "talks/p01.md", "p01.wav") is None


async def test_recordings_need_permission_for_pages(serve: Serve, tmp_path: Path) -> None:
    file = project(tmp_path, "p01.wav")
    sound(tmp_path / "content/talks/p01.wav")
    given = {"plugin": {"recordings": str(tmp_path / "content")}}
    server = await serve(file, **given, config={"databases": {"ost": {"allow": {"id": "root"}}}})
    answer = await server.client.get(ADDRESS, headers={"Range": "bytes=0-"})
    assert answer.status_code == 403


YOUTUBE = "https://youtu.be/9RFaz9ZBXpk"


@pytest.mark.parametrize(
    ("recording", "allowed", "source"),
    [
        (YOUTUBE, ["youtube.com"], "frame-src https://www.youtube-nocookie.com"),
        (YOUTUBE, ["www.youtube.com"], "frame-src https://www.youtube-nocookie.com"),
        ("https://vimeo.com/76979871", ["vimeo.com"], "frame-src https://player.vimeo.com"),
        ("https://a.example.org/p.mp3", ["a.example.org"], "media-src https://a.example.org"),
        (YOUTUBE, [], ""),
        (YOUTUBE, ["vimeo.com"], ""),
        ("https://a.example.org/p.html", ["a.example.org"], ""),
        ("https://a.example.org/p.mp3", ["example.org"], ""),
        ("https://a.example.org;script-src/p.mp3", ["a.example.org;script-src"], ""),
    ],
)
async def test_hosts_that_the_owner_named(
    serve: Serve, tmp_path: Path, recording: str, allowed: list[str], source: str
) -> None:
    server = await serve(project(tmp_path, recording), plugin={"play_from": allowed})
    answer = await server.client.get("/-/ost/interview/p01")
    policy = answer.headers["content-security-policy"].split("; ")
    outside = [each for each in policy if "https://" in each]
    assert outside == ([source] if source else [])
    assert ("data-player" in answer.text) == bool(source)
    assert "<iframe" not in answer.text
    other = await server.client.get("/-/ost/node/need")
    assert "https://" not in other.headers["content-security-policy"]


@needed
@pytest.mark.filterwarnings("ignore::ResourceWarning")
def test_a_timestamp_plays_its_second(driver: webdriver.Chrome, tmp_path: Path) -> None:
    sound(tmp_path / "content/talks/p01.wav")
    write(tmp_path / "content", TALK.format(recording="p01.wav"))
    publish(tmp_path / "content", tmp_path / "site")
    at = "return Math.floor(document.querySelector('[data-player] audio').currentTime)"
    with running(tmp_path / "site", recordings=str(tmp_path / "content")) as port:
        driver.get(f"http://127.0.0.1:{port}/-/ost/interview/p01#t=5")
        until(driver, f"{at} === 5")
        stamps = driver.find_elements(By.CSS_SELECTOR, ".timeline span.stamp")
        assert [each.get_attribute("aria-label") for each in stamps] == [
            "Play from 0:03",
            "Play from 0:07",
        ]
        stamps[1].click()
        until(driver, f"{at} >= 7")
        stamps[0].send_keys(Keys.ENTER)
        until(driver, f"{at} >= 3 && document.querySelector('audio').currentTime < 7")
        driver.get(f"http://127.0.0.1:{port}/-/ost/node/need")
        driver.find_element(By.CSS_SELECTOR, "a.stamp").click()
        until(driver, "return location.hash === '#t=9' && document.readyState === 'complete'")
        until(driver, f"{at} === 9")
        log = driver.get_log("browser")  # type: ignore[no-untyped-call] # selenium leaves it out
        said = [each["message"] for each in log if each["level"] == "SEVERE"]
        assert said == []


@needed
@pytest.mark.filterwarnings("ignore::ResourceWarning")
def test_host_is_contacted_only_when_a_timestamp_is_pressed(
    driver: webdriver.Chrome, tmp_path: Path
) -> None:
    write(tmp_path / "content", TALK.format(recording=YOUTUBE))
    publish(tmp_path / "content", tmp_path / "site")
    with running(tmp_path / "site", play_from=["youtube.com"]) as port:
        driver.get(f"http://127.0.0.1:{port}/-/ost/interview/p01")
        until(driver, "return document.querySelector('a.stamp[aria-label]')")
        assert driver.find_elements(By.TAG_NAME, "iframe") == []
        for place, second in ((0, 3), (1, 7)):
            driver.find_elements(By.CSS_SELECTOR, ".timeline a.stamp")[place].click()
            (frame,) = driver.find_elements(By.TAG_NAME, "iframe")
            assert frame.is_displayed()
            assert frame.get_attribute("src") == (
                f"https://www.youtube-nocookie.com/embed/9RFaz9ZBXpk?autoplay=1&start={second}"
            )
        assert driver.current_url.endswith("/interview/p01")
