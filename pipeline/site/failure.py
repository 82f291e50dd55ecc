"""What a person is told when a template or the disk refuses, in whichever process it happened."""

from jinja2 import TemplateError

from pipeline.domain.faults import BadSiteError


def failure_of(error: TemplateError | OSError) -> BadSiteError:
    """Return what to say of an error that stopped the build."""
    if isinstance(error, TemplateError):
        return BadSiteError(f"网站没有建成：模板有误：{error}")
    return BadSiteError(f"网站没有建成：{error.filename or ''} {error.strerror}")
