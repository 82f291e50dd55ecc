"""Two trees, blue and green, and one atomic switch; and the lock that lets one run at a time.

Beside them what others must be told of a removal: addresses to purge, and the map of 410.
"""

from pipeline.release.lock import run_lock
from pipeline.release.previous import Memory
from pipeline.release.switch import Release, release, rollback

__all__ = ["Memory", "Release", "release", "rollback", "run_lock"]
