"""Kinds of protected information and what redaction finds of them."""

from dataclasses import dataclass
from enum import IntEnum, StrEnum

from pipeline.domain.text import Span


class Category(StrEnum):
    """Kind of protected information. The value is the type name of predictions and traces."""

    PERSON = "PERSON"
    ID_CARD = "ID_CARD"
    CERTIFICATE = "CERTIFICATE"
    PHONE = "PHONE"
    EMAIL = "EMAIL"
    SOCIAL_ACCOUNT = "SOCIAL_ACCOUNT"
    ADDRESS_HOME = "ADDRESS_HOME"
    BANK_ACCOUNT = "BANK_ACCOUNT"
    PLATE = "PLATE"
    PROPERTY = "PROPERTY"
    HEALTH = "HEALTH"
    BIRTH_DATE = "BIRTH_DATE"
    MINOR = "MINOR"
    MARKED = "MARKED"

    @property
    def chinese(self) -> str:
        """The Chinese name, as readers see it."""
        return _TITLES[self]


_TITLES = {
    Category.PERSON: "自然人姓名",
    Category.ID_CARD: "身份证件号码",
    Category.CERTIFICATE: "证件号码",
    Category.PHONE: "电话号码",
    Category.EMAIL: "电子邮箱",
    Category.SOCIAL_ACCOUNT: "网络账号",
    Category.ADDRESS_HOME: "家庭住址",
    Category.BANK_ACCOUNT: "银行账号",
    Category.PLATE: "车牌号码",
    Category.PROPERTY: "权属证书编号",
    Category.HEALTH: "健康状况",
    Category.BIRTH_DATE: "出生日期",
    Category.MINOR: "未成年人信息",
    Category.MARKED: "其他不宜公开的内容",
}


class Confidence(IntEnum):
    """How sure a finding is. Doubt is masked all the same; too much of it holds the decision."""

    DOUBTFUL = 1
    PROBABLE = 2
    CERTAIN = 3


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """Something to hide: where, what and why; never the text itself.

    ``span`` counts characters of the original text. ``evidence`` is a short reason in Chinese.
    ``label`` is the public placeholder of a name (张某1); empty for all other kinds, which have a
    fixed-width mask. It shows at most the surname, or the first character. ``whose`` says whose
    name it is, as the name of a member of ``pipeline.policy.model.Whose`` (``"OFFICER"``), so that
    a policy can decide; empty for all other kinds.
    """

    span: Span
    category: Category
    detector: str
    evidence: str
    confidence: Confidence = Confidence.CERTAIN
    label: str = ""
    whose: str = ""
