"""公开投影: the file that carries cleared values from the private to the public side.

The private side writes ``public.sqlite`` (``write_projection``), the site reads it
(``open_projection``). It holds ``PublicRecord`` values, the counts of each year
(``AnnualFigures``) and nothing else.
"""

from pipeline.projection.model import Changes, Mark, Row
from pipeline.projection.read import Projection, open_projection
from pipeline.projection.write import read_mark, write_projection

__all__ = [
    "Changes",
    "Mark",
    "Projection",
    "Row",
    "open_projection",
    "read_mark",
    "write_projection",
]
