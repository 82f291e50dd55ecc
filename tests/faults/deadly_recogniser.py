"""A recogniser that finds nothing, notes which decisions it was asked about, and may kill.

It looks for its orders in the folder of ``GONGSHI_TEST_ORDERS``: while a file ``die-at-7`` is
there, the process that redacts the decision 7 is killed, by a real SIGKILL; it takes an order
away that is to be obeyed once.
"""

import os
import re
import signal
from collections.abc import Iterable, Sequence
from pathlib import Path

from pipeline.domain.protected import Finding
from pipeline.redaction.model import Kept, Known, NormalText

_NUMBER = re.compile(r"第(\d+)建材")


class Deadly:
    """Kills where it is told to."""

    name = "deadly"
    version = "1"

    def find(
        self, text: NormalText, known: Known, protected: Sequence[tuple[int, int]]
    ) -> Iterable[Finding | Kept]:
        """Note the number of the decision, find nothing."""
        del known, protected
        orders = Path(os.environ["GONGSHI_TEST_ORDERS"])
        for number in _NUMBER.findall(text.text)[:1]:
            with (orders / "asked").open("a") as asked:
                asked.write(f"{number}\n")
            order = orders / f"die-at-{number}"
            if order.exists():
                if order.read_text("utf-8") == "once":
                    order.unlink()
                os.kill(os.getpid(), signal.SIGKILL)
        return ()
