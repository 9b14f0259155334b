"""Hostile names in every report and command: they are shown and control nothing."""

import json
import os
import re
import shlex
from collections.abc import Callable, Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from click.testing import Result

from ost.exchange import escape
from ost.exchange.reports import github, junit, markdown, text
from ost.exchange.reports import json as as_json
from ost.exchange.reports.finding import Finding
from ost.exchange.reports.paint import coloured, plain
from ost.read.diagnostic import Severity

Run = Callable[[str], Result]
Written = Callable[[str], Path]

COMMANDS = (
    "::stop-commands::x",
    " ::add-mask::x",
    "\n::set-output name=a::b",
    "\r\n::error::x",
    "\u2028::error::x",
    "\x85::error::x",
    "##[add-mask]x",
    "##vso[task.setvariable]x",
    "\n##teamcity[buildStop]",
)
SEQUENCES = (
    "\033[31mred",
    "\033]0;title\a",
    "\033]8;;https://example.org\033\\link",
    "\x9b31mred",
    "\x08\x08\x7f",
    "\u202eesrever",
    "\u2066isolated\u2069",
    "\ufeff\u200e\u061c",
    "\U000e0041tag",
)
MARKUP = (
    "</failure><x a='b' & \"",
    "]]>",
    "|`*_~<b>[a](b)![c](d)",
    "@somebody #1 http://example.org www.example.org",
    "<!-- -->",
    "%0A::x",
    "a,b:c%",
)
HOSTILE = (*COMMANDS, *SEQUENCES, *MARKUP)
CLEAN = re.compile(r"\033\[[\d;]*m")
WILD = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u206f\ufeff\ud800-\udfff"
    "\U000e0000-\U000e0fff]"
)


def obeyed(report: str, *, colours: bool = False) -> list[str]:
    """The lines that a terminal or a CI server would take for a command."""
    bare = CLEAN.sub("", report) if colours else report
    lines = report.split("\n")
    stripped = [CLEAN.sub("", each).lstrip() for each in lines]
    return [
        *(each for each in bare.split("\n") if WILD.search(each)),
        *(each for each in stripped if each.startswith("::") and "::" in each[2:]),
        *(each for each in lines if re.search(r"##(\[|vso\[|teamcity\[)", each)),
    ]


def finding(words: str) -> Finding:
    return Finding(
        path=f"{words}.md",
        line=1,
        column=1,
        end_line=1,
        end_column=2,
        code=f"X{words}",
        name=words,
        severity=Severity.ERROR,
        message=words,
        node=words,
    )


def same(path: str) -> str:
    return path


@pytest.mark.parametrize("words", HOSTILE)
def test_reports_escape_hostile_names(words: str) -> None:
    found = [finding(words)] * 30
    assert not obeyed(as_json.render(found))
    assert json.loads(as_json.render(found))[0]["message"] == words
    xml = junit.render(found, same)
    assert not obeyed(xml)
    cases = ET.fromstring(xml).findall(".//testcase")  # noqa: S314 - our own
    assert [each.get("classname") for each in cases] == [escape.terminal(f"{words}.md")]
    assert [list(each) != [] and len(list(each)) for each in cases] == [1]
    lines = github.render(found, same).rstrip("\n").split("\n")
    assert len(lines) == 30
    assert all(each.startswith("::error file=") for each in lines)
    assert all(each.count("::") == 2 for each in lines if "::" not in words)
    assert not any(WILD.search(each) or re.search(r"##\w*\[", each) for each in lines)
    for paint in (plain, coloured):
        shown = text.render(found, lambda path, line: words, same, paint, 80)
        shown += text.summary(found, 1, 1, paint)
        assert not obeyed(escape.log(shown), colours=paint is coloured)
        assert shown.count("\n") == text_lines(paint)
    table = markdown.render(found, same)
    assert not obeyed(table)
    assert table.count("\n") == markdown.render([finding("x")] * 30, same).count("\n")


def text_lines(paint: Callable[[str, str], str]) -> int:
    found = [finding("x")] * 30
    shown = text.render(found, lambda path, line: "x", same, paint, 80)
    return (shown + text.summary(found, 1, 1, paint)).count("\n")


@pytest.mark.parametrize("words", HOSTILE)
def test_markdown_is_only_words(words: str) -> None:
    from markdown_it import MarkdownIt

    tokens = MarkdownIt("gfm-like", {"linkify": False}).parse(f"x {escape.markdown(words)}")
    kinds = {child.type for each in tokens for child in each.children or ()}
    assert kinds <= {"text", "text_special", "softbreak"}
    shown = "".join(child.content for each in tokens for child in each.children or ())
    assert shown.replace("\u200b", "") == f"x {escape.terminal(words)}".rstrip()
    assert not re.search(r"@\w|#\d|[^\\]://|www\.", escape.markdown(words))


def test_harmless_text_stays() -> None:
    for said in (
        "a: b",
        "✓ 3 ▲ é 日本 👩\u200d👩",
        "std::vector and a::b::c",
        "# ## [x]",
        "::: note",
    ):
        assert escape.terminal(said) == said
        assert escape.log(said) == said
        assert escape.json(said) == said
    assert escape.log(coloured("bold red", "x")) == coloured("bold red", "x")
    assert escape.log("a\n\n\tb\n") == "a\n\n\tb\n"


def hostile_project(home: Path) -> Iterator[str]:
    """A project whose names all are hostile; their ids."""
    for number, words in enumerate(HOSTILE):
        stem = words.replace("/", "∕") + str(number)
        said = json.dumps(words)
        folder = home / f"content/{stem}"
        folder.mkdir(parents=True)
        (folder / f"{stem}.md").write_text(
            f"---\nkind: opportunity\nparent: {json.dumps(stem + 'o')}\nstatus: {said}\n"
            f"{said}: {said}\nallow:\n  - rule: {said}\n    because: {said}\n    until: {said}\n"
            f"---\n# {words}\n\n[[{words}]] {words}\n\n    {words}\n",
            "utf-8",
        )
        (folder / f"{stem}o.md").write_text(
            f"---\nkind: outcome\naliases: [{said}]\n---\n# {words}\n", "utf-8"
        )
        (folder / f"{stem}i.md").write_text(
            f"---\nkind: interview\nparticipant: {said}\nrecording: {said}\ndate: {said}\n"
            f"transcript: {said}\n---\n# {words}\n\n## Story\n\n- {words}\n\n## Opportunities\n\n"
            f"- [[{stem}]] {words} [0:01]\n\n  > {words} [0:02]\n",
            "utf-8",
        )
        (folder / f"{stem}k.md").write_text(f"---\nkind: {said}\n---\n# {words}\n", "utf-8")
        yield from (stem, f"{stem}o", f"{stem}i", f"{stem}k")


def test_commands_escape_hostile_names(
    folder: Written, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = folder("-- ost.toml --\ntitle = 'T'\n")
    ids = list(hostile_project(home))
    listings = [
        *("check", "check --calendar", "tree --ids", "tree --depth 0", "build", "rule"),
        *(f"check --format {form}" for form in ("json", "sarif", "junit", "markdown")),
        *("tree --format json", "build --format json", "check --diff", "export html site"),
        *("check --write-baseline", "check --baseline ost-baseline.jsonl"),
        *("new opportunity X", "new opportunity X --parent nowhere", "new guide X"),
        *(f"coach {shlex.quote(str(each))}" for each in sorted(home.rglob("*i.md"))),
        *(f"show -- {shlex.quote(each)}" for each in ids),
        *(f"show --format json -- {shlex.quote(each)}" for each in ids[:8]),
        *(f"tree -- {shlex.quote(each)}" for each in ids[:8]),
        *(f"new outcome -- {shlex.quote(each)}" for each in HOSTILE),
        "check --fix",
    ]
    for colour in ("", "1"):
        if colour:
            monkeypatch.delenv("NO_COLOR")
            monkeypatch.setenv("FORCE_COLOR", "1")
        for listing in listings:
            ended = run(f"ost {listing}")
            assert not obeyed(ended.output, colours=bool(colour)), listing
            assert "Traceback" not in ended.output
            assert ended.stderr.count("\n") <= 1
    assert os.fspath(home)


def test_github_lines_are_one_for_each_finding(folder: Written, run: Run) -> None:
    home = folder("-- ost.toml --\ntitle = 'T'\n")
    list(hostile_project(home))
    found = json.loads(run("ost check --format json").stdout)
    lines = run("ost check --format github").stdout.rstrip("\n").split("\n")
    assert len(lines) == len(found)
    assert all(re.match(r"::(error|warning|notice) file=", each) for each in lines)
