"""Papers of requests for correction (evidence, letters): copies that lie beside the backups.

Each night copies what is new and removes nothing: the papers belong to the files of their cases.
The register knows the SHA-256 of each, so what was altered shows.
"""

import shutil
from pathlib import Path

from pipeline.domain.faults import BadRegisterError
from pipeline.durable import sync

FOLDER = "corrections"
"""The folder of the papers, below ``state`` and below ``state/backups``."""


def keep(source: Path, target: Path) -> int:
    """Copy what ``target`` lacks of the papers in ``source``, mode 0600; return how many.

    Raises ``BadRegisterError`` when the disk refuses.
    """
    left = lacking(source, target)
    try:
        for paper in left:
            copy = target / paper.relative_to(source)
            copy.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            _copy(paper, copy)
    except OSError as error:
        raise BadRegisterError(
            f"更正申请的材料没有备份完（{error.strerror}）。请检查备份文件夹的磁盘空间和权限"
        ) from None
    return len(left)


def lacking(source: Path, target: Path) -> list[Path]:
    """Return the papers of ``source`` that ``target`` lacks, none that is being put there."""
    return sorted(
        path
        for path in source.glob("*/**/*")
        if path.is_file()
        and not any(part.startswith(".") for part in path.relative_to(source).parts)
        and _size(target / path.relative_to(source)) != path.stat().st_size
    )


def _size(path: Path) -> int | None:
    return path.stat().st_size if path.exists() else None


def _copy(paper: Path, copy: Path) -> None:
    aside = copy.with_name(f".{copy.name}.part")
    shutil.copyfile(paper, aside)
    aside.chmod(0o600)
    sync(aside)
    aside.replace(copy)
