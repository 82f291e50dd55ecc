"""A bureau in small: a real register with its 备查簿, projection, backups and two site trees.

Only the pages are small: one a decision and one that lists them, each with words of its own by
which a visitor would know the text.
"""

import hashlib
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from pipeline.domain.cleared import plain
from pipeline.projection.read import open_projection
from pipeline.projection.write import read_mark, write_projection
from pipeline.publication import (
    back_up,
    backups_of,
    go_back,
    memorandum_of,
    projection_of,
    publish,
    restore,
)
from pipeline.register import KeptRegister, open_kept
from pipeline.register.backup import backups
from pipeline.release import Release
from pipeline.settings import Agency, BackupRule, Folders, Settings, SiteIdentity
from pipeline.verification.model import VerifiedSite
from pipeline.verification.tree import files_of

_MARK = re.compile(r"〈\d+[甲乙丙]〉")


def marked(n: int, words: str) -> str:
    """Return words by which the ``n``-th decision is known wherever they stand."""
    return f"〈{n}{words}〉"


class World:
    """One bureau in a folder; its register is open."""

    def __init__(self, root: Path) -> None:
        names = ("exports", "content", "state", "site", "policies")
        self.settings = Settings(
            root=root,
            site=SiteIdentity(name="某县行政处罚公示", url="https://xx.example.gov.cn"),
            agency=Agency(name="某县综合行政执法局"),
            footer=None,  # type: ignore[arg-type] # these pages have none
            folders=Folders(theme=None, **{name: root / name for name in names}),
            policy="test",
            backup=BackupRule(keep=1000, days=10_000),
        )
        self.state = self.settings.folders.state
        self.register = self._opened()

    def reopen(self) -> None:
        """End one command and begin another."""
        self.close()
        self.register = self._opened()

    def close(self) -> None:
        """Close the register as the program does at its end."""
        self.register.__exit__(None, None, None)

    def release(self, today: date) -> Release:
        """Build, mark as verified and release what the register says; back up."""
        place = projection_of(self.settings)
        write_projection(place, self.register.public_changes(read_mark(place)))
        tree = self._built(place)
        self.register.mark_seen(today=today, actor="rebuild")
        return publish(tree, self.settings, self.register, today=today)

    def roll_back(self) -> Release:
        """Go back to the tree before."""
        return go_back(self.settings)

    def back_up(self, today: date) -> None:
        """Make a backup, as each release does."""
        back_up(self.settings, self.register, today=today)

    def backups(self) -> list[Path]:
        """Return the backups, the newest first."""
        folder = backups_of(self.settings)
        return [folder / each.file for each in backups(folder)]

    def restore(self, backup: Path, today: date) -> None:
        """Put the register of a backup in the place of the one in use."""
        self.close()
        try:
            restore(self.settings, backup, today=today, actor="祝文澜")
        finally:
            self.register = self._opened()

    def shown(self) -> dict[str, frozenset[str]]:
        """Return the words that each tree shows: what visitors see, or would after a way back."""
        trees = self.settings.folders.site / "releases"
        return {
            tree.name: frozenset(
                word for page in tree.rglob("*.html") for word in _MARK.findall(page.read_text())
            )
            for tree in trees.glob("*")
            if tree.is_dir()
        }

    def public(self) -> frozenset[str]:
        """Return the words of all texts that the register publishes."""
        records = self.register.public_changes(None).records
        return frozenset(
            word
            for record in records
            if record.decision is not None
            for word in _MARK.findall(plain(record.decision.facts))
        )

    def _opened(self) -> KeptRegister:
        return open_kept(self.settings.register_place, memorandum_of(self.settings))

    def _built(self, place: Path) -> VerifiedSite:
        tree = self.state / "work" / "site"
        pages = dict(_pages(place))
        for old in tree.rglob("*.html"):
            if old.relative_to(tree).as_posix() not in pages:
                old.unlink()
        for path, text in pages.items():
            (tree / path).parent.mkdir(parents=True, exist_ok=True)
            if not (tree / path).exists() or (tree / path).read_text() != text:
                (tree / path).unlink(missing_ok=True)  # it may be a link to the released file
                (tree / path).write_text(text)
        digests = {path: hashlib.sha256(text.encode()).hexdigest() for path, text in pages.items()}
        return VerifiedSite(
            tree=tree,
            digests=digests,
            stamps=files_of(tree),
            files=len(pages),
            pages=len(pages) - 1,
            links=0,
        )


def _pages(place: Path) -> Iterator[tuple[str, str]]:
    with open_projection(place) as projection:
        lines = []
        for record in projection.records():
            text = plain(record.decision.facts) if record.decision else str(record.notice)
            path = f"decisions/{record.slug}.html"
            yield path, f"<p>{record.case_number} {text}</p>"
            lines.append(f'<a href="{path}">{record.case_number} {text}</a>')
        yield "index.html", "\n".join(lines) or "无"
