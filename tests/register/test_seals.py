"""Whatever is altered, added, removed or moved past the program shows in a check."""

import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from pipeline.domain.event import EventKind
from pipeline.register import database, open_register
from pipeline.register.tables import metadata
from tests.register.builders import DOUBT, FIRST, examined, happened, policy

NEXT = FIRST + timedelta(days=1)
ERASABLE = {"remark"}
"""What the law may ask to erase; an altered remark is found by its digest, see test_acts."""

TRIGGERS = tuple(f"{table}_no_{act}" for table in ("event", "seal") for act in ("update", "delete"))
COLUMNS = [
    (table.name, column)
    for table in metadata.sorted_tables
    if table.name not in ERASABLE
    for column in table.columns
]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """Return the file of a register after two nights: published, held, withdrawn."""
    path = tmp_path_factory.mktemp("whole") / "register.sqlite"
    with open_register(path) as register:
        for today, items in (
            (FIRST, [examined(1), examined(2), examined(3, verdict=DOUBT)]),
            (NEXT, [examined(1), examined(2, events=(happened(EventKind.REVOKED),))]),
        ):
            register.reconcile(items, policy(), today=today, actor="rebuild")
            register.mark_seen(today=today, actor="rebuild")
        assert register.verify() == ()
    fill_the_rest(path)
    assert found(path) == ()
    return path.read_bytes()


def fill_the_rest(path: Path) -> None:
    """Put one row in each table that the two nights left empty, as the program would."""
    engine = database.connect(path)
    with database.writing(engine) as connection:
        for table in metadata.sorted_tables:
            empty = connection.execute(sa.select(table)).first() is None
            if empty and table.name not in ERASABLE:
                row = {column.name: a_value(column) for column in table.columns}
                connection.execute(sa.insert(table).values(row))
    engine.dispose()


def a_value(column: "sa.Column[object]") -> object:
    return {sa.Date: FIRST, sa.Integer: 1}.get(type(column.type), "{}")


@pytest.fixture
def path(tmp_path: Path, whole: bytes) -> Path:
    copy = tmp_path / "register.sqlite"
    copy.write_bytes(whole)
    return copy


def tamper(path: Path, statement: str, *values: object) -> int:
    """Do to the file what only somebody past the program can do; return how many rows it hit."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for trigger in TRIGGERS:
            connection.execute(f"DROP TRIGGER {trigger}")
        return connection.execute(statement, values).rowcount


def found(path: Path) -> tuple[str, ...]:
    with open_register(path) as register:
        return register.verify()


def another(column: "sa.Column[object]") -> object:
    if isinstance(column.type, sa.Date):
        return "2019-01-01"
    if isinstance(column.type, sa.Boolean):
        return 1
    if isinstance(column.type, sa.LargeBinary):
        return b"{}"
    return 77 if isinstance(column.type, sa.Integer) else "另一个值"


def first_key(table: str) -> str:
    return next(iter(metadata.tables[table].primary_key)).name


@pytest.mark.parametrize(("table", "column"), COLUMNS, ids=lambda each: getattr(each, "name", each))
def test_every_altered_column_of_every_table_shows(
    path: Path, table: str, column: "sa.Column[object]"
) -> None:
    key = first_key(table)
    statement = (
        f"UPDATE {table} SET {column.name} = ? WHERE {key} = (SELECT min({key}) FROM {table})"  # noqa: S608 - names of our own tables
    )
    assert tamper(path, statement, another(column)) == 1
    assert found(path)


@pytest.mark.parametrize(
    "table", [t.name for t in metadata.sorted_tables if t.name not in ERASABLE]
)
@pytest.mark.parametrize("end", ["min", "max"])
def test_every_removed_row_of_every_table_shows(path: Path, table: str, end: str) -> None:
    key = first_key(table)
    statement = f"DELETE FROM {table} WHERE {key} = (SELECT {end}({key}) FROM {table})"  # noqa: S608 - our own names
    assert tamper(path, statement) == 1
    if table == "register":
        return  # a register without its name is given a new one when it is opened
    assert found(path)


def test_a_decision_that_was_removed_is_named(path: Path) -> None:
    tamper(path, "DELETE FROM decision WHERE case_number LIKE '%第2号'")
    assert "决定 某综执罚决字〔2024〕2 有事件而没有记录" in found(path)


def test_a_decision_that_was_altered_is_named(path: Path) -> None:
    tamper(path, "UPDATE decision SET expires_on = '2099-01-01' WHERE case_number LIKE '%第1号'")
    assert "决定 某综执罚决字〔2024〕1 的记录已被改动" in found(path)


def test_two_events_that_changed_places_show(path: Path) -> None:
    for old, new in ((2, 99), (3, 2), (99, 3)):
        with closing(sqlite3.connect(path, isolation_level=None)) as connection:
            connection.execute("DROP TRIGGER IF EXISTS event_no_update")
            connection.execute("UPDATE event SET seq = ? WHERE seq = ?", (new, old))
    assert found(path)


def test_a_row_added_past_the_program_shows(path: Path) -> None:
    tamper(path, "INSERT INTO run SELECT id + 1, on_day, actor, counts FROM run WHERE id = 2")
    assert "表 run 与最后一次封存不符" in found(path)


def test_a_decision_put_in_whole_with_its_own_seal_shows(path: Path) -> None:
    """Someone who knows how a row is sealed still cannot make the sum agree."""
    columns = [c.name for c in metadata.tables["decision"].columns]
    chosen = ", ".join(
        "'2024/9-x'" if n == "slug" else "'另一件'" if n == "key" else n for n in columns
    )
    tamper(
        path,
        f"INSERT INTO decision ({', '.join(columns)}) SELECT {chosen} FROM decision LIMIT 1",  # noqa: S608 - our own names
    )
    assert "决定表有记录缺失、多出或被替换" in found(path)


def test_the_last_events_cut_off_show(path: Path) -> None:
    tamper(path, "DELETE FROM event WHERE seq > (SELECT max(seq) - 2 FROM event)")
    assert "最后的事件缺失或未经程序添加" in found(path)


def test_nothing_is_sealed_when_nothing_changed(path: Path) -> None:
    def seals() -> int:
        with closing(sqlite3.connect(path)) as connection:
            return int(connection.execute("SELECT count(*) FROM seal").fetchone()[0])

    before = seals()
    with open_register(path) as register:
        register.mark_seen(today=NEXT, actor="rebuild")
    assert seals() == before


@pytest.mark.parametrize("statement", ["UPDATE seal SET state = '{}'", "DELETE FROM seal"])
def test_seals_can_be_neither_altered_nor_deleted(path: Path, statement: str) -> None:
    with (
        closing(sqlite3.connect(path, isolation_level=None)) as connection,
        pytest.raises(sqlite3.IntegrityError, match="只能追加"),
    ):
        connection.execute(statement)
