"""The two ways out: mail and a webhook. Each raises ``OSError`` when it did not get through."""

import smtplib
import ssl
from email.message import EmailMessage
from email.utils import format_datetime
from urllib.parse import unquote, urlsplit
from urllib.request import Request, urlopen

from pipeline.operations.alerts.message import Message
from pipeline.settings import AlertRule

_SECONDS = 30
_PORTS = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}


def send_mail(message: Message, rule: AlertRule) -> None:
    """Send the message to every address of the rule."""
    letter = EmailMessage()
    letter["Subject"] = message.subject
    letter["From"] = rule.sender or rule.mail[0]
    letter["To"] = ", ".join(rule.mail)
    letter["Date"] = format_datetime(message.at)
    letter["Auto-Submitted"] = "auto-generated"
    letter.set_content(message.body)
    server = urlsplit(rule.smtp)
    host, port = server.hostname or "localhost", server.port or _PORTS.get(server.scheme, 25)
    with _connected(server.scheme, host, port) as connection:
        if server.username and rule.password_file:
            password = rule.password_file.read_text("utf-8").strip()
            connection.login(unquote(server.username), password)
        connection.send_message(letter)


def _connected(scheme: str, host: str, port: int) -> smtplib.SMTP:
    context = ssl.create_default_context()
    if scheme == "smtps":
        return smtplib.SMTP_SSL(host, port, timeout=_SECONDS, context=context)
    connection = smtplib.SMTP(host, port, timeout=_SECONDS)
    if scheme.endswith("+starttls"):
        try:
            connection.starttls(context=context)
        except BaseException:
            connection.close()
            raise
    return connection


def send_webhook(message: Message, rule: AlertRule) -> None:
    """Post the message to the address of the rule."""
    request = Request(  # noqa: S310 - the settings allow http and https only
        rule.webhook,
        data=message.as_json(),
        headers={"Content-Type": "application/json; charset=utf-8"},
    )
    with urlopen(request, timeout=_SECONDS) as answer:  # noqa: S310 - the same
        answer.read()
