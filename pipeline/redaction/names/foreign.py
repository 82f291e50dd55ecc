"""Names that are not Chinese: with a dot, transliterated, in the dictionary, in Latin letters."""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from pipeline.redaction.names.lexicon import (
    FOREIGN,
    NAME_TAGS,
    NOT_NAMES,
    RUNNING,
    SPELLING,
    TRANSLIT,
    tag,
)
from pipeline.redaction.names.score import left_of, right_of
from pipeline.redaction.names.segments import Interest, Segments

_NAME: Final = int(Interest.NAME)
_SOUNDS: Final = int(Interest.SOUNDS)
_SPELT: Final = "".join(sorted({*TRANSLIT, *SPELLING}))
_DOTTED: Final = re.compile(f"[{_SPELT}]{{1,8}}(?:·[{_SPELT}]{{1,10}}){{1,3}}")
_LATIN: Final = re.compile(
    r"[A-Z](?:[a-z]{1,14}|[A-Z]{1,13})"
    r"(?:[ ·](?:[A-Z]\.|[A-Z][a-z]{0,14}|[A-Z]{1,14})){1,3}(?![A-Za-z])"
)
_JOINS: Final = frozenset("、，和与及")
_ROADS: Final = frozenset("镇乡村县路街")
_PLACE: Final = frozenset("国州省市县镇乡村山河湖海岛洲城街路队杯港湾")


class Sound(NamedTuple):
    """A stretch that may transliterate a name, with what speaks for and against it."""

    start: int
    end: int
    sound: float
    signs: tuple[str, ...]


def dotted(words: Segments) -> Iterator[tuple[int, int]]:
    """Yield the names written with a dot, such as 买买提·吐尔逊.

    >>> list(dotted(Segments("其丈夫买买提·吐尔逊称")))
    [(3, 10)]
    """
    if "·" in words.text:
        for match in _DOTTED.finditer(words.text):
            start, end = match.span()
            dot = words.text.index("·", start)
            while start < dot - 1 and start not in words.begin:
                start += 1
            yield start, end


def sounds(words: Segments) -> Iterator[Sound]:
    """Yield runs that transliterate a name and dictionary words that are one."""
    text = words.text
    done = 0
    for first, word, kind in words.marked:
        if kind & _SOUNDS and first >= done:
            start = first
            while start > done and text[start - 1] in RUNNING:
                start -= 1
            done = first + len(word)
            while done < words.size and text[done] in RUNNING:
                done += 1
            if done - start > 2 or (done - start == 2 and _in_list(text, start, done)):
                start, end = _trim(words, start, done)
                place = text[end - 1] in _ROADS
                if 2 <= end - start <= 10 and not place and text[start:end] not in NOT_NAMES:
                    yield _signs(words, start, end)
        elif kind & _NAME and first >= done and word not in NOT_NAMES:
            yield _signs(words, first, first + len(word))


def _in_list(text: str, start: int, end: int) -> bool:
    return text[start - 1 : start] in _JOINS and text[end : end + 1] in _JOINS


def _signs(words: Segments, start: int, end: int) -> Sound:
    text = words.text
    size = end - start
    sound = sum(max(TRANSLIT.get(char, -2.0), -2.0) for char in text[start:end]) / size
    word = words.begin.get(start, "")
    if len(word) == size:
        kind = "w:" + (tag(word) or "none")[:3]
        kind = kind if kind in {"w:nr", "w:nrt", "w:nrf", "w:ns", "w:nz"} else "w:other"
        if kind in {"w:nrt", "w:nr"} and size > 2 and sound > 0.5:
            kind = "w:spelt"
    elif len(word) > 1 and len(word) < size and tag(word) == "ns":
        kind = "w:nspart"
    else:
        kind = (
            "w:pieces"
            if all(len(words.begin.get(i, "x")) == 1 for i in range(start, end))
            else "w:mixed"
        )
    left, _ = left_of(words, start)
    right = right_of(words, end)
    place = "p:yes" if text[end : end + 1] in _PLACE else "p:no"
    return Sound(start, end, sound, (f"{min(size, 6)}:size", kind, left, right, place))


def sound_odds(found: Sound) -> float:
    """Return the log odds that a run is a name."""
    return (
        FOREIGN["bias"]
        + FOREIGN["sound"] * found.sound
        + sum(FOREIGN.get(sign, -1.0) for sign in found.signs)
    )


def _trim(words: Segments, start: int, end: int) -> tuple[int, int]:
    """Give back the words at either border that only happen to be written with such characters."""
    while start < end and start not in words.begin:
        start += 1
    while start < end and not words.is_border(end):
        end -= 1
    while end - start > 2 and _plain(words.begin.get(start, "")):
        start += len(words.begin[start])
    while end - start > 2 and _plain(words.before(end)):
        end -= len(words.before(end))
    return start, end


def _plain(word: str) -> bool:
    if len(word) == 1:
        return word in _EDGE
    return len(word) > 1 and tag(word) not in NAME_TAGS and tag(word) not in _KEEP


_EDGE: Final = frozenset("其让加列日因周法成修连内都自约以次")
_KEEP: Final = frozenset({"ns", "nz", "nt", ""})


def latin(words: Segments) -> Iterator[tuple[int, int]]:
    """Yield names in Latin letters that stand after a role or before a person's particulars."""
    for match in _LATIN.finditer(words.text):
        start, end = match.span()
        if start and words.text[start - 1].isascii() and words.text[start - 1].isalpha():
            continue
        if left_of(words, start)[0] == "l:role" or right_of(words, end) == "r:role":
            yield start, end
