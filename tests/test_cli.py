"""The command line as a program: exit codes, colours, prompts; junk and servers."""

import contextlib
import json
import os
import pty
import random
import re
import select
import shlex
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from ost.cli.files import create
from ost.errors import Misuse
from tests.servers import answer, eventually, serving

SEED = 20261101
PATIENCE = 20
"""Seconds after which an edit is not followed any more, however busy the machine is."""
INTERRUPT = "\x03"
OST = [sys.executable, "-c", "from ost.__main__ import run; run()"]

Written = Callable[[str], Path]
Run = Callable[[str], Result]

OUTCOME = "-- more-film-nights.md --\n---\nkind: outcome\n---\n# More evenings begin with a film\n"
OPPORTUNITY = (
    "-- cant-agree.md --\n---\nkind: opportunity\nparent: more-film-nights\n---\n"
    "# We cannot agree\n"
)
BROKEN = "-- broken.md --\n---\nkind: opportunity\nparent: nowhere\n---\n# Broken\n"


def ended(
    line: str, home: Path, *, stdin: str = "", **environment: str
) -> "subprocess.CompletedProcess[str]":
    """A command as a program of its own, its output not a terminal."""
    return subprocess.run(
        [*OST, *shlex.split(line)[1:]],
        cwd=home,
        env={**os.environ, **environment},
        input=stdin,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def at_terminal(
    line: str, home: Path, answers: str = "", *, before: str = "", **environment: str
) -> str:
    """The output of a command at a terminal where a person types these answers; `before` is Python
    to run first.
    """
    program = [*OST[:-1], f"{before}\n{OST[-1]}"]
    child, terminal = pty.fork()
    if child == 0:
        # Workers that run tests in parallel ignore Ctrl-C, and what they start inherits that.
        signal.signal(signal.SIGINT, signal.default_int_handler)
        os.chdir(home)
        os.environ.update({"TERM": "xterm-256color", "COLUMNS": "60", **environment})
        os.execv(sys.executable, [*program, *shlex.split(line)[1:]])  # noqa: S606 - no shell wanted
    shown = b""
    if answers:
        while b"Title" not in shown:
            shown += os.read(terminal, 65536)
        os.write(terminal, answers.encode())
    for _ in range(30):
        try:
            while select.select([terminal], [], [], 1)[0]:
                shown += os.read(terminal, 65536)
        except OSError:
            break
        if answers == INTERRUPT:  # what is typed while a program prepares to read may be lost
            os.write(terminal, answers.encode())
    else:
        raise AssertionError(f"it does not end: {shown!r}")
    with contextlib.suppress(ProcessLookupError):
        os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    os.close(terminal)
    return shown.decode().replace("\r\n", "\n")


def test_commands_exit_with_documented_codes(folder: Written) -> None:
    home = folder(OUTCOME)
    assert ended("ost check", home).returncode == 0
    folder(BROKEN)
    assert ended("ost check", home).returncode == 1
    assert ended("ost build", home).returncode == 0
    assert ended("ost check --what", home).returncode == 2


def test_usage_error_goes_to_standard_error_alone(folder: Written) -> None:
    said = ended("ost show nothing", folder(OUTCOME))
    assert said.stdout == ""
    assert said.stderr == "ost: no node 'nothing'\n"


@pytest.mark.parametrize("command", ["rule", "check", "tree", "check --format json", "--help"])
def test_closed_pipe_is_not_an_error(folder: Written, command: str) -> None:
    home = folder(
        OUTCOME + "".join(BROKEN.replace("broken", f"broken-{each}") for each in range(99))
    )
    program = " ".join(shlex.quote(each) for each in OST)
    line = f"{program} {command} | true; echo ${{PIPESTATUS[0]}}"
    said = subprocess.run(
        ["bash", "-c", line], cwd=home, capture_output=True, text=True, check=False
    )
    assert said.stderr == ""
    assert said.stdout.strip() in {"0", "1"}


@pytest.mark.parametrize(
    ("environment", "colour"),
    [
        ({}, True),
        ({"NO_COLOR": "1"}, False),
        ({"NO_COLOR": ""}, True),
        ({"TERM": "dumb"}, False),
    ],
)
def test_colour_at_a_terminal(
    folder: Written,
    environment: dict[str, str],
    colour: bool,
) -> None:
    shown = at_terminal("ost tree", folder(OUTCOME), **environment)
    assert "More evenings" in shown
    assert bool(re.search(r"\x1b\[[\d;]*m", shown)) is colour


def test_progress_of_a_full_build_is_erased(folder: Written) -> None:
    at_once = "import ost.cli.workspace\nost.cli.workspace.QUIET = -1"
    shown = at_terminal("ost tree", folder(OUTCOME), before=at_once, NO_COLOR="1")
    drawn, *_, tree = shown.split("\r\x1b[K")
    assert drawn == ""
    assert "reading" in shown
    assert tree.startswith("◎ More evenings")


def test_colour_elsewhere_only_when_forced(folder: Written) -> None:
    home = folder(OUTCOME)
    assert "\x1b[" not in ended("ost tree", home).stdout
    assert "\x1b[" in ended("ost tree", home, FORCE_COLOR="1").stdout


def test_the_tree_fits_the_terminal(folder: Written) -> None:
    long = "\n# We cannot agree what to watch when everybody is tired and the list is long\n"
    home = folder(OUTCOME + OPPORTUNITY.replace("\n# We cannot agree\n", long))
    shown = re.sub(r".*\r\x1b\[K|\x1b\[[\d;]*m", "", at_terminal("ost tree", home))
    assert all(len(line) <= 60 for line in shown.split("\n"))
    assert "…" in shown
    shown = re.sub(r".*\r\x1b\[K|\x1b\[[\d;]*m", "", at_terminal("ost show cant-agree", home))
    assert "tired\n     and the list is long\n" in shown.replace("\r", "")
    shown = re.sub(r".*\r\x1b\[K|\x1b\[[\d;]*m", "", at_terminal("ost why cant-agree", home))
    assert all(len(line) <= 60 for line in shown.split("\n"))
    assert "opportunity: We cannot agree what to watch when everybody\n  is tired" in shown


def test_missing_values_are_prompted_at_a_terminal(folder: Written) -> None:
    home = folder(OUTCOME + OPPORTUNITY + OPPORTUNITY.replace("cant-agree", "cant-find"))
    shown = at_terminal("ost new solution", home, "Phones as ballots\ncant-find\n")
    assert "We cannot agree" in shown
    written = (home / "solutions" / "phones-as-ballots.md").read_text()
    assert "parent: cant-find\n" in written


def test_interrupt_writes_nothing(folder: Written) -> None:
    home = folder(OUTCOME)
    shown = at_terminal("ost new opportunity", home, INTERRUPT)
    assert "Traceback" not in shown
    assert not (home / "opportunities").exists()


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("ost che", "check"),
        ("ost show cant", "cant-agree"),
        ("ost tree more", "more-film-nights"),
        ("ost rule single-s", "single-solution"),
        ("ost check --for", "--format"),
        ("ost new opp", "opportunity"),
    ],
)
def test_the_shell_completes(folder: Written, run: Run, words: str, expected: str) -> None:
    home = folder(OUTCOME + OPPORTUNITY)
    run("ost check")
    count = str(len(words.split()) - 1)
    asked = {"_OST_COMPLETE": "bash_complete", "COMP_WORDS": words, "COMP_CWORD": count}
    assert f"plain,{expected}" in ended("ost", home, **asked).stdout.split("\n")


def test_completion_without_a_build_is_empty(folder: Written) -> None:
    asked = {"_OST_COMPLETE": "bash_complete", "COMP_WORDS": "ost show ", "COMP_CWORD": "2"}
    said = ended("ost", folder(""), **asked)
    assert (said.returncode, said.stdout.strip(), said.stderr) == (0, "", "")


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_prints_a_script_per_shell(run: Run, shell: str) -> None:
    assert f"_OST_COMPLETE={shell}_complete" in run(f"ost completion {shell}").stdout


def test_version_is_printed(run: Run) -> None:
    assert re.fullmatch(r"ost \d\S*\n", run("ost --version").stdout)


def test_a_file_is_written_whole_and_never_over_another(tmp_path: Path) -> None:
    path = tmp_path / "new" / "a.md"
    create(path, "one\n")
    with pytest.raises(Misuse, match="already exists"):
        create(path, "two\n")
    assert path.read_text() == "one\n"
    assert [each.name for each in path.parent.iterdir()] == ["a.md"]
    assert path.stat().st_mode & 0o777 == 0o666 & ~os.umask(os.umask(0o022) or 0o022)


def test_new_nodes_pass_the_check_as_far_as_anything_can_be_known(
    folder: Written, run: Run
) -> None:
    folder(OUTCOME)
    for line in (
        'ost new opportunity "We cannot agree" --set need=pain',
        'ost new solution "Phones as ballots"',
        'ost new assumption "People will vote" --set risk=desirability',
        'ost new test "Vote on paper"',
        'ost new decision "We begin on paper" --parent we-cannot-agree',
        'ost new interview "P07: film night" --set participant=P07',
        'ost new signal "A ticket: too slow"',
        'ost new guide "The last time"',
    ):
        assert run(line).exit_code == 0
    found = json.loads(run("ost check --format json").stdout)
    reading = [each for each in found if each["code"] < "OST1"]
    assert reading == []


def test_named_folder_next_to_the_content_is_its_own_project(folder: Written, run: Run) -> None:
    folder(
        OUTCOME.replace("-- ", "-- content/", 1)
        + "-- ost.toml --\n"
        + BROKEN.replace("-- ", "-- example/", 1)
    )
    assert run("ost check").exit_code == 0
    assert run("ost check content").exit_code == 0
    assert run("ost check example").exit_code == 1


def test_import_links_every_timestamp(folder: Written, run: Run) -> None:
    folder(OUTCOME + "-- notes.txt --\n# A talk\n- one thing [12:41]\n- another (1:02:03)\n")
    said = run("ost import podcast notes.txt")
    assert "2 of 2 timestamps linked" in said.stdout
    assert "[12:41]" in Path("interviews/notes.md").read_text()
    assert "1 node is here already: notes" in run("ost import podcast notes.txt").stdout


@pytest.mark.parametrize("bad", ["nowhere.md", ".", "bytes.md", "empty.md"])
def test_import_refuses_files_that_are_not_notes(folder: Written, run: Run, bad: str) -> None:
    (folder(OUTCOME) / "bytes.md").write_bytes(b"\xff\xfe\x00")
    Path("empty.md").touch()
    said = run(f"ost import podcast {bad}")
    assert said.exit_code == 2
    assert said.stderr.count("\n") == 1


def junk(home: Path, chance: random.Random) -> None:
    """A random folder with pieces of everything."""
    pieces = [
        "---\n", "kind: ", "opportunity\n", "interview\n", "tree\n", "parent: ", "[[", "]]", "x",
        "&a [*a]\n", "? ? \n", "\t", "\r\n", "\x00", "\x85", "\u2028", "\ufeff", "# ", "- ", "> ",
        "1. ", "[12:41]", "[99:99:99]", "<<<<<<< HEAD\n", "=======\n", "```\n", "{", "}", ": ", "|",
        "status: target\n", "allow:\n", "  - rule: ", "2026-13-40", "é", "🎬", "\n", "\n\n",
        "## Opportunities\n", "## Story\n", "date: ", "aliases: ", "\\", "'", '"', "%",
    ]  # fmt: skip
    names = [
        "a.md",
        "b.md",
        "A.md",
        "x y.md",
        "[x].md",
        "é.md",
        "d/a.md",
        "d/e/f.md",
        ".h.md",
        "n.txt",
    ]
    for name in names:
        path = home / name
        path.parent.mkdir(parents=True, exist_ok=True)
        text = "".join(chance.choices(pieces, k=chance.randrange(60)))
        body = text.encode()
        if chance.random() < 0.2:
            body += bytes(chance.randrange(256) for _ in range(50))
        if chance.random() < 0.7:
            body = (
                b"---\nkind: "
                + chance.choice([b"opportunity", b"interview", b"tree", b"nope"])
                + b"\n"
                + body
            )
        path.write_bytes(body)
    (home / "dir.md").mkdir()
    (home / "loop.md").symlink_to("loop.md")
    (home / "up").symlink_to(".")
    (home / "gone.md").symlink_to("nowhere")
    os.mkfifo(home / "pipe.md")


@pytest.mark.parametrize("number", range(12))
def test_junk_never_crashes(folder: Written, run: Run, number: int) -> None:
    home = folder("")
    junk(home, random.Random(SEED + number))
    checked = run("ost check")
    assert checked.exit_code in {0, 1}
    assert run("ost check --format json").exit_code == checked.exit_code
    assert run("ost build").exit_code == 0
    assert run("ost build --output one.db").exit_code == 0
    assert run("ost tree").exit_code == 0
    for node in json.loads(run("ost tree --format json").stdout):
        assert run(f"ost show -- {shlex.quote(node['id'])}").exit_code == 0


def is_down(address: str) -> bool:
    """Whether no one answers any more."""
    try:
        with contextlib.suppress(urllib.error.HTTPError):
            answer(address)
    except OSError:
        return True
    return False


@pytest.mark.slow
@pytest.mark.parametrize("broken", ["", BROKEN])
def test_serve_follows_an_edit(folder: Written, broken: str) -> None:
    home = folder(OUTCOME + broken)
    with serving(home) as (server, address):
        tree = f"{address.removesuffix('/-/ost')}/-/ost/node/more-film-nights.json"
        assert "More evenings begin" in answer(tree)
        began = time.monotonic()
        folder(OUTCOME.replace("More evenings", "Most evenings"))
        while "Most evenings begin" not in answer(tree):
            assert time.monotonic() - began < PATIENCE
            time.sleep(0.05)
        server.send_signal(signal.SIGINT)
        assert server.wait(10) == 0
    assert eventually(lambda: is_down(address))


@pytest.mark.slow
def test_serve_starts_on_junk(folder: Written) -> None:
    home = folder("")
    junk(home, random.Random(SEED))
    with serving(home) as (_, address):
        assert "<h1" in answer(address)
        assert "OST0" in answer(address.replace("/-/ost", "/-/ost/check"))


@pytest.mark.slow
def test_killing_serve_takes_datasette_along(folder: Written) -> None:
    with serving(folder(OUTCOME)) as (server, address):
        server.kill()
        server.wait()
        assert eventually(lambda: is_down(address))


@pytest.mark.slow
def test_serve_on_a_taken_port_says_so(folder: Written) -> None:
    home = folder(OUTCOME)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        said = ended(f"ost serve --port {port}", home)
    assert said.returncode == 2
    assert str(port) in said.stderr


@pytest.mark.slow
@pytest.mark.parametrize(("host", "sql"), [("127.0.0.1", 200), ("0.0.0.0", 403)])  # noqa: S104
def test_serve_answers_sql_on_this_computer_only(folder: Written, host: str, sql: int) -> None:
    with serving(folder(OUTCOME), "--host", host) as (_, address):
        assert "More evenings" in answer(f"{address}/node/more-film-nights")
        with pytest.raises(urllib.error.HTTPError) if sql == 403 else contextlib.nullcontext():
            answer(address.replace("/-/ost", "/ost/-/query.json?sql=select+1"))
        with pytest.raises(urllib.error.HTTPError):
            answer(address.replace("/-/ost", "/ost.db"))
