"""Who signed a form, whose names may be words: 检验员：方圆，批准：高峰."""

import re
from collections.abc import Iterator
from itertools import chain
from typing import Final

from pipeline.redaction.names.candidates import Candidate
from pipeline.redaction.names.lexicon import BEFORE, NOT_NAMES, SURNAME, UNLISTED, tag
from pipeline.redaction.names.segments import Segments
from pipeline.redaction.names.veto import PLACE_ENDS

_FIELD: Final = re.compile(
    r"(?:检验|检测|检定|采样|抽样|审核|复核|校核|校对|审批|批准|签发|核准|编制|编写|拟稿|主检|制表|制单|"
    r"填表|记录|审方|调配|配药|发药|核对|分析|勘验|勘查|绘图|摄影|拍摄|承办|经办|验收|监督)(?:人员?|员|者)?(?:签名|签字)?\Z"
)
_LONGEST: Final = 7
_VALUES: Final = tuple(
    re.compile(f"{colon} {{0,4}}([\u4e00-\u9fff]{{2,3}})(?=[\\s，,、；;。）)/]|$)")
    for colon in "：:"
)
_ODDS: Final = 2.5
_LEAST: Final = -0.5
_SAYS: Final = frozenset({"v", "vn", "d", "p", "c", "r", "u", "m", "q", "f", "nt", "t"})


def signed(words: Segments) -> Iterator[Candidate]:
    """Yield what fills such a field alone and begins with a clear surname, though it be a word.

    >>> [use.name for use in signed(Segments("检验员：方圆，批准：同意。批准：高峰"))]
    ['方圆', '高峰']
    """
    text = words.text
    for match in chain.from_iterable(value.finditer(text) for value in _VALUES):
        colon = match.start()
        if _FIELD.search(text, max(0, colon - _LONGEST), colon) is None:
            continue
        name = match.group(1)
        if SURNAME.get(name[0], UNLISTED) <= _LEAST or name in NOT_NAMES or name in BEFORE:
            continue
        word = words.begin.get(match.start(1))
        if (word == name and tag(name) in _SAYS) or name[-1] in PLACE_ENDS:
            continue
        yield Candidate(*match.span(1), name, _ODDS, "l:role", "r:mark", "OFFICER")
