"""The program: `ost`, or `python -m ost`."""

import atexit
import os
import sys

from ost.cli import main


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
