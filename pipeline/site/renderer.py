"""Renders files of the site from templates, frame and projection.

Another process that is to render sets these up anew: what travels to it says where they are.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Protocol

from jinja2 import Environment

from pipeline.projection.read import Projection, open_projection
from pipeline.site.data.publisher import Publisher
from pipeline.site.frame import Frame, Surround
from pipeline.site.host import environment_of


@dataclass(frozen=True, slots=True)
class Stand:
    """What a renderer is made from: ``templates`` are the Pelican settings that find them."""

    templates: Mapping[str, object]
    projection: Path
    frame: Frame
    publisher: Publisher


class Renderable(Protocol):
    """A file that knows what it is made from. ``inputs`` is the digest of all that."""

    @property
    def path(self) -> str: ...  # noqa: D102 - relative to the output

    @property
    def inputs(self) -> str: ...  # noqa: D102 - said above

    def render(self, renderer: "Renderer", /) -> bytes: ...  # noqa: D102 - the bytes of the file


class Renderer:
    """Makes the bytes of files.

    ``record`` returns what is public at an address; the files of one decision come together.
    """

    def __init__(self, stand: Stand, env: Environment, source: Projection) -> None:
        self.publisher = stand.publisher
        self._stand = stand
        self._env = env
        self.record = lru_cache(maxsize=1)(source.record)
        self._surround = Surround(stand.frame, env)

    @classmethod
    def at(cls, stand: Stand) -> "Renderer":
        """Return a renderer with templates and projection of its own."""
        return cls(stand, environment_of(stand.templates), open_projection(stand.projection))

    def __reduce__(self) -> tuple[object, ...]:
        """Travel as what it is made from."""
        return Renderer.at, (self._stand,)

    def __call__(self, file: Renderable) -> bytes:
        """Return the bytes of a file."""
        return file.render(self)

    def page(self, path: str, template: str, values: Mapping[str, object]) -> str:
        """Return what ``template`` makes of ``values`` for the page at ``path``."""
        around = self._surround.values(path)
        return self._env.get_template(template).render({**around, **values})
