"""The compiling itself: mypyc makes C of the sources, setuptools has it compiled."""

from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path

import click
from mypyc.build import mypycify
from setuptools import Distribution
from setuptools.command.build_ext import build_ext
from setuptools.errors import BaseError, CCompilerError

from pipeline.native import LIBRARY, PIPELINE

_ROOM = Path(PIPELINE.name, "redaction")
_COMPILED = {
    *("address", "bank_account", "certificate", "checks", "columns", "engine", "health"),
    *("keywords", "labels", "normalise", "numbers", "protect", "resolve"),
}
_AS_WRITTEN = frozenset({"__init__", "detector", "characters"})
"""The modules of ``names`` left out: what only calls the others, and tables filled once."""


def compiled() -> bool:
    """Compile the sources in the working folder into its folder ``made``, if it can be done here.

    Returns:
        Whether it could: false without a C compiler or the headers of Python.

    Raises:
        SystemExit: a source is not what mypyc can compile; it has said what and where.

    """
    modules = [_ROOM / f"{name}.py" for name in _COMPILED]
    modules += [path for path in _ROOM.glob("names/*.py") if path.stem not in _AS_WRITTEN]
    with redirect_stdout(StringIO()) as said:
        try:
            extensions = mypycify(
                ["--ignore-missing-imports", "--follow-imports=silent", *sorted(map(str, modules))],
                opt_level="2",
                debug_level="0",
                group_name=LIBRARY,
                target_dir="c",
            )
        except SystemExit:
            click.echo(said.getvalue(), err=True)
            raise
    step = build_ext(Distribution({"name": LIBRARY, "ext_modules": extensions}))
    step.build_lib, step.build_temp = "made", "objects"
    step.ensure_finalized()
    try:
        step.run()
    except (BaseError, CCompilerError):
        return False
    return True
