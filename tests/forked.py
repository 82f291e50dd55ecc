"""The program loaded once, and a fork of it for every run: each its own process, without the wait.

What differs from a process started anew is the seed of hashes, which forks share, and the moment
of loading; where these matter, ``run_anew`` of ``tests.conftest`` is used.
"""

import atexit
import gc
import json
import os
import subprocess
import sys
import time
import warnings
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

ROOT = Path(__file__).resolve().parents[1]


class _Program:
    def __init__(self) -> None:
        self._folder = TemporaryDirectory()
        self._process = subprocess.Popen(
            [sys.executable, "-W", "error", "-m", "tests.forked"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )
        atexit.register(self._close)

    def _close(self) -> None:
        self._process.communicate()
        self._folder.cleanup()

    def run(self, words: list[str]) -> "subprocess.CompletedProcess[str]":
        out, err = Path(self._folder.name, "out"), Path(self._folder.name, "err")
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        order = {"words": words, "cwd": str(Path.cwd()), "env": environment}
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        line = json.dumps({**order, "out": str(out), "err": str(err)})
        print(line, file=self._process.stdin, flush=True)
        code = int(self._process.stdout.readline())
        told = (path.read_text("utf-8") for path in (out, err))
        return subprocess.CompletedProcess(words, code, *told)


_program = cache(_Program)


def run_forked(*words: str) -> "subprocess.CompletedProcess[str]":
    """Run the program with these words; return how it ended and what it said."""
    return _program().run(list(words))


def _become(order: dict[str, Any]) -> None:
    """Make a fork of what has only been loaded what a process started with this order would be."""
    for number, name in ((0, os.devnull), (1, order["out"]), (2, order["err"])):
        flags = os.O_RDWR | (os.O_CREAT | os.O_TRUNC if number else 0)
        os.dup2(os.open(name, flags, 0o600), number)
    os.chdir(order["cwd"])
    os.environ.clear()
    os.environ.update(order["env"])
    time.tzset()
    sys.argv = ["gongshi", *order["words"]]


def _forked() -> int:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # of threads that libraries started
        return os.fork()


def main() -> None:
    """Obey until there are no more orders; a fork leaves as the program does."""
    from pipeline import cli  # noqa: PLC0415 - not what the tests import

    gc.freeze()
    for line in sys.stdin:
        if (child := _forked()) == 0:
            _become(json.loads(line))
            cli._speak_chinese()
            cli.main()
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
