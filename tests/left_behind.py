"""Everything that a run leaves behind, to be compared with what another run leaves."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any


def everything(folder: Path) -> dict[str, Any]:
    """Return what a run leaves behind: every byte of the site, the projection, the register."""
    site, state = folder / "site" / "current", folder / "state"
    files = {str(p.relative_to(site)): p.read_bytes() for p in site.rglob("*") if p.is_file()}
    assert len(files) > 100
    return {
        **files,
        **_rows(state / "register.sqlite", leaving={"register", "seal"}),
        **_rows(state / "public.sqlite", leaving={"mark"}),
    }


def _rows(path: Path, *, leaving: set[str]) -> dict[str, Any]:
    """Return all rows but those of what is drawn by lot for each register."""
    with closing(sqlite3.connect(path)) as database:
        names = [name for (name,) in database.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table'"
        )]  # fmt: skip
        return {
            f"{path.name} {name}": sorted(
                map(repr, database.execute(f"SELECT * FROM {name}"))  # noqa: S608 - its own tables
            )
            for name in names
            if name not in leaving
        }


def differences(one: dict[str, Any], other: dict[str, Any]) -> list[str]:
    return sorted(name for name in one.keys() | other.keys() if one.get(name) != other.get(name))
