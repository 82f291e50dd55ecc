"""One of the two trees and its manifest: bring it up to date by difference.

The manifest is taken away before the first change and put back after the last: a tree without
one was left half done and is read from the disk, not from memory. A file that arrives is read
back unless it is the very file that was verified (``manifest.File``).
"""

import errno
import os
import posixpath
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from pipeline.domain.faults import BadSiteError
from pipeline.durable import sync, sync_all, write_whole
from pipeline.release.manifest import (
    ALONE,
    Beside,
    File,
    Manifest,
    encode_manifest,
    file_at,
    read_manifest,
    survey,
)

_FOLDER, _FILE = 0o755, 0o644
"""The web server reads the trees whatever the umask of the nightly account is."""

_NO_LINK = {errno.EXDEV, errno.EPERM, errno.EMLINK, errno.EOPNOTSUPP}


@dataclass(frozen=True, slots=True)
class Difference:
    """Paths that one tree has and another lacks, has otherwise, or should not have."""

    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]

    @property
    def is_empty(self) -> bool:
        """Whether the trees are equal."""
        return not (self.added or self.changed or self.removed)


def difference(have: Manifest, want: Manifest) -> Difference:
    """Return what turns ``have`` into ``want``, each list sorted by path."""
    if have == want:
        return Difference((), (), ())
    common = have.keys() & want.keys()
    return Difference(
        added=tuple(sorted(want.keys() - have.keys())),
        changed=tuple(sorted(p for p in common if have[p].sha256 != want[p].sha256)),
        removed=tuple(sorted(have.keys() - want.keys())),
    )


@dataclass(frozen=True, slots=True)
class Tree:
    """A folder that is or may become the public site, with its manifest beside it."""

    folder: Path

    @property
    def _manifest(self) -> Path:
        return self.folder.with_name(f"{self.folder.name}.manifest.json")

    def survey(self, beside: Beside = ALONE) -> Manifest:
        """Return what the folder holds, read from the disk where nothing can vouch for it.

        That is the manifest, or a file ``beside`` that is the same.
        """
        if not self.folder.is_dir():
            return {}
        return survey(self.folder, self.as_left, beside)

    def as_left(self) -> Manifest:
        """Return what the folder held when it was last brought up to date; nothing if unknown."""
        return read_manifest(self._manifest)

    def is_as_left(self, files: Manifest) -> bool:
        """Whether ``files``, what the folder holds now, is what its manifest vouches for."""
        return bool(files) and difference(self.as_left(), files).is_empty

    def bring_up_to(self, want: Manifest, source: Path, have: Manifest | None = None) -> Difference:
        """Make the folder hold exactly ``want``, taking what it lacks from ``source``.

        ``have`` is what it holds, where the caller has just looked. Everything is on the disk when
        this returns. Raises ``BadSiteError`` when what arrived is not what was wanted.
        """
        noted = self.as_left()
        if have is None:
            have = survey(self.folder, lambda: noted) if self.folder.is_dir() else {}
        changes = difference(have, want)
        if changes.is_empty and have == noted:
            return changes
        self._manifest.unlink(missing_ok=True)
        self.folder.mkdir(parents=True, exist_ok=True)
        sync(self.folder.parent)
        gone, fresh = (*changes.removed, *changes.changed), (*changes.added, *changes.changed)
        for name in gone:
            os.unlink(f"{self.folder}/{name}")  # noqa: PTH108 - there may be very many
        touched = self._folders_of(gone) if noted else self._every_folder()
        self._drop_empty(touched)
        filled = self._folders_of(fresh)
        for folder in sorted(filled):
            folder.mkdir(exist_ok=True)
        arrived = {name: self._take(name, want[name], source) for name in fresh}
        touched = {folder for folder in touched | filled if folder.is_dir()}
        for folder in touched:
            folder.chmod(_FOLDER)
        sync_all(self.folder / name for name in fresh)
        sync_all(sorted(touched))
        kept = {name: have[name] for name in have.keys() & want.keys()}
        write_whole(self._manifest, encode_manifest(kept | arrived))
        return changes

    def _folders_of(self, names: Iterable[str]) -> set[Path]:
        """Return the folders in which files lie, and all above them up to the tree's own."""
        found = {self.folder}
        for inside in map(Path, {posixpath.dirname(name) for name in names}):
            found |= {self.folder / folder for folder in (inside, *inside.parents)}
        return found

    def _every_folder(self) -> set[Path]:
        return {Path(found) for found, _, _ in os.walk(self.folder)}

    def _drop_empty(self, folders: Iterable[Path]) -> None:
        """Remove those of the folders that are empty, and those that are so in consequence."""
        for folder in folders:
            while folder != self.folder and folder.is_dir() and not any(folder.iterdir()):
                folder.rmdir()
                folder = folder.parent  # noqa: PLW2901 - upwards

    def _take(self, name: str, wanted: File, source: Path) -> File:
        path = f"{self.folder}/{name}"
        _link_or_copy(f"{source}/{name}", path)
        os.chmod(path, _FILE)  # noqa: PTH101 - there may be very many
        arrived = file_at(path, wanted)
        if arrived.sha256 != wanted.sha256:
            raise BadSiteError(f"发布时文件被改动：{name}。原网站未改动，请重新运行")
        return arrived


def _link_or_copy(source: str, target: str) -> None:
    try:
        os.link(source, target)
    except OSError as error:
        if error.errno not in _NO_LINK:
            raise
        shutil.copy2(source, target)
