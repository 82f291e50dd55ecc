"""Papers of requests for correction (evidence, letters): copies that lie beside the backups.

Each night copies what is new and removes nothing: the papers belong to the files of their cases.
The register knows the SHA-256 of each, so what was altered shows.
"""

import os
import shutil
from pathlib import Path

from pipeline.domain.faults import BadRegisterError

FOLDER = "corrections"
"""The folder of the papers, below ``state`` and below ``state/backups``."""


def keep(source: Path, target: Path) -> int:
    """Copy what ``target`` lacks of the papers in ``source``, mode 0600; return how many.

    Raises ``BadRegisterError`` when the disk refuses.
    """
    count = 0
    try:
        for paper in _papers(source):
            copy = target / paper.relative_to(source)
            if copy.exists() and copy.stat().st_size == paper.stat().st_size:
                continue
            copy.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            _copy(paper, copy)
            count += 1
    except OSError as error:
        raise BadRegisterError(
            f"更正申请的材料没有备份完（{error.strerror}）。请检查备份文件夹的磁盘空间和权限"
        ) from None
    return count


def _papers(folder: Path) -> list[Path]:
    """Return the files below a folder, but for those that are only just being put there."""
    return sorted(
        path
        for path in folder.glob("*/**/*")
        if path.is_file() and not path.relative_to(folder).parts[0].startswith(".")
    )


def _copy(paper: Path, copy: Path) -> None:
    aside = copy.with_name(f".{copy.name}.part")
    shutil.copyfile(paper, aside)
    aside.chmod(0o600)
    descriptor = os.open(aside, os.O_RDONLY)
    os.fsync(descriptor)
    os.close(descriptor)
    aside.replace(copy)
