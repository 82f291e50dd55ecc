"""``gongshi.yaml`` that is not what it should be: one fault with a remedy, never a crash."""

from pathlib import Path

import pytest

from pipeline.domain.faults import BadSettingsError
from pipeline.settings import FILE_NAME, load_settings

LAUGHS = "a0: &a0 [哈, 哈]\n" + "".join(
    f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 10)
)
UNUSABLE = {
    "a day that does not exist": ("opened_on: 2026-02-30\n", "不存在的日期"),
    "a number too long": (f"a: {'9' * 6000}\n", "有的值写错了"),
    "a truth value that is none": ("a: !!bool 也许\n", "有的值写错了"),
    "a time that is none": ("a: !!timestamp 明天\n", "有的值写错了"),
    "an object of the language": ("a: !!python/object/apply:os.system [true]\n", "第1行"),
    "very deep": ("[" * 3000, "嵌套过深"),
    "a laugh": (LAUGHS, "使用了引用"),
    "a key twice": ("site: {}\nsite: {}\n", "第2行的键在同一处重复出现"),
    "too large": ("#" * 1_000_001, "超过 1 MB"),
    "no UTF-8": ("单位".encode("gb18030"), "不是 UTF-8"),
    "a list": ("- a\n", "应是键和值"),
}


@pytest.mark.parametrize(("content", "problem"), UNUSABLE.values(), ids=UNUSABLE)
def test_settings_that_cannot_be_read_are_one_fault(
    tmp_path: Path, content: str | bytes, problem: str
) -> None:
    raw = content if isinstance(content, bytes) else content.encode()
    (tmp_path / FILE_NAME).write_bytes(raw)
    with pytest.raises(BadSettingsError) as refused:
        load_settings(tmp_path)
    (fault,) = refused.value.faults
    assert problem in fault.problem
    assert fault.remedy


def test_a_folder_without_settings_says_how_to_begin(tmp_path: Path) -> None:
    with pytest.raises(BadSettingsError, match="gongshi init"):
        load_settings(tmp_path)
