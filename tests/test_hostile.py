"""Projects in which everything is odd: each bad file is reported, and every command ends."""

import json
import random
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import Result

from ost.answers.records import Branch
from ost.cli import main
from ost.cli.terminal.kinds import Kinds
from ost.cli.terminal.screen import Screen
from ost.cli.terminal.tree import draw
from ost.days import away, named
from ost.exchange.reports import json as as_json
from ost.exchange.reports.paint import plain
from tests import hostile

Written = Callable[[str], Path]
Run = Callable[[str], Result]


def ran(*arguments: str) -> Result:
    """A command with arguments that no shell could take."""
    from click.testing import CliRunner

    ended = CliRunner().invoke(main, list(arguments))
    if ended.exception is not None and not isinstance(ended.exception, SystemExit):
        raise ended.exception
    assert ended.exit_code in {0, 1}, ended.output
    return ended


@pytest.mark.slow
@pytest.mark.parametrize("number", range(4))
def test_commands_survive_hostile_content(folder: Written, number: int) -> None:
    home = folder("")
    hostile.write(home, number)
    found = json.loads(ran("check", "--format", "json").stdout)
    misnamed = [each["path"] for each in found if each["code"] == "OST021"]
    assert len(misnamed) == len(hostile.UNDECODABLE) + 1
    for day in ("0001-01-01", "9999-12-31", "2026-11-01"):
        ran("check", "--calendar", "--as-of", day)
    for form in ("sarif", "junit", "markdown", "github"):
        ran("check", "--format", form)
    ran("check", "--diff")
    ran("build", "--output", "t.db")
    ran("tree", "--ids")
    ran("tree", "--format", "json")
    ran("export", "html", "site")
    ran("export", "html", "site", "--as-of", "0001-01-01")
    with closing(sqlite3.connect("t.db")) as connection:
        ids = [each[0] for each in connection.execute("select id from node order by id")]
    assert ids
    for node in random.Random(number).sample(ids, 6):
        ran("show", "--", node)
        ran("show", "--format", "json", "--", node)
        ran("tree", "--format", "json", "--", node) if "/" in node else None
    assert ran("check", "--format", "json").stdout == json_of(home)


def json_of(home: Path) -> str:
    """The findings of a second check, after an edit and its reversal."""
    file = home / "content/another.md"
    file.write_text("---\nkind: outcome\n---\n# Another\n")
    ran("check")
    file.unlink()
    return ran("check", "--format", "json").stdout


@pytest.mark.slow
@pytest.mark.parametrize("circle", [False, True], ids=["chain", "circle"])
def test_depth_crashes_nothing(folder: Written, run: Run, *, circle: bool) -> None:
    home = folder("-- top.md --\n---\nkind: outcome\n---\n# Top\n")
    many = 1200
    for at in range(many):
        above = f"n{(at - 1) % many}" if at or circle else "top"
        text = f"---\nkind: opportunity\nparent: {above}\n---\n# N{at}\n"
        (home / f"n{at}.md").write_text(text)
    assert run("ost check").exit_code == int(circle)
    drawn = run("ost tree").stdout
    assert drawn.count("●") == many
    assert len(drawn) < 200 * many
    assert run("ost tree --depth 1").stdout.count("below") == 1
    listed = run("ost tree --format json").stdout
    assert listed.count('"kind"') == many + 1
    for node in (f"n{many - 1}", "n0"):
        assert run(f"ost show {node}").exit_code == 0
        assert run(f"ost show {node} --format json").exit_code == 0
        assert run(f"ost tree {node}").exit_code == 0
    assert run("ost new solution X --parent n5").exit_code == 0


def test_twenty_thousand_levels_are_drawn_and_listed() -> None:
    top: list[Branch] = []
    for at in range(20_000):
        top = [branch(at, top)]
    drawn = draw(top, Screen(Kinds((), ()), plain), None, ids=True)
    assert drawn.count("\n") == 20_000
    assert len(drawn) < 120 * 20_000
    assert "+ 19998 below" in draw(top, Screen(Kinds((), ()), plain, 80), 1)
    assert as_json.render(top).count('"id"') == 20_000


def branch(at: int, children: list[Branch]) -> Branch:
    return Branch(
        id=f"n{at}",
        kind="opportunity",
        title=f"N{at}",
        status=None,
        participants=0,
        moments=0,
        against=0,
        signals=0,
        errors=0,
        warnings=0,
        illustrative=False,
        path="a.md",
        line=1,
        children=children,
    )


def test_deep_lists_read_alike() -> None:
    deep = as_json._deep((branch(1, [branch(2, []), branch(3, [])]), {"a": [1, None, "\ud800"]}))
    shallow = as_json.render((branch(1, [branch(2, []), branch(3, [])]), {"a": [1, None, "?"]}))
    assert json.loads(deep) == json.loads(shallow)


@pytest.mark.parametrize("field", ["date", "until"])
@pytest.mark.parametrize("day", ["0001-01-01", "1899-12-31", "2200-01-01", "9999-12-31"])
def test_distant_days_are_reported_once(folder: Written, run: Run, field: str, day: str) -> None:
    line = f"date: {day}" if field == "date" else f"allow: [{{rule: orphan, until: {day}}}]"
    folder(f"-- a.md --\n---\nkind: interview\n{line}\n---\n# A\n-- g.md --\n# x\n")
    found = json.loads(run("ost check --format json").stdout)
    assert [each["message"] for each in found if each["code"] == "OST008"] == [
        f"{day} is far away: years are 1900 to 2199"
    ]
    assert run("ost export html site").exit_code == 0


@pytest.mark.parametrize("days", [0, 1, -1, 10**6, -(10**6), 10**18, -(10**18)])
def test_days_away_stay_in_the_calendar(days: int) -> None:
    from datetime import date

    for day in (date.min, date.max, date(2026, 11, 1)):
        found = away(day, days)
        assert date.min <= found <= date.max
        assert (found - day).days in {days, (date.max - day).days, (date.min - day).days}
    assert not named(date.min)
    assert named(date(2026, 11, 1))


@pytest.mark.parametrize(
    "settings",
    [
        "x = " + "[" * 3000,
        "x = " + "{a = " * 3000,
        "[rules.narrow-sample]\ndays = " + "9" * 5000,
        'content = "\\u0000"',
        'content = "' + "a/" * 3000 + '"',
        'baseline = "\\u0000"',
        'baseline = "content"',
        'baseline = "' + "a" * 3000 + '"',
    ],
    ids=["lists", "tables", "digits", "zero", "long", "zero baseline", "folder", "long baseline"],
)
def test_settings_are_one_sentence(folder: Written, run: Run, settings: str) -> None:
    folder(f"-- content/a.md --\n---\nkind: outcome\n---\n# A\n-- ost.toml --\n{settings}\n")
    for command in ("check", "check --write-baseline"):
        ended = run(f"ost {command}")
        assert ended.exit_code == 2
        assert ended.stderr.count("\n") == 1
        assert "Traceback" not in ended.stderr


@pytest.mark.parametrize("name", ["caf\udce9", "a\nb", "::stop-commands::x", "a%20b#c?d", "日本"])
def test_a_folder_may_have_any_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    home = tmp_path / name
    (home / "content").mkdir(parents=True)
    (home / "ost.toml").write_text("")
    (home / "content/a.md").write_text("---\nkind: outcome\nparent: x\n---\n# A\n")
    for here, asked in ((home, "."), (tmp_path, f"./{name}")):
        monkeypatch.chdir(here)
        for form in ("text", "json", "sarif", "junit", "github", "markdown"):
            said = ran("check", "--format", form, asked).output
            assert not said.startswith("::stop")
        ran("build", "--format", "json", asked)
        assert "A" in ran("tree", "-C", asked).output
