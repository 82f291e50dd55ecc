"""What a check sees and what it says. Holds places, counts and times, never protected text."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from pipeline.settings import Settings


class Grade(StrEnum):
    """How much a finding matters. Only ``GRAVE`` ones make the command fail or send an alert."""

    GRAVE = "要紧"
    NOTE = "注意"
    FINE = "正常"


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnosis:
    """One finding of a check; ``remedy`` is empty only where all is well.

    >>> print(Diagnosis.note("磁盘剩余不多", "清理磁盘").of("磁盘"))
    注意 · 磁盘：磁盘剩余不多。清理磁盘
    """

    grade: Grade
    told: str
    remedy: str = ""
    check: str = ""

    @classmethod
    def grave(cls, told: str, remedy: str) -> "Diagnosis":
        """Return what endangers the site or a duty: somebody must act today."""
        return cls(grade=Grade.GRAVE, told=told, remedy=remedy)

    @classmethod
    def note(cls, told: str, remedy: str) -> "Diagnosis":
        """Return what should be put right in time."""
        return cls(grade=Grade.NOTE, told=told, remedy=remedy)

    @classmethod
    def fine(cls, told: str) -> "Diagnosis":
        """Return what is as it should be."""
        return cls(grade=Grade.FINE, told=told)

    def of(self, check: str) -> "Diagnosis":
        """Return the finding with the name of its check."""
        return replace(self, check=check)

    def __str__(self) -> str:
        """Return grade, check, finding and remedy on one line."""
        rest = f"。{self.remedy}" if self.remedy else ""
        return f"{self.grade} · {self.check}：{self.told}{rest}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Patient:
    """What is examined, and when: ``now`` has a time zone, ``today`` is the day of the clocks."""

    settings: Settings
    now: datetime
    today: date
