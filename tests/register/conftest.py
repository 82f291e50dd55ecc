"""Where a register of a test lives: a file, and a schema of a real PostgreSQL server."""

import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from tests.postgres import throw_away_server

ENGINES = ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)]

NewPlace = Callable[[], str]


@pytest.fixture(scope="session")
def server() -> Iterator[sa.URL]:
    """Start a throw-away server; give the URL of its database."""
    with throw_away_server() as server:
        yield server.url


@pytest.fixture(params=ENGINES)
def new_place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[NewPlace]:
    """Return a function that gives a place for one more empty register, on each engine."""
    if request.param == "sqlite":
        yield lambda: str(tmp_path / f"{uuid.uuid4().hex}.sqlite")
        return
    url: sa.URL = request.getfixturevalue("server").set(drivername="postgresql+psycopg")
    engine = sa.create_engine(url, isolation_level="AUTOCOMMIT")
    made: list[str] = []

    def one_more() -> str:
        made.append(f"t{uuid.uuid4().hex}")
        with engine.connect() as connection:
            connection.exec_driver_sql(f"CREATE SCHEMA {made[-1]}")
        inside = url.update_query_dict({"options": f"-csearch_path={made[-1]}"})
        return inside.set(drivername="postgresql").render_as_string(hide_password=False)

    yield one_more
    with engine.connect() as connection:
        for name in made:
            connection.exec_driver_sql(f"DROP SCHEMA {name} CASCADE")
    engine.dispose()


@pytest.fixture
def place(new_place: NewPlace) -> str:
    """Return where an empty register may be made: a path or a URL."""
    return new_place()
