"""``gongshi.yaml`` → ``Settings``. Every fault of the file is reported at once."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import yaml

from pipeline.domain.faults import BadSettingsError, Fault, Place

FILE_NAME = "gongshi.yaml"
_PACKAGE = Path(__file__).resolve().parent


def bundled(name: str) -> Path:
    """Return the path of ``theme``, ``content`` or ``publishconf.py`` as delivered.

    In an installed package they lie inside it; in a checkout, beside it.
    """
    inside = _PACKAGE / "_bundled" / name
    return inside if inside.exists() else _PACKAGE.parent / name


@dataclass(frozen=True, slots=True, kw_only=True)
class Agency:
    """The bureau that publishes; shown on every page."""

    name: str
    code: str = ""
    phone: str = ""
    address: str = ""
    email: str = ""
    supervisor: str = ""
    supervisor_phone: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteIdentity:
    """The site: ``url`` is its address with scheme and path, without a closing slash."""

    name: str
    url: str = ""
    description: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Footer:
    """Footer of a government site (LAW.md §5). What is not set is not shown."""

    sponsor: str = ""
    site_code: str = ""
    icp: str = ""
    police: str = ""
    report_error_url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupRule:
    """Which backups of the register stay: the newest ``keep``, none older than ``days``."""

    keep: int = 30
    days: int = 180


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertRule:
    """Whom to tell of trouble, and how.

    ``mail`` are addresses; ``smtp`` is the server as a URL (``smtp``, ``smtp+starttls`` or
    ``smtps``, the user before the ``@``), ``password_file`` holds its password. ``webhook`` is
    sent JSON. A run is late when none has ended well for ``late_hours``.
    """

    mail: tuple[str, ...] = ()
    sender: str = ""
    smtp: str = "smtp://localhost"
    password_file: Path | None = None
    webhook: str = ""
    late_hours: int = 26


@dataclass(frozen=True, slots=True, kw_only=True)
class Folders:
    """Where things lie; absolute once loaded.

    ``state`` is private: register, work space, lock. ``site`` is public: the web server serves
    ``site/current``. ``metrics``, if set, is where node-exporter's textfile collector reads.
    """

    exports: Path
    content: Path
    state: Path
    site: Path
    theme: Path | None
    policies: Path
    metrics: Path | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Everything that one bureau sets.

    ``register`` is a database URL or empty for the SQLite file in the state folder.
    ``public_values`` are numbers that are public and stay (agency telephones, the treasury's
    account). ``opened_on`` is the day before which nothing can have been published here.
    ``recogniser`` is ``package.module:factory`` of a recogniser of the bureau's own, or empty.
    ``mirrors`` are other places that rsync brings the site to, ``signing_key`` an SSH key that
    signs its list of files.
    """

    root: Path
    site: SiteIdentity
    agency: Agency
    footer: Footer
    folders: Folders
    policy: str
    register: str = ""
    public_values: frozenset[str] = frozenset()
    opened_on: date | None = field(default=None)
    recogniser: str = ""
    backup: BackupRule = BackupRule()
    alerts: AlertRule = AlertRule()
    mirrors: tuple[str, ...] = ()
    signing_key: Path | None = None

    @property
    def register_place(self) -> str | Path:
        """Where the register is: a database URL or the file in the state folder."""
        return self.register or self.folders.state / "register.sqlite"


_SECTIONS: Mapping[str, tuple[str, ...]] = {
    "site": ("name", "url", "description"),
    "agency": ("name", "code", "phone", "address", "email", "supervisor", "supervisor_phone"),
    "footer": ("sponsor", "site_code", "icp", "police", "report_error_url"),
    "backup": ("keep", "days"),
    "alerts": ("mail", "sender", "smtp", "password_file", "webhook", "late_hours"),
    "folders": ("exports", "content", "state", "site", "theme", "policies", "metrics"),
}
_REQUIRED = (("site", "name"), ("agency", "name"))
_NUMBERS = ("backup.keep", "backup.days", "alerts.late_hours")
_LISTS = ("public_values", "mirrors")
_PLAIN = ("policy", "register", "opened_on", "recogniser", "signing_key", *_LISTS)
_MAIL_SERVER = re.compile(r"smtps?(\+starttls)?://\S+", re.ASCII)
_PLACE = re.compile(r"[^\s-]\S*")
_FACTORY = re.compile(r"[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*:[A-Za-z_]\w*", re.ASCII)


def load_settings(root: Path) -> Settings:
    """Return the settings of the agency folder ``root``.

    Raises ``BadSettingsError`` with every fault: file missing, not YAML, unknown or missing keys,
    values of the wrong kind, folders that do not exist.
    """
    path = root / FILE_NAME
    try:
        raw = yaml.safe_load(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise _broken("", f"{root} 里没有 {FILE_NAME}", "先运行 gongshi init") from None
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        where = getattr(error, "problem_mark", None)
        line = f"第{where.line + 1}行" if where else ""
        raise _broken(line, "不是有效的 UTF-8 YAML", "对照 gongshi init 生成的样本改正") from None
    if not isinstance(raw, dict):
        raise _broken("", "文件应是键和值", "对照 gongshi init 生成的样本改正")
    faults = tuple(_faults(raw, root))
    if faults:
        raise BadSettingsError(faults)
    return _settings(raw, root.resolve())


def _broken(record: str, problem: str, remedy: str) -> BadSettingsError:
    return BadSettingsError([Fault(Place(FILE_NAME, record), problem, remedy)])


def _faults(raw: Mapping[str, object], root: Path) -> Iterator[Fault]:
    def fault(key: str, problem: str, remedy: str) -> Fault:
        return Fault(Place(FILE_NAME, key), problem, remedy)

    for key in raw.keys() - _SECTIONS.keys() - set(_PLAIN):
        yield fault(str(key), "不认识的设置项", "删去，或改成样本里的名称")
    for name, keys in _SECTIONS.items():
        section = raw.get(name) or {}
        if not isinstance(section, dict):
            yield fault(name, "应是一组键和值", "对照样本改正")
            continue
        for key in section.keys() - set(keys):
            yield fault(f"{name}.{key}", "不认识的设置项", "删去，或改成样本里的名称")
        for key in keys:
            if isinstance(section.get(key), (dict, list)):
                yield fault(f"{name}.{key}", "应是一个值", "对照样本改正")
    for name, key in _REQUIRED:
        section = raw.get(name)
        if not isinstance(section, dict) or not str(section.get(key) or "").strip():
            yield fault(f"{name}.{key}", "没有填写", "填写后再运行")
    yield from _value_faults(raw, root)


def _value_faults(raw: Mapping[str, object], root: Path) -> Iterator[Fault]:
    site = raw.get("site")
    url = str(site.get("url") or "") if isinstance(site, dict) else ""
    if url and (urlsplit(url).scheme not in {"http", "https"} or not urlsplit(url).netloc):
        yield Fault(Place(FILE_NAME, "site.url"), "不是网址", "写成 https://域名/路径")
    values = raw.get("public_values")
    if values is not None and not isinstance(values, list):
        yield Fault(Place(FILE_NAME, "public_values"), "应是一列号码", "每行一个，以 - 开头")
    opened = raw.get("opened_on")
    if opened is not None and not isinstance(opened, date):
        yield Fault(Place(FILE_NAME, "opened_on"), "不是日期", "写成 2021-12-31 的样式")
    recogniser = raw.get("recogniser")
    if recogniser and not _FACTORY.fullmatch(str(recogniser)):
        yield Fault(Place(FILE_NAME, "recogniser"), "不是识别器的写法", "写成 包.模块:函数 的样式")
    for name in _NUMBERS:
        title, key = name.split(".")
        section = raw.get(title)
        value = section.get(key, 1) if isinstance(section, dict) else 1
        if type(value) is not int or value < 1:
            yield Fault(Place(FILE_NAME, name), "应是不小于 1 的整数", "写成 30 的样式")
    yield from _outside_faults(raw)
    folders = raw.get("folders")
    theme = folders.get("theme") if isinstance(folders, dict) else None
    if theme and not (root / str(theme)).is_dir():
        yield Fault(Place(FILE_NAME, "folders.theme"), "文件夹不存在", "建好文件夹，或删去这一项")


def _outside_faults(raw: Mapping[str, object]) -> Iterator[Fault]:
    """Yield what is wrong with the places outside that the program talks to."""
    alerts = raw.get("alerts")
    told = alerts if isinstance(alerts, dict) else {}
    if any("@" not in address for address in _words(told.get("mail"))):
        yield Fault(Place(FILE_NAME, "alerts.mail"), "不是邮件地址", "多个地址用逗号隔开")
    if told.get("smtp") and not _MAIL_SERVER.fullmatch(str(told["smtp"])):
        remedy = "写成 smtps://用户@服务器:465、smtp+starttls://…:587 或者 smtp://…:25"
        yield Fault(Place(FILE_NAME, "alerts.smtp"), "不是邮件服务器的写法", remedy)
    if told.get("webhook") and not re.match(r"https?://\w", str(told["webhook"])):
        yield Fault(Place(FILE_NAME, "alerts.webhook"), "不是网址", "写成 https://… 的样式")
    mirrors = raw.get("mirrors") or []
    if not isinstance(mirrors, list) or not all(_PLACE.fullmatch(str(each)) for each in mirrors):
        remedy = "每行一个，以 - 开头，写成 用户@服务器:/路径 或者 /路径"
        yield Fault(Place(FILE_NAME, "mirrors"), "应是一列目的地", remedy)


def _words(value: object) -> tuple[str, ...]:
    """Return the parts of a value between commas."""
    return tuple(part for part in re.split(r"[,，\s]+", str(value or "")) if part)


def _settings(raw: Mapping[str, object], root: Path) -> Settings:
    def section(name: str) -> dict[str, str]:
        values = raw.get(name) or {}
        assert isinstance(values, dict)  # noqa: S101 - checked by _faults
        return {key: str(value).strip() for key, value in values.items() if value is not None}

    folders = section("folders")
    content = root / folders.get("content", "content")
    agency = Agency(**section("agency"))
    opened = raw.get("opened_on")
    return Settings(
        root=root,
        site=SiteIdentity(**{**section("site"), "url": section("site").get("url", "").rstrip("/")}),
        agency=agency,
        footer=Footer(**{"sponsor": agency.name, **section("footer")}),
        folders=Folders(
            exports=root / folders.get("exports", "exports"),
            content=content if content.is_dir() else bundled("content"),
            state=root / folders.get("state", "state"),
            site=root / folders.get("site", "site"),
            theme=root / folders["theme"] if folders.get("theme") else None,
            policies=root / folders.get("policies", "policies"),
            metrics=root / folders["metrics"] if folders.get("metrics") else None,
        ),
        policy=str(raw.get("policy") or "changshan-2021"),
        register=str(raw.get("register") or ""),
        public_values=frozenset(_lines(raw.get("public_values")))
        | {value for value in (agency.phone, agency.supervisor_phone, agency.email) if value},
        opened_on=opened if isinstance(opened, date) else None,
        recogniser=str(raw.get("recogniser") or ""),
        backup=BackupRule(**{key: int(value) for key, value in section("backup").items()}),
        alerts=_alerts(section("alerts"), root),
        mirrors=_lines(raw.get("mirrors")),
        signing_key=root / str(raw["signing_key"]) if raw.get("signing_key") else None,
    )


def _lines(values: object) -> tuple[str, ...]:
    return tuple(str(value) for value in values if value) if isinstance(values, list) else ()


def _alerts(told: Mapping[str, str], root: Path) -> AlertRule:
    """Return the rule; what is not set is as the class says."""
    read: Mapping[str, Callable[[str], Any]] = {
        "mail": _words,
        "password_file": lambda name: root / name,
        "late_hours": int,
    }
    return AlertRule(**{key: read.get(key, str)(value) for key, value in told.items() if value})
