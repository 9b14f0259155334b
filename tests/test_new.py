"""Drafts of new files: ids from titles, values that YAML reads back, hints from the kinds."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ost.edit import new
from ost.read.parse import parse
from ost.read.value import Scalar
from ost.tree.fields import names
from ost.tree.model import KINDS

DAY = date(2026, 11, 1)


def written(kind: str = "solution", title: str = "A title", **values: str) -> str:
    return new.draft(kind, title, "", id="a", folder="", values=values, today=DAY).text


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("We can't agree: what to watch?", "we-cant-agree-what-to"),
        ("P07: film night", "p07-film-night"),
        ("Prix élevés à Nîmes", "prix-eleves-a-nimes"),
        ("Straße & Größe", "strasse-grosse"),
        ("Что смотреть?", "что-смотреть"),
        ("我们无法决定", "我们无法决定"),
        ("snake_case and [[brackets]] # ^ |", "snake-case-and-brackets"),
        ("../../etc/passwd", "etc-passwd"),
        ("!!!", ""),
        ("", ""),
        ("a" * 99, "a" * new.LONGEST),
        ("word " * 30, "word-word-word-word-word"),
        ("wording" * 20, ("wording" * 20)[:60]),
    ],
)
def test_an_id_is_made_of_the_title(title: str, expected: str) -> None:
    assert new.name(title) == expected


@given(st.text(max_size=120))
def test_an_id_can_be_linked_and_is_a_file_name(title: str) -> None:
    made = new.name(title)
    assert not set(made) & set('|#[]^/\\:*?"<> \n\t.')
    assert len(made) <= new.LONGEST
    assert new.name(made) == made


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("everybody votes, nobody talks", "everybody votes, nobody talks"),
        ("{measure: votes, at_least: 7}", "{measure: votes, at_least: 7}"),
        ("[a, b]", "[a, b]"),
        ("https://youtu.be/9RFaz9ZBXpk", "https://youtu.be/9RFaz9ZBXpk"),
        ("2026-11-01", "2026-11-01"),
        ("families: two", '"families: two"'),
        ("ends with:", '"ends with:"'),
        ("a # b", '"a # b"'),
        ("- a", '"- a"'),
        ("@ak", '"@ak"'),
        ('say "x"', 'say "x"'),
        ('"x" he said', '"\\"x\\" he said"'),
        ("two\nlines", "two lines"),
    ],
)
def test_values_are_quoted_where_they_must_be(value: str, expected: str) -> None:
    assert new.scalar(value) == expected


@given(
    st.text(min_size=1, max_size=60).filter(lambda text: new.line(text)[:1] not in {"[", "{", ""})
)
def test_values_are_read_back(value: str) -> None:
    reading = parse(written(differs=value))
    assert reading.diagnostics == ()
    field = reading.entries[0].field("differs")
    expected = new.line(value)
    assert field is not None
    assert isinstance(field.value, Scalar)
    assert field.value.text == expected


@given(st.text(min_size=1, max_size=60))
def test_titles_stay_on_their_line(title: str) -> None:
    assert written(title=title).count("\n# ") == 1


@pytest.mark.parametrize("kind", KINDS)
def test_drafts_name_fields_that_the_kind_has(kind: str) -> None:
    assert set(KINDS[kind].asked) <= names(KINDS[kind])
    assert set(KINDS[kind].today) <= set(KINDS[kind].asked)


@pytest.mark.parametrize(
    ("kind", "field", "hint"),
    [
        ("opportunity", "need", "need | pain | desire"),
        ("interview", "interviewers", "{pm: …, designer: …, engineer: …}"),
        ("outcome", "metric", "What is measured, in words"),
    ],
)
def test_hints_come_from_the_kinds(kind: str, field: str, hint: str) -> None:
    assert new.hints(kind)[field] == hint


@pytest.mark.parametrize(
    ("kind", "paths", "expected"),
    [
        ("opportunity", [], "opportunities"),
        ("test", [], "tests"),
        ("interview", ["talks/a.md", "talks/b.md", "old/c.md"], "talks"),
        ("interview", ["b/a.md", "a/a.md"], "a"),
        ("outcome", ["top.md"], ""),
    ],
)
def test_a_file_goes_where_its_kind_is(kind: str, paths: list[str], expected: str) -> None:
    assert new.folder(kind, paths) == expected


def test_draft_has_the_fields_of_its_kind() -> None:
    made = new.draft(
        "interview",
        "P07: film night",
        "## Story\n",
        id="p07-film-night",
        folder="talks",
        values={"participant": "P07"},
        today=DAY,
    )
    assert (made.path, made.id) == ("talks/p07-film-night.md", "p07-film-night")
    assert made.text.startswith("---\nkind: interview\ndate: 2026-11-01\nparticipant: P07\n")
    assert made.text.endswith("---\n# P07: film night\n\n## Story\n")


def test_draft_may_have_several_parents() -> None:
    made = new.draft(
        "solution", "A", "", id="a", folder="", parents=("one", "two: three"), today=DAY
    )
    assert 'parent: [one, "two: three"]\n' in made.text


@pytest.mark.parametrize(
    ("kind", "values", "wrong"),
    [
        ("solution", {"status": "candidate", "differs": "a: b"}, ""),
        ("solution", {"status": "candidat"}, "status: 'candidat' is not"),
        ("interview", {"date": "yesterday"}, "date: a day such as 2026-11-03 belongs here"),
        ("interview", {"date": "2026-02-30"}, "date: there is no such day"),
        ("interview", {"participant": "P07, P08", "interviewers": "{pm: ak}"}, ""),
        ("outcome", {"target": "60 %"}, "target: a number belongs here"),
    ],
)
def test_value_that_does_not_fit_is_named(kind: str, values: dict[str, str], wrong: str) -> None:
    made = new.draft(kind, "A", "", id="a", folder="", values=values, today=DAY)
    said = new.unfit(made).replace("is none of", "is not one of")
    assert said.startswith(wrong) if wrong else said == ""
