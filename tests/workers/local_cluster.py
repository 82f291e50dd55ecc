"""A real cluster on this machine: a scheduler and two workers, processes of their own."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from tests.conftest import ROOT


@contextmanager
def local_cluster(folder: Path) -> Iterator[str]:
    """Yield the address of a cluster that keeps its files in ``folder``."""
    told = folder / "scheduler.json"
    with ExitStack() as started:
        log = started.enter_context((folder / "log").open("w"))

        def start(*words: str) -> None:
            process = subprocess.Popen(
                [sys.executable, "-m", *words, "--scheduler-file", str(told)],
                stdout=log, stderr=log, cwd=folder,
                env={
                    **os.environ,
                    "PYTHONPATH": str(ROOT),
                    "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "1",
                },
            )  # fmt: skip
            started.callback(process.wait)
            started.callback(process.terminate)

        start("distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", "0",
              "--no-dashboard")  # fmt: skip
        for _ in range(600):
            if told.exists():
                break
            time.sleep(0.1)
        address = str(json.loads(told.read_text())["address"])
        start("distributed.cli.dask_worker", "--nworkers", "2", "--nthreads", "1",
              "--no-dashboard", "--local-directory", str(folder))  # fmt: skip
        yield address
