"""Says which processes work for it and where it listens, and waits to be killed."""

import multiprocessing
import threading
import time
from multiprocessing.util import get_temp_dir

from pipeline.workers.processes import Processes
from tests.workers.jobs import take_long


def main() -> None:
    results = Processes(2).map(take_long, range(100))
    threading.Thread(target=lambda: list(results), daemon=True).start()
    while len(found := multiprocessing.active_children()) < 2:
        time.sleep(0.05)
    print(*(each.pid for each in found), get_temp_dir(), flush=True)  # noqa: T201 - the answer
    time.sleep(600)


if __name__ == "__main__":
    main()
