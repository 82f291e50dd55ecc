"""Where a rule comes from. Every act of the program names one of these."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Basis:
    """An article of a document (依据).

    >>> str(Basis("中华人民共和国行政处罚法", "第四十八条"))
    '《中华人民共和国行政处罚法》第四十八条'
    """

    document: str
    article: str

    def __str__(self) -> str:
        """Return the citation as it is printed on a page."""
        return f"《{self.document}》{self.article}"
