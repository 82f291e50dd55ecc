"""Reads the fields of a pack one by one; notes every fault and goes on with a safe value."""

import re
from collections.abc import Iterator, Mapping
from typing import TypeVar

from pipeline.domain.basis import Basis
from pipeline.domain.faults import Fault, Place

T = TypeVar("T")

_ARTICLE = re.compile(r"第[零〇一二三四五六七八九十百]+[条项]|[零一二三四五六七八九十]+[、（(]")


class Faults:
    """Collects what is wrong over all pack files."""

    def __init__(self) -> None:
        """Start without a fault."""
        self.found: list[Fault] = []

    def add(self, file: str, record: str, field: str, problem: str, remedy: str) -> None:
        """Note one fault with its place and remedy."""
        self.found.append(Fault(Place(file, record, field), problem, remedy))


class Fields:
    """The fields of one mapping. ``finish`` reports those that nobody asked for."""

    def __init__(self, raw: object, faults: Faults, file: str, key: str = "") -> None:
        self.key = key
        self._faults, self._file = faults, file
        self._asked: set[str] = set()
        self._raw: Mapping[str, object] = {}
        if isinstance(raw, dict):
            self._raw = {str(name): value for name, value in raw.items()}
        else:
            self.fault("", "应为“键: 值”的列表", "参照自带的制度文件书写")

    def fault(self, field: str, problem: str, remedy: str) -> None:
        """Note a fault of ``field``."""
        self._faults.add(self._file, self.key, field, problem, remedy)

    def text(self, name: str) -> str:
        """Return the non-empty text of ``name``."""
        value = self._take(name)
        if isinstance(value, str) and value.strip():
            return value.strip()
        self.fault(name, "缺少文字内容", "填写文字")
        return ""

    def texts(self, name: str) -> tuple[str, ...]:
        """Return the list of texts of ``name``; none when the field is absent."""
        return self._texts(name, self._take(name))

    def text_map(self, name: str) -> Mapping[str, str]:
        """Return the mapping of texts of ``name``; empty when the field is absent."""
        value = self._take(name)
        if value is None:
            return {}
        if isinstance(value, dict) and all(isinstance(v, str) and v for v in value.values()):
            return {str(key): text for key, text in value.items()}
        self.fault(name, "应为“键: 文字”", "逐项写明理由")
        return {}

    def list_map(self, name: str) -> Mapping[str, tuple[str, ...]]:
        """Return the mapping of lists of ``name``; empty when the field is absent."""
        value = self._take(name)
        if value is None:
            return {}
        if not isinstance(value, dict):
            self.fault(name, "应为“键: [值]”", "参照自带的制度文件书写")
            return {}
        return {str(key): self._texts(f"{name}.{key}", given) for key, given in value.items()}

    def flag(self, name: str, *, default: bool) -> bool:
        """Return the truth of ``name``; ``default`` when absent."""
        value = self._take(name)
        if value is None:
            return default
        if isinstance(value, bool):
            return value
        self.fault(name, "应为 true 或 false", "改为 true 或 false")
        return default

    def number(self, name: str, least: float, greatest: float, *, whole: bool) -> float:
        """Return the number of ``name`` between ``least`` and ``greatest``."""
        value = self._take(name)
        kinds = (int,) if whole else (int, float)
        if isinstance(value, kinds) and not isinstance(value, bool) and least <= value <= greatest:
            return value
        kind = "整数" if whole else "数"
        self.fault(name, f"应为 {least:g} 至 {greatest:g} 之间的{kind}", "改正数值")
        return least

    def choice(self, name: str, choices: Mapping[str, T], otherwise: T) -> T:
        """Return what the text of ``name`` stands for in ``choices``."""
        value = self._take(name)
        if isinstance(value, str) and value in choices:
            return choices[value]
        self.fault(name, "不是可用的值", "可用：" + "、".join(choices))
        return otherwise

    def choices(self, name: str, choices: Mapping[str, T]) -> tuple[T, ...]:
        """Return what each text of the list ``name`` stands for; none when it is absent."""
        texts = self.texts(name)
        if any(text not in choices for text in texts):
            self.fault(name, "有不可用的值", "可用：" + "、".join(choices))
        return tuple(choices[text] for text in texts if text in choices)

    def key_choice(self, choices: Mapping[str, T], otherwise: T) -> T:
        """Return what the key of this mapping stands for in ``choices``."""
        if self.key in choices:
            return choices[self.key]
        self.fault("", "名称不可用", "可用：" + "、".join(choices))
        return otherwise

    def basis(self) -> Basis:
        """Return the document and article of ``basis``; both are required."""
        inner = Fields(self._take("basis"), self._faults, self._file, self.key)
        basis = Basis(inner.text("document"), inner.text("article"))
        if basis.document and re.search("[《》]", basis.document):
            inner.fault("document", "文件名不带书名号", "删去《》，写文件全称")
        if basis.article and not _ARTICLE.match(basis.article):
            inner.fault("article", "不是条款", "写作“第八条第一项”或“一、（二）”")
        inner.finish()
        return basis

    def lists(self, name: str, allowed: frozenset[str]) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Return the mapping of lists of ``name``; its keys must be exactly ``allowed``."""
        value = self._take(name)
        given = value if isinstance(value, dict) else {}
        if value is not None and not isinstance(value, dict):
            self.fault(name, "应为“参数: [值]”", "参照自带的制度文件书写")
        for extra in sorted(set(map(str, given)) - allowed):
            self.fault(f"{name}.{extra}", "该规则没有这个参数", "删去")
        for absent in sorted(allowed - set(map(str, given))):
            self.fault(f"{name}.{absent}", "缺少参数", "写明清单；没有内容时写 []")
        return tuple((key, self._texts(f"{name}.{key}", given.get(key))) for key in sorted(allowed))

    def entries(self, name: str) -> Iterator["Fields"]:
        """Yield each named mapping below ``name``; none when the field is absent."""
        value = self._take(name)
        if value is None:
            return
        if not isinstance(value, dict):
            self.fault(name, "应为“键: 规则”", "参照自带的制度文件书写")
            return
        for key, raw in value.items():
            yield Fields(raw, self._faults, self._file, str(key))

    def finish(self) -> None:
        """Report every field that has no meaning here: a misspelt rule must not be ignored."""
        for name in sorted(self._raw.keys() - self._asked):
            self.fault(name, "没有这个字段", "检查拼写，或删去")

    def _take(self, name: str) -> object:
        self._asked.add(name)
        return self._raw.get(name)

    def _texts(self, name: str, value: object) -> tuple[str, ...]:
        if value is None:
            return ()
        if isinstance(value, list) and all(isinstance(item, str) and item for item in value):
            return tuple(value)
        self.fault(name, "应为文字清单", "写作 [甲, 乙]")
        return ()
