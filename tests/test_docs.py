"""Everything public is documented, and pages show real output."""

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from docs import generate
from ost.cli import main
from ost.judge.catalog import all_rules
from ost.publish.schema import TABLES
from ost.publish.views import views
from ost.settings import config
from ost.tree.fields import readers
from ost.tree.model import KINDS

ROOT = Path(__file__).parent.parent
PAGES = generate.pages()
LINK = re.compile(r"\]\(([^)\s]+)\)")
FENCE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
SHELL = re.compile(r"^```(?:sh|console)\n(.*?)^```", re.MULTILINE | re.DOTALL)


def name(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


def page(path: str) -> str:
    return (ROOT / "docs" / path).read_text("utf-8")


def anchors(text: str) -> set[str]:
    """The anchors of a page's headings, as forges make them."""
    titles = re.findall(r"^#+ (.+)$", FENCE.sub("", text), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", each.lower()).replace(" ", "-") for each in titles}


def commands(
    group: click.Command, path: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """Every command with the words that call it."""
    yield path, group
    if isinstance(group, click.Group):
        context = click.Context(group)
        for each in group.list_commands(context):
            command = group.get_command(context, each)
            assert command is not None
            yield from commands(command, (*path, each))


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_generated_parts_are_current(path: Path) -> None:
    assert generate.generated(path) == path.read_text("utf-8"), "run `make docs`"


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_links_work(path: Path) -> None:
    text = FENCE.sub("", path.read_text("utf-8"))
    for target in LINK.findall(text):
        if ":" in target:
            continue
        file, _, anchor = target.partition("#")
        goal = (path.parent / file).resolve() if file else path
        assert goal.exists(), target
        if anchor:
            assert anchor in anchors(goal.read_text("utf-8")), target


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_commands_in_pages_exist(path: Path) -> None:
    known = {" ".join(words): command for words, command in commands(main)}
    for block in SHELL.findall(path.read_text("utf-8")):
        for line in re.findall(r"^(?:\$ )?ost ([^#|>\n]+)", block, re.MULTILINE):
            words = line.split()
            called = next(
                (
                    known[" ".join(words[:count])]
                    for count in (2, 1)
                    if " ".join(words[:count]) in known
                ),
                None,
            )
            assert called or words[0].startswith("-"), line
            taken = {flag for option in (called or main).params for flag in option.opts}
            used = {word.split("=")[0] for word in words if word.startswith("--")}
            assert used <= taken | {"--help", "--version"}, line


def test_pages_hold_every_command_and_option() -> None:
    text = page("reference/commands.md")
    for words, command in commands(main):
        assert f"## {' '.join(('ost', *words))}\n" in text
        assert command.help
        for option in command.params:
            if isinstance(option, click.Option) and not option.hidden:
                assert option.help, f"{words} {option.name}"
                assert option.opts[-1] in text


def test_commands_show_an_example() -> None:
    for words, command in commands(main):
        if words and not isinstance(command, click.Group):
            assert f"ost {' '.join(words)}" in (command.help or ""), words


def test_pages_hold_every_table_view_and_column() -> None:
    text = page("reference/database.md")
    for table in TABLES:
        assert f"\n### {table.name}\n" in text
        assert all(f"| `{column.name}` |" in text for column in table.columns)
    for view in views():
        assert f"\n### {view.name}\n" in text
        assert all(f"| `{column}` |" in text for column, _ in view.columns)


def test_pages_hold_every_rule() -> None:
    text = page("reference/rules.md")
    assert all(f"\n## {rule.name()}\n" in text for rule in all_rules())


def test_pages_hold_every_kind_and_field() -> None:
    text = page("reference/content.md")
    for kind in KINDS.values():
        assert f"\n## {kind.kind}\n" in text
        assert all(f"| `{field}` |" in text for field in readers(kind))


def test_readme_begins_with_the_two_commands() -> None:
    text = (ROOT / "README.md").read_text("utf-8")
    targets = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    assert re.findall(r"^make *(\w*)", text, re.MULTILINE) == ["", "test"]
    assert {"serve", "test"} <= set(targets)
    assert text.index("make test") < text.index("![") < text.index("```console")


def test_make_help_names_every_target() -> None:
    text = (ROOT / "Makefile").read_text("utf-8")
    targets = set(re.findall(r"^([a-z]+):", text, re.MULTILINE))
    explained = set(re.findall(r"^# .+\n([a-z]+):", text, re.MULTILINE))
    assert targets == explained
    assert targets <= set(re.findall(r"\w+", text.split(".PHONY:")[1].split("\n")[0]))


def test_changelog_fragments_are_short() -> None:
    fragments = sorted((ROOT / "changelog.d").glob("*.md"))
    assert fragments
    assert all(len(each.read_text("utf-8").strip().split("\n")) <= 3 for each in fragments)


def test_settings_in_pages_are_understood(tmp_path: Path) -> None:
    for path in PAGES:
        for block in re.findall(
            r"^ *```toml\n(.*?)^ *```", path.read_text("utf-8"), re.MULTILINE | re.DOTALL
        ):
            (tmp_path / config.FILE).write_text(re.sub(r"^ +", "", block, flags=re.MULTILINE))
            config.read(tmp_path)


def test_pages_hold_every_setting() -> None:
    text = page("reference/settings.md")
    assert all(f"| `{each}` |" in text for each in config.NAMES)
