"""Figures on disk: one JSON file for each number of decisions, written as each is measured.

Machines are told by their kind; names of hosts and paths of files are no figures.
"""

import os
import platform
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from pipeline.program import program_digest

FOLDER = Path(__file__).with_name("results")

Values = Mapping[str, float]
"""Figures by name; the name says the unit where it is not seconds or a count."""


@dataclass(frozen=True, slots=True)
class Machine:
    """The kind of machine: cores, memory in GB, version of Python."""

    cores: int
    memory: int
    python: str


@dataclass(frozen=True, slots=True)
class Row:
    """What was measured at one time: the figures, the day, and the load before and after.

    ``tool`` is the other program that was measured, with its version.
    """

    values: Values
    day: str
    load: tuple[float, float]
    tool: str = ""


@dataclass(frozen=True, slots=True)
class Results:
    """All that was measured with so many decisions, by task, on one machine, with one program."""

    decisions: int
    machine: Machine
    program: str
    rows: Mapping[str, Row] = field(default_factory=dict)

    def value(self, task: str, name: str) -> float | None:
        """Return one figure, or ``None`` where it was not measured."""
        row = self.rows.get(task)
        return row.values.get(name) if row else None

    def ratio(self, task: str, other: str, name: str) -> float | None:
        """Return one figure as so many times that of another task."""
        ours, theirs = self.value(task, name), self.value(other, name)
        return ours / theirs if ours is not None and theirs else None


def load_results(folder: Path = FOLDER) -> tuple[Results, ...]:
    """Return what was measured, the fewest decisions first."""
    found = (msgspec.json.decode(file.read_bytes(), type=Results) for file in folder.glob("*.json"))
    return tuple(sorted(found, key=lambda each: each.decisions))


class Notebook:
    """Where the figures of one number of decisions are written down, each as soon as it is there.

    What the same program measured on the same kind of machine is kept and not measured again,
    so that an interrupted run goes on where it was; ``anew`` measures everything again.
    """

    def __init__(self, decisions: int, *, anew: bool, folder: Path = FOLDER) -> None:
        self._file = folder / f"{decisions}.json"
        self._results = Results(decisions, _this_machine(), program_digest()[:12])
        if self._file.exists() and not anew:
            earlier = msgspec.json.decode(self._file.read_bytes(), type=Results)
            if replace(earlier, rows={}) == self._results:
                self._results = earlier

    def __contains__(self, task: str) -> bool:
        """Return whether the task has been measured."""
        return task in self._results.rows

    def measure(self, task: str, measuring: Callable[[], Values], tool: str = "") -> None:
        """Measure a task and write its figures down, unless they are there."""
        if task in self:
            return
        before = os.getloadavg()[0]
        values = {name: _rounded(value) for name, value in measuring().items()}
        load = (_rounded(before), _rounded(os.getloadavg()[0]))
        row = Row(values, datetime.now(UTC).date().isoformat(), load, tool)
        self._results = replace(self._results, rows={**self._results.rows, task: row})
        self._file.parent.mkdir(exist_ok=True)
        unfinished = self._file.with_suffix(".part")
        unfinished.write_bytes(msgspec.json.format(msgspec.json.encode(self._results)) + b"\n")
        unfinished.replace(self._file)


def _rounded(value: float) -> float:
    """Return a measure with four digits, a count as it is.

    >>> _rounded(0.0123456), _rounded(1234567)
    (0.01235, 1234567)
    """
    return value if isinstance(value, int) else float(f"{value:.4g}")


def _this_machine() -> Machine:
    memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    return Machine(os.cpu_count() or 1, round(memory / 2**30), platform.python_version())
