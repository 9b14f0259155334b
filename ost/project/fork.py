"""Work in a second process: a fork of this one, which shares its memory."""

import atexit
import marshal
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import IO, Any, Self


def may_fork() -> bool:
    """Whether a fork is worthwhile and safe: with several cores and a single thread."""
    threading = sys.modules.get("threading")
    alone = threading is None or threading.active_count() == 1
    return hasattr(os, "fork") and alone and (os.cpu_count() or 1) > 1


class Forked:
    """A task that writes its result to a file. If the fork fails or dies, this process does the
    task when the result is requested.

    The fork keeps the task's return value until it exits, so that Python need not free it object by
    object.
    """

    def __init__(self, work: Callable[[IO[bytes]], object], *, small: bool = False) -> None:
        """Starts the task. A `small` result is kept in memory."""
        _reap(os.WNOHANG)
        self._work, self._done = work, False
        # A file, not a pipe: a full pipe would block the fork until someone reads.
        self._file = _memory() if small else _file()
        self._process, self._finished = -1, Milestone() if may_fork() else None
        if self._finished is None:
            return
        self._process = os.fork()
        if self._process == 0:
            try:
                held = work(self._file)  # noqa: F841
                self._file.flush()
                self._finished.reach()
                _reap()
            finally:
                os._exit(0)
        self._finished.leave()

    def output_from(self, begin: int) -> bytes:
        """The output so far, from byte `begin` on."""
        end = os.fstat(self._file.fileno()).st_size
        return os.pread(self._file.fileno(), end - begin, begin)

    def wait(self) -> None:
        """Waits until the task is done. The process may take a little longer to free its memory."""
        if self._done:
            return
        finished = self._finished is not None and self._finished.wait()
        if self._process > 0:
            _ENDING.append(self._process)
        self._process, self._done = -1, True
        if not finished:
            self._file.seek(0)
            self._file.truncate()
            try:
                self._work(self._file)
            except BaseException:
                self._file.close()
                raise

    def result(self) -> IO[bytes]:
        """The finished output; close it."""
        self.wait()
        self._file.seek(0)
        return self._file

    def abandon(self) -> None:
        """Waits until it is done and discards its output."""
        if self._process > 0:
            os.waitpid(self._process, 0)
            self._process = -1
            if self._finished is not None:
                self._finished.wait()
        self._file.close()


class Milestone:
    """A point in a second process's work, which the fork reaches and this process waits for."""

    def __init__(self) -> None:
        """Starts unreached, before the fork."""
        self._reading, self._writing = os.pipe()

    def reach(self) -> None:
        """Marks it as reached. In this process, where no one waits any more, it does nothing."""
        if self._writing >= 0:
            os.write(self._writing, b"!")

    def leave(self) -> None:
        """Lets only the other process reach it, so that its end is noticed."""
        if self._writing >= 0:
            os.close(self._writing)
            self._writing = -1

    def wait(self) -> bool:
        """Waits until it is reached or the process ends; returns whether it was reached."""
        self.leave()
        with os.fdopen(self._reading, "rb") as reading:
            return bool(reading.read(1))


class ForkedEarly:
    """A second process that is started while this one is small. It works on the values that `give`
    passes to it, once `begin` is called. As a context, it leaves no process behind.

    Two processes share memory page by page until either touches it. Measured at 10,000 files:
    forking this one once it holds all readings costs both together half a second more.
    """

    def __init__(self, work: Callable[[Iterator[Any]], object]) -> None:
        """Starts the process, which waits. The values must be ones that `marshal` can write."""
        self._work = work
        self._file = _file()
        start, self._start_signal = os.pipe()
        self._process = os.fork() if may_fork() else -1
        if self._process == 0:
            os.close(self._start_signal)
            status = 1
            try:
                if os.read(start, 1):
                    work(self._values())
                    status = 0
            finally:
                os._exit(status)
        os.close(start)

    def give(self, value: Any) -> None:
        """Passes a value to the process."""
        marshal.dump((value,), self._file)

    def begin(self) -> None:
        """Starts the work on all the values."""
        marshal.dump((), self._file)
        self._file.flush()
        with suppress(BrokenPipeError):  # if it died, this process does the work
            os.write(self._start_signal, b"!")
        self._close()

    def _values(self) -> Iterator[Any]:
        self._file.seek(0)
        while value := marshal.load(self._file):
            yield value[0]

    def wait(self) -> None:
        """Waits until the work is done; if the process failed or died, this one does it."""
        status = os.waitpid(self._process, 0)[1] if self._process > 0 else 1
        self._process = -1
        with self._file:
            if status:
                self._work(self._values())

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Waits until the process ends. Without `begin` it does nothing."""
        self._close()
        if self._process > 0:
            os.waitpid(self._process, 0)
        self._file.close()

    def _close(self) -> None:
        if self._start_signal >= 0:
            os.close(self._start_signal)
            self._start_signal = -1


def _file() -> IO[bytes]:
    from tempfile import TemporaryFile

    return TemporaryFile(buffering=1 << 20)


def _memory() -> IO[bytes]:
    """A file in memory if the system supports it: `tempfile` takes long to import."""
    if not hasattr(os, "memfd_create"):
        return _file()
    return os.fdopen(os.memfd_create("ost"), "w+b")


_ENDING: list[int] = []
"""Processes that have finished their work. A large one takes 30 ms to free its memory."""


def _reap(how: int = 0) -> None:
    """Waits for these processes to end, or with `os.WNOHANG` removes those that have. Only then
    does the system count their CPU time as this process's.
    """
    for process in _ENDING[:]:
        with suppress(ChildProcessError):
            if not os.waitpid(process, how)[0]:
                continue
        _ENDING.remove(process)


atexit.register(_reap)
