"""The evidence page of a large file: its queries and its shades."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from datasette_ost.file.rows import rows
from datasette_ost.pages import evidence
from tests.plugin.sample import publish, write

TALK = """\
-- content/talk-{0}.md --
---
kind: interview
date: 2026-{1:02}-{2:02}
---
# Talk {0}
## Memorable quote
> Number {0} said so.
## Opportunities
- [[need]] heard
"""
NEED = "-- content/need.md --\n---\nkind: opportunity\n---\n# We wait\n"


def steps(folder: Path, talks: int, sql: str, asked: dict[str, object]) -> int:
    """The steps that SQLite takes for a statement in a file with so many interviews."""
    told = (TALK.format(each, each % 12 + 1, each % 28 + 1) for each in range(talks))
    write(folder, NEED + "".join(told))
    taken = 0

    def count() -> int:
        nonlocal taken
        taken += 1
        return 0

    with closing(sqlite3.connect(publish(folder, folder / "ost.db").path)) as connection:
        connection.set_progress_handler(count, 1)
        rows(connection, sql, asked)
    return taken


def test_months_are_found_without_reading_every_interview(tmp_path: Path) -> None:
    few, many = (
        steps(tmp_path / str(talks), talks, evidence._MONTHS, {"most": evidence.MONTHS})
        for talks in (24, 192)
    )
    assert many <= few * 1.1


def test_quotes_outside_moments_are_counted_from_their_index(tmp_path: Path) -> None:
    write(tmp_path, NEED)
    with closing(sqlite3.connect(publish(tmp_path, tmp_path / "ost.db").path)) as connection:
        (found,) = connection.execute(
            "select group_concat(name) from pragma_index_info('idx_quote_moment')"
        ).fetchone()
    assert found == "moment,source"


@pytest.mark.parametrize(
    ("most", "shades"),
    [(0, [0]), (3, [0, 1, 2, 3]), (4, [0, 1, 2, 3, 4]), (916, [0, 1, 1, 1, 1, 1, 2])],
)
def test_shades_are_by_number_where_few_and_by_magnitude_where_many(
    most: int, shades: list[int]
) -> None:
    assert [evidence.shade(many, most) for many in range(len(shades))] == shades
    assert evidence.shade(most, most) == min(most, 4)
