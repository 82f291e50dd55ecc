"""Accounts of persons on networks (微信、QQ、支付宝、抖音…), and the addresses of their devices.

Only after their label: a name of an account or a row of letters looks like nothing in particular.
"""

import re
from collections.abc import Iterable

from pipeline.domain.protected import Category, Finding
from pipeline.redaction.labels import Kind
from pipeline.redaction.model import Kept, Known, NormalText
from pipeline.redaction.numbers import finder
from pipeline.redaction.reading import Stretches, read

_ACCOUNT = re.compile(r"[A-Za-z0-9_@.+*-]{3,40}")
_QUOTED = re.compile(r"[“\"‘'「『]([^”\"’'」』\n]{1,20})[”\"’'」』]")
_NAMED = re.compile(r"(?:微信|QQ)?(?:网名|昵称|微信名)\s?(?P<told>为|是|叫|：|:)?\s?")
_DEVICE = re.compile(r"[0-9A-Fa-f][0-9A-Fa-f.:*-]{6,39}")
_NICKNAME = re.compile(r"[^\s，。；、：,;:（）()“”\"《》]{1,16}")


class SocialAccount:
    """Finds accounts of social networks and payment services by their label."""

    name = "social_account"

    def find(
        self, text: NormalText, known: Known, protected: Stretches
    ) -> Iterable[Finding | Kept]:
        """Return every account that a label announces."""
        del known
        reading = read(text)
        found: list[Finding] = []
        add = finder(reading, protected, Category.SOCIAL_ACCOUNT, self.name, found)
        for label in reading.of_kind(Kind.SOCIAL):
            at = label.value
            account = _ACCOUNT.match(reading.text, at)
            if (run := reading.starting.get(at)) is not None:
                end = run.span(0, min(run.whole, 16))[1]
                add(at, max(end, account.end() if account else 0), "标签表明为网络账号")
            elif account and not (
                account.group().isalpha() and "号" not in reading.text[label.start : at]
            ):
                add(*account.span(), "标签表明为网络账号")
            elif named := _NAMED.match(reading.text, label.start):
                value = _QUOTED.match(reading.text, named.end())
                if value is None and named["told"]:
                    value = _NICKNAME.match(reading.text, named.end())
                if value:
                    add(*value.span(), "标签表明为网名")
        for label in reading.of_kind(Kind.DEVICE):
            device = _DEVICE.match(reading.text, label.value)
            if device and any(map(str.isdigit, device.group())):
                add(*device.span(), "标签表明为设备或者网络地址")
        return found
