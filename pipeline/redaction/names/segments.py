"""Where the words of a text are, by jieba's dictionary, and what kind of word stands somewhere."""

from bisect import bisect_right

import rjieba

from pipeline.redaction.names.lexicon import NAME_TAGS, tag

_FUNCTION = frozenset("vdpcury")
_PERSONISH = frozenset("人员者长师工商手家夫妻子女兄弟姐妹友父母爷奶叔姨婶嫂侄甥婿媳孙徒犯")


def word_class(word: str) -> str:
    """Return the class of a word that stands beside a possible name.

    >>> word_class("，"), word_class("工程师"), word_class("2020")
    ('mark', 'person', 'digit')
    """
    if len(word) == 1:
        if word.isdigit():
            return "digit"
        if not word.isalnum():
            return "mark"
        if word.isascii():
            return "latin"
        if word in _PERSONISH:
            return "person"
        return "func" if tag(word)[:1] in _FUNCTION else "char"
    if word.isascii():
        return "digit" if word.isdigit() else "latin"
    kind = tag(word)
    if kind in NAME_TAGS:
        return "name"
    if kind == "ns":
        return "place"
    if kind[:1] in "vd":
        return "verb"
    if word[-1] in _PERSONISH:
        return "person"
    return "noun"


class Segments:
    """The words of one text: ``begin`` and ``end`` give the word at a position."""

    __slots__ = ("begin", "end", "size", "starts", "text")

    def __init__(self, text: str) -> None:
        tokens: list[tuple[str, int, int]] = rjieba.tokenize(text, "default", False)
        self.text = text
        self.size = len(text)
        self.begin = {start: word for word, start, _ in tokens}
        self.end = {end: word for word, _, end in tokens}
        self.starts = list(self.begin)

    def covering(self, position: int) -> tuple[int, str]:
        """Return the start of the word that covers ``position``, and the word."""
        start = self.starts[bisect_right(self.starts, position) - 1]
        return start, self.begin[start]
