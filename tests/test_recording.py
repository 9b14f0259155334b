"""Links into recordings, and what is none."""

import pytest

from ost.recording import at_second


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
def test_addresses(recording: str | None, second: int | None, address: str) -> None:
    assert at_second(recording, second) == address
