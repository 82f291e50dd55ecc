"""Where a rule comes from. Every act of the program names one of these."""

import re
from dataclasses import dataclass

_FORM = re.compile(r"《(?P<document>[^《》]{2,100})》(?P<article>[^《》；\s]{2,40})")


@dataclass(frozen=True, slots=True, order=True)
class Basis:
    """An article of a document (依据).

    >>> str(Basis("中华人民共和国行政处罚法", "第四十八条"))
    '《中华人民共和国行政处罚法》第四十八条'
    """

    document: str
    article: str

    @classmethod
    def parse(cls, text: str) -> "Basis":
        """Return the citation in ``text``: ``《document》article``.

        Raises ``ValueError`` (without the text) when it is not one.
        """
        match = _FORM.fullmatch("".join(text.split()))
        if match is None:
            raise ValueError("不是依据")
        return cls(match["document"], match["article"])

    def __str__(self) -> str:
        """Return the citation as it is printed on a page."""
        return f"《{self.document}》{self.article}"
