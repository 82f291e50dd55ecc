"""The emblem of the bureau: a local file, taken only when it is a picture and nothing else."""

import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.settings.look.png import clean_png
from pipeline.settings.look.refused import RefusedError
from pipeline.settings.look.svg import clean_svg

MOST_BYTES = 16_000
"""As it is sent, compressed: with it the first page still takes less than 30 kB."""

_MOST_READ = 5_000_000
_WIDEST = 8

_CLEAN: Mapping[str, Callable[[bytes], tuple[bytes, float, float]]] = {
    ".svg": clean_svg,
    ".png": clean_png,
}


@dataclass(frozen=True, slots=True)
class Emblem:
    """The picture as it is published: ``suffix`` with its dot, ``ratio`` of width to height."""

    suffix: str
    ratio: float
    content: bytes = field(repr=False)


def load_emblem(name: str, root: Path) -> Emblem:
    """Return the emblem in the file ``name`` of the agency's folder ``root``.

    Raises ``RefusedError`` when it is not there, lies outside, is too large or no mere picture.
    """
    path = (root / name).resolve()
    if not path.is_relative_to(root.resolve()):
        raise RefusedError("不在单位文件夹里", "把文件放进单位文件夹，写相对路径")
    clean = _CLEAN.get(path.suffix.lower())
    if clean is None:
        raise RefusedError("不是 SVG 或者 PNG", "另存为 SVG 或者 PNG")
    try:
        content = path.read_bytes() if path.stat().st_size <= _MOST_READ else None
    except OSError:
        raise RefusedError("文件不存在或者读不了", "核对文件名和权限") from None
    if content is None:
        raise _too_large(path.stat().st_size)
    kept, width, height = clean(content)
    sent = len(zlib.compress(kept))
    if sent > MOST_BYTES:
        raise _too_large(sent)
    if not width or not height or width > _WIDEST * height or height > width * _WIDEST:
        raise RefusedError(
            f"尺寸 {width:g}×{height:g} 放不进页首", f"长边不超过短边的 {_WIDEST} 倍"
        )
    return Emblem(path.suffix.lower(), width / height, kept)


def _too_large(size: int) -> RefusedError:
    remedy = f"不超过 {MOST_BYTES // 1000} KB：PNG 缩到 96 像素高，SVG 简化节点"
    return RefusedError(f"传送时有 {size // 1000} KB，太大", remedy)
