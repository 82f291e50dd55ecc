"""Which keys ``gongshi.yaml`` has, and whether each holds a value of its kind."""

from collections.abc import Iterator, Mapping

from pipeline.domain.faults import Fault
from pipeline.settings.faults import fault, section_of, unknown_keys

_SECTIONS: Mapping[str, tuple[str, ...]] = {
    "site": ("name", "url", "description"),
    "agency": ("name", "code", "phone", "address", "email", "supervisor", "supervisor_phone"),
    "footer": (
        "sponsor",
        "site_code",
        "icp",
        "police",
        "report_error_url",
        "institution_mark_url",
        "lines",
    ),
    "corrections": ("post_to",),
    "backup": ("keep", "days"),
    "reports": ("keep",),
    "alerts": ("mail", "sender", "smtp", "password_file", "webhook", "late_hours"),
    "folders": ("exports", "content", "state", "site", "theme", "policies", "metrics"),
}
_LISTS = ("footer.lines",)
_PLAIN = (
    "look",
    "policy",
    "register",
    "opened_on",
    "recogniser",
    "signing_key",
    "public_values",
    "mirrors",
)
_REQUIRED = (("site", "name"), ("agency", "name"))


def section_faults(raw: Mapping[str, object]) -> Iterator[Fault]:
    """Yield what is wrong with the keys: unknown, missing, a list where one value belongs."""
    yield from unknown_keys(raw, (*_SECTIONS, *_PLAIN))
    for name, keys in _SECTIONS.items():
        section = raw.get(name) or {}
        if not isinstance(section, dict):
            yield fault(name, "应是一组键和值", "对照样本改正")
            continue
        yield from unknown_keys(section, keys, name)
        for key in keys:
            if isinstance(section.get(key), (dict, list)) and f"{name}.{key}" not in _LISTS:
                yield fault(f"{name}.{key}", "应是一个值", "对照样本改正")
    for name, key in _REQUIRED:
        if not str(section_of(raw, name).get(key) or "").strip():
            yield fault(f"{name}.{key}", "没有填写", "填写后再运行")
