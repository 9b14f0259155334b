"""Links into recordings, and addresses that give no link."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ost import recording as recordings
from ost.recording import at_second, host, in_frame


@pytest.mark.parametrize(
    ("recording", "second", "address"),
    [
        ("https://youtu.be/9RFaz9ZBXpk", 761, "https://youtu.be/9RFaz9ZBXpk?t=761s"),
        ("https://youtu.be/9RFaz9ZBXpk?t=3", 0, "https://youtu.be/9RFaz9ZBXpk?t=0s"),
        (
            "https://www.youtube.com/watch?v=9RFaz9ZBXpk&t=5s#x",
            761,
            "https://www.youtube.com/watch?v=9RFaz9ZBXpk&t=761s",
        ),
        ("https://vimeo.com/76979871", 761, "https://vimeo.com/76979871#t=761s"),
        ("https://player.vimeo.com/video/7", 1, "https://player.vimeo.com/video/7#t=1s"),
        ("https://example.org/a b.mp3#old", 761, "https://example.org/a b.mp3#t=761"),
        (" http://example.org/a.mp4?x=1 ", 7, "http://example.org/a.mp4?x=1#t=7"),
        ("https://notyoutube.com/v", 7, "https://notyoutube.com/v#t=7"),
        ("https://example.org/a.mp3", None, "https://example.org/a.mp3"),
        ("recordings/p07.mp3", 761, ""),
        ("//example.org/a.mp3", 761, ""),
        ("javascript:alert(1)", 761, ""),
        ("data:text/html,x", 761, ""),
        ("https://", 761, ""),
        ("https://[broken", 761, ""),
        ("", 761, ""),
        (None, 761, ""),
    ],
)
def test_addresses_play_from_a_second(
    recording: str | None, second: int | None, address: str
) -> None:
    assert at_second(recording, second) == address


HOSTS = ("youtu.be", "www.youtube.com", "m.youtube.com", "vimeo.com", "player.vimeo.com")
PLAIN = st.builds(
    "{}://{}/{}".format,
    st.sampled_from(("https", "http")),
    st.sampled_from((*HOSTS, "notvimeo.com", "notyoutube.com", "m.www.example.co", "a-b.x-y.org")),
    st.text("aZ09/._~-", max_size=12),
)


@given(PLAIN)
def test_plain_addresses_are_read_as_all_others(address: str) -> None:
    quick = recordings._plain_parts(address)
    assert quick is not None
    assert quick == recordings._whole_parts(address)


@pytest.mark.parametrize(
    ("recording", "address"),
    [
        ("https://youtu.be/9RFaz9ZBXpk?t=3", "embed/9RFaz9ZBXpk?autoplay=1&start={}"),
        (
            "https://www.youtube.com/watch?x=1&v=9RFaz9ZBXpk",
            "embed/9RFaz9ZBXpk?autoplay=1&start={}",
        ),
        ("https://m.youtube.com/live/9RFaz9ZBXpk", "embed/9RFaz9ZBXpk?autoplay=1&start={}"),
        ("https://vimeo.com/76979871", "video/76979871?autoplay=1#t={}s"),
        ("https://player.vimeo.com/video/7/abc", "video/7?autoplay=1&h=abc#t={}s"),
        ("https://www.youtube.com/playlist?list=x", ""),
        ("https://youtu.be/a%22b%20onload=", ""),
        ('https://www.youtube.com/watch?v="><script>', ""),
        ("https://vimeo.com/channels/staff", ""),
        ("https://example.org/a.mp4", ""),
        ("http://youtu.be/9RFaz9ZBXpk", ""),
        ("https://youtu.be.example.org/9RFaz9ZBXpk", ""),
        ("https://[broken", ""),
        (None, ""),
    ],
)
def test_players_of_hosts(recording: str | None, address: str) -> None:
    players = ("", "https://www.youtube-nocookie.com/", "https://player.vimeo.com/")
    assert in_frame(recording) in {f"{each}{address}" for each in players}
    assert bool(in_frame(recording)) == bool(address)


@pytest.mark.parametrize(
    ("recording", "name"),
    [
        ("https://youtu.be/x", "youtube.com"),
        ("https://player.vimeo.com/video/7", "vimeo.com"),
        ("https://www.Example.org/a.mp4", "example.org"),
        ("https://example.org:8443/a.mp4", ""),
        ("https://example.org:x/a.mp4", ""),
        ("http://example.org/a.mp4", ""),
        ("p07.mp4", ""),
        (None, ""),
    ],
)
def test_recordings_have_a_host(recording: str | None, name: str) -> None:
    assert host(recording) == name
