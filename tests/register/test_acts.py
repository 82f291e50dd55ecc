"""Acts of staff in the register: chained, with the private remark kept apart."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.register import open_register
from pipeline.register.acts import Act
from tests.register.builders import FIRST, RULE, examined, number, policy

KEY = number(1).key
NOTE = Act(
    key=KEY, kind="备注", actor="祝文澜", ground="备注", basis=RULE, remark="与申请人通过电话"
)


def test_an_act_is_an_event_with_actor_ground_and_article(place: str) -> None:
    with open_register(place) as register:
        register.reconcile([examined(1)], policy(), today=FIRST, actor="rebuild")
        assert register.record(NOTE, today=FIRST) == 2
        status = register.status(KEY, policy(), today=FIRST)
        assert status is not None
        last = status.log[-1]
        assert (last.seq, last.kind, last.actor) == (2, "备注", "祝文澜")
        assert last.summary == f"备注 · {RULE}"
        assert last.remark == "与申请人通过电话"
        assert "电话" not in repr(last) + repr(NOTE)
        assert register.verify() == ()


@pytest.mark.parametrize("part", ["kind", "actor", "ground"])
def test_an_act_without_a_person_or_a_ground_is_refused(part: str) -> None:
    with pytest.raises(ValueError, match="an act has"):
        replace(NOTE, **{part: " "})


def test_a_remark_can_be_erased_but_not_altered_unseen(tmp_path: Path) -> None:
    path = tmp_path / "r.sqlite"
    with open_register(path) as register:
        register.record(NOTE, today=FIRST)
        register.record(replace(NOTE, remark=""), today=FIRST)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        (detail,) = connection.execute("SELECT detail FROM event WHERE seq = 1").fetchone()
        assert "电话" not in detail
        connection.execute("UPDATE remark SET words = '没有联系过'")
    with open_register(path) as register:
        assert register.verify() == ("事件 1 的备注已被改动",)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("DELETE FROM remark")
    with open_register(path) as register:
        assert register.verify() == ()


def test_a_remark_without_its_event_shows(tmp_path: Path) -> None:
    path = tmp_path / "r.sqlite"
    with open_register(path):
        pass
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("INSERT INTO remark VALUES (7, 'salt', '旁人所加')")
    with open_register(path) as register:
        assert register.verify() == ("事件 7 的备注已被改动",)


def test_a_register_of_the_first_version_is_brought_up_to_date(tmp_path: Path) -> None:
    """What v0001 wrote is read as before after the migration, and can be acted upon."""
    path = tmp_path / "r.sqlite"
    with open_register(path) as register:
        register.reconcile([examined(1)], policy(), today=FIRST, actor="rebuild")
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("DROP TABLE remark")
        connection.execute("DROP TABLE correction")
        connection.execute("DROP TABLE seal")
        connection.execute("ALTER TABLE register DROP COLUMN sealed_rows")
        connection.execute("DROP INDEX decision_by_acted")
        for column in ("acts", "acted", "credit_class", "seal", "tally"):
            connection.execute(f"ALTER TABLE decision DROP COLUMN {column}")
        connection.execute("UPDATE alembic_version SET version_num = '0001'")
    with open_register(path) as register:
        assert register.verify() == ()
        again = register.reconcile([examined(1)], policy(), today=FIRST, actor="rebuild")
        assert again.changes == ()
        assert register.record(NOTE, today=FIRST) == 2
