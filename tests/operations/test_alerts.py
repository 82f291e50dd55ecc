"""Alerts reach a real mail server and a real web address, once, and name nobody."""

import json
import threading
from collections.abc import Iterator
from datetime import timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from pipeline.domain.faults import NotToldError
from pipeline.operations.alerts import tell, try_out
from tests.conftest import Gongshi
from tests.deploy.conftest import free_port
from tests.exports import DAY, WITNESS, record, write_jsonl
from tests.operations.conftest import patient

LATE = timedelta(hours=30)


class Postman:
    """Keeps the letters that a mail server was handed."""

    def __init__(self) -> None:
        self.letters: list[EmailMessage] = []
        self.people: list[str] = []

    async def handle_DATA(self, _: SMTP, __: Session, envelope: Envelope) -> str:  # noqa: N802
        letter = message_from_bytes(envelope.content or b"", policy=policy.default)
        assert isinstance(letter, EmailMessage)
        self.letters.append(letter)
        self.people += envelope.rcpt_tos
        return "250 OK"


def _let_in(_: SMTP, __: Session, ___: Envelope, ____: str, given: LoginPassword) -> AuthResult:
    known = given == LoginPassword(b"gs@x", b"open sesame")
    return AuthResult(success=known, handled=known)


@pytest.fixture
def mail() -> Iterator[tuple[Postman, int]]:
    """Yield what a real mail server received, and its port."""
    postman, port = Postman(), free_port()
    options = {"authenticator": _let_in, "auth_require_tls": False}
    server = Controller(postman, hostname="127.0.0.1", port=port, **options)
    server.start()
    yield postman, port
    server.stop()


@pytest.fixture
def hook() -> Iterator[tuple[list[dict[str, object]], int]]:
    """Yield what a real web server was posted, and its port."""
    posted: list[dict[str, object]] = []

    class Receiver(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            assert self.headers["Content-Type"].startswith("application/json")
            posted.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(200 if self.path == "/ok" else 500)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Receiver) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield posted, server.server_port
        server.shutdown()
        thread.join()


def set_alerts(agency: Path, **alerts: object) -> None:
    with (agency / "gongshi.yaml").open("a", encoding="utf-8") as stream:
        stream.write(f"\nalerts: {json.dumps(alerts)}\n")


def body(letter: EmailMessage) -> str:
    return str(letter.get_content())


def test_a_late_night_is_told_once_again_after_a_day_and_when_it_is_over(
    agency: Path, mail: tuple[Postman, int]
) -> None:
    postman, port = mail
    set_alerts(agency, mail="a@x.cn，b@x.cn", smtp=f"smtp://127.0.0.1:{port}")
    assert tell(patient(agency, later=LATE)).sent
    (first,) = postman.letters
    assert postman.people == ["a@x.cn", "b@x.cn"]
    assert "更新" in first["Subject"]
    assert "常山县综合行政执法局" in first["Subject"]
    assert "已超过 26 小时" in body(first)
    assert "办法：" in body(first)
    assert not tell(patient(agency, later=LATE + timedelta(hours=5))).sent
    assert tell(patient(agency, later=LATE + timedelta(hours=24))).sent
    assert len(postman.letters) == 2
    assert tell(patient(agency)).sent
    assert "更新：已恢复" in body(postman.letters[-1])
    assert not tell(patient(agency)).sent
    assert len(postman.letters) == 3


def test_a_deadline_that_has_passed_is_told_by_number_and_kind_only(
    agency: Path, mail: tuple[Postman, int]
) -> None:
    postman, port = mail
    set_alerts(agency, mail="a@x.cn", smtp=f"smtp://127.0.0.1:{port}")
    tell(patient(agency))
    (letter,) = postman.letters
    assert "期限已过：待核 11 件" in body(letter)
    assert "〔" not in body(letter)


def test_a_server_that_asks_for_a_password_gets_it_from_the_file(
    agency: Path, mail: tuple[Postman, int]
) -> None:
    postman, port = mail
    (agency / "secret").write_text("open sesame\n", "utf-8")
    (agency / "secret").chmod(0o600)
    place = f"smtp://gs%40x@127.0.0.1:{port}"
    set_alerts(agency, mail="a@x.cn", sender="gs@x.cn", smtp=place, password_file="secret")  # noqa: S106
    assert try_out(patient(agency)) == 1
    assert postman.letters[0]["From"] == "gs@x.cn"
    assert "告警能够送达" in body(postman.letters[0])
    (agency / "secret").write_text("wrong", "utf-8")
    with pytest.raises(NotToldError, match="SMTPAuthenticationError"):
        try_out(patient(agency))


def test_a_server_without_encryption_is_not_trusted_where_encryption_was_set(
    agency: Path, mail: tuple[Postman, int]
) -> None:
    postman, port = mail
    set_alerts(agency, mail="a@x.cn", smtp=f"smtp+starttls://127.0.0.1:{port}")
    with pytest.raises(NotToldError):
        try_out(patient(agency))
    assert not postman.letters


def test_a_web_address_gets_json_that_a_chat_robot_reads_too(
    agency: Path, hook: tuple[list[dict[str, object]], int]
) -> None:
    posted, port = hook
    set_alerts(agency, webhook=f"http://127.0.0.1:{port}/ok")
    tell(patient(agency, later=LATE))
    (told,) = posted
    assert told["msgtype"] == "text"
    assert isinstance(told["findings"], list)
    assert {each["check"] for each in told["findings"]} == {"更新", "期限"}
    assert all(each["remedy"] for each in told["findings"])


def test_when_one_way_fails_the_other_is_used_and_the_failure_told(
    agency: Path, hook: tuple[list[dict[str, object]], int]
) -> None:
    posted, port = hook
    nobody = f"smtp://127.0.0.1:{free_port()}"
    set_alerts(agency, webhook=f"http://127.0.0.1:{port}/ok", mail="a@x.cn", smtp=nobody)
    with pytest.raises(NotToldError, match="邮件（ConnectionRefusedError）"):
        tell(patient(agency))
    assert len(posted) == 1
    assert not tell(patient(agency)).sent


def test_what_nobody_received_is_sent_again(
    agency: Path, hook: tuple[list[dict[str, object]], int]
) -> None:
    posted, port = hook
    set_alerts(agency, webhook=f"http://127.0.0.1:{port}/broken")
    for _ in range(2):
        with pytest.raises(NotToldError, match="网址（HTTPError）"):
            tell(patient(agency))
    assert len(posted) == 2


def test_a_run_that_stopped_is_told_by_the_command_and_noted_without_names(
    tmp_path: Path, gongshi: Gongshi, hook: tuple[list[dict[str, object]], int]
) -> None:
    posted, port = hook
    folder = tmp_path / "new"
    gongshi(tmp_path, "init", str(folder))
    text = (folder / "gongshi.yaml").read_text("utf-8")
    text = text.replace('  webhook: ""', f"  webhook: http://127.0.0.1:{port}/ok")
    (folder / "gongshi.yaml").write_text(text, "utf-8")
    write_jsonl(folder / "exports", record(1))
    assert gongshi(folder, "rebuild", "--today", DAY).returncode == 0
    (folder / "state" / "register.sqlite").write_text(f"{WITNESS} 不是台账", "utf-8")
    assert gongshi(folder, "rebuild", "--today", DAY).returncode == 14
    done = gongshi(folder, "alert", "--today", DAY)
    assert done.returncode == 0, done.stderr
    assert "退出码 14" in done.stdout
    assert len(posted) == 1
    log = (folder / "state" / "log" / "gongshi.jsonl").read_text("utf-8")
    noted = [json.loads(line) for line in log.splitlines()]
    assert [(each["command"], each["code"]) for each in noted] == [
        ("rebuild", 0),
        ("rebuild", 14),
        ("alert", 0),
    ]
    assert noted[1]["why"]
    assert WITNESS not in log + json.dumps(posted, ensure_ascii=False)


def test_without_an_address_the_command_only_shows(tmp_path: Path, gongshi: Gongshi) -> None:
    folder = tmp_path / "new"
    gongshi(tmp_path, "init", str(folder))
    done = gongshi(folder, "alert")
    assert done.returncode == 0
    assert "没有设置告警" in done.stdout
    assert gongshi(folder, "alert", "--test").returncode == 2
    assert not (folder / "state").exists()
