"""Pelican as a guest in our process: its global effects are undone, its errors stop the build."""

import contextlib
import locale
import logging
import sys
from collections.abc import Iterator, Mapping
from typing import Any

import pelican
from jinja2 import Environment
from pelican.generators import Generator
from pelican.log import FatalLogger, console
from pelican.settings import read_settings

# Importing Pelican makes its logger the class of every logger of the process.
logging.setLoggerClass(logging.Logger)
logging.getLogger().__class__ = logging.RootLogger

_LOG = logging.getLogger("pelican")


class _Collector(logging.Handler):
    """Keeps what Pelican says instead of printing it."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage())


def environment_of(settings: Mapping[str, object]) -> Environment:
    """Return the templates as a run over ``settings`` sees them."""
    place = locale.setlocale(locale.LC_ALL)
    try:
        whole: Any = read_settings(override=dict(settings))
    finally:
        locale.setlocale(locale.LC_ALL, place)
    guest: Any = Generator  # it has no types
    env: Environment = guest({}, whole, whole["PATH"], whole["THEME"], whole["OUTPUT_PATH"]).env
    return env


class PelicanFailedError(Exception):
    """Pelican reported an error or raised one; the message says which, on one line."""


def run_pelican(settings: Mapping[str, object]) -> None:
    """Run Pelican once over ``settings``, quietly.

    Raises ``PelicanFailedError`` for anything that Pelican itself would log as an error: an
    unreadable page, a plugin that does not load or register, a broken template.
    """
    collector = _Collector()
    try:
        with _contained(collector):
            guest: Any = pelican.Pelican  # it has no types
            guest(read_settings(override=dict(settings))).run()
    except RuntimeError as error:
        if not collector.messages:
            raise
        raise PelicanFailedError(" ".join(collector.messages[0].split())) from error


@contextlib.contextmanager
def _contained(collector: logging.Handler) -> Iterator[None]:
    path, quiet, level = sys.path.copy(), console.quiet, FatalLogger.fatal_lvl
    propagate, place = _LOG.propagate, locale.setlocale(locale.LC_ALL)
    console.quiet = True
    FatalLogger.fatal_lvl = logging.ERROR
    _LOG.addHandler(collector)
    _LOG.propagate = False
    try:
        yield
    finally:
        _LOG.removeHandler(collector)
        _LOG.propagate = propagate
        console.quiet = quiet
        FatalLogger.fatal_lvl = level
        locale.setlocale(locale.LC_ALL, place)
        sys.path[:] = path
