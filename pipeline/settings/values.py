"""Whether the values of ``gongshi.yaml`` can be what they are taken for."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

from pipeline.domain.faults import Fault
from pipeline.settings.faults import fault, section_of

_NUMBERS = (
    ("backup", "keep"),
    ("backup", "days"),
    ("reports", "keep"),
    ("alerts", "late_hours"),
)
_MAIL_SERVER = re.compile(r"smtps?(\+starttls)?://\S+", re.ASCII)
_FORM_SERVICE = re.compile(
    r"https://[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?::\d{1,5})?(?:/[^\s\"'<>\\#;,]*)?",
    re.ASCII | re.IGNORECASE,
)
_MOST_LINES, _LONGEST_LINE = 5, 80
_PLACE = re.compile(r"[^\s-]\S*")
_FACTORY = re.compile(r"[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*:[A-Za-z_]\w*", re.ASCII)


def value_faults(raw: Mapping[str, object], root: Path) -> Iterator[Fault]:
    """Yield what is wrong with the values; ``root`` is the folder that paths start from."""
    url = str(section_of(raw, "site").get("url") or "")
    if url and (urlsplit(url).scheme not in {"http", "https"} or not urlsplit(url).netloc):
        yield fault("site.url", "不是网址", "写成 https://域名/路径")
    values = raw.get("public_values")
    if values is not None and not isinstance(values, list):
        yield fault("public_values", "应是一列号码", "每行一个，以 - 开头")
    opened = raw.get("opened_on")
    if opened is not None and not isinstance(opened, date):
        yield fault("opened_on", "不是日期", "写成 2021-12-31 的样式")
    recogniser = raw.get("recogniser")
    if recogniser and not _FACTORY.fullmatch(str(recogniser)):
        yield fault("recogniser", "不是识别器的写法", "写成 包.模块:函数 的样式")
    for name, key in _NUMBERS:
        value = section_of(raw, name).get(key, 1)
        if type(value) is not int or value < 1:
            yield fault(f"{name}.{key}", "应是不小于 1 的整数", "写成 30 的样式")
    yield from _outside_faults(raw)
    yield from _public_faults(raw)
    theme = section_of(raw, "folders").get("theme")
    if theme and not (root / str(theme)).is_dir():
        yield fault("folders.theme", "文件夹不存在", "建好文件夹，或删去这一项")


def _public_faults(raw: Mapping[str, object]) -> Iterator[Fault]:
    """Yield what is wrong with what the pages show or where their form leads."""
    post_to = section_of(raw, "corrections").get("post_to")
    if post_to and not _FORM_SERVICE.fullmatch(str(post_to)):
        remedy = "写成 https://域名/路径 的样式；邮寄地址写在 agency.address，邮箱写在 agency.email"
        yield fault("corrections.post_to", "不是接收表单的 https 网址", remedy)
    lines = section_of(raw, "footer").get("lines") or []
    if not isinstance(lines, list) or len(lines) > _MOST_LINES:
        yield fault("footer.lines", f"应是一列文字，不超过 {_MOST_LINES} 行", "每行一个，以 - 开头")
    elif not all(_is_line(each) for each in lines):
        yield fault("footer.lines", "有的不是一行文字", f"每行不超过 {_LONGEST_LINE} 个字")


def _is_line(value: object) -> bool:
    return isinstance(value, str) and value.isprintable() and 0 < len(value) <= _LONGEST_LINE


def _outside_faults(raw: Mapping[str, object]) -> Iterator[Fault]:
    """Yield what is wrong with the places outside that the program talks to."""
    told = section_of(raw, "alerts")
    if any("@" not in address for address in words(told.get("mail"))):
        yield fault("alerts.mail", "不是邮件地址", "多个地址用逗号隔开")
    if told.get("smtp") and not _MAIL_SERVER.fullmatch(str(told["smtp"])):
        remedy = "写成 smtps://用户@服务器:465、smtp+starttls://…:587 或者 smtp://…:25"
        yield fault("alerts.smtp", "不是邮件服务器的写法", remedy)
    if told.get("webhook") and not re.match(r"https?://\w", str(told["webhook"])):
        yield fault("alerts.webhook", "不是网址", "写成 https://… 的样式")
    mirrors = raw.get("mirrors") or []
    if not isinstance(mirrors, list) or not all(_PLACE.fullmatch(str(each)) for each in mirrors):
        remedy = "每行一个，以 - 开头，写成 用户@服务器:/路径 或者 /路径"
        yield fault("mirrors", "应是一列目的地", remedy)


def words(value: object) -> tuple[str, ...]:
    """Return the parts of a value between commas."""
    return tuple(part for part in re.split(r"[,，\s]+", str(value or "")) if part)
