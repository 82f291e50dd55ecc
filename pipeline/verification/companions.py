"""Gzipped companions: what a server gives instead of a file is that file, and nothing older."""

from collections.abc import Collection
from pathlib import Path

from pipeline.verification.packed import GZIPPED, UnreadableFileError, gunzipped


def plain_of(path: str, paths: Collection[str]) -> str | None:
    """Return the file whose companion ``path`` is, if it is one of those ``paths``."""
    plain = path.removesuffix(GZIPPED)
    return plain if plain != path and plain in paths else None


def wrong_companion(tree: Path, path: str, content: bytes, paths: Collection[str]) -> str | None:
    """Return what is wrong with ``path`` as a companion, if anything; raises ``OSError``."""
    plain = plain_of(path, paths)
    if plain is None:
        return None
    try:
        same = gunzipped(content) == (tree / plain).read_bytes()
    except UnreadableFileError:
        same = False
    return None if same else "与未压缩的同名文件内容不同"
