"""A page is one file and its template: the plugin finds it without a change elsewhere."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from datasette_ost.datasette_api import HERE
from datasette_ost.page import every_page

PAGE = '''\
"""The people who were interviewed."""

import sqlite3

from msgspec import Struct

from datasette_ost.file.rows import About, about, rows
from datasette_ost.page import Navigation, Page, PageRequest, Shown
from datasette_ost.view.links import Links


class PeoplePage(Struct):
    """`/-/ost/everyone.json`: everyone who was interviewed."""

    about: About
    people: list[str]


def read(connection: sqlite3.Connection, _: PageRequest) -> PeoplePage:
    """Everyone."""
    found = rows(connection, "select id from participant order by id", {})
    return PeoplePage(about(connection), [each[0] for each in found])


def show(found: PeoplePage, _: Links) -> Shown:
    """As they are."""
    return {}


PAGE = Page(
    read=read, show=show, navigation=Navigation("Everyone", 25), former=("participants",)
)
'''
TEMPLATE = """\
{% extends "ost/base.html" %}
{% block heading %}Everyone{% endblock %}
{% block main %}
{% for each in page.people %}<p class="somebody">{{ each }}</p>{% endfor %}
{% endblock %}
"""
LOOK = """
import asyncio, json, sqlite3, sys
from pathlib import Path
from datasette.app import Datasette
import datasette_ost
from datasette_ost.export import html
from docs.parts import pages

file, out, status = sys.argv[1], Path(sys.argv[2]), {}

async def asked():
    open_to_all = Datasette([file])
    closed = Datasette([file], default_deny=True)
    said = {}
    for name, server in (("open", open_to_all), ("closed", closed)):
        await server.invoke_startup()
        for name_of in ("", "/everyone", "/everyone.json", "/participants?a=1"):
            path = f"/-/ost{name_of}"
            answer = await server.client.get(path)
            said[name, path] = (answer.status_code, answer.text, dict(answer.headers))
        await server.invoke_shutdown()
        server.close()
    return said

said = asyncio.run(asked())
html(sqlite3.connect(file), out)
print(json.dumps({
    "from": datasette_ost.__file__,
    "said": [[*key, *value] for key, value in said.items()],
    "documented": pages(),
}))
"""


@pytest.mark.slow
def test_page_file_is_routed_navigated_saved_and_documented(file: Path, tmp_path: Path) -> None:
    """The plugin is copied, and two files are added to the copy."""
    copy = tmp_path / "plugins" / "datasette_ost"
    shutil.copytree(HERE, copy, ignore=shutil.ignore_patterns("__pycache__"))
    (copy / "pages/everyone.py").write_text(PAGE)
    (copy / "templates/ost/everyone.html").write_text(TEMPLATE)
    env = {**os.environ, "PYTHONPATH": f"{tmp_path / 'plugins'}:{Path(__file__).parents[2]}"}
    command = [sys.executable, "-c", LOOK, str(file), str(tmp_path / "site")]
    ended = subprocess.run(command, capture_output=True, text=True, env=env, check=False)
    assert ended.returncode == 0, ended.stderr
    found = json.loads(ended.stdout)
    assert Path(found["from"]).is_relative_to(tmp_path)
    said = {(server, path): more for server, path, *more in found["said"]}

    status, page, headers = said["open", "/-/ost/everyone"]
    assert status == 200
    assert '<p class="somebody">P07</p>' in page
    assert "default-src 'none'" in headers["content-security-policy"]
    assert "P07" in json.loads(said["open", "/-/ost/everyone.json"][1])["people"]
    assert '<li><a href="/-/ost/everyone">Everyone</a></li>' in said["open", "/-/ost"][1]
    assert '<li><a href="/-/ost/everyone" aria-current="page">Everyone</a></li>' in page
    status, _, headers = said["open", "/-/ost/participants?a=1"]
    assert (status, headers["location"]) == (301, "/-/ost/everyone?a=1")
    assert {more[0] for (server, _), more in said.items() if server == "closed"} == {403}

    assert '<p class="somebody">P07</p>' in (tmp_path / "site/everyone.html").read_text()
    assert '<a href="everyone.html">Everyone</a>' in (tmp_path / "site/index.html").read_text()
    assert "[`everyone`](#peoplepage)" in found["documented"]
    assert "`/-/ost/everyone.json`: everyone who was interviewed." in found["documented"]


def test_every_module_of_pages_is_a_page_with_a_template_of_its_name() -> None:
    modules = {each.stem for each in (HERE / "pages").glob("*.py")} - {"__init__"}
    assert set(every_page()) == modules
    templates = {each.stem for each in (HERE / "templates/ost").glob("*.html")}
    assert modules <= templates
    frames = {"base", "saved", "trouble", "answer"}
    assert {each for each in templates - modules if not each.startswith(("_", "kind_"))} == frames
