"""A fragment → a whole HTML page that a browser shows and prints in the official form."""

from importlib import resources

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from pipeline.paper.form import right_indents
from pipeline.paper.model import Paragraph, Role, parts_of


def page_of(fragment: Markup, *, title: str) -> str:
    """Return the page. ``fragment`` is markup that is safe already; no script, no foreign host."""
    texts = {part.role: part.text for part in parts_of(fragment) if isinstance(part, Paragraph)}
    signer_in, date_in = right_indents(texts.get(Role.SIGNER, ""), texts.get(Role.DATE, ""))
    source = resources.files("pipeline.paper").joinpath("page.html").read_text("utf-8")
    page = Environment(autoescape=True, undefined=StrictUndefined).from_string(source)
    return page.render(fragment=fragment, title=title, signer_in=signer_in, date_in=date_in)
