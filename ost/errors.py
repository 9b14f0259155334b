"""Misuse and trouble with the world. What a file says is never an exception: it is a diagnostic."""


class OstError(Exception):
    """Something that stops a command. The text is one clear line for the person at the terminal."""

    exit_code = 2


class Misuse(OstError):  # noqa: N818 - the word says it
    """A command, an option or a setting that cannot be right, named in the message."""


class Trouble(OstError):  # noqa: N818 - the word says it
    """The world is in the way: a folder that cannot be read, a port that is taken, a full disk."""


class Differs(OstError):  # noqa: N818 - see above
    """An update differs from a clean build: a defect of the engine, or of a rule that asks for what
    is not in the tree.
    """

    exit_code = 3
