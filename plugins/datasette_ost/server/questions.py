"""Our questions as Datasette's stored queries. They give no one more rights: someone who may not
run SQL may not run them.
"""

import sqlite3

from markupsafe import Markup

from datasette_ost.datasette_api import Database, Request, Server, at_once
from datasette_ost.file.questions import QUESTIONS
from datasette_ost.view.plots import ROWS, across

SOURCE = "datasette-ost"


async def offer(server: Server, database: str) -> None:
    """Stores the questions for a database, without replacing the owner's own queries."""
    for question in QUESTIONS:
        known = await server.get_query(database, question.name)
        if known is None or known.source == SOURCE:
            await server.add_query(
                database,
                question.name,
                question.sql.strip(),
                title=question.title,
                description=question.description,
                fragment=question.fragment,
                source=SOURCE,
            )


async def drawn(server: Server, request: Request, database: Database, name: str) -> Markup | None:
    """The answer to a question as bars; None if it has no bars or the query is the owner's own."""
    question = next((each for each in QUESTIONS if each.name == name), None)
    known = await server.get_query(database.name, name)
    if question is None or question.bars is None or known is None or known.source != SOURCE:
        return None
    many, of = question.bars

    def read(connection: sqlite3.Connection) -> list[tuple[str, int]]:
        sql = f'select "{of}", "{many}" from ({question.sql}) limit {ROWS}'
        return [(str(each[0]), int(each[1] or 0)) for each in connection.execute(sql)]

    try:
        found = await at_once(server, database, read)
    except sqlite3.OperationalError:
        return None  # the page itself says why
    if not found:
        return None
    context = {"rows": across(found), "title": question.title, "many": many, "of": of}
    return Markup(await server.render_template("ost/answer.html", context, request))  # noqa: S704
