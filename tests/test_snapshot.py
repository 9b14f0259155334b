"""A transcript becomes a draft: someone said everything in it, and nothing names a speaker."""

import random
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from ost.errors import Misuse
from ost.exchange.snapshots.snapshot import DraftRequest, Snapshot, snapshot
from ost.exchange.snapshots.unread import unread
from ost.judge.quotes import CheckedQuote, check_interview
from ost.read.document import Document
from ost.read.parse import parse
from ost.read.transcript import Transcript
from ost.read.transcripts import read
from ost.tree.build import build
from ost.tree.model import Interview, NodeId

if TYPE_CHECKING:
    from click.testing import Result

TEMPLATE = (Path(__file__).parent.parent / "ost/templates/new/interview.md").read_text("utf-8")

TALK = [
    ("Tom Reed", 3, "Tell me about the last time you watched a film together."),
    ("Anna Berg", 8, "That was on Friday evening, with everyone on the sofa."),
    ("Tom Reed", 20, "What happened then?"),
    (
        "Anna Berg",
        24,
        "We scrolled for twenty minutes and could not agree on what to watch at all.",
    ),
    ("Anna Berg", 40, "By the time we agree, somebody has gone to bed."),
    ("Tom Reed", 52, "And after that?"),
    ("Anna Berg", 60, "I told them: Anna Berg gives up, write to anna@example.org if you care."),
    ("Tom Reed", 80, "How did it end?"),
    ("Anna Berg", 90, "We watched half of a documentary about penguins, and the kids fell asleep."),
]
OPPORTUNITIES = {
    "agree": ("We cannot agree on what to watch",),
    "password": ("I forget my password on the television",),
}


def clock(second: int) -> str:
    return f"00:{second // 60:02}:{second % 60:02}"


def vtt(talk: list[tuple[str, int, str]]) -> str:
    cues = [f"{clock(at)}.000 --> {clock(at + 5)}.000\n<v {who}>{said}" for who, at, said in talk]
    return "WEBVTT\n\nNOTE exported\n\n" + "\n\n".join(cues) + "\n"


FORMS: dict[str, Callable[[list[tuple[str, int, str]]], str]] = {
    ".vtt": vtt,
    ".srt": lambda talk: "\n\n".join(
        f"{number}\n{clock(at)},000 --> {clock(at + 5)},000\n{who}: {said}"
        for number, (who, at, said) in enumerate(talk, 1)
    ),
    "zoom.vtt": lambda talk: (
        "WEBVTT\n\n"
        + "\n\n".join(
            f"{number}\n{clock(at)}.000 --> {clock(at + 5)}.000\n{who}: {said}"
            for number, (who, at, said) in enumerate(talk, 1)
        )
    ),
    "otter.txt": lambda talk: "\n\n".join(
        f"{who}  {at // 60}:{at % 60:02}\n{said}" for who, at, said in talk
    ),
    "meet.txt": lambda talk: "\n".join(f"{clock(at)} {who}: {said}" for who, at, said in talk),
    "plain.txt": lambda talk: "\n".join(f"{who}: {said}" for who, _, said in talk),
    "notes.md": lambda talk: "\n\n".join(f"**{who}:** {said}" for who, _, said in talk),
}


def made(transcript: Transcript, **further: object) -> Snapshot:
    request = DraftRequest(
        title="",
        fields={"transcript": "call.vtt"},
        today=date(2026, 11, 1),
        template=TEMPLATE,
        opportunities=OPPORTUNITIES,
        taken=frozenset({"p07", "P3"}),
    )
    return snapshot(transcript, replace(request, **further))


def checked(draft: Snapshot, transcript: Transcript) -> tuple[CheckedQuote, ...]:
    """The findings about a draft's quotes."""
    documents = [Document("draft.md", parse(draft.text))]
    tree = build(documents, as_of=date(2026, 11, 1), transcripts={"call.vtt": transcript})
    node = tree.by_id[NodeId("draft")]
    assert isinstance(node, Interview)
    assert node.draft
    return check_interview(node, tree)


@pytest.mark.parametrize("form", FORMS)
def test_draft_quotes_every_form_of_transcript(form: str) -> None:
    transcript = read(FORMS[form](TALK), Path(f"x{form}").suffix)
    draft = made(transcript)
    assert draft.asking == ("Tom Reed",)
    assert draft.participants == ("P08",)
    assert draft.opportunities == ("agree",)
    assert "Anna" not in draft.text
    assert "Tom" not in draft.text
    assert "example.org" not in draft.text.partition("## Opportunities")[2]
    quotes = checked(draft, transcript)
    assert len(quotes) == draft.quotes > 1
    assert {each.found for each in quotes} == {"verbatim"}
    if not form.startswith(("plain", "notes")):
        assert "[0:24]" in draft.text
        assert all(each.quote.stamps[0].second == each.second for each in quotes)


def test_team_template_is_filled_and_kept() -> None:
    template = "Ours.\n\n## Ablauf\n<!-- hint -->\nKeep me.\n\n## Consent form\n- [ ] signed\n"
    synonyms = {"story": ("ablauf",), "opportunities": (), "memorable quote": ()}
    draft = made(read(vtt(TALK), ".vtt"), template=template, synonyms=synonyms)
    body = draft.text.partition("\n# ")[2]
    assert "Ours." in body
    assert body.index("## Ablauf") < body.index("1. [0:08]") < body.index("Keep me.")
    assert "hint" not in body
    assert "- [ ] signed" in body
    assert body.index("signed") < body.index("## Opportunities") < body.index("[[agree]]")


def test_speakers_can_be_named() -> None:
    transcript = read(vtt(TALK), ".vtt")
    swapped = made(transcript, asks=("anna berg",), answers=("Tom",))
    assert swapped.asking == ("Anna Berg",)
    assert "By the time we agree" not in swapped.text
    with pytest.raises(Misuse, match="'Eve' names no single speaker"):
        made(transcript, asks=("Eve",))


def test_same_transcript_gives_the_same_draft_however_opportunities_are_listed() -> None:
    transcript = read(vtt(TALK), ".vtt")
    other = dict(reversed(OPPORTUNITIES.items()))
    assert made(transcript).text == made(transcript, opportunities=other).text


def test_opportunity_of_other_words_is_not_suggested() -> None:
    transcript = read(vtt([turn for turn in TALK if "agree" not in turn[2]]), ".vtt")
    assert made(transcript).opportunities == ()


@pytest.mark.parametrize(
    "text", ["", "WEBVTT\n\n", "\x00\x00", "00:00:01.000 -->", "1\n2\n3", "😀"]
)
def test_odd_transcript_never_raises(text: str) -> None:
    for suffix in (".vtt", ".srt", ".txt"):
        draft = made(read(text, suffix))
        assert parse(draft.text).entries


def test_words_of_any_script_stay_unchanged() -> None:
    said = "ראינו סרט ביחד אבל לא הצלחנו להסכים 😀 [laughs] on *anything* <b>at</b> %% all."
    transcript = read(
        vtt(
            [
                *TALK,
                ("Anna Berg", 120, said),
                ("Anna Berg", 130, "我们每次都要花二十分钟才能决定看什么 电影 在 家里 一起。"),
            ]
        ),
        ".vtt",
    )
    draft = made(transcript)
    assert {each.found for each in checked(draft, transcript)} == {"verbatim"}


def test_five_hours_make_one_page() -> None:
    words = ("sofa", "film", "agree", "remote", "kids", "evening", "list", "app", "phone")
    chance = random.Random(7)
    talk = []
    for number in range(3_000):
        asked = number % 3 == 0
        said = " ".join(chance.choice(words) for _ in range(12)).capitalize()
        talk.append(("Tom" if asked else "Anna", number * 6, said + ("?" if asked else ".")))
    hours = [f"{at // 3600:02}:{at // 60 % 60:02}:{at % 60:02}" for _, at, _ in talk]
    cues = "\n\n".join(
        f"{at}.000 --> {at}.900\n<v {who}>{said}"
        for at, (who, _, said) in zip(hours, talk, strict=True)
    )
    draft = made(read(f"WEBVTT\n\n{cues}\n", ".vtt"))
    assert "duration: 4:59:" in draft.text
    assert draft.text.count("\n") < 60


def test_lines_without_speech_are_counted_where_they_are() -> None:
    text = "WEBVTT\nKind: captions\n\nNOTE made by hand\nof a person\n\nSTYLE\n::cue { }\n\n"
    text += "intro\n00:01.000 --> 00:02.000\nWe talked.\n\n00:02.000 --> 00:03.000\nWe talked.\n"
    assert unread(text.split("\n"), read(text, ".vtt")) == [4, 5, 7, 8]


RunCommand = Callable[[str], "Result"]


def test_snapshot_writes_a_draft_once(folder: Callable[[str], Path], run: RunCommand) -> None:
    home = folder(
        "-- agree.md --\n---\nkind: opportunity\n---\n# We cannot agree on what to watch\n"
    )
    (home / "2026-11-03-call.vtt").write_bytes(
        vtt(TALK).replace("sofa", "Sof\xe4").encode("cp1252")
    )
    wrote = run("ost snapshot 2026-11-03-call.vtt --set segment=families")
    assert wrote.exit_code == 0
    assert "Anna Berg is P01" in wrote.output
    assert "read as Windows-1252" in wrote.output
    assert "skipped 1 line without speech: 3" in wrote.output
    (file,) = home.glob("interviews/*.md")
    assert "date: 2026-11-03" in file.read_text("utf-8")
    before = file.read_bytes()
    for more in ("", " --participant Anna=P02 --title Other"):
        again = run(f"ost snapshot 2026-11-03-call.vtt{more}")
        assert again.exit_code == 2
        assert f"is already the transcript of {file.stem!r}" in again.output
    assert list(home.glob("interviews/*.md")) == [file]
    assert file.read_bytes() == before
    assert run("ost snapshot 2026-11-03-call.vtt --output other.md").exit_code == 0
    printed = run("ost snapshot 2026-11-03-call.vtt --participant Anna=P01 --output -")
    assert "generated: {by: ost snapshot" in printed.stdout
    assert printed.stderr == ""


def test_printed_draft_says_on_standard_error_that_no_one_clearly_asks(
    run: RunCommand, folder: Callable[[str], Path]
) -> None:
    home = folder("-- a.md --\n---\nkind: outcome\n---\n# More film\n")
    (home / "call.txt").write_text(
        "Ann: It was late.\nBea: It was, and I rang twice.\n" * 3, "utf-8"
    )
    printed = run("ost snapshot call.txt --output -")
    assert printed.stdout.startswith("---\nkind: interview\n")
    assert printed.stderr == "no clear interviewer; name one with --interviewer SPEAKER\n"
    (home / "call.txt").write_text("So, what then? It was late, and I rang twice.\n" * 3, "utf-8")
    assert "names no speakers" in run("ost snapshot call.txt --output -").stderr


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("ost snapshot empty.vtt", "contains no speech"),
        ("ost snapshot missing.vtt", "no file or folder 'missing.vtt'"),
        ("ost snapshot .", "is a folder"),
        ("ost snapshot call.vtt --interviewer Eve", "the transcript has: Tom Reed, Anna Berg"),
        ("ost snapshot call.vtt --set sement=x", "has no field 'sement'"),
        ("ost snapshot call.vtt --encoding utf-9", "unknown encoding"),
    ],
)
def test_snapshot_refuses_what_it_cannot_use(
    folder: Callable[[str], Path], run: RunCommand, line: str, message: str
) -> None:
    home = folder("-- a.md --\n---\nkind: outcome\n---\n# More film\n-- empty.vtt --\nWEBVTT\n")
    (home / "call.vtt").write_text(vtt(TALK), "utf-8")
    result = run(line)
    assert result.exit_code == 2
    assert message in result.output
    assert not list(home.glob("interviews/*"))
