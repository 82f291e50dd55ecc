"""Build the site: one call for the rest of the program."""

from pathlib import Path

from jinja2 import TemplateError

from pipeline.domain.faults import BadSiteError
from pipeline.settings import Settings
from pipeline.site.failure import failure_of
from pipeline.site.host import PelicanFailedError, run_pelican
from pipeline.site.pelican_settings import pelican_settings
from pipeline.site.plugin import Built, site_built
from pipeline.workers.model import HERE, Workers


def build_site(
    settings: Settings,
    projection: Path,
    output: Path,
    *,
    theme: Path | None = None,
    workers: Workers = HERE,
) -> Built:
    """Bring ``output`` up to date with the projection, ``content/`` and the theme.

    ``workers``, who must see the same files, render the pages of decisions.
    Raises ``BadSiteError`` with one clear line when a page, a template or the plugin fails. The
    output is then incomplete and must not be released; the next build puts it right.
    """
    built: list[Built] = []

    def receive(_sender: object, **sent: Built) -> None:
        built.append(sent["built"])

    site_built.connect(receive)
    try:
        run_pelican(
            pelican_settings(
                settings, projection=projection, output=output, theme=theme, workers=workers
            )
        )
    except PelicanFailedError as error:
        raise BadSiteError(
            f"网站没有建成。Pelican 报告：{error}。若指出 content 里的某一页，改正它再运行"
        ) from error
    except (TemplateError, OSError) as error:
        raise failure_of(error) from error
    finally:
        site_built.disconnect(receive)
    if not built:
        raise BadSiteError("网站没有建成：Pelican 没有装上本程序的插件")
    return built[0]
