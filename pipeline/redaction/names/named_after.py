"""Whether an organisation is named after somebody of the text: 郑德明食品厂, not 郑德明银行账户."""

from typing import Final

_BEFORE: Final = frozenset("省市州盟县区旗镇乡村街道路弄巷（(")
"""What stands before the name in the full name of an organisation: where it is."""
_QUOTES: Final = frozenset('“"「『《')
_BUSINESS: Final = (
    *("公司", "集团", "合作社", "店", "厂", "铺", "馆", "坊", "商行", "事务所"),
    *("经营部", "养殖场", "诊所", "工作室", "超市", "药房", "医院", "农场", "网吧"),
)
_GENERAL: Final = 3


def is_named_after(text: str, start: int, end: int, stop: int) -> bool:
    """Say whether the organisation ``text[start:stop]`` bears the name ``text[start:end]``.

    A short word behind it tells nothing by itself: what is his may as well follow, his shop.

    >>> is_named_after("郑德明食品厂", 0, 3, 6), is_named_after("郑德明银行账户", 0, 3, 5)
    (True, False)
    """
    if text[start - 1 : start] in _QUOTES:
        return True
    whole = stop - end >= _GENERAL or text[start - 1 : start] in _BEFORE
    return whole and text.endswith(_BUSINESS, end, stop)
