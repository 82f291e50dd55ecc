"""``python -m pipeline.native``: make the machine code, unless it is there or cannot be made."""

import os
import shutil
import sys
import tempfile
from pathlib import Path

import click

from pipeline.native import BUILT, PIPELINE, digest, library

_CANNOT = "没有编译隐去程序：要 mypy、setuptools、C 编译器和 Python 头文件。照常运行，只是慢些。"


def main() -> int:
    """Make the code of the sources as they are, remove that of others, and return the exit status.

    A machine that cannot compile is told so, and runs the sources.
    """
    if library(BUILT / digest(PIPELINE)).is_file():
        return 0
    try:
        from pipeline.native.compiler import compiled  # noqa: PLC0415 - only makers have mypyc
    except ModuleNotFoundError:
        click.echo(_CANNOT, err=True)
        return 0
    click.echo("正在编译隐去程序，约一分钟……")
    with tempfile.TemporaryDirectory() as work:
        sources = Path(work, PIPELINE.name)
        shutil.copytree(PIPELINE, sources, ignore=shutil.ignore_patterns(BUILT.name, "__pycache__"))
        os.chdir(work)
        if compiled():
            _keep(Path("made"), digest(sources))
        else:
            click.echo(_CANNOT, err=True)
    return 0


def _keep(made: Path, name: str) -> None:
    """Copy the code into the program under the digest of its sources, whole or not at all."""
    beside = BUILT / "new"
    shutil.rmtree(BUILT, ignore_errors=True)
    shutil.copytree(made, beside)
    beside.rename(BUILT / name)


if __name__ == "__main__":
    sys.exit(main())
