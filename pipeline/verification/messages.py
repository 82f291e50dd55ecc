"""What is said of leaks and faults: where, of which kind and how often; never what was found."""

import hashlib
from collections.abc import Mapping, Sequence

_SHOWN = 20


def leak_message(leaks: Mapping[str, Mapping[str, int]], opening: str, remedy: str) -> str:
    """Return lines on the files that hold leaks, by kind, behind ``opening``."""
    total = sum(sum(kinds.values()) for kinds in leaks.values())
    lines = [f"{opening}：{len(leaks)} 个文件中有 {total} 处应隐去的信息"]
    for path, kinds in sorted(leaks.items())[:_SHOWN]:
        what = "、".join(f"{kind} {count} 处" for kind, count in sorted(kinds.items()))
        lines.append(f"{_safe_name(path, kinds)}：{what}")
    if len(leaks) > _SHOWN:
        lines.append(f"……另有 {len(leaks) - _SHOWN} 个文件")
    lines.append(f"{remedy}；本机关的公开电话、邮箱和收款账号，写入设置的 public_values")
    return "\n".join(lines)


def fault_message(faults: Sequence[str], opening: str) -> str:
    """Return lines on what else is wrong, behind ``opening``."""
    lines = [f"{opening}不完整，有 {len(faults)} 处问题", *faults[:_SHOWN]]
    if len(faults) > _SHOWN:
        lines.append(f"……另有 {len(faults) - _SHOWN} 处")
    lines.append("请重新运行 gongshi rebuild；仍如此的，检查模板文件夹和手写页面中的链接")
    return "\n".join(lines)


def _safe_name(path: str, kinds: Mapping[str, int]) -> str:
    """Return the path, unless its own name is the leak."""
    if not any(kind.startswith("文件名") for kind in kinds):
        return path
    digest = hashlib.sha256(path.encode(errors="replace")).hexdigest()[:12]
    return f"文件名含应隐去信息的文件（指纹 {digest}）"
