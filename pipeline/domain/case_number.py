"""决定书文号: the number of a decision, its identity everywhere in the program."""

import hashlib
import re
import unicodedata
from dataclasses import dataclass

_FORM = re.compile(
    r"(?P<code>[^\s〔〕\[\]【】]{1,40}?)\s*[〔\[【(](?P<year>(?:19|20)\d\d)[〕\]】)]\s*(?:年)?\s*(?:第)?\s*"
    r"(?P<number>\d{1,8})(?P<branch>(?:[-—之]\d{1,4})?)\s*号?"
)


@dataclass(frozen=True, slots=True)
class CaseNumber:
    """A 文号 in canonical form; ``raw`` keeps how the bureau wrote it.

    Two numbers are the same decision when ``key`` is equal: kind of bracket, width, 第 and
    leading zeros do not matter (LAW.md §3, 文号).

    >>> CaseNumber.parse("常综执罚决字﹝2021﹞第0012号").key
    '常综执罚决字〔2021〕12'
    >>> CaseNumber.parse("（昆山）安监罚〔2023〕149号").slug[:9]
    '2023/149-'
    """

    raw: str
    code: str
    year: int
    number: int
    branch: str = ""

    @classmethod
    def parse(cls, text: str) -> "CaseNumber":
        """Return the number written in ``text``, which holds nothing else.

        Raises ``ValueError`` (without the text) when it is not a 文号.
        """
        raw = " ".join(text.split())
        plain = unicodedata.normalize("NFKC", raw).replace(" ", "")
        match = _FORM.fullmatch(plain)
        if match is None:
            raise ValueError("不是文号")
        branch = match["branch"].lstrip("-—之")
        return cls(raw, match["code"], int(match["year"]), int(match["number"]), branch)

    @property
    def key(self) -> str:
        """The identity: 代字〔year〕number."""
        tail = f"-{self.branch}" if self.branch else ""
        return f"{self.code}〔{self.year}〕{self.number}{tail}"

    @property
    def display(self) -> str:
        """The number as written, with the brackets that GB/T 9704 asks for: 〔〕."""
        canonical = re.sub(r"[﹝\[【(（［](?=(?:19|20)\d\d)", "〔", self.raw)
        return re.sub(r"(?<=〔\d{4})[﹞\]】)）］]", "〕", canonical)

    @property
    def slug(self) -> str:
        """The permanent address below ``decisions/``: year, number and a digest of the key.

        ASCII only and without personal data; equal keys give equal slugs.
        """
        digest = hashlib.sha256(self.key.encode()).hexdigest()[:10]
        return f"{self.year}/{self.number}-{digest}"
