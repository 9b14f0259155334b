"""Findings as text and JSON: what a person sees at the place, and what a program gets."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ost.exchange.reports import json, text
from ost.exchange.reports.finding import Finding, findings
from ost.exchange.reports.paint import coloured, cut, plain, safe, width
from ost.read.diagnostic import Diagnostic, Severity
from ost.read.place import Place

AT = Place(2, 4, 2, 7)
LINE = st.text(st.characters(blacklist_characters="\n", codec="utf-8"), max_size=200)


def finding(code: str = "OST010", path: str = "a.md", at: Place = AT) -> Finding:
    said = Diagnostic(path=path, at=at, code=code, message="nothing is called 'x'", node="a")
    return findings([said], {"OST010": "dangling-link", "OST005": "foreign-file"})[0]


def report(found: list[Finding], line: str) -> str:
    return text.render(found, lambda path, number: line, lambda path: path, plain, 60)


def test_a_finding_counts_from_one() -> None:
    assert finding() == Finding(
        path="a.md",
        line=3,
        column=5,
        end_line=3,
        end_column=8,
        code="OST010",
        name="dangling-link",
        severity=Severity.ERROR,
        message="nothing is called 'x'",
        node="a",
    )


def test_json_keeps_the_order_of_keys_and_can_be_read_back() -> None:
    rendered = json.render([finding()])
    keys = [line.split('"')[1] for line in rendered.split("\n") if ":" in line]
    assert keys[:6] == ["path", "line", "column", "end_line", "end_column", "code"]
    assert keys[6:] == ["name", "severity", "message", "node"]
    assert msgspec.json.decode(rendered, type=list[Finding]) == [finding()]
    assert json.render([]) == "[]\n"


@pytest.mark.parametrize(
    ("line", "at", "expected"),
    [
        ("See [[x]].", Place(0, 6, 0, 7), ("See [[x]].", "      ^")),
        ("你好 [[x]]", Place(0, 5, 0, 6), ("你好 [[x]]", "       ^")),
        ("\tx", Place(0, 1, 0, 2), (" x", " ^")),
        ("e\u0301 x", Place(0, 3, 0, 4), ("e\u0301 x", "  ^")),
        ("\x1b[31m x", Place(0, 6, 0, 7), ("\N{REPLACEMENT CHARACTER}[31m x", "      ^")),
        ("short", Place(0, 5, 0, 5), ("short", "     ^")),
        ("short", Place(0, 90, 0, 95), ("short", "     ^")),
        ("first of two", Place(0, 6, 1, 3), ("first of two", "      ^^^^^^")),
        ("x" * 50 + " here " + "y" * 50, Place(0, 51, 0, 55), (None, None)),
    ],
)
def test_the_caret_stands_below_the_place(
    line: str, at: Place, expected: tuple[str | None, str | None]
) -> None:
    *_, shown, caret = report([finding(at=at)], line).rstrip("\n").split("\n")
    shown, caret = shown.partition(" │ ")[2], caret.partition(" │ ")[2]
    if expected == (None, None):
        assert shown[caret.index("^") : caret.rindex("^") + 1] == "here"
        assert len(shown) < 60
    else:
        assert (shown, caret) == expected


def test_a_line_that_is_gone_shows_no_excerpt() -> None:
    assert report([finding()], "") == (
        "a.md:3:5 error OST010[dangling-link]\n  nothing is called 'x'\n\n"
    )


def test_few_foreign_files_are_listed_and_many_are_counted() -> None:
    few = [finding("OST005", f"notes/{each}.md") for each in "abc"]
    assert report(few, "x").count("OST005") == 3
    many = [*few, finding("OST005", "d.md")]
    assert report(many, "x").count("OST005") == 1
    assert "4 Markdown files" in report(many, "x")
    assert "notes/ 3, ./ 1" in report(many, "x")


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        ((0, 0, 0), ""),
        ((1, 0, 0), "1 error"),
        ((2, 1, 0), "2 errors and 1 warning"),
        ((1200, 2, 3), "1,200 errors, 2 warnings and 3 notes"),
        ((0, 0, 1), "1 note"),
    ],
)
def test_counts(numbers: tuple[int, int, int], expected: str) -> None:
    assert text.counts(*numbers, plain) == expected


def test_colour_changes_no_letter() -> None:
    assert coloured("bold red", "x") == "\033[1;31mx\033[0m"
    assert coloured("bold", "") == ""


@given(LINE)
def test_safe_text_commands_no_terminal(line: str) -> None:
    assert all(each.isprintable() or each in "\u200b\u200c\u200d" for each in safe(line))
    assert safe(safe(line)) == safe(line)


@given(LINE, st.integers(0, 90))
def test_cut_text_fits(line: str, columns: int) -> None:
    line = safe(line)
    assert width(cut(line, columns)) <= columns
    assert cut(line, width(line)) == line


@given(LINE, st.integers(1, 250), st.integers(1, 250), st.integers(0, 120))
def test_every_excerpt_fits_and_holds_its_place(
    line: str, column: int, end: int, columns: int
) -> None:
    shown, before, under = text.excerpt(line, column, end, columns)
    assert width(shown) <= max(columns, 20) + 1
    assert 0 <= before <= width(shown)
    assert under >= 1
    assert all(each.isprintable() or each in "\u200b\u200c\u200d" for each in shown)
