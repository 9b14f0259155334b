"""Commands and what they print: every file in tests/cli is a session in a folder of its own.

A session begins with files (`-- path --`), then come `$ commands`, each with what it prints and, if
it is not 0, how it ends. `pytest --update` writes what they print now. What differs from day to day
stands in angle brackets.
"""

import re
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import click
import pytest
from click.testing import Result

from ost.cli import main

SESSIONS = Path(__file__).parent / "cli"
COMMANDS = list(main.lines)


def normalized(text: str, home: Path) -> str:
    """The output of a command, without the parts that differ from day to day and from place to
    place.
    """
    text = text.replace(str(home), "<home>")
    text = re.sub(r"\bost-[0-9a-f]{12}\.db", "ost-<build>.db", text)
    text = re.sub(r'("build": )"[0-9a-f]{12}"', r'\1"<build>"', text)
    text = text.replace(f"{datetime.now().astimezone():%Y-%m-%d}", "<today>")
    return re.sub(r"[ \t]+$", "", text, flags=re.MULTILINE)


@pytest.mark.parametrize("session", sorted(SESSIONS.glob("*.txt")), ids=lambda path: path.stem)
def test_session(
    session: Path,
    folder: Callable[[str], Path],
    run: Callable[[str], Result],
    golden: Callable[[Path, str], None],
) -> None:
    text = session.read_text("utf-8")
    files, *_ = re.split(r"^\$ ", text, maxsplit=1, flags=re.MULTILINE)
    home = folder(files[files.index("-- ") :] if "-- " in files else "")
    shown = [files.rstrip("\n") + "\n\n" if files.strip() else ""]
    for command in re.findall(r"^\$ (.*)$", text, re.MULTILINE):
        if command.startswith("ost"):
            ended = run(command)
            said = normalized(ended.output, home).rstrip("\n") + f"\n[{ended.exit_code}]" * bool(
                ended.exit_code
            )
        else:
            program, _, path = command.partition(" ")
            assert program == "cat"
            said = normalized((home / path).read_text("utf-8"), home)
        shown.append(f"$ {command}\n{said.strip(chr(10))}\n\n")
    golden(session, "".join(shown).rstrip("\n") + "\n")


def commands_with_help() -> list[str]:
    """Every command line that has a help text."""
    words = ["", *COMMANDS]
    for name in COMMANDS:
        command = main.get_command(click.Context(main), name)
        if isinstance(command, click.Group):
            words += [f"{name} {each}" for each in command.commands]
    return words


@pytest.mark.parametrize("words", commands_with_help())
def test_help(
    words: str, run: Callable[[str], Result], golden: Callable[[Path, str], None]
) -> None:
    ended = run(f"ost {words} --help")
    assert ended.exit_code == 0
    golden(SESSIONS / "help" / f"{words.replace(' ', '-') or 'ost'}.txt", ended.output)
    if words:
        assert (
            f"ost {words}" in ended.output.partition("Usage:")[2].partition("\n")[2]
            or words == "import"
        )
