"""See :class:`UndecodableFile`."""

from ost.judge.rule import Rule


class UndecodableFile(Rule, frozen=True):
    """A file is not UTF-8.

    Why: In the wrong encoding, a customer's words come out garbled, and so do ids and links. The
    place is that of the first byte that is not UTF-8. Most editors fix this with "save with
    encoding".

    Source: RFC 3629, UTF-8 <https://www.rfc-editor.org/rfc/rfc3629>

    Bad: a file whose bytes are `23 20 43 61 66 e9 0a`: "# Café" as Latin-1 writes it.

    Good: the same words as `23 20 43 61 66 c3 a9 0a`.
    """

    code = "OST002"
