"""What Pelican is told. The only place that knows the names of its settings."""

from pathlib import Path

from jinja2 import StrictUndefined

from pipeline.domain.money import format_yuan
from pipeline.settings import Settings, bundled
from pipeline.site.decision_view import chinese_date, day_markup
from pipeline.site.frame import base_path_of, host_of
from pipeline.site.request_form import KINDS, QUESTIONS
from pipeline.workers.model import HERE, Workers


def pelican_settings(
    settings: Settings,
    *,
    projection: Path | None = None,
    output: Path | None = None,
    theme: Path | None = None,
    workers: Workers = HERE,
) -> dict[str, object]:
    """Return the Pelican settings of the site.

    ``projection`` and ``output`` are ``public.sqlite`` and ``work/site`` in the state folder
    unless given. The build state lies beside ``output``, as ``<name>.build.sqlite``. ``theme`` is
    the delivered one unless given; the folder ``settings.folders.theme`` overrides its templates
    and static files one by one. ``workers`` render the pages of decisions.
    """
    override = settings.folders.theme
    projection = projection or settings.folders.state / "public.sqlite"
    output = output or settings.folders.state / "work" / "site"
    return {
        "GONGSHI_SETTINGS": settings,
        "GONGSHI_PROJECTION": str(projection),
        "GONGSHI_WORKERS": workers,
        "GONGSHI_STATE": str(output.with_name(output.name + ".build.sqlite")),
        "PLUGINS": ["pipeline.site.plugin"],
        "SITENAME": settings.site.name,
        "SITEURL": "",
        "RELATIVE_URLS": True,
        "PATH": str(settings.folders.content),
        "OUTPUT_PATH": str(output),
        "THEME": str(theme or bundled("theme")),
        "THEME_TEMPLATES_OVERRIDES": [str(override / "templates")] if override else [],
        "THEME_STATIC_OVERRIDES": [str(override)] if override else [],
        "THEME_STATIC_PATHS": [],
        "STATIC_PATHS": ["files", "images"],
        "PAGE_PATHS": [""],
        "PAGE_URL": "{slug}.html",
        "PAGE_SAVE_AS": "{slug}.html",
        "ARTICLE_PATHS": [],
        "DIRECT_TEMPLATES": [],
        "AUTHOR_SAVE_AS": "",
        "CATEGORY_SAVE_AS": "",
        "TAG_SAVE_AS": "",
        "FEED_ALL_ATOM": None,
        "CATEGORY_FEED_ATOM": None,
        "AUTHOR_FEED_ATOM": None,
        "AUTHOR_FEED_RSS": None,
        "TRANSLATION_FEED_ATOM": None,
        "DEFAULT_LANG": "zh-cn",
        "LOCALE": ["C"],
        "TIMEZONE": "Asia/Shanghai",
        "SLUGIFY_SOURCE": "basename",
        "DELETE_OUTPUT_DIRECTORY": False,
        "OUTPUT_SOURCES": False,
        "CACHE_CONTENT": False,
        "LOAD_CONTENT_CACHE": False,
        "JINJA_FILTERS": {
            "chinese_date": chinese_date,
            "day": day_markup,
            "yuan": format_yuan,
            "host": host_of,
            "base_path": base_path_of,
        },
        "JINJA_GLOBALS": {"request_kinds": KINDS, "request_questions": QUESTIONS},
        "JINJA_ENVIRONMENT": {
            "autoescape": True,
            "trim_blocks": True,
            "lstrip_blocks": True,
            "undefined": StrictUndefined,
            "auto_reload": False,
            "extensions": [],
        },
    }
