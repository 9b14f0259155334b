"""Commits the worked example week by week, as a team would: `python -m docs.quarter FOLDER`.

The pictures of history use it, and tests that need a tree with a past. The last commit has the
current files of `content`.
"""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parent.parent
EXAMPLE = ROOT / "content"

AUTHORS = {"Ada": "ada@example.org", "Ben": "ben@example.org", "Cem": "cem@example.org"}

Edit = Callable[[Path], None]


class Commit(NamedTuple):
    """A day's commit and its changes to the content folder."""

    day: str
    author: str
    subject: str
    edits: tuple[Edit, ...]


def write(folder: Path) -> None:
    """Makes a repository with the example's quarter in an empty folder."""
    folder.mkdir(parents=True, exist_ok=True)
    _git(folder, "init", "-q", "-b", "main")
    (folder / "ost.toml").write_text('title = "Talking with customers"\ncontent = "content"\n')
    for day, author, subject, edits in _quarter():
        for edit in edits:
            edit(folder / "content")
        _git(folder, "add", "-A")
        _commit(folder, day, author, subject)


def _on(day: str, author: str, subject: str, *edits: Edit) -> Commit:
    return Commit(day, author, subject, edits)


def _quarter() -> Iterator[Commit]:
    outcome = "better-bets-every-week.md"
    early = _with(outcome, ("\n  2026-10-01: 6\n  2026-11-01: 8", ""))
    yield _on("2026-09-01", "Ada", "The outcome we are asked for", early)
    guide = (_add("guides/one-story-guide.md"), _add("interviews/lennys-podcast-teresa-torres.md"))
    yield _on("2026-09-03", "Ben", "A guide, and the episode it comes from", *guide)
    first = (
        "answers-without-the-story",
        "no-week-in-which-it-fits",
        "decided-as-if-we-had-not-heard",
    )
    yield _on("2026-09-08", "Ada", "What the episode names", *(_need(each) for each in first))
    yield _on(
        "2026-09-16",
        "Cem",
        "Interviewing is a skill (#4)",
        *map(
            _need, ("told-what-they-think-they-do", "said-they-would-use-it", "moved-on-too-soon")
        ),
    )
    no_time = _with(
        "opportunities/leaders-say-no-time.md",
        ("# ", "# Management: "),
        ("parent: no-week-in-which-it-fits", f"parent: {outcome[:-3]}"),
    )
    invented = _new(
        "opportunities/no-tool-for-notes.md",
        "kind: opportunity\nparent: better-bets-every-week",
        "We have no good place for interview notes",
    )
    yield _on("2026-09-23", "Ben", "Objections that we hear in the pilot", no_time, invented)
    yield _on("2026-10-01", "Ada", "October's number", _with(outcome, ("\n  2026-11-01: 8", "")))
    slow = _with(
        "opportunities/finding-someone-takes-longer.md",
        ("# ", "# Recruiting is slow: "),
    )
    yield _on(
        "2026-10-07",
        "Ada",
        "P01: thirty messages (#7)",
        slow,
        _add("interviews/p01-thirty-messages.md"),
    )
    yield _on(
        "2026-10-12",
        "Cem",
        "Tickets about invitations",
        _add("signals/tickets-about-many-invitations.md"),
    )
    yield _on(
        "2026-10-15",
        "Ben",
        "P02: the tidy Sunday (#9)",
        _add("interviews/p02-the-tidy-sunday.md"),
        _without("opportunities/start-from-zero-every-week.md", ("status",)),
        _need("sales-guards-the-customers"),
    )
    yield _on(
        "2026-10-16",
        "Ada",
        "One need, said as people say it",
        _need("finding-someone-takes-longer"),
        _need("leaders-say-no-time"),
    )
    yield _on(
        "2026-10-22",
        "Ada",
        "P03: six weeks for the wrong export (#12)",
        _add("interviews/p03-six-weeks-for-the-wrong-export.md"),
        _remove("opportunities/no-tool-for-notes.md"),
        *map(_need, ("research-sounds-like-a-quarter", "interview-is-dropped-first")),
    )
    yield _on(
        "2026-10-26", "Cem", "Lists that lead nowhere", _add("signals/lists-that-lead-nowhere.md")
    )
    chosen = "finding-people-first", "monday-is-the-target"
    target = _with("opportunities/start-from-zero-every-week.md", ("# ", "# On Mondays: "))
    yield _on(
        "2026-10-28",
        "Ada",
        "Monday is our target (#14)",
        target,
        *(_add(f"decisions/{each}.md") for each in chosen),
    )
    drafts = "agency-fills-the-calendar", "circle-of-regulars", "colleagues-book-by-trigger"
    yield _on(
        "2026-10-30",
        "Ben",
        "Four ways to an interview every Monday (#15)",
        *(_solution(each, "idea") for each in (*drafts, "ask-in-the-product")),
    )
    planned = ("box-in-three-products", "tasks-with-and-without-the-box")
    yield _on(
        "2026-10-31",
        "Ben",
        "What must be true of the box",
        _solution("ask-in-the-product", "testing"),
        *_all("assumptions"),
        *(_planned(each) for each in planned),
    )
    yield _on("2026-11-01", "Ada", "November's number", _add(outcome))
    yield _on(
        "2026-11-02",
        "Cem",
        "Three more tests planned",
        *map(
            _planned,
            ("five-short-talks", "slots-for-ten-account-managers", "trigger-cards-in-support"),
        ),
        _solution("colleagues-book-by-trigger", "testing"),
    )
    yield _on(
        "2026-11-06",
        "Ben",
        "The box is in three products: results (#18)",
        *(_test(each) for each in planned),
    )
    yield _on(
        "2026-11-09",
        "Ada",
        "P04 and P05, at last (#19)",
        _add("interviews/p04-a-lunch-instead-of-a-study.md"),
        _add("interviews/p05-seventeen-out-of-twenty.md"),
        *_all("opportunities"),
    )
    yield _on(
        "2026-11-10",
        "Cem",
        "The agency is not ours to keep",
        _add("solutions/agency-fills-the-calendar.md"),
        _test("trigger-cards-in-support"),
        _planned("second-talks-in-the-archive"),
    )
    yield _on(
        "2026-11-13",
        "Ben",
        "P06, and what the archive says (#21)",
        _add("interviews/p06-five-people.md"),
        *map(_test, ("second-talks-in-the-archive", "slots-for-ten-account-managers")),
    )
    yield _on(
        "2026-11-17",
        "Ada",
        "Short ones hold a story (#22)",
        _test("five-short-talks"),
        *_all("solutions"),
    )
    yield _on(
        "2026-11-19",
        "Ben",
        "On with the box (#23)",
        _add("interviews/p07-the-one-who-says-no.md"),
        _add("decisions/go-on-with-the-box.md"),
    )
    yield _on("2026-11-23", "Cem", "What we try next", *_everything())


def _add(path: str) -> Edit:
    return _with(path)


def _need(name: str) -> Edit:
    return _add(f"opportunities/{name}.md")


def _test(name: str) -> Edit:
    return _add(f"tests/{name}.md")


def _with(path: str, *changes: tuple[str, str]) -> Edit:
    """Writes a file of the example, with some words replaced at their first occurrence."""

    def edit(content: Path) -> None:
        text = (EXAMPLE / path).read_text("utf-8")
        for old, new in changes:
            text = text.replace(old, new, 1)
        _written(content / path, text)

    return edit


def _solution(name: str, status: str) -> Edit:
    return _without(f"solutions/{name}.md", ("status", "because"), f"status: {status}\n")


def _planned(name: str) -> Edit:
    return _without(f"tests/{name}.md", ("result", "started", "ended", "verdict"))


def _without(path: str, keys: tuple[str, ...], more: str = "") -> Edit:
    """Writes a file of the example without some keys of one line each."""

    def edit(content: Path) -> None:
        lines = (EXAMPLE / path).read_text("utf-8").splitlines(keepends=True)
        kept = [each for each in lines if each.partition(":")[0] not in keys]
        _written(content / path, "".join([kept[0], more, *kept[1:]]))

    return edit


def _new(path: str, fields: str, title: str) -> Edit:
    return lambda content: _written(content / path, f"---\n{fields}\n---\n# {title}\n")


def _remove(path: str) -> Edit:
    return lambda content: (content / path).unlink()


def _all(folder: str) -> Iterator[Edit]:
    return (
        _add(str(each.relative_to(EXAMPLE))) for each in sorted((EXAMPLE / folder).glob("*.md"))
    )


def _everything() -> Iterator[Edit]:
    return (_add(str(each.relative_to(EXAMPLE))) for each in sorted(EXAMPLE.rglob("*.md")))


def _written(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8")


def _commit(folder: Path, day: str, author: str, subject: str) -> None:
    who = {"NAME": author, "EMAIL": AUTHORS[author], "DATE": f"{day}T12:00:00Z"}
    given = {
        f"GIT_{role}_{part}": value
        for role in ("AUTHOR", "COMMITTER")
        for part, value in who.items()
    }
    _git(folder, "commit", "-q", "--allow-empty", "-m", subject, **given)


def _git(folder: Path, *arguments: str, **given: str) -> None:
    quiet = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    subprocess.run(
        ["git", *arguments], cwd=folder, env={**os.environ, **quiet, **given}, check=True
    )


if __name__ == "__main__":
    write(Path(sys.argv[1]))
