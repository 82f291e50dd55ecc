"""A recogniser that finds nothing, notes which decisions it was asked about, and may kill.

It looks for its orders in the folder of ``GONGSHI_TEST_ORDERS``: while a file ``die-at-7`` is
there, the process that redacts the decision 7 is killed, by a real SIGKILL; at ``starve-at-7`` it
gets no more memory from then on; at ``fill-at-7`` it fills all memory of the control group that
the file names, until the system kills it. It takes an order away that is to be obeyed once.
"""

import os
import re
import resource
import signal
from collections.abc import Callable, Iterable, Sequence
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
            for name, befall in _FATES.items():
                order = orders / f"{name}-at-{number}"
                if order.exists():
                    told = order.read_text("utf-8")
                    if told != "always":
                        order.unlink()
                    befall(told)
        return ()


def _die(_: str) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _starve(_: str) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (1 << 20, resource.RLIM_INFINITY))
    bytearray(1 << 24)  # as much as a long decision needs


def _fill(group: str) -> None:
    Path(group, "cgroup.procs").write_text(str(os.getpid()))
    eaten = []
    while True:
        eaten.append(b"x" * (1 << 24))


_FATES: dict[str, Callable[[str], None]] = {"die": _die, "starve": _starve, "fill": _fill}
