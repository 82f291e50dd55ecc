"""``gongshi.yaml`` → ``Settings``. Every fault of the file is reported at once."""

from pipeline.settings.delivered import bundled
from pipeline.settings.faults import FILE_NAME
from pipeline.settings.load import load_settings
from pipeline.settings.model import (
    Agency,
    AlertRule,
    BackupRule,
    Corrections,
    Folders,
    Footer,
    Settings,
    SiteIdentity,
)

__all__ = [
    "FILE_NAME",
    "Agency",
    "AlertRule",
    "BackupRule",
    "Corrections",
    "Folders",
    "Footer",
    "Settings",
    "SiteIdentity",
    "bundled",
    "load_settings",
]
