"""Real tables: cut, ragged, circular, with duplicates; and the reading of their cells."""

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ost.exchange.foreign import html_text, wiki_markup
from ost.exchange.foreign.drafts import drafts
from ost.exchange.foreign.imports import Here, Importer, Terms
from ost.exchange.foreign.redaction import Redaction
from ost.exchange.tables.meanings import kind, status, value
from ost.exchange.tables.references import names
from ost.exchange.tables.sheet import sheet
from ost.read.parse import parse
from tests.foreign import folder_of, grown, guessed, here, listed, reasons

NO_KIND = "no kind is known; give the row a kind in a column, or the table one under [kinds]"
HEAD = "kind,title,id,parent,status,description\n"


@pytest.mark.parametrize(
    ("text", "headings", "rows"),
    [
        ('a,b\n1,"x\ny"\n2,3\n', ("a", "b"), [(2, "1", "x\ny"), (4, "2", "3")]),
        ("a;b\n1,5;2\n", ("a", "b"), [(2, "1,5", "2")]),
        ("\ufeffa\tb\r\n1\t2\r\n", ("a", "b"), [(2, "1", "2")]),
        ("a|b\n1|2\n", ("a", "b"), [(2, "1", "2")]),
        ("sep=;\na;b\n1;2", ("a", "b"), [(3, "1", "2")]),
        ('"a,b";c\n1;2\n', ("a,b", "c"), [(2, "1", "2")]),
        ("Export\n\nName,  Kind \n\nq,s\n", ("Name", "Kind"), [(5, "q", "s")]),
        ("Tags,Tags,\n1,2\n", ("Tags", "Tags"), [(2, "1", "2")]),
        ("a\nb\n", ("a",), [(2, "b", "")]),
        ("", (), []),
        (
            "a,b\n1,\0" + "x" * 300_000 + "\n2,3\n",
            ("a", "b"),
            [(2, "1", "x" * 300_000), (3, "2", "3")],
        ),
        ('a,b\n1,"ok\n"', ("a", "b"), [(2, "1", "ok")]),
        ('a,b\n1,"open\n2,3\n', ("a", "b"), [(3, "2", "3")]),
    ],
)
def test_table_is_read(
    text: str, headings: tuple[str, ...], rows: list[tuple[int, str, str]]
) -> None:
    found = sheet("x.csv", text)
    assert found.headings == headings
    assert [(row.line, row.cell(0), row.cell(1)) for row in found.rows] == rows


def test_rows_that_are_not_whole_are_listed() -> None:
    text = 'Export\nkind,title\nsolution,A,more\nsolution\nsolution,"B\n'
    assert [(each.line, each.why) for each in sheet("x.csv", text).unread] == [
        (5, "an unclosed quote"),
        (1, "above the headings"),
        (3, "3 cells below 2 headings"),
        (4, "1 cells below 2 headings"),
    ]
    endless = sheet("x.csv", "a,b\n" + '1,"\n2,3\n' * 99)
    assert len(endless.rows) + len(endless.unread) > 50


@pytest.mark.parametrize(
    ("rows", "tree", "left"),
    [
        (
            "opportunity,A,,B,,\nopportunity,B,,C,,\nopportunity,C,,A,,\n",
            "opportunity A < B\nopportunity B < C\nopportunity C\n",
            "4: its parents form a cycle; not put under 'A'\n",
        ),
        ("opportunity,A,,A,,\n", "opportunity A\n", "2: is its own parent\n"),
        (
            "solution,A,,Gone,,\n",
            "solution A\n",
            "2: belongs under 'Gone', which is not here or in this material\n",
        ),
        (
            "opportunity,P,1,,,\nopportunity,Q,2,,,\nsolution,A,3,1,,\nsolution,A,4,2,,\n",
            "opportunity P\nopportunity Q\nsolution A < P\nsolution A < Q\n",
            "",
        ),
        ("solution,A,,,,\nsolution,A,,,,\n", "solution A\n", "3: line 2 again, by its title\n"),
        (
            "solution,A,KEY-100001,,,\nsolution,B,KEY-100001,,,\n",
            "solution A\n",
            "3: 'KEY-100001' is also the key of line 2\n",
        ),
        ("solution,,,,,\n", "", "2: no title\n"),
        (",A,,,,\n", "", f"2: {NO_KIND}\n"),
        (
            "outcome,Top,1,,,\nepic,Middle,2,1,,\nopportunity,Low,3,2,,\n",
            "outcome Top\nopportunity Low < Top\n",
            "3: 'epic' is not a kind here; say what it is under [kinds]\n",
        ),
        (
            "assumption,A,,,Validated,\nsolution,B,,,Maybe,\ntest,C,,,running,\n",
            "assumption A\nsolution B\ntest C\n",
            (
                "2: 'Validated' is not a status of an assumption; use [status]\n"
                "3: 'Maybe' is not a status of a solution; use [status]\n"
                "4: 'running': a test needs a day for this, which is missing\n"
            ),
        ),
    ],
)
def test_odd_cells_are_listed_with_their_line(rows: str, tree: str, left: str) -> None:
    files = {"x.csv": HEAD + rows}
    importer = Importer("csv")
    made = drafts(importer.read(folder_of(files), Terms(), Here()), Here())
    assert listed(made) == tree
    assert reasons(made) == left
    again = drafts(importer.read(folder_of(files), Terms(), here(grown(made))), here(grown(made)))
    assert again.drafts == ()


def test_titles_with_a_kind_need_no_column() -> None:
    files = {"x.csv": "title,parent\nOutcome: More,\nPain point: Slow,Outcome: More\n"}
    assert listed(guessed(files, "csv")) == "outcome More\nopportunity Slow < More\n"


def test_order_of_rows_gives_parents_if_it_can() -> None:
    rows = (
        "Outcome,Grow\nOpportunity,Slow\nSub-opportunity,Start\nSolution,Cache\nOpportunity,Dear\n"
    )
    made = guessed({"x.csv": f"Level,Item\n{rows}"}, "csv")
    assert listed(made) == (
        "outcome Grow\nopportunity Slow < Grow\nopportunity Start < Slow\n"
        "solution Cache < Start\nopportunity Dear < Grow\n"
    )
    assert made.notes[-1] == "x.csv: the order of the rows decides what is under what"
    rows = "outcome,A\noutcome,B\nopportunity,C\nopportunity,D\nsolution,E\n"
    assert " < " not in listed(guessed({"x.csv": f"kind,title\n{rows}"}, "csv"))


def test_headings_and_kinds_have_ornaments() -> None:
    files = {
        "x.csv": """\
#,Node Type,Node Title (short),Parent #,Evidence (n),Confidence
1,🎯 Outcome,Grow,,4,
2,**Opportunity**,Slow,1,,3
"""
    }
    assert listed(guessed(files, "csv")) == "outcome Grow\nopportunity Slow < Grow\n"
    linked = {"x.csv": "Solution Name,Linked Opportunity,Status\nCache,Slow,Live\n"}
    assert listed(guessed(linked, "csv")) == "opportunity Slow\nsolution Cache < Slow [shipped]\n"


def test_words_of_a_person_become_a_signal() -> None:
    files = {"x.csv": "Insight,Customer,Opportunity,Verbatim\nLong,Jane Doe,Slow,Jane waits\n"}
    (draft,) = guessed(files, "csv").drafts
    assert "kind: signal\n" in draft.source.text
    assert "participant: P01\n" in draft.source.text
    assert "> P01 waits" in draft.source.text


def test_table_without_titles_is_one_line() -> None:
    made = guessed({"x.csv": "source,target,kind\na,b,c\nd,e,f\n"}, "csv")
    assert reasons(made) == "1: 2 rows not read: no column holds a title\n"


def test_cells_are_text_and_run_nothing() -> None:
    rows = (
        'solution,"=HYPERLINK(""https://example.org"",""Words"")",,,,"=cmd|\' /C calc\'!A0"\n'
        "solution,'=1+1,,,,<!-- open\nsolution,[[x]] *a* `b` # c %% d,,,,\n"
    )
    made = guessed({"x.csv": HEAD + rows}, "csv")
    nodes = {node.title: node for node in grown(made).by_id.values()}
    assert set(nodes) == {"Words", "=1+1", "[[x]] *a* `b` # c %% d"}
    texts = "".join(draft.source.text for draft in made.drafts)
    assert "<https://example.org>" in texts
    assert "<!--" not in texts


def test_long_first_cell_is_a_text_with_its_beginning_as_title() -> None:
    made = guessed({"x.csv": f"kind,title\nsolution,{'word ' * 9_000}\n"}, "csv")
    (draft,) = made.drafts
    assert len(draft.title) <= 201
    assert draft.source.text.count("word") > 9_000


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        ("A", ("A",)),
        ("A, B", ("A", "B")),
        ("One, two", ("One, two",)),
        ("One, two, A", ("One, two", "A")),
        ('"One, two",B', ("One, two", "B")),
        ("A; B\nC", ("A", "B", "C")),
        ("A (https://www.notion.so/A-1?pvs=4), B (Folder%20x/B%202.md)", ("A", "B")),
        (f"Other name (x%20{'a' * 32}.md)", ("a" * 32,)),
        ("Not known, at all", ("Not known, at all",)),
        ("DX-1, DX-9", ("DX-1", "DX-9")),
        ("", ()),
    ],
)
def test_cell_names_rows(cell: str, found: tuple[str, ...]) -> None:
    assert names(cell, {"a", "b", "one,-two", "a" * 32}) == found


def test_words_mean_what_the_mapping_says_first() -> None:
    assert kind("Idea", Terms()).ours == "solution"
    assert kind("Idea", Terms(kinds={"idea": "opportunity"})).ours == "opportunity"
    assert kind("Idea", Terms(kinds={"idea": ""})).why == ""
    assert "did you mean 'solution'" in kind("Idea", Terms(kinds={"idea": "soluton"})).why
    assert status("Done", "solution", Terms())[1].ours == "shipped"
    assert status("Done", "solution", Terms(status={"done": "testing"}))[1].ours == "testing"
    left_out = status("Done", "solution", Terms(status={"done": ""}))[1]
    assert (left_out.ours, left_out.why) == ("", "")
    assert "is not a status" in status("Done", "test", Terms(status={"done": "shipped"}))[1].why


@pytest.mark.parametrize(
    ("cell", "field", "of", "found"),
    [
        ("High", "importance", "assumption", "high"),
        ("zz", "importance", "assumption", "importance 'zz' is not one of its choices"),
        ("1,200 %", "target", "outcome", "1200"),
        ("lots", "target", "outcome", "target 'lots' is not a number"),
        ("Yes", "learning_goal", "outcome", "Yes"),
        ("a; b", "tags", "solution", ("a", "b")),
        ("x", "bet", "solution", "a solution has no field 'bet' of one value"),
    ],
)
def test_values_fit_their_field(
    cell: str, field: str, of: str, found: str | tuple[str, ...]
) -> None:
    got = value(cell, field, of)
    assert (got if isinstance(got, tuple) else got.ours or got.why) == found


@pytest.mark.parametrize(
    ("written", "markdown"),
    [
        ("h3. Why\n*bold* -gone- +new+ {{code}}", "### Why\n**bold** ~~gone~~ new `code`"),
        ("* a\n** b\n# c", "- a\n   - b\n1. c"),
        (
            "[words|https://x.org] [https://y.org] [~user]",
            "[words](https://x.org) <https://y.org> …",
        ),
        ("{code:java}\nx *y*\n{code}", "\n```java\nx *y*\n```\n"),
        ("{quote}\nsaid\n{quote}\nbq. again", "\n> said\n\n> again"),
        ("||A||B||\n|1|2|", "\n| A | B |\n| --- | --- |\n| 1 | 2 |"),
        ("{color:red}red{color} !pic.png|thumbnail!", "red (pic.png)"),
        ("state-of-the-art, 3 * 4 * 5, a_b", "state-of-the-art, 3 * 4 * 5, a_b"),
        ("{noformat}open", "\n```\nopen\n```\n"),
    ],
)
def test_wiki_markup_is_markdown(written: str, markdown: str) -> None:
    assert wiki_markup.markdown(written) == markdown


@pytest.mark.parametrize(
    ("written", "markdown"),
    [
        ("<p>Hello <b>you</b></p><p>bye</p>", "Hello **you**\n\nbye"),
        ("<ul><li>a</li><li><p>b</p></li></ul>", "- a\n- b"),
        (
            "a<br>b <a href='https://x.org'>c</a> <a href='js:x'>d</a>",
            "a\nb [c](https://x.org) d",
        ),
        ("<p>x</p><script>alert(1)</script>", "x"),
        ("<h2>Why</h2><blockquote>said</blockquote>", "## Why\n\n> said"),
        ("3 < 4 & 5 > 4", "3 < 4 & 5 > 4"),
        ("<p>3 < 4", "3 < 4"),
    ],
)
def test_html_is_markdown(written: str, markdown: str) -> None:
    assert html_text.markdown(written) == markdown


def test_names_become_pseudonyms_as_whole_words() -> None:
    taken = Redaction({"Anna Berg": "P01", "P07": "P07", "Ann": "P02", "José": "P03"})
    assert taken("Anna Berg, Anna and Ann; annals, Annabel, José!") == (
        "P01, P01 and P02; annals, Annabel, P03!"
    )
    assert taken("Bergen by Berg: a@example.org") == "Bergen by P01: …"


CELLS = st.sampled_from(["", "outcome", "Opportunity", "a", "b", "a, b", '"', "\n", "=1", "x,"])
TABLES = st.lists(st.lists(CELLS, min_size=3, max_size=3), max_size=5)


@settings(max_examples=40, deadline=None)
@given(TABLES, st.sampled_from(["csv", "jira", "notion", "airtable", "productboard", "dovetail"]))
def test_any_table_is_read_and_drafts_are_files_of_ours(rows: list[list[str]], form: str) -> None:
    text = "kind,title,parent\n" + "".join(f"{','.join(each)}\n" for each in rows)
    importer: Callable[..., object] = Importer(form).read
    made = drafts(importer(folder_of({"x.csv": text}), Terms(), Here()), Here())  # type: ignore[arg-type]
    assert len({each.source.path for each in made.drafts}) == len(made.drafts)
    for draft in made.drafts:
        assert parse(draft.source.text).entries
