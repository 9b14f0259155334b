"""The program: `ost`, or `python -m ost`."""

import os
import sys


def leave_out(folder: str) -> None:
    """Imports nothing from `folder` from now on, nor from any place that is named relative to it:
    a stranger's code may lie there.

    Python looks there first when it is started as `python -m`, or with a PYTHONPATH that has an
    empty part. Where this package itself lies in the folder, it stays.
    """
    package = os.path.dirname(os.path.dirname(os.path.realpath(__file__)))
    places = ((each, os.path.realpath(each)) for each in sys.path)
    sys.path[:] = [
        each for each, real in places if real == package or (os.path.isabs(each) and real != folder)
    ]


try:  # noqa: SIM105 - what would be imported for it might be a stranger's already
    leave_out(os.path.realpath(os.curdir))
except FileNotFoundError:  # deleted
    pass

import atexit  # noqa: E402 - after the path is in order

from ost.cli import main  # noqa: E402


def run() -> None:
    """Runs a command, and ends the process as it is.

    To let go of every object of an interpreter that is about to end takes longer than many commands
    do.
    """
    try:
        main()
    except SystemExit as ended:
        atexit._run_exitfuncs()  # noqa: SLF001 - as multiprocessing does before it ends a process
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(ended.code if isinstance(ended.code, int) else int(ended.code is not None))


if __name__ == "__main__":
    run()
