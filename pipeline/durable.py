"""Writes that survive a power cut: synced before they are named, and their folder after."""

import os
from collections.abc import Iterable
from pathlib import Path


def sync(path: Path) -> None:
    """Bring a file's bytes, or a folder's names, to the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


MANY = 500
"""From so many paths on, syncing every disk at once is quicker than one path after another."""


def sync_all(paths: Iterable[Path]) -> None:
    """Sync each path; many of them in one go (on Linux ``sync`` waits for the disk)."""
    listed = list(paths)
    if len(listed) >= MANY:
        os.sync()
        return
    for path in listed:
        sync(path)


def write_whole(path: Path, content: bytes) -> None:
    """Put ``content`` at ``path``: the old bytes or the new, never a part."""
    fresh = path.with_name(f"{path.name}.new")
    fresh.write_bytes(content)
    sync(fresh)
    os.replace(fresh, path)  # noqa: PTH105 - the one atomic step, said plainly
    sync(path.parent)


def point(link: Path, target: str) -> None:
    """Make ``link`` a symbolic link to ``target`` in one atomic step."""
    fresh = link.with_name(f"{link.name}.new")
    fresh.unlink(missing_ok=True)
    fresh.symlink_to(target)
    os.replace(fresh, link)  # noqa: PTH105 - the one atomic step, said plainly
    sync(link.parent)
