"""The CSV of our tables: no cell is a formula, and all other cells are unchanged."""

import csv
import io
import random
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from datasette_ost.server.sheets import Sheet, cell
from tests.plugin.conftest import Serve
from tests.plugin.sample import publish

FORMULAS = (
    '=HYPERLINK("https://example.org";"x")',
    "=1+1",
    "+cmd|' /C calc'!A0",
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(1)",
    "\t=1",
    "\r=1",
)
HARMLESS = ("", "a", "-5", "+1.5e3", "-1,000", "a=b", 'say "x"', "many\nlines", "é,;", "'quoted")


@pytest.mark.parametrize("text", FORMULAS)
def test_formulas_become_words(text: str) -> None:
    assert cell(text) == f"'{text}"


@pytest.mark.parametrize("text", HARMLESS)
def test_words_and_numbers_stay(text: str) -> None:
    assert cell(text) == text


@pytest.mark.parametrize("number", range(20))
def test_output_is_the_same_in_any_pieces(number: int) -> None:
    chance = random.Random(number)
    rows = [[chance.choice(FORMULAS + HARMLESS) for _ in range(3)] for _ in range(20)]
    whole = io.StringIO(newline="")
    csv.writer(whole).writerows(rows)
    data, sheet, made = whole.getvalue().encode(), Sheet(), b""
    while data:
        size = chance.randrange(1, 30)
        made, data = made + sheet.more(data[:size]), data[size:]
    made += sheet.more(b"", last=True)
    found = list(csv.reader(io.StringIO(made.decode(), newline="")))
    assert found == [[cell(each) for each in row] for row in rows]


async def test_tables_and_questions(serve: Serve, tmp_path: Path) -> None:
    for at, text in enumerate(FORMULAS[:5]):
        (tmp_path / f"={at}.md").write_text(f"---\nkind: outcome\n---\n# {text}\n")
    file = publish(tmp_path, tmp_path / "ost.db").path
    other = tmp_path / "other.db"
    with closing(sqlite3.connect(other)) as connection:
        connection.execute("create table t as select '=1' as a")
        connection.commit()
    server = await serve(file, other)
    for address in (
        "/ost/node.csv",
        "/ost/node.csv?_stream=1&_dl=1",
        "/ost/-/query.csv?sql=select+title,id+from+node",
    ):
        answer = await server.client.get(address)
        assert answer.status_code == 200
        rows = list(csv.reader(io.StringIO(answer.text, newline="")))
        assert len(rows) == 6
        assert not [each for row in rows for each in row if each[:1] in {"=", "+", "-", "@"}]
        assert sum("'=1+1" in row for row in rows) == 1
    assert ",=1" in (await server.client.get("/other/t.csv")).text
