"""What stands around every page: names, navigation, footer; and what that depends on."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from urllib.parse import urlsplit

from jinja2 import Environment
from markupsafe import Markup

import pipeline
from pipeline.domain.faults import BadSiteError
from pipeline.settings import Agency, Corrections, Footer, Settings, SiteIdentity
from pipeline.site.addresses import BEFOREHAND, CORRECTION, HOME, LISTS, STATISTICS, root_of
from pipeline.site.look import ShownEmblem, shown_emblem, shown_words

CSP = (
    "default-src 'none'; style-src 'self'; img-src 'self'; script-src 'self'; "
    "base-uri 'self'; form-action 'self'"
)
"""No foreign host, nothing inline. The one script of every page is ``view.js``."""


STAGES = ("事前公示", "事中公示", "事后公示")
"""The three stages of disclosure; the decisions themselves are the third."""


@dataclass(frozen=True, slots=True, order=True)
class ContentPage:
    """A hand-written page: ``order`` sorts, ``section`` groups it on the site map.

    ``menu`` is its name in the main navigation, empty when it is not there.
    """

    order: int
    title: str
    path: str
    section: str
    summary: str
    menu: str


@dataclass(frozen=True, slots=True)
class Crumb:
    """One step of the way from the home page; ``path`` is relative to the root."""

    title: str
    path: str


@dataclass(frozen=True, slots=True)
class Frame:
    """The values that every template sees. ``digest`` covers them, the templates and the code.

    ``coloured`` is whether the bureau has colours of its own; which ones is not for the pages.
    """

    site: SiteIdentity
    agency: Agency
    footer: Footer
    corrections: Corrections
    words: Mapping[str, str]
    emblem: ShownEmblem | None
    coloured: bool
    pages: tuple[ContentPage, ...]
    digest: str

    @property
    def sections(self) -> tuple[tuple[str, tuple[ContentPage, ...]], ...]:
        """The hand-written pages by section, in the order of the first page of each."""
        found: dict[str, list[ContentPage]] = {}
        for page in self.pages:
            found.setdefault(page.section, []).append(page)
        return tuple((name, tuple(pages)) for name, pages in found.items())

    @property
    def page_names(self) -> Mapping[str, str]:
        """The names of the main pages by path, as the bureau calls them."""
        return {
            HOME: self.words["home"],
            BEFOREHAND: self.words["beforehand"],
            LISTS: self.words["decisions"],
            STATISTICS: self.words["statistics"],
        }

    def values(self, path: str) -> dict[str, object]:
        """Return the values for the page at ``path``."""
        return {
            "site": self.site,
            "agency": self.agency,
            "footer": self.footer,
            "corrections": self.corrections,
            "words": self.words,
            "page_names": self.page_names,
            "emblem": self.emblem,
            "coloured": self.coloured,
            "content_pages": self.pages,
            "sections": self.sections,
            "before": frozenset(page.path for page in self.pages if page.section == STAGES[0]),
            "menu": tuple(page for page in self.pages if page.menu),
            "root": root_of(path),
            "path": path,
            "csp": _csp(self.corrections.origin) if path == CORRECTION else CSP,
            "stages": STAGES,
        }


def frame_of(
    settings: Settings, pages: Iterable[ContentPage], templates: Mapping[str, bytes]
) -> Frame:
    """Return the frame; ``templates`` are the sources of all templates by name.

    Raises ``BadSiteError`` when a stage of disclosure has no page (000 公示 第四条), or the form
    for corrections none to stand on.
    """
    known = tuple(sorted(pages))
    for section in STAGES[:2]:
        if not any(page.section == section for page in known):
            raise BadSiteError(
                f"content 里没有一页属于“{section}”。请补上，并在页首写 Section: {section}"
            )
    if settings.corrections.post_to and all(page.path != CORRECTION for page in known):
        raise BadSiteError(
            "设置了 corrections.post_to，但是 content 里没有 correction.md，表单没有地方放。"
            "请补上这一页（gongshi init 的样本里有），或者删去这一项设置"
        )
    look, agency = settings.look, settings.agency
    values = (settings.site, agency, settings.footer, settings.corrections)
    shown = (shown_words(look, agency.name), shown_emblem(look, agency.name), bool(look.palette))
    digest = sha256(repr((*values, *shown, known, CSP)).encode())
    for name, source in sorted(templates.items()):
        digest.update(f"\x00{name}\x00{len(source)}\x00".encode() + source)
    for module in sorted(Path(__file__).parent.rglob("*.py")):
        digest.update(module.read_bytes())
    digest.update(pipeline.__version__.encode())
    return Frame(*values, *shown, known, digest.hexdigest())


def _csp(origin: str) -> str:
    """Return the policy of the page whose form leads to ``origin``, and to nowhere else."""
    return CSP.replace("form-action 'self'", f"form-action 'self' {origin}") if origin else CSP


class Surround:
    """Gives each page its frame, with header and footer rendered once for a whole folder.

    The templates ``_header.html`` and ``_footer.html`` therefore see the values of the frame and
    no others, and of ``path`` they may use only the first folder, or all where there is none.
    """

    def __init__(self, frame: Frame, env: Environment) -> None:
        self._frame = frame
        self._env = env
        self._known: dict[tuple[str, str], dict[str, object]] = {}

    def values(self, path: str) -> dict[str, object]:
        """Return the values for the page at ``path``."""
        place = path if path in {LISTS, STATISTICS} else path.partition("/")[0]
        key = (place, root_of(path))
        if key not in self._known:
            values = self._frame.values(path)
            self._known[key] = values | {
                name: Markup(self._env.get_template(template).render(values))  # noqa: S704 - autoescaped
                for name, template in _PARTS
            }
        return {**self._known[key], "path": path}


_PARTS = (("header", "_header.html"), ("footer_html", "_footer.html"))


def host_of(url: str) -> str:
    """Return the domain of the site's address.

    >>> host_of("https://zfj.example.gov.cn/gongshi")
    'zfj.example.gov.cn'
    """
    return urlsplit(url).hostname or ""


def base_path_of(url: str) -> str:
    """Return the path below which the site lies, with a closing slash.

    >>> base_path_of("https://zfj.example.gov.cn/gongshi"), base_path_of("https://a.example")
    ('/gongshi/', '/')
    """
    return urlsplit(url).path.rstrip("/") + "/"
