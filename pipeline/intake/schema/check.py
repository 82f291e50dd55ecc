"""Hold a JSON value against a published schema and say in Chinese everything that is wrong.

No message holds a value: a fault names the place by JSON pointer and what is expected there.
"""

import json
import re
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from importlib.resources import files
from typing import Any

import jsonschema_rs

from pipeline.domain.faults import Fault, Place

Json = Any
"""A JSON value: anything until a schema has seen it."""

_GUIDE = "格式见 docs/export-format.md"
_TYPES = {
    "string": "文字",
    "integer": "整数",
    "number": "数字",
    "boolean": "true 或 false",
    "array": "数组",
    "object": "对象",
    "null": "null",
}
_BY_FIELD = {
    "amount_yuan": ("金额不是合格的数", '请以元为单位写成字符串，如 "2000.00"，不得为负'),
    "code": ("统一社会信用代码不合格", "请填 18 位代码，没有时留空"),
    "sha256": ("SHA-256 不合格", "请填 64 位十六进制数"),
}
_PLAIN_KEY = re.compile(r"(?!.*[0-9]{4})[A-Za-z_][A-Za-z0-9_]{0,40}")
"""A name that may be shown: a long number in it may be somebody's."""


@cache
def load_schema(name: str) -> dict[str, Json]:
    """Return the schema ``name`` (``decision`` or ``manifest``) as published."""
    source = files(__package__).joinpath(f"{name}.schema.json").read_text(encoding="utf-8")
    schema: dict[str, Json] = json.loads(source)
    return schema


@cache
def _validator(name: str) -> jsonschema_rs.Draft202012Validator:
    decision = load_schema("decision")
    registry = jsonschema_rs.Registry([(decision["$id"], decision)])
    return jsonschema_rs.Draft202012Validator(
        load_schema(name), validate_formats=True, registry=registry
    )


def schema_faults(name: str, value: Json, place: Place) -> tuple[Fault, ...]:
    """Return every fault of ``value`` under the schema ``name``; empty when it is valid."""
    validator = _validator(name)
    if validator.is_valid(value):
        return ()
    return tuple(sorted({_fault(error, place) for error in validator.iter_errors(value)}))


def _fault(error: jsonschema_rs.ValidationError, place: Place) -> Fault:
    path = [str(part) for part in error.instance_path]
    kind = error.kind
    if kind.name == "required":
        return _at(place, [*path, kind.as_dict()["property"]], "缺少必填字段", "请补上")
    if kind.name == "additionalProperties":
        keys = kind.as_dict()["unexpected"]
        shown = "、".join(sorted(key for key in keys if _PLAIN_KEY.fullmatch(key)))
        problem = f"有不认识的字段（{shown or '字段名不是英文标识或者含有数字'}）"
        return _at(place, path, problem, f"请删去或改名，{_GUIDE}")
    field = next((part for part in reversed(path) if not part.isdecimal()), "")
    if kind.name == "pattern" and field in _BY_FIELD:
        return _at(place, path, *_BY_FIELD[field])
    say = _BY_KIND.get(kind.name)
    problem, remedy = say(kind.as_dict()) if say else ("不符合规定的格式", f"请改正，{_GUIDE}")
    return _at(place, path, problem, remedy)


def _at(place: Place, path: list[str], problem: str, remedy: str) -> Fault:
    shown = (part if part.isdecimal() or _PLAIN_KEY.fullmatch(part) else "…" for part in path)
    pointer = "".join(f"/{part}" for part in shown)
    return Fault(replace(place, field=pointer), problem, remedy)


def _type(detail: dict[str, Json]) -> tuple[str, str]:
    wanted = "、".join(_TYPES[name] for name in sorted(detail["types"]) if name != "null")
    return "值的类型不对", f"请改为{wanted}"


def _enum(detail: dict[str, Json]) -> tuple[str, str]:
    options = "、".join(str(option) for option in detail["options"] if option is not None)
    return "不是规定的值", f"请改为下列之一：{options}"


_BY_KIND: dict[str, Callable[[dict[str, Json]], tuple[str, str]]] = {
    "type": _type,
    "enum": _enum,
    "format": lambda _: ("日期不存在或格式不对", "请写成真实存在的日期 YYYY-MM-DD"),
    "pattern": lambda _: ("是空白或格式不对", f"请改正，{_GUIDE}"),
    "minItems": lambda _: ("是空的", "请至少填一项，或者删去该字段"),
    "minLength": lambda _: ("是空的", "请填写，或者删去该字段"),
    "minProperties": lambda _: ("是空的", "请至少填一项"),
    "maxLength": lambda detail: ("文字过长", f"请缩到 {detail['limit']} 字以内"),
    "minimum": lambda detail: ("数值过小", f"不得小于 {detail['limit']}"),
    "maximum": lambda detail: ("数值过大", f"不得大于 {detail['limit']}"),
    "uniqueItems": lambda _: ("有重复的项", "请删去重复的项"),
}
