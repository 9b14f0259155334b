"""The files of `ost init --cms` for the tree in a folder."""

from html import escape
from pathlib import Path
from string import Template

from ost.answers import queries
from ost.cli.workspace import CommandProject
from ost.edit.new import folder as folder_of
from ost.exchange import cms
from ost.exchange.forges import hosted
from ost.project.remote import remote
from ost.project.templates import template
from ost.tree.model import KINDS


def settings(folder: Path) -> str:
    """The file `config.yml`: each kind in the folder that holds most of its nodes."""
    opened = CommandProject(folder)
    opened.refresh()
    connection = opened.project.connect()
    folders = {kind: folder_of(kind, queries.files(connection, kind)) for kind in KINDS}
    found = remote(opened.root)
    content = f"{found.folder}/{opened.settings.content}".strip("/.")
    return cms.settings(content, folders, hosted(found.address), found.branch or "main")


def page(folder: Path) -> str:
    """The page `index.html`."""
    title = CommandProject(folder).settings.title or "Write"
    return Template(template("cms.html")).safe_substitute(title=escape(title))
