"""Notes of podcasts, in notations that people really use, become drafts."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ost.exchange.importers import podcast
from ost.exchange.importers.podcast import DraftSnapshot
from ost.read.document import Entry, Stamp
from ost.read.parse import parse

# The timestamps, links and notation of the notes that the example's first interview comes from.
NOTES = Path(__file__).parent / "data" / "podcast-notes.md"
EPISODE = NOTES.parents[2] / "content" / "interviews" / "lennys-podcast-teresa-torres.md"
ANCHOR = '<a class="yt-timestamp" data-t="{0}">[{0}]</a>'


def draft(text: str, *known: str) -> DraftSnapshot:
    return podcast.draft(text, name="some notes.md", known=known)


def body(text: str, *known: str) -> str:
    """The draft without front matter, title, prompts and empty parts."""
    written = draft(text, *known).source.text.split("\n# ", 1)[1].split("\n", 1)[1]
    written = re.sub(r"<!--.*?-->", "", written)
    written = re.sub(r"## .*\n\s*(?=## |\Z)", "", re.sub(r"## .*\n\s*(?=## |\Z)", "", written))
    return re.sub(r"\n{2,}", "\n", written).strip()


def entry(text: str) -> Entry:
    reading = parse(text)
    # A character that cannot be shown comes from the notes, and is said of the draft as well.
    assert {each.code for each in reading.diagnostics} <= {"OST046"}
    return reading.entries[0]


def stamps(text: str) -> list[Stamp]:
    """Every timestamp that the reader finds in the steps, quotes and moments of a draft."""
    found: list[Stamp] = []
    for section in entry(text).sections:
        for quote in section.quotes:
            found += quote.stamps
        for item in section.items:
            found += item.stamps
    return found


def notes(*times: str) -> str:
    """Notes with a claim for each time."""
    return "\n\n".join(f"Claim {number} {time}." for number, time in enumerate(times))


def seconds(text: str) -> list[int]:
    return [each.second for each in stamps(draft(text).source.text)]


def test_every_timestamp_of_the_episode_is_linked() -> None:
    text = NOTES.read_text("utf-8")
    made = podcast.draft(text, name=NOTES.name)
    written = re.findall(r'data-t="(\d+):(\d+):00"', text)
    assert len(written) == made.timestamps == 56
    assert (made.steps, made.quotes, made.moments, made.lost) == (54, 2, 0, 0)
    assert sorted(int(m) * 60 + int(s) for m, s in written) == sorted(
        each.second for each in stamps(made.source.text)
    )
    assert made.minutes_first
    assert made.strange == ()
    assert "recording: https://youtu.be/9RFaz9ZBXpk" in made.source.text
    assert not entry(made.source.text).links
    assert "lennyspodcast" in made.words


def test_the_edited_episode_still_has_a_step_for_every_second_of_the_notes() -> None:
    made = podcast.draft(NOTES.read_text("utf-8"), name=NOTES.name).source.text
    story = [
        item for section in entry(EPISODE.read_text("utf-8")).sections for item in section.items
    ]
    steps = {item.stamps[0].second for item in story if item.ordered and item.stamps}
    assert steps == {each.second for each in stamps(made)}


@pytest.mark.parametrize(
    ("times", "expected"),
    [
        pytest.param(["[12:41]", "(1:02:03)"], [761, 3723], id="plain"),
        pytest.param(["[01:02:03]", "[00:07:00]", "[00:09:11]"], [3723, 420, 551], id="hours"),
        pytest.param(["[00:40:10]", "[02:59:59]", "[02:10:00]"], [2410, 10799, 7800], id="3 hours"),
        pytest.param(["[14:38:00]"], [878], id="fourteen hours is too long"),
        pytest.param(["[14:38:00]", "[00:07:00]"], [878, 7], id="padded"),
        pytest.param(["[59:58:00]", "[01:00:02]", "[04:10:00]"], [3598, 3602, 250], id="mixed"),
        pytest.param(["[01:52:00]", "[00:53:00]"], [6720, 3180], id="nothing speaks against hours"),
        pytest.param(["[14:38:12]", "[30:02:24]"], [878, 1802], id="frames"),
        pytest.param(["[75:20]"], [4520], id="many minutes"),
        pytest.param(
            [ANCHOR.format("14:38:00"), ANCHOR.format("00:55:00")], [878, 55], id="anchor"
        ),
        pytest.param(
            ['<a data-t="878">[14:38]</a>', "<a data-t=62s>x</a>"], [878, 62], id="seconds"
        ),
        pytest.param(["<a href='#'>[14:38]</a>"], [878], id="anchor without data"),
        pytest.param(["[14:38](https://youtu.be/9RFaz9ZBXpk?t=879)"], [879], id="link"),
        pytest.param(["[[14:38]](https://example.org/a)"], [878], id="link elsewhere"),
        pytest.param(
            ["[x](https://youtu.be/9RFaz9ZBXpk?t=879)", "[1:2]", "3:16", "\n\n00:01 --> 00:02"],
            [],
            id="none",
        ),
    ],
)
def test_timestamps_are_read_by_the_length_of_the_recording(
    times: list[str], expected: list[int]
) -> None:
    assert seconds(notes(*times)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It was late [12:41]. She left [12:50].", "1. [12:41] It was late\n2. [12:50] She left"),
        ("[12:41] It was late", "1. [12:41] It was late"),
        ("12:41 It was late\n1:02:03 She left", "1. [12:41] It was late\n2. [1:02:03] She left"),
        ("12:41\nIt was late", "1. [12:41] It was late"),
        ("[12:41]\n\nIt was late", "1. [12:41] It was late"),
        ("It was late [12:41], [12:50] and (13:00).", "1. [12:41] It was late [12:50] [13:00]"),
        ("*   **Late** [12:41]: she\n    left [12:50]", "1. [12:41] **Late**\n2. [12:50] she left"),
        ("1. one [00:01]\n   - two [00:02]", "1. [00:01] one\n2. [00:02] two"),
        ("It was late.<br/>\nShe left.", "It was late. She left."),
        ("- no time\n- It was late [12:41]", "1. no time\n2. [12:41] It was late"),
        ("| 12:41 | late |\n|---|---|\n| [12:50] | left |", "1. [12:41] late\n2. [12:50] left"),
        ("## A [[night | late night]]\nA [00:01].", "### A late night\n1. [00:01] A"),
        ("## Late [00:01]\n", "### Late\n1. [00:01] Late"),
        ("## Insights\nA [00:01].", "### “Insights”\n1. [00:01] A"),
        ("[12:41]", "1. [12:41] …"),
    ],
)
def test_claims_become_story_steps(text: str, expected: str) -> None:
    written = body(text)
    assert written.removeprefix("## Story\n") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('> "We wait." [12:41]', "> We wait. [12:41]"),
        (
            "> We wait,\n> and wait [12:41], [12:50]\n> -- she",
            "> We wait, and wait she [12:41] [12:50]",
        ),
    ],
)
def test_quotes_are_imported(text: str, expected: str) -> None:
    assert body(text) == f"## Memorable quote\n{expected}"


@pytest.mark.parametrize(
    ("written", "known", "expected", "words"),
    [
        ("[[no_time | no time]]", "no-time", "- [[no-time]] they say no time [00:01]", ()),
        ("[[No Time]]", "no-time", "- [[no-time]] they say No Time [00:01]", ()),
        ("[[no-time#so|a|b]]", "no-time", "- [[no-time]] they say b [00:01]", ()),
        ("[[no_time|no time]]", "other", "1. [00:01] they say no time", ("no_time",)),
        ("[[ no_time ]]", "", "1. [00:01] they say no time", ("no_time",)),
    ],
)
def test_links_lead_to_known_nodes_or_become_words(
    written: str, known: str, expected: str, words: tuple[str, ...]
) -> None:
    text = f"they say {written} [00:01]"
    assert body(text, known).split("\n")[-1] == expected
    assert draft(text, known).words == words
    assert draft(text, known).lost == 0


@pytest.mark.parametrize(
    ("text", "title", "recording"),
    [
        ("", "some notes", ""),
        ("---\ntitle: 'On: asking'\nvideoId: 9RFaz9ZBXpk\n---\n", "On: asking", "9RFaz9ZBXpk"),
        ("\ufeff---\r\nvideoId: 9RFaz9ZBXpk\r\n---\r\n# One\r\n", "One", "9RFaz9ZBXpk"),
        ("---\nurl: https://youtube.com/watch?v=9RFaz9ZBXpk&t=3\n---\n# B", "B", "9RFaz9ZBXpk"),
        ("# A\nSee <https://youtu.be/9RFaz9ZBXpk>.", "A", "9RFaz9ZBXpk"),
        ("---\nvideoId: no\n---\n", "some notes", ""),
        ("---\nvideoId: 9RFaz9ZBXpk\n", "some notes", ""),
    ],
)
def test_front_matter_is_imported(text: str, title: str, recording: str) -> None:
    made = entry(draft(text).source.text)
    assert made.title is not None
    assert made.title.text == title
    field = made.field("recording")
    assert (field is not None) == bool(recording)
    assert draft(text).source.text.count(f"https://youtu.be/{recording}\n") == bool(recording)


@pytest.mark.parametrize(
    ("text", "strange"),
    [
        ("```\ncode [00:01]\n```", [1, 2, 3]),
        ("a\n\n![[x.png]]", [3]),
        ("<<<<<<< ours\na\n=======\nb\n>>>>>>> theirs", [1, 5]),
        ("\0\ufffd binary", [1]),
        ("a [00:99]", [1]),
        ("***\n\n~~~~~\n", [3, 4]),
    ],
)
def test_lines_in_no_notation_are_named(text: str, strange: list[int]) -> None:
    assert [each.line for each in draft(text).strange] == strange


def test_ids_come_from_the_file_name() -> None:
    assert podcast.draft("", name="Émile's Talk (2).md").source.path == "émile-s-talk-2.md"
    assert podcast.draft("", name="???").source.path == "podcast.md"


LINE = st.sampled_from(
    ["# A", "- b [12:41]", "> c (1:02:03)", "d [[e | f]] [00:07:00]", "", "---", "```", "| g |"]
)
PIECE = st.sampled_from(
    ["[12:41]", "12:41", "a", "[[", "]]", "|", " ", "\n", "> ", "<a data-t=", "`"]
)
TEXT = st.one_of(
    st.text(),
    st.lists(LINE).map("\n".join),
    st.lists(PIECE).map("".join),
)


@given(TEXT)
def test_any_text_becomes_a_snapshot_that_holds_the_timestamps_it_counts(text: str) -> None:
    made = draft(text, "e")
    found = stamps(made.source.text)
    assert len(found) == made.steps + made.quotes + made.moments
    assert made.lost >= 0
    assert made.lost == 0 or made.strange
