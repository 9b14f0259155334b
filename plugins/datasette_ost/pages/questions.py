"""Questions in SQL: what can be asked of the tables, in words."""

import sqlite3
from collections.abc import Iterator

from msgspec import Struct

from datasette_ost.file.questions import QUESTIONS
from datasette_ost.file.rows import About, about
from datasette_ost.page import Copy, Page, PageRequest, Shown
from datasette_ost.view.links import Links


class Offered(Struct):
    """A question; `parameters` are what has to be said before it can be asked."""

    name: str
    title: str
    description: str
    sql: str
    parameters: tuple[str, ...]


class QuestionsPage(Struct):
    """`/-/ost/questions.json`: the questions in SQL that come with the pages."""

    about: About
    questions: list[Offered]


def read(connection: sqlite3.Connection, _: PageRequest) -> QuestionsPage:
    """The questions."""
    offered = [
        Offered(each.name, each.title, each.description, each.sql.strip(), each.parameters)
        for each in QUESTIONS
    ]
    return QuestionsPage(about(connection), offered)


def show(found: QuestionsPage, links: Links) -> Shown:
    """Each question, with what it asks for."""
    return {
        "asked": [(each, links.query(each.name)) for each in found.questions],
        "labels": {"node": "A node's id", "participant": "A participant, such as P07"},
    }


def copies(_: sqlite3.Connection) -> Iterator[Copy]:
    """None: without a server no one answers."""
    yield from ()


PAGE = Page(read=read, show=show, copies=copies)
