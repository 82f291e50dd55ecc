"""Decide what is told now, send it by every way of the settings, and remember it."""

import hashlib
import json
import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from http.client import HTTPException
from pathlib import Path
from smtplib import SMTPException
from typing import TypedDict

from pipeline.domain.faults import NotToldError
from pipeline.durable import write_whole
from pipeline.operations.alerts.channels import send_mail, send_webhook
from pipeline.operations.alerts.message import Message
from pipeline.operations.doctor import watch
from pipeline.operations.doctor.model import Diagnosis, Patient
from pipeline.settings import AlertRule

_AGAIN = timedelta(hours=23)
"""What lasts is told once a day; an hourly timer is never late by more than this leaves."""

_FILE = "alerts.json"


class _Note(TypedDict):
    check: str
    at: str


@dataclass(frozen=True, slots=True)
class Told:
    """What is grave now, and whether anybody was sent something of it."""

    findings: tuple[Diagnosis, ...]
    sent: bool


def tell(patient: Patient) -> Told:
    """Make the hourly checks and send what is new.

    Raises ``NotToldError`` when a way of the settings failed; the other was tried all the same.
    """
    rule, path = patient.settings.alerts, patient.settings.folders.state / _FILE
    findings = watch(patient)
    if not _ways(rule) or not path.parent.is_dir():
        return Told(findings, sent=False)
    before = _read(path)
    now = {_key(each): each for each in findings}
    fresh = {key: each for key, each in now.items() if _is_due(before.get(key), patient.now)}
    over = {note["check"] for key, note in before.items() if key not in now}
    over -= {each.check for each in findings}
    message = Message(
        agency=patient.settings.agency.name,
        at=patient.now,
        findings=tuple(fresh.values()),
        recovered=tuple(sorted(over)),
    )
    faults: tuple[str, ...] = ()
    if fresh or over:
        faults = _send(message, rule)
    if len(faults) < len(_ways(rule)):
        at = patient.now.isoformat()
        kept = {
            key: _Note(check=each.check, at=at) if key in fresh else before[key]
            for key, each in now.items()
        }
        write_whole(path, json.dumps(kept, ensure_ascii=False, indent=1).encode())
        path.chmod(0o600)
    _refuse(faults)
    return Told(findings, sent=bool(fresh or over))


def try_out(patient: Patient) -> int:
    """Send a message that says nothing is wrong; return by how many ways.

    Raises ``NotToldError`` when one of them failed.
    """
    rule = patient.settings.alerts
    _refuse(_send(Message(agency=patient.settings.agency.name, at=patient.now), rule))
    return len(_ways(rule))


def _ways(rule: AlertRule) -> Mapping[str, Callable[[Message, AlertRule], None]]:
    ways: dict[str, Callable[[Message, AlertRule], None]] = {}
    if rule.mail:
        ways["邮件"] = send_mail
    if rule.webhook:
        ways["网址"] = send_webhook
    return ways


def _send(message: Message, rule: AlertRule) -> tuple[str, ...]:
    faults = []
    for title, send in _ways(rule).items():
        try:
            send(message, rule)
        except (OSError, SMTPException, HTTPException) as error:
            faults.append(
                f"告警没有发出：{title}（{type(error).__name__}）。检查设置 alerts 和网络"
            )
    return tuple(faults)


def _refuse(faults: tuple[str, ...]) -> None:
    if faults:
        raise NotToldError("\n".join(faults))


def _key(finding: Diagnosis) -> str:
    """Return the same for the same trouble, however its figures change."""
    words = re.sub(r"\d+", "", f"{finding.check}{finding.told}")
    return hashlib.sha256(words.encode()).hexdigest()[:16]


def _is_due(note: _Note | None, now: datetime) -> bool:
    return note is None or now - datetime.fromisoformat(note["at"]) >= _AGAIN


def _read(path: Path) -> dict[str, _Note]:
    with suppress(OSError, ValueError, KeyError, TypeError):
        told = json.loads(path.read_bytes())
        return {key: _Note(check=note["check"], at=note["at"]) for key, note in told.items()}
    return {}
