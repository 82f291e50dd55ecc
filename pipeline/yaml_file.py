"""A YAML file → plain values. Refuses what could hide a rule: doubled keys, aliases, huge files."""

from pathlib import Path
from typing import Any

import yaml

MAX_BYTES = 1_000_000

NO_VALUE = (yaml.YAMLError, ValueError, LookupError, AttributeError, TypeError)
"""What the library raises for ``2026-02-30``, ``!!bool perhaps`` and the like."""


class UnusableYamlError(ValueError):
    """The file is not YAML as we accept it; the message is for the officer."""


class _Loader(yaml.SafeLoader):
    """Safe values only; a key twice in one mapping is an error, and so is an alias."""

    def compose_node(self, parent: Any, index: Any) -> yaml.Node | None:  # noqa: ANN401
        if self.check_event(yaml.AliasEvent):
            raise UnusableYamlError("使用了引用（*），请直接写出内容")
        node: yaml.Node | None = super().compose_node(parent, index)
        return node

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen: set[str] = set()
        for key, _ in node.value:
            line = key.start_mark.line + 1
            if not isinstance(key, yaml.ScalarNode) or key.tag == "tag:yaml.org,2002:merge":
                raise UnusableYamlError(f"第{line}行的键不是文字")
            if key.value in seen:
                raise UnusableYamlError(f"第{line}行的键在同一处重复出现")
            seen.add(key.value)
        return super().construct_mapping(node, deep=deep)


class _TextLoader(_Loader):
    """The same, and every value stays as it is written: no number loses its leading zeros."""

    yaml_implicit_resolvers = {}  # noqa: RUF012 - as the library declares it


def read_yaml(path: Path) -> object:
    """Return what ``path`` holds as dicts, lists, strings, numbers and booleans.

    Raises ``UnusableYamlError`` for anything unsafe or unreadable, with the line where known.
    """
    return _read(path, _Loader)


def read_texts(path: Path) -> object:
    """Return what ``path`` holds as dicts, lists and strings; an absent value is an empty string.

    Raises ``UnusableYamlError`` as ``read_yaml`` does.
    """
    return _read(path, _TextLoader)


def _read(path: Path, loader: type[_Loader]) -> object:
    try:
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except OSError:
        raise UnusableYamlError("文件无法读取") from None
    if len(content) > MAX_BYTES:
        raise UnusableYamlError("文件超过 1 MB")
    try:
        return yaml.load(content.decode("utf-8-sig"), Loader=loader)  # noqa: S506 - a SafeLoader
    except UnicodeDecodeError:
        raise UnusableYamlError("文件不是 UTF-8 编码") from None
    except RecursionError:
        raise UnusableYamlError("嵌套过深") from None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        where = f"第{mark.line + 1}行第{mark.column + 1}列" if mark else "文件中"
        raise UnusableYamlError(f"{where}不合 YAML 语法") from None
    except UnusableYamlError:
        raise
    except NO_VALUE:
        raise UnusableYamlError("有的值写错了，例如不存在的日期") from None
