"""Reads ``gongshi.yaml``, has it checked, and makes the values."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from pipeline.domain.faults import BadSettingsError
from pipeline.settings.delivered import bundled
from pipeline.settings.faults import FILE_NAME, fault, section_of
from pipeline.settings.look.read import read_look
from pipeline.settings.model import (
    Agency,
    AlertRule,
    BackupRule,
    Corrections,
    Folders,
    Footer,
    ReportRule,
    Settings,
    SiteIdentity,
)
from pipeline.settings.sections import section_faults
from pipeline.settings.values import value_faults, words
from pipeline.yaml_file import UnusableYamlError, read_yaml


def load_settings(root: Path) -> Settings:
    """Return the settings of the agency folder ``root``.

    Raises ``BadSettingsError`` with every fault: file missing, not YAML, unknown or missing keys,
    values of the wrong kind, folders that do not exist.
    """
    path = root / FILE_NAME
    if not path.exists():
        raise _broken(f"{root} 里没有 {FILE_NAME}", "先运行 gongshi init")
    try:
        raw = read_yaml(path)
    except UnusableYamlError as error:
        raise _broken(str(error), "对照 gongshi init 生成的样本改正") from None
    if not isinstance(raw, dict):
        raise _broken("文件应是键和值", "对照 gongshi init 生成的样本改正")
    look, look_faults = read_look(raw, root)
    faults = (*section_faults(raw), *value_faults(raw, root), *look_faults)
    if faults:
        raise BadSettingsError(faults)
    return replace(_settings(raw, root.resolve()), look=look)


def _broken(problem: str, remedy: str) -> BadSettingsError:
    return BadSettingsError([fault("", problem, remedy)])


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
        footer=_footer(section("footer"), agency, section_of(raw, "footer").get("lines")),
        corrections=Corrections(**section("corrections")),
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
        reports=ReportRule(**{key: int(value) for key, value in section("reports").items()}),
        alerts=_alerts(section("alerts"), root),
        mirrors=_lines(raw.get("mirrors")),
        signing_key=root / str(raw["signing_key"]) if raw.get("signing_key") else None,
    )


def _footer(told: Mapping[str, str], agency: Agency, lines: object) -> Footer:
    single = {key: value for key, value in told.items() if key != "lines"}
    return Footer(**{"sponsor": agency.name, **single}, lines=_lines(lines))


def _lines(values: object) -> tuple[str, ...]:
    return tuple(str(value) for value in values if value) if isinstance(values, list) else ()


def _alerts(told: Mapping[str, str], root: Path) -> AlertRule:
    """Return the rule; what is not set is as the class says."""
    read: Mapping[str, Callable[[str], Any]] = {
        "mail": words,
        "password_file": lambda name: root / name,
        "late_hours": int,
    }
    return AlertRule(**{key: read.get(key, str)(value) for key, value in told.items() if value})
