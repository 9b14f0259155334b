"""A stranger's repository: nothing outside of it is read or written."""

import json
import os
import socket
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from click.testing import Result

from ost.disk.fence import Fence, LinkError, SpecialError, fence_around

Written = Callable[[str], Path]
Run = Callable[[str], Result]

SECRET = "hunter2: the secret of whoever runs this"
TREE = (
    "-- ost.toml --\ntitle = 'T'\n-- content/goal.md --\n---\nkind: outcome\n---\n# More evenings\n"
)
TALK = (
    "-- content/p07.md --\n---\nkind: interview\nid: p07\ntranscript: {}\n---\n# P07\n\n"
    "## Memorable quote\n> hunter2: the secret [0:05]\n"
)


@pytest.fixture
def outside(tmp_path: Path) -> Path:
    """A folder beside the project, with private files."""
    folder = tmp_path / "outside"
    folder.mkdir()
    node = f"---\nkind: outcome\nbad: {SECRET}\n---\n# {SECRET}\n"
    (folder / "node.md").write_text(node)
    (folder / "talk.vtt").write_text(f"WEBVTT\n\n00:05.000 --> 00:09.000\nP07: {SECRET}\n")
    (folder / "plain.txt").write_text(f"P07: {SECRET}\n")
    return folder


def everything(folder: Path) -> dict[str, bytes | str | None]:
    """Everything in a folder, for comparison."""
    return {
        str(each): str(each.readlink())
        if each.is_symlink()
        else (each.read_bytes() if each.is_file() else None)
        for each in sorted(folder.rglob("*"))
    }


def states(home: Path) -> Iterator[bytes]:
    """The state and the published files."""
    for place in (home / ".ost", home / "build", home / "site"):
        for each in place.rglob("*"):
            if each.is_file():
                yield each.read_bytes()


LINKS = {
    "a file": lambda home, out: (home / "content/e.md").symlink_to(out / "node.md"),
    "a file, by many steps": lambda home, out: (home / "content/e.md").symlink_to(
        "../content/../../outside/node.md"
    ),
    "a folder": lambda home, out: (home / "content/more").symlink_to(out),
    "a folder behind a folder": lambda home, out: (
        (home / "notes").mkdir(),
        (home / "notes/deep").symlink_to(out),
        (home / "content/more").symlink_to(home / "notes"),
    ),
    "a link to a link": lambda home, out: (
        (home / "hop").symlink_to(out / "node.md"),
        (home / "content/e.md").symlink_to("../hop"),
    ),
    "what is hidden": lambda home, out: (
        (home / ".git").mkdir(),
        (home / ".git/config").write_text((out / "node.md").read_text()),
        (home / "content/e.md").symlink_to("../.git/config"),
    ),
    "a hidden file": lambda home, out: (
        (home / ".env").write_text((out / "node.md").read_text()),
        (home / "content/e.md").symlink_to("../.env"),
    ),
    "the environment": lambda home, out: (home / "content/e.md").symlink_to("/proc/self/environ"),
    "a device": lambda home, out: (home / "content/e.md").symlink_to("/dev/zero"),
}


@pytest.mark.parametrize("link", LINKS.values(), ids=LINKS)
def test_links_out_of_the_project_are_reported_and_not_followed(
    folder: Written,
    run: Run,
    outside: Path,
    monkeypatch: pytest.MonkeyPatch,
    link: Callable[[Path, Path], object],
) -> None:
    monkeypatch.setenv("HIDDEN", SECRET)
    home = folder(TREE)
    link(home, outside)
    checked = run("ost check --format json")
    found = json.loads(checked.stdout)
    assert [each["code"] for each in found] == ["OST020"]
    assert checked.exit_code == 1
    assert run("ost build").exit_code == 0
    assert run("ost export html site").exit_code == 0
    said = run("ost check").output + run("ost tree --ids").output
    assert "More evenings" in said
    assert "hunter2" not in said
    assert not any(b"hunter2" in each for each in states(home))


def test_links_that_stay_inside_are_followed(folder: Written, run: Run) -> None:
    home = folder(TREE + "-- notes/sub/b.md --\n---\nkind: outcome\n---\n# B is here\n")
    (home / "content/b.md").symlink_to("../notes/sub/b.md")
    assert "B is here" in run("ost tree").output
    (home / "content/b.md").unlink()
    (home / "content/linked").symlink_to("../notes")
    assert "B is here" in run("ost tree").output
    assert run("ost check").exit_code == 0


def test_link_that_turns_outwards_is_noticed(folder: Written, run: Run, outside: Path) -> None:
    home = folder(TREE + "-- notes/b.md --\n---\nkind: outcome\n---\n# B is here\n")
    (home / "content/b.md").symlink_to("../notes/b.md")
    assert "B is here" in run("ost tree").output
    (home / "notes/b.md").unlink()
    (home / "notes/b.md").symlink_to(outside / "node.md")
    assert "hunter2" not in run("ost tree").output
    assert "OST020" in run("ost check").output


@pytest.mark.parametrize(
    "written",
    ["../../outside/talk.vtt", "talk.vtt", "/proc/self/environ", "{}/talk.vtt", "more/talk.vtt"],
)
def test_transcripts_are_of_the_project(
    folder: Written, run: Run, outside: Path, written: str
) -> None:
    home = folder(TREE + TALK.format(written.format(outside)))
    (home / "content/talk.vtt").symlink_to(outside / "talk.vtt")
    (home / "content/more").symlink_to(outside)
    said = run("ost check").output
    assert "OST210" in said
    assert "whoever" not in said
    coached = run("ost coach content/p07.md")
    assert coached.exit_code == 2
    assert "whoever" not in coached.output


@pytest.mark.parametrize("written", ["p07.md", "goal.md", ".", "../content", '""', "nowhere.vtt"])
def test_other_files_are_reported_as_not_transcripts(
    folder: Written, run: Run, written: str
) -> None:
    folder(TREE + TALK.format(written))
    assert run("ost check").exit_code in {0, 1}
    coached = run("ost coach content/p07.md")
    assert coached.exit_code == 2
    assert coached.stderr.count("\n") == 1


def test_the_coach_finds_transcripts_inside(folder: Written, run: Run) -> None:
    talk = "WEBVTT\n\n00:05.000 --> 00:09.000\nInterviewer: Would you use this?\n"
    for written, place in (
        ("../talks/a.vtt", "talks/a.vtt"),
        ("b.vtt", "content/b.vtt"),
        ("talks/a.vtt", "talks/a.vtt"),
    ):
        folder(TREE + TALK.format(written) + f"-- {place} --\n{talk}")
        assert run("ost coach content/p07.md").exit_code == 0


@pytest.mark.parametrize(
    "settings",
    [
        "content = '/'",
        "content = '..'",
        "content = '../outside'",
        "content = 'link'",
        "content = '.git'",
        "baseline = '/etc/passwd'",
        "baseline = '../outside/plain.txt'",
        "baseline = 'link/plain.txt'",
        "baseline = '.git/config'",
    ],
)
@pytest.mark.parametrize(
    "command",
    ["check", "check --write-baseline", "build", "tree", "export html site", "new outcome X"],
)
def test_settings_cannot_name_files_outside(
    folder: Written, run: Run, outside: Path, settings: str, command: str
) -> None:
    home = folder(TREE.replace("title = 'T'", settings) + "-- .git/config --\nx\n")
    (home / "link").symlink_to(outside)
    before = everything(outside)
    ended = run(f"ost {command}")
    assert ended.exit_code == 2
    assert "leads out of the project" in ended.stderr
    assert ended.stderr.count("\n") == 1
    assert everything(outside) == before


def test_settings_that_are_a_link_are_not_read(folder: Written, run: Run, outside: Path) -> None:
    home = folder("-- content/goal.md --\n# x\n")
    (home / "ost.toml").symlink_to(outside / "plain.txt")
    ended = run("ost check")
    assert ended.exit_code == 2
    assert "whoever" not in ended.output


def test_fixes_go_through_no_link(folder: Written, run: Run, outside: Path) -> None:
    home = folder(TREE)
    mistaken = "---\nkind: oportunity\nparent: goal\n---\n# A need\n"
    inside = home / "notes/b.md"
    inside.parent.mkdir()
    for file in (outside / "node.md", inside, home / "content/real.md"):
        file.write_text(mistaken)
    (home / "content/e.md").symlink_to(outside / "node.md")
    (home / "content/f.md").symlink_to(inside)
    assert "fixed" in run("ost check --fix").output
    assert (home / "content/real.md").read_text() != mistaken
    assert (outside / "node.md").read_text() == mistaken == inside.read_text()
    assert (home / "content/f.md").is_symlink()


@pytest.mark.parametrize(
    ("link", "command"),
    [
        ("content/outcomes", "new outcome Another"),
        ("content/interviews", "import podcast notes.txt"),
        ("reports", "check --output sarif:reports/a.sarif"),
        ("site", "export html site"),
        ("site", "export html site/deep"),
        ("site/node", "export html site"),
        ("baselines", "check --write-baseline baselines/b.jsonl"),
        ("baselines", "check --write-baseline"),
    ],
)
def test_writing_follows_no_linked_folder(
    folder: Written, run: Run, outside: Path, link: str, command: str
) -> None:
    home = folder(
        TREE
        + "-- notes.txt --\n# Talk\n\n- we sat down [0:05]\n"
        + "-- content/outcomes/a.md --\n---\nkind: outcome\n---\n# A\n"
    )
    if link == "baselines" and command.endswith("baseline"):
        (home / "ost.toml").write_text("baseline = 'baselines/b.jsonl'\n")
    place = home / link
    place.parent.mkdir(exist_ok=True)
    if place.parent.name == "site":
        (place.parent / "pages.list").write_text("index.html\n")
    if place.is_dir():
        for each in place.iterdir():
            each.unlink()
        place.rmdir()
    inner = home / "elsewhere"
    inner.mkdir()
    for target in (outside, inner):
        place.symlink_to(target)
        before = everything(target)
        ended = run(f"ost {command}")
        assert everything(target) == before
        assert ended.exit_code == 2 or target == inner or "new" in command
        assert ended.exit_code != 0 or not place.is_symlink() or "new" in command
        assert place.is_symlink()
        place.unlink()


@pytest.mark.parametrize(
    ("link", "command"),
    [
        ("a.sarif", "check --output sarif:a.sarif"),
        ("ost-baseline.jsonl", "check --write-baseline"),
        ("site/index.html", "export html site"),
        ("site/assets/ost.css", "export html site"),
        ("site/pages.list", "export html site"),
    ],
)
def test_link_instead_of_a_file_is_replaced(
    folder: Written, run: Run, outside: Path, link: str, command: str
) -> None:
    home = folder(TREE + "-- site/pages.list --\nindex.html\n")
    place = home / link
    place.parent.mkdir(parents=True, exist_ok=True)
    place.unlink(missing_ok=True)
    place.symlink_to(outside / "plain.txt")
    before = everything(outside)
    ended = run(f"ost {command}")
    assert everything(outside) == before
    assert ended.exit_code == 2 or not place.is_symlink()


def test_export_deletes_only_its_own_files(folder: Written, run: Run, outside: Path) -> None:
    names = ["../outside/plain.txt", "link/plain.html", "keep.md", ".git/x.html", "gone.html"]
    names += ["/etc/passwd", "a/../../b.html", "node/gone.html", "assets/../keep.md"]
    home = folder(TREE + "-- site/pages.list --\n" + "\n".join(names) + "\n")
    site = home / "site"
    (outside / "plain.html").write_text("x")
    for each in ("keep.md", "gone.html", ".git/x.html", "node/gone.html"):
        (site / each).parent.mkdir(exist_ok=True)
        (site / each).write_text("x")
    (site / "link").symlink_to(outside)
    before = everything(outside)
    run("ost export html site")
    assert everything(outside) == before
    assert (site / "keep.md").exists()
    assert (site / ".git/x.html").exists()
    assert not (site / "gone.html").exists()
    assert not (site / "node/gone.html").exists()


@pytest.mark.parametrize("name", ["content", "templates", ".github", "ost.toml"])
def test_a_new_project_goes_through_no_link(
    folder: Written, run: Run, outside: Path, name: str
) -> None:
    home = folder("")
    (home / name).symlink_to(outside / "new" if name == "ost.toml" else outside)
    before = everything(outside)
    run("ost init")
    assert everything(outside) == before


def test_a_baseline_is_read_from_the_project(folder: Written, run: Run, outside: Path) -> None:
    home = folder(TREE)
    (home / "b.jsonl").symlink_to(outside / "plain.txt")
    ended = run("ost check --baseline b.jsonl")
    assert ended.exit_code == 2
    assert "whoever" not in ended.output
    own = outside / "b.jsonl"
    own.write_text("")
    assert run(f"ost check --baseline {own}").exit_code == 0


def test_special_files_are_never_opened(folder: Written, run: Run, tmp_path: Path) -> None:
    home = folder(TREE)
    os.mkfifo(home / "content/pipe.md")
    os.mkfifo(home / "content/pipe.vtt")
    os.mkfifo(home / "pipe")
    (home / "content/linked.md").symlink_to("../pipe")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(home / "content/socket.md"))
    found = json.loads(run("ost check --format json").stdout)
    assert [(each["path"], each["code"]) for each in found] == [
        ("linked.md", "OST013"),
        ("pipe.md", "OST013"),
        ("socket.md", "OST013"),
    ]
    (home / "ost.toml").write_text("baseline = 'pipe'\n")
    assert run("ost check").exit_code == 2
    assert run("ost coach content/pipe.md").exit_code == 2


@pytest.mark.parametrize("path", ["a/link/b.md", "link/x", "a/../x", "a//x"])
def test_a_fence_writes_through_nothing(tmp_path: Path, path: str) -> None:
    (tmp_path / "in/a").mkdir(parents=True)
    (tmp_path / "out").mkdir()
    (tmp_path / "in/a/link").symlink_to(tmp_path / "out")
    (tmp_path / "in/link").symlink_to(tmp_path / "out")
    fence = Fence(tmp_path / "in")
    with pytest.raises(LinkError):
        fence.write(path, b"x")
    with pytest.raises(LinkError):
        fence.create(path, b"x")
    with pytest.raises((LinkError, FileNotFoundError)):
        fence.read(path)
    with suppress(LinkError):
        fence.remove(path)
    assert not list((tmp_path / "out").iterdir())


def test_a_fence_keeps_what_a_file_may(tmp_path: Path) -> None:
    fence = Fence(tmp_path)
    fence.write("a", b"1")
    (tmp_path / "a").chmod(0o640)
    fence.write("a", b"2")
    assert (tmp_path / "a").read_bytes() == b"2"
    assert (tmp_path / "a").stat().st_mode & 0o777 == 0o640
    assert fence.read("a", 0) == b""
    with pytest.raises(FileExistsError):
        fence.create("a", b"3")
    with pytest.raises(SpecialError):
        Fence(tmp_path.parent).read(tmp_path.name)
    fence.remove("nowhere/x")
    assert [each.name for each in tmp_path.iterdir()] == ["a"]


@pytest.mark.parametrize("written", ["", ".", "a", "../in/a", "a/.", "\0", "x" * 5000, "a/b", "\n"])
def test_a_fence_resolves_anything(tmp_path: Path, written: str) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in/a").write_text("x")
    found = Fence(tmp_path / "in").resolve(written, "a")
    assert not found.why
    assert Fence(tmp_path / "in").resolve("../x", "y").why == "outside"
    assert fence_around(str(tmp_path / "in/a"), str(tmp_path))[1] == "in/a"
    assert fence_around(str(tmp_path / "in/a"), str(tmp_path / "in/a"))[1] == "a"
