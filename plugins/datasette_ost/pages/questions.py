"""Questions in SQL, with their descriptions."""

import sqlite3
from collections.abc import Iterator

from msgspec import Struct

from datasette_ost.file.questions import QUESTIONS
from datasette_ost.file.rows import About, about
from datasette_ost.page import Copy, Page, PageRequest, Shown
from datasette_ost.view.links import Links


class OfferedQuestion(Struct):
    """A question; `parameters` are the values that the reader has to enter."""

    name: str
    title: str
    description: str
    sql: str
    parameters: tuple[str, ...]


class QuestionsPage(Struct):
    """`/-/ost/questions.json`: the questions in SQL that come with the pages."""

    about: About
    questions: list[OfferedQuestion]


def read(connection: sqlite3.Connection, _: PageRequest) -> QuestionsPage:
    """The questions."""
    offered = [
        OfferedQuestion(each.name, each.title, each.description, each.sql.strip(), each.parameters)
        for each in QUESTIONS
    ]
    return QuestionsPage(about(connection), offered)


def show(found: QuestionsPage, links: Links) -> Shown:
    """Each question, with its parameters."""
    return {
        "asked": [(each, links.query(each.name)) for each in found.questions],
        "labels": {"node": "A node's id", "participant": "A participant, such as P07"},
    }


def copies(_: sqlite3.Connection) -> Iterator[Copy]:
    """No copy, because a saved page has no server to answer."""
    yield from ()


PAGE = Page(read=read, show=show, copies=copies)
