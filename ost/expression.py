"""Regular expressions that are compiled when first used. Compiling those of all modules takes
longer than most commands run, and a command uses few.
"""

import re
from typing import Any, cast


def expression(source: str, flags: int = 0) -> re.Pattern[str]:
    """A regular expression with the methods and attributes of a compiled one."""
    return cast("re.Pattern[str]", _Expression(source, flags))


class _Expression:
    """Stands for a compiled expression. A method becomes an attribute when it is first used."""

    def __init__(self, source: str, flags: int) -> None:
        self._given = source, flags

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        found = getattr(re.compile(*self._given), name)
        setattr(self, name, found)
        return found
