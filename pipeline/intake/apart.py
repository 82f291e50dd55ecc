"""Read a file in a process of its own: one that never ends or fills the memory costs only itself.

For formats whose reader is a library in another language: nothing inside this program can stop it.
The process is started for the first such file, kept for the next, and ends with the program.
"""

import atexit
import os
import pickle
import resource
import subprocess
import sys
from functools import cache
from typing import IO, cast

from pipeline.domain.faults import Fault, Place
from pipeline.intake.model import DocumentFile, DocumentReader, FileContent, UnreadableFileError

SECONDS = 60
"""Time of the processor that one file may take."""
MEMORY = 1 << 30
"""Bytes that the process may have at once."""

_START = "from pipeline.intake.apart import _serve; _serve()"
_DEAF = subprocess.DEVNULL


class _Helper:
    """The process; ``owner`` is the one that started it, for a fork must not speak with it."""

    def __init__(self) -> None:
        self.owner = os.getpid()
        path = os.pathsep.join(filter(None, sys.path))
        self._process = subprocess.Popen(
            [sys.executable, "-c", _START],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=_DEAF,
            env={**os.environ, "PYTHONPATH": path},
        )
        atexit.register(self.bury)

    def ask(self, question: object) -> object:
        """Return the answer; raises ``EOFError`` or ``OSError`` when the process has died."""
        with_words = cast("IO[bytes]", self._process.stdin)
        pickle.dump(question, with_words)
        with_words.flush()
        return pickle.load(cast("IO[bytes]", self._process.stdout))  # noqa: S301 - our own process

    def bury(self) -> None:
        """End the process, if it is ours, and take it away."""
        atexit.unregister(self.bury)
        if self.owner == os.getpid():
            self._process.kill()
            self._process.communicate()


def read_apart(reader: DocumentReader, file: FileContent) -> DocumentFile:
    """Return what ``reader``, a function of a module, says of ``file``.

    Raises ``UnreadableFileError`` as the reader does, and when it took too long or too much.
    """
    if _helper().owner != os.getpid():
        _helper.cache_clear()
    helper = _helper()
    try:
        answer = helper.ask((reader, file, SECONDS, MEMORY))
    except (EOFError, OSError, pickle.UnpicklingError):
        _helper.cache_clear()
        helper.bury()
        raise UnreadableFileError(_exhausted(file)) from None
    if isinstance(answer, DocumentFile):
        return answer
    raise UnreadableFileError(*cast("tuple[Fault, ...]", answer))


def _exhausted(file: FileContent) -> Fault:
    remedy = "请核对文件来源；确为文书的，请另存为 DOCX 后重新导出"
    return Fault(Place(file.name), "读取时耗尽了时间或者内存，已放弃", remedy)


@cache
def _helper() -> _Helper:
    return _Helper()


def _serve() -> None:
    """Answer until there are no more questions: a document, or the faults of one."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    while True:
        try:
            reader, file, seconds, memory = pickle.load(sys.stdin.buffer)  # noqa: S301 - our own process
        except EOFError:
            return
        used = resource.getrusage(resource.RUSAGE_SELF)
        until = int(used.ru_utime + used.ru_stime) + seconds
        resource.setrlimit(resource.RLIMIT_CPU, (until, resource.RLIM_INFINITY))
        resource.setrlimit(resource.RLIMIT_DATA, (memory, resource.RLIM_INFINITY))
        try:
            answer: object = reader(file)
        except UnreadableFileError as error:
            answer = error.faults
        except MemoryError:
            answer = (_exhausted(file),)
        pickle.dump(answer, sys.stdout.buffer)
        sys.stdout.buffer.flush()
