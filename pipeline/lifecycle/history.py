"""What was done in a period, when, by whom and under which article; what an inspector asks for."""

from dataclasses import dataclass
from datetime import date

from pipeline.lifecycle.attention import Act


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """A duty with a period that was done: what it is, for which decision, and when it was due."""

    clock: str
    title: str
    basis: str
    case_number: str
    since: date
    due: date
    done_on: date

    @property
    def is_late(self) -> bool:
        """Whether it was done after its day."""
        return self.done_on > self.due


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """The register from ``since`` to ``until``, both included.

    ``runs`` is the number of runs that reached their end, ``run_days`` that of days with one;
    ``head`` is the hash of the newest event of the whole chain.
    """

    since: date
    until: date
    acts: tuple[Act, ...]
    deeds: tuple[Deed, ...]
    runs: int
    run_days: int
    head: str
