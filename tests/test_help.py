"""The documentation in the terminal: `ost help`."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from ost.cli import topics
from ost.exchange.reports.paint import width

ROOT = Path(__file__).parent.parent
Run = Callable[[str], Result]


def test_topics_have_different_names() -> None:
    pages = [each for part in topics.FOLDERS for each in (ROOT / "docs" / part).glob("*.md")]
    assert len(topics.topics()) == len(pages) > 10


def test_help_lists_every_topic_with_its_title(run: Run) -> None:
    said = run("ost help").output
    for heading, found in topics.listed():
        assert f"{heading}\n" in said
        for name, title in found:
            assert re.search(rf"^  {re.escape(name)} +{re.escape(title)}$", said, re.MULTILINE)
    assert re.search(r"^  week +plan your week", said, re.MULTILINE)


@pytest.mark.parametrize("topic", sorted(topics.topics()))
@pytest.mark.parametrize("columns", [60, 80, 100])
def test_pages_fit_the_terminal(
    topic: str, columns: int, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    from ost.cli.terminal.manual import rendered
    from ost.exchange.reports.paint import plain

    page = rendered(topics.text(topic), plain, columns, lambda file: "")
    words = [line for line in page.split("\n") if not line.startswith("    ")]
    long = [each for each in words if width(each) > columns and " " in each.strip()]
    assert not long
    assert "](" not in "\n".join(words)
    assert "<!-- begin" not in "\n".join(words)


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ("questions", "interview questions"),
        ("docs/explanation/questions.md", "interview questions"),
        ("import", "ost import --help"),
        ("tree", "Usage: ost tree"),
        ("single-solution", "Source:"),
        ("OST301", "Source:"),
    ],
)
def test_a_topic_a_command_and_a_rule_have_a_page(asked: str, words: str, run: Run) -> None:
    ended = run(f"ost help {asked}")
    assert ended.exit_code == 0
    assert words in ended.output


@pytest.mark.parametrize(
    ("asked", "meant"),
    [("imprt", "ost help import"), ("single-solutions", "ost help single-solution")],
)
def test_an_unknown_topic_is_answered_with_a_near_one(asked: str, meant: str, run: Run) -> None:
    ended = run(f"ost help {asked}")
    assert ended.exit_code == 2
    assert f"did you mean `{meant}`?" in ended.output


def test_messages_name_no_page_that_a_user_does_not_have() -> None:
    for path in sorted((ROOT / "ost").rglob("*.py")):
        assert not re.search(r"docs/\S+\.md", path.read_text("utf-8")), path


def test_topics_in_messages_exist() -> None:
    for path in sorted((ROOT / "ost").rglob("*.py")):
        for topic in re.findall(r"`ost help ([a-z-]+)`", path.read_text("utf-8")):
            assert topic in topics.topics(), path


def test_links_between_topics_say_how_to_get_there(run: Run) -> None:
    said = run("ost help bring-what-you-have").output + run("ost help adopt").output
    assert "`ost help " in said
