"""The people and organisations of a decision."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from pipeline.domain.text import RawText


class PartyKind(StrEnum):
    """行政相对人类别: the four kinds of punished party (LAW.md 2.9, field 2)."""

    NATURAL_PERSON = "自然人"
    LEGAL_PERSON = "法人"
    UNINCORPORATED = "非法人组织"
    INDIVIDUAL_BUSINESS = "个体工商户"


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """当事人: one punished party.

    ``representative`` is the 法定代表人 or 负责人 of an organisation and the 经营者 of a
    个体工商户, who is the punished person (LAW.md C17). ``address`` is the 住址 of a natural
    person or the 住所 of an organisation. ``identifiers`` are numbers of certificates (身份证,
    护照…) of the party or its representative, seeds for redaction, never published.
    """

    kind: PartyKind
    name: RawText = field(repr=False)
    code: str = ""
    representative: RawText = field(default=RawText(""), repr=False)
    identifiers: tuple[RawText, ...] = field(default=(), repr=False)
    contacts: tuple[RawText, ...] = field(default=(), repr=False)
    address: RawText = field(default=RawText(""), repr=False)
    birth_date: date | None = field(default=None, repr=False)

    @property
    def is_natural(self) -> bool:
        """Whether the party is a human being."""
        return self.kind is PartyKind.NATURAL_PERSON


class Role(StrEnum):
    """What another person has to do with the case."""

    WITNESS = "证人"
    COMPLAINANT = "投诉举报人"
    VICTIM = "受害人"
    OFFICER = "执法人员"
    REVIEWER = "审核人"
    LEGAL_REPRESENTATIVE = "法定代表人"
    OPERATOR = "经营者"
    AGENT = "委托代理人"
    GUARDIAN = "监护人"
    MINOR = "未成年人"
    FAMILY = "亲属"
    EMPLOYEE = "员工"
    OTHER = "其他"


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherPerson:
    """A natural person of the case other than the punished; a seed for redaction."""

    name: RawText = field(repr=False)
    role: Role = Role.OTHER
    birth_date: date | None = field(default=None, repr=False)
