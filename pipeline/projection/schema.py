"""The tables of ``public.sqlite`` and how the file is opened.

The file is derived: whatever is wrong with it, it is made anew from the register.
"""

import sqlite3
from pathlib import Path

VERSION = 4
"""Stands in the file as ``user_version``; a file of another version is made anew."""

TABLES = """
CREATE TABLE mark (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  register TEXT NOT NULL,
  revision INTEGER NOT NULL
);
CREATE TABLE record (
  id INTEGER PRIMARY KEY,
  key TEXT NOT NULL UNIQUE,
  slug TEXT NOT NULL UNIQUE,
  case_number TEXT NOT NULL,
  standing TEXT NOT NULL,
  first_published_on TEXT NOT NULL,
  changed_on TEXT NOT NULL,
  digest TEXT NOT NULL,
  decided_on TEXT,
  organ TEXT NOT NULL,
  title TEXT NOT NULL,
  parties TEXT NOT NULL,
  codes TEXT NOT NULL,
  violation_kind TEXT NOT NULL,
  penalty_kinds TEXT NOT NULL,
  about_natural_person INTEGER NOT NULL,
  content BLOB NOT NULL
);
CREATE TABLE annual (
  year INTEGER PRIMARY KEY,
  content BLOB NOT NULL
);
CREATE TABLE successor (
  slug TEXT PRIMARY KEY,
  by_slug TEXT NOT NULL
);
CREATE INDEX record_newest ON record (first_published_on DESC, slug);
CREATE INDEX record_standing ON record (standing, first_published_on DESC, slug);
"""

_PRAGMAS = (
    "PRAGMA journal_mode = DELETE",
    "PRAGMA synchronous = FULL",
    "PRAGMA secure_delete = ON",
)


def connect(path: Path) -> sqlite3.Connection:
    """Open the file for the private side to write, with everything deleted overwritten.

    Raises ``sqlite3.DatabaseError`` when it is damaged.
    """
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        for pragma in _PRAGMAS:
            connection.execute(pragma)
    except BaseException:
        connection.close()
        raise
    return connection


def connect_to_read(path: Path) -> sqlite3.Connection:
    """Open the file read-only.

    Raises ``sqlite3.OperationalError`` when there is none.
    """
    return sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, isolation_level=None)
