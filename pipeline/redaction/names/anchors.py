"""Names that only the words before them give away: rare surnames, names that are words."""

import re
from collections.abc import Iterator, Sequence
from itertools import chain, pairwise
from typing import Final

from pipeline.redaction.keywords import Keywords
from pipeline.redaction.names.candidates import Candidate
from pipeline.redaction.names.described import described
from pipeline.redaction.names.foreign import HEARD, called
from pipeline.redaction.names.lexicon import (
    AFTER,
    BEFORE,
    FIRST,
    NAME_TAGS,
    NOT_NAMES,
    ONLY,
    RUNNING,
    SECOND,
    SURNAME,
    UNLISTED,
    likeness,
    tag,
)
from pipeline.redaction.names.role_lists import role_lists
from pipeline.redaction.names.score import right_of
from pipeline.redaction.names.segments import Segments
from pipeline.redaction.names.tables import in_columns
from pipeline.redaction.names.veto import PLACE_ENDS
from pipeline.redaction.names.word_names import word_names

_ROLES: Final = Keywords(word for word, cue in BEFORE.items() if cue.weight > 5 and len(word) > 1)
_GAP: Final = re.compile(r"(?:[（(][^（()）\n]{1,12}[）)])? ?(?:(?:姓名)?[：:] {0,4}|“|\"|)")
_GAP_SIGNS: Final = frozenset('（( 姓：:“"')
_VALUE: Final = re.compile(r"([\u3400-\u9fff]{2,4})(?=[\s，。；、（(）),;”\"/]|$)")
_MINUTES: Final = re.compile(
    r"对((?:[\u4e00-\u9fff]{2,4}、){0,9}[\u4e00-\u9fff]{2,3})"
    r"(?:等.人)?(?:的|制作)(?:调查)?(?:询问|讯问|谈话)笔录"
)
_SEXES: Final = tuple(re.compile(f"{sex}(?<=[，,（(].)性?[，,。；）)]") for sex in "男女")
"""One pattern for each, because what begins with a class is looked for five times as slowly."""
_BEFORE_SEX: Final = re.compile("(?:^|(?<=[\n：:；;。、 ]))[\u3400-\u9fff]{2,4}\\Z")
_RUN: Final = re.compile(r"[\u4e00-\u9fff]+")
_LISTED: Final = re.compile(r"[、，,]([\u4e00-\u9fff]{2,3})[、，,]")
_LISTED_LIKE: Final = 0.5
_LAST_LISTED: Final = re.compile(r"、([\u4e00-\u9fff]{3})")
_LAST_LIKE: Final = 3.0
_RARE_LIKE: Final = -4.0
_FIRST_LISTED: Final = re.compile(r"(?<![\u4e00-\u9fff、])([\u4e00-\u9fff]{3})、$")
_FIRST_LIKE: Final = 1.5
_CLOSES: Final = frozenset({"r:role", "r:mark", "r:end", "r:weak"})
_CELL: Final = r"[ ]{0,4}([\u3400-\u9fff]{2,3})(?=[ ]{0,4}(?:[\n\t|]|$))"
_FIRST_CELL: Final = re.compile(_CELL)
_CELLS: Final = tuple(re.compile(re.escape(sign) + _CELL) for sign in "\n\t|")
_CLOSED: Final = frozenset({"r:mark", "r:role", "r:end"})
_FREE: Final = frozenset(
    word for word in (*BEFORE, *AFTER) if len(word) == 1 and word not in SURNAME
)
_NATIVE: Final = re.compile("人(?<=[省市县区镇乡村]人)([\u4e00-\u9fff]{2,3})(?=[（(，,])")
"""临泉县人时光辉，公民身份号码."""
_ONLY_LIKE: Final = 0.3
_CLEAR: Final = -0.5
_ANDS: Final = frozenset("、和与及")
_ACTS: Final = frozenset({"r:role", "r:verb", "r:word", "r:weak"})
_UNLIKE: Final = -1.0
_ROLE_ODDS: Final = 1.0
_VALUE_ODDS: Final = 2.5


def anchored(words: Segments) -> Iterator[Candidate]:
    """Yield what stands in the place of a name after a role, whatever its characters.

    What several signs speak for comes several times.

    >>> sorted({use.name for use in anchored(Segments("证人：兀良，执法人员资雯（证号12）。"))})
    ['兀良', '资雯']
    """
    text = words.text
    roles = [*_roles(text)]
    announced = [(at, whose) for _, stop, whose in roles if (at := _after(text, stop))]
    yield from described(words, roles)
    yield from word_names(words, announced)
    yield from role_lists(words, announced)
    for start, whose in announced:
        heard = text[start] in HEARD and (end := called(words, start))
        if heard and text[start:end] not in BEFORE:
            yield Candidate(start, end, text[start:end], _ROLE_ODDS, "l:role", "r:mark", whose)
        value = _VALUE.match(text, start)
        if value is None:
            if text[start] in SURNAME:
                yield from _before_sign(words, start, whose)
            continue
        name = value.group(1)
        if name in NOT_NAMES or name in BEFORE:
            continue
        labelled = text[start - 1 : start] in {":", "：", " "}
        if not labelled:
            right = right_of(words, value.end())
            if right not in _CLOSED:
                continue
            labelled = right == "r:role"
        if not _could_be(words, start, name, labelled):
            continue
        odds = _VALUE_ODDS if labelled else _ROLE_ODDS
        yield Candidate(start, start + len(name), name, odds, "l:role", "r:mark", whose)


def _roles(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield where the longest roles begin and end, and whose name each announces."""
    longest: dict[int, tuple[int, int]] = {}
    for index, start, stop in _ROLES.everywhere(text):
        if stop not in longest or start < longest[stop][0]:
            longest[stop] = start, index
    for stop, (start, index) in longest.items():
        yield start, stop, BEFORE[_ROLES.words[index]].whose


def _after(text: str, stop: int) -> int:
    """Return where a Chinese character follows what ends at ``stop``; 0 where none does."""
    gap = _GAP.match(text, stop) if text[stop : stop + 1] in _GAP_SIGNS else None
    start = gap.end() if gap else stop
    return start if "\u3400" <= text[start : start + 1] <= "\u9fff" else 0


def in_minutes(words: Segments) -> Iterator[Candidate]:
    """Yield whom the minutes of an inquiry name, even where the name is a word.

    >>> [use.name for use in in_minutes(Segments("对时光、牛建国的调查询问笔录"))]
    ['时光', '牛建国']
    """
    if "笔录" not in words.text:
        return
    for match in _MINUTES.finditer(words.text):
        start = match.start(1)
        for name in match.group(1).split("、"):
            end = start + len(name)
            thing = name in NOT_NAMES or name in BEFORE or name[-1] in PLACE_ENDS
            if not thing and (likeness(name, 1) > 1.0 or _given_at_least(name)):
                yield Candidate(start, end, name, _ROLE_ODDS, "l:role", "r:role", "")
            start = end + 1


def before_particulars(words: Segments) -> Iterator[Candidate]:
    """Yield what stands alone before somebody's sex, or after where somebody is from.

    It is a name, whatever the dictionary makes of it.

    >>> [use.name for use in before_particulars(Segments("司增礼，男，汉族。同桌，女，12岁。"))]
    ['司增礼']
    """
    for sex in chain.from_iterable(sex.finditer(words.text) for sex in _SEXES):
        end = sex.start() - 1
        match = _BEFORE_SEX.search(words.text, max(0, end - 4), end)
        name = match.group() if match else ""
        if name and name[0] in SURNAME and name not in NOT_NAMES and name not in BEFORE:
            yield Candidate(end - len(name), end, name, _VALUE_ODDS, "l:role", "r:role", "")
    for native in _NATIVE.finditer(words.text):
        name = native.group(1)
        told = name[0] in SURNAME and right_of(words, native.end()) == "r:role"
        if told and name not in NOT_NAMES and name not in BEFORE:
            yield Candidate(*native.span(1), name, _VALUE_ODDS, "l:role", "r:role", "")


def _before_sign(words: Segments, start: int, whose: str) -> Iterator[Candidate]:
    """Yield a rare surname with a likely given name between a role and a strong sign."""
    for end in (start + 3, start + 2):
        name = words.text[start:end]
        if right_of(words, end) != "r:role":
            continue
        if not _RUN.fullmatch(name) or name in NOT_NAMES or name in BEFORE or name[-1] in AFTER:
            continue
        parts = [words.begin.get(place, "") for place in range(start, end)]
        if all(len(part) == 1 for part in parts) and _given_at_least(name):
            yield Candidate(start, end, name, _ROLE_ODDS, "l:role", "r:role", whose)
            return


def in_cells(words: Segments) -> Iterator[Candidate]:
    r"""Yield two or three characters that fill a line or cell alone and are no word.

    >>> [use.name for use in in_cells(Segments("姓名\n资雅筑\n103\n"))]
    ['资雅筑']
    """
    yield from in_columns(words)
    text = words.text
    first = _FIRST_CELL.match(text)
    rest = chain.from_iterable(cell.finditer(text) for cell in _CELLS)
    for match in (*([first] if first else ()), *rest):
        start, end = match.span(1)
        if all(len(words.begin.get(place, "词语")) == 1 for place in range(start, end)):
            name = match.group(1)
            like = likeness(name, 1) - SURNAME.get(name[0], UNLISTED)
            if like > 1.5 and name[-1] not in PLACE_ENDS:
                yield Candidate(start, end, name, like / 3, "cell", "r:mark", "")


def between(words: Segments, chosen: Sequence[Candidate]) -> Iterator[Candidate]:
    """Yield what stands between two names of a list, whatever its surname.

    >>> text = "王强、鲜志成、李明"
    >>> names = [Candidate(s, s + 2, "", 9.0, "", "", "") for s in (0, 7)]
    >>> [use.name for use in between(Segments(text), names)]
    ['鲜志成']
    """
    for one, other in pairwise(chosen):
        if 4 <= other.start - one.end <= 5:
            match = _LISTED.fullmatch(words.text, one.end, other.start)
            enumerated = match is not None and match.group()[0] == match.group()[-1] == "、"
            least = _RARE_LIKE if enumerated else _LISTED_LIKE
            if match and _listed(words, match.start(1), match.end(1), least):
                yield _in_list(words, *match.span(1))
    starts = {one.start for one in chosen}
    for one in chosen:
        match = _LAST_LISTED.match(words.text, one.end)
        if match is None or match.start(1) in starts or right_of(words, match.end()) not in _CLOSES:
            continue
        if _listed(words, *match.span(1), _LAST_LIKE):
            yield _in_list(words, *match.span(1))
    yield from _last_words(words, chosen)
    ends = {one.end for one in chosen}
    for one in chosen:
        match = _FIRST_LISTED.search(words.text, max(0, one.start - 5), one.start)
        if match and match.end(1) not in ends and _listed(words, *match.span(1), _FIRST_LIKE):
            yield _in_list(words, *match.span(1))


def _last_words(words: Segments, chosen: Sequence[Candidate]) -> Iterator[Candidate]:
    """Yield an ordinary word that ends a list of people by their role: 执法人员钱小荷、高兴到场."""
    for one in chosen:
        if one.left != "l:role" or words.text[one.end : one.end + 1] not in _ANDS:
            continue
        word = words.begin.get(start := one.end + 1, "")
        end = start + len(word)
        if len(word) == 2 and right_of(words, end) in _ACTS and _is_list_word(word):
            yield _in_list(words, start, end)


def _is_list_word(word: str) -> bool:
    """Say whether a word is a clear surname and a likely given name."""
    family = SURNAME.get(word[0], UNLISTED)
    likely = family > _CLEAR and ONLY.get(word[1], 0.0) > (_UNLIKE if family > 3.0 else _ONLY_LIKE)
    return likely and word not in NOT_NAMES and word not in BEFORE and word[-1] not in PLACE_ENDS


def _in_list(words: Segments, start: int, end: int) -> Candidate:
    return Candidate(start, end, words.text[start:end], _ROLE_ODDS, "list", "r:mark", "")


def _listed(words: Segments, start: int, end: int, least: float) -> bool:
    """Say whether the characters after the first make a given name, and no word is in the way."""
    name = words.text[start:end]
    parts = [words.begin.get(place, "") for place in range(start, end)]
    plain = all(len(part) < 2 or tag(part) in NAME_TAGS for part in parts)
    plain = plain or (parts[0] == name and tag(name) == "nw")
    if name[0] not in SURNAME:
        least = max(least, _LISTED_LIKE)
    like = likeness(name, 1) - SURNAME.get(name[0], UNLISTED)
    thing = name in NOT_NAMES or name in BEFORE or name[-1] in PLACE_ENDS
    return plain and like > least and not thing


def _could_be(words: Segments, start: int, name: str, labelled: bool) -> bool:
    """Say whether the dictionary and the characters leave room for a name."""
    word = words.begin.get(start)
    plain = len(name) < 4 or labelled or name[:2] in SURNAME or RUNNING.issuperset(name)
    if word is None:
        return _cut_through(name)
    if len(word) > len(name) or not plain:
        return False
    if word == name or len(word) > 1:
        place = name[-1] in PLACE_ENDS and tag(word) == "ns"
        filled = not place and (word == name or (len(name) == 3 and likeness(name, 1) > 0.0))
        listed = labelled and filled and SURNAME.get(name[0], -9.0) > -1.0
        return listed or tag(word) in NAME_TAGS
    if len(name) == 4:
        return name[:2] in SURNAME or (labelled and likeness(name[1:], 1) > 2.0)
    rest = words.begin.get(start + 1, "")
    running = len(rest) > 1 and not labelled and tag(rest) not in NAME_TAGS
    if running or name[0] in _FREE or (name[-1] in AFTER and not labelled):
        return False
    return likeness(name, 1) > (-4.0 if labelled else 1.0) or _given_at_least(name)


def _cut_through(name: str) -> bool:
    """Say whether a name is likely though the dictionary cuts into it: 店|长江|山."""
    return SURNAME.get(name[0], UNLISTED) > 0.0 and likeness(name, 1) > 1.0


def _given_at_least(name: str) -> bool:
    """Say whether the given character is a likely one, however rare the surname."""
    if name[0] not in SURNAME:
        return False
    if len(name) == 3:
        return FIRST.get(name[1], 0.0) + SECOND.get(name[2], 0.0) > 1.0
    return len(name) == 2 and ONLY.get(name[1], 0.0) > 2 * _ONLY_LIKE
