"""Two trees, blue and green, and one atomic switch; and the lock that lets one run at a time."""

from pipeline.release.lock import run_lock
from pipeline.release.switch import Release, release

__all__ = ["Release", "release", "run_lock"]
