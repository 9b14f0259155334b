"""Usage errors and outside failures. Broken content is never an exception; it is a diagnostic."""

from collections.abc import Iterable


class OstError(Exception):
    """An error that stops a command. The text is one clear line for the user."""

    exit_code = 2

    further: tuple[str, ...] = ()
    """Lines to print below it, such as the place of a mistake in what was typed."""


class Misuse(OstError):  # noqa: N818 - the word says it
    """A usage error: a wrong command, option or setting, named in the message."""


class Trouble(OstError):  # noqa: N818 - the word says it
    """An outside failure: an unreadable folder, a port in use, a full disk."""


class Differs(OstError):  # noqa: N818 - see above
    """An update differs from a clean build: a bug in the engine, or in a rule that reads something
    outside the tree.
    """

    exit_code = 3

    def __init__(self, differences: Iterable[str]) -> None:
        """The message names the bug; the differences are printed below it."""
        super().__init__("the update differs from a clean build")
        self.further = tuple(f"  {each}" for each in differences)
