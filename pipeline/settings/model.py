"""What a bureau sets, as values: one class for each section of ``gongshi.yaml``."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

from pipeline.settings.look.read import Look


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
    """Footer of a government site (LAW.md §5). What is not set is not shown.

    ``institution_mark_url`` is where the mark of the site is registered (党政机关网站标识);
    ``lines`` are more lines of the bureau's own, one after the other.
    """

    sponsor: str = ""
    site_code: str = ""
    icp: str = ""
    police: str = ""
    report_error_url: str = ""
    institution_mark_url: str = ""
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrections:
    """Where citizens can send a request for correction: the bureau's own form service, or none."""

    post_to: str = ""

    @property
    def origin(self) -> str:
        """Scheme, host and port of ``post_to``, as a Content Security Policy names them."""
        parts = urlsplit(self.post_to)
        return f"{parts.scheme}://{parts.netloc}" if self.post_to else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupRule:
    """Which backups of the register stay: the newest ``keep``, none older than ``days``."""

    keep: int = 30
    days: int = 180


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportRule:
    """Which reports of nights stay: the newest ``keep``, at most one a day.

    No law says how long a report is kept; what it tells stays in the register for good. Six years
    outlive the five of disclosure (公示期限): whatever is public has the report of its night.
    """

    keep: int = 2200


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
    look: Look = Look()
    corrections: Corrections = Corrections()
    register: str = ""
    public_values: frozenset[str] = frozenset()
    opened_on: date | None = None
    recogniser: str = ""
    backup: BackupRule = BackupRule()
    reports: ReportRule = ReportRule()
    alerts: AlertRule = AlertRule()
    mirrors: tuple[str, ...] = ()
    signing_key: Path | None = None

    @property
    def register_place(self) -> str | Path:
        """Where the register is: a database URL or the file in the state folder."""
        return self.register or self.folders.state / "register.sqlite"
