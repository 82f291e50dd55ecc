"""Where the program begins: ``gongshi`` and ``python -m pipeline`` are the same.

While it loads nothing can be half done, so Ctrl-C ends it at once and without a word of Python's.
"""

import os
import signal
from types import FrameType

_LINE = "已中止，什么都没有做。\n"


def main() -> None:
    """Load the command line and run it; nothing printed tells where it was interrupted."""
    heeds = signal.getsignal(signal.SIGINT) is signal.default_int_handler
    if heeds:
        signal.signal(signal.SIGINT, _end)
    from pipeline import cli  # noqa: PLC0415 - it takes most of a second

    if heeds:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    cli.main()


def _end(_signal: int, _frame: FrameType | None) -> None:
    os.write(2, _LINE.encode())
    os._exit(128 + signal.SIGINT)


if __name__ == "__main__":
    main()
