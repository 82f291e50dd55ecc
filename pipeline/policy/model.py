"""What a loaded policy is. Other stages read these values and never a YAML file."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from pipeline.domain.basis import Basis
from pipeline.domain.process_record import Act
from pipeline.domain.protected import Category
from pipeline.domain.verdict import Effect
from pipeline.policy.duty import Duty


@dataclass(frozen=True, slots=True, kw_only=True)
class ScreeningRule:
    """One exclusion rule in force: a named predicate of ``pipeline.screening`` with parameters.

    ``key`` is stable and never reused; ``remedy`` says what releases a decision it holds.
    """

    key: str
    title: str
    predicate: str
    effect: Effect
    basis: Basis
    pack: str
    remedy: str = ""
    params: tuple[tuple[str, tuple[str, ...]], ...] = ()


class Whose(StrEnum):
    """Whose names a pack may show or hide (LAW.md C17)."""

    PARTY = "被处罚自然人"
    OPERATOR = "个体工商户经营者"
    LEGAL_REPRESENTATIVE = "法定代表人"
    OFFICER = "执法人员"
    OTHER = "其他自然人"


@dataclass(frozen=True, slots=True, kw_only=True)
class MaskRule:
    """Whether one kind of information is hidden (``hide``) and under which article."""

    category: Category
    hide: bool
    basis: Basis
    pack: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NameRule:
    """Whether the names of one group of people are hidden and under which article."""

    whose: Whose
    hide: bool
    basis: Basis
    pack: str


class Unit(StrEnum):
    """How a period is counted."""

    WORKING_DAY = "工作日"
    DAY = "日"
    HOUR = "小时"
    MONTH = "个月"
    YEAR = "年"


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """A period of a policy, e.g. ``withdraw`` 3个工作日; ``title`` is what it times."""

    key: str
    title: str
    length: int
    unit: Unit
    basis: Basis
    pack: str

    @property
    def period(self) -> str:
        """The period in words; no day at all is the same day.

        >>> Clock(key="a", title="", length=0, unit=Unit.DAY, basis=Basis("", ""), pack="").period
        '当日'
        """
        counted = "个" if self.unit is Unit.WORKING_DAY else ""
        return f"{self.length}{counted}{self.unit.value}" if self.length else "当日"


@dataclass(frozen=True, slots=True, kw_only=True)
class Overruled:
    """A rule of a pack that lost against a stricter one, kept so that it can be shown."""

    key: str
    pack: str
    said: str
    by: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """A number at which the program stops and asks, with the reason for its size."""

    key: str
    value: float
    reason: str
    pack: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RequiredPage:
    """A page that the site must have, not empty, and the article that asks for it."""

    key: str
    basis: Basis
    pack: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """Everything in force for one site. ``digest`` changes when any rule does.

    ``doubt_limit`` is the number of doubtful findings in one decision above which it is held;
    ``removal_limit`` the share (0–1) of public pages above which a rebuild stops and asks;
    ``review_months`` the months after which a page of lists must have been looked at again;
    ``limits`` says where they come from. ``pages`` are those the site must have, by key.
    ``records`` and ``review`` are the duties of the process record and of the legal review;
    ``acts`` gives the act that a word of an export means. ``packs`` are the key and title of every
    pack in it, the most general first.
    """

    key: str
    title: str
    screening: tuple[ScreeningRule, ...]
    masks: Mapping[Category, MaskRule]
    names: Mapping[Whose, NameRule]
    clocks: Mapping[str, Clock]
    overruled: tuple[Overruled, ...]
    doubt_limit: int
    removal_limit: float
    digest: str
    limits: tuple[Limit, ...] = ()
    packs: tuple[tuple[str, str], ...] = ()
    review_months: int = 12
    records: tuple[Duty, ...] = ()
    review: tuple[Duty, ...] = ()
    acts: Mapping[str, Act] = field(default_factory=dict)
    pages: Mapping[str, RequiredPage] = field(default_factory=dict)
