"""The fields of the published schema as Markdown tables, for ``docs/export-format.md``."""

from collections.abc import Iterator

from pipeline.intake.schema.check import Json, load_schema

_KINDS = {
    "string": "文字",
    "boolean": "true / false",
    "integer": "整数",
    "array": "数组",
    "object": "对象",
}
_INNER = (
    "organ",
    "party",
    "person",
    "penalty",
    "event",
    "legal_review",
    "secrecy_review",
    "process_record",
    "block",
)


def fields_tables() -> str:
    """Return one table for the record and one for each object inside it."""
    schema = load_schema("decision")
    parts = ["#### 记录\n\n" + _table(schema, schema)]
    for name in _INNER:
        inner = schema["$defs"][name]
        parts.append(f"#### `{name}`：{inner['description']}\n\n{_table(schema, inner)}")
    return "\n".join(parts)


def _table(schema: Json, inner: Json) -> str:
    rows = ["| 字段 | 类型 | 必填 | 说明 |", "|---|---|---|---|"]
    for name, field in inner["properties"].items():
        must = "是" if name in inner.get("required", ()) else ""
        described = _resolved(schema, field)["description"]
        rows.append(f"| `{name}` | {_kind(field)} | {must} | {described} |")
    return "\n".join(rows) + "\n"


def _kind(field: Json) -> str:
    if "$ref" in field:
        return f"`{field['$ref'].rpartition('/')[2]}`"
    if "enum" in field:
        return "、".join(option for option in field["enum"] if option is not None)
    types = field["type"] if isinstance(field["type"], list) else [field["type"]]
    kinds = "、".join(_kinds(types))
    if "items" in field and "$ref" in field["items"]:
        return f"`{field['items']['$ref'].rpartition('/')[2]}` 的数组"
    return kinds


def _kinds(types: list[str]) -> Iterator[str]:
    return (_KINDS[kind] for kind in types if kind != "null")


def _resolved(schema: Json, field: Json) -> Json:
    if "$ref" not in field:
        return field
    return schema["$defs"][field["$ref"].rpartition("/")[2]]
