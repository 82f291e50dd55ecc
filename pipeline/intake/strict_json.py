"""Text → JSON values, strictly: no double keys, no NaN, no depth bomb, no half characters.

What the standard parser lets pass silently is refused here with a ``ValueError`` whose message
is Chinese, says what is wrong and never holds a value.
"""

import json
from collections.abc import Iterator
from typing import Any

MAX_RECORD = 32 * 1024 * 1024
"""Characters of one record above which it is refused."""

MAX_DEPTH = 64
"""Levels of nesting above which a record is refused; a table in a document needs six."""


def is_mostly_utf8(content: bytes) -> bool:
    r"""Say whether bytes that are not UTF-8 look like damaged UTF-8 rather than GB18030.

    >>> is_mostly_utf8("行政处罚决定书，罚款二千元".encode() + b"\xff")
    True
    >>> is_mostly_utf8("行政处罚决定书，罚款二千元".encode("gb18030"))
    False
    """
    loose = content.decode("utf-8", "replace")
    damaged = loose.count("\N{REPLACEMENT CHARACTER}")
    foreign = sum(char > "\x7f" for char in loose)
    return damaged * 4 < foreign


def parse(text: str) -> Any:  # noqa: ANN401 - JSON is any value until the schema has seen it
    """Return the one JSON value written in ``text``. Raises ``ValueError``."""
    value, end = _value_at(text, _skip_space(text, 0))
    if _skip_space(text, end) != len(text):
        raise ValueError("JSON 之后还有多余的内容")
    return value


def items(text: str) -> Iterator[Any]:
    """Yield the items of the JSON array in ``text``, one at a time, so that memory stays small.

    Items before a place that cannot be read are yielded; then ``ValueError`` is raised.
    """
    at = _skip_space(text, 0) + 1
    if text[_skip_space(text, at) : _skip_space(text, at) + 1] == "]":
        _check_end(text, _skip_space(text, at) + 1)
        return
    while True:
        value, at = _value_at(text, _skip_space(text, at))
        yield value
        at = _skip_space(text, at)
        mark = text[at : at + 1]
        at += 1
        if mark == "]":
            _check_end(text, at)
            return
        if mark != ",":
            raise ValueError("JSON 不完整或有语法错误")


def starts_array(text: str) -> bool:
    """Say whether the first character that counts opens an array."""
    at = _skip_space(text, 0)
    return text[at : at + 1] == "["


def canonical(value: object) -> bytes:
    """Return the bytes of a JSON value independent of order and spacing, for its digest.

    Raises ``ValueError`` for NUL and for half characters, which no database or page can hold.
    """
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    if "\\u0000" in text:
        raise ValueError("文字中含有空字符（U+0000）")
    try:
        return text.encode()
    except UnicodeEncodeError:
        raise ValueError("文字中含有不完整的字符（单独的代理项）") from None


def _value_at(text: str, at: int) -> tuple[Any, int]:
    try:
        value, end = _DECODER.raw_decode(text, at)
    except json.JSONDecodeError:
        raise ValueError("JSON 不完整或有语法错误") from None
    except RecursionError:
        raise ValueError("JSON 嵌套层数过多") from None
    except _RefusedError as refused:
        raise ValueError(str(refused)) from None
    except ValueError:
        raise ValueError("JSON 中的数字过长") from None
    if end - at > MAX_RECORD:
        raise ValueError("一条记录过大")
    if text.count("{", at, end) + text.count("[", at, end) > MAX_DEPTH:
        _check_depth(value, MAX_DEPTH)
    return value, end


class _RefusedError(Exception):
    """What the parser accepts and we do not."""


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    value = dict(pairs)
    if len(value) != len(pairs):
        raise _RefusedError("同一对象中有重复的字段名")
    return value


def _constant(_: str) -> object:
    raise _RefusedError("JSON 中不得有 NaN 或 Infinity")


_DECODER = json.JSONDecoder(object_pairs_hook=_object, parse_constant=_constant)


def _check_depth(value: object, left: int) -> None:
    if left < 0:
        raise ValueError("JSON 嵌套层数过多")
    if isinstance(value, dict):
        for inner in value.values():
            _check_depth(inner, left - 1)
    elif isinstance(value, list):
        for inner in value:
            _check_depth(inner, left - 1)


def _skip_space(text: str, at: int) -> int:
    while at < len(text) and text[at] in " \t\r\n":
        at += 1
    return at


def _check_end(text: str, at: int) -> None:
    if _skip_space(text, at) != len(text):
        raise ValueError("JSON 之后还有多余的内容")
