"""See :class:`MisnamedFile`."""

from ost.judge.rule import Rule


class MisnamedFile(Rule, frozen=True):
    """The name of a file or folder is not UTF-8, so it is not read.

    Why: a node has the name of its file, and pages, links and the published file hold text. Readers
    would not agree on the letters of a name in another encoding. The message shows its odd bytes as
    `\\xe9`. Everything else is compiled.

    Source: the SQLite file format: text is Unicode <https://www.sqlite.org/fileformat2.html>

    Bad: `caf\\xe9.md`, named in Latin-1 by an old archive.

    Good: `café.md`, named in UTF-8.
    """

    code = "OST021"
