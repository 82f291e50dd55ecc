"""The register on a PostgreSQL server that stops: at any question that it is asked."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
import sqlalchemy as sa

from pipeline.domain.faults import ExitCode
from tests.faults.night import SOAK, TONIGHT, Ended, Night, on_the_eve, one_clear_line, shown
from tests.faults.table import told
from tests.postgres import Server, throw_away_server

pytestmark = pytest.mark.postgres

STRIKES = 24 if SOAK else 2
HELD = "青综执罚决字〔2026〕第3号"
BASIS = ("--basis", "《中华人民共和国政府信息公开条例》第十七条")
ACTOR = ("--actor", "祝文澜")
HOLD = ("hold", HELD, "--reason", "核对金额", *ACTOR, *BASIS, "--today", TONIGHT, "--yes")
NOTE = ("note", HELD, "已登记", *ACTOR, "--today", TONIGHT)


@dataclass(frozen=True)
class Served:
    """An agency whose register is a database of the server, and a copy of it on the eve."""

    night: Night
    server: Server
    eve: Path

    @contextmanager
    def struck(self, folder: Path, *words: str, **order: object) -> Iterator[tuple[Ended, Path]]:
        """Run a command on the eve, start the server again if it was struck, and yield both."""
        self._on_the_eve()
        agency = Path(folder / "agency")
        subprocess.run(["cp", "-a", str(self.eve), str(agency)], check=True)
        struck = {"server": str(self.server.data), "by": "SIGKILL", **order}
        ended = self.night.program.run(agency, *words, **struck)
        if "strike_at" in order:
            self.server.start_again()
        yield ended, agency
        subprocess.run(["rm", "-r", str(agency)], check=True)

    def keep_eve(self) -> None:
        """Keep the database as it is now."""
        self.ask("CREATE DATABASE eve TEMPLATE night")

    def _on_the_eve(self) -> None:
        self.ask("DROP DATABASE IF EXISTS night", "CREATE DATABASE night TEMPLATE eve")

    def ask(self, *statements: str) -> None:
        """Have the server do something to its databases."""
        url = self.server.url.set(drivername="postgresql+psycopg")
        engine = sa.create_engine(url, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            for statement in statements:
                connection.exec_driver_sql(statement)
        engine.dispose()


@pytest.fixture(scope="module")
def served(night: Night, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with throw_away_server() as server:
        made = Served(night, server, tmp_path_factory.mktemp("served") / "agency")
        made.ask("CREATE DATABASE night")
        url = server.url.set(database="night").render_as_string(hide_password=False)
        on_the_eve(night.program, made.eve, settings=f"\nregister: {url}\n")
        assert shown(made.eve) == night.old
        made.keep_eve()
        yield made


def _places(questions: int) -> list[int]:
    """Return before which questions the server ends, spread over all of them."""
    return [questions * (2 * number + 1) // (2 * STRIKES) for number in range(STRIKES)]


@told(
    "台账的 PostgreSQL 服务器在更新中途被强行结束或者立即停机（任意一次查询之前）",
    visitors="旧站或新站，完整",
    run="停下（退出码 14），一行说明台账数据库无法使用",
    after="服务器恢复后下一次运行自行恢复",
)
@pytest.mark.parametrize("by", ["SIGKILL", "SIGQUIT"])
def test_when_the_server_stops_during_a_run_the_site_is_whole_and_heals(
    served: Served, tmp_path: Path, by: str
) -> None:
    night, words = served.night, ("rebuild", "--today", TONIGHT)
    with served.struck(tmp_path, *words) as (whole, agency):
        assert whole.code == 0, whole.err
        assert shown(agency) == night.new
    for question in _places(whole.steps):
        story = f"{by} before question {question} of {whole.steps}"
        with served.struck(tmp_path, *words, strike_at=question, by=by) as (ended, agency):
            assert ended.code == ExitCode.BAD_REGISTER, f"{story}: {ended}"
            one_clear_line(ended, "台账数据库")
            night.assert_whole(agency, story)
            night.assert_heals(agency, story)


@told(
    "台账的 PostgreSQL 服务器在工作人员登记处理时被强行结束（任意一次查询之前）",
    visitors="旧站，完整",
    run="停下（退出码 14），一行说明台账数据库无法使用",
    after="服务器恢复后再登记一次；处理或者已经登记，或者完全没有",
)
def test_when_the_server_stops_during_an_act_of_staff_it_is_recorded_once_or_not_at_all(
    served: Served, tmp_path: Path
) -> None:
    night, run = served.night, served.night.program.run
    with served.struck(tmp_path, *HOLD) as (whole, agency):
        assert whole.code == 0, whole.err
        assert night.program.rebuild(agency).code == 0
        held = shown(agency)
        assert held != night.new
    for question in _places(whole.steps):
        story = f"before question {question} of {whole.steps}"
        with served.struck(tmp_path, *HOLD, strike_at=question) as (ended, agency):
            assert ended.code == ExitCode.BAD_REGISTER, f"{story}: {ended}"
            one_clear_line(ended, "台账数据库")
            assert shown(agency) == night.old
            assert run(agency, "register", "verify").code == 0, story
            recorded = run(agency, "status", HELD).out.count("核对金额")
            assert recorded in {0, 1}, story
            assert run(agency, *(NOTE if recorded else HOLD)).code == 0, story
            assert night.program.rebuild(agency).code == 0, story
            assert shown(agency) == held, story
