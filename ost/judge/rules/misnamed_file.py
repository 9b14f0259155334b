"""See :class:`MisnamedFile`."""

from ost.judge.rule import Rule


class MisnamedFile(Rule, frozen=True):
    """The name of a file or folder is not UTF-8, and what it names is not read.

    Why: a node is called as its file is, and pages, links and the published file hold text. A name
    in another encoding has no letters that all readers agree on. The message shows its odd bytes as
    `\\xe9`. Everything else is compiled.

    Source: the SQLite file format: text is Unicode <https://www.sqlite.org/fileformat2.html>

    Bad: `caf\\xe9.md`, named in Latin-1 by an old archive.

    Good: `café.md`, named in UTF-8.
    """

    code = "OST021"
