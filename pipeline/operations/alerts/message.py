"""What is sent. Counts, places and remedies only: mail and chat are read on the way."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from pipeline.operations.doctor.model import Diagnosis


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One alert: findings that are new or a day old, and the checks that are in order again."""

    agency: str
    at: datetime
    findings: tuple[Diagnosis, ...] = ()
    recovered: tuple[str, ...] = ()

    @property
    def subject(self) -> str:
        """One line."""
        titles = "、".join(dict.fromkeys(each.check for each in self.findings))
        if titles:
            return f"公示网站要处理：{titles}（{self.agency}）"
        if self.recovered:
            return f"公示网站已恢复：{'、'.join(self.recovered)}（{self.agency}）"
        return f"公示网站的告警试发（{self.agency}）"

    @property
    def body(self) -> str:
        """The text of the mail."""
        return "".join(f"{line}\n" for line in self._lines())

    def _lines(self) -> Iterator[str]:
        yield f"{self.agency} · {self.at:%Y-%m-%d %H:%M}"
        for each in self.findings:
            yield ""
            yield f"{each.check}：{each.told}"
            yield f"办法：{each.remedy}"
        for title in self.recovered:
            yield ""
            yield f"{title}：已恢复"
        if not self.findings and not self.recovered:
            yield ""
            yield "收到这封信，说明告警能够送达。"

    def as_json(self) -> bytes:
        """Return what a webhook is sent; ``text`` is the form that chat robots read."""
        told = {
            "msgtype": "text",
            "text": {"content": f"{self.subject}\n{self.body}"},
            "agency": self.agency,
            "at": self.at.isoformat(timespec="seconds"),
            "findings": [
                {"check": each.check, "told": each.told, "remedy": each.remedy}
                for each in self.findings
            ],
            "recovered": list(self.recovered),
        }
        return json.dumps(told, ensure_ascii=False).encode()
