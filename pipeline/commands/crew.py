"""Who does the work of a command: ``--workers`` and ``--cluster``."""

import os
from collections.abc import Callable
from typing import Any

import click

from pipeline.workers.cluster import Cluster
from pipeline.workers.model import HERE, Crew
from pipeline.workers.processes import Processes

_AUTO = "auto"


class Count(click.ParamType[int]):
    """A number of processes, or ``auto``."""

    name = "个数"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> int:
        """Return the number, or fail with a usage error."""
        if value == _AUTO:
            return _cores()
        try:
            count = int(str(value))
        except ValueError:
            count = 0
        if count < 1:
            self.fail("写成 4 的样式，或者 auto", param, ctx)
        return count


workers_option = click.option(
    "--workers",
    metavar="个数",
    type=Count(),
    default=1,
    show_default="1",
    help="用几个进程隐去和核验；auto 为处理器的个数。结果与一个进程逐字节相同。",
)


def crew_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options, as the arguments ``workers`` and ``cluster``."""
    address = click.option(
        "--cluster",
        metavar="地址",
        default="",
        help="由 Dask 集群隐去（首次装入很多决定时），如 tls://调度机:8786。",
    )
    return workers_option(address(command))


def crew_of(workers: int, cluster: str = "") -> Crew:
    """Return who does the work. A cluster redacts only: the files of the site are on this machine.

    >>> crew_of(1) == Crew()
    True
    """
    here = Processes(workers) if workers > 1 else HERE
    return Crew(redacting=Cluster(cluster) if cluster else here, site=here)


def _cores() -> int:
    """Return how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
