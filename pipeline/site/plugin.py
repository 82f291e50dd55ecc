"""The Pelican plugin: decisions, lists and notices beside the hand-written pages of ``content/``.

Pelican reads the Markdown and owns the templates; the pages of the projection go past its
per-page signals and copies. Every file of the output goes through one ``Output``.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from itertools import chain
from pathlib import Path
from typing import Any

from blinker import signal
from jinja2 import Environment
from pelican.generators import Generator
from pelican.plugins import signals
from pelican.writers import Writer

from pipeline.domain.annual import AnnualFigures
from pipeline.domain.faults import BadSiteError
from pipeline.policy.load import load_policy
from pipeline.projection.read import open_projection
from pipeline.settings import Settings
from pipeline.site.addresses import HOME, statistics_path
from pipeline.site.browse import browse_pages
from pipeline.site.catalogue import Catalogue, catalogue_of
from pipeline.site.data.files import data_files, data_of_decisions
from pipeline.site.data.pages import data_pages
from pipeline.site.data.publisher import Publisher
from pipeline.site.decision_page import decision_pages
from pipeline.site.frame import ContentPage, Crumb, Surround, frame_of
from pipeline.site.look import ICON, look_files
from pipeline.site.output import Changes, Output
from pipeline.site.pelican_settings import pelican_settings
from pipeline.site.plan import PlannedPage, planned_pages
from pipeline.site.renderer import Renderable, Renderer, Stand
from pipeline.site.request_form import form_pages
from pipeline.site.required import check_required
from pipeline.site.rules_page import RULES, rules_pages
from pipeline.site.search.index import index_blocks, index_files, read_blocks
from pipeline.site.search.texts import search_texts
from pipeline.site.statistics import statistics_pages, statistics_table
from pipeline.site.tables.areas import Items
from pipeline.site.tables.pages import content_pages, table_pages
from pipeline.site.tables.read import load_tables

SETTINGS = "GONGSHI_SETTINGS"
PROJECTION = "GONGSHI_PROJECTION"
STATE = "GONGSHI_STATE"
WORKERS = "GONGSHI_WORKERS"
"""The Pelican settings of this plugin: ``Settings``, the path of the public projection, the path of
the build state, and who renders the pages of decisions."""

site_built = signal("gongshi_site_built")
"""Sent with the generator class and ``built``, a ``Built``, when the output is complete."""

_LAST = 1000


@dataclass(frozen=True, slots=True)
class Built:
    """What a build made: number of pages of the projection and of ``content/``, and changes."""

    planned: int
    written_by_hand: int
    changes: Changes


class SiteWriter(Writer):
    """Writes the hand-written pages through the one ``Output`` of the build."""

    def __init__(self, output_path: str, settings: Mapping[str, Any]) -> None:
        super().__init__(output_path, settings)  # type: ignore[no-untyped-call]
        self.output = Output(Path(output_path), Path(settings[STATE]))

    def write_file(  # type: ignore[override] # the only call has these
        self,
        name: str,
        template: Any,  # noqa: ANN401
        context: dict[str, Any],
        **values: Any,  # noqa: ANN401
    ) -> None:
        """Render ``template`` to ``name``, as Pelican asks for each page of ``content/``."""
        surround: Surround = context["surround"]
        around = surround.values(name)
        context["localsiteurl"] = str(around["root"]).rstrip("/") or "."
        page = values["page"]
        html = template.render(
            {
                "page": page,
                "section": getattr(page, "section", ""),
                "crumbs": (Crumb("首页", HOME),),
                **around,
            }
        ).encode()
        self.output.put(name, sha256(html).hexdigest(), lambda: html)


class DecisionGenerator(Generator):
    """Generates every page that comes from the public projection."""

    env: Environment

    def generate_context(self) -> None:
        """Work out what stands around every page, once the hand-written ones are known."""
        settings = self._agency()
        self._tables = load_tables(settings.folders.content)
        self._policy = load_policy(settings.policy, folders=(settings.folders.policies,))
        written = self.context["pages"]
        pages = (*map(_content_page, written), *content_pages(self._tables), RULES)
        frame = frame_of(settings, pages, self._sources())
        said = {page.slug for page in written if page.content.strip()}
        check_required(self._policy, self._tables, said)
        self._frame = frame
        self.context["surround"] = Surround(frame, self.env)

    def generate_output(self, writer: SiteWriter) -> None:
        """Bring the output up to date with the projection, the theme and the static files."""
        output, agency, workers = writer.output, self._agency(), self.settings[WORKERS]
        planned = 0
        publisher = Publisher.of(agency)
        place = Path(self.settings[PROJECTION])
        templates = pelican_settings(agency, projection=place, theme=Path(self.theme))
        stand = Stand(templates, place, self._frame, publisher)
        pages = [str(page.save_as) for page in self.context["pages"]]
        with open_projection(place) as projection:
            years = projection.annual()
            catalogue = catalogue_of(projection.rows())
            renderer = Renderer(stand, self.env, projection)
            output.put_all(self._files_of_decisions(catalogue, publisher), renderer, workers)
            found = index_blocks(catalogue.published)
            read_blocks(place, found, self._memory("search"), workers)
            for page in chain(
                planned_pages(projection, catalogue),
                browse_pages(catalogue),
                data_pages(catalogue, publisher),
                self._other_pages(years),
            ):
                planned += 1
                if page.is_indexed:
                    pages.append(page.path)
                inputs = sha256(
                    f"{self._frame.digest}{page.template}{page.inputs}".encode()
                ).hexdigest()
                output.put(page.path, inputs, partial(renderer, page))
            for file in chain(
                index_files(projection, found, self._memory("search")),
                data_files(projection, catalogue, pages, publisher, self._memory("data.sqlite")),
            ):
                output.put(file.path, file.inputs, file.render)
        for figures in years:
            table = statistics_table(figures)
            path = statistics_path(figures.year, "csv")
            output.put(path, sha256(table).hexdigest(), partial(bytes, table))
        self._put_static(output)
        changes = output.finish()
        planned += len(catalogue.published)
        site_built.send(type(self), built=Built(planned, len(self.context["pages"]), changes))

    def _other_pages(self, years: Sequence[AnnualFigures]) -> Iterator[PlannedPage]:
        """Return the pages that rest on no single decision."""
        return chain(
            table_pages(self._tables, self._policy),
            rules_pages(self._policy),
            statistics_pages(years),
            form_pages(self._agency().agency.name),
        )

    def _files_of_decisions(
        self, catalogue: Catalogue, publisher: Publisher
    ) -> Iterator[tuple[Renderable, ...]]:
        """Return the files of each decision together: they rest on one record."""
        public = catalogue.published
        return zip(
            decision_pages(catalogue, Items.of(self._tables), self._frame.digest),
            data_of_decisions(public, publisher),
            search_texts(public),
            strict=True,
        )

    def _memory(self, of: str) -> Path:
        """Return where, beside the output, the search index or the tables remember a night."""
        return Path(self.output_path).with_name(f"{Path(self.output_path).name}.{of}")

    def _agency(self) -> Settings:
        found: Settings = self.settings[SETTINGS]
        return found

    def _sources(self) -> dict[str, bytes]:
        """Return the templates in force, those of the override folder before the theme's."""
        found: dict[str, bytes] = {}
        for folder in reversed(self._templates_path):
            for file in sorted(Path(folder).rglob("*.html")):
                found[file.relative_to(folder).as_posix()] = file.read_bytes()
        return found

    def _put_static(self, output: Output) -> None:
        """Copy static files ourselves: Pelican would write into files that releases link to."""
        files = _static_files(Path(self.theme))
        files.update(look_files(self._agency().look, files[ICON]))
        for folder in self.settings["THEME_STATIC_OVERRIDES"]:
            files.update(_static_files(Path(folder)))
        for static_file in self.context["staticfiles"]:
            files[static_file.save_as] = (Path(self.path) / static_file.source_path).read_bytes()
        self.context["staticfiles"].clear()
        for path, content in files.items():
            output.put(path, sha256(content).hexdigest(), partial(bytes, content))


def _static_files(theme: Path) -> dict[str, bytes]:
    """Return the static files of a theme by their paths on the site."""
    static = theme / "static"
    return {
        f"theme/{file.relative_to(static).as_posix()}": file.read_bytes()
        for file in sorted(static.rglob("*"))
        if file.is_file() and not file.name.startswith(".")
    }


def _content_page(page: Any) -> ContentPage:  # noqa: ANN401 - Pelican sets its attributes
    order = str(getattr(page, "order", _LAST))
    if not order.isdecimal():
        raise BadSiteError(f"{Path(page.source_path).name}：Order 应是整数。请改正后再运行")
    return ContentPage(
        order=int(order),
        title=str(page.title),
        path=str(page.save_as),
        section=str(getattr(page, "section", "其他")),
        summary=str(page.metadata.get("description", "")),
        menu=str(getattr(page, "menu", "")),
    )


def _writer(_pelican: object) -> type[SiteWriter]:
    return SiteWriter


def _generators(_pelican: object) -> type[DecisionGenerator]:
    return DecisionGenerator


def register() -> None:
    """Connect to Pelican; connecting twice is the same as once."""
    signals.get_writer.connect(_writer)
    signals.get_generators.connect(_generators)
