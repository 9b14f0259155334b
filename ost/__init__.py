"""`ost`: an opportunity solution tree knowledge base, compiled from Markdown in git.

`ost.load` opens a project in Python; `ost.testing` tests rules of your own.
"""

# As `typing` has it, but nothing may be imported here: under `python -m ost` Python would look for
# it in the working directory first, which may be a stranger's (`ost.__main__`).
TYPE_CHECKING = False

if TYPE_CHECKING:
    from ost.library import LoadedProject, load

__version__ = "0.1a0"
__all__ = ["LoadedProject", "__version__", "load"]


def __getattr__(name: str) -> object:
    """`load` and `LoadedProject`, imported on demand because every command imports `ost`."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module("ost.library"), name)
