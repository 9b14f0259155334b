"""See :class:`ControlCharacter`."""

from ost.judge.rule import Rule
from ost.read.diagnostic import Severity


class ControlCharacter(Rule, frozen=True):
    """A text holds a control character, such as a NUL byte.

    Why: no one types one. It comes from a broken copy or a binary file, no editor shows it, and
    search, git and other tools take the file for something that is not text.

    Source: RFC 9839, code points that text should not hold
    <https://www.rfc-editor.org/rfc/rfc9839>

    Bad: a line whose bytes are `48 65 61 72 64 00 74 77 69 63 65`.

    Good: the same words with a space, `20`, in place of the NUL byte.
    """

    code = "OST046"
    severity = Severity.WARNING
