"""What can be wrong with input, and the two families of errors.

No message in here may hold protected text: a fault names the file, the record and the field,
says what is wrong with it in general words, and what to do.
"""

import traceback
from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path
from typing import Self


class ExitCode(IntEnum):
    """Exit codes of the command line; a script can tell failures apart."""

    DONE = 0
    INTERNAL = 1
    USAGE = 2
    BAD_EXPORT = 3
    BAD_SETTINGS = 4
    LEAK_FOUND = 10
    NOTHING_PUBLISHED = 11
    LOCKED = 12
    BRAKE = 13
    BAD_REGISTER = 14
    BAD_SITE = 15
    INCOMPLETE = 16
    UNHEALTHY = 17
    NOT_DEPLOYED = 18
    NOT_TOLD = 19
    INTERRUPTED = 130


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where in an export something stands.

    ``file`` is relative to the export folder; ``record`` counts from 1 (a row, a line, an array
    item) or names a 文号; ``field`` is a column heading, a JSON pointer or a block.

    >>> str(Place("处罚.xlsx", "第3行", "罚款金额（万元）"))
    '处罚.xlsx · 第3行 · 罚款金额（万元）'
    """

    file: str
    record: str = ""
    field: str = ""

    def __str__(self) -> str:
        """Return the place on one line."""
        return " · ".join(part for part in (self.file, self.record, self.field) if part)


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One thing that is wrong with an export, with its remedy. Never holds the value itself."""

    place: Place
    problem: str
    remedy: str

    def __str__(self) -> str:
        """Return place, problem and remedy on one line."""
        return f"{self.place}：{self.problem}。{self.remedy}"


class GongshiError(Exception):
    """A stopped run. Subclasses say who is at fault and give the exit code."""

    exit_code: ExitCode = ExitCode.INTERNAL


class _ManyFaultsError(GongshiError):
    """Tells every fault that was found at once, in order."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(sorted(faults))
        super().__init__("\n".join(map(str, self.faults)))

    def __reduce__(self) -> tuple[type[Self], tuple[tuple[Fault, ...]]]:
        """Let an error of another process arrive as what it was."""
        return type(self), (self.faults,)


class BadExportError(_ManyFaultsError):
    """The export as a whole cannot be trusted: nothing of it is used."""

    exit_code = ExitCode.BAD_EXPORT


class BadSettingsError(_ManyFaultsError):
    """``gongshi.yaml`` or a policy pack is misconfigured; every fault at once."""

    exit_code = ExitCode.BAD_SETTINGS


class LeakFoundError(GongshiError):
    """The built site still holds something that must not be public.

    ``paths`` are the files of the site in which it was found, with ``/``. ``slugs`` are the
    addresses of the decisions that it was found with: on their own pages, or in their entries on
    others. What stands nowhere near a decision has none.
    """

    exit_code = ExitCode.LEAK_FOUND

    def __init__(self, message: str, paths: Iterable[str] = (), slugs: Iterable[str] = ()) -> None:
        self.paths = frozenset(paths)
        self.slugs = frozenset(slugs)
        super().__init__(message)


class LockedError(GongshiError):
    """Another run holds the lock."""

    exit_code = ExitCode.LOCKED


class BrakeError(GongshiError):
    """The run would remove more than the set share of what is public (promise 7)."""

    exit_code = ExitCode.BRAKE


class BadRegisterError(GongshiError):
    """The register is damaged, from a newer version, or contradicts itself."""

    exit_code = ExitCode.BAD_REGISTER


class NotDeployedError(GongshiError):
    """A mirror was not brought up to date; the others were."""

    exit_code = ExitCode.NOT_DEPLOYED


class NotToldError(GongshiError):
    """An alert could not be sent."""

    exit_code = ExitCode.NOT_TOLD


class BadSiteError(GongshiError):
    """The site could not be built or is not whole: counts, links or a page are missing."""

    exit_code = ExitCode.BAD_SITE


class LostWorkersError(GongshiError):
    """Processes or machines that did part of the work are gone, and so are those after them."""

    exit_code = ExitCode.BAD_SITE


def where(error: Exception) -> str:
    """Return the kind and the place of an error; its message may hold protected text."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if "pipeline" in frame.filename] or frames
    place = f"{Path(ours[-1].filename).name}:{ours[-1].lineno}" if ours else ""
    return f"{type(error).__name__} {place}".strip()
