"""The program: `ost`, or `python -m ost`."""

import _signal  # type: ignore[import-not-found] # the part of `signal` that every command has time for
import os
import sys

_INTERRUPT = _signal.getsignal(_signal.SIGINT)
if _INTERRUPT is _signal.default_int_handler:  # Ctrl-C while it starts ends it without a traceback
    _signal.signal(_signal.SIGINT, _signal.SIG_DFL)


def leave_out(folder: str) -> None:
    """Stops imports from `folder` and from any relative path: a stranger's code may be there.

    Python looks there first if started as `python -m`, or if PYTHONPATH has an empty part. If this
    package itself is in the folder, the folder stays.
    """
    package = os.path.dirname(os.path.dirname(os.path.realpath(__file__)))
    places = ((each, os.path.realpath(each)) for each in sys.path)
    sys.path[:] = [
        each for each, real in places if real == package or (os.path.isabs(each) and real != folder)
    ]


try:  # noqa: SIM105 - its import might already run a stranger's code
    leave_out(os.path.realpath(os.curdir))
except FileNotFoundError:  # deleted
    pass

import atexit  # noqa: E402 - after the path is in order
import gc  # noqa: E402

gc.set_threshold(50_000)  # what is imported stays, and most commands make little more

from collections.abc import Callable  # noqa: E402

from ost.cli import main  # noqa: E402
from ost.cli.servers import AnswerAssistant, Servers  # noqa: E402


def _lsp() -> Callable[[], None]:
    from ost.lsp.features import run as answer

    return answer


def _mcp() -> AnswerAssistant:
    from ost.mcp.server import serve

    return serve


def run() -> None:
    """Runs a command and ends the process at once. Freeing every object of an interpreter that is
    about to end would take longer than many commands.
    """
    _open_streams()
    _signal.signal(_signal.SIGINT, _INTERRUPT)
    try:
        main(obj=Servers(_lsp, _mcp))
    except SystemExit as ended:
        atexit._run_exitfuncs()  # noqa: SLF001 - as multiprocessing does before it ends a process
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(ended.code if isinstance(ended.code, int) else int(ended.code is not None))


def _open_streams() -> None:
    """Opens each standard stream that the caller has closed (`>&-`). Otherwise the next file would
    get its number, and child processes would write into it.
    """
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115 - stays open


if __name__ == "__main__":
    run()
